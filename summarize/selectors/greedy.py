"""Greedy selection: best scores first, as long as they fit."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from summarize.length import Length
from summarize.selectors.budget import measure_costs

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from summarize.document import Document


def greedy(document: Document, scores: NDArray[np.float64], length: Length) -> list[int]:
    """Choose sentences by descending score until the length is used up.

    Parameters
    ----------
    document : Document
    scores : ndarray of float64, shape (n_sentences,)
    length : Length
        Never exceeded.

    Returns
    -------
    list of int
        In the order of choice. A sentence that does not fit is passed over for a shorter one; one that
        says the same, word for word, as a chosen one is left out; ties go to the earlier sentence.
    """
    costs, left = measure_costs(document, length)
    chosen: list[int] = []
    seen: set[str] = set()
    sentences = document.sentences
    least = min(costs, default=0)
    for i in np.argsort(-scores, kind="stable").tolist():
        if left < least:
            break
        if costs[i] > left or not sentences[i].candidate:
            continue
        text = " ".join(sentences[i].text.split())
        if text in seen:
            continue
        seen.add(text)
        chosen.append(i)
        left -= costs[i]
    return chosen
