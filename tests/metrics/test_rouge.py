"""ROUGE against rouge-score, the examples of Lin (2004) and invariants."""

from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rouge_score import rouge_scorer

from summarize.metrics.rouge import MEASURES, rouge, rouge_lsum, rouge_n

WORDS = (
    *("the", "cats", "running", "cat", "run", "on", "mats;", "nationality", "nations"),
    *("police", "killed", "gunmen's", "3.14", "U.S.", "café", "a", "in"),
)
REFERENCE = rouge_scorer.RougeScorer(list(MEASURES), use_stemmer=True)


def make_text(draw):
    lines = [" ".join(draw.choices(WORDS, k=draw.randrange(0, 12))) for _ in range(draw.randrange(1, 5))]
    return "\n".join(lines)


def test_scores_equal_rouge_score_on_a_thousand_pairs():
    draw = random.Random(0)
    for _ in range(1000):
        summary, reference = make_text(draw), make_text(draw)
        ours, theirs = rouge(summary, reference), REFERENCE.score(reference, summary)
        for name in MEASURES:
            assert ours[name] == pytest.approx(
                (theirs[name].precision, theirs[name].recall, theirs[name].fmeasure), abs=1e-12
            )


@pytest.mark.parametrize(
    ("candidate", "longest", "pairs"),
    [
        ("police kill the gunman", 3 / 4, 1 / 3),
        ("the gunman kill police", 2 / 4, 1 / 3),
        ("the gunman police killed", 2 / 4, 2 / 3),
    ],
)
def test_examples_of_lin_2004(candidate, longest, pairs):
    reference = ["police", "killed", "the", "gunman"]
    score = rouge_lsum([candidate.split()], [reference])
    assert score.recall == score.precision == longest
    assert rouge_n(candidate.split(), reference, 2).recall == pairs


def test_union_of_subsequences_follows_lin_2004():
    candidates = [["w1", "w2", "w6", "w7", "w8"], ["w1", "w3", "w8", "w9", "w5"]]
    assert rouge_lsum(candidates, [["w1", "w2", "w3", "w4", "w5"]]).recall == 4 / 5


def test_best_of_several_references_counts_by_default():
    scores = rouge("a cat sat", ["dogs bark", "a cat sat"])
    assert scores["rouge1"].f1 == 1.0
    assert rouge("a cat sat", ["dogs bark", "a cat sat"], several="mean")["rouge1"].f1 == 0.5


def test_russian_is_compared_by_stems():
    assert rouge("важнейшего решения", "важнейшее решение", language="ru")["rouge2"].f1 == 1.0


@given(st.text(max_size=80), st.text(max_size=80), st.sampled_from(["en", "de", "zh", "ru"]))
def test_swapping_texts_swaps_precision_and_recall(first, second, language):
    forward, backward = rouge(first, second, language), rouge(second, first, language)
    for name in ("rouge1", "rouge2"):
        assert 0 <= forward[name].f1 <= 1
        assert forward[name].precision == pytest.approx(backward[name].recall)


@pytest.mark.parametrize("arguments", [{"references": []}, {"references": "a", "several": "worst"}])
def test_missing_reference_or_unknown_mode_is_rejected(arguments):
    with pytest.raises(ValueError, match="reference"):
        rouge("a", **arguments)
