"""Select the sentences with the highest scores, as long as they fit."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from summarize.length import Length
from summarize.selectors.budget import measure_costs

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from summarize.document import Document


def greedy(document: Document, scores: NDArray[np.float64], length: Length) -> list[int]:
    """Choose sentences by descending score until no other sentence fits.

    A sentence that does not fit is skipped, so that a shorter one may follow. So is one with the same text as
    a chosen sentence, up to whitespace. Of sentences with equal scores, the earlier one is chosen first.

    Parameters
    ----------
    document : Document
        The document to summarize.
    scores : ndarray of float64, shape (n_sentences,)
        Scores of a ranker.
    length : Length
        Maximum length of the summary.

    Returns
    -------
    list of int
        Indices of the sentences, in the order of choice.

    Examples
    --------
    >>> from summarize import segment
    >>> document = segment("The bridge fell. The council wants a new bridge. It rained.")
    >>> greedy(document, np.array([2.0, 3.0, 1.0]), Length(5, "words"))
    [0, 2]
    """
    costs, left = measure_costs(document, length)
    chosen: list[int] = []
    seen: set[str] = set()
    sentences = document.sentences
    min_cost = min(costs, default=0)
    for i in np.argsort(-scores, kind="stable").tolist():
        if left < min_cost:
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
