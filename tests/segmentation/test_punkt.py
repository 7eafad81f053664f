"""Punkt finds the boundaries; blocks and kinds are the same as with the rules."""

from __future__ import annotations

import pytest

from summarize.languages import find_language
from summarize.segmentation import punkt
from summarize.segmentation.sentences import split_sentences

ENGLISH = find_language("en")
STORY = "Council votes\n\nMr. Smith spoke. He was brief.\n\nRead more: the minutes"


def split(text, language="en"):
    return [sentence.text for sentence in punkt.split_sentences_punkt(text, find_language(language))]


@pytest.fixture
def no_models(monkeypatch):
    def find(name):
        raise LookupError(name)

    monkeypatch.setattr(punkt, "find", find)


@pytest.mark.usefixtures("no_models")
def test_punkt_without_a_model_knows_no_abbreviations():
    assert split("Mr. Smith spoke. He was brief.") == ["Mr.", "Smith spoke.", "He was brief."]


@pytest.mark.usefixtures("no_models")
def test_abbreviations_are_learned_from_a_long_text():
    text = (
        "We saw qrs. Miller and qrs. Brown there. They met qrs. Jones near the bridge by the sea. "
        "The old bridge there is near. The sea is old. " * 800
    )
    assert len(text) >= 100_000
    assert split(text)[0] == "We saw qrs. Miller and qrs. Brown there."


def test_installed_model_is_used(monkeypatch):
    def load(directory):
        assert directory == "here"
        parameters = punkt.PunktParameters()
        parameters.abbrev_types = {"mr"}
        return parameters

    monkeypatch.setattr(
        punkt, "find", lambda name: "here" if name == "tokenizers/punkt_tab/english/" else None
    )
    monkeypatch.setattr(punkt, "load_punkt_params", load)
    assert split("Mr. Smith spoke. He was brief.") == ["Mr. Smith spoke.", "He was brief."]


@pytest.mark.usefixtures("no_models")
def test_blocks_and_kinds_match_the_rules():
    ours = split_sentences(STORY, ENGLISH)
    theirs = punkt.split_sentences_punkt(STORY, ENGLISH)
    assert [s.kind for s in theirs if s.kind != "sentence"] == [s.kind for s in ours if s.kind != "sentence"]
    assert {s.paragraph for s in theirs} == {s.paragraph for s in ours}


@pytest.mark.usefixtures("no_models")
def test_terminators_of_the_language_end_sentences():
    assert len(split("यह है। वह था।", "hi")) == 2
    assert len(split("Τι ώρα είναι; Είναι τρεις.", "el")) == 2
