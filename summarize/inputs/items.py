"""Items: documents that are found but not yet read, and what to look for in the inputs."""

from __future__ import annotations

import os
import stat
from typing import NamedTuple

from summarize.reading.documents import DOCUMENTS
from summarize.reading.formats import FORMATS

# What has these suffixes is often not a text: XML may be anything, and .asc a signature.
_AMBIGUOUS = (".xml", ".asc")
_SUFFIXES = (
    (".txt", ".text", ".html", ".htm"),
    *(each.suffixes for each in FORMATS.values()),
    *(each.suffixes for each in DOCUMENTS.values()),
)
TEXT_SUFFIXES = tuple(suffix for suffixes in _SUFFIXES for suffix in suffixes if suffix not in _AMBIGUOUS)
COMPRESSIONS = (".gz", ".zst")


class Item(NamedTuple):
    """A document that is found but not yet read.

    Attributes
    ----------
    source : str
        Name of the document in messages and records: the path of a file, ``table.jsonl:17`` for the row that
        begins in line 17, ``archive.zip/inner.txt`` for a member of an archive.
    kind : str
        What `content` holds: ``"path"``, the path of a file; ``"bytes"``, the bytes of a file; ``"text"``, a
        text; ``"json"``, one line of a JSON Lines file; ``"problem"``, the reason why there is no document.
    content : str or bytes
    name : str
        Relative path from which the file of the summary gets its name.
    id : str or int, optional
        Identifier that the input gives the document.
    size : int
        Size of the document in bytes; 0 if unknown.
    notes : tuple of str
        What the user should know about the input that it comes from, such as a charset that is not certain.

    Examples
    --------
    >>> Item("a.txt", "path", "a.txt", "a.txt", size=120).size
    120
    """

    source: str
    kind: str
    content: str | bytes
    name: str
    id: str | int | None = None
    size: int = 0
    notes: tuple[str, ...] = ()


class Reading(NamedTuple):
    """Which files to read, and which columns of tables.

    Attributes
    ----------
    include, exclude : tuple of str
        Shell patterns for files below a directory or in an archive. A pattern with a slash is compared with
        the path below that directory, any other pattern with the name alone. Without `include`, files with
        the suffixes in `TEXT_SUFFIXES` are read.
    text_column, id_column : str
        Names of the columns of a table that hold the texts and their identifiers.
    delimiter : str or None
        The character between the columns of a CSV table; None to find it.
    header : bool
        Whether the first line of a CSV table names its columns. If not, columns have numbers, from 1.
    avoid : str or None
        Path of the output, which is never read as an input.
    password : str or None
        Of encrypted documents.
    input_format : str or None
        The format of all texts, a name in `summarize.reading.FORMAT_NAMES`; None to find it.
    addresses : tuple of str
        Of the web, which the user has named; no others are fetched.
    user_agent : str or None
        What servers of the web are told; None for the name of this package.
    allow_private : bool
        Whether these servers may be on this machine or in its own network.

    Examples
    --------
    >>> Reading(include=("*.log",)).text_column
    'text'
    """

    include: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()
    text_column: str = "text"
    id_column: str = "id"
    delimiter: str | None = None
    header: bool = True
    avoid: str | None = None
    password: str | None = None
    input_format: str | None = None
    addresses: tuple[str, ...] = ()
    user_agent: str | None = None
    allow_private: bool = False


def is_address(path: str) -> bool:
    """Tell whether a path is an address of the web.

    Examples
    --------
    >>> is_address("https://example.org/a.html"), is_address("a.html")
    (True, False)
    """
    return path.lower().startswith(("http://", "https://"))


def name_file(path: str) -> str:
    """Return the relative path from which the summary of a file gets its name.

    Parameters
    ----------
    path : str
        Path of a file as the user gave it.

    Returns
    -------
    str
        The normalized path; only its last part if the path is absolute or leads out of the working directory.

    Examples
    --------
    >>> name_file("letters/./june.txt")
    'letters/june.txt'
    >>> name_file("/home/ada/june.txt")
    'june.txt'
    """
    path = os.path.normpath(path)
    return os.path.basename(path) if os.path.isabs(path) or path.startswith("..") else path


def make_item(path: str, name: str) -> Item:
    """Make the item of one file that is neither a table nor an archive.

    The worker that summarizes the file reads it. A pipe is read here, because other processes may not be able
    to open it.

    Parameters
    ----------
    path : str
        Path of the file. If it does not exist, reading the item says so.
    name : str
        Name of the item.

    Returns
    -------
    Item
        Of the kind ``"path"``, or ``"bytes"`` for a pipe.

    Raises
    ------
    InputError
        If the path is a pipe that cannot be read.
    """
    try:
        status = os.stat(path)
    except (OSError, ValueError):
        return Item(path, "path", path, name)
    if not stat.S_ISFIFO(status.st_mode):
        return Item(path, "path", path, name, size=status.st_size)
    from summarize.reading import read_bytes

    data = read_bytes(path)
    return Item(path, "bytes", data, name, size=len(data))
