"""A network with one hidden layer: its weights, and what it predicts."""

from __future__ import annotations

import os
from collections.abc import Sequence
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


def apply_network(
    network: Network, inputs: NDArray[np.float64], spans: Sequence[slice] = (slice(None),)
) -> NDArray[np.float64]:
    """Compute the output of a network for each row of inputs.

    Parameters
    ----------
    network : Network
    inputs : ndarray of float64, shape (n_sentences, n_inputs)
    spans : sequence of slice, optional
        The rows of each document. The products of each are computed apart, because the last digits of a
        product depend on the number of its rows.

    Returns
    -------
    ndarray of float64, shape (n_sentences,)
    """
    clipped = np.maximum(inputs, network.low)
    np.minimum(clipped, network.high, out=clipped)
    output = np.empty(len(inputs))
    n_rows = max(1, _BLOCK_SIZE // network.hidden.size)
    for span in spans:
        own, found = clipped[span], output[span]
        for start in range(0, len(own), n_rows):
            active = own[start : start + n_rows] @ network.hidden
            active += network.bias
            np.maximum(active, 0.0, out=active)
            np.matmul(active, network.output, out=found[start : start + n_rows])
    return output


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
