"""Write records as a Parquet table."""

from __future__ import annotations

import io
import json
from typing import Any

from summarize.inputs.parquet import load_pyarrow
from summarize.outputs.atomic import Replacement
from summarize.outputs.records import FIELDS, SENTENCE, make_encodable

# Row groups end by number and size of rows and never by time, so that equal rows become equal bytes.
_MAX_GROUP_ROWS = 4096
_MAX_GROUP_BYTES = 1 << 24


class Parquet:
    """A Parquet file with one row for each record.

    Lone surrogates, which a file name that is not UTF-8 may contain, are escaped.

    Parameters
    ----------
    path : str
        Path of the file.
    form : str
        Always ``"record"``; every output takes it.

    Raises
    ------
    OutputError
        If the file cannot be written.
    MissingExtraError
        If the extra ``columns`` is not installed.
    """

    def __init__(self, path: str, form: str, *, many: bool = True) -> None:
        self._arrow, parquet = load_pyarrow()
        self._schema = make_schema(self._arrow)
        self._file = Replacement(path)
        self._sink = _Sink(self._file)
        self._writer = parquet.ParquetWriter(self._sink, self._schema, compression="zstd")
        self._rows: list[dict[str, Any]] = []
        self._size = 0

    def write(self, piece: bytes) -> None:
        """Add the record of the next document, given as JSON."""
        self._rows.append(make_row(piece))
        self._size += len(piece)
        if len(self._rows) >= _MAX_GROUP_ROWS or self._size >= _MAX_GROUP_BYTES:
            self._flush()

    def finish(self) -> None:
        """Complete the file and put it in its place."""
        self._flush()
        self._writer.close()
        self._file.finish()

    def abandon(self) -> None:
        """Remove the unfinished file."""
        self._sink.open = False
        self._writer.close()
        self._file.abandon()

    def _flush(self) -> None:
        if not self._rows:
            return
        self._writer.write_table(self._arrow.Table.from_pylist(self._rows, schema=self._schema))
        self._rows.clear()
        self._size = 0


class _Sink(io.RawIOBase):
    """A file for `ParquetWriter`, which discards what is written after `open` is set to False.

    The writer cannot be closed without writing its footer, even if the file is abandoned.
    """

    def __init__(self, file: Replacement) -> None:
        self._file = file
        self._place = 0
        self.open = True

    def writable(self) -> bool:
        return True

    def tell(self) -> int:
        return self._place

    def write(self, data: Any) -> int:
        if self.open:
            self._file.write(bytes(data))
        self._place += len(data)
        return len(data)


def make_row(piece: bytes) -> dict[str, Any]:
    """Make a row of the table from a record.

    Parameters
    ----------
    piece : bytes
        The record as JSON.

    Returns
    -------
    dict
        Names of columns and their values.

    Examples
    --------
    >>> make_row(b'{"id": 7, "source": "a.txt"}')
    {'id': '7', 'source': 'a.txt'}
    """
    row: dict[str, Any] = json.loads(piece)
    if "id" in row:
        row["id"] = str(row["id"])
    return make_encodable(row) if b"\\ud" in piece else row


def make_schema(arrow: Any) -> Any:
    """Make the schema of the table; every column may be null.

    Parameters
    ----------
    arrow : module
        The module ``pyarrow``.

    Returns
    -------
    pyarrow.Schema
        The fields of `summarize.outputs.records.FIELDS`.
    """
    return arrow.schema([(each.name, find_type(arrow, each.kind)) for each in FIELDS])


def find_type(arrow: Any, kind: str) -> Any:
    """Return the Arrow type for a kind of field."""
    types = {"string": arrow.string(), "integer": arrow.int64(), "real": arrow.float64()}
    types["strings"] = arrow.list_(arrow.string())
    if kind == "integers":
        return arrow.list_(arrow.int64())
    if kind == "sentences":
        return arrow.list_(arrow.struct([(name, types[kind]) for name, kind in SENTENCE.items()]))
    return types[kind]
