"""The features of a sentence that the learned ranker sees.

Every column of `compute_features` is named in `COLUMNS`. All are sums over the pairs of sentence and term,
over the characters or over the sentences, none over pairs of sentences; so time grows linearly with the text.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from summarize.features.tfidf import find_rows, measure_runs, opens_run
from summarize.rankers.learned.lexicon import look_up_words
from summarize.rankers.learned.position import PLACES, Layout, count_filled_parts, describe_places
from summarize.rankers.learned.surface import MARKS, describe_marks

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from summarize.document import Document

    Floats = NDArray[np.float64]
    Integers = NDArray[np.int64]

# Words that are new, and words that come again, in reading order.
_NEW = ("new words", "words to come", "new words to come")
# Means over terms: share of the text, log rarity, words that people keep, mass, sentences that share them.
_TERMS = ("frequency", "rarity", "mean kept words", "mass", "overlap")
# Cosines with sums of sentences.
_SUMS = ("centroid", "second centrality", "first sentences", "lead", "headings together", "last sentences")
# Mean cosine with the sentences after and before.
_SIDES = ("after", "before")
# Derived from these: mean cosine with all sentences, and with later minus part of that with earlier ones.
_DERIVED = ("kept words", "centrality", "directed")
# Whether the paragraph sums up the rest of the text, as an abstract does.
_PARAGRAPHS = ("paragraph likeness", "paragraph rank", "opening likeness")
_PARTS = ("in other parts",)
_PHRASES = ("phrases", "log phrases")

COLUMNS = (
    *PLACES, *_NEW, *_TERMS, *_SUMS, *_SIDES, *_DERIVED, *_PARAGRAPHS, *_PARTS, *_PHRASES, *MARKS
)  # fmt: skip
KEPT_WORDS = [COLUMNS.index("mean kept words"), COLUMNS.index("kept words")]
_BY_COUNTS, _BY_WEIGHTS, _OF_DERIVED, _OF_PARAGRAPHS, _OF_PARTS = find_rows(
    (*_NEW, *_TERMS), (*_SUMS, *_SIDES), _DERIVED, _PARAGRAPHS, _PARTS
)
_OF_PLACES, _OF_TERMS, _OF_PHRASES, _OF_MARKS = find_rows(
    PLACES, COLUMNS[len(PLACES) : COLUMNS.index(_PHRASES[0])], _PHRASES, MARKS
)
_MEAN_KEPT, _OVERLAP = ((*_NEW, *_TERMS).index(each) for each in ("mean kept words", "overlap"))
# The default of `summarize.rankers.directed`.
_BACKWARD_WEIGHT = -0.3


def compute_features(document: Document) -> Floats:
    """Compute the features of every sentence.

    Parameters
    ----------
    document : Document

    Returns
    -------
    ndarray of float64, shape (n_sentences, n_columns)
        Columns as in `COLUMNS`; finite.
    """
    table = np.empty((len(COLUMNS), len(document)))
    if not len(document):
        return table.T
    layout = Layout.of(document)
    rows = np.repeat(np.arange(len(document)), document.offsets[1:] - document.offsets[:-1])
    describe_places(document, layout, table[_OF_PLACES])
    _describe_terms(document, layout, rows, table[_OF_TERMS])
    _count_phrases(document, rows, table[_OF_PHRASES])
    describe_marks(document, layout, table[_OF_MARKS])
    return table.T


class _Pairs:
    """The distinct pairs of sentence and term, sorted by term, then sentence; at least one.

    Parameters
    ----------
    document : Document
        With at least one term.
    rows : ndarray of int64, shape (n_terms,)
        The sentence of each term of the document.

    Attributes
    ----------
    rows, terms : ndarray of int64, shape (n_pairs,)
    opens : ndarray of bool, shape (n_pairs,)
        Whether a pair is the first of its term.
    starts : ndarray of int64, shape (n_distinct,)
        Where the pairs of each term begin.
    counts : ndarray of float64, shape (n_pairs,)
    spreads : ndarray of int64, shape (n_distinct,)
        Sentences with each term.
    frequencies, idf : ndarray of float64, shape (n_distinct,)
        Occurrences and rarity of every term.
    unit : ndarray of float64, shape (n_pairs,)
        Weights of the tf-idf vectors of sentences, of unit length.
    total : ndarray of float64, shape (n_distinct,)
        Sum of the vectors of all sentences.
    """

    def __init__(self, document: Document, rows: Integers) -> None:
        self.n_rows = n = len(document)
        # Terms are numbered by first appearance: every number up to the greatest is there.
        keys = document.terms.astype(np.int64) * n + rows
        keys.sort()
        starts = opens_run(keys).nonzero()[0]
        self.counts = measure_runs(starts, len(keys)).astype(float)
        keys = keys.take(starts)
        self.terms = keys // n
        self.rows = keys - self.terms * n
        self.opens = opens_run(self.terms)
        self.starts = self.opens.nonzero()[0]
        self.spreads = measure_runs(self.starts, len(keys))
        self.frequencies = self.sum_terms(self.counts)
        # As `features.inverse_frequencies`.
        self.idf = np.log1p(n / self.spreads)
        weights = self.counts * self.idf.take(self.terms)
        norms = np.sqrt(np.bincount(self.rows, weights=weights * weights, minlength=n))
        self.unit = weights / norms.take(self.rows)
        self.total = self.sum_terms(self.unit)
        self._by_row = self.rows.argsort(kind="stable")
        rows = self.rows[self._by_row]
        self._row_starts = opens_run(rows).nonzero()[0]
        self._filled = rows[self._row_starts]

    def sum_sentences(self, values: Floats) -> Floats:
        """Sum over the terms of every sentence: shape (n_kinds, n_pairs) to (n_kinds, n_sentences)."""
        sums = np.add.reduceat(values.take(self._by_row, axis=1), self._row_starts, axis=1)
        if len(self._filled) == self.n_rows:
            return sums
        found = np.zeros((len(values), self.n_rows))
        found[:, self._filled] = sums
        return found

    def sum_terms(self, values: Floats) -> Floats:
        """Sum over the sentences of every term: shape (..., n_pairs) to (..., n_distinct)."""
        sums: Floats = np.add.reduceat(values, self.starts, axis=-1)
        return sums


def _describe_terms(document: Document, layout: Layout, rows: Integers, out: Floats) -> None:
    """Compute the columns from "new words" to "in other parts".

    Parameters
    ----------
    document : Document
    layout : Layout
    rows : ndarray of int64, shape (n_terms,)
        The sentence of each term of the document.
    out : ndarray of float64, shape (n_columns, n_sentences)
    """
    if not len(document.terms):
        out[:] = 0.0
        return
    pairs = _Pairs(document, rows)
    values = np.empty((_BY_WEIGHTS.stop, len(pairs.rows)))
    _find_new(pairs, values[: len(_NEW)])
    # With "clip", numpy writes to `out` without a temporary array; all terms are in range.
    of_terms = _describe_each_term(document, layout, pairs)
    of_terms.take(pairs.terms, axis=1, out=values[len(_NEW) : -len(_SIDES)], mode="clip")
    _look_to_sides(pairs, values[-len(_SIDES) :])
    values[_BY_COUNTS] *= pairs.counts
    values[_BY_WEIGHTS] *= pairs.unit
    sums = out[: _BY_WEIGHTS.stop]
    sums[:] = pairs.sum_sentences(values)
    _scale(document, sums, out[_OF_DERIVED])
    _sum_up(layout, pairs, out[_OF_PARAGRAPHS])
    _spread_over_parts(document, pairs, out[_OF_PARTS])


def _find_new(pairs: _Pairs, out: Floats) -> None:
    """Mark for every pair whether the term is new, comes again later, and both; shape (3, n_pairs)."""
    new, again, both = out
    new[:] = pairs.opens
    np.subtract(1, new[1:], out=again[:-1])
    again[-1] = 0
    np.multiply(new, again, out=both)


def _describe_each_term(document: Document, layout: Layout, pairs: _Pairs) -> Floats:
    """Compute what a term adds to each sentence; rows as in `_TERMS` and `_SUMS`, (n_rows, n_distinct)."""
    n, n_terms = len(document), len(pairs.idf)
    found = np.empty((len(_TERMS) + len(_SUMS), n_terms))
    frequency, rarity, kept, share, others, mass = found[: len(_TERMS) + 1]
    np.divide(pairs.frequencies, len(document.terms), out=frequency)
    rarity[:] = pairs.idf
    kept[:] = look_up_words(document)[:n_terms]
    np.multiply(pairs.frequencies, pairs.idf, out=mass)
    np.divide(mass, mass.sum(), out=share)
    np.subtract(pairs.spreads, 1, out=others)
    # Weights of the sums of sentences: centrality, first sentences, early position, headings, last sentences.
    weights = np.zeros((len(_SUMS) - 1, n))
    weights[0] = np.bincount(pairs.rows, pairs.unit * pairs.total.take(pairs.terms), n)
    weights[1, :3] = 1.0
    np.exp(np.arange(n) / -10, out=weights[2])
    if layout.heading is not None:
        weights[3] = layout.heading
    weights[4, -3:] = 1.0
    sums = found[len(_TERMS) :]
    sums[1:] = pairs.sum_terms(weights.take(pairs.rows, axis=1) * pairs.unit)
    sums /= np.sqrt(np.einsum("ij,ij->i", sums, sums) + 1e-18)[:, None]
    return found


def _look_to_sides(pairs: _Pairs, out: Floats) -> None:
    """Sum the weights of a pair's term in all later and in all earlier sentences; shape (2, n_pairs)."""
    after, before = out
    # The sentences of one term are adjacent, so those before it are a running sum.
    passed = pairs.unit.cumsum() - pairs.unit
    np.subtract(passed, (pairs.total.cumsum() - pairs.total).take(pairs.terms), out=before)
    np.subtract(pairs.total.take(pairs.terms) - pairs.unit, before, out=after)


def _scale(document: Document, sums: Floats, derived: Floats) -> None:
    """Divide sums to make means: over the terms of a sentence, or over the other sentences.

    Parameters
    ----------
    document : Document
    sums : ndarray of float64, shape (n_columns, n_sentences)
        From "new words" to "before"; changed in place.
    derived : ndarray of float64, shape (3, n_sentences)
        Is filled.
    """
    n = len(document)
    kept, centrality, directed = derived
    kept[:] = sums[_MEAN_KEPT]
    sums[: _MEAN_KEPT + 1] /= np.maximum(document.offsets[1:] - document.offsets[:-1], 1)
    n_others = max(1, n - 1)
    sums[_OVERLAP] /= np.log(np.maximum(document.n_words, 1) + 2.0) * n_others
    after, before = sums[-len(_SIDES) :]
    np.divide(after + before, n_others, out=centrality)
    np.divide(after + _BACKWARD_WEIGHT * before, n_others, out=directed)
    others = np.maximum(np.arange(n), 1.0)
    after /= others[::-1]
    before /= others


def _sum_up(layout: Layout, pairs: _Pairs, out: Floats) -> None:
    """Measure how similar the paragraph of a sentence is to the others; shape (3, n_sentences).

    Cosine with their sum; its rank by the cosine; and the cosine if it is the first.
    """
    number, n = layout.paragraph, len(layout.first)
    if n < 2:
        out[:] = 0.0
        return
    # Sentences of one paragraph that have a term are adjacent, too.
    paragraphs = number.take(pairs.rows)
    opens = opens_run(paragraphs)
    opens |= pairs.opens
    starts = opens.nonzero()[0]
    paragraphs = paragraphs.take(starts)
    weights = np.add.reduceat(pairs.unit, starts)
    total = pairs.total
    own = np.bincount(paragraphs, weights=weights * weights, minlength=n)
    dot = np.bincount(paragraphs, weights=weights * total.take(pairs.terms.take(starts)), minlength=n)
    norms = own * np.maximum(total @ total - 2 * dot + own, 0.0)
    likeness = (dot - own) / np.sqrt(np.maximum(norms, 1e-18))
    # Two paragraphs are equally similar to each other; rounding must not decide.
    rounded = -likeness.round(9)
    out[0] = likeness[number]
    out[1] = (np.sort(rounded).searchsorted(rounded) / (n - 1))[number]
    out[2] = np.where(number == 0, likeness[0], 0.0)


def _spread_over_parts(document: Document, pairs: _Pairs, out: Floats) -> None:
    """Compute the mean share of the other texts that have the terms of a sentence; shape (1, n_sentences)."""
    n_filled = count_filled_parts(document)
    if n_filled < 2:
        out[:] = 0.0
        return
    n_parts = len(document.parts)
    part = np.repeat(np.arange(n_parts), [p.stop - p.first for p in document.parts])
    keys = np.unique(pairs.terms * n_parts + part[pairs.rows])
    others = np.bincount(keys // n_parts) - 1
    number = np.maximum(np.bincount(pairs.rows, minlength=pairs.n_rows), 1)
    out[:] = pairs.sum_sentences((others[pairs.terms] / (n_filled - 1))[None]) / number


def _count_phrases(document: Document, rows: Integers, out: Floats) -> None:
    """Compute the share of pairs of neighboring terms that come again, and the mean log of how often.

    Parameters
    ----------
    document : Document
    rows : ndarray of int64, shape (n_terms,)
        The sentence of each term of the document.
    out : ndarray of float64, shape (2, n_sentences)
    """
    n = len(document)
    inside = (rows[1:] == rows[:-1]).nonzero()[0]
    if not len(inside):
        out[:] = 0.0
        return
    terms = document.terms.astype(np.int64)
    keys = terms.take(inside) * len(document.vocabulary) + terms.take(inside + 1)
    order = keys.argsort()
    starts = opens_run(keys.take(order)).nonzero()[0]
    lengths = measure_runs(starts, len(keys))
    times = np.empty(len(keys), np.int64)
    times[order] = np.repeat(lengths, lengths)
    rows = rows.take(inside)
    out[0] = np.bincount(rows, times > 1, n)
    out[1] = np.bincount(rows, np.log(times), n)
    out /= np.maximum(np.bincount(rows, minlength=n), 1)
