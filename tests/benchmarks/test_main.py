"""The table of benchmarks in the README, and what it lists."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import pytest

from benchmarks.__main__ import README, Benchmark, format_benchmarks, read_benchmarks

FOLDER = README.parent
BENCHMARKS = read_benchmarks()
MODULES = [path for path in sorted(FOLDER.rglob("*.py")) if not path.name.startswith("__")]


def module_of(command: str) -> str:
    """Return the name of the module that a command runs."""
    python, option, module, *_ = command.split()
    assert (python, option) == ("python", "-m")
    return module


def has_main(path: Path) -> bool:
    """Tell whether a module defines ``main``, without importing it: some need optional packages."""
    return any(
        isinstance(node, ast.FunctionDef) and node.name == "main"
        for node in ast.parse(path.read_text(encoding="utf-8")).body
    )


@pytest.mark.parametrize("benchmark", BENCHMARKS, ids=lambda benchmark: benchmark.command)
def test_command_runs_a_module_with_a_main_function(benchmark):
    assert has_main(FOLDER.parent / (module_of(benchmark.command).replace(".", "/") + ".py"))


@pytest.mark.parametrize("path", [path for path in MODULES if has_main(path)], ids=lambda path: path.stem)
def test_module_with_a_main_function_is_in_the_table(path):
    name = ".".join(path.relative_to(FOLDER.parent).with_suffix("").parts)
    assert name in {module_of(benchmark.command) for benchmark in BENCHMARKS}


@pytest.mark.parametrize("benchmark", BENCHMARKS, ids=lambda benchmark: benchmark.command)
def test_result_exists_or_is_printed(benchmark):
    assert benchmark.result.startswith("prints ") or (FOLDER / benchmark.result).exists()


@pytest.mark.parametrize("path", sorted((FOLDER / "results").glob("*.md")), ids=lambda path: path.stem)
def test_result_names_a_command_in_the_table(path):
    command = path.read_text(encoding="utf-8").splitlines()[2].strip()
    assert module_of(command) in {module_of(benchmark.command) for benchmark in BENCHMARKS}


@pytest.mark.parametrize("path", sorted((FOLDER / "results").glob("*.md")), ids=lambda path: path.stem)
def test_result_is_linked(path):
    assert f"results/{path.name}" in {benchmark.result for benchmark in BENCHMARKS}


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.stem)
def test_module_does_not_share_a_name_with_the_standard_library(path):
    assert path.stem not in sys.stdlib_module_names


def test_minutes_and_result_follow_the_command():
    benchmark = Benchmark("Is it fast?", "python -m benchmarks.speed", "2", "results/speed.md")
    assert format_benchmarks([benchmark]).splitlines() == [
        "Is it fast?",
        "    python -m benchmarks.speed",
        "    minutes: 2, result: results/speed.md",
    ]


def test_package_prints_every_command():
    done = subprocess.run(
        [sys.executable, "-m", "benchmarks"], check=True, capture_output=True, text=True, cwd=FOLDER.parent
    )
    assert all(benchmark.command in done.stdout for benchmark in BENCHMARKS)
