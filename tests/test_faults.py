"""What can go wrong in a run over many files, really caused."""

from __future__ import annotations

import gzip
import io
import json
import os
import random
import signal
import subprocess
import sys
import tarfile
import time
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
CASES = Path(__file__).parent / "cases" / "batch"
NEWS = ROOT / "seeds" / "news.en.txt"
COMMAND = [sys.executable, "-m", "summarize"]
RUN = """
import sys, odd_rankers
from summarize import Settings
from summarize.files import summarize_files
settings = Settings(ranker=odd_rankers.log, length=1, language="en")
for _ in summarize_files(("texts.jsonl",), sys.argv[1], settings, jobs=int(sys.argv[2]), resume=True):
    pass
"""


def run(*arguments, cwd, **options):
    return subprocess.run(
        [*COMMAND, *map(str, arguments)], capture_output=True, check=False, cwd=cwd, env=environment(), **options
    )


def environment(**more):
    return os.environ | {"PYTHONPATH": f"{CASES}{os.pathsep}{ROOT}"} | more


def records(path):
    return [json.loads(line) for line in Path(path).read_bytes().splitlines()]


def said(result):
    return result.stderr.decode()


def write_texts(path, n):
    lines = (json.dumps({"id": k, "text": f"This is text {k}. It has two sentences."}) for k in range(n))
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")


def contents(path):
    if path.is_dir():
        return {p.name: p.read_bytes() for p in path.rglob("*.txt")}
    return path.read_bytes()


# -- the death of the run

MOMENTS = {"out.jsonl": 6, "out.jsonl.gz": 4, "out.csv": 3, "out.parquet": 4, "out/": 5}


@pytest.mark.parametrize("output", MOMENTS)
def test_a_run_killed_at_any_moment_resumes_to_equal_bytes_without_doing_anything_twice(tmp_path, output):
    write_texts(tmp_path / "texts.jsonl", 600)
    draw = random.Random(output)
    (tmp_path / "whole").mkdir()
    assert start(tmp_path, f"whole/{output}", "log").wait() == 0
    for k in range(MOMENTS[output]):
        process = start(tmp_path, output, f"log-{k}")
        wanted = draw.randrange(600 // MOMENTS[output])
        while process.poll() is None and count_ranked(tmp_path / f"log-{k}") < wanted:
            time.sleep(0.001)
        time.sleep(draw.uniform(0, 0.05))
        process.send_signal(signal.SIGKILL)
        process.wait()
    done = count_done(tmp_path / output)
    complete = (tmp_path / output).is_file()
    assert start(tmp_path, output, "last").wait() == 0
    assert contents(tmp_path / output) == contents(tmp_path / "whole" / output)
    assert complete or count_ranked(tmp_path / "last") == 600 - done
    assert not list(tmp_path.rglob("*.part")) and not list(tmp_path.glob("*.journal*"))


def start(folder, output, log):
    return subprocess.Popen(
        [sys.executable, "-c", RUN, output, "2"], cwd=folder, env=environment(RANKED_LOG=str(folder / log))
    )


def count_ranked(log):
    """Texts that were summarized, and not the two sentences that settings are tried on."""
    return log.read_bytes().count(b"texts.jsonl:") if log.exists() else 0


def count_done(output):
    import sqlite3
    from contextlib import closing

    path = output / ".summarize.journal" if output.is_dir() else Path(f"{output}.journal")
    if not path.exists():
        return 0
    with closing(sqlite3.connect(path)) as database:
        if not database.execute("SELECT 1 FROM sqlite_master WHERE name = 'done'").fetchone():
            return 0
        return database.execute("SELECT COUNT(*) FROM done").fetchone()[0]
