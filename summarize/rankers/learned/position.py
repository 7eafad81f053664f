"""The position and the length of sentences: features that need no words."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from summarize.features.tfidf import find_rows, measure_runs, opens_run

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from summarize.document import Document

    Floats = NDArray[np.float64]
    Integers = NDArray[np.int64]

_IN_TEXT = ("place", "first", "sentences", "parts")
_IN_PARAGRAPHS = ("opens paragraph", "closes paragraph", "paragraph length", "paragraph place", "paragraphs")
_UNDER_HEADINGS = ("after heading", "section place", "headings")
_LENGTHS = ("words", "words of mean", "content share", "letters a word")
# Columns that fall by a factor of e within this many sentences or paragraphs.
_FROM_ENDS = {"place 3": 3, "place 10": 10, "place 30": 30, "from end": 5}
_FROM_PARAGRAPH = {"place in paragraph": 2, "paragraph first": 5}
_FROM_HEADING = {"place in section": 5}
_DECAYS = _FROM_ENDS | _FROM_PARAGRAPH | _FROM_HEADING

PLACES = (*_IN_TEXT, *_IN_PARAGRAPHS, *_UNDER_HEADINGS, *_LENGTHS, *_DECAYS)
_TEXT, _PARAGRAPHS, _HEADINGS, _LENGTH, _DECAY = find_rows(
    _IN_TEXT, _IN_PARAGRAPHS, _UNDER_HEADINGS, _LENGTHS, tuple(_DECAYS)
)
_ENDS, _PARAGRAPH, _HEADING = find_rows(tuple(_FROM_ENDS), tuple(_FROM_PARAGRAPH), tuple(_FROM_HEADING))
_RATES = -1 / np.array([*_DECAYS.values()], float)[:, None]


class Layout(NamedTuple):
    """The positions of sentences, as arrays.

    Attributes
    ----------
    starts, ends : ndarray of int64, shape (n_sentences,)
        Half-open ranges of characters.
    opens : ndarray of bool, shape (n_sentences,)
        Whether a sentence opens its paragraph.
    paragraph : ndarray of int64, shape (n_sentences,)
        Number of the paragraph, from 0, without gaps.
    first : ndarray of int64, shape (n_paragraphs,)
        The sentence that opens each paragraph.
    heading : ndarray of bool, shape (n_sentences,), or None
        None where no sentence is a heading.
    """

    starts: Integers
    ends: Integers
    opens: NDArray[np.bool_]
    paragraph: Integers
    first: Integers
    heading: NDArray[np.bool_] | None

    @classmethod
    def of(cls, document: Document) -> Layout:
        """Compute the layout of a document with at least one sentence."""
        sentences = document.sentences
        starts, ends, number = np.array([(s.start, s.end, s.paragraph) for s in sentences], np.int64).T
        opens = opens_run(number)
        kinds = [s.kind for s in sentences]
        heading = np.array([kind == "heading" for kind in kinds]) if "heading" in kinds else None
        return cls(starts, ends, opens, opens.cumsum() - 1, opens.nonzero()[0], heading)


def describe_places(document: Document, layout: Layout, out: Floats) -> None:
    """Describe the position and length of every sentence.

    Parameters
    ----------
    document : Document
        With at least one sentence.
    layout : Layout
    out : ndarray of float64, shape (n_columns, n_sentences)
        Is filled; a row for each column of `PLACES`.
    """
    decays = out[_DECAY]
    _place_in_text(document, out[_TEXT], decays[_ENDS])
    _place_in_paragraphs(layout, out[_PARAGRAPHS], decays[_PARAGRAPH])
    _place_under_headings(layout, out[_HEADINGS], decays[_HEADING])
    _measure_lengths(document, layout, out[_LENGTH])
    decays *= _RATES
    np.exp(decays, out=decays)


def count_filled_parts(document: Document) -> int:
    """Count the texts that have sentences; 0 if the document is a single text."""
    return sum(part.first < part.stop for part in document.parts)


# Each of these fills `out` and the distances for the decays, shape (n_columns, n_sentences).


def _place_in_text(document: Document, out: Floats, distances: Floats) -> None:
    place, first, sentences, parts = out
    n = len(document)
    i = np.arange(n, dtype=float)
    size: Floats | float = float(n)
    if document.parts:
        lengths = np.array([part.stop - part.first for part in document.parts])
        i -= np.repeat([part.first for part in document.parts], lengths)
        size = np.repeat(lengths, lengths).astype(float)
    np.divide(i, size, out=place)
    np.equal(i, 0, out=first)
    sentences[:] = np.log1p(size)
    parts[:] = math.log(max(1, count_filled_parts(document)))
    distances[:3] = i
    distances[3] = size - 1 - i


def _place_in_paragraphs(layout: Layout, out: Floats, distances: Floats) -> None:
    opens, closes, lengths, place, share = out
    n, n_paragraphs, number = len(layout.opens), len(layout.first), layout.paragraph
    opens[:] = layout.opens
    closes[:-1] = opens[1:]
    closes[-1] = 1
    lengths[:] = np.log(measure_runs(layout.first, n))[number]
    np.divide(number, n_paragraphs, out=place)
    share[:] = math.log((1 + n_paragraphs) / (1 + n))
    distances[0] = np.arange(n) - layout.first[number]
    distances[1] = number


def _place_under_headings(layout: Layout, out: Floats, distances: Floats) -> None:
    """Describe headings: whether one precedes the sentence, the share seen so far, and their number."""
    i = np.arange(len(layout.opens))
    out[:] = 0.0
    if layout.heading is None:
        distances[:] = i + 1
        return
    after, section, headings = out
    number = layout.heading.cumsum()
    after[1:] = layout.heading[:-1]
    np.divide(number, number[-1], out=section)
    headings[:] = math.log1p(number[-1])
    distances[:] = i - np.maximum.accumulate(np.where(layout.heading, i, -1))


def _measure_lengths(document: Document, layout: Layout, out: Floats) -> None:
    words, of_mean, content, letters = out
    n_words = np.maximum(document.n_words, 1.0)
    np.log(n_words, out=words)
    np.minimum(n_words * (len(document) / n_words.sum()), 4, out=of_mean)
    np.divide(document.offsets[1:] - document.offsets[:-1], n_words, out=content)
    np.minimum((layout.ends - layout.starts) / n_words, 20, out=letters)
