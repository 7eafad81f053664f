"""Messages to the user of the command, on stderr."""

from __future__ import annotations

import sys

# File names may contain control characters, and a terminal would obey some of them. A tab is harmless.
_CONTROLS = {code: f"\\x{code:02x}" for code in (*range(32), *range(127, 160)) if code != 9}
_CONTROLS |= {10: "\\n", 13: "\\r"}


def say(message: str) -> None:
    """Print a message on one line, with control characters escaped."""
    line = f"summarize: {message.translate(_CONTROLS)}\n"
    sys.stderr.buffer.write(line.encode("utf-8", "backslashreplace"))
    sys.stderr.buffer.flush()


def say_nothing(message: str) -> None:
    """Replace `say` where the user wants quiet."""


def say_failures(failures: int, documents: int) -> None:
    """Print how many documents failed, if any did."""
    if failures:
        say(f"{failures:,} of {count(documents, 'document')} failed")


def count(number: int, noun: str) -> str:
    """Return a number with its noun.

    Examples
    --------
    >>> count(1, "document"), count(2000, "document")
    ('1 document', '2,000 documents')
    """
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"
