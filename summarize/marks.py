"""Capitals, digits and punctuation of sentences, counted in one pass over the characters."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

import numpy as np

from summarize.dangling import find_dangling_starts

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from summarize.document import Document

_CAPITAL, _DIGIT, _QUOTE, _QUESTION, _BRACKET, _COMMA, _COLON, _END = range(1, 9)
_MARKS = {
    _DIGIT: "0123456789",
    _QUOTE: '"“”„«»',
    _QUESTION: "?？؟",
    _BRACKET: "(（[",
    _COMMA: ",，、،",
    _COLON: ":：;；",
    _END: ".!。！।։…",
}
# Alphabets with capitals: Latin, Greek, Cyrillic, Armenian; further Latin and Greek.
_CASED = (range(0x41, 0x590), range(0x1E00, 0x2000))
_BASIC_PLANE = 0x10000


@cache
def _load_kinds() -> NDArray[np.uint8]:
    """The kind of every character of the basic plane; 0 for those that are not counted."""
    kinds = np.zeros(_BASIC_PLANE, np.uint8)
    for letters in _CASED:
        kinds[[letter for letter in letters if chr(letter).isupper()]] = _CAPITAL
    for kind, marks in _MARKS.items():
        kinds[[ord(mark) for mark in marks]] = kind
    return kinds


def describe_marks(
    document: Document, starts: NDArray[np.int64], ends: NDArray[np.int64]
) -> list[NDArray[np.float64]]:
    """What the characters of each sentence say of it.

    Parameters
    ----------
    document : Document
        With at least one sentence.
    starts, ends : ndarray of int64, shape (n_sentences,)
        Half-open ranges of characters of its sentences.

    Returns
    -------
    list of ndarray, each of shape (n_sentences,)
        Capitals a word, digits a word (at most 2), quotation marks (3), whether it asks, opening brackets
        (4), commas a word, colons (3), whether it ends in a mark, begins with a small letter of a to z, and
        leans on the sentence before.
    """
    n = len(document)
    words = np.maximum(document.n_words, 1).astype(float)
    # The space in front lets the first letter of the text begin a word, too.
    letters = np.frombuffer(f" {document.text}".encode("utf-32-le", "surrogatepass"), dtype=np.uint32)
    kinds = _load_kinds().take(letters, mode="clip")
    places = kinds.nonzero()[0]
    # Capitals count where a word begins.
    places = places[(kinds[places] != _CAPITAL) | (letters[places - 1] <= 32)]
    sentence = starts.searchsorted(places - 1, side="right") - 1
    inside = (sentence >= 0) & (places <= ends[sentence])
    keys = sentence[inside] * 9 + kinds[places[inside]]
    counts = np.bincount(keys, minlength=9 * n).reshape(n, 9).T
    last, first = kinds[ends], letters[starts + 1]
    dangling = find_dangling_starts([s.text for s in document.sentences], document.language)
    return [
        counts[_CAPITAL] / words,
        np.minimum(counts[_DIGIT] / words, 2),
        np.minimum(counts[_QUOTE], 3),
        np.minimum(counts[_QUESTION], 1),
        np.minimum(counts[_BRACKET], 4),
        counts[_COMMA] / words,
        np.minimum(counts[_COLON], 3),
        (last == _END) | (last == _QUESTION),
        (first - np.uint32(97)) < 26,
        np.array(dangling),
    ]
