"""From a text to its sentences: exact character ranges, and what each of them is.

The room has three layers, each linear in the text:

1. *Structure.* Blank lines part paragraphs; the lines of a paragraph are joined when they were
   wrapped by hand and kept apart when they were not. What comes out is called a *block*.
2. *Boundaries.* Every run of stops inside a block is a candidate. What stands before it (an
   abbreviation, an initial, a number) and after it (a capital, a digit, a quote) decides.
3. *Kinds.* Blocks that are not sentences (headings, bylines, captions, navigation, tables) are
   flagged and stay in the document.

Nothing here knows a language: its habits are fields of :class:`~summarize.languages.Language`
and a word list under ``summarize/data/segmentation``, read when the language is first used.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from summarize.document import Sentence
from summarize.languages import Language

# Marks that end a sentence wherever they stand, also with no space behind them.
_FULL_STOPS = "。！？｡．।॥۔؟։።፧፨၊။។៕᙮᠃᠉꓿⸮"
# Marks that end a sentence when white space and a new start follow.
_STOPS = ".!?…‥‼⁇⁈⁉" + _FULL_STOPS
_CLOSERS = "\"'”’»)]}›」』】〉》）］｝“‘"
_OPENERS = "\"'“”‘’«»„‚‹›([{¿¡「『【〈《（［｛`*_"
_DASHES = "-–—―"
_FINAL = frozenset(_STOPS + _CLOSERS + ",;，；、")

# The window in which the word before a stop is looked for; no abbreviation is longer.
_REACH = 24
# A stretch without a boundary is cut when it is longer than this many characters (some 1,500 English
# words): at the last newline, else semicolon or colon, else comma or dash, else white space of its
# second half, else where it is full.
_LONGEST = 10_000
_CLAUSE_ENDS = tuple(
    re.compile(pattern) for pattern in (r"\n", r"[;:；：](?=\s|[^\x00-\xff])", r"[,،、，](?=\s|[^\x00-\xff])|\s[–—-]\s", r"\s")
)

_BLANK_LINE = re.compile(r"\n[^\S\n]*+\n\s*+")
_WORD = re.compile(r"[^\W\d_]+")
_ROMAN = re.compile(r"[IVXLC]+\Z")
_DATA = Path(__file__).parent / "data" / "segmentation"

_NEVER, _BEFORE_NUMBER, _MAY_END = 1, 2, 4


@dataclass(frozen=True, slots=True)
class _Habits:
    """A language's habits, ready for use."""

    stop: re.Pattern[str]
    roles: dict[str, int]
    starters: frozenset[str]
    ordinals: bool


def split_sentences(text: str, language: Language) -> tuple[Sentence, ...]:
    """Sentences of a text.

    Parameters
    ----------
    text : str
        Any text at all.
    language : Language
        Whose habits to apply.

    Returns
    -------
    tuple of Sentence
        In reading order; together they hold every character of `text` that is not white space.
    """
    habits = _load_habits(language)
    view = _plain_newlines(text)
    sentences: list[Sentence] = []
    paragraph = 0
    for start, end in _paragraphs(view):
        for begin, stop in _spans(view, start, end, habits):
            sentences.append(Sentence(len(sentences), begin, stop, text[begin:stop], paragraph))
        paragraph += 1
    return tuple(sentences)


def _plain_newlines(text: str) -> str:
    """The text with every kind of newline as ``\\n``, at unchanged offsets."""
    if "\r" in text:
        text = text.replace("\r\n", " \n").replace("\r", "\n")
    if text.isascii():
        return text
    for newline in "\x85\u2028\u2029":
        text = text.replace(newline, "\n")
    return text


def _paragraphs(view: str) -> list[tuple[int, int]]:
    found = []
    start = len(view) - len(view.lstrip())
    for blank in _BLANK_LINE.finditer(view, start):
        end = blank.start()
        while view[end - 1].isspace():
            end -= 1
        found.append((start, end))
        start = blank.end()
    end = len(view.rstrip())
    if start < end:
        found.append((start, end))
    return found


def _spans(view: str, start: int, end: int, habits: _Habits) -> list[tuple[int, int]]:
    spans = []
    begin = start
    for match in habits.stop.finditer(view, start, end):
        at, follow = match.span()
        if follow >= end:
            break
        if at > begin and _is_boundary(view, begin, at, match.end(1), follow, end, habits):
            spans.append((begin, match.end(1)))
            begin = follow
    spans.append((begin, end))
    return spans


def _is_boundary(view: str, begin: int, at: int, close: int, follow: int, end: int, habits: _Habits) -> bool:
    first = follow
    while first < end and view[first] in _OPENERS:
        first += 1
    if first >= end:
        return False
    char = view[first]
    if view[at] in _FULL_STOPS:
        return char not in ",，、；：;:"
    if char.islower():
        return False
    if view[at] != "." or close - at > 1 and view[at + 1] == ".":
        return close < follow
    words = view[max(begin, at - _REACH) : at].rsplit(None, 1)
    word = words[-1] if words else ""
    if not word[:1].isalnum():
        word = word.lstrip(_OPENERS + _DASHES)
    if close == follow:
        return False
    role = habits.roles.get(word) or habits.roles.get(word.lower(), 0)
    if not role:
        if word.isdigit():
            if begin + len(word) >= at:
                return False
            if habits.ordinals and len(word) < 3:
                return _starts_sentence(view, first, habits)
            return True
        if len(word) > 1 and "." not in word:
            return True
        role = _MAY_END
    if role & _NEVER:
        return False
    if char.isdigit():
        return not role & _BEFORE_NUMBER
    if role & _MAY_END:
        return _starts_sentence(view, first, habits)
    return True


def _starts_sentence(view: str, first: int, habits: _Habits) -> bool:
    word = _WORD.match(view, first, first + _REACH)
    return word is not None and word[0].lower() in habits.starters


@lru_cache(maxsize=None)
def _load_habits(language: Language) -> _Habits:
    sections: dict[str, set[str]] = {}
    for name in dict.fromkeys(("und", language.code)):
        path = _DATA / f"{name}.txt"
        if path.exists():
            _read_sections(path.read_text(encoding="utf-8"), sections)
    roles: dict[str, int] = {}
    for section, role in (("never", _NEVER), ("before-number", _BEFORE_NUMBER), ("may-end", _MAY_END)):
        for word in sections.get(section, ()):
            roles[word] = roles.get(word, 0) | role
    return _Habits(
        stop=_stop_pattern(""),
        roles=roles,
        starters=frozenset(sections.get("starters", ())),
        ordinals=False,
    )


def _read_sections(data: str, sections: dict[str, set[str]]) -> None:
    words: set[str] = set()
    for line in data.splitlines():
        if line.startswith("["):
            words = sections.setdefault(line.strip("[] "), set())
        elif not line.startswith("#"):
            words.update(line.split())


@lru_cache(maxsize=None)
def _stop_pattern(more: str) -> re.Pattern[str]:
    stops = re.escape(_STOPS + more)
    # The look-behind stands after the first mark, not before it: the engine can then skip to that
    # mark, and a run of marks is tried once and not once for each of its marks.
    return re.compile(
        rf"[{stops}](?<![{stops}][{stops}])[{stops}]*+([{re.escape(_CLOSERS)}]*+)"
        rf"(?:\s++|(?<=[{_FULL_STOPS}])|(?![a-z0-9]))"
    )
