"""What speaks for a sentence: the numbers that the learned ranker sees.

Every column of `collect_evidence` is named in `COLUMNS`. All are sums over the pairs of sentence and term or
over the characters, none over pairs of sentences; so time grows linearly with the text.
"""

from __future__ import annotations

import math
import os
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from summarize.features import count_terms, inverse_frequencies, opens_run
from summarize.marks import describe_marks

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from summarize.document import Document

    Floats = NDArray[np.float64]
    Integers = NDArray[np.int64]

COLUMNS = (
    # Place in the text, or in its part where it is made of several.
    "place", "place 3", "place 10", "place 30", "from end", "first", "sentences",
    # Place in the paragraph and under the heading.
    "opens paragraph", "closes paragraph", "place in paragraph", "paragraph length", "paragraph place",
    "paragraph first", "paragraphs", "after heading", "place in section", "section place", "headings",
    # Length.
    "words", "words of mean", "content share", "letters a word",
    # What is new and what comes again, in the order in which the text is read.
    "new words", "words to come", "new words to come", "after", "before",
    # Of the terms of a sentence: shares of the text, logarithms of rarity, mass, and how many share them.
    "frequency", "rarity", "mass", "overlap", "centrality",
    # Cosines with sums of sentences.
    "centroid", "second centrality", "first sentences", "lead", "headings together", "last sentences",
    # Whether the paragraph sums up the rest of the text, as an abstract does.
    "paragraph likeness", "paragraph repeated", "paragraph spread", "paragraph rank", "opening likeness",
    # Phrases.
    "phrases", "log phrases",
    # Words that people keep, as learned: the sum of their weights, the mean, the greatest, the least.
    "kept words", "mean kept words", "most kept word", "least kept word",
    # Marks.
    "capitals", "digits", "quotes", "questions", "brackets", "commas", "colons", "ends",
    "lower start", "dangling",
    # Several parts.
    "parts", "in other parts",
)  # fmt: skip


def collect_evidence(document: Document) -> Floats:
    """The evidence of every sentence.

    Parameters
    ----------
    document : Document

    Returns
    -------
    ndarray of float64, shape (n_sentences, n_columns)
        Columns as in `COLUMNS`; finite.
    """
    n = len(document)
    if not n:
        return np.zeros((0, len(COLUMNS)))
    layout = _Layout.of(document)
    pairs = _Pairs(document)
    columns = (
        *_places(document),
        *_paragraphs(layout),
        *_lengths(document, layout),
        *_words(pairs),
        *_likeness(document, layout, pairs),
        *_sum_up(layout, pairs),
        *_phrases(document, pairs),
        *_kept_words(pairs, look_up_words(document)),
        *describe_marks(document, layout.starts, layout.ends),
        *_spread_over_parts(document, pairs),
    )
    table = np.empty((len(COLUMNS), n))
    for k, column in enumerate(columns):
        table[k] = column
    return table.T


def compare_with_title(document: Document) -> Floats:
    """Cosine of every sentence with the title that was given; shape (n_sentences,), 0 to 1."""
    pairs = _Pairs(document)
    title = np.bincount(document.title, minlength=pairs.n_terms)[: pairs.n_terms] * pairs.idf
    length = math.sqrt(title @ title)
    return pairs.sum_sentences(pairs.unit * title[pairs.terms]) / (length or 1.0)


class _Layout(NamedTuple):
    """Where sentences stand, as arrays of shape (n_sentences,).

    Attributes
    ----------
    starts, ends : ndarray of int64
        Half-open ranges of characters.
    paragraph : ndarray of int64
        Number of the paragraph, from 0, without gaps.
    first : ndarray of int64, shape (n_paragraphs,)
        The sentence that opens each paragraph.
    heading : ndarray of bool
    """

    starts: Integers
    ends: Integers
    paragraph: Integers
    first: Integers
    heading: NDArray[np.bool_]

    @classmethod
    def of(cls, document: Document) -> _Layout:
        rows = [(s.start, s.end, s.paragraph, s.kind == "heading") for s in document.sentences]
        starts, ends, number, heading = np.array(rows, np.int64).T
        opens = opens_run(number)
        return cls(starts, ends, opens.cumsum() - 1, opens.nonzero()[0], heading.astype(bool))


class _Pairs:
    """The distinct pairs of sentence and term, in the order of sentences and in that of terms.

    Attributes
    ----------
    rows, terms : ndarray of int64, shape (n_pairs,)
        By sentence, then term.
    counts : ndarray of float64, shape (n_pairs,)
    unit : ndarray of float64, shape (n_pairs,)
        Weights of the tf-idf vectors of sentences, of unit length.
    by_term : ndarray of int64, shape (n_pairs,)
        Where the pairs stand by term, then sentence; `rows_by_term`, `terms_by_term` and `unit_by_term` are
        in that order.
    sizes : ndarray of int64, shape (n_sentences,)
        Occurrences of terms in each sentence, at least 1.
    idf, frequencies : ndarray of float64, shape (n_terms,)
        Rarity and occurrences of every term.
    spreads : ndarray of int64, shape (n_terms,)
        Sentences with each term.
    row_starts, filled_rows : ndarray of int64, shape (n_filled_rows,)
        Where the pairs of each sentence with terms begin, and which sentences these are.
    total : ndarray of float64, shape (n_terms,)
        Sum of the vectors of all sentences.
    degrees : ndarray of float64, shape (n_sentences,)
        Product of each vector with that sum.
    """

    def __init__(self, document: Document) -> None:
        counts = count_terms(document)
        self.rows, self.terms, times, self.n_rows, self.n_terms = counts
        self.counts = times.astype(float)
        self.sizes = np.maximum(document.offsets[1:] - document.offsets[:-1], 1)
        self.row_starts = opens_run(self.rows).nonzero()[0]
        self.filled_rows = self.rows[self.row_starts]
        self.by_term = self.terms.argsort(kind="stable")
        self.rows_by_term, self.terms_by_term = self.rows[self.by_term], self.terms[self.by_term]
        self._term_starts = opens_run(self.terms_by_term).nonzero()[0]
        self._filled_terms = self.terms_by_term[self._term_starts]
        self.idf = inverse_frequencies(counts)
        self.frequencies = np.bincount(self.terms, weights=self.counts, minlength=self.n_terms)
        self.spreads = np.bincount(self.terms, minlength=self.n_terms)
        weights = self.counts * self.idf[self.terms]
        norms = np.sqrt(self.sum_sentences(weights * weights))
        self.unit = weights / norms[self.rows]
        self.unit_by_term = self.unit[self.by_term]
        self.total = self.sum_terms(self.unit_by_term)
        self.degrees = self.sum_sentences(self.unit * self.total[self.terms])

    def sum_sentences(self, values: Floats) -> Floats:
        """Sums over the terms of every sentence: shape (..., n_pairs) to (..., n_sentences)."""
        sums = np.zeros((*values.shape[:-1], self.n_rows))
        sums[..., self.filled_rows] = np.add.reduceat(values, self.row_starts, axis=-1)
        return sums

    def sum_terms(self, values: Floats) -> Floats:
        """Sums over the sentences of every term, of values in the order of `by_term`."""
        sums = np.zeros((*values.shape[:-1], self.n_terms))
        sums[..., self._filled_terms] = np.add.reduceat(values, self._term_starts, axis=-1)
        return sums

    def order_by_sentence(self, values: Floats) -> Floats:
        """Values in the order of `by_term` in that of sentences."""
        ordered = np.empty_like(values)
        ordered[..., self.by_term] = values
        return ordered


def _places(document: Document) -> list[Floats]:
    n = len(document)
    i = np.arange(n)
    size = np.full(n, float(n))
    for part in document.parts:
        i[part.first : part.stop] -= part.first
        size[part.first : part.stop] = part.stop - part.first
    return [
        i / size,
        np.exp(i / -3),
        np.exp(i / -10),
        np.exp(i / -30),
        np.exp((i + 1 - size) / 5),
        i == 0,
        np.log1p(size),
    ]


def _paragraphs(layout: _Layout) -> list[Floats | float]:
    number, first, heading = layout.paragraph, layout.first, layout.heading
    n, n_paragraphs = len(number), len(first)
    i = np.arange(n)
    place = i - first[number]
    lengths = np.bincount(number)[number]
    after, section, last = np.zeros(n), np.zeros(n), i + 1
    n_sections = int(heading.sum())
    if n_sections:
        after[1:] = heading[:-1]
        section = heading.cumsum() / n_sections
        last = i - np.maximum.accumulate(np.where(heading, i, -1))
    return [
        place == 0,
        place == lengths - 1,
        np.exp(place / -2),
        np.log(lengths),
        number / n_paragraphs,
        np.exp(number / -5),
        math.log((1 + n_paragraphs) / (1 + n)),
        after,
        np.exp(last / -5),
        section,
        math.log1p(n_sections),
    ]


def _lengths(document: Document, layout: _Layout) -> list[Floats]:
    words = np.maximum(document.n_words, 1).astype(float)
    return [
        np.log(words),
        np.minimum(words / words.mean(), 4),
        (document.offsets[1:] - document.offsets[:-1]) / words,
        np.minimum((layout.ends - layout.starts) / words, 20),
    ]


def _words(pairs: _Pairs) -> list[Floats]:
    n, weights = pairs.n_rows, pairs.unit_by_term
    opens = opens_run(pairs.terms_by_term)
    closes = np.ones_like(opens)
    closes[:-1] = opens[1:]
    # The sentences of one term stand together: those before add up to what they pass on.
    running = weights.cumsum()
    before_all = pairs.total.cumsum() - pairs.total
    before = running - weights - before_all[pairs.terms_by_term]
    values = np.empty((5, len(weights)))
    values[0], values[1], values[2] = opens, closes, opens & ~closes
    values[3] = weights * (pairs.total[pairs.terms_by_term] - before - weights)
    values[4] = weights * before
    values = pairs.order_by_sentence(values)
    values[:3] *= pairs.counts
    sums = pairs.sum_sentences(values)
    sums[:3] /= pairs.sizes
    sums[3] /= np.maximum(np.arange(n - 1, -1, -1), 1)
    sums[4] /= np.maximum(np.arange(n), 1)
    sums[1] = 1 - sums[1]
    return list(sums)


def _likeness(document: Document, layout: _Layout, pairs: _Pairs) -> list[Floats]:
    n, terms = pairs.n_rows, pairs.terms
    mass = pairs.frequencies * pairs.idf
    of_terms = np.empty((10, pairs.n_terms))
    of_terms[0] = pairs.frequencies / max(1.0, float(pairs.counts.sum()))
    of_terms[1] = pairs.idf
    of_terms[2] = mass / (mass.sum() or 1.0)
    of_terms[3] = pairs.spreads - 1.0
    # Sums of sentences, weighted: by centrality, the first ones, an early place, headings, the last ones.
    weights = np.zeros((5, n))
    weights[0] = pairs.degrees
    weights[1, :3] = 1.0
    weights[2] = np.exp(np.arange(n) / -10)
    weights[3] = layout.heading
    weights[4, -3:] = 1.0
    sums = of_terms[4:]
    sums[0] = mass
    sums[1:] = pairs.sum_terms(weights.take(pairs.rows_by_term, axis=1) * pairs.unit_by_term)
    sums /= np.sqrt((sums * sums).sum(axis=1) + 1e-18)[:, None]

    values = of_terms.take(terms, axis=1)
    values[:4] *= pairs.counts
    values[4:] *= pairs.unit
    frequency, rarity, share, shared, *cosines = pairs.sum_sentences(values)
    n_others = max(1, n - 1)
    return [
        frequency / pairs.sizes,
        rarity / pairs.sizes,
        share,
        shared / np.log(np.maximum(document.n_words, 1) + 2.0) / n_others,
        (pairs.degrees - 1) / n_others,
        *cosines,
    ]


def _sum_up(layout: _Layout, pairs: _Pairs) -> list[Floats | float]:
    """How far the paragraph of a sentence says what the others say.

    Cosine with their sum, share of its terms that they have, in what share of them a term of it stands on the
    mean; its rank by the cosine; and the cosine if it is the first.
    """
    number, n = layout.paragraph, len(layout.first)
    if n < 2 or not len(pairs.terms):
        return [0.0] * 5
    # Sentences of one paragraph that have a term stand together, too.
    t, p = pairs.terms_by_term, number[pairs.rows_by_term]
    starts = opens_run(t * n + p).nonzero()[0]
    t, p = t[starts], p[starts]
    weights = np.add.reduceat(pairs.unit_by_term, starts)
    total = pairs.total
    own = np.bincount(p, weights=weights * weights, minlength=n)
    dot = np.bincount(p, weights=weights * total[t], minlength=n)
    norms = own * np.maximum(total @ total - 2 * dot + own, 0.0)
    others = np.bincount(t)[t] - 1
    size = np.maximum(np.bincount(p, minlength=n), 1)
    likeness = (dot - own) / np.sqrt(np.maximum(norms, 1e-18))
    # Of two paragraphs each is as like the other; rounding must not decide.
    rounded = -likeness.round(9)
    found = np.zeros((5, n))
    found[0] = likeness
    found[1] = np.bincount(p, weights=others > 0, minlength=n) / size
    found[2] = np.bincount(p, weights=others, minlength=n) / size / (n - 1)
    found[3] = np.sort(rounded).searchsorted(rounded) / (n - 1)
    found[4, 0] = likeness[0]
    return list(found[:, number])


def _phrases(document: Document, pairs: _Pairs) -> list[Floats | float]:
    """Of the pairs of neighbouring terms, the share that comes again, and the mean log of how often."""
    offsets, n = document.offsets, pairs.n_rows
    terms = document.terms.astype(np.int64)
    keys = terms[:-1] * pairs.n_terms + terms[1:]
    rows = np.repeat(np.arange(n), offsets[1:] - offsets[:-1])
    inside = rows[1:] == rows[:-1]
    keys, rows = keys[inside], rows[1:][inside]
    if not len(keys):
        return [0.0, 0.0]
    order = keys.argsort()
    starts = opens_run(keys[order]).nonzero()[0]
    ends = np.append(starts[1:], len(keys))
    times = np.empty(len(keys), np.int64)
    times[order] = np.repeat(ends - starts, ends - starts)
    number = np.maximum(np.bincount(rows, minlength=n), 1)
    return [
        np.bincount(rows, weights=times > 1, minlength=n) / number,
        np.bincount(rows, weights=np.log(times), minlength=n) / number,
    ]


KEPT_WORDS = slice(COLUMNS.index("kept words"), COLUMNS.index("least kept word") + 1)
_WORDS = os.path.join(os.path.dirname(__file__), "data", "ranker", "words.txt")


def look_up_words(document: Document) -> Floats:
    """How readily people keep a sentence with each term, shape (n_terms,); 0 for terms not learned."""
    weights = load_words(document.language)
    if not weights:
        return np.zeros(len(document.vocabulary))
    return np.array([weights.get(term, 0.0) for term in document.vocabulary])


@cache
def load_words(language: str) -> dict[str, float]:
    """The learned weights of the terms of a language; none where nothing was learned.

    The file has a heading for each language, and below it lines of a term and a hundred times its weight.
    """
    with open(_WORDS, encoding="utf-8") as file:
        _, _, section = file.read().partition(f"[{language}]\n")
    lines = section.partition("[")[0].splitlines()
    return {term: int(weight) / 100 for term, weight in map(str.split, lines)}


def weigh_words(document: Document, weights: Floats) -> Floats:
    """The columns `KEPT_WORDS` with other weights of terms; shape (n_sentences, 4)."""
    return np.array(_kept_words(_Pairs(document), weights)).T


def _kept_words(pairs: _Pairs, weights: Floats) -> Floats:
    found = np.zeros((4, pairs.n_rows))
    if weights.any():
        values, starts = weights[pairs.terms], pairs.row_starts
        found[0] = pairs.sum_sentences(values)
        found[1] = found[0] / pairs.sizes
        # A sentence whose words are all disliked has no most kept word; nor the other way round.
        found[2, pairs.filled_rows] = np.maximum(np.maximum.reduceat(values, starts), 0.0)
        found[3, pairs.filled_rows] = np.minimum(np.minimum.reduceat(values, starts), 0.0)
    return found


def _spread_over_parts(document: Document, pairs: _Pairs) -> list[Floats | float]:
    """How many parts there are, and in what share of the others the terms of a sentence stand."""
    n_parts = len(document.parts)
    if n_parts < 2:
        return [0.0, 0.0]
    part = np.repeat(np.arange(n_parts), [p.stop - p.first for p in document.parts])
    keys = np.unique(pairs.terms * n_parts + part[pairs.rows])
    others = np.bincount(keys // n_parts, minlength=pairs.n_terms) - 1
    number = np.maximum(np.bincount(pairs.rows, minlength=pairs.n_rows), 1)
    return [math.log(n_parts), pairs.sum_sentences(others[pairs.terms] / (n_parts - 1)) / number]
