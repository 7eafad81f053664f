"""Measure how time and memory grow with the length of the text.

    python -m benchmarks.speed.growth [--words 10000,50000,200000,1000000] [--rankers NAME,...]

The texts consist of sentences of the English seeds, drawn with a fixed seed, each with an added name. The
number of different names grows with the square root of the length. Each figure comes from a new process
with one thread: CPU time from the text to a summary of ten sentences, including the imports of the ranker,
and peak memory.
"""

from __future__ import annotations

import argparse
import json
import math
import os
import random
import subprocess
import sys
from dataclasses import dataclass

from benchmarks import report
from benchmarks.speed.articles import make_articles
from benchmarks.speed.throughput import RANKERS


@dataclass(frozen=True, slots=True)
class Row:
    """A row of the table: CPU seconds and peak memory of a ranker on one text."""

    ranker: str
    words: int
    seconds: float
    megabytes: float


def make_text(words: int) -> str:
    """Make a text of about the given number of words, whose vocabulary grows more slowly."""
    articles = make_articles(-(-words // 500))
    draw = random.Random(1)
    names = [f"Name{k}" for k in range(1, 1 + int(30 * math.sqrt(words)))]
    text = "\n\n".join(articles)
    pieces = text.split(" near ")
    return "".join(
        piece + (f" near {draw.choice(names)} and " if i + 1 < len(pieces) else "")
        for i, piece in enumerate(pieces)
    )


def measure(ranker: str, words: int) -> tuple[float, float, int]:
    """Measure CPU seconds, peak megabytes and words of one run; needs a new process."""
    import resource
    import time

    text = make_text(words)
    from summarize import summarize
    from summarize.rankers import DEFAULT

    start = time.process_time()
    str(summarize(text, length=10, ranker=DEFAULT if ranker == "default" else ranker))
    seconds = time.process_time() - start
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return seconds, peak, len(text.split())


def main() -> None:
    """Measure, and write and print the table and the plot."""
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.speed.growth",
        description="Measure how time and memory grow with the length of the text.",
    )
    add = parser.add_argument
    add("--words", default="10000,50000,200000,1000000", help="lengths, comma-separated")
    add("--rankers", default=",".join(RANKERS), help="rankers, comma-separated")
    arguments = parser.parse_args()
    sizes = [int(size) for size in arguments.words.split(",")]
    rows = []
    for ranker in arguments.rankers.split(","):
        for size in sizes:
            call = "import json; from benchmarks.speed.growth import measure; "
            call += f"print(json.dumps(measure({ranker!r}, {size})))"
            environment = os.environ | {"OPENBLAS_NUM_THREADS": "1"}
            done = subprocess.run(
                [sys.executable, "-c", call],
                check=True,
                capture_output=True,
                cwd=report.REPOSITORY,
                env=environment,
            )
            seconds, megabytes, words = json.loads(done.stdout)
            rows.append(Row(ranker, words, seconds, megabytes))
            print(rows[-1], file=sys.stderr)
    by_ranker = {r.ranker: [row for row in rows if row.ranker == r.ranker] for r in rows}
    body = []
    for name, measured in by_ranker.items():
        last, middle = measured[-1], measured[min(1, len(measured) - 1)]
        exponent = (
            math.log(last.seconds / middle.seconds) / math.log(last.words / middle.words)
            if last != middle
            else 0.0
        )
        body.append(
            (
                name,
                *(f"{row.seconds:.2f} s" for row in measured),
                f"{last.megabytes:.0f} MB",
                f"{exponent:.2f}",
            )
        )
    table = report.markdown_table(
        ("ranker", *(f"{size:,} words" for size in sizes), "peak", "exponent from the second length on"), body
    )
    where = report.provenance("benchmarks.speed.growth", "numpy", "scipy")
    report.write_csv(rows, report.RESULTS / "growth.csv")
    report.write_text(f"# Growth\n\n{where}\n{table}", report.RESULTS / "growth.md")
    if report.can_plot():
        lines = [
            report.Line(
                name, [r.words for r in measured], [r.seconds for r in measured], emphasis=name == "default"
            )
            for name, measured in by_ranker.items()
        ]
        _plot(lines)
    print(table)


def _plot(lines: list[report.Line]) -> None:
    report.plot_lines(
        {"CPU seconds": lines},
        report.RESULTS / "growth",
        x_label="words",
        y_label="CPU seconds",
        log_x=True,
        log_y=True,
    )


if __name__ == "__main__":
    main()
