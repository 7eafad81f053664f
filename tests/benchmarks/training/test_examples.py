"""Training examples of the learned ranker: inputs and targets."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from benchmarks.quality.readings import Reading
from benchmarks.training.examples import assign_folds, grade, make_examples, measure
from summarize.rankers.learned.columns import COLUMNS, PICKED_WORDS
from summarize.settings import resolve_selector


def test_grades_follow_the_order_of_choice() -> None:
    grades = grade([(0, 10), (11, 20), (21, 30), (31, 40)], [(21, 30), (0, 10), (11, 20)])
    np.testing.assert_allclose(grades, [1 / np.log2(3), 1 / np.log2(4), 1, 0], rtol=1e-6)


def test_sentence_is_picked_if_more_than_half_of_it_is() -> None:
    assert grade([(0, 10)], [(0, 5)]).tolist() == [0]
    assert grade([(0, 10)], [(0, 3), (7, 10)]).tolist() == [1]


def test_two_sentences_of_one_pick_have_the_same_grade() -> None:
    assert grade([(0, 10), (11, 20)], [(0, 20)]).tolist() == [1, 1]


def test_columns_of_words_are_filled_in_later(examples) -> None:
    columns = [*PICKED_WORDS, *(column + len(COLUMNS) for column in PICKED_WORDS)]
    assert all(example.inputs.shape == (9, 2 * len(COLUMNS)) for example in examples)
    assert not examples[0].inputs[:, columns].any()


def test_document_with_one_sentence_is_left_out() -> None:
    assert make_examples([Reading("news.en", "Dogs bark at night.", ((0, 19),), ())], jobs=1) == []


def test_folds_have_nearly_the_same_size(examples) -> None:
    assert sorted(np.bincount(assign_folds(examples)).tolist()) == [8] * 5


def test_summary_of_the_picks_agrees_with_the_reader(readings) -> None:
    text = " ".join([readings[0].text, *(f"A ship sailed to the harbor of town {k}." for k in range(30))])
    [example] = make_examples([replace(readings[0], text=text, picks=((0, 250),))], jobs=1)
    select = resolve_selector("greedy")
    best = measure(example, example.targets.astype(float), select)
    worst = measure(example, -example.targets.astype(float), select)
    assert best[0] > 0.8 and best[1] == 0
    assert worst[0] == 0
