"""A weighted sum of TextRank, directed centrality and position."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from summarize.contributions import POSITION, SHARED, Parts
from summarize.features.scores import document_position_scores, standardize
from summarize.features.tfidf import count_terms
from summarize.rankers.directed import sum_directed
from summarize.rankers.textrank import walk_shared_words
from summarize.summary import Contribution
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

    ``a z(textrank) + b z(directed) + c z(exp(-i / 10))``, where z scales to zero mean and unit variance. The
    position ``i`` starts from 0 in each text of the document.

    Parameters
    ----------
    document : Document
    textrank_weight, directed_weight, position_weight : float
        The weights ``a``, ``b`` and ``c``.

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
    TextRank [1]_ favors sentences that share words with many others, directed centrality [2]_ those that
    later sentences come back to; each makes errors that the other does not. The weights are round numbers,
    chosen from a handful on news, abstracts and reviews. Adding up scores goes back to MEAD [3]_.

    References
    ----------
    .. [1] Mihalcea & Tarau 2004, https://aclanthology.org/W04-3252
    .. [2] Zheng & Lapata 2019, doi:10.18653/v1/P19-1628
    .. [3] Radev et al. 2004, doi:10.1016/j.ipm.2003.10.006

    Examples
    --------
    >>> from summarize import segment
    >>> scores = ensemble(segment("Gas was found at sea. It rained. The gas field is large."))
    >>> int(scores.argmax())
    0
    """
    terms = _weigh(document, textrank_weight, directed_weight, position_weight)
    return terms[0] + terms[1] + terms[2]


def explain_ensemble(
    document: Document,
    *,
    textrank_weight: float = 0.6,
    directed_weight: float = 0.4,
    position_weight: float = 0.4,
) -> tuple[NDArray[np.float64], Parts]:
    """Score sentences as `ensemble` does, and divide each score into its three terms."""
    terms = _weigh(document, textrank_weight, directed_weight, position_weight)
    names = (SHARED, "similarity to later sentences", POSITION)

    def parts(i: int) -> list[Contribution]:
        return [Contribution(name, float(term[i])) for name, term in zip(names, terms, strict=True)]

    return terms[0] + terms[1] + terms[2], parts


def _weigh(
    document: Document, textrank_weight: float, directed_weight: float, position_weight: float
) -> tuple[NDArray[np.float64], NDArray[np.float64], NDArray[np.float64]]:
    check_number("textrank_weight", textrank_weight)
    check_number("directed_weight", directed_weight)
    check_number("position_weight", position_weight)
    counts = count_terms(document)
    return (
        textrank_weight * standardize(walk_shared_words(document, counts, 0.85, False)),
        directed_weight * standardize(sum_directed(counts, -0.3, 1.0)),
        position_weight * standardize(document_position_scores(document)),
    )
