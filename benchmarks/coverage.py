"""How much of the content survives at each length.

    python -m benchmarks.coverage [--corpus FILE.jsonl[.gz]]... [--hub NAME] [--limit N] [--jobs 2]

Every method gets the same cap on the same documents, and nobody passes it: what a peer returns too
much of is cut off at its end. ROUGE is best of several references, with stems; `coverage` needs none.
Figures are means over documents with 95 % bootstrap intervals. What was measured before with the same
corpus, method and version is read from ``.coverage-cache`` and not measured again.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import multiprocessing
import os
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path

import numpy as np

from benchmarks import corpora, peers, report, statistics
from benchmarks.oracle import choose_oracle
from summarize import Document, metrics
from summarize.length import Length
from summarize.pipeline import resolve_ranker, resolve_selector, segment
from summarize.rankers import RANKERS
from summarize.rouge import find_tokenizer, rouge_lsum, rouge_n
from summarize.selectors import SELECTORS
from summarize.version import __version__

WORDS = (25, 50, 100, 200, 400)
PERCENTS = (5, 10, 20, 30, 50)
MEASURES = ("rouge1", "rouge2", "rougeLsum", "coverage", "divergence", "redundancy", "dangling", "words")
GIVEN = ("extract precision", "extract recall", "units")
RANDOM_DRAWS = 5
CACHE = report.REPOSITORY / ".coverage-cache"


@dataclass(frozen=True, slots=True)
class Row:
    """One figure."""

    corpus: str
    method: str
    signature: str
    length: str
    documents: int
    measure: str
    mean: float
    low: float
    high: float


def list_methods(slow: bool) -> list[str]:
    """Every ranker with every selector, the oracle, and the peers that are installed."""
    rankers = [name for name in RANKERS if slow or not name.startswith("sumy-")]
    pairs = [f"{ranker}+{selector}" for ranker in rankers for selector in SELECTORS]
    return [*pairs, "oracle", *(peers.installed() if slow else ())]


def list_lengths(words: Sequence[int] = WORDS, percents: Sequence[int] = PERCENTS) -> list[Length]:
    """The grid of caps."""
    return [Length(n, "words") for n in words] + [Length(n, "percent") for n in percents]


def measure_example(
    job: tuple[corpora.Example, tuple[str, ...], tuple[Length, ...]],
) -> list[list[list[float]]]:
    """Values of every method, length and measure for one document."""
    example, methods, lengths = job
    document = segment(example.document, language=example.language)
    tokenize = find_tokenizer(example.language)
    references = [[tokenize(line) for line in text.split("\n") if line] for text in example.references]
    weights = metrics.term_weights(document)
    tokens = [tokenize(sentence.text) for sentence in document.sentences]

    gold = _find_gold(document, example.extract)
    units = [(set(tokenize(text)), weight) for text, weight in example.units]

    def value(indices: list[int]) -> list[float]:
        chosen = [tokens[i] for i in sorted(indices)]
        return [
            *_rouge(chosen, references),
            metrics.source_coverage(document, indices, weights),
            metrics.divergence(document, indices),
            metrics.redundancy(document, indices, weights),
            metrics.dangling_starts(document, indices),
            float(sum(int(document.n_words[i]) for i in indices)),
            *_against_people(indices, gold, tokens, units),
        ]

    values = []
    for method in methods:
        if method == "oracle":
            flat = [[word for line in reference for word in line] for reference in references]
            rows = []
            for length in lengths:
                best = [value(choose_oracle(document, target, length, tokenize)) for target in flat]
                rows.append(max(best, key=lambda row: row[0] + row[1]))
            values.append(rows)
        elif method in peers.PEERS:
            total = int(document.n_words.sum())
            values.append([_value_of_peer(method, example, references, length, total) for length in lengths])
        else:
            ranker, selector = method.split("+")
            rank, select = resolve_ranker(ranker), resolve_selector(selector)
            options = [{"seed": seed} for seed in range(RANDOM_DRAWS)] if ranker == "random" else [{}]
            scores = [rank(document, **option) for option in options]
            values.append(
                [
                    np.mean([value(list(select(document, s, length))) for s in scores], axis=0).tolist()
                    for length in lengths
                ]
            )
    return values


def _find_gold(document: Document, extract: Sequence[str]) -> set[int]:
    """The sentences of a human extract; other splitters may have cut them elsewhere."""
    texts = ["".join(text.split()) for text in extract]
    squeezed = ["".join(sentence.text.split()) for sentence in document.sentences]
    return {
        i
        for i, s in enumerate(squeezed)
        if any(s == t or (len(s) > 20 and (s in t or t in s)) for t in texts)
    }


def _against_people(
    indices: list[int], gold: set[int], tokens: list[list[str]], units: list[tuple[set[str], float]]
) -> list[float]:
    """Precision and recall of the extract, recall of the units; not a number where there are none."""
    nan = float("nan")
    score = metrics.sentence_agreement(indices, gold)
    recall = nan
    if units:
        wanted, weights = zip(*units, strict=True)
        recall = metrics.unit_recall([tokens[i] for i in indices], wanted, weights)
    return [score.precision, score.recall, recall] if gold else [nan, nan, recall]


def _rouge(chosen: list[list[str]], references: list[list[list[str]]]) -> list[float]:
    flat = [word for line in chosen for word in line]
    targets = [[word for line in reference for word in line] for reference in references]
    return [
        max(rouge_n(flat, target, 1).f1 for target in targets),
        max(rouge_n(flat, target, 2).f1 for target in targets),
        max(rouge_lsum(chosen, reference).f1 for reference in references),
    ]


def _value_of_peer(
    method: str, example: corpora.Example, references: list[list[list[str]]], length: Length, total: int
) -> list[float]:
    limit = int(length.limit) if length.unit == "words" else total * int(length.limit) // 100
    entry = peers.PEERS[method]
    sentences = getattr(import_module(entry.module), entry.function)(
        example.document, example.language, limit
    )
    kept, left = [], limit
    for sentence in sentences:
        words = sentence.split()[:left]
        left -= len(words)
        kept.append(" ".join(words))
    tokenize = find_tokenizer(example.language)
    # What it chose are not sentences of ours, so the measures that need these do not apply.
    unknown = [float("nan")] * 4
    rouge = _rouge([tokenize(text) for text in kept if text], references)
    return [*rouge, *unknown, float(limit - left), *unknown[1:]]


def measure_corpus(
    corpus: corpora.Corpus,
    methods: Sequence[str],
    lengths: Sequence[Length],
    jobs: int,
    cache: Path | None = CACHE,
) -> np.ndarray[tuple[int, ...], np.dtype[np.float64]]:
    """Values of shape (n_documents, n_methods, n_lengths, n_measures)."""
    key = hashlib.sha256(
        json.dumps([corpus.digest, __version__, _code_digest(), [str(length) for length in lengths]]).encode()
    ).hexdigest()[:16]
    known = {}
    for method in methods:
        path = cache / key / f"{method}.npy" if cache else None
        if path and path.exists():
            known[method] = np.load(path)
    todo = tuple(method for method in methods if method not in known)
    if todo:
        tasks = [(example, todo, tuple(lengths)) for example in corpus.examples]
        fresh = np.array(list(report.progress(_map(tasks, jobs), len(tasks), corpus.name)))
        for k, method in enumerate(todo):
            known[method] = fresh[:, k]
            if cache:
                path = cache / key / f"{method}.npy"
                path.parent.mkdir(parents=True, exist_ok=True)
                np.save(path.with_suffix(f".{os.getpid()}.npy"), known[method])
                path.with_suffix(f".{os.getpid()}.npy").replace(path)
    return np.stack([known[method] for method in methods], axis=1)


def _map(
    tasks: list[tuple[corpora.Example, tuple[str, ...], tuple[Length, ...]]], jobs: int
) -> Iterator[list[list[list[float]]]]:
    if jobs == 1:
        yield from map(measure_example, tasks)
        return
    os.environ["OPENBLAS_NUM_THREADS"] = "1"
    with multiprocessing.get_context("spawn").Pool(jobs) as pool:
        yield from pool.imap(measure_example, tasks, chunksize=4)


def _code_digest() -> str:
    """Changes when the package does, so that no figure outlives the code that made it."""
    digest = hashlib.sha256()
    for folder in ("summarize", "benchmarks"):
        for path in sorted((report.REPOSITORY / folder).rglob("*.py")):
            digest.update(path.read_bytes())
    return digest.hexdigest()


def tabulate(
    corpus: corpora.Corpus,
    methods: Sequence[str],
    lengths: Sequence[Length],
    values: np.ndarray[tuple[int, ...], np.dtype[np.float64]],
) -> list[Row]:
    """One row a method, length and measure; and the area under each curve over the lengths in words."""
    rows: list[Row] = []
    in_words = [k for k, length in enumerate(lengths) if length.unit == "words"]
    axis = [float(lengths[k].limit) for k in in_words]
    base = methods.index("random+greedy") if "random+greedy" in methods else None
    for m, method in enumerate(methods):
        signature = f"method:{method}|version:{__version__}"
        for s, measure in enumerate(MEASURES + GIVEN):
            mine = values[:, m, :, s]
            # Where a measure is not defined: dangling starts in a language without a list of them.
            mine = mine[~np.isnan(mine).any(axis=1)]
            if not len(mine):
                continue

            def add(length: str, what: str, estimate: statistics.Estimate, n: int = len(mine)) -> None:
                rows.append(Row(corpus.name, method, signature, length, n, what, *estimate))  # noqa: B023

            for k, length in enumerate(lengths):
                add(str(length), measure, statistics.bootstrap(mine[:, k]))
                if base is not None and measure.startswith("rouge"):
                    drawn = values[:, base, k, s]
                    if drawn.any() and len(drawn) == len(mine):
                        add(str(length), f"{measure}/random", statistics.ratio_of_means(mine[:, k], drawn))
            if in_words and measure != "words":
                heights = statistics.area_under_curve(axis, mine[:, in_words])
                add("area", measure, statistics.bootstrap(heights))
    return rows


def make_table(rows: Sequence[Row], measure: str, base: str = "lead+greedy") -> str:
    """Methods by lengths in words, one corpus after the other."""
    parts = []
    for corpus in dict.fromkeys(row.corpus for row in rows):
        mine = [
            row for row in rows if row.corpus == corpus and row.measure == measure and "%" not in row.length
        ]
        if not mine:  # not defined in its language
            continue
        columns = list(dict.fromkeys(row.length for row in mine))
        scale = 100.0
        body = []
        for method in dict.fromkeys(row.method for row in mine):
            cells = {row.length: row for row in mine if row.method == method}
            body.append((method, *(report.format_interval(*_three(cells[c]), scale=scale) for c in columns)))
        parts.append(
            f"### {corpus}, {max(row.documents for row in mine)} documents\n\n"
            + report.markdown_table(("method", *columns), body)
        )
    return "\n".join(parts)


def _three(row: Row) -> tuple[float, float, float]:
    return row.mean, row.low, row.high


def plot(rows: Sequence[Row], measure: str, stem: Path, methods: Sequence[str]) -> None:
    """Value against length, one panel a corpus, with bands."""
    panels: dict[str, list[report.Line]] = {}
    for corpus in dict.fromkeys(row.corpus for row in rows):
        for method in methods:
            mine = [
                row
                for row in rows
                if (row.corpus, row.method, row.measure) == (corpus, method, measure)
                and "words" in row.length
            ]
            if mine:
                panels.setdefault(corpus, []).append(
                    report.Line(
                        method.removesuffix("+greedy"),
                        [float(row.length.split()[0]) for row in mine],
                        [100 * row.mean for row in mine],
                        [100 * row.low for row in mine],
                        [100 * row.high for row in mine],
                        emphasis=method.startswith("ensemble"),
                    )
                )
    report.plot_lines(panels, stem, x_label="words", y_label=f"{measure}, percent", log_x=True, ticks=WORDS)


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure, print, and write CSV, tables and plots."""
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.coverage", description="Coverage against length."
    )
    parser.add_argument(
        "--corpus", type=Path, action="append", default=[], help="a .jsonl[.gz]; seeds if none"
    )
    parser.add_argument(
        "--hub", action="append", default=[], help=f"one of {', '.join(corpora.HUB)}, or a path"
    )
    parser.add_argument("--language", help="of the corpora that do not say theirs")
    parser.add_argument("--first", type=int, default=0, help="begin at this document")
    parser.add_argument("--limit", type=int, help="take so many documents")
    parser.add_argument("--methods", help="comma separated; default: all that are fast")
    parser.add_argument("--words", default=",".join(map(str, WORDS)), help="caps in words")
    parser.add_argument(
        "--percents", default=",".join(map(str, PERCENTS)), help="caps in percent; may be empty"
    )
    parser.add_argument("--slow", action="store_true", help="sumy's rankers and the peers, too")
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--no-cache", action="store_true")
    parser.add_argument("--results", type=Path, default=report.RESULTS, help="folder")
    parser.add_argument("--name", default="coverage", help="stem of the files")
    options = parser.parse_args(arguments)
    found = [corpora.read_corpus(path, options.language) for path in options.corpus]
    found += [corpora.read_hub(name, limit=options.limit) for name in options.hub]
    stop = options.first + options.limit if options.limit else None
    found = [corpus.slice(options.first, stop) for corpus in found] or [corpora.read_seeds()]
    methods = options.methods.split(",") if options.methods else list_methods(options.slow)
    lengths = list_lengths(
        *([int(n) for n in text.split(",") if n] for text in (options.words, options.percents))
    )
    rows: list[Row] = []
    for corpus in found:
        cache = None if options.no_cache else CACHE
        values = measure_corpus(corpus, methods, lengths, options.jobs, cache)
        rows += tabulate(corpus, methods, lengths, values)
    command = "python -m benchmarks.coverage " + " ".join(f"--corpus {path.name}" for path in options.corpus)
    tables = "\n".join(
        f"## {measure}\n\n{make_table(rows, measure)}" for measure in ("rouge2", "coverage", "dangling")
    )
    where = report.provenance(command.strip(), "numpy", "scipy", "sumy")
    report.write_csv(rows, options.results / f"{options.name}.csv")
    report.write_text(
        f"# Coverage against length\n\n{where}\n{tables}", options.results / f"{options.name}.md"
    )
    if report.can_plot():
        shown = [m for m in methods if m.endswith("+greedy") and not m.startswith("sumy")] + ["oracle"]
        plot(rows, "rouge2", options.results / f"{options.name}-rouge2", shown)
        plot(rows, "coverage", options.results / f"{options.name}-source", shown)
    print(make_table(rows, "rouge2"))
    return 0


if __name__ == "__main__":
    sys.exit(main())
