"""LexRank, in time linear in the text."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import numpy as np

from summarize.errors import OptionError
from summarize.features.centrality import check_damping, walk, walk_dense
from summarize.features.query import restart_by_relevance
from summarize.features.scores import add_position
from summarize.features.tfidf import as_matrix, count_terms, tf_idf, unit_rows

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from summarize.document import Document

_MOST_DENSE = 300
_BLOCK = 1_000


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
        Degree form: sentences whose cosine is greater are neighbours, all alike. By default the
        cosines themselves are the weights (continuous LexRank).
    position_weight : float
        Weight of ``exp(-i / 10)`` beside the scores, both standardized.
    query_bias : float
        The share of fresh starts that goes to sentences by their relevance to the query, from 0 to 1 [2]_.

    Returns
    -------
    ndarray of float64, shape (n_sentences,)
        Not negative, with sum 1, if `position_weight` is 0; positive where there is no query.

    Notes
    -----
    As in [1]_ a sentence is its own neighbour. Departs from it in the idf, which is ``log(1 + N / n)``
    over the sentences of this document. The continuous form needs no pairs: ``W p = X (Xᵀ p)``.

    References
    ----------
    .. [1] Erkan & Radev 2004, doi:10.1613/jair.1523
    .. [2] Otterbacher, Erkan & Radev 2009, doi:10.1016/j.ipm.2008.06.004
    """
    check_damping(damping)
    if threshold is not None and not (isinstance(threshold, (int, float)) and 0 <= threshold < 1):
        raise OptionError(f"threshold: found {threshold!r}; accepted: none, or a number from 0 up to 1")
    n = len(document)
    counts = count_terms(document)
    vectors = as_matrix(counts, unit_rows(counts, tf_idf(counts)))
    restart = restart_by_relevance(document, counts, query_bias)
    if threshold is None and n <= _MOST_DENSE:
        similarity = vectors @ vectors.T
        if not isinstance(similarity, np.ndarray):
            similarity = similarity.toarray()
        scores = walk_dense(similarity, damping, restart)
    else:
        scores = walk(*link_by_cosine(vectors, threshold), damping, restart)
    return add_position(document, scores, position_weight)


def link_by_cosine(
    vectors: Any, threshold: float | None
) -> tuple[Callable[[NDArray[np.float64]], NDArray[np.float64]], NDArray[np.float64]]:
    """The weights W without their matrix: ``v -> W v``, and the row sums of W.

    Parameters
    ----------
    vectors : ndarray or sparse array, shape (n_sentences, n_terms)
        Of unit length.
    threshold : float or None
        As for `lexrank`.
    """
    n = vectors.shape[0]
    if threshold is not None:
        adjacency = _neighbours(vectors, threshold, n)
        return lambda v: adjacency @ v, np.asarray(adjacency.sum(axis=1))
    transposed = vectors.T.tocsr() if hasattr(vectors, "tocsr") else vectors.T
    return lambda v: vectors @ (transposed @ v), vectors @ (transposed @ np.ones(n))


def _neighbours(vectors: Any, threshold: float, n: int) -> Any:
    """Sparse 0/1 matrix of the pairs above the threshold, made block by block."""
    from scipy.sparse import csr_array, vstack

    blocks = []
    for start in range(0, n, _BLOCK):
        block = vectors[start : start + _BLOCK] @ vectors.T
        blocks.append(csr_array(block > threshold, dtype=np.float64))
    return vstack(blocks, format="csr") if blocks else csr_array((0, 0))
