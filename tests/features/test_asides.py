"""Captions, calls to the reader, questions and lines without an end are asides, if a text has few."""

from __future__ import annotations

import pytest

from summarize import segment, summarize
from summarize.features.asides import find_asides, load_pointers

STORY = (
    "The old bridge over the river fell down on Monday night. Nobody was on it when the middle pillar broke. "
    "The county will build a new bridge within two years. It pays eleven million crowns for the work."
)
GERMAN = (
    "Die alte Brücke über den Fluss ist in der Nacht eingestürzt. Niemand war darauf, als der Pfeiler brach. "
    "Der Kreis baut in zwei Jahren eine neue Brücke. Er zahlt dafür elf Millionen Kronen."
)


@pytest.mark.parametrize(
    ("text", "aside"),
    [
        (STORY, "In the water: The crane lifts a beam out of the river."),
        (STORY, "Workers (left) and the mayor look at what is left of it."),
        (STORY, "The bridge is seen here in a file photo from last year."),
        (STORY, "Click here for more stories about the bridge and the river."),
        (STORY, "All plans of the new bridge are at https://bridge.example/plans."),
        (STORY, "Who will pay for the ferry while the bridge is built?"),
        (GERMAN, "Der Kran (links) hebt einen Träger aus dem Fluss."),
        (GERMAN, "Lesen Sie auch, wie die Fähre den Verkehr bewältigt."),
    ],
)
def test_aside_is_found(text: str, aside: str) -> None:
    document = segment(f"{text}\n\n{aside}\n\n{text.replace('Monday', 'Sunday').replace('Nacht', 'Früh')}")
    assert [document.sentences[i].printed for i in find_asides(document)] == [aside]


@pytest.mark.parametrize(
    "sentence",
    [
        "The left bank of the river is higher than the right one.",
        "The mayor said: everybody knew that the bridge was old.",
        "Ten photos hang in the town hall.",
        "He clicked here and there until the page opened.",
    ],
)
def test_sentence_is_no_aside(sentence: str) -> None:
    assert find_asides(segment(f"{STORY} {sentence}")) == []


def test_line_without_an_end_is_an_aside() -> None:
    document = segment(f"{STORY}\n\nThe mayor was on the ferry with her")
    assert find_asides(document) == [4]


def test_questions_are_no_asides_in_a_list_of_questions() -> None:
    text = "Who pays for it? The county does. When is it built? It takes two years. Where is it? In Brandle."
    assert find_asides(segment(text)) == []


def test_entries_of_contents_are_asides() -> None:
    text = (
        f"{STORY}\n\nSec. 1. Short title of this act. Sec. 2. Repeal of the credit for ferries. "
        "Sec. 3. Extension of the grants."
    )
    document = segment(text)
    assert {document.sentences[i].printed[:4] for i in find_asides(document)} == {"Sec."}


@pytest.mark.parametrize("ranker", ["learned", "lead", "textrank", "lsa"])
def test_asides_do_not_fill_a_length_in_words(ranker: str) -> None:
    text = f"Click here to read about the bridge in our archive.\n\n{STORY}"
    assert "Click here" not in str(summarize(text, length="60 words", ranker=ranker))


def test_pointers_are_in_lower_case() -> None:
    for code in ("de", "en", "es", "fr", "it", "ja", "nl", "pl", "pt", "ru", "vi", "zh"):
        pointers = load_pointers(code)
        phrases = [*pointers.pictures, *(phrase for calls in pointers.calls.values() for phrase in calls)]
        assert phrases
        assert phrases == [phrase.lower() for phrase in phrases]
    assert load_pointers("fi").pictures == ()
