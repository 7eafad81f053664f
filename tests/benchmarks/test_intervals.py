"""Facts about intervals, paired differences and curves in a number."""

from __future__ import annotations

import numpy as np
import pytest

from benchmarks import intervals as statistics
from summarize.metrics.curve import find_knee


def test_a_method_compared_with_itself_differs_by_nothing():
    sample = np.random.default_rng(0).random(50)
    assert statistics.paired_difference(sample, sample) == (0, 0, 0)


def test_pairing_takes_out_what_makes_a_document_easy_for_both():
    generator = np.random.default_rng(2)
    easy = generator.normal(0, 10, 200)
    first, second = easy + 0.3 + generator.normal(0, 0.1, 200), easy
    assert statistics.paired_difference(first, second).low > 0.2
    assert statistics.bootstrap(first).low < statistics.bootstrap(second).high


def test_the_interval_is_that_of_the_normal_distribution():
    sample = np.random.default_rng(1).normal(size=2000)
    mean, low, high = statistics.bootstrap(sample)
    assert mean == pytest.approx(sample.mean())
    expected = 1.96 * sample.std() / np.sqrt(len(sample))
    assert (mean - low, high - mean) == pytest.approx((expected, expected), rel=0.15)


def test_an_interval_of_two_documents_is_their_span():
    assert statistics.bootstrap(np.array([1.0, 3.0])) == (2, 1, 3)


def test_the_ratio_to_itself_is_one():
    sample = np.random.default_rng(3).random(40)
    assert statistics.ratio_of_means(sample, sample) == pytest.approx((1, 1, 1))


def test_the_area_of_a_constant_is_the_constant():
    assert statistics.area_under_curve([25, 50, 400], np.full(3, 0.25)) == pytest.approx(0.25)


def test_every_doubling_weighs_the_same_in_the_area():
    # Two steps up: a line over the logarithm, whose mean height is its middle.
    assert statistics.area_under_curve([25, 50, 100], np.array([0.0, 1.0, 2.0])) == pytest.approx(1)


def test_the_knee_is_that_of_a_single_text():
    lengths = np.array([25, 50, 100, 200, 400])
    curve = np.array([0.1, 0.3, 0.5, 0.55, 0.6])
    expected = lengths[find_knee(lengths, curve)]
    assert expected == 100
    values = np.stack([curve * 0.5, curve * 1.5])
    assert statistics.knee(lengths, values) == (expected, expected, expected)


def test_a_curve_of_nothing_has_a_knee_within_the_lengths():
    assert statistics.knee([25, 50], np.zeros((3, 2))).mean == 25
