"""Read HTML inside Markdown: most of it is pictures and buttons, but a sentence in it is text."""

from __future__ import annotations

import re
from collections.abc import Iterator

from summarize.reading.passages import Passage, Span, has_words, is_sentence, show

_NOT_TEXT = re.compile(r"\s*<(?:script|style|pre|svg|table|textarea|iframe|video|[?!])", re.IGNORECASE)
_TAG = re.compile(
    r"<!--.*?(?:-->|\Z)|</?([A-Za-z][\w:.-]{0,60})(?:[\s/](?:[^<>\"']|\"[^\"<]*+\"|'[^'<]*+')*+)?>", re.DOTALL
)
_INLINE = frozenset((
    "a", "abbr", "b", "big", "cite", "code", "del", "em", "font", "i", "img", "ins", "kbd", "mark", "q",
    "s", "samp", "small", "span", "strong", "sub", "sup", "time", "tt", "u", "var", "wbr",
))  # fmt: skip
_HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6", "summary", "title", "dt"))


def read_html(text: str, start: int, end: int) -> Iterator[Passage]:
    """Find the headings and the sentences in a block of HTML.

    Parameters
    ----------
    text : str
    start, end : int
        Range of the block.

    Yields
    ------
    Passage
        A paragraph for every stretch between two tags of blocks that holds a sentence of six words or more.

    Examples
    --------
    >>> text = '<p align="center"><em>A fast framework for people in a hurry.</em></p>'
    >>> [(each.kind, text[each.start:each.end]) for each in read_html(text, 0, len(text))]
    [('paragraph', '<em>A fast framework for people in a hurry.</em>')]
    """
    if _NOT_TEXT.match(text, start, end):
        return
    holes: list[Span] = []
    begin = start
    name = ""
    for match in _TAG.finditer(text, start, end):
        tag = (match[1] or "").lower()
        if not tag or tag in _INLINE:
            holes.append(match.span())
            continue
        yield from _make(text, begin, match.start(), holes, name)
        begin, holes, name = match.end(), [], "" if match[0].startswith("</") else tag
    yield from _make(text, begin, end, holes, name)


def _make(text: str, start: int, end: int, holes: list[Span], name: str) -> Iterator[Passage]:
    shown = show(text, start, end, holes)
    if name in _HEADINGS and has_words(shown):
        yield Passage("heading", start, end, holes)
    elif is_sentence(shown):
        yield Passage("item" if name == "li" else "paragraph", start, end, holes)
