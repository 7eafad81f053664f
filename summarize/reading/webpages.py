"""Text of web pages: what a reader sees of them, without their markup, menus and footers."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import suppress
from typing import Any

from summarize.errors import InputError, MissingExtraError

# How far a page may put off saying that it is one.
_HEAD = 1024
# A declaration and comments may stand before the first tag.
_PRELUDE = r"\s*(?:<\?xml[^>]*\?>\s*|<!--(?:(?!-->)[\s\S])*-->\s*)*"
_PAGE = re.compile(
    rf"\A{_PRELUDE}<(?:!doctype\s+html|html|head|body|meta|title)\b"
    r"|^[ \t]*<(?:!doctype\s+html|html|head|body)\b[^>\n]*>",
    re.IGNORECASE | re.MULTILINE,
)
# A piece of a page: it begins with an element and ends with one. A Markdown file may do the first only.
_PIECE = re.compile(
    rf"\A{_PRELUDE}<(?:article|aside|blockquote|center|div|dl|font|footer|form|h[1-6]|header|link|main|nav|ol|p|pre"
    r"|script|section|span|style|table|ul)\b[^>]*>",
    re.IGNORECASE,
)
_XML = re.compile(r"\A\s*<(?:\?xml\s|!doctype\s+(?!html)|rss\b|feed\b|svg\b)", re.IGNORECASE)
_BLOCKS = frozenset({"p", "head", "list", "quote", "table", "div", "code", "item"})
_LEVEL = re.compile(r"h([1-6])")
# Stands for a line break while the newlines of the markup, which mean nothing, become spaces.
_LINE_BREAK = "\u2028"


def is_page(text: str) -> bool:
    """Whether a text is a web page, or a piece of one."""
    if _PAGE.search(text, 0, _HEAD):
        return True
    return text.rstrip().endswith(">") and _PIECE.match(text, 0, _HEAD) is not None


def is_xml(text: str) -> bool:
    """Whether a text is an XML document."""
    return _XML.match(text) is not None


def extract_page(markup: str, source: str) -> tuple[str, str | None]:
    """Text and title of a web page.

    Parameters
    ----------
    markup : str
        The page.
    source : str
        Its name in messages.

    Returns
    -------
    text : str
        Its main text, or all of it where no main text can be told: a blank line between paragraphs,
        headings and lists marked as in Markdown.
    title : str or None
        Its title.

    Raises
    ------
    InputError
        If no text is in it.
    MissingExtraError
        If the extra ``html`` is not installed.
    """
    try:
        import trafilatura
        from trafilatura.metadata import extract_title
    except ImportError:
        raise MissingExtraError("html", "reading a web page", source) from None
    import logging

    # The library never prints, and neither shall what it uses.
    logging.getLogger("trafilatura").addHandler(logging.NullHandler())
    # A declared charset is no longer true, and the parser minds.
    markup = re.sub(r"\A\s*<\?xml[^>]*\?>", "", markup).replace("\x00", "")
    text = title = None
    # Its libraries stumble over some broken pages with errors of any kind; a page that one of the two
    # ways cannot read may yet be read by the other.
    with suppress(Exception):
        tree = trafilatura.load_html(markup)
        title = extract_title(tree) if tree is not None else None
        page = trafilatura.bare_extraction(tree, include_comments=False)
        if page is not None and not isinstance(page, dict):
            text = "\n\n".join(filter(None, _blocks(page.body)))
    with suppress(Exception):
        text = text or trafilatura.html2txt(markup)
    if not text or not text.strip():
        raise InputError(source, "is a web page without a text")
    return text, title or None


def _blocks(element: Any) -> Iterator[str]:
    """Paragraphs, headings, lists and tables below an element."""
    yield _fold(element.text or "")
    for child in element:
        if child.tag == "head":
            level = _LEVEL.match(child.get("rend", ""))
            yield f"{'#' * int(level[1] if level else 2)} {_inline(child)}"
        elif child.tag == "list":
            yield "\n".join(f"- {text}" for text in map(_inline, child) if text)
        elif child.tag == "table":
            yield "\n".join(f"| {' | '.join(map(_inline, row))} |" for row in child.iter("row"))
        elif any(part.tag in _BLOCKS for part in child):
            yield from _blocks(child)
        else:
            yield _inline(child, "\n")
        yield _fold(child.tail or "")


def _inline(element: Any, newline: str = " ") -> str:
    """Text of an element, with `newline` for its line breaks."""
    for line_break in element.iter("lb"):
        line_break.text = _LINE_BREAK
    lines = "".join(element.itertext()).split(_LINE_BREAK)
    return newline.join(filter(None, map(_fold, lines)))


def _fold(text: str) -> str:
    return " ".join(text.split())
