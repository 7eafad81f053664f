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
# Sentences whose forms are held at once.
_SLICE = 1_000


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
    """

    ids: NDArray[np.int32]
    offsets: NDArray[np.int64]
    vocabulary: tuple[str, ...]
    n_words: NDArray[np.int64]


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
    """Find the terms of each sentence of several documents, as `find_terms` does, at less cost.

    Parameters
    ----------
    documents : sequence of sequence of str
        The sentences of each document.
    language : Language
        That of all of them.

    Returns
    -------
    list of Terms
        One for each document; it does not depend on the others.
    """
    dictionary, split = load_forms(language)
    look_up = dictionary.__getitem__
    codes: list[NDArray[np.int64]] = [np.empty(0, np.int64)]
    sizes: list[int] = []
    n_words: list[int] = []
    for sentences in documents:
        own: list[int] = []
        whole = join_broken_words(sentences) if any("\n" in each for each in sentences) else sentences
        for first in range(0, len(whole), _SLICE):
            forms = _split_into_forms(whole[first : first + _SLICE], language, split)
            counts = [*map(len, forms)]
            # Now, as long as they are in the cache of the processor.
            codes.append(np.fromiter(map(look_up, chain.from_iterable(forms)), np.int64, sum(counts)))
            own += counts
        sizes += own
        n_words += count_words(whole, language, own)
    numbers, ends = _expand(dictionary, np.concatenate(codes), np.array(sizes, np.int64))
    words = np.array(n_words, np.int64)
    # For each number, a place of the term in the document at hand.
    places = np.empty(len(dictionary.terms), np.int64)
    terms = []
    first = 0
    for sentences in documents:
        last = first + len(sentences)
        start = ends[first]
        ids, vocabulary = _renumber(numbers[start : ends[last]], places)
        names = tuple(map(dictionary.terms.__getitem__, vocabulary.tolist()))
        terms.append(Terms(ids, ends[first : last + 1] - start, names, words[first:last].copy()))
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


def _expand(
    dictionary: Forms, codes: NDArray[np.int64], sizes: NDArray[np.int64]
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Put the terms of each form in its place.

    Parameters
    ----------
    dictionary : Forms
    codes : ndarray of int64, shape (n_forms,)
        What it maps the forms to, those of all sentences one after the other.
    sizes : ndarray of int64, shape (n_sentences,)
        The number of forms of each sentence.

    Returns
    -------
    numbers : ndarray of int64, shape (n_terms,)
        The numbers of their terms.
    ends : ndarray of int64, shape (n_sentences + 1,)
        Where the terms of each sentence begin in `numbers`, and where the last ones end.
    """
    n_terms = (codes > NONE).astype(np.int64)
    several = (codes < NONE).nonzero()[0]
    found = [dictionary.several[SEVERAL - code] for code in codes[several].tolist()]
    n_terms[several] = [*map(len, found)]
    before = np.zeros(len(codes) + 1, np.int64)
    n_terms.cumsum(out=before[1:])
    numbers = codes.repeat(n_terms)
    for start, terms in zip(before[several].tolist(), found, strict=True):
        numbers[start : start + len(terms)] = terms
    ends = np.zeros(len(sizes) + 1, np.int64)
    sizes.cumsum(out=ends[1:])
    return numbers, before[ends]


def _renumber(
    numbers: NDArray[np.int64], places: NDArray[np.int64]
) -> tuple[NDArray[np.int32], NDArray[np.int64]]:
    """Number terms by first appearance.

    Parameters
    ----------
    numbers : ndarray of int64, shape (n_terms,)
    places : ndarray of int64
        Room for one place of each number.

    Returns
    -------
    ids : ndarray of int32, shape (n_terms,)
    distinct : ndarray of int64, shape (n_distinct,)
        The number of each id.

    Examples
    --------
    >>> _renumber(np.array([7, 3, 7, 5]), np.empty(8, np.int64))
    (array([0, 1, 0, 2], dtype=int32), array([7, 3, 5]))
    """
    order = np.arange(len(numbers))
    # Of the places of a term, the first one is written last.
    places[numbers[::-1]] = order[::-1]
    first = places[numbers]
    opens = first == order
    return (opens.cumsum() - 1).take(first).astype(np.int32), numbers[opens]


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
