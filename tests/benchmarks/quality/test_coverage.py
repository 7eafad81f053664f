"""The benchmark of quality at each length: its figures, tables and command."""

from __future__ import annotations

import csv

import pytest

from benchmarks.quality import coverage

FAST = ["--percents", "", "--jobs", "1", "--no-cache"]


# --- Figures --------------------------------------------------------------------------------------


def test_difference_of_a_method_from_itself_is_zero(small):
    rows = coverage.tabulate(small.corpus, small.methods, small.lengths, small.values)
    own = [row for row in rows if row.method == "lead+greedy" and row.measure.endswith("-lead")]
    assert {row.measure for row in own} >= {"rouge2-lead", "coverage-lead"}
    assert {row.length for row in own} == {"25 words", "100 words", "10%", "area"}
    assert all((row.mean, row.low, row.high) == (0, 0, 0) for row in own)


@pytest.mark.parametrize("measure", ["rouge2", "rougeLsum", "coverage"])
def test_mean_difference_is_the_difference_of_the_means(small, measure):
    rows = coverage.tabulate(small.corpus, small.methods, small.lengths, small.values, against="oracle")
    figure = {(row.method, row.measure): row.mean for row in rows if row.length == "100 words"}
    expected = figure["textrank+greedy", measure] - figure["oracle", measure]
    assert figure["textrank+greedy", f"{measure}-oracle"] == pytest.approx(expected)


def test_knee_is_one_of_the_lengths(small):
    rows = coverage.tabulate(small.corpus, small.methods, small.lengths, small.values)
    knees = [row for row in rows if row.length == "knee" and row.measure == "coverage"]
    assert {row.method for row in knees} == set(small.methods)
    assert all(row.mean in (25, 100) and row.low >= 25 and row.high <= 100 for row in knees)


# --- Tables ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("low", "high", "cell"),
    [
        (0.01, 0.03, "+2.0* [1.0, 3.0]"),
        (-0.03, -0.01, "-2.0* [-3.0, -1.0]"),
        (-0.01, 0.03, "+1.0 [-1.0, 3.0]"),
    ],
)
def test_significant_difference_has_a_star(low, high, cell):
    row = coverage.Row("c", "m", "", "25 words", 9, "rouge2-lead", (low + high) / 2, low, high)
    assert cell in coverage.make_table([row], "rouge2-lead")


def test_overview_has_area_and_knee(small):
    rows = coverage.tabulate(small.corpus, small.methods, small.lengths, small.values)
    lines = coverage.make_overview(rows).splitlines()
    assert "| method | rouge2, area | rouge2, knee | coverage, area | coverage, knee |" in lines


# --- Command --------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["texrank", "textrank+gredy", "peer:gensim"])
def test_unknown_method_is_a_usage_error(name, capsys):
    assert coverage.main(["--methods", name]) == 2
    assert "accepted" in capsys.readouterr().err


def test_csv_has_one_figure_per_row(tmp_path, capsys):
    options = ["--methods", "lead+greedy", "--words", "50", *FAST]
    assert coverage.main([*options, "--results", str(tmp_path)]) == 0
    with (tmp_path / "coverage.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert tuple(rows[0]) == tuple(coverage.Row.__dataclass_fields__)
    assert {"rouge1", "rouge2", "rougeLsum", "coverage", "redundancy"} <= {row["measure"] for row in rows}
    assert "lead+greedy" in capsys.readouterr().out


@pytest.fixture
def report_against_textrank(tmp_path, capsys):
    options = ["--methods", "lead", "--against", "textrank", "--words", "25", *FAST]
    assert coverage.main([*options, "--results", str(tmp_path)]) == 0
    return (tmp_path / "coverage.md").read_text(encoding="utf-8")


def test_baseline_of_differences_is_also_measured(report_against_textrank):
    assert "## rouge2, difference from textrank" in report_against_textrank
    assert "| textrank+greedy | 0.0 [0.0, 0.0] |" in report_against_textrank


def test_report_names_its_command(report_against_textrank):
    command = "python -m benchmarks.quality.coverage --methods lead --against textrank"
    assert command in report_against_textrank
