"""Intrinsic measures against slow implementations and invariants."""

from __future__ import annotations

import math
from collections import Counter
from pathlib import Path

import numpy as np
import pytest

from summarize import segment
from summarize.metrics.intrinsic import (
    dangling_starts,
    divergence,
    redundancy,
    sentence_agreement,
    source_coverage,
    term_weights,
)

NEWS = (Path(__file__).resolve().parents[2] / "seeds" / "news.en.txt").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def document():
    return segment(NEWS, language="en")


def list_terms(document, i):
    return document.terms[document.offsets[i] : document.offsets[i + 1]].tolist()


def test_coverage_increases_from_0_to_1(document):
    values = [source_coverage(document, range(k)) for k in range(len(document) + 1)]
    assert values[0] == 0
    assert values == sorted(values)
    assert values[-1] == pytest.approx(1)


def test_coverage_counts_a_term_once(document):
    weights = term_weights(document)
    expected = sum(weights[t] for t in set(list_terms(document, 2)) | set(list_terms(document, 5)))
    assert source_coverage(document, [2, 5]) == pytest.approx(expected)
    assert weights.sum() == pytest.approx(1)


def test_divergence_follows_jensen_and_shannon(document):
    p = Counter(document.terms.tolist())
    q = Counter(list_terms(document, 3) + list_terms(document, 7))
    total_p, total_q = sum(p.values()), sum(q.values())
    expected = 0.0
    for term in p:
        a, b = p[term] / total_p, q[term] / total_q
        middle = (a + b) / 2
        expected += a * math.log2(a / middle) / 2 + (b * math.log2(b / middle) / 2 if b else 0)
    assert divergence(document, [3, 7]) == pytest.approx(expected)
    assert divergence(document, range(len(document))) == pytest.approx(0, abs=1e-12)


def test_equal_sentences_have_redundancy_1():
    twice = segment("Parrots build nests. Parrots build nests. Dogs bark loudly.", language="en")
    assert redundancy(twice, [0, 1]) == pytest.approx(1)
    assert redundancy(twice, [0, 2]) == pytest.approx(0)
    assert redundancy(twice, [0]) == 0


def test_pronoun_dangles_unless_the_sentence_before_is_chosen():
    text = segment("Mary bought a house. She sold it. However, nobody paid.", language="en")
    assert dangling_starts(text, [1]) == 1
    assert dangling_starts(text, [0, 1]) == 0
    assert dangling_starts(text, [0, 2]) == 0.5


def test_agreement_has_precision_and_recall():
    score = sentence_agreement([0, 1, 2], [1, 2, 3, 4])
    assert (score.precision, score.recall) == (2 / 3, 1 / 2)


def test_measures_are_finite_if_nothing_is_chosen(document):
    for measure in (source_coverage, redundancy, dangling_starts):
        assert measure(document, []) == 0
    assert np.isfinite(divergence(document, []))


def test_terms_of_a_title_that_the_text_lacks_change_no_measure(document):
    titled = segment(document.text, title="Zebras quarrel over xylophones", language=document.language)
    assert len(titled.vocabulary) > len(document.vocabulary)
    for measure in (source_coverage, divergence, redundancy):
        assert measure(titled, [0, 3]) == measure(document, [0, 3])
