"""The learned ranker and its evidence."""

from __future__ import annotations

import math
from collections.abc import Iterable

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from summarize import features
from summarize.document import Document
from summarize.evidence import COLUMNS, KEPT_WORDS, collect_evidence, load_words
from summarize.pipeline import segment
from summarize.rankers.directed import directed
from summarize.rankers.learned import (
    Network,
    apply_network,
    learned,
    load_network,
    make_inputs,
    pack,
    unpack,
    weigh_measures,
)

ARTICLE = (
    "The council closed the old bridge on Monday. Engineers had found cracks in the bridge.\n\n"
    "But the mayor said the bridge would open again. Shops near the river lost customers. "
    "Repairs to the bridge cost 3 million euros, the council said."
)


@given(st.text(max_size=400))
def test_evidence_is_finite_for_any_text(text: str) -> None:
    document = segment(text, language="en")
    evidence = collect_evidence(document)
    assert evidence.shape == (len(document), len(COLUMNS))
    assert np.isfinite(evidence).all()


def test_names_of_columns_are_distinct() -> None:
    assert len(set(COLUMNS)) == len(COLUMNS)


@pytest.mark.parametrize(
    ("column", "values"),
    [
        ("first", [1, 0, 0, 0, 0]),
        ("opens paragraph", [1, 0, 1, 0, 0]),
        ("closes paragraph", [0, 1, 0, 0, 1]),
        ("dangling", [0, 0, 1, 0, 0]),
        ("place", [0, 0.2, 0.4, 0.6, 0.8]),
    ],
)
def test_a_column_says_what_is_counted_by_hand(column: str, values: list[float]) -> None:
    evidence = collect_evidence(segment(ARTICLE, language="en"))
    np.testing.assert_allclose(evidence[:, COLUMNS.index(column)], values)


def weigh(document: Document) -> list[dict[int, float]]:
    """Unit tf-idf vectors, slowly."""
    sentences = [
        document.terms[document.offsets[i] : document.offsets[i + 1]].tolist() for i in range(len(document))
    ]
    found = []
    for terms in sentences:
        vector = {
            term: terms.count(term) * math.log(1 + len(sentences) / sum(term in other for other in sentences))
            for term in set(terms)
        }
        length = math.sqrt(sum(value * value for value in vector.values()))
        found.append({term: value / length for term, value in vector.items()})
    return found


def add_up(vectors: Iterable[dict[int, float]]) -> dict[int, float]:
    total: dict[int, float] = {}
    for vector in vectors:
        for term, value in vector.items():
            total[term] = total.get(term, 0.0) + value
    return total


def dot(one: dict[int, float], other: dict[int, float]) -> float:
    return sum(value * other.get(term, 0.0) for term, value in one.items())


def cosine(one: dict[int, float], other: dict[int, float]) -> float:
    return dot(one, other) / math.sqrt(dot(one, one) * dot(other, other))


def test_likeness_equals_a_loop_over_pairs_of_sentences() -> None:
    document = segment(ARTICLE, language="en")
    evidence = collect_evidence(document)
    vectors = weigh(document)
    n = len(vectors)
    like = [[dot(one, other) for other in vectors] for one in vectors]
    lead = add_up({t: v * math.exp(-i / 10) for t, v in vectors[i].items()} for i in range(n))
    expected = {
        "centrality": [(sum(row) - 1) / (n - 1) for row in like],
        "after": [sum(like[i][i + 1 :]) / max(1, n - 1 - i) for i in range(n)],
        "before": [sum(like[i][:i]) / max(1, i) for i in range(n)],
        "first sentences": [cosine(vectors[i], add_up(vectors[:3])) for i in range(n)],
        "last sentences": [cosine(vectors[i], add_up(vectors[-3:])) for i in range(n)],
        "lead": [cosine(vectors[i], lead) for i in range(n)],
    }
    for column, values in expected.items():
        np.testing.assert_allclose(evidence[:, COLUMNS.index(column)], values, atol=1e-8, err_msg=column)


def test_a_paragraph_is_compared_with_all_the_others() -> None:
    document = segment(ARTICLE, language="en")
    evidence = collect_evidence(document)
    vectors = weigh(document)
    likeness = cosine(add_up(vectors[:2]), add_up(vectors[2:]))
    np.testing.assert_allclose(evidence[:, COLUMNS.index("paragraph likeness")], likeness, atol=1e-8)
    # Of close, old, bridge, Monday, engineer, found, crack in the first paragraph only bridge comes again.
    one, other = set(add_up(vectors[:2])), set(add_up(vectors[2:]))
    shares = [len(one & other) / len(one)] * 2 + [len(one & other) / len(other)] * 3
    np.testing.assert_allclose(evidence[:, COLUMNS.index("paragraph repeated")], shares)


def test_words_that_people_keep_are_looked_up_and_added() -> None:
    document = segment(ARTICLE, language="en")
    known = load_words("en")
    assert len(known) > 100
    sentences = [
        {document.vocabulary[t] for t in document.terms[start:end].tolist()}
        for start, end in zip(document.offsets, document.offsets[1:], strict=False)
    ]
    values = [[known.get(term, 0.0) for term in terms] for terms in sentences]
    expected = [[sum(v), sum(v) / len(v), max(0.0, *v), min(0.0, *v)] for v in values]
    assert any(any(row) for row in expected)
    np.testing.assert_allclose(collect_evidence(document)[:, KEPT_WORDS], expected)


def test_a_language_without_learned_words_has_none() -> None:
    assert load_words("fi") == {}
    document = segment("Valtuusto sulki sillan. Silta avataan keväällä.", language="fi")
    assert not collect_evidence(document)[:, KEPT_WORDS].any()


@given(st.text(max_size=400))
def test_scores_are_finite_for_any_text(text: str) -> None:
    document = segment(text, language="en")
    assert np.isfinite(learned(document)).all()


def test_the_measure_beside_the_network_is_directed_centrality() -> None:
    document = segment(ARTICLE, language="en")
    _, found, _ = weigh_measures(collect_evidence(document), (0.0, 1.0, 0.0))
    np.testing.assert_allclose(found, features.standardize(directed(document)), atol=1e-9)


def test_standardized_inputs_have_mean_zero_and_variance_one_or_zero() -> None:
    inputs = make_inputs(collect_evidence(segment(ARTICLE, language="en")))[:, len(COLUMNS) :]
    np.testing.assert_allclose(inputs.mean(axis=0), 0, atol=1e-9)
    variances = inputs.var(axis=0)
    assert np.all(np.isclose(variances, 1) | np.isclose(variances, 0))


def test_the_network_equals_a_loop_over_units() -> None:
    generator = np.random.default_rng(5)
    network = Network(
        np.full(4, -1.0),
        np.full(4, 1.5),
        generator.normal(size=(4, 3)),
        generator.normal(size=3),
        generator.normal(size=3),
    )
    inputs = generator.normal(scale=3, size=(7, 4))
    slow = []
    for row in inputs:
        clipped = [min(max(x, -1.0), 1.5) for x in row]
        total = 0.0
        for unit in range(3):
            activation = network.bias[unit] + sum(clipped[k] * network.hidden[k, unit] for k in range(4))
            total += max(activation, 0.0) * network.output[unit]
        slow.append(total)
    np.testing.assert_allclose(apply_network(network, inputs), slow)


def test_a_network_survives_its_table() -> None:
    network = load_network()
    again = unpack(pack(network))
    for before, after in zip(network, again, strict=True):
        np.testing.assert_array_equal(before, after)


def test_the_network_takes_the_evidence_there_is() -> None:
    assert load_network().hidden.shape[0] == 2 * len(COLUMNS)


def test_the_order_of_calls_does_not_change_scores() -> None:
    document = segment(ARTICLE, language="en")
    first = learned(document)
    learned(segment("Another text. It has two sentences.", language="en"))
    np.testing.assert_array_equal(first, learned(document))
