"""Word weights of the learned ranker."""

from __future__ import annotations

import numpy as np
import pytest

from benchmarks.training import words
from benchmarks.training.words import SHRINKAGE, WordTrainer, apply_words, format_words
from summarize.features.chunk import Chunk
from summarize.rankers.learned import lexicon
from summarize.rankers.learned.columns import COLUMNS, KEPT_WORDS, compute_features

TEXT = "Parrots build nests. Dogs bark at night. Parrots eat fruit."
SUM_OF_WEIGHTS, MEAN_WEIGHT = COLUMNS.index("kept words"), COLUMNS.index("mean kept words")


@pytest.fixture
def trainer(monkeypatch, make_example):
    """A trainer on four documents about parrots and dogs, and one about dogs only."""
    monkeypatch.setattr(words, "MIN_DOCUMENTS", 2)

    def residuals(example):
        return np.array([1.0 if "Parrots" in s.text else -0.5 for s in example.document.sentences])

    birds = [make_example("birds", number, TEXT) for number in range(4)]
    return WordTrainer([*birds, make_example("dogs", 0, "Dogs bark at night.")], residuals)


def test_word_weight_is_the_mean_residual_shrunk_toward_zero(trainer):
    weights = trainer.words()["en"]
    # Parrots are in eight sentences with a residual of 1, dogs in five with a residual of -0.5.
    assert weights["parrot"] == pytest.approx(8 / (8 + SHRINKAGE), abs=0.005)
    assert weights["dog"] == pytest.approx(-2.5 / (5 + SHRINKAGE), abs=0.005)


def weigh(n: int) -> float:
    """The weight of a term in `n` sentences with a residual of 1."""
    return round(n / (n + SHRINKAGE), 2)


def test_training_features_leave_out_the_document_or_its_corpus(trainer, make_example):
    # In "Parrots build nests", the first term is in two sentences of each document, the others in one.
    features = [trainer.training_features(make_example("birds", number, TEXT)) for number in range(4)]
    sums = {round(each[0, SUM_OF_WEIGHTS], 6) for each in features}
    without_document, without_corpus = round(weigh(6) + 2 * weigh(3), 6), 0
    assert sums == {without_document, without_corpus}


def test_held_out_features_use_all_documents(trainer, make_example):
    features = apply_words(make_example("birds", 0, TEXT), trainer.words())
    assert features[0, SUM_OF_WEIGHTS] == pytest.approx(weigh(8) + 2 * weigh(4))


def test_some_training_documents_leave_out_their_corpus_and_some_do_not(trainer, make_example):
    totals = [
        abs(trainer.training_features(make_example("birds", number, TEXT))[:, KEPT_WORDS]).sum()
        for number in range(40)
    ]
    assert min(totals) == 0 < max(totals)


def test_word_features_are_the_sum_and_the_mean_of_the_weights(trainer, make_example):
    weights = trainer.words()
    features = apply_words(make_example("new", 0, TEXT), weights)
    expected = [weights["en"][term] for term in ("dog", "bark", "night")]
    assert features[1, SUM_OF_WEIGHTS] == pytest.approx(sum(expected))
    assert features[1, MEAN_WEIGHT] == pytest.approx(np.mean(expected))


def test_word_features_are_those_of_the_ranker(make_example):
    example = make_example("new", 0, "The council met. Voters want answers.")
    expected = compute_features(Chunk([example.document]))[:, KEPT_WORDS]
    assert expected.any()
    features = apply_words(example, {"en": lexicon.load_words("en")})[:, KEPT_WORDS]
    np.testing.assert_allclose(features, expected)


@pytest.mark.parametrize(
    ("language", "weights"), [("en", {"parrot": 0.21}), ("de", {"hund": -0.25}), ("fr", {})]
)
def test_written_words_can_be_read_back(tmp_path, monkeypatch, language, weights):
    path = tmp_path / "words.txt"
    path.write_text(format_words({"en": {"parrot": 0.21}, "de": {"hund": -0.25}}), encoding="utf-8")
    monkeypatch.setattr(lexicon, "_WORDS", str(path))
    assert lexicon.load_words.__wrapped__(language) == weights
