"""Explanations: contributions add up to the score, and say what is true."""

from __future__ import annotations

import json
from dataclasses import replace
from inspect import signature
from pathlib import Path

import networkx
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from summarize import summarize, summarize_merged
from summarize.contributions import POSITION, SHARED
from summarize.features.chunk import Chunk
from summarize.features.scores import position_scores, standardize
from summarize.pipeline import segment
from summarize.rankers import RANKERS
from summarize.rankers.directed import directed
from summarize.rankers.learned import make_inputs
from summarize.rankers.learned.columns import COLUMNS, compute_features
from summarize.rankers.learned.explanation import GROUPS, explain_learned
from summarize.rankers.learned.trees import load_trees
from summarize.rankers.textrank import textrank
from summarize.renderers.plain import render_markdown, render_text
from summarize.renderers.records import render_json

SEEDS = Path(__file__).resolve().parents[1] / "seeds"
NEWS = (SEEDS / "news.en.txt").read_text(encoding="utf-8")
WORDS = ["bridge", "river", "council", "money", "cracks", "shops", "ferry"]
TEXTS = st.lists(st.lists(st.sampled_from(WORDS), min_size=1, max_size=6), min_size=1, max_size=12).map(
    lambda found: [f"The {' '.join(words)} fell." for words in found]
)
OPTIONS = {
    "lexrank": [{}, {"threshold": 0.1}, {"position_weight": 0.5}, {"damping": 0.5}],
    "textrank": [{}, {"self_loops": True}, {"damping": 0.5}],
    "centroid": [{}, {"position_weight": 0.5}],
    "directed": [{}, {"backward_weight": 0.2}],
    "ensemble": [{}, {"textrank_weight": 2, "position_weight": 0}],
    "learned": [{}, {"title_weight": 2}],
    "lead": [{}],
}
CASES = [(name, options) for name, several in OPTIONS.items() for options in several]


def assert_sums(summary):
    greatest = float(np.abs(summary.scores).max(initial=0))
    assert len(summary.explanations) == len(summary.order)
    for each in summary.explanations:
        total = sum(part.value for part in each.contributions)
        assert total == pytest.approx(summary.scores[each.index], abs=2e-9 * max(greatest, 1e-9))
        assert each.score == summary.scores[each.index]


EXPLAINED = [name for name, entry in RANKERS.items() if entry.explainer]


def test_every_ranker_with_an_explainer_has_cases():
    assert set(OPTIONS) == set(EXPLAINED)


@pytest.mark.parametrize("name", EXPLAINED)
def test_an_explainer_has_the_options_of_its_ranker(name):
    ranker, explainer = RANKERS[name].load(), RANKERS[name].load_explainer()
    assert signature(explainer).parameters == signature(ranker).parameters


@pytest.mark.parametrize("text", ["", "One cat.", "It was. He is.", NEWS, "The cat sat. " * 400])
@pytest.mark.parametrize(("name", "options"), CASES)
def test_an_explainer_scores_exactly_as_its_ranker(name, options, text):
    document = segment(text, language="en", title="Gas from Russia", query="gas")
    scores, _ = RANKERS[name].load_explainer()(document, **options)
    assert np.array_equal(scores, RANKERS[name].load()(document, **options))


@pytest.mark.parametrize("query", [None, "gas refinery"])
@pytest.mark.parametrize(("name", "options"), CASES)
def test_contributions_add_up_to_the_score(name, options, query):
    summary = summarize(NEWS, ranker=name, length=8, options=options, query=query, explain=True)
    assert_sums(summary)
    assert all(each.contributions for each in summary.explanations)


@given(TEXTS, st.sampled_from(CASES), st.sampled_from([None, "ferry money"]), st.integers(1, 3))
@settings(deadline=None, max_examples=150)
def test_contributions_add_up_for_any_texts(sentences, case, query, n_texts):
    name, options = case
    texts = [" ".join(sentences[k::n_texts]) for k in range(n_texts)]
    choices = {"ranker": name, "options": options, "query": query, "language": "en", "explain": True}
    assert_sums(summarize_merged(texts, length=5, **choices))
    assert_sums(summarize(" ".join(texts), length=5, **choices))


def test_the_ensemble_is_divided_into_its_three_terms():
    document = segment(NEWS)
    terms = {
        SHARED: 0.6 * standardize(textrank(document)),
        "similarity to later sentences": 0.4 * standardize(directed(document)),
        POSITION: 0.4 * standardize(position_scores(len(document))),
    }
    for each in summarize(NEWS, ranker="ensemble", explain=True).explanations:
        found = {part.what: part.value for part in each.contributions}
        assert found == pytest.approx({what: values[each.index] for what, values in terms.items()})


def test_a_walk_is_divided_by_what_its_edges_pass_on():
    document = segment(NEWS)
    rows = [
        set(document.terms[a:b].tolist())
        for a, b in zip(document.offsets, document.offsets[1:], strict=False)
    ]
    logs = np.log(np.maximum(np.diff(document.offsets), 2))
    weights = np.array([[len(a & b) for a in rows] for b in rows]) / (logs[:, None] + logs[None, :])
    np.fill_diagonal(weights, 0)
    scores = networkx.pagerank(networkx.from_numpy_array(weights), alpha=0.85, tol=1e-14, max_iter=10_000)
    for each in summarize(NEWS, ranker="textrank", explain=True).explanations:
        for part in each.contributions:
            if part.index is not None:
                j = part.index
                brought = 0.85 * weights[each.index, j] * scores[j] / weights[j].sum()
                assert part.value == pytest.approx(brought, abs=1e-9)


def test_trees_are_divided_by_what_each_test_changes():
    document = segment(NEWS)
    inputs = make_inputs(compute_features(Chunk([document]))).astype(np.float32)
    trees, n = load_trees(), len(document)
    group_of = {column: group for group, columns in GROUPS.items() for column in columns}
    gains = {group: np.zeros(n) for group in GROUPS}
    for tests, ruled_out, values, counts in zip(
        trees.tests, trees.ruled_out, trees.values, trees.counts, strict=True
    ):
        for i in range(n):
            left = set(range(np.count_nonzero(ruled_out) + 1))
            # The tests that a sentence meets on its way are those that divide the leaves that are left.
            for test, mask in zip(tests, ruled_out, strict=True):
                below = {leaf for leaf in range(8) if mask >> leaf & 1}
                if not mask or not below < left:
                    continue
                is_left = inputs[i, trees.inputs[test]] <= trees.thresholds[test]
                after = below if is_left else left - below
                means = [np.average(values[[*each]], weights=counts[[*each]]) for each in (left, after)]
                gains[group_of[COLUMNS[trees.inputs[test] % len(COLUMNS)]]][i] += means[1] - means[0]
                left = after
            assert len(left) == 1
    _, parts = explain_learned(document, title_weight=0.0)
    slope = 1 / sum(gains.values()).std()
    for i in range(n):
        found = {part.what: part.value for part in parts(i) if part.value}
        for group, values in gains.items():
            expected = slope * (values[i] - values.mean())
            assert found.get(group, 0.0) == pytest.approx(expected, abs=1e-6), group


def test_every_feature_is_in_one_group():
    assert sorted(column for columns in GROUPS.values() for column in columns) == sorted(COLUMNS)


@pytest.mark.parametrize("path", sorted(SEEDS.glob("*.txt")), ids=lambda path: path.name)
def test_linked_sentences_share_the_words_of_the_link(path):
    summary = summarize(path.read_text(encoding="utf-8"), ranker="ensemble", explain=True)
    document = summary.document
    n_words = 0
    for each in summary.explanations:
        terms = set(document.terms[document.offsets[each.index] : document.offsets[each.index + 1]].tolist())
        for link in each.links:
            assert link.index != each.index
            others = document.terms[document.offsets[link.index] : document.offsets[link.index + 1]].tolist()
            assert 0 < len(link.words) <= len(terms & set(others))
            assert all(word in document.sentences[each.index].text for word in link.words)
            n_words += len(link.words)
    assert n_words


def test_words_of_query_and_title_are_shown_as_written():
    choices = {"query": "refineries of gas", "title": "A naturally Chinese project", "length": 1}
    (each,) = summarize(NEWS, ranker="learned", explain=True, **choices).explanations
    assert set(each.query_words) == {"refinery", "gas"}
    assert {"natural", "Chinese", "project"} <= set(each.title_words)


def test_a_ranker_that_ignores_titles_shows_no_title_words():
    summary = summarize(NEWS, ranker="ensemble", title="President Xi in Russia", explain=True)
    assert all(each.title_words == () for each in summary.explanations)


def test_a_ranker_that_ignores_words_shows_no_links():
    assert all(each.links == () for each in summarize(NEWS, ranker="lead", explain=True).explanations)


def test_a_function_with_the_name_of_a_ranker_is_not_explained_as_that_ranker():
    def textrank(document):
        return -document.n_words.astype(float)

    (each,) = summarize(NEWS, ranker=textrank, length=1, explain=True).explanations
    assert each.contributions == ()


@pytest.mark.parametrize("name", RANKERS)
@pytest.mark.parametrize("text", ["", "One cat.", "It was. He is. They were.", "The cat sat. " * 30])
def test_every_ranker_can_be_explained(name, text):
    summary = summarize(text, ranker=name, language="en", explain=True)
    assert [each.index for each in summary.explanations] == list(summary.order)


def test_the_best_score_has_rank_one():
    explanations = summarize(NEWS, order="rank", length=5, selector="greedy", explain=True).explanations
    ranks = [each.rank for each in explanations]
    assert ranks[0] == 1 and ranks == sorted(ranks)


def test_positions_are_counted_in_each_text():
    texts = [("a", "The bridge fell. Nobody was hurt."), ("b", "Ferries run. They are free.")]
    explanations = summarize_merged(texts, length=4, language="en", explain=True).explanations
    assert [(each.source, each.place, each.of) for each in explanations] == [
        ("a", 1, 2), ("a", 2, 2), ("b", 1, 2), ("b", 2, 2),
    ]  # fmt: skip


def test_explaining_changes_nothing_else():
    plain, explained = summarize(NEWS), summarize(NEWS, explain=True)
    assert (explained.indices, explained.signature) == (plain.indices, plain.signature)
    assert plain.explanations == ()


def test_text_and_markdown_explain_below_the_sentence():
    summary = summarize("The bridge fell. The bridge was old.", length=1, language="en", explain=True)
    sentence, *reasons = render_text(summary).splitlines()
    assert sentence == "The bridge fell."
    assert reasons[:2] == [
        "    sentence 1 of 2; rank 1 of 2",
        "    shares words with sentence 2 (bridge)",
    ]
    assert reasons[2].startswith("    score ")
    assert render_markdown(summary).startswith("- The bridge fell.\n  - sentence 1 of 2;")
    assert render_text(replace(summary, explanations=())) == "The bridge fell.\n"


def test_json_holds_every_explanation():
    summary = summarize(NEWS, explain=True)
    for sentence, each in zip(
        json.loads(render_json(summary))["sentences"], summary.explanations, strict=True
    ):
        record = sentence["explanation"]
        assert record["rank"] == each.rank
        assert sum(part["value"] for part in record["contributions"]) == pytest.approx(sentence["score"])
        assert [link["index"] for link in record["links"]] == [link.index for link in each.links]
