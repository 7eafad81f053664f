"""Summaries are compared with what readers pick."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import pytest

from benchmarks.quality import readings

TEXT = "Gas was found at sea. It rained. The gas lies deep."
GAS, RAIN, DEEP = (0, 21), (22, 32), (33, 51)


@pytest.fixture
def reading() -> readings.Reading:
    return readings.Reading("news.en", TEXT, (DEEP, GAS), (RAIN,))


@pytest.mark.parametrize(
    ("spans", "overlap", "junk"),
    [
        ([DEEP, GAS], 1.0, 0),
        ([RAIN], 0.0, 1),
        # 17 letters of "Gas was found at sea." are all of the picks' 32 letters that are printed.
        ([GAS], 2 * 17 / (17 + 32), 0),
        ([], 0.0, 0),
    ],
)
def test_overlap_is_the_f1_of_characters(
    reading: readings.Reading, spans: list[tuple[int, int]], overlap: float, junk: int
) -> None:
    assert readings.score(reading, spans) == (pytest.approx(overlap), junk, len(spans))


def test_gold_is_what_fits_in_the_order_of_choice() -> None:
    long = " ".join(["word"] * 59) + "."
    text = f"{long} One two three. Four."
    picks = ((0, len(long)), (len(long) + 1, len(long) + 15), (len(long) + 16, len(text)))
    assert readings.Reading("news.en", text, picks, ()).find_gold() == [picks[0], picks[2]]


def test_readings_are_joined_with_their_texts(tmp_path: Path) -> None:
    rows = [
        {"corpus": "news.en", "id": "a", "picks": [[0, 21]], "junk": []},
        {"corpus": "calls.en", "id": "b", "picks": [[0, 21]], "junk": [[22, 32]]},
        {"corpus": "calls.en", "id": "missing", "picks": [], "junk": []},
    ]
    (tmp_path / "readings.jsonl").write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    with gzip.open(tmp_path / "news.en.jsonl.gz", "wt", encoding="utf-8") as file:
        file.write(json.dumps({"id": "a", "document": TEXT}))
    with gzip.open(tmp_path / "documents.jsonl.gz", "wt", encoding="utf-8") as file:
        file.write(json.dumps({"corpus": "calls.en", "id": "b", "document": TEXT}))
    found = list(readings.read_readings(tmp_path, tmp_path))
    assert [(each.corpus, each.limit, each.language) for each in found] == [
        ("news.en", 60, "en"),
        ("calls.en", 100, "en"),
    ]
    assert found[1].junk == (RAIN,)


def test_method_is_measured_on_its_sentences(reading: readings.Reading) -> None:
    assert readings.choose("lead+greedy", reading) == [GAS, RAIN, DEEP]


def test_missing_readings_are_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("sys.argv", ["readings", str(tmp_path)])
    assert readings.main() == 1
    assert "skipped" in capsys.readouterr().err
