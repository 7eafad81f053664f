"""Measure how much of the content survives at each length.

    python -m benchmarks.quality.coverage [--corpus FILE.jsonl[.gz]|FOLDER...]
                                         [--hub NAME] [--limit N] [--slow]

Every method gets the same maximum length on the same documents. Summaries of peers that exceed it are cut.
ROUGE uses stems and takes the best of several references; `coverage` needs no reference. Figures are means
over documents with 95 % bootstrap intervals.

In the CSV, `length` is a maximum length, ``area`` (the area under the curve over the lengths in words, on a
logarithmic axis) or ``knee`` (the length in words beyond which more words gain little). The measure
``rouge2/random`` is divided by the score of a random extract of the same length. The measure ``rouge2-lead``
is the paired difference from lead on the same documents; it is significant at the 5 % level if its interval
excludes 0.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from benchmarks import corpora, intervals, peers, report
from benchmarks.quality.evaluation import (
    ALL_MEASURES,
    CACHE,
    HUMAN_MEASURES,
    MEASURES,
    PERCENTS,
    WORDS,
    complete_method,
    evaluate_corpus,
    list_lengths,
    list_methods,
)
from summarize.errors import SummarizeError
from summarize.length import Length
from summarize.version import __version__

BASE = "lead+greedy"
RANDOM = "random+greedy"
# Only measures that grow with the length have a knee.
GROWING = ("rouge1", "rouge2", "rougeLsum", "coverage")


@dataclass(frozen=True, slots=True)
class Row:
    """A row of the CSV: one figure with its interval."""

    corpus: str
    method: str
    signature: str
    length: str
    documents: int
    measure: str
    mean: float
    low: float
    high: float


def shorten(method: str) -> str:
    """Remove the selector ``greedy`` from the name of a method.

    Examples
    --------
    >>> shorten("lead+greedy"), shorten("lead+mmr")
    ('lead', 'lead+mmr')
    """
    return method.removesuffix("+greedy")


def make_signature(method: str) -> str:
    """Name a method and the version of the package that implements it."""
    if method in peers.PEERS:
        package = peers.PEERS[method].distribution
        return f"method:{method}|version:{package}-{report.versions(package)[package]}"
    return f"method:{method}|version:{__version__}"


# --- Figures --------------------------------------------------------------------------------------


def tabulate(
    corpus: corpora.Corpus,
    methods: Sequence[str],
    lengths: Sequence[Length],
    values: NDArray[np.float64],
    against: str = BASE,
) -> list[Row]:
    """Compute every figure of a corpus.

    Parameters
    ----------
    corpus : Corpus
    methods, lengths : sequence
        Labels of the second and third axis of `values`.
    values : ndarray of shape (n_documents, n_methods, n_lengths, n_measures)
    against : str
        Baseline of the differences. If it is not one of the methods, there are no differences.

    Returns
    -------
    list of Row
        Without undefined measures, such as dangling starts in a language that has no list of them.
    """
    rows: list[Row] = []
    for m, method in enumerate(methods):
        signature = make_signature(method)
        for s, measure in enumerate(ALL_MEASURES):
            own = values[:, m, :, s]
            known = ~np.isnan(own).any(axis=1)
            if not known.any():
                continue
            others = {
                name: values[:, methods.index(method_), :, s]
                for name, method_ in (("random", RANDOM), ("against", against))
                if method_ in methods
            }
            for length, name, estimate, n in _estimate(measure, lengths, own, others, shorten(against)):
                rows.append(Row(corpus.name, method, signature, length, n, name, *estimate))
    return rows


def _estimate(
    measure: str,
    lengths: Sequence[Length],
    own: NDArray[np.float64],
    others: dict[str, NDArray[np.float64]],
    against: str,
) -> Iterator[tuple[str, str, intervals.Estimate, int]]:
    """Yield (length, measure, estimate, number of documents) for one method and measure."""
    known = ~np.isnan(own).any(axis=1)
    n = int(known.sum())
    base = others.get("against") if measure in MEASURES[:-1] + HUMAN_MEASURES else None
    shared = known & ~np.isnan(base).any(axis=1) if base is not None else known
    if not shared.any():
        base = None
    for k, length in enumerate(lengths):
        yield str(length), measure, intervals.bootstrap(own[known, k]), n
        if "random" in others and measure in MEASURES[:3]:
            ratio = intervals.ratio_of_means(own[known, k], others["random"][known, k])
            if not np.isnan(ratio.mean):
                yield str(length), f"{measure}/random", ratio, n
        if base is not None:
            difference = intervals.paired_difference(own[shared, k], base[shared, k])
            yield str(length), f"{measure}-{against}", difference, int(shared.sum())
    in_words = [k for k, length in enumerate(lengths) if length.unit == "words"]
    axis = [float(lengths[k].limit) for k in in_words]
    if len(axis) < 2 or measure not in MEASURES[:-1] + HUMAN_MEASURES:
        return
    heights = intervals.area_under_curve(axis, own[:, in_words])
    yield "area", measure, intervals.bootstrap(heights[known]), n
    if base is not None:
        base_heights = intervals.area_under_curve(axis, base[:, in_words])
        difference = intervals.paired_difference(heights[shared], base_heights[shared])
        yield "area", f"{measure}-{against}", difference, int(shared.sum())
    if measure in GROWING:
        yield "knee", measure, intervals.knee(axis, own[known][:, in_words]), n


# --- Tables and plots -----------------------------------------------------------------------------


def make_table(rows: Sequence[Row], measure: str) -> str:
    """Make a table for each corpus: methods by lengths in words and the area, in percent.

    Differences have a sign, and a star if their interval excludes 0.
    """
    parts = []
    signed = "-" in measure
    for name, own in _by_corpus(rows, measure):
        columns = [c for c in dict.fromkeys(row.length for row in own) if "%" not in c and c != "knee"]
        cells = {(row.method, row.length): _cell(row, signed) for row in own}
        methods = dict.fromkeys(row.method for row in own)
        body = [(method, *(cells.get((method, c), "") for c in columns)) for method in methods]
        parts.append(
            f"### {name}, {_count(own)} documents\n\n" + report.markdown_table(("method", *columns), body)
        )
    return "\n".join(parts)


def make_overview(rows: Sequence[Row]) -> str:
    """Make a table for each corpus: the area under the curve of each method, and its knee in words."""
    parts = []
    measures = ("rouge2", "coverage")
    header = ("method", *(f"{measure}, {name}" for measure in measures for name in ("area", "knee")))
    for name, own in _by_corpus(rows, *measures):
        ends = {
            (row.method, row.measure, row.length): _cell(row, False)
            if row.length == "area"
            else report.format_interval(row.mean, row.low, row.high, digits=0)
            for row in own
            if row.length in ("area", "knee")
        }
        body = [
            (
                method,
                *(ends.get((method, measure, name), "") for measure in measures for name in ("area", "knee")),
            )
            for method in dict.fromkeys(method for method, _, _ in ends)
        ]
        if body:
            parts.append(f"### {name}, {_count(own)} documents\n\n" + report.markdown_table(header, body))
    return "\n".join(parts)


def _by_corpus(rows: Sequence[Row], *measures: str) -> Iterator[tuple[str, list[Row]]]:
    """Group the rows of some measures by corpus; skip corpora that have none."""
    for name in dict.fromkeys(row.corpus for row in rows):
        own = [row for row in rows if row.corpus == name and row.measure in measures]
        if own:
            yield name, own


def _count(rows: Sequence[Row]) -> int:
    return max(row.documents for row in rows)


def _cell(row: Row, signed: bool) -> str:
    text = report.format_interval(row.mean, row.low, row.high, scale=100.0)
    if not signed:
        return text
    mean, _, interval = text.partition(" ")
    star = "*" if row.low > 0 or row.high < 0 else ""
    return f"{'+' if row.mean > 0 else ''}{mean}{star} {interval}"


def _explain_peers(methods: Sequence[str], rows: Sequence[Row]) -> str:
    """Make a table of the inputs of each peer, and of the documents that it failed on."""
    body = []
    for method in methods:
        if method in peers.PEERS:
            counts = []
            for name, own in _by_corpus(rows, "rouge1"):
                done = max((row.documents for row in own if row.method == method), default=0)
                if done < _count(own):
                    counts.append(f"{name} {_count(own) - done}")
            body.append((method, peers.PEERS[method].setup, ", ".join(counts)))
    if not body:
        return ""
    header = ("peer", "setup", "documents without a summary, excluded from its figures")
    return "\n## Peers\n\n" + report.markdown_table(header, body, left=3)


def plot(rows: Sequence[Row], measure: str, stem: Path, methods: Sequence[str]) -> None:
    """Plot a measure against the length, with one panel per corpus."""
    panels: dict[str, list[report.Line]] = {}
    for name, found in _by_corpus(rows, measure):
        for method in methods:
            own = [row for row in found if row.method == method and "words" in row.length]
            if own:
                panels.setdefault(name, []).append(
                    report.Line(
                        shorten(method),
                        [float(row.length.split()[0]) for row in own],
                        [100 * row.mean for row in own],
                        [100 * row.low for row in own],
                        [100 * row.high for row in own],
                        emphasis=method.startswith("ensemble"),
                    )
                )
    report.plot_lines(panels, stem, x_label="words", y_label=f"{measure}, percent", log_x=True, ticks=WORDS)


# --- The command ----------------------------------------------------------------------------------


def _parse(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.quality.coverage",
        description="Measure the quality of summaries at each length.",
    )
    add = parser.add_argument
    add("--corpus", type=Path, nargs="+", action="extend", default=[], help="*.jsonl[.gz] files or folders")
    add("--hub", action="append", default=[], help=f"one of {', '.join(corpora.HUB)}, or a path")
    add("--language", help="language code of corpora without a language field")
    add("--first", type=int, default=0, help="index of the first document (default: %(default)s)")
    add("--limit", type=int, help="maximum number of documents per corpus")
    add("--methods", help="comma-separated, such as textrank,lead+mmr,oracle (default: all fast methods)")
    add("--against", default=BASE, help="baseline of the differences (default: %(default)s)")
    add("--words", type=_numbers, default=WORDS, help="maximum lengths in words, comma-separated")
    add("--percents", type=_numbers, default=PERCENTS, help="maximum lengths in percent; may be empty")
    add("--slow", action="store_true", help="include sumy's rankers and the peers")
    add("--jobs", type=int, default=2, help="number of processes (default: %(default)s)")
    add("--no-cache", action="store_true", help="ignore cached results")
    add("--results", type=Path, default=report.RESULTS, help="output folder")
    add("--name", default="coverage", help="base name of the output files (default: %(default)s)")
    return parser.parse_args(arguments)


def _numbers(text: str) -> tuple[int, ...]:
    numbers = tuple(int(part) for part in text.split(",") if part)
    if any(number <= 0 for number in numbers):
        raise ValueError
    return numbers


def _read(options: argparse.Namespace) -> Iterator[corpora.Corpus]:
    """Read the requested corpora, by default the seeds; report and skip those that cannot be read."""
    stop = options.first + options.limit if options.limit else None
    files = [path for given in options.corpus for path in corpora.list_files(given)]
    readers: list[tuple[str, Callable[[], corpora.Corpus]]] = [
        *((str(path), partial(corpora.read_corpus, path, options.language)) for path in files),
        *((name, partial(corpora.read_hub, name, limit=stop)) for name in options.hub),
    ]
    if not options.corpus and not options.hub:
        readers = [("seeds", corpora.read_seeds)]
    for name, read in readers:
        try:
            found = read().slice(options.first, stop)
            if not found.entries:
                print(f"{name}: no documents in the range of --first and --limit", file=sys.stderr)
                continue
            yield found
        except SummarizeError as error:
            print(error, file=sys.stderr)


def main(arguments: Sequence[str] | None = None) -> int:
    """Evaluate the methods, and write CSV, tables and plots; return 1 if a corpus cannot be read."""
    options = _parse(arguments)
    lengths = list_lengths(options.words, options.percents)
    try:
        requested = options.methods.split(",") if options.methods else list_methods(options.slow)
        methods = list(dict.fromkeys(complete_method(name) for name in requested))
        against = complete_method(options.against)
    except SummarizeError as error:
        print(error, file=sys.stderr)
        return 2
    if against != BASE and against not in methods:
        methods.append(against)
    rows: list[Row] = []
    done = 0
    for corpus in _read(options):
        values = evaluate_corpus(corpus, methods, lengths, options.jobs, None if options.no_cache else CACHE)
        rows += tabulate(corpus, methods, lengths, values, against)
        done += 1
    if rows:
        _write(rows, methods, shorten(against), arguments, options)
        print(make_table(rows, "rouge2"))
    wanted = sum(len(corpora.list_files(path)) for path in options.corpus) + len(options.hub)
    return 0 if rows and done >= wanted else 1


def _write(
    rows: Sequence[Row],
    methods: Sequence[str],
    against: str,
    arguments: Sequence[str] | None,
    options: argparse.Namespace,
) -> None:
    """Write CSV, Markdown and plots."""
    sections = [(measure, make_table(rows, measure)) for measure in ("rouge2", "coverage", "dangling")]
    sections.append(("Area under the curve, and knee in words", make_overview(rows)))
    sections += [
        (f"{measure}, difference from {against}", make_table(rows, f"{measure}-{against}"))
        for measure in ("rouge2", "coverage")
    ]
    tables = "\n".join(f"## {title}\n\n{text}" for title, text in sections if text)
    packages = ("numpy", "scipy", *peers.DISTRIBUTIONS)
    where = report.provenance("benchmarks.quality.coverage", *packages, arguments=arguments)
    legend = (
        "Percent, with 95 % bootstrap intervals over documents. A star marks a paired difference whose\n"
        "interval excludes 0, without a correction for multiple comparisons.\n"
    )
    stem = options.results / options.name
    report.write_csv(rows, stem.with_name(f"{options.name}.csv"))
    report.write_text(
        f"# Quality at each length\n\n{where}\n{legend}\n{tables}{_explain_peers(methods, rows)}",
        stem.with_name(f"{options.name}.md"),
    )
    if len(options.words) > 1 and report.can_plot():
        lines = [m for m in methods if m.endswith("+greedy") and not m.startswith("sumy")] + ["oracle"]
        plot(rows, "rouge2", stem.with_name(f"{options.name}-rouge2"), lines)
        plot(rows, "coverage", stem.with_name(f"{options.name}-source"), lines)


if __name__ == "__main__":
    sys.exit(main())
