"""Load the words that people tend to keep in summaries, with trained weights."""

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
    """Look up the trained weight of each term of a document.

    Parameters
    ----------
    document : Document

    Returns
    -------
    ndarray of float64, shape (n_vocabulary,)
        Positive if people tend to keep sentences with the term, negative if they tend to drop them; 0 for
        terms without a weight.

    Examples
    --------
    >>> from summarize import segment
    >>> look_up_words(segment("Xyzzy.", language="en"))
    array([0.])
    """
    weights = load_words(document.language)
    if not weights:
        return np.zeros(len(document.vocabulary))
    return np.array([*map(weights.get, document.vocabulary, repeat(0.0))])


@cache
def load_words(language: str) -> dict[str, float]:
    """Load the trained weights of the terms of a language.

    The file has a section for each language. Each line holds a term and its weight times 100.

    Parameters
    ----------
    language : str
        Code of the language.

    Returns
    -------
    dict of str to float
        Weights by term; empty if the language has none.

    Examples
    --------
    >>> load_words("xx")
    {}
    """
    with open(_WORDS, encoding="utf-8") as file:
        _, _, section = file.read().partition(f"[{language}]\n")
    lines = section.partition("[")[0].splitlines()
    return {term: int(weight) / 100 for term, weight in map(str.split, lines)}
