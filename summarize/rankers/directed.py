"""Directed centrality (PacSum) with tf-idf vectors, in time linear in the text."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from summarize.contributions import Parts, name_sentences
from summarize.features.tfidf import Counts, cosine_rows, count_terms, tf_idf, unit_rows
from summarize.validation import check_number

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from summarize.document import Document
    from summarize.summary import Contribution


def directed(
    document: Document, *, backward_weight: float = -0.3, forward_weight: float = 1.0
) -> NDArray[np.float64]:
    """Score sentences by their similarity to later sentences, minus that to earlier ones.

    ``λ1 Σ_{j<i} e_ij + λ2 Σ_{j>i} e_ij`` [1]_, with e the cosine of tf-idf vectors.

    Parameters
    ----------
    document : Document
    backward_weight, forward_weight : float
        The weights ``λ1`` and ``λ2`` of the similarity to earlier and to later sentences.

    Returns
    -------
    ndarray of float64, shape (n_sentences,)
        Positive or negative.

    Raises
    ------
    OptionError
        If a weight is not a number.

    Notes
    -----
    This differs from [1]_ in that no similarity is cut off (``β = 0``), so that the sums over all pairs are
    running sums over the occurrences of each term.

    References
    ----------
    .. [1] Zheng & Lapata 2019, doi:10.18653/v1/P19-1628

    Examples
    --------
    >>> from summarize import segment
    >>> directed(segment("Gas was found. Gas was found. It rained.")).round(3)
    array([ 1. , -0.3,  0. ])
    """
    check_number("backward_weight", backward_weight)
    check_number("forward_weight", forward_weight)
    return sum_directed(count_terms(document), backward_weight, forward_weight)


def explain_directed(
    document: Document, *, backward_weight: float = -0.3, forward_weight: float = 1.0
) -> tuple[NDArray[np.float64], Parts]:
    """Score sentences as `directed` does, and divide each score among the other sentences."""
    scores = directed(document, backward_weight=backward_weight, forward_weight=forward_weight)
    cosines = cosine_rows(document)
    indices = np.arange(len(document))

    def parts(i: int) -> list[Contribution]:
        weights = np.where(indices < i, backward_weight, np.where(indices > i, forward_weight, 0.0))
        return name_sentences(weights * cosines(i), i)

    return scores, parts


def sum_directed(counts: Counts, backward_weight: float, forward_weight: float) -> NDArray[np.float64]:
    """Compute directed centrality from given term counts; parameters as for `directed`."""
    weights = unit_rows(counts, tf_idf(counts))
    by_term = np.argsort(counts.terms, kind="stable")
    ordered = weights[by_term]
    totals = np.bincount(counts.terms, weights=weights, minlength=counts.n_terms)
    running = np.cumsum(ordered) - ordered
    terms = counts.terms[by_term]
    before = running - (np.cumsum(totals) - totals)[terms]
    after = totals[terms] - before - ordered
    pull = ordered * (backward_weight * before + forward_weight * after)
    scores = np.bincount(counts.rows[by_term], weights=pull, minlength=counts.n_rows)
    return scores.astype(np.float64)
