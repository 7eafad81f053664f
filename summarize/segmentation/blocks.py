"""Group the lines of a text into blocks that no sentence crosses.

Lines are joined into one block if they were wrapped by hand, or broken off in the middle of a sentence.
Blank lines separate paragraphs. :mod:`~summarize.segmentation.block_kinds` then classifies the blocks.
"""

from __future__ import annotations

import re

from summarize.patterns import rare
from summarize.segmentation.rules import CLOSERS, TERMINATORS

# Characters to sample to learn whether the writer begins sentences with capitals.
_SAMPLE_SIZE = 4_000
# A shorter line is not broken off, and a longer one is not wrapped by hand.
_MIN_BROKEN_LINE, _MAX_WRAP_WIDTH = 30, 140
# A line of this length is running text, which a page break may interrupt.
_MIN_RUNNING_LINE = 50
# A shorter text may have any number of newlines.
_MIN_NOISY_TEXT = 10_000

_GAP = re.compile(r"\n\s*+")
_LINE_LABEL = rare(r"(?:\d{1,3}[.)]?|\(\w{1,3}\)|[-*•–])\Z")
BULLET = rare(r"(?:[-*+•‣◦▪●·–—]|\(?\d{1,3}[.)]|\(?[a-z]\)|\([ivx]+\))\s")
# Columns of numbers or words between wide gaps: "2022     5 m     12".
_COLUMNS = rare(r"\S {3,}\S.* {3,}\S")
# A numbered heading, as in a scientific article: "2.1 Study sites".
_SECTION = rare(r"\d{1,2}(?:\.\d{1,2})*\.?\s+[^\W\d_a-z]")
# A short line that ends with one of these is not a heading.
FINAL = frozenset(TERMINATORS + CLOSERS + ",;:，；：、،؛")
# A line that ends with one of these is complete; after a comma the sentence goes on.
ENDED = FINAL - frozenset(",，、")

# These may also end an abbreviation ("p."), or close something inside a sentence.
_AMBIGUOUS_ENDS = frozenset('.)]"»”')

Line = tuple[int, int, int]
"""Start, end, and what precedes it: 0 the line before, 1 a blank line, 2 page furniture."""
Block = tuple[int, int, int]
"""Start, end, and number of its paragraph."""


def normalize_newlines(text: str) -> str:
    r"""Replace every kind of newline by ``\n``, without changing any offset.

    Parameters
    ----------
    text : str

    Returns
    -------
    str
        Of the same length. In a long text with too many newlines, they become spaces.

    Examples
    --------
    >>> normalize_newlines("one\r\ntwo\u2028three")
    'one \ntwo\nthree'
    """
    if "\r" in text:
        text = text.replace("\r\n", " \n").replace("\r", "\n")
    if text.isascii():
        return _drop_excess_newlines(text)
    for newline in "\x85\u2028\u2029":
        text = text.replace(newline, "\n")
    return _drop_excess_newlines(text)


def _drop_excess_newlines(view: str) -> str:
    """Replace the newlines of a text by spaces if there are too many of them.

    A long text with a newline for every three characters has one letter or word per line: a column of a
    broken table, or vertical writing.
    """
    if len(view) > _MIN_NOISY_TEXT and 4 * view.count("\n") > len(view):
        return view.replace("\n", " ")
    return view


def find_lines(view: str, begin: int = 0, stop: int | None = None) -> list[Line]:
    r"""Find the lines that are not blank.

    Parameters
    ----------
    view : str
        A text with normalized newlines.
    begin, stop : int, optional
        Range to look in; by default the whole text.

    Returns
    -------
    list of (int, int, int)
        Start and end of each line without the white space around it, and 1 if a blank line precedes it.

    Examples
    --------
    >>> find_lines("one\ntwo\n\nthree")
    [(0, 3, 1), (4, 7, 0), (9, 14, 1)]
    """
    lines = []
    start, end = trim(view, begin, len(view) if stop is None else stop)
    last = end
    blank = 1
    for gap in _GAP.finditer(view, start, last):
        newline, follow = gap.span()
        end = newline
        while view[end - 1].isspace():
            end -= 1
        lines.append((start, end, blank))
        start = follow
        if follow - newline == 1:
            blank = 0
        elif view[newline + 1] == "\n":
            blank = 1
        else:
            blank = int(view.find("\n", newline + 1, follow) > 0 or view.find("\f", newline, follow) > 0)
    if start < last:
        lines.append((start, last, blank))
    return lines


def trim(view: str, start: int, end: int) -> tuple[int, int]:
    """Strip the white space from both ends of a range.

    Parameters
    ----------
    view : str
    start, end : int

    Returns
    -------
    (int, int)
        Equal numbers if there is nothing but white space.

    Examples
    --------
    >>> trim(" one ", 0, 5)
    (1, 4)
    """
    piece = view[start:end]
    end = start + len(piece.rstrip())
    return min(end, start + len(piece) - len(piece.lstrip())), end


def find_blocks(view: str, lines: list[Line], lowercase: bool) -> list[Block]:
    r"""Group lines into blocks that no sentence crosses.

    Parameters
    ----------
    view : str
        A text with normalized newlines.
    lines : list of (int, int, int)
        From `find_lines`.
    lowercase : bool
        Whether sentences begin with lower-case letters; from `summarize.segmentation.lowercase`.

    Returns
    -------
    list of (int, int, int)
        Start and end of each block, and the number of its paragraph, from 0.

    Examples
    --------
    >>> text = "The council met for the whole day to discuss\nthe bridge.\n\nNobody left."
    >>> find_blocks(text, find_lines(text), False)
    [(0, 56, 0), (58, 70, 1)]
    """
    broken = not lowercase and _has_broken_lines(view, lines)
    is_loose = all(line[2] for line in lines)  # No two lines are in one paragraph.
    apart = set() if is_loose else _find_items(view, lines)
    blocks: list[Block] = []
    paragraph = -1
    width = 0
    for k, (start, end, blank) in enumerate(lines):
        if blank and not is_loose:
            width = find_wrap_width(view, lines, k)
        # Most lines end with final punctuation before a blank line. Only the others need the long test.
        is_apart = k in apart or (blank and (not k or view[lines[k - 1][1] - 1] in ENDED))
        if not is_apart and _continues_in(
            view, lines[k - 1], lines[k], 0 if blank else width, lowercase, broken
        ):
            blocks[-1] = (blocks[-1][0], end, blocks[-1][2])
            continue
        if blank or not width:
            paragraph += 1
        blocks.append((start, end, paragraph))
    return blocks


def _find_items(view: str, lines: list[Line]) -> set[int]:
    """Find the lines that begin an item, in lists whose lines are as long as if they were wrapped.

    Either all lines of a paragraph begin with the same kind of mark, or none begins with a small letter and
    none ends like a sentence: headlines and titles.
    """
    found: set[int] = set()
    first = 0
    for k in range(1, len(lines) + 1):
        if k < len(lines) and not lines[k][2]:
            continue
        rows = lines[first:k]
        if len(rows) > 1 and not view[rows[1][0]].islower():
            marks = [find_mark(view, start) for start, _, _ in rows]
            if marks[0] and marks.count(marks[0]) > 1:
                found.update(first + i for i, mark in enumerate(marks) if mark == marks[0])
            elif (
                len(rows) > 2
                and not any(view[start].islower() or view[end - 1] in FINAL for start, end, _ in rows)
                and any(view[start].isupper() for start, _, _ in rows)
            ):
                found.update(range(first, k))
        first = k
    return found


def find_mark(view: str, start: int) -> str:
    """Return the mark at the start of an item: its sign, or the form of its number; empty if there is none.

    Parameters
    ----------
    view : str
    start : int
        Start of the line.

    Returns
    -------
    str

    Examples
    --------
    >>> find_mark("- a ferry", 0), find_mark("12. A ferry", 0), find_mark("A ferry", 0)
    ('-', '0.', '')
    """
    match = BULLET.match(view, start)
    return re.sub(r"\d+", "0", match[0].strip()) if match else ""


def has_columns(view: str, start: int, end: int) -> bool:
    """Tell whether a line is a table row with columns aligned by spaces.

    Parameters
    ----------
    view : str
    start, end : int
        Range of the line.

    Returns
    -------
    bool

    Examples
    --------
    >>> row = "2022     5 m     12"
    >>> has_columns(row, 0, len(row))
    True
    """
    return view.find("   ", start, end) >= 0 and _COLUMNS.search(view, start, end) is not None


def _has_broken_lines(view: str, lines: list[Line]) -> bool:
    """Tell whether lines often break off in mid-sentence, as in text extracted from a PDF."""
    broken = 0
    last = "."
    for start, end, _ in lines:
        if last not in FINAL and view[start].islower():
            broken += 1
        last = view[end - 1]
    return broken > 4 and 5 * broken > len(lines)


def find_wrap_width(view: str, lines: list[Line], first: int, last: int | None = None) -> int:
    """Find the width at which the lines of a paragraph were wrapped by hand, or 0 if they were not.

    A line was wrapped if the first word of the next line would not have fit into it.

    Parameters
    ----------
    view : str
    lines : list of (int, int, int)
        From `find_lines`.
    first : int
        Index of the first line of the paragraph.
    last : int, optional
        Index after its last line; by default it ends before the next blank line.

    Returns
    -------
    int
        In characters.

    Examples
    --------
    >>> text = (
    ...     "The council met for the whole day to talk about\\nthe bridge that had fallen down in\\nthe "
    ...     "night."
    ... )
    >>> find_wrap_width(text, find_lines(text), 0)
    0
    """
    if last is None:
        last = first + 1
        while last < len(lines) and not lines[last][2]:
            last += 1
    pairs = last - first - 1
    if not pairs:
        return 0
    width = max([end - start for start, end, _ in lines[first:last]])
    # A letter of East Asian text is as wide as two other letters.
    columns = width * (1 + (view[lines[first][0]] > "\u2e7f"))
    if width > _MAX_WRAP_WIDTH or columns < 25 or (pairs < 3 and columns < 50):
        return 0
    full = sum(_is_full(view, lines[k], lines[k + 1][0], width) for k in range(first, last - 1))
    return width if 4 * full >= 3 * pairs else 0


def _is_full(view: str, line: Line, follow: int, width: int) -> bool:
    """Tell whether the word that starts the next line, at `follow`, would not fit into this line."""
    room = width - (line[1] - line[0])
    if view[follow] > "\u2e7f":  # East Asian text wraps after any letter.
        return room < 2
    end = view.find(" ", follow, follow + room)
    return end < 0 and "\n" not in view[follow : follow + room]


def _continues_in(view: str, line: Line, following: Line, width: int, lowercase: bool, broken: bool) -> bool:
    """Tell whether a sentence may continue from a line to the following one.

    "The report was written by experts who" / "met every week." continues. A line that ends with final
    punctuation does not, unless the lines are wrapped to a common width.
    """
    follow = following[0]
    if line[1] - line[0] < 6 and not following[2] and _LINE_LABEL.match(view, line[0], line[1]):
        return True
    last = view[line[1] - 1]
    if has_columns(view, *line[:2]) or has_columns(view, *following[:2]):
        return False
    if _SECTION.match(view, line[0]) and last not in FINAL and view[follow].isupper():
        is_short = line[1] - line[0] < (3 * width // 4 if width else _MIN_RUNNING_LINE)
        if is_short or following[2] == 1:
            return False
    if width and _is_full(view, line, follow, width):
        return last not in FINAL or not BULLET.match(view, follow)
    if following[2] == 2:
        return last not in ENDED and view[follow].islower()
    if last in ENDED:
        # In broken text, a line may end with an abbreviation ("see p.") or inside a quotation.
        return broken and last in _AMBIGUOUS_ENDS and not following[2] and view[follow].islower()
    if line[1] - line[0] < _MIN_BROKEN_LINE or BULLET.match(view, follow):
        return False
    if broken or (last == "-" and not following[2] and _is_hyphenated(view, line[1], follow)):
        return True
    if lowercase or not view[follow].islower() or view.startswith("http", follow):
        return False
    # Across a blank line, only join running text that a page break may have separated.
    is_running = last.isalpha() and line[1] - line[0] >= _MIN_RUNNING_LINE and view[following[1] - 1] in ENDED
    return not following[2] or is_running


def _is_hyphenated(view: str, end: int, follow: int) -> bool:
    """Tell whether a hyphen at a line end joins it to the next line: "x86-" / "64 processor"."""
    return view[end - 2].isalnum() and (view[follow].islower() or view[follow].isdigit())
