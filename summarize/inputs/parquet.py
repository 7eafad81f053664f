"""Tables as columns: Parquet."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from summarize.errors import InputError, MissingExtraError
from summarize.inputs import Item, Reading
from summarize.inputs.compressed import open_raw
from summarize.inputs.tables import find_columns

_ROWS = 128


def read_parquet(path: str, reading: Reading) -> Iterator[Item]:
    """The rows of a file, a few at a time.

    Raises
    ------
    InputError
        If it is broken, or has no column of texts of that name.
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
            for batch in file.iter_batches(batch_size=_ROWS, columns=columns, use_threads=False):
                texts = batch.column(reading.text_column).to_pylist()
                ids = batch.column(reading.id_column).to_pylist() if id is not None else [None] * len(texts)
                for text, own in zip(texts, ids, strict=True):
                    number += 1
                    yield _make_item(f"{path}:{number}", text, own, number)
    except pyarrow.ArrowException as error:
        raise InputError(path, f"not a Parquet table, or a broken one: {error}") from None


def load_pyarrow() -> tuple[Any, Any]:
    """The modules ``pyarrow`` and ``pyarrow.parquet``, if they are there."""
    try:
        import pyarrow
        import pyarrow.parquet
    except ImportError:
        raise MissingExtraError("columns", "Parquet") from None
    return pyarrow, pyarrow.parquet


def _make_item(source: str, text: Any, own: Any, number: int) -> Item:
    id = own if own is None or isinstance(own, int) else str(own)
    if isinstance(text, str | bytes):
        kind = "text" if isinstance(text, str) else "bytes"
        return Item(source, kind, text, str(number), id, len(text))
    found = "missing" if text is None else f"{type(text).__name__}, not a string"
    return Item(source, "problem", f"its text is {found}", str(number), id)
