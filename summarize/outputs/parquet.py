"""A Parquet table of records."""

from __future__ import annotations

import io
import json
from typing import Any

from summarize.inputs.parquet import load_pyarrow
from summarize.outputs.atomic import Replacement
from summarize.outputs.records import FIELDS, SENTENCE, make_encodable

# A row group: by number and bytes of rows, never by time, so that equal rows are equal bytes.
_ROWS = 4096
_BYTES = 1 << 24


class Parquet:
    """Records as rows; what is no string in Unicode, such as a file name of other bytes, is escaped.

    Parameters
    ----------
    path : str
    form : str
        Always ``"record"``.
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
        """Take the record of the next document, as JSON."""
        self._rows.append(make_row(piece))
        self._size += len(piece)
        if len(self._rows) >= _ROWS or self._size >= _BYTES:
            self._flush()

    def finish(self) -> None:
        """Put it in its place, whole."""
        self._flush()
        self._writer.close()
        self._file.finish()

    def abandon(self) -> None:
        """Leave no file behind."""
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
    """What the writer writes to, which must be able to write its end even if nobody wants it any more."""

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
    """Make a row of the table from a record as JSON."""
    row: dict[str, Any] = json.loads(piece)
    if "id" in row:
        row["id"] = str(row["id"])
    return make_encodable(row) if b"\\ud" in piece else row


def make_schema(arrow: Any) -> Any:
    """Make the Arrow schema of records; every field may be null."""
    return arrow.schema([(each.name, find_type(arrow, each.kind)) for each in FIELDS])


def find_type(arrow: Any, kind: str) -> Any:
    """Return the Arrow type for a kind of field."""
    types = {"string": arrow.string(), "integer": arrow.int64(), "real": arrow.float64()}
    if kind == "integers":
        return arrow.list_(arrow.int64())
    if kind == "sentences":
        return arrow.list_(arrow.struct([(name, types[kind]) for name, kind in SENTENCE.items()]))
    return types[kind]
