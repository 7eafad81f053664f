"""What a block of a text is: running text, or a heading, byline, caption, table row, navigation, reference.

A block that is no sentence is known by its looks, and a heading also by what stands under it.
"""

from __future__ import annotations

import re

from summarize.segmentation.blocks import BULLET, FINAL, Block, has_columns
from summarize.segmentation.rules import Habits

# No heading is longer than the first; the second is for the title.
_LONGEST_HEADING, _LONGEST_TITLE = 100, 150
# How far down the text of a heading is looked for: over a byline, a date, a caption.
_REACH = 6
# A line as long as this is a paragraph, not one of several sentences each on a line of its own.
_PARAGRAPH = 200

# A caption, a list of authors may be longer than a heading.
_LONGEST_CAPTION, _LONGEST_AUTHORS = 250, 400
# Authors stand below the title, and not farther down than this.
_LAST_AUTHORS = 4

_SPEAKER = re.compile(r"[^\W\d_][^:!?\n]{0,40}:\s")
# A label before a colon has no more than three words; with more, it is half of a title.
_LABEL = re.compile(r"(?:[^\s:]+\s+){0,2}[^\s:]+:\s")
# A line that is an address and nothing else.
_ADDRESS = re.compile(r"\S*(?:@\S+\.|://|www\.|\.\w{2,6}/)\S*\Z")
_LINKS = frozenset(
    ("and", "und", "et", "y", "e", "en", "och", "og", "i", "a", "of", "for", "the", "de", "van", "von")
)
_REFERENCE = re.compile(r"\[\w|.*\b(?:1[5-9]|20)\d\d", re.DOTALL)
_LIST_NUMBER = re.compile(r"[#=\s]*(?:\d{1,2}\.?\s)?")
_HASH_HEADING = re.compile(r"#{1,6}\s+\S|={2,6}\s*[^\s=]|=\s+[^\W\d]|<h[1-6]\b")
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
    kinds: list[str] = []
    maybe = []
    for k, (start, end, _) in enumerate(blocks):
        kind = "sentence"
        if end - start <= (_LONGEST_TITLE if k < _LAST_AUTHORS else _LONGEST_HEADING):
            kind = _kind(view, start, end, habits)
            if kind == "sentence" and k and kinds[-1] == "navigation" and _is_open_item(view, start, end):
                kind = "navigation"
            elif kind == "?":
                maybe.append(k)
        elif end - start <= _LONGEST_CAPTION:
            kind = _kind_of_longer(view, start, end, habits)
        elif view[start] in "|#=":
            kind = _markup_kind(view, start, end)
        if kind in ("?", "sentence") and 0 < k <= _LAST_AUTHORS and _is_names(view, start, end):
            kind = "byline"
            maybe = [other for other in maybe if other != k]
        kinds.append(kind)
    _settle_headings(view, blocks, kinds, maybe, casual)
    _settle_references(view, blocks, kinds, habits)
    return kinds


def _kind(view: str, start: int, end: int, habits: Habits) -> str:
    """What a short block is by itself; ``"?"`` if its neighbours must decide."""
    if not view[start].isalnum():
        kind = _markup_kind(view, start, end)
        if kind != "sentence":
            return kind
    kind = _boilerplate_kind(view, start, end, habits)
    if kind:
        return kind
    if has_columns(view, start, end):
        return "table"
    if view[end - 1] in FINAL and (view[end - 1] != ":" or end - start > 40):
        return "sentence"
    if _TABLE_ROW.match(view, start, end):
        return "table"
    names = _NAMES.match(view, start, end)
    if names and names[1].lower() in habits.by:
        return "byline"
    if _PAGE_NUMBER.match(view, start, end) or _ADDRESS.match(view, start, end):
        return "navigation"
    if (BULLET.match(view, start, end) and not view[start].isdigit()) or _has_label(view, start, end):
        return "sentence"
    return "?"


def _kind_of_longer(view: str, start: int, end: int, habits: Habits) -> str:
    """What a block is that is too long for a heading, and not for a caption or the row of a table."""
    if _boilerplate_kind(view, start, end, habits) == "caption":
        return "caption"
    if has_columns(view, start, end):
        return "table"
    return _markup_kind(view, start, end) if view[start] in "|#=" else "sentence"


def _boilerplate_kind(view: str, start: int, end: int, habits: Habits) -> str:
    """What the beginning of a block says that it is, or ``""``."""
    heads = habits.boilerplate_heads
    if view[start : start + 2].lower() not in heads and view[start] not in heads:
        return ""
    match = re.compile(habits.boilerplate).match(view, start, end)
    return (match.lastgroup or "navigation") if match else ""


def _has_label(view: str, start: int, end: int) -> bool:
    return _SPEAKER.match(view, start, end) is not None and _LABEL.match(view, start, end) is not None


def _is_open_item(view: str, start: int, end: int) -> bool:
    """Whether a block is an item of a list that does not end like a sentence."""
    return view[end - 1] not in FINAL and BULLET.match(view, start, end) is not None


def _is_names(view: str, start: int, end: int) -> bool:
    """Whether a block is a list of names: of authors, and where they work."""
    if end - start > _LONGEST_AUTHORS or view[end - 1] in FINAL:
        return False
    words = view[start:end].split()
    if len(words) < 4 or not any(word == "and" or word[-1] in ",;" for word in words):
        return False
    n_names = sum(word[0].isupper() or not word[0].isalpha() or word in _LINKS for word in words)
    return 10 * n_names >= 9 * len(words)


def _settle_references(view: str, blocks: list[Block], kinds: list[str], habits: Habits) -> None:
    """Flag what stands in a list of references, from its heading to the next."""
    inside = False
    for k, (start, end, _) in enumerate(blocks):
        if end - start < 50 and _title(view, start, end) in habits.references:
            inside = k + 1 < len(blocks) and _REFERENCE.match(view, *blocks[k + 1][:2]) is not None
            if inside:
                kinds[k] = "heading"
        elif kinds[k] == "heading":
            inside = False
        elif inside and kinds[k] == "sentence" and _REFERENCE.match(view, start, end):
            kinds[k] = "reference"


def _title(view: str, start: int, end: int) -> str:
    """A heading in lower case without its number and marks."""
    number = _LIST_NUMBER.match(view, start, end)
    return view[number.end() if number else start : end].strip("#=*: .").lower()


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
    n_lines = 1
    while below < len(blocks) and kinds[below] != "sentence" and below <= k + _REACH:
        n_lines += kinds[below] in ("?", "heading")
        below += 1
    above = k - 1
    while above >= 0 and kinds[above] == "?" and above >= k - 3:
        above -= 1
        n_lines += 1
    if below == len(blocks) or kinds[below] != "sentence":
        return False
    # A title, a subtitle and the first heading may stand over the first paragraph, each by itself.
    if n_lines > 2 and (n_lines > 3 or above >= 0 or blocks[below][2] - blocks[k][2] < below - k):
        return False
    # Without blank lines a heading cannot be told from a short sentence that lacks its stop, unless
    # it is underlined or what follows is a whole paragraph.
    is_tight = "\n" not in view[end : blocks[k + 1][0]].replace("\n", "", 1)
    if is_tight and kinds[k + 1] == "separator":
        return True
    length = blocks[below][1] - blocks[below][0]
    return length > max(end - start, paragraph if is_tight else 0) and view[blocks[below][1] - 1] in FINAL


def is_signature(piece: str) -> bool:
    """Whether what ends a text is the name of its author."""
    words = piece.split()
    return 2 <= len(words) <= 4 and all(word.isalpha() and word.istitle() for word in words)


def is_caps_heading(piece: str) -> bool:
    """Whether a sentence inside a paragraph is its numbered heading ("SEC. 2. DEFINITIONS.")."""
    return len(piece) <= _LONGEST_HEADING and _CAPS_HEADING.match(piece) is not None


def is_markup_heading(view: str, start: int) -> bool:
    """Whether a block is marked as a heading, as in Markdown, a wiki or HTML."""
    return _HASH_HEADING.match(view, start) is not None
