"""Write one document after another as text, JSON, JSON Lines or CSV, to a file or standard output."""

from __future__ import annotations

from typing import Any

from summarize.outputs.atomic import Replacement
from summarize.outputs.records import FIELDS
from summarize.outputs.terminal import print_bytes
from summarize.places import Place
from summarize.renderers import RENDERERS, Frame

# The places of the sentences, such as "p. 1; p. 3", are made of what the record says of each.
CSV_COLUMNS = (*(each.name for each in FIELDS if each.in_csv), "places")
_HEADER = ",".join(CSV_COLUMNS) + "\n"


class Stream:
    """A file of pieces, with the separators of their form.

    Parameters
    ----------
    path : str or None
        Path of the file; None for standard output.
    form : str
        Form of the pieces: the name of a renderer, ``"record"`` or ``"csv"``.
    many : bool
        Whether there may be several pieces.

    Raises
    ------
    OutputError
        If the file cannot be written.
    """

    def __init__(self, path: str | None, form: str, *, many: bool = True) -> None:
        self._file = None if path is None else Replacement(path)
        self._before, self._between, self._after, self._nothing = (
            part.encode() for part in _find_frame(form, many)
        )
        self._empty = True

    def write(self, piece: bytes) -> None:
        """Add the result of the next document."""
        if self._after:
            piece = piece.removesuffix(b"\n")
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
            print_bytes(data)


def encode_row(record: dict[str, Any]) -> bytes:
    """Encode a record as a line of CSV; lone surrogates are escaped."""
    import csv
    import io

    buffer = io.StringIO()
    places = [Place.of(sentence).cite() for sentence in record.get("sentences", ())]
    row = record | {"places": "; ".join(places) if any(places) else None}
    csv.writer(buffer, lineterminator="\n").writerow([row.get(name) for name in CSV_COLUMNS])
    return buffer.getvalue().encode("utf-8", "backslashreplace")


def _find_frame(form: str, many: bool) -> Frame:
    if form == "csv":
        return Frame(before=_HEADER, empty=_HEADER)
    if form not in RENDERERS:
        return Frame()
    frame = RENDERERS[form].frame
    if many:
        return frame
    # The mails of a mailbox have no headings.
    return Frame() if frame.before else Frame(between=frame.between)
