"""A document as arrays: counts of terms, tf-idf, positions.

Rows are sentences, columns terms. Short documents become dense matrices, long ones scipy's sparse
ones; both answer to ``@`` and ``.T``, so a ranker is written once.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from summarize.validation import check_number

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from summarize.document import Document

# Matrices with at most so many cells are dense: a few hundred sentences.
_MOST_CELLS = 400_000


class Counts(NamedTuple):
    """Distinct pairs of sentence and term, ordered by sentence, then term.

    Attributes
    ----------
    rows, terms : ndarray of int64, shape (n_pairs,)
        The pairs.
    counts : ndarray of int64, shape (n_pairs,)
        How often the term stands in the sentence, at least 1.
    n_rows, n_terms : int
        Sentences and distinct terms of the document.
    """

    rows: NDArray[np.int64]
    terms: NDArray[np.int64]
    counts: NDArray[np.int64]
    n_rows: int
    n_terms: int


def count_terms(document: Document) -> Counts:
    """Counts of the terms of every sentence."""
    n_rows, n_terms = len(document), max(1, len(document.vocabulary))
    rows = np.repeat(np.arange(n_rows), document.offsets[1:] - document.offsets[:-1])
    keys = rows * n_terms + document.terms
    keys.sort()
    starts = opens_run(keys).nonzero()[0]
    keys = keys[starts]
    rows = keys // n_terms
    counts = measure_runs(starts, len(document.terms))
    return Counts(rows, keys - rows * n_terms, counts, n_rows, n_terms)


def opens_run(values: NDArray[np.int64]) -> NDArray[np.bool_]:
    """Whether each value differs from the one before; the first one does."""
    opens = np.ones(len(values), bool)
    np.not_equal(values[1:], values[:-1], out=opens[1:])
    return opens


def find_rows(*groups: Sequence[str]) -> list[slice]:
    """Where the rows of each of several groups of columns stand in a table of all, one below another."""
    stops = [0, *accumulate(map(len, groups))]
    return list(map(slice, stops, stops[1:]))


def measure_runs(starts: NDArray[np.int64], size: int) -> NDArray[np.int64]:
    """Lengths of runs from where they start in an array of that size."""
    lengths = np.empty_like(starts)
    np.subtract(starts[1:], starts[:-1], out=lengths[:-1])
    lengths[-1:] = size - starts[-1:]
    return lengths


def inverse_frequencies(counts: Counts) -> NDArray[np.float64]:
    """``log(1 + N / n(t))`` for every term: N sentences, n(t) of them with the term.

    Positive also for a term that stands in every sentence, so that a text of equal sentences has
    vectors too. After Spärck Jones 1972, doi:10.1108/eb026526, with 1 added.
    """
    frequency = np.bincount(counts.terms, minlength=counts.n_terms)
    weights: NDArray[np.float64] = np.log1p(counts.n_rows / np.maximum(frequency, 1))
    return weights


def tf_idf(counts: Counts) -> NDArray[np.float64]:
    """Count times inverse frequency of every pair, shape (n_pairs,)."""
    weights: NDArray[np.float64] = counts.counts * inverse_frequencies(counts)[counts.terms]
    return weights


def unit_rows(counts: Counts, weights: NDArray[np.float64]) -> NDArray[np.float64]:
    """Weights divided by the Euclidean length of their sentence's vector."""
    norms = np.sqrt(np.bincount(counts.rows, weights=weights * weights, minlength=counts.n_rows))
    return weights / norms[counts.rows]


def as_matrix(counts: Counts, weights: NDArray[np.float64]) -> Any:
    """Matrix of shape (n_sentences, n_terms), an ndarray or a scipy CSR array."""
    shape = (counts.n_rows, counts.n_terms)
    if shape[0] * shape[1] <= _MOST_CELLS:
        cells = np.bincount(
            counts.rows * shape[1] + counts.terms, weights=weights, minlength=shape[0] * shape[1]
        )
        return cells.reshape(shape)
    from scipy.sparse import csr_array

    starts = np.searchsorted(counts.rows, np.arange(shape[0] + 1))
    return csr_array((weights, counts.terms.astype(np.int32), starts.astype(np.int32)), shape=shape)


def add_position(document: Document, scores: NDArray[np.float64], weight: float) -> NDArray[np.float64]:
    """``z(scores) + weight * z(exp(-i / 10))``, z meaning zero mean and unit variance.

    Places are counted in each part of a document by itself. With a weight of 0 the scores are returned as
    they are.

    Raises
    ------
    OptionError
        If the weight, which is the `position_weight` of a ranker, is not a number.
    """
    check_number("position_weight", weight)
    if weight == 0 or len(scores) < 2:
        return scores
    return standardize(scores) + weight * standardize(early_places_of_parts(document))


def early_places_of_parts(document: Document) -> NDArray[np.float64]:
    """Early places, counted in each of its parts where a document is made of several."""
    if not document.parts:
        return early_places(len(document))
    return np.concatenate([early_places(part.stop - part.first) for part in document.parts])


def early_places(n: int) -> NDArray[np.float64]:
    """``exp(-i / 10)`` for each of n sentences: 1 for the first, a tenth of that for the 24th."""
    places: NDArray[np.float64] = np.exp(-np.arange(n) / 10)
    return places


def standardize(values: NDArray[np.float64]) -> NDArray[np.float64]:
    """Values with zero mean and unit variance; zeros where they are all alike."""
    if not len(values):
        return values
    centred: NDArray[np.float64] = values - values.mean()
    deviation = float(np.sqrt(centred @ centred / len(values)))
    return centred / deviation if deviation > 1e-12 * float(np.abs(values).max()) else centred * 0
