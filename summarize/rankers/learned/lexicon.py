"""Words that people keep when they summarize, with trained weights."""

from __future__ import annotations

import os
from functools import cache
from itertools import repeat
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from summarize.document import Document

_WORDS = os.path.join(os.path.dirname(__file__), "words.txt")


def look_up_words(document: Document) -> NDArray[np.float64]:
    """Look up how readily people keep a sentence with each term, shape (n_terms,); 0 for unknown terms."""
    weights = load_words(document.language)
    if not weights:
        return np.zeros(len(document.vocabulary))
    return np.array([*map(weights.get, document.vocabulary, repeat(0.0))])


@cache
def load_words(language: str) -> dict[str, float]:
    """Load the trained weights of the terms of a language; empty if there are none.

    The file has a heading for each language, and below it lines of a term and a hundred times its weight.
    """
    with open(_WORDS, encoding="utf-8") as file:
        _, _, section = file.read().partition(f"[{language}]\n")
    lines = section.partition("[")[0].splitlines()
    return {term: int(weight) / 100 for term, weight in map(str.split, lines)}
