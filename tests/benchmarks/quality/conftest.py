"""Values of a few methods on a few seeds, shared by the tests of evaluation and tables."""

from __future__ import annotations

from types import SimpleNamespace

import pytest

from benchmarks import corpora
from benchmarks.quality.evaluation import evaluate_corpus, list_lengths


@pytest.fixture(scope="session")
def small():
    """Three seeds, five methods, three lengths and their values."""
    corpus = corpora.read_seeds().slice(0, 3)
    methods = ("lead+greedy", "random+greedy", "textrank+greedy", "ensemble+mmr", "oracle")
    lengths = list_lengths((25, 100), (10,))
    values = evaluate_corpus(corpus, methods, lengths, jobs=1, cache=None)
    return SimpleNamespace(corpus=corpus, methods=methods, lengths=lengths, values=values)
