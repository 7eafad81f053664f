"""The benchmark of throughput."""

from __future__ import annotations

import json

from benchmarks import peers, report
from benchmarks.speed import throughput


def test_function_runs_in_a_new_process():
    assert json.loads(throughput._in_new_process("rate_ranker", "lead", 2)) > 0


def test_published_results_include_every_ranker():
    methods = {row["method"] for row in report.read_csv(report.RESULTS / "speed.csv")}
    assert methods > {f"{name}+greedy" for name in throughput.RANKERS[1:]}


def test_published_results_name_known_peers():
    methods = {row["method"] for row in report.read_csv(report.RESULTS / "speed.csv")}
    assert {name for name in methods if name.startswith("peer:")} <= set(peers.PEERS)
