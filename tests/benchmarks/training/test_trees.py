"""Fitting the trees of the learned ranker."""

from __future__ import annotations

import numpy as np
import pytest

from benchmarks.training.trees import UNIT, convert, fit_trees
from summarize.rankers.learned.trees import N_LEAVES, apply_trees

pytest.importorskip("lightgbm")

GENERATOR = np.random.default_rng(0)
INPUTS = [GENERATOR.normal(3, 2, size=(20, 4)).astype(np.float32) for _ in range(60)]
TARGETS = [(each[:, 1] > np.sort(each[:, 1])[-4]).astype(np.float32) for each in INPUTS]


@pytest.fixture(scope="module")
def model():
    return fit_trees(INPUTS, TARGETS)


def test_arrays_predict_what_the_trainer_predicts(model) -> None:
    table = np.concatenate(INPUTS)
    found = UNIT * apply_trees(convert(model), table.astype(np.float64))
    # Each of 300 trees is rounded to the nearest unit.
    np.testing.assert_allclose(found, model.predict(table), atol=300 * UNIT)
    assert 300 * UNIT / np.ptp(found) < 1e-4


def test_rows_at_a_threshold_go_to_the_left_as_for_the_trainer(model) -> None:
    trees = convert(model)
    table = np.tile(INPUTS[0][:1], (len(trees.thresholds), 1))
    table[np.arange(len(table)), trees.inputs] = trees.thresholds
    found = UNIT * apply_trees(trees, table.astype(np.float64))
    np.testing.assert_allclose(found, model.predict(table), atol=300 * UNIT)


def test_leaves_hold_all_sentences_that_a_tree_was_fitted_to(model) -> None:
    counts = convert(model).counts.sum(axis=1)
    assert (counts > 0.7 * 1200).all() and (counts <= 1200).all()
    assert convert(model).tests.shape == (len(counts), N_LEAVES - 1)


def test_trees_learn_the_order(model) -> None:
    best = [apply_trees(convert(model), each.astype(np.float64)).argmax() for each in INPUTS]
    assert np.mean([target[k] for k, target in zip(best, TARGETS, strict=True)]) > 0.9


def test_same_seed_gives_the_same_trees(model) -> None:
    for part, again in zip(convert(model), convert(fit_trees(INPUTS, TARGETS)), strict=True):
        np.testing.assert_array_equal(part, again)
