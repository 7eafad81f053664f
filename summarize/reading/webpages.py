"""Extract the text of web pages: what a reader sees, without markup, menus and footers."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import suppress
from typing import Any

from summarize.errors import InputError, MissingExtraError

# The tag that reveals a page begins within this many characters.
_MAX_HEAD = 1024
# An XML declaration and comments may precede the first tag.
_PRELUDE = r"\s*(?:<\?xml[^>]*\?>\s*|<!--(?:(?!-->)[\s\S])*-->\s*)*"
_PAGE = re.compile(
    rf"\A{_PRELUDE}<(?:!doctype\s+html|html|head|body|meta|title)\b"
    r"|^[ \t]*<(?:!doctype\s+html|html|head|body)\b[^>\n]*>",
    re.IGNORECASE | re.MULTILINE,
)
# A fragment of a page begins and ends with a tag. A Markdown file may begin with a tag, but seldom also ends
# with one.
_FRAGMENT = re.compile(
    rf"\A{_PRELUDE}<(?:article|aside|blockquote|center|div|dl|font|footer|form|h[1-6]|header|link|main|nav|ol|p|pre"
    r"|script|section|span|style|table|ul)\b[^>]*>",
    re.IGNORECASE,
)
_XML = re.compile(r"\A\s*<(?:\?xml\s|!doctype\s+(?!html)|rss\b|feed\b|svg\b)", re.IGNORECASE)
_BLOCKS = frozenset({"p", "head", "list", "quote", "table", "div", "code", "item"})
_LEVEL = re.compile(r"h([1-6])")
# Replaces `<br>` for a while, because the newlines of the markup itself become spaces.
_LINE_BREAK = "\u2028"


def is_page(text: str) -> bool:
    """Tell whether a text is a web page or a fragment of one.

    Parameters
    ----------
    text : str

    Returns
    -------
    bool

    Examples
    --------
    >>> is_page("<!DOCTYPE html><title>News</title>"), is_page("<p>It is open.</p>")
    (True, True)
    >>> is_page("<3 this song")
    False
    """
    if _PAGE.search(text, 0, _MAX_HEAD):
        return True
    return text.rstrip().endswith(">") and _FRAGMENT.match(text, 0, _MAX_HEAD) is not None


def is_xml(text: str) -> bool:
    """Tell whether a text is an XML document other than a web page.

    Parameters
    ----------
    text : str

    Returns
    -------
    bool

    Examples
    --------
    >>> is_xml('<?xml version="1.0"?><rss></rss>'), is_xml("<p>It is open.</p>")
    (True, False)
    """
    return _XML.match(text) is not None


def extract_page(markup: str, source: str) -> tuple[str, str | None]:
    """Extract the text and title of a web page.

    Parameters
    ----------
    markup : str
        The page.
    source : str
        Name of the page in messages.

    Returns
    -------
    text : str
        The main text, or the whole text if no main text is found. Blank lines separate paragraphs; headings,
        lists and tables are written as in Markdown.
    title : str or None
        The title, if there is one.

    Raises
    ------
    InputError
        If the page contains no text.
    MissingExtraError
        If the extra ``html`` is not installed.
    """
    try:
        import trafilatura
        from trafilatura.metadata import extract_title
    except ImportError:
        raise MissingExtraError("html", "reading a web page", source) from None
    import logging

    # trafilatura must not print its log to the user's terminal.
    logging.getLogger("trafilatura").addHandler(logging.NullHandler())
    # The markup is decoded already, and the parser rejects a `str` that declares a charset.
    markup = re.sub(r"\A\s*<\?xml[^>]*\?>", "", markup).replace("\x00", "")
    text = title = None
    # Broken pages can raise any kind of error in the libraries below. A page that fails in one of the two
    # ways may succeed in the other.
    with suppress(Exception):
        tree = trafilatura.load_html(markup)
        title = extract_title(tree) if tree is not None else None
        page = trafilatura.bare_extraction(tree, include_comments=False)
        if page is not None and not isinstance(page, dict):
            text = "\n\n".join(filter(None, _blocks(page.body)))
    with suppress(Exception):
        text = text or trafilatura.html2txt(markup)
    if not text or not text.strip():
        raise InputError(source, "is a web page without text")
    return text, title or None


def _blocks(element: Any) -> Iterator[str]:
    """Yield the paragraphs, headings, lists and tables below an element."""
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
    """Return the text of an element, with `newline` in place of its line breaks."""
    for line_break in element.iter("lb"):
        line_break.text = _LINE_BREAK
    lines = "".join(element.itertext()).split(_LINE_BREAK)
    return newline.join(filter(None, map(_fold, lines)))


def _fold(text: str) -> str:
    """Collapse white space."""
    return " ".join(text.split())
