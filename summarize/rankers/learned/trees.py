"""Boosted regression trees: their arrays, and what they predict for many sentences at once."""

from __future__ import annotations

import os
from _thread import _local  # Importing threading takes a millisecond.
from functools import cache
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

_WEIGHTS = os.path.join(os.path.dirname(__file__), "weights.npy")
N_LEAVES = 8
# The lowest bit that is not set in each byte; a byte with all bits set does not occur.
_LOWEST_UNSET = np.array([(~byte & byte + 1).bit_length() - 1 for byte in range(256)], np.int16)
# Rows at a time: so few that their bits stay in the cache of the processor.
_BLOCK_SIZE = 1024


class _Workspace(_local):
    """Arrays that each thread keeps: memory that the system gives anew costs more than the work in it."""

    def __init__(self) -> None:
        self._bytes = np.empty(0, np.uint8)

    def find(self, n_tests: int, n_trees: int, n_rows: int) -> tuple[NDArray[Any], ...]:
        """Find room for one array of bool, a row for each test, and two of uint8, a row for each tree."""
        n = (n_tests + 2 * n_trees) * n_rows
        if n > len(self._bytes):
            self._bytes = np.empty(n, np.uint8)
        rows = self._bytes[:n].reshape(-1, n_rows)
        return rows[:n_tests].view(bool), rows[n_tests : n_tests + n_trees], rows[n_tests + n_trees :]


_WORKSPACE = _Workspace()


class Trees(NamedTuple):
    """Trees of at most eight leaves each, numbered from left to right.

    A row goes to the left if its input is at most the threshold. A test whose answer is "right" rules out
    the leaves on its left; the leftmost leaf that no test rules out is the one that the row falls into [1]_.

    Attributes
    ----------
    inputs : ndarray of int16, shape (n_thresholds,)
        The input that each threshold is compared with, in increasing order.
    thresholds : ndarray of float32, shape (n_thresholds,)
        All of them are different for each input.
    tests : ndarray of int16, shape (n_trees, 7)
        The threshold of each inner node.
    ruled_out : ndarray of uint8, shape (n_trees, 7)
        The leaves on the left of each inner node, one bit for each.
    values : ndarray of int32, shape (n_trees, 8)
        What each leaf adds to the output.
    counts : ndarray of int32, shape (n_trees, 8)
        How many of the sentences of the training fell into each leaf, for explanations.

    References
    ----------
    .. [1] Lucchese, Nardini, Orlando, Perego, Tonellotto & Venturini 2015, "QuickScorer",
       doi:10.1145/2766462.2767733
    """

    inputs: NDArray[np.int16]
    thresholds: NDArray[np.float32]
    tests: NDArray[np.int16]
    ruled_out: NDArray[np.uint8]
    values: NDArray[np.int32]
    counts: NDArray[np.int32]


def find_leaves(trees: Trees, inputs: NDArray[np.float32]) -> NDArray[np.int16]:
    """Find the leaf of each tree that each row falls into.

    Parameters
    ----------
    trees : Trees
    inputs : ndarray of float32, shape (n_inputs, n_rows)

    Returns
    -------
    ndarray of int16, shape (n_trees, n_rows)
    """
    n_rows = inputs.shape[1]
    is_right, ruled_out, own = _WORKSPACE.find(len(trees.thresholds), len(trees.tests), n_rows)
    # One comparison for each threshold, although several trees use it.
    starts = np.flatnonzero(np.diff(trees.inputs, prepend=-1))
    for start, stop in zip(starts.tolist(), [*starts[1:].tolist(), len(trees.inputs)], strict=True):
        np.greater(inputs[trees.inputs[start]], trees.thresholds[start:stop, None], out=is_right[start:stop])
    bits = is_right.view(np.uint8)
    ruled_out[:] = 0
    for tests, masks in zip(trees.tests.T, trees.ruled_out.T, strict=True):
        bits.take(tests, axis=0, out=own, mode="clip")
        own *= masks[:, None]
        ruled_out |= own
    return _LOWEST_UNSET.take(ruled_out)


def apply_trees(trees: Trees, inputs: NDArray[np.float64]) -> NDArray[np.float64]:
    """Compute the output of the trees for each row.

    Parameters
    ----------
    trees : Trees
    inputs : ndarray of float64, shape (n_rows, n_inputs)

    Returns
    -------
    ndarray of float64, shape (n_rows,)
        Whole numbers, because the sums are: so they do not depend on the order of the trees.
    """
    output = np.empty(len(inputs))
    first_leaves = np.arange(len(trees.values), dtype=np.int16)[:, None] * np.int16(N_LEAVES)
    values = trees.values.ravel()
    for start in range(0, len(inputs), _BLOCK_SIZE):
        block = inputs[start : start + _BLOCK_SIZE].T.astype(np.float32)
        leaves = find_leaves(trees, block)
        leaves += first_leaves
        output[start : start + _BLOCK_SIZE] = values.take(leaves, mode="clip").sum(axis=0, dtype=np.int32)
    return output


@cache
def load_trees() -> Trees:
    """Load the trees that come with the package."""
    return unpack(np.load(_WEIGHTS, allow_pickle=False))


def pack(trees: Trees) -> NDArray[np.uint8]:
    """Pack trees into the bytes of one array: how many thresholds and trees there are, then all arrays."""
    sizes = np.array([len(trees.thresholds), len(trees.tests)], np.int32)
    return np.concatenate([np.ascontiguousarray(each).reshape(-1).view(np.uint8) for each in (sizes, *trees)])


def unpack(data: NDArray[np.uint8]) -> Trees:
    """Unpack the trees from the array that `pack` makes."""
    n_thresholds, n_trees = data[:8].view(np.int32).tolist()
    nodes, leaves = (n_trees, N_LEAVES - 1), (n_trees, N_LEAVES)
    arrays: list[NDArray[Any]] = []
    start = 8
    for dtype, shape in (
        (np.int16, (n_thresholds,)), (np.float32, (n_thresholds,)), (np.int16, nodes), (np.uint8, nodes),
        (np.int32, leaves), (np.int32, leaves),
    ):  # fmt: skip
        array = np.empty(shape, dtype)
        array.reshape(-1).view(np.uint8)[:] = data[start : start + array.nbytes]
        arrays.append(array)
        start += array.nbytes
    return Trees(*arrays)
