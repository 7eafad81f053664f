"""Read web pages: what a reader sees, without markup, menus and footers.

``trafilatura`` tells which parts of a page are its main text. :mod:`summarize.reading.page_blocks` keeps the
structure of those parts: paragraphs, headings, lists, tables and preformatted lines.
"""

from __future__ import annotations

import re
from contextlib import suppress
from copy import deepcopy
from typing import Any, NamedTuple

from summarize.document import Block
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


class Page(NamedTuple):
    """What is read of a web page.

    Attributes
    ----------
    text : str
        The main text, or the whole text if no main text is found. Blank lines separate paragraphs; headings,
        lists and tables are written as in Markdown.
    blocks : tuple of Block
        The structure of the text.
    title : str or None
        The title, if there is one.
    """

    text: str
    blocks: tuple[Block, ...]
    title: str | None


def extract_page(markup: str, source: str) -> Page:
    """Extract the main text and the title of a web page.

    Parameters
    ----------
    markup : str
        The page.
    source : str
        Name of the page in messages.

    Returns
    -------
    Page

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

    from summarize.reading.page_blocks import clean_tree, find_blocks, write_blocks

    # trafilatura must not print its log to the user's terminal.
    logging.getLogger("trafilatura").addHandler(logging.NullHandler())
    # The markup is decoded already, and the parser rejects a `str` that declares a charset.
    markup = re.sub(r"\A\s*<\?xml[^>]*\?>", "", markup).replace("\x00", "")
    text, title = "", None
    blocks: tuple[Block, ...] = ()
    # Broken pages can raise any kind of error in the libraries below. A page that fails in one of the two
    # ways may succeed in the other.
    with suppress(Exception):
        tree = trafilatura.load_html(markup)
        title = extract_title(tree)
        clean_tree(tree)
        main = _find_main(tree)
        text, blocks = write_blocks(find_blocks(tree, main))
    if not text.strip():
        blocks = ()
        with suppress(Exception):
            text = trafilatura.html2txt(markup)
    if not text.strip():
        raise InputError(source, "is a web page without text")
    return Page(text, blocks, title or None)


def _find_main(tree: Any) -> str:
    """Return the main text of a page as ``trafilatura`` finds it."""
    import trafilatura

    page = None
    with suppress(Exception):
        page = trafilatura.bare_extraction(deepcopy(tree), fast=True, include_comments=False)
    return "" if page is None or isinstance(page, dict) else " ".join(page.body.itertext())
