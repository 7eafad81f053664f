"""Sentences partition any text, in linear time, in every language."""

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
    "a   b\n", ".[1]", ".[1] ", "a@b.", "@", "@a", "_", "*", "/", "=", "…", "”",
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


def case_of(case: dict[str, str]) -> object:
    marks = [pytest.mark.xfail(reason=case["xfail"], strict=True)] if "xfail" in case else []
    return pytest.param(case, id=f"{case['language']}-{case['text'][:30]!r}", marks=marks)


@pytest.mark.parametrize("case", [case_of(case) for case in CASES])
def test_case_is_split_as_recorded(case):
    language = GENERIC if case["language"] == "und" else find_language(case["language"])
    assert [sentence.text for sentence in split_sentences(case["text"], language)] == case["sentences"]


def test_cases_cover_at_least_twenty_languages():
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
def test_splitting_is_deterministic(text):
    assert split_sentences(text, ENGLISH) == split_sentences(text, ENGLISH)


@pytest.mark.parametrize("unit", HARD_UNITS, ids=repr)
def test_repeated_hard_unit_is_partitioned(unit):
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
def test_number_of_steps_is_linear_in_the_text(unit):
    small = unit * (12_000 // len(unit))
    split_sentences(small, ENGLISH)
    assert count_steps(small * 4, ENGLISH) < 4.4 * count_steps(small, ENGLISH) + 500


@pytest.mark.slow
@pytest.mark.parametrize("language", ["en", "th"])
@pytest.mark.parametrize("unit", HARD_UNITS, ids=repr)
def test_quarter_megabyte_of_any_unit_is_split_in_linear_time(unit, language):
    # A regular expression that needs quadratic time would take minutes here.
    text = unit * (250_000 // len(unit))
    assert sum(len(sentence.text) for sentence in split_sentences(text, find_language(language))) <= len(text)


def test_long_sentence_is_split_after_a_semicolon():
    text = ("(word) " * 900 + "and, so on; ") * 3
    assert all(piece.endswith(";") for piece in split(text))


def test_long_sentence_without_semicolons_is_split_after_a_comma():
    text = ("(word) " * 900 + "and so on, ") * 3
    assert all(piece.endswith(",") for piece in split(text))


def test_long_sentence_without_clauses_is_split_at_white_space():
    assert [len(piece) for piece in split("(word) " * 2000)] == [9_995, 4_003]


def test_long_word_is_split_at_the_maximum_length():
    assert [len(piece) for piece in split("x" * 25_000)] == [10_000, 10_000, 5_000]


def test_sentence_of_a_thousand_words_stays_whole():
    assert len(split("(word) " * 1000 + "end. Next one.")) == 2


def test_words_without_punctuation_are_cut_before_clauses():
    said = "the weir was old and nobody knew who had built it but the miller said that it was his "
    pieces = split(said * 6)
    assert " ".join(pieces) == (said * 6).strip()
    assert all(piece.startswith(("the weir", "and nobody", "but the")) for piece in pieces)
    assert max(len(piece.split()) for piece in pieces) <= 38


def test_words_without_punctuation_are_cut_at_line_ends():
    said = "weir gate wheel mill sluice pond brook ford bridge bank\n"
    assert set(split(said * 9)) == {said.strip()}


@pytest.mark.parametrize("code", sorted(LANGUAGES))
def test_every_language_has_a_case_that_passes(code):
    samples = [case for case in CASES if case["language"] == code and "xfail" not in case]
    assert samples, f"tests/cases/segmentation.json has no case for {code}"
    assert any(split(case["text"], code) == case["sentences"] for case in samples)


def test_generic_language_splits_sentences_of_every_script():
    text = "One is here. Два здесь. 三在这里。四也在。 पाँच यहाँ है। छह भी। هل هذا سبعة؟ نعم."
    assert len(split_sentences(text, GENERIC)) == 8


def test_shuffled_words_are_partitioned():
    words = [word for case in CASES for word in case["text"].split()]
    random.Random(0).shuffle(words)
    text = " ".join(words)
    for code in ("en", "de", "ja", "th", "ur"):
        check_invariants(text, split_sentences(text, find_language(code)))
