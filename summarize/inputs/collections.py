"""XML files that hold many texts: dumps of MediaWiki, whose articles are documents, and feeds."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import escape
from typing import IO, Any
from xml.etree import ElementTree

from summarize.errors import InputError
from summarize.inputs.compressed import open_plain
from summarize.inputs.items import Item
from summarize.reading.packages import local_name

_HEAD = 4096
_ROOT = re.compile(
    rb"\A(?:\xef\xbb\xbf)?\s*(?:<\?.*?\?>|<!--.*?-->|<!DOCTYPE[^>]*>|\s)*<(?:\w+:)?(mediawiki|rss|feed|RDF)[\s>]",
    re.S,
)
_CHUNK = 1 << 16
# Elements that are held at one time; an article has few.
_MAX_ELEMENTS = 100_000


def is_collection(path: str) -> bool:
    """Tell whether a file is a dump of a wiki or a feed, by its first bytes.

    Parameters
    ----------
    path : str

    Returns
    -------
    bool
        False if it cannot be read.
    """
    try:
        with open_plain(path) as file:
            return has_many(file.read(_HEAD))
    except (OSError, InputError, ImportError):
        return False


def has_many(head: bytes) -> bool:
    """Tell the same by the first bytes.

    Examples
    --------
    >>> has_many(b'<?xml version="1.0"?><rss version="2.0">'), has_many(b"<html>")
    (True, False)
    """
    return _ROOT.match(head) is not None


def read_collection(path: str) -> Iterator[Item]:
    """Find the articles of a dump, or the entries of a feed, in one pass and bounded memory.

    Parameters
    ----------
    path : str
        Path of the file, which may be compressed.

    Yields
    ------
    Item
        ``dump.xml/Weir.wiki`` for an article, ``news.rss:1`` for the first entry.

    Raises
    ------
    InputError
        If it is not well-formed, or holds none.
    """
    with open_plain(path) as file:
        yield from split_collection(file, path)


def split_collection(file: IO[bytes], source: str) -> Iterator[Item]:
    """Find the same in a stream of bytes; the parameters and errors are those of `read_collection`."""
    parser: Any = ElementTree.XMLPullParser(("start", "end"))
    number = n_elements = 0
    path: list[Any] = []
    try:
        while data := file.read(_CHUNK):
            parser.feed(data)
            for event, element in parser.read_events():
                if event == "start":
                    path.append(element)
                    n_elements += 1
                    if n_elements > _MAX_ELEMENTS:
                        raise InputError(
                            source, "found too many elements in one entry; accepted: a real document"
                        )
                    continue
                path.pop()
                name = local_name(element)
                if name not in ("page", "item", "entry"):
                    continue
                item = (
                    _read_page(element, source)
                    if name == "page"
                    else _read_entry(element, source, number + 1)
                )
                # Release what was read.
                for holder in path[-1:]:
                    holder.remove(element)
                n_elements = len(path)
                if item is not None:
                    number += 1
                    yield item
        parser.close()
    except ElementTree.ParseError as error:
        raise InputError(source, f"is a damaged document: it is not valid XML: {error}") from None
    if not number:
        raise InputError(source, "holds no articles or entries")


def _read_page(page: Any, source: str) -> Item | None:
    """Read an article; skip talk, files, templates and redirects."""
    parts = {local_name(part): part for part in page.iter()}
    text = (parts["text"].text or "") if "text" in parts else ""
    if not text.strip() or "redirect" in parts or ("ns" in parts and parts["ns"].text != "0"):
        return None
    title = " ".join((parts["title"].text or "").split()) if "title" in parts else "untitled"
    name = f"{re.sub(r'[/:]', '_', title)}.wiki"
    return Item(f"{source}/{name}", "bytes", text.encode("utf-8", "surrogatepass"), name, size=len(text))


def _read_entry(entry: Any, source: str, number: int) -> Item | None:
    """Read an entry as the page that it would be."""
    parts = {local_name(part): part for part in entry}
    body = next(
        (parts[each] for each in ("encoded", "content", "description", "summary") if each in parts), None
    )
    markup = "" if body is None else "".join(body.itertext()).strip()
    title = " ".join("".join(parts["title"].itertext()).split()) if "title" in parts else ""
    if not markup:
        return None
    title = escape(title)
    page = f"<html><head><title>{title}</title></head><body><h1>{title}</h1>{markup}</body></html>"
    return Item(f"{source}:{number}", "text", page, f"{number}.html", size=len(page))
