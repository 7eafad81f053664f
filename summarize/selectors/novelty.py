"""Select the highest scores, with penalties for repeated content and dangling openings."""

from __future__ import annotations

from typing import TYPE_CHECKING

from summarize.features.dangling import is_dangling_start, refers_back
from summarize.features.scores import standardize
from summarize.length import Length
from summarize.selectors.filling import fill
from summarize.validation import check_number

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from summarize.document import Document

# A reference inside a sentence counts less than one at its beginning: half of those found are errors.
_REFERENCE = 0.5


def novelty(
    document: Document,
    scores: NDArray[np.float64],
    length: Length,
    *,
    redundancy: float = 0.5,
    coherence: float = 0.5,
    tolerance: float = 1.0,
) -> list[int]:
    """Choose by score, avoiding repeated content, dangling sentences and weak fillers.

    Each step chooses the sentence with the largest value
    ``z(scores) - redundancy * covered - coherence * dangling``, where ``z`` scales to zero mean and unit
    variance. ``covered`` is the share of the sentence's pairs of neighboring terms that occur in chosen
    sentences. ``dangling`` is 1 if the sentence opens with a pronoun or connective and the sentence before it
    is not chosen, else 0. Selection stops when the best sentence that still fits has a value lower by more
    than `tolerance` than one that did not fit.

    Parameters
    ----------
    document : Document
        The document to summarize.
    scores : ndarray of float64, shape (n_sentences,)
        Scores of a ranker.
    length : Length
        Maximum length of the summary.
    redundancy : float
        Penalty for repeated content, at least 0.
    coherence : float
        Penalty for dangling sentences, at least 0.
    tolerance : float
        Maximum loss of value for filling up the length, at least 0, in standard deviations of the scores. A
        large tolerance fills up the length with whatever fits.

    Returns
    -------
    list of int
        Indices of the sentences, in the order of choice. No text is repeated.

    Raises
    ------
    OptionError
        If an option is negative or not a number.

    Notes
    -----
    As sentences are chosen, values only decrease, except for the sentence right after a chosen one. So each
    value is updated only when it reaches the top of a heap [1]_.

    References
    ----------
    .. [1] Minoux 1978, doi:10.1007/BFb0006528

    Examples
    --------
    >>> import numpy as np
    >>> from summarize import segment
    >>> document = segment("The bridge fell. But nobody was hurt. The council wants a new bridge.")
    >>> novelty(document, np.array([1.0, 1.2, 0.0]), Length(1, "sentences"))
    [0]
    """
    check_number("redundancy", redundancy, least=0)
    check_number("coherence", coherence, least=0)
    check_number("tolerance", tolerance, least=0)
    sentences, language = document.sentences, document.language
    terms, offsets = document.terms, document.offsets.tolist()
    values = standardize(scores).tolist()
    # Several texts say the same thing in other words, and each has a turn.
    redundancy *= 8 if document.parts else 1
    covered: set[tuple[int, int]] = set()
    taken: set[int] = set()
    pairs: dict[int, list[tuple[int, int]]] = {}
    # The first sentence of a text has no sentence before it, so it cannot dangle.
    text_starts = {0, *(part.first for part in document.parts)}

    leanings: dict[int, float] = {}

    def measure_leaning(i: int) -> float:
        if i - 1 in taken or i in text_starts:
            return 0.0
        if i not in leanings:
            text = sentences[i].text
            if is_dangling_start(text, language):
                leanings[i] = 1.0
            else:
                leanings[i] = _REFERENCE if refers_back(text, language) else 0.0
        return leanings[i]

    def compute_value(i: int) -> float:
        value: float = values[i]
        if redundancy and covered:
            if i not in pairs:
                ids = terms[offsets[i] : offsets[i + 1]].tolist()
                pairs[i] = list(zip(ids, ids[1:], strict=False))
            if pairs[i]:
                value -= redundancy * sum(pair in covered for pair in pairs[i]) / len(pairs[i])
        if coherence:
            value -= coherence * measure_leaning(i)
        return value

    def add(i: int) -> None:
        taken.add(i)
        ids = terms[offsets[i] : offsets[i + 1]].tolist()
        covered.update(zip(ids, ids[1:], strict=False))

    return fill(document, scores, length, compute_value, add, bounds=values, tolerance=tolerance)
