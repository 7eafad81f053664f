"""Capitals, digits and punctuation of sentences, counted in one pass over the characters."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

import numpy as np

from summarize.features.dangling import find_dangling_starts
from summarize.features.tfidf import find_rows

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from summarize.document import Document
    from summarize.rankers.learned.position import Layout

_CAPITAL, _DIGIT, _COMMA, _QUOTE, _QUESTION, _BRACKET, _COLON, _END = range(1, 9)
_KINDS_OF_MARKS = 9
_KINDS = {
    _DIGIT: "0123456789",
    _COMMA: ",，、،",
    _QUOTE: '"“”„«»',
    _QUESTION: "?？؟",
    _BRACKET: "(（[",
    _COLON: ":：;；",
    _END: ".!。！।։…",
}
# Alphabets with capitals: Latin, Greek, Cyrillic, Armenian; further Latin and Greek.
_CASED = (range(0x41, 0x590), range(0x1E00, 0x2000))
_BASIC_PLANE = 0x10000

_A_WORD = ("capitals", "digits", "commas")
_A_SENTENCE = ("quotes", "questions", "brackets", "colons")
_SEEN = ("ends", "lower start", "dangling")
MARKS = (*_A_WORD, *_A_SENTENCE, *_SEEN)
_OF_WORDS, _OF_SENTENCES, _OF_SEEN = find_rows(_A_WORD, _A_SENTENCE, _SEEN)
_COUNTED = slice(0, _OF_SENTENCES.stop)
# Higher counts carry no more information.
_MOST = np.array([np.inf, 2, np.inf, 3, 1, 4, 3])[:, None]


@cache
def _load_kinds() -> NDArray[np.uint8]:
    """Classify every character of the basic plane; 0 for those that are not counted."""
    kinds = np.zeros(_BASIC_PLANE, np.uint8)
    for letters in _CASED:
        kinds[[letter for letter in letters if chr(letter).isupper()]] = _CAPITAL
    for kind, marks in _KINDS.items():
        kinds[[ord(mark) for mark in marks]] = kind
    return kinds


def describe_marks(document: Document, layout: Layout, out: NDArray[np.float64]) -> None:
    """Describe the characters of each sentence.

    Parameters
    ----------
    document : Document
        With at least one sentence.
    layout : Layout
    out : ndarray of float64, shape (n_columns, n_sentences)
        Is filled; rows as in `MARKS`: capitals after white space, digits (at most 2) and commas a word;
        quotation marks (3), whether it asks, opening brackets (4), colons (3); whether it ends in a mark,
        begins with a small letter of a to z, and leans on the sentence before.
    """
    n = len(document)
    # The space in front makes the first letter of the text the start of a word, too.
    letters = np.frombuffer(f" {document.text}".encode("utf-32-le", "surrogatepass"), dtype=np.uint32)
    kinds = _load_kinds().take(letters, mode="clip")
    places = kinds.nonzero()[0]
    kept = kinds.take(places)
    # Capitals count after white space, which finds most capitalized words at little cost.
    counted = ((kept != _CAPITAL) | (letters.take(places - 1) <= 32)).nonzero()[0]
    places, kept = places.take(counted), kept.take(counted)
    begins, ends = layout.starts + 1, layout.ends
    first, last = places.searchsorted((begins, ends + 1))
    sizes = last - first
    owners = np.repeat(np.arange(n), sizes)
    if len(owners) < len(kept):
        # There is something between the sentences.
        kept = kept[np.arange(len(owners)) + np.repeat(first - sizes.cumsum() + sizes, sizes)]
    counts = np.bincount(owners * _KINDS_OF_MARKS + kept, minlength=_KINDS_OF_MARKS * n)
    out[_COUNTED] = counts.reshape(n, _KINDS_OF_MARKS).T[_CAPITAL:_END]
    out[_OF_WORDS] /= np.maximum(document.n_words, 1)
    np.minimum(out[_COUNTED], _MOST, out=out[_COUNTED])
    ends_in_mark, lower_start, dangling = out[_OF_SEEN]
    closing = kinds.take(ends)
    ends_in_mark[:] = (closing == _END) | (closing == _QUESTION)
    lower_start[:] = letters.take(begins) - np.uint32(97) < 26
    dangling[:] = find_dangling_starts([s.text for s in document.sentences], document.language)
