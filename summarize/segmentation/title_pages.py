"""Find the title page of a plain text: the lines above its first paragraph.

The title of a book or a paper, its authors and their addresses, the caption of a court, the heading of a
memorandum, a salutation, a licence: their form gives them away in any language. They end without a stop, most
of their words begin with capitals, they are centred, or they are set in columns.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from summarize.patterns import rare
from summarize.segmentation.blocks import BULLET, Line, find_wrap_width
from summarize.segmentation.rules import CLOSERS, STRONG_TERMINATORS, TERMINATORS, Rules

# The title page ends after this much prose, in characters; it has at most this many paragraphs.
_MAX_PROSE, _MAX_PARAGRAPHS = 300, 120
# Paragraphs to examine after the title page. Most must be prose: a list has no title page.
_SAMPLE = 40
# A longer paragraph without a final stop is prose if its words look like prose.
_MAX_TITLE = 150
# In scripts with capitals, at least this share of the words of prose begins with a small letter.
_MIN_SMALL = 0.4
# Characters of a paragraph to examine for words in small letters.
_MAX_MEASURED = 400
# With a larger share of such words, nothing else matters.
_CLEARLY_SMALL = 0.6
# A sentence that a page break interrupts has at least this many characters above it.
_MIN_BROKEN = 30
# In a list without bullets, at least this share of the words of each line begins with a small letter.
_MIN_ITEM = 0.3
# A shorter line of a paragraph that is wrapped to a common width does not fill it.
_MIN_FULL = 0.75
# Lines above the first sentence, in the same paragraph.
_MAX_PEELED = 16
# A salutation or a line that announces speech: "To the Council of Brandle:".
_MAX_SALUTATION = 60
# A centred line is indented by at least this many spaces, and has at most this many characters.
_MIN_INDENT, _MAX_CENTRED = 8, 60
# Lines with more characters are not wrapped by hand: each is a paragraph.
_MAX_WIDTH = 140

_WORD = rare(r"[^\W\d_]+")
_ENDS = frozenset(TERMINATORS + STRONG_TERMINATORS + "।؟۔")
# A sentence that ends inside a paragraph.
_STOP_SIGNS = frozenset(".!?。！？।؟۔")
_STOP = rare(r"[^\W\d_]{3}[.!?][\"'”’»)]?\s+[^\W\d_a-z]|[。！？।؟۔]")
# A speaker, and what they say: "John: I see some interesting".
_LABEL = rare(r"[^\W\d_]\S{0,20}(?:\s\S{1,20})?:\s+[^\W\d_]")
_GAP = rare(r"\S(?: {4,}|\t)\S")
_LEADER = rare(r"(?:\.\s?){4,}|…{2,}|_{4,}")
_MAIL = rare(r"\S@[^\s@]{1,100}\.\w|\b(?:https?://|www\.)\S")
_MAIL_SIGNS = ("@", "://", "www.")
# "3 May 2015", "May 3, 2015", "2015-05-03", "3. Mai 2015", "2015年5月3日".
_DATE = rare(
    r"\W*(?:[^\W\d_]{2,12},?\s+)?(?:(?:\d{1,2}(?:st|nd|rd|th|er|º|\.)?\s+(?:de\s+|di\s+|d')?)?[^\W\d_]{3,12}\.?,?\s+(?:de\s+|del\s+)?"
    r"(?:\d{1,2},?\s+)?\d{4}|\d{4}-\d\d-\d\d|\d{1,2}[./]\d{1,2}[./]\d{2,4}|\d{4}年\d{1,2}月\d{1,2}日)"
    r"(?:\W+(?:\w{2}\s+)?\d{1,2}[:.]\d\d(?::\d\d)?(?:\s?[AaPp]\.?[Mm]\.?)?(?:\s\w{2,4})?)?\W*\Z"
)
# "1.1 Purpose", "IV. Results".
_SECTION = rare(r"(?:\d{1,2}(?:\.\d{1,2})*|[IVXLC]+)\.?\s+[^\W\d_]")
_LICENCE = rare(
    r"permission is hereby granted|licensed under the|redistribution and use in source|is free software[:;]"
    r"|without warrant(?:y|ies)|\ball rights reserved|spdx-license-identifier|terms of the .{0,40}license"
    r"|creative commons|alle rechte vorbehalten|tous droits réservés|todos los derechos reservados"
    r"|tutti i diritti riservati|todos os direitos reservados|alle rechten voorbehouden|все права защищены"
    r"|wszelkie prawa zastrzeżone|版权所有|無断転載",
    re.IGNORECASE,
)
# One of these is in every licence: a cheap test that rules out most texts.
_LICENCE_WORDS = (
    "permission",
    "licen",
    "redistribution",
    "free software",
    "warrant",
    "rights reserved",
    "creative commons",
) + ("rechte", "droits", "derechos", "diritti", "direitos", "права", "prawa", "版权", "無断")


def find_title_page(
    view: str, lines: list[Line], rules: Rules, lowercase: bool
) -> list[tuple[int, int, str]]:
    r"""Find the lines of the title page of a text.

    Parameters
    ----------
    view : str
        A text with normalized newlines.
    lines : list of (int, int, int)
        From `~summarize.segmentation.blocks.find_lines`.
    rules : Rules
        The rules of the language.
    lowercase : bool
        Whether the text begins its sentences with lower-case letters.

    Returns
    -------
    list of (int, int, str)
        For each paragraph of the title page the index of its first line, the index after its last line, and
        its kind: ``"heading"``, ``"byline"`` for names, places and dates, ``"metadata"`` for columns, or
        ``"boilerplate"`` for a licence.

    Examples
    --------
    >>> from summarize.languages import find_language
    >>> from summarize.segmentation.blocks import find_lines
    >>> from summarize.segmentation.rules import load_rules
    >>> text = "THE WEIR KEEPER\n\nby\n\nAda Holm\n\nThe weir has been kept by one family for ninety years."
    >>> find_title_page(text, find_lines(text), load_rules(find_language("en")), False)
    [(0, 1, 'heading'), (1, 2, 'byline'), (2, 3, 'heading')]
    """
    found: list[tuple[int, int, str]] = []
    n_prose = n_other = n_followed = 0
    paragraphs = _iterate_paragraphs(view, lines)
    for number, (first, stop, width) in enumerate(paragraphs):
        start = first
        if _is_prose(view, lines, first, stop, lowercase, is_first=not n_prose):
            if not n_prose:
                start = _peel(view, lines, first, stop, width, rules)
            if _is_licence(view, lines, start, stop):
                found.append((start, stop, "boilerplate"))
            else:
                n_prose += lines[stop - 1][1] - lines[start][0]
                n_followed = len(found) + (start > first)
        else:
            start = stop
            n_other += _measure_other(view, lines, first, stop) if n_prose else 0
        if start > first:
            kind = _name_kind(view, lines, first, start, rules, is_first=not found)
            found.extend((k, k + 1, kind) for k in range(first, start))
        if n_prose > _MAX_PROSE or number == _MAX_PARAGRAPHS:
            n_followed = len(found)
            break
    del found[n_followed:]
    if not found or not n_prose:
        return []
    # A list of names has no title page: most of what follows must be prose.
    for _, (first, stop, _) in zip(range(_SAMPLE), paragraphs, strict=False):
        if _is_prose(view, lines, first, stop, lowercase, is_first=False):
            n_prose += lines[stop - 1][1] - lines[first][0]
        else:
            n_other += _measure_other(view, lines, first, stop)
    return sorted(found) if 2 * n_other <= n_prose else []


def _measure_other(view: str, lines: list[Line], first: int, stop: int) -> int:
    """Count the characters of a paragraph that is not prose, except in columns."""
    start, end = lines[first][0], lines[stop - 1][1]
    return 0 if _GAP.search(view, start, end) or _LEADER.search(view, start, end) else end - start


def _iterate_paragraphs(view: str, lines: list[Line]) -> Iterator[tuple[int, int, int]]:
    """Yield the first line of each paragraph, the line after its last, and its width.

    A line that is too long to be wrapped by hand is a paragraph of its own.
    """
    first = 0
    while first < len(lines):
        stop = first + 1
        while stop < len(lines) and not lines[stop][2]:
            stop += 1
        longest = max(end - start for start, end, _ in lines[first:stop])
        if longest > _MAX_WIDTH:
            yield from ((k, k + 1, 0) for k in range(first, stop))
        else:
            yield first, stop, find_wrap_width(view, lines, first, stop)
        first = stop


def _is_prose(
    view: str, lines: list[Line], first: int, stop: int, lowercase: bool, *, is_first: bool
) -> bool:
    """Tell whether a paragraph consists of sentences, by its end and its small letters.

    After the first prose, a paragraph without a stop may be anything; only names and columns are not prose.
    """
    start, end = lines[first][0], lines[stop - 1][1]
    piece = view[start:end]
    if _measure_small(piece) < _MIN_SMALL or _is_centred(view, lines, first, stop):
        return False
    shown = piece.rstrip(CLOSERS + " ") or piece
    if shown[-1] in _ENDS or shown[-1] in ",，、;；" or BULLET.match(piece):
        return True
    if shown[-1] in ":：" and len(piece) <= _MAX_SALUTATION:
        return False
    if not is_first:
        return not _GAP.search(piece)
    if len(piece) > _MAX_TITLE or (not _STOP_SIGNS.isdisjoint(piece) and _STOP.search(piece)):
        return True
    if ":" in piece and _LABEL.match(piece):
        return True
    # A sentence interrupted by a page break, or a list without bullets.
    return (
        stop < len(lines) and view[lines[stop][0]].islower() and not lowercase and len(piece) >= _MIN_BROKEN
    ) or (stop - first > 2 and all(_is_item(view[start:end]) for start, end, _ in lines[first:stop]))


def _is_item(line: str) -> bool:
    """Tell whether a line may be an item of a list: it begins like a sentence and is not a name."""
    return line[0].isupper() and _measure_small(line) >= _MIN_ITEM


def _measure_small(piece: str) -> float:
    """Return the share of words that begin with a small letter; 1 in scripts without capitals."""
    sample = piece[:_MAX_MEASURED]
    firsts = [word[0] for word in sample.split()]
    n_small, n_capital = sum(map(str.islower, firsts)), sum(map(str.isupper, firsts))
    if n_small > _CLEARLY_SMALL * len(firsts):
        return n_small / (n_small + n_capital)
    # A word after a bracket or a hyphen counts as well.
    initials = [word[0] for word in _WORD.findall(sample)]
    n_small, n_capital = sum(map(str.islower, initials)), sum(map(str.isupper, initials))
    if n_small + n_capital < len(initials):
        return 1.0
    return n_small / len(initials) if initials else 0.0


def _is_centred(view: str, lines: list[Line], first: int, stop: int) -> bool:
    """Tell whether every line of a paragraph is set far from the margin, and none is full."""
    return all(
        end - start < _MAX_CENTRED and start - view.rfind("\n", 0, start) - 1 >= _MIN_INDENT
        for start, end, _ in lines[first:stop]
    )


def _peel(view: str, lines: list[Line], first: int, stop: int, width: int, rules: Rules) -> int:
    """Find the first line of prose in a paragraph, below lines of title, names and dates."""
    at = first
    for k in range(first, min(stop - 1, first + _MAX_PEELED)):
        start, end, _ = lines[k]
        line = view[start:end]
        shown = line.rstrip(CLOSERS + " ") or line
        is_own = (
            line.isupper()
            or _measure_small(line) < _MIN_SMALL
            and (not width or end - start < _MIN_FULL * width or _measure_small(line) == 0)
            or _is_byline(view, lines, k, rules)
        )
        if not is_own or (shown[-1] in _ENDS and not line.isupper()) or shown[-1] in ",，":
            break
        if not view[lines[k + 1][0]].islower():
            at = k + 1
    return at


def _is_byline(view: str, lines: list[Line], k: int, rules: Rules) -> bool:
    start, end, _ = lines[k]
    word = _WORD.search(view, start, end)
    if word and word[0].lower() in rules.byline_words and _measure_small(view[word.end() : end]) < _MIN_SMALL:
        return True
    line = view[start:end]
    has_date = any(map(str.isdecimal, line)) and _DATE.match(line)
    return bool(has_date or (any(map(line.__contains__, _MAIL_SIGNS)) and _MAIL.search(view, start, end)))


def _is_licence(view: str, lines: list[Line], first: int, stop: int) -> bool:
    piece = view[lines[first][0] : lines[stop - 1][1]].lower()
    return any(map(piece.__contains__, _LICENCE_WORDS)) and _LICENCE.search(piece) is not None


def _name_kind(view: str, lines: list[Line], first: int, stop: int, rules: Rules, *, is_first: bool) -> str:
    """Return the kind of a paragraph of the title page."""
    start, end = lines[first][0], lines[stop - 1][1]
    if _is_licence(view, lines, first, stop):
        return "boilerplate"
    if _GAP.search(view, start, end):
        return "metadata"
    if any(_is_byline(view, lines, k, rules) for k in range(first, stop)):
        return "byline"
    piece = view[start:end]
    if is_first or piece.isupper() or _SECTION.match(view, start):
        return "heading"
    return "byline" if "," in piece and _measure_small(piece) < _MIN_SMALL else "heading"
