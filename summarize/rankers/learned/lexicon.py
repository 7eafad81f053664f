"""Load the words that people tend to keep in summaries, with trained weights."""

from __future__ import annotations

import os
from functools import cache
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from summarize.features.chunk import Chunk

# Terms to keep in the cache of a language.
_MAX_KNOWN = 100_000
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
        weights = _load_known(document.language)
        own = out[start : start + n]
        own[:] = [*map(weights.__getitem__, document.vocabulary[:n])] if weights is not None else 0.0
        start += n


class _Known(dict[str, float]):
    """A cache that maps any term to its weight.

    Its keys are the strings of the vocabularies themselves, which are found without comparing letters.
    """

    def __init__(self, weights: dict[str, float]) -> None:
        super().__init__()
        self._weights = weights

    def __missing__(self, term: str) -> float:
        weight = self._weights.get(term, 0.0)
        if len(self) >= _MAX_KNOWN:
            self.clear()
        self[term] = weight
        return weight


@cache
def _load_known(language: str) -> _Known | None:
    """Load the cache of a language; None if it has no weights."""
    weights = load_words(language)
    return _Known(weights) if weights else None


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
