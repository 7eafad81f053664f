"""Selection with penalties for repeated content and dangling openings."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from summarize.document import Document
from summarize.errors import OptionError
from summarize.features.dangling import is_dangling_start
from summarize.features.scores import standardize
from summarize.length import Length
from summarize.pipeline import segment, segment_merged
from summarize.selectors.greedy import greedy
from summarize.selectors.novelty import novelty

WORDS = ["bridge", "river", "council", "money", "cracks", "shops"]
texts = st.lists(
    st.tuples(
        st.sampled_from(["The", "He", "But"]), st.lists(st.sampled_from(WORDS), min_size=2, max_size=5)
    ),
    min_size=1,
    max_size=8,
).map(lambda found: " ".join(f"{head} {' '.join(body)} fell down." for head, body in found))


def choose_slowly(document: Document, scores: np.ndarray, length: Length, tolerance: float) -> list[int]:
    """Recompute every value at every step."""
    values = standardize(scores)

    def pairs(i: int) -> list[tuple[int, int]]:
        ids = document.terms[document.offsets[i] : document.offsets[i + 1]].tolist()
        return list(zip(ids, ids[1:], strict=False))

    left, chosen = length.limit, []
    seen: set[str] = set()
    rejected: set[int] = set()
    min_value = -np.inf
    while True:
        covered = {pair for i in chosen for pair in pairs(i)}
        best, best_value = -1, -np.inf
        for sentence in document.sentences:
            i = sentence.index
            if i in chosen or i in rejected or not sentence.candidate or document.n_words[i] > length.limit:
                continue
            value = values[i]
            if chosen and pairs(i):
                value -= 2.0 * sum(pair in covered for pair in pairs(i)) / len(pairs(i))
            if i and i - 1 not in chosen and is_dangling_start(sentence.text, document.language):
                value -= 1.0
            if value > best_value:
                best, best_value = i, value
        if best < 0:
            return chosen
        if document.n_words[best] > left:
            rejected.add(best)
            min_value = max(min_value, best_value - tolerance)
            continue
        if best_value < min_value:
            return chosen
        if document.sentences[best].text in seen:
            rejected.add(best)
            continue
        chosen.append(best)
        seen.add(document.sentences[best].text)
        left -= int(document.n_words[best])


@example(
    "The bridge bridge fell down. " * 3
    + "He bridge bridge river river fell down. The bridge bridge river fell down.",
    11,
    98,
    0.0,
)
@given(texts, st.integers(0, 40), st.integers(0, 99), st.sampled_from([0.0, 0.5, 2.0, 1e9]))
def test_heap_chooses_the_same_as_a_slow_loop(text: str, words: int, seed: int, tolerance: float) -> None:
    document = segment(text, language="en")
    scores = np.random.default_rng(seed).normal(size=len(document))
    length = Length(max(1, words), "words")
    found = novelty(document, scores, length, redundancy=2.0, coherence=1.0, tolerance=tolerance)
    assert found == choose_slowly(document, scores, length, tolerance)


def test_much_weaker_sentences_do_not_fill_the_rest_of_the_budget() -> None:
    document = segment(
        "The bridge fell down. The council wants a new bridge. Money left. It rained.", language="en"
    )
    scores = np.array([9.0, 8.0, 5.0, 0.0])
    assert document.n_words.tolist() == [4, 6, 2, 2]
    # The best sentence leaves four words, enough for either short sentence.
    assert novelty(document, scores, Length(8, "words"), tolerance=0.0) == [0]
    assert novelty(document, scores, Length(8, "words"), tolerance=1.0) == [0, 2]
    assert novelty(document, scores, Length(8, "words"), tolerance=100.0) == [0, 2, 3]
    # Sentences longer than the whole budget do not count as ones that did not fit.
    assert novelty(document, scores, Length(2, "words"), tolerance=0.0) == [2]


@given(texts, st.integers(1, 40), st.integers(0, 99))
def test_without_penalties_novelty_is_greedy(text: str, words: int, seed: int) -> None:
    document = segment(text, language="en")
    scores = np.random.default_rng(seed).normal(size=len(document))
    length = Length(words, "words")
    free = novelty(document, scores, length, redundancy=0.0, coherence=0.0, tolerance=1e9)
    assert sorted(free) == sorted(greedy(document, scores, length))


@pytest.mark.parametrize("name", ["redundancy", "coherence", "tolerance"])
@pytest.mark.parametrize("value", [-1.0, float("nan"), float("inf"), "2", True])
def test_negative_or_non_numeric_option_is_rejected(name: str, value: object) -> None:
    document = segment("One sentence is here.", language="en")
    with pytest.raises(OptionError, match=name):
        novelty(document, np.ones(1), Length(1, "sentences"), **{name: value})


def test_first_sentence_of_a_text_does_not_depend_on_the_text_before() -> None:
    texts = [("a", "The bridge fell down."), ("b", "But the river rose high.")]
    document = segment_merged(texts, language="en")
    scores = np.array([0.0, 1.0])
    assert novelty(document, scores, Length(1, "sentences"), coherence=5.0) == [1]
