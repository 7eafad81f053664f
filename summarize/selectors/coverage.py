"""Select sentences for budgeted coverage of the words and word pairs that many sentences share."""

from __future__ import annotations

import math
from collections import Counter
from typing import TYPE_CHECKING

from summarize.features.scores import standardize
from summarize.length import Length
from summarize.selectors.budget import measure_costs
from summarize.selectors.filling import fill
from summarize.validation import check_number

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from summarize.document import Document

# The factor of the least salient sentences. It is positive, so that no gain is negative.
_MIN_SALIENCE = 0.02


def coverage(
    document: Document,
    scores: NDArray[np.float64],
    length: Length,
    *,
    salience: float = 1.0,
    scaling: float = 0.5,
) -> list[int]:
    """Choose the sentences that cover the most new content for their cost.

    Each step chooses the sentence with the largest gain,
    ``max(0.02, 1 + salience z(scores)) Σ_g √n(g) / cost ** scaling``, where ``z`` scales to zero mean and
    unit variance. The sum is over the terms and the pairs of neighboring terms ``g`` of the sentence that
    no chosen sentence contains, and ``n(g)`` is the number of sentences that contain ``g``. Pairs that
    occur in only one sentence do not count.

    Parameters
    ----------
    document : Document
        The document to summarize.
    scores : ndarray of float64, shape (n_sentences,)
        Scores of a ranker.
    length : Length
        Maximum length of the summary.
    salience : float
        Weight of the scores, at least 0. With 0, only coverage counts.
    scaling : float
        Preference for short sentences, at least 0. With 0, the cost does not matter; with 1, gains are per
        unit of cost.

    Returns
    -------
    list of int
        Indices of the sentences, in the order of choice. The list ends when no sentence fits or adds anything
        new.

    Raises
    ------
    OptionError
        If an option is negative or not a number.

    Notes
    -----
    This is the greedy algorithm for monotone submodular functions under a budget [1]_. Gains only decrease as
    sentences are chosen, so each is updated only when it reaches the top of a heap [2]_. It differs from [1]_
    in two ways: gains are weighted by the scores of a ranker, and the result is not compared with the best
    single sentence at the end.

    References
    ----------
    .. [1] Lin & Bilmes 2011, https://aclanthology.org/P11-1052
    .. [2] Minoux 1978, doi:10.1007/BFb0006528

    Examples
    --------
    >>> import numpy as np
    >>> from summarize import segment
    >>> document = segment("The bridge crossed a river. A bridge crossed the river. Shops lost money.")
    >>> coverage(document, np.zeros(3), Length(3, "sentences"))
    [0, 2]
    """
    check_number("salience", salience, least=0)
    check_number("scaling", scaling, least=0)
    costs, _ = measure_costs(document, length)
    grams = _find_grams(document)
    spreads = Counter(gram for in_sentence in grams for gram in in_sentence)
    gram_weights = {
        gram: 0.0 if isinstance(gram, tuple) and spread == 1 else spread**0.5
        for gram, spread in spreads.items()
    }
    weights = [
        max(_MIN_SALIENCE, 1 + salience * score) / max(1, cost) ** scaling
        for score, cost in zip(standardize(scores).tolist(), costs, strict=True)
    ]
    covered: set[int | tuple[int, int]] = set()

    def compute_gain(i: int) -> float:
        # Sum in the order of the text. The order of a set varies, and with it the last digits of the sum.
        gain: float = weights[i] * sum(gram_weights[gram] for gram in grams[i] if gram not in covered)
        return gain or -math.inf

    return fill(document, scores, length, compute_gain, lambda i: covered.update(grams[i]))


def _find_grams(document: Document) -> list[list[int | tuple[int, int]]]:
    """List the distinct terms, then the distinct pairs of neighboring terms, of each sentence."""
    terms, offsets = document.terms.tolist(), document.offsets.tolist()
    found: list[list[int | tuple[int, int]]] = []
    for start, end in zip(offsets, offsets[1:], strict=False):
        ids = terms[start:end]
        found.append([*dict.fromkeys(ids), *dict.fromkeys(zip(ids, ids[1:], strict=False))])
    return found
