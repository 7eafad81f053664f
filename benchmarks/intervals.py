"""Estimate means with bootstrap intervals, paired differences, and summaries of curves.

Only documents are resampled, never sentences or methods: the question is what another sample of
documents of the same kind would show. All methods in a comparison get the same resamples, so that the
difficulty of a document cancels out.

References
----------
.. [1] Efron and Tibshirani (1993), "An Introduction to the Bootstrap", chapters 13 and 16.
.. [2] Koehn (2004), "Statistical Significance Tests for Machine Translation Evaluation", W04-3250.
.. [3] Sun, Shapira, Dagan and Nenkova (2019), "How to Compare Summarizers without Target Length?",
   W19-2303.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

ROUNDS = 1000
LEVEL = 0.95


class Estimate(NamedTuple):
    """A mean with the bounds of its interval."""

    mean: float
    low: float
    high: float


def bootstrap(values: NDArray[np.float64], rounds: int = ROUNDS, seed: int = 0) -> Estimate:
    """Estimate the mean over documents with a 95 % percentile interval [1]_.

    Parameters
    ----------
    values : ndarray of shape (n_documents,)
        NaN values are skipped.
    rounds : int
        Number of resamples.
    seed : int
        Seed of the random generator.

    Returns
    -------
    Estimate
        All NaN if there are no values.

    Examples
    --------
    >>> bootstrap(np.array([1.0, 3.0, np.nan]))
    Estimate(mean=2.0, low=1.0, high=3.0)
    """
    known = values[~np.isnan(values)]
    if not len(known):
        return Estimate(np.nan, np.nan, np.nan)
    means = _resampled_means(known, rounds, seed)
    return Estimate(float(known.mean()), *_percentiles(means))


def paired_difference(
    first: NDArray[np.float64], second: NDArray[np.float64], rounds: int = ROUNDS, seed: int = 0
) -> Estimate:
    """Estimate the mean of ``first - second`` on the same documents [2]_.

    Parameters
    ----------
    first, second : ndarray of shape (n_documents,)
        Values of two methods on the same documents.
    rounds, seed : int
        As in :func:`bootstrap`.

    Returns
    -------
    Estimate
        The difference is significant at the 5 % level if the interval excludes 0.

    Examples
    --------
    >>> paired_difference(np.array([0.5, 0.75]), np.array([0.25, 0.5]))
    Estimate(mean=0.25, low=0.25, high=0.25)
    """
    return bootstrap(first - second, rounds, seed)


def ratio_of_means(
    values: NDArray[np.float64], base: NDArray[np.float64], rounds: int = ROUNDS, seed: int = 0
) -> Estimate:
    """Estimate the mean of `values` divided by the mean of `base`, resampling both together.

    If the base is a random extract of the same length, this is the normalization of [3]_, which makes
    scores at different lengths comparable: 1 is chance level.

    Parameters
    ----------
    values, base : ndarray of shape (n_documents,)
        Values of a method and of its baseline.
    rounds, seed : int
        As in :func:`bootstrap`.

    Returns
    -------
    Estimate
        All NaN if every value of the base is 0.

    Examples
    --------
    >>> ratio_of_means(np.array([0.5, 1.0]), np.array([0.25, 0.5]))
    Estimate(mean=2.0, low=2.0, high=2.0)
    """
    known = ~(np.isnan(values) | np.isnan(base))
    if not known.any() or not base[known].any():
        return Estimate(np.nan, np.nan, np.nan)
    upper = _resampled_means(values[known], rounds, seed)
    lower = _resampled_means(base[known], rounds, seed)
    ratios = upper[lower > 0] / lower[lower > 0]
    return Estimate(float(values[known].mean() / base[known].mean()), *_percentiles(ratios))


def _percentiles(means: NDArray[np.float64]) -> tuple[float, float]:
    low, high = np.quantile(means, [(1 - LEVEL) / 2, (1 + LEVEL) / 2])
    return float(low), float(high)


def _resampled_means(values: NDArray[np.float64], rounds: int, seed: int) -> NDArray[np.float64]:
    return np.asarray(_draws(len(values), rounds, seed) @ values / len(values))


@lru_cache(maxsize=8)
def _draws(size: int, rounds: int, seed: int) -> NDArray[np.float64]:
    """Count how often each document occurs in each resample, shape (rounds, size)."""
    generator = np.random.default_rng(seed)
    return generator.multinomial(size, np.full(size, 1 / size), size=rounds).astype(np.float64)


# --- Curves ---------------------------------------------------------------------------------------


def area_under_curve(lengths: Sequence[float], values: NDArray[np.float64]) -> NDArray[np.float64]:
    """Compute the mean height of a curve over the logarithm of the length.

    Each doubling of the length has the same weight: from 25 to 50 words as from 200 to 400. The integral
    uses the trapezoidal rule.

    Parameters
    ----------
    lengths : sequence of float
        Positive and increasing; at least one.
    values : ndarray of shape (..., n_lengths)
        Heights of one or more curves.

    Returns
    -------
    ndarray of shape (...)
        Between the minimum and the maximum of each curve.

    Examples
    --------
    >>> round(float(area_under_curve([25, 50, 100], np.array([0.0, 1.0, 2.0]))), 6)
    1.0
    """
    axis = np.log(np.asarray(lengths, dtype=np.float64))
    if len(axis) == 1:
        return values[..., 0]
    return np.asarray(np.trapezoid(values, axis, axis=-1) / (axis[-1] - axis[0]))


def knee(
    lengths: Sequence[float], values: NDArray[np.float64], rounds: int = ROUNDS, seed: int = 0
) -> Estimate:
    """Find the knee of the mean curve: the length beyond which more words gain little.

    The knee is the measured length at which the curve is farthest above the straight line from the
    origin to its last point, as in :func:`summarize.metrics.curve.find_knee`.

    Parameters
    ----------
    lengths : sequence of float
        Positive and increasing.
    values : ndarray of shape (n_documents, n_lengths)
        Without NaN.
    rounds, seed : int
        As in :func:`bootstrap`.

    Returns
    -------
    Estimate
        One of `lengths`, and the bounds of its interval, which may fall between two of them.

    Examples
    --------
    >>> knee([25, 50, 100], np.array([[0.1, 0.4, 0.45]])).mean
    50.0
    """
    axis = np.asarray(lengths, dtype=np.float64)
    low, high = _percentiles(axis[_find_knees(axis, _resampled_means(values, rounds, seed))])
    return Estimate(float(axis[_find_knees(axis, values.mean(axis=0, keepdims=True))[0]]), low, high)


def _find_knees(axis: NDArray[np.float64], curves: NDArray[np.float64]) -> NDArray[np.intp]:
    ends = curves[:, -1:]
    heights = np.divide(curves, ends, out=np.zeros_like(curves), where=ends > 0)
    return np.asarray((heights - axis / axis[-1]).argmax(axis=1))
