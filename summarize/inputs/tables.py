"""Tables as text: JSON lines and comma-separated values."""

from __future__ import annotations

import csv
import io
import math
import os
import stat
from collections.abc import Iterator

from summarize.errors import InputError
from summarize.inputs import COMPRESSIONS, Item, Reading
from summarize.inputs.compressed import open_plain

# A longer line is no document.
_MOST_LINE = 1 << 30


def read_jsonl(path: str, reading: Reading) -> Iterator[Item]:
    """The lines of a file; what is in them is found out where they are summarized.

    Of a file that grows, such as a log, the lines that begin in what there is at first.
    """
    with open_plain(path) as file:
        end = _measure(path)
        number = place = 0
        while place < end and (line := file.readline(_MOST_LINE)):
            number += 1
            place += len(line)
            if number == 1:
                line = line.removeprefix(b"\xef\xbb\xbf")
            if len(line) == _MOST_LINE and not line.endswith(b"\n"):
                while len(line) == _MOST_LINE and not line.endswith(b"\n"):
                    line = file.readline(_MOST_LINE)
                    place += len(line)
                yield Item(
                    f"{path}:{number}", "problem", f"a line of more than {_MOST_LINE:,} bytes", str(number)
                )
            elif line.strip():
                yield Item(f"{path}:{number}", "json", line, str(number), size=len(line))


def read_csv(path: str, reading: Reading) -> Iterator[Item]:
    """The rows of a file whose first line has the names of the columns.

    Raises
    ------
    InputError
        If there is no column of texts of that name.
    """
    csv.field_size_limit(max(csv.field_size_limit(), _MOST_LINE))
    delimiter = "\t" if ".tsv" in path.lower()[-8:] else ","
    with open_plain(path) as raw, io.TextIOWrapper(raw, "utf-8-sig", "surrogateescape", newline="") as file:
        rows = csv.reader(file, delimiter=delimiter)
        header = next(rows, [])
        text, id = find_columns(header, reading, path)
        while True:
            number = rows.line_num + 1
            try:
                row = next(rows, None)
            except csv.Error as error:
                yield Item(f"{path}:{number}", "problem", f"not a row of this table: {error}", str(number))
                continue
            if row is None:
                return
            if len(row) > text:
                own = row[id] if id is not None and len(row) > id else None
                kind, content = _restore_bytes(row[text])
                yield Item(f"{path}:{number}", kind, content, str(number), own, len(content))
            elif row:
                problem = f"found {len(row)} columns; {reading.text_column!r} is number {text + 1}"
                yield Item(f"{path}:{number}", "problem", problem, str(number))


def _measure(path: str) -> float:
    """Bytes of a plain file; infinite where they are not known, as of a pipe or a compressed file."""
    if path.lower().endswith(COMPRESSIONS) or "://" in path:
        return math.inf
    status = os.stat(path)
    return status.st_size if stat.S_ISREG(status.st_mode) else math.inf


def _restore_bytes(text: str) -> tuple[str, str | bytes]:
    """The kind and content of an item: a text as it is, or its bytes if they are not UTF-8."""
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        return "bytes", text.encode("utf-8", "surrogateescape")
    return "text", text


def find_columns(header: list[str], reading: Reading, path: str) -> tuple[int, int | None]:
    """Where the texts are, and where the identifiers, if there are any.

    Raises
    ------
    InputError
        If there is no column of texts of that name.
    """
    if reading.text_column not in header:
        found = ", ".join(map(repr, header[:20])) or "none"
        raise InputError(path, f"no column {reading.text_column!r}; its columns: {found}; see --text-column")
    id = header.index(reading.id_column) if reading.id_column in header else None
    return header.index(reading.text_column), id
