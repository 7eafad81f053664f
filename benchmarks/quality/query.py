"""Measure query-focused summaries against answers that people wrote.

    python -m benchmarks.quality.query CORPUS.jsonl[.gz] [--selector NAME] [--choose]

A corpus is JSON Lines, gzipped or not. Each line is an object with a ``document`` and a list
``meta.queries`` of objects with ``query`` and ``reference``. Queries of ``kind`` ``"general"`` are skipped,
since they ask for a summary of everything. Documents with an even index are the development set, those with
an odd index the test set. The answers for one document are averaged, and intervals are over documents.
"""

from __future__ import annotations

import argparse
import gzip
import json
import os
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from benchmarks import report
from benchmarks.intervals import Estimate, bootstrap, paired_difference
from summarize.document import Document
from summarize.features.query import WEIGHT, add_relevance, score_relevance
from summarize.features.tfidf import count_terms
from summarize.length import Length
from summarize.metrics.rouge import find_tokenizer, rouge_n
from summarize.pipeline import segment
from summarize.selectors import DEFAULT as SELECTOR
from summarize.settings import resolve_ranker, resolve_selector

RANKERS = ("ensemble", "textrank", "lexrank", "learned")
WEIGHTS = (0.5, 1.0, 2.0, 3.0, 4.0, 6.0, 8.0)
MEASURES = ("rouge1", "rouge2")


class Answer(NamedTuple):
    """A query about a document, and the answer that a person wrote."""

    query: str
    reference: str


@dataclass(frozen=True, slots=True)
class Row:
    """A row of the CSV: one figure; `against` is the baseline if the figure is a difference."""

    method: str
    measure: str
    documents: int
    queries: int
    mean: float
    low: float
    high: float
    against: str = ""


def read_queries(path: Path) -> list[tuple[str, list[Answer]]]:
    """Read the documents, each with its specific queries; skip documents that have none."""
    opener = gzip.open if path.suffix == ".gz" else open
    found = []
    with opener(path, "rt", encoding="utf-8") as file:
        for line in file:
            row = json.loads(line)
            queries = (row.get("meta") or {}).get("queries") or ()
            answers = [Answer(q["query"], q["reference"]) for q in queries if q.get("kind") != "general"]
            if answers:
                found.append((row["document"], answers))
    return found


def textbook_bm25(document: Document) -> NDArray[np.float64]:
    """Compute the BM25 score of each sentence with the usual parameters, k1 = 1.2 and b = 0.75.

    ``sum(log(1 + (n - df + 0.5) / (df + 0.5)) * tf * (k1 + 1) / (tf + k1 * (1 - b + b * length / mean)))``
    over the distinct terms of the query, where ``n`` is the number of sentences [1]_.

    References
    ----------
    .. [1] Robertson & Zaragoza 2009, doi:10.1561/1500000019
    """
    counts = count_terms(document)
    lengths = np.diff(document.offsets)
    scores = np.zeros(len(document))
    for term in document.query:
        inside = counts.terms == term
        frequency = int(inside.sum())
        times = np.bincount(counts.rows[inside], weights=counts.counts[inside], minlength=len(document))
        rarity = np.log1p((len(document) - frequency + 0.5) / (frequency + 0.5))
        scores += rarity * times * 2.2 / (times + 1.2 * (0.25 + 0.75 * lengths / lengths.mean()))
    return scores


def measure_document(
    text: str, answers: Sequence[Answer], length: Length, weights: Sequence[float], selector: str
) -> dict[str, list[float]]:
    """Compute ROUGE-1 and ROUGE-2 F1 of every method, in percent, averaged over the answers."""
    select, tokenize = resolve_selector(selector), find_tokenizer("en")
    plain = segment(text, language="en")
    tokens = [tokenize(sentence.text) for sentence in plain.sentences]
    unfocused = {ranker: resolve_ranker(ranker)(plain) for ranker in RANKERS}
    values: dict[str, list[list[float]]] = {}
    for answer in answers:
        document = segment(text, language="en", query=answer.query)
        target = tokenize(answer.reference)
        scores = {f"{ranker} without": unfocused[ranker] for ranker in RANKERS}
        scores["BM25 alone"] = textbook_bm25(document)
        scores["relevance alone"] = score_relevance(document)
        for ranker in RANKERS:
            base = resolve_ranker(ranker)(document)
            scores[f"{ranker} walk only"] = base
            for weight in weights:
                scores[f"{ranker} {weight:g}"] = add_relevance(document, base, query_weight=weight)
        for method, found in scores.items():
            words = [token for i in sorted(select(document, found, length)) for token in tokens[i]]
            f1s = [100 * rouge_n(words, target, n).f1 for n in (1, 2)]
            values.setdefault(method, []).append(f1s)
    return {method: np.mean(found, axis=0).tolist() for method, found in values.items()}


def measure(
    documents: Sequence[tuple[str, list[Answer]]], length: Length, weights: Sequence[float], selector: str
) -> dict[str, NDArray[np.float64]]:
    """Measure every method; return arrays of shape (n_documents, 2)."""
    tasks = (measure_document(text, answers, length, weights, selector) for text, answers in documents)
    rows = list(report.progress(tasks, len(documents), "documents"))
    return {method: np.array([row[method] for row in rows]) for method in rows[0]}


def make_rows(values: dict[str, NDArray[np.float64]], queries: int, weight: float) -> list[Row]:
    """Compute the figures.

    The differences are from the same ranker without the query, from BM25 alone and from relevance alone.
    """
    rows = []

    def add(method: str, name: str, estimate: Estimate, against: str = "") -> None:
        rows.append(Row(method, name, len(values["BM25 alone"]), queries, *estimate, against))

    focused = {ranker: f"{ranker} {weight:g}" for ranker in RANKERS}
    for k, name in enumerate(MEASURES):
        for method in ("BM25 alone", "relevance alone"):
            add(method, name, bootstrap(values[method][:, k]))
        for ranker in RANKERS:
            focused_f1, plain_f1 = values[focused[ranker]][:, k], values[f"{ranker} without"][:, k]
            add(f"{ranker} without the query", name, bootstrap(plain_f1))
            if ranker in ("textrank", "lexrank"):
                add(f"{ranker}, biased walk only", name, bootstrap(values[f"{ranker} walk only"][:, k]))
            add(f"{ranker} with the query", name, bootstrap(focused_f1))
            for against, baseline in (
                (f"{ranker} without the query", plain_f1),
                ("BM25 alone", values["BM25 alone"][:, k]),
                ("relevance alone", values["relevance alone"][:, k]),
            ):
                add(f"{ranker} with the query", name, paired_difference(focused_f1, baseline), against)
    return rows


def render(
    rows: Sequence[Row],
    chosen: dict[float, float],
    length: Length,
    selector: str,
    arguments: Sequence[str] | None,
) -> str:
    """Format the report."""

    def cell(method: str, measure: str, against: str = "") -> str:
        for row in rows:
            if (row.method, row.measure, row.against) == (method, measure, against):
                return report.format_interval(row.mean, row.low, row.high)
        return ""

    methods = list(dict.fromkeys(row.method for row in rows))
    first = rows[0]
    parts = [
        "# Query-focused summaries\n",
        report.provenance("benchmarks.quality.query", "numpy", arguments=arguments),
        f"ROUGE F1 in percent at {length}, {first.queries} queries about {first.documents} documents, "
        f"selector `{selector}`, means over documents with 95 % bootstrap intervals. The `query_weight` of "
        f"{WEIGHT:g} and the size of a passage were tuned on the development set, which is disjoint. "
        "BM25 alone uses k1 = 1.2 and b = 0.75; "
        "relevance alone is the package's score, which includes the passage around a sentence. `learned` was "
        "trained on summaries of whole meetings of the same corpus, but on none of the queries or answers.\n",
        report.markdown_table(
            ("", "ROUGE-1", "ROUGE-2"), [(m, cell(m, "rouge1"), cell(m, "rouge2")) for m in methods]
        ),
        "\nPaired differences on the same documents:\n",
        report.markdown_table(
            ("", "against", "ROUGE-1", "ROUGE-2"),
            [
                (m, a, cell(m, "rouge1", a), cell(m, "rouge2", a))
                for m in methods
                for a in dict.fromkeys(row.against for row in rows if row.method == m and row.against)
            ],
            left=2,
        ),
        "\nMean of ROUGE-1 and ROUGE-2 over the rankers, on the development set:\n",
        report.markdown_table(
            ("query_weight", "mean"), [(f"{w:g}", f"{value:.2f}") for w, value in chosen.items()]
        ),
    ]
    return "\n".join(parts) + "\n"


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure, and write the report; return 1 if the corpus has no queries."""
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.quality.query", description="Measure query-focused summaries."
    )
    add = parser.add_argument
    add("corpus", type=Path, help="*.jsonl[.gz] file with meta.queries")
    add("--selector", default=SELECTOR, help="selector (default: %(default)s)")
    add("--limit", type=int, help="maximum number of documents")
    add("--choose", action="store_true", help="print the figures of the development set only")
    add("--output", type=Path, default=report.RESULTS / "query", help="output path, without a suffix")
    options = parser.parse_args(arguments)
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    documents = read_queries(options.corpus)[: options.limit]
    if len(documents) < 2:
        print(f"{options.corpus}: fewer than two documents with meta.queries", file=sys.stderr)
        return 1
    words = [len(answer.reference.split()) for _, answers in documents[::2] for answer in answers]
    length = Length(5 * round(float(np.median(words)) / 5), "words")
    development = measure(documents[::2], length, WEIGHTS, options.selector)
    chosen = {
        weight: float(np.mean([development[f"{ranker} {weight:g}"] for ranker in RANKERS]))
        for weight in WEIGHTS
    }
    if options.choose:
        for method, found in development.items():
            print(f"{method:24s} {found.mean(axis=0).round(2)} {found.mean():.2f}")
        print(chosen)
        return 0
    test = documents[1::2]
    values = measure(test, length, (WEIGHT,), options.selector)
    rows = make_rows(values, sum(len(answers) for _, answers in test), WEIGHT)
    report.write_csv(rows, options.output.with_suffix(".csv"))
    text = render(rows, chosen, length, options.selector, arguments)
    report.write_text(text, options.output.with_suffix(".md"))
    return 0


if __name__ == "__main__":
    sys.exit(main())
