"""Greedy selection that pays for what is new, and avoids sentences that lean on one left out."""

from __future__ import annotations

import heapq
import math
from typing import TYPE_CHECKING

from summarize.features.dangling import is_dangling_start
from summarize.features.scores import standardize
from summarize.length import Length, measure_costs
from summarize.validation import check_number

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from summarize.document import Document


def novelty(
    document: Document,
    scores: NDArray[np.float64],
    length: Length,
    *,
    redundancy: float = 2.0,
    coherence: float = 1.0,
    tolerance: float = 2.0,
) -> list[int]:
    """Choose by score, less what is said already or cannot stand alone, and do not fill up with scraps.

    ``argmax z(scores) - redundancy * covered - coherence * dangling`` at every step: ``covered`` is the share
    of the pairs of neighbouring terms in a sentence that chosen sentences have, ``dangling`` is 1 for a
    sentence that opens with a pronoun or connective while the sentence before it is not chosen. It ends where
    the best sentence that fits into the room left is worth less by `tolerance` than one that did not.

    Parameters
    ----------
    document : Document
    scores : ndarray of float64, shape (n_sentences,)
    length : Length
        Never exceeded.
    redundancy : float
        At least 0; 0 for no penalty.
    coherence : float
        At least 0; 0 for no penalty.
    tolerance : float
        In standard deviations of the scores, at least 0; a great one fills the length whatever is left.

    Returns
    -------
    list of int
        In the order of choice.

    Raises
    ------
    OptionError
        If one of the three is negative or not a number.

    Notes
    -----
    A value only falls while sentences are chosen, but for the sentence right after a chosen one; so a
    heap of outdated values, each renewed when it comes to the top, finds the maximum [1]_.

    References
    ----------
    .. [1] Minoux 1978, doi:10.1007/BFb0006528
    """
    check_number("redundancy", redundancy, least=0)
    check_number("coherence", coherence, least=0)
    check_number("tolerance", tolerance, least=0)
    costs, left = measure_costs(document, length)
    sentences, language = document.sentences, document.language
    terms, offsets = document.terms, document.offsets.tolist()
    values = standardize(scores).tolist()
    covered: set[tuple[int, int]] = set()
    taken: set[int] = set()
    seen: set[str] = set()
    chosen: list[int] = []
    pairs: dict[int, list[tuple[int, int]]] = {}
    # The first sentence of a text has none before it to lean on.
    openings = {0, *(part.first for part in document.parts)}

    def appraise(i: int) -> float:
        value: float = values[i]
        if redundancy and chosen:
            if i not in pairs:
                ids = terms[offsets[i] : offsets[i + 1]].tolist()
                pairs[i] = list(zip(ids, ids[1:], strict=False))
            if pairs[i]:
                value -= redundancy * sum(pair in covered for pair in pairs[i]) / len(pairs[i])
        if (
            coherence
            and i - 1 not in taken
            and i not in openings
            and is_dangling_start(sentences[i].text, language)
        ):
            value -= coherence
        return value

    heap = [(-values[i], i) for i in range(len(sentences)) if sentences[i].candidate and costs[i] <= left]
    heapq.heapify(heap)
    least = min(costs, default=0)
    # What a sentence must be worth, once a better one has found no room.
    bar = -math.inf
    while heap and left >= least:
        _, i = heap[0]
        if i in taken:
            heapq.heappop(heap)
            continue
        value = appraise(i)
        if -value > heap[0][0]:
            heapq.heapreplace(heap, (-value, i))
            if heap[0] != (-value, i):
                continue
        heapq.heappop(heap)
        if costs[i] > left:
            bar = max(bar, value - tolerance)
            continue
        if value < bar:
            break
        text = " ".join(sentences[i].text.split())
        if text in seen:
            continue
        seen.add(text)
        taken.add(i)
        chosen.append(i)
        left -= costs[i]
        ids = terms[offsets[i] : offsets[i + 1]].tolist()
        covered.update(zip(ids, ids[1:], strict=False))
        if i + 1 < len(sentences) and sentences[i + 1].candidate and i + 1 not in taken:
            heapq.heappush(heap, (-values[i + 1], i + 1))
    return chosen
