"""Read files on remote file systems: ``s3://``, ``gs://`` and whatever else pyarrow or fsspec supports."""

from __future__ import annotations

import io
import os
import re
from collections.abc import Iterator
from functools import lru_cache
from typing import IO, Any, cast

from summarize.errors import InputError, MissingExtraError
from summarize.inputs.directories import explain_no_match, is_included
from summarize.inputs.items import Item, Reading

_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*://")
_BUFFER_BYTES = 1 << 20


def is_remote(path: str) -> bool:
    """Tell whether a path begins with a scheme.

    Parameters
    ----------
    path : str

    Returns
    -------
    bool

    Examples
    --------
    >>> is_remote("s3://bucket/file"), is_remote("folder/file")
    (True, False)
    """
    return _SCHEME.match(path) is not None


@lru_cache(maxsize=64)
def _connect(root: str) -> tuple[Any, str]:
    try:
        import pyarrow
        from pyarrow import fs
    except ImportError:
        raise MissingExtraError("columns", "reading from a remote file system") from None
    try:
        return cast("tuple[Any, str]", fs.FileSystem.from_uri(root))
    except pyarrow.ArrowException:  # pyarrow does not know the scheme; fsspec may
        pass
    try:
        import fsspec
    except ImportError:
        scheme = root.partition("://")[0]
        problem = f"unknown file system {scheme!r}; accepted: files, s3://, gs:// and, with fsspec, others"
        raise InputError(root, problem) from None
    try:
        filesystem, path = fsspec.core.url_to_fs(root)
    except (ImportError, ValueError) as error:
        raise InputError(root, f"unknown file system: {error}") from None
    return fs.PyFileSystem(fs.FSSpecHandler(filesystem)), path


def find_filesystem(path: str) -> tuple[Any, str]:
    """Find the file system of a path.

    Parameters
    ----------
    path : str
        A path with a scheme, or a local path.

    Returns
    -------
    filesystem : pyarrow.fs.FileSystem
        The connected file system.
    path : str
        The path of the file in that file system.

    Raises
    ------
    InputError
        If the scheme is unknown, fsspec is needed but not installed, or the file system cannot be reached.
    MissingExtraError
        If pyarrow is not installed.
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
    """Open a remote file for reading and seeking.

    Parameters
    ----------
    path : str
        Path with a scheme.

    Returns
    -------
    binary file

    Raises
    ------
    OSError
        If the file does not exist or cannot be opened.
    InputError, MissingExtraError
        As for `find_filesystem`.
    """
    filesystem, inner = find_filesystem(path)
    return io.BufferedReader(filesystem.open_input_file(inner), _BUFFER_BYTES)


def read_remote(path: str) -> bytes:
    """Read a remote file.

    Parameters
    ----------
    path : str
        Path with a scheme.

    Returns
    -------
    bytes

    Raises
    ------
    InputError
        If the file does not exist or cannot be read.
    MissingExtraError
        If pyarrow is not installed.
    """
    try:
        with open_remote(path) as file:
            return file.read()
    except FileNotFoundError:
        raise InputError(path, "there is no such file") from None
    except OSError as error:
        raise InputError(path, f"cannot be read: {error}") from None


def find_remote(path: str, reading: Reading) -> Iterator[Item]:
    """Find a remote file, or all files below a remote directory in the order of local ones.

    Parameters
    ----------
    path : str
        Path with a scheme.
    reading : Reading
        Which files below a directory to read.

    Yields
    ------
    Item
        Of the kind ``"path"``; ``"problem"`` if the path cannot be read or no file is included.
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
    wanted.sort(key=_sort_key)
    for relative in wanted:
        source = f"{path.rstrip('/')}/{relative}"
        yield Item(source, "path", source, os.path.join(name, relative), size=sizes[relative])
    if not wanted:
        yield Item(path, "problem", explain_no_match("directory", reading), name)


def _is_wanted(relative: str, reading: Reading) -> bool:
    hidden = any(part.startswith(".") for part in relative.split("/")[:-1])
    return not hidden and is_included(relative, reading)


def _sort_key(relative: str) -> tuple[tuple[bool, str], ...]:
    """Sort the files of a directory before its subdirectories, as `directories.find_below` does."""
    *folders, name = relative.split("/")
    return (*((True, folder) for folder in folders), (False, name))
