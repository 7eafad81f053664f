"""Cue words and kinds of sections, as features."""

from __future__ import annotations

import numpy as np
import pytest

from summarize.features.chunk import Chunk
from summarize.languages import LANGUAGES
from summarize.languages.cues import GROUPS, SECTIONS, load_cues
from summarize.pipeline import segment, segment_merged
from summarize.rankers.learned.columns import COLUMNS, compute_features
from summarize.rankers.learned.lexicon import load_cue_terms

PAPER = """# Abstract

We propose a model. It rained.

# Results and discussion

Our model improves on theirs, but nobody knows why.

# Weather

It rained again.
"""


def count(text: str, column: str, language: str = "en") -> list[float]:
    found = compute_features(Chunk([segment(text, language=language)]))[:, COLUMNS.index(column)]
    values: list[float] = found.tolist()
    return values


@pytest.mark.parametrize(
    ("text", "column", "values"),
    [
        ("The court dismissed the appeal. Nobody came.", "decision words", [2, 0]),
        ("We agree, and our friends agree. Bees fly.", "we words", [2, 0]),
        ("He said so. She fell.", "they words", [1, 1]),
        ("It was not him. Bees fly.", "was words", [1, 0]),
        ("They don't fly. Bees fly.", "negation words", [1, 0]),
        ("The announcement came. They announced it.", "decision words", [1, 1]),
        ("On Monday it rained. Bees fly.", "time words", [1, 0]),
    ],
)
def test_cue_words_are_counted(text: str, column: str, values: list[float]) -> None:
    assert count(text, column) == values


def test_section_is_that_of_the_nearest_heading() -> None:
    assert count(PAPER, "in abstract") == [1, 1, 1, 0, 0, 0, 0]
    assert count(PAPER, "in results") == [0, 0, 0, 1, 1, 0, 0]
    assert count(PAPER, "in conclusion") == [0, 0, 0, 1, 1, 0, 0]


def test_sections_end_with_their_document() -> None:
    documents = [segment(PAPER, language="en"), segment("Bees fly. It rained.", language="en")]
    together = compute_features(Chunk([*documents, documents[0]]))
    apart = np.concatenate([compute_features(Chunk([each])) for each in (*documents, documents[0])])
    np.testing.assert_array_equal(together, apart)


def test_language_without_cue_words_has_zeros() -> None:
    assert load_cues("fi") == ({}, {})
    text = "Valtuusto sulki sillan. Se avataan."
    assert all(count(text, f"{group} words", "fi") == [0, 0] for group in GROUPS)


def test_merged_texts_are_counted_like_one() -> None:
    merged = segment_merged([(None, "We came."), (None, "They agreed.")], language="en")
    features = compute_features(Chunk([merged]))
    assert features[:, COLUMNS.index("we words")].tolist() == [1, 0]


LISTED = [code for code in LANGUAGES if load_cues(code).words]


def test_these_languages_have_cue_words() -> None:
    assert {"ar", "de", "en", "es", "fr", "it", "ja", "nl", "pl", "pt", "ru", "tr", "vi", "zh"} == set(LISTED)


@pytest.mark.parametrize("code", LISTED)
def test_every_group_and_section_has_words(code: str) -> None:
    words, headings = load_cues(code)
    assert set(words.values()) == set(range(len(GROUPS)))
    assert set(headings.values()) == set(range(len(SECTIONS)))
    assert load_cue_terms(code)
