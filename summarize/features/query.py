"""How much a sentence has to do with a query, and what that adds to any ranker's scores."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

import numpy as np

from summarize.features.tfidf import Counts, count_terms, standardize
from summarize.validation import check_number

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from summarize.document import Document

# Saturation of repeated terms, and how much the length of a sentence counts against it.
_K1, _B = 1.2, 0.25
# What a sentence so many places away counts in a passage, and where it stops to count.
_DECAY, _REACH = 0.9, 40
# What the passage counts beside the sentence.
_PASSAGE = 0.5
WEIGHT = 3.0


def score_relevance(document: Document, counts: Counts | None = None) -> NDArray[np.float64]:
    """How much every sentence has to do with the query of its document: its BM25, and that of its passage.

    ``bm25(sentence) + 0.5 bm25(passage)``. The first is ``Σ_t w_t f (k1 + 1) / (f + k1 (1 - b + b l / l̄))``
    over the terms t of the query, with ``w_t = log(1 + (N - n_t + 0.5) / (n_t + 0.5))`` [1]_: N sentences,
    n_t of them with t, f occurrences of t in the sentence, l its terms. In the second, f and l are sums over
    the sentences around, each counting ``0.9 ** distance`` [2]_: what a passage is about, a sentence of it
    need not say again.

    Parameters
    ----------
    document : Document
        With a query, or without.
    counts : Counts, optional
        Its counts, where they are there already.

    Returns
    -------
    ndarray of float64, shape (n_sentences,)
        At least 0, and 0 throughout where no term of the query is known.

    Notes
    -----
    Departs from [1]_ in the 1 inside the logarithm, so that a term of more than half of the sentences
    does not count against them; and ``b`` is 0.25, not 0.75: sentences are short for other reasons than
    documents are. Passages end after 40 sentences on either side, and with their text. Time grows with the
    pairs of sentence and term, and with the sentences times the terms of the query.

    References
    ----------
    .. [1] Robertson & Zaragoza 2009, doi:10.1561/1500000019
    .. [2] Lv & Zhai 2009, doi:10.1145/1571941.1571994
    """
    n = len(document)
    scores = np.zeros(n)
    if not n or not document.query:
        return scores
    counts = counts if counts is not None else count_terms(document)
    lengths = np.diff(document.offsets).astype(np.float64)
    around = _sum_around(document, lengths)
    asked = Counter(document.query)
    wanted = np.zeros(counts.n_terms, bool)
    wanted[list(asked)] = True
    pairs = wanted[counts.terms].nonzero()[0]
    # A long query shall not look through the whole text for each of its terms.
    pairs = pairs[counts.terms[pairs].argsort(kind="stable")]
    terms = counts.terms[pairs]
    starts = terms.searchsorted(list(asked))
    stops = terms.searchsorted(list(asked), side="right")
    for repeated, start, stop in zip(asked.values(), starts, stops, strict=True):
        own = pairs[start:stop]
        times = np.bincount(counts.rows[own], weights=counts.counts[own], minlength=n).astype(np.float64)
        frequency = int(stop - start)
        weight = repeated * np.log1p((n - frequency + 0.5) / (frequency + 0.5))
        scores += weight * _saturate(times, lengths)
        scores += _PASSAGE * weight * _saturate(_sum_around(document, times), around)
    return scores


def _saturate(times: NDArray[np.float64], lengths: NDArray[np.float64]) -> NDArray[np.float64]:
    share: NDArray[np.float64] = times * (_K1 + 1) / (times + _K1 * (1 - _B + _B * lengths / lengths.mean()))
    return share


def _sum_around(document: Document, values: NDArray[np.float64]) -> NDArray[np.float64]:
    """Sums over the sentences around each, of its own text, that count less the farther they are."""
    kernel = _DECAY ** np.abs(np.arange(-_REACH, _REACH + 1))
    spans = [(part.first, part.stop) for part in document.parts] or [(0, len(values))]
    sums = np.zeros(len(values))
    for first, stop in spans:
        if first < stop:
            sums[first:stop] = np.convolve(values[first:stop], kernel)[_REACH : _REACH + stop - first]
    return sums


def add_relevance(
    document: Document, scores: NDArray[np.float64], *, query_weight: float = WEIGHT
) -> NDArray[np.float64]:
    """``z(scores) + query_weight z(relevance)``, z meaning zero mean and unit variance.

    Parameters
    ----------
    document : Document
    scores : ndarray of float64, shape (n_sentences,)
        Of any ranker.
    query_weight : float
        At least 0; 0 leaves the ranker alone.

    Returns
    -------
    ndarray of float64, shape (n_sentences,)
        The scores as they are where the document has no query, or none of its terms.

    Raises
    ------
    OptionError
        If the weight is negative or not a number.
    """
    check_number("query_weight", query_weight, least=0)
    if not document.query or query_weight == 0:
        return scores
    return standardize(scores) + query_weight * standardize(score_relevance(document))


def restart_by_relevance(document: Document, counts: Counts, bias: float) -> NDArray[np.float64] | None:
    """Where a random walk starts again: at sentences in proportion to their relevance.

    Parameters
    ----------
    document : Document
    counts : Counts
        Of its terms.
    bias : float
        The share that goes to relevant sentences, from 0 to 1; the rest goes to all alike.

    Returns
    -------
    ndarray of float64, shape (n_sentences,), or None
        At least 0, with sum 1; None where there is no query, which means all alike.
    """
    check_number("query_bias", bias, least=0, most=1)
    if not document.query or bias == 0:
        return None
    relevance = score_relevance(document, counts)
    shares: NDArray[np.float64] = bias * relevance / relevance.sum() + (1 - bias) / len(document)
    return shares
