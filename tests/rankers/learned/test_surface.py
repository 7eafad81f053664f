"""Capitals, digits and punctuation, as features."""

from __future__ import annotations

import numpy as np
import pytest

from summarize.features.chunk import Chunk
from summarize.pipeline import segment
from summarize.rankers.learned.columns import COLUMNS, compute_features
from summarize.rankers.learned.position import Layout
from summarize.rankers.learned.surface import SURFACE, describe_surface


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
def test_characters_are_counted_in_their_sentence(column: str, text: str, values: list[float]) -> None:
    features = compute_features(Chunk([segment(text, language="en")]))
    np.testing.assert_allclose(features[:, COLUMNS.index(column)], values)


def test_characters_between_sentences_are_not_counted() -> None:
    document = segment("Ann, Bob, and I. Then (who) Go, go.", language="en")
    chunk = Chunk([document])
    layout = Layout.of(chunk)
    # As if the first sentence ended after "Bob" and the next one began with "Go".
    layout = layout._replace(starts=layout.starts + [0, 11], ends=layout.ends - [8, 0])
    found = np.empty((len(SURFACE), len(document)))
    describe_surface(chunk, layout, found)
    words = document.n_words
    np.testing.assert_allclose(found[SURFACE.index("commas")], [1, 1] / words)
    assert not found[SURFACE.index("brackets")].any()
