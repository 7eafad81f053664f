"""TextRank, in time linear in the text."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import numpy as np

from summarize.contributions import Parts, make_walk_parts
from summarize.features.centrality import check_damping, walk, walk_dense
from summarize.features.products import multiply
from summarize.features.query import restart_by_relevance
from summarize.features.tfidf import Counts, as_matrix, count_terms

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from summarize.document import Document

# Up to this many sentences, a matrix of all pairs is faster than the factored form.
_MAX_DENSE = 300
# The error of an entry of the factored kernel, relative to the largest entry.
_KERNEL_TOLERANCE = 1e-14


def textrank(
    document: Document, *, damping: float = 0.85, self_loops: bool = False, query_bias: float = 1.0
) -> NDArray[np.float64]:
    """Score sentences by a random walk over the words that they share.

    The weight between two sentences is ``|Si ∩ Sj| / (log|Si| + log|Sj|)`` [1]_, with distinct terms in
    the intersection and ``|S|`` the number of terms in a sentence.

    Parameters
    ----------
    document : Document
    damping : float
        Probability of following an edge, in [0, 1).
    self_loops : bool
        Whether a sentence is its own neighbor, as in sumy.
    query_bias : float
        The share of random restarts, from 0 to 1, that goes to sentences by their relevance to the query
        [2]_.

    Returns
    -------
    ndarray of float64, shape (n_sentences,)
        At least 0, with sum 1; positive if there is no query.

    Raises
    ------
    OptionError
        If a number is out of range.

    Notes
    -----
    This differs from [1]_ in three ways: stop words do not count; a length is at least 2, because the weight
    of two sentences of one word is undefined; and the scores have sum 1, not mean 1.

    The kernel ``1 / (x + y)`` is positive definite, so about twelve columns of its pivoted Cholesky factor F
    over the distinct lengths reproduce it up to rounding, and ``W p = Σk Fk ∘ B Bᵀ (Fk ∘ p)`` needs no pairs.

    References
    ----------
    .. [1] Mihalcea & Tarau 2004, https://aclanthology.org/W04-3252
    .. [2] Kazemi, Pérez-Rosas & Mihalcea 2020, doi:10.18653/v1/2020.coling-main.144

    Examples
    --------
    >>> from summarize import segment
    >>> textrank(segment("Gas was found. The gas is deep. It rained."), damping=0.5).round(3)
    array([0.4, 0.4, 0.2])
    """
    check_damping(damping)
    counts = count_terms(document)
    restart = restart_by_relevance(document, counts, query_bias)
    return walk_shared_words(document, counts, damping, self_loops, restart)


def explain_textrank(
    document: Document, *, damping: float = 0.85, self_loops: bool = False, query_bias: float = 1.0
) -> tuple[NDArray[np.float64], Parts]:
    """Score sentences as `textrank` does, and divide each score by what its neighbors pass on."""
    scores = textrank(document, damping=damping, self_loops=self_loops, query_bias=query_bias)
    if not len(document):
        return scores, lambda i: []
    counts = count_terms(document)
    links = link_by_words(document, counts, self_loops)
    return scores, make_walk_parts(document, counts, scores, *links, damping, query_bias)


def walk_shared_words(
    document: Document,
    counts: Counts,
    damping: float,
    self_loops: bool,
    restart: NDArray[np.float64] | None = None,
) -> NDArray[np.float64]:
    """Run TextRank on given term counts; parameters as for `textrank`."""
    if len(document) <= _MAX_DENSE:
        shared = as_matrix(counts, np.ones(len(counts.rows)))
        logs = np.log(np.maximum(np.diff(document.offsets), 2))
        overlap = multiply(shared, shared.T)
        if not isinstance(overlap, np.ndarray):
            overlap = overlap.toarray()
        weights = overlap / (logs[:, None] + logs[None, :])
        if not self_loops:
            np.fill_diagonal(weights, 0)
        return walk_dense(weights, damping, restart)

    return walk(*link_by_words(document, counts, self_loops), damping, restart)


def link_by_words(
    document: Document, counts: Counts, self_loops: bool
) -> tuple[Callable[[NDArray[np.float64]], NDArray[np.float64]], NDArray[np.float64]]:
    """Make the weights W without their matrix.

    Parameters
    ----------
    document : Document
    counts : Counts
    self_loops : bool
        As for `textrank`.

    Returns
    -------
    apply : callable
        ``v -> W v``.
    degrees : ndarray of float64, shape (n_sentences,)
        Row sums of W.
    """
    n = len(document)
    shared = as_matrix(counts, np.ones(len(counts.rows)))
    lengths = np.maximum(np.diff(document.offsets), 2)
    logs = np.log(lengths)
    distinct, position = np.unique(lengths, return_inverse=True)
    factor = _factor_kernel(np.log(distinct))[position]
    transposed = shared.T.tocsr() if hasattr(shared, "tocsr") else shared.T
    own = np.bincount(counts.rows, minlength=n) / (2 * logs) if not self_loops else np.zeros(n)

    def apply(vector: NDArray[np.float64]) -> NDArray[np.float64]:
        spread = shared @ (transposed @ (factor * vector[:, None]))
        product: NDArray[np.float64] = (factor * spread).sum(axis=1) - own * vector
        return product

    degrees = apply(np.ones(n))
    # Rounding errors, of sentences without neighbors.
    degrees[degrees < 1e-10 * (1 + own)] = 0
    return apply, degrees


def _factor_kernel(points: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return F with ``F @ F.T`` equal to ``1 / (x + y)`` for all pairs of points, by pivoted Cholesky."""
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
