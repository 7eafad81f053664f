"""Check that the quality of the fast methods has not dropped.

    python -m benchmarks.quality.floors            compare with the floors; exit 1 if a method is below
    python -m benchmarks.quality.floors --raise    raise the floors to the current figures
    python -m benchmarks.quality.floors --lower    also lower them; the commit message should say why

The figures are areas under the curves of ROUGE-2 and of source coverage, on the project's own seeds.
They are deterministic; a small tolerance allows for other versions of numpy.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from pathlib import Path

from benchmarks import corpora
from benchmarks.quality import coverage, evaluation

FLOORS = Path(__file__).with_name("floors.json")
METHODS = (
    "learned+novelty",
    *(f"{name}+greedy" for name in ("ensemble", "textrank", "lexrank", "lsa", "centroid", "directed")),
)
MEASURES = ("rouge2", "coverage")
TOLERANCE = 0.002


def measure() -> dict[str, float]:
    """Compute the current figures, by method and measure."""
    corpus = corpora.read_seeds()
    lengths = evaluation.list_lengths(percents=())
    values = evaluation.evaluate_corpus(corpus, METHODS, lengths, jobs=1, cache=None)
    rows = coverage.tabulate(corpus, METHODS, lengths, values)
    return {
        f"{row.method} {row.measure}": round(row.mean, 4)
        for row in rows
        if row.length == "area" and row.measure in MEASURES
    }


def find_drops(floors: dict[str, float], current: dict[str, float]) -> list[str]:
    """Describe each floor that the current figures fall below, or no longer include.

    Examples
    --------
    >>> find_drops({"lead rouge2": 0.12}, {"lead rouge2": 0.11})
    ['lead rouge2: 0.1100, the floor is 0.1200']
    """
    drops = []
    for name, floor in floors.items():
        if name not in current:
            drops.append(f"{name}: no longer measured; the floor is {floor:.4f}")
        elif current[name] < floor - TOLERANCE:
            drops.append(f"{name}: {current[name]:.4f}, the floor is {floor:.4f}")
    return drops


def main(arguments: Sequence[str] | None = None) -> int:
    """Compare with the floors, or change them."""
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.quality.floors", description="Check the quality of the fast methods."
    )
    parser.add_argument("--raise", dest="up", action="store_true", help="raise the floors")
    parser.add_argument("--lower", action="store_true", help="raise and lower the floors")
    parser.add_argument("--floors", type=Path, default=FLOORS, help="file of floors")
    options = parser.parse_args(arguments)
    floors: dict[str, float] = (
        json.loads(options.floors.read_text(encoding="utf-8")) if options.floors.exists() else {}
    )
    current = measure()
    if options.lower or options.up:
        new = {
            name: value if options.lower else max(value, floors.get(name, 0.0))
            for name, value in current.items()
        }
        options.floors.write_text(json.dumps(new, indent=2) + "\n", encoding="utf-8")
        return 0
    drops = find_drops(floors, current)
    for line in drops:
        print(line, file=sys.stderr)
    print(f"{len(floors) - len(drops)} of {len(floors)} floors hold")
    return 1 if drops or not floors else 0


if __name__ == "__main__":
    sys.exit(main())
