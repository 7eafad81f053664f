"""Multiply small matrices in one thread.

OpenBLAS splits a product of 2¹⁸ multiplications or more among threads, which spin while they wait for more
work. For a few dozen sentences, that costs more than the product itself. Smaller products run in the thread
of the caller, so the result does not depend on the number of threads either.
"""

from __future__ import annotations

import math
from typing import Any

import numpy as np

_MAX_MULTIPLICATIONS = 1 << 18
# Blocks of fewer rows would come close to vectors, for which the limit is lower.
_MIN_ROWS = 8


def multiply(left: Any, right: Any) -> Any:
    """Multiply two matrices, block by block if they are dense.

    Parameters
    ----------
    left : ndarray or sparse array, shape (n_rows, n_inner)
    right : ndarray or sparse array, shape (n_inner, n_columns)

    Returns
    -------
    ndarray or sparse array, shape (n_rows, n_columns)

    Examples
    --------
    >>> multiply(np.array([[1.0, 2.0]]), np.array([[3.0], [4.0]]))
    array([[11.]])
    """
    if not isinstance(left, np.ndarray) or not isinstance(right, np.ndarray):
        return left @ right
    n_rows, n_columns = left.shape[0], right.shape[1]
    cells = _MAX_MULTIPLICATIONS // max(1, left.shape[1])
    rows, columns = max(1, cells // max(1, n_columns)), n_columns
    if rows < _MIN_ROWS:
        rows = columns = max(1, math.isqrt(cells))
    product = np.empty((n_rows, n_columns))
    for start in range(0, n_rows, rows):
        for first in range(0, n_columns, columns):
            block = slice(start, start + rows), slice(first, first + columns)
            product[block] = left[block[0]] @ right[:, block[1]]
    return product
