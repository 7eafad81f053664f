"""The habits of a language, ready for use: its stops, its abbreviations, its page furniture.

They come from fields of :class:`~summarize.languages.Language` and from a word list under
``summarize/data/segmentation`` that is read when the language is first used. ``und.txt`` holds
what every language knows, and says how the lists are read.
"""

from __future__ import annotations

import os
import re
from functools import cache
from typing import NamedTuple

from summarize.languages import Language

# Marks that end a sentence wherever they stand, with or without a space behind them.
FULL_STOPS = "。！？｡．।॥۔؟։።፧፨၊။។៕᙮᠃᠉꓿⸮"
# Marks that may end a sentence when white space and a new start follow.
STOPS = ".!?…‥‼⁇⁈⁉" + FULL_STOPS
CLOSERS = "\"'”’»›)]}」』】〉》）］｝“‘*_"
# A number of a footnote or a reference behind the stop, as in an encyclopedia.
_NOTE = r"(?:\[\d{1,3}(?:[,–-]\s?\d{1,3}){0,5}\])"
_EMOTICON = r"[:;]['-]?[)(DP](?!\w)"

# What a stop behind a word may be, as the sections of a word list say it.
NEVER, BEFORE_NUMBER, MAY_END, ENDS = 1, 2, 4, 8
_ROLES = (("never", NEVER), ("before-number", BEFORE_NUMBER), ("may-end", MAY_END), ("ends", ENDS))
_BOILERPLATE = ("navigation", "byline", "caption")
_DATA = os.path.join(os.path.dirname(__file__), "data")


class Habits(NamedTuple):
    """A language's habits, ready for use.

    Attributes
    ----------
    stop : Pattern
        A candidate boundary; group 1 is the mark with what closes behind it.
    roles : dict
        What a stop behind a word may be: bits `NEVER`, `BEFORE_NUMBER`, `MAY_END`.
    suffixes : tuple of str
        Ends of longer words behind which no sentence ends when a number follows ("Goethestr. 5").
    starters : frozenset
        Words, in lower case, that begin a sentence when they stand capitalized behind an abbreviation.
    finals, openings : tuple of str
        Where sentences have no stops: how they end, and how they begin.
    more_stops : str
        Marks that end a sentence in this language only.
    ordinals : bool
        Whether a number with a stop is an ordinal.
    phrase_spaces : bool
        Whether white space parts phrases and sentences, with no stops and no spaces between words.
    boilerplate : str
        Pattern of line starts that betray a byline, a caption or navigation; named groups are the
        kinds. Not compiled: it is long, and few texts need it.
    references : frozenset
        Headings, in lower case, under which a list of references stands, in any language.
    by : frozenset
        Words, in lower case, that stand before the names in a byline.
    boilerplate_heads : frozenset
        Their first two characters, in lower case: a cheap test that spares most lines the pattern.
    """

    stop: re.Pattern[str]
    roles: dict[str, int]
    suffixes: tuple[str, ...]
    starters: frozenset[str]
    finals: tuple[str, ...]
    openings: tuple[str, ...]
    more_stops: str
    ordinals: bool
    phrase_spaces: bool
    boilerplate: str
    boilerplate_heads: frozenset[str]
    references: frozenset[str]
    by: frozenset[str]


@cache
def load_habits(language: Language) -> Habits:
    """A language's habits from its entry and its word list."""
    roles: dict[str, int] = {}
    sections: dict[str, list[str]] = {}
    references: frozenset[str] = frozenset()
    for name in ("und", language.segmentation):
        if name:
            sections = _read_sections(name)
            roles |= _read_roles(sections)
            references |= frozenset(sections.get("references", ()))
    return Habits(
        stop=_stop_pattern(language.stops),
        roles=roles,
        suffixes=tuple(_words(sections, "suffixes")),
        starters=frozenset(_words(sections, "starters")),
        finals=tuple(_words(sections, "finals")),
        openings=tuple(_words(sections, "openings")),
        more_stops=language.stops,
        ordinals=language.ordinals,
        phrase_spaces=language.phrase_spaces,
        boilerplate=_boilerplate_pattern(sections),
        boilerplate_heads=frozenset(
            line[:2].lower() for kind in _BOILERPLATE for line in sections.get(kind, ())
        ),
        references=references,
        by=frozenset(_words(sections, "by")),
    )


def _read_sections(name: str) -> dict[str, list[str]]:
    """The lines of every section of a word list."""
    # Neither pathlib nor importlib.resources, which would double the time it takes to import this.
    with open(os.path.join(_DATA, f"{name}.txt"), encoding="utf-8") as file:
        data = file.read()
    sections: dict[str, list[str]] = {}
    lines: list[str] = []
    for line in data.splitlines():
        if line.startswith("[") and line.endswith("]"):
            lines = sections[line[1:-1]] = []
        elif line and not line.startswith("#"):
            lines.append(line)
    return sections


def _read_roles(sections: dict[str, list[str]]) -> dict[str, int]:
    roles: dict[str, int] = {}
    for section, role in _ROLES:
        for word in _words(sections, section):
            roles[word] = roles.get(word, 0) | role
    return roles


def _words(sections: dict[str, list[str]], section: str) -> list[str]:
    return " ".join(sections.get(section, ())).split()


def _boilerplate_pattern(sections: dict[str, list[str]]) -> str:
    groups = []
    for kind in _BOILERPLATE:
        starts = [
            re.escape(line.removesuffix(" $")) + r"\W*\Z" * line.endswith(" $")
            for line in sections.get(kind, ())
        ]
        groups.append(f"(?P<{kind}>{'|'.join(starts) or '(?!)'})")
    return rf"(?i:{'|'.join(groups)})(?!(?<=\w)\w)"


@cache
def _stop_pattern(more: str) -> re.Pattern[str]:
    stops = re.escape(STOPS + more)
    closers = re.escape(CLOSERS)
    # The look-behinds stand after the first mark, not before it: the engine can then leap to that
    # mark, and a run of marks is tried once and not once for each of its marks.
    return re.compile(
        rf"([{stops}:;](?:(?<=[{stops}])(?<![{stops}][{stops}])[{stops}]*+[{closers}]*+{_NOTE}*+"
        rf"(?:[ \xa0\u202f]»(?=[\s.,;:]))?(?:[ ]?{_EMOTICON})*+"
        rf"|(?<=[:;])['-]?[)(DP](?!\w)))(?:\s++|(?<=[{FULL_STOPS}])|(?<=[{FULL_STOPS}][{closers}])|(?![a-z0-9]))"
    )
