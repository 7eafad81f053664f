"""Files that are not on this machine: ``s3://``, ``gs://`` and whatever else pyarrow or fsspec knows."""

from __future__ import annotations

import io
import os
import re
from collections.abc import Iterator
from functools import lru_cache
from typing import IO, Any, cast

from summarize.errors import InputError, MissingExtraError
from summarize.inputs import Item, Reading
from summarize.inputs.directories import explain_nothing, is_included

_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*://")
_BUFFER = 1 << 20


def is_remote(path: str) -> bool:
    """Whether a path begins with the name of a scheme, as in ``s3://bucket/file``."""
    return _SCHEME.match(path) is not None


@lru_cache(maxsize=64)
def _connect(root: str) -> tuple[Any, str]:
    try:
        import pyarrow
        from pyarrow import fs
    except ImportError:
        raise MissingExtraError("columns", "reading from a file system with a scheme") from None
    try:
        return cast("tuple[Any, str]", fs.FileSystem.from_uri(root))
    except pyarrow.ArrowException:  # a scheme that Arrow does not know
        pass
    try:
        import fsspec
    except ImportError:
        problem = "no kind of file system that pyarrow knows; others need: pip install 'summarize[ray]'"
        raise InputError(root, problem) from None
    try:
        filesystem, path = fsspec.core.url_to_fs(root)
    except (ImportError, ValueError) as error:
        raise InputError(root, f"no such kind of file system: {error}") from None
    return fs.PyFileSystem(fs.FSSpecHandler(filesystem)), path


def find_filesystem(path: str) -> tuple[Any, str]:
    """The file system that a path is on, and the path there.

    Parameters
    ----------
    path : str
        With a scheme, or of a file on this machine.

    Returns
    -------
    filesystem : pyarrow.fs.FileSystem
    path : str

    Raises
    ------
    InputError
        If there is no such kind of file system, or it cannot be reached.
    MissingExtraError
        If pyarrow, or for the less common ones fsspec, is not installed.
    """
    if not is_remote(path):
        from pyarrow import fs

        return fs.LocalFileSystem(), os.path.abspath(path)
    try:
        scheme, _, rest = path.partition("://")
        place, slash, inner = rest.partition("/")
        filesystem, root = _connect(f"{scheme}://{place}{slash}")
    except OSError as error:
        raise InputError(path, f"cannot be reached: {error}") from None
    return filesystem, root.rstrip("/") + "/" + inner.rstrip("/") if inner else root


def open_remote(path: str) -> IO[bytes]:
    """A file to read and to seek in; `OSError` if there is none."""
    filesystem, inner = find_filesystem(path)
    return io.BufferedReader(filesystem.open_input_file(inner), _BUFFER)


def read_remote(path: str) -> bytes:
    """The bytes of a file.

    Raises
    ------
    InputError
        If it cannot be read.
    """
    try:
        with open_remote(path) as file:
            return file.read()
    except FileNotFoundError:
        raise InputError(path, "there is no such file") from None
    except OSError as error:
        raise InputError(path, f"cannot be read: {error}") from None


def find_remote(path: str, reading: Reading) -> Iterator[Item]:
    """The file of that path, or all below it that are wanted, in the order of local ones.

    Parameters
    ----------
    path : str
        With a scheme.
    reading : Reading

    Yields
    ------
    Item
        Of the kind ``"path"``, or a problem.
    """
    name = os.path.basename(path.rstrip("/"))
    try:
        filesystem, inner = find_filesystem(path)
        from pyarrow import fs

        found = filesystem.get_file_info(inner)
        if found.type == fs.FileType.File:
            yield Item(path, "path", path, name, size=found.size or 0)
            return
        if found.type == fs.FileType.NotFound:
            raise InputError(path, "there is no such file")
        listing = filesystem.get_file_info(fs.FileSelector(inner, recursive=True))
    except (InputError, MissingExtraError) as error:
        yield Item(path, "problem", error.problem, name)
        return
    except OSError as error:
        yield Item(path, "problem", f"cannot be read: {error}", name)
        return
    sizes = {each.path[len(inner) :].lstrip("/"): each.size or 0 for each in listing if each.is_file}
    avoided = (reading.avoid or "").rstrip("/").removeprefix(path.rstrip("/") + "/") + "/"
    wanted = [each for each in sizes if _is_wanted(each, reading) and not each.startswith(avoided)]
    wanted.sort(key=_place)
    for relative in wanted:
        source = f"{path.rstrip('/')}/{relative}"
        yield Item(source, "path", source, os.path.join(name, relative), size=sizes[relative])
    if not wanted:
        yield Item(path, "problem", explain_nothing("directory", reading), name)


def _is_wanted(relative: str, reading: Reading) -> bool:
    hidden = any(part.startswith(".") for part in relative.split("/")[:-1])
    return not hidden and is_included(relative, reading)


def _place(relative: str) -> tuple[tuple[bool, str], ...]:
    """Sorts the files of a directory before those of the directories in it."""
    *folders, name = relative.split("/")
    return (*((True, folder) for folder in folders), (False, name))
