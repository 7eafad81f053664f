"""Write one document after another as text, JSON, JSON Lines or CSV, to a file or standard output."""

from __future__ import annotations

import sys

from summarize.outputs.atomic import Replacement

CSV_COLUMNS = ("id", "source", "hash", "language", "signature", "n_sentences", "n_words", "summary", "error")
# What is written before the first piece, between two pieces, after the last one, and if there are no pieces.
_FRAMES = {
    "csv": (",".join(CSV_COLUMNS) + "\n", "", "", ",".join(CSV_COLUMNS) + "\n"),
    "json": ("[\n", ",\n", "\n]\n", "[]\n"),
    "object": ("", "", "\n", ""),
    "text": ("", "\n", "", ""),
    "markdown": ("", "\n", "", ""),
}


class Stream:
    """A file of pieces, with the separators of their form.

    Parameters
    ----------
    path : str or None
        Path of the file; None for standard output.
    form : str
        Form of the pieces: the name of a renderer, ``"record"``, ``"csv"``, or ``"object"`` for a single
        JSON object.

    Raises
    ------
    OutputError
        If the file cannot be written.
    """

    def __init__(self, path: str | None, form: str) -> None:
        self._file = None if path is None else Replacement(path)
        frame = _FRAMES.get(form, ("",) * 4)
        self._before, self._between, self._after, self._nothing = (part.encode() for part in frame)
        self._empty = True

    def write(self, piece: bytes) -> None:
        """Add the result of the next document."""
        self._put((self._before if self._empty else self._between) + piece)
        self._empty = False

    def finish(self) -> None:
        """Complete the file and put it in its place."""
        self._put(self._nothing if self._empty else self._after)
        if self._file is not None:
            self._file.finish()

    def abandon(self) -> None:
        """Remove the unfinished file."""
        if self._file is not None:
            self._file.abandon()

    def _put(self, data: bytes) -> None:
        if self._file is not None:
            self._file.write(data)
        else:
            sys.stdout.buffer.write(data)
            sys.stdout.buffer.flush()
