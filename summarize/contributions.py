"""Helpers for rankers that explain themselves: the parts of a score, which add up to it.

An explainer is a callable ``(Document, *, options) -> (scores, parts)`` with the options of its ranker. The
scores are those of the ranker; `parts` maps the index of a sentence to the contributions that add up to its
score. A ranker names its explainer in its line of ``RANKERS``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from itertools import chain
from typing import TYPE_CHECKING

import numpy as np

from summarize.features.query import restart_by_relevance
from summarize.features.scores import document_position_scores, standardize
from summarize.summary import Contribution

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from summarize.document import Document
    from summarize.features.tfidf import Counts

    Vector = NDArray[np.float64]

Parts = Callable[[int], list[Contribution]]

POSITION = "early position"
AVERAGE = "average of all sentences"
QUERY = "query"
OTHERS = "other sentences"
RESTART = "random restart"
SHARED = "words shared with other sentences"
TITLE = "words of title and headings"
# The sentences that contribute most are named one by one; all others are one contribution.
_MAX_NAMED = 3
_MIN_SHIFT = 1e-9


def standardize_parts(scores: Vector, parts: Parts) -> Parts:
    """Turn the parts of scores into the parts of the standardized scores.

    Parameters
    ----------
    scores : ndarray of float64, shape (n_sentences,)
    parts : callable
        The parts of `scores`.

    Returns
    -------
    callable
        The parts of ``standardize(scores)``; the mean that is subtracted is a part of its own.
    """
    slope = find_slope(scores)
    shift = -slope * float(scores.mean())

    def scaled(i: int) -> list[Contribution]:
        found = [part._replace(value=slope * part.value) for part in parts(i)]
        # Parts that are themselves standardized have no mean to subtract.
        return [*found, Contribution(AVERAGE, shift)] if abs(shift) > _MIN_SHIFT else found

    return scaled


def find_slope(values: Vector) -> float:
    """Return the factor that `standardize` multiplies deviations from the mean with."""
    deviation = float(values.std())
    return 1 / deviation if deviation > 1e-12 * float(np.abs(values).max()) else 0.0


def move_parts(parts: Parts, kept: NDArray[np.int64]) -> Parts:
    """Turn the parts of a narrowed document's scores into those of the whole document's.

    Parameters
    ----------
    parts : callable
        The parts of the scores of the narrowed document.
    kept : ndarray of int64
        From `summarize.features.focus.focus`.

    Returns
    -------
    callable
        For the sentences in `kept`.
    """
    places = {int(place): k for k, place in enumerate(kept)}

    def moved(i: int) -> list[Contribution]:
        return [
            part if part.index is None else _name_part(part, i, int(kept[part.index]))
            for part in parts(places[i])
        ]

    return moved


def _name_part(part: Contribution, i: int, index: int) -> Contribution:
    return Contribution("itself" if index == i else f"sentence {index + 1}", part.value, index)


def add_position_part(document: Document, scores: Vector, parts: Parts, position_weight: float) -> Parts:
    """Turn the parts of scores into those of `summarize.features.scores.add_position`.

    Parameters
    ----------
    document : Document
    scores : ndarray of float64, shape (n_sentences,)
        Before the position is added.
    parts : callable
        The parts of `scores`.
    position_weight : float

    Returns
    -------
    callable
    """
    if position_weight == 0 or len(scores) < 2:
        return parts
    positions = position_weight * standardize(document_position_scores(document))
    scaled = standardize_parts(scores, parts)
    return lambda i: [*scaled(i), Contribution(POSITION, float(positions[i]))]


def name_sentences(values: Vector, i: int) -> list[Contribution]:
    """Name the sentences that contribute most to sentence `i`, and add up the others.

    Parameters
    ----------
    values : ndarray of float64, shape (n_sentences,)
        What each sentence contributes.
    i : int

    Returns
    -------
    list of Contribution
    """
    order = np.argsort(-np.abs(values), kind="stable")
    best = [int(j) for j in order[:_MAX_NAMED] if values[j]]
    rest = float(values.sum() - values[best].sum())
    named = [Contribution("itself" if j == i else f"sentence {j + 1}", float(values[j]), j) for j in best]
    return [*named, Contribution(OTHERS, rest)] if len(np.flatnonzero(values)) > len(best) else named


def make_walk_parts(
    document: Document,
    counts: Counts,
    scores: Vector,
    multiply: Callable[[Vector], Vector],
    degrees: Vector,
    damping: float,
    query_bias: float,
) -> Parts:
    """Divide the scores of a random walk into what each neighbor passes on and the random restart.

    At equilibrium ``x_i = d Σ_j W_ij x_j / D_j + (1 - d + d m) r_i``, with m the mass on sentences without
    neighbors and r the distribution of restarts.

    Parameters
    ----------
    document : Document
    counts : Counts
    scores : ndarray of float64, shape (n_sentences,)
        The equilibrium.
    multiply : callable
        ``v -> W v``, with W symmetric.
    degrees : ndarray of float64, shape (n_sentences,)
        Row sums of W.
    damping, query_bias : float
        Options of the ranker.

    Returns
    -------
    callable
    """
    n = len(document)
    restart = restart_by_relevance(document, counts, query_bias)
    starts = np.full(n, 1 / max(1, n)) if restart is None else restart
    linked = degrees > 1e-12 * degrees.max(initial=0.0)
    alone = float(scores[~linked].sum())
    passed = damping * np.divide(scores, degrees, out=np.zeros(n), where=linked)

    def parts(i: int) -> list[Contribution]:
        unit = np.zeros(n)
        unit[i] = 1.0
        # W is symmetric, so a column is a row. Tiny entries are rounding errors.
        row = np.where(linked & linked[i], multiply(unit), 0.0)
        row[row < 1e-12] = 0.0
        base = (1 - damping + damping * alone) * float(starts[i])
        return [*name_sentences(row * passed, i), Contribution(RESTART, base)]

    return parts


def add_parts(*lists: Iterable[Contribution]) -> tuple[Contribution, ...]:
    """Add up contributions of the same name, drop zeros, and sort by size, the largest first.

    Examples
    --------
    >>> add_parts([Contribution("length", 1.0), Contribution("query", -3.0)], [Contribution("length", 1.0)])
    (Contribution(what='query', value=-3.0, index=None), Contribution(what='length', value=2.0, index=None))
    """
    sums: dict[str, Contribution] = {}
    for part in chain.from_iterable(lists):
        known = sums.get(part.what)
        sums[part.what] = part._replace(value=part.value + known.value) if known else part
    return tuple(sorted((part for part in sums.values() if part.value), key=lambda part: -abs(part.value)))
