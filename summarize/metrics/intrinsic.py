"""Measure the quality of a summary, with and without references.

:func:`rouge` compares a summary with reference summaries, :func:`unit_recall` with the content units of a
pyramid, and :func:`sentence_agreement` with an extract made by people. :func:`source_coverage` and
:func:`divergence` compare it with the document alone. :func:`redundancy` and :func:`dangling_starts` describe
the summary itself.

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
from summarize.features.products import multiply
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


# --- Without references ---------------------------------------------------------------------------


def term_weights(document: Document) -> NDArray[np.float64]:
    """Weigh each term by its share of the document's content.

    ``w(t) = tf(t) * log(1 + N / n(t))``, divided by the sum over all terms. Here ``tf(t)`` is the number of
    occurrences of the term in the document, ``n(t)`` the number of sentences with the term, and ``N`` the
    number of sentences with at least one term.

    Parameters
    ----------
    document : Document
        Any document; it may have no terms.

    Returns
    -------
    ndarray of float64, shape (n_vocabulary,)
        Weights with sum 1; all zero if the text has no terms.

    Examples
    --------
    >>> from summarize import segment
    >>> document = segment("Cats chase mice. Dogs chase cats.", language="en")
    >>> document.vocabulary, term_weights(document).round(2).tolist()
    (('cat', 'chase', 'mice', 'dog'), [0.28, 0.28, 0.22, 0.22])
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
    """Compute the share of the document's content whose terms occur in the summary.

    ``coverage(S) = sum of w(t) over the distinct terms t of S``, where ``w`` is :func:`term_weights`.

    Parameters
    ----------
    document : Document
        The document that was summarized.
    indices : iterable of int
        Indices of the chosen sentences.
    weights : ndarray of float64, shape (n_vocabulary,), optional
        The :func:`term_weights` of the document, to save computing them again.

    Returns
    -------
    float
        From 0 (nothing is chosen, or there are no terms) to 1 (the summary has every term). The measure is
        monotone and submodular: it never decreases when a sentence is added, and a sentence adds less to a
        larger summary.

    Notes
    -----
    This is a coverage function of the family in [1]_, with terms as the units to cover. Unlike in eq. 4 of
    [1]_, one occurrence covers a term in full. In [3]_, coverage means something else: the share of the
    summary's words that are copied from the document, which is 1 for every extract.

    Examples
    --------
    >>> from summarize import segment
    >>> document = segment("Cats chase mice. Dogs chase cats.", language="en")
    >>> round(source_coverage(document, [0]), 2)
    0.78
    """
    if weights is None:
        weights = term_weights(document)
    present = np.zeros(len(weights), dtype=bool)
    present[_collect_terms(document, indices)] = True
    return float(min(weights[present].sum(), 1.0))


def divergence(document: Document, indices: Iterable[int]) -> float:
    """Compute the Jensen-Shannon divergence between the terms of the summary and of the document.

    ``JSD(P, Q) = (KL(P, M) + KL(Q, M)) / 2`` with ``M = (P + Q) / 2`` and logarithms to base 2, where ``P``
    and ``Q`` are the relative frequencies of the terms in the summary and in the document [2]_.

    Parameters
    ----------
    document : Document
        The document that was summarized.
    indices : iterable of int
        Indices of the chosen sentences.

    Returns
    -------
    float
        From 0 (the same distribution) to 1 (nothing in common, or no terms). Lower is better.

    Examples
    --------
    >>> from summarize import segment
    >>> document = segment("Cats chase mice. Dogs chase cats.", language="en")
    >>> round(divergence(document, [0]), 3), divergence(document, [0, 1])
    (0.104, 0.0)
    """
    source = np.bincount(document.terms)
    # The vocabulary may also hold terms of a title; those of the sentences have the lower numbers.
    chosen = np.bincount(_collect_terms(document, indices), minlength=len(source))
    if not chosen.any() or not source.any():
        return 1.0
    p, q = chosen / chosen.sum(), source / source.sum()
    mean = (p + q) / 2
    # Terms of the summary are terms of the document, so q is positive wherever p is.
    inside = p > 0
    halves = (p[inside] * np.log2(p[inside] / mean[inside])).sum() + (q * np.log2(q / mean)).sum()
    return float(min(max(halves / 2, 0.0), 1.0))


def redundancy(
    document: Document, indices: Iterable[int], weights: NDArray[np.float64] | None = None
) -> float:
    """Compute how similar each chosen sentence is to its most similar other one, on average.

    The similarity is the cosine of vectors of term counts times ``w(t) / tf(t)``, the idf of
    :func:`term_weights`.

    Parameters
    ----------
    document : Document
        The document that was summarized.
    indices : iterable of int
        Indices of the chosen sentences, without repeats.
    weights : ndarray of float64, shape (n_vocabulary,), optional
        The :func:`term_weights` of the document, to save computing them again.

    Returns
    -------
    float
        From 0 (no two sentences share a term, or fewer than two are chosen) to 1 (each has a duplicate).

    Examples
    --------
    >>> from summarize import segment
    >>> document = segment("Cats chase mice. Dogs chase cats. Cats chase mice.", language="en")
    >>> round(redundancy(document, [0, 2]), 3)
    1.0
    """
    chosen = list(indices)
    if len(chosen) < 2:
        return 0.0
    if weights is None:
        weights = term_weights(document)
    terms = _collect_terms(document, chosen)
    counts = [document.offsets[i + 1] - document.offsets[i] for i in chosen]
    distinct, columns = np.unique(terms, return_inverse=True)
    rows = np.repeat(np.arange(len(chosen)), counts)
    matrix = np.zeros((len(chosen), len(distinct)))
    np.add.at(matrix, (rows, columns), 1.0)
    frequency = np.bincount(document.terms, minlength=len(weights))
    matrix *= weights[distinct] / frequency[distinct]
    norms = np.linalg.norm(matrix, axis=1, keepdims=True)
    matrix /= np.where(norms > 0, norms, 1.0)
    cosines = multiply(matrix, matrix.T)
    np.fill_diagonal(cosines, 0.0)
    return float(np.clip(cosines.max(axis=1), 0.0, 1.0).mean())


def dangling_starts(document: Document, indices: Iterable[int]) -> float:
    """Compute the share of dangling sentences: those that need a sentence that was not chosen.

    A sentence dangles if it opens with a pronoun or connective and the sentence before it is not in the
    summary [5]_. Headings and other sentences that cannot be chosen are skipped. A sentence with none
    before it never dangles.

    Parameters
    ----------
    document : Document
        The document that was summarized.
    indices : iterable of int
        Indices of the chosen sentences.

    Returns
    -------
    float
        From 0 to 1; 0 if nothing is chosen. NaN if the language has no list of openings.

    Examples
    --------
    >>> from summarize import segment
    >>> document = segment("Mary bought a house. She sold it. Nobody paid.", language="en")
    >>> dangling_starts(document, [1, 2]), dangling_starts(document, [0, 1])
    (0.5, 0.0)
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


def _collect_terms(document: Document, indices: Iterable[int]) -> NDArray[np.int32]:
    """Concatenate the terms of the sentences, in the order of the indices."""
    offsets = document.offsets
    pieces = [document.terms[offsets[i] : offsets[i + 1]] for i in indices]
    return np.concatenate(pieces) if pieces else document.terms[:0]


# --- With references ------------------------------------------------------------------------------


def sentence_agreement(chosen: Iterable[int], gold: Iterable[int]) -> Score:
    """Compute precision, recall and F1 of the chosen sentences against an extract made by people.

    Parameters
    ----------
    chosen, gold : iterable of int
        Indices of sentences of the same document: of the summary, and of the extract.

    Returns
    -------
    Score
        From 0 to 1; all zero if either is empty.

    Examples
    --------
    >>> sentence_agreement([0, 1], [1, 2, 3, 4])
    Score(precision=0.5, recall=0.25, f1=0.3333333333333333)
    """
    have, want = set(chosen), set(gold)
    return to_score(len(have & want), len(have), len(want))


def unit_recall(
    sentences: Sequence[Collection[Hashable]],
    units: Sequence[Collection[Hashable]],
    weights: Sequence[float] | None = None,
    threshold: float = 0.6,
) -> float:
    """Compute the weighted share of content units that the summary expresses, by lexical match.

    A unit counts as expressed if a single sentence of the summary has at least a share `threshold` of the
    unit's distinct terms. ``recall = weight of the expressed units / weight of all units``.

    Parameters
    ----------
    sentences : sequence of collections of hashable
        Terms of each sentence of the summary.
    units : sequence of collections of hashable
        Terms of each summary content unit. Units without terms are ignored.
    weights : sequence of float, optional
        Number of references that express each unit; 1 by default.
    threshold : float
        Greater than 0, at most 1.

    Returns
    -------
    float
        From 0 to 1; 0 if no unit has terms.

    Notes
    -----
    In [4]_, people decide whether a unit is expressed, and the sum is divided by the largest sum that a
    summary with the same number of units can reach. Without people, this measure misses paraphrases. Use it
    only to compare methods on the same documents.

    Examples
    --------
    >>> unit_recall([["bridge", "fall"]], [["bridge", "fall", "river"], ["ship", "sink"]], [3, 1])
    0.75
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
