"""The floors of quality."""

from __future__ import annotations

import json

import pytest

from benchmarks.quality import floors

PINNED = json.loads(floors.FLOORS.read_text(encoding="utf-8"))


def test_equal_figures_hold_every_floor():
    assert floors.find_drops(PINNED, PINNED) == []


def test_every_drop_is_named():
    lower = {name: value - 0.01 for name, value in PINNED.items()}
    assert [line.partition(":")[0] for line in floors.find_drops(PINNED, lower)] == list(PINNED)


def test_missing_figure_is_a_drop():
    assert floors.find_drops({"lead rouge2": 0.1}, {}) == [
        "lead rouge2: no longer measured; the floor is 0.1000"
    ]


@pytest.fixture
def dropped(tmp_path, monkeypatch):
    """A file of floors, one of which is above the current figure."""
    path = tmp_path / "floors.json"
    path.write_text('{"a": 0.5}', encoding="utf-8")
    monkeypatch.setattr(floors, "measure", lambda: {"a": 0.4})
    return path


def test_drop_fails_the_check(dropped):
    assert floors.main(["--floors", str(dropped)]) == 1


def test_raise_does_not_lower_a_floor(dropped):
    floors.main(["--floors", str(dropped), "--raise"])
    assert json.loads(dropped.read_text(encoding="utf-8")) == {"a": 0.5}


def test_lower_lowers_a_floor(dropped):
    floors.main(["--floors", str(dropped), "--lower"])
    assert json.loads(dropped.read_text(encoding="utf-8")) == {"a": 0.4}
