"""Many documents in files, folders, tables and archives -> items: the table of readers.

A reader is a callable ``(path, Reading) -> iterator of Item`` that holds no more than a document at a time.
Whatever is wrong with an input becomes an item too, so that the others are read. What can be left to the
workers is: an item of a file is its path, one of a JSON line the line as it is.
"""

from __future__ import annotations

import os
import stat
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from importlib import import_module
from typing import NamedTuple

from summarize.errors import InputError

TEXT_SUFFIXES = (".txt", ".md", ".markdown", ".text", ".rst", ".html", ".htm")
COMPRESSIONS = (".gz", ".zst")


class Entry(NamedTuple):
    """Where a reader is, and what it reads."""

    module: str
    function: str
    summary: str


READERS = {
    ".jsonl": Entry("summarize.inputs.tables", "read_jsonl", "a JSON object a line"),
    ".ndjson": Entry("summarize.inputs.tables", "read_jsonl", "the same"),
    ".csv": Entry("summarize.inputs.tables", "read_csv", "a table with a line of column names"),
    ".tsv": Entry("summarize.inputs.tables", "read_csv", "the same, with tabs"),
    ".parquet": Entry("summarize.inputs.parquet", "read_parquet", "a table; needs the extra columns"),
    ".zip": Entry("summarize.inputs.archives", "read_zip", "texts"),
    ".tar": Entry("summarize.inputs.archives", "read_tar", "texts"),
    ".tgz": Entry("summarize.inputs.archives", "read_tar", "texts"),
}


class Item(NamedTuple):
    """A document that is not yet read.

    Attributes
    ----------
    source : str
        Its name: the path of a file, ``table.jsonl:17`` of the line it begins in, ``archive.zip/inner.txt``.
    kind : str
        What `content` is: ``"path"`` of a file, ``"bytes"`` of one, a ``"text"``, a line of ``"json"``, or
        what is wrong, a ``"problem"``.
    content : str or bytes
    name : str
        A relative path for a file of its summary.
    id : str or int, optional
        The document's own.
    size : int
        Bytes of the document, as far as known.
    """

    source: str
    kind: str
    content: str | bytes
    name: str
    id: str | int | None = None
    size: int = 0


@dataclass(frozen=True, slots=True)
class Reading:
    """What is read of the inputs.

    Attributes
    ----------
    include, exclude : tuple of str
        Patterns of files below a directory or in an archive; without a slash they are held against the name,
        else against the path below it. By default, texts are included.
    text_column, id_column : str
        Of tables.
    avoid : str or None
        The output, which is never read.
    """

    include: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()
    text_column: str = "text"
    id_column: str = "id"
    avoid: str | None = None


def find_reader(path: str) -> str | None:
    """The suffix in ``READERS`` that a path has, compression left aside, or None."""
    name = os.path.basename(path).lower()
    stem, compression = os.path.splitext(name)
    if compression in COMPRESSIONS and not name.endswith((".zip" + compression, ".parquet" + compression)):
        name = stem
    suffix = os.path.splitext(name)[1]
    return suffix if suffix in READERS else None


def find_items(inputs: Iterable[str], reading: Reading, *, several: bool = False) -> Iterator[Item]:
    """Every document of some inputs, in their order.

    Parameters
    ----------
    inputs : iterable of str
        Paths of files, tables, archives and directories, or ``-`` for a text on standard input.
    reading : Reading
    several : bool
        Whether names below a directory begin with the name of the directory.

    Yields
    ------
    Item
    """
    for item in find_paths(inputs, reading, several=several):
        if item.kind == "path":
            yield from read_file(item.source, reading, item.name, item.size)
        else:
            yield item


def find_paths(inputs: Iterable[str], reading: Reading, *, several: bool = False) -> Iterator[Item]:
    """Every file of some inputs, not yet read; parameters as those of `find_items`.

    Yields
    ------
    Item
        Of the kind ``"path"``, be it of a table or an archive; of standard input ``"bytes"``; or a problem.
    """
    for path in inputs:
        if path == "-":
            data = sys.stdin.buffer.read()
            yield Item("-", "bytes", data, "stdin.txt", size=len(data))
        elif "://" in path:
            from summarize.inputs.remote import find_remote

            yield from find_remote(path, reading)
        elif os.path.isdir(path):
            from summarize.inputs import directories as tree

            yield from tree.find_paths(path, reading, several)
        else:
            name = name_file(path)
            yield Item(path, "path", path, name) if find_reader(path) else _find_file(path, name)


def read_file(path: str, reading: Reading, name: str, size: int | None = None) -> Iterator[Item]:
    """The documents of a file: many of a table or an archive, or itself."""
    suffix = find_reader(path)
    if suffix is None:
        yield _find_file(path, name) if size is None else Item(path, "path", path, name, size=size)
        return
    entry = READERS[suffix]
    try:
        for item in getattr(import_module(entry.module), entry.function)(path, reading):
            yield item._replace(name=os.path.join(name, item.name))
    except InputError as error:
        yield Item(error.source, "problem", error.problem, name)
    except OSError as error:
        yield Item(path, "problem", f"cannot be read: {error.strerror or error}", name)


def name_file(path: str) -> str:
    """The relative path under which the summary of a named file goes."""
    path = os.path.normpath(path)
    return os.path.basename(path) if os.path.isabs(path) or path.startswith("..") else path


def _find_file(path: str, name: str) -> Item:
    """A file to be read by a worker; a pipe is read here, as only this process may have its other end."""
    try:
        status = os.stat(path)
    except (OSError, ValueError):
        return Item(path, "path", path, name)
    if not stat.S_ISFIFO(status.st_mode):
        return Item(path, "path", path, name, size=status.st_size)
    from summarize.reading import read_bytes

    data = read_bytes(path)
    return Item(path, "bytes", data, name, size=len(data))
