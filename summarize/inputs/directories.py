"""Find the files below a directory, and read lists of files."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from fnmatch import fnmatchcase
from typing import BinaryIO

from summarize.inputs.items import COMPRESSIONS, TEXT_SUFFIXES, Item, Reading

_BLOCK_BYTES = 1 << 16


def find_below(folder: str, reading: Reading, several: bool = False) -> Iterator[Item]:
    """Find all files below a directory, sorted by name within each directory.

    Hidden files and directories are skipped. So are symbolic links to directories, which may form a loop.
    Only the names in one directory are in memory at a time.

    Parameters
    ----------
    folder : str
        Path of the directory.
    reading : Reading
        Which files to read.
    several : bool
        Whether the names of items begin with the name of the directory.

    Yields
    ------
    Item
        Of the kind ``"path"``; ``"problem"`` for a directory that cannot be read, or if no file is included.
        The last one notes how many files were left out because of their suffixes.
    """
    others: list[str] = []
    last = None
    for item in _walk(folder, reading, several, others):
        if last is not None:
            yield last
        last = item
    if last is not None:
        yield last._replace(notes=(f"{folder}: {_count_others(others)}",)) if others else last


def _count_others(others: list[str]) -> str:
    files = "1 file of another kind" if len(others) == 1 else f"{len(others):,} files of other kinds"
    return f"{files} left out, such as {others[0]} (--include reads them)"


def _walk(folder: str, reading: Reading, several: bool, others: list[str]) -> Iterator[Item]:
    """Find the files, and collect the names of those with other suffixes."""
    prefix = os.path.basename(os.path.abspath(folder)) if several else ""
    problems: list[OSError] = []
    found = False
    for root, folders, files in os.walk(folder, onerror=problems.append):
        below = os.path.relpath(root, folder)
        below = "" if below == os.curdir else below
        folders[:] = sorted(name for name in folders if _is_searched(root, name, below, reading))
        is_maildir = _is_maildir(root) and not reading.include
        for name in sorted(files):
            path, relative = os.path.join(root, name), os.path.join(below, name)
            if not is_included(relative, reading._replace(include=("*",)) if is_maildir else reading):
                if not reading.include and is_included(relative, reading._replace(include=("*",))):
                    others.append(relative)
                continue
            size = _measure(path)
            if size is not None:
                found = True
                yield Item(path, "path", path, os.path.join(prefix, relative), size=size)
        found = found or bool(problems)
        for error in problems:
            yield Item(str(error.filename), "problem", f"cannot be read: {error.strerror}", prefix)
        problems.clear()
    for error in problems:
        found = True
        yield Item(str(error.filename), "problem", f"cannot be read: {error.strerror}", prefix)
    if not found:
        yield Item(folder, "problem", explain_no_match("directory", reading), prefix)


def _is_maildir(folder: str) -> bool:
    """Tell whether a directory holds the mails of a Maildir, whose names have no suffix."""
    above, name = os.path.split(os.path.abspath(folder))
    return name in ("cur", "new") and os.path.isdir(os.path.join(above, "tmp"))


# Suffixes that messages name.
_EXAMPLES = (".txt", ".md", ".html", ".pdf", ".docx", ".odt", ".epub", ".eml")


def explain_no_match(place: str, reading: Reading) -> str:
    """Explain that a directory or an archive contains no file to read.

    Parameters
    ----------
    place : str
        ``"directory"`` or ``"archive"``.
    reading : Reading
        Which files were looked for.

    Returns
    -------
    str
        The problem, for an item or an error.

    Examples
    --------
    >>> explain_no_match("directory", Reading(include=("*.tex",)))
    'no file in this directory matches *.tex'
    """
    if reading.include:
        return f"no file in this {place} matches {', '.join(reading.include)}"
    shown = ", ".join(_EXAMPLES)
    return f"no texts in this {place} ({shown} and others); use --include to read other files"


def is_included(relative: str, reading: Reading) -> bool:
    """Tell whether to read a file below a directory or in an archive.

    Parameters
    ----------
    relative : str
        Path of the file below the directory, or in the archive.
    reading : Reading
        Which files to read.

    Returns
    -------
    bool

    Examples
    --------
    >>> is_included("letters/june.txt", Reading())
    True
    >>> is_included("letters/june.txt", Reading(exclude=("letters/*",)))
    False
    """
    name = os.path.basename(relative)
    if name.startswith(".") or _matches(relative, name, reading.exclude):
        return False
    if reading.include:
        return _matches(relative, name, reading.include)
    stem, suffix = os.path.splitext(name.lower())
    return suffix in TEXT_SUFFIXES or (suffix in COMPRESSIONS and stem.endswith(TEXT_SUFFIXES))


def read_list(stream: BinaryIO) -> Iterator[str]:
    """Read the paths in a list: one per line, or each followed by NUL, as ``find -print0`` prints them.

    Parameters
    ----------
    stream : binary file
        The list. A NUL in the first 64 KiB means that all paths end in NUL. Lines may end as on Windows, and
        a byte order mark may come first.

    Yields
    ------
    str
        Paths, without empty ones.

    Examples
    --------
    >>> import io
    >>> list(read_list(io.BytesIO(b"a.txt\\nb.txt\\n")))
    ['a.txt', 'b.txt']
    """
    block = stream.read(_BLOCK_BYTES).removeprefix(b"\xef\xbb\xbf")
    end, tail = (b"\0", b"") if b"\0" in block else (b"\n", b"\r")
    rest = b""
    while block:
        *whole, rest = (rest + block).split(end)
        yield from (os.fsdecode(path) for line in whole if (path := line.removesuffix(tail)))
        block = stream.read(_BLOCK_BYTES)
    if path := rest.removesuffix(tail):
        yield os.fsdecode(path)


def _matches(relative: str, name: str, patterns: tuple[str, ...]) -> bool:
    for pattern in patterns:
        pattern = pattern.rstrip("/")  # shells add a slash when they complete the name of a directory
        if fnmatchcase(relative if "/" in pattern else name, pattern):
            return True
    return False


def _is_searched(root: str, name: str, below: str, reading: Reading) -> bool:
    """Tell whether to look for files in a directory: it is visible, not excluded and not the output."""
    if name.startswith(".") or _matches(os.path.join(below, name), name, reading.exclude):
        return False
    return reading.avoid is None or not _are_same(os.path.join(root, name), reading.avoid)


def _are_same(path: str, other: str) -> bool:
    try:
        return os.path.samefile(path, other)
    except OSError:
        return False


def _measure(path: str) -> int | None:
    """Return the size of a file: 0 if it is gone, None for a pipe or a device, which could block."""
    try:
        status = os.stat(path)
    except OSError:
        return 0
    return status.st_size if stat.S_ISREG(status.st_mode) else None
