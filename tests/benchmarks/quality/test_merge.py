"""The benchmark of several texts."""

from __future__ import annotations

import json

from benchmarks.quality.merge import main, read_groups

TEXTS = ["The bridge fell at night. Shops lost money.", "A ferry crosses the river. Nobody was hurt at all."]


def write(path, *entries):
    path.write_text("".join(json.dumps(entry) + "\n" for entry in entries), encoding="utf-8")
    return path


def test_texts_are_those_of_meta_or_lines(tmp_path):
    path = write(
        tmp_path / "groups.en.jsonl",
        {"document": "-", "references": ["R"], "meta": {"documents": TEXTS}},
        {"document": "One.\n\nTwo.", "references": ["R"]},
        {"document": "Alone.", "references": ["R"]},
    )
    assert [texts for texts, _ in read_groups(path)] == [TEXTS, ["One.", "Two."]]


def test_every_method_is_measured_with_texts_known_and_unknown(tmp_path):
    entry = {"document": " ".join(TEXTS), "references": [TEXTS[0]], "meta": {"documents": TEXTS}}
    path = write(tmp_path / "groups.en.jsonl", entry, {**entry, "id": "2"})
    assert main([str(path), "--output", str(tmp_path / "merge")]) == 0
    rows = (tmp_path / "merge.csv").read_text(encoding="utf-8").splitlines()
    assert any(row.startswith("groups.en,10 words,lead,greedy,known,rouge1,2,") for row in rows)
    assert any(",ensemble,novelty,unknown,rouge2," in row for row in rows)


def test_a_corpus_of_single_texts_is_refused(tmp_path, capsys):
    path = write(tmp_path / "single.jsonl", {"document": "Alone.", "references": ["R"]})
    assert main([str(path)]) == 1
    assert "several texts" in capsys.readouterr().err
