"""Files that are whole or not there."""

from __future__ import annotations

import contextlib
import io
import os
from collections.abc import Iterator
from typing import Any

from summarize.errors import OutputError
from summarize.outputs import is_special


class Replacement:
    """A file that is written beside its place, and put there when it is whole.

    Parameters
    ----------
    path : str
        Compressed if it ends in ``.gz`` or ``.zst``, to the same bytes every time.

    Raises
    ------
    OutputError
        If it cannot be written, or another run is at it.

    Notes
    -----
    A device or a pipe, such as ``/dev/null``, is written to as it is, and a symbolic link stays one: the file
    that it leads to is replaced. A `BrokenPipeError` says that nobody reads a pipe any more.
    """

    def __init__(self, path: str) -> None:
        self.path = path
        self._place = os.path.realpath(path)
        self.temporary = path if is_special(path) else self._place + ".part"
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
                # Between opening and locking, another run has put the file in its place.
                raise OutputError(f"{self.path}: another run is writing it")
            self._raw.truncate(0)

    def write(self, data: bytes) -> None:
        """Write all of it, or raise `OutputError`."""
        with _explain(self.path):
            self.file.write(data)

    def finish(self) -> None:
        """Put it in its place, or raise `OutputError`."""
        with _explain(self.path):
            if self.file is not self._raw:
                self.file.close()
            self._raw.flush()
            if self.temporary != self.path:
                os.fsync(self._raw.fileno())
                os.replace(self.temporary, self._place)
            self._raw.close()

    def abandon(self) -> None:
        """Remove what there is of it."""
        for file in (self.file, self._raw):
            with contextlib.suppress(OSError, ValueError):
                file.close()
        if self.temporary != self.path:
            with contextlib.suppress(OSError):
                os.unlink(self.temporary)


@contextlib.contextmanager
def _explain(path: str) -> Iterator[None]:
    """Raise an `OutputError` for what goes wrong, unless it is that nobody reads any more."""
    try:
        yield
    except BrokenPipeError:
        raise
    except OSError as error:
        raise OutputError(f"{path}: cannot be written: {error.strerror or error}") from None


def write_whole(path: str, data: bytes) -> None:
    """Write a small file, which is whole or not there even if the process dies.

    Raises
    ------
    OutputError
        If it cannot be written for a reason that the next one has too, such as a full disk.
    OSError
        If it cannot be written for another reason, such as a name that is too long.
    """
    import errno

    folder, name = os.path.split(path)
    # The name is that of the next run too, which so replaces what a killed one has left.
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
    """Have a file or directory for this process alone, until it closes it or dies.

    Raises
    ------
    OutputError
        If another one has it.
    """
    import fcntl

    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        raise OutputError(f"{path}: another run is writing it") from None


def _is_still_at(descriptor: int, path: str) -> bool:
    """Whether an open file has the name that it was opened by."""
    try:
        return os.path.samestat(os.fstat(descriptor), os.stat(path))
    except FileNotFoundError:
        return False


def _compress(raw: Any, path: str) -> Any:
    if path.lower().endswith(".gz"):
        import gzip

        # No name and no time in it, so that equal contents are equal bytes.
        return gzip.GzipFile("", "wb", 6, raw, mtime=0)
    if path.lower().endswith(".zst"):
        from summarize.inputs.compressed import load_zstandard

        return load_zstandard().ZstdCompressor(level=6).stream_writer(raw, closefd=False)
    return raw
