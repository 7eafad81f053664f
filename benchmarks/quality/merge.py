"""Measure multi-document summaries, with and without the boundaries between the texts.

    python -m benchmarks.quality.merge CORPUS.jsonl[.gz]... [--length LENGTH]

The texts of an entry are its ``meta.documents`` or, without that field, the lines of ``document``. Entries
with a single text are skipped. Every method is measured twice: with the text boundaries known, and with the
texts concatenated into one.
"""

from __future__ import annotations

import argparse
import dataclasses
import gzip
import json
import os
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from benchmarks import report
from benchmarks.corpora import read_corpus, reference_length
from benchmarks.intervals import bootstrap, paired_difference
from summarize.document import Document
from summarize.length import Length
from summarize.metrics.rouge import find_tokenizer, rouge_n
from summarize.pipeline import segment_merged
from summarize.settings import resolve_ranker, resolve_selector

RANKERS = ("lead", "textrank", "directed", "ensemble", "learned")
SELECTORS = ("greedy", "mmr", "novelty", "coverage")
MEASURES = ("rouge1", "rouge2")

Values = dict[tuple[str, str, bool], NDArray[np.float64]]
"""ROUGE-1 and ROUGE-2 in percent, shape (n_documents, 2), by ranker, selector and known boundaries."""


@dataclass(frozen=True, slots=True)
class Row:
    """A row of the CSV: one figure; `against` is the baseline if the figure is a difference."""

    corpus: str
    length: str
    ranker: str
    selector: str
    texts: str
    measure: str
    documents: int
    mean: float
    low: float
    high: float
    against: str = ""


def read_groups(path: Path) -> Iterator[tuple[list[str], list[str]]]:
    """Yield groups of at least two texts, each with its references."""
    opener = gzip.open if path.suffix == ".gz" else open
    with opener(path, "rt", encoding="utf-8") as file:
        for line in file:
            row = json.loads(line)
            texts = (row.get("meta") or {}).get("documents") or row["document"].splitlines()
            texts = [text for text in texts if text.strip()]
            if len(texts) > 1:
                yield texts, row["references"]


def measure_group(texts: Sequence[str], references: Sequence[str], length: Length) -> dict[str, list[float]]:
    """Compute ROUGE-1 and ROUGE-2 F1 of every method, against the best reference, in percent."""
    tokenize = find_tokenizer("en")
    apart = segment_merged([(str(k), text) for k, text in enumerate(texts)], language="en")
    tokens = [tokenize(sentence.text) for sentence in apart.sentences]
    targets = [tokenize(reference) for reference in references]
    values = {}
    for known in (True, False):
        document: Document = apart if known else dataclasses.replace(apart, parts=())
        for ranker in RANKERS:
            scores = resolve_ranker(ranker)(document)
            for selector in SELECTORS:
                chosen = sorted(resolve_selector(selector)(document, scores, length))
                words = [token for i in chosen for token in tokens[i]]
                values[f"{ranker} {selector} {known}"] = [
                    100 * max(rouge_n(words, target, n).f1 for target in targets) for n in (1, 2)
                ]
    return values


def measure(path: Path, length: Length) -> Values:
    """Measure every method on a corpus."""
    groups = list(read_groups(path))
    found = (measure_group(texts, references, length) for texts, references in groups)
    rows = list(report.progress(found, len(groups), path.name))
    if not rows:
        return {}
    values: Values = {}
    for key in rows[0]:
        ranker, selector, known = key.split()
        values[ranker, selector, known == "True"] = np.array([row[key] for row in rows])
    return values


def make_rows(corpus: str, length: Length, values: Values) -> list[Row]:
    """Compute the figures of a corpus.

    The differences are from lead with the greedy selector, from the same method with unknown boundaries,
    and from the same ranker with the greedy selector.
    """
    rows = []
    for (ranker, selector, known), found in values.items():
        others = {"lead, greedy": values["lead", "greedy", known]}
        if known:
            others["unknown"] = values[ranker, selector, False]
            others["greedy"] = values[ranker, "greedy", True]
        for k, name in enumerate(MEASURES):
            key = (corpus, str(length), ranker, selector, "known" if known else "unknown", name, len(found))
            rows.append(Row(*key, *bootstrap(found[:, k])))
            for against, other in others.items():
                rows.append(Row(*key, *paired_difference(found[:, k], other[:, k]), against))
    return rows


def render(rows: Sequence[Row], arguments: Sequence[str] | None) -> str:
    """Format the report, with one table per corpus."""
    figures = {
        (r.corpus, r.ranker, r.selector, r.texts, r.measure, r.against): report.format_interval(
            r.mean, r.low, r.high
        )
        for r in rows
    }
    parts = [
        "# Multi-document summaries\n",
        report.provenance("benchmarks.quality.merge", "numpy", arguments=arguments),
        "ROUGE F1 in percent, with 95 % bootstrap intervals over documents. `learned` was trained on "
        "documents of these corpora, so its figures are not held-out results. These figures also decided "
        "that `novelty` is the default selector for several texts, and that `lead` alternates between the "
        "texts.\n",
    ]
    for corpus in dict.fromkeys(row.corpus for row in rows):
        first = next(row for row in rows if row.corpus == corpus)
        parts.append(f"## {corpus}, {first.documents} documents, {first.length}\n")
        header = ("ranker", "selector", "ROUGE-1", "ROUGE-2", "ROUGE-2, known − unknown", "ROUGE-2, − greedy")
        table = []
        for ranker in RANKERS:
            for selector in SELECTORS:
                key = (corpus, ranker, selector, "known")
                cells = [figures[(*key, name, "")] for name in MEASURES]
                cells += [figures[(*key, "rouge2", other)] for other in ("unknown", "greedy")]
                table.append((ranker, selector, *cells))
        parts.append(report.markdown_table(header, table, left=2))
    return "\n".join(parts) + "\n"


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure, and write the report; return 1 if a corpus has no group of several texts."""
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.quality.merge", description="Measure multi-document summaries."
    )
    add = parser.add_argument
    add("corpora", type=Path, nargs="+", help="*.jsonl[.gz] files")
    add("--length", type=Length.parse, help="maximum length (default: the median length of the references)")
    add("--output", type=Path, default=report.RESULTS / "merge", help="output path, without a suffix")
    options = parser.parse_args(arguments)
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    rows: list[Row] = []
    for path in options.corpora:
        corpus = read_corpus(path)
        length = options.length or Length(reference_length(corpus), "words")
        values = measure(path, length)
        if not values:
            print(f"{path}: no document consists of several texts", file=sys.stderr)
            return 1
        rows += make_rows(corpus.name, length, values)
    report.write_csv(rows, options.output.with_suffix(".csv"))
    report.write_text(render(rows, arguments), options.output.with_suffix(".md"))
    return 0


if __name__ == "__main__":
    sys.exit(main())
