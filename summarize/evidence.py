"""What speaks for a sentence: the numbers that the learned ranker sees.

Every column of `collect_evidence` is named in `COLUMNS`. All are cheap: one pass over the characters, one
over the pairs of sentence and term, none over pairs of sentences; so time grows linearly with the text.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from summarize.dangling import find_dangling_starts
from summarize.features import Counts, as_matrix, count_terms, inverse_frequencies, tf_idf, unit_rows

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from summarize.document import Document

    Column = NDArray[np.float64]

# Means over the terms of a sentence of what is known of each term.
_MEANS = ("frequency", "log frequency", "rarity", "hapaxes", "keywords", "spread")
# Cosines with sums of sentences.
_LIKENESSES = (
    "centroid",
    "second centrality",
    "first sentence",
    "first sentences",
    "lead",
    "title",
    "last sentences",
)
COLUMNS = (
    # Place in the text, or in its part where it is made of several.
    "place", "place 3", "place 10", "place 30", "from end", "first", "sentences",
    # Place in the paragraph and under the heading.
    "opens paragraph", "closes paragraph", "place in paragraph", "paragraph length", "paragraph place",
    "paragraph first", "paragraphs", "after heading", "place in section", "section place", "headings",
    # Length.
    "words", "words of mean", "content share", "letters a word",
    # Words.
    "keyword", "new words", "old words", "words to come", "new words to come", "after", "before",
    "previous", "next",
    # Sums over words, and likeness.
    *_MEANS, *_LIKENESSES, "mass", "mass a word", "centrality", "overlap", "dense",
    # Whether the paragraph sums up the rest of the text, as an abstract does.
    "paragraph likeness", "paragraph repeated", "paragraph spread", "paragraph rank", "opening likeness",
    # Phrases.
    "phrases", "log phrases",
    # Marks.
    "capitals", "digits", "quotes", "questions", "brackets", "commas", "colons", "ends",
    "lower start", "dangling",
    # Several parts.
    "parts", "in other parts",
)  # fmt: skip


def collect_evidence(document: Document) -> NDArray[np.float64]:
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
    table = np.zeros((len(COLUMNS), n))
    if not n:
        return table.T
    counts = count_terms(document)
    blocks = (
        *_places(document),
        *_paragraphs(document),
        *_lengths(document),
        *_words(document, counts),
        *_likeness(document, counts),
        *_phrases(document),
        *_marks(document),
        *_spread_over_parts(document, counts),
    )
    k = 0
    for block in blocks:
        height = 1 if block.ndim == 1 else len(block)
        table[k : k + height] = block
        k += height
    return table.T


def _places(document: Document) -> list[Column]:
    n = len(document)
    i = np.arange(n)
    size = np.full(n, float(n))
    for part in document.parts:
        i[part.first : part.stop] -= part.first
        size[part.first : part.stop] = part.stop - part.first
    return [
        i / size,
        np.exp(-i / 3),
        np.exp(-i / 10),
        np.exp(-i / 30),
        np.exp((i + 1 - size) / 5),
        (i == 0).astype(float),
        np.log1p(size),
    ]


def _spread_over_parts(document: Document, counts: Counts) -> list[Column]:
    """How many parts there are, and in what share of the others the terms of a sentence stand."""
    n = len(document)
    if len(document.parts) < 2:
        return [np.zeros(n), np.zeros(n)]
    part = np.repeat(np.arange(len(document.parts)), [p.stop - p.first for p in document.parts])
    keys = np.unique(counts.terms * len(document.parts) + part[counts.rows])
    spread = np.bincount(keys // len(document.parts), minlength=counts.n_terms) - 1
    shared = np.bincount(counts.rows, weights=spread[counts.terms], minlength=n)
    number = np.maximum(np.bincount(counts.rows, minlength=n), 1)
    return [np.full(n, np.log(len(document.parts))), shared / number / (len(document.parts) - 1)]


def _paragraphs(document: Document) -> list[Column]:
    n = len(document)
    paragraph = np.array([s.paragraph for s in document.sentences])
    heading = np.array([s.kind == "heading" for s in document.sentences])
    opens = np.ones(n, bool)
    np.not_equal(paragraph[1:], paragraph[:-1], out=opens[1:])
    closes = np.ones(n, bool)
    closes[:-1] = opens[1:]
    number = np.cumsum(opens) - 1
    first = np.flatnonzero(opens)
    lengths = np.diff(np.append(first, n))
    place = np.arange(n) - first[number]
    after = np.zeros(n, bool)
    after[1:] = heading[:-1]
    last = np.maximum.accumulate(np.where(heading, np.arange(n), -1))
    section = np.cumsum(heading)
    return [
        opens.astype(float),
        closes.astype(float),
        np.exp(-place / 2),
        np.log(lengths[number]),
        number / len(first),
        np.exp(-number / 5),
        np.full(n, np.log1p(len(first)) - np.log1p(n)),
        after.astype(float),
        np.exp(-(np.arange(n) - last) / 5),
        section / max(1, section[-1]),
        np.full(n, np.log1p(section[-1])),
    ]


def _lengths(document: Document) -> list[Column]:
    words = np.maximum(document.n_words, 1).astype(float)
    terms = np.diff(document.offsets)
    letters = np.array([s.end - s.start for s in document.sentences])
    return [
        np.log(words),
        np.minimum(words / words.mean(), 4),
        terms / words,
        np.minimum(letters / words, 20),
    ]


def _words(document: Document, counts: Counts) -> list[Column]:
    """What is new and what comes again, in the order in which the text is read."""
    n, rows, terms, times = counts.n_rows, counts.rows, counts.terms, counts.counts
    tf = np.bincount(terms, weights=times, minlength=counts.n_terms)
    n_terms = np.maximum(np.diff(document.offsets), 1)
    # Of several values assigned to one place the last one stays.
    first, last = np.zeros((2, counts.n_terms), np.int64)
    first[terms[::-1]] = rows[::-1]
    last[terms] = rows
    new, final = first[terms] == rows, last[terms] == rows
    fresh, ended, opening = (
        np.bincount(rows, weights=times * flags, minlength=n) / n_terms
        for flags in (new, final, new & ~final)
    )
    most = np.zeros(n)
    if len(rows):
        starts = _find_starts(rows)
        most[rows[starts]] = np.maximum.reduceat((tf / tf.max())[terms], starts)

    # The sentences of one term stand together: those before add up to what they pass on.
    unit = unit_rows(counts, tf_idf(counts))
    by_term = np.argsort(terms, kind="stable")
    t, r, w = terms[by_term], rows[by_term], unit[by_term]
    sums = np.bincount(terms, weights=unit, minlength=counts.n_terms)
    before = np.cumsum(w) - w - (np.cumsum(sums) - sums)[t]
    after = sums[t] - before - w
    close = np.flatnonzero((t[1:] == t[:-1]) & (r[1:] == r[:-1] + 1))
    previous = np.bincount(r[1:][close], weights=w[1:][close] * w[close], minlength=n)
    i = np.arange(n)
    return [
        most,
        fresh,
        1 - fresh,
        1 - ended,
        opening,
        np.bincount(r, weights=w * after, minlength=n) / np.maximum(1, n - 1 - i),
        np.bincount(r, weights=w * before, minlength=n) / np.maximum(1, i),
        previous.astype(float),
        np.append(previous[1:], 0.0),
    ]


def _likeness(document: Document, counts: Counts) -> list[Column]:
    """Sums of what is known of each term, and cosines with sums of sentences."""
    n, terms = counts.n_rows, counts.terms
    idf = inverse_frequencies(counts)
    weights = counts.counts * idf[terms]
    norms = np.sqrt(np.bincount(counts.rows, weights=weights * weights, minlength=n))
    vectors = as_matrix(counts, weights / norms[counts.rows])
    n_terms = np.maximum(np.diff(document.offsets), 1)
    n_words = np.maximum(document.n_words, 1)

    tf = np.bincount(terms, weights=counts.counts, minlength=counts.n_terms)
    df = np.bincount(terms, minlength=counts.n_terms)
    top = np.partition(tf, -min(10, len(tf)))[-min(10, len(tf))]
    mass = tf * idf
    of_terms = np.empty((8, len(tf)))
    of_terms[0] = tf / (tf.sum() or 1.0)
    of_terms[1] = np.log(tf + 1)
    of_terms[2] = idf
    of_terms[3] = tf == 1
    of_terms[4] = tf >= max(2.0, top)
    of_terms[5] = np.log(df + 1.0) / np.log(n + 1.0)
    of_terms[6] = mass / (mass.sum() or 1.0)
    of_terms[7] = df - 1.0

    i = np.arange(n)
    masks = np.empty((n, 6))
    masks[:, 0] = 1.0
    masks[:, 1] = i == 0
    masks[:, 2] = i < 3
    masks[:, 3] = np.exp(-i / 10)
    masks[:, 4] = [sentence.kind == "heading" for sentence in document.sentences]
    masks[:, 5] = i >= n - 3
    sums = (vectors.T @ masks).T
    degree = vectors @ sums[0]
    likes = np.empty((7, len(tf)))
    likes[0] = mass
    likes[1] = vectors.T @ degree
    likes[2:] = sums[1:]
    if document.title:
        likes[5] += np.bincount(document.title, minlength=len(tf)) * idf
    likes /= (np.sqrt(np.einsum("ij,ij->i", likes, likes)) + 1e-9)[:, None]

    # A row of `vectors` is counts times rarity over its length: the counts come back by that.
    found = (vectors @ np.concatenate((of_terms / idf, likes)).T).T
    found[:8] *= norms
    found[:6] /= n_terms
    found[10, 0] = 0.0  # the first sentence is itself
    return [
        found[:6],
        found[8:],
        found[6],
        found[6] / n_words * 20,
        (degree - 1) / max(1, n - 1),
        found[7] / np.log(n_words + 2.0) / max(1, n - 1),
        degree / n_terms,
        *_sum_up(document, vectors, sums[0]),
    ]


def _find_starts(values: NDArray[np.int64]) -> NDArray[np.int64]:
    """Where runs of equal values begin."""
    starts = np.ones(len(values), bool)
    np.not_equal(values[1:], values[:-1], out=starts[1:])
    return np.flatnonzero(starts)


def _sum_up(document: Document, vectors: Any, total: Column) -> list[Column]:
    """How far the paragraph of a sentence says what the others say.

    Cosine with their sum, share of its terms that they have, in what share of them a term of it stands on the
    mean; its rank by the cosine; and the cosine if it is the first.
    """
    paragraph = np.array([sentence.paragraph for sentence in document.sentences])
    first = _find_starts(paragraph)
    n = len(first)
    number = np.repeat(np.arange(n), np.diff(np.append(first, len(paragraph))))
    if n < 2:
        return [np.zeros(len(document))] * 5
    if isinstance(vectors, np.ndarray):
        sums = np.add.reduceat(vectors, first, axis=0)
        has = (sums > 0).astype(float)
    else:
        from scipy.sparse import csr_array

        size = len(document)
        gather = csr_array((np.ones(size), np.arange(size), np.append(first, size)), shape=(n, size))
        sums = gather @ vectors
        has = (sums > 0).astype(float)
    own = (sums * sums).sum(axis=1)
    dot = sums @ total
    norms = own * np.maximum(total @ total - 2 * dot + own, 0.0)
    likeness = (dot - own) / np.sqrt(np.maximum(norms, 1e-18))
    of_term = has.T @ np.ones(n)
    size_of = np.maximum(has @ np.ones(has.shape[1]), 1.0)
    # Of two paragraphs each is as like the other; rounding must not decide.
    rounded = -np.round(likeness, 9)
    rank = np.searchsorted(np.sort(rounded), rounded) / (n - 1)
    return [
        likeness[number],
        (has @ (of_term > 1) / size_of)[number],
        (has @ (of_term - 1) / size_of)[number] / (n - 1),
        rank[number],
        likeness[number] * (number == 0),
    ]


def _phrases(document: Document) -> list[Column]:
    n = len(document)
    size = max(1, len(document.vocabulary))
    terms = document.terms.astype(np.int64)
    rows = np.repeat(np.arange(n), np.diff(document.offsets))
    if len(terms) < 2:
        return [np.zeros(n), np.zeros(n)]
    inside = rows[1:] == rows[:-1]
    keys = (terms[:-1] * size + terms[1:])[inside]
    where = rows[1:][inside]
    if not len(keys):
        return [np.zeros(n), np.zeros(n)]
    order = np.argsort(keys)
    starts = _find_starts(keys[order])
    times = np.diff(np.append(starts, len(keys)))
    of = np.empty(len(keys), np.int64)
    of[order] = np.repeat(times, times)
    number = np.maximum(np.bincount(where, minlength=n), 1)
    return [
        np.bincount(where, weights=of > 1, minlength=n) / number,
        np.bincount(where, weights=np.log(of), minlength=n) / number,
    ]


_MARKS = ('"“”„«»', "?？؟", "(（[", ",，、،", ":：;；", ".!?。！？।։؟…")
# One bit each but for the last: that of what ends a sentence.
_BITS = np.array([[1], [2], [4], [8], [16]], np.uint8)
_KIND_OF = np.zeros(65_536, np.uint8)
for _kind, _characters in enumerate(_MARKS):
    for _character in _characters:
        _KIND_OF[ord(_character)] |= 1 << _kind


def _marks(document: Document) -> list[Column]:
    text, sentences = document.text, document.sentences
    words = np.maximum(document.n_words, 1).astype(float)
    letters = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype=np.uint32)
    lowered = text.lower()
    # Some letters grow when they are made small; then the two texts do not stand side by side.
    if len(lowered) != len(text):
        lowered = "".join(c.lower() if len(c.lower()) == 1 else c for c in text)
    small = np.frombuffer(lowered.encode("utf-32-le", "surrogatepass"), dtype=np.uint32)
    planes = np.zeros((7, len(letters) + 1), bool)
    np.not_equal(letters[1:], small[1:], out=planes[0, 1:-1])
    planes[0, 1:-1] &= letters[:-1] <= 32
    np.less(letters - np.uint32(48), 10, out=planes[1, :-1])
    kinds = _KIND_OF[np.minimum(letters, 65_535)]
    np.not_equal(kinds & _BITS, 0, out=planes[2:, :-1])
    bounds = np.empty((len(sentences), 2), np.int64)
    bounds[:, 0] = [sentence.start for sentence in sentences]
    bounds[:, 1] = [sentence.end for sentence in sentences]
    sums = np.add.reduceat(planes, bounds.ravel(), axis=1, dtype=np.int32)[:, ::2]
    capitals, digits, quotes, questions, brackets, commas, colons = sums
    first = letters[bounds[:, 0]]
    dangling = find_dangling_starts([s.text for s in sentences], document.language)
    return [
        capitals / words,
        np.minimum(digits / words, 2),
        np.minimum(quotes, 3),
        (questions > 0).astype(float),
        np.minimum(brackets, 4),
        commas / words,
        np.minimum(colons, 3),
        (kinds[bounds[:, 1] - 1] >= 32).astype(float),
        ((first - np.uint32(97)) < 26).astype(float),
        np.array(dangling, float),
    ]
