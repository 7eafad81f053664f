"""Measure how good a summary is: each a pure function with its formula, range and source.

Against references: :func:`rouge` and its parts, :func:`unit_recall` for pyramids,
:func:`sentence_agreement` for extracts. Against nothing but the document: :func:`source_coverage`,
:func:`divergence`. Of the summary itself: :func:`redundancy`, :func:`dangling_starts`.

References
----------
.. [1] Lin and Bilmes (2011), "A Class of Submodular Functions for Document Summarization", P11-1052.
.. [2] Louis and Nenkova (2013), "Automatically Assessing Machine Summary Content Without a Gold
   Standard", Computational Linguistics 39(2), doi:10.1162/COLI_a_00123.
.. [3] Grusky, Naaman and Artzi (2018), "Newsroom", N18-1065.
.. [4] Nenkova, Passonneau and McKeown (2007), "The Pyramid Method", ACM TSLP 4(2),
   doi:10.1145/1233912.1233913.
.. [5] Zhang, Wan and Bansal (2023), "Extractive is not Faithful", arXiv:2209.03549.
"""

from __future__ import annotations

from collections.abc import Collection, Hashable, Iterable, Sequence

import numpy as np
from numpy.typing import NDArray

from summarize.document import Document
from summarize.features.dangling import is_dangling_start, knows_openings
from summarize.metrics.rouge import Score, rouge, rouge_lsum, rouge_n, to_score

__all__ = [
    "Score",
    "dangling_starts",
    "divergence",
    "redundancy",
    "rouge",
    "rouge_lsum",
    "rouge_n",
    "sentence_agreement",
    "source_coverage",
    "term_weights",
    "unit_recall",
]


# --- The summary and its document -----------------------------------------------------------------


def term_weights(document: Document) -> NDArray[np.float64]:
    """Weigh each term by its share of the document's content.

    ``w(t) = tf(t) * log(1 + N / n(t))``, divided by the sum over all terms: ``tf`` counts occurrences in
    the document, ``n`` the sentences with the term, ``N`` the sentences with any term.

    Parameters
    ----------
    document : Document
        Any, also one without terms.

    Returns
    -------
    ndarray of float64, shape (n_vocabulary,)
        Summing to 1, unless there is no term.
    """
    size = len(document.vocabulary)
    frequency = np.bincount(document.terms, minlength=size)
    rows = np.repeat(np.arange(len(document)), np.diff(document.offsets))
    pairs = np.unique(rows * np.int64(max(size, 1)) + document.terms)
    spread = np.bincount(pairs % max(size, 1), minlength=size)
    sentences = np.count_nonzero(np.diff(document.offsets))
    weights = frequency * np.log1p(sentences / np.maximum(spread, 1))
    total = weights.sum()
    return np.asarray(weights / total if total else weights, dtype=np.float64)


def source_coverage(
    document: Document, indices: Iterable[int], weights: NDArray[np.float64] | None = None
) -> float:
    """Measure the share of the document's tf-idf mass whose terms occur in the summary.

    ``coverage(S) = sum of w(t) over the terms t of S``, with ``w`` of :func:`term_weights`.

    Parameters
    ----------
    document : Document
        What was summarized.
    indices : iterable of int
        The chosen sentences.
    weights : ndarray of float64, shape (n_vocabulary,), optional
        The :func:`term_weights` of the document, if they are at hand.

    Returns
    -------
    float
        From 0 (nothing chosen, or no terms) to 1 (every term stands in the summary). It never falls
        when a sentence is added, and a later sentence adds no more than it would have added earlier.

    Notes
    -----
    A coverage function of the family of [1]_, with terms as the things covered; departs from its eq. 4
    in that a term is covered by one occurrence. Not what [3]_ calls coverage, which is the share of a
    summary's words that were copied, and is 1 for every extract.
    """
    if weights is None:
        weights = term_weights(document)
    present = np.zeros(len(weights), dtype=bool)
    present[_terms_of(document, indices)] = True
    return float(min(weights[present].sum(), 1.0))


def divergence(document: Document, indices: Iterable[int]) -> float:
    """Compute the Jensen-Shannon divergence between the terms of the summary and those of the document.

    ``JSD(P, Q) = (KL(P, M) + KL(Q, M)) / 2`` with ``M = (P + Q) / 2`` and logarithms of base 2, where P
    and Q are the relative frequencies of the terms in either text [2]_.

    Parameters
    ----------
    document : Document
        What was summarized.
    indices : iterable of int
        The chosen sentences.

    Returns
    -------
    float
        From 0 (the same distribution) to 1 (nothing in common, or no terms). Lower is better.
    """
    size = len(document.vocabulary)
    chosen = np.bincount(_terms_of(document, indices), minlength=size)
    source = np.bincount(document.terms, minlength=size)
    if not chosen.any() or not source.any():
        return 1.0
    p, q = chosen / chosen.sum(), source / source.sum()
    mean = (p + q) / 2
    inside = p > 0  # its terms are terms of the document, so q is positive there, too
    halves = (p[inside] * np.log2(p[inside] / mean[inside])).sum() + (q * np.log2(q / mean)).sum()
    return float(min(max(halves / 2, 0.0), 1.0))


def redundancy(
    document: Document, indices: Iterable[int], weights: NDArray[np.float64] | None = None
) -> float:
    """Compute the mean, over the chosen sentences, of the highest cosine with another one.

    Sentences are vectors of term counts times ``w(t) / tf(t)``, the idf of :func:`term_weights`.

    Parameters
    ----------
    document : Document
        What was summarized.
    indices : iterable of int
        The chosen sentences, each once.
    weights : ndarray of float64, shape (n_vocabulary,), optional
        The :func:`term_weights` of the document, if they are at hand.

    Returns
    -------
    float
        From 0 (no two share a term, or fewer than two were chosen) to 1 (all are repetitions).
    """
    chosen = list(indices)
    if len(chosen) < 2:
        return 0.0
    if weights is None:
        weights = term_weights(document)
    terms = _terms_of(document, chosen)
    counts = [document.offsets[i + 1] - document.offsets[i] for i in chosen]
    distinct, columns = np.unique(terms, return_inverse=True)
    rows = np.repeat(np.arange(len(chosen)), counts)
    matrix = np.zeros((len(chosen), len(distinct)))
    np.add.at(matrix, (rows, columns), 1.0)
    frequency = np.bincount(document.terms, minlength=len(weights))
    matrix *= weights[distinct] / frequency[distinct]
    norms = np.linalg.norm(matrix, axis=1, keepdims=True)
    matrix /= np.where(norms > 0, norms, 1.0)
    cosines = matrix @ matrix.T
    np.fill_diagonal(cosines, 0.0)
    return float(np.clip(cosines.max(axis=1), 0.0, 1.0).mean())


def dangling_starts(document: Document, indices: Iterable[int]) -> float:
    """Measure the share of the chosen sentences that depend on one that was not chosen.

    They open with a pronoun or a connective, and the sentence before them, passing over headings and
    the like, is not in the summary [5]_.

    Parameters
    ----------
    document : Document
        What was summarized.
    indices : iterable of int
        The chosen sentences.

    Returns
    -------
    float
        From 0 to 1; 0 if nothing was chosen; not a number in a language whose openings are not known.
        A sentence with none before it leans on nothing.
    """
    if not knows_openings(document.language):
        return float("nan")
    chosen = set(indices)
    if not chosen:
        return 0.0
    dangling = 0
    for index in chosen:
        before = index - 1
        while before >= 0 and not document.sentences[before].candidate:
            before -= 1
        if before >= 0 and before not in chosen:
            dangling += is_dangling_start(document.sentences[index].text, document.language)
    return dangling / len(chosen)


def _terms_of(document: Document, indices: Iterable[int]) -> NDArray[np.int32]:
    """Return the term occurrences of the sentences, in the order of the indices."""
    offsets = document.offsets
    pieces = [document.terms[offsets[i] : offsets[i + 1]] for i in indices]
    return np.concatenate(pieces) if pieces else document.terms[:0]


# --- The summary and what people chose ------------------------------------------------------------


def sentence_agreement(chosen: Iterable[int], gold: Iterable[int]) -> Score:
    """Compute precision, recall and F1 of the chosen sentences against those of a human extract.

    Parameters
    ----------
    chosen, gold : iterable of int
        Indices of sentences of the same document.

    Returns
    -------
    Score
        From 0 to 1; all zero where either is empty.
    """
    have, want = set(chosen), set(gold)
    return to_score(len(have & want), len(have), len(want))


def unit_recall(
    sentences: Sequence[Collection[Hashable]],
    units: Sequence[Collection[Hashable]],
    weights: Sequence[float] | None = None,
    threshold: float = 0.6,
) -> float:
    """Measure the weight of the content units that the summary expresses, by lexical match.

    A unit counts as expressed when one sentence of the summary has at least `threshold` of the unit's
    distinct terms. ``recall = weight of the units expressed / weight of all units``.

    Parameters
    ----------
    sentences : sequence of collections of hashable
        Terms of each sentence of the summary.
    units : sequence of collections of hashable
        Terms of each summary content unit; those without terms are left out.
    weights : sequence of float, optional
        How many references express each unit; 1 each if not given.
    threshold : float
        From 0 (exclusive) to 1.

    Returns
    -------
    float
        From 0 to 1; 0 where no unit has a term.

    Notes
    -----
    Departs from [4]_, where people decide whether a unit is expressed and the sum is divided by the best
    that a summary of so many units could have reached: without people this is a lower bound that
    compares methods on the same documents.
    """
    if weights is None:
        weights = [1.0] * len(units)
    have = [set(sentence) for sentence in sentences]
    expressed = total = 0.0
    for unit, weight in zip(units, weights, strict=True):
        want = set(unit)
        if not want:
            continue
        total += weight
        best = max((len(want & sentence) for sentence in have), default=0)
        expressed += weight * (best >= threshold * len(want))
    return expressed / total if total else 0.0
