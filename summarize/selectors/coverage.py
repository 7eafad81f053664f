"""Budgeted coverage: what is new of the words and word pairs that many sentences share."""

from __future__ import annotations

import heapq
from collections import Counter
from typing import TYPE_CHECKING

from summarize.features.scores import standardize
from summarize.length import Length, measure_costs
from summarize.validation import check_number

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from summarize.document import Document

# What the least salient sentence is worth of what it covers, so that no gain is negative.
_LEAST = 0.02


def coverage(
    document: Document,
    scores: NDArray[np.float64],
    length: Length,
    *,
    salience: float = 1.0,
    scaling: float = 0.5,
) -> list[int]:
    """Choose what covers most that is not covered, for its cost.

    ``argmax max(0.02, 1 + salience z(scores)) Σ_g √n(g) / cost ** scaling`` at every step, the sum over the
    terms and the pairs of neighbouring terms g of a sentence that no chosen sentence has; n(g) sentences
    have g, and pairs that only one has count nothing.

    Parameters
    ----------
    document : Document
    scores : ndarray of float64, shape (n_sentences,)
    length : Length
        Never exceeded.
    salience : float
        At least 0; 0 for coverage alone, whatever the scores.
    scaling : float
        At least 0; how much a short sentence is favoured: 0 not at all, 1 for all its cost.

    Returns
    -------
    list of int
        In the order of choice. Ends where nothing new is left, too.

    Raises
    ------
    OptionError
        If an option is negative or not a number.

    Notes
    -----
    The greedy algorithm for monotone submodular functions under a budget [1]_, its gains scaled by cost to a
    power and renewed lazily: they only fall while sentences are chosen [2]_. Departs from [1]_ in that gains
    are weighted by the scores, so that any ranker has its say, and in that no single sentence is compared
    with the whole summary at the end.

    References
    ----------
    .. [1] Lin & Bilmes 2011, https://aclanthology.org/P11-1052
    .. [2] Minoux 1978, doi:10.1007/BFb0006528
    """
    check_number("salience", salience, least=0)
    check_number("scaling", scaling, least=0)
    costs, left = measure_costs(document, length)
    grams = _find_grams(document)
    times = Counter(gram for of_sentence in grams for gram in of_sentence)
    worth = {
        gram: 0.0 if isinstance(gram, tuple) and count == 1 else count**0.5 for gram, count in times.items()
    }
    weights = [
        max(_LEAST, 1 + salience * score) / max(1, cost) ** scaling
        for score, cost in zip(standardize(scores).tolist(), costs, strict=True)
    ]
    covered: set[int | tuple[int, int]] = set()
    chosen: list[int] = []

    def appraise(i: int) -> float:
        # In the order of the text: a sum in the order of a set would differ in its last digits.
        gain: float = weights[i] * sum(worth[gram] for gram in grams[i] if gram not in covered)
        return gain

    heap = [
        (-appraise(i), i)
        for i, sentence in enumerate(document.sentences)
        if sentence.candidate and costs[i] <= left
    ]
    heapq.heapify(heap)
    while heap:
        gain, i = heapq.heappop(heap)
        if costs[i] > left or gain == 0:
            continue
        now = -appraise(i)
        if now > gain:
            heapq.heappush(heap, (now, i))
            continue
        chosen.append(i)
        covered.update(grams[i])
        left -= costs[i]
    return chosen


def _find_grams(document: Document) -> list[list[int | tuple[int, int]]]:
    """The distinct terms and pairs of neighbouring terms of every sentence, in their order."""
    terms, offsets = document.terms.tolist(), document.offsets.tolist()
    found: list[list[int | tuple[int, int]]] = []
    for start, end in zip(offsets, offsets[1:], strict=False):
        ids = terms[start:end]
        found.append([*dict.fromkeys(ids), *dict.fromkeys(zip(ids, ids[1:], strict=False))])
    return found
