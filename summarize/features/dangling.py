"""Sentences that lean on the one before: they open with a pronoun or a connective.

Taken out of its place such a sentence misleads: nobody knows who "he" is, or what the "but"
stands against. The openings of every language are data, under ``summarize/data/dangling``; the
longest phrase that fits decides, so that "this week" can be harmless though "this" is not.

References
----------
Zhang, Wan and Bansal (2023), "Extractive is not Faithful: An Investigation of Broad Unfaithfulness
Problems in Extractive Summarization", ACL, arXiv:2209.03549.
"""

from __future__ import annotations

import os
from collections.abc import Iterable
from functools import cache

_DATA = os.path.join(os.path.dirname(__file__), "openings")
_LANGUAGES = frozenset(("de", "en", "es", "fr", "it", "ja", "nl", "pt", "ru", "zh"))
# Between whose words there are no spaces: their phrases are beginnings of the sentence.
_UNSPACED = frozenset(("ja", "zh"))
_LONGEST = 4
# Enough for the four words of the longest phrase, whatever stands in front.
_HEAD = 64
_SEPARATORS = str.maketrans(
    dict.fromkeys("'’‘ʼ`\"“”„«»‹›()[]{}<>.,;:!?¡¿…-‐‑–—―*_/|「」『』《》【】（），、。：；", " ")
)


def is_dangling_start(sentence: str, language: str) -> bool:
    """Whether a sentence opens with a pronoun or connective that needs the sentence before it.

    Parameters
    ----------
    sentence : str
        Its text; quotation marks and brackets in front of the first word are passed over.
    language : str
        Code of its language, as in :attr:`~summarize.document.Document.language`.

    Returns
    -------
    bool
        Always False for a language of which :func:`knows_openings` is False.

    Notes
    -----
    A rule of thumb on the first words: whether "it" stands for nothing ("It rains.") or for what
    follows in the same sentence is guessed from a list of phrases.

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
    head = sentence[:_HEAD].lower().translate(_SEPARATORS)
    if language in _UNSPACED:
        head = head.lstrip()
        for length in range(6, 0, -1):
            if (found := openings.get(head[:length])) is not None:
                return found
        return False
    words = head.split(None, _LONGEST)[:_LONGEST]
    # Most sentences open with a word that opens no phrase at all.
    if not words or words[0] not in openings:
        return False
    for length in range(len(words), 0, -1):
        if (found := openings.get(" ".join(words[:length]))) is not None:
            return found
    return False


def find_dangling_starts(sentences: Iterable[str], language: str) -> list[bool]:
    """What :func:`is_dangling_start` says of each sentence, a few times as fast."""
    openings = load_openings(language)
    if not openings or language in _UNSPACED:
        return [bool(openings) and is_dangling_start(sentence, language) for sentence in sentences]
    found = []
    for sentence in sentences:
        head = sentence[:_HEAD]
        phrase = head.partition(" ")[0].lower()
        # Most sentences open with a plain word that opens no phrase at all.
        if phrase not in openings:
            found.append(not _is_plain(phrase) and is_dangling_start(sentence, language))
            continue
        leans = openings[phrase]
        for word in head.lower().split(None, _LONGEST)[1:_LONGEST]:
            if not _is_plain(word):
                leans = is_dangling_start(sentence, language)
                break
            phrase = f"{phrase} {word}"
            if phrase not in openings:
                break
            if (verdict := openings[phrase]) is not None:
                leans = verdict
        found.append(bool(leans))
    return found


def _is_plain(word: str) -> bool:
    # The second is a separator, and a letter to Python.
    return word.isalpha() and "ʼ" not in word


def knows_openings(language: str) -> bool:
    """Whether there is a list of openings for a language."""
    return language in _LANGUAGES


@cache
def load_openings(language: str) -> dict[str, bool | None]:
    """Every phrase of a language, and whether a sentence that opens with it leans on the one before.

    Parameters
    ----------
    language : str
        Its code.

    Returns
    -------
    dict of str to bool or None
        Empty if there is no list. None marks what is only the beginning of phrases.
    """
    if not knows_openings(language):
        return {}
    openings: dict[str, bool | None] = {}
    leans = True
    with open(os.path.join(_DATA, f"{language}.txt"), encoding="utf-8") as file:
        for line in file.read().splitlines():
            if line.startswith("["):
                leans = line != "[exceptions]"
            elif line and not line.startswith("#"):
                openings[line] = leans
    for phrase in list(openings):
        words = phrase.split()
        for length in range(1, len(words)):
            openings.setdefault(" ".join(words[:length]), None)
    return openings
