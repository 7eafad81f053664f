"""What `docs/adding.md` tells a reader to write works as it is written there."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.docs.examples import ROOT, find_blocks

PAGE = (ROOT / "docs" / "adding.md").read_text(encoding="utf-8")
_FILE = re.compile(r"# (summarize/\S+)\n")
_LINE = re.compile(r"# (\w+) in (summarize/\S+)\n")


@pytest.fixture(scope="module")
def repository(tmp_path_factory):
    """A copy of the package and its contract tests, with everything on the page added."""
    folder = tmp_path_factory.mktemp("adding")
    ignore = shutil.ignore_patterns("__pycache__")
    for name in ("summarize", "seeds"):
        shutil.copytree(ROOT / name, folder / name, ignore=ignore)
    (folder / "tests").mkdir()
    for name in ("conftest.py", "test_contracts.py"):
        shutil.copy(ROOT / "tests" / name, folder / "tests" / name)
    for name in ("languages", "cases"):
        shutil.copytree(ROOT / "tests" / name, folder / "tests" / name, ignore=ignore)
    shutil.copy(ROOT / "pyproject.toml", folder)
    for block in find_blocks(PAGE):
        if line := _LINE.match(block.body):
            add_line(folder / line[2], line[1], block.body[line.end() :])
        elif file := _FILE.match(block.body):
            add_text(folder / file[1], block.body[file.end() :])
    return folder


def add_text(path: Path, text: str) -> None:
    """Write a new file, or append to one of data."""
    assert path.suffix == ".txt" or not path.exists()
    with open(path, "a", encoding="utf-8") as file:
        file.write(text)


def add_line(path: Path, table: str, text: str) -> None:
    """Add an entry to the beginning of a table."""
    code = path.read_text(encoding="utf-8")
    changed = re.sub(rf"^{table} = [({{]\n", lambda match: match[0] + text, code, flags=re.M)
    assert changed != code
    path.write_text(changed, encoding="utf-8")


def run(folder: Path, *arguments: str) -> str:
    done = subprocess.run(
        [sys.executable, *arguments],
        cwd=folder,
        env=os.environ | {"PYTHONPATH": str(folder)},
        capture_output=True,
        encoding="utf-8",
        timeout=300,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def test_the_page_has_a_file_and_a_line_for_every_table():
    tables = {match[1] for block in find_blocks(PAGE) if (match := _LINE.match(block.body))}
    assert tables == (
        {"RANKERS", "SELECTORS", "SEGMENTERS", "_TABLE", "RENDERERS", "READERS", "OUTPUTS"}
        | {"FORMATS", "DOCUMENTS"}
    )


@pytest.mark.slow
def test_the_additions_pass_the_contract_tests(repository):
    passed = run(repository, "-m", "pytest", "-q", "-p", "no:cacheprovider", "tests")
    assert " passed" in passed


def test_the_additions_work_together(repository):
    (repository / "in.lines").write_text("One.\n\nGas was found at sea.\nIt rained.\n", encoding="utf-8")
    options = "-r longest --set power=2 -s strict --segmenter lines -l Maltese -n 1 -o out.json-seq"
    run(repository, "-m", "summarize", "in.lines", *options.split())
    records = [json.loads(each) for each in (repository / "out.json-seq").read_bytes().split(b"\x1e")[1:]]
    assert [record["summary"] for record in records] == ["One.", "Gas was found at sea.", "It rained."]
    assert {record["language"] for record in records} == {"mt"}


def test_an_added_renderer_and_its_explanation_are_printed(repository):
    (repository / "in.txt").write_text("It rained. Gas was found at sea.", encoding="utf-8")
    shouted = run(repository, "-m", "summarize", "in.txt", "-n", "1", "-r", "longest", "-f", "shouted")
    assert shouted == "GAS WAS FOUND AT SEA.\n"
    explained = run(repository, "-m", "summarize", "in.txt", "-n", "1", "-r", "longest", "--explain")
    assert "score 5 = 5 length" in explained


def test_the_formats_are_read(repository):
    (repository / "a.noted").write_text("# For us.\nGas was found at sea today.\n")
    (repository / "b.cards").write_bytes(b"CARDS\0Gas was found at sea today.\0It is said to be deep.")
    assert run(repository, "-m", "summarize", "a.noted") == "Gas was found at sea today.\n"
    cards = run(repository, "-m", "summarize", "b.cards", "--cite", "--pages", "2")
    assert cards == "It is said to be deep. [p. 2]\n"
