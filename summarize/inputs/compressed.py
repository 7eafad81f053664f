"""Files that may be compressed with gzip or Zstandard, read as what is inside."""

from __future__ import annotations

import gzip
import io
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from typing import IO, Any, cast

from summarize.errors import InputError, MissingExtraError

# No document is larger, and none is so much larger than the bytes it is packed in: a bomb.
MOST_BYTES = 1 << 32
MOST_RATIO = 100
# Below it, a text may be as repetitive as it likes.
_HARMLESS = 1 << 24


def open_raw(path: str) -> IO[bytes]:
    """A file as it is, on this machine or elsewhere; `OSError` if there is none."""
    if "://" in path:
        from summarize.inputs.remote import open_remote

        return open_remote(path)
    return open(path, "rb")


@contextmanager
def open_plain(path: str) -> Iterator[IO[bytes]]:
    """A file to read from, decompressed if its name ends in ``.gz``, ``.tgz`` or ``.zst``.

    Raises
    ------
    InputError
        If the compressed data are broken or end too soon, be it while they are read.
    MissingExtraError
        If it is a ``.zst`` and the extra ``zstd`` is not installed.
    """
    lower = path.lower()
    try:
        with open_raw(path) as raw:
            if lower.endswith((".gz", ".tgz")):
                with gzip.GzipFile(fileobj=raw) as file:
                    yield cast("IO[bytes]", file)
            elif lower.endswith(".zst"):
                with io.BufferedReader(_Frames(raw), 1 << 16) as file:
                    yield file
            else:
                yield raw
    except EOFError:
        raise InputError(path, "its compressed data end too soon") from None
    except (gzip.BadGzipFile, zlib.error) as error:
        raise InputError(path, f"its compressed data are broken: {error}") from None
    except Exception as error:
        if type(error).__name__ == "ZstdError":
            raise InputError(path, f"its compressed data are broken: {error}") from None
        raise


def read_compressed(path: str) -> bytes:
    """The bytes of one compressed document.

    Raises
    ------
    InputError
        If it is broken, cannot be read, or is too large for its compressed size.
    """
    try:
        with open_raw(path) as raw:
            packed = raw.seek(0, 2)
        with open_plain(path) as file:
            return read_bounded(file, packed, path)
    except OSError as error:
        raise InputError(path, f"cannot be read: {error.strerror or error}") from None


def read_bounded(file: IO[bytes], packed: int, source: str) -> bytes:
    """All that a compressed file holds, unless that is suspiciously much.

    Parameters
    ----------
    file : binary file
    packed : int
        Bytes of its compressed form.
    source : str
        Its name in messages.

    Raises
    ------
    InputError
        If it is larger than 4 GiB, or larger than 16 MiB and a hundred times its compressed form.
    """
    most = min(MOST_BYTES, max(_HARMLESS, MOST_RATIO * packed))
    parts = []
    size = 0
    while part := file.read(min(1 << 20, most + 1 - size)):
        parts.append(part)
        size += len(part)
        if size > most:
            raise InputError(source, f"refused: more than {most:,} bytes come out of {packed:,} (a bomb?)")
    return b"".join(parts)


class _Frames(io.RawIOBase):
    """What is inside of Zstandard frames; unlike the reader of the library, one that minds a missing end."""

    # A bomb makes at most some 30,000 bytes of one: so many that may be in memory at once.
    _CHUNK = 1 << 11

    def __init__(self, raw: IO[bytes]) -> None:
        self._raw = raw
        self._decompressor = load_zstandard().ZstdDecompressor()
        self._frame: Any = None
        self._ready = memoryview(b"")

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        while not self._ready:
            chunk = self._raw.read(self._CHUNK)
            if not chunk:
                if self._frame is not None:
                    raise EOFError
                return 0
            self._ready = memoryview(self._decompress(chunk))
        size = min(len(buffer), len(self._ready))
        buffer[:size] = self._ready[:size]
        self._ready = self._ready[size:]
        return size

    def _decompress(self, chunk: bytes) -> bytes:
        parts = []
        while chunk:
            if self._frame is None:
                self._frame = self._decompressor.decompressobj()
            parts.append(self._frame.decompress(chunk))
            chunk = b""
            if self._frame.eof:
                chunk, self._frame = self._frame.unused_data, None
        return b"".join(parts)


def load_zstandard() -> Any:
    """The module, if it is there."""
    try:
        import zstandard
    except ImportError:
        raise MissingExtraError("zstd", "Zstandard (.zst)") from None
    return zstandard
