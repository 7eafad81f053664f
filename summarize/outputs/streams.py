"""One document behind the other: text, JSON lines, comma-separated values; to a file or standard output."""

from __future__ import annotations

import sys
from typing import Any

from summarize.outputs.atomic import Replacement
from summarize.outputs.records import FIELDS
from summarize.renderers import RENDERERS, Frame

CSV_COLUMNS = tuple(each.name for each in FIELDS if each.in_csv)
_HEADER = ",".join(CSV_COLUMNS) + "\n"


class Stream:
    """Pieces with what the form puts between them.

    Parameters
    ----------
    path : str or None
        None for standard output.
    form : str
        The form of the pieces.
    many : bool
        Whether there may be several pieces.
    """

    def __init__(self, path: str | None, form: str, *, many: bool = True) -> None:
        self._file = None if path is None else Replacement(path)
        self._before, self._between, self._after, self._nothing = (
            part.encode() for part in _find_frame(form, many)
        )
        self._empty = True

    def write(self, piece: bytes) -> None:
        """Take what was made of the next document."""
        if self._after:
            piece = piece.removesuffix(b"\n")
        self._put((self._before if self._empty else self._between) + piece)
        self._empty = False

    def finish(self) -> None:
        """Put it in its place, whole."""
        self._put(self._nothing if self._empty else self._after)
        if self._file is not None:
            self._file.finish()

    def abandon(self) -> None:
        """Leave no file behind."""
        if self._file is not None:
            self._file.abandon()

    def _put(self, data: bytes) -> None:
        if self._file is not None:
            self._file.write(data)
        else:
            sys.stdout.buffer.write(data)
            sys.stdout.buffer.flush()


def encode_row(record: dict[str, Any]) -> bytes:
    """Encode a record as a line of CSV; lone surrogates are escaped."""
    import csv
    import io

    buffer = io.StringIO()
    csv.writer(buffer, lineterminator="\n").writerow([record.get(name) for name in CSV_COLUMNS])
    return buffer.getvalue().encode("utf-8", "backslashreplace")


def _find_frame(form: str, many: bool) -> Frame:
    if form == "csv":
        return Frame(before=_HEADER, empty=_HEADER)
    return RENDERERS[form].frame if many and form in RENDERERS else Frame()
