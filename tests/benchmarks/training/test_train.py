"""Training the learned ranker, from corpora to weights."""

from __future__ import annotations

import json

import numpy as np
import pytest

from benchmarks.training import network, train
from summarize.rankers.learned.columns import COLUMNS
from summarize.rankers.learned.network import unpack


@pytest.fixture
def sampled(monkeypatch, make_example):
    """Rows of six documents about birds and one about dogs, with one variant, under small limits."""
    monkeypatch.setattr(train, "MIN_ROWS", 30)
    monkeypatch.setattr(train, "MAX_DOCUMENTS", 4)
    monkeypatch.setattr(train, "MAX_SENTENCES", 2)
    birds = [make_example("birds", number) for number in range(6)]
    return train.sample_rows([*birds, make_example("dogs", 0, "Dogs bark.")], [make_example("birds", 0)])


def test_number_of_documents_per_corpus_is_limited(sampled):
    names = [(example.corpus, example.number) for example, _ in sampled[0]]
    assert names == [*(("birds", number) for number in range(4)), ("dogs", 0)]


def test_number_of_sentences_per_document_is_limited(sampled):
    assert [len(set(rows.tolist())) for _, rows in sampled[0]] == [2, 2, 2, 2, 1]


def test_sentences_of_a_small_corpus_are_repeated(sampled):
    # Four documents with two sentences each are repeated four times, the single sentence thirty times.
    assert [len(rows) for _, rows in sampled[0]] == [8, 8, 8, 8, 30]


def test_variants_are_repeated_as_often_as_their_corpus(sampled):
    assert [len(rows) for _, rows in sampled[1]] == [8]


@pytest.fixture(scope="module")
def corpus(tmp_path_factory):
    """A file with twenty generated documents."""
    generator = np.random.default_rng(0)
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
    path = tmp_path_factory.mktemp("corpus") / "generated.en.jsonl"
    with path.open("w", encoding="utf-8") as file:
        for k in range(20):
            order = generator.permutation(topics).tolist()
            pairs = zip(order, order[1:], strict=False)
            text = " ".join(f"The {a} came to see the {b} in town {k}." for a, b in pairs)
            reference = f"The {order[0]} came to see the {order[1]}."
            file.write(json.dumps({"id": str(k), "document": text, "references": [reference]}) + "\n")
    return path


@pytest.fixture(scope="module")
def trained(corpus):
    """The folder of weights of a training run."""
    assert train.main([str(corpus), "--no-tables", "--results", str(corpus.parent / "first")]) == 0
    return corpus.parent / "first"


def test_training_writes_a_network_of_the_expected_shape(trained):
    weights = unpack(np.load(trained / "weights.npy"))
    assert weights.hidden.shape == (2 * len(COLUMNS), network.N_NETWORKS * network.N_HIDDEN)
    assert all(np.isfinite(part).all() for part in weights)


def test_training_writes_word_weights(trained):
    assert (trained / "words.txt").exists()


def test_second_run_gives_the_same_weights(corpus, trained):
    assert train.main([str(corpus), "--no-tables", "--results", str(corpus.parent / "second")]) == 0
    again = np.load(corpus.parent / "second" / "weights.npy")
    np.testing.assert_array_equal(again, np.load(trained / "weights.npy"))


# --- Tables ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("differences", "sign"), [([0.2, 0.3], " +"), ([-0.2, -0.3], " −"), ([-1.0, 1.0], ""), ([0.0, 0.0], "")]
)
def test_significant_difference_has_a_sign(differences, sign):
    assert train._format_sign(np.array(differences)) == sign


def test_published_tables_begin_with_the_legend():
    assert (train.MODEL / "TABLES.md").read_text(encoding="utf-8").startswith(train.LEGEND)


@pytest.mark.parametrize("method", train.METHODS)
def test_published_tables_have_every_method(method):
    assert f"| {method} |" in (train.MODEL / "TABLES.md").read_text(encoding="utf-8")
