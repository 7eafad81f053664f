"""Facts about the benchmark of coverage, its statistics, its oracle and its gate."""

from __future__ import annotations

import csv
import json

import numpy as np
import pytest

from benchmarks import corpora, coverage, gate, measurement, peers, score, statistics
from benchmarks.oracle import choose_oracle
from summarize import Length, segment
from summarize.rankers import RANKERS
from summarize.rouge import find_tokenizer, rouge
from summarize.selectors import SELECTORS

METHODS = ("lead+greedy", "random+greedy", "textrank+greedy", "ensemble+mmr", "oracle")
LENGTHS = measurement.list_lengths((25, 100), (10,))
SOME = corpora.read_seeds().slice(0, 3)


@pytest.fixture(scope="module")
def values():
    return measurement.measure_corpus(SOME, METHODS, LENGTHS, jobs=1, cache=None)


def test_every_seed_has_a_text_and_references():
    examples = corpora.read_seeds().examples
    assert len(examples) == 13
    assert all(len(example.references) == 3 for example in examples)


def test_every_ranker_and_selector_is_measured():
    methods = measurement.list_methods(slow=True)
    assert {f"{r}+{s}" for r in RANKERS for s in SELECTORS} <= set(methods)


def test_no_cap_is_exceeded(values):
    words = values[..., measurement.MEASURES.index("words")]
    totals = [segment(e.document, language=e.language).n_words.sum() for e in SOME.examples]
    for k, length in enumerate(LENGTHS):
        caps = [length.limit if length.unit == "words" else total * length.limit // 100 for total in totals]
        assert (words[:, :, k] <= np.array(caps)[:, None]).all()


def test_nothing_is_above_the_oracle(values):
    climbed = values[..., :2].mean(axis=-1)
    assert (climbed[:, -1:, :] >= climbed[:, :-1, :] - 1e-12).all()


def test_a_shuffled_corpus_has_the_same_means(values):
    shuffled = corpora.Corpus("seeds", SOME.examples[::-1])
    again = measurement.measure_corpus(shuffled, METHODS, LENGTHS, jobs=1, cache=None)
    known = slice(0, len(measurement.MEASURES))  # the others need extracts by people
    np.testing.assert_allclose(again[..., known].mean(axis=0), values[..., known].mean(axis=0), rtol=1e-12)


def test_what_was_measured_is_read_again(tmp_path, monkeypatch):
    first = measurement.measure_corpus(SOME, METHODS[:1], LENGTHS, jobs=1, cache=tmp_path)
    monkeypatch.setattr(measurement, "measure_example", None)
    np.testing.assert_array_equal(measurement.measure_corpus(SOME, METHODS[:1], LENGTHS, 1, tmp_path), first)


def test_the_table_is_tidy(tmp_path, capsys):
    options = ["--methods", "lead+greedy", "--words", "50", "--percents", "", "--jobs", "1", "--no-cache"]
    assert coverage.main([*options, "--results", str(tmp_path)]) == 0
    assert "lead+greedy" in capsys.readouterr().out
    with (tmp_path / "coverage.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert tuple(rows[0]) == tuple(coverage.Row.__dataclass_fields__)
    assert {"rouge1", "rouge2", "rougeLsum", "coverage", "redundancy"} <= {row["measure"] for row in rows}


def test_the_oracle_finds_the_sentence_that_is_the_reference():
    document = segment("Cats sleep all day. Dogs bark at night. Birds sing in the morning.", language="en")
    tokenize = find_tokenizer("en")
    assert choose_oracle(document, tokenize("Dogs bark at night."), Length(10, "words"), tokenize) == [1]


def test_a_method_compared_with_itself_differs_by_nothing():
    sample = np.random.default_rng(0).random(50)
    assert statistics.paired_difference(sample, sample) == (0, 0, 0)


def test_the_interval_is_that_of_the_normal_distribution():
    sample = np.random.default_rng(1).normal(size=2000)
    mean, low, high = statistics.bootstrap(sample)
    assert mean == pytest.approx(sample.mean())
    expected = 1.96 * sample.std() / np.sqrt(len(sample))
    assert (mean - low, high - mean) == pytest.approx((expected, expected), rel=0.15)


def test_the_area_of_a_constant_is_the_constant():
    assert statistics.area_under_curve([25, 50, 400], np.full(3, 0.25)) == pytest.approx(0.25)


def test_the_floors_are_held_and_a_drop_is_named():
    floors = json.loads(gate.FLOORS.read_text(encoding="utf-8"))
    lower = {name: value - 0.01 for name, value in floors.items()}
    assert gate.find_drops(floors, floors) == []
    assert len(gate.find_drops(floors, lower)) == len(floors)
    assert len(gate.find_drops(floors, {})) == len(floors)


def test_floors_are_lowered_only_on_request(tmp_path, monkeypatch):
    path = tmp_path / "floors.json"
    path.write_text('{"a": 0.5}', encoding="utf-8")
    monkeypatch.setattr(gate, "measure", lambda: {"a": 0.4})
    assert gate.main(["--floors", str(path)]) == 1
    gate.main(["--floors", str(path), "--raise"])
    assert json.loads(path.read_text(encoding="utf-8")) == {"a": 0.5}
    gate.main(["--floors", str(path), "--lower"])
    assert json.loads(path.read_text(encoding="utf-8")) == {"a": 0.4}


def test_a_summary_of_any_tool_is_scored(tmp_path, capsys):
    (tmp_path / "s").write_text("Dogs bark at night.", encoding="utf-8")
    (tmp_path / "r").write_text("Dogs bark.", encoding="utf-8")
    (tmp_path / "d").write_text("Cats sleep. Dogs bark at night.", encoding="utf-8")
    assert (
        score.main(
            [
                "--summary",
                str(tmp_path / "s"),
                "--reference",
                str(tmp_path / "r"),
                "--document",
                str(tmp_path / "d"),
            ]
        )
        == 0
    )
    printed = capsys.readouterr().out
    assert f"{rouge('Dogs bark at night.', 'Dogs bark.')['rouge1'].f1:.4f}" in printed
    assert "coverage" in printed


def test_a_missing_summary_is_said(tmp_path, capsys):
    assert score.main(["--summary", str(tmp_path / "no"), "--reference", str(tmp_path / "no")]) == 1
    assert "no such file" in capsys.readouterr().err


@pytest.mark.parametrize("name", [name for name in peers.installed() if name.startswith("peer:sumy")])
def test_sumy_whole_stays_below_the_cap(name):
    values = measurement.measure_corpus(SOME.slice(1, 2), [name], LENGTHS, jobs=1, cache=None)
    assert values[0, 0, 0, measurement.MEASURES.index("words")] <= 25
