"""A network with one hidden layer: its weights, and what it predicts."""

from __future__ import annotations

import os
from functools import cache
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

_WEIGHTS = os.path.join(os.path.dirname(__file__), "weights.npy")
# Multiplications at a time: so many that OpenBLAS does them in one thread. Its other threads would wait for
# more work at full speed, which takes longer than the work.
_BLOCK_SIZE = 1 << 18


class Network(NamedTuple):
    """One hidden layer: ``relu(clip(x, low, high) @ hidden + bias) @ output``.

    Attributes
    ----------
    low, high : ndarray of float64, shape (n_inputs,)
        Inputs are clipped to this range.
    hidden : ndarray of float64, shape (n_inputs, n_hidden)
    bias, output : ndarray of float64, shape (n_hidden,)
    """

    low: NDArray[np.float64]
    high: NDArray[np.float64]
    hidden: NDArray[np.float64]
    bias: NDArray[np.float64]
    output: NDArray[np.float64]


def apply_network(network: Network, inputs: NDArray[np.float64]) -> NDArray[np.float64]:
    """Compute the output of a network for each row of inputs.

    Parameters
    ----------
    network : Network
    inputs : ndarray of float64, shape (n_sentences, n_inputs)

    Returns
    -------
    ndarray of float64, shape (n_sentences,)
    """
    blocks = []
    n_rows = max(1, _BLOCK_SIZE // network.hidden.size)
    for start in range(0, len(inputs), n_rows):
        block = np.clip(inputs[start : start + n_rows], network.low, network.high)
        active = block @ network.hidden
        active += network.bias
        blocks.append(np.maximum(active, 0.0, out=active) @ network.output)
    return np.concatenate(blocks)


@cache
def load_network() -> Network:
    """Load the network that comes with the package."""
    return unpack(np.load(_WEIGHTS, allow_pickle=False))


def pack(network: Network) -> NDArray[np.float32]:
    """Pack a network into one table: two rows for the range of the inputs, then one row per hidden unit."""
    n_inputs, n_hidden = network.hidden.shape
    table = np.zeros((n_hidden + 2, n_inputs + 2), np.float32)
    table[0, :-2], table[1, :-2] = network.low, network.high
    table[2:, :-2] = network.hidden.T
    table[2:, -2], table[2:, -1] = network.bias, network.output
    return table


def unpack(table: NDArray[np.float32]) -> Network:
    """Unpack the network from the table that `pack` makes."""
    wide = table.astype(np.float64)
    return Network(
        wide[0, :-2], wide[1, :-2], np.ascontiguousarray(wide[2:, :-2].T), wide[2:, -2], wide[2:, -1]
    )
