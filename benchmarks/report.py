"""Report the results of a benchmark: tidy CSV, Markdown tables, plots, a progress bar.

Tables
    `write_csv` (one row per dataclass instance or dictionary), `read_csv`, `markdown_table`,
    `format_interval` (``12.3 [11.9, 12.8]``), `format_figure`, `write_text` (atomic).
Plots, as SVG and PNG
    `plot_lines` draws `Line` objects, with one panel per key and a band for each interval.
    `plot_points` draws labeled `Point` objects to compare two quantities.
Context
    `provenance` (command, machine, versions), `progress` (a bar, on a terminal only).

This module knows nothing about what is measured. The same figures produce the same bytes. If matplotlib
is missing, plots are skipped with a message on stderr.
"""

from __future__ import annotations

import csv
import dataclasses
import importlib.metadata
import importlib.util
import os
import platform
import shlex
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, TypeVar

REPOSITORY = Path(__file__).resolve().parent.parent
RESULTS = REPOSITORY / "benchmarks" / "results"

T = TypeVar("T")

_STYLES = ("-", "--", ":", "-.")


@dataclasses.dataclass(frozen=True, slots=True)
class Line:
    """A line in a panel: `y` against `x`, with an optional band between `low` and `high`.

    With `emphasis`, the line is thicker and drawn on top of the others.
    """

    label: str
    x: Sequence[float]
    y: Sequence[float]
    low: Sequence[float] = ()
    high: Sequence[float] = ()
    emphasis: bool = False


@dataclasses.dataclass(frozen=True, slots=True)
class Point:
    """A labeled point, with an optional vertical error bar from `low` to `high`.

    Points of the same `group` share a color and an entry in the legend.
    """

    label: str
    x: float
    y: float
    low: float | None = None
    high: float | None = None
    group: str = ""
    emphasis: bool = False


# --- Tables ---------------------------------------------------------------------------------------


def write_text(text: str, path: Path) -> None:
    """Write a file atomically."""
    path.parent.mkdir(parents=True, exist_ok=True)
    temporary = path.with_name(f".{path.name}.{os.getpid()}")
    temporary.write_text(text, encoding="utf-8")
    temporary.replace(path)


def write_csv(rows: Iterable[Any], path: Path, digits: int = 5) -> None:
    """Write rows to a CSV file, atomically. The header has the field names of the first row.

    Parameters
    ----------
    rows : iterable of dataclass instances or mappings
        All with the same fields.
    path : Path
        File to write or replace.
    digits : int
        Significant digits of floats. Few digits keep files small and their diffs free of noise.
    """
    records = [_record(row) for row in rows]
    path.parent.mkdir(parents=True, exist_ok=True)
    temporary = path.with_name(f".{path.name}.{os.getpid()}")
    with temporary.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        if records:
            writer.writerow(records[0])
        for record in records:
            writer.writerow(
                [f"{value:.{digits}g}" if isinstance(value, float) else value for value in record.values()]
            )
    temporary.replace(path)


def _record(row: Any) -> dict[str, Any]:
    if isinstance(row, Mapping):
        return dict(row)
    return {field.name: getattr(row, field.name) for field in dataclasses.fields(row)}


def read_csv(path: Path) -> list[dict[str, str]]:
    """Read the rows of a CSV file; every value is a string."""
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def markdown_table(header: Sequence[str], rows: Iterable[Sequence[object]], left: int = 1) -> str:
    """Format a Markdown table. The first `left` columns are left-aligned, the others right-aligned.

    Examples
    --------
    >>> print(markdown_table(("method", "F1"), [("lead", 12.0)]), end="")
    | method | F1 |
    | --- | ---: |
    | lead | 12.0 |
    """
    alignment = ["---" if column < left else "---:" for column in range(len(header))]
    lines = [header, alignment, *([str(cell) for cell in row] for row in rows)]
    return "".join("| " + " | ".join(line) + " |\n" for line in lines)


def format_interval(mean: float, low: float, high: float, digits: int = 1, scale: float = 1.0) -> str:
    """Format a mean with its interval. Use a `scale` of 100 to show fractions as percentages.

    Examples
    --------
    >>> format_interval(0.123, 0.119, 0.128, scale=100)
    '12.3 [11.9, 12.8]'
    """
    return f"{scale * mean:.{digits}f} [{scale * low:.{digits}f}, {scale * high:.{digits}f}]"


def format_figure(value: float) -> str:
    """Format a number with three significant digits and no exponent.

    Examples
    --------
    >>> format_figure(2010.4), format_figure(1.368)
    ('2,010', '1.37')
    """
    return f"{value:,.0f}" if value >= 100 else f"{value:.3g}"


# --- Context --------------------------------------------------------------------------------------


def versions(*packages: str) -> dict[str, str]:
    """Return the versions of Python and of the given packages."""
    found = {"Python": platform.python_version()}
    for package in packages:
        try:
            found[package] = importlib.metadata.version(package)
        except importlib.metadata.PackageNotFoundError:
            found[package] = "not installed"
    return found


def show_command(module: str, arguments: Sequence[str]) -> str:
    """Format the command that runs a module; files and folders are shown without their folders.

    Examples
    --------
    >>> show_command("benchmarks.speed.chunks", ["--rounds", "3", "--against=/tmp/old"])
    'python -m benchmarks.speed.chunks --rounds 3 --against=old'
    """
    return shlex.join(["python", "-m", module, *map(_shorten, arguments)])


def _shorten(argument: str) -> str:
    option, equals, value = argument.rpartition("=") if argument.startswith("-") else ("", "", argument)
    path = Path(value)
    is_path = path.is_absolute() or path.exists()
    return f"{option}{equals}{(is_path and path.name) or value}"


def provenance(module: str, *packages: str, arguments: Sequence[str] | None = None) -> str:
    """Format the command, the machine and the versions behind a table.

    Parameters
    ----------
    module : str
        The module that was run.
    *packages : str
        Packages whose versions are shown.
    arguments : sequence of str, optional
        The arguments of the run; by default those of this process.
    """
    command = show_command(module, sys.argv[1:] if arguments is None else arguments)
    listed = ", ".join(f"{name} {version}" for name, version in versions(*packages).items())
    return f"    {command}\n\n{_processor()}, {os.cpu_count()} cores, {platform.system()}; {listed}.\n"


def _processor() -> str:
    """Return the name of the processor, or of its architecture if the name is unknown."""
    try:
        for line in Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines():
            if line.startswith("model name"):
                return line.partition(":")[2].strip()
    except OSError:
        pass
    return platform.processor() or platform.machine()


def progress(items: Iterable[T], total: int, label: str) -> Iterator[T]:
    """Yield the items, with a progress bar on stderr if it is a terminal."""
    from tqdm import tqdm

    yield from tqdm(items, total=total, desc=label, disable=None, file=sys.stderr)


# --- Plots ----------------------------------------------------------------------------------------


def can_plot() -> bool:
    """Tell whether matplotlib is installed, and print a message to stderr if it is not."""
    if importlib.util.find_spec("matplotlib"):
        return True
    print("skipping plots: matplotlib is not installed (extra: bench)", file=sys.stderr)
    return False


def plot_lines(
    panels: Mapping[str, Sequence[Line]],
    stem: Path,
    *,
    x_label: str,
    y_label: str,
    title: str = "",
    log_x: bool = False,
    log_y: bool = False,
    ticks: Sequence[float] = (),
    columns: int = 3,
) -> list[Path]:
    """Draw panels of lines with bands, with one legend for all panels.

    Parameters
    ----------
    panels : mapping of str to sequence of Line
        Title and lines of each panel. A label has the same color in every panel.
    stem : Path
        Output path without a suffix; ``.svg`` and ``.png`` are added.
    x_label, y_label, title : str
        Labels of the axes, and the title of the figure.
    log_x, log_y : bool
        Whether an axis is logarithmic.
    ticks : sequence of float
        Ticks of the x axis; by default, matplotlib chooses them.
    columns : int
        Maximum number of panels per row.

    Returns
    -------
    list of Path
        The files written; empty if matplotlib is missing.
    """
    if not can_plot() or not panels:
        return []
    across = min(columns, len(panels))
    down = -(-len(panels) // across)
    figure = _figure(max(6.5, 4.2 * across), 3.2 * down + 1.2)
    axes = figure.subplots(down, across, squeeze=False).flatten()
    styles = _assign_styles(line.label for lines in panels.values() for line in lines)
    handles: dict[str, Any] = {}
    for axis, (name, lines) in zip(axes, panels.items(), strict=False):
        for line in lines:
            color, style = styles[line.label]
            width, order = (2.6, 5) if line.emphasis else (1.3, 3)
            (handle,) = axis.plot(
                line.x, line.y, style, color=color, linewidth=width, zorder=order, marker="o", markersize=3
            )
            handles.setdefault(line.label, handle)
            if line.low:
                axis.fill_between(line.x, line.low, line.high, color=color, alpha=0.13, linewidth=0)
        axis.set_title(name, fontsize=10)
        _format_axes(axis, x_label, y_label, log_x, log_y, ticks)
    for axis in axes[len(panels) :]:
        axis.set_visible(False)
    figure.legend(
        handles.values(), handles, loc="outside lower center", ncols=min(5, len(handles)), fontsize=8
    )
    return _save(figure, stem, title)


def plot_points(
    points: Sequence[Point],
    stem: Path,
    *,
    x_label: str,
    y_label: str,
    title: str = "",
    log_x: bool = False,
    log_y: bool = False,
) -> list[Path]:
    """Draw labeled points, to compare two quantities such as speed and quality.

    The parameters are those of :func:`plot_lines`.

    Returns
    -------
    list of Path
        The files written; empty if matplotlib is missing.
    """
    if not can_plot() or not points:
        return []
    figure = _figure(8.0, 5.2)
    axis = figure.subplots()
    styles = _assign_styles(point.group for point in points)
    handles: dict[str, Any] = {}
    for point in points:
        color, _ = styles[point.group]
        bar = None
        if point.low is not None and point.high is not None:
            bar = [[point.y - point.low], [point.high - point.y]]
        size = 9 if point.emphasis else 6
        handle = axis.errorbar(
            [point.x], [point.y], yerr=bar, fmt="o", color=color, markersize=size, elinewidth=1, alpha=0.9
        )
        handles.setdefault(point.group, handle)
    _format_axes(axis, x_label, y_label, log_x, log_y, ())
    axis.margins(x=0.16)
    if len(handles) > 1:
        axis.legend(handles.values(), handles, fontsize=8)
    _label(figure, axis, points)
    return _save(figure, stem, title)


def _label(figure: Any, axis: Any, points: Sequence[Point]) -> None:
    """Place each label to the right or left of its point, where it overlaps nothing."""
    figure.canvas.draw()  # fixes the positions of the points
    places = [axis.transData.transform((point.x, point.y)) * 72 / figure.dpi for point in points]
    # Left, right and vertical position of markers and labels, in typographic points.
    taken = [(x - 5, x + 5, y) for x, y in places]
    for k in sorted(range(len(points)), key=lambda k: (not points[k].emphasis, -points[k].y)):
        (x, y), point = places[k], points[k]
        width = (5.6 if point.emphasis else 4.8) * len(point.label) + 2
        others = taken[:k] + taken[k + 1 :]
        left, shift = next(
            (left, shift)
            for step in range(0, 600, 3)
            for left, shift in ((x + 9, step), (x - 9 - width, step), (x + 9, -step), (x - 9 - width, -step))
            if all(
                abs(y + shift - h) >= 11 or left + width < first or left > last for first, last, h in others
            )
        )
        taken.append((left, left + width, y + shift))
        axis.annotate(
            point.label,
            (point.x, point.y),
            (9 if left > x else -9, shift),
            textcoords="offset points",
            ha="left" if left > x else "right",
            va="center",
            fontsize=8,
            weight="bold" if point.emphasis else "normal",
            arrowprops={"arrowstyle": "-", "linewidth": 0.5, "color": "0.5"} if abs(shift) > 8 else None,
        )


def _figure(width: float, height: float) -> Any:
    """Create a figure without pyplot, which needs a display and keeps global state."""
    from matplotlib.figure import Figure

    return Figure(figsize=(width, height), layout="constrained")


def _assign_styles(labels: Iterable[str]) -> dict[str, tuple[str, str]]:
    """Assign a color and a line style to each label, in order of appearance."""
    distinct = list(dict.fromkeys(labels))
    return {label: (f"C{i % 10}", _STYLES[i // 10 % len(_STYLES)]) for i, label in enumerate(distinct)}


def _format_axes(
    axis: Any, x_label: str, y_label: str, log_x: bool, log_y: bool, ticks: Sequence[float]
) -> None:
    from matplotlib.ticker import LogLocator, NullFormatter

    for wanted, name, part in ((log_x, "x", axis.xaxis), (log_y, "y", axis.yaxis)):
        if wanted:
            axis.set(**{f"{name}scale": "log"})
            part.set_major_locator(LogLocator(subs=(1, 2, 5)))
            part.set_major_formatter(lambda value, _: f"{value:,.10g}")
            part.set_minor_formatter(NullFormatter())
    if ticks:
        axis.set_xticks(list(ticks), [f"{tick:g}" for tick in ticks])
        axis.minorticks_off()
    axis.set_xlabel(x_label, fontsize=9)
    axis.set_ylabel(y_label, fontsize=9)
    axis.tick_params(labelsize=8)
    axis.grid(alpha=0.25, linewidth=0.6)
    axis.spines[["top", "right"]].set_visible(False)


def _save(figure: Any, stem: Path, title: str) -> list[Path]:
    import matplotlib

    if title:
        figure.suptitle(title, fontsize=11)
    stem.parent.mkdir(parents=True, exist_ok=True)
    paths = [stem.with_name(stem.name + ending) for ending in (".svg", ".png")]
    # With a fixed salt and no date, the same figures give the same bytes.
    with matplotlib.rc_context({"svg.hashsalt": "summarize", "svg.fonttype": "none"}):
        figure.savefig(paths[0], metadata={"Date": None})
        figure.savefig(paths[1], dpi=130, metadata={"Software": None})
    return paths
