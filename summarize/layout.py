"""The layout of a text: which of its lines belong together, and what they are.

No sentence crosses the end of a *block*. Lines are joined into one block when they were wrapped by
hand or broken off in the middle of a sentence, and kept apart when they were not; blank lines part
paragraphs. A block that is no sentence (a heading, byline, caption, table row, rule, navigation) is
known by its looks, and a heading also by what stands under it.
"""

from __future__ import annotations

import re

from summarize.habits import CLOSERS, STOPS, Habits

# How much of a text is looked at to learn whether its writer begins sentences with capitals.
_SAMPLE = 4_000
# Lines shorter than this are not broken-off lines; longer ones are not wrapped by hand, or no headings.
_SHORTEST_BROKEN, _WIDEST_WRAP, _LONGEST_HEADING = 30, 140, 100
# A line as long as this is running text, where a page break may have parted it.
_RUNNING = 50
# A line as long as this is a paragraph, not one of several sentences each on a line of its own.
_PARAGRAPH = 200
# A text shorter than this is not judged by how many newlines it has.
_SOME_TEXT = 10_000

_GAP = re.compile(r"\n\s*+")
_SENTENCE_START = re.compile(r"[.!?](?<=[^\W\d_][^\W\d_][.!?])[\"')”’]*+\s++[\"'(“‘]*+([^\W\d_])")
_LINE_LABEL = re.compile(r"(?:\d{1,3}[.)]?|\(\w{1,3}\)|[-*•–])\Z")
_BULLET = re.compile(r"(?:[-*+•‣◦▪●·–—]|\(?\d{1,3}[.)]|\(?[a-z]\)|\([ivx]+\))\s")
_SPEAKER = re.compile(r"[^\W\d_][^:!?\n]{0,40}:\s")
_HASH_HEADING = re.compile(r"#{1,6}\s+\S|={1,6}\s*[^\s=]|<h[1-6]\b")
_CAPS_HEADING = re.compile(r"\W*(?:[^\W\d_]+\.?\s+)?(?:\d+(?:\.\d+)*|[IVXLC]+)\.\s+\w{3}")
_TABLE_ROW = re.compile(r"\|.*\|\Z|[^\t]*\t[^\t]*\t|[^|]*\|[^|]*\|[^|]*\|")
_PAGE_NUMBER = re.compile(
    r"(?:\w{1,8}\.?\s)?(?:[-–\[(]\s?)?\d{1,4}(?:\s?(?:/|of|von|de|sur|из|di|van|z)\s?\d{1,4})?(?:\s?[-–\])])?\Z"
)
# "By Ana de Souza and John Smith": every word is capitalized or a link between names.
_NAMES = re.compile(
    r"(\w+)(?:\s+[^\W\d_a-z][^\s\d]*(?:\s+(?:and|und|et|y|e|en|och|og|i|a|&|of|for|the|de|van|von|di|da)(?!\w))*){1,8}\Z"
)
_ALNUM = re.compile(r"[^\W_]")
# Behind these a short line is not the beginning of something else.
_FINAL = frozenset(STOPS + CLOSERS + ",;:，；：、،؛")
_ENDED = _FINAL - frozenset(",，、")

_Line = tuple[int, int, bool]
"""Start, end, and whether a blank line stands before it."""
_Block = tuple[int, int, int]
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
        if blank and last in _FINAL:
            starts.append(view[start])
        last = view[end - 1]
    return 2 * sum(map(str.islower, starts)) > len(starts)


def begins_small(view: str, start: int, end: int) -> bool:
    """Whether the writer of a block begins most of its sentences with small letters."""
    starts = _SENTENCE_START.findall(view, start, min(end, start + _SAMPLE))
    return 2 * sum(map(str.islower, [view[start], *starts])) > len(starts) + 1


def find_blocks(view: str, lines: list[_Line], casual: bool) -> list[_Block]:
    """Stretches that no sentence crosses, each with the number of its paragraph."""
    broken = not casual and _is_broken(view, lines)
    blocks: list[_Block] = []
    paragraph = -1
    width = 0
    for k, (start, end, blank) in enumerate(lines):
        if blank:
            width = _wrap_width(view, lines, k)
        # Most lines end with a stop and a blank line: the long test is for the others.
        is_apart = blank and (not k or view[lines[k - 1][1] - 1] in _ENDED)
        if not is_apart and _continues(view, lines[k - 1], lines[k], 0 if blank else width, casual, broken):
            blocks[-1] = (blocks[-1][0], end, blocks[-1][2])
            continue
        if blank or not width:
            paragraph += 1
        blocks.append((start, end, paragraph))
    return blocks


def _is_broken(view: str, lines: list[_Line]) -> bool:
    """Whether lines often break off in the middle of a sentence, as in text taken from a PDF."""
    broken = 0
    last = "."
    for start, end, _ in lines:
        if last not in _FINAL and view[start].islower():
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
    if width and _is_full(view, line, follow, width):
        return last not in _FINAL or not _BULLET.match(view, follow)
    if last in _ENDED:
        return False
    if line[1] - line[0] < _SHORTEST_BROKEN or _BULLET.match(view, follow):
        return False
    if broken:
        return True
    if casual or not view[follow].islower() or view.startswith("http", follow):
        return False
    # Across a blank line, only what a page break may have parted: two stretches of running text.
    is_running = last.isalpha() and line[1] - line[0] >= _RUNNING and view[following[1] - 1] in _ENDED
    return not following[2] or is_running


def find_kinds(view: str, blocks: list[_Block], habits: Habits, casual: bool) -> list[str]:
    """What every block is."""
    kinds = []
    maybe = []
    for k, (start, end, _) in enumerate(blocks):
        kind = "sentence"
        if end - start <= _LONGEST_HEADING:
            kind = _kind(view, start, end, habits)
            if kind == "?":
                maybe.append(k)
        elif view[start] in "|#=":
            kind = _markup_kind(view, start, end)
        kinds.append(kind)
    _settle_headings(view, blocks, kinds, maybe, casual)
    return kinds


def _kind(view: str, start: int, end: int, habits: Habits) -> str:
    """What a short block is by itself; ``"?"`` if its neighbours must decide."""
    if not view[start].isalnum():
        kind = _markup_kind(view, start, end)
        if kind != "sentence":
            return kind
    if view[start : start + 2].lower() in habits.boilerplate_heads:
        match = re.compile(habits.boilerplate).match(view, start, end)
        if match:
            return match.lastgroup or "navigation"
    if view[end - 1] in _FINAL and (view[end - 1] != ":" or end - start > 40):
        return "sentence"
    if _TABLE_ROW.match(view, start, end):
        return "table"
    names = _NAMES.match(view, start, end)
    if names and names[1].lower() in habits.by:
        return "byline"
    if _PAGE_NUMBER.match(view, start, end):
        return "navigation"
    if (_BULLET.match(view, start, end) and not view[start].isdigit()) or _SPEAKER.match(view, start, end):
        return "sentence"
    return "?"


def _markup_kind(view: str, start: int, end: int) -> str:
    if not _ALNUM.search(view, start, end):
        return "separator"
    if _HASH_HEADING.match(view, start, end):
        return "heading"
    if view[start] == "|" and view[end - 1] == "|":
        return "table"
    return "sentence"


def _settle_headings(
    view: str, blocks: list[_Block], kinds: list[str], maybe: list[int], casual: bool
) -> None:
    """Decide which of the short lines without a stop are headings.

    A heading stands over running text: right behind it, or behind one other such line, comes a
    longer block with a stop. Where lines without stops are the rule, or lines that name a speaker,
    they are the content; so is a list of three and more of them.
    """
    headings = set()
    sample = blocks[:200]
    if 2 * len(maybe) <= len(blocks) and 3 * sum(
        _SPEAKER.match(view, start, end) is not None for start, end, _ in sample
    ) <= len(sample):
        # A text's only line without a stop is its title if it is the first.
        paragraph = 0 if maybe == [0] else _PARAGRAPH
        headings = {k for k in maybe if _is_heading(view, blocks, kinds, k, casual, paragraph)}
    for k in maybe:
        kinds[k] = "heading" if k in headings else "sentence"


def _is_heading(
    view: str, blocks: list[_Block], kinds: list[str], k: int, casual: bool, paragraph: int
) -> bool:
    start, end, _ = blocks[k]
    if view[start].islower() and not casual:
        return False
    below = k + 1
    while below < len(blocks) and kinds[below] != "sentence" and below <= k + 2:
        below += 1
    above = k - 1
    while above >= 0 and kinds[above] == "?" and above >= k - 2:
        above -= 1
    if below == len(blocks) or kinds[below] != "sentence" or below - above > 3:
        return False
    # Without blank lines a heading cannot be told from a short sentence that lacks its stop, unless
    # it is underlined or what follows is a whole paragraph.
    is_tight = "\n" not in view[end : blocks[k + 1][0]].replace("\n", "", 1)
    if is_tight and kinds[k + 1] == "separator":
        return True
    length = blocks[below][1] - blocks[below][0]
    return length > max(end - start, paragraph if is_tight else 0) and view[blocks[below][1] - 1] in _FINAL


def is_caps_heading(piece: str) -> bool:
    """Whether a sentence inside a paragraph is its numbered heading ("SEC. 2. DEFINITIONS.")."""
    return len(piece) <= _LONGEST_HEADING and _CAPS_HEADING.match(piece) is not None


def is_markup_heading(view: str, start: int) -> bool:
    """Whether a block is marked as a heading, as in Markdown, a wiki or HTML."""
    return _HASH_HEADING.match(view, start) is not None
