"""Plot quality against speed, from figures measured by other benchmarks.

    python -m benchmarks.speed.tradeoff [--quality FILE.csv...] [--speed FILE.csv]
                                         [--corpus NAME] [--length TEXT] [--measure NAME]

Read the CSV files of `benchmarks.quality.readings` and `benchmarks.speed.throughput`, and plot every method
that is in both: the overlap with what readers pick, with its interval, against articles per CPU second. With
a CSV file of `benchmarks.quality.coverage`, plot ROUGE.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

from benchmarks import report

LEAD = "lead+greedy"
_LABELS = {"overlap": "overlap with what readers pick", "rouge2": "ROUGE-2 F1"}


def find_points(
    quality: Sequence[Mapping[str, str]],
    speed: Sequence[Mapping[str, str]],
    corpus: str,
    length: str,
    measure: str = "rouge2",
) -> list[report.Point]:
    """Find the methods that are in both tables, with the default method first.

    Parameters
    ----------
    quality : sequence of mapping
        Rows of ``readings.csv`` or ``coverage.csv``. If a figure occurs more than once, the last one counts.
    speed : sequence of mapping
        Rows of ``speed.csv``. The first row with a method belongs to the default method.
    corpus, length, measure : str
        The figure to plot.

    Returns
    -------
    list of Point
        Articles per CPU second (x) and the measure in percent (y).
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
    """Draw the plot; return 1 if there is nothing to draw."""
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.speed.tradeoff", description="Plot quality against speed."
    )
    add = parser.add_argument
    add(
        "--quality",
        type=Path,
        nargs="+",
        default=[report.RESULTS / "readings.csv"],
        help="CSV files of benchmarks.quality.readings or .coverage; later rows replace earlier ones",
    )
    add(
        "--speed",
        type=Path,
        default=report.RESULTS / "speed.csv",
        help="CSV file of benchmarks.speed.throughput",
    )
    add("--corpus", help="name of the corpus (default: the first one in the file)")
    add("--length", help="length, as in the file (default: the first one in the file)")
    add("--measure", default="overlap", help="measure, as in the file (default: %(default)s)")
    add("--output", type=Path, default=report.RESULTS / "tradeoff", help="output path, without a suffix")
    options = parser.parse_args(arguments)
    try:
        quality = [row for path in options.quality for row in report.read_csv(path)]
        speed = report.read_csv(options.speed)
    except OSError as error:
        print(f"{error.filename}: {error.strerror}", file=sys.stderr)
        return 1
    corpus = options.corpus or next((row["corpus"] for row in quality), "")
    length = options.length or next((row["length"] for row in quality), "")
    points = find_points(quality, speed, corpus, length, options.measure)
    if not points:
        print(
            f"{', '.join(map(str, options.quality))} and {options.speed} have no method in common "
            f"at {length} on {corpus!r}; "
            f"found: {', '.join(dict.fromkeys(row['length'] for row in quality))}",
            file=sys.stderr,
        )
        return 1
    documents = max(
        int(r["documents"]) for r in quality if (r["corpus"], r["length"]) == (corpus, length)
    )
    report.plot_points(
        points,
        options.output,
        x_label="articles of 500 words per CPU second",
        y_label=f"{_LABELS.get(options.measure, options.measure)} at {length}, percent",
        title=f"{corpus}, {documents:,} documents",
        log_x=True,
    )
    return 0


if __name__ == "__main__":
    sys.exit(main())
