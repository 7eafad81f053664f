"""Turn sentences into terms.

A *word* is what a length counts. A *term* is what a ranker sees: a word in lower case, normalized and
stemmed, unless it is a stop word. `summarize.tokenization.forms` maps words as they are written to the
numbers of their terms.
"""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from summarize.languages import Language
from summarize.languages.cues import GROUPS
from summarize.tokenization.forms import NONE, SEVERAL, Forms, load_forms
from summarize.tokenization.words import (
    count_words,
    finds_words_in_sentences,
    join_broken_words,
    load_tokenizer,
    simplify_letters,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from summarize.tokenization.dictionaries import WordFinder

_DOTLESS_I = str.maketrans({"I": "ı", "İ": "i"})
# Number of sentences whose forms are in memory at a time.
_SLICE = 1_000
# Number of forms whose terms are in memory at a time, and of terms that are numbered together.
_MAX_FORMS, _MAX_TERMS = 500_000, 250_000


class Terms(NamedTuple):
    """The terms of a list of sentences, as in :class:`~summarize.document.Document`.

    Attributes
    ----------
    ids : ndarray of int32, shape (n_terms,)
        Identifier of every term occurrence, numbered by first appearance.
    offsets : ndarray of int64, shape (n_sentences + 1,)
        The terms of sentence ``i`` are ``ids[offsets[i]:offsets[i + 1]]``.
    vocabulary : tuple of str
        The term of every identifier.
    n_words : ndarray of int64, shape (n_sentences,)
        Words of each sentence, as `~summarize.tokenization.words.count_words` counts them.
    cues : ndarray of uint8, shape (n_sentences, n_groups)
        How many stop words of each sentence are cues of each group of `~summarize.languages.cues.GROUPS`, at
        most 255. Cues that are not stop words are terms.
    """

    ids: NDArray[np.int32]
    offsets: NDArray[np.int64]
    vocabulary: tuple[str, ...]
    n_words: NDArray[np.int64]
    cues: NDArray[np.uint8]


def find_terms(sentences: Sequence[str], language: Language) -> Terms:
    """Find the terms of each sentence.

    Parameters
    ----------
    sentences : sequence of str
    language : Language
        Its rules for lower case, its stop words and its stemmer are used.

    Returns
    -------
    Terms
        Identifiers are numbered by first appearance, so they depend on the sentences only.

    Examples
    --------
    >>> from summarize.languages import find_language
    >>> terms = find_terms(["The cats ran.", "A cat was running."], find_language("en"))
    >>> terms.vocabulary
    ('cat', 'ran', 'run')
    >>> terms.ids.tolist(), terms.offsets.tolist()
    ([0, 1, 0, 2], [0, 2, 4])
    >>> terms.n_words.tolist()
    [3, 4]
    """
    [terms] = find_terms_each([sentences], language)
    return terms


def find_terms_each(documents: Sequence[Sequence[str]], language: Language) -> list[Terms]:
    """Find the terms of each sentence of several documents as `find_terms` does, but faster.

    Parameters
    ----------
    documents : sequence of sequence of str
        The sentences of each document.
    language : Language
        The language of all documents.

    Returns
    -------
    list of Terms
        One for each document, which depends only on that document.
    """
    dictionary, split = load_forms(language)
    look_up = dictionary.__getitem__
    expansion = _Expansion(dictionary)
    n_words: list[int] = []
    for sentences in documents:
        own: list[int] = []
        whole = join_broken_words(sentences)
        for first in range(0, len(whole), _SLICE):
            forms = _split_into_forms(whole[first : first + _SLICE], language, split)
            counts = [*map(len, forms)]
            # Now, while they are in the cache of the processor.
            codes = np.fromiter(map(look_up, chain.from_iterable(forms)), np.int64, sum(counts))
            expansion.add(codes, counts)
            own += counts
        n_words += count_words(whole, language, own)
    numbers, ends, cues = expansion.finish()
    words = np.array(n_words, np.int64)
    # For each number, a place of the term in the current document, and its identifier there.
    places, names = np.empty((2, len(dictionary.terms)), np.int64)
    terms = []
    first = 0
    for sentences in documents:
        last = first + len(sentences)
        start = ends[first]
        ids, distinct = _renumber(numbers[start : ends[last]], places, names)
        vocabulary = tuple(map(dictionary.terms.__getitem__, distinct.tolist()))
        offsets, rows = ends[first : last + 1] - start, slice(first, last)
        terms.append(Terms(ids, offsets, vocabulary, words[rows].copy(), cues[rows].copy()))
        first = last
    return terms


def _split_into_forms(sentences: Sequence[str], language: Language, split: WordFinder) -> list[list[str]]:
    """Split each sentence into its forms, in lower case."""
    if language.dotless_i:
        sentences = [sentence.translate(_DOTLESS_I) for sentence in sentences]
    folded = [sentence.lower() for sentence in sentences]
    if finds_words_in_sentences(language):
        folded = [
            sentence if sentence.isascii() else simplify_letters(sentence, language.script)
            for sentence in folded
        ]
    return [*map(split, folded)]


class _Expansion:
    """Replace each form by its terms, a limited number of forms at a time, so that the arrays stay short."""

    def __init__(self, dictionary: Forms) -> None:
        self._dictionary = dictionary
        # The values of the pending forms in the cache of forms, and the number of forms in each of their
        # sentences.
        self._codes: list[NDArray[np.int64]] = []
        self._sizes: list[int] = []
        self._n_waiting = 0
        # The numbers of the terms, and where those of each sentence end.
        self._numbers = [np.empty(0, np.int32)]
        self._ends = [np.zeros(1, np.int64)]
        self._cues = [np.empty((0, len(GROUPS)), np.uint8)]
        self._n_terms = 0

    def add(self, codes: NDArray[np.int64], sizes: list[int]) -> None:
        """Add sentences: the values of their forms, and how many forms each sentence has."""
        self._codes.append(codes)
        self._sizes += sizes
        self._n_waiting += len(codes)
        if self._n_waiting >= _MAX_FORMS:
            self._expand()

    def finish(self) -> tuple[NDArray[np.int32], NDArray[np.int64], NDArray[np.uint8]]:
        """Return the numbers of all terms, the offsets of the sentences in them, and the cues."""
        if self._codes:
            self._expand()
        return np.concatenate(self._numbers), np.concatenate(self._ends), np.concatenate(self._cues)

    def _expand(self) -> None:
        codes = np.concatenate(self._codes)
        n_terms = (codes > NONE).astype(np.int64)
        several = (codes <= SEVERAL).nonzero()[0]
        found = [self._dictionary.several[SEVERAL - code] for code in codes[several].tolist()]
        n_terms[several] = [*map(len, found)]
        before = np.zeros(len(codes) + 1, np.int64)
        n_terms.cumsum(out=before[1:])
        numbers = codes.repeat(n_terms)
        for start, terms in zip(before[several].tolist(), found, strict=True):
            numbers[start : start + len(terms)] = terms
        sizes = np.array(self._sizes, np.int64)
        self._cues.append(_count_cues(codes, sizes))
        self._numbers.append(numbers.astype(np.int32))
        self._ends.append(before.take(sizes.cumsum()) + self._n_terms)
        self._n_terms += len(numbers)
        self._codes, self._sizes, self._n_waiting = [], [], 0


def _count_cues(codes: NDArray[np.int64], sizes: NDArray[np.int64]) -> NDArray[np.uint8]:
    """Count the stop words of each group of cues in sentences of so many forms."""
    found = ((codes < NONE) & (codes > SEVERAL)).nonzero()[0]
    n, n_groups = len(sizes), len(GROUPS)
    rows = np.arange(n).repeat(sizes).take(found)
    cells = rows * n_groups + (NONE - 1 - codes.take(found))
    counts = np.bincount(cells, minlength=n * n_groups).reshape(n, n_groups)
    return np.minimum(counts, 255).astype(np.uint8)


def _renumber(
    numbers: NDArray[np.int32], places: NDArray[np.int64], names: NDArray[np.int64]
) -> tuple[NDArray[np.int32], NDArray[np.int64]]:
    """Number terms by first appearance.

    Parameters
    ----------
    numbers : ndarray of int32, shape (n_terms,)
    places, names : ndarray of int64
        Room for a place and for an id of each number.

    Returns
    -------
    ids : ndarray of int32, shape (n_terms,)
    distinct : ndarray of int64, shape (n_distinct,)
        The number of each id.

    Examples
    --------
    >>> _renumber(np.array([7, 3, 7, 5]), *np.empty((2, 8), np.int64))
    (array([0, 1, 0, 2], dtype=int32), array([7, 3, 5]))
    """
    ids = np.empty(len(numbers), np.int32)
    slices = [slice(first, first + _MAX_TERMS) for first in range(0, len(numbers), _MAX_TERMS)]
    # In reverse order, so that the first place of a term is the one that stays.
    for own in reversed(slices):
        some = numbers[own].astype(np.int64)
        places[some[::-1]] = np.arange(own.start, own.start + len(some))[::-1]
    distinct = [np.empty(0, np.int64)]
    n_distinct = 0
    for own in slices:
        some = numbers[own].astype(np.int64)
        new = some[places.take(some) == np.arange(own.start, own.start + len(some))]
        names[new] = np.arange(n_distinct, n_distinct + len(new))
        ids[own] = names.take(some)
        distinct.append(new)
        n_distinct += len(new)
    return ids, np.concatenate(distinct)


def name_tokenizer(language: Language) -> str:
    """Name the tokenizer, stemmer and stop words of a language, as the signature shows them.

    Parameters
    ----------
    language : Language

    Returns
    -------
    str
        Joined by ``"+"``. A language without a stemmer or stop words leaves them out.

    Examples
    --------
    >>> from summarize.languages import find_language
    >>> name_tokenizer(find_language("en"))
    'words+snowball-english+sumy-english'
    >>> name_tokenizer(find_language("am"))
    'words'
    """
    parts = [load_tokenizer(language)[1]]
    if language.stemmer:
        parts.append(f"snowball-{language.stemmer}")
    if language.stop_words:
        parts.append(language.stop_words.replace(":", "-"))
    return "+".join(parts)
