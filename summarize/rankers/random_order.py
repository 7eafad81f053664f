"""Sentences drawn by lot: the floor that every method must beat."""

from __future__ import annotations

from random import Random
from typing import TYPE_CHECKING

import numpy as np

from summarize.errors import OptionError

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from summarize.document import Document


def random_order(document: Document, *, seed: int = 0) -> NDArray[np.float64]:
    """Uniform scores in [0, 1), the same for the same seed everywhere (Mersenne Twister)."""
    if isinstance(seed, bool) or not isinstance(seed, int):
        raise OptionError(f"seed: found {seed!r}; accepted: a whole number")
    draw = Random(seed).random
    return np.array([draw() for _ in range(len(document))], dtype=np.float64)
