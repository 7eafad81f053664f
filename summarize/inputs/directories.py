"""Files below a directory, and files from a list."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from fnmatch import fnmatchcase
from typing import BinaryIO

from summarize.inputs import COMPRESSIONS, TEXT_SUFFIXES, Item, Reading

_BLOCK = 1 << 16


def find_paths(folder: str, reading: Reading, several: bool = False) -> Iterator[Item]:
    """All files below a directory, each directory in the order of its names.

    Hidden files and directories are left out, and so are directories behind symbolic links, which may lead
    back to where they are. Holds the names of a directory at a time.

    Parameters
    ----------
    folder : str
    reading : Reading
    several : bool
        Whether the names of items begin with that of the directory.

    Yields
    ------
    Item
        Of the kind ``"path"``, or a problem where a directory cannot be read, or nothing in it is a text.
    """
    prefix = os.path.basename(os.path.abspath(folder)) if several else ""
    problems: list[OSError] = []
    found = False
    for root, folders, files in os.walk(folder, onerror=problems.append):
        below = os.path.relpath(root, folder)
        below = "" if below == os.curdir else below
        folders[:] = sorted(name for name in folders if _is_entered(root, name, below, reading))
        for name in sorted(files):
            path, relative = os.path.join(root, name), os.path.join(below, name)
            if not is_included(relative, reading):
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
        yield Item(folder, "problem", explain_nothing("directory", reading), prefix)


def explain_nothing(place: str, reading: Reading) -> str:
    """What is wrong with a directory or an archive in which no file is wanted."""
    if reading.include:
        return f"nothing in this {place} is included by {', '.join(reading.include)}"
    return f"no texts in this {place} ({', '.join(TEXT_SUFFIXES)}); --include says what else to read"


def is_included(relative: str, reading: Reading) -> bool:
    """Whether a file below a directory, or in an archive, is a text that is wanted."""
    name = os.path.basename(relative)
    if name.startswith(".") or _matches(relative, name, reading.exclude):
        return False
    if reading.include:
        return _matches(relative, name, reading.include)
    stem, suffix = os.path.splitext(name.lower())
    return suffix in TEXT_SUFFIXES or (suffix in COMPRESSIONS and stem.endswith(TEXT_SUFFIXES))


def read_list(stream: BinaryIO) -> Iterator[str]:
    """The paths in a list, one a line, or with a NUL behind each, as ``find -print0`` makes them."""
    block = stream.read(_BLOCK)
    end = b"\0" if b"\0" in block else b"\n"
    rest = b""
    while block:
        *whole, rest = (rest + block).split(end)
        yield from (os.fsdecode(path) for path in whole if path)
        block = stream.read(_BLOCK)
    if rest:
        yield os.fsdecode(rest)


def _matches(relative: str, name: str, patterns: tuple[str, ...]) -> bool:
    for pattern in patterns:
        pattern = pattern.rstrip("/")  # as shells complete the names of directories
        if fnmatchcase(relative if "/" in pattern else name, pattern):
            return True
    return False


def _is_entered(root: str, name: str, below: str, reading: Reading) -> bool:
    if name.startswith(".") or _matches(os.path.join(below, name), name, reading.exclude):
        return False
    return reading.avoid is None or not _are_same(os.path.join(root, name), reading.avoid)


def _are_same(path: str, other: str) -> bool:
    try:
        return os.path.samefile(path, other)
    except OSError:
        return False


def _measure(path: str) -> int | None:
    """Size of a file; None of a pipe or a device, which would be waited for, 0 of one that is gone."""
    try:
        status = os.stat(path)
    except OSError:
        return 0
    return status.st_size if stat.S_ISREG(status.st_mode) else None
