"""A query draws the scores of every ranker towards relevant sentences."""

from __future__ import annotations

import math
from pathlib import Path

import networkx
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from summarize import summarize
from summarize.errors import OptionError
from summarize.features.query import restart_by_relevance, score_relevance
from summarize.features.tfidf import count_terms
from summarize.pipeline import segment, segment_merged
from summarize.rankers import RANKERS
from summarize.rankers.lexrank import lexrank
from summarize.rankers.textrank import textrank
from summarize.settings import resolve_ranker

SEEDS = Path(__file__).resolve().parents[2] / "seeds"
NEWS = (SEEDS / "news.en.txt").read_text(encoding="utf-8")
WORDS = ["bridge", "river", "council", "money", "cracks", "shops", "ferry"]
QUERIES = st.lists(st.sampled_from([*WORDS, "unicorn"]), min_size=1, max_size=4)
TEXTS = st.lists(st.lists(st.sampled_from(WORDS), min_size=1, max_size=6), min_size=1, max_size=60).map(
    lambda found: [f"The {' '.join(words)} fell." for words in found]
)


def relevance_slowly(document):
    """Compute the formula of the docstring, sentence by sentence."""
    n = len(document)
    rows = [
        document.terms[a:b].tolist() for a, b in zip(document.offsets, document.offsets[1:], strict=False)
    ]
    parts = [range(p.first, p.stop) for p in document.parts] or [range(n)]
    part_of = {i: part for part in parts for i in part}

    def around(i, values):
        return sum(0.9 ** abs(i - j) * values[j] for j in part_of[i] if abs(i - j) <= 40)

    def saturate(times, length, mean):
        return times * 2.2 / (times + 1.2 * (0.75 + 0.25 * length / mean))

    lengths = [len(row) for row in rows]
    wide = [around(i, lengths) for i in range(n)]
    scores = [0.0] * n
    for term in document.query:
        times = [row.count(term) for row in rows]
        having = sum(1 for t in times if t)
        weight = math.log(1 + (n - having + 0.5) / (having + 0.5))
        for i in range(n):
            scores[i] += weight * saturate(times[i], lengths[i], sum(lengths) / n)
            scores[i] += 0.5 * weight * saturate(around(i, times), wide[i], sum(wide) / n)
    return scores


@given(TEXTS, QUERIES)
@settings(deadline=None)
def test_relevance_matches_the_formula(sentences, query):
    document = segment(" ".join(sentences), language="en", query=" ".join(query))
    np.testing.assert_allclose(score_relevance(document), relevance_slowly(document), atol=1e-9)


def test_passage_ends_with_its_part():
    texts = [("a", "The bridge fell. Nobody was hurt."), ("b", "Ferries run again. The river is calm.")]
    document = segment_merged(texts, language="en", query="bridge")
    np.testing.assert_allclose(score_relevance(document), relevance_slowly(document))
    assert list(score_relevance(document)[2:]) == [0, 0]


@pytest.mark.parametrize("name", RANKERS)
def test_query_without_known_terms_changes_no_score(name):
    plain = summarize(NEWS, ranker=name)
    asked = summarize(NEWS, ranker=name, query="xylophone the of")
    assert asked.document.query == ()
    assert asked.scores.tobytes() == plain.scores.tobytes()
    assert asked.signature == plain.signature


@pytest.mark.parametrize("name", RANKERS)
def test_every_ranker_is_drawn_towards_the_query(name):
    options = {"query_weight": 1000}
    summary = summarize(NEWS, ranker=name, query="refinery in Tianjin", length=1, options=options)
    assert "refinery in Tianjin" in str(summary)


def test_custom_ranker_is_drawn_towards_the_query():
    def alike(document):
        return np.zeros(len(document))

    assert "refinery" in str(summarize(NEWS, ranker=alike, query="Refinery", length=1))


def test_query_matches_other_forms_of_its_words():
    summary = summarize("A cat slept. Pipelines were built. It rained.", query="PIPELINE", length=1)
    assert str(summary) == "Pipelines were built."


def test_weight_of_zero_changes_no_score():
    plain = summarize(NEWS, ranker="lead")
    asked = summarize(NEWS, ranker="lead", query="refinery", options={"query_weight": 0})
    assert asked.scores.tobytes() == plain.scores.tobytes()


def test_signature_contains_the_query():
    signature = summarize(NEWS, query="gas refineries", options={"query_weight": 2}).signature
    assert "|query:gas+refineri(query_weight=2)|" in signature


def test_query_adds_no_terms_to_the_vocabulary():
    plain, asked = segment(NEWS), segment(NEWS, query="xylophone gas")
    assert asked.vocabulary == plain.vocabulary
    assert [asked.vocabulary[term] for term in asked.query] == ["gas"]


@pytest.mark.parametrize("value", [-1, True, "much", float("nan"), float("inf")])
def test_invalid_weight_is_rejected(value):
    with pytest.raises(OptionError, match="query_weight"):
        summarize(NEWS, query="gas", options={"query_weight": value})


@pytest.mark.parametrize("rank", [textrank, lexrank])
@pytest.mark.parametrize("value", [-0.1, 1.1, "much"])
def test_invalid_bias_is_rejected(rank, value):
    with pytest.raises(OptionError, match="query_bias"):
        rank(segment(NEWS), query_bias=value)


def cosines(document):
    rows = [document.terms[a:b] for a, b in zip(document.offsets, document.offsets[1:], strict=False)]
    matrix = np.array([np.bincount(row, minlength=len(document.vocabulary)) for row in rows], float)
    matrix *= np.log(1 + len(rows) / (matrix > 0).sum(axis=0))
    matrix /= np.maximum(np.linalg.norm(matrix, axis=1, keepdims=True), 1e-300)
    return matrix @ matrix.T


@pytest.mark.parametrize("bias", [0.3, 1.0])
@pytest.mark.parametrize("extra", ["", " Zebras?"], ids=["linked", "a sentence without neighbours"])
def test_biased_walk_is_personalized_pagerank(bias, extra):
    document = segment(NEWS + extra, language="en", query="gas pipeline")
    restart = restart_by_relevance(document, count_terms(document), bias)
    graph = networkx.from_numpy_array(cosines(document))
    given_ = dict(enumerate(restart.tolist()))
    expected = networkx.pagerank(graph, alpha=0.85, personalization=given_, tol=1e-14, max_iter=10_000)
    found = lexrank(document, query_bias=bias)
    np.testing.assert_allclose(found, [expected[i] for i in range(len(document))], atol=1e-10)


@given(TEXTS, QUERIES, st.sampled_from(["textrank", "lexrank"]))
@settings(deadline=None, max_examples=30)
def test_linear_biased_walk_agrees_with_the_dense_one(sentences, query, name):
    from importlib import import_module

    module = import_module(RANKERS[name].target.partition(":")[0])
    document = segment(" ".join(sentences), language="en", query=" ".join(query))
    dense = resolve_ranker(name)(document)
    most, module._MAX_DENSE = module._MAX_DENSE, 0
    try:
        linear = resolve_ranker(name)(document)
    finally:
        module._MAX_DENSE = most
    np.testing.assert_allclose(linear, dense, atol=1e-9)
