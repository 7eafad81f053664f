"""Training the learned ranker, from readings to weights and tables."""

from __future__ import annotations

import gzip
import json

import numpy as np
import pytest

from benchmarks.training import train
from summarize.rankers.learned.columns import PICKED_WORDS
from summarize.rankers.learned.trees import unpack

pytest.importorskip("lightgbm")


@pytest.fixture(scope="module")
def folder(readings, tmp_path_factory):
    """A folder with the generated readings."""
    path = tmp_path_factory.mktemp("readings")
    with open(path / "readings.jsonl", "w", encoding="utf-8") as file:
        for k, each in enumerate(readings):
            row = {"corpus": each.corpus, "id": str(k), "picks": each.picks, "junk": each.junk}
            file.write(json.dumps(row) + "\n")
    with gzip.open(path / "documents.jsonl.gz", "wt", encoding="utf-8") as file:
        for k, each in enumerate(readings):
            file.write(json.dumps({"corpus": each.corpus, "id": str(k), "document": each.text}) + "\n")
    return path


@pytest.fixture(scope="module")
def trained(folder):
    """The folder of weights and tables of a training run."""
    assert train.main([str(folder), "--results", str(folder / "first")]) == 0
    return folder / "first"


def test_training_writes_trees_and_words(trained) -> None:
    trees = unpack(np.load(trained / "weights.npy"))
    assert len(trees.tests) == len(trees.values) == 300
    assert "dog " in (trained / "words.txt").read_text(encoding="utf-8")


def test_second_run_gives_the_same_weights(folder, trained) -> None:
    assert train.main([str(folder), "--only-weights", "--results", str(folder / "second")]) == 0
    again = np.load(folder / "second" / "weights.npy")
    np.testing.assert_array_equal(again, np.load(trained / "weights.npy"))


def test_tables_have_every_kind_of_text(trained) -> None:
    table = (trained / "TABLES.md").read_text(encoding="utf-8")
    assert all(f"| {kind} | " in table for kind in ("news.en", "towns.en", "all", "junk"))


def test_held_out_documents_are_ranked_as_the_reader_picks(examples) -> None:
    folds = np.arange(len(examples)) % 5
    scores = train.cross_validate(examples, folds, jobs=1)
    best = [example.targets[own.argmax()] for example, own in zip(examples, scores, strict=True)]
    assert np.mean(np.array(best) > 0) > 0.9


def test_columns_can_be_left_out(examples) -> None:
    words = [train.COLUMNS[column] for column in PICKED_WORDS]
    folds = np.arange(len(examples)) % 2
    scores = train.cross_validate(examples, folds, without=words, jobs=1)
    complete = train.cross_validate(examples, folds, jobs=1)
    assert any((own != other).any() for own, other in zip(scores, complete, strict=True))


def test_folder_without_readings_is_skipped(tmp_path, capsys) -> None:
    assert train.main([str(tmp_path)]) == 1
    assert "skipped, because it has no readings.jsonl" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("differences", "sign"), [([0.2, 0.3], " +"), ([-0.2, -0.3], " −"), ([-1.0, 1.0], ""), ([0.0, 0.0], "")]
)
def test_significant_difference_has_a_sign(differences, sign) -> None:
    assert train._format_sign(np.array(differences)) == sign
