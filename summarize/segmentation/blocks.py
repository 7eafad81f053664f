"""The layout of a text: which of its lines belong together.

No sentence crosses the end of a *block*. Lines are joined into one block when they were wrapped by
hand or broken off in the middle of a sentence, and kept apart when they were not; blank lines part
paragraphs. What a block is, is for :mod:`~summarize.segmentation.block_kinds` to say.
"""

from __future__ import annotations

import re

from summarize.segmentation.rules import CLOSERS, STOPS

# How much of a text is looked at to learn whether its writer begins sentences with capitals.
_SAMPLE = 4_000
# Lines shorter than this are not broken-off lines; longer ones are not wrapped by hand.
_SHORTEST_BROKEN, _WIDEST_WRAP = 30, 140
# A line as long as this is running text, where a page break may have parted it.
_RUNNING = 50
# A text shorter than this is not judged by how many newlines it has.
_SOME_TEXT = 10_000

_GAP = re.compile(r"\n\s*+")
_SENTENCE_START = re.compile(r"[.!?](?<=[^\W\d_][^\W\d_][.!?])[\"'”’]*+\s++[\"'(“‘]*+([^\W\d_])")
_LINE_LABEL = re.compile(r"(?:\d{1,3}[.)]?|\(\w{1,3}\)|[-*•–])\Z")
BULLET = re.compile(r"(?:[-*+•‣◦▪●·–—]|\(?\d{1,3}[.)]|\(?[a-z]\)|\([ivx]+\))\s")
# Columns of figures or words, parted by wide gaps.
_COLUMNS = re.compile(r"\S {3,}\S.* {3,}\S")
# A numbered heading, as in a scientific article.
_SECTION = re.compile(r"\d{1,2}(?:\.\d{1,2})*\.?\s+[^\W\d_a-z]")
# Behind these a short line is not the beginning of something else.
FINAL = frozenset(STOPS + CLOSERS + ",;:，；：、،؛")
ENDED = FINAL - frozenset(",，、")

_NOT_ALWAYS_LAST = frozenset('.)]"»”')

_Line = tuple[int, int, bool]
"""Start, end, and whether a blank line stands before it."""
Block = tuple[int, int, int]
"""Start, end, paragraph."""


def plain_newlines(text: str) -> str:
    """The text with every kind of newline as ``\\n``, at unchanged offsets."""
    if "\r" in text:
        text = text.replace("\r\n", " \n").replace("\r", "\n")
    if text.isascii():
        return _without_noise(text)
    for newline in "\x85\u2028\u2029":
        text = text.replace(newline, "\n")
    return _without_noise(text)


def _without_noise(view: str) -> str:
    """The text with its newlines as spaces if they are too many to mean anything.

    A long text with a newline for every three characters is one letter or word a line: a column
    of a broken table, or upright writing.
    """
    if len(view) > _SOME_TEXT and 4 * view.count("\n") > len(view):
        return view.replace("\n", " ")
    return view


def find_lines(view: str) -> list[_Line]:
    """Start and end of every line that is not blank, and whether a blank one stands before it."""
    lines = []
    start = len(view) - len(view.lstrip())
    blank = True
    for gap in _GAP.finditer(view, start):
        end, follow = gap.span()
        while view[end - 1].isspace():
            end -= 1
        lines.append((start, end, blank))
        start = follow
        blank = follow - end > 1 and view.find("\n", gap.start() + 1, follow) > 0
    end = len(view.rstrip())
    if start < end:
        lines.append((start, end, blank))
    return lines


def is_casual(view: str, lines: list[_Line]) -> bool:
    """Whether the writer of a text begins most sentences with small letters."""
    starts = _SENTENCE_START.findall(view, 0, _SAMPLE)
    last = "."
    for start, end, blank in lines[:50]:
        if blank and last in FINAL:
            starts.append(view[start])
        last = view[end - 1]
    return 2 * sum(map(str.islower, starts)) > len(starts)


def begins_small(view: str, start: int, end: int) -> bool:
    """Whether the writer of a block begins most of its sentences with small letters."""
    starts = _SENTENCE_START.findall(view, start, min(end, start + _SAMPLE))
    return 2 * sum(map(str.islower, [view[start], *starts])) > len(starts) + 1


def find_blocks(view: str, lines: list[_Line], casual: bool) -> list[Block]:
    """Stretches that no sentence crosses, each with the number of its paragraph."""
    broken = not casual and _is_broken(view, lines)
    blocks: list[Block] = []
    paragraph = -1
    width = 0
    for k, (start, end, blank) in enumerate(lines):
        if blank:
            width = _wrap_width(view, lines, k)
        # Most lines end with a stop and a blank line: the long test is for the others.
        is_apart = blank and (not k or view[lines[k - 1][1] - 1] in ENDED)
        if not is_apart and _continues(view, lines[k - 1], lines[k], 0 if blank else width, casual, broken):
            blocks[-1] = (blocks[-1][0], end, blocks[-1][2])
            continue
        if blank or not width:
            paragraph += 1
        blocks.append((start, end, paragraph))
    return blocks


def has_columns(view: str, start: int, end: int) -> bool:
    """Whether a line is a row of a table that was set with spaces."""
    return view.find("   ", start, end) >= 0 and _COLUMNS.search(view, start, end) is not None


def _is_broken(view: str, lines: list[_Line]) -> bool:
    """Whether lines often break off in the middle of a sentence, as in text taken from a PDF."""
    broken = 0
    last = "."
    for start, end, _ in lines:
        if last not in FINAL and view[start].islower():
            broken += 1
        last = view[end - 1]
    return broken > 4 and 5 * broken > len(lines)


def _wrap_width(view: str, lines: list[_Line], first: int) -> int:
    """Width at which the lines of a paragraph were wrapped by hand, or 0 if they were not.

    A line was wrapped if the first word of the next one would not have fitted into it.
    """
    last = first + 1
    while last < len(lines) and not lines[last][2]:
        last += 1
    pairs = last - first - 1
    if not pairs:
        return 0
    width = max([end - start for start, end, _ in lines[first:last]])
    if width > _WIDEST_WRAP or width < 25 or (pairs < 3 and width < 50):
        return 0
    full = sum(_is_full(view, lines[k], lines[k + 1][0], width) for k in range(first, last - 1))
    return width if 4 * full >= 3 * pairs else 0


def _is_full(view: str, line: _Line, follow: int, width: int) -> bool:
    room = width - (line[1] - line[0])
    if view[follow] > "\u2e7f":
        return room < 2
    end = view.find(" ", follow, follow + room)
    return end < 0 and "\n" not in view[follow : follow + room]


def _continues(view: str, line: _Line, following: _Line, width: int, casual: bool, broken: bool) -> bool:
    """Whether a line carries on in the following one."""
    follow = following[0]
    if line[1] - line[0] < 6 and not following[2] and _LINE_LABEL.match(view, line[0], line[1]):
        return True
    last = view[line[1] - 1]
    if has_columns(view, *line[:2]) or has_columns(view, *following[:2]):
        return False
    if _SECTION.match(view, line[0]) and last not in FINAL and view[follow].isupper():
        is_short = line[1] - line[0] < (3 * width // 4 if width else _RUNNING)
        if is_short:
            return False
    if width and _is_full(view, line, follow, width):
        return last not in FINAL or not BULLET.match(view, follow)
    if last in ENDED:
        # In broken text a line may end with an abbreviation, or with what closes in a sentence.
        return broken and last in _NOT_ALWAYS_LAST and not following[2] and view[follow].islower()
    if line[1] - line[0] < _SHORTEST_BROKEN or BULLET.match(view, follow):
        return False
    if broken:
        return True
    if casual or not view[follow].islower() or view.startswith("http", follow):
        return False
    # Across a blank line, only what a page break may have parted: two stretches of running text.
    is_running = last.isalpha() and line[1] - line[0] >= _RUNNING and view[following[1] - 1] in ENDED
    return not following[2] or is_running
