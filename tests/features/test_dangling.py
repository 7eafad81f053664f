"""Sentences that lean on the one before."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summarize.features.dangling import find_dangling_starts, is_dangling_start

LANGUAGES = ["de", "en", "es", "fr", "it", "ja", "nl", "pt", "ru", "zh", "und"]
openings = st.sampled_from(
    [
        "But ",
        "“But ",
        "He",
        "He's ",
        "Heʼs ",
        "this week ",
        "This\n",
        "Er ",
        "Aber, ",
        "しかし",
        "但是",
        "Он ",
        "C'est ",
        "",
    ]
)


@pytest.mark.parametrize("language", LANGUAGES)
@given(st.lists(st.builds(str.__add__, openings, st.text(max_size=80)), max_size=5))
def test_of_many_sentences_the_same_is_said_as_of_each(language: str, sentences: list[str]) -> None:
    expected = [is_dangling_start(sentence, language) for sentence in sentences]
    assert find_dangling_starts(sentences, language) == expected
