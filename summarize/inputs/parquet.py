"""Read the rows of Parquet tables as documents."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from summarize.errors import InputError, MissingExtraError
from summarize.inputs.compressed import open_raw
from summarize.inputs.items import Item, Reading
from summarize.inputs.tables import find_columns

# Few rows per batch, as the texts of a batch are all in memory.
_BATCH_ROWS = 128


def read_parquet(path: str, reading: Reading) -> Iterator[Item]:
    """Find the texts in a Parquet file, a few rows at a time.

    Parameters
    ----------
    path : str
        Path of the file.
    reading : Reading
        Names of the columns.

    Yields
    ------
    Item
        One for each row: a text, bytes from a binary column, or a problem if the row has no text.

    Raises
    ------
    InputError
        If the file is not a Parquet table, is damaged, or has no column of texts.
    MissingExtraError
        If the extra ``columns`` is not installed.
    """
    pyarrow, parquet = load_pyarrow()
    try:
        with open_raw(path) as raw, parquet.ParquetFile(raw, pre_buffer=False, buffer_size=1 << 16) as file:
            header = file.schema_arrow.names
            _, id = find_columns(header, reading, path)
            columns = [reading.text_column] + ([reading.id_column] if id is not None else [])
            number = 0
            for batch in file.iter_batches(batch_size=_BATCH_ROWS, columns=columns, use_threads=False):
                texts = _list_values(batch.column(reading.text_column), pyarrow)
                ids = [None] * len(texts)
                if id is not None:
                    ids = _list_values(batch.column(reading.id_column), pyarrow)
                for text, row_id in zip(texts, ids, strict=True):
                    number += 1
                    yield _make_item(f"{path}:{number}", text, row_id, number)
    except pyarrow.ArrowException as error:
        raise InputError(path, f"not a Parquet table, or a damaged one: {error}") from None


def load_pyarrow() -> tuple[Any, Any]:
    """Import ``pyarrow`` and ``pyarrow.parquet``.

    Returns
    -------
    pyarrow, parquet : module

    Raises
    ------
    MissingExtraError
        If the extra ``columns`` is not installed.
    """
    try:
        import pyarrow
        import pyarrow.parquet
    except ImportError:
        raise MissingExtraError("columns", "Parquet") from None
    return pyarrow, pyarrow.parquet


def _list_values(column: Any, pyarrow: Any) -> list[Any]:
    """List the values of a column; a string with invalid bytes becomes bytes, what Python lacks a string."""
    types = pyarrow.types
    if types.is_dictionary(column.type):
        column = column.dictionary_decode()
    if types.is_string(column.type) or types.is_large_string(column.type):
        is_large = types.is_large_string(column.type)
        values = column.cast(pyarrow.large_binary() if is_large else pyarrow.binary()).to_pylist()
        return [None if value is None else _decode(value) for value in values]
    try:
        values = column.to_pylist()
    except (ValueError, OverflowError, UnicodeError):
        values = [_read_value(scalar) for scalar in column]
    return list(values)


def _decode(value: bytes) -> str | bytes:
    try:
        return value.decode()
    except UnicodeDecodeError:
        return value


def _read_value(scalar: Any) -> Any:
    """Return one value, as a string if Python has no type that can hold it."""
    try:
        return scalar.as_py()
    except (ValueError, OverflowError, UnicodeError):
        # Its integer, such as the nanoseconds of a duration.
        return str(getattr(scalar, "value", scalar))


def _make_item(source: str, text: Any, row_id: Any, number: int) -> Item:
    if isinstance(row_id, bytes):
        row_id = row_id.decode("utf-8", "backslashreplace")
    id = row_id if row_id is None or isinstance(row_id, int) else str(row_id)
    if isinstance(text, str | bytes):
        kind = "text" if isinstance(text, str) else "bytes"
        return Item(source, kind, text, str(number), id, len(text))
    found = "missing" if text is None else f"{type(text).__name__}, not a string"
    return Item(source, "problem", f"its text is {found}", str(number), id)
