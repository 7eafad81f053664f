"""The beginning of the text: on news the baseline that textbook methods do not beat."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from summarize.document import Document


def lead(document: Document) -> NDArray[np.float64]:
    """Score sentences by their place, ``1 - i / n``: from 1 for the first, always above 0.

    Of a document in several parts, the first sentences of all parts come first, then the second ones.
    """
    n = len(document)
    places = np.arange(n)
    if document.parts:
        inside = np.concatenate([np.arange(part.stop - part.first) for part in document.parts])
        # Stable: of two sentences at the same place, that of the earlier part comes first.
        places[np.argsort(inside, kind="stable")] = np.arange(n)
    return 1 - places / max(n, 1)
