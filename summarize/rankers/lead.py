"""The beginning of the text: on news, a baseline that textbook methods do not beat."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from summarize.contributions import POSITION, Parts
from summarize.summary import Contribution

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from summarize.document import Document


def lead(document: Document) -> NDArray[np.float64]:
    """Score sentences by their position: ``1 - i / n``.

    In a document of several texts, the first sentences of all texts come first, then the second ones.

    Parameters
    ----------
    document : Document

    Returns
    -------
    ndarray of float64, shape (n_sentences,)
        From 1 for the first sentence, down to ``1 / n``.

    Examples
    --------
    >>> from summarize import segment
    >>> lead(segment("One came. Two came."))
    array([1. , 0.5])
    """
    n = len(document)
    places = np.arange(n)
    if document.parts:
        inside = np.concatenate([np.arange(part.stop - part.first) for part in document.parts])
        # The sort is stable: of two sentences at the same position, that of the earlier text comes first.
        places[np.argsort(inside, kind="stable")] = np.arange(n)
    return 1 - places / max(n, 1)


def explain_lead(document: Document) -> tuple[NDArray[np.float64], Parts]:
    """Score sentences as `lead` does, and say that a score is the position."""
    scores = lead(document)
    return scores, lambda i: [Contribution(POSITION, float(scores[i]))]
