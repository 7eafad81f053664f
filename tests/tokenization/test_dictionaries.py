"""Words of scripts without spaces are found by a dictionary, or else as pairs of letters."""

from __future__ import annotations

import pytest

from summarize.languages import LANGUAGES, find_language
from summarize.tokenization import dictionaries
from summarize.tokenization.dictionaries import find_bigrams, load_dictionary


def test_runs_of_letters_are_split_into_pairs():
    assert find_bigrams("北京大学的gpu") == ["北京", "京大", "大学", "gpu"]


@pytest.mark.parametrize("code", sorted(code for code in LANGUAGES if LANGUAGES[code].dictionary))
def test_missing_package_falls_back_to_bigrams(code, monkeypatch):
    monkeypatch.setattr(dictionaries, "_is_installed", lambda *packages: False)
    assert load_dictionary(LANGUAGES[code]) == (find_bigrams, "bigrams")


@pytest.mark.parametrize("code", sorted(code for code in LANGUAGES if LANGUAGES[code].dictionary))
def test_broken_package_falls_back_to_bigrams(code, monkeypatch):
    def fail():
        raise RuntimeError("the dictionary is missing")

    monkeypatch.setitem(dictionaries._LOADERS, LANGUAGES[code].dictionary, fail)
    assert load_dictionary(LANGUAGES[code]) == (find_bigrams, "bigrams")


@pytest.mark.parametrize("code", sorted(code for code in LANGUAGES if LANGUAGES[code].dictionary))
def test_dictionary_gives_its_name_to_the_tokenizer(code, monkeypatch):
    name = LANGUAGES[code].dictionary
    monkeypatch.setitem(dictionaries._LOADERS, name, lambda: str.split)
    assert load_dictionary(LANGUAGES[code]) == (str.split, name)


def test_language_without_a_dictionary_uses_bigrams():
    assert load_dictionary(find_language("km")) == (find_bigrams, "bigrams")
