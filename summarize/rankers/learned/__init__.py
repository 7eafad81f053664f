"""Boosted trees that were trained on what readers pick."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from summarize.features.chunk import Chunk
from summarize.features.scores import standardize
from summarize.features.tfidf import count_terms, inverse_frequencies, measure_runs, tf_idf, unit_rows
from summarize.rankers.learned.columns import compute_features
from summarize.rankers.learned.trees import apply_trees, load_trees
from summarize.validation import check_number

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from summarize.document import Document

# Sentences whose inputs are held at once.
_MAX_ROWS = 16_384


def learned(document: Document, *, title_weight: float = 0.3) -> NDArray[np.float64]:
    """Score sentences by trees that were trained on what readers pick.

    ``z(trees) + d z(title)``, where z scales to zero mean and unit variance.

    Parameters
    ----------
    document : Document
    title_weight : float
        The weight ``d`` of the cosine with the title, if one is given.

    Returns
    -------
    ndarray of float64, shape (n_sentences,)
        Positive or negative.

    Raises
    ------
    OptionError
        If the weight is not a number.

    Notes
    -----
    Readers marked the sentences to print of 697 documents, in the order of choice. The trees were boosted by
    LambdaMART [1]_ to put them in that order; see the model card beside the weights, and
    ``benchmarks/training``. The words of a title count as in [2]_; their weight was set by hand, because no
    training text has a separate title. Headings in the text are among the features.

    References
    ----------
    .. [1] Burges 2010, "From RankNet to LambdaRank to LambdaMART: an overview", MSR-TR-2010-82
    .. [2] Edmundson 1969, doi:10.1145/321510.321519

    Examples
    --------
    >>> from summarize import segment
    >>> scores = learned(segment("Gas was found at sea. It rained. The gas field is large."))
    >>> int(scores.argmax())
    0
    """
    if not len(document):
        return np.zeros(0)
    return score_chunk(Chunk([document]), title_weight=title_weight)


def score_chunk(chunk: Chunk, *, title_weight: float = 0.3) -> NDArray[np.float64]:
    """Score the sentences of several documents at once, as `learned` does.

    Parameters
    ----------
    chunk : Chunk
    title_weight : float
        As for `learned`.

    Returns
    -------
    ndarray of float64, shape (n_sentences,)
    """
    check_number("title_weight", title_weight)
    scores = chunk.standardize(predict(chunk))
    for document, span in zip(chunk.documents, chunk.spans, strict=True):
        if document.title:
            scores[span] += weigh_title(document, title_weight)
    return scores


def predict(chunk: Chunk) -> NDArray[np.float64]:
    """Compute the output of the trees that come with the package.

    Parameters
    ----------
    chunk : Chunk

    Returns
    -------
    ndarray of float64, shape (n_sentences,)
        If the texts have only stop words, the beginning is the best guess: it falls by 1 from one sentence to
        the next.
    """
    if not len(chunk.terms):
        falling: NDArray[np.float64] = -chunk.index.astype(np.float64)
        return falling
    features, trees = compute_features(chunk), load_trees()
    if len(chunk.documents) > 1 or chunk.n_sentences <= _MAX_ROWS:
        return apply_trees(trees, make_inputs(features, chunk.firsts))
    # The inputs of a long document would fill the memory.
    means, deviations = _measure_columns(features)
    output = np.empty(len(features))
    for first in range(0, len(features), _MAX_ROWS):
        block = features[first : first + _MAX_ROWS]
        inputs = np.concatenate((block, (block - means) / deviations), axis=1)
        output[first : first + _MAX_ROWS] = apply_trees(trees, inputs)
    return output


def weigh_title(document: Document, weight: float) -> NDArray[np.float64]:
    """Compute the cosine of each sentence with the title, standardized and weighted.

    Parameters
    ----------
    document : Document
    weight : float

    Returns
    -------
    ndarray of float64, shape (n_sentences,)
        Zeros if there is no title.
    """
    if not document.title:
        return np.zeros(len(document))
    counts = count_terms(document)
    title = np.bincount(document.title, minlength=counts.n_terms) * inverse_frequencies(counts)
    shared = unit_rows(counts, tf_idf(counts)) * title[counts.terms]
    cosines: NDArray[np.float64] = np.bincount(counts.rows, shared, counts.n_rows).astype(float)
    return weight * standardize(cosines)


def make_inputs(
    features: NDArray[np.float64], firsts: NDArray[np.int64] | None = None
) -> NDArray[np.float64]:
    """Make the inputs of the trees: the features, and the same standardized within each document.

    Parameters
    ----------
    features : ndarray of float64, shape (n_sentences, n_columns)
    firsts : ndarray of int64, shape (n_documents,), optional
        Where each document begins; by default, the sentences are those of one document.

    Returns
    -------
    ndarray of float64, shape (n_sentences, 2 * n_columns)
    """
    n, n_columns = features.shape
    if not n:
        return np.empty((0, 2 * n_columns))
    firsts = np.zeros(min(n, 1), np.int64) if firsts is None else firsts
    sizes = measure_runs(firsts, n)
    inputs = np.empty((2 * n_columns, n))
    given, centred = inputs[:n_columns], inputs[n_columns:]
    given[:] = features.T
    means = np.add.reduceat(given, firsts, axis=1) / sizes
    np.subtract(given, means.repeat(sizes, axis=1), out=centred)
    deviations = np.sqrt(np.add.reduceat(centred * centred, firsts, axis=1) / sizes)
    # If all sentences have the same value, the rest is rounding.
    deviations[deviations < 1e-9] = np.inf
    centred /= deviations.repeat(sizes, axis=1)
    return inputs.T


def _measure_columns(features: NDArray[np.float64]) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Measure the mean and the deviation of each column of one document, as `make_inputs` does."""
    means, deviations = np.empty(features.shape[1]), np.empty(features.shape[1])
    first = np.zeros(1, np.int64)
    for k, column in enumerate(features.T):
        means[k] = np.add.reduceat(column, first)[0] / len(column)
        centred = column - means[k]
        deviations[k] = np.sqrt(np.add.reduceat(centred * centred, first)[0] / len(column))
    deviations[deviations < 1e-9] = np.inf
    return means, deviations
