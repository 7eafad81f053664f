"""Load the cue words of a language: small groups of words that tell what a sentence does in its text.

References
----------
Edmundson 1969, "New methods in automatic extracting", doi:10.1145/321510.321519: cue words, and the words of
headings.
"""

from __future__ import annotations

import os
from functools import cache
from typing import NamedTuple

_DATA = os.path.join(os.path.dirname(__file__), "cues")

GROUPS = (
    "decision", "event", "speech", "purpose", "result", "law", "background", "plan", "time", "we", "i",
    "they", "you", "modal", "negation", "was", "is", "contrast", "cause", "question", "this",
)  # fmt: skip
"""Groups of cue words: what a sentence tells of, then its grammar."""
SECTIONS = ("abstract", "introduction", "related", "method", "results", "conclusion", "order", "end")
"""Kinds of sections, by the words of their headings."""


class Cues(NamedTuple):
    """The cue words of a language, in lower case.

    Attributes
    ----------
    words : dict of str to int
        For each word, the number of its group in `GROUPS`, from 0.
    headings : dict of str to int
        For each word of a heading, the number of the kind in `SECTIONS`, from 0.
    """

    words: dict[str, int]
    headings: dict[str, int]


@cache
def load_cues(language: str) -> Cues:
    """Load the cue words of a language.

    Its file has a line for each group and kind of section, in brackets; the words follow, separated by white
    space. A word that is in several groups belongs to the first.

    Parameters
    ----------
    language : str
        Code of the language.

    Returns
    -------
    Cues
        Empty if the language has no file.

    Examples
    --------
    >>> GROUPS[load_cues("en").words["announced"]]
    'decision'
    >>> SECTIONS[load_cues("en").headings["conclusions"]]
    'conclusion'
    >>> load_cues("xx")
    Cues(words={}, headings={})
    """
    words: dict[str, int] = {}
    headings: dict[str, int] = {}
    try:
        with open(os.path.join(_DATA, f"{language}.txt"), encoding="utf-8") as file:
            lines = file.read().splitlines()
    except FileNotFoundError:
        return Cues(words, headings)
    known, number = words, 0
    for line in lines:
        if line.startswith("["):
            heading, _, section = line.strip("[]").partition("heading ")
            known = headings if section else words
            number = SECTIONS.index(section) if section else GROUPS.index(heading)
        else:
            for word in line.lower().split():
                known.setdefault(word, number)
    return Cues(words, headings)
