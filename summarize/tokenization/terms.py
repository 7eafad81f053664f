"""From sentences to words and terms.

A *word* is what lengths count; a *term* is what rankers see: a word in lower case, without
accents written apart, without stop words, stemmed. One dictionary a language maps a form as
written to its term, so everything that is costly happens once for each distinct form.
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

if TYPE_CHECKING:
    from collections.abc import Sequence

# Marks that Python's \w leaves out although they are part of words: accents written apart, and the
# vowel signs and points of Hebrew, Arabic, the scripts of India and South-East Asia.
_MARKS = (
    "\u0300-\u036f\u0483-\u0487\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7\u0610-\u061a\u064b-\u065f\u0670"
    "\u06d6-\u06dc\u06df-\u06e4\u0711\u0730-\u074a\u0900-\u0903\u093a-\u094f\u0951-\u0957\u0962\u0963"
    "\u0981-\u0983\u09bc\u09be-\u09cd\u09d7\u0a01-\u0a03\u0a3c-\u0a51\u0a70\u0a71\u0a81-\u0a83\u0abc-\u0acd"
    "\u0b01-\u0b03\u0b3c-\u0b57\u0b82\u0bbe-\u0bcd\u0bd7\u0c00-\u0c04\u0c3e-\u0c56\u0c81-\u0c83\u0cbc-\u0cd6"
    "\u0d00-\u0d03\u0d3b-\u0d4d\u0d57\u0d81-\u0d83\u0dca-\u0df3\u0e31\u0e34-\u0e3a\u0e47-\u0e4e\u0eb1\u0eb4-\u0ebc"
    "\u0ec8-\u0ecd\u0f71-\u0f84\u102b-\u103e\u135d-\u135f\u17b6-\u17d3\u200c\u200d"
)
# Words after UAX #29: letters, digits and marks; an apostrophe or a middle dot between letters, a stop
# or a comma between digits does not part a word. Unlike there, an underscore does.
_WORD = r"[^\W_]+(?:['’](?=[^\W\d_])[^\W_]+|(?<=\d)[.,]\d+)*"
_MARKED_WORD = rf"(?:[^\W_]|[{_MARKS}])+(?:['’·״׳](?=[^\W\d_])(?:[^\W_]|[{_MARKS}])+|(?<=\d)[.,٫٬]\d+)*"

# Scripts that write no spaces between words: every letter counts as a word of the length.
_UNSPACED_SCRIPTS = frozenset(("Hani", "Jpan", "Thai", "Laoo", "Khmr", "Mymr"))
_UNSPACED = (
    "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3005-\u3007\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
    "\uff66-\uff9f\U00020000-\U0003ffff"
)
# Text with fewer spaces than this may hold unspaced scripts, whatever its language is said to be.
_MOST_LETTERS_A_WORD = 15

# What stands before an apostrophe in Romance languages and is a word of its own: l'homme, qu'il, dell'arte.
_ELISION = re.compile(r"(?:[cdjlmnstv]|qu|jusqu|lorsqu|puisqu|quoiqu|(?:d|n|s|qu|b|)[aeu]ll|un)'(?=\w)")
_ELIDING = frozenset(("fr", "it", "ca"))
_DOTLESS = str.maketrans({"I": "ı", "İ": "i"})
_DOTLESS_LANGUAGES = frozenset(("tr", "az", "kk-latn"))

_FINAL_MARKS = frozenset(".,;:!?)\"'”’")
# Longer forms are no words (base64, a line of "aaaa…"): cut, not stemmed, not kept.
_LONGEST_FORM = 64
# Distinct forms that one language's dictionary keeps before it starts again: some 30 MB.
_MOST_FORMS = 250_000

WordFinder = Callable[[str], "list[str]"]


class Terms(NamedTuple):
    """The terms of a list of sentences; fields as those of :class:`~summarize.document.Document`."""

    ids: list[int]
    offsets: list[int]
    vocabulary: tuple[str, ...]
    n_words: list[int]


class _Forms(dict[str, "tuple[str, ...]"]):
    """From a stretch as written, in lower case, to its terms; none where all of it is stop words."""

    __slots__ = ("_elides", "_find", "_stem", "_stop_words")

    def __init__(self, language: Language, find: WordFinder) -> None:
        super().__init__()
        self._find = find
        self._stop_words = load_stop_words(language)
        self._stem = load_stemmer(language.stemmer)
        self._elides = language.code in _ELIDING

    def __missing__(self, form: str) -> tuple[str, ...]:
        # Most are a word, or a word and one mark, and need no pattern.
        word = form if form.isalnum() else form[:-1]
        if word.isalpha() and (word is form or form[-1] in _FINAL_MARKS):
            term = self._normalize(word)
            terms: tuple[str, ...] = (term,) if term else ()
        else:
            terms = tuple(filter(None, map(self._normalize, self._find(form))))
        if len(form) <= _LONGEST_FORM:
            if len(self) >= _MOST_FORMS:
                self.clear()
            self[form] = terms
        return terms

    def _normalize(self, form: str) -> str:
        if len(form) > _LONGEST_FORM:
            return form[:_LONGEST_FORM]
        word = form if form.isascii() else unicodedata.normalize("NFC", form.replace("’", "'"))
        if self._elides and "'" in word:
            word = _ELISION.sub("", word)
        if word in self._stop_words:
            return ""
        if "'" not in word:
            return self._stem(word) if self._stem else word
        head, _, tail = word.partition("'")
        # "it's", "they'd", "we've": what stands before is a stop word, and what is left is none.
        if head in self._stop_words and len(tail) < 3:
            return ""
        return self._stem(word) if self._stem else word


def find_terms(sentences: Sequence[str], language: Language) -> Terms:
    """Terms of every sentence.

    Parameters
    ----------
    sentences : sequence of str
    language : Language
        Whose case, stop words and stemmer to use.

    Returns
    -------
    Terms
        Identifiers are given by first appearance, so they depend on nothing but the text.
    """
    dictionary, divide = _load_forms(language)
    fold: Callable[[str], str] = str.lower
    if language.code in _DOTLESS_LANGUAGES:

        def fold(text: str) -> str:
            return text.translate(_DOTLESS).lower()

    lookup = dictionary.__getitem__
    terms: list[str] = []
    ends = [0]
    sizes = []
    for sentence in sentences:
        forms = divide(fold(sentence))
        sizes.append(len(forms))
        terms += chain.from_iterable(map(lookup, forms))
        ends.append(len(terms))
    identifiers = dict(zip(dict.fromkeys(terms), count(), strict=False))
    return Terms(
        list(map(identifiers.__getitem__, terms)),
        ends,
        tuple(identifiers),
        _count_words(sentences, language, sizes),
    )


def count_words(sentences: Sequence[str], language: Language) -> list[int]:
    """Words of every sentence, as a length in words counts them.

    Parameters
    ----------
    sentences : sequence of str
    language : Language

    Returns
    -------
    list of int
        Stretches between white space, as ``wc -w`` counts them; where a script puts no spaces between
        words (Chinese, Japanese, Thai, Lao, Khmer, Burmese), each of its letters counts one, and so
        does each stretch of other letters and digits between them.
    """
    return _count_words(sentences, language, [len(sentence.split()) for sentence in sentences])


def _count_words(sentences: Sequence[str], language: Language, stretches: list[int]) -> list[int]:
    if language.script in _UNSPACED_SCRIPTS or language.script == "Kore":
        stretches = [len(sentence.split()) for sentence in sentences]
    if language.script not in _UNSPACED_SCRIPTS:
        letters = sum(map(len, sentences))
        if letters <= _MOST_LETTERS_A_WORD * sum(stretches):
            return stretches
    return [max(n, _count_unspaced(sentence)) for n, sentence in zip(stretches, sentences, strict=True)]


def _count_unspaced(sentence: str) -> int:
    rest, letters = _unspaced_letter().subn(" ", sentence)
    return letters + sum(1 for word in rest.split() if any(map(str.isalnum, word)))


@cache
def _unspaced_letter() -> re.Pattern[str]:
    return re.compile(f"[{_UNSPACED}]")


def name_tokenizer(language: Language) -> str:
    """How the terms of a language are found, as it stands in the signature."""
    parts = [load_word_breaker(language)[1]]
    if language.stemmer:
        parts.append(f"snowball-{language.stemmer}")
    if language.stop_words:
        parts.append(language.stop_words.replace(":", "-"))
    return "+".join(parts)


@cache
def _load_forms(language: Language) -> tuple[_Forms, WordFinder]:
    """The dictionary of a language, and what divides a sentence into its keys.

    Where words are parted by spaces, a key is what stands between two spaces, marks and all: looking it
    up is much faster than finding words, which then happens once for each key.
    """
    find = load_word_finder(language)
    if _is_unspaced(language):
        return _Forms(language, lambda word: [word]), find
    return _Forms(language, find), str.split


def _is_unspaced(language: Language) -> bool:
    """Whether words are found in whole sentences; Korean glues particles to what it parts by spaces."""
    return language.script in _UNSPACED_SCRIPTS or language.script == "Kore"


@cache
def load_word_finder(language: Language) -> WordFinder:
    """A function from a sentence in lower case to its words."""
    return load_word_breaker(language)[0]


@cache
def load_word_breaker(language: Language) -> tuple[WordFinder, str]:
    """A function that finds words, and its name in the signature."""
    if language.script in ("Latn", "Cyrl", "Grek", "Armn", "Geor"):
        plain = re.compile(_WORD).findall

        def find_words(text: str) -> list[str]:
            # Accents written apart are rare in these scripts, and the fuller pattern is slow to compile.
            return plain(text) if _needs_no_marks(text) else _marked_word().findall(text)

        return find_words, "words"
    if _is_unspaced(language):
        from summarize.tokenization.dictionaries import load_breaker

        return load_breaker(language)
    return _marked_word().findall, "words"


def _needs_no_marks(text: str) -> bool:
    """Whether no accents are written apart: precomposed forms do not change the length."""
    return text.isascii() or all(char.isalnum() or not unicodedata.combining(char) for char in text)


@cache
def _marked_word() -> re.Pattern[str]:
    return re.compile(_MARKED_WORD)


@cache
def load_stop_words(language: Language) -> frozenset[str]:
    """Stop words of a language, in lower case; none where the language has no list.

    The lists are read as data of the packages that hold them, which are not imported.
    """
    source, _, name = language.stop_words.partition(":")
    if source == "sumy":
        path = os.path.join(_package_folder("sumy"), "data", "stopwords", f"{name}.txt")
        with open(path, encoding="utf-8") as file:
            return _fold_stop_words(file.read().splitlines())
    if source == "stopwordsiso":
        import json

        path = os.path.join(_package_folder("stopwordsiso"), "stopwords-iso.json")
        with open(path, encoding="utf-8") as file:
            return _fold_stop_words(json.load(file)[name])
    return frozenset()


def _fold_stop_words(words: Iterable[str]) -> frozenset[str]:
    return frozenset(unicodedata.normalize("NFC", word.strip().lower().replace("’", "'")) for word in words)


def _package_folder(package: str) -> str:
    spec = importlib.util.find_spec(package)
    assert spec is not None and spec.origin is not None, f"{package} is a dependency of this package"
    return os.path.dirname(spec.origin)


def load_stemmer(algorithm: str) -> Callable[[str], str] | None:
    """The stemmer of a Snowball algorithm; none for ``""``."""
    if not algorithm:
        return None
    from Stemmer import Stemmer

    # Its own cache would only repeat the dictionary of forms.
    stem: Callable[[str], str] = Stemmer(algorithm, 0).stemWord
    return stem
