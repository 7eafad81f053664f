"""Several texts in one summary: what it is worth to know where one ends and the next begins.

Corpora are JSON Lines as for the other benchmarks. The texts of an entry are ``meta.documents``, or, where
there are none, the lines of ``document``; entries with a single text are left out. Every method is measured
with the texts known apart, and with all of them as one text.
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
from benchmarks.corpora import read_corpus
from benchmarks.intervals import bootstrap, paired_difference
from benchmarks.training.examples import natural_length
from summarize.document import Document
from summarize.length import Length
from summarize.metrics.rouge import find_tokenizer, rouge_n
from summarize.pipeline import resolve_ranker, resolve_selector, segment_many

RANKERS = ("lead", "textrank", "directed", "ensemble", "learned")
SELECTORS = ("greedy", "mmr", "novelty", "coverage")
MEASURES = ("rouge1", "rouge2")

Values = dict[tuple[str, str, bool], NDArray[np.float64]]
"""By ranker, selector and whether the texts are known apart: shape (n_documents, 2), in percent."""


@dataclass(frozen=True, slots=True)
class Row:
    """A figure of one method; `against` names what it is a difference from."""

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
    """Texts that belong together, and their references."""
    opener = gzip.open if path.suffix == ".gz" else open
    with opener(path, "rt", encoding="utf-8") as file:
        for line in file:
            entry = json.loads(line)
            texts = (entry.get("meta") or {}).get("documents") or entry["document"].splitlines()
            texts = [text for text in texts if text.strip()]
            if len(texts) > 1:
                yield texts, entry["references"]


def measure_group(texts: Sequence[str], references: Sequence[str], length: Length) -> dict[str, list[float]]:
    """ROUGE-1 and ROUGE-2 F1 of every method, best of the references."""
    tokenize = find_tokenizer("en")
    apart = segment_many([(str(k), text) for k, text in enumerate(texts)], language="en")
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
    """Values of every method on a corpus."""
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
    """Figures; differences of known from unknown texts, and from lead with the same selector."""
    rows = []
    for (ranker, selector, known), found in values.items():
        others = {"lead, greedy": values["lead", "greedy", known]}
        if known:
            others["unknown"] = values[ranker, selector, False]
            others["greedy"] = values[ranker, "greedy", True]
        for k, name in enumerate(MEASURES):
            what = (corpus, str(length), ranker, selector, "known" if known else "unknown", name, len(found))
            rows.append(Row(*what, *bootstrap(found[:, k])))
            for against, other in others.items():
                rows.append(Row(*what, *paired_difference(found[:, k], other[:, k]), against))
    return rows


def render(rows: Sequence[Row], command: str) -> str:
    """A table a corpus."""
    figures = {
        (r.corpus, r.ranker, r.selector, r.texts, r.measure, r.against): report.format_interval(
            r.mean, r.low, r.high
        )
        for r in rows
    }
    parts = [
        "# Several texts in one summary\n",
        report.provenance(command, "numpy"),
        "ROUGE F1 in percent with 95 % bootstrap intervals over documents. `learned` was fitted to documents "
        "of these corpora, so that its figures are no test. That `novelty` is the selector for several "
        "texts, and that `lead` takes turns, was decided by these figures.\n",
    ]
    for corpus in dict.fromkeys(row.corpus for row in rows):
        first = next(row for row in rows if row.corpus == corpus)
        parts.append(f"## {corpus}, {first.documents} documents, {first.length}\n")
        header = ("ranker", "selector", "ROUGE-1", "ROUGE-2", "ROUGE-2, known less unknown", "less greedy")
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
    """Measure and write; 1 where a corpus has no texts that belong together."""
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.quality.merge", description="Several texts in one."
    )
    add = parser.add_argument
    add("corpora", type=Path, nargs="+", help="*.jsonl[.gz]")
    add("--length", type=Length.parse, help="default: as the references of each corpus")
    add("--output", type=Path, default=report.RESULTS / "merge", help="stem of the CSV and the table")
    options = parser.parse_args(arguments)
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    rows: list[Row] = []
    for path in options.corpora:
        corpus = read_corpus(path)
        length = options.length or Length(natural_length(corpus), "words")
        values = measure(path, length)
        if not values:
            print(f"{path}: no document of several texts", file=sys.stderr)
            return 1
        rows += make_rows(corpus.name, length, values)
    report.write_csv(rows, options.output.with_suffix(".csv"))
    names = " ".join(path.name for path in options.corpora)
    report.write_text(
        render(rows, f"python -m benchmarks.quality.merge {names}"), options.output.with_suffix(".md")
    )
    return 0


if __name__ == "__main__":
    sys.exit(main())
