"""Centroid-based ranking, as in MEAD."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from summarize.contributions import Parts, add_position_part, name_sentences
from summarize.features.scores import add_position
from summarize.features.tfidf import cosine_rows, count_terms, tf_idf, unit_rows

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from summarize.document import Document


def centroid(document: Document, *, position_weight: float = 0.0) -> NDArray[np.float64]:
    """Score sentences by their similarity to the average sentence.

    ``x · c / |x|``, with x the tf-idf vector of a sentence and c the mean of the unit vectors of all.

    Parameters
    ----------
    document : Document
    position_weight : float
        Weight of ``exp(-i / 10)`` relative to the scores, both standardized.

    Returns
    -------
    ndarray of float64, shape (n_sentences,)
        From 0 to 1, if `position_weight` is 0.

    Raises
    ------
    OptionError
        If the weight is not a number.

    Notes
    -----
    This differs from [1]_ in that vectors have unit length, where the sum in [1]_ favors long sentences, and
    in that no words of the centroid are cut off. The positional term of [1]_ is `position_weight`.

    References
    ----------
    .. [1] Radev et al. 2004, doi:10.1016/j.ipm.2003.10.006

    Examples
    --------
    >>> from summarize import segment
    >>> centroid(segment("Gas was found. Gas was found. It rained."))
    array([0.66666667, 0.66666667, 0.33333333])
    """
    return add_position(document, _compare(document), position_weight)


def explain_centroid(
    document: Document, *, position_weight: float = 0.0
) -> tuple[NDArray[np.float64], Parts]:
    """Score sentences as `centroid` does, and divide each score among the sentences it is similar to."""
    scores, cosines, n = _compare(document), cosine_rows(document), max(1, len(document))
    parts = add_position_part(document, scores, lambda i: name_sentences(cosines(i) / n, i), position_weight)
    return add_position(document, scores, position_weight), parts


def _compare(document: Document) -> NDArray[np.float64]:
    counts = count_terms(document)
    weights = unit_rows(counts, tf_idf(counts))
    mean = np.bincount(counts.terms, weights=weights, minlength=counts.n_terms) / max(1, counts.n_rows)
    scores = np.bincount(counts.rows, weights=weights * mean[counts.terms], minlength=counts.n_rows)
    return scores.astype(np.float64)
