"""Find asides: sentences that belong to the page rather than to its text.

A caption points at a picture, a line asks the reader to click, a heading has lost its line, a question waits
for its answer. In a text that is full of one kind, such as a list of questions and answers or a chat without
stops, sentences of that kind are not asides. The phrases that point at pictures or call on the reader are
data, in ``summarize/features/pointers``.
"""

from __future__ import annotations

import os
from collections import Counter
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from summarize.document import CANDIDATES
from summarize.patterns import rare

if TYPE_CHECKING:
    from summarize.document import Document

_DATA = os.path.join(os.path.dirname(__file__), "pointers")
# A kind that more than this share of the sentences belong to is the style of the text.
_MAX_SHARE = 0.34
# Fewer sentences show no style.
_MIN_SENTENCES = 3
# The label of a caption: "Good point:", "In the lead:", "Royal duties:". Not longer than five words.
_LABEL = rare(r"[^\W\d_a-z][^:.!?\n]{1,40}: (?=[\"'“‘«„]?[^\W\d_a-z])")
_MAX_LABEL_WORDS = 5
# "Sec. 12. Repeal of credit", at least three in a row.
_ENTRY = rare(r"([^\W\d_]{2,12})\.? (\d{1,4})[.:)]? [^\W\d_]")
_MIN_ENTRIES = 3
_ENDS = frozenset(".!?。！？｡．।॥॔؟۔።፧།༎។៕။၊᙮᠃꓿⸮։;:；：,、،*")
_CLOSERS = "\"'”’»›)]}」』】〉》）］｝“‘*_` "
_QUESTIONS = frozenset("?？؟՞;፧⸮")
_ADDRESSES = ("http://", "https://", "www.")
_BULLETS = ("-", "*", "•", "–", "·")


class _Pointers(NamedTuple):
    """How a language points at a picture, and calls on the reader; in lower case."""

    pictures: tuple[str, ...]
    calls: dict[str, tuple[str, ...]]


def find_asides(document: Document) -> list[int]:
    """Find the sentences that belong to the page rather than to its text.

    Parameters
    ----------
    document : Document

    Returns
    -------
    list of int
        Their indices, sorted.

    Notes
    -----
    Of the 36,554 sentences of 697 texts in 26 languages, readers would print 10 %, and would never print 9 %.
    They would print 0.5 % of those that end without a stop, 2 % of the questions, 3 % of those with a label,
    1 % of those with a web address, and none of those that begin with a small letter or point at a picture.

    Examples
    --------
    >>> from summarize import segment
    >>> text = (
    ...     "The bridge fell down at night. In the water: The crane (left) lifts a beam. It will be rebuilt. "
    ...     "The mayor promised it. Who will pay? The county pays half of it."
    ... )
    >>> find_asides(segment(text))
    [1, 4]
    """
    asides = Asides(document)
    return [i for i in range(len(document)) if i in asides]


class Asides:
    """The asides of a document; a sentence is examined closely only when it is asked for.

    Parameters
    ----------
    document : Document

    Examples
    --------
    >>> from summarize import segment
    >>> 1 in Asides(segment("Gas was found. Click here to read more. It lies deep. Nobody knew it."))
    True
    """

    def __init__(self, document: Document) -> None:
        self._sentences = document.sentences
        self._pointers = load_pointers(document.language)
        self._signs = self._pointers.pictures + _ADDRESSES
        n_candidates = sum(map(CANDIDATES.__contains__, document.sentences.kinds))
        self._is_short = n_candidates < _MIN_SENTENCES
        self._found: set[int] = set()
        for kind in () if self._is_short else _sort_out(document):
            if len(kind) <= _MAX_SHARE * n_candidates:
                self._found.update(kind)

    def __contains__(self, i: int) -> bool:
        if self._is_short:
            return False
        return i in self._found or self._is_pointer(i) or self._is_entry(i)

    def _is_pointer(self, i: int) -> bool:
        """Tell whether a sentence points at a picture, holds a web address or calls on the reader."""
        sentence = self._sentences[i]
        # An address in the markup of a link is not printed.
        text = sentence.text.lower() if sentence.shown is None else sentence.printed.lower()
        calls = self._pointers.calls.get(text[:3])
        if calls and text.startswith(calls):
            return True
        # A cheap test: few sentences contain one of them, even inside a word.
        found = [phrase for phrase in self._signs if phrase in text]
        return any(_has_phrase(text, phrase) for phrase in found)

    def _is_entry(self, i: int) -> bool:
        """Tell whether a sentence is in a table of contents: "Sec. 1. Title. Sec. 2. Terms. Sec. 3. …"."""
        entry = self._read_entry(i)
        if entry is None:
            return False
        name, number = entry
        n_entries = 1
        for step in (-1, 1):
            k = 1
            while n_entries < _MIN_ENTRIES and self._read_entry(i + step * k) == (name, number + step * k):
                n_entries += 1
                k += 1
        return n_entries >= _MIN_ENTRIES

    def _read_entry(self, i: int) -> tuple[str, int] | None:
        if not 0 <= i < len(self._sentences):
            return None
        entry = _ENTRY.match(self._sentences[i].text)
        return (entry[1].lower(), int(entry[2])) if entry else None


def _has_phrase(text: str, phrase: str) -> bool:
    """Tell whether a phrase begins a word of a text."""
    at = text.find(phrase)
    while at > 0 and phrase[0].isalpha() and text[at - 1].isalpha():
        at = text.find(phrase, at + 1)
    return at >= 0


def _sort_out(document: Document) -> tuple[list[int], ...]:
    """List the sentences without a stop, those with a small first letter, questions, and those with a
    label."""
    unended: list[int] = []
    small: list[int] = []
    questions: list[int] = []
    labels: dict[int, str] = {}
    talks = any(block.kind == "speech" for block in document.blocks)
    for index, _, _, text, _, kind, shown in document.sentences:
        if kind not in CANDIDATES:
            continue
        if shown is not None:
            text = shown
        last = text[-1:]
        if last != "." or text[-2:] == "..":
            if last not in _ENDS:
                last = text.rstrip(_CLOSERS)[-1:]
            if last in _QUESTIONS:
                questions.append(index)
            elif last not in _ENDS or text.endswith(("..", "…")):
                unended.append(index)
        if text[:1].islower():
            # After a greeting, a sentence may begin with a small letter: "Dear Ada, / the boiler room …".
            before = document.sentences.kinds[index - 1] if index else ""
            if before != "greeting":
                small.append(index)
        elif not talks and text.find(": ", 0, 46) > 0 and not text.startswith(_BULLETS):
            label = _LABEL.match(text)
            if label and len(label[0].split()) <= _MAX_LABEL_WORDS:
                labels[index] = label[0]
    # A label that recurs is a speaker or the name of a field.
    counts = Counter(labels.values())
    unique = [i for i, label in labels.items() if counts[label] == 1]
    return unended, small, questions, unique


@cache
def load_pointers(language: str) -> _Pointers:
    """Load how a language points at pictures and calls on the reader.

    Parameters
    ----------
    language : str
        Its code.

    Returns
    -------
    (tuple of str, dict of str to tuple of str)
        Phrases in lower case; those that begin a sentence are grouped by their first three letters. Both are
        empty for a language without a list.

    Examples
    --------
    >>> pointers = load_pointers("en")
    >>> "file photo" in pointers.pictures, "click here" in pointers.calls["cli"]
    (True, True)
    """
    sections: dict[str, list[str]] = {"[pictures]": [], "[calls]": []}
    try:
        with open(os.path.join(_DATA, f"{language}.txt"), encoding="utf-8") as file:
            lines = file.read().splitlines()
    except FileNotFoundError:
        lines = []
    section: list[str] = []
    for line in lines:
        if line in sections:
            section = sections[line]
        elif line and not line.startswith("#"):
            section.append(line)
    calls: dict[str, tuple[str, ...]] = {}
    for phrase in sections["[calls]"]:
        calls[phrase[:3]] = (*calls.get(phrase[:3], ()), phrase)
    return _Pointers(tuple(sections["[pictures]"]), calls)
