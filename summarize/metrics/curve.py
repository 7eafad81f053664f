"""Measure how much content a summary keeps at each length, and where longer summaries add little."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from summarize.length import Length
from summarize.metrics.intrinsic import term_weights

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from summarize.document import Document

SHARES = (0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9)


class Curve(NamedTuple):
    """The coverage of a summary as sentences are added.

    Attributes
    ----------
    words : ndarray of int64, shape (n_chosen,)
        Length of the summary in words after each added sentence; increases.
    coverage : ndarray of float64, shape (n_chosen,)
        Share of the document's content that the summary keeps, from 0 to 1. See
        `summarize.metrics.intrinsic.source_coverage`.
    knee : int
        Index of the knee, or -1 if the curve is empty.
    total : int
        Length of the document in words.
    """

    words: NDArray[np.int64]
    coverage: NDArray[np.float64]
    knee: int
    total: int


def coverage_curve(
    document: Document,
    scores: NDArray[np.float64],
    select: Callable[[Document, NDArray[np.float64], Length], Sequence[int]],
) -> Curve:
    """Compute the coverage curve of a ranking.

    Parameters
    ----------
    document : Document
        The document to summarize.
    scores : ndarray of float64, shape (n_sentences,)
        Scores of a ranker.
    select : callable
        A selector. Sentences are added in the order in which it chooses them.

    Returns
    -------
    Curve
        The curve and its knee, which is the point highest above the straight line from the origin to the last
        point [1]_.

    References
    ----------
    .. [1] Satopää et al. 2011, doi:10.1109/ICDCSW.2011.20

    Examples
    --------
    >>> from summarize import segment
    >>> from summarize.selectors.greedy import greedy
    >>> document = segment("Cats chase mice. Dogs chase cats. Mice sleep.")
    >>> curve = coverage_curve(document, np.array([3.0, 2.0, 1.0]), greedy)
    >>> curve.words.tolist(), curve.coverage.round(2).tolist()
    ([3, 6, 8], [0.66, 0.83, 1.0])
    """
    order = [int(i) for i in select(document, scores, Length(max(1, len(document)), "sentences"))]
    weights = term_weights(document)
    seen = np.zeros(len(weights), dtype=bool)
    covered = []
    share = 0.0
    for i in order:
        terms = np.unique(document.terms[document.offsets[i] : document.offsets[i + 1]])
        new = terms[~seen[terms]]
        seen[new] = True
        share += float(weights[new].sum())
        covered.append(share)
    words = np.cumsum(document.n_words[order]) if order else np.zeros(0, dtype=np.int64)
    coverage = np.array(covered)
    return Curve(words, coverage, find_knee(words, coverage), int(document.n_words.sum()))


def find_knee(x: NDArray[np.int64], y: NDArray[np.float64]) -> int:
    """Find the point highest above the straight line from the origin to the last point.

    Parameters
    ----------
    x, y : ndarray, shape (n,)
        Coordinates of the points, which increase and are at least 0.

    Returns
    -------
    int
        Index of the point, or -1 if there are no points.

    Examples
    --------
    >>> find_knee(np.array([1, 2, 3, 4]), np.array([4.0, 8.0, 9.0, 10.0]))
    1
    """
    if not len(x):
        return -1
    if not x[-1] or not y[-1]:
        return 0
    return int((y / y[-1] - x / x[-1]).argmax())


def render_curve(curve: Curve) -> str:
    """Render the curve as a table.

    Parameters
    ----------
    curve : Curve

    Returns
    -------
    str
        For each of `SHARES`, the length at which the summary keeps this share of the content, then the knee.
    """
    lines = ["content  words  of the text"]
    for share in SHARES:
        place = int(np.searchsorted(curve.coverage, share - 1e-12))
        if place < len(curve.words):
            words = int(curve.words[place])
            lines.append(f"{share:>7.0%}  {words:>5}  {words / max(1, curve.total):>11.0%}")
    if curve.knee >= 0:
        words = int(curve.words[curve.knee])
        lines.append(f"knee: {words} words keep {curve.coverage[curve.knee]:.0%} of the content (-n auto)")
    return "\n".join(lines) + "\n"
