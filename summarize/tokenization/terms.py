"""Turn sentences into terms.

A *word* is what a length counts. A *term* is what a ranker sees: a word in lower case, normalized and
stemmed, unless it is a stop word. One dictionary per language maps a form as written to its terms, so the
expensive steps run once for each distinct form, not once for each occurrence.
"""

from __future__ import annotations

import importlib.util
import os
import re
import unicodedata
from collections.abc import Callable, Iterable
from functools import cache
from itertools import chain, count
from typing import TYPE_CHECKING, NamedTuple

from summarize.languages import Language
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

    from summarize.tokenization.dictionaries import WordFinder

# An elided word before an apostrophe in the Romance languages: l'homme, qu'il, dell'arte.
_ELIDED = re.compile(r"(?:[cdjlmnstv]|qu|jusqu|lorsqu|puisqu|quoiqu|(?:d|n|s|qu|b|)[aeu]ll|un)'(?=\w)")
_DOTLESS_I = str.maketrans({"I": "ı", "İ": "i"})
_FINAL_PUNCTUATION = frozenset(".,;:!?)\"'”’")
# Longer forms are not words (base64, a line of "aaaa…"). They are truncated, not stemmed and not cached.
_MAX_FORM_LENGTH = 64
# Distinct forms to cache for a language before starting over; they take some 30 MB.
_MAX_FORMS = 250_000


class Terms(NamedTuple):
    """The terms of a list of sentences, as in :class:`~summarize.document.Document`.

    Attributes
    ----------
    ids : list of int
        Identifier of every term occurrence, numbered by first appearance.
    offsets : list of int
        The terms of sentence ``i`` are ``ids[offsets[i]:offsets[i + 1]]``.
    vocabulary : tuple of str
        The term of every identifier.
    n_words : list of int
        Words of each sentence, as `~summarize.tokenization.words.count_words` counts them.
    """

    ids: list[int]
    offsets: list[int]
    vocabulary: tuple[str, ...]
    n_words: list[int]


class _Forms(dict[str, "tuple[str, ...]"]):
    """A cache that maps a lower-case form, punctuation included, to its terms.

    The terms are empty if all of its words are stop words. ``"cats,"`` maps to ``("cat",)``.
    """

    __slots__ = ("_elision", "_find", "_script", "_stem", "_stop_words")

    def __init__(self, language: Language, find: WordFinder) -> None:
        super().__init__()
        self._find = find
        self._stop_words = load_stop_words(language)
        self._stem = load_stemmer(language.stemmer)
        self._elision = language.elision
        self._script = language.script

    def __missing__(self, form: str) -> tuple[str, ...]:
        # The form as written stays the key, so the letters of a frequent form are simplified only once.
        key = form
        if not form.isascii():
            form = simplify_letters(form, self._script)
        # Most forms are one word, perhaps with one punctuation character, and need no pattern.
        word = form if form.isalnum() else form[:-1]
        if word.isalpha() and (word is form or form[-1] in _FINAL_PUNCTUATION):
            term = self._normalize(word)
            terms: tuple[str, ...] = (term,) if term else ()
        else:
            terms = tuple(filter(None, map(self._normalize, self._find(form))))
        if len(key) <= _MAX_FORM_LENGTH:
            if len(self) >= _MAX_FORMS:
                self.clear()
            self[key] = terms
        return terms

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
    >>> terms.ids, terms.offsets
    ([0, 1, 0, 2], [0, 2, 4])
    >>> terms.n_words
    [3, 4]
    """
    dictionary, split = _load_forms(language)
    fold: Callable[[str], str] = str.lower
    if language.dotless_i:

        def fold(text: str) -> str:
            return text.translate(_DOTLESS_I).lower()

    if any("\n" in sentence for sentence in sentences):
        sentences = join_broken_words(sentences)
    in_sentences = finds_words_in_sentences(language)
    lookup = dictionary.__getitem__
    terms: list[str] = []
    ends = [0]
    sizes = []
    for sentence in sentences:
        folded = fold(sentence)
        if in_sentences and not folded.isascii():
            folded = simplify_letters(folded, language.script)
        forms = split(folded)
        sizes.append(len(forms))
        terms += chain.from_iterable(map(lookup, forms))
        ends.append(len(terms))
    identifiers = dict(zip(dict.fromkeys(terms), count(), strict=False))
    return Terms(
        list(map(identifiers.__getitem__, terms)),
        ends,
        tuple(identifiers),
        count_words(sentences, language, sizes),
    )


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


@cache
def _load_forms(language: Language) -> tuple[_Forms, WordFinder]:
    """Load the cache of a language's forms, and the function that splits a sentence into forms.

    Where spaces separate words, a form is everything between two spaces, punctuation included. To look it
    up is much faster than to find its words, which is then done only once for each form.
    """
    find = load_word_finder(language)
    if finds_words_in_sentences(language):
        return _Forms(language, lambda word: [word]), find
    return _Forms(language, find), str.split


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
