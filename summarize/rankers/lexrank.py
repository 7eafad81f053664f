"""LexRank, in time linear in the text."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import numpy as np

from summarize.contributions import Parts, add_position_part, make_walk_parts
from summarize.errors import OptionError
from summarize.features.centrality import check_damping, walk, walk_dense
from summarize.features.products import multiply
from summarize.features.query import restart_by_relevance
from summarize.features.scores import add_position
from summarize.features.tfidf import Counts, as_matrix, count_terms, tf_idf, unit_rows

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from summarize.document import Document

# Up to this many sentences, a matrix of all pairs is faster.
_MAX_DENSE = 300
_BLOCK_ROWS = 1_000


def lexrank(
    document: Document,
    *,
    damping: float = 0.85,
    threshold: float | None = None,
    position_weight: float = 0.0,
    query_bias: float = 1.0,
) -> NDArray[np.float64]:
    """Score sentences by a random walk over the cosines of their tf-idf vectors.

    Parameters
    ----------
    document : Document
    damping : float
        Probability of following an edge, in [0, 1).
    threshold : float, optional
        Cosine above which two sentences are neighbors, with weight 1, from 0 up to 1. By default the cosines
        themselves are the weights (continuous LexRank).
    position_weight : float
        Weight of ``exp(-i / 10)`` relative to the scores, both standardized.
    query_bias : float
        The share of random restarts, from 0 to 1, that goes to sentences by their relevance to the query
        [2]_.

    Returns
    -------
    ndarray of float64, shape (n_sentences,)
        If `position_weight` is 0, at least 0 with sum 1, and positive if there is no query.

    Raises
    ------
    OptionError
        If a number is out of range.

    Notes
    -----
    As in [1]_, a sentence is its own neighbor. This differs from [1]_ in the idf, which is ``log(1 + N / n)``
    over the sentences of the document. The continuous form needs no pairs: ``W p = X (Xᵀ p)``.

    References
    ----------
    .. [1] Erkan & Radev 2004, doi:10.1613/jair.1523
    .. [2] Otterbacher, Erkan & Radev 2009, doi:10.1016/j.ipm.2008.06.004

    Examples
    --------
    >>> from summarize import segment
    >>> lexrank(segment("Gas was found. Gas was lost. It rained."), damping=0).round(3)
    array([0.333, 0.333, 0.333])
    """
    counts = count_terms(document)
    scores = _walk(document, counts, damping, threshold, query_bias)
    return add_position(document, scores, position_weight)


def explain_lexrank(
    document: Document,
    *,
    damping: float = 0.85,
    threshold: float | None = None,
    position_weight: float = 0.0,
    query_bias: float = 1.0,
) -> tuple[NDArray[np.float64], Parts]:
    """Score sentences as `lexrank` does, and divide each score by what its neighbors pass on."""
    counts = count_terms(document)
    scores = _walk(document, counts, damping, threshold, query_bias)
    vectors = as_matrix(counts, unit_rows(counts, tf_idf(counts)))
    links = link_by_cosine(vectors, threshold)
    parts = make_walk_parts(document, counts, scores, *links, damping, query_bias)
    parts = add_position_part(document, scores, parts, position_weight)
    return add_position(document, scores, position_weight), parts


def _walk(
    document: Document, counts: Counts, damping: float, threshold: float | None, query_bias: float
) -> NDArray[np.float64]:
    check_damping(damping)
    if threshold is not None and not (isinstance(threshold, (int, float)) and 0 <= threshold < 1):
        raise OptionError(f"threshold: found {threshold!r}; accepted: None, or a number from 0 up to 1")
    vectors = as_matrix(counts, unit_rows(counts, tf_idf(counts)))
    restart = restart_by_relevance(document, counts, query_bias)
    if threshold is None and len(document) <= _MAX_DENSE:
        similarity = multiply(vectors, vectors.T)
        if not isinstance(similarity, np.ndarray):
            similarity = similarity.toarray()
        return walk_dense(similarity, damping, restart)
    return walk(*link_by_cosine(vectors, threshold), damping, restart)


def link_by_cosine(
    vectors: Any, threshold: float | None
) -> tuple[Callable[[NDArray[np.float64]], NDArray[np.float64]], NDArray[np.float64]]:
    """Make the weights W without their matrix.

    Parameters
    ----------
    vectors : ndarray or sparse array, shape (n_sentences, n_terms)
        Rows of unit length.
    threshold : float or None
        As for `lexrank`.

    Returns
    -------
    apply : callable
        ``v -> W v``.
    degrees : ndarray of float64, shape (n_sentences,)
        Row sums of W.
    """
    n = vectors.shape[0]
    if threshold is not None:
        adjacency = _find_neighbors(vectors, threshold, n)
        return lambda v: adjacency @ v, np.asarray(adjacency.sum(axis=1))
    transposed = vectors.T.tocsr() if hasattr(vectors, "tocsr") else vectors.T
    return lambda v: vectors @ (transposed @ v), vectors @ (transposed @ np.ones(n))


def _find_neighbors(vectors: Any, threshold: float, n: int) -> Any:
    """Make the sparse 0/1 matrix of the pairs above the threshold, block by block."""
    from scipy.sparse import csr_array, vstack

    blocks = []
    for start in range(0, n, _BLOCK_ROWS):
        block = vectors[start : start + _BLOCK_ROWS] @ vectors.T
        blocks.append(csr_array(block > threshold, dtype=np.float64))
    return vstack(blocks, format="csr") if blocks else csr_array((0, 0))
