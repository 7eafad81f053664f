"""Rank sentences by latent semantic analysis."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from summarize.errors import OptionError
from summarize.features.products import multiply
from summarize.features.scores import add_position
from summarize.features.tfidf import as_matrix, count_terms, tf_idf, unit_rows

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from summarize.document import Document

_VARIANTS = ("centrality", "textbook")
_MAX_DENSE = 300


def lsa(
    document: Document, *, n_topics: int = 10, variant: str = "centrality", position_weight: float = 0.0
) -> NDArray[np.float64]:
    """Score sentences by their weight in the strongest latent topics.

    The columns of ``A = U Σ Vᵀ`` are the tf-idf vectors of the sentences, and ``vᵢ`` is row i of ``V``. Only
    the `n_topics` largest singular values ``σₖ`` are kept. There are two forms of the score:

    - ``"centrality"``: ``vᵢ Σ² Σⱼ vⱼᵀ``, the sum of the similarities to all sentences within the topics. The
      columns of ``A`` have unit length.
    - ``"textbook"``: ``sqrt(Σₖ σₖ² vᵢₖ²)``, the length of the sentence in the topics [1]_.

    Parameters
    ----------
    document : Document
    n_topics : int
        Number of topics to keep, at least 1.
    variant : {"centrality", "textbook"}
        The form of the score. The textbook form prefers long sentences; on news, it is hardly better than
        random sentences.
    position_weight : float
        Weight of ``exp(-i / 10)`` relative to the scores, both standardized.

    Returns
    -------
    ndarray of float64, shape (n_sentences,)
        At least 0 for the textbook form.

    Raises
    ------
    OptionError
        If an option is not accepted.

    References
    ----------
    .. [1] Steinberger & Ježek 2004, "Using latent semantic analysis in text summarization and summary
       evaluation", ISIM 2004.

    Examples
    --------
    >>> from summarize import segment
    >>> lsa(segment("Gas was found. Gas was found. It rained."), n_topics=1).round(3)
    array([2., 2., 0.])
    """
    if isinstance(n_topics, bool) or not isinstance(n_topics, int) or n_topics < 1:
        raise OptionError(f"n_topics: found {n_topics!r}; accepted: a whole number from 1")
    if variant not in _VARIANTS:
        raise OptionError(f"variant: found {variant!r}; accepted: {', '.join(_VARIANTS)}")
    n = len(document)
    counts = count_terms(document)
    if not len(counts.rows):
        return np.zeros(n)
    weights = tf_idf(counts)
    if variant == "centrality":
        weights = unit_rows(counts, weights)
    values, vectors = _find_topics(as_matrix(counts, weights), n, n_topics)
    if variant == "textbook":
        scores = np.sqrt((vectors**2) @ values)
    else:
        scores = vectors @ (values * vectors.sum(axis=0))
    return add_position(document, scores, position_weight)


def _find_topics(matrix: Any, n: int, k: int) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Find the k largest squared singular values, and the vectors of the sentences, shape (n, k)."""
    if isinstance(matrix, np.ndarray) and matrix.shape[1] < n:
        # A text that repeats itself has fewer terms than sentences: U = A V / Σ.
        values, right = np.linalg.eigh(multiply(matrix.T, matrix))
        values, left = np.maximum(values[-k:], 0), multiply(matrix, right[:, -k:])
        sizes = np.sqrt(values)
        return values, np.divide(left, sizes, out=np.zeros_like(left), where=sizes > 1e-9 * sizes[-1:])
    if n <= _MAX_DENSE or n <= k + 1 or isinstance(matrix, np.ndarray):
        gram = multiply(matrix, matrix.T)
        values, vectors = np.linalg.eigh(gram if isinstance(gram, np.ndarray) else gram.toarray())
        return np.maximum(values[-k:], 0), vectors[:, -k:]
    from scipy.sparse.linalg import LinearOperator, eigsh

    transposed = matrix.T.tocsr()
    operator = LinearOperator((n, n), matvec=lambda v: matrix @ (transposed @ v), dtype=np.float64)
    # A fixed start vector makes the result reproducible.
    values, vectors = eigsh(operator, k=k, v0=np.ones(n), tol=1e-8)
    return np.maximum(values, 0), vectors
