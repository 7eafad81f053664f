"""Where a cheap test comes before a pattern, it admits whatever the pattern matches."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summarize.segmentation import block_kinds, furniture, markup, sentences, title_pages


def has_digit(text: str) -> bool:
    return any(map(str.isdecimal, text))


@pytest.mark.parametrize(
    ("pattern", "may_match"),
    [
        (block_kinds._PAGE_NUMBER, lambda text: has_digit("".join(text.split(None, 3)[:3]))),
        (furniture._PAGE_NUMBER, lambda text: len(text) <= furniture._MAX_PAGE_NUMBER),
        (furniture._PAGE_FOOTER, lambda text: text[-1] == "]"),
        (markup._HEADING_MARKS, lambda text: any(map(text.__contains__, "#=*\n"))),
        (title_pages._DATE, has_digit),
        (title_pages._MAIL, lambda text: any(map(text.__contains__, title_pages._MAIL_SIGNS))),
        (title_pages._STOP, lambda text: not title_pages._STOP_SIGNS.isdisjoint(text)),
        (title_pages._LABEL, lambda text: ":" in text),
    ],
    ids=["page number", "numbered page", "page footer", "heading", "date", "mail", "stop", "label"],
)
def test_a_cheap_test_admits_what_the_pattern_matches(pattern, may_match):
    @given(st.from_regex(pattern.pattern.removesuffix(r"\Z"), fullmatch=True))
    def admits(text):
        assert not pattern.fullmatch(text) or may_match(text)

    admits()


@given(st.from_regex(rf"\s?(?:{sentences._LABEL.pattern})") | st.text("• #*.)(iIxV٣1a\n", max_size=12))
def test_a_label_is_matched_as_by_its_pattern(text):
    for start in range(min(len(text), 3)):
        expected = sentences._LABEL.match(text, start)
        found = sentences._match_label(text, start, len(text))
        assert (found and found.span()) == (expected and expected.span())


@given(
    st.from_regex(block_kinds._NAMES.pattern.replace(r"\w+", "(?:By|by|From|Bye)", 1), fullmatch=True)
    | st.text("ByAnLe é:,1\n", min_size=1, max_size=20)
)
def test_the_word_before_names_is_the_first_word(text):
    word = text.split(None, 1)[:1]
    names = block_kinds._NAMES.match(text)
    assert not names or text.startswith(word[0]) and names[0].split(None, 1)[0] == word[0]
