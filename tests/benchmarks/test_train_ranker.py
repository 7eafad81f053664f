"""Teaching the learned ranker: the words that people keep, and the whole way from a corpus to weights."""

from __future__ import annotations

import json

import numpy as np
import pytest

from benchmarks import ranker_network, ranker_words, train_ranker
from benchmarks.ranker_data import Lesson
from benchmarks.ranker_words import SHRINKAGE, WordTeacher, format_words, use_words
from summarize import evidence, segment
from summarize.evidence import COLUMNS, KEPT_WORDS
from summarize.rankers.learned import unpack

TEXT = "Parrots build nests. Dogs bark at night. Parrots eat fruit."


def make_lesson(corpus: str, number: int, text: str = TEXT) -> Lesson:
    document = segment(text, language="en")
    n = len(document)
    return Lesson(
        corpus,
        number,
        document,
        np.zeros((n, len(COLUMNS))),
        np.zeros(n, np.float32),
        np.ones(n, bool),
        [],
        [],
    )


def reward_parrots(lesson: Lesson) -> np.ndarray:
    return np.array([1.0 if "Parrots" in s.text else -0.5 for s in lesson.document.sentences])


@pytest.fixture
def teacher(monkeypatch):
    monkeypatch.setattr(ranker_words, "FEWEST_DOCUMENTS", 2)
    lessons = [make_lesson("birds", k) for k in range(4)] + [
        make_lesson("dogs", 0, "Dogs bark at night.")
    ] * 1
    return WordTeacher(lessons, reward_parrots)


def test_the_weight_of_a_word_is_the_mean_surplus_drawn_towards_nothing(teacher):
    words = teacher.words()["en"]
    # Eight sentences have parrots, each 1 above; five have dogs, each a half below.
    assert words["parrot"] == pytest.approx(8 / (8 + SHRINKAGE), abs=0.005)
    assert words["dog"] == pytest.approx(-2.5 / (5 + SHRINKAGE), abs=0.005)


def test_a_lesson_is_not_taught_with_what_it_says_itself(teacher):
    best = 2 + KEPT_WORDS.start
    lessons = [make_lesson("birds", number) for number in range(4)]
    # Two of eight sentences with parrots are its own; or all are, where its corpus is left out.
    assert {teacher.fill_in(lesson)[0, best] for lesson in lessons} <= {round(6 / (6 + SHRINKAGE), 2), 0}
    assert use_words(lessons[0], teacher.words())[0, best] == round(8 / (8 + SHRINKAGE), 2)


def test_in_some_lessons_their_whole_corpus_is_left_out(teacher):
    totals = [abs(teacher.fill_in(make_lesson("birds", number))[:, KEPT_WORDS]).sum() for number in range(40)]
    assert 0 in totals
    assert max(totals) > 0


def test_a_document_that_was_not_taught_gets_the_words_as_they_are(teacher):
    words = teacher.words()
    filled = use_words(make_lesson("new", 0), words)[:, KEPT_WORDS]
    assert filled[1, 2] == 0 and filled[1, 3] == words["en"]["dog"]


def test_the_file_of_words_is_read_as_it_was_written(teacher, tmp_path, monkeypatch):
    words = teacher.words() | {"de": {"hund": -0.25}}
    path = tmp_path / "words.txt"
    path.write_text(format_words(words), encoding="utf-8")
    monkeypatch.setattr(evidence, "_WORDS", str(path))
    read = evidence.load_words.__wrapped__
    assert {language: read(language) for language in words} == words
    assert read("fr") == {}


def test_a_corpus_becomes_weights_and_the_same_ones_again(tmp_path):
    draw = np.random.default_rng(0)
    topics = [
        "parrots",
        "dogs",
        "ships",
        "rivers",
        "bridges",
        "mayors",
        "nurses",
        "farmers",
        "trains",
        "towers",
    ]
    path = tmp_path / "made.en.jsonl"
    with path.open("w", encoding="utf-8") as file:
        for k in range(20):
            picked = draw.permutation(topics).tolist()
            text = " ".join(
                f"The {a} came to see the {b} in town {k}." for a, b in zip(picked, picked[1:], strict=False)
            )
            reference = f"The {picked[0]} came to see the {picked[1]}."
            file.write(json.dumps({"id": str(k), "document": text, "references": [reference]}) + "\n")
    tables = []
    for name in ("one", "two"):
        assert train_ranker.main([str(path), "--no-tables", "--results", str(tmp_path / name)]) == 0
        tables.append(np.load(tmp_path / name / "weights.npy"))
        assert (tmp_path / name / "words.txt").exists()
    np.testing.assert_array_equal(*tables)
    network = unpack(tables[0])
    assert network.hidden.shape == (2 * len(COLUMNS), ranker_network.NETWORKS * ranker_network.HIDDEN)
    assert all(np.isfinite(part).all() for part in network)
