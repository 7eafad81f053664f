"""Read the rows of JSON Lines, CSV and TSV files as documents."""

from __future__ import annotations

import csv
import io
import math
import os
import stat
from collections.abc import Iterator

from summarize.errors import InputError
from summarize.inputs.compressed import open_plain
from summarize.inputs.items import COMPRESSIONS, Item, Reading

_MAX_LINE_BYTES = 1 << 30


def read_jsonl(path: str, reading: Reading) -> Iterator[Item]:
    """Find the lines of a JSON Lines file without parsing them, which is left to the workers.

    Parameters
    ----------
    path : str
        Path of the file.
    reading : Reading
        Not used; every reader takes it.

    Yields
    ------
    Item
        One for each line that is not blank. If the file grows meanwhile, as a log does, lines that begin
        beyond its first size are not read.

    Raises
    ------
    InputError
        If the file is compressed and damaged.
    """
    with open_plain(path) as file:
        end = _measure(path)
        number = place = 0
        while place < end and (line := file.readline(_MAX_LINE_BYTES)):
            number += 1
            place += len(line)
            if number == 1:
                line = line.removeprefix(b"\xef\xbb\xbf")
            if len(line) == _MAX_LINE_BYTES and not line.endswith(b"\n"):
                while len(line) == _MAX_LINE_BYTES and not line.endswith(b"\n"):
                    line = file.readline(_MAX_LINE_BYTES)
                    place += len(line)
                yield Item(
                    f"{path}:{number}",
                    "problem",
                    f"found a line of more than {_MAX_LINE_BYTES:,} bytes",
                    str(number),
                )
            elif line.strip():
                yield Item(f"{path}:{number}", "json", line, str(number), size=len(line))


def read_csv(path: str, reading: Reading) -> Iterator[Item]:
    """Find the texts in a CSV or TSV file whose first line names the columns.

    Parameters
    ----------
    path : str
        Path of the file.
    reading : Reading
        Names of the columns.

    Yields
    ------
    Item
        One for each row: a text, bytes if it is not valid UTF-8, or a problem if the row cannot be read.

    Raises
    ------
    InputError
        If there is no column of texts, or the file is compressed and damaged.
    """
    csv.field_size_limit(max(csv.field_size_limit(), _MAX_LINE_BYTES))
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
                yield Item(f"{path}:{number}", "problem", f"not a valid row: {error}", str(number))
                continue
            if row is None:
                return
            if len(row) > text:
                row_id = row[id] if id is not None and len(row) > id else None
                kind, content = _restore_bytes(row[text])
                yield Item(f"{path}:{number}", kind, content, str(number), row_id, len(content))
            elif row:
                problem = f"found {len(row)} columns; the text is expected in column {text + 1}"
                yield Item(f"{path}:{number}", "problem", problem, str(number))


def _measure(path: str) -> float:
    """Return the size of a plain file in bytes; infinity if unknown, as for a pipe or a compressed file."""
    if path.lower().endswith(COMPRESSIONS) or "://" in path:
        return math.inf
    status = os.stat(path)
    return status.st_size if stat.S_ISREG(status.st_mode) else math.inf


def _restore_bytes(text: str) -> tuple[str, str | bytes]:
    """Return the kind and content of an item: the text, or its original bytes if they are not UTF-8."""
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        return "bytes", text.encode("utf-8", "surrogateescape")
    return "text", text


def find_columns(header: list[str], reading: Reading, path: str) -> tuple[int, int | None]:
    """Find the columns of texts and identifiers.

    Parameters
    ----------
    header : list of str
        Names of the columns.
    reading : Reading
        Names to look for.
    path : str
        Path of the table, for the error.

    Returns
    -------
    text : int
        Index of the column of texts.
    id : int or None
        Index of the column of identifiers; None if there is none.

    Raises
    ------
    InputError
        If there is no column of texts.

    Examples
    --------
    >>> find_columns(["id", "text"], Reading(), "a.csv")
    (1, 0)
    """
    if reading.text_column not in header:
        found = ", ".join(map(repr, header[:20])) or "none"
        raise InputError(
            path, f"no column {reading.text_column!r}; found: {found}; choose one with --text-column"
        )
    id = header.index(reading.id_column) if reading.id_column in header else None
    return header.index(reading.text_column), id
