"""Dangling sentences are found by their first words."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summarize.features.dangling import (
    find_dangling_starts,
    is_dangling_start,
    knows_openings,
    refers_back,
)

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
def test_batch_agrees_with_single_sentences(language: str, sentences: list[str]) -> None:
    expected = [is_dangling_start(sentence, language) for sentence in sentences]
    assert find_dangling_starts(sentences, language) == expected


@pytest.mark.parametrize(
    ("sentence", "language"),
    [("But he said no.", "en"), ("“He left.”", "en"), ("Aber er ging.", "de"), ("但是他走了。", "zh")],
)
def test_sentence_that_opens_with_a_pronoun_or_connective_is_dangling(sentence: str, language: str) -> None:
    assert is_dangling_start(sentence, language)


@pytest.mark.parametrize(
    ("sentence", "language"),
    [("This week the council said no.", "en"), ("Butter is cheap.", "en"), ("", "en"), ("But no.", "und")],
)
def test_other_sentence_is_not_dangling(sentence: str, language: str) -> None:
    assert not is_dangling_start(sentence, language)


def test_unknown_language_has_no_openings() -> None:
    assert not knows_openings("und")


@pytest.mark.parametrize(
    ("sentence", "language"),
    [
        ("The owners of these mills refused to pay.", "en"),
        ("Under such rules nobody may fish here.", "en"),
        ("Lind, however, wants to sell.", "en"),
        ("Lind voted against it, too.", "en"),
        ("Most villagers preferred the latter.", "en"),
        ("Die Eigentümer dieser Mühlen weigerten sich.", "de"),
        ("Le maire, en revanche, refuse.", "fr"),
        ("El alcalde, sin embargo, se niega.", "es"),
        ("Il sindaco, tuttavia, rifiuta.", "it"),
        ("De eigenaren van deze molens weigeren.", "nl"),
        ("O prefeito, no entanto, recusa.", "pt"),
        ("Мэр, однако, отказался.", "ru"),
        ("市长说这些桥必须重建。", "zh"),
        ("市長はこれらの橋を直すと述べた。", "ja"),
    ],
)
def test_reference_inside_a_sentence_is_found(sentence: str, language: str) -> None:
    assert refers_back(sentence, language)


@pytest.mark.parametrize(
    ("sentence", "language"),
    [
        ("Both Britain and France agreed.", "en"),
        ("Countries such as Spain agreed.", "en"),
        ("Farmers, those who own land, pay.", "en"),
        ("To address these problems, we drain the field.", "en"),
        ("The former mayor of the town spoke.", "en"),
        ("The mayor eats fruit, for example, apples.", "en"),
        ("The mayor wants a new bridge.", "en"),
        ("In diesem Jahr stieg der Fluss.", "de"),
        ("Le maire a refusé cette semaine de payer.", "fr"),
        ("政府应该重建桥梁。", "zh"),
        ("These are ours.", "und"),
    ],
)
def test_sentence_that_explains_itself_refers_to_nothing(sentence: str, language: str) -> None:
    assert not refers_back(sentence, language)
