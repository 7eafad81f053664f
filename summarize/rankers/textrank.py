"""TextRank, in time linear in the text."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import numpy as np

from summarize.features.centrality import check_damping, walk, walk_dense
from summarize.features.query import restart_by_relevance
from summarize.features.tfidf import Counts, as_matrix, count_terms

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from summarize.document import Document

# Up to so many sentences a matrix of all pairs is faster than the factored form.
_MOST_DENSE = 300
# The factored kernel's entries are right to this much, relative to the largest.
_KERNEL_TOLERANCE = 1e-14


def textrank(
    document: Document, *, damping: float = 0.85, self_loops: bool = False, query_bias: float = 1.0
) -> NDArray[np.float64]:
    """Score sentences by a random walk over the words that they share.

    The weight between two sentences is ``|Si ∩ Sj| / (log|Si| + log|Sj|)`` [1]_, with distinct terms in
    the intersection and ``|S|`` the number of terms of a sentence.

    Parameters
    ----------
    document : Document
    damping : float
        Probability of following an edge, in [0, 1).
    self_loops : bool
        Whether a sentence is its own neighbour, as in sumy.
    query_bias : float
        The share of fresh starts that goes to sentences by their relevance to the query, from 0 to 1 [2]_.

    Returns
    -------
    ndarray of float64, shape (n_sentences,)
        Not negative, with sum 1; positive where there is no query.

    Notes
    -----
    Departs from [1]_ in three ways: stop words do not count; lengths are at least 2, as the weight is
    undefined for two sentences of one word; and scores have sum 1, not mean 1.

    The kernel ``1 / (x + y)`` is positive definite, so a dozen columns of its pivoted Cholesky factor F over
    the distinct lengths give it to rounding, and ``W p = Σk Fk ∘ B Bᵀ (Fk ∘ p)`` needs no pairs.

    References
    ----------
    .. [1] Mihalcea & Tarau 2004, https://aclanthology.org/W04-3252
    .. [2] Kazemi, Pérez-Rosas & Mihalcea 2020, doi:10.18653/v1/2020.coling-main.144
    """
    check_damping(damping)
    counts = count_terms(document)
    restart = restart_by_relevance(document, counts, query_bias)
    return walk_shared_words(document, counts, damping, self_loops, restart)


def walk_shared_words(
    document: Document,
    counts: Counts,
    damping: float,
    self_loops: bool,
    restart: NDArray[np.float64] | None = None,
) -> NDArray[np.float64]:
    """TextRank on counts that are there already."""
    if len(document) <= _MOST_DENSE:
        shared = as_matrix(counts, np.ones(len(counts.rows)))
        logs = np.log(np.maximum(np.diff(document.offsets), 2))
        overlap = shared @ shared.T
        if not isinstance(overlap, np.ndarray):
            overlap = overlap.toarray()
        weights = overlap / (logs[:, None] + logs[None, :])
        if not self_loops:
            np.fill_diagonal(weights, 0)
        return walk_dense(weights, damping, restart)

    multiply, degrees = link_by_words(document, counts, self_loops)
    return walk(multiply, degrees, damping, restart)


def link_by_words(
    document: Document, counts: Counts, self_loops: bool
) -> tuple[Callable[[NDArray[np.float64]], NDArray[np.float64]], NDArray[np.float64]]:
    """The weights W without their matrix: ``v -> W v``, and the row sums of W, shape (n_sentences,)."""
    n = len(document)
    shared = as_matrix(counts, np.ones(len(counts.rows)))
    lengths = np.maximum(np.diff(document.offsets), 2)
    logs = np.log(lengths)
    distinct, position = np.unique(lengths, return_inverse=True)
    factor = _factor_kernel(np.log(distinct))[position]
    transposed = shared.T.tocsr() if hasattr(shared, "tocsr") else shared.T
    own = np.bincount(counts.rows, minlength=n) / (2 * logs) if not self_loops else np.zeros(n)

    def multiply(vector: NDArray[np.float64]) -> NDArray[np.float64]:
        spread = shared @ (transposed @ (factor * vector[:, None]))
        product: NDArray[np.float64] = (factor * spread).sum(axis=1) - own * vector
        return product

    degrees = multiply(np.ones(n))
    # What is left of a sentence without neighbours when its own share is taken away again.
    degrees[degrees < 1e-10 * (1 + own)] = 0
    return multiply, degrees


def _factor_kernel(points: NDArray[np.float64]) -> NDArray[np.float64]:
    """F with ``F @ F.T`` equal to ``1 / (x + y)`` over all pairs of points, by pivoted Cholesky."""
    rest = 1 / (2 * points)
    limit = _KERNEL_TOLERANCE * float(rest.max())
    columns: list[NDArray[np.float64]] = []
    while len(columns) < len(points):
        pivot = int(rest.argmax())
        if rest[pivot] <= limit:
            break
        column = 1 / (points + points[pivot])
        for earlier in columns:
            column = column - earlier * earlier[pivot]
        column = column / np.sqrt(rest[pivot])
        columns.append(column)
        rest = rest - column * column
    return np.array(columns).T
