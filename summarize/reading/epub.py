"""Read EPUB, the format of e-books: its chapters in the order in which they are read."""

from __future__ import annotations

import posixpath
import re
from urllib.parse import unquote

from summarize.document import Text
from summarize.errors import InputError
from summarize.reading.composing import Composer
from summarize.reading.packages import Package, local_name
from summarize.reading.page_blocks import clean_tree, list_blocks, parse_page

_DC = "{http://purl.org/dc/elements/1.1/}"
_CONTAINER = "META-INF/container.xml"
# Parts around the text, by their names and by the types that the book gives them.
_AROUND = re.compile(
    r"(?:^|[/_.-])(?:cover(?:page)?|nav|toc|contents?|title-?page|copyright|colophon|imprint|index|endnotes|footnotes)"
    r"(?=[_.-]|\Z)",
    re.IGNORECASE,
)
_TYPE = "epub:type"
_AROUND_TYPES = frozenset(("toc", "landmarks", "cover", "titlepage", "copyright-page", "index", "endnotes"))
_NOTES = frozenset(("noteref", "footnote", "footnotes", "endnote", "endnotes", "rearnote", "pagebreak"))


def read_epub(data: bytes, source: str) -> Text:
    """Read an e-book.

    Parameters
    ----------
    data : bytes
    source : str
        Name of the document in messages.

    Returns
    -------
    Text
        With a mark for each chapter, by its first heading.

    Raises
    ------
    InputError
        If it is damaged, or protected against reading.

    Notes
    -----
    Covers, tables of contents, copyright pages and notes are left out unless nothing else is there.
    """
    package = Package(data, source)
    if "META-INF/rights.xml" in package.names or "META-INF/sinf.xml" in package.names:
        raise InputError(source, "is protected (DRM); accepted: e-books without protection")
    root = package.parse(_CONTAINER)
    path = next((str(each.get("full-path")) for each in root.iter() if local_name(each) == "rootfile"), None)
    if path is None:
        raise InputError(source, f"is a damaged document: {_CONTAINER} names no book")
    book = package.parse(path)
    items = {str(each.get("id")): each for each in book.iter() if local_name(each) == "item"}
    guide = {
        str(each.get("href", "")).partition("#")[0]
        for each in book.iter()
        if local_name(each) == "reference"
        and each.get("type") in ("toc", "cover", "title-page", "copyright-page")
    }
    chapters: list[tuple[str, bool]] = []
    for each in book.iter():
        item = items.get(str(each.get("idref"))) if local_name(each) == "itemref" else None
        if item is None or "html" not in str(item.get("media-type", "")):
            continue
        href = unquote(str(item.get("href", "")))
        is_around = (
            each.get("linear") == "no"
            or "nav" in str(item.get("properties", "")).split()
            or href in guide
            or _AROUND.search(posixpath.splitext(href)[0]) is not None
        )
        chapters.append((posixpath.normpath(posixpath.join(posixpath.dirname(path), href)), is_around))
    composer = Composer()
    composer.title = " ".join((book.findtext(f".//{_DC}title") or "").split()) or None
    wanted = [name for name, is_around in chapters if not is_around and name in package.names]
    for name in wanted or [name for name, _ in chapters if name in package.names]:
        _add_chapter(composer, package, name)
    return composer.compose(source, "epub")


def _add_chapter(composer: Composer, package: Package, name: str) -> None:
    """Add a chapter, unless it says itself that it is around the text."""
    tree = parse_page(package.read(name))
    body = tree.find(".//body")
    kinds = set(str(body.get(_TYPE, "")).split()) if body is not None else set()
    for element in list(tree.iter()) if body is not None else ():
        types = set(str(element.get(_TYPE, "")).split()) if isinstance(element.tag, str) else set()
        if types & _NOTES or element.get("role") in (
            "doc-noteref",
            "doc-footnote",
            "doc-endnotes",
            "doc-pagebreak",
        ):
            element.drop_tree()
        elif types and element.getparent() is body and len(body) == 1:
            kinds |= types
    if kinds & _AROUND_TYPES:
        return
    clean_tree(tree)
    blocks = list_blocks(tree)
    heading = next((" ".join(block.text.split()) for block in blocks if block.kind == "heading"), None)
    if heading:
        composer.mark("chapter", heading)
    for block in blocks:
        composer.add(block.kind, block.text, level=block.level if block.kind == "heading" else 0)
