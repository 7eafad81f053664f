"""What is said to the user of the command, on stderr."""

from __future__ import annotations

import sys

# Names of files may have them; a terminal would obey some. A tab does no harm.
_CONTROLS = {code: f"\\x{code:02x}" for code in (*range(32), *range(127, 160)) if code != 9}
_CONTROLS |= {10: "\\n", 13: "\\r"}


def say(message: str) -> None:
    """Say something in one line, whatever is in it."""
    line = f"summarize: {message.translate(_CONTROLS)}\n"
    sys.stderr.buffer.write(line.encode("utf-8", "backslashreplace"))
    sys.stderr.buffer.flush()


def say_nothing(message: str) -> None:
    """What takes the place of `say` for those who want quiet."""


def say_failures(failures: int, documents: int) -> None:
    """Say how many documents failed, if any did."""
    if failures:
        say(f"{failures:,} of {count(documents, 'document')} failed")


def count(number: int, noun: str) -> str:
    """A number of things, such as ``1 document`` or ``2,000 documents``."""
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"
