"""Pieces -> files: write the results of many documents, in the format that the suffix of the path names.

An output is a class with ``write(piece)``, ``finish()`` and ``abandon()``. A piece holds the result of one
document as bytes, in the form that the table names. The file is written under a temporary name and renamed
when it is complete. Add an output by writing its class and its line in `OUTPUTS`.
"""

from __future__ import annotations

import os
from typing import Protocol

from summarize.errors import OptionError
from summarize.inputs import COMPRESSIONS, find_reader
from summarize.registry import Entry
from summarize.renderers import DEFAULT, RENDERERS


class OutputEntry(Entry):
    """One line of the table of outputs.

    Attributes
    ----------
    form : str
        What the output takes: ``"record"``, records as JSON, or ``"csv"``, rows of a CSV table.
    """

    def __init__(self, target: str, summary: str, form: str = "record") -> None:
        super().__init__(target, summary)
        self.form = form


_STREAM = "summarize.outputs.streams:Stream"

OUTPUTS = {
    ".jsonl": OutputEntry(_STREAM, "one JSON object per line"),
    ".jsonl.gz": OutputEntry(_STREAM, "the same, compressed"),
    ".jsonl.zst": OutputEntry(_STREAM, "the same, compressed; needs the extra zstd"),
    ".csv": OutputEntry(_STREAM, "a table without the separate sentences", "csv"),
    ".csv.gz": OutputEntry(_STREAM, "the same, compressed", "csv"),
    ".csv.zst": OutputEntry(_STREAM, "the same, compressed; needs the extra zstd", "csv"),
    ".parquet": OutputEntry("summarize.outputs.parquet:Parquet", "a table; needs the extra columns"),
}


class Output(Protocol):
    """The methods of every output."""

    def write(self, piece: bytes) -> None:
        """Add the result of the next document."""

    def finish(self) -> None:
        """Complete the file and put it in its place."""

    def abandon(self) -> None:
        """Remove the unfinished file."""


def find_output(path: str | None) -> str | None:
    """Return the key in `OUTPUTS` for a path.

    Parameters
    ----------
    path : str or None
        Path of the output; None for standard output.

    Returns
    -------
    str or None
        The suffix of the path; None if it names no table.

    Examples
    --------
    >>> find_output("summaries.CSV.gz")
    '.csv.gz'
    >>> find_output("summaries.txt") is None
    True
    """
    name = os.path.basename(path or "").lower()
    return next((suffix for suffix in OUTPUTS if name.endswith(suffix)), None)


def choose_form(output: str | None, form: str | None, *, merged: bool = False) -> str:
    """Choose the form of the pieces for an output that is not a directory.

    Parameters
    ----------
    output : str or None
        Path of the output; None for standard output.
    form : str or None
        Name of a renderer; by default the suffix of the output decides.
    merged : bool
        Whether there is one summary of all inputs, which does not fit into a table.

    Returns
    -------
    str
        Name of a renderer, or the form of an entry in `OUTPUTS`.

    Raises
    ------
    OptionError
        If the output cannot be written in this form.

    Examples
    --------
    >>> choose_form("summaries.md", None)
    'markdown'
    >>> choose_form("summaries.parquet", None)
    'record'
    """
    if merged and output is not None and output.endswith(os.sep):
        raise OptionError(f"{output}: found a directory for one summary of all inputs; accepted: a file")
    suffix = find_output(output)
    if suffix is None:
        if output is not None and find_reader(output):
            raise OptionError(
                f"{output}: this format can only be read; accepted tables: {', '.join(OUTPUTS)}"
            )
        return form or _find_renderer(output)
    is_lines = suffix.startswith(".jsonl")
    if form is not None and not (form == "jsonl" and is_lines):
        raise OptionError(
            f"{output}: a {suffix} file cannot hold the format {form!r}; omit --format or change the suffix"
        )
    if merged and not is_lines:
        raise OptionError(
            f"{output}: one summary of all inputs cannot be a {suffix} table; accepted: {_list_suffixes()}"
        )
    return "jsonl" if merged else OUTPUTS[suffix].form


def _list_suffixes() -> str:
    return ", ".join(entry.suffix for entry in RENDERERS.values())


def _find_renderer(output: str | None) -> str:
    """Return the renderer for the suffix of a file, without the suffix of a compression."""
    stem, suffix = os.path.splitext(os.path.basename(output or "").lower())
    name = stem if suffix in COMPRESSIONS else stem + suffix
    # "a.outline.md" is an outline, "a.md" is a list.
    found = [key for key, entry in RENDERERS.items() if name.endswith(entry.suffix)]
    return max(found, key=lambda key: len(RENDERERS[key].suffix), default=DEFAULT)


def is_folder(output: str | None, many: bool) -> bool:
    """Tell whether an output is a directory.

    Parameters
    ----------
    output : str or None
        Path of the output; None for standard output.
    many : bool
        Whether there may be more than one text.

    Returns
    -------
    bool
        True if the path is a directory or ends in a slash; with many texts, also if it does not exist and
        has no suffix.

    Examples
    --------
    >>> is_folder("new-folder/", many=False), is_folder("summaries.jsonl", many=True)
    (True, False)
    """
    if output is None:
        return False
    if os.path.isdir(output) or output.endswith(os.sep):
        return True
    return many and not find_output(output) and not os.path.splitext(output)[1] and not os.path.exists(output)


def open_output(path: str | None, form: str, *, many: bool = True) -> Output:
    """Open the output for a path.

    Parameters
    ----------
    path : str or None
        Path of a file; None for standard output.
    form : str
        Form of the pieces, as `choose_form` returns it.
    many : bool
        Whether JSON is a list of objects rather than one object.

    Returns
    -------
    Output

    Raises
    ------
    OutputError
        If the file cannot be written.
    MissingExtraError
        If the format needs an extra that is not installed.
    """
    entry = OUTPUTS[find_output(path) or ".jsonl"]
    output: Output = entry.load()(path, form, many=many)
    return output
