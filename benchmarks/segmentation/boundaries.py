"""Compare sentence splitters: precision, recall, F1, WindowDiff and speed.

    python -m benchmarks.segmentation.boundaries [--data DIR] [--results DIR]

`--data` is a folder of ``*.jsonl.gz`` files. Each line is an object with ``text`` (a blank line between
paragraphs), ``ends`` (the offset after each sentence) and ``language``. The default is the environment
variable ``SUMMARIZE_SENTENCES``. The cases in ``tests/cases/segmentation.json`` are always included.

Every splitter is called on one paragraph at a time, with the language of the file. A boundary is correct only
if it is at exactly the right character. Peers that return strings are aligned by searching for each string
after the previous one. Intervals are bootstrapped over documents, or over paragraphs if a file has fewer than
thirty documents. Speed is CPU time in the same process, after a first call that loads any model.
"""

from __future__ import annotations

import argparse
import gzip
import importlib.util
import json
import os
import random
import re
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from benchmarks import report
from summarize.languages import GENERIC, Language, find_language
from summarize.segmentation.sentences import split_sentences

CASES = report.REPOSITORY / "tests" / "cases" / "segmentation.json"
Splitter = Callable[[str, str], list[int]]
"""``(text, language code) -> ends``."""


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph with the true ends of its sentences.

    Paragraphs of the same group are resampled together.
    """

    text: str
    ends: tuple[int, ...]
    group: int


@dataclass(frozen=True, slots=True)
class Row:
    """A row of the CSV: the results of one splitter on one data set."""

    data: str
    splitter: str
    documents: int
    sentences: int
    precision: float
    recall: float
    f1: float
    f1_low: float
    f1_high: float
    window_diff: float
    megabytes_per_second: float


# --- Splitters ------------------------------------------------------------------------------------


@cache
def _language(code: str) -> Language:
    return GENERIC if code == "und" else find_language(code)


def split_rules(text: str, code: str) -> list[int]:
    """Split with the rules of this package.

    Examples
    --------
    >>> split_rules("Dr. No came. He left.", "en")
    [12, 21]
    """
    return [sentence.end for sentence in split_sentences(text, _language(code))]


def split_regex(text: str, code: str) -> list[int]:
    """Split with the regular expression that most people write first.

    Examples
    --------
    >>> split_regex("Dr. No came. He left.", "en")
    [3, 12, 21]
    """
    ends = [match.end(1) for match in re.finditer(r"([.!?…。！？।۔؟][\"'”’»)\]]*)(?=\s|(?<=[。！？]))", text)]
    return sorted({*ends, len(text.rstrip())})


def split_punkt(text: str, code: str) -> list[int]:
    """Split with NLTK's Punkt, without a trained model."""
    from nltk.tokenize.punkt import PunktSentenceTokenizer

    return [end for _, end in PunktSentenceTokenizer().span_tokenize(text)]


def split_sentencex(text: str, code: str) -> list[int]:
    """Split with sentencex, by the Wikimedia Foundation."""
    import sentencex

    return align(text, list(sentencex.segment(code, text)))


def split_pysbd(text: str, code: str) -> list[int]:
    """Split with pySBD, a port of the Pragmatic Segmenter; use English for unsupported languages."""
    return align(text, _pysbd(code).segment(text))


@cache
def _pysbd(code: str) -> Any:
    import warnings

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # its source has invalid escape sequences
        import pysbd
        from pysbd.languages import LANGUAGE_CODES
    return pysbd.Segmenter(language=code if code in LANGUAGE_CODES else "en", clean=False)


def align(text: str, pieces: list[str]) -> list[int]:
    """Find the end of each string in the text, searching after the previous one.

    Examples
    --------
    >>> align("A. B. A.", ["A. ", "B. ", "A."])
    [2, 5, 8]
    """
    ends = []
    position = 0
    for piece in pieces:
        stripped = piece.strip()
        found = text.find(stripped, position)
        if stripped and found >= 0:
            position = found + len(stripped)
            ends.append(position)
    return ends


SPLITTERS: dict[str, tuple[Splitter, str]] = {
    "summarize": (split_rules, ""),
    "regex": (split_regex, ""),
    "sentencex": (split_sentencex, "sentencex"),
    "punkt": (split_punkt, "nltk"),
    "pysbd": (split_pysbd, "pysbd"),
}


# --- Data -----------------------------------------------------------------------------------------


def read_corpora(folder: Path) -> Iterator[tuple[str, str, list[Paragraph]]]:
    """Yield the name, language and paragraphs of each file in a folder."""
    for path in sorted(folder.glob("*.jsonl.gz")):
        with gzip.open(path, "rt", encoding="utf-8") as file:
            documents = [json.loads(line) for line in file]
        by_paragraph = len(documents) < 30
        paragraphs: list[Paragraph] = []
        for number, document in enumerate(documents):
            for text, ends in split_paragraphs(document["text"], document["ends"]):
                paragraphs.append(Paragraph(text, ends, len(paragraphs) if by_paragraph else number))
        yield path.name.removesuffix(".jsonl.gz"), documents[0]["language"], paragraphs


def split_paragraphs(text: str, ends: list[int]) -> Iterator[tuple[str, tuple[int, ...]]]:
    """Split a text into paragraphs; sentence ends become relative to the paragraph.

    Examples
    --------
    >>> list(split_paragraphs("Dogs bark.\\n\\nBirds sing.", [10, 23]))
    [('Dogs bark.', (10,)), ('Birds sing.', (11,))]
    """
    start = 0
    for paragraph in text.split("\n\n"):
        stop = start + len(paragraph)
        if paragraph.strip():
            yield paragraph, tuple(end - start for end in ends if start < end <= stop)
        start = stop + 2


def read_cases(path: Path) -> Iterator[tuple[str, str, list[Paragraph]]]:
    """Read the test cases and group them by language. Known failures count like any other case."""
    by_language: dict[str, list[Paragraph]] = {}
    for case in json.loads(path.read_text(encoding="utf-8")):
        paragraphs = by_language.setdefault(case["language"], [])
        ends = tuple(align(case["text"], case["sentences"]))
        paragraphs.append(Paragraph(case["text"], ends, len(paragraphs)))
    for code, paragraphs in sorted(by_language.items()):
        yield f"cases.{code}", code, paragraphs


# --- Measures -------------------------------------------------------------------------------------


def measure(name: str, code: str, paragraphs: list[Paragraph], splitter: str, seed: int = 0) -> Row:
    """Run a splitter over paragraphs, and compute all measures."""
    split, _ = SPLITTERS[splitter]
    split(paragraphs[0].text, code)
    start = time.process_time()
    found = [tuple(split(paragraph.text, code)) for paragraph in paragraphs]
    seconds = time.process_time() - start
    counts: dict[int, list[int]] = {}
    for paragraph, ends in zip(paragraphs, found, strict=True):
        count = counts.setdefault(paragraph.group, [0, 0, 0])
        count[0] += len(set(ends) & set(paragraph.ends))
        count[1] += len(set(ends))
        count[2] += len(paragraph.ends)
    groups = list(counts.values())
    right, proposed, true = (sum(group[k] for group in groups) for k in range(3))
    low, high = bootstrap(groups, seed)
    size = sum(len(paragraph.text.encode()) for paragraph in paragraphs) / 1e6
    return Row(
        name, splitter, len(groups), true,
        100 * right / max(1, proposed), 100 * right / max(1, true), f1(groups), low, high,
        window_diff(paragraphs, found), size / seconds if seconds else float("inf"),
    )  # fmt: skip


def f1(groups: list[list[int]]) -> float:
    """Compute the F1 of boundaries in percent.

    Parameters
    ----------
    groups : list of [int, int, int]
        Numbers of correct, predicted and true boundaries of each group.

    Examples
    --------
    >>> f1([[3, 4, 6]])
    60.0
    """
    right, proposed, true = (sum(group[k] for group in groups) for k in range(3))
    return 200 * right / max(1, proposed + true)


def bootstrap(groups: list[list[int]], seed: int, rounds: int = 1000) -> tuple[float, float]:
    """Compute the 95 % percentile interval of F1, resampling groups."""
    generator = random.Random(seed)
    values = sorted(f1(generator.choices(groups, k=len(groups))) for _ in range(rounds))
    return values[rounds * 25 // 1000], values[rounds * 975 // 1000 - 1]


def window_diff(paragraphs: list[Paragraph], found: list[tuple[int, ...]]) -> float:
    """Compute the mean WindowDiff over paragraphs of at least two sentences [1]_.

    The window is half the mean length of the sentences of the paragraph.

    References
    ----------
    .. [1] Pevzner & Hearst 2002, doi:10.1162/089120102317341756
    """
    from nltk.metrics.segmentation import windowdiff

    values = []
    for paragraph, ends in zip(paragraphs, found, strict=True):
        if len(paragraph.ends) < 2:
            continue
        window = max(2, len(paragraph.text) // (2 * len(paragraph.ends)))
        masks = [_mask(len(paragraph.text), wanted) for wanted in (paragraph.ends, ends)]
        values.append(windowdiff(*masks, window))
    return float(sum(values) / max(1, len(values)))


def _mask(length: int, ends: tuple[int, ...]) -> str:
    marked = set(ends)
    return "".join("1" if position + 1 in marked else "0" for position in range(length))


# --- Report ---------------------------------------------------------------------------------------


def write_markdown(rows: list[Row], splitters: list[str]) -> str:
    """Format the report: F1 on each corpus with its interval, then the other measures."""
    corpora = [row.data for row in rows if row.splitter == splitters[0] and not row.data.startswith("cases.")]
    cases = [row.data for row in rows if row.splitter == splitters[0] and row.data.startswith("cases.")]
    table = {(row.data, row.splitter): row for row in rows}
    body: list[tuple[object, ...]] = []
    for name in corpora:
        first = table[name, splitters[0]]
        cells = (table[name, splitter] for splitter in splitters)
        intervals = (report.format_interval(row.f1, row.f1_low, row.f1_high) for row in cells)
        body.append((name, first.documents, first.sentences, *intervals))
    for label, names in (("macro average", corpora), (f"test cases, {len(cases)} languages", cases)):
        if names:
            means = (_mean(rows, names, splitter, "f1") for splitter in splitters)
            body.append((label, "", "", *(f"{mean:.1f}" for mean in means)))
    measures = (
        ("precision, %", "precision"), ("recall, %", "recall"), ("WindowDiff", "window_diff"),
        ("MB/s", "megabytes_per_second"),
    )  # fmt: skip
    others = [
        (label, *(f"{_mean(rows, corpora or cases, splitter, field):.3g}" for splitter in splitters))
        for label, field in measures
    ]
    return (
        "Boundary F1 in percent [95 % bootstrap interval].\n\n"
        + report.markdown_table(("data", "documents", "sentences", *splitters), body)
        + f"\nOver the {'corpora' if corpora else 'test cases'} (means):\n\n"
        + report.markdown_table(("measure", *splitters), others)
    )


def _mean(rows: list[Row], names: list[str], splitter: str, field: str) -> float:
    """Compute the mean of a field over data sets, each with the same weight."""
    values = [getattr(row, field) for row in rows if row.splitter == splitter and row.data in names]
    return float(sum(values) / len(values))


def plot(rows: list[Row], splitters: list[str], stem: Path) -> None:
    """Plot F1 against speed, both averaged over the corpora, or over the test cases without any."""
    names = list(dict.fromkeys(row.data for row in rows if not row.data.startswith("cases.")))
    names = names or list(dict.fromkeys(row.data for row in rows))
    points = [
        report.Point(
            splitter,
            _mean(rows, names, splitter, "megabytes_per_second"),
            _mean(rows, names, splitter, "f1"),
            emphasis=splitter == "summarize",
        )
        for splitter in splitters
    ]
    report.plot_points(points, stem, x_label="MB per CPU second", y_label="boundary F1, percent", log_x=True)


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure every installed splitter on every corpus and on the test cases."""
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.segmentation.boundaries",
        description="Compare sentence splitters.",
    )
    data = os.environ.get("SUMMARIZE_SENTENCES")
    parser.add_argument("--data", type=Path, default=data, help="folder of *.jsonl.gz files")
    parser.add_argument("--results", type=Path, default=report.RESULTS, help="output folder")
    options = parser.parse_args(arguments)
    splitters = []
    for name, (_, package) in SPLITTERS.items():
        if not package or importlib.util.find_spec(package):
            splitters.append(name)
        else:
            print(f"skipping {name}: {package} is not installed", file=sys.stderr)
    corpora = list(read_corpora(Path(options.data))) if options.data else []
    if not corpora:
        reason = f"{options.data} has no *.jsonl.gz files" if options.data else "--data is not given"
        print(f"skipping corpora: {reason}", file=sys.stderr)
    tasks = [(*data, splitter) for data in [*corpora, *read_cases(CASES)] for splitter in splitters]
    rows = [measure(*task) for task in report.progress(tasks, len(tasks), "boundaries")]
    packages = [package for _, package in SPLITTERS.values() if package]
    where = report.provenance("benchmarks.segmentation.boundaries", *packages, arguments=arguments)
    text = write_markdown(rows, splitters)
    report.write_csv(rows, options.results / "segmentation.csv", digits=4)
    report.write_text(f"# Sentence boundaries\n\n{where}\n{text}", options.results / "segmentation.md")
    plot(rows, splitters, options.results / "segmentation")
    print(text)
    return 0


if __name__ == "__main__":
    sys.exit(main())
