"""A small network that was taught what people keep."""

from __future__ import annotations

import os
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from summarize.features.scores import standardize
from summarize.features.tfidf import count_terms, inverse_frequencies, tf_idf, unit_rows
from summarize.rankers.learned.columns import COLUMNS, collect_evidence
from summarize.validation import check_number

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from summarize.document import Document

_WEIGHTS = os.path.join(os.path.dirname(__file__), "weights.npy")
# The textbook measures are among the standardized inputs, too.
_MEASURES = [len(COLUMNS) + COLUMNS.index(each) for each in ("overlap", "directed", "place 10")]
# Rows of hidden activations at a time, so that a long text needs little memory.
_BLOCK = 4096


class Network(NamedTuple):
    """One hidden layer: ``relu(clip(x, low, high) @ hidden + bias) @ output``.

    Attributes
    ----------
    low, high : ndarray of float64, shape (n_inputs,)
        Inputs beyond are cut off.
    hidden : ndarray of float64, shape (n_inputs, n_hidden)
    bias, output : ndarray of float64, shape (n_hidden,)
    """

    low: NDArray[np.float64]
    high: NDArray[np.float64]
    hidden: NDArray[np.float64]
    bias: NDArray[np.float64]
    output: NDArray[np.float64]


def learned(
    document: Document,
    *,
    overlap_weight: float = 0.1,
    directed_weight: float = 0.05,
    position_weight: float = 0.2,
    title_weight: float = 0.3,
) -> NDArray[np.float64]:
    """Score sentences by a network over their evidence, steadied by textbook measures.

    ``z(network) + a z(overlap) + b z(directed) + c z(exp(-i / 10)) + d z(title)``, z meaning zero mean and
    unit variance.

    Parameters
    ----------
    document : Document
    overlap_weight, directed_weight, position_weight : float
        ``a``, ``b`` and ``c``: what words shared with other sentences, with later rather than earlier ones,
        and an early place count beside what the network makes of them.
    title_weight : float
        ``d``: what the cosine with a title that was given counts.

    Returns
    -------
    ndarray of float64, shape (n_sentences,)
        Of either sign.

    Raises
    ------
    OptionError
        If a weight is not a number.

    Notes
    -----
    The network was fitted to the gain in ROUGE that a sentence is expected to bring to a random part of
    a summary; see the model card beside the weights, and ``benchmarks/train_ranker.py``. It errs on kinds
    of text that it was not taught, where the textbook measures hold: directed centrality is that of
    PacSum [2]_, overlap near the weight of a sentence in TextRank's graph before the walk; it departs from
    [1]_ in that repeated words count, and that only the sentence's own length divides. A title speaks for the
    sentences with its words as in [3]_; its weight was set by hand, as no text that was taught has a title
    apart. Headings in the text are among the evidence.

    References
    ----------
    .. [1] Mihalcea & Tarau 2004, https://aclanthology.org/W04-3252
    .. [2] Zheng & Lapata 2019, doi:10.18653/v1/P19-1628
    .. [3] Edmundson 1969, doi:10.1145/321510.321519
    """
    check_number("overlap_weight", overlap_weight)
    check_number("directed_weight", directed_weight)
    check_number("position_weight", position_weight)
    check_number("title_weight", title_weight)
    if not len(document):
        return np.zeros(0)
    inputs = make_inputs(collect_evidence(document))
    output = judge(document, inputs)
    measures = weigh_measures(inputs, (overlap_weight, directed_weight, position_weight))
    scores: NDArray[np.float64] = standardize(output) + measures.sum(axis=0)
    return scores + weigh_title(document, title_weight)


def judge(document: Document, inputs: NDArray[np.float64]) -> NDArray[np.float64]:
    """What the network that comes with the package makes of the sentences of a document.

    Parameters
    ----------
    document : Document
    inputs : ndarray of float64, shape (n_sentences, 2 * n_columns)

    Returns
    -------
    ndarray of float64, shape (n_sentences,)
        Zeros where the text has stop words alone: of such texts it was taught nothing, and the beginning is
        the best guess.
    """
    if not len(document.terms):
        return np.zeros(len(document))
    return apply_network(load_network(), inputs)


def weigh_title(document: Document, weight: float) -> NDArray[np.float64]:
    """What likeness to the title that was given adds to the scores: its cosine, standardized and weighted.

    Returns
    -------
    ndarray of float64, shape (n_sentences,)
        Zeros where there is no title.
    """
    if not document.title:
        return np.zeros(len(document))
    counts = count_terms(document)
    title = np.bincount(document.title, minlength=counts.n_terms) * inverse_frequencies(counts)
    shared = unit_rows(counts, tf_idf(counts)) * title[counts.terms]
    cosines: NDArray[np.float64] = np.bincount(counts.rows, shared, counts.n_rows).astype(float)
    return weight * standardize(cosines)


def weigh_measures(
    inputs: NDArray[np.float64], weights: tuple[float, float, float] = (0.1, 0.05, 0.2)
) -> NDArray[np.float64]:
    """The textbook measures that are added to the network's output; see `learned`.

    Returns
    -------
    ndarray of float64, shape (3, n_sentences)
        Overlap, directed centrality and place, standardized and weighted.
    """
    measures: NDArray[np.float64] = inputs.T[_MEASURES] * np.array(weights)[:, None]
    return measures


def make_inputs(evidence: NDArray[np.float64]) -> NDArray[np.float64]:
    """Inputs of the network: the evidence as it is, and standardized within the document.

    Returns
    -------
    ndarray of float64, shape (n_sentences, 2 * n_columns)
    """
    n, n_columns = evidence.shape
    inputs = np.empty((2 * n_columns, n))
    given, centred = inputs[:n_columns], inputs[n_columns:]
    given[:] = evidence.T
    np.subtract(given, given.sum(axis=1, keepdims=True) / max(1, n), out=centred)
    deviations = np.sqrt(np.einsum("ij,ij->i", centred, centred) / max(1, n))
    # Where all sentences are alike, what is left is rounding.
    deviations[deviations < 1e-9] = np.inf
    centred /= deviations[:, None]
    return inputs.T


def apply_network(network: Network, inputs: NDArray[np.float64]) -> NDArray[np.float64]:
    """Output of the network for every row of inputs, shape (n_sentences,)."""
    blocks = []
    for start in range(0, len(inputs), _BLOCK):
        block = np.clip(inputs[start : start + _BLOCK], network.low, network.high)
        active = block @ network.hidden
        active += network.bias
        blocks.append(np.maximum(active, 0.0, out=active) @ network.output)
    return np.concatenate(blocks)


@cache
def load_network() -> Network:
    """The network that comes with the package."""
    return unpack(np.load(_WEIGHTS, allow_pickle=False))


def pack(network: Network) -> NDArray[np.float32]:
    """A network as one table: a line for each hidden unit, two for the bounds of the inputs."""
    n_inputs, n_hidden = network.hidden.shape
    table = np.zeros((n_hidden + 2, n_inputs + 2), np.float32)
    table[0, :-2], table[1, :-2] = network.low, network.high
    table[2:, :-2] = network.hidden.T
    table[2:, -2], table[2:, -1] = network.bias, network.output
    return table


def unpack(table: NDArray[np.float32]) -> Network:
    """The network of such a table."""
    wide = table.astype(np.float64)
    return Network(
        wide[0, :-2], wide[1, :-2], np.ascontiguousarray(wide[2:, :-2].T), wide[2:, -2], wide[2:, -1]
    )
