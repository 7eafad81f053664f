"""The benchmark of sentence boundaries."""

from __future__ import annotations

import csv
import gzip
import json

import pytest

from benchmarks.segmentation import boundaries
from benchmarks.segmentation.boundaries import Paragraph, align, f1, measure, split_paragraphs

TEXT = "Dogs bark. Cats sleep.\n\nBirds sing."
ENDS = [10, 22, 35]


def test_sentence_ends_are_relative_to_their_paragraph():
    paragraphs = [("Dogs bark. Cats sleep.", (10, 22)), ("Birds sing.", (11,))]
    assert list(split_paragraphs(TEXT, ENDS)) == paragraphs


def test_repeated_sentences_are_aligned_in_order():
    assert align("A. B. A.", ["A. ", "B. ", "A."]) == [2, 5, 8]


def test_f1_is_the_harmonic_mean_of_precision_and_recall():
    correct, predicted, true = 3, 4, 6
    precision, recall = correct / predicted, correct / true
    assert f1([[correct, predicted, true]]) == pytest.approx(200 * precision * recall / (precision + recall))


def test_extra_boundary_lowers_precision_only():
    row = measure("own", "en", [Paragraph("Dr. No. came. Off.", (13, 18), 0)], "regex")
    assert (row.precision, row.recall) == (50, 100)


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """A folder with a corpus of two documents and the results on it."""
    row = json.dumps({"text": TEXT, "ends": ENDS, "language": "en"})
    (tmp_path / "own.en.jsonl.gz").write_bytes(gzip.compress(f"{row}\n{row}\n".encode()))
    splitters = {name: boundaries.SPLITTERS[name] for name in ("summarize", "regex")}
    monkeypatch.setattr(boundaries, "SPLITTERS", splitters)
    assert boundaries.main(["--data", str(tmp_path), "--results", str(tmp_path)]) == 0
    return tmp_path


def test_report_has_f1_of_every_splitter(folder):
    report = (folder / "segmentation.md").read_text(encoding="utf-8")
    assert "| own.en | 4 | 6 | 100.0 [100.0, 100.0] | 100.0 [100.0, 100.0] |" in report


def test_report_names_its_command(folder):
    report = (folder / "segmentation.md").read_text(encoding="utf-8")
    assert "python -m benchmarks.segmentation.boundaries" in report


def test_csv_has_the_corpora_and_the_test_cases(folder):
    with (folder / "segmentation.csv").open(encoding="utf-8", newline="") as file:
        names = {row["data"] for row in csv.DictReader(file)}
    assert {"own.en", "cases.en"} <= names
