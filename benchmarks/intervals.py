"""What the figures of a benchmark are worth: bootstrap intervals, paired differences, curves in a number.

Documents are resampled, never sentences or methods: the question is what another set of documents of
the same kind would show. All methods of a comparison get the same resamples, so that what makes a
document easy for both cancels out.

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
    """A mean with the ends of its interval."""

    mean: float
    low: float
    high: float


def bootstrap(values: NDArray[np.float64], rounds: int = ROUNDS, seed: int = 0) -> Estimate:
    """Mean over documents with its 95 % percentile interval.

    Parameters
    ----------
    values : ndarray of shape (n_documents,)
        Documents whose value is not a number are left out.
    rounds, seed : int
        How many resamples, and where the generator starts.

    Returns
    -------
    Estimate
        Not a number where there is no value.
    """
    known = values[~np.isnan(values)]
    if not len(known):
        return Estimate(np.nan, np.nan, np.nan)
    means = _resampled_means(known, rounds, seed)
    return Estimate(float(known.mean()), *_percentiles(means))


def paired_difference(
    first: NDArray[np.float64], second: NDArray[np.float64], rounds: int = ROUNDS, seed: int = 0
) -> Estimate:
    """Mean of ``first - second`` on the same documents, with its interval [2]_.

    Parameters
    ----------
    first, second : ndarray of shape (n_documents,)
        Values of two methods, document by document.
    rounds, seed : int
        As for :func:`bootstrap`.

    Returns
    -------
    Estimate
        The difference is significant at the 5 % level where the interval leaves out 0.
    """
    return bootstrap(first - second, rounds, seed)


def ratio_of_means(
    values: NDArray[np.float64], base: NDArray[np.float64], rounds: int = ROUNDS, seed: int = 0
) -> Estimate:
    """Mean of the values over the mean of the base, resampled together.

    With a random extract of the same length as the base, this is the normalization of [3]_, under which
    scores at different lengths can be set side by side: 1 is no better than chance.

    Parameters
    ----------
    values, base : ndarray of shape (n_documents,)
        Values of a method and of what it is measured by.
    rounds, seed : int
        As for :func:`bootstrap`.

    Returns
    -------
    Estimate
        Not a number where the base is 0 throughout.
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
    # Sorted documents would give other resamples than shuffled ones; the mean is the same for both.
    return np.asarray(_draws(len(values), rounds, seed) @ values / len(values))


@lru_cache(maxsize=8)
def _draws(size: int, rounds: int, seed: int) -> NDArray[np.float64]:
    """How often each document is in each resample, shape (rounds, size)."""
    generator = np.random.default_rng(seed)
    return generator.multinomial(size, np.full(size, 1 / size), size=rounds).astype(np.float64)


# --- Curves ---------------------------------------------------------------------------------------


def area_under_curve(lengths: Sequence[float], values: NDArray[np.float64]) -> NDArray[np.float64]:
    """Mean height of a curve over the logarithm of the length: one number for all lengths.

    Doubling a summary counts as one step, from 25 words to 50 as from 200 to 400; trapezoids between.

    Parameters
    ----------
    lengths : sequence of float
        Increasing and positive, at least one.
    values : ndarray of shape (..., n_lengths)
        Heights of one curve or of several.

    Returns
    -------
    ndarray of shape (...)
        Between the least and the greatest height of each curve.
    """
    axis = np.log(np.asarray(lengths, dtype=np.float64))
    if len(axis) == 1:
        return values[..., 0]
    return np.asarray(np.trapezoid(values, axis, axis=-1) / (axis[-1] - axis[0]))


def knee(
    lengths: Sequence[float], values: NDArray[np.float64], rounds: int = ROUNDS, seed: int = 0
) -> Estimate:
    """Length at the knee of the mean curve, where more words stop paying.

    Where the curve is highest above the straight line from the origin to its end, as in
    :func:`summarize.metrics.curve.find_knee`, of the lengths that were measured.

    Parameters
    ----------
    lengths : sequence of float
        Increasing and positive.
    values : ndarray of shape (n_documents, n_lengths)
        Without any that is not a number.
    rounds, seed : int
        As for :func:`bootstrap`.

    Returns
    -------
    Estimate
        A length, and the ends of its interval; lengths that were measured, too, or between two of them.
    """
    axis = np.asarray(lengths, dtype=np.float64)
    low, high = _percentiles(axis[_find_knees(axis, _resampled_means(values, rounds, seed))])
    return Estimate(float(axis[_find_knees(axis, values.mean(axis=0, keepdims=True))[0]]), low, high)


def _find_knees(axis: NDArray[np.float64], curves: NDArray[np.float64]) -> NDArray[np.intp]:
    ends = curves[:, -1:]
    heights = np.divide(curves, ends, out=np.zeros_like(curves), where=ends > 0)
    return np.asarray((heights - axis / axis[-1]).argmax(axis=1))
