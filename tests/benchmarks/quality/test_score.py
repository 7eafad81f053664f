"""Scoring a summary from any tool."""

from __future__ import annotations

import pytest

from benchmarks.quality import score
from summarize.metrics.rouge import rouge


@pytest.fixture
def files(tmp_path):
    texts = {
        "summary": "Dogs bark at night.",
        "reference": "Dogs bark.",
        "document": "Cats sleep. Dogs bark at night.",
    }
    for name, text in texts.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    return [argument for name in texts for argument in (f"--{name}", str(tmp_path / name))]


def test_rouge_of_a_summary_is_printed(files, capsys):
    assert score.main(files[:4]) == 0
    expected = rouge("Dogs bark at night.", "Dogs bark.")["rouge1"].f1
    assert f"F1 {expected:.4f}" in capsys.readouterr().out


def test_source_coverage_is_printed_for_a_summary_with_its_document(files, capsys):
    score.main(files)
    assert "coverage" in capsys.readouterr().out


def test_missing_summary_is_reported(tmp_path, capsys):
    assert score.main(["--summary", str(tmp_path / "no"), "--reference", str(tmp_path / "no")]) == 1
    assert "no such file" in capsys.readouterr().err
