"""Compute features of the position and length of sentences."""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from itertools import chain
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from summarize.document import CANDIDATES
from summarize.features.tfidf import find_rows, measure_runs, opens_run

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from summarize.features.chunk import Chunk

    Floats = NDArray[np.float64]
    Integers = NDArray[np.int64]

_IN_TEXT = (
    "place", "first", "sentences", "parts", "sentences before", "sentences after", "words before",
    "words after", "place by words",
)  # fmt: skip
_IN_PARAGRAPHS = (
    "opens paragraph", "closes paragraph", "paragraph length", "paragraph place", "paragraphs",
    "paragraphs after", "last paragraph",
)  # fmt: skip
_AMONG_CANDIDATES = ("candidate", "candidates before", "candidates after", "place among candidates")
_UNDER_HEADINGS = ("after heading", "section place", "headings")
_LENGTHS = ("words", "words of mean", "content share", "letters a word")
# Columns that fall by a factor of e within this many sentences or paragraphs.
_FROM_ENDS = {
    "place 3": 3, "place 10": 10, "place 30": 30, "from end": 5, "from end 2": 2, "from end 10": 10,
    "from end 30": 30,
}  # fmt: skip
_FROM_PARAGRAPH = {"place in paragraph": 2, "paragraph first": 5}
_FROM_HEADING = {"place in section": 5}
_DECAYS = _FROM_ENDS | _FROM_PARAGRAPH | _FROM_HEADING

POSITIONS = (*_IN_TEXT, *_IN_PARAGRAPHS, *_AMONG_CANDIDATES, *_UNDER_HEADINGS, *_LENGTHS, *_DECAYS)
_TEXT, _PARAGRAPHS, _CANDIDATES, _HEADINGS, _LENGTH, _DECAY = find_rows(
    _IN_TEXT, _IN_PARAGRAPHS, _AMONG_CANDIDATES, _UNDER_HEADINGS, _LENGTHS, tuple(_DECAYS)
)
_ENDS, _PARAGRAPH, _HEADING = find_rows(tuple(_FROM_ENDS), tuple(_FROM_PARAGRAPH), tuple(_FROM_HEADING))
_RATES = -1 / np.array([*_DECAYS.values()], float)[:, None]


class Layout(NamedTuple):
    """The positions of sentences in the text and its paragraphs.

    Attributes
    ----------
    starts, ends : ndarray of int64, shape (n_sentences,)
        The range of characters of each sentence in its document; `ends` is exclusive.
    opens : ndarray of bool, shape (n_sentences,)
        Whether a sentence opens its paragraph.
    paragraph : ndarray of int64, shape (n_sentences,)
        Index of the paragraph among those of all documents, without gaps.
    local : ndarray of int64, shape (n_sentences,)
        Index of the paragraph in its document, from 0.
    first, owners : ndarray of int64, shape (n_paragraphs,)
        The sentence that opens each paragraph, and the document of each.
    n_paragraphs, first_paragraphs : ndarray of int64, shape (n_documents,)
        Number of paragraphs of each document, and index of its first one.
    heading : ndarray of bool, shape (n_sentences,), or None
        Whether a sentence is a heading; None if no sentence is.
    candidate : ndarray of bool, shape (n_sentences,)
        Whether a sentence may be chosen.
    """

    starts: Integers
    ends: Integers
    opens: NDArray[np.bool_]
    paragraph: Integers
    local: Integers
    first: Integers
    owners: Integers
    n_paragraphs: Integers
    first_paragraphs: Integers
    heading: NDArray[np.bool_] | None
    candidate: NDArray[np.bool_]

    @classmethod
    def of(cls, chunk: Chunk) -> Layout:
        """Find the layout of the documents of a chunk."""
        sentences = [document.sentences for document in chunk.documents]
        opens = opens_run(_join([own.paragraphs for own in sentences]))
        opens[chunk.firsts] = True
        heading = None
        if any("heading" in own.kinds for own in sentences):
            kinds = chain.from_iterable(own.kinds for own in sentences)
            heading = np.array([kind == "heading" for kind in kinds])
        kinds = chain.from_iterable(own.kinds for own in sentences)
        candidate = np.fromiter(map(CANDIDATES.__contains__, kinds), bool, chunk.n_sentences)
        paragraph = opens.cumsum() - 1
        first = opens.nonzero()[0]
        owners = chunk.owners.take(first)
        n_paragraphs = np.bincount(owners, minlength=len(chunk.documents))
        first_paragraphs = n_paragraphs.cumsum() - n_paragraphs
        local = paragraph - first_paragraphs.take(chunk.owners)
        return cls(
            _join([own.starts for own in sentences]),
            _join([own.ends for own in sentences]),
            opens,
            paragraph,
            local,
            first,
            owners,
            n_paragraphs,
            first_paragraphs,
            heading,
            candidate,
        )


def _join(columns: Sequence[array[int]]) -> Integers:
    if len(columns) == 1:
        return np.frombuffer(columns[0], np.int64)
    return np.frombuffer(b"".join(columns), np.int64)


def describe_positions(chunk: Chunk, layout: Layout, out: Floats) -> None:
    """Compute the features of the position and length of each sentence.

    Parameters
    ----------
    chunk : Chunk
    layout : Layout
    out : ndarray of float64, shape (n_columns, n_sentences)
        Filled in place, with a row for each name in `POSITIONS`.
    """
    decays = out[_DECAY]
    _place_in_text(chunk, out[_TEXT], decays[_ENDS])
    _place_in_paragraphs(chunk, layout, out[_PARAGRAPHS], decays[_PARAGRAPH])
    _place_among_candidates(chunk, layout, out[_CANDIDATES])
    _place_under_headings(chunk, layout, out[_HEADINGS], decays[_HEADING])
    _measure_lengths(chunk, layout, out[_LENGTH])
    decays *= _RATES
    np.exp(decays, out=decays)


# Each function below fills `out` and the distances of the decays, both of shape (n_columns, n_sentences).


def _place_in_text(chunk: Chunk, out: Floats, distances: Floats) -> None:
    place, first, sentences, parts, before, after, words_before, words_after, place_by_words = out
    i, size = chunk.places, chunk.counts
    np.divide(i, size, out=place)
    np.equal(i, 0, out=first)
    np.log1p(size, out=sentences)
    parts[:] = np.log(np.maximum(chunk.n_filled_parts, 1)).take(chunk.owners)
    from_end = size - 1 - i
    np.log1p(i, out=before)
    np.log1p(from_end, out=after)
    earlier, later = _count_around(chunk, chunk.n_words)
    np.divide(earlier, np.maximum(earlier + later + chunk.n_words, 1), out=place_by_words)
    np.log1p(earlier, out=words_before)
    np.log1p(later, out=words_after)
    distances[:3] = i
    distances[3:] = from_end


def _count_around(chunk: Chunk, values: Integers) -> tuple[Integers, Integers]:
    """Sum whole numbers over the sentences before and after each one in its text; both (n_sentences,)."""
    sums = values.cumsum()
    i = np.arange(chunk.n_sentences)
    first = i - chunk.places
    start = (sums - values).take(first)
    stop = sums.take(first + chunk.counts - 1)
    return sums - values - start, stop - sums


def _place_in_paragraphs(chunk: Chunk, layout: Layout, out: Floats, distances: Floats) -> None:
    opens, closes, lengths, place, share, after, is_last = out
    n, number = chunk.n_sentences, layout.paragraph
    opens[:] = layout.opens
    closes[:-1] = opens[1:]
    closes[-1] = 1
    lengths[:] = np.log(measure_runs(layout.first, n)).take(number)
    np.divide(layout.local, layout.n_paragraphs.take(chunk.owners), out=place)
    share[:] = np.log((1 + layout.n_paragraphs) / (1 + chunk.sizes)).take(chunk.owners)
    n_after = layout.n_paragraphs.take(chunk.owners) - 1 - layout.local
    np.log1p(n_after, out=after)
    np.equal(n_after, 0, out=is_last)
    np.subtract(np.arange(n), layout.first.take(number), out=distances[0])
    distances[1] = layout.local


def _place_among_candidates(chunk: Chunk, layout: Layout, out: Floats) -> None:
    is_candidate, before, after, place = out
    is_candidate[:] = layout.candidate
    earlier, later = _count_around(chunk, layout.candidate.astype(np.int64))
    np.log1p(earlier, out=before)
    np.log1p(later, out=after)
    np.divide(earlier, np.maximum(earlier + layout.candidate + later, 1), out=place)


def _place_under_headings(chunk: Chunk, layout: Layout, out: Floats, distances: Floats) -> None:
    """Fill whether a heading comes right before, the share of headings seen so far, and their number."""
    out[:] = 0.0
    if layout.heading is None:
        distances[:] = chunk.index + 1
        return
    after, section, headings = out
    number = layout.heading.cumsum()
    # Counted from the beginning of each document.
    number -= (number - layout.heading).take(chunk.firsts).take(chunk.owners)
    total = number.take(chunk.firsts + chunk.sizes - 1)
    after[1:] = layout.heading[:-1]
    after[chunk.firsts] = 0.0
    np.divide(number, np.maximum(total, 1).take(chunk.owners), out=section)
    headings[:] = np.log1p(total).take(chunk.owners)
    i = np.arange(chunk.n_sentences)
    before = chunk.firsts.take(chunk.owners) - 1
    distances[:] = i - np.maximum.accumulate(np.where(layout.heading, i, before))


def _measure_lengths(chunk: Chunk, layout: Layout, out: Floats) -> None:
    words, of_mean, content, letters = out
    n_words = np.maximum(chunk.n_words, 1.0)
    np.log(n_words, out=words)
    np.minimum(n_words * (chunk.sizes / chunk.sum_documents(n_words)).take(chunk.owners), 4, out=of_mean)
    np.divide(chunk.lengths, n_words, out=content)
    np.minimum((layout.ends - layout.starts) / n_words, 20, out=letters)
