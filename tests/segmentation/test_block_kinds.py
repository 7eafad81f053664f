"""Blocks are classified by their form and their neighbors."""

from __future__ import annotations

import pytest

from summarize.languages import find_language
from summarize.segmentation.sentences import split_sentences


def kinds(text: str, language: str = "en") -> list[str]:
    return [sentence.kind for sentence in split_sentences(text, find_language(language))]


STORY = "The story begins with a sentence that is long enough to be one. It goes on with another one."


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        ("Council votes on the new bridge", "heading"),
        ("# Council votes", "heading"),
        ("== Council ==", "heading"),
        ("Background:", "heading"),
        ("By Ann Lee and Bob Stone", "byline"),
        ("Written by Ann Lee", "byline"),
        ("Photo: Ann Lee", "caption"),
        ("Getty Images", "caption"),
        ("Read more: Council votes", "navigation"),
        ("Advertisement", "navigation"),
        ("Join the Conversation", "navigation"),
        ("Page 3 of 12", "navigation"),
        ("- 7 -", "navigation"),
        ("| a | b |", "table"),
        ("a\tb\tc", "table"),
        ("* * *", "separator"),
        ("_____", "separator"),
    ],
)
def test_line_above_a_story_has_its_kind(line, kind):
    assert kinds(f"{line}\n\n{STORY}") == [kind, "sentence", "sentence"]


@pytest.mark.parametrize(
    "line",
    [
        "The council voted on the new bridge.",
        "Advertisement is the art of arresting the human intelligence.",
        "By Monday the bridge will be open.",
        "- apples and pears",
        "John: I see some interesting",
        "Who will pay?",
        "The council voted; the mayor, however,",
    ],
)
def test_line_that_may_be_content_is_a_sentence(line):
    assert set(kinds(f"{line}\n\n{STORY}")) == {"sentence"}


@pytest.mark.parametrize(
    "text", ["Council votes", "# Council votes", "# A\n\n# B", "* * *", "Read more", "| a | b |"]
)
def test_nothing_is_flagged_if_nothing_would_be_left(text):
    assert set(kinds(text)) == {"sentence"}


def test_unpunctuated_lines_are_content_if_most_lines_are():
    assert set(kinds("great hotel\nGood food\nNice staff\nThe room was clean.\nGreat view\nBad wifi")) == {
        "sentence"
    }


def test_list_of_unpunctuated_lines_is_not_a_heading():
    assert set(kinds(f"Bridge to open\nMayor is glad\nCost is high\nTolls are planned\n\n{STORY}")) == {
        "sentence"
    }


def test_unpunctuated_last_line_is_not_a_heading():
    assert kinds(f"{STORY}\n\nThe mayor was glad")[-1] == "sentence"


def test_title_and_byline_are_both_recognized():
    assert kinds(f"Council votes\n\nBy Ann Lee\n\n{STORY}") == ["heading", "byline", "sentence", "sentence"]


def test_underlined_line_is_a_heading():
    assert kinds(f"Council votes\n=============\n{STORY}") == ["heading", "separator", "sentence", "sentence"]


def test_only_unpunctuated_line_is_the_title_if_it_comes_first():
    assert kinds(f"Council votes\n{STORY}\nThe end is near.") == ["heading", *["sentence"] * 3]


def test_broken_line_is_not_a_heading():
    text = "The report was written by a committee of old experts who\n\nmet every week. Nobody read it."
    assert kinds(text) == ["sentence", "sentence"]


def test_numbered_heading_is_recognized_inside_a_paragraph():
    assert kinds("SEC. 2. DEFINITIONS. In this Act, a term is a term.") == ["heading", "sentence"]


def test_lowercase_heading_is_recognized_in_lowercase_text():
    text = "methods\n\nwe took ten mice and fed them. they grew quickly. the end was near."
    assert kinds(text) == ["heading", "sentence", "sentence", "sentence"]


def test_title_with_a_colon_is_a_heading():
    text = f"Bridge to the Northern Islands: Final Report\n\n{STORY}\n\n{STORY}"
    assert kinds(text)[0] == "heading"


def test_title_subtitle_and_first_heading_may_follow_each_other():
    text = f"Bridge to the islands\n\nPrepared for the council\n\nSummary\n\n{STORY}\n\n{STORY}\n\n{STORY}"
    assert kinds(text)[:4] == ["heading", "heading", "heading", "sentence"]


def test_authors_below_the_title_are_a_byline():
    text = f"A bridge\n\nAnn Lee, Bob Stone and Cy Young, University of the Islands\n\n{STORY}\n\n{STORY}"
    assert kinds(text)[:2] == ["heading", "byline"]


def test_name_at_the_end_is_a_byline():
    assert kinds(f"{STORY}\n\nAnn Lee")[-1] == "byline"


def test_rows_aligned_by_spaces_are_a_table():
    rows = "Year          Cost      Trips\n2022          5 m       12\n2023          7 m       (19)"
    assert kinds(f"{STORY}\n\n{rows}\n\n{STORY}")[2:5] == ["table"] * 3


def test_caption_may_be_longer_than_a_heading():
    line = (
        "Photo: "
        + "Firefighters wade along the canal after the old main broke on Sunday, " * 2
        + "flooding it."
    )
    assert kinds(f"{line}\n\n{STORY}")[0] == "caption"


def test_list_below_a_navigation_line_is_navigation():
    text = f"{STORY}\n\nRelated stories\n\n- Bridge delayed\n- Ferry sold"
    assert kinds(text)[2:] == ["navigation"] * 3


@pytest.mark.parametrize("line", ["mail@paper.example", "https://paper.example/bridge", "www.paper.example"])
def test_address_on_its_own_line_is_navigation(line):
    assert kinds(f"{STORY}\n\n{line}")[-1] == "navigation"


@pytest.mark.parametrize("heading", ["References", "7. References", "## Literatur", "Список литературы"])
def test_entries_below_a_references_heading_are_references(heading):
    text = f"{STORY}\n\n{heading}\n\nLee A (2019) Bridges. Annals 4: 1-9.\n\n[2] Stone B. Ferries.\n\n"
    assert kinds(text) == ["sentence", "sentence", "heading", *["reference"] * 3]


def test_references_heading_above_running_text_flags_nothing():
    assert kinds(f"References\n\n{STORY}")[1:] == ["sentence", "sentence"]
