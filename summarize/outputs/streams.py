"""One document behind the other: text, JSON lines, comma-separated values; to a file or standard output."""

from __future__ import annotations

import sys

from summarize.outputs.atomic import Replacement

CSV_COLUMNS = ("id", "source", "hash", "language", "signature", "n_sentences", "n_words", "summary", "error")
# Before the first piece, between two, after the last, and of no pieces at all.
_FRAMES = {
    "csv": (",".join(CSV_COLUMNS) + "\n", "", "", ",".join(CSV_COLUMNS) + "\n"),
    "json": ("[\n", ",\n", "\n]\n", "[]\n"),
    "object": ("", "", "\n", ""),
    "text": ("", "\n", "", ""),
    "markdown": ("", "\n", "", ""),
}


class Stream:
    """Pieces with what the form puts between them.

    Parameters
    ----------
    path : str or None
        None for standard output.
    form : str
    """

    def __init__(self, path: str | None, form: str) -> None:
        self._file = None if path is None else Replacement(path)
        frame = _FRAMES.get(form, ("",) * 4)
        self._before, self._between, self._after, self._nothing = (part.encode() for part in frame)
        self._empty = True

    def write(self, piece: bytes) -> None:
        """Take what was made of the next document."""
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
