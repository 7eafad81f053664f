"""Facts about the table of languages."""

from __future__ import annotations

import importlib.resources
from pathlib import Path

import pytest
import Stemmer
import stopwordsiso

import summarize
from summarize.errors import UnknownNameError
from summarize.languages import GENERIC, LANGUAGES, find_language
from summarize.segmentation.rules import load_rules

WORD_LISTS = Path(summarize.__path__[0]) / "segmentation" / "data"
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
def test_stop_words_exist_where_the_entry_says(code):
    source, _, name = LANGUAGES[code].stop_words.partition(":")
    if source == "sumy":
        assert (importlib.resources.files("sumy") / "data" / "stopwords" / f"{name}.txt").is_file()
    elif source:
        assert source == "stopwordsiso"
        assert name in stopwordsiso.langs()


@pytest.mark.parametrize("code", sorted(LANGUAGES))
def test_stemmer_is_one_of_snowball(code):
    assert LANGUAGES[code].stemmer in ("", *Stemmer.algorithms())


@pytest.mark.parametrize("code", sorted(LANGUAGES))
def test_script_is_an_iso_15924_code(code):
    assert len(LANGUAGES[code].script) == 4
    assert LANGUAGES[code].script.istitle()


@pytest.mark.parametrize("code", sorted(LANGUAGES))
def test_word_list_of_every_language_can_be_read(code):
    rules = load_rules(LANGUAGES[code])
    assert rules.roles
    assert all(word == word.lower() for word in rules.starters)


def test_every_word_list_belongs_to_a_language():
    used = {entry.segmentation for entry in LANGUAGES.values()} | {"und"}
    assert {path.stem for path in WORD_LISTS.glob("*.txt")} == used - {""}


@pytest.mark.parametrize("path", sorted(WORD_LISTS.glob("*.txt")), ids=lambda path: path.stem)
def test_word_list_has_known_sections_only(path):
    known = {
        "never", "before-number", "suffixes", "may-end", "ends", "starters", "finals", "openings", "by",
        "navigation", "byline", "caption", "references",
    }  # fmt: skip
    lines = path.read_text(encoding="utf-8").splitlines()
    found = [line[1:-1] for line in lines if line.startswith("[") and line.endswith("]")]
    assert set(found) <= known
    assert len(found) == len(set(found))


@pytest.mark.parametrize("path", sorted(WORD_LISTS.glob("*.txt")), ids=lambda path: path.stem)
def test_words_of_a_list_have_no_stop_at_the_end(path):
    lines = path.read_text(encoding="utf-8").splitlines()
    section = ""
    for line in lines:
        if line.startswith("[") and line.endswith("]"):
            section = line[1:-1]
        elif section in ("never", "before-number", "may-end", "ends", "starters"):
            assert not [word for word in line.split() if word.endswith(".")]


def test_unknown_code_is_served_by_the_generic_entry():
    entry = find_language("tlh")
    assert (entry.code, entry.stop_words, entry.stemmer) == ("tlh", "", "")
    assert entry.script == GENERIC.script


def test_unknown_name_is_an_error_that_lists_the_known():
    with pytest.raises(UnknownNameError) as caught:
        find_language("klingon")
    assert caught.value.name == "klingon"
    assert "english" in caught.value.known


def test_aliases_are_not_shared():
    names = [
        name.lower() for entry in LANGUAGES.values() for name in (entry.code, entry.name, *entry.aliases)
    ]
    assert len(names) == len(set(names))
