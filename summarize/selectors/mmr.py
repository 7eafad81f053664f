"""Select sentences by maximal marginal relevance."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from summarize.length import Length
from summarize.selectors.filling import fill
from summarize.validation import check_number

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from summarize.document import Document


def mmr(
    document: Document, scores: NDArray[np.float64], length: Length, *, diversity: float = 0.3
) -> list[int]:
    """Choose sentences that are salient and different from those already chosen.

    Each step chooses the sentence with the largest
    ``(1 - diversity) * relevance(s) - diversity * max cosine(s, chosen)`` [1]_.

    Parameters
    ----------
    document : Document
        The document to summarize.
    scores : ndarray of float64, shape (n_sentences,)
        Scores of a ranker.
    length : Length
        Maximum length of the summary.
    diversity : float
        From 0 (only the scores count) to 1 (only the cosines count); ``1 - lambda`` in the paper.

    Returns
    -------
    list of int
        Indices of the sentences, in the order of choice. No text is repeated.

    Raises
    ------
    OptionError
        If `diversity` is not a number from 0 to 1.

    Notes
    -----
    In [1]_, the relevance is the similarity to a query; here it is the score of any ranker, scaled to [0, 1]
    within the document. The cosines are between tf-idf vectors with the idf ``log(1 + N / df)``. Each step
    only visits the sentences that share a term with the last one chosen.

    References
    ----------
    .. [1] Carbonell & Goldstein 1998, doi:10.1145/290941.291025

    Examples
    --------
    >>> from summarize import segment
    >>> document = segment("The bridge fell down. The old bridge fell down. Shops lost money.")
    >>> mmr(document, np.array([3.0, 2.0, 1.0]), Length(2, "sentences"), diversity=0.6)
    [0, 2]
    """
    check_number("diversity", diversity, least=0, most=1)
    n = len(document)
    if n == 0:
        return []
    rows, terms, weights, starts = _list_postings(document)
    by_term = np.argsort(terms, kind="stable")
    term_rows, term_weights = rows[by_term], weights[by_term]
    term_starts = np.searchsorted(terms[by_term], np.arange(len(document.vocabulary) + 1))

    low, high = float(scores.min()), float(scores.max())
    relevance = (scores - low) / (high - low) if high > low else np.zeros(n)
    closest = np.zeros(n)

    def add(i: int) -> None:
        similarity = np.zeros(n)
        for k in range(starts[i], starts[i + 1]):
            span = slice(term_starts[terms[k]], term_starts[terms[k] + 1])
            similarity[term_rows[span]] += weights[k] * term_weights[span]
        np.maximum(closest, similarity, out=closest)

    def compute_value(i: int) -> float:
        return float((1 - diversity) * relevance[i] - diversity * closest[i])

    return fill(document, scores, length, compute_value, add)


def _list_postings(
    document: Document,
) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.float64], NDArray[np.int64]]:
    """List the sentence, term and weight of each distinct pair, and where each sentence starts.

    The weights are tf-idf, scaled to vectors of unit length. The pairs are sorted by sentence, then by term.
    """
    n, size = len(document), max(1, len(document.vocabulary))
    row_of = np.repeat(np.arange(n), np.diff(document.offsets))
    keys, counts = np.unique(row_of * size + document.terms, return_counts=True)
    rows, terms = keys // size, keys % size
    frequency = np.bincount(terms, minlength=size)
    weights = counts * np.log1p(n / frequency[terms])
    norms = np.sqrt(np.bincount(rows, weights=weights**2, minlength=n))
    return rows, terms, weights / norms[rows], np.searchsorted(rows, np.arange(n + 1))
