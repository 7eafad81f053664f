"""Write files atomically: a file appears when it is complete, or not at all."""

from __future__ import annotations

import contextlib
import io
import os
from collections.abc import Iterator
from typing import Any

from summarize.errors import OutputError

# File systems take names of at most 255 bytes, and a temporary name is longer, as ".name.part".
_MAX_NAME_BYTES = 249


def fit_name(stem: str, ending: str) -> str:
    """Join a relative path without its ending, and the ending, into names that a file system takes.

    Parameters
    ----------
    stem, ending : str

    Returns
    -------
    str
        Of a part that would be too long, the beginning and a hash of the whole.

    Examples
    --------
    >>> fit_name("letters/june", ".summary.txt")
    'letters/june.summary.txt'
    >>> len(fit_name("ж" * 120, ".summary.txt").encode())
    249
    """
    *folders, name = stem.split(os.sep)
    return os.sep.join([*(_shorten(folder, "") for folder in folders), _shorten(name, ending)])


def _shorten(name: str, ending: str) -> str:
    raw = os.fsencode(name)
    room = _MAX_NAME_BYTES - len(os.fsencode(ending))
    if len(raw) <= room:
        return name + ending
    from hashlib import sha256

    mark = f"~{sha256(raw).hexdigest()[:8]}"
    kept = raw[: room - len(mark)].decode("utf-8", "ignore")
    return kept + mark + ending


def is_special(path: str) -> bool:
    """Tell whether a path is a device or a pipe, which is written to in place and never replaced.

    Parameters
    ----------
    path : str

    Returns
    -------
    bool

    Examples
    --------
    >>> is_special(os.devnull), is_special(os.curdir)
    (True, False)
    """
    return os.path.exists(path) and not os.path.isfile(path) and not os.path.isdir(path)


class Replacement:
    """A file that is written under a temporary name and renamed when it is complete.

    Parameters
    ----------
    path : str
        Path of the file. It is compressed if it ends in ``.gz`` or ``.zst``; equal contents are always
        compressed to equal bytes.

    Attributes
    ----------
    path : str
        Path of the file.
    temporary : str
        Path to which the file is written until it is complete.
    file : binary file
        The open file, which compresses what is written to it.

    Raises
    ------
    OutputError
        If the file cannot be written, or another run is writing it.

    Notes
    -----
    A device or a pipe, such as ``/dev/null``, is written to in place. A symbolic link is kept, and its target
    is replaced. A `BrokenPipeError`, which means that the reader of a pipe is gone, passes unchanged.
    """

    def __init__(self, path: str) -> None:
        self.path = path
        self._place = os.path.realpath(path)
        self.temporary: str = path if is_special(path) else self._place + ".part"
        with _explain(path):
            self._raw = io.BufferedWriter(io.FileIO(self.temporary, "w" if is_special(path) else "a"))
            try:
                self._clear()
            except BaseException:
                self._raw.close()
                raise
        self.file: Any = _compress(self._raw, path)

    def _clear(self) -> None:
        if self.temporary != self.path:
            lock(self._raw.fileno(), self.path)
            if not _is_still_at(self._raw.fileno(), self.temporary):
                # Another run finished between our opening and our locking of the file.
                raise OutputError(f"{self.path}: another run is writing it")
            self._raw.truncate(0)

    def write(self, data: bytes) -> None:
        """Write all the bytes; raise `OutputError` if that fails."""
        with _explain(self.path):
            self.file.write(data)

    def finish(self) -> None:
        """Put the complete file in its place; raise `OutputError` if that fails."""
        with _explain(self.path):
            if self.file is not self._raw:
                self.file.close()
            self._raw.flush()
            if self.temporary != self.path:
                os.fsync(self._raw.fileno())
                os.replace(self.temporary, self._place)
            self._raw.close()

    def abandon(self) -> None:
        """Close the file and remove it unless it is finished."""
        for file in (self.file, self._raw):
            with contextlib.suppress(OSError, ValueError):
                file.close()
        if self.temporary != self.path:
            with contextlib.suppress(OSError):
                os.unlink(self.temporary)


@contextlib.contextmanager
def _explain(path: str) -> Iterator[None]:
    """Turn an `OSError` into an `OutputError`, except for a broken pipe."""
    try:
        yield
    except BrokenPipeError:
        raise
    except OSError as error:
        raise OutputError(f"{path}: cannot be written: {error.strerror or error}") from None


def write_whole(path: str, data: bytes) -> None:
    """Write a small file that is complete or absent, even if the process is killed.

    Parameters
    ----------
    path : str
        Path of the file; missing directories are made.
    data : bytes
        The contents.

    Raises
    ------
    OutputError
        If writing fails for a reason that will stop the next file too, such as a full disk.
    OSError
        If writing fails for a reason of its own, such as a name that is too long.
    """
    import errno

    folder, name = os.path.split(path)
    # Every run uses the same temporary name, so the next run overwrites what a killed one left behind.
    temporary = os.path.join(folder, f".{name}.part")
    try:
        try:
            file = io.FileIO(temporary, "w")
        except FileNotFoundError:
            os.makedirs(folder, exist_ok=True)
            file = io.FileIO(temporary, "w")
        try:
            with io.BufferedWriter(file) as buffered:
                buffered.write(data)
            os.replace(temporary, path)
        except BaseException:
            os.unlink(temporary)
            raise
    except OSError as error:
        if error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EROFS, errno.EIO, errno.EACCES):
            raise OutputError(f"{path}: cannot be written: {error.strerror}") from None
        raise


def lock(descriptor: int, path: str) -> None:
    """Lock a file or directory until this process closes it or ends.

    Parameters
    ----------
    descriptor : int
        Descriptor of the open file or directory.
    path : str
        Path of the file or directory, for the error.

    Raises
    ------
    OutputError
        If another process holds the lock.
    """
    import fcntl

    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        raise OutputError(f"{path}: another run is writing it") from None


def _is_still_at(descriptor: int, path: str) -> bool:
    """Tell whether a path still leads to the file that was opened by it."""
    try:
        return os.path.samestat(os.fstat(descriptor), os.stat(path))
    except FileNotFoundError:
        return False


def _compress(raw: Any, path: str) -> Any:
    if path.lower().endswith(".gz"):
        import gzip

        # Without a name and a time, so that equal contents become equal bytes.
        return gzip.GzipFile("", "wb", 6, raw, mtime=0)
    if path.lower().endswith(".zst"):
        from summarize.inputs.compressed import load_zstandard

        return load_zstandard().ZstdCompressor(level=6).stream_writer(raw, closefd=False)
    return raw
