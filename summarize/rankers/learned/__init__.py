"""A small network trained on what people keep, with textbook scores beside it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from summarize.features.chunk import Chunk
from summarize.features.scores import standardize
from summarize.features.tfidf import count_terms, inverse_frequencies, measure_runs, tf_idf, unit_rows
from summarize.rankers.learned.columns import COLUMNS, compute_features
from summarize.rankers.learned.network import apply_network, load_network
from summarize.validation import check_number

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from summarize.document import Document

# Sentences whose inputs are held at once: a multiple of those that the network takes at once, so that the
# last digits are the same.
_MAX_ROWS = 18_800
# The textbook scores are among the standardized inputs.
_TEXTBOOK = [len(COLUMNS) + COLUMNS.index(each) for each in ("overlap", "directed", "place 10")]


def learned(
    document: Document,
    *,
    overlap_weight: float = 0.1,
    directed_weight: float = 0.05,
    position_weight: float = 0.2,
    title_weight: float = 0.3,
) -> NDArray[np.float64]:
    """Score sentences by a network over their features, stabilized by textbook scores.

    ``z(network) + a z(overlap) + b z(directed) + c z(exp(-i / 10)) + d z(title)``, where z scales to zero
    mean and unit variance.

    Parameters
    ----------
    document : Document
    overlap_weight, directed_weight, position_weight : float
        The weights ``a``, ``b`` and ``c`` of words shared with other sentences, of words shared with later
        rather than earlier sentences, and of an early position. The network sees all three as well.
    title_weight : float
        The weight ``d`` of the cosine with the title, if one is given.

    Returns
    -------
    ndarray of float64, shape (n_sentences,)
        Positive or negative.

    Raises
    ------
    OptionError
        If a weight is not a number.

    Notes
    -----
    The network was trained to predict the gain in ROUGE that a sentence brings to a random part of a summary;
    see the model card beside the weights, and ``benchmarks/training``. It makes errors on kinds of text that
    it was not trained on; there the textbook scores help. Directed centrality follows PacSum [2]_. Overlap is
    close to the weight of a sentence in the graph of TextRank before the walk; unlike in [1]_, repeated words
    count, and only the length of the sentence itself divides. The words of a title count as in [3]_; their
    weight was set by hand, because no training text has a separate title. Headings in the text are among the
    features.

    References
    ----------
    .. [1] Mihalcea & Tarau 2004, https://aclanthology.org/W04-3252
    .. [2] Zheng & Lapata 2019, doi:10.18653/v1/P19-1628
    .. [3] Edmundson 1969, doi:10.1145/321510.321519

    Examples
    --------
    >>> from summarize import segment
    >>> scores = learned(segment("Gas was found at sea. It rained. The gas field is large."))
    >>> int(scores.argmax())
    0
    """
    if not len(document):
        return np.zeros(0)
    return score_chunk(
        Chunk([document]),
        overlap_weight=overlap_weight,
        directed_weight=directed_weight,
        position_weight=position_weight,
        title_weight=title_weight,
    )


def score_chunk(
    chunk: Chunk,
    *,
    overlap_weight: float = 0.1,
    directed_weight: float = 0.05,
    position_weight: float = 0.2,
    title_weight: float = 0.3,
) -> NDArray[np.float64]:
    """Score the sentences of several documents at once, as `learned` does.

    Parameters
    ----------
    chunk : Chunk
    overlap_weight, directed_weight, position_weight, title_weight : float
        As for `learned`.

    Returns
    -------
    ndarray of float64, shape (n_sentences,)
    """
    check_number("overlap_weight", overlap_weight)
    check_number("directed_weight", directed_weight)
    check_number("position_weight", position_weight)
    check_number("title_weight", title_weight)
    features = compute_features(chunk)
    weights = overlap_weight, directed_weight, position_weight
    if len(chunk.documents) > 1 or chunk.n_sentences <= _MAX_ROWS:
        inputs = make_inputs(features, chunk.firsts)
        output, textbook = predict(chunk, inputs), weigh_textbook_scores(inputs, weights).sum(axis=0)
    else:
        output, textbook = _predict_in_blocks(chunk, features, weights)
    scores: NDArray[np.float64] = chunk.standardize(output) + textbook
    for document, span in zip(chunk.documents, chunk.spans, strict=True):
        if document.title:
            scores[span] += weigh_title(document, title_weight)
    return scores


def _predict_in_blocks(
    chunk: Chunk, features: NDArray[np.float64], weights: tuple[float, float, float]
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Compute the output of the network and the textbook scores of a long document, some rows at a time."""
    means, deviations = _measure_columns(features)
    output, textbook = np.empty(len(features)), np.empty(len(features))
    for first in range(0, len(features), _MAX_ROWS):
        block = slice(first, first + _MAX_ROWS)
        inputs = np.concatenate((features[block], (features[block] - means) / deviations), axis=1)
        output[block] = predict(chunk, inputs)
        textbook[block] = weigh_textbook_scores(inputs, weights).sum(axis=0)
    return output, textbook


def predict(chunk: Chunk, inputs: NDArray[np.float64]) -> NDArray[np.float64]:
    """Apply the network that comes with the package.

    Parameters
    ----------
    chunk : Chunk
    inputs : ndarray of float64, shape (n_sentences, 2 * n_columns)

    Returns
    -------
    ndarray of float64, shape (n_sentences,)
        Zeros if the texts have only stop words: the network was not trained on such texts, and the beginning
        is the best guess.
    """
    if not len(chunk.terms):
        return np.zeros(len(inputs))
    return apply_network(load_network(), inputs, chunk.spans)


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


def weigh_textbook_scores(
    inputs: NDArray[np.float64], weights: tuple[float, float, float] = (0.1, 0.05, 0.2)
) -> NDArray[np.float64]:
    """Weigh the textbook scores that are added to the output of the network; see `learned`.

    Parameters
    ----------
    inputs : ndarray of float64, shape (n_sentences, 2 * n_columns)
    weights : tuple of three floats
        The weights of overlap, directed centrality and position.

    Returns
    -------
    ndarray of float64, shape (3, n_sentences)
        The three scores, standardized and weighted.
    """
    weighted: NDArray[np.float64] = inputs.T[_TEXTBOOK] * np.array(weights)[:, None]
    return weighted


def make_inputs(
    features: NDArray[np.float64], firsts: NDArray[np.int64] | None = None
) -> NDArray[np.float64]:
    """Make the inputs of the network: the features, and the same standardized within each document.

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
