"""Sentences in random order: the baseline that every method must beat."""

from __future__ import annotations

from random import Random
from typing import TYPE_CHECKING

import numpy as np

from summarize.errors import OptionError

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from summarize.document import Document


def random_order(document: Document, *, seed: int = 0) -> NDArray[np.float64]:
    """Score sentences at random.

    Parameters
    ----------
    document : Document
    seed : int
        The same seed gives the same scores on every machine (Mersenne Twister).

    Returns
    -------
    ndarray of float64, shape (n_sentences,)
        Uniform in [0, 1).

    Raises
    ------
    OptionError
        If the seed is not a whole number.

    Examples
    --------
    >>> from summarize import segment
    >>> random_order(segment("One came. Two came.")).round(2)
    array([0.84, 0.76])
    """
    if isinstance(seed, bool) or not isinstance(seed, int):
        raise OptionError(f"seed: found {seed!r}; accepted: a whole number")
    draw = Random(seed).random
    return np.array([draw() for _ in range(len(document))], dtype=np.float64)
