"""Add summaries to a batch of rows, for ``map_batches`` and similar functions.

A batch is a dict of NumPy arrays, a pandas data frame or a pyarrow table. Its package is already installed if
the caller has a batch, so this module needs no extra.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any, TypeVar

import numpy as np

from summarize.batch.many import summarize_together
from summarize.batch.supply import divide
from summarize.errors import DocumentError, OptionError
from summarize.outputs.records import FIELDS, hash_content, make_encodable, make_record
from summarize.pipeline import check_settings
from summarize.settings import Method, Settings
from summarize.summary import Failure

if TYPE_CHECKING:
    from collections.abc import Callable

Batch = TypeVar("Batch")
# The types of the added columns, by name. Rows already have their own identifier and source.
COLUMNS = {each.name: each.kind for each in FIELDS if each.name not in ("id", "source")}


def summarize_batch(
    batch: Batch,
    *,
    text_column: str = "text",
    id_column: str | None = None,
    prefix: str = "",
    **choices: Any,
) -> Batch:
    """Add columns with summaries to a batch.

    Parameters
    ----------
    batch : dict of ndarray, pandas.DataFrame or pyarrow.Table
        It is not changed.
    text_column : str
        Name of the column with the texts. Strings are used as they are; bytes are decoded as from a file.
    id_column : str, optional
        Name of the column that identifies the documents in error messages.
    prefix : str
        Prefix for the names of the added columns.
    **choices
        Fields of `summarize.Settings`.

    Returns
    -------
    dict of ndarray, pandas.DataFrame or pyarrow.Table
        A batch of the same type, with the columns of the input followed by `COLUMNS`. ``sentences`` lists the
        chosen sentences with their offsets in characters; ``hash`` is the hash of the text. ``error`` says
        why a text could not be summarized; otherwise it is null. Nulls in NumPy arrays are None.

    Raises
    ------
    LengthError, OptionError, UnknownNameError
        If a setting is not accepted, a column is missing, or a column with the name of an added one exists.

    Examples
    --------
    >>> batch = {"text": np.array(["One came. Two came.", "Three came."])}
    >>> summarize_batch(batch, length=1, ranker="lead")["summary"].tolist()
    ['One came.', 'Three came.']

    With Ray Data::

        dataset.map_batches(
            summarize_batch, batch_format="pyarrow", batch_size=256, fn_kwargs={"length": "60 words"}
        )
    """
    kind = find_kind(batch)
    names, read, extend = _KINDS[kind]
    _check_columns(names(batch), text_column, id_column, prefix)
    method = check_settings(Settings(**choices))
    texts = read(batch, text_column)
    ids = [None] * len(texts) if id_column is None else read(batch, id_column)
    rows = make_rows(zip(texts, ids, strict=True), method)
    added = {prefix + name: [row.get(name) for row in rows] for name in COLUMNS}
    extended: Batch = extend(batch, added, list(COLUMNS.values()))
    return extended


def make_rows(rows: Iterable[tuple[Any, Any]], method: Method) -> list[dict[str, Any]]:
    """Summarize the texts of rows and make their records.

    Parameters
    ----------
    rows : iterable of (text, id)
        The text is a string or bytes; for any other value, the record has an error. The id names the row in
        messages, unless it is None.
    method : Method
        The ranker, selector and other choices.

    Returns
    -------
    list of dict
        Records, as from `make_record`.

    Examples
    --------
    >>> [row] = make_rows([(3.5, "a")], check_settings(Settings()))
    >>> row["error"]
    'its text is float, not a string'
    """
    records = []
    for chunk in divide(rows, _weigh):
        given = [_check_text(text, None if id is None else str(id)) for text, id in chunk]
        results = summarize_together(given, method)
        records += [
            make_record(
                result, content_hash=hash_content(content) if isinstance(content, str | bytes) else None
            )
            for (_, content), result in zip(given, results, strict=True)
        ]
    return records


def _weigh(row: tuple[Any, Any]) -> int:
    return len(row[0]) if isinstance(row[0], str | bytes) else 0


def _check_text(text: Any, source: str | None) -> tuple[str | None, str | bytes | Failure]:
    """Return the name and the text of a row; a failure if it is not a text."""
    if isinstance(text, bytes):
        return source, text
    if isinstance(text, str):
        return source, str(text)  # NumPy has its own type of strings.
    missing = text is None or text != text or type(text).__name__ == "NAType"
    found = "missing" if missing else f"{type(text).__name__}, not a string"
    return source, Failure(source, DocumentError(source or "-", f"its text is {found}"))


def find_kind(batch: object) -> str:
    """Find the package of a batch.

    Parameters
    ----------
    batch : object

    Returns
    -------
    {"numpy", "pandas", "pyarrow"}

    Raises
    ------
    OptionError
        If the batch has another type.

    Examples
    --------
    >>> find_kind({"text": np.array(["One."])})
    'numpy'
    """
    if isinstance(batch, dict):
        return "numpy"
    for each in type(batch).__mro__:
        package = each.__module__.partition(".")[0]
        if (package, each.__name__) in (("pandas", "DataFrame"), ("pyarrow", "Table")):
            return package
    raise OptionError(
        f"not a batch: {type(batch).__name__}; "
        "accepted: a dict of NumPy arrays, pandas.DataFrame, pyarrow.Table"
    )


def _check_columns(found: Sequence[str], text_column: str, id_column: str | None, prefix: str) -> None:
    shown = ", ".join(map(repr, list(found)[:20])) or "none"
    for option, name in (("text_column", text_column), ("id_column", id_column)):
        if name is not None and name not in found:
            raise OptionError(f"{option}: no column {name!r}; the columns are: {shown}")
    taken = [prefix + name for name in COLUMNS if prefix + name in found]
    if taken:
        raise OptionError(
            f"the batch already has a column {taken[0]!r}; choose another prefix for the added columns"
        )


def _read_numpy(batch: Any, column: str) -> list[Any]:
    return list(np.asarray(batch[column]).tolist())


def _read_pandas(batch: Any, column: str) -> list[Any]:
    return list(batch[column].tolist())


def _read_arrow(batch: Any, column: str) -> list[Any]:
    return list(batch.column(column).to_pylist())


def _extend_numpy(batch: Any, added: dict[str, list[Any]], _: list[str]) -> Any:
    return dict(batch) | {name: _make_objects(values) for name, values in added.items()}


def _make_objects(values: list[Any]) -> Any:
    # Assign one by one, because NumPy would make a matrix from lists of equal length.
    objects = np.empty(len(values), dtype=object)
    for i, value in enumerate(values):
        objects[i] = value
    return objects


def _extend_pandas(batch: Any, added: dict[str, list[Any]], kinds: list[str]) -> Any:
    import pandas

    # Nullable integers, because floats would not match the schema of an engine.
    types = {"integer": "Int64"}
    columns = {
        name: pandas.Series(values, index=batch.index, dtype=types.get(kind, object))
        for (name, values), kind in zip(added.items(), kinds, strict=True)
    }
    return batch.assign(**columns)


def _extend_arrow(batch: Any, added: dict[str, list[Any]], kinds: list[str]) -> Any:
    import pyarrow

    from summarize.outputs.parquet import find_type

    for (name, values), kind in zip(added.items(), kinds, strict=True):
        batch = batch.append_column(
            name, pyarrow.array(map(make_encodable, values), find_type(pyarrow, kind))
        )
    return batch


# For each kind of batch: list the columns, read a column as a list, add columns.
_KINDS: dict[str, tuple[Callable[[Any], Any], Callable[[Any, str], list[Any]], Callable[..., Any]]] = {
    "numpy": (list, _read_numpy, _extend_numpy),
    "pandas": (lambda batch: list(batch.columns), _read_pandas, _extend_pandas),
    "pyarrow": (lambda batch: batch.column_names, _read_arrow, _extend_arrow),
}
