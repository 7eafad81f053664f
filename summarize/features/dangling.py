"""Find dangling sentences: those that open with a pronoun or connective and need the one before.

`refers_back` finds references later in a sentence: ``He, however, …``, ``The owners of both mills …``.

Out of context such a sentence misleads: the reader cannot know who "he" is, or what "but" contrasts with.
The openings of each language are data, in ``summarize/features/openings``. The longest matching phrase
decides, so "this week" can be harmless although "this" is not.

References
----------
Zhang, Wan and Bansal (2023), "Extractive is not Faithful: An Investigation of Broad Unfaithfulness
Problems in Extractive Summarization", ACL, arXiv:2209.03549.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Mapping
from functools import cache
from typing import NamedTuple

from summarize.languages import LANGUAGES
from summarize.patterns import rare

_DATA = os.path.join(os.path.dirname(__file__), "openings")
_LANGUAGES = frozenset(code for code, entry in LANGUAGES.items() if entry.openings)
# Where no spaces separate words, any prefix of the sentence can be a phrase.
_UNSPACED = frozenset(code for code in _LANGUAGES if LANGUAGES[code].unspaced)
_REFERENCES = os.path.join(os.path.dirname(__file__), "references")
# The verb is assumed to follow these first words, or first letters in scripts without spaces.
_MAX_WORDS_BEFORE_VERB, _MAX_LETTERS_BEFORE_VERB = 6, 12
# Only this many characters of a sentence are read.
_MAX_READ = 1000
_MAX_PHRASE_WORDS, _MAX_PHRASE_LETTERS = 4, 6
# Enough characters for the four words of the longest phrase, with any punctuation before them.
_HEAD_SIZE = 64
# Apostrophes and hyphens divide the words of a phrase like spaces.
_WORD_ENDS = str.maketrans(dict.fromkeys("'’-", " "))
# Distinct starts of sentences to cache for a language.
_MAX_STARTS = 50_000
_SEPARATORS = str.maketrans(
    dict.fromkeys("'’‘ʼ`\"“”„«»‹›()[]{}<>.,;:!?¡¿…-‐‑–—―*_/|「」『』《》【】（），、。：；", " ")
)


def is_dangling_start(sentence: str, language: str) -> bool:
    """Tell whether a sentence opens with a pronoun or connective that needs the sentence before it.

    Parameters
    ----------
    sentence : str
        Its text. Quotation marks and brackets before the first word are skipped.
    language : str
        Code of its language, as in :attr:`~summarize.document.Document.language`.

    Returns
    -------
    bool
        Always False for a language without a list of openings; see :func:`knows_openings`.

    Notes
    -----
    This is a heuristic on the first words. Whether "it" refers to nothing ("It rains.") or to
    something later in the sentence is guessed from a list of phrases.

    Examples
    --------
    >>> is_dangling_start("But he said no.", "en")
    True
    >>> is_dangling_start("This week the council said no.", "en")
    False
    """
    openings = load_openings(language)
    if not openings:
        return False
    head = sentence[:_HEAD_SIZE].lower().translate(_SEPARATORS)
    if language in _UNSPACED:
        head = head.lstrip()
        for length in range(_MAX_PHRASE_LETTERS, 0, -1):
            if (found := openings.get(head[:length])) is not None:
                return found
        return False
    words = head.split(None, _MAX_PHRASE_WORDS)[:_MAX_PHRASE_WORDS]
    # Most sentences start with a word that no phrase starts with.
    if not words or words[0] not in openings:
        return False
    for length in range(len(words), 0, -1):
        if (found := openings.get(" ".join(words[:length]))) is not None:
            return found
    return False


def find_dangling_starts(sentences: Iterable[str], language: str) -> list[bool]:
    """Tell which sentences are dangling.

    Parameters
    ----------
    sentences : iterable of str
    language : str
        Code of their language.

    Returns
    -------
    list of bool
        The result of :func:`is_dangling_start` for each sentence, computed several times as fast.

    Examples
    --------
    >>> find_dangling_starts(["The bridge is open.", "It cost a fortune."], "en")
    [False, True]
    """
    openings = load_openings(language)
    if not openings or language in _UNSPACED:
        return [bool(openings) and is_dangling_start(sentence, language) for sentence in sentences]
    starts = _load_starts(language)
    heads = [sentence[:_HEAD_SIZE] for sentence in sentences]
    verdicts = [starts[head.partition(" ")[0]] for head in heads]
    return [
        verdict if isinstance(verdict, bool) else _read_on(head, verdict, starts, language)
        for head, verdict in zip(heads, verdicts, strict=True)
    ]


class _Starts(dict[str, "bool | str"]):
    """A cache that maps the start of a sentence, up to the first space, to whether the sentence is dangling.

    If that depends on what follows, it gives the first word, or ``""`` if there is not exactly one. Most
    sentences start with a word that no phrase starts with.

    Attributes
    ----------
    openings : mapping of str to bool or None
        From `load_openings`.
    second_words : dict of str to set of str
        The second words of phrases, by the first word.
    """

    def __init__(self, openings: Mapping[str, bool | None]) -> None:
        super().__init__()
        self.openings = openings
        self.second_words: dict[str, set[str]] = {}
        for phrase in openings:
            first, *others = phrase.split()
            if others:
                self.second_words.setdefault(first, set()).add(others[0])

    def __missing__(self, start: str) -> bool | str:
        words = start.lower().translate(_SEPARATORS).split()
        verdict: bool | str
        if words and words[0] not in self.openings:
            verdict = False
        elif len(words) != 1:
            verdict = ""
        elif words[0] in self.second_words:
            verdict = words[0]
        else:
            verdict = bool(self.openings[words[0]])
        if len(self) >= _MAX_STARTS:
            self.clear()
        self[start] = verdict
        return verdict


@cache
def _load_starts(language: str) -> _Starts:
    return _Starts(load_openings(language))


def _read_on(head: str, word: str, starts: _Starts, language: str) -> bool:
    """Tell whether a sentence is dangling if its first word may begin a longer phrase."""
    if word:
        second = head.split(None, 2)[1:2]
        if not second:
            return bool(starts.openings[word])
        following = second[0].lower()
        if _is_plain(following) and following not in starts.second_words[word]:
            return bool(starts.openings[word])
    return is_dangling_start(head, language)


def _is_plain(word: str) -> bool:
    # The modifier apostrophe is a separator here, but a letter to Python.
    return word.isalpha() and "ʼ" not in word


def knows_openings(language: str) -> bool:
    """Tell whether a language has a list of openings.

    Examples
    --------
    >>> knows_openings("en"), knows_openings("fi")
    (True, False)
    """
    return language in _LANGUAGES


@cache
def load_openings(language: str) -> dict[str, bool | None]:
    """Load the opening phrases of a language.

    Parameters
    ----------
    language : str
        Its code.

    Returns
    -------
    dict of str to bool or None
        Maps each phrase, in lower case, to True if a sentence that opens with it is dangling and to False
        if it is an exception. None marks a string that only starts longer phrases. Empty if the language
        has no list.

    Examples
    --------
    >>> openings = load_openings("en")
    >>> openings["this"], openings["this week"]
    (True, False)
    """
    if not knows_openings(language):
        return {}
    openings: dict[str, bool | None] = {}
    dangling = True
    with open(os.path.join(_DATA, f"{language}.txt"), encoding="utf-8") as file:
        for line in file.read().splitlines():
            if line.startswith("["):
                dangling = line != "[exceptions]"
            elif line and not line.startswith("#"):
                openings[line] = dangling
    for phrase in list(openings):
        words = phrase.split()
        for length in range(1, len(words)):
            openings.setdefault(" ".join(words[:length]), None)
    return openings


class _References(NamedTuple):
    """How a language refers to what was said before: patterns over text in lower case.

    `starts`, hints and `set_off_words` are cheap tests: most sentences have no start among their first words,
    no hint anywhere, and no comma with one of the words that are set off. The words of a hint are separated
    by single spaces.
    """

    early: re.Pattern[str] | None
    anywhere: re.Pattern[str] | None
    set_off: re.Pattern[str]
    exceptions: re.Pattern[str] | None
    starts: frozenset[str]
    early_hints: tuple[str, ...]
    hints: tuple[str, ...]
    set_off_words: tuple[str, ...]


def refers_back(sentence: str, language: str) -> bool:
    """Tell whether a sentence refers to an earlier one after its opening.

    Parameters
    ----------
    sentence : str
    language : str
        Code of its language.

    Returns
    -------
    bool
        Always False for a language without a list in ``summarize/features/references``.

    Notes
    -----
    Demonstratives count only before the verb, because later ones mostly refer to the sentence itself. The
    first six words stand in for what comes before the verb.

    Examples
    --------
    >>> refers_back("The owners of both mills refused.", "en")
    True
    >>> refers_back("Lind, however, wants to sell.", "en")
    True
    >>> refers_back("The owners of both the mill and the dam refused.", "en")
    False
    """
    if not knows_openings(language):
        return False
    known = _load_references(language)
    text = sentence[:_MAX_READ].lower()
    if "," in text and any(map(text.__contains__, known.set_off_words)) and known.set_off.search(text):
        return True
    unspaced = language in _UNSPACED
    if not unspaced:
        words = text.split(None, _MAX_WORDS_BEFORE_VERB)[:_MAX_WORDS_BEFORE_VERB]
        spaced = " ".join(text.translate(_WORD_ENDS).split())
        # Punctuation may be attached to the start: ``“these``, ``dell'altra``.
        is_late = known.starts.isdisjoint(words) and all(map(str.isalpha, words))
        hints = known.hints if is_late else known.hints + known.early_hints
        if not any(map(spaced.__contains__, hints)):
            return False
    text = text.replace("’", "'")
    if known.exceptions is not None:
        text = known.exceptions.sub(" § ", text)
    if known.anywhere is not None and known.anywhere.search(text):
        return True
    if unspaced:
        head = text[:_MAX_LETTERS_BEFORE_VERB]
    else:
        head = " ".join(text.split(None, _MAX_WORDS_BEFORE_VERB)[:_MAX_WORDS_BEFORE_VERB])
    return known.early is not None and known.early.search(head) is not None


@cache
def _load_references(language: str) -> _References:
    """Load how a language refers back."""
    sections: dict[str, list[str]] = {}
    with open(os.path.join(_REFERENCES, f"{language}.txt"), encoding="utf-8") as file:
        for line in file.read().splitlines():
            if line.startswith("["):
                phrases = sections.setdefault(line.strip("[]"), [])
            elif line and not line.startswith("#"):
                phrases.append(line)
    early, anywhere = sections.get("before the verb", []), sections.get("anywhere", [])
    set_off, exceptions = sections.get("set off", []), sections.get("exceptions", [])
    unspaced = language in _UNSPACED
    return _References(
        rare(_join(early, unspaced)) if early else None,
        rare(_join(anywhere, unspaced)) if anywhere else None,
        rare(rf",\s(?:{_join(set_off, True)})(?:,|[.!?]?\W*$)"),
        rare(_join(exceptions, unspaced)) if exceptions else None,
        frozenset(phrase.split()[0] for phrase in early),
        tuple(sorted(map(_make_hint, early))),
        tuple(sorted(map(_make_hint, anywhere))),
        tuple(sorted({max(phrase.split(), key=len) for phrase in set_off})),
    )


def _make_hint(phrase: str) -> str:
    """Return a string that every text with the phrase contains when single spaces separate its words."""
    return " ".join(phrase.partition("…")[0].translate(_WORD_ENDS).split())


def _join(phrases: list[str], bare: bool) -> str:
    """Make a pattern of phrases, as whole words unless they are bare."""
    # The longest comes first. An apostrophe or a hyphen separates words; … stands for at most five.
    parts = []
    for phrase in sorted(phrases, key=len, reverse=True):
        words = [
            r"(?:\S+\s+){1,5}?" if word == "…" else re.escape(word) + r"[\s'-]+" for word in phrase.split()
        ]
        parts.append("".join(words).removesuffix(r"[\s'-]+"))
    joined = "|".join(parts)
    return f"(?:{joined})" if bare else rf"(?<!\w)(?:{joined})(?!\w)"
