"""Quotations, lead-ins and crumbs are found."""

from __future__ import annotations

import pytest

from summarize.document import Document
from summarize.pipeline import segment
from summarize.selectors.fragments import Crumbs, Fragments

FLOOD = "The river rose by two metres in the night"
DAM = "Then the old dam above the village broke"


def list_torn(document: Document) -> list[int]:
    fragments = Fragments(document)
    return [i for i in range(len(document)) if fragments.is_torn(i)]


@pytest.mark.parametrize(
    ("opening", "closing", "language"),
    [
        ('"', '"', "en"),
        ("“", "”", "en"),
        ("'", "'", "en"),
        ("‘", "’", "en"),
        ("„", "“", "de"),
        ("»", "«", "de"),
        ("« ", " »", "fr"),
        ("«", "»", "ru"),
        ("„", "”", "pl"),
        ("”", "”", "sv"),
    ],
)
def test_quotation_over_two_sentences_is_a_unit(opening, closing, language):
    text = (
        f"The baker of the village told us a story. {opening}{FLOOD}. {DAM},{closing} said the baker of it."
    )
    document = segment(text, language=language)
    assert list_torn(document) == [1, 2]
    assert Fragments(document).find_unit(1) == range(1, 3)


def test_quotation_in_brackets_over_two_sentences_is_a_unit():
    document = segment(
        "村长讲了一个故事。「昨天夜里河水涨了两米。后来村子上面的旧水坝也垮了」，他说。", language="zh"
    )
    assert Fragments(document).find_unit(0) is None


@pytest.mark.parametrize(
    "text",
    [
        f'{FLOOD}. "{DAM}," said the baker.',
        f"{FLOOD}. The boys' boat and the girls' cart don't float. {DAM}.",
        f'{FLOOD}. It covers a 27" screen on the wall of the shop. {DAM}.',
        f"{FLOOD}. It was worse in the ’90s than it’s today, say the farmers’ wives. {DAM}.",
        f"{FLOOD}. The “dam” was a “wall of sand”, they say. {DAM}.",
    ],
)
def test_closed_quotation_and_apostrophes_tear_nothing(text):
    assert list_torn(segment(text, language="en")) == []


@pytest.mark.parametrize(
    ("text", "torn"),
    [
        (f"{FLOOD}. {DAM},” said the baker of the village.", [1]),
        (f"{FLOOD}. “{DAM}, said the baker of the village.", [1]),
    ],
)
def test_mark_without_a_partner_tears_its_sentence(text, torn):
    assert list_torn(segment(text, language="en")) == torn


def test_sentence_that_ends_in_a_colon_leads_to_what_follows():
    document = segment(f"The baker of the village also said: {FLOOD}. {DAM}.", language="en")
    assert 0 in Fragments(document).led or len(document) == 2


def test_list_after_a_colon_is_a_unit():
    document = segment(f"The baker named the reasons:\n\n- Old dams\n- More rain\n\n{FLOOD}.", language="en")
    assert Fragments(document).find_unit(0) == range(3)


def test_short_lines_of_a_poem_are_no_crumbs():
    document = segment("The snow falls.\nThe fire burns.\nThe night comes.\nWe sleep.", language="en")
    assert [i for i in range(len(document)) if i in Crumbs(document)] == []


def test_marks_of_a_list_are_no_words():
    document = segment(f"{FLOOD}. {DAM}.\n\n- the old mill\n", language="en")
    assert 2 in Crumbs(document)


def test_a_million_marks_are_matched_in_linear_time():
    document = segment('"a ' * 200_000, language="en")
    assert Fragments(document).find_unit(0) is None
