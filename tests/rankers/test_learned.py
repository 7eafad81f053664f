"""The learned ranker and its evidence."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from summarize.evidence import COLUMNS, collect_evidence
from summarize.pipeline import segment
from summarize.rankers.learned import Network, apply_network, learned, load_network, make_inputs, pack, unpack

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
