"""Word lists are well formed, and each belongs to a language."""

from __future__ import annotations

from pathlib import Path

import pytest

import summarize
from summarize.languages import LANGUAGES
from summarize.segmentation.rules import choose_candidate, load_rules

WORD_LISTS = Path(summarize.__path__[0]) / "segmentation" / "data"


@pytest.mark.parametrize("code", sorted(LANGUAGES))
def test_rules_of_every_language_load(code):
    rules = load_rules(LANGUAGES[code])
    assert rules.roles
    assert all(word == word.lower() for word in rules.starters)


@pytest.mark.parametrize("code", ["en", "el", "hy", "am"])
@pytest.mark.parametrize(
    "text",
    [
        "It rained. Why?! He said \"no.\" (Yes.) So:) It is old.[4] Wash it.<br>Dry it;) 'Wait...' a.b c",
        "“Is it ‘old’?” he asked… “Yes.”* It is.¹ « Non. » Et « oui ! » – so: ‹a›. It’s 3.5 € (or £3.)",
        "“It is old.”\u200b It is.⁴ 他说。雨。她说「好。」 वह था। Он ушёл… «Да!» Ну; да\u037e ok ፡ a: b。c",
        "It rained 😊 so 👍 we left. 🎉🎉 Fine ☀ now. “No.” 楽しかった😊また行きたい。",
    ],
)
def test_the_chosen_pattern_matches_where_the_general_one_does(code, text):
    rules = load_rules(LANGUAGES[code])
    for begin in range(len(text)):
        chosen = choose_candidate(text[begin:], rules).finditer(text[begin:])
        general = rules.candidate.finditer(text[begin:])
        assert [match.regs for match in chosen] == [match.regs for match in general]


def test_every_word_list_belongs_to_a_language():
    used = {entry.segmentation for entry in LANGUAGES.values()} | {"und"}
    assert {path.stem for path in WORD_LISTS.glob("*.txt")} == used - {""}


@pytest.mark.parametrize("path", sorted(WORD_LISTS.glob("*.txt")), ids=lambda path: path.stem)
def test_word_list_has_only_known_sections(path):
    known = {
        "never", "before-number", "suffixes", "may-end", "ends", "starters", "finals", "openings", "by",
        "navigation", "byline", "caption", "references", "fillers", "labels", "unfinished",
        "said", "letters", "clauses",
    }  # fmt: skip
    lines = path.read_text(encoding="utf-8").splitlines()
    found = [line[1:-1] for line in lines if line.startswith("[") and line.endswith("]")]
    assert set(found) <= known
    assert len(found) == len(set(found))


@pytest.mark.parametrize("path", sorted(WORD_LISTS.glob("*.txt")), ids=lambda path: path.stem)
def test_listed_words_have_no_final_period(path):
    lines = path.read_text(encoding="utf-8").splitlines()
    section = ""
    for line in lines:
        if line.startswith("[") and line.endswith("]"):
            section = line[1:-1]
        elif section in ("never", "before-number", "may-end", "ends"):
            assert not [word for word in line.split() if word.endswith(".")]
