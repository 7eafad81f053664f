"""Print on standard output: unchanged to pipes and files, harmless to terminals."""

from __future__ import annotations

import sys

# A terminal obeys control characters, and bidirectional controls turn the text after them round. A tab and a
# newline are harmless.
_CODES = (*range(9), *range(11, 32), *range(127, 160), *range(0x202A, 0x202F), *range(0x2066, 0x206A))
_SIGNS = {code: f"\\x{code:02x}" if code < 256 else f"\\u{code:04x}" for code in _CODES} | {13: "\\r"}


def show_controls(text: str) -> str:
    r"""Replace what controls a terminal by signs.

    Parameters
    ----------
    text : str

    Returns
    -------
    str

    Examples
    --------
    >>> show_controls("a\x1b[2Jb\n")
    'a\\x1b[2Jb\n'
    """
    return text.translate(_SIGNS)


def encode(text: str) -> bytes:
    r"""Encode text for the output as UTF-8; names of files become the bytes that they are.

    Parameters
    ----------
    text : str
        May contain lone surrogates: from the name of a file that the locale cannot decode, or from JSON.

    Returns
    -------
    bytes

    Examples
    --------
    >>> encode("n\udcc3\udca4me.txt").decode()
    'näme.txt'
    """
    try:
        return text.encode("utf-8", "surrogateescape")
    except UnicodeEncodeError:
        return text.encode("utf-8", "surrogatepass")


def print_bytes(data: bytes) -> None:
    """Write bytes to standard output; on a terminal, show control characters as signs.

    Parameters
    ----------
    data : bytes
        Text in UTF-8.

    Raises
    ------
    OSError
        If it cannot be written; `BrokenPipeError` if the reader is gone.
    """
    if sys.stdout.isatty():
        data = show_controls(data.decode("utf-8", "replace")).encode()
    sys.stdout.buffer.write(data)
    sys.stdout.buffer.flush()
