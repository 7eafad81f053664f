"""What speaks for a sentence: the numbers that the learned ranker sees.

Every column of `collect_evidence` is named in `COLUMNS`. All are cheap: one pass over the characters, one
over the pairs of sentence and term, none over pairs of sentences; so time grows linearly with the text.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from summarize.dangling import is_dangling_start
from summarize.features import Counts, count_terms, inverse_frequencies

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from summarize.document import Document

    Column = NDArray[np.float64]

COLUMNS = (
    # Place in the text, or in its part where it is made of several.
    "place", "place 3", "place 10", "place 30", "from end", "first", "sentences",
    # Place in the paragraph and under the heading.
    "opens paragraph", "closes paragraph", "place in paragraph", "paragraph length", "paragraph place",
    "paragraph first", "paragraphs", "after heading", "place in section", "section place", "headings",
    # Length.
    "words", "words of mean", "content share", "letters a word", "short",
    # Words.
    "frequency", "log frequency", "rarity", "hapaxes", "keyword", "keywords", "mass", "mass a word",
    "new words", "old words", "words to come", "new words to come", "spread",
    # Likeness.
    "centroid", "centrality", "second centrality", "after", "before", "overlap", "previous", "next",
    "first sentence", "first sentences", "lead", "paragraph", "title", "last sentences", "dense",
    # Phrases.
    "phrases", "log phrases",
    # Marks.
    "capitals", "digits", "quotes", "questions", "brackets", "commas", "colons", "ends",
    "lower start", "dangling",
    # Several parts.
    "parts", "in other parts",
)  # fmt: skip


# Sums over the terms of a sentence, in the order in which `_words_and_likeness` stacks them.
_SUMS = (
    "share", "log frequency", "rarity", "hapaxes", "keywords", "spread",
    "new", "last", "new and not last", "before", "after",
    "first", "first three", "lead", "title", "end",
    "degree", "second", "paragraph", "overlap", "centre", "mass",
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
    columns: list[Column] = []
    columns += _places(document)
    columns += _paragraphs(document)
    columns += _lengths(document)
    counts = count_terms(document)
    columns += _words_and_likeness(document, counts)
    columns += _phrases(document)
    columns += _marks(document)
    columns += _spread_over_parts(document, counts)
    for k, column in enumerate(columns):
        table[k] = column
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
        (words < 6).astype(float),
    ]


def _words_and_likeness(document: Document, counts: Counts) -> list[Column]:
    n, size = counts.n_rows, counts.n_terms
    rows, terms, times = counts.rows, counts.terms, counts.counts
    tf = np.bincount(terms, weights=times, minlength=size)
    df = np.bincount(terms, minlength=size)
    idf = inverse_frequencies(counts)
    weights = times * idf[terms]
    norms = np.sqrt(np.bincount(rows, weights=weights * weights, minlength=n))
    unit = weights / norms[rows]
    total = tf.sum() or 1.0
    n_terms = np.maximum(np.diff(document.offsets), 1).astype(float)
    n_words = np.maximum(document.n_words, 1)

    # Neighbours on the list of a term's sentences: what came before, what comes after.
    by_term = np.argsort(terms, kind="stable")
    t, r, w = terms[by_term], rows[by_term], unit[by_term]
    sums = np.bincount(terms, weights=unit, minlength=size)
    running = np.cumsum(w) - w
    start = np.cumsum(sums) - sums
    before = running - start[t]
    same = t[1:] == t[:-1]
    new = np.ones(len(t), bool)
    new[1:] = ~same
    last = np.ones(len(t), bool)
    last[:-1] = ~same
    adjacent = np.zeros(n)
    if len(t):
        close = same & (r[1:] == r[:-1] + 1)
        adjacent += np.bincount(r[1:][close], weights=(w[1:] * w[:-1])[close], minlength=n)
    tm = times[by_term]

    # Sums over the terms of a sentence, of one quantity a line.
    log_tf = np.log(tf + 1)
    top = np.sort(tf)[-min(10, size)]
    keyword = (tf >= max(2.0, top)).astype(float)
    mass = tf * idf
    spread = np.log(df + 1.0) / np.log(n + 1.0)
    per_term = np.stack([tf / total, log_tf, idf, (tf == 1), keyword, spread])[:, terms] * times
    after_ = sums[t] - before - w
    flags = np.stack([new * tm, last * tm, new * ~last * tm, w * before, w * after_])
    back = np.empty_like(flags)
    back[:, by_term] = flags

    # Likeness to sums of sentences: one vector over the terms a line.
    i = np.arange(n)
    paragraph = np.array([s.paragraph for s in document.sentences])
    title = np.array([s.kind == "heading" for s in document.sentences], dtype=float)
    lead = np.exp(-i / 10)
    masks = np.stack([i == 0, i < 3, lead, title, i >= n - 3])
    vectors = np.stack([np.bincount(terms, weights=unit * m[rows], minlength=size) for m in masks])
    first_walk = sums[terms] * unit
    degree = np.bincount(rows, weights=first_walk, minlength=n)
    second = np.bincount(terms, weights=unit * degree[rows], minlength=size)
    if document.title:
        vectors[3] += np.bincount(document.title, minlength=size) * idf
    lengths = np.sqrt((vectors * vectors).sum(1)) + 1e-9
    like = (vectors / lengths[:, None])[:, terms] * unit
    n_paragraph = paragraph[-1] + 1
    key = paragraph[rows] * size + terms
    _, inverse = np.unique(key, return_inverse=True)
    of_paragraph = np.bincount(inverse, weights=unit)[inverse] * unit
    overlap = df[terms] - 1.0
    center = mass / (np.sqrt(mass @ mass) or 1.0)
    stack = np.vstack(
        [
            per_term,
            back,
            like,
            [first_walk, second[terms] * unit, of_paragraph, overlap, center[terms] * unit, mass[terms]],
        ]
    )
    of = dict(zip(_SUMS, _sum_rows(stack, counts), strict=True))
    previous = adjacent
    following = np.append(adjacent[1:], 0.0)
    lg = np.log(n_words + 2.0)
    return [
        of["share"] / n_terms,
        of["log frequency"] / n_terms,
        of["rarity"] / n_terms,
        of["hapaxes"] / n_terms,
        _max_rows((tf / (tf.max() or 1.0))[terms], counts),
        of["keywords"] / n_terms,
        of["mass"] / (mass.sum() or 1.0),
        of["mass"] / (mass.sum() or 1.0) / n_words * 20,
        of["new"] / n_terms,
        1 - of["new"] / n_terms,
        1 - of["last"] / n_terms,
        of["new and not last"] / n_terms,
        of["spread"] / n_terms,
        of["centre"],
        (of["degree"] - 1) / max(1, n - 1),
        of["second"] / max(1e-9, float(of["second"].max())),
        of["after"] / np.maximum(1, n - 1 - i),
        of["before"] / np.maximum(1, i),
        of["overlap"] / lg / max(1, n - 1),
        previous,
        following,
        np.where(i == 0, 0, of["first"]),
        of["first three"],
        of["lead"],
        np.maximum(of["paragraph"] - 1, 0)
        / np.maximum(1, np.bincount(paragraph, minlength=n_paragraph)[paragraph] - 1),
        of["title"],
        of["end"],
        of["degree"] / n_terms,
    ]


def _sum_rows(values: NDArray[np.float64], counts: Counts) -> NDArray[np.float64]:
    """Sums over each sentence's pairs, shape (n_quantities, n_sentences)."""
    out = np.zeros((len(values), counts.n_rows))
    starts = np.searchsorted(counts.rows, np.arange(counts.n_rows + 1))
    filled = starts[1:] > starts[:-1]
    if filled.any():
        out[:, filled] = np.add.reduceat(values, starts[:-1][filled], axis=1)
    return out


def _max_rows(values: Column, counts: Counts) -> Column:
    out = np.zeros(counts.n_rows)
    np.maximum.at(out, counts.rows, values)
    return out


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
    _, inverse, times = np.unique(keys, return_inverse=True, return_counts=True)
    of = times[inverse]
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
    bounds = np.array([(s.start, s.end) for s in sentences])
    sums = np.add.reduceat(planes, bounds.ravel(), axis=1, dtype=np.int32)[:, ::2]
    capitals, digits, quotes, questions, brackets, commas, colons = sums
    first = letters[bounds[:, 0]]
    dangling = [is_dangling_start(s.text, document.language) for s in sentences]
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
