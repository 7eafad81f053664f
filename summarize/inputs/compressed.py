"""Read files that are compressed with gzip or Zstandard, with limits against decompression bombs."""

from __future__ import annotations

import gzip
import io
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from typing import IO, Any, cast

from summarize.errors import InputError, MissingExtraError
from summarize.reading import MAX_BYTES

# A document that grows by a higher ratio is taken for a decompression bomb.
MAX_RATIO = 100
# A small text may be very repetitive, so the ratio does not count below this size.
_MIN_SUSPICIOUS_BYTES = 1 << 24


def open_raw(path: str) -> IO[bytes]:
    """Open a local or remote file without decompressing it.

    Parameters
    ----------
    path : str
        Path of the file, with or without a scheme such as ``s3://``.

    Returns
    -------
    binary file

    Raises
    ------
    OSError
        If the file does not exist or cannot be opened.
    InputError, MissingExtraError
        If there is no access to the file system that the scheme names.
    """
    if "://" in path:
        from summarize.inputs.remote import open_remote

        return open_remote(path)
    return open(path, "rb")


@contextmanager
def open_plain(path: str) -> Iterator[IO[bytes]]:
    """Open a file, and decompress it if its name ends in ``.gz``, ``.tgz`` or ``.zst``.

    Parameters
    ----------
    path : str
        Path of the file, with or without a scheme such as ``s3://``.

    Yields
    ------
    binary file

    Raises
    ------
    InputError
        If the compressed data are damaged or truncated, which may come out only while they are read.
    MissingExtraError
        If the name ends in ``.zst`` and the extra ``zstd`` is not installed.
    """
    lower = path.lower()
    try:
        with open_raw(path) as raw:
            if lower.endswith((".gz", ".tgz")):
                with gzip.GzipFile(fileobj=raw) as file:
                    yield cast("IO[bytes]", file)
            elif lower.endswith(".zst"):
                with io.BufferedReader(_ZstandardReader(raw), 1 << 16) as file:
                    yield file
            else:
                yield raw
    except EOFError:
        raise InputError(path, "the compressed data are truncated") from None
    except (gzip.BadGzipFile, zlib.error) as error:
        raise InputError(path, f"the compressed data are damaged: {error}") from None
    except Exception as error:
        if type(error).__name__ == "ZstdError":  # by name, as zstandard may not be installed
            raise InputError(path, f"the compressed data are damaged: {error}") from None
        raise


def read_compressed(path: str) -> bytes:
    """Read one compressed document.

    Parameters
    ----------
    path : str
        Path of the file, with or without a scheme such as ``s3://``.

    Returns
    -------
    bytes
        The decompressed bytes.

    Raises
    ------
    InputError
        If the file is damaged, cannot be read, or exceeds the limits of `read_bounded`.
    MissingExtraError
        If the name ends in ``.zst`` and the extra ``zstd`` is not installed.
    """
    try:
        with open_raw(path) as raw:
            compressed_size = raw.seek(0, 2)
        with open_plain(path) as file:
            return read_bounded(file, compressed_size, path)
    except OSError as error:
        raise InputError(path, f"cannot be read: {error.strerror or error}") from None


def read_bounded(file: IO[bytes], compressed_size: int, source: str) -> bytes:
    """Read a decompressed file to its end, unless it is suspiciously large.

    Parameters
    ----------
    file : binary file
        The file to read, which decompresses as it is read.
    compressed_size : int
        Size of the compressed form in bytes.
    source : str
        Name of the document in messages.

    Returns
    -------
    bytes

    Raises
    ------
    InputError
        If the file is larger than 256 MiB, or larger than both 16 MiB and 100 times its compressed size.

    Examples
    --------
    >>> read_bounded(io.BytesIO(b"One. Two."), 9, "a.txt.gz")
    b'One. Two.'
    """
    limit = min(MAX_BYTES, max(_MIN_SUSPICIOUS_BYTES, MAX_RATIO * compressed_size))
    parts = []
    size = 0
    while part := file.read(min(1 << 20, limit + 1 - size)):
        parts.append(part)
        size += len(part)
        if size > limit:
            problem = (
                f"refused: {compressed_size:,} bytes expand to more than {limit:,} (a decompression bomb?)"
            )
            raise InputError(source, problem)
    return b"".join(parts)


class _ZstandardReader(io.RawIOBase):
    """Decompress Zstandard frames; unlike the library's own reader, raise `EOFError` on truncated data."""

    # One byte of a bomb expands to at most about 30,000, so a small chunk bounds the memory in use.
    _CHUNK_BYTES = 1 << 11

    def __init__(self, raw: IO[bytes]) -> None:
        self._raw = raw
        self._decompressor = load_zstandard().ZstdDecompressor()
        self._frame: Any = None
        self._ready = memoryview(b"")

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        while not self._ready:
            chunk = self._raw.read(self._CHUNK_BYTES)
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
    """Import the module ``zstandard``.

    Returns
    -------
    module

    Raises
    ------
    MissingExtraError
        If the extra ``zstd`` is not installed.
    """
    try:
        import zstandard
    except ImportError:
        raise MissingExtraError("zstd", "Zstandard (.zst)") from None
    return zstandard
