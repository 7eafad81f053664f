"""The learned ranker: its network and the textbook scores added to it."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from summarize.features import scores as features
from summarize.features.chunk import Chunk
from summarize.pipeline import segment, segment_merged
from summarize.rankers.directed import directed
from summarize.rankers.learned import learned, make_inputs, weigh_textbook_scores, weigh_title
from summarize.rankers.learned.columns import COLUMNS, compute_features
from summarize.rankers.learned.network import Network, apply_network, load_network, pack, unpack

ARTICLE = (
    "The council closed the old bridge on Monday. Engineers had found cracks in the bridge.\n\n"
    "But the mayor said the bridge would open again. Shops near the river lost customers. "
    "Repairs to the bridge cost 3 million euros, the council said."
)


@given(st.text(max_size=400))
def test_scores_are_finite_for_any_text(text: str) -> None:
    document = segment(text, language="en")
    assert np.isfinite(learned(document)).all()


def test_second_textbook_score_is_directed_centrality() -> None:
    document = segment(ARTICLE, language="en")
    _, found, _ = weigh_textbook_scores(make_inputs(compute_features(Chunk([document]))), (0.0, 1.0, 0.0))
    np.testing.assert_allclose(found, features.standardize(directed(document)), atol=1e-9)


def test_third_textbook_score_is_the_position_in_each_part() -> None:
    document = segment_merged([("a", ARTICLE), ("b", ARTICLE)], language="en")
    _, _, found = weigh_textbook_scores(make_inputs(compute_features(Chunk([document]))), (0.0, 0.0, 1.0))
    np.testing.assert_allclose(
        found, features.standardize(features.document_position_scores(document)), atol=1e-9
    )


def test_title_counts_by_its_cosine() -> None:
    document = segment("The bridge is shut. Rain fell.", language="en", title="Bridge and tunnel")
    # "Bridge" is one of two terms in the first sentence and one of two in the title.
    expected = features.standardize(np.array([1 / 2, 0]))
    np.testing.assert_allclose(weigh_title(document, 0.5), 0.5 * expected)
    plain = learned(document, title_weight=0.0)
    np.testing.assert_allclose(learned(document), plain + 0.3 * expected)


def test_title_without_shared_words_does_not_count() -> None:
    document = segment(ARTICLE, language="en", title="Xylophones")
    assert not weigh_title(document, 1.0).any()


def test_standardized_inputs_have_mean_0_and_variance_0_or_1() -> None:
    inputs = make_inputs(compute_features(Chunk([segment(ARTICLE, language="en")])))[:, len(COLUMNS) :]
    np.testing.assert_allclose(inputs.mean(axis=0), 0, atol=1e-9)
    variances = inputs.var(axis=0)
    assert np.all(np.isclose(variances, 1) | np.isclose(variances, 0))
    assert np.isclose(variances[[COLUMNS.index(each) for each in ("place", "words", "rarity")]], 1).all()


def test_network_equals_a_loop_over_units() -> None:
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


def test_packed_network_is_restored() -> None:
    network = load_network()
    again = unpack(pack(network))
    for before, after in zip(network, again, strict=True):
        np.testing.assert_array_equal(before, after)


def test_network_has_an_input_for_each_feature() -> None:
    assert load_network().hidden.shape[0] == 2 * len(COLUMNS)


def test_order_of_calls_does_not_change_scores() -> None:
    document = segment(ARTICLE, language="en")
    first = learned(document)
    learned(segment("Another text. It has two sentences.", language="en"))
    np.testing.assert_array_equal(first, learned(document))


def test_long_document_in_blocks_has_the_same_scores(monkeypatch: pytest.MonkeyPatch) -> None:
    document = segment("\n\n".join([ARTICLE] * 30), language="en")
    expected = learned(document)
    monkeypatch.setattr("summarize.rankers.learned._MAX_ROWS", 47)
    for cells in (1, 3_000, 10_000):
        monkeypatch.setattr("summarize.rankers.learned.columns._MAX_CELLS", cells)
        assert learned(document).tolist() == expected.tolist()
