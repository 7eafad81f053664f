"""Scores are standardized, and combined with positions."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from summarize import segment
from summarize.errors import OptionError
from summarize.features.scores import add_position, position_scores, standardize


@given(st.lists(st.floats(-1e6, 1e6), max_size=30))
def test_standardized_values_have_mean_zero_and_variance_one_or_zero(values):
    found = standardize(np.array(values))
    assert abs(found.sum()) < 1e-2
    assert not len(found) or found.var() == pytest.approx(1) or not found.any()


def test_equal_values_become_zeros():
    assert standardize(np.full(3, 0.1)).tolist() == [0, 0, 0]


def test_position_score_decays_exponentially():
    np.testing.assert_allclose(position_scores(30), [np.exp(-i / 10) for i in range(30)])


def test_weight_of_zero_returns_the_scores_unchanged():
    scores = np.array([1.0, 3.0])
    assert add_position(segment("One came. Two left.", language="en"), scores, 0) is scores


@pytest.mark.parametrize("weight", [True, "much", float("nan"), float("inf")])
def test_invalid_position_weight_is_rejected(weight):
    with pytest.raises(OptionError, match="position_weight"):
        add_position(segment("One came. Two left.", language="en"), np.ones(2), weight)
