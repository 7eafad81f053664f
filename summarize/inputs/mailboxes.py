"""Mailboxes: each of their mails is a document."""

from __future__ import annotations

import re
from collections.abc import Iterator

from summarize.errors import InputError
from summarize.inputs.compressed import open_plain
from summarize.inputs.items import Item, Reading
from summarize.reading import MAX_BYTES

# The line before a mail: "From ada@example.org Mon Jun  1 06:28:20 2009".
_ENVELOPE = re.compile(rb"From \S+.*\d\d:\d\d.*\d{4}")
_STUFFED = re.compile(rb"^>(>*From )", re.MULTILINE)


def read_mbox(path: str, reading: Reading) -> Iterator[Item]:
    """Find the mails in a mailbox of the format mbox, one after the other.

    Parameters
    ----------
    path : str
        Path of the mailbox, which may be compressed.
    reading : Reading
        Not used.

    Yields
    ------
    Item
        ``inbox.mbox:1`` for the first mail; a problem for one that is too large.

    Raises
    ------
    InputError
        If the file holds no mail.
    """
    number = 0
    for number, mail in enumerate(_split(path), 1):
        source, name = f"{path}:{number}", f"{number}.eml"
        if mail is None:
            yield Item(source, "problem", f"found more than {MAX_BYTES:,} bytes; accepted: fewer", name)
        else:
            yield Item(source, "bytes", _STUFFED.sub(rb"\1", mail), name, size=len(mail))
    if not number:
        raise InputError(path, "is not a mailbox: no line begins with 'From ' and holds a date")


def _split(path: str) -> Iterator[bytes | None]:
    """Yield the mails of a mailbox; None for one that is too large."""
    lines: list[bytes] = []
    size = 0
    is_open = is_blank = False
    with open_plain(path) as file:
        for line in file:
            if line.startswith(b"From ") and (is_blank or not is_open) and _ENVELOPE.match(line):
                if is_open:
                    yield b"".join(lines) if size <= MAX_BYTES else None
                lines, size, is_open, is_blank = [], 0, True, False
                continue
            is_blank = not line.strip()
            size += len(line)
            if is_open and size <= MAX_BYTES:
                lines.append(line)
    if is_open:
        yield b"".join(lines) if size <= MAX_BYTES else None
