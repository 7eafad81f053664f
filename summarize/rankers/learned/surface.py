"""Count the capitals, digits and punctuation of sentences in one pass over the characters."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import TYPE_CHECKING

import numpy as np

from summarize.features.dangling import find_dangling_starts
from summarize.features.tfidf import find_rows

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from summarize.features.chunk import Chunk
    from summarize.rankers.learned.position import Layout

_CAPITAL, _DIGIT, _COMMA, _QUOTE, _QUESTION, _BRACKET, _COLON, _END = range(1, 9)
_N_KINDS = 9
_KINDS = {
    _DIGIT: "0123456789",
    _COMMA: ",，、،",
    _QUOTE: '"“”„«»',
    _QUESTION: "?？؟",
    _BRACKET: "(（[",
    _COLON: ":：;；",
    _END: ".!。！।։…",
}
# Blocks with capitals: Latin, Greek, Cyrillic and Armenian, then extended Latin and Greek.
_CASED = (range(0x41, 0x590), range(0x1E00, 0x2000))
_BASIC_PLANE = 0x10000

_PER_WORD = ("capitals", "digits", "commas")
_PER_SENTENCE = ("quotes", "questions", "brackets", "colons")
_FLAGS = ("ends", "lower start", "dangling")
SURFACE = (*_PER_WORD, *_PER_SENTENCE, *_FLAGS)
_OF_WORDS, _OF_SENTENCES, _OF_FLAGS = find_rows(_PER_WORD, _PER_SENTENCE, _FLAGS)
_COUNTED = slice(0, _OF_SENTENCES.stop)
# Counts are clipped to these, because higher ones carry no more information.
_MAX_COUNTS = np.array([np.inf, 2, np.inf, 3, 1, 4, 3])[:, None]

# Sentences whose characters are held at once.
_MAX_SENTENCES = 20_000


@cache
def _load_kinds() -> NDArray[np.uint8]:
    """Classify every character of the basic multilingual plane; 0 for those that are not counted."""
    kinds = np.zeros(_BASIC_PLANE, np.uint8)
    for letters in _CASED:
        kinds[[letter for letter in letters if chr(letter).isupper()]] = _CAPITAL
    for kind, characters in _KINDS.items():
        kinds[[ord(character) for character in characters]] = kind
    return kinds


@cache
def _load_ascii_kinds() -> bytes:
    """Make the table of the kinds of ASCII characters for `bytes.translate`."""
    return _load_kinds()[:128].tobytes() + bytes(128)


def describe_surface(chunk: Chunk, layout: Layout, out: NDArray[np.float64]) -> None:
    """Compute the features that depend on the characters of each sentence.

    Parameters
    ----------
    chunk : Chunk
    layout : Layout
    out : ndarray of float64, shape (n_columns, n_sentences)
        Filled in place, with rows as in `SURFACE`. Per word: capitals after white space, digits (at most 2)
        and commas. Per sentence: quotation marks (at most 3), question marks (at most 1), opening brackets
        (at most 4) and colons (at most 3). As 0 or 1: whether it ends with a full stop, exclamation mark,
        ellipsis or question mark, begins with a lowercase letter from a to z, and has a dangling start.
    """
    starts = np.array([0, *(len(document.text) + 1 for document in chunk.documents)]).cumsum()
    if len(chunk.documents) > 1:
        before = starts.take(chunk.owners)
        texts = [document.text for document in chunk.documents]
        _count_characters(texts, layout.starts + before, layout.ends + before, out)
    else:
        text = chunk.documents[0].text
        # Some sentences at a time, because the letters and kinds of a long text would fill the memory.
        for first in range(0, chunk.n_sentences, _MAX_SENTENCES):
            own = slice(first, first + _MAX_SENTENCES)
            begins, ends = layout.starts[own], layout.ends[own]
            # The first letter of the block needs the character before it.
            start = max(0, int(begins[0]) - 1)
            _count_characters([text[start : int(ends[-1])]], begins - start, ends - start, out[:, own])
    out[_OF_WORDS] /= np.maximum(chunk.n_words, 1)
    np.minimum(out[_COUNTED], _MAX_COUNTS, out=out[_COUNTED])
    for document, span in zip(chunk.documents, chunk.spans, strict=True):
        sentences = document.sentences
        for first in range(0, len(sentences), _MAX_SENTENCES):
            texts = [sentence.text for sentence in sentences[first : first + _MAX_SENTENCES]]
            place = span.start + first
            out[-1, place : place + len(texts)] = find_dangling_starts(texts, document.language)


def _count_characters(
    texts: Sequence[str], begins: NDArray[np.int64], ends: NDArray[np.int64], out: NDArray[np.float64]
) -> None:
    """Count the characters of each kind in some sentences, and look at their first and last ones.

    Parameters
    ----------
    texts : sequence of str
    begins, ends : ndarray of int64, shape (n_sentences,)
        The range of each sentence in the texts, with one character between two texts.
    out : ndarray of float64, shape (n_columns, n_sentences)
        Filled in place, except for the last column.
    """
    n = len(begins)
    letters, kinds = _read_characters(texts)
    places = kinds.nonzero()[0]
    kept = kinds.take(places)
    # Capitals count after white space, which finds most capitalized words at little cost.
    counted = ((kept != _CAPITAL) | (letters.take(places - 1) <= 32)).nonzero()[0]
    places, kept = places.take(counted), kept.take(counted)
    # A space precedes the first text.
    begins = begins + 1
    first, last = places.searchsorted((begins, ends + 1))
    sizes = last - first
    owners = np.repeat(np.arange(n), sizes)
    if len(owners) < len(kept):
        # Drop the characters between sentences.
        kept = kept[np.arange(len(owners)) + np.repeat(first - sizes.cumsum() + sizes, sizes)]
    counts = np.bincount(owners * _N_KINDS + kept, minlength=_N_KINDS * n)
    out[_COUNTED] = counts.reshape(n, _N_KINDS).T[_CAPITAL:_END]
    ends_closed, lower_start, _ = out[_OF_FLAGS]
    closing = kinds.take(ends)
    ends_closed[:] = (closing == _END) | (closing == _QUESTION)
    lower_start[:] = letters.take(begins) - np.uint8(97) < 26


def _read_characters(texts: Sequence[str]) -> tuple[NDArray[np.uint8], NDArray[np.uint8]]:
    """Read texts as characters and their kinds.

    Returns
    -------
    letters : ndarray of uint8, shape (n_characters,)
        Code points up to 255, which stands for all higher ones. A space precedes each text, so that its first
        letter is also the start of a word.
    kinds : ndarray of uint8, shape (n_characters,)
    """
    letters: list[NDArray[np.uint8]] = []
    kinds: list[NDArray[np.uint8]] = []
    for text in texts:
        if text.isascii():
            data = f" {text}".encode("ascii")
            letters.append(np.frombuffer(data, np.uint8))
            kinds.append(np.frombuffer(data.translate(_load_ascii_kinds()), np.uint8))
        else:
            points = np.frombuffer(f" {text}".encode("utf-32-le", "surrogatepass"), np.uint32)
            letters.append(np.minimum(points, 255).astype(np.uint8))
            kinds.append(_load_kinds().take(points, mode="clip"))
    if len(texts) == 1:
        return letters[0], kinds[0]
    return np.concatenate(letters), np.concatenate(kinds)
