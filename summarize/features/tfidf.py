"""Represent a document by term counts and tf-idf weights.

Rows are sentences and columns are terms. A short document becomes a dense matrix, a long one a sparse matrix
of scipy. Both support ``@`` and ``.T``, so a ranker is written once for both.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import accumulate
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from summarize.document import Document

# Matrices up to this size are dense; it is reached at a few hundred sentences.
_MAX_DENSE_CELLS = 400_000


class Counts(NamedTuple):
    """How often each term occurs in each sentence: a sparse matrix in coordinate format.

    Attributes
    ----------
    rows, terms : ndarray of int64, shape (n_pairs,)
        The distinct pairs of a sentence and a term in it, sorted by sentence, then by term.
    counts : ndarray of int64, shape (n_pairs,)
        Occurrences of the term in the sentence, at least 1.
    n_rows, n_terms : int
        Number of sentences and of distinct terms in the document; `n_terms` is at least 1.
    """

    rows: NDArray[np.int64]
    terms: NDArray[np.int64]
    counts: NDArray[np.int64]
    n_rows: int
    n_terms: int


def count_terms(document: Document) -> Counts:
    """Count the terms of each sentence.

    Parameters
    ----------
    document : Document

    Returns
    -------
    Counts

    Examples
    --------
    >>> from summarize import segment
    >>> counts = count_terms(segment("Cats chase cats. Dogs bark.", language="en"))
    >>> list(zip(counts.rows.tolist(), counts.terms.tolist(), counts.counts.tolist()))
    [(0, 0, 2), (0, 1, 1), (1, 2, 1), (1, 3, 1)]
    """
    n_rows, n_terms = len(document), max(1, len(document.vocabulary))
    rows = np.repeat(np.arange(n_rows), document.offsets[1:] - document.offsets[:-1])
    keys = rows * n_terms + document.terms
    keys.sort()
    starts = opens_run(keys).nonzero()[0]
    keys = keys[starts]
    rows = keys // n_terms
    counts = measure_runs(starts, len(document.terms))
    return Counts(rows, keys - rows * n_terms, counts, n_rows, n_terms)


def opens_run(values: NDArray[np.integer[Any]]) -> NDArray[np.bool_]:
    """Mark where each run of equal values begins.

    Parameters
    ----------
    values : ndarray of integers, shape (n,)

    Returns
    -------
    ndarray of bool, shape (n,)
        True for the first value and for each value that differs from the one before it.

    Examples
    --------
    >>> opens_run(np.array([7, 7, 8, 7]))
    array([ True, False,  True,  True])
    """
    opens = np.ones(len(values), bool)
    np.not_equal(values[1:], values[:-1], out=opens[1:])
    return opens


def find_rows(*groups: Sequence[str]) -> list[slice]:
    """Find the rows of each group when several groups of names are stacked into one table.

    Parameters
    ----------
    *groups : sequence of str

    Returns
    -------
    list of slice
        One for each group, in order.

    Examples
    --------
    >>> find_rows(["a", "b"], ["c"])
    [slice(0, 2, None), slice(2, 3, None)]
    """
    stops = [0, *accumulate(map(len, groups))]
    return list(map(slice, stops, stops[1:]))


def measure_runs(starts: NDArray[np.int64], size: int) -> NDArray[np.int64]:
    """Compute the length of each run from the places where the runs begin.

    Parameters
    ----------
    starts : ndarray of int64, shape (n_runs,)
        Strictly increasing.
    size : int
        Length of the array that the runs divide.

    Returns
    -------
    ndarray of int64, shape (n_runs,)

    Examples
    --------
    >>> measure_runs(np.array([0, 2, 3]), 7)
    array([2, 1, 4])
    """
    lengths = np.empty_like(starts)
    np.subtract(starts[1:], starts[:-1], out=lengths[:-1])
    lengths[-1:] = size - starts[-1:]
    return lengths


def inverse_frequencies(counts: Counts) -> NDArray[np.float64]:
    """Compute the inverse document frequency of each term: ``log(1 + N / n(t))``.

    N is the number of sentences, n(t) the number of sentences with the term t. The 1 that is added to the
    formula of Spärck Jones [1]_ keeps the weight positive if every sentence has the term, so that identical
    sentences do not get zero vectors.

    Parameters
    ----------
    counts : Counts

    Returns
    -------
    ndarray of float64, shape (n_terms,)
        Positive.

    References
    ----------
    .. [1] Spärck Jones 1972, doi:10.1108/eb026526

    Examples
    --------
    >>> from summarize import segment
    >>> counts = count_terms(segment("Cats purr. Cats bark.", language="en"))
    >>> inverse_frequencies(counts).round(2)
    array([0.69, 1.1 , 1.1 ])
    """
    frequency = np.bincount(counts.terms, minlength=counts.n_terms)
    weights: NDArray[np.float64] = np.log1p(counts.n_rows / np.maximum(frequency, 1))
    return weights


def tf_idf(counts: Counts) -> NDArray[np.float64]:
    """Weight each pair of sentence and term by its count times the inverse document frequency.

    Parameters
    ----------
    counts : Counts

    Returns
    -------
    ndarray of float64, shape (n_pairs,)

    Examples
    --------
    >>> from summarize import segment
    >>> tf_idf(count_terms(segment("Cats chase cats. Cats bark.", language="en"))).round(2)
    array([1.39, 1.1 , 0.69, 1.1 ])
    """
    weights: NDArray[np.float64] = counts.counts * inverse_frequencies(counts)[counts.terms]
    return weights


def unit_rows(counts: Counts, weights: NDArray[np.float64]) -> NDArray[np.float64]:
    """Divide each weight by the Euclidean norm of its sentence.

    Parameters
    ----------
    counts : Counts
    weights : ndarray of float64, shape (n_pairs,)

    Returns
    -------
    ndarray of float64, shape (n_pairs,)

    Examples
    --------
    >>> from summarize import segment
    >>> counts = count_terms(segment("Cats chase dogs. Cats bark.", language="en"))
    >>> unit_rows(counts, np.array([1.0, 2.0, 2.0, 3.0, 4.0])).round(2)
    array([0.33, 0.67, 0.67, 0.6 , 0.8 ])
    """
    norms = np.sqrt(np.bincount(counts.rows, weights=weights * weights, minlength=counts.n_rows))
    return weights / norms[counts.rows]


def as_matrix(counts: Counts, weights: NDArray[np.float64]) -> Any:
    """Arrange weights as a matrix.

    Parameters
    ----------
    counts : Counts
    weights : ndarray of float64, shape (n_pairs,)

    Returns
    -------
    ndarray or scipy.sparse.csr_array, of float64, shape (n_sentences, n_terms)
        Dense up to 400,000 cells, else sparse.

    Examples
    --------
    >>> from summarize import segment
    >>> counts = count_terms(segment("Cats chase cats. Dogs bark.", language="en"))
    >>> as_matrix(counts, counts.counts)
    array([[2., 1., 0., 0.],
           [0., 0., 1., 1.]])
    """
    shape = (counts.n_rows, counts.n_terms)
    if shape[0] * shape[1] <= _MAX_DENSE_CELLS:
        cells = np.bincount(
            counts.rows * shape[1] + counts.terms, weights=weights, minlength=shape[0] * shape[1]
        )
        return cells.reshape(shape)
    from scipy.sparse import csr_array

    starts = np.searchsorted(counts.rows, np.arange(shape[0] + 1))
    return csr_array((weights, counts.terms.astype(np.int32), starts.astype(np.int32)), shape=shape)


def cosine_rows(document: Document) -> Callable[[int], NDArray[np.float64]]:
    """Make a function that compares one sentence with all by the cosine of their tf-idf vectors.

    Parameters
    ----------
    document : Document

    Returns
    -------
    callable
        From the index of a sentence to the cosines, shape (n_sentences,).

    Examples
    --------
    >>> from summarize import segment
    >>> cosine_rows(segment("Gas was found. Gas was found. It rained."))(0)
    array([1., 1., 0.])
    """
    counts = count_terms(document)
    weights = unit_rows(counts, tf_idf(counts))

    def row(i: int) -> NDArray[np.float64]:
        span = slice(*counts.rows.searchsorted((i, i + 1)))
        vector = np.bincount(counts.terms[span], weights=weights[span], minlength=counts.n_terms)
        products = weights * vector[counts.terms]
        return np.bincount(counts.rows, weights=products, minlength=len(document)).astype(np.float64)

    return row
