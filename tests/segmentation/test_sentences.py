"""Facts about sentence boundaries, blocks and kinds."""

from __future__ import annotations

import json
import random
import sys
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from summarize.document import Sentence
from summarize.languages import GENERIC, LANGUAGES, Language, find_language
from summarize.segmentation.sentences import split_sentences

CASES = json.loads(
    (Path(__file__).resolve().parents[1] / "cases" / "segmentation.json").read_text(encoding="utf-8")
)
ENGLISH = find_language("en")
HARD_UNITS = (
    "a.", "a. ", "A. ", "Ab. ", ". ", "... ", '"', '" ', '. "', '." ', "(", "([", "1", "1.", "1. ", "\n",
    "\n ", "\n\n", "a\n", "a\n\n", " ", "\t", "\u2028", "\r", "\r\n", "。", "。a", "「。", "।", "?! ", ":) ",
    ": ", "; ", "- ", " - ", "x - ", "- x\n", "|a", "a\t", "# a\n", "http://", "a b", "ab", "ก ", "\u200f",
    "Mr. ", "'' ", ",,", "e.g. ", "5 ", "I. ", "\x00", "\ud800", ". ( ", "By A ", "A" * 50 + ". ", "a   ",
    "a   b\n", ".[1]", ".[1] ", "a@b.",
)  # fmt: skip

texts = (
    st.text()
    | st.text(st.sampled_from("aA.!?…\"'“”«»()[]-–—:;,1 \n\r\t\u2028\u0085。」「।Mr|#=*\u200f😀ก"))
    | st.lists(
        st.sampled_from(
            [*HARD_UNITS, "Dr. ", "The end. ", "and so ", "\n\n", "SEC. 2. FOO. ", "By Ann Lee\n"]
        )
    ).map("".join)
)


def split(text: str, language: str = "en") -> list[str]:
    return [sentence.text for sentence in split_sentences(text, find_language(language))]


def kinds(text: str, language: str = "en") -> list[str]:
    return [sentence.kind for sentence in split_sentences(text, find_language(language))]


def case_of(case: dict[str, str]) -> object:
    marks = [pytest.mark.xfail(reason=case["xfail"], strict=True)] if "xfail" in case else []
    return pytest.param(case, id=f"{case['language']}-{case['text'][:30]!r}", marks=marks)


@pytest.mark.parametrize("case", [case_of(case) for case in CASES])
def test_golden_case_is_split_as_written(case):
    language = GENERIC if case["language"] == "und" else find_language(case["language"])
    assert [sentence.text for sentence in split_sentences(case["text"], language)] == case["sentences"]


def test_golden_cases_are_many_and_in_many_languages():
    assert len(CASES) >= 200
    assert len({case["language"] for case in CASES}) >= 20


def check_invariants(text: str, sentences: tuple[Sentence, ...]) -> None:
    covered = 0
    paragraph = 0
    for index, sentence in enumerate(sentences):
        assert sentence.index == index
        assert sentence.text == text[sentence.start : sentence.end]
        assert sentence.text
        assert not sentence.text[0].isspace()
        assert not sentence.text[-1].isspace()
        assert text[covered : sentence.start].strip() == ""
        assert sentence.start >= covered
        assert sentence.paragraph >= paragraph
        covered, paragraph = sentence.end, sentence.paragraph
    assert text[covered:].strip() == ""
    assert not sentences or any(sentence.candidate for sentence in sentences)


@settings(deadline=None)
@given(
    texts,
    st.sampled_from([GENERIC, *(find_language(code) for code in ("en", "de", "el", "th", "ja", "hi", "ar"))]),
)
@example("", ENGLISH)
@example(" \n\t ", ENGLISH)
@example("\x00\ud800. \udfff", ENGLISH)
@example('. "', ENGLISH)
@example("SEC. 1. FOO BAR. SEC. 2. BAZ QUX.", ENGLISH)
def test_sentences_partition_the_text(text, language):
    check_invariants(text, split_sentences(text, language))


@settings(deadline=None)
@given(texts)
def test_same_text_gives_same_sentences(text):
    assert split_sentences(text, ENGLISH) == split_sentences(text, ENGLISH)


@pytest.mark.parametrize("unit", HARD_UNITS, ids=repr)
def test_hard_text_is_partitioned(unit):
    text = unit * (30_000 // len(unit))
    check_invariants(text, split_sentences(text, ENGLISH))


def count_steps(text: str, language: Language) -> int:
    """Lines of Python run by a call: a clock that no other process can disturb."""
    steps = 0

    def trace(frame, event, argument):
        nonlocal steps
        steps += 1
        return trace

    before = sys.gettrace()
    sys.settrace(trace)
    try:
        split_sentences(text, language)
    finally:
        sys.settrace(before)
    return steps


@pytest.mark.parametrize("unit", HARD_UNITS, ids=repr)
def test_steps_grow_with_the_text_and_not_faster(unit):
    small = unit * (12_000 // len(unit))
    split_sentences(small, ENGLISH)
    assert count_steps(small * 4, ENGLISH) < 4.4 * count_steps(small, ENGLISH) + 500


@pytest.mark.parametrize("language", ["en", "th"])
@pytest.mark.parametrize("unit", HARD_UNITS, ids=repr)
def test_quarter_of_a_megabyte_of_anything_ends(unit, language):
    # What is quadratic inside a regular expression takes minutes here, and what is linear a blink.
    text = unit * (250_000 // len(unit))
    assert sum(len(sentence.text) for sentence in split_sentences(text, find_language(language))) <= len(text)


def test_overlong_stretch_is_cut_after_a_semicolon():
    text = ("word " * 1200 + "and, so on; ") * 3
    assert all(piece.endswith(";") for piece in split(text))


def test_overlong_stretch_is_cut_after_a_comma_where_there_is_no_semicolon():
    text = ("word " * 1200 + "and so on, ") * 3
    assert all(piece.endswith(",") for piece in split(text))


def test_overlong_stretch_is_cut_at_white_space_where_there_is_no_clause():
    assert {len(piece) for piece in split("word " * 4000)} == {9_999}


def test_overlong_word_is_cut_where_it_is_full():
    assert [len(piece) for piece in split("x" * 25_000)] == [10_000, 10_000, 5_000]


def test_sentence_of_a_thousand_words_is_not_cut():
    assert len(split("word " * 1000 + "end. Next one.")) == 2


@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r", "\u2028", "\u2029", "\x85"])
def test_every_newline_parts_lines(newline):
    assert split(f"First line ends.{newline}Second line ends.") == ["First line ends.", "Second line ends."]


@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r", "\u2028", "\x85"])
def test_blank_line_begins_a_paragraph(newline):
    text = f"One is here. Two is here.{newline}{newline}Three is here."
    assert [sentence.paragraph for sentence in split_sentences(text, ENGLISH)] == [0, 0, 1]


def test_wrapped_lines_are_one_paragraph():
    text = (
        "This paragraph was wrapped by hand at sixty characters or so\nand goes on in"
        " the next line. It ends\nhere."
    )
    sentences = split_sentences(text, ENGLISH)
    assert [sentence.paragraph for sentence in sentences] == [0, 0]
    assert "\n" in sentences[0].text


def test_long_text_of_one_letter_lines_is_joined():
    assert len(split("a\n" * 10_000)) == 2


def test_letters_with_marks_of_direction_begin_sentences():
    assert len(split("He came. \u200eShe left.")) == 2


def test_straight_quote_with_space_on_both_sides_closes_what_is_open():
    assert split('" He came. " She left.') == ['" He came. "', "She left."]


def test_straight_quote_with_space_on_both_sides_opens_what_is_not():
    assert split('He came. " She left. "') == ["He came.", '" She left. "']


def test_speaker_is_not_parted_from_the_words():
    assert split("Project Manager: Hello. Sit down.") == ["Project Manager: Hello.", "Sit down."]


# --- Kinds ----------------------------------------------------------------------------------------

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
def test_line_above_a_story_is_flagged(line, kind):
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
def test_line_that_may_be_content_is_not_flagged(line):
    assert set(kinds(f"{line}\n\n{STORY}")) == {"sentence"}


@pytest.mark.parametrize(
    "text", ["Council votes", "# Council votes", "# A\n\n# B", "* * *", "Read more", "| a | b |"]
)
def test_text_of_flagged_lines_only_keeps_its_candidates(text):
    assert set(kinds(text)) == {"sentence"}


def test_lines_without_stops_are_content_where_they_are_the_rule():
    assert set(kinds("great hotel\nGood food\nNice staff\nThe room was clean.\nGreat view\nBad wifi")) == {
        "sentence"
    }


def test_list_of_lines_without_stops_is_no_heading():
    assert set(kinds(f"Bridge to open\nMayor is glad\nCost is high\nTolls are planned\n\n{STORY}")) == {
        "sentence"
    }


def test_last_line_without_a_stop_is_no_heading():
    assert kinds(f"{STORY}\n\nThe mayor was glad")[-1] == "sentence"


def test_title_and_byline_are_flagged_together():
    assert kinds(f"Council votes\n\nBy Ann Lee\n\n{STORY}") == ["heading", "byline", "sentence", "sentence"]


def test_underlined_line_is_a_heading():
    assert kinds(f"Council votes\n=============\n{STORY}") == ["heading", "separator", "sentence", "sentence"]


def test_first_line_is_a_title_if_no_other_lacks_its_stop():
    assert kinds(f"Council votes\n{STORY}\nThe end is near.") == ["heading", *["sentence"] * 3]


def test_broken_off_line_is_no_heading():
    text = "The report was written by a committee of old experts who\n\nmet every week. Nobody read it."
    assert kinds(text) == ["sentence", "sentence"]


def test_numbered_heading_in_capitals_is_flagged_inside_a_paragraph():
    assert kinds("SEC. 2. DEFINITIONS. In this Act, a term is a term.") == ["heading", "sentence"]


def test_heading_in_small_letters_is_flagged_in_a_text_of_small_letters():
    text = "methods\n\nwe took ten mice and fed them. they grew quickly. the end was near."
    assert kinds(text) == ["heading", "sentence", "sentence", "sentence"]


def test_title_with_a_colon_is_a_heading():
    text = f"Bridge to the Northern Islands: Final Report\n\n{STORY}\n\n{STORY}"
    assert kinds(text)[0] == "heading"


def test_title_subtitle_and_first_heading_may_stand_together():
    text = f"Bridge to the islands\n\nPrepared for the council\n\nSummary\n\n{STORY}\n\n{STORY}\n\n{STORY}"
    assert kinds(text)[:4] == ["heading", "heading", "heading", "sentence"]


def test_names_below_the_title_are_a_byline():
    text = f"A bridge\n\nAnn Lee, Bob Stone and Cy Young, University of the Islands\n\n{STORY}\n\n{STORY}"
    assert kinds(text)[:2] == ["heading", "byline"]


def test_name_at_the_end_is_a_byline():
    assert kinds(f"{STORY}\n\nAnn Lee")[-1] == "byline"


def test_rows_set_with_spaces_are_a_table():
    rows = "Year          Cost      Trips\n2022          5 m       12\n2023          7 m       (19)"
    assert kinds(f"{STORY}\n\n{rows}\n\n{STORY}")[2:5] == ["table"] * 3


def test_long_caption_is_a_caption():
    line = (
        "Photo: "
        + "Firefighters wade along the canal after the old main broke on Sunday, " * 2
        + "flooding it."
    )
    assert kinds(f"{line}\n\n{STORY}")[0] == "caption"


def test_items_below_a_navigation_line_are_navigation():
    text = f"{STORY}\n\nRelated stories\n\n- Bridge delayed\n- Ferry sold"
    assert kinds(text)[2:] == ["navigation"] * 3


@pytest.mark.parametrize("line", ["mail@paper.example", "https://paper.example/bridge", "www.paper.example"])
def test_address_on_a_line_by_itself_is_navigation(line):
    assert kinds(f"{STORY}\n\n{line}")[-1] == "navigation"


@pytest.mark.parametrize("heading", ["References", "7. References", "## Literatur", "Список литературы"])
def test_references_are_flagged_below_their_heading(heading):
    text = f"{STORY}\n\n{heading}\n\nLee A (2019) Bridges. Annals 4: 1-9.\n\n[2] Stone B. Ferries.\n\n"
    assert kinds(text) == ["sentence", "sentence", "heading", *["reference"] * 3]


def test_word_references_in_running_text_flags_nothing():
    assert kinds(f"References\n\n{STORY}")[1:] == ["sentence", "sentence"]


def test_numbered_heading_is_not_joined_to_the_wrapped_paragraph_below_it():
    text = (
        "2.1 Study sites and treatments\nThe experiment was carried out near the town from May to the\n"
        "end of August, and from May to July in the second year. We put\nthe traps out at dusk and took"
        " them in at dawn on every night of\nthe week, and we\nthen counted."
    )
    assert split(text)[0] == "2.1 Study sites and treatments"


# --- Boundaries -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("language", "sentences"),
    [
        ("en", ["It is old.[4]", "It was built in 1931.[5][6]", "Nobody knows why.[7, 8]", "It stands."]),
        ("zh", ["它很老。[4]", "没有人知道。"]),
    ],
)
def test_number_of_a_note_belongs_to_the_sentence_before_it(language, sentences):
    assert split(("" if language == "zh" else " ").join(sentences), language) == sentences


def test_quote_behind_a_chinese_stop_opens_the_next_sentence():
    assert split("河床布满溶洞。“就像在奶酪上盖楼。”他说。", "zh") == [
        "河床布满溶洞。",
        "“就像在奶酪上盖楼。”",
        "他说。",
    ]


def test_unit_behind_a_number_may_end_a_sentence():
    assert split("It has a torque of 350 Nm. The gearbox is new.") == [
        "It has a torque of 350 Nm.",
        "The gearbox is new.",
    ]


def test_per_cent_may_end_a_sentence():
    assert len(split("The share was 24 per cent. Thirty people left.")) == 2


def test_bracket_with_an_abbreviation_does_not_end_a_sentence_before_a_small_letter():
    text = "The Act (15 U.S.C. 1631 et seq.) is amended by striking a word (see below.) and by adding one."
    assert split(text) == [text]


def test_line_broken_behind_an_abbreviation_carries_on():
    line = "the members of the committee wrote long reports on\nmany things that happened in the city and\n"
    text = (
        "In the year "
        + line * 4
        + "in the seventies (see also p.)\nthe post was held by an old man. He left."
    )
    assert split(text)[-2:][1] == "He left."
    assert "p.)\nthe post" in split(text)[-2]


# --- Every language -------------------------------------------------------------------------------


@pytest.mark.parametrize("code", sorted(LANGUAGES))
def test_every_language_splits_a_sample(code):
    samples = [case for case in CASES if case["language"] == code and "xfail" not in case]
    assert samples, f"tests/cases/segmentation.json has no case for {code}"
    assert any(split(case["text"], code) == case["sentences"] for case in samples)


def test_generic_language_splits_every_script():
    text = "One is here. Два здесь. 三在这里。四也在。 पाँच यहाँ है। छह भी। هل هذا سبعة؟ نعم."
    assert len(split_sentences(text, GENERIC)) == 8


def test_shuffled_words_never_break_the_partition():
    words = [word for case in CASES for word in case["text"].split()]
    random.Random(0).shuffle(words)
    text = " ".join(words)
    for code in ("en", "de", "ja", "th", "ur"):
        check_invariants(text, split_sentences(text, find_language(code)))
