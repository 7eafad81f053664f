"""Facts about the benchmark of sentence boundaries."""

from __future__ import annotations

import csv
import gzip
import json

import pytest

from benchmarks.segmentation import boundaries as segmentation
from benchmarks.segmentation.boundaries import Paragraph, align, f1, measure, paragraphs_of

TEXT = "Dogs bark. Cats sleep.\n\nBirds sing."
ENDS = [10, 22, 35]


@pytest.fixture
def folder(tmp_path):
    entry = json.dumps({"text": TEXT, "ends": ENDS, "language": "en"})
    (tmp_path / "own.en.jsonl.gz").write_bytes(gzip.compress(f"{entry}\n{entry}\n".encode()))
    return tmp_path


def test_paragraphs_keep_their_own_ends():
    assert list(paragraphs_of(TEXT, ENDS)) == [("Dogs bark. Cats sleep.", (10, 22)), ("Birds sing.", (11,))]


def test_strings_are_found_in_the_text_in_their_order():
    assert align("A. B. A.", ["A. ", "B. ", "A."]) == [2, 5, 8]


def test_f1_is_the_harmonic_mean():
    right, proposed, true = 3, 4, 6
    precision, recall = right / proposed, right / true
    assert f1([[right, proposed, true]]) == pytest.approx(200 * precision * recall / (precision + recall))


def test_one_boundary_too_many_costs_precision_only():
    row = measure("own", "en", [Paragraph("Dr. No. came. Off.", (13, 18), 0)], "regex")
    assert (row.precision, row.recall) == (50, 100)


def test_tables_and_figures_are_written(folder, monkeypatch, capsys):
    kept = {name: segmentation.SPLITTERS[name] for name in ("summarize", "regex")}
    monkeypatch.setattr(segmentation, "SPLITTERS", kept)
    assert segmentation.main(["--data", str(folder), "--results", str(folder)]) == 0
    assert "| own.en | 4 | 6 | 100.0 [100.0, 100.0] | 100.0 [100.0, 100.0] |" in capsys.readouterr().out
    with (folder / "segmentation.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert {row["data"] for row in rows if not row["data"].startswith("cases.")} == {"own.en"}
    assert "python -m benchmarks.segmentation.boundaries" in (folder / "segmentation.md").read_text(
        encoding="utf-8"
    )
