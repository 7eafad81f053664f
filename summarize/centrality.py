"""The random walk that the graph rankers share: PageRank of an undirected weighted graph.

The stationary distribution x solves ``x = d (W D⁻¹ x + m/n) + (1 - d)/n``: W symmetric weights,
D their row sums, m the mass on sentences without neighbours, which spreads evenly [1]_. With
``x = D y`` this is ``(D - d W) y = c``: symmetric and positive definite, solved directly when small,
else by conjugate gradients, which need only products with W and come with a bound on the error.

References
----------
.. [1] Brin & Page 1998, doi:10.1016/S0169-7552(98)00110-X; networkx treats dangling nodes the same way.
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
_MOST_STEPS = 1_000


def check_damping(damping: float) -> None:
    """Refuse a damping factor that is not between 0 and 1, 1 excluded."""
    if isinstance(damping, bool) or not isinstance(damping, (int, float)) or not 0 <= damping < 1:
        raise OptionError(f"damping: found {damping!r}; accepted: a number from 0 up to, not including, 1")


def walk_dense(weights: NDArray[np.float64], damping: float) -> Vector:
    """PageRank by a direct solve.

    Parameters
    ----------
    weights : ndarray of float64, shape (n, n)
        Symmetric, not negative.
    damping : float
        Probability of following an edge, in [0, 1).

    Returns
    -------
    ndarray of float64, shape (n,)
        Positive, with sum 1.
    """
    degrees = weights.sum(axis=1)
    linked = degrees > 0
    scores, base = _start(degrees, linked, damping)
    if linked.all():
        system = -damping * weights
        system.flat[:: len(degrees) + 1] += degrees
        scores *= degrees * np.linalg.solve(system, np.ones(len(degrees)))
        return scores
    if linked.any():
        inside = weights[np.ix_(linked, linked)]
        system = np.diag(degrees[linked]) - damping * inside
        scores[linked] = degrees[linked] * np.linalg.solve(system, np.full(int(linked.sum()), base))
    return scores


def walk(multiply: Callable[[Vector], Vector], degrees: Vector, damping: float) -> Vector:
    """PageRank by conjugate gradients.

    Parameters
    ----------
    multiply : callable
        ``v -> W v`` for a symmetric W without negative entries.
    degrees : ndarray of float64, shape (n,)
        Row sums of W.
    damping : float
        Probability of following an edge, in [0, 1).

    Returns
    -------
    ndarray of float64, shape (n,)
        Positive, with sum 1. Every score is right to about 1e-10 of itself: the walk contracts, so
        the error's 1-norm is at most the residual's divided by ``1 - damping``, and no score is
        below ``(1 - damping) / n``.
    """
    linked = degrees > 1e-12 * degrees.max(initial=0.0)
    scores, base = _start(degrees, linked, damping)
    if not linked.any():
        return scores
    diagonal = np.where(linked, degrees, 1.0)
    y = np.where(linked, base / ((1 - damping) * diagonal), 0.0)
    residual = np.where(linked, base - (degrees * y - damping * multiply(y)), 0.0)
    enough = _TOLERANCE * (1 - damping) * base
    direction = z = residual / diagonal
    energy = float(residual @ z)
    for _ in range(_MOST_STEPS):
        if float(np.abs(residual).sum()) <= enough or energy <= 0:
            break
        image = np.where(linked, degrees * direction - damping * multiply(direction), 0.0)
        step = energy / float(direction @ image)
        y = y + step * direction
        residual = residual - step * image
        z = residual / diagonal
        before, energy = energy, float(residual @ z)
        direction = z + (energy / before) * direction
    scores[linked] = (degrees * y)[linked]
    return scores


def _start(degrees: Vector, linked: NDArray[np.bool_], damping: float) -> tuple[Vector, float]:
    """Scores of the sentences without neighbours, everywhere; and that score."""
    n = len(degrees)
    base = (1 - damping) / max(1.0, n - damping * float(n - linked.sum())) if n else 0.0
    if n and not linked.any():
        base = 1.0 / n
    return np.full(n, base), base
