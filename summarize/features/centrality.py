"""The random walk that the graph rankers share: PageRank of an undirected weighted graph.

The stationary distribution x solves ``x = d (W D⁻¹ x + m/n) + (1 - d)/n``: W symmetric weights,
D their row sums, m the mass on sentences without neighbours, which spreads evenly [1]_. With
``x = D y`` this is ``(D - d W) y = c``: symmetric and positive definite, solved directly when small,
else by conjugate gradients, which need only products with W and come with a bound on the error.

A walk may start again, and leave sentences without neighbours, by a vector r other than ``1/n``: towards
the sentences that a query is about [2]_ [3]_.

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
_MOST_STEPS = 1_000


def check_damping(damping: float) -> None:
    """Refuse a damping factor that is not between 0 and 1, 1 excluded."""
    if isinstance(damping, bool) or not isinstance(damping, (int, float)) or not 0 <= damping < 1:
        raise OptionError(f"damping: found {damping!r}; accepted: a number from 0 up to, not including, 1")


def walk_dense(weights: NDArray[np.float64], damping: float, restart: Vector | None = None) -> Vector:
    """PageRank by a direct solve.

    Parameters
    ----------
    weights : ndarray of float64, shape (n, n)
        Symmetric, not negative.
    damping : float
        Probability of following an edge, in [0, 1).
    restart : ndarray of float64, shape (n,), optional
        Where the walk starts again, with sum 1; by default everywhere alike.

    Returns
    -------
    ndarray of float64, shape (n,)
        Not negative, with sum 1; positive where `restart` is.
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
    """PageRank by conjugate gradients.

    Parameters
    ----------
    multiply : callable
        ``v -> W v`` for a symmetric W without negative entries.
    degrees : ndarray of float64, shape (n,)
        Row sums of W.
    damping : float
        Probability of following an edge, in [0, 1).
    restart : ndarray of float64, shape (n,), optional
        Where the walk starts again, with sum 1; by default everywhere alike.

    Returns
    -------
    ndarray of float64, shape (n,)
        Not negative, with sum 1. Every score is right to about 1e-10 of itself, or of ``1 / n`` with a
        `restart`: the walk contracts, so the error's 1-norm is at most the residual's divided by
        ``1 - damping``, and without a `restart` no score is below ``(1 - damping) / n``.
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
    return np.where(linked, degrees * y, base)


def _start(linked: NDArray[np.bool_], damping: float, restart: Vector | None) -> Vector:
    """What every sentence gets without any edge: the scores of those without neighbours."""
    n = len(linked)
    if restart is not None:
        alone = float(restart[~linked].sum())
        return restart * ((1 - damping) / (1 - damping * alone) if linked.any() else 1.0)
    base = (1 - damping) / max(1.0, n - damping * float(n - linked.sum())) if n else 0.0
    if n and not linked.any():
        base = 1.0 / n
    return np.full(n, base)
