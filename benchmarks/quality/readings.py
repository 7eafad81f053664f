"""Measure how well summaries agree with what readers pick.

    python -m benchmarks.quality.readings FOLDER [--corpora FOLDER] [--methods NAME,...] [--documents N]

The folder contains ``readings.jsonl``: one object for each document, with `corpus`, `id`, `picks` (character
ranges in the order of choice) and `junk` (ranges that must never be printed). The texts are in
``CORPUS.jsonl.gz`` of the folder of the corpora, and in ``documents.jsonl.gz`` beside the readings. The
repository has the figures that are computed from the texts, but not the texts.

A summary has at most 60 words of news and abstracts, and 100 of other texts. *Overlap* is the F1 of its
characters with those of the first picks that fit into the same length, white space aside. *Junk* is the share
of its sentences more than half of which must not be printed.
"""

from __future__ import annotations

import argparse
import gzip
import json
import sys
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks import intervals, peers, report
from benchmarks.quality.coverage import Row, make_signature

METHODS = (
    "learned+novelty", "lead+greedy", "ensemble+greedy", "textrank+greedy", "lexrank+greedy", "lsa+greedy",
    "centroid+greedy", "directed+greedy",
)  # fmt: skip
LENGTH = "60 or 100 words"
_SHORT_TEXTS = ("news", "abstracts")

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Reading:
    """The picks and the junk that a reader marked in a document."""

    corpus: str
    text: str
    picks: tuple[Span, ...]
    junk: tuple[Span, ...]

    @property
    def language(self) -> str:
        """The code at the end of the corpus's name."""
        return self.corpus.rpartition(".")[2]

    @property
    def limit(self) -> int:
        """The maximum length in words."""
        return 60 if self.corpus.startswith(_SHORT_TEXTS) else 100

    def find_gold(self) -> list[Span]:
        """Find the first picks that fit into the length."""
        left, gold = self.limit, []
        for start, end in self.picks:
            words = self._count_words(start, end)
            if words <= left:
                gold.append((start, end))
                left -= words
        return gold

    def _count_words(self, start: int, end: int) -> int:
        piece = self.text[start:end]
        return sum(not char.isspace() for char in piece) if self.language == "zh" else len(piece.split())


def read_readings(folder: Path, corpora: Path) -> Iterator[Reading]:
    """Read the readings whose texts are available."""
    with open(folder / "readings.jsonl", encoding="utf-8") as file:
        rows = [json.loads(line) for line in file]
    texts: dict[tuple[str, str], str] = {}
    for path in (*(corpora / f"{corpus}.jsonl.gz" for corpus in {row["corpus"] for row in rows}),):
        if path.exists():
            texts.update(_read_texts(path, path.name.removesuffix(".jsonl.gz")))
    texts.update(_read_texts(folder / "documents.jsonl.gz", None))
    for row in rows:
        text = texts.get((row["corpus"], row["id"]))
        if text is not None:
            yield Reading(
                row["corpus"], text, tuple(map(tuple, row["picks"])), tuple(map(tuple, row["junk"]))
            )


def _read_texts(path: Path, corpus: str | None) -> Iterator[tuple[tuple[str, str], str]]:
    with gzip.open(path, "rt", encoding="utf-8") as file:
        for line in file:
            row: dict[str, Any] = json.loads(line)
            yield (corpus or row["corpus"], row["id"]), row["document"]


def choose(method: str, reading: Reading) -> list[Span]:
    """Return the ranges of the sentences that a method prints."""
    if method in peers.PEERS:
        peer = peers.PEERS[method]
        if peer.languages and reading.language not in peer.languages:
            raise ValueError(f"{method} does not know {reading.language}")
        run = getattr(import_module(peer.module), peer.function)
        return list(_locate(reading, run(reading.text, reading.language, reading.limit)))
    from summarize import summarize

    ranker, selector = method.split("+")
    summary = summarize(reading.text, length=f"{reading.limit} words", ranker=ranker, selector=selector)
    return [(sentence.start, sentence.end) for sentence in summary.sentences]


def _locate(reading: Reading, sentences: Iterable[str]) -> Iterator[Span]:
    """Find sentences in their text, as long as they fit; a peer may print more than the maximum length."""
    left = reading.limit
    for sentence in sentences:
        start = reading.text.find(sentence)
        left -= len(sentence.split())
        if left < 0:
            return
        if start >= 0:
            yield start, start + len(sentence)


def score(reading: Reading, spans: Sequence[Span]) -> tuple[float, int, int]:
    """Return the overlap with the picks, the number of sentences that are junk, and of all sentences."""

    def characters(ranges: Iterable[Span]) -> set[int]:
        return {i for start, end in ranges for i in range(start, end) if not reading.text[i].isspace()}

    mine, theirs, junk = characters(spans), characters(reading.find_gold()), characters(reading.junk)
    n_junk = sum(2 * len(own & junk) > len(own) for own in (characters([span]) for span in spans))
    return 2 * len(mine & theirs) / max(1, len(mine) + len(theirs)), n_junk, len(spans)


def main() -> int:
    """Measure, and write and print the table; return 1 if there are no readings."""
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.quality.readings",
        description="Measure how well summaries agree with what readers pick.",
    )
    add = parser.add_argument
    add("folder", type=Path, help="folder with readings.jsonl")
    add("--corpora", type=Path, help="folder of the corpora (default: the one beside the readings)")
    add("--methods", default=",".join((*METHODS, *peers.installed())), help="methods, comma-separated")
    add("--documents", type=int, help="how many documents of each corpus (default: all)")
    options = parser.parse_args()
    if not (options.folder / "readings.jsonl").exists():
        print(f"{options.folder}: skipped, because it has no readings.jsonl", file=sys.stderr)
        return 1
    readings = list(read_readings(options.folder, options.corpora or options.folder.parent / "corpora"))
    if options.documents:
        by_corpus = {r.corpus: [each for each in readings if each.corpus == r.corpus] for r in readings}
        readings = [each for own in by_corpus.values() for each in own[: options.documents]]
    rows, body = [], []
    for method in options.methods.split(","):
        scored = []
        for reading in report.progress(readings, len(readings), method):
            try:
                scored.append(score(reading, choose(method, reading)))
            except Exception:  # The peer does not know the language, or fails.
                scored.append((np.nan, 0, 0))
        overlap = np.array([each[0] for each in scored])
        estimate = intervals.bootstrap(overlap)
        n_known = int(np.isfinite(overlap).sum())
        junk = sum(each[1] for each in scored) / max(1, sum(each[2] for each in scored))
        rows.append(
            Row("readings", method, make_signature(method), LENGTH, n_known, "overlap", *map(float, estimate))
        )
        low, mean, high = (f"{100 * value:.1f}" for value in (estimate.low, estimate.mean, estimate.high))
        body.append((method, str(n_known), mean, f"{low} to {high}", f"{junk:.1%}"))
        print(*body[-1], file=sys.stderr, flush=True)
    table = report.markdown_table(("method", "documents", "overlap", "95 % interval", "junk"), body)
    where = report.provenance("benchmarks.quality.readings", "numpy", *peers.DISTRIBUTIONS)
    report.write_csv(rows, report.RESULTS / "readings.csv")
    report.write_text(f"# Readings\n\n{where}\n{table}", report.RESULTS / "readings.md")
    print(table)
    return 0


if __name__ == "__main__":
    sys.exit(main())
