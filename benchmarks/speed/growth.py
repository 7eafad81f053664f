"""How time and memory grow with the text.

    python -m benchmarks.speed.growth [--words 10000,50000,200000,1000000] [--rankers NAME,...]

A text of so many words is made of the sentences of the English seeds, every one with a word of its own
or of a few others, drawn with a fixed seed. Each figure is a new process with one thread: CPU seconds
from the text to ten sentences, imports of the ranker included, and the peak of its memory.
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
from benchmarks.speed.throughput import RANKERS, make_articles


@dataclass(frozen=True, slots=True)
class Row:
    """CPU seconds and peak memory of a ranker on a text."""

    ranker: str
    words: int
    seconds: float
    megabytes: float


def make_text(words: int) -> str:
    """A text of about so many words, with a vocabulary that grows more slowly."""
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
    """CPU seconds, megabytes at the peak, and words; meant for a process of its own."""
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
    """Measure, print, and write table and plot."""
    parser = argparse.ArgumentParser(description="Growth of time and memory with the text.")
    parser.add_argument("--words", default="10000,50000,200000,1000000")
    parser.add_argument("--rankers", default=",".join(RANKERS))
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
        ("ranker", *(f"{size:,} words" for size in sizes), "peak", "exponent from the second size on"), body
    )
    where = report.provenance("python -m benchmarks.speed.growth", "numpy", "scipy")
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
