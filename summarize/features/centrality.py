"""Compute PageRank on an undirected weighted graph, for the graph-based rankers.

The stationary distribution x solves ``x = d (W D⁻¹ x + m/n) + (1 - d)/n``. W is the symmetric weight
matrix, D the diagonal matrix of its row sums, d the damping factor, and m the probability mass on sentences
without neighbors, which spreads evenly [1]_. With ``x = D y`` the equation becomes ``(D - d W) y = c``. This
system is symmetric and positive definite. Small systems are solved directly, large ones by conjugate
gradients, which need only products with W and give a bound on the error.

The walk may restart, and leave sentences without neighbors, by any distribution r instead of ``1/n``: one
that favors sentences relevant to a query, for example [2]_ [3]_.

References
----------
.. [1] Brin & Page 1998, doi:10.1016/S0169-7552(98)00110-X; networkx treats dangling nodes the same way.
.. [2] Otterbacher, Erkan & Radev 2009, doi:10.1016/j.ipm.2008.06.004
.. [3] Kazemi, Pérez-Rosas & Mihalcea 2020, doi:10.18653/v1/2020.coling-main.144
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import numpy as np

from summarize.errors import OptionError

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Vector = NDArray[np.float64]

_TOLERANCE = 1e-10
_MAX_STEPS = 1_000


def check_damping(damping: float) -> None:
    """Check that a damping factor is in [0, 1).

    Parameters
    ----------
    damping : float

    Raises
    ------
    OptionError
        If it is not a number in this range.

    Examples
    --------
    >>> check_damping(0.85)
    >>> check_damping(1.0)
    Traceback (most recent call last):
    summarize.errors.OptionError: damping: found 1.0; accepted: a number from 0 up to, not including, 1
    """
    if isinstance(damping, bool) or not isinstance(damping, (int, float)) or not 0 <= damping < 1:
        raise OptionError(f"damping: found {damping!r}; accepted: a number from 0 up to, not including, 1")


def walk_dense(weights: NDArray[np.float64], damping: float, restart: Vector | None = None) -> Vector:
    """Compute PageRank with a direct solver.

    Parameters
    ----------
    weights : ndarray of float64, shape (n, n)
        Symmetric and non-negative.
    damping : float
        Probability of following an edge, in [0, 1).
    restart : ndarray of float64, shape (n,), optional
        Restart distribution, with sum 1. Uniform by default.

    Returns
    -------
    ndarray of float64, shape (n,)
        Non-negative, with sum 1; positive wherever `restart` is.

    Examples
    --------
    >>> path = np.array([[0.0, 1.0, 0.0], [1.0, 0.0, 1.0], [0.0, 1.0, 0.0]])
    >>> walk_dense(path, 0.85).round(3)
    array([0.257, 0.486, 0.257])
    """
    degrees = weights.sum(axis=1)
    linked = degrees > 0
    scores = _start(linked, damping, restart)
    if linked.all() and restart is None:
        system = -damping * weights
        system.flat[:: len(degrees) + 1] += degrees
        scores *= degrees * np.linalg.solve(system, np.ones(len(degrees)))
        return scores
    if linked.any():
        inside = weights[np.ix_(linked, linked)]
        system = np.diag(degrees[linked]) - damping * inside
        scores[linked] = degrees[linked] * np.linalg.solve(system, scores[linked])
    return scores


def walk(
    multiply: Callable[[Vector], Vector], degrees: Vector, damping: float, restart: Vector | None = None
) -> Vector:
    """Compute PageRank with conjugate gradients.

    Parameters
    ----------
    multiply : callable
        Maps a vector v to ``W v``, for a symmetric, non-negative W.
    degrees : ndarray of float64, shape (n,)
        Row sums of W.
    damping : float
        Probability of following an edge, in [0, 1).
    restart : ndarray of float64, shape (n,), optional
        Restart distribution, with sum 1. Uniform by default.

    Returns
    -------
    ndarray of float64, shape (n,)
        Non-negative, with sum 1. Every score has a relative error of about 1e-10; with a `restart`, the
        error is relative to ``1 / n``. The walk is a contraction, so the 1-norm of the error is at most
        the 1-norm of the residual divided by ``1 - damping``. Without a `restart`, no score is below
        ``(1 - damping) / n``.

    Examples
    --------
    >>> path = np.array([[0.0, 1.0, 0.0], [1.0, 0.0, 1.0], [0.0, 1.0, 0.0]])
    >>> walk(lambda v: path @ v, path.sum(axis=1), 0.85).round(3)
    array([0.257, 0.486, 0.257])
    """
    linked = degrees > 1e-12 * degrees.max(initial=0.0)
    scores = base = _start(linked, damping, restart)
    if not linked.any():
        return scores
    diagonal = np.where(linked, degrees, 1.0)
    y = np.where(linked, base / ((1 - damping) * diagonal), 0.0)
    residual = np.where(linked, base - (degrees * y - damping * multiply(y)), 0.0)
    enough = _TOLERANCE * (1 - damping) * float(base.mean())
    direction = z = residual / diagonal
    energy = float(residual @ z)
    for _ in range(_MAX_STEPS):
        if float(np.abs(residual).sum()) <= enough or energy <= 0:
            break
        image = np.where(linked, degrees * direction - damping * multiply(direction), 0.0)
        step = energy / float(direction @ image)
        y = y + step * direction
        residual = residual - step * image
        z = residual / diagonal
        before, energy = energy, float(residual @ z)
        direction = z + (energy / before) * direction
    return np.where(linked, degrees * y, base)


def _start(linked: NDArray[np.bool_], damping: float, restart: Vector | None) -> Vector:
    """Compute the score that each sentence gets before it receives any along edges."""
    n = len(linked)
    if restart is not None:
        alone = float(restart[~linked].sum())
        return restart * ((1 - damping) / (1 - damping * alone) if linked.any() else 1.0)
    base = (1 - damping) / max(1.0, n - damping * float(n - linked.sum())) if n else 0.0
    if n and not linked.any():
        base = 1.0 / n
    return np.full(n, base)
