"""Sentences end where a reader would end them."""

from __future__ import annotations

import pytest

from summarize.languages import find_language
from summarize.segmentation.sentences import split_sentences


def split(text: str, language: str = "en") -> list[str]:
    return [sentence.text for sentence in split_sentences(text, find_language(language))]


def test_direction_mark_may_precede_a_sentence():
    assert len(split("He came. \u200eShe left.")) == 2


def test_spaced_straight_quote_closes_an_open_quotation():
    assert split('" He came. " She left.') == ['" He came. "', "She left."]


def test_spaced_straight_quote_opens_a_new_quotation():
    assert split('He came. " She left. "') == ["He came.", '" She left. "']


def test_speaker_stays_with_the_first_sentence():
    assert split("Project Manager: Hello. Sit down.") == ["Project Manager: Hello.", "Sit down."]


@pytest.mark.parametrize(
    ("language", "sentences"),
    [
        ("en", ["It is old.[4]", "It was built in 1931.[5][6]", "Nobody knows why.[7, 8]", "It stands."]),
        ("zh", ["它很老。[4]", "没有人知道。"]),
    ],
)
def test_note_number_belongs_to_the_sentence_before_it(language, sentences):
    assert split(("" if language == "zh" else " ").join(sentences), language) == sentences


def test_quote_after_a_chinese_full_stop_opens_the_next_sentence():
    assert split("河床布满溶洞。“就像在奶酪上盖楼。”他说。", "zh") == [
        "河床布满溶洞。",
        "“就像在奶酪上盖楼。”他说。",
    ]


def test_unit_after_a_number_may_end_a_sentence():
    assert split("It has a torque of 350 Nm. The gearbox is new.") == [
        "It has a torque of 350 Nm.",
        "The gearbox is new.",
    ]


def test_per_cent_may_end_a_sentence():
    assert len(split("The share was 24 per cent. Thirty people left.")) == 2


def test_abbreviation_in_brackets_does_not_end_a_sentence_before_lowercase():
    text = "The Act (15 U.S.C. 1631 et seq.) is amended by striking a word (see below.) and by adding one."
    assert split(text) == [text]
