"""The beginning of the text: on news the baseline that textbook methods do not beat."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from summarize.document import Document


def lead(document: Document) -> NDArray[np.float64]:
    """Score sentences by their place, ``1 - i / n``: from 1 for the first, always above 0."""
    n = len(document)
    return 1 - np.arange(n) / max(n, 1)
