"""Speed against quality: one picture of figures that were measured before.

    python -m benchmarks.speed.tradeoff [--coverage FILE.csv...] [--speed FILE.csv]
                                         [--corpus NAME] [--length TEXT]

Reads the CSV of ``benchmarks.quality.coverage`` and of ``benchmarks.speed.throughput``, and draws every
method that is in both: ROUGE-2 at one length, with its interval, against articles a CPU second.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

from benchmarks import report

LEAD = "lead+greedy"


def find_points(
    quality: Sequence[Mapping[str, str]],
    speed: Sequence[Mapping[str, str]],
    corpus: str,
    length: str,
    measure: str = "rouge2",
) -> list[report.Point]:
    """The methods that are in both tables, the default first.

    Parameters
    ----------
    quality : sequence of mapping
        Rows of ``coverage.csv``.
    speed : sequence of mapping
        Rows of ``speed.csv``; the first with a method is the default's.
    corpus, length, measure : str
        Which of the figures.

    Returns
    -------
    list of Point
        In percent, against articles a CPU second.
    """
    rows = {
        row["method"]: row
        for row in quality
        if (row["corpus"], row["length"], row["measure"]) == (corpus, length, measure)
    }
    rates = {row["method"]: float(row["figure"]) for row in speed if row["method"]}
    default = next(iter(rates), "")
    points = []
    for method, rate in rates.items():
        if method not in rows:
            continue
        mean, low, high = (100 * float(rows[method][field]) for field in ("mean", "low", "high"))
        label = method.removesuffix("+greedy").removeprefix("peer:")
        label += " (default)" if method == default else ""
        points.append(report.Point(label, rate, mean, low, high, _group(method), method == default))
    return points


def _group(method: str) -> str:
    if method.startswith("peer:sumy"):
        return "sumy"
    if method.startswith("peer:"):
        return "other packages"
    return "the lead of the text" if method == LEAD else "summarize"


def main(arguments: Sequence[str] | None = None) -> int:
    """Draw; 1 where there is nothing to draw."""
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.speed.tradeoff", description="Speed against quality."
    )
    add = parser.add_argument
    tables = [report.RESULTS / "coverage-cnn-60.csv", report.RESULTS / "coverage-cnn-60-default.csv"]
    add(
        "--coverage",
        type=Path,
        nargs="+",
        default=tables,
        help="of benchmarks.quality.coverage; later rows count",
    )
    add("--speed", type=Path, default=report.RESULTS / "speed.csv", help="of benchmarks.speed.throughput")
    add("--corpus", help="default: the first of the file")
    add("--length", default="60 words", help="as in the file (default: %(default)s)")
    add("--output", type=Path, default=report.RESULTS / "tradeoff", help="stem of the SVG and the PNG")
    options = parser.parse_args(arguments)
    try:
        quality = [row for path in options.coverage for row in report.read_csv(path)]
        speed = report.read_csv(options.speed)
    except OSError as error:
        print(f"{error.filename}: {error.strerror}", file=sys.stderr)
        return 1
    corpus = options.corpus or next((row["corpus"] for row in quality), "")
    points = find_points(quality, speed, corpus, options.length)
    if not points:
        print(
            f"{', '.join(map(str, options.coverage))} and {options.speed} share no method "
            f"at {options.length} on {corpus!r}; "
            f"found: {', '.join(dict.fromkeys(row['length'] for row in quality))}",
            file=sys.stderr,
        )
        return 1
    documents = max(
        int(r["documents"]) for r in quality if (r["corpus"], r["length"]) == (corpus, options.length)
    )
    report.plot_points(
        points,
        options.output,
        x_label="articles of 500 words a CPU second",
        y_label=f"ROUGE-2 F1 at {options.length}, percent",
        title=f"{corpus}, {documents:,} documents",
        log_x=True,
    )
    return 0


if __name__ == "__main__":
    sys.exit(main())
