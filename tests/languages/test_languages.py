"""The table of languages is complete and consistent."""

from __future__ import annotations

import importlib.resources

import pytest
import Stemmer
import stopwordsiso

from summarize.errors import UnknownNameError
from summarize.languages import GENERIC, LANGUAGES, find_language

SUMY = {
    "arabic", "chinese", "czech", "english", "french", "german", "greek", "hebrew", "italian", "japanese",
    "korean", "polish", "portuguese", "slovak", "spanish", "swedish", "thai", "ukrainian",
}  # fmt: skip
SNOWBALL = {
    "arabic", "armenian", "basque", "catalan", "czech", "danish", "dutch", "english", "esperanto", "estonian",
    "finnish", "french", "german", "greek", "hindi", "hungarian", "indonesian", "irish", "italian",
    "lithuanian", "nepali", "norwegian", "persian", "polish", "portuguese", "romanian", "russian", "serbian",
    "sesotho", "spanish", "swedish", "tamil", "turkish", "yiddish",
}  # fmt: skip
OTHERS = {
    "hindi",
    "vietnamese",
    "indonesian",
    "persian",
    "urdu",
    "bengali",
    "bulgarian",
    "croatian",
    "slovene",
}


@pytest.mark.parametrize("name", sorted(SUMY | SNOWBALL | OTHERS))
def test_language_is_in_the_table(name):
    assert find_language(name).name.lower() == name


@pytest.mark.parametrize("code", sorted(LANGUAGES))
def test_code_name_and_aliases_find_the_entry(code):
    entry = LANGUAGES[code]
    for name in (code, entry.name, entry.name.upper(), *entry.aliases, f"{code}-XX", f" {code}_xx "):
        assert find_language(name) is entry


@pytest.mark.parametrize("code", sorted(LANGUAGES))
def test_stop_words_exist_in_the_named_package(code):
    source, _, name = LANGUAGES[code].stop_words.partition(":")
    if source == "sumy":
        assert (importlib.resources.files("sumy") / "data" / "stopwords" / f"{name}.txt").is_file()
    elif source:
        assert source == "stopwordsiso"
        assert name in stopwordsiso.langs()


@pytest.mark.parametrize("code", sorted(LANGUAGES))
def test_stemmer_is_a_snowball_algorithm(code):
    assert LANGUAGES[code].stemmer in ("", *Stemmer.algorithms())


@pytest.mark.parametrize("code", sorted(LANGUAGES))
def test_script_is_an_iso_15924_code(code):
    assert len(LANGUAGES[code].script) == 4
    assert LANGUAGES[code].script.istitle()


def test_unknown_code_gets_the_generic_entry():
    entry = find_language("tlh")
    assert (entry.code, entry.stop_words, entry.stemmer) == ("tlh", "", "")
    assert entry.script == GENERIC.script


def test_unknown_name_raises_an_error_that_lists_known_names():
    with pytest.raises(UnknownNameError) as caught:
        find_language("klingon")
    assert caught.value.name == "klingon"
    assert "english" in caught.value.known


def test_names_and_aliases_are_unique():
    names = [
        name.lower() for entry in LANGUAGES.values() for name in (entry.code, entry.name, *entry.aliases)
    ]
    assert len(names) == len(set(names))


@pytest.mark.parametrize("code", sorted(LANGUAGES))
def test_openings_exist_if_and_only_if_the_entry_says_so(code):
    folder = importlib.resources.files("summarize") / "features" / "openings"
    assert (folder / f"{code}.txt").is_file() == LANGUAGES[code].openings
