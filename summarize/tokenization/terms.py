"""Turn sentences into terms.

A *word* is what a length counts. A *term* is what a ranker sees: a word in lower case, normalized and
stemmed, unless it is a stop word. One dictionary per language maps a form as written to the number of its
term, so the expensive steps run once for each distinct form, not once for each occurrence.
"""

from __future__ import annotations

import importlib.util
import os
import unicodedata
from collections.abc import Callable, Iterable
from functools import cache
from itertools import chain
from threading import Lock
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from summarize.languages import Language
from summarize.patterns import rare
from summarize.tokenization.words import (
    count_words,
    finds_words_in_sentences,
    join_broken_words,
    load_tokenizer,
    load_word_finder,
    simplify_letters,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from summarize.tokenization.dictionaries import WordFinder

# An elided word before an apostrophe in the Romance languages: l'homme, qu'il, dell'arte.
_ELIDED = rare(r"(?:[cdjlmnstv]|qu|jusqu|lorsqu|puisqu|quoiqu|(?:d|n|s|qu|b|)[aeu]ll|un)'(?=\w)")
_DOTLESS_I = str.maketrans({"I": "ı", "İ": "i"})
_FINAL_PUNCTUATION = frozenset(".,;:!?)\"'”’")
# Longer forms are not words (base64, a line of "aaaa…"). They are truncated, not stemmed and not cached.
_MAX_FORM_LENGTH = 64
# Distinct forms to cache for a language before starting over; they take some 30 MB.
_MAX_FORMS = 250_000
# Sentences whose forms are held at once.
_SLICE = 1_000
# What a form is mapped to that has no term; one of several terms is mapped to `_SEVERAL` or less.
_NONE, _SEVERAL = -1, -2


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


class _Forms(dict[str, int]):
    """A cache that maps a lower-case form, punctuation included, to the number of its term.

    ``"cats,"`` maps to the number of ``"cat"``. A form of stop words only maps to `_NONE`, and one with
    several terms, such as ``"well-known"``, to ``_SEVERAL - k`` for its place k in `several`.

    Attributes
    ----------
    terms : list of str
        The term of each number.
    several : list of tuple of int
    """

    __slots__ = (
        "_elision", "_find", "_lock", "_numbers", "_script", "_stem", "_stop_words", "several", "terms"
    )  # fmt: skip

    def __init__(self, language: Language, find: WordFinder) -> None:
        super().__init__()
        self.terms: list[str] = []
        self.several: list[tuple[int, ...]] = []
        self._numbers: dict[str, int] = {}
        self._lock = Lock()
        self._find = find
        self._stop_words = load_stop_words(language)
        self._stem = load_stemmer(language.stemmer)
        self._elision = language.elision
        self._script = language.script

    def __missing__(self, form: str) -> int:
        # The form as written stays the key, so the letters of a frequent form are simplified only once.
        key = form
        if not form.isascii():
            form = simplify_letters(form, self._script)
        # Most forms are one word, perhaps with one punctuation character, and need no pattern.
        word = form if form.isalnum() else form[:-1]
        if word.isalpha() and (word is form or form[-1] in _FINAL_PUNCTUATION):
            term = self._normalize(word)
            terms = [term] if term else []
        else:
            terms = list(filter(None, map(self._normalize, self._find(form))))
        with self._lock:
            numbers = tuple(map(self._number, terms))
            if len(numbers) > 1:
                number = _SEVERAL - len(self.several)
                self.several.append(numbers)
            else:
                number = numbers[0] if numbers else _NONE
        if len(key) <= _MAX_FORM_LENGTH:
            if len(self) >= _MAX_FORMS:
                self.clear()
            self[key] = number
        return number

    def _number(self, term: str) -> int:
        number = self._numbers.setdefault(term, len(self.terms))
        if number == len(self.terms):
            self.terms.append(term)
        return number

    def is_full(self) -> bool:
        """Tell whether it is time to start over: terms keep their numbers as long as they are used."""
        return len(self.terms) + len(self.several) >= _MAX_FORMS

    def _normalize(self, form: str) -> str:
        """Turn a word into its term, or into ``""`` if it is a stop word."""
        if len(form) > _MAX_FORM_LENGTH:
            return form[:_MAX_FORM_LENGTH]
        word = form if form.isascii() else unicodedata.normalize("NFC", form.replace("’", "'"))
        if self._elision and "'" in word:
            word = _ELIDED.sub("", word)
        if word in self._stop_words:
            return ""
        if "'" not in word:
            return self._stem(word) if self._stem else word
        head, _, tail = word.partition("'")
        # "it's", "they'd", "we've": a contraction of a stop word, even if the list does not have it.
        if head in self._stop_words and len(tail) < 3:
            return ""
        return self._stem(word) if self._stem else word


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
    dictionary, split = _load_forms(language)
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
    dictionary: _Forms, codes: NDArray[np.int64], sizes: NDArray[np.int64]
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Put the terms of each form in its place.

    Parameters
    ----------
    dictionary : _Forms
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
    n_terms = (codes > _NONE).astype(np.int64)
    several = (codes < _NONE).nonzero()[0]
    found = [dictionary.several[_SEVERAL - code] for code in codes[several].tolist()]
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


# A cache that is full is replaced, not emptied, because another thread may be using it.
_FORMS: dict[Language, tuple[_Forms, WordFinder]] = {}


def _load_forms(language: Language) -> tuple[_Forms, WordFinder]:
    """Load the cache of a language's forms, and the function that splits a sentence into forms.

    Where spaces separate words, a form is everything between two spaces, punctuation included. To look it
    up is much faster than to find its words, which is then done only once for each form.
    """
    known = _FORMS.get(language)
    if known is not None and not known[0].is_full():
        return known
    find = load_word_finder(language)
    if finds_words_in_sentences(language):
        loaded = _Forms(language, lambda word: [word]), find
    else:
        loaded = _Forms(language, find), str.split
    _FORMS[language] = loaded
    return loaded


@cache
def load_stop_words(language: Language) -> frozenset[str]:
    """Load the stop words of a language.

    The lists are read as data files of the packages that contain them, without importing these packages.

    Parameters
    ----------
    language : Language

    Returns
    -------
    frozenset of str
        In lower case and NFC, with straight apostrophes; empty if the language has no list.

    Examples
    --------
    >>> from summarize.languages import find_language
    >>> "the" in load_stop_words(find_language("en"))
    True
    >>> load_stop_words(find_language("am"))
    frozenset()
    """
    source, _, name = language.stop_words.partition(":")
    if source == "sumy":
        path = os.path.join(_find_package("sumy"), "data", "stopwords", f"{name}.txt")
        with open(path, encoding="utf-8") as file:
            return _fold_stop_words(file.read().splitlines())
    if source == "stopwordsiso":
        import json

        path = os.path.join(_find_package("stopwordsiso"), "stopwords-iso.json")
        with open(path, encoding="utf-8") as file:
            return _fold_stop_words(json.load(file)[name])
    return frozenset()


def _fold_stop_words(words: Iterable[str]) -> frozenset[str]:
    return frozenset(unicodedata.normalize("NFC", word.strip().lower().replace("’", "'")) for word in words)


def _find_package(package: str) -> str:
    """Find the folder of an installed package."""
    spec = importlib.util.find_spec(package)
    assert spec is not None and spec.origin is not None, f"{package} is a dependency of this package"
    return os.path.dirname(spec.origin)


def load_stemmer(algorithm: str) -> Callable[[str], str] | None:
    """Load a Snowball stemmer.

    Parameters
    ----------
    algorithm : str
        Name of the algorithm, such as ``"english"``, or ``""``.

    Returns
    -------
    callable or None
        Maps a word in lower case to its stem; None for ``""``.

    References
    ----------
    Porter (1980), "An algorithm for suffix stripping", doi:10.1108/eb046814; https://snowballstem.org

    Examples
    --------
    >>> load_stemmer("english")("gardens")
    'garden'
    """
    if not algorithm:
        return None
    from Stemmer import Stemmer

    # Size 0: PyStemmer's own cache would only repeat the cache of forms.
    stem: Callable[[str], str] = Stemmer(algorithm, 0).stemWord
    return stem
