"""Position and length, as features."""

from __future__ import annotations

import numpy as np
import pytest

from summarize.features.chunk import Chunk
from summarize.pipeline import segment, segment_merged
from summarize.rankers.learned.columns import COLUMNS, compute_features

TEXT = "One came. Two of them came late.\n\n# Later\n\nBut three came. Four came."


@pytest.mark.parametrize(
    ("column", "values"),
    [
        ("place", [0, 0.2, 0.4, 0.6, 0.8]),
        ("first", [1, 0, 0, 0, 0]),
        ("place 10", np.exp([0, -0.1, -0.2, -0.3, -0.4])),
        ("place 3", np.exp([0, -1 / 3, -2 / 3, -1, -4 / 3])),
        ("place 30", np.exp([0, -1 / 30, -2 / 30, -0.1, -4 / 30])),
        ("from end", np.exp([-0.8, -0.6, -0.4, -0.2, 0])),
        ("from end 2", np.exp([-2, -1.5, -1, -0.5, 0])),
        ("from end 10", np.exp([-0.4, -0.3, -0.2, -0.1, 0])),
        ("from end 30", np.exp([-4 / 30, -3 / 30, -2 / 30, -1 / 30, 0])),
        ("sentences before", np.log([1, 2, 3, 4, 5])),
        ("sentences after", np.log([5, 4, 3, 2, 1])),
        ("words before", np.log([1, 3, 8, 10, 13])),
        ("words after", np.log([13, 8, 6, 3, 1])),
        ("place by words", np.array([0, 2, 7, 9, 12]) / 14),
        ("paragraphs after", np.log([3, 3, 2, 1, 1])),
        ("last paragraph", [0, 0, 0, 1, 1]),
        ("candidate", [1, 1, 0, 1, 1]),
        ("candidates before", np.log([1, 2, 3, 3, 4])),
        ("candidates after", np.log([4, 3, 3, 2, 1])),
        ("place among candidates", [0, 1 / 4, 2 / 4, 2 / 4, 3 / 4]),
        ("opens paragraph", [1, 0, 1, 1, 0]),
        ("closes paragraph", [0, 1, 1, 0, 1]),
        ("place in paragraph", np.exp([0, -0.5, 0, 0, -0.5])),
        ("paragraph length", np.log([2, 2, 1, 2, 2])),
        ("paragraph place", [0, 0, 1 / 3, 2 / 3, 2 / 3]),
        ("paragraph first", np.exp([0, 0, -0.2, -0.4, -0.4])),
        ("paragraphs", np.log([4 / 6] * 5)),
        ("after heading", [0, 0, 0, 1, 0]),
        ("place in section", np.exp([-0.2, -0.4, 0, -0.2, -0.4])),
        ("section place", [0, 0, 1, 1, 1]),
        ("headings", [np.log(2)] * 5),
        ("words", np.log([2, 5, 2, 3, 2])),
        ("words of mean", np.array([2, 5, 2, 3, 2]) / 2.8),
        ("letters a word", [9 / 2, 22 / 5, 7 / 2, 15 / 3, 10 / 2]),
    ],
)
def test_column_equals_values_computed_by_hand(column: str, values: list[float]) -> None:
    document = segment(TEXT, language="en")
    assert [s.kind for s in document.sentences] == ["sentence", "sentence", "heading", "sentence", "sentence"]
    np.testing.assert_allclose(compute_features(Chunk([document]))[:, COLUMNS.index(column)], values)


def test_content_share_is_the_share_of_terms_among_words() -> None:
    features = compute_features(Chunk([segment("Bridges fall. It is what the ships carry.", language="en")]))
    np.testing.assert_allclose(features[:, COLUMNS.index("content share")], [1, 2 / 6])


def test_positions_start_anew_in_each_part() -> None:
    document = segment_merged([("a", "One came. Two came."), ("b", "Three came.")], language="en")
    features = compute_features(Chunk([document]))
    np.testing.assert_allclose(features[:, COLUMNS.index("place")], [0, 0.5, 0])
    np.testing.assert_allclose(features[:, COLUMNS.index("first")], [1, 0, 1])
    np.testing.assert_allclose(features[:, COLUMNS.index("sentences")], np.log([3, 3, 2]))
    np.testing.assert_allclose(features[:, COLUMNS.index("from end")], np.exp([-0.2, 0, 0]))
    np.testing.assert_allclose(features[:, COLUMNS.index("parts")], np.log([2, 2, 2]))
    np.testing.assert_allclose(features[:, COLUMNS.index("words before")], np.log([1, 3, 1]))
    np.testing.assert_allclose(features[:, COLUMNS.index("sentences after")], np.log([2, 1, 1]))
