"""The plot of quality against speed."""

from __future__ import annotations

import pytest

from benchmarks import report
from benchmarks.quality import coverage
from benchmarks.speed import throughput, tradeoff


def quality_row(method, mean):
    return coverage.Row("news", method, "", "60 words", 9, "rouge2", mean, mean - 0.01, mean + 0.01)


QUALITY = [
    quality_row("ensemble+greedy", 0.14),
    quality_row("lead+greedy", 0.12),
    quality_row("peer:summa", 0.101),
    quality_row("oracle", 0.36),
    coverage.Row("news", "peer:summa", "", "100 words", 9, "rouge2", 0.5, 0.5, 0.5),
]
SPEED = [
    throughput.Row("whole process", "", 90.0, "ms", ""),
    throughput.Row("articles, default", "ensemble+greedy", 2000.0, "/s", ""),
    throughput.Row("articles, lead", "lead+greedy", 3000.0, "/s", ""),
    throughput.Row("articles, summa", "peer:summa", 400.0, "/s", ""),
    throughput.Row("articles, lsa", "lsa+greedy", 1900.0, "/s", ""),
]


@pytest.fixture
def tables(tmp_path):
    report.write_csv(QUALITY, tmp_path / "coverage.csv")
    report.write_csv(SPEED, tmp_path / "speed.csv")
    return tmp_path / "coverage.csv", tmp_path / "speed.csv"


@pytest.fixture
def options(tables):
    return ["--quality", str(tables[0]), "--speed", str(tables[1]), "--measure", "rouge2"]


@pytest.fixture
def points(tables):
    return tradeoff.find_points(*map(report.read_csv, tables), "news", "60 words", "rouge2")


def test_methods_in_both_tables_are_points(points):
    assert [(p.label, p.x, p.group) for p in points] == [
        ("ensemble (default)", 2000, "summarize"),
        ("lead", 3000, "the lead of the text"),
        ("summa", 400, "other packages"),
    ]


def test_quality_is_in_percent_with_its_interval(points):
    assert (points[2].y, points[2].low, points[2].high) == pytest.approx((10.1, 9.1, 11.1))


def test_default_method_is_emphasized(points):
    assert [p.emphasis for p in points] == [True, False, False]


@pytest.mark.parametrize(
    "text", ["ensemble (default)", "summa", "ROUGE-2 F1 at 60 words, percent", "news, 9 documents"]
)
def test_plot_has_labels(options, tmp_path, text):
    assert tradeoff.main([*options, "--output", str(tmp_path / "plot")]) == 0
    assert f">{text}</text>" in (tmp_path / "plot.svg").read_text(encoding="utf-8")


def test_unknown_length_is_reported_with_those_in_the_table(options, capsys):
    assert tradeoff.main([*options, "--length", "7 words"]) == 1
    assert "found: 60 words, 100 words" in capsys.readouterr().err


def test_missing_file_is_reported(capsys):
    assert tradeoff.main(["--speed", "no-such.csv"]) == 1
    assert "no-such.csv" in capsys.readouterr().err
