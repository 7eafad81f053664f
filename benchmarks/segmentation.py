"""Sentence boundaries against the installed peers: precision, recall, F1, WindowDiff, speed.

    python -m benchmarks.segmentation [--data DIR] [--results DIR]

`--data` is a folder of ``*.jsonl.gz``, one object a line with ``text`` (paragraphs parted by a blank
line), ``ends`` (the offset behind each sentence) and ``language``; it defaults to the environment
variable ``SUMMARIZE_SENTENCES``, else to ``../shared/corpora/sentences`` beside the repository. The
golden cases of ``tests/cases/segmentation.json`` are always measured.

How it is fair: every splitter is called on one paragraph at a time, in the language of the file; a
boundary is right only if it stands at the very character; peers that return strings are aligned with
the text by searching each string behind the one before it. The interval is a bootstrap over documents
(or over paragraphs, where a file has fewer than thirty documents). Speed counts CPU seconds of one
pass in the same process, after a first call on one paragraph, so loading a model is not in it.
"""

from __future__ import annotations

import argparse
import csv
import gzip
import importlib.util
import json
import os
import random
import re
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from summarize.languages import GENERIC, Language, find_language
from summarize.segmentation import split_sentences

REPOSITORY = Path(__file__).resolve().parent.parent
RESULTS = REPOSITORY / "benchmarks" / "results"
CASES = REPOSITORY / "tests" / "cases" / "segmentation.json"
DATA = Path(os.environ.get("SUMMARIZE_SENTENCES", REPOSITORY.parent / "shared" / "corpora" / "sentences"))

Splitter = Callable[[str, str], list[int]]
"""``(text, language code) -> ends``."""


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph with the true ends of its sentences; paragraphs of one group are resampled together."""

    text: str
    ends: tuple[int, ...]
    group: int


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the table."""

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
    """The rules of this package."""
    return [sentence.end for sentence in split_sentences(text, _language(code))]


def split_regex(text: str, code: str) -> list[int]:
    """The regular expression that everybody writes first."""
    ends = [match.end(1) for match in re.finditer(r"([.!?…。！？।۔؟][\"'”’»)\]]*)(?=\s|(?<=[。！？]))", text)]
    return sorted({*ends, len(text.rstrip())})


def split_punkt(text: str, code: str) -> list[int]:
    """NLTK's Punkt without a model."""
    from nltk.tokenize.punkt import PunktSentenceTokenizer

    return [end for _, end in PunktSentenceTokenizer().span_tokenize(text)]


def split_sentencex(text: str, code: str) -> list[int]:
    """Sentencex, by the Wikimedia Foundation."""
    import sentencex

    return align(text, list(sentencex.segment(code, text)))


def split_pysbd(text: str, code: str) -> list[int]:
    """The Pragmatic Segmenter in Python, in English where it lacks the language."""
    return align(text, _pysbd(code).segment(text))


@cache
def _pysbd(code: str):  # type: ignore[no-untyped-def]
    import warnings

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # invalid escapes in its source
        import pysbd
        from pysbd.languages import LANGUAGE_CODES
    return pysbd.Segmenter(language=code if code in LANGUAGE_CODES else "en", clean=False)


def align(text: str, pieces: list[str]) -> list[int]:
    """Where each string ends in the text, behind the one before it."""
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
    """Name, language and paragraphs of every file of a folder."""
    for path in sorted(folder.glob("*.jsonl.gz")):
        with gzip.open(path, "rt", encoding="utf-8") as file:
            documents = [json.loads(line) for line in file]
        by_paragraph = len(documents) < 30
        paragraphs: list[Paragraph] = []
        for number, document in enumerate(documents):
            for text, ends in paragraphs_of(document["text"], document["ends"]):
                paragraphs.append(Paragraph(text, ends, len(paragraphs) if by_paragraph else number))
        yield path.name.removesuffix(".jsonl.gz"), documents[0]["language"], paragraphs


def paragraphs_of(text: str, ends: list[int]) -> Iterator[tuple[str, tuple[int, ...]]]:
    """Paragraphs of a text with their own ends."""
    start = 0
    for paragraph in text.split("\n\n"):
        stop = start + len(paragraph)
        if paragraph.strip():
            yield paragraph, tuple(end - start for end in ends if start < end <= stop)
        start = stop + 2


def read_cases(path: Path) -> Iterator[tuple[str, str, list[Paragraph]]]:
    """The golden cases of every language; known failures count like the others."""
    by_language: dict[str, list[Paragraph]] = {}
    for case in json.loads(path.read_text(encoding="utf-8")):
        paragraphs = by_language.setdefault(case["language"], [])
        ends = tuple(align(case["text"], case["sentences"]))
        paragraphs.append(Paragraph(case["text"], ends, len(paragraphs)))
    for code, paragraphs in sorted(by_language.items()):
        yield f"cases.{code}", code, paragraphs


# --- Measures -------------------------------------------------------------------------------------


def measure(name: str, code: str, paragraphs: list[Paragraph], splitter: str, seed: int = 0) -> Row:
    """One line of the table."""
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
    """F1 in percent of boundaries counted per group."""
    right, proposed, true = (sum(group[k] for group in groups) for k in range(3))
    return 200 * right / max(1, proposed + true)


def bootstrap(groups: list[list[int]], seed: int, rounds: int = 1000) -> tuple[float, float]:
    """95 % interval of F1 over resampled groups."""
    generator = random.Random(seed)
    values = sorted(f1(generator.choices(groups, k=len(groups))) for _ in range(rounds))
    return values[rounds * 25 // 1000], values[rounds * 975 // 1000 - 1]


def window_diff(paragraphs: list[Paragraph], found: list[tuple[int, ...]]) -> float:
    """Mean WindowDiff over paragraphs of several sentences, with half their mean sentence as window."""
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


def write_csv(rows: list[Row], path: Path) -> None:
    """All figures, one line a corpus and splitter."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(Row.__slots__)
        for row in rows:
            values = (getattr(row, name) for name in Row.__slots__)
            writer.writerow([f"{value:.4g}" if isinstance(value, float) else value for value in values])


def write_markdown(rows: list[Row], splitters: list[str], path: Path) -> str:
    """The table that people read: F1 of every corpus with its interval, then the other measures."""
    corpora = [row.data for row in rows if row.splitter == splitters[0] and not row.data.startswith("cases.")]
    cases = [row.data for row in rows if row.splitter == splitters[0] and row.data.startswith("cases.")]
    table = {(row.data, row.splitter): row for row in rows}
    lines = ["# Sentence boundaries", "", "Boundary F1 in percent [95 % bootstrap interval].", ""]
    lines += _markdown_row(["data", "documents", "sentences", *splitters])
    lines += _markdown_row(["---"] * (3 + len(splitters)))
    for name in corpora:
        row = table[name, splitters[0]]
        cells = [_interval(table[name, splitter]) for splitter in splitters]
        lines += _markdown_row([name, str(row.documents), str(row.sentences), *cells])
    for label, names in (("macro average", corpora), (f"golden cases, {len(cases)} languages", cases)):
        if names:
            means = [sum(table[name, splitter].f1 for name in names) / len(names) for splitter in splitters]
            lines += _markdown_row([label, "", "", *(f"{mean:.1f}" for mean in means)])
    lines += ["", "Over the corpora (means):", ""]
    lines += _markdown_row(["measure", *splitters])
    lines += _markdown_row(["---"] * (1 + len(splitters)))
    for label, field in (
        ("precision, %", "precision"), ("recall, %", "recall"), ("WindowDiff", "window_diff"),
        ("MB/s", "megabytes_per_second"),
    ):  # fmt: skip
        names = corpora or cases
        means = [
            sum(getattr(table[name, splitter], field) for name in names) / len(names)
            for splitter in splitters
        ]
        lines += _markdown_row([label, *(f"{mean:.3g}" for mean in means)])
    text = "\n".join(lines) + "\n"
    path.write_text(text, encoding="utf-8")
    return text


def _markdown_row(cells: list[str]) -> list[str]:
    return ["| " + " | ".join(cells) + " |"]


def _interval(row: Row) -> str:
    return f"{row.f1:.1f} [{row.f1_low:.1f}, {row.f1_high:.1f}]"


def main() -> None:
    """Measure every installed splitter on every corpus and on the golden cases."""
    parser = argparse.ArgumentParser(description="Sentence boundaries against the installed peers.")
    parser.add_argument("--data", type=Path, default=DATA, help="folder of *.jsonl.gz (default: %(default)s)")
    parser.add_argument("--results", type=Path, default=RESULTS, help="where to write the tables")
    options = parser.parse_args()
    splitters = []
    for name, (_, package) in SPLITTERS.items():
        if not package or importlib.util.find_spec(package):
            splitters.append(name)
        else:
            print(f"skipped: {name}, because {package} is not installed")
    corpora = list(read_corpora(options.data))
    if not corpora:
        print(f"skipped: the corpora, because {options.data} has no *.jsonl.gz")
    rows = [
        measure(name, code, paragraphs, splitter)
        for name, code, paragraphs in [*corpora, *read_cases(CASES)]
        for splitter in splitters
    ]
    options.results.mkdir(parents=True, exist_ok=True)
    write_csv(rows, options.results / "segmentation.csv")
    print(write_markdown(rows, splitters, options.results / "segmentation.md"))


if __name__ == "__main__":
    main()
