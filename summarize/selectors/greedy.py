"""Select the sentences with the highest scores, as long as they fit."""

from __future__ import annotations

from typing import TYPE_CHECKING

from summarize.length import Length
from summarize.selectors.filling import fill

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from summarize.document import Document


def greedy(document: Document, scores: NDArray[np.float64], length: Length) -> list[int]:
    """Choose sentences by descending score until no other sentence fits.

    A sentence that does not fit is skipped, so that a shorter one may follow. So is one with the same text as
    a chosen sentence, up to white space. Of sentences with equal scores, the earlier one is chosen first.
    Fragments come last; see `summarize.selectors.filling.fill`.

    Parameters
    ----------
    document : Document
        The document to summarize.
    scores : ndarray of float64, shape (n_sentences,)
        Scores of a ranker.
    length : Length
        Maximum length of the summary.

    Returns
    -------
    list of int
        Indices of the sentences, in the order of choice.

    Examples
    --------
    >>> import numpy as np
    >>> from summarize import segment
    >>> document = segment("The old bridge fell down. The council wants a new bridge by May. It rained.")
    >>> greedy(document, np.array([2.0, 3.0, 1.0]), Length(7, "words"))
    [0]
    """
    return fill(document, scores, length, scores.tolist().__getitem__)
