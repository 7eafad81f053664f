"""Item -> its bytes or its text."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Iterator
from dataclasses import replace

from summarize.document import Text
from summarize.errors import InputError, SummarizeError
from summarize.inputs import COMPRESSIONS, find_items
from summarize.inputs.items import Item, Reading
from summarize.reading import decode, decode_bytes, read_bytes, read_cell


def read_item(item: Item, reading: Reading) -> tuple[str | int | None, str | bytes]:
    """Read a document.

    Parameters
    ----------
    item : Item
    reading : Reading

    Returns
    -------
    id : str, int or None
        The identifier of the document, if its table has a column of them.
    content : str or bytes
        A text from a table, or the bytes of a file, decompressed.

    Raises
    ------
    InputError, MissingExtraError
        If it cannot be read.
    """
    if item.kind == "problem":
        raise InputError(item.source, str(item.content))
    if item.kind == "path":
        return item.id, _load_bytes(str(item.content))
    if item.kind == "json":
        return _read_line(item, reading)
    return item.id, item.content


def read_document(path: str | os.PathLike[str]) -> Text:
    """Read the text of one file as the command does; a compressed file is decompressed.

    Parameters
    ----------
    path : str or path-like
        Path of the file; also its name in messages.

    Returns
    -------
    Text

    Raises
    ------
    InputError, MissingExtraError
        If it cannot be read, or is not text.
    """
    source = os.fsdecode(path)
    return decode(_load_bytes(source), source)


def make_text(content: str | bytes, source: str, reading: Reading) -> Text:
    """Make a `Text` of what `read_item` returns; bytes are decoded."""
    if isinstance(content, str):
        return read_cell(content, source)
    return decode(content, source, password=reading.password, form=reading.input_format)


def read_texts(inputs: Iterable[str], reading: Reading) -> Iterator[Text | SummarizeError]:
    """Read every document of some inputs in this process.

    Parameters
    ----------
    inputs : iterable of str
        As for `summarize.inputs.find_items`.
    reading : Reading

    Yields
    ------
    Text or SummarizeError
        The error of a document that cannot be read.
    """
    for item in find_items(inputs, reading):
        try:
            _, content = read_item(item, reading)
            text = make_text(content, item.source, reading)
            yield replace(text, warnings=item.notes + text.warnings) if item.notes else text
        except SummarizeError as error:
            yield error


def _load_bytes(path: str) -> bytes:
    if path.lower().endswith(COMPRESSIONS):
        from summarize.inputs.compressed import read_compressed

        return read_compressed(path)
    if "://" in path:
        from summarize.inputs.remote import read_remote

        return read_remote(path)
    return read_bytes(path)


def _read_line(item: Item, reading: Reading) -> tuple[str | int | None, str]:
    content = item.content
    try:
        row = json.loads(content)
    except UnicodeDecodeError:
        assert isinstance(content, bytes)
        return _read_line(item._replace(content=decode_bytes(content, item.source)[0]), reading)
    except (ValueError, RecursionError) as error:
        raise InputError(item.source, f"not a line of JSON: {error}") from None
    if not isinstance(row, dict):
        raise InputError(item.source, f"found {type(row).__name__}; accepted: a JSON object on each line")
    text = row.get(reading.text_column)
    if not isinstance(text, str):
        name = repr(reading.text_column)
        found = ", ".join(map(repr, list(row)[:20])) or "none"
        problem = f"no field {name}" if text is None else f"its {name} is not a string"
        raise InputError(item.source, f"{problem}; its fields: {found}; see --text-column")
    own = row.get(reading.id_column)
    return own if own is None or isinstance(own, (str, int)) else str(own), text
