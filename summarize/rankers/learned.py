"""A small network that was taught what people keep."""

from __future__ import annotations

import os
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from summarize.evidence import collect_evidence
from summarize.features import early_places, standardize

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from summarize.document import Document

_WEIGHTS = os.path.join(os.path.dirname(os.path.dirname(__file__)), "data", "ranker", "weights.npy")
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


def learned(document: Document, *, position_weight: float = 0.15) -> NDArray[np.float64]:
    """Score sentences by a network over their evidence, and an early place.

    ``z(network) + position_weight z(exp(-i / 10))``, z meaning zero mean and unit variance.

    Parameters
    ----------
    document : Document
    position_weight : float
        What an early place counts beside what the network makes of it.

    Returns
    -------
    ndarray of float64, shape (n_sentences,)
        Of either sign.

    Notes
    -----
    The network was fitted to the gain in ROUGE that a sentence is expected to bring to a random part of
    a summary; see the model card beside the weights, and ``benchmarks/train_ranker.py``.
    """
    if not len(document):
        return np.zeros(0)
    network = load_network()
    places = early_places(len(document))
    for part in document.parts:
        places[part.first : part.stop] = early_places(part.stop - part.first)
    return standardize(apply_network(network, describe(document))) + position_weight * standardize(places)


def describe(document: Document) -> NDArray[np.float64]:
    """Inputs of the network: the evidence as it is, and standardized within the document.

    Returns
    -------
    ndarray of float64, shape (n_sentences, 2 * n_columns)
    """
    evidence = collect_evidence(document)
    centred = evidence - evidence.mean(axis=0)
    deviations = np.sqrt(np.einsum("ij,ij->j", centred, centred) / max(1, len(evidence)))
    # Where all sentences are alike, what is left is rounding.
    deviations[deviations < 1e-9] = np.inf
    return np.hstack((evidence, centred / deviations))


def apply_network(network: Network, inputs: NDArray[np.float64]) -> NDArray[np.float64]:
    """Output of the network for every row of inputs, shape (n_sentences,)."""
    blocks = []
    for start in range(0, len(inputs), _BLOCK):
        block = np.clip(inputs[start : start + _BLOCK], network.low, network.high)
        blocks.append(np.maximum(block @ network.hidden + network.bias, 0.0) @ network.output)
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
