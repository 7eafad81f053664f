"""Tables and plots of the benchmarks."""

from __future__ import annotations

import re
from itertools import combinations

import pytest

from benchmarks import report


def test_csv_can_be_read_back(tmp_path):
    report.write_csv([{"method": "lead", "mean": 0.123456789}], tmp_path / "a.csv")
    assert report.read_csv(tmp_path / "a.csv") == [{"method": "lead", "mean": "0.12346"}]


def test_missing_package_has_no_version():
    assert report.versions("no-such-package")["no-such-package"] == "not installed"


def test_table_names_the_arguments_of_the_run(monkeypatch):
    monkeypatch.setattr("sys.argv", ["chunks.py", "--rounds", "3", "/corpora/news.jsonl"])
    assert report.provenance("benchmarks.speed.chunks").startswith(
        "    python -m benchmarks.speed.chunks --rounds 3 news.jsonl\n"
    )


def test_arguments_of_a_call_replace_those_of_the_process(tmp_path):
    arguments = [f"--data={tmp_path}", "--percents", ""]
    shown = report.show_command("benchmarks.segmentation.boundaries", arguments)
    assert shown == f"python -m benchmarks.segmentation.boundaries --data={tmp_path.name} --percents ''"


@pytest.fixture
def stem(tmp_path):
    """The path of a plot of eight points that are close together, without a suffix."""
    points = [report.Point(f"method {k}", 1000 + k, 10 + k / 100) for k in range(8)]
    report.plot_points(points, tmp_path / "plot", x_label="x", y_label="y")
    return tmp_path / "plot"


def test_plot_is_written_as_svg_and_png(stem):
    assert stem.with_suffix(".svg").read_text(encoding="utf-8").startswith("<?xml")
    assert stem.with_suffix(".png").read_bytes().startswith(b"\x89PNG")


def test_labels_of_close_points_do_not_overlap(stem):
    svg = stem.with_suffix(".svg").read_text(encoding="utf-8")
    labels = re.findall(r'x="([\d.]+)" y="([\d.]+)"[^>]*>method \d<', svg)
    assert len(labels) == 8
    places = [(float(x), float(y)) for x, y in labels]
    assert all(abs(a[1] - b[1]) >= 8 or abs(a[0] - b[0]) >= 35 for a, b in combinations(places, 2))
