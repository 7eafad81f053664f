"""Maximal marginal relevance."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from summarize.length import Length
from summarize.selectors.budget import measure_costs
from summarize.validation import check_number

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from summarize.document import Document


def mmr(
    document: Document, scores: NDArray[np.float64], length: Length, *, diversity: float = 0.3
) -> list[int]:
    """Choose sentences that are salient and unlike those already chosen.

    ``argmax (1 - diversity) * relevance(s) - diversity * max cosine(s, chosen)`` at every step [1]_.

    Parameters
    ----------
    document : Document
    scores : ndarray of float64, shape (n_sentences,)
    length : Length
        Never exceeded.
    diversity : float
        From 0 (scores only) to 1 (novelty only); ``1 - lambda`` in the paper.

    Returns
    -------
    list of int
        In the order of choice.

    Raises
    ------
    OptionError
        If `diversity` is not between 0 and 1.

    Notes
    -----
    Departs from [1]_ in that the relevance is any ranker's score, scaled to [0, 1] within the document,
    and not the similarity to a query. Cosines are of tf-idf vectors with ``log(1 + N / df)``. A step
    visits the sentences that share a term with the last one chosen, and no others.

    References
    ----------
    .. [1] Carbonell & Goldstein 1998, doi:10.1145/290941.291025
    """
    check_number("diversity", diversity, least=0, most=1)
    n = len(document)
    if n == 0:
        return []
    costs, left = measure_costs(document, length)
    cost = np.array(costs)
    rows, terms, weights, starts = _postings(document)
    by_term = np.argsort(terms, kind="stable")
    term_rows, term_weights = rows[by_term], weights[by_term]
    term_starts = np.searchsorted(terms[by_term], np.arange(len(document.vocabulary) + 1))

    low, high = float(scores.min()), float(scores.max())
    relevance = (scores - low) / (high - low) if high > low else np.zeros(n)
    closest = np.zeros(n)
    open_ = np.array([sentence.candidate for sentence in document.sentences])
    texts = [" ".join(sentence.text.split()) for sentence in document.sentences]
    seen: set[str] = set()
    chosen: list[int] = []
    while True:
        open_ &= cost <= left
        if not open_.any():
            return chosen
        value = np.where(open_, (1 - diversity) * relevance - diversity * closest, -np.inf)
        best = int(value.argmax())
        open_[best] = False
        if texts[best] in seen:
            continue
        seen.add(texts[best])
        chosen.append(best)
        left -= costs[best]
        similarity = np.zeros(n)
        for k in range(starts[best], starts[best + 1]):
            span = slice(term_starts[terms[k]], term_starts[terms[k] + 1])
            similarity[term_rows[span]] += weights[k] * term_weights[span]
        np.maximum(closest, similarity, out=closest)


def _postings(
    document: Document,
) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.float64], NDArray[np.int64]]:
    """Row, term and unit-length tf-idf weight of every distinct pair, and where each row begins."""
    n, size = len(document), max(1, len(document.vocabulary))
    row_of = np.repeat(np.arange(n), np.diff(document.offsets))
    keys, counts = np.unique(row_of * size + document.terms, return_counts=True)
    rows, terms = keys // size, keys % size
    frequency = np.bincount(terms, minlength=size)
    weights = counts * np.log1p(n / frequency[terms])
    norms = np.sqrt(np.bincount(rows, weights=weights**2, minlength=n))
    return rows, terms, weights / norms[rows], np.searchsorted(rows, np.arange(n + 1))
