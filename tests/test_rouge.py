"""ROUGE against rouge-score, the worked example of the paper, and invariants."""

from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rouge_score import rouge_scorer

from summarize.rouge import MEASURES, rouge, rouge_lsum

WORDS = (
    *("the", "cats", "running", "cat", "run", "on", "mats;", "nationality", "nations"),
    *("police", "killed", "gunmen's", "3.14", "U.S.", "café", "a", "in"),
)
REFERENCE = rouge_scorer.RougeScorer(list(MEASURES), use_stemmer=True)


def make_text(draw):
    lines = [" ".join(draw.choices(WORDS, k=draw.randrange(0, 12))) for _ in range(draw.randrange(1, 5))]
    return "\n".join(lines)


def test_it_is_rouge_score_on_a_thousand_pairs():
    draw = random.Random(0)
    for _ in range(1000):
        summary, reference = make_text(draw), make_text(draw)
        ours, theirs = rouge(summary, reference), REFERENCE.score(reference, summary)
        for name in MEASURES:
            assert ours[name] == pytest.approx(
                (theirs[name].precision, theirs[name].recall, theirs[name].fmeasure), abs=1e-12
            )


@pytest.mark.parametrize(
    ("candidate", "expected"), [("police kill the gunman", 3 / 4), ("the gunman kill police", 2 / 4)]
)
def test_the_example_of_lin_2004(candidate, expected):
    score = rouge_lsum([candidate.split()], [["police", "killed", "the", "gunman"]])
    assert score.recall == score.precision == expected


def test_the_best_of_several_references_counts_by_default():
    scores = rouge("a cat sat", ["dogs bark", "a cat sat"])
    assert scores["rouge1"].f1 == 1.0
    assert rouge("a cat sat", ["dogs bark", "a cat sat"], several="mean")["rouge1"].f1 == 0.5


def test_russian_is_compared_by_stems():
    assert rouge("важнейшего решения", "важнейшее решение", language="ru")["rouge2"].f1 == 1.0


@given(st.text(max_size=80), st.text(max_size=80), st.sampled_from(["en", "de", "zh", "ru"]))
def test_scores_are_shares_and_swapping_swaps_them(first, second, language):
    forth, back = rouge(first, second, language), rouge(second, first, language)
    for name in ("rouge1", "rouge2"):
        assert 0 <= forth[name].f1 <= 1
        assert forth[name].precision == pytest.approx(back[name].recall)


@pytest.mark.parametrize("arguments", [{"references": []}, {"references": "a", "several": "worst"}])
def test_what_cannot_be_compared_is_refused(arguments):
    with pytest.raises(ValueError, match="reference"):
        rouge("a", **arguments)
