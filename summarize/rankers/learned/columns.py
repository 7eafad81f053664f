"""Compute the features of the learned ranker.

`COLUMNS` names the columns of `compute_features`. Each column is a sum over the pairs of a sentence and a
term, over the characters or over the sentences, but never over pairs of sentences. So the time is linear in
the text.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from summarize.features.chunk import accumulate
from summarize.features.tfidf import find_rows, measure_runs, opens_run
from summarize.rankers.learned.cues import CUES, count_cues
from summarize.rankers.learned.lexicon import look_up_terms
from summarize.rankers.learned.position import POSITIONS, Layout, describe_positions
from summarize.rankers.learned.surface import SURFACE, describe_surface

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from summarize.features.chunk import Chunk

    Floats = NDArray[np.float64]

# Shares of terms that occur for the first time, occur again later, or both.
_NEW = ("new words", "words to come", "new words to come")
# Means over terms: frequency, idf, and weight in the lexicon. Sums over terms: tf-idf mass, sentences that
# share the term.
_TERMS = ("frequency", "rarity", "mean picked words", "mass", "overlap")
# Cosines with weighted sums of sentences.
_SUMS = ("centroid", "second centrality", "first sentences", "lead", "headings together", "last sentences")
# Mean cosines with the sentences after and before.
_SIDES = ("after", "before")
# Derived from the above: the sum of lexicon weights, the mean cosine with all other sentences, and directed
# centrality.
_DERIVED = ("picked words", "centrality", "directed")
# Cues that the paragraph summarizes the rest of the text, as an abstract does.
_PARAGRAPHS = ("paragraph likeness", "paragraph rank", "opening likeness")
_PARTS = ("in other parts",)
_PHRASES = ("phrases", "log phrases")

COLUMNS = (
    *POSITIONS, *_NEW, *_TERMS, *_SUMS, *_SIDES, *_DERIVED, *_PARAGRAPHS, *_PARTS, *_PHRASES, *CUES, *SURFACE
)  # fmt: skip
PICKED_WORDS = [COLUMNS.index("mean picked words"), COLUMNS.index("picked words")]
_BY_COUNTS, _BY_WEIGHTS, _OF_DERIVED, _OF_PARAGRAPHS, _OF_PARTS = find_rows(
    (*_NEW, *_TERMS), (*_SUMS, *_SIDES), _DERIVED, _PARAGRAPHS, _PARTS
)
_OF_POSITIONS, _OF_TERMS, _OF_PHRASES, _OF_CUES, _OF_SURFACE = find_rows(
    POSITIONS, COLUMNS[len(POSITIONS) : COLUMNS.index(_PHRASES[0])], _PHRASES, CUES, SURFACE
)
_MEAN_PICKED, _OVERLAP = ((*_NEW, *_TERMS).index(each) for each in ("mean picked words", "overlap"))
# The default of `summarize.rankers.directed`.
_BACKWARD_WEIGHT = -0.3
# More than two cosines can differ by.
_SHIFT = 4.0
# Numbers of pairs to hold at once, and to sort by sentence at once.
_MAX_CELLS, _MAX_SORTED = 4_000_000, 1_000_000


def compute_features(chunk: Chunk) -> Floats:
    """Compute the features of each sentence.

    Parameters
    ----------
    chunk : Chunk

    Returns
    -------
    ndarray of float64, shape (n_sentences, n_columns)
        Columns as in `COLUMNS`. All values are finite.

    Examples
    --------
    >>> from summarize import segment
    >>> from summarize.features.chunk import Chunk
    >>> features = compute_features(Chunk([segment("One came. Two came. Three came.", language="en")]))
    >>> features[:, COLUMNS.index("first")]
    array([1., 0., 0.])
    """
    table = np.empty((len(COLUMNS), chunk.n_sentences))
    layout = Layout.of(chunk)
    weights, cues = look_up_terms(chunk)
    # What needs most memory comes first: a part of the table takes none until it is filled.
    _describe_terms(chunk, layout, weights, table[_OF_TERMS])
    _count_phrases(chunk, table[_OF_PHRASES])
    count_cues(chunk, layout, cues, table[_OF_CUES])
    describe_positions(chunk, layout, table[_OF_POSITIONS])
    describe_surface(chunk, layout, table[_OF_SURFACE])
    return table.T


class _Pairs:
    """The distinct pairs of a sentence and a term, sorted by term, then by sentence.

    Parameters
    ----------
    chunk : Chunk
        With at least one term.

    Attributes
    ----------
    rows, terms : ndarray of int32, shape (n_pairs,)
        Indices of the sentence and the term.
    opens : ndarray of bool, shape (n_pairs,)
        Whether a pair is the first one of its term.
    starts : ndarray of int64, shape (n_distinct,)
        Index of the first pair of each term.
    counts : ndarray of int32, shape (n_pairs,)
        Occurrences of the term in the sentence.
    spreads : ndarray of int64, shape (n_distinct,)
        Number of sentences with each term.
    frequencies, idf : ndarray of float64, shape (n_distinct,)
        Occurrences and inverse sentence frequency of each term.
    unit : ndarray of float64, shape (n_pairs,)
        Weight of the term in the tf-idf vector of the sentence, which has unit length.
    total : ndarray of float64, shape (n_distinct,)
        Sum of the vectors of all sentences.
    """

    def __init__(self, chunk: Chunk) -> None:
        n = chunk.n_sentences
        # Terms are numbered by first appearance, so no number up to the largest is missing.
        keys = chunk.terms.astype(np.int64)
        keys *= n
        keys += chunk.rows
        keys.sort()
        starts = opens_run(keys).nonzero()[0]
        self.counts = measure_runs(starts, len(keys)).astype(np.int32)
        keys = keys.take(starts)
        del starts
        self.terms, self.rows = np.empty((2, len(keys)), np.int32)
        # Without a temporary array of long numbers.
        np.floor_divide(keys, n, out=self.terms, casting="same_kind")
        np.remainder(keys, n, out=self.rows, casting="same_kind")
        del keys
        self.opens = opens_run(self.terms)
        self.starts = self.opens.nonzero()[0]
        self.spreads = measure_runs(self.starts, len(self.rows))
        self.frequencies = np.add.reduceat(self.counts, self.starts).astype(float)
        # The same as `features.tfidf.inverse_frequencies`.
        self.idf = np.log1p(chunk.sizes.take(chunk.owners_of_terms) / self.spreads)
        weights = self.idf.take(self.terms)
        weights *= self.counts
        norms = np.sqrt(np.bincount(self.rows, weights=weights * weights, minlength=n))
        weights /= norms.take(self.rows)
        self.unit = weights
        self.total = self.sum_terms(self.unit)
        self._n_rows = n
        self._by_row = self.rows.argsort(kind="stable").astype(np.int32)
        sizes = np.bincount(self.rows, minlength=n)
        self._filled = sizes.nonzero()[0]
        self._row_starts = (sizes.cumsum() - sizes).take(self._filled)

    def sum_sentences(self, values: Floats) -> Floats:
        """Sum over the terms of each sentence, from shape (n_kinds, n_pairs) to (n_kinds, n_sentences)."""
        sums = np.empty((len(values), len(self._filled)))
        # Some rows at a time, because those of a long text would be another array of its length.
        step = max(1, _MAX_SORTED * len(self._filled) // values.size)
        for first in range(0, len(self._filled), step):
            starts = self._row_starts[first : first + step]
            stop = self._row_starts[first + step] if first + step < len(self._row_starts) else len(self.rows)
            own = values.take(self._by_row[starts[0] : stop], axis=1)
            np.add.reduceat(own, starts - starts[0], axis=1, out=sums[:, first : first + step])
        if len(self._filled) == self._n_rows:
            return sums
        found = np.zeros((len(values), self._n_rows))
        found[:, self._filled] = sums
        return found

    def sum_terms(self, values: Floats) -> Floats:
        """Sum over the sentences of each term, from shape (..., n_pairs) to (..., n_distinct)."""
        sums: Floats = np.add.reduceat(values, self.starts, axis=-1)
        return sums


def _describe_terms(chunk: Chunk, layout: Layout, weights: Floats, out: Floats) -> None:
    """Fill the columns from "new words" to "in other parts".

    Parameters
    ----------
    chunk : Chunk
    layout : Layout
    weights : ndarray of float64, shape (n_distinct,)
        The trained weight of each distinct term.
    out : ndarray of float64, shape (n_columns, n_sentences)
    """
    if not len(chunk.terms):
        out[:] = 0.0
        return
    pairs = _Pairs(chunk)
    _compare_paragraphs(chunk, layout, pairs, out[_OF_PARAGRAPHS])
    _compare_parts(chunk, pairs, out[_OF_PARTS])
    sums = out[: _BY_WEIGHTS.stop]
    of_terms = _describe_each_term(chunk, layout, weights, pairs)
    # All columns at once are faster, but of a long text they would fill the memory.
    step = max(1, _MAX_CELLS // max(1, len(pairs.rows)))
    for first in range(0, _BY_WEIGHTS.stop, step):
        columns = range(first, min(first + step, _BY_WEIGHTS.stop))
        sums[first : columns.stop] = pairs.sum_sentences(_weigh_pairs(chunk, pairs, of_terms, columns))
    _average(chunk, sums, out[_OF_DERIVED])


def _weigh_pairs(chunk: Chunk, pairs: _Pairs, of_terms: Floats, columns: range) -> Floats:
    """Compute what each pair adds to some of the columns from "new words" to "before".

    Parameters
    ----------
    chunk : Chunk
    pairs : _Pairs
    of_terms : ndarray of float64
        From `_describe_each_term`.
    columns : range

    Returns
    -------
    ndarray of float64, shape (len(columns), n_pairs)
    """
    values = np.empty((len(columns), len(pairs.rows)))
    first, stop = columns.start, columns.stop
    new, sides = len(_NEW), _BY_WEIGHTS.stop - len(_SIDES)
    if first < new:
        for k, marks in enumerate(_find_new(pairs)[first:stop]):
            values[k] = marks
    low, high = max(first, new), min(stop, sides)
    if low < high:
        # With "clip", numpy writes to `out` without a temporary array; all terms are in range.
        of_terms[low - new : high - new].take(
            pairs.terms, axis=1, out=values[low - first : high - first], mode="clip"
        )
    if stop > sides:
        low = max(first, sides)
        _sum_sides(chunk, pairs, range(low - sides, stop - sides), values[low - first :])
    weighted = max(0, _BY_WEIGHTS.start - first)
    values[:weighted] *= pairs.counts
    values[weighted:] *= pairs.unit
    return values


def _find_new(pairs: _Pairs) -> tuple[NDArray[np.bool_], ...]:
    """Mark the pairs whose term is new, occurs again later, or both."""
    again = np.zeros(len(pairs.opens), bool)
    np.logical_not(pairs.opens[1:], out=again[:-1])
    return pairs.opens, again, pairs.opens & again


def _describe_each_term(chunk: Chunk, layout: Layout, word_weights: Floats, pairs: _Pairs) -> Floats:
    """Compute what each term adds to its sentences.

    The result has shape (n_rows, n_distinct), with rows as in `_TERMS` and `_SUMS`.
    """
    n, owners = chunk.n_sentences, chunk.owners_of_terms
    found = np.empty((len(_TERMS) + len(_SUMS), len(pairs.idf)))
    frequency, rarity, picked, share, others, mass = found[: len(_TERMS) + 1]
    np.divide(pairs.frequencies, chunk.n_terms.take(owners), out=frequency)
    rarity[:] = pairs.idf
    picked[:] = word_weights
    np.multiply(pairs.frequencies, pairs.idf, out=mass)
    np.divide(mass, chunk.sum_terms(mass).take(owners), out=share)
    np.subtract(pairs.spreads, 1, out=others)
    # Weights of the sentences in each sum: centrality, first three, early position, headings, last three.
    weights = np.zeros((len(_SUMS) - 1, n))
    weights[0] = np.bincount(pairs.rows, pairs.total.take(pairs.terms) * pairs.unit, n)
    np.less(chunk.index, 3, out=weights[1])
    np.exp(chunk.index / -10, out=weights[2])
    if layout.heading is not None:
        weights[3] = layout.heading
    np.greater_equal(chunk.index, chunk.sizes.take(chunk.owners) - 3, out=weights[4])
    sums = found[len(_TERMS) :]
    step = max(1, _MAX_CELLS // len(pairs.rows))
    for first in range(0, len(weights), step):
        some = slice(first, first + step)
        values = weights[some].take(pairs.rows, axis=1)
        values *= pairs.unit
        sums[1:][some] = pairs.sum_terms(values)
    sums /= np.sqrt(chunk.sum_terms(sums * sums) + 1e-18).take(owners, axis=1)
    return found


def _sum_sides(chunk: Chunk, pairs: _Pairs, sides: range, out: Floats) -> None:
    """Sum the weights of a pair's term in all later or in all earlier sentences.

    Parameters
    ----------
    chunk : Chunk
    pairs : _Pairs
    sides : range
        Which of `_SIDES`.
    out : ndarray of float64, shape (len(sides), n_pairs)
        Filled in place.
    """
    # The pairs of one term are adjacent, so a running sum adds up the earlier sentences.
    starts = pairs.starts.take(chunk.first_terms)
    before = accumulate(pairs.unit, starts)
    before -= pairs.unit
    passed_terms = accumulate(pairs.total, chunk.first_terms) - pairs.total
    before -= passed_terms.take(pairs.terms)
    for side, sums in zip(sides, out, strict=True):
        if _SIDES[side] == "before":
            sums[:] = before
        else:
            pairs.total.take(pairs.terms, out=sums, mode="clip")
            sums -= pairs.unit
            sums -= before


def _average(chunk: Chunk, sums: Floats, derived: Floats) -> None:
    """Divide sums to get means over the terms of a sentence or over the other sentences.

    Parameters
    ----------
    chunk : Chunk
    sums : ndarray of float64, shape (n_columns, n_sentences)
        The columns from "new words" to "before"; changed in place.
    derived : ndarray of float64, shape (3, n_sentences)
        The columns of `_DERIVED`; filled in place.
    """
    picked, centrality, directed = derived
    picked[:] = sums[_MEAN_PICKED]
    sums[: _MEAN_PICKED + 1] /= np.maximum(chunk.lengths, 1)
    n_others = np.maximum(chunk.sizes - 1, 1).take(chunk.owners)
    sums[_OVERLAP] /= np.log(np.maximum(chunk.n_words, 1) + 2.0) * n_others
    after, before = sums[-len(_SIDES) :]
    np.divide(after + before, n_others, out=centrality)
    np.divide(after + _BACKWARD_WEIGHT * before, n_others, out=directed)
    after /= np.maximum(n_others - chunk.index, 1.0)
    before /= np.maximum(chunk.index, 1.0)


def _compare_paragraphs(chunk: Chunk, layout: Layout, pairs: _Pairs, out: Floats) -> None:
    """Measure how similar the paragraph of each sentence is to the others; shape (3, n_sentences).

    The rows are the cosine with the sum of the others, the rank of the paragraph by this cosine, from 0 for
    the highest to 1, and the cosine again, but only for the first paragraph.
    """
    n, owners, number = len(layout.first), layout.owners, layout.paragraph
    # The pairs of one term and one paragraph are also adjacent.
    paragraphs = number.astype(np.int32).take(pairs.rows)
    opens = opens_run(paragraphs)
    opens |= pairs.opens
    starts = opens.nonzero()[0]
    paragraphs = paragraphs.take(starts)
    weights = np.add.reduceat(pairs.unit, starts)
    total = pairs.total
    products = total.take(pairs.terms.take(starts))
    del starts, opens
    products *= weights
    dot = np.bincount(paragraphs, weights=products, minlength=n)
    del products
    weights *= weights
    own = np.bincount(paragraphs, weights=weights, minlength=n)
    norms = own * np.maximum(chunk.sum_terms(total * total).take(owners) - 2 * dot + own, 0.0)
    similarity = (dot - own) / np.sqrt(np.maximum(norms, 1e-18))
    # Of two paragraphs, each is as similar to the other. Rounding errors must not decide their rank.
    # The shift keeps the paragraphs of each document together.
    rounded = _SHIFT * owners - similarity.round(9)
    n_before = np.sort(rounded).searchsorted(rounded) - layout.first_paragraphs.take(owners)
    rank = n_before / np.maximum(layout.n_paragraphs - 1, 1).take(owners)
    is_alone = layout.n_paragraphs.take(owners) < 2
    similarity[is_alone] = 0.0
    rank[is_alone] = 0.0
    out[0] = similarity.take(number)
    out[1] = rank.take(number)
    np.multiply(out[0], layout.local == 0, out=out[2])


def _compare_parts(chunk: Chunk, pairs: _Pairs, out: Floats) -> None:
    """Compute the share of the other parts that have a term, averaged over the terms of each sentence.

    The result has shape (1, n_sentences).
    """
    n_filled = chunk.n_filled_parts
    if (n_filled < 2).all():
        out[:] = 0.0
        return
    # A text begins where places begin again.
    text = (chunk.places == 0).cumsum() - 1
    n_texts = int(text[-1]) + 1
    keys = np.unique(pairs.terms * np.int64(n_texts) + text[pairs.rows])
    others = (np.bincount(keys // n_texts) - 1) / np.maximum(n_filled - 1, 1).take(chunk.owners_of_terms)
    number = np.maximum(np.bincount(pairs.rows, minlength=chunk.n_sentences), 1)
    out[:] = pairs.sum_sentences(others[pairs.terms][None]) / number


def _count_phrases(chunk: Chunk, out: Floats) -> None:
    """Fill the share of pairs of neighboring terms that are repeated, and the mean log of their counts.

    Parameters
    ----------
    chunk : Chunk
    out : ndarray of float64, shape (2, n_sentences)
    """
    rows, terms = chunk.rows, chunk.terms
    inside = (rows[1:] == rows[:-1]).nonzero()[0]
    if not len(inside):
        out[:] = 0.0
        return
    keys = terms.take(inside).astype(np.int64)
    keys *= int(chunk.n_distinct.sum())
    inside += 1
    keys += terms.take(inside)
    rows = rows.take(inside)
    del inside
    order = keys.argsort()
    starts = opens_run(keys.take(order)).nonzero()[0]
    lengths = measure_runs(starts, len(keys))
    times = np.empty(len(keys), np.int32)
    del keys
    times[order] = np.repeat(lengths, lengths)
    del order
    n = chunk.n_sentences
    out[0] = np.bincount(rows, times > 1, n)
    out[1] = np.bincount(rows, np.log(times), n)
    out /= np.maximum(np.bincount(rows, minlength=n), 1)
