"""Intervals, paired differences and summaries of curves."""

from __future__ import annotations

import numpy as np
import pytest

from benchmarks import intervals
from summarize.metrics.curve import find_knee


def test_difference_of_a_method_from_itself_is_zero():
    sample = np.random.default_rng(0).random(50)
    assert intervals.paired_difference(sample, sample) == (0, 0, 0)


def test_pairing_removes_the_difficulty_of_documents():
    generator = np.random.default_rng(2)
    difficulty = generator.normal(0, 10, 200)
    first, second = difficulty + 0.3 + generator.normal(0, 0.1, 200), difficulty
    assert intervals.paired_difference(first, second).low > 0.2
    assert intervals.bootstrap(first).low < intervals.bootstrap(second).high


def test_interval_agrees_with_the_normal_distribution():
    sample = np.random.default_rng(1).normal(size=2000)
    mean, low, high = intervals.bootstrap(sample)
    assert mean == pytest.approx(sample.mean())
    expected = 1.96 * sample.std() / np.sqrt(len(sample))
    assert (mean - low, high - mean) == pytest.approx((expected, expected), rel=0.15)


def test_interval_of_two_documents_is_their_range():
    assert intervals.bootstrap(np.array([1.0, 3.0])) == (2, 1, 3)


def test_nan_is_skipped():
    assert intervals.bootstrap(np.array([1.0, np.nan, 3.0])) == (2, 1, 3)


def test_interval_of_no_documents_is_nan():
    assert np.isnan(intervals.bootstrap(np.array([]))).all()


def test_ratio_to_itself_is_one():
    sample = np.random.default_rng(3).random(40)
    assert intervals.ratio_of_means(sample, sample) == pytest.approx((1, 1, 1))


def test_area_under_a_constant_is_the_constant():
    assert intervals.area_under_curve([25, 50, 400], np.full(3, 0.25)) == pytest.approx(0.25)


def test_each_doubling_has_the_same_weight_in_the_area():
    # The curve is a straight line over the logarithm of the length, so its mean is its middle.
    assert intervals.area_under_curve([25, 50, 100], np.array([0.0, 1.0, 2.0])) == pytest.approx(1)


def test_knee_agrees_with_the_knee_of_a_single_text():
    lengths = np.array([25, 50, 100, 200, 400])
    curve = np.array([0.1, 0.3, 0.5, 0.55, 0.6])
    expected = lengths[find_knee(lengths, curve)]
    values = np.stack([curve * 0.5, curve * 1.5])
    assert intervals.knee(lengths, values) == (expected, expected, expected)


def test_knee_of_a_flat_curve_is_one_of_the_lengths():
    assert intervals.knee([25, 50], np.zeros((3, 2))).mean == 25
