"""Comparing the summaries of two versions."""

from __future__ import annotations

import json

import pytest

from benchmarks.quality import identity


@pytest.fixture
def write(tmp_path):
    def write_record(name, **found):
        path = tmp_path / name
        row = {"run": {"source": "news.en.txt", "ranker": "lead"}, "found": found}
        path.write_text(json.dumps(row) + "\n", encoding="utf-8")
        return str(path)

    return write_record


def test_equal_records_do_not_differ(write, capsys):
    assert identity.main(["compare", write("a", text="Dogs bark."), write("b", text="Dogs bark.")]) == 0
    assert capsys.readouterr().out == "1 runs, 0 differ\n"


def test_differing_field_is_named(write, capsys):
    assert identity.main(["compare", write("a", text="Dogs bark."), write("b", text="Cats sleep.")]) == 1
    assert capsys.readouterr().out.endswith(": text\n")


def test_new_field_is_ignored(write):
    assert identity.main(["compare", write("a", text="Dogs bark."), write("b", text="Dogs bark.", n=1)]) == 0


def test_missing_arguments_are_a_usage_error(capsys):
    assert identity.main(["compare"]) == 2
    assert "python -m benchmarks.quality.identity" in capsys.readouterr().err
