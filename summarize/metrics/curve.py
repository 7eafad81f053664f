"""Coverage curves: how much content survives at each length, and where more words stop paying off."""

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
        Words of the summary after each sentence.
    coverage : ndarray of float64, shape (n_chosen,)
        Its share of the document's content, from 0 to 1; see `summarize.metrics.intrinsic.source_coverage`.
    knee : int
        Index of the knee; -1 if the curve is empty.
    total : int
        Words of the document.
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
    scores : ndarray of float64, shape (n_sentences,)
    select : callable
        A selector; sentences are added in the order in which it chooses them.

    Returns
    -------
    Curve
        Its knee is where the curve is highest above the straight line between its ends [1]_.

    References
    ----------
    .. [1] Satopää et al. 2011, doi:10.1109/ICDCSW.2011.20
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
    """Find the point highest above the line from the origin to the last point; -1 if there is none."""
    if not len(x):
        return -1
    if not x[-1] or not y[-1]:
        return 0
    return int((y / y[-1] - x / x[-1]).argmax())


def render_curve(curve: Curve) -> str:
    """Render a small table: the words at which each share of the content is reached, and the knee."""
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
