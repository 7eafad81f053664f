"""Selection by coverage of new content."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from summarize.document import Document
from summarize.errors import OptionError
from summarize.features.scores import standardize
from summarize.length import Length
from summarize.pipeline import segment
from summarize.selectors.coverage import coverage

WORDS = ["bridge", "river", "council", "money", "cracks", "shops"]
texts = st.lists(st.lists(st.sampled_from(WORDS), min_size=2, max_size=5), min_size=1, max_size=8).map(
    lambda found: " ".join(f"The {' '.join(words)} fell down." for words in found)
)


def choose_slowly(document: Document, scores: np.ndarray, length: Length) -> list[int]:
    """Recompute every gain at every step."""
    grams = []
    for start, end in zip(document.offsets, document.offsets[1:], strict=False):
        ids = document.terms[start:end].tolist()
        grams.append({(i,) for i in ids} | {(i, j) for i, j in zip(ids, ids[1:], strict=False)})
    n = {gram: sum(gram in other for other in grams) for in_sentence in grams for gram in in_sentence}
    salience = standardize(scores)
    left, chosen, covered = length.limit, [], set()
    while True:
        gains = []
        for i in range(len(document)):
            new = [math.sqrt(n[g]) for g in grams[i] - covered if len(g) == 1 or n[g] > 1]
            gain = max(0.02, 1 + salience[i]) * sum(new) / math.sqrt(document.n_words[i])
            fits = i not in chosen and document.n_words[i] <= left
            gains.append(round(gain, 9) if fits else 0.0)
        if not any(gains):
            return chosen
        best = int(np.argmax(gains))
        chosen.append(best)
        covered |= grams[best]
        left -= int(document.n_words[best])


@given(texts, st.integers(1, 40), st.integers(0, 99))
def test_heap_chooses_the_same_as_a_slow_loop(text: str, words: int, seed: int) -> None:
    document = segment(text, language="en")
    scores = np.random.default_rng(seed).normal(size=len(document))
    length = Length(words, "words")
    assert coverage(document, scores, length) == choose_slowly(document, scores, length)


def test_covered_content_is_not_repeated() -> None:
    text = "The bridge crossed a river. A bridge crossed the river. Shops lost money."
    document = segment(text, language="en")
    assert sorted(coverage(document, np.zeros(3), Length(3, "sentences"))) == [0, 2]


def test_scores_decide_between_sentences_with_equal_coverage() -> None:
    document = segment("The bridge crossed a river. A bridge crossed the river.", language="en")
    assert coverage(document, np.array([0.0, 1.0]), Length(1, "sentences")) == [1]


@pytest.mark.parametrize("name", ["salience", "scaling"])
@pytest.mark.parametrize("value", [-1.0, float("nan"), float("inf"), "2", True])
def test_negative_or_non_numeric_option_is_rejected(name: str, value: object) -> None:
    document = segment("One sentence is here.", language="en")
    with pytest.raises(OptionError, match=name):
        coverage(document, np.ones(1), Length(1, "sentences"), **{name: value})
