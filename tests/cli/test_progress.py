"""Facts about what is told of a run."""

from __future__ import annotations

import os
import pty
import subprocess
import sys
import termios
from pathlib import Path

import pytest

from summarize.batch.task import Outcome
from summarize.cli.progress import Progress, describe, measure
from summarize.inputs import Reading

ROOT = Path(__file__).resolve().parents[2]


def test_a_line_has_documents_rate_failures_and_time_left():
    line = describe(12_000, 30_000_000, 3, 10.0, 120_000_000)
    assert line == "12,000 documents, 3.0 MB/s, 3 failures, 0:00:30 left"


def test_the_time_left_is_not_told_where_it_cannot_be_known():
    assert describe(1, 1000, 0, 1.0, None) == "1 document, 0.0 MB/s, 0 failures"


def test_the_bytes_of_inputs_are_those_of_the_texts_in_them(tmp_path):
    for name, size in {"a.txt": 5, "b/c.md": 7, "b/d.bin": 11, ".e/f.txt": 13}.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_bytes(b"x" * size)
    assert measure(str(tmp_path), Reading()) == 12
    assert measure(str(tmp_path), Reading(exclude=("b",))) == 5
    assert measure(str(tmp_path / "a.txt"), Reading()) == 5
    assert measure(str(tmp_path / "none.txt"), Reading()) == 0
    assert measure(str(tmp_path / "a.jsonl.gz"), Reading()) is None
    (tmp_path / "b" / "packed.txt.gz").write_bytes(b"")
    assert measure(str(tmp_path), Reading()) is None


@pytest.fixture
def steps(monkeypatch):
    """Outcomes a minute apart, one of them a failure."""
    clock = iter(range(0, 10_000, 60))
    monkeypatch.setattr("summarize.cli.progress.monotonic", lambda: next(clock))
    return [
        Outcome("a", b"x", size=10),
        Outcome("b", None, "it broke"),
        Outcome("c", b"x", notes=("c: odd",)),
    ]


def test_lines_are_told_where_there_is_no_terminal(steps, capfdbinary):
    progress = Progress((), Reading(), quiet=False)
    for step in steps:
        progress.step(step)
    progress.close()
    lines = capfdbinary.readouterr().err.decode().splitlines()
    assert lines[0].startswith("summarize: 1 document, ")
    assert "summarize: b: it broke" in lines and "summarize: c: odd" in lines
    assert lines[-1] == "summarize: 1 of 3 documents failed"


def test_quiet_tells_only_how_many_failed(steps, capfdbinary):
    progress = Progress((), Reading(), quiet=True)
    for step in steps:
        progress.step(step)
    progress.close()
    assert capfdbinary.readouterr().err == b"summarize: 1 of 3 documents failed\n"


@pytest.mark.slow
def test_a_terminal_gets_a_bar(tmp_path):
    for k in range(400):
        (tmp_path / f"{k}.txt").write_text("This is a text. It has sentences. " * 200)
    ours, theirs = pty.openpty()
    termios.tcsetwinsize(theirs, (24, 100))
    command = [sys.executable, "-m", "summarize", str(tmp_path), "-o", str(tmp_path / "out.jsonl"), "-j", "1"]
    process = subprocess.Popen(command, stderr=theirs, cwd=ROOT)
    os.close(theirs)
    shown = b""
    try:
        while data := os.read(ours, 4096):
            shown += data
    except OSError:  # how a terminal ends
        pass
    assert process.wait() == 0
    assert b"400 documents" in shown and b"100%" in shown and b"MB/s" in shown
    os.close(ours)
