"""Add the passages of a marked-up text: blocks with what is printed of them.

Readers of markup list passages in order; `add_passages` looks at all of them before it adds them, because a
short line without a full stop is a label in a text of sentences, and content in a list of lines.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from summarize.document import PROSE
from summarize.reading.structure import Builder

Span = tuple[int, int]

# A longer paragraph is not a label such as "Updated: 4 June 2026" or "Features".
_MAX_LABEL, _MAX_LABEL_WORDS = 100, 9
_ENTITY = re.compile(r"&(?:#\w{1,8}|[A-Za-z]{2,31});")
_ALNUM = re.compile(r"[^\W_]")
# A stop in any script, perhaps within closing marks; a colon announces what follows.
_ENDED = re.compile(r"[.!?…:;。．！？：；।॥۔؟፡።།။។՞։](?:[\"'”’»›)\]）」』*_`]|\[\^?\w{1,8}\]){0,6}\s*\Z")
# A sentence of a paragraph of markup, such as HTML, has at least so many words, or letters where no spaces
# are.
_MIN_WORDS, _MIN_LETTERS = 6, 12
_NO_CAPITALS = re.compile("[\u0e00-\u0eff\u0f00-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff]")
_BEFORE_MARK = frozenset(",.;:!?)]}»”’、，。；：！？）")


class Passage(NamedTuple):
    """A block that a reader has found.

    Attributes
    ----------
    kind : str
        As in `summarize.document.Block`.
    start, end : int
        Half-open range in the text.
    holes : list of (int, int)
        Ranges in it that are not text.
    speaker : str or None
    continues : bool
    level : int
        As in `summarize.document.Block`.
    """

    kind: str
    start: int
    end: int
    holes: Sequence[Span] = ()
    speaker: str | None = None
    continues: bool = False
    level: int = 0


def show(text: str, start: int, end: int, holes: Iterable[Span] = ()) -> str:
    """Return what is left of a range without its holes, with white space folded.

    Parameters
    ----------
    text : str
    start, end : int
    holes : iterable of (int, int), optional
        In any order.

    Returns
    -------
    str

    Examples
    --------
    >>> show("[Gas](g) was found.", 0, 19, [(0, 1), (4, 8)])
    'Gas was found.'
    """
    parts = []
    for begin, stop in sorted(holes):
        if begin > start:
            parts.append(text[start:begin])
        start = max(start, min(stop, end))
    parts.append(text[start:end])
    return " ".join("".join(parts).split())


def has_words(shown: str) -> bool:
    """Tell whether something is left to read: a letter or digit that is not part of an entity.

    Parameters
    ----------
    shown : str

    Returns
    -------
    bool

    Examples
    --------
    >>> has_words("&nbsp;|"), has_words("Gas")
    (False, True)
    """
    return _ALNUM.search(_ENTITY.sub("", shown) if "&" in shown else shown) is not None


def is_ended(shown: str) -> bool:
    """Tell whether a passage ends as a sentence does.

    Parameters
    ----------
    shown : str

    Returns
    -------
    bool

    Examples
    --------
    >>> is_ended("Gas was found."), is_ended("Gas at sea")
    (True, False)
    """
    return _ENDED.search(shown, max(0, len(shown) - 60)) is not None


def is_sentence(shown: str) -> bool:
    """Tell whether a piece of markup holds a sentence, and not only a label, such as the words of a button.

    Parameters
    ----------
    shown : str

    Returns
    -------
    bool

    Examples
    --------
    >>> is_sentence("A fast framework for people in a hurry."), is_sentence("Read the docs.")
    (True, False)
    """
    if not is_ended(shown) or shown.endswith(":"):
        return False
    return len(shown.split()) >= _MIN_WORDS or len(_NO_CAPITALS.findall(shown)) >= _MIN_LETTERS


def add_passages(builder: Builder, passages: Iterable[Passage]) -> None:
    """Add passages as blocks with their holes.

    Parameters
    ----------
    builder : Builder
    passages : iterable of Passage
        In reading order.

    Notes
    -----
    A short paragraph without a stop is a heading if most of the paragraphs, by length, end with a stop. A
    passage of which nothing is left is navigation, such as a row of badges. A space before a hole goes with
    it if a comma or stop follows: "the gauge [hole]." is printed "the gauge."
    """
    text = builder.text
    listed = [(each, show(text, each.start, each.end, each.holes)) for each in passages]
    has_labels = may_have_labels([shown for each, shown in listed if each.kind == "paragraph" and shown])
    for each, shown in listed:
        kind = each.kind
        if kind in PROSE and not has_words(shown):
            kind = "navigation"
        elif kind == "paragraph" and has_labels and is_label(shown):
            kind = "heading"
        continues = each.continues and kind == each.kind
        builder.add(kind, each.start, each.end, speaker=each.speaker, continues=continues, level=each.level)
        if kind not in PROSE:
            continue
        for start, end in _join_holes(each.holes):
            if end < each.end and text[end] in _BEFORE_MARK:
                while start > each.start and text[start - 1] in " \t":
                    start -= 1
            builder.add_hole(max(start, each.start), min(end, each.end))


def may_have_labels(paragraphs: Sequence[str]) -> bool:
    """Tell whether most of the paragraphs, by length, end with a stop, so that others may be labels.

    Examples
    --------
    >>> may_have_labels(["Gas was found at sea.", "Features"]), may_have_labels(["A ferry", "A mill"])
    (True, False)
    """
    n_ended = sum(len(shown) for shown in paragraphs if is_ended(shown))
    return 2 * n_ended >= sum(map(len, paragraphs)) and len(paragraphs) > 1


def is_label(shown: str) -> bool:
    """Tell whether a paragraph is too short for a sentence and ends like none: "Updated: 4 June 2026"."""
    return len(shown) <= _MAX_LABEL and len(shown.split()) <= _MAX_LABEL_WORDS and not is_ended(shown)


def _join_holes(holes: Iterable[Span]) -> Iterable[Span]:
    """Sort holes, and join those that touch or overlap."""
    last: Span | None = None
    for start, end in sorted(holes):
        if last and start <= last[1]:
            last = (last[0], max(last[1], end))
        else:
            if last:
                yield last
            last = (start, end)
    if last:
        yield last
