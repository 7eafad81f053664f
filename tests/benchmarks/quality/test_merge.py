"""The benchmark of multi-document summaries."""

from __future__ import annotations

import json

import pytest

from benchmarks.quality.merge import main, read_groups

TEXTS = ["The bridge fell at night. Shops lost money.", "A ferry crosses the river. Nobody was hurt at all."]


def write(path, *rows):
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    return path


@pytest.mark.parametrize(
    ("row", "texts"),
    [
        ({"document": "-", "references": ["R"], "meta": {"documents": TEXTS}}, TEXTS),
        ({"document": "One.\n\nTwo.", "references": ["R"]}, ["One.", "Two."]),
    ],
    ids=["meta", "lines"],
)
def test_texts_come_from_meta_or_from_the_lines_of_the_document(tmp_path, row, texts):
    assert list(read_groups(write(tmp_path / "groups.en.jsonl", row))) == [(texts, ["R"])]


def test_single_text_is_skipped(tmp_path):
    path = write(tmp_path / "groups.en.jsonl", {"document": "Alone.", "references": ["R"]})
    assert list(read_groups(path)) == []


def test_every_method_is_measured_with_known_and_unknown_boundaries(tmp_path):
    row = {"document": " ".join(TEXTS), "references": [TEXTS[0]], "meta": {"documents": TEXTS}}
    path = write(tmp_path / "groups.en.jsonl", row, {**row, "id": "2"})
    assert main([str(path), "--output", str(tmp_path / "merge")]) == 0
    lines = (tmp_path / "merge.csv").read_text(encoding="utf-8").splitlines()
    assert any(line.startswith("groups.en,10 words,lead,greedy,known,rouge1,2,") for line in lines)
    assert any(",ensemble,novelty,unknown,rouge2," in line for line in lines)


def test_corpus_of_single_texts_is_an_error(tmp_path, capsys):
    path = write(tmp_path / "single.jsonl", {"document": "Alone.", "references": ["R"]})
    assert main([str(path)]) == 1
    assert "several texts" in capsys.readouterr().err
