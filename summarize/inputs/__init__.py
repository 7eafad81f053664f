"""Inputs -> items: find the documents in files, directories, tables and archives.

A reader is a function ``(path, Reading) -> iterator of Item`` that holds at most one document in memory. Add
one by writing its function and its line in `READERS`. A problem with one input becomes an item as well, so
that the other inputs are still read. Parsing is left to the workers where possible: the item of a file holds
its path, and the item of a JSON line holds the line as it is.
"""

from __future__ import annotations

import io
import os
import sys
from collections.abc import Iterable, Iterator

from summarize.errors import InputError
from summarize.inputs.items import (
    COMPRESSIONS,
    TEXT_SUFFIXES,
    Item,
    Reading,
    is_address,
    make_item,
    name_file,
)
from summarize.registry import Entry

__all__ = [
    "COMPRESSIONS",
    "READERS",
    "TEXT_SUFFIXES",
    "Item",
    "Reading",
    "find_items",
    "find_paths",
    "find_reader",
    "holds_many",
    "is_address",
    "read_file",
]

READERS = {
    ".jsonl": Entry("summarize.inputs.tables:read_jsonl", "one JSON object per line"),
    ".ndjson": Entry("summarize.inputs.tables:read_jsonl", "the same"),
    ".csv": Entry("summarize.inputs.tables:read_csv", "a table whose first line names the columns"),
    ".tsv": Entry("summarize.inputs.tables:read_csv", "the same, with tabs"),
    ".parquet": Entry("summarize.inputs.parquet:read_parquet", "a table; needs the extra columns"),
    ".mbox": Entry("summarize.inputs.mailboxes:read_mbox", "a mailbox; each mail is a text"),
    ".zip": Entry("summarize.inputs.archives:read_zip", "an archive of texts"),
    ".tar": Entry("summarize.inputs.archives:read_tar", "an archive of texts"),
    ".tgz": Entry("summarize.inputs.archives:read_tar", "the same, compressed"),
}


# An XML file may hold many texts too; its first bytes tell.
_XML_SUFFIXES = (".xml", ".rss", ".atom")


def find_reader(path: str) -> str | None:
    """Return the key in `READERS` for a path.

    Parameters
    ----------
    path : str
        Path of a file, which need not exist.

    Returns
    -------
    str or None
        The suffix of the file, in lower case and without the suffix of a compression; None if the file is
        neither a table nor an archive.

    Examples
    --------
    >>> find_reader("corpus/news.JSONL.gz")
    '.jsonl'
    >>> find_reader("notes.txt.gz") is None
    True
    """
    suffix = _find_suffix(path)
    return suffix if suffix in READERS else None


def holds_many(path: str) -> bool:
    """Tell whether a file holds many texts: a table, an archive, a dump of a wiki or a feed.

    Parameters
    ----------
    path : str
        Path of a file. It is opened only if it is XML.

    Returns
    -------
    bool
        False if it cannot be read.

    Examples
    --------
    >>> holds_many("news.csv"), holds_many("notes.txt")
    (True, False)
    """
    return find_reader(path) is not None or _is_collection(path)


def _is_collection(path: str) -> bool:
    if _find_suffix(path) not in _XML_SUFFIXES:
        return False
    from summarize.inputs.collections import is_collection

    return is_collection(path)


def _find_suffix(path: str) -> str:
    """Return the suffix of a file, in lower case and without the suffix of a compression."""
    name = os.path.basename(path).lower()
    stem, compression = os.path.splitext(name)
    # ZIP and Parquet compress their contents and need to seek, so `.zip.gz` is not read.
    if compression in COMPRESSIONS and not name.endswith((".zip" + compression, ".parquet" + compression)):
        name = stem
    return os.path.splitext(name)[1]


def find_items(inputs: Iterable[str], reading: Reading, *, several: bool = False) -> Iterator[Item]:
    """Find every document of the inputs, in the order of the inputs.

    Parameters
    ----------
    inputs : iterable of str
        Paths of files, tables, archives and directories, also as ``file://``; ``-`` for one text on standard
        input; addresses of the web that are among those of `reading`.
    reading : Reading
        Which files and columns to read.
    several : bool
        Whether the names of items below a directory begin with the name of that directory, as is needed to
        tell several directories apart.

    Yields
    ------
    Item
        Documents, and problems where an input cannot be read.

    Examples
    --------
    >>> [item.source for item in find_items(["a.txt", "b.txt"], Reading())]
    ['a.txt', 'b.txt']
    """
    for item in find_paths(inputs, reading, several=several):
        if item.kind == "path":
            notes = item.notes
            for found in read_file(item.source, reading, item.name, item.size):
                yield found._replace(notes=notes + found.notes)
                notes = ()
        else:
            yield item


def find_paths(inputs: Iterable[str], reading: Reading, *, several: bool = False) -> Iterator[Item]:
    """Find every file of the inputs without opening tables and archives.

    Parameters
    ----------
    inputs, reading, several
        As in `find_items`.

    Yields
    ------
    Item
        Of the kind ``"path"`` for files, tables and archives; ``"bytes"`` for standard input and pipes;
        ``"problem"`` for an input that cannot be read.
    """
    for path in inputs:
        if path.startswith("file://"):
            path = _find_local(path)
        if path == "-":
            yield _read_stdin()
        elif is_address(path):
            yield from _read_address(path, reading)
        elif "://" in path:
            from summarize.inputs.remote import find_remote

            yield from find_remote(path, reading)
        elif os.path.isdir(path):
            from summarize.inputs.directories import find_below

            yield from find_below(path, reading, several)
        else:
            name = name_file(path)
            yield Item(path, "path", path, name) if find_reader(path) else make_item(path, name)


def _find_local(url: str) -> str:
    """Return the path in a ``file://`` address, which needs no extra."""
    from importlib.util import find_spec
    from urllib.parse import unquote, urlsplit

    return url if find_spec("pyarrow") else unquote(urlsplit(url).path)


def _read_address(url: str, reading: Reading) -> Iterator[Item]:
    """Fetch an address that the user named on the command line; each entry of a feed is a document."""
    from summarize.inputs.collections import has_many, split_collection
    from summarize.inputs.web import fetch

    parts = url.partition("://")[2].partition("?")[0].rstrip("/").replace(":", "_")
    name = parts if os.path.splitext(parts)[1] else f"{parts}.html"
    if url not in reading.addresses:
        problem = "is an address in a list; accepted: addresses on the command line"
        yield Item(url, "problem", problem, name)
        return
    try:
        data = fetch(url, user_agent=reading.user_agent, allow_private=reading.allow_private)
    except InputError as error:
        yield Item(url, "problem", error.problem, name)
        return
    if has_many(data[:4096]):
        yield from _read_parts(split_collection(io.BytesIO(data), url), url, name)
    else:
        yield Item(url, "bytes", data, name, size=len(data))


def _read_stdin() -> Item:
    from summarize.reading import read_to_end

    try:
        data = read_to_end(sys.stdin.buffer, "-")
    except InputError as error:
        return Item("-", "problem", error.problem, "stdin.txt")
    except OSError as error:
        return Item("-", "problem", f"cannot be read: {error.strerror or error}", "stdin.txt")
    return Item("-", "bytes", data, "stdin.txt", size=len(data))


def read_file(path: str, reading: Reading, name: str, size: int | None = None) -> Iterator[Item]:
    """Find the documents in one file: the rows of a table, the members of an archive, or the file itself.

    Parameters
    ----------
    path : str
        Path of the file.
    reading : Reading
        Which members and columns to read.
    name : str
        Name of the item of the file; the names of rows and members begin with it.
    size : int, optional
        Size of the file in bytes, if known.

    Yields
    ------
    Item
        Documents, and problems where the file or a part of it cannot be read.
    """
    suffix = find_reader(path)
    if suffix is not None:
        yield from _read_parts(READERS[suffix].load()(path, reading), path, name)
    elif _is_collection(path):
        from summarize.inputs.collections import read_collection

        yield from _read_parts(read_collection(path), path, name)
    else:
        yield make_item(path, name) if size is None else Item(path, "path", path, name, size=size)


def _read_parts(items: Iterator[Item], path: str, name: str) -> Iterator[Item]:
    """Name the documents in a file, and make a problem of what ends it."""
    try:
        for item in items:
            yield item._replace(name=os.path.join(name, item.name))
    except InputError as error:
        yield Item(error.source, "problem", error.problem, name)
    except OSError as error:
        yield Item(path, "problem", f"cannot be read: {error.strerror or error}", name)
