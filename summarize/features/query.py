"""Score the relevance of sentences to a query, and add it to the scores of any ranker."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

import numpy as np

from summarize.features.scores import standardize
from summarize.features.tfidf import Counts, count_terms
from summarize.validation import check_number

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from summarize.document import Document

# BM25: saturation of repeated terms, and length normalization.
_K1, _B = 1.2, 0.25
# The weight of a sentence in a passage decays by this factor with each step away from its center.
_DECAY, _MAX_DISTANCE = 0.9, 40
# Weight of the passage relative to the sentence.
_PASSAGE_WEIGHT = 0.5
# A sentence is about the query if the weight of its terms is at least this share of the best sentence's.
MIN_SHARE = 0.5
# Default weight of relevance relative to the scores of the ranker.
WEIGHT = 3.0


def score_relevance(document: Document, counts: Counts | None = None) -> NDArray[np.float64]:
    """Score the relevance of each sentence to the query of its document.

    The score is ``bm25(sentence) + 0.5 * bm25(passage)``. The first term is
    ``Σ_t w_t f (k1 + 1) / (f + k1 (1 - b + b l / l̄))`` over the terms t of the query, with
    ``w_t = log(1 + (N - n_t + 0.5) / (n_t + 0.5))`` [1]_. N is the number of sentences, n_t the number of
    sentences with t, f the occurrences of t in the sentence, l its number of terms, and l̄ the mean of l.
    In the second term, f and l are sums over the surrounding sentences, each weighted by
    ``0.9 ** distance`` [2]_: a sentence need not repeat what its passage is about.

    Parameters
    ----------
    document : Document
        With or without a query.
    counts : Counts, optional
        Its term counts, if they are already known.

    Returns
    -------
    ndarray of float64, shape (n_sentences,)
        At least 0. All zeros if the document has no query.

    Notes
    -----
    Differs from [1]_ in two ways. The 1 inside the logarithm keeps terms that occur in more than half of
    the sentences from lowering a score. And ``b`` is 0.25 instead of 0.75, because length says less about a
    sentence than about a document. A passage reaches 40 sentences in each direction, but not into
    another part of the document. Time is linear in the number of pairs of sentence and term, and in the
    number of sentences times the number of query terms.

    References
    ----------
    .. [1] Robertson & Zaragoza 2009, doi:10.1561/1500000019
    .. [2] Lv & Zhai 2009, doi:10.1145/1571941.1571994

    Examples
    --------
    >>> from summarize import segment
    >>> text = "The ferry stopped. The council met. A bridge will replace the ferry."
    >>> int(score_relevance(segment(text, language="en", query="bridge")).argmax())
    2
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
    # Sort by term, so that a long query does not scan the whole text for each of its terms.
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
        scores += _PASSAGE_WEIGHT * weight * _saturate(_sum_around(document, times), around)
    return scores


def _saturate(times: NDArray[np.float64], lengths: NDArray[np.float64]) -> NDArray[np.float64]:
    share: NDArray[np.float64] = times * (_K1 + 1) / (times + _K1 * (1 - _B + _B * lengths / lengths.mean()))
    return share


def _sum_around(document: Document, values: NDArray[np.float64]) -> NDArray[np.float64]:
    """Sum the values around each sentence, within its part, with weights that decay with distance."""
    kernel = _DECAY ** np.abs(np.arange(-_MAX_DISTANCE, _MAX_DISTANCE + 1))
    spans = [(part.first, part.stop) for part in document.parts] or [(0, len(values))]
    sums = np.zeros(len(values))
    for first, stop in spans:
        if first < stop:
            sums[first:stop] = np.convolve(values[first:stop], kernel)[
                _MAX_DISTANCE : _MAX_DISTANCE + stop - first
            ]
    return sums


def add_relevance(
    document: Document, scores: NDArray[np.float64], *, query_weight: float = WEIGHT
) -> NDArray[np.float64]:
    """Add relevance to the query to the scores: ``z(scores) + query_weight * z(relevance)``.

    ``z`` is `~summarize.features.scores.standardize`.

    Parameters
    ----------
    document : Document
    scores : ndarray of float64, shape (n_sentences,)
        The scores of any ranker.
    query_weight : float
        At least 0. With 0 the scores do not change.

    Returns
    -------
    ndarray of float64, shape (n_sentences,)
        The scores unchanged if the document has no query, or contains none of its terms.

    Raises
    ------
    OptionError
        If the weight is negative or not a finite number.

    Examples
    --------
    >>> from summarize import segment
    >>> document = segment("The ferry stopped. A bridge will open.", language="en", query="bridge")
    >>> add_relevance(document, np.array([1.0, 0.0]), query_weight=3)
    array([-2.,  2.])
    """
    check_number("query_weight", query_weight, least=0)
    if not document.query or query_weight == 0:
        return scores
    return standardize(scores) + query_weight * standardize(score_relevance(document))


def find_about(document: Document, *, min_share: float = MIN_SHARE) -> NDArray[np.bool_]:
    """Find the sentences that are about the query of a document.

    Such a sentence contains a term of the query. If the query has several terms, those of the sentence and
    of its neighbors weigh at least half as much as in the best sentence; those of the neighbors count half,
    and rare terms count more.

    Parameters
    ----------
    document : Document
    min_share : float
        The share of the weight in the best sentence, from 0 to 1.

    Returns
    -------
    ndarray of bool, shape (n_sentences,)
        All True if there is no query, or the document contains none of its terms.

    Examples
    --------
    >>> from summarize import segment
    >>> text = "The ferry stopped in May. A bridge will open. The bridge replaces the ferry."
    >>> find_about(segment(text, language="en", query="ferry")).tolist()
    [True, False, True]
    """
    n = len(document)
    if not n or not document.query:
        return np.ones(n, bool)
    rows = np.repeat(np.arange(n), np.diff(document.offsets))
    weights = np.zeros(n)
    has_any = np.zeros(n, bool)
    for term in dict.fromkeys(document.query):
        own = np.zeros(n)
        own[rows[document.terms == term]] = 1
        frequency = own.sum()
        has_any |= own > 0
        near = own.copy()
        np.maximum(near[1:], own[:-1] / 2, out=near[1:])
        np.maximum(near[:-1], own[1:] / 2, out=near[:-1])
        weights += near * np.log1p((n - frequency + 0.5) / (frequency + 0.5))
    about: NDArray[np.bool_] = has_any & (weights >= min_share * weights[has_any].max(initial=0.0) - 1e-9)
    return about


def restart_by_relevance(document: Document, counts: Counts, bias: float) -> NDArray[np.float64] | None:
    """Compute the restart distribution of a random walk that is biased towards the query.

    Parameters
    ----------
    document : Document
    counts : Counts
        Its term counts.
    bias : float
        Share of the probability that is distributed by relevance, from 0 to 1. The rest is
        distributed evenly.

    Returns
    -------
    ndarray of float64, shape (n_sentences,), or None
        At least 0, with sum 1. None stands for the uniform distribution, if there is no query or the bias
        is 0.

    Raises
    ------
    OptionError
        If the bias is not a number from 0 to 1.

    Examples
    --------
    >>> from summarize import segment
    >>> document = segment("The ferry stopped. A bridge will open.", language="en", query="bridge")
    >>> restart_by_relevance(document, count_terms(document), 0.0) is None
    True
    >>> restart_by_relevance(document, count_terms(document), 0.5).round(2)
    array([0.37, 0.63])
    """
    check_number("query_bias", bias, least=0, most=1)
    if not document.query or bias == 0:
        return None
    relevance = score_relevance(document, counts)
    shares: NDArray[np.float64] = bias * relevance / relevance.sum() + (1 - bias) / len(document)
    return shares
