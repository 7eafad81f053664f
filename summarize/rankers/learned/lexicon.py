"""Load the words that people tend to keep in summaries, with trained weights."""

from __future__ import annotations

import os
from functools import cache
from itertools import repeat
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from summarize.features.chunk import Chunk

_WORDS = os.path.join(os.path.dirname(__file__), "words.txt")


def look_up_words(chunk: Chunk, out: NDArray[np.float64]) -> None:
    """Look up the trained weight of each distinct term of a chunk.

    Parameters
    ----------
    chunk : Chunk
    out : ndarray of float64, shape (n_distinct,)
        Filled in place: positive if people tend to keep sentences with the term, negative if they tend to
        drop them; 0 for terms without a weight.

    Examples
    --------
    >>> from summarize import segment
    >>> from summarize.features.chunk import Chunk
    >>> weights = np.empty(1)
    >>> look_up_words(Chunk([segment("Xyzzy.", language="en")]), weights)
    >>> weights
    array([0.])
    """
    start = 0
    for document, n in zip(chunk.documents, chunk.n_distinct.tolist(), strict=True):
        weights = load_words(document.language)
        own = out[start : start + n]
        own[:] = [*map(weights.get, document.vocabulary[:n], repeat(0.0))] if weights else 0.0
        start += n


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
