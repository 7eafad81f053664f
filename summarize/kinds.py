"""What a block of a text is: running text, or a heading, byline, caption, table row, navigation, reference.

A block that is no sentence is known by its looks, and a heading also by what stands under it.
"""

from __future__ import annotations

import re

from summarize.habits import Habits
from summarize.layout import BULLET, FINAL, Block

# No heading is longer than the first; the second is for the title.
_LONGEST_HEADING, _LONGEST_TITLE = 100, 150
# A line as long as this is a paragraph, not one of several sentences each on a line of its own.
_PARAGRAPH = 200

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


def find_kinds(view: str, blocks: list[Block], habits: Habits, casual: bool) -> list[str]:
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
    if view[end - 1] in FINAL and (view[end - 1] != ":" or end - start > 40):
        return "sentence"
    if _TABLE_ROW.match(view, start, end):
        return "table"
    names = _NAMES.match(view, start, end)
    if names and names[1].lower() in habits.by:
        return "byline"
    if _PAGE_NUMBER.match(view, start, end):
        return "navigation"
    if (BULLET.match(view, start, end) and not view[start].isdigit()) or _SPEAKER.match(view, start, end):
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
    view: str, blocks: list[Block], kinds: list[str], maybe: list[int], casual: bool
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
    view: str, blocks: list[Block], kinds: list[str], k: int, casual: bool, paragraph: int
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
    return length > max(end - start, paragraph if is_tight else 0) and view[blocks[below][1] - 1] in FINAL


def is_caps_heading(piece: str) -> bool:
    """Whether a sentence inside a paragraph is its numbered heading ("SEC. 2. DEFINITIONS.")."""
    return len(piece) <= _LONGEST_HEADING and _CAPS_HEADING.match(piece) is not None


def is_markup_heading(view: str, start: int) -> bool:
    """Whether a block is marked as a heading, as in Markdown, a wiki or HTML."""
    return _HASH_HEADING.match(view, start) is not None
