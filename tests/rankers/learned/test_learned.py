"""The learned ranker: its trees and the title."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from summarize.features import scores as features
from summarize.features.chunk import Chunk
from summarize.pipeline import segment
from summarize.rankers.learned import learned, make_inputs, weigh_title
from summarize.rankers.learned.columns import COLUMNS, compute_features
from summarize.rankers.learned.trees import Trees, apply_trees, find_leaves, load_trees, pack, unpack

ARTICLE = (
    "The council closed the old bridge on Monday. Engineers had found cracks in the bridge.\n\n"
    "But the mayor said the bridge would open again. Shops near the river lost customers. "
    "Repairs to the bridge cost 3 million euros, the council said."
)


@given(st.text(max_size=400))
def test_scores_are_finite_for_any_text(text: str) -> None:
    document = segment(text, language="en")
    assert np.isfinite(learned(document)).all()


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


# The first tree: if input 0 is at most 1, leaf 0, else if input 1 is at most 2, leaf 1, else leaf 2. The
# second: if input 0 is at most 3, then if input 1 is at most 2, leaf 0, else leaf 1, else leaf 2.
TREES = Trees(
    np.array([0, 0, 1], np.int16),
    np.array([1, 3, 2], np.float32),
    np.array([[0, 2, 0, 0, 0, 0, 0], [1, 2, 0, 0, 0, 0, 0]], np.int16),
    np.array([[0b1, 0b10, 0, 0, 0, 0, 0], [0b11, 0b1, 0, 0, 0, 0, 0]], np.uint8),
    np.array([[1, 2, 3, 0, 0, 0, 0, 0], [10, 20, 30, 0, 0, 0, 0, 0]], np.int32),
    np.ones((2, 8), np.int32),
)


@pytest.mark.parametrize(
    ("row", "output"),
    [((1, 9), 1 + 20), ((2, 2), 2 + 10), ((2, 3), 3 + 20), ((4, 0), 2 + 30), ((4, 9), 3 + 30), ((0, 0), 11)],
)
def test_trees_follow_their_tests(row: tuple[float, float], output: float) -> None:
    assert apply_trees(TREES, np.array([row], float)).tolist() == [output]


def test_rows_do_not_depend_on_each_other(monkeypatch: pytest.MonkeyPatch) -> None:
    inputs = np.random.default_rng(3).normal(size=(50, 2 * len(COLUMNS)))
    together = apply_trees(load_trees(), inputs)
    assert together.tolist() == [apply_trees(load_trees(), row[None])[0] for row in inputs]
    monkeypatch.setattr("summarize.rankers.learned.trees._BLOCK_SIZE", 7)
    assert apply_trees(load_trees(), inputs).tolist() == together.tolist()


def test_threads_do_not_disturb_each_other() -> None:
    tables = [np.random.default_rng(k).normal(size=(40 + k, 2 * len(COLUMNS))) for k in range(20)]
    alone = [apply_trees(load_trees(), table).tolist() for table in tables]
    with ThreadPoolExecutor(4) as pool:
        found = pool.map(lambda table: apply_trees(load_trees(), table).tolist(), tables * 5)
    assert list(found) == alone * 5


def test_packed_trees_are_restored() -> None:
    for before, after in zip(load_trees(), unpack(pack(load_trees())), strict=True):
        assert before.dtype == after.dtype
        np.testing.assert_array_equal(before, after)


def test_trees_test_known_inputs_and_reach_known_leaves() -> None:
    trees = load_trees()
    assert trees.inputs.min() >= 0 and trees.inputs.max() < 2 * len(COLUMNS)
    n_leaves = (trees.ruled_out > 0).sum(axis=1) + 1
    inputs = np.random.default_rng(4).normal(scale=3, size=(2 * len(COLUMNS), 500)).astype(np.float32)
    assert (find_leaves(trees, inputs) < n_leaves[:, None]).all()


def test_text_of_stop_words_only_is_ranked_by_position() -> None:
    document = segment("It was there. That is it. And so it was.", language="en")
    assert not len(document.terms)
    assert np.argsort(-learned(document)).tolist() == [0, 1, 2]


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
