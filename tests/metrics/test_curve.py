"""The coverage curve and its knee."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from summarize import segment, summarize
from summarize.metrics.curve import coverage_curve, find_knee, render_curve
from summarize.metrics.intrinsic import source_coverage
from summarize.rankers.lexrank import lexrank
from summarize.selectors.greedy import greedy

NEWS = (Path(__file__).resolve().parents[2] / "seeds" / "news.en.txt").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def curve():
    document = segment(NEWS, language="en")
    return coverage_curve(document, lexrank(document), greedy)


def test_length_and_coverage_increase(curve):
    assert (np.diff(curve.words) > 0).all()
    assert (np.diff(curve.coverage) >= 0).all()


def test_each_point_is_the_coverage_of_a_summary(curve):
    document = segment(NEWS, language="en")
    for k in (1, 5, 10):
        summary = summarize(NEWS, length=k, ranker="lexrank", language="en")
        assert curve.coverage[k - 1] == pytest.approx(source_coverage(document, summary.indices))
        assert curve.words[k - 1] == len(str(summary).split())


def test_knee_of_two_lines_is_where_they_meet():
    x = np.arange(1, 11)
    y = np.minimum(x * 3, 9 + (x - 3) * 0.1)
    assert find_knee(x, y) == 2


def test_automatic_length_is_at_the_knee(curve):
    summary = summarize(NEWS, length="auto", ranker="lexrank", language="en")
    assert len(str(summary).split()) == curve.words[curve.knee]


def test_table_shows_the_knee(curve):
    assert f"knee: {curve.words[curve.knee]} words" in render_curve(curve)


def test_empty_text_has_an_empty_curve():
    document = segment("")
    assert coverage_curve(document, np.zeros(0), greedy).knee == -1
    assert summarize("", length="auto").indices == ()
