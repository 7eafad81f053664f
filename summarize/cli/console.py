"""Messages to the user of the command, on stderr."""

from __future__ import annotations

import sys


def say(message: str) -> None:
    """Print a message on one line, with control characters escaped."""
    from summarize.outputs.terminal import encode, show_controls

    line = show_controls(message).replace("\n", "\\n")
    sys.stderr.buffer.write(encode(f"summarize: {line}\n"))
    sys.stderr.buffer.flush()


def say_nothing(message: str) -> None:
    """Replace `say` where the user wants quiet."""


def say_failures(failures: int, documents: int, inputs: int) -> None:
    """Print how many documents failed, if any did.

    Parameters
    ----------
    failures, documents : int
    inputs : int
        Number of inputs. If there are as many documents, they are called inputs, because one may be an empty
        directory.
    """
    if failures:
        noun = "input" if documents == inputs else "document"
        say(f"{failures:,} of {count(documents, noun)} failed")


def count(number: int, noun: str) -> str:
    """Return a number with its noun.

    Examples
    --------
    >>> count(1, "document"), count(2000, "document")
    ('1 document', '2,000 documents')
    """
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"
