"""Load the segmentation rules of a language: its punctuation, abbreviations and boilerplate.

They come from its :class:`~summarize.languages.Language` and from its word list in
``summarize/segmentation/data``, which is read when the language is first used. ``und.txt`` holds the
rules for every language and explains the format.
"""

from __future__ import annotations

import os
import re
from functools import cache
from typing import NamedTuple
from unicodedata import normalize

from summarize.languages import Language
from summarize.patterns import rare

# Punctuation that ends a sentence wherever it occurs, with or without a space after it: "他说。" "वह था।"
STRONG_TERMINATORS = "。！？｡．।॥۔؟։።፧፨၊။។៕᙮᠃᠉꓿⸮"
# Punctuation that may end a sentence if white space and a new start follow.
TERMINATORS = ".!?…‥‼⁇⁈⁉།༎" + STRONG_TERMINATORS
# Closing punctuation after a terminator belongs to the sentence: 'He said "no."'
CLOSERS = "\"'”’»›«‹)]}」』】〉》）］｝“‘*_"
# The mark of a note after the terminator: "It is old.[4]", ".[a]", ".[^1]", ".[note 2]", ".¹", ".^4",
# ".[citation needed]".
_NOTE = (
    r"(?:\[(?:\d{1,3}(?:[,–-]\s?\d{1,3}){0,5}|[a-z]|\^[\w-]{1,20}|[^\W\d_]{1,8}\.?\s\d{1,3}"
    r"|citation needed)\]"
    r"|[⁰¹²³⁴-⁹]{1,3}|\^\d{1,3}(?!\w))"
)
_SYMBOLS = "\u2600-\u27bf\U0001f000-\U0001faff"
_EMOJI = rf"[{_SYMBOLS}][\ufe0f\u200d{_SYMBOLS}]*+"
# An emoji may stand for a stop: "楽しかった😊また行きたい。".
_FACES = (
    "\U0001f600-\U0001f64f\U0001f389\U0001f38a\U0001f44d\U0001f44f\U0001f602\U0001f923\U0001f970-\U0001f97a"
)
_EMOTICON = r"[:;]['-]?[)(DP](?!\w)"
# Markup and invisible characters between two sentences, which belong to the first one.
_BREAK, _INVISIBLE = r"<br ?/?>|&nbsp;", r"[\u200b\u200e\u200f\u2060\ufeff]"

# The role of a word before a period; the word lists have a section for each.
# NEVER: no sentence ends here, "Mr. Smith". BEFORE_NUMBER: none ends if a number follows, "No. 5".
# MAY_END: one ends if a typical first word follows, "Acme Inc. The". ENDS: one ends if a capital
# follows, "etc. The".
NEVER, BEFORE_NUMBER, MAY_END, ENDS = 1, 2, 4, 8
_ROLES = (("never", NEVER), ("before-number", BEFORE_NUMBER), ("may-end", MAY_END), ("ends", ENDS))
_BOILERPLATE = ("navigation", "byline", "caption")
_DATA = os.path.join(os.path.dirname(__file__), "data")


class Rules(NamedTuple):
    """The segmentation rules of a language.

    Attributes
    ----------
    candidate : Pattern
        Matches a candidate boundary in any text; see `choose_candidate`. Group 1 is the terminator with any
        closing punctuation after it.
    roles : dict
        Maps a word to its role before a period: a combination of the bits `NEVER`, `BEFORE_NUMBER`,
        `MAY_END` and `ENDS`.
    suffixes : tuple of str
        Endings of words with the role `BEFORE_NUMBER` ("Goethestr. 5").
    starters : frozenset of str
        Words, in lower case, that begin a sentence if they are capitalized after an abbreviation.
    final_words, opening_words : tuple of str
        How sentences end and begin in scripts without final punctuation.
    unfinished : tuple of str
        How sentences do not end in these scripts.
    clauses : frozenset of str
        Words, in lower case, that begin a clause inside a sentence ("and", "because").
    said : frozenset of str
        Verbs, in lower case, of the narrator after a quotation ("said").
    letters : frozenset of str
        Letters, and names of letters, that number items or abbreviate a name.
    extra_terminators : str
        Punctuation that ends a sentence in this language only.
    ordinals : bool
        Whether a number with a period is an ordinal ("am 3. Mai").
    phrase_spaces : bool
        Whether spaces separate phrases and sentences, which end without punctuation.
    boilerplate : Pattern
        Matches the first words of a byline, caption or navigation line. The named groups are the kinds.
    boilerplate_starts : tuple of str
        What it matches, in lower case and up to the end of a word or a line.
    boilerplate_prefixes : frozenset of str
        The first two characters of these: a cheap test that rules out most lines.
    references : frozenset of str
        Headings, in lower case, of a list of references, in any language.
    byline_words : frozenset of str
        Words, in lower case, before the names in a byline ("by").
    labels : frozenset of str
        Words, in lower case, before the number of a chapter, a section or a figure ("chapter").
    filler_words : frozenset of str
        Words, in lower case, of greetings, back-channels and false starts ("okay", "um").
    """

    candidate: re.Pattern[str]
    roles: dict[str, int]
    suffixes: tuple[str, ...]
    starters: frozenset[str]
    final_words: tuple[str, ...]
    opening_words: tuple[str, ...]
    unfinished: tuple[str, ...]
    clauses: frozenset[str]
    said: frozenset[str]
    letters: frozenset[str]
    extra_terminators: str
    ordinals: bool
    phrase_spaces: bool
    boilerplate: re.Pattern[str]
    boilerplate_starts: tuple[str, ...]
    boilerplate_prefixes: frozenset[str]
    references: frozenset[str]
    byline_words: frozenset[str]
    labels: frozenset[str]
    filler_words: frozenset[str]


@cache
def load_rules(language: Language) -> Rules:
    """Load the rules of a language from its entry and its word list.

    Parameters
    ----------
    language : Language

    Returns
    -------
    Rules

    Examples
    --------
    >>> from summarize.languages import find_language
    >>> rules = load_rules(find_language("en"))
    >>> rules.roles["mr"] == NEVER, "the" in rules.starters
    (True, True)
    """
    roles: dict[str, int] = {}
    sections: dict[str, list[str]] = {}
    references: frozenset[str] = frozenset()
    for name in ("und", language.segmentation):
        if name:
            sections = _read_sections(name)
            roles |= _read_roles(sections)
            references |= frozenset(sections.get("references", ()))
    return Rules(
        candidate=_compile_candidate(language.terminators, _FACES),
        roles=roles,
        suffixes=tuple(_words(sections, "suffixes")),
        starters=frozenset(_words(sections, "starters")),
        final_words=tuple(_words(sections, "finals")),
        opening_words=tuple(_words(sections, "openings")),
        unfinished=tuple(_words(sections, "unfinished")),
        clauses=frozenset(_words(sections, "clauses")),
        said=frozenset(_words(sections, "said")),
        letters=frozenset(_words(sections, "letters")),
        extra_terminators=language.terminators,
        ordinals=language.ordinals,
        phrase_spaces=language.phrase_spaces,
        boilerplate=rare(_boilerplate_pattern(sections)),
        boilerplate_starts=tuple(
            line.removesuffix(" $").lower() for kind in _BOILERPLATE for line in sections.get(kind, ())
        ),
        boilerplate_prefixes=frozenset(
            line[:2].lower() for kind in _BOILERPLATE for line in sections.get(kind, ())
        ),
        references=references,
        byline_words=frozenset(_words(sections, "by")),
        labels=frozenset(normalize("NFC", word) for word in _words(sections, "labels")),
        filler_words=frozenset(_words(sections, "fillers")),
    )


def _read_sections(name: str) -> dict[str, list[str]]:
    """Read the lines of each section of a word list."""
    # Importing pathlib or importlib.resources would double the import time of this module.
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
    """Build the regular expression for boilerplate; with " $" in the list, the whole line must match."""
    groups = []
    for kind in _BOILERPLATE:
        starts = [
            re.escape(line.removesuffix(" $")) + r"\W*\Z" * line.endswith(" $")
            for line in sections.get(kind, ())
        ]
        groups.append(f"(?P<{kind}>{'|'.join(starts) or '(?!)'})")
    return rf"(?i:{'|'.join(groups)})(?!(?<=\w)\w)"


def choose_candidate(text: str, rules: Rules) -> re.Pattern[str]:
    """Return the pattern of a candidate boundary that knows just the characters of a text.

    Without emoji, it takes half the time; for western texts, it is also compiled in a quarter of the time.

    Parameters
    ----------
    text : str
    rules : Rules

    Returns
    -------
    Pattern
        It matches in this text where ``rules.candidate`` does.
    """
    if text.isascii():
        return _compile_candidate(rules.extra_terminators, charset="ascii")
    try:
        text.encode("cp1252")
    except UnicodeEncodeError:
        # Two code units of UTF-16 make an emoji.
        is_basic = len(text.encode("utf-16-le", "surrogatepass")) == 2 * len(text)
        return _compile_candidate(rules.extra_terminators) if is_basic else rules.candidate
    return _compile_candidate(rules.extra_terminators, charset="cp1252")


@cache
def _compile_candidate(extra: str, faces: str = "", charset: str = "") -> re.Pattern[str]:
    """Compile the pattern of a candidate boundary: a run of terminators, or an emoticon (":)").

    It needs to know no characters but those of the charset; fewer take less time to compile and to look for.
    """

    def choose(characters: str) -> str:
        return re.escape("".join(c for c in characters if not charset or c.encode(charset, "ignore")))

    ends, strong, closers = choose(TERMINATORS + extra), choose(STRONG_TERMINATORS), choose(CLOSERS)
    emoticon = _EMOTICON if charset else f"{_EMOTICON}|{_EMOJI}"
    between = _BREAK if charset else f"{_INVISIBLE}|{_BREAK}"
    # Behind a strong terminator, a sentence needs no space.
    joined = rf"|(?<=[{strong}])|(?<=[{strong}][{closers}])" if strong else ""
    # The look-behinds come after the first character, so that the engine can jump to it, and tries a run of
    # terminators ("?!...") once, not at each of its characters.
    face = rf"|(?<=[{faces}])(?<![{_SYMBOLS}][{_SYMBOLS}])[\ufe0f\u200d{_SYMBOLS}]*+" if faces else ""
    return rare(
        rf"([{ends}:;{faces}](?:(?<=[{ends}])(?<![{ends}][{ends}])[{ends}]*+[{closers}]*+{_NOTE}*+(?:{between})*+"
        rf"(?:[ \xa0\u202f]»(?=[\s.,;:]))?(?:[ ]?(?:{emoticon}))*+"
        rf"|(?<=[:;])['-]?[)(DP](?!\w){face}))"
        rf"(?:\s++{joined}|(?![a-z0-9])|(?<=[;>\u200b]))"
    )
