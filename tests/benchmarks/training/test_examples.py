"""Training examples of the learned ranker: features, targets, variants."""

from __future__ import annotations

import numpy as np
import pytest

from benchmarks import corpora
from benchmarks.training import examples
from benchmarks.training.examples import expected_gains, make_examples, make_variants
from summarize.rankers.learned.columns import KEPT_WORDS

TEXT = "Parrots build nests in tall trees. Dogs bark at night. Cats sleep all day long."


def make_corpus(**fields):
    entry = {"id": "0", "document": TEXT, "references": ("Dogs bark at night.",), "language": "en"} | fields
    return corpora.Corpus("own", (corpora.Entry(**entry),))


@pytest.fixture(scope="module")
def example():
    (made,) = make_examples(make_corpus(), jobs=1)
    return made


def test_targets_are_standardized(example):
    assert (example.targets.mean(), example.targets.std()) == pytest.approx((0, 1), abs=1e-6)


def test_sentence_of_the_reference_has_the_highest_target(example):
    assert example.targets.argmax() == 1


def test_word_features_are_empty(example):
    assert not example.features[:, KEPT_WORDS].any()


def test_document_with_one_sentence_is_skipped():
    assert make_examples(make_corpus(document="Dogs bark at night."), jobs=1) == []


def test_sentence_without_reference_words_has_no_gain():
    n_words, candidates = np.array([2, 2]), np.array([True, True])
    gains = expected_gains([[0, 1], [2, 3]], [0, 1], n_words, candidates, 4, np.random.default_rng(0))
    assert gains[0] > gains[1] == 0


def test_long_reference_is_put_in_front_of_a_variant(monkeypatch):
    monkeypatch.setattr(examples, "PREFACE_EVERY", 1)
    reference = " ".join(
        f"The parrots of town {k} ate all of the ripe fruit in the old garden." for k in range(6)
    )
    (variant,) = make_variants(make_corpus(references=(reference,)), jobs=1)
    assert variant.document.text == f"{reference}\n\n{TEXT}"


def test_short_reference_makes_no_variant(monkeypatch):
    monkeypatch.setattr(examples, "PREFACE_EVERY", 1)
    assert make_variants(make_corpus(), jobs=1) == []


def test_concatenated_texts_get_a_variant_with_parts():
    parts = ("Parrots build nests. Dogs bark.", "Cats sleep all day. Horses run.")
    (variant,) = make_variants(make_corpus(document=" ".join(parts), parts=parts), jobs=1)
    assert len(variant.document.parts) == 2
