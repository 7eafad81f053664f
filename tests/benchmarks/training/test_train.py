"""Teaching the learned ranker: the words that people keep, and the whole way from a corpus to weights."""

from __future__ import annotations

import json

import numpy as np
import pytest

from benchmarks.training import network as ranker_network
from benchmarks.training import train as train_ranker
from benchmarks.training import words as ranker_words
from benchmarks.training.examples import Lesson
from benchmarks.training.words import SHRINKAGE, WordTeacher, format_words, use_words
from summarize import segment
from summarize.rankers.learned import lexicon as kept_words
from summarize.rankers.learned import unpack
from summarize.rankers.learned.columns import COLUMNS, KEPT_WORDS, collect_evidence

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
    lessons = [*(make_lesson("birds", k) for k in range(4)), make_lesson("dogs", 0, "Dogs bark at night.")]
    return WordTeacher(lessons, reward_parrots)


def test_the_weight_of_a_word_is_the_mean_surplus_drawn_towards_nothing(teacher):
    words = teacher.words()["en"]
    # Eight sentences have parrots, each 1 above; five have dogs, each a half below.
    assert words["parrot"] == pytest.approx(8 / (8 + SHRINKAGE), abs=0.005)
    assert words["dog"] == pytest.approx(-2.5 / (5 + SHRINKAGE), abs=0.005)


def test_a_lesson_is_not_taught_with_what_it_says_itself(teacher):
    total = COLUMNS.index("kept words")

    def weigh(n: int) -> float:
        return round(n / (n + SHRINKAGE), 2)

    # Of "Parrots build nests" the first word is in two sentences of each lesson, the others are in one.
    found = {round(teacher.fill_in(make_lesson("birds", k))[0, total], 6) for k in range(4)}
    # What its own sentences say is left out; or all, where its corpus is left out.
    assert found == {round(weigh(6) + 2 * weigh(3), 6), 0}
    known = use_words(make_lesson("birds", 0), teacher.words())[0, total]
    assert known == pytest.approx(weigh(8) + 2 * weigh(4))


def test_in_some_lessons_their_whole_corpus_is_left_out(teacher):
    totals = [abs(teacher.fill_in(make_lesson("birds", number))[:, KEPT_WORDS]).sum() for number in range(40)]
    assert 0 in totals
    assert max(totals) > 0


def test_a_document_that_was_not_taught_gets_the_words_as_they_are(teacher):
    words = teacher.words()
    filled = use_words(make_lesson("new", 0), words)
    weights = [words["en"][term] for term in ("dog", "bark", "night")]
    assert filled[1, COLUMNS.index("kept words")] == pytest.approx(sum(weights))
    assert filled[1, COLUMNS.index("mean kept words")] == pytest.approx(np.mean(weights))


def test_columns_of_words_are_taught_as_they_are_found_later():
    lesson = make_lesson("new", 0, "The council met. Voters want answers.")
    expected = collect_evidence(lesson.document)[:, KEPT_WORDS]
    assert expected.any()
    filled = use_words(lesson, {"en": kept_words.load_words("en")})[:, KEPT_WORDS]
    np.testing.assert_allclose(filled, expected)


def test_sentences_of_a_small_corpus_are_taught_several_times(monkeypatch):
    monkeypatch.setattr(train_ranker, "LEAST_ROWS", 30)
    monkeypatch.setattr(train_ranker, "MOST_DOCUMENTS", 4)
    monkeypatch.setattr(train_ranker, "MOST_SENTENCES", 2)
    lessons = [make_lesson("birds", k) for k in range(6)] + [make_lesson("dogs", 0, "Dogs bark at night.")]
    taught, varied = train_ranker.pick_rows(lessons, [make_lesson("birds", 0)])
    # Of birds two sentences of four documents, of dogs the only one: 4 and 30 times.
    assert [(lesson.corpus, lesson.number) for lesson, _ in taught] == [
        *(("birds", k) for k in range(4)),
        ("dogs", 0),
    ]
    assert [len(rows) for _, rows in taught] == [8, 8, 8, 8, 30]
    assert all(len(set(rows.tolist())) == 2 for _, rows in taught[:4])
    assert [len(rows) for _, rows in varied] == [8]


def test_the_file_of_words_is_read_as_it_was_written(teacher, tmp_path, monkeypatch):
    words = teacher.words() | {"de": {"hund": -0.25}}
    path = tmp_path / "words.txt"
    path.write_text(format_words(words), encoding="utf-8")
    monkeypatch.setattr(kept_words, "_WORDS", str(path))
    read = kept_words.load_words.__wrapped__
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
