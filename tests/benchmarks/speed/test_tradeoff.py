"""Facts about the picture of speed against quality, and about the plots' labels."""

from __future__ import annotations

import re
from itertools import combinations
from pathlib import Path

import pytest

from benchmarks import peers, report
from benchmarks.quality import coverage
from benchmarks.speed import throughput as speed
from benchmarks.speed import tradeoff


def quality(method, mean):
    return coverage.Row("news", method, "", "60 words", 9, "rouge2", mean, mean - 0.01, mean + 0.01)


QUALITY = [
    quality("ensemble+greedy", 0.14),
    quality("lead+greedy", 0.12),
    quality("peer:summa", 0.101),
    quality("oracle", 0.36),
    coverage.Row("news", "peer:summa", "", "100 words", 9, "rouge2", 0.5, 0.5, 0.5),
]
SPEED = [
    speed.Row("whole process", "", 90.0, "ms", ""),
    speed.Row("articles, default", "ensemble+greedy", 2000.0, "/s", ""),
    speed.Row("articles, lead", "lead+greedy", 3000.0, "/s", ""),
    speed.Row("articles, summa", "peer:summa", 400.0, "/s", ""),
    speed.Row("articles, lsa", "lsa+greedy", 1900.0, "/s", ""),
]


@pytest.fixture
def files(tmp_path):
    report.write_csv(QUALITY, tmp_path / "coverage.csv")
    report.write_csv(SPEED, tmp_path / "speed.csv")
    return ["--coverage", str(tmp_path / "coverage.csv"), "--speed", str(tmp_path / "speed.csv")]


def test_a_method_in_both_tables_is_a_point(files):
    tables = (report.read_csv(Path(files[k])) for k in (1, 3))
    points = tradeoff.find_points(*tables, "news", "60 words")
    assert [(p.label, p.x, p.group) for p in points] == [
        ("ensemble (default)", 2000, "summarize"),
        ("lead", 3000, "the lead of the text"),
        ("summa", 400, "other packages"),
    ]
    assert (points[2].y, points[2].low, points[2].high) == pytest.approx((10.1, 9.1, 11.1))
    assert [p.emphasis for p in points] == [True, False, False]


def test_the_picture_names_its_points_and_axes(files, tmp_path):
    pytest.importorskip("matplotlib")
    assert tradeoff.main([*files, "--output", str(tmp_path / "picture")]) == 0
    drawn = (tmp_path / "picture.svg").read_text(encoding="utf-8")
    for text in ("ensemble (default)", "summa", "ROUGE-2 F1 at 60 words, percent", "news, 9 documents"):
        assert f">{text}</text>" in drawn
    assert (tmp_path / "picture.png").read_bytes().startswith(b"\x89PNG")


def test_nothing_to_draw_is_said(files, capsys):
    assert tradeoff.main([*files, "--length", "7 words"]) == 1
    assert "found: 60 words, 100 words" in capsys.readouterr().err
    assert tradeoff.main(["--speed", "no-such.csv"]) == 1
    assert "no-such.csv" in capsys.readouterr().err


def test_labels_of_near_points_do_not_cover_each_other(tmp_path):
    pytest.importorskip("matplotlib")
    points = [report.Point(f"method {k}", 1000 + k, 10 + k / 100) for k in range(8)]
    report.plot_points(points, tmp_path / "near", x_label="x", y_label="y")
    drawn = (tmp_path / "near.svg").read_text(encoding="utf-8")
    labels = re.findall(r'x="([\d.]+)" y="([\d.]+)"[^>]*>method \d<', drawn)
    assert len(labels) == len(points)
    places = [(float(x), float(y)) for x, y in labels]
    assert all(abs(a[1] - b[1]) >= 8 or abs(a[0] - b[0]) >= 35 for a, b in combinations(places, 2))


def test_the_committed_figures_of_speed_name_methods_that_are_measured():
    rows = report.read_csv(report.RESULTS / "speed.csv")
    named = {row["method"] for row in rows if row["method"]}
    assert named > {f"{name}+greedy" for name in speed.RANKERS[1:]}
    assert {name for name in named if name.startswith("peer:")} <= set(peers.PEERS)
