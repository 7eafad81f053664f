"""Capitals, digits and punctuation, as columns of the evidence."""

from __future__ import annotations

import numpy as np
import pytest

from summarize.pipeline import segment
from summarize.rankers.learned.columns import COLUMNS, compute_features
from summarize.rankers.learned.position import Layout
from summarize.rankers.learned.surface import MARKS, describe_marks


@pytest.mark.parametrize(
    ("column", "text", "values"),
    [
        ("capitals", "Ann saw McCoy. Go.", [2 / 3, 1]),
        ("digits", "It cost 300 euros. Then 5.", [3 / 4, 1 / 2]),
        ("quotes", "“Go,” he said. He went.", [2, 0]),
        ("questions", "Who? Me.", [1, 0]),
        ("commas", "One, two, three. Four.", [2 / 3, 0]),
        ("brackets", "Ann (left) and [Bob] came. Go.", [2, 0]),
        ("colons", "Note: one; two. Go.", [2, 0]),
        ("dangling", "Ann went. But Bob stayed.", [0, 1]),
        ("ends", "It ended. Did it?\n\nNo end here", [1, 1, 0]),
        ("lower start", "iron rusts. Gold does not.", [1, 0]),
    ],
)
def test_marks_are_counted_inside_their_sentence(column: str, text: str, values: list[float]) -> None:
    evidence = compute_features(segment(text, language="en"))
    np.testing.assert_allclose(evidence[:, COLUMNS.index(column)], values)


def test_what_stands_between_sentences_is_not_counted() -> None:
    document = segment("Ann, Bob, and I. Then (who) Go, go.", language="en")
    layout = Layout.of(document)
    # As if the first sentence ended behind "Bob" and the next one began with "Go".
    layout = layout._replace(starts=layout.starts + [0, 11], ends=layout.ends - [8, 0])
    found = np.empty((len(MARKS), len(document)))
    describe_marks(document, layout, found)
    words = document.n_words
    np.testing.assert_allclose(found[MARKS.index("commas")], [1, 1] / words)
    assert not found[MARKS.index("brackets")].any()
