"""The benchmark of query-focused summaries."""

from __future__ import annotations

import json

import numpy as np
import pytest

from benchmarks.quality.query import main, read_queries, textbook_bm25
from summarize.pipeline import segment


@pytest.fixture
def corpus(tmp_path):
    text = "The bridge fell at night. Shops lost money. A ferry crosses the river. Nobody was hurt at all."
    queries = [
        {"query": "Summarize it all", "reference": "All.", "kind": "general"},
        {"query": "What of the ferry?", "reference": "A ferry crosses the river.", "kind": "specific"},
    ]
    path = tmp_path / "queries.en.jsonl"
    row = json.dumps({"id": "1", "document": text, "references": [], "meta": {"queries": queries}})
    path.write_text(f"{row}\n" * 4, encoding="utf-8")
    return path


def test_general_query_is_skipped(corpus):
    assert [answer.query for answer in read_queries(corpus)[0][1]] == ["What of the ferry?"]


@pytest.fixture
def output(corpus, tmp_path):
    """The path of the report, without a suffix."""
    assert main([str(corpus), "--output", str(tmp_path / "query")]) == 0
    return tmp_path / "query"


def test_sentence_that_answers_the_query_is_selected(output):
    lines = output.with_suffix(".csv").read_text(encoding="utf-8").splitlines()
    assert "ensemble with the query,rouge1,2,2,100,100,100," in lines


def test_report_compares_rankers_with_bm25(output):
    report = output.with_suffix(".md").read_text(encoding="utf-8")
    assert "| learned with the query | BM25 alone |" in report


def test_bm25_is_the_value_computed_by_hand():
    text = "Bridge bridge river. Council money. Shops river ferry."
    document = segment(text, language="en", query="bridge")
    expected = np.log(1 + 2.5 / 1.5) * 2 * 2.2 / (2 + 1.2 * (0.25 + 0.75 * 3 / (8 / 3)))
    np.testing.assert_allclose(textbook_bm25(document), [expected, 0, 0])


def test_corpus_without_queries_is_an_error(tmp_path, capsys):
    path = tmp_path / "none.jsonl"
    path.write_text('{"document": "A.", "references": ["A."]}\n', encoding="utf-8")
    assert main([str(path)]) == 1
    assert "meta.queries" in capsys.readouterr().err
