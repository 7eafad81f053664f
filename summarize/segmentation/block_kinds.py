"""Classify blocks: as sentences, or as headings, bylines, captions, table rows, navigation or references.

The form of a block shows its kind. A short line is a heading only if running text follows it.
"""

from __future__ import annotations

import re

from summarize.patterns import rare
from summarize.segmentation.blocks import BULLET, FINAL, Block, has_columns
from summarize.segmentation.rules import Rules

# Characters in a heading, and in a title, which may be longer.
_MAX_HEADING, _MAX_TITLE = 100, 150
# Blocks to look ahead for the text below a heading, past a byline, a date or a caption.
_MAX_HEADING_DISTANCE = 6
# A line of this length is a paragraph, not one of several sentences on separate lines.
_MIN_PARAGRAPH = 200

# Characters in a caption and in a list of authors, which may be longer than a heading.
_MAX_CAPTION, _MAX_AUTHOR_LIST = 250, 400
# Characters of the longest words that show boilerplate.
_MAX_BOILERPLATE_START = 80
# Authors follow the title, at most this many blocks into the text.
_MAX_AUTHOR_BLOCK = 4

# A line with a speaker: "Project Manager: Hello."
_SPEAKER = rare(r"[^\W\d_][^:!?\n]{0,40}:\s")
# A label before a colon has at most three words ("John: I see"). A longer one is part of a title.
_LABEL = rare(r"(?:[^\s:]+\s+){0,2}[^\s:]+:\s")
# A line that contains only an email or web address.
_ADDRESS = rare(r"\S*(?:@\S+\.|://|www\.|\.\w{2,6}/)\S*\Z")
_NAME_PARTICLES = frozenset(
    ("and", "und", "et", "y", "e", "en", "och", "og", "i", "a", "of", "for", "the", "de", "van", "von")
)
# An entry in a list of references: "[2] Stone B." or "Lee A (2019) Bridges."
_REFERENCE = rare(r"\[\w|.*\b(?:1[5-9]|20)\d\d", re.DOTALL)
# The number or markup before a heading: "7. References", "## References".
_LIST_NUMBER = rare(r"[#=\s]*(?:\d{1,2}\.?\s)?")
# A heading in Markdown, AsciiDoc, a wiki or HTML: "# Title", "== Title ==", "<h1>".
_MARKUP_HEADING = rare(r"#{1,6}\s+\S|={2,6}\s*[^\s=]|=\s+[^\W\d]|<h[1-6]\b")
# A numbered heading inside a paragraph: "SEC. 2. DEFINITIONS."
_NUMBERED_HEADING = rare(r"\W*(?:[^\W\d_]+\.?\s+)?(?:\d+(?:\.\d+)*|[IVXLC]+)\.\s+\w{3}")
# A table row with bars or tabs: "| a | b |".
_TABLE_ROW = rare(r"\|.*\|\Z|[^\t]*\t[^\t]*\t|[^|]*\|[^|]*\|[^|]*\|")
# "- 7 -", "Page 3 of 12".
_PAGE_NUMBER = rare(
    r"(?:\w{1,8}\.?\s)?(?:[-–\[(]\s?)?\d{1,4}(?:\s?(?:/|of|von|de|sur|из|di|van|z)\s?\d{1,4})?(?:\s?[-–\])])?\Z"
)
# "By Ana de Souza and John Smith": every word is capitalized or a particle between names.
_NAMES = rare(
    r"\w+(?:\s+[^\W\d_a-z][^\s\d]*(?:\s+(?:and|und|et|y|e|en|och|og|i|a|&|of|for|the|de|van|von|di|da)(?!\w))*){1,8}\Z"
)
# Commands at a prompt: "$ ls -l", ">>> import os".
_COMMAND = rare(r"\$ (?:\.{0,2}/|~/|[a-z][\w.-]+(?:\s|\Z))|>>> \S")
_ALNUM = rare(r"[^\W_]")


def classify_blocks(view: str, blocks: list[Block], rules: Rules, lowercase: bool) -> list[str]:
    r"""Classify each block.

    Parameters
    ----------
    view : str
        A text with normalized newlines.
    blocks : list of (int, int, int)
        From `~summarize.segmentation.blocks.find_blocks`.
    rules : Rules
        The rules of its language.
    lowercase : bool
        Whether the text begins its sentences with lower-case letters.

    Returns
    -------
    list of str
        For each block ``"sentence"``, ``"heading"``, ``"byline"``, ``"caption"``, ``"navigation"``,
        ``"table"``, ``"separator"``, ``"code"`` or ``"reference"``.

    Examples
    --------
    >>> from summarize.languages import find_language
    >>> from summarize.segmentation.blocks import find_blocks, find_lines
    >>> from summarize.segmentation.rules import load_rules
    >>> text = "# Council votes\n\nPhoto: Ann Lee\n\nThe council voted on the new bridge."
    >>> blocks = find_blocks(text, find_lines(text), False)
    >>> classify_blocks(text, blocks, load_rules(find_language("en")), False)
    ['heading', 'caption', 'sentence']
    """
    kinds: list[str] = []
    maybe = []
    for k, (start, end, _) in enumerate(blocks):
        kind = "sentence"
        if end - start <= (_MAX_TITLE if k < _MAX_AUTHOR_BLOCK else _MAX_HEADING):
            kind = _classify_short(view, start, end, rules)
            if kind == "sentence" and k and kinds[-1] == "navigation" and _is_unended_item(view, start, end):
                kind = "navigation"
            elif kind == "sentence" and _is_lone_item(view, blocks, k):
                kind = "?"
            if kind == "?":
                maybe.append(k)
        elif end - start <= _MAX_CAPTION:
            kind = _classify_long(view, start, end, rules)
        elif view[start] in "|#=$":
            kind = _classify_markup(view, start, end)
        if kind in ("?", "sentence") and 0 < k <= _MAX_AUTHOR_BLOCK and _is_author_list(view, start, end):
            kind = "byline"
            maybe = [other for other in maybe if other != k]
        kinds.append(kind)
    _resolve_headings(view, blocks, kinds, maybe, lowercase)
    _flag_references(view, blocks, kinds, rules)
    return kinds


def _classify_short(view: str, start: int, end: int, rules: Rules) -> str:
    """Classify a short block by its form; ``"?"`` if the neighboring blocks must decide."""
    if not view[start].isalnum():
        kind = _classify_markup(view, start, end)
        if kind != "sentence":
            return kind
    kind = _match_boilerplate(view, start, end, rules)
    if kind:
        return kind
    if has_columns(view, start, end):
        return "table"
    if view[end - 1] in FINAL and (view[end - 1] != ":" or end - start > 40):
        return "sentence"
    if _TABLE_ROW.match(view, start, end):
        return "table"
    first_words = view[start:end].split(None, 3)[:3]
    if first_words[0].lower() in rules.byline_words and _NAMES.match(view, start, end):
        return "byline"
    may_be_number = any(map(str.isdecimal, "".join(first_words)))
    if (may_be_number and _PAGE_NUMBER.match(view, start, end)) or _ADDRESS.match(view, start, end):
        return "navigation"
    if (BULLET.match(view, start, end) and not view[start].isdigit()) or _has_label(view, start, end):
        return "sentence"
    return "?"


def _classify_long(view: str, start: int, end: int, rules: Rules) -> str:
    """Classify a block that is too long for a heading, but not for a caption or a table row."""
    if _match_boilerplate(view, start, end, rules) == "caption":
        return "caption"
    if has_columns(view, start, end):
        return "table"
    return _classify_markup(view, start, end) if view[start] in "|#=$" else "sentence"


def _match_boilerplate(view: str, start: int, end: int, rules: Rules) -> str:
    """Classify a block by its first words ("Photo:", "Read more"), or return ``""``."""
    heads = rules.boilerplate_prefixes
    if view[start : start + 2].lower() not in heads and view[start] not in heads:
        return ""
    if not view[start : start + _MAX_BOILERPLATE_START].lower().startswith(rules.boilerplate_starts):
        return ""
    match = rules.boilerplate.match(view, start, end)
    return (match.lastgroup or "navigation") if match else ""


def _has_label(view: str, start: int, end: int) -> bool:
    """Tell whether a block begins with a short label ("John: I see some interesting")."""
    return _SPEAKER.match(view, start, end) is not None and _LABEL.match(view, start, end) is not None


def _is_unended_item(view: str, start: int, end: int) -> bool:
    """Tell whether a block is a list item without final punctuation ("- Bridge delayed")."""
    return view[end - 1] not in FINAL and BULLET.match(view, start, end) is not None


def _is_lone_item(view: str, blocks: list[Block], k: int) -> bool:
    """Tell whether a block is an unended item between paragraphs: a heading in an outline ("* Weirs")."""
    start, end, _ = blocks[k]
    if view[start] != "*" or not _is_unended_item(view, start, end):
        return False
    around = blocks[max(0, k - 1) : k] + blocks[k + 1 : k + 2]
    return not any(BULLET.match(view, begin, stop) for begin, stop, _ in around)


def _is_author_list(view: str, start: int, end: int) -> bool:
    """Tell whether a block lists authors ("Ann Lee, Bob Stone and Cy Young, University of the Islands")."""
    if end - start > _MAX_AUTHOR_LIST or view[end - 1] in FINAL:
        return False
    words = view[start:end].split()
    if len(words) < 4 or not any(word == "and" or word[-1] in ",;" for word in words):
        return False
    n_names = sum(word[0].isupper() or not word[0].isalpha() or word in _NAME_PARTICLES for word in words)
    return 10 * n_names >= 9 * len(words)


def _flag_references(view: str, blocks: list[Block], kinds: list[str], rules: Rules) -> None:
    """Flag the entries of a list of references, from its heading to the next heading."""
    inside = False
    for k, (start, end, _) in enumerate(blocks):
        if end - start < 50 and _normalize_heading(view, start, end) in rules.references:
            inside = k + 1 < len(blocks) and _REFERENCE.match(view, *blocks[k + 1][:2]) is not None
            if inside:
                kinds[k] = "heading"
        elif kinds[k] == "heading":
            inside = False
        elif inside and kinds[k] == "sentence" and _REFERENCE.match(view, start, end):
            kinds[k] = "reference"


def _normalize_heading(view: str, start: int, end: int) -> str:
    """Return a heading in lower case, without its number and markup ("## 7. References")."""
    number = _LIST_NUMBER.match(view, start, end)
    return view[number.end() if number else start : end].strip("#=*: .").lower()


def _classify_markup(view: str, start: int, end: int) -> str:
    """Classify a block by its markup: ``"* * *"``, ``"# Title"``, ``"| a | b |"``, ``"$ ls"``."""
    if not _ALNUM.search(view, start, end):
        return "separator"
    if _MARKUP_HEADING.match(view, start, end):
        return "heading"
    if view[start] == "|" and view[end - 1] == "|":
        return "table"
    return "code" if _COMMAND.match(view, start, end) else "sentence"


def _resolve_headings(
    view: str, blocks: list[Block], kinds: list[str], maybe: list[int], lowercase: bool
) -> None:
    """Decide which of the short lines without final punctuation are headings.

    A heading precedes running text: the next block, or the one after another such line, is longer and ends
    with final punctuation. Where most lines have no final punctuation, or have a speaker, these lines are the
    content. So is a list of three or more of them.
    """
    if not maybe:
        return
    headings = set()
    sample = blocks[:200]
    if 2 * len(maybe) <= len(blocks) and 3 * sum(
        _SPEAKER.match(view, start, end) is not None for start, end, _ in sample
    ) <= len(sample):
        # If only the first line of a text has no final punctuation, it is the title.
        min_paragraph = 0 if maybe == [0] else _MIN_PARAGRAPH
        headings = {k for k in maybe if _is_heading(view, blocks, kinds, k, lowercase, min_paragraph)}
    for k in maybe:
        kinds[k] = "heading" if k in headings else "sentence"


def _is_heading(
    view: str, blocks: list[Block], kinds: list[str], k: int, lowercase: bool, min_paragraph: int
) -> bool:
    """Tell whether block `k` is a heading, with a text of at least `min_paragraph` characters below it."""
    start, end, _ = blocks[k]
    if view[start].islower() and not lowercase:
        return False
    below = k + 1
    n_lines = 1
    while below < len(blocks) and kinds[below] != "sentence" and below <= k + _MAX_HEADING_DISTANCE:
        n_lines += kinds[below] in ("?", "heading")
        below += 1
    above = k - 1
    while above >= 0 and kinds[above] == "?" and above >= k - 3:
        above -= 1
        n_lines += 1
    if below == len(blocks) or kinds[below] != "sentence":
        return False
    # A title, a subtitle and the first heading may precede the first paragraph, each in its own paragraph.
    if n_lines > 2 and (n_lines > 3 or above >= 0 or blocks[below][2] - blocks[k][2] < below - k):
        return False
    # Without blank lines, a heading looks like a short sentence without final punctuation, unless it is
    # underlined or a whole paragraph follows.
    is_tight = "\n" not in view[end : blocks[k + 1][0]].replace("\n", "", 1)
    if is_tight and kinds[k + 1] == "separator":
        return True
    length = blocks[below][1] - blocks[below][0]
    return length > max(end - start, min_paragraph if is_tight else 0) and view[blocks[below][1] - 1] in FINAL


def is_signature(piece: str) -> bool:
    """Tell whether the last sentence of a text is the name of its author.

    Parameters
    ----------
    piece : str

    Returns
    -------
    bool

    Examples
    --------
    >>> is_signature("Ann Lee"), is_signature("Nobody left")
    (True, False)
    """
    words = piece.split()
    return 2 <= len(words) <= 4 and all(word.isalpha() and word.istitle() for word in words)


def is_numbered_heading(piece: str) -> bool:
    """Tell whether a sentence inside a paragraph is a numbered heading.

    Parameters
    ----------
    piece : str

    Returns
    -------
    bool

    Examples
    --------
    >>> is_numbered_heading("SEC. 2. DEFINITIONS."), is_numbered_heading("In this Act, a term is a term.")
    (True, False)
    """
    return len(piece) <= _MAX_HEADING and _NUMBERED_HEADING.match(piece) is not None


def is_markup_heading(view: str, start: int) -> bool:
    """Tell whether a block is a heading in Markdown, AsciiDoc, a wiki or HTML.

    Parameters
    ----------
    view : str
    start : int
        Start of the block.

    Returns
    -------
    bool

    Examples
    --------
    >>> is_markup_heading("## Council votes", 0), is_markup_heading("#1 in the list", 0)
    (True, False)
    """
    return _MARKUP_HEADING.match(view, start) is not None
