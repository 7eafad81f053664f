"""Lines are joined into blocks, and blocks into paragraphs."""

from __future__ import annotations

import pytest

from summarize.languages import find_language
from summarize.segmentation.sentences import split_sentences

ENGLISH = find_language("en")


def split(text: str, language: str = "en") -> list[str]:
    return [sentence.text for sentence in split_sentences(text, find_language(language))]


@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r", "\u2028", "\u2029", "\x85"])
def test_every_kind_of_newline_separates_lines(newline):
    assert split(f"First line ends.{newline}Second line ends.") == ["First line ends.", "Second line ends."]


@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r", "\u2028", "\x85"])
def test_blank_line_starts_a_new_paragraph(newline):
    text = f"One is here. Two is here.{newline}{newline}Three is here."
    assert [sentence.paragraph for sentence in split_sentences(text, ENGLISH)] == [0, 0, 1]


def test_wrapped_lines_form_one_paragraph():
    text = (
        "This paragraph was wrapped by hand at sixty characters or so\nand goes on in"
        " the next line. It ends\nhere."
    )
    sentences = split_sentences(text, ENGLISH)
    assert [sentence.paragraph for sentence in sentences] == [0, 0]
    assert "\n" in sentences[0].text


def test_long_text_with_one_letter_per_line_is_joined():
    assert len(split("a\n" * 10_000)) < 1_300


def test_numbered_heading_is_not_joined_to_the_wrapped_paragraph_below():
    text = (
        "2.1 Study sites and treatments\nThe experiment was carried out near the town from May to the\n"
        "end of August, and from May to July in the second year. We put\nthe traps out at dusk and took"
        " them in at dawn on every night of\nthe week, and we\nthen counted."
    )
    assert split(text)[0] == "2.1 Study sites and treatments"


def test_line_broken_after_an_abbreviation_continues():
    line = "the members of the committee wrote long reports on\nmany things that happened in the city and\n"
    text = (
        "In the year "
        + line * 4
        + "in the seventies (see also p.)\nthe post was held by an old man. He left."
    )
    assert split(text)[-2:][1] == "He left."
    assert "p.)\nthe post" in split(text)[-2]
