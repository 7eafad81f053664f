"""Map the forms of words to their terms: one cache for each language.

A form is whatever is between two spaces, punctuation included: ``"cats,"``. Finding its words, normalizing
and stemming them is expensive, and happens once for each distinct form.
"""

from __future__ import annotations

import importlib.util
import os
import unicodedata
from _thread import allocate_lock  # Importing threading takes a millisecond.
from collections.abc import Callable, Iterable, Sequence
from functools import cache
from typing import TYPE_CHECKING

from summarize.languages import Language
from summarize.languages.cues import load_cues
from summarize.patterns import rare
from summarize.tokenization.words import finds_words_in_sentences, load_word_finder, simplify_letters

if TYPE_CHECKING:
    from summarize.tokenization.dictionaries import WordFinder

# An elided word before an apostrophe in the Romance languages: l'homme, qu'il, dell'arte.
_ELIDED = rare(r"(?:[cdjlmnstv]|qu|jusqu|lorsqu|puisqu|quoiqu|(?:d|n|s|qu|b|)[aeu]ll|un)'(?=\w)")
_FINAL_PUNCTUATION = frozenset(".,;:!?)\"'”’")
# Longer forms are not words (base64, a line of "aaaa…"). They are truncated, not stemmed and not cached.
_MAX_FORM_LENGTH = 64
# Distinct forms to cache for a language before starting over: some 30 MB.
_MAX_FORMS = 250_000
# The value of a form without terms. A stop word that is a cue has a value between the two, and a form with
# several terms `SEVERAL` or less.
NONE, SEVERAL = -1, -100


class Forms(dict[str, int]):
    """A cache that maps a lower-case form, punctuation included, to the number of its term.

    ``"cats,"`` maps to the number of ``"cat"``. A form that has only stop words maps to `NONE`, or to
    ``NONE - 1 - k`` if its first word is a cue of group k. One with several terms, such as ``"well-known"``,
    maps to ``SEVERAL - k``, where k is its index in `several`.

    Attributes
    ----------
    terms : list of str
        The term of each number.
    several : list of tuple of int
    """

    __slots__ = (
        "_cues", "_elision", "_find", "_lock", "_numbers", "_script", "_stem", "_stop_words", "several",
        "terms",
    )  # fmt: skip

    def __init__(self, language: Language, find: WordFinder) -> None:
        super().__init__()
        self.terms: list[str] = []
        self.several: list[tuple[int, ...]] = []
        self._numbers: dict[str, int] = {}
        self._lock = allocate_lock()
        self._find = find
        self._stop_words = load_stop_words(language)
        self._cues = load_cues(language.code).words
        self._stem = load_stemmer(language.stemmer)
        self._elision = language.elision
        self._script = language.script

    def __missing__(self, form: str) -> int:
        # The key is the form as written, so the letters of a frequent form are simplified only once.
        key = form
        if not form.isascii():
            form = simplify_letters(form, self._script)
        # Most forms are one word, perhaps with one punctuation character, and need no pattern.
        word = form if form.isalnum() else form[:-1]
        if word.isalpha() and (word is form or form[-1] in _FINAL_PUNCTUATION):
            words = [word]
        else:
            words = self._find(form)
        terms = [term for word in words if (term := self._normalize(word))]
        if not terms:
            number = self._find_cue(words)
        else:
            with self._lock:
                number = self._number(terms[0])
                if len(terms) > 1:
                    numbers = tuple(map(self._number, terms))
                    number = SEVERAL - len(self.several)
                    self.several.append(numbers)
        if len(key) <= _MAX_FORM_LENGTH:
            if len(self) >= _MAX_FORMS:
                self.clear()
            self[key] = number
        return number

    def _number(self, term: str) -> int:
        number = self._numbers.get(term)
        if number is None:
            # In this order, an interruption leaves at most an unused term.
            number = len(self.terms)
            self.terms.append(term)
            self._numbers[term] = number
        return number

    def _find_cue(self, words: Sequence[str]) -> int:
        """Return the number of a form of stop words: that of the group of its first word, if it has one."""
        word = words[0].replace("’", "'") if words else ""
        group = self._cues.get(word, self._cues.get(word.partition("'")[0]))
        return NONE if group is None else NONE - 1 - group

    def is_full(self) -> bool:
        """Tell whether there are so many terms that it is time to start over."""
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


# A full cache is replaced, not emptied, because another thread may be using it.
_FORMS: dict[Language, tuple[Forms, WordFinder]] = {}


def load_forms(language: Language) -> tuple[Forms, WordFinder]:
    """Load the cache of a language's forms, and the function that splits a sentence into forms.

    Where spaces separate words, a form is everything between two spaces. Elsewhere, it is a word.

    Parameters
    ----------
    language : Language

    Returns
    -------
    (Forms, callable)

    Examples
    --------
    >>> from summarize.languages import find_language
    >>> forms, split = load_forms(find_language("en"))
    >>> [forms.terms[forms[form]] for form in split("cats, running")]
    ['cat', 'run']
    """
    known = _FORMS.get(language)
    if known is not None and not known[0].is_full():
        return known
    find = load_word_finder(language)
    if finds_words_in_sentences(language):
        loaded = Forms(language, lambda word: [word]), find
    else:
        loaded = Forms(language, find), str.split
    _FORMS[language] = loaded
    return loaded


def forget_forms() -> None:
    """Empty the caches of all languages, as in a new process.

    Examples
    --------
    >>> forget_forms()
    """
    _FORMS.clear()


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
