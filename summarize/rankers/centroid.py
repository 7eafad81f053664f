"""Centroid-based ranking, as in MEAD."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from summarize.features.scores import add_position
from summarize.features.tfidf import count_terms, tf_idf, unit_rows

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from summarize.document import Document


def centroid(document: Document, *, position_weight: float = 0.0) -> NDArray[np.float64]:
    """Score sentences by their likeness to the mean of all of them.

    ``x · c / |x|`` with x the tf-idf vector of a sentence and c the mean of the unit vectors.

    Parameters
    ----------
    document : Document
    position_weight : float
        Weight of ``exp(-i / 10)`` beside the scores, both standardized.

    Returns
    -------
    ndarray of float64, shape (n_sentences,)
        From 0 to 1, if `position_weight` is 0.

    Notes
    -----
    Departs from [1]_ in that sentences are divided by their length, which the sum there favours, and in
    that no words of the centroid are cut off; its positional term is `position_weight`.

    References
    ----------
    .. [1] Radev et al. 2004, doi:10.1016/j.ipm.2003.10.006
    """
    counts = count_terms(document)
    weights = unit_rows(counts, tf_idf(counts))
    mean = np.bincount(counts.terms, weights=weights, minlength=counts.n_terms) / max(1, counts.n_rows)
    scores = np.bincount(counts.rows, weights=weights * mean[counts.terms], minlength=counts.n_rows)
    return add_position(document, scores.astype(np.float64), position_weight)
