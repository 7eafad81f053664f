"""Read the rows of JSON Lines, CSV and TSV files as documents.

A table has one charset, which its first megabyte shows, and a CSV table has one delimiter, which its first
line shows. A row that cannot be read is a problem of its own; the rows after it are read.
"""

from __future__ import annotations

import csv
import io
import math
import os
import stat
from collections import deque
from collections.abc import Iterator
from typing import IO, Any, NoReturn

from summarize.errors import InputError
from summarize.inputs.compressed import open_plain
from summarize.inputs.items import COMPRESSIONS, Item, Reading
from summarize.reading import MAX_BYTES, detect_charset

# The part of a table from which its charset is detected.
_HEAD_BYTES = 1 << 20
_DELIMITERS = (",", ";", "\t", "|")


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
    with open_plain(path) as raw:
        head = _read_head(raw, path)
        charset, notes = _detect_charset(head, path)
        file = io.BufferedReader(_Joined(head, raw), 1 << 16)
        lines = _read_lines(file, path) if charset == "utf-8" else _read_decoded(file, charset)
        for number, line in lines:
            if len(line) == MAX_BYTES and line[-1:] not in (b"\n", "\n"):
                problem = f"found a line of more than {MAX_BYTES:,} bytes"
                yield Item(f"{path}:{number}", "problem", problem, str(number), notes=notes)
            elif line.strip():
                yield Item(f"{path}:{number}", "json", line, str(number), size=len(line), notes=notes)
                notes = ()


def _read_lines(file: IO[bytes], path: str) -> Iterator[tuple[int, bytes]]:
    """Yield the lines of a file in UTF-8 with their numbers; of a very long line, only the beginning."""
    end = _measure(path)
    number = place = 0
    while place < end and (line := file.readline(MAX_BYTES)):
        number += 1
        place += len(line)
        yield number, line.removeprefix(b"\xef\xbb\xbf") if number == 1 else line
        while len(line) == MAX_BYTES and not line.endswith(b"\n"):
            line = file.readline(MAX_BYTES)
            place += len(line)


def _read_decoded(file: IO[bytes], charset: str) -> Iterator[tuple[int, str]]:
    """Yield the lines of a file in another charset with their numbers."""
    with io.TextIOWrapper(file, charset, "replace", newline="\n") as decoded:
        number = 0
        while line := decoded.readline(MAX_BYTES):
            number += 1
            yield number, line.removeprefix("\ufeff")
            while len(line) == MAX_BYTES and not line.endswith("\n"):
                line = decoded.readline(MAX_BYTES)


def read_csv(path: str, reading: Reading) -> Iterator[Item]:
    """Find the texts in a CSV or TSV file.

    Parameters
    ----------
    path : str
        Path of the file.
    reading : Reading
        Names or numbers of the columns, the delimiter, and whether the first line names the columns.

    Yields
    ------
    Item
        One for each row: a text, bytes if it is not valid UTF-8, or a problem if the row cannot be read.

    Raises
    ------
    InputError
        If there is no column of texts, or the file is compressed and damaged.
    """
    csv.field_size_limit(max(csv.field_size_limit(), MAX_BYTES))
    with open_plain(path) as raw:
        head = _read_head(raw, path)
        charset, notes = _detect_charset(head, path)
        errors = "surrogateescape" if charset == "utf-8" else "replace"
        file = io.BufferedReader(_Joined(head, raw), 1 << 16)
        encoding = "utf-8-sig" if charset == "utf-8" else charset
        with io.TextIOWrapper(file, encoding, errors, newline="") as decoded:
            lines = _Lines(decoded)
            first = lines.peek().removeprefix("\ufeff")
            delimiter = reading.delimiter or _find_delimiter(first, ".tsv" in path.lower()[-8:], reading)
            rows = csv.reader(lines, delimiter=delimiter, strict=True)
            if reading.header:
                try:
                    header = [name.removeprefix("\ufeff") for name in next(rows, [])]
                except csv.Error as error:
                    raise InputError(path, f"its first line is not a row: {_explain(error)}") from None
                text, id = find_columns(header, reading, path)
            else:
                text, id = _number_columns(next(csv.reader([first], delimiter=delimiter), []), reading, path)
            for item in _read_rows(rows, lines, text, id, path):
                yield item._replace(notes=notes)
                notes = ()


def _read_rows(
    rows: Iterator[list[str]], lines: _Lines, text: int, id: int | None, path: str
) -> Iterator[Item]:
    while True:
        lines.begin_row()
        number = lines.number + 1
        try:
            row = next(rows, None)
        except csv.Error as error:
            lines.reject_row()
            yield Item(f"{path}:{number}", "problem", f"not a valid row: {_explain(error)}", str(number))
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


class _Lines:
    """The lines of a table, which can go back to the line after the first of a broken row.

    A quote that is never closed swallows the lines behind it; they are read again.
    """

    def __init__(self, file: IO[str]) -> None:
        self.number = 0
        self._file = file
        self._ahead: deque[str] = deque()
        self._row: list[str] = []
        self._size = 0

    def __iter__(self) -> _Lines:
        return self

    def __next__(self) -> str:
        line = self._ahead.popleft() if self._ahead else next(self._file)
        self._row.append(line)
        self._size += len(line)
        if self._size > MAX_BYTES:
            raise csv.Error("unexpected end of data")
        return line

    def peek(self) -> str:
        """Return the next line without reading it."""
        if not self._ahead:
            self._ahead.append(self._file.readline())
        return self._ahead[0]

    def begin_row(self) -> None:
        """Forget the lines of the row that is done."""
        self.number += len(self._row)
        self._row = []
        self._size = 0

    def reject_row(self) -> None:
        """Give back all lines of the current row but the first."""
        self._ahead.extendleft(reversed(self._row[1:]))
        del self._row[1:]


class _Joined(io.RawIOBase):
    """The part of a file that was read already, and the rest."""

    def __init__(self, head: bytes, rest: IO[bytes]) -> None:
        self._head = memoryview(head)
        # Of a pipe, what is there: its next line may come in an hour.
        self._read = getattr(rest, "read1", rest.read)

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        data = self._head[: len(buffer)] if self._head else self._read(len(buffer))
        self._head = self._head[len(data) :]
        buffer[: len(data)] = data
        return len(data)


def _read_head(raw: IO[bytes], path: str) -> bytes:
    """Read the beginning of a table; of a pipe, no more than is there."""
    if not (path.lower().endswith(COMPRESSIONS) or "://" in path) and _measure(path) == math.inf:
        return getattr(raw, "read1", raw.read)(_HEAD_BYTES)
    return raw.read(_HEAD_BYTES)


def _detect_charset(head: bytes, path: str) -> tuple[str, tuple[str, ...]]:
    """Detect the charset of a table from its beginning, without the line that may be cut."""
    whole = head if len(head) < _HEAD_BYTES else head[: head.rfind(b"\n") + 1] or head
    charset, problems = detect_charset(whole, path)
    return charset, tuple(f"{path}: {problem}" for problem in problems)


def _find_delimiter(first: str, is_tsv: bool, reading: Reading) -> str:
    """Find the delimiter of a table by its first line: the one that yields the column, else most columns."""
    delimiters = ("\t", *_DELIMITERS) if is_tsv else _DELIMITERS
    counts: dict[str, int] = {}
    for delimiter in delimiters:
        names = next(csv.reader([first], delimiter=delimiter), [])
        if reading.header and reading.text_column in names:
            return delimiter
        counts.setdefault(delimiter, len(names))
    return max(counts, key=counts.__getitem__)


def _explain(error: csv.Error) -> str:
    """Say what is wrong with a row, in words for someone who did not write the parser."""
    if "unexpected end of data" in str(error):
        return "a quote that opens here is never closed"
    if "expected after" in str(error):
        return "found text after a closing quote; accepted: quotes inside a quoted text are doubled"
    return str(error)


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
        If there is no column of texts, or there are two.

    Examples
    --------
    >>> find_columns(["id", "text"], Reading(), "a.csv")
    (1, 0)
    """
    for name in (reading.text_column, reading.id_column):
        if header.count(name) > 1:
            raise InputError(path, f"found {header.count(name)} columns {name!r}; accepted: one")
    if reading.text_column not in header:
        _refuse_header(header, reading, path)
    id = header.index(reading.id_column) if reading.id_column in header else None
    return header.index(reading.text_column), id


def _refuse_header(header: list[str], reading: Reading, path: str) -> NoReturn:
    found = ", ".join(map(repr, header[:20])) or "none"
    problem = f"no column {reading.text_column!r}; found: {found}; choose one with --text-column"
    raise InputError(path, problem)


def _number_columns(first: list[str], reading: Reading, path: str) -> tuple[int, int | None]:
    """Find the columns of a table without a header by their numbers, from 1."""
    default = Reading()
    numbers: list[int | None] = []
    for option, name, usual in (
        ("--text-column", reading.text_column, default.text_column),
        ("--id-column", reading.id_column, default.id_column),
    ):
        if name == usual and (option == "--id-column" or len(first) == 1):
            numbers.append(0 if option == "--text-column" else None)
            continue
        if not name.isascii() or not name.isdigit() or not 1 <= int(name) <= max(1, len(first)):
            accepted = f"1 to {max(1, len(first))}, the number of a column, with --no-header"
            raise InputError(path, f"{option}: found {name!r}; accepted: {accepted}")
        numbers.append(int(name) - 1)
    text, id = numbers
    assert text is not None
    return text, id
