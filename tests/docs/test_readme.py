"""The README keeps its word."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

from summarize.rankers import DEFAULT, RANKERS
from summarize.renderers import RENDERERS
from summarize.selectors import SELECTORS

ROOT = Path(__file__).resolve().parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")


def run(*arguments):
    return subprocess.run(
        [sys.executable, "-m", "summarize", *arguments], cwd=ROOT, capture_output=True, check=True
    ).stdout.decode("utf-8")


def test_the_output_at_its_beginning_is_real():
    command, _, output = (
        re.search(r"```\n\$ summarize (.*?)\n(.*?)```", README, re.S)
        .group(0)
        .partition("\n")[2]
        .partition("\n")
    )
    assert run(*command.removeprefix("$ summarize ").split()) == output.removesuffix("```")


def test_every_option_is_in_it_and_no_other():
    options = set(re.findall(r"(?<![\w-])--[a-z][a-z-]+", re.sub(r"-\n\s+", "-", run("--help"))))
    table = README[README.index("| option |") : README.index("Exit codes:")]
    assert set(re.findall(r"--[a-z][a-z-]+", table)) == options


@pytest.mark.parametrize("name", [*RANKERS, *SELECTORS, *RENDERERS])
def test_every_member_of_the_tables_is_named(name):
    assert f"`{name}`" in README
    assert f"`{DEFAULT}` (default)" in README


@pytest.mark.parametrize("code", re.findall(r"```python\n(.*?)```", README, re.S))
def test_python_examples_run(code, monkeypatch, capsys):
    monkeypatch.chdir(ROOT)
    exec(compile(code, "README.md", "exec"), {})
    assert capsys.readouterr().out
