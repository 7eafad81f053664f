"""What all selectors have in common: whole sentences first, turns, queries."""

from __future__ import annotations

import pytest

from summarize import summarize, summarize_merged
from summarize.selectors import SELECTORS

COUNCIL = "The council of the town has decided to build a new bridge over the river."
MILLS = "Two old mills on the northern bank will be turned into flats for families."
MONEY = "The county pays half of the eleven million crowns that the work will cost."
CRUMBED = f"{COUNCIL} And today? {MILLS} Share this. {MONEY} More soon."
SPEECH = (
    'The minister spoke for an hour. "If you count the storms of the year, there were nine. '
    'If you count the floods, there were ninety," she said. She wants a law before her term ends. '
    "The farmers call that a dream."
)


@pytest.mark.parametrize("selector", SELECTORS)
def test_room_in_words_is_not_filled_with_crumbs(selector):
    summary = summarize(CRUMBED, length="60 words", selector=selector, language="en")
    assert [s.text for s in summary.sentences] == [COUNCIL, MILLS, MONEY]


@pytest.mark.parametrize("selector", SELECTORS)
def test_number_of_sentences_is_reached_with_crumbs_last(selector):
    turns = summarize(CRUMBED, length=5, selector=selector, language="en").turns
    assert len(turns) == 5
    assert set(turns[:3]) == {0, 2, 4}


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Are you there? Yes, I am. Bring some milk. Will do. And bread? Of course.", "en"),
        ("- red apples\n- green pears\n- blue plums\n", "en"),
        ("猫が鳴く。犬も鳴く。雨が降る。", "ja"),
        ("下雨了。他走了。门开了。", "zh"),
    ],
)
def test_text_of_short_sentences_has_a_summary(text, language):
    assert summarize(text, length="9 words", language=language).n_words > 0


@pytest.mark.parametrize("selector", SELECTORS)
@pytest.mark.parametrize("length", [1, 2, "30 words"])
def test_quotation_is_not_torn(selector, length):
    chosen = set(summarize(SPEECH, length=length, selector=selector, language="en").indices)
    assert (1 in chosen) == (2 in chosen)


def test_lead_in_is_not_chosen_without_its_items():
    items = "- Old piers\n- More carts"
    text = f"{COUNCIL} The mayor of the town named these reasons:\n\n{items}\n\n{MILLS} {MONEY}"
    assert "reasons:" not in str(summarize(text, length="60 words", language="en"))


@pytest.mark.parametrize("ranker", ["learned", "ensemble"])
def test_long_text_is_summarized_from_all_of_it(ranker):
    names = ["Peter", "Mina", "Jonas", "Maud", "Sven", "Britta", "Olaf"]
    things = ["boat", "mill", "bridge", "horse", "letter", "garden", "lamp", "coat", "clock"]
    text = " ".join(
        f"{names[i % 7]} found the {things[i % 9]} of the {things[i * i % 8]} on day {i}."
        for i in range(2400)
    )
    indices = summarize(text, length=10, ranker=ranker, language="en").indices
    assert sum(i >= 480 for i in indices) >= 6


def test_ranking_from_the_start_of_a_long_text_is_left_alone():
    text = " ".join(f"The boat of Peter was found on day {i}." for i in range(1600))
    assert summarize(text, length=3, ranker="lead", language="en").indices == (0, 1, 2)


@pytest.mark.parametrize("n", [2, 3, 4])
@pytest.mark.parametrize("selector", SELECTORS)
def test_each_of_several_texts_has_a_turn(selector, n):
    texts = [
        f"{COUNCIL} {MILLS} {MONEY}",
        "The school has moved into the custom house. It has a garden there now.",
    ]
    summary = summarize_merged(texts, length=n, selector=selector, language="en")
    assert {source for source, _ in summary.by_source} == {"1", "2"}


@pytest.mark.parametrize("selector", SELECTORS)
def test_only_sentences_about_the_query_are_chosen(selector):
    summary = summarize(f"{COUNCIL} {MILLS} {MONEY}", query="mills", selector=selector, language="en")
    assert [s.text for s in summary.sentences] == [MILLS]


REPLY = """On Mon, 1 Jun 2009, Dora Lind wrote:
> Can the old pump driver be removed now that nobody builds it?

I would keep the driver until the spring. Two of our customers still run boards that need it.
"""


def test_what_a_mail_quotes_comes_last() -> None:
    own = ["I would keep the driver until the spring.", "Two of our customers still run boards that need it."]
    quoted = "Can the old pump driver be removed now that nobody builds it?"
    assert [str(s) for s in summarize(REPLY, length=2).sentences] == own
    assert [str(s) for s in summarize(REPLY, length=3).sentences] == [quoted, *own]
    assert quoted not in str(summarize(REPLY, length="40 words"))
