"""Print the table of benchmarks in ``benchmarks/README.md``."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

README = Path(__file__).with_name("README.md")


class Benchmark(NamedTuple):
    """A row of the table: a question, and how to answer it.

    Attributes
    ----------
    question, command, minutes : str
        As in the table, without markup.
    result : str
        Path of the result, relative to the README, or a description if the command only prints.
    """

    question: str
    command: str
    minutes: str
    result: str


def read_benchmarks(path: Path = README) -> list[Benchmark]:
    """Read the table of benchmarks.

    Examples
    --------
    >>> [b.command for b in read_benchmarks() if "floors" in b.command]
    ['python -m benchmarks.quality.floors']
    """
    rows = []
    for line in path.read_text(encoding="utf-8").splitlines():
        if line.startswith("|"):
            question, command, minutes, result = (cell.strip() for cell in line.strip("|").split("|"))
            rows.append(
                Benchmark(question, command.strip("`"), minutes, re.sub(r"\[.*?\]\((.*?)\)", r"\1", result))
            )
    return rows[2:]  # without the header and the rule below it


def format_benchmarks(benchmarks: Sequence[Benchmark]) -> str:
    """Format benchmarks as a list, which fits a narrow terminal better than a table.

    Examples
    --------
    >>> print(format_benchmarks([Benchmark("How fast?", "python -m speed", "1", "results/speed.md")]))
    How fast?
        python -m speed
        minutes: 1, result: results/speed.md
    """
    return "\n".join(
        f"{b.question}\n    {b.command}\n    minutes: {b.minutes}, result: {b.result}" for b in benchmarks
    )


if __name__ == "__main__":
    print(format_benchmarks(read_benchmarks()))
