"""Contract tests: every segmenter in the table splits any text into exact, ordered sentences."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from summarize.document import Sentence
from summarize.languages import GENERIC, find_language
from summarize.segmentation import DEFAULT, SEGMENTERS

ENGLISH = find_language("en")
TEXTS = st.text() | st.text(
    st.sampled_from("aA.!?…\"'“”«»()[]-–—:;,1 \n\r\t\u2028\u0085。」「।Mr|#=*\u200f😀ก")
)


def test_default_segmenter_is_in_the_table():
    assert DEFAULT in SEGMENTERS


@pytest.mark.parametrize("name", SEGMENTERS)
def test_segmenter_has_a_one_line_summary(name):
    assert SEGMENTERS[name].summary.strip()
    assert "\n" not in SEGMENTERS[name].summary


@pytest.mark.parametrize("name", SEGMENTERS)
def test_segmenter_returns_a_sequence_of_sentences(name):
    sentences = SEGMENTERS[name].load()("The bridge is open. The ferry has stopped.", ENGLISH)
    assert isinstance(sentences, Sequence)
    assert [type(sentence) for sentence in sentences] == [Sentence, Sentence]


@pytest.mark.parametrize("name", SEGMENTERS)
@settings(deadline=None)
@given(TEXTS, st.sampled_from([GENERIC, *map(find_language, ("en", "de", "el", "th", "ja", "hi", "ar"))]))
@example("", ENGLISH)
@example(" \n\t ", ENGLISH)
@example("\x00\ud800. \udfff", ENGLISH)
def test_segmenter_covers_the_text_exactly(name, text, language):
    covered = paragraph = 0
    sentences = SEGMENTERS[name].load()(text, language)
    for index, sentence in enumerate(sentences):
        assert sentence.index == index
        assert sentence.text == text[sentence.start : sentence.end] == sentence.text.strip() != ""
        assert sentence.start >= covered
        assert text[covered : sentence.start].strip() == ""
        assert sentence.paragraph >= paragraph
        covered, paragraph = sentence.end, sentence.paragraph
    assert text[covered:].strip() == ""


@pytest.mark.parametrize("name", SEGMENTERS)
@settings(deadline=None)
@given(TEXTS)
def test_segmenter_leaves_at_least_one_candidate(name, text):
    sentences = SEGMENTERS[name].load()(text, ENGLISH)
    assert not sentences or any(sentence.candidate for sentence in sentences)
