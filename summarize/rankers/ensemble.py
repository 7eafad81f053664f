"""TextRank, directed centrality and an early place, added up."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from summarize.features.scores import document_position_scores, standardize
from summarize.features.tfidf import count_terms
from summarize.rankers.directed import sum_directed
from summarize.rankers.textrank import walk_shared_words
from summarize.validation import check_number

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from summarize.document import Document


def ensemble(
    document: Document,
    *,
    textrank_weight: float = 0.6,
    directed_weight: float = 0.4,
    position_weight: float = 0.4,
) -> NDArray[np.float64]:
    """Score sentences by a weighted sum of three standardized scores.

    ``a z(textrank) + b z(directed) + c z(exp(-i / 10))``, with z meaning zero mean and unit variance.
    Places are counted in each part of a document by itself.

    Parameters
    ----------
    document : Document
    textrank_weight, directed_weight, position_weight : float
        ``a``, ``b`` and ``c``.

    Returns
    -------
    ndarray of float64, shape (n_sentences,)
        Of either sign.

    Raises
    ------
    OptionError
        If a weight is not a number.

    Notes
    -----
    TextRank [1]_ favours sentences that share words with many others, directed centrality [2]_ those
    that others come back to later; either makes errors that the other does not. The weights are round
    numbers chosen among a handful on news, abstracts and reviews. Adding up scores is as old
    as MEAD [3]_.

    References
    ----------
    .. [1] Mihalcea & Tarau 2004, https://aclanthology.org/W04-3252
    .. [2] Zheng & Lapata 2019, doi:10.18653/v1/P19-1628
    .. [3] Radev et al. 2004, doi:10.1016/j.ipm.2003.10.006
    """
    check_number("textrank_weight", textrank_weight)
    check_number("directed_weight", directed_weight)
    check_number("position_weight", position_weight)
    counts = count_terms(document)
    return (
        textrank_weight * standardize(walk_shared_words(document, counts, 0.85, False))
        + directed_weight * standardize(sum_directed(counts, -0.3, 1.0))
        + position_weight * standardize(document_position_scores(document))
    )
