"""Where the results of many documents go: the table of outputs.

An output is a class with ``write(piece)``, ``finish()`` and ``abandon()``; a piece is what a worker made of a
document, in the form that the output names. It is written under another name, and renamed when it is whole.
"""

from __future__ import annotations

import os
from importlib import import_module
from typing import NamedTuple, Protocol

from summarize.errors import OptionError
from summarize.inputs import COMPRESSIONS, find_reader
from summarize.renderers import DEFAULT, RENDERERS


class Entry(NamedTuple):
    """Where an output is, what it takes, and what it is."""

    module: str
    function: str
    form: str
    summary: str


OUTPUTS = {
    ".jsonl": Entry("summarize.outputs.streams", "Stream", "record", "a JSON object a line"),
    ".jsonl.gz": Entry("summarize.outputs.streams", "Stream", "record", "the same, compressed"),
    ".jsonl.zst": Entry("summarize.outputs.streams", "Stream", "record", "the same; needs the extra zstd"),
    ".csv": Entry("summarize.outputs.streams", "Stream", "csv", "a table, without the single sentences"),
    ".csv.gz": Entry("summarize.outputs.streams", "Stream", "csv", "the same, compressed"),
    ".csv.zst": Entry("summarize.outputs.streams", "Stream", "csv", "the same; needs the extra zstd"),
    ".parquet": Entry("summarize.outputs.parquet", "Parquet", "record", "a table; needs the extra columns"),
}


class Output(Protocol):
    """What the outputs have in common."""

    def write(self, piece: bytes) -> None:
        """Take what was made of the next document."""

    def finish(self) -> None:
        """Put it in its place, whole."""

    def abandon(self) -> None:
        """Leave nothing behind that looks like a whole output."""


def find_output(path: str | None) -> str | None:
    """The suffix in ``OUTPUTS`` that a path has, or None."""
    name = os.path.basename(path or "").lower()
    return next((suffix for suffix in OUTPUTS if name.endswith(suffix)), None)


def choose_form(output: str | None, form: str | None, *, merged: bool = False) -> str:
    """The form of the pieces for an output that is no directory.

    Parameters
    ----------
    output : str or None
        None for standard output.
    form : str or None
        Name of the renderer that is asked for; by default what the suffix of the output says.
    merged : bool
        Whether there is one summary of all texts, which is no row of a table.

    Returns
    -------
    str
        Name of a renderer, or the form of a table in ``OUTPUTS``.

    Raises
    ------
    OptionError
        If the output cannot be written in this form.
    """
    if merged and output is not None and output.endswith(os.sep):
        raise OptionError(f"{output}: one summary of all inputs is no directory; accepted: a file")
    suffix = find_output(output)
    if suffix is None:
        if output is not None and find_reader(output):
            raise OptionError(f"{output}: cannot be written; accepted tables: {', '.join(OUTPUTS)}")
        return form or _find_renderer(output)
    is_lines = suffix.startswith(".jsonl")
    if form is not None and not (form == "jsonl" and is_lines):
        raise OptionError(
            f"{output}: a {suffix} cannot be written as {form!r}; leave --format out, or rename it"
        )
    if merged and not is_lines:
        raise OptionError(
            f"{output}: one summary of all inputs is no {suffix}; accepted: .jsonl, {_list_suffixes()}"
        )
    return "jsonl" if merged else OUTPUTS[suffix].form


def _list_suffixes() -> str:
    return ", ".join(entry.suffix for entry in RENDERERS.values())


def _find_renderer(output: str | None) -> str:
    """The renderer that the suffix of a file stands for, compression left aside."""
    stem, suffix = os.path.splitext((output or "").lower())
    if suffix in COMPRESSIONS:
        suffix = os.path.splitext(stem)[1]
    return next((name for name, entry in RENDERERS.items() if entry.suffix == suffix), DEFAULT)


def is_special(path: str) -> bool:
    """Whether a path is a device or a pipe, which cannot be replaced."""
    return os.path.exists(path) and not os.path.isfile(path) and not os.path.isdir(path)


def is_folder(output: str | None, many: bool) -> bool:
    """Whether an output is a directory: it is one, ends in a slash, or has no suffix and takes many texts."""
    if output is None:
        return False
    if os.path.isdir(output) or output.endswith(os.sep):
        return True
    return many and not find_output(output) and not os.path.splitext(output)[1] and not os.path.exists(output)


def open_output(path: str | None, form: str, *, many: bool = True) -> Output:
    """The output for a path, or standard output.

    Parameters
    ----------
    path : str or None
    form : str
        Of the pieces: that of the table, or the name of a renderer.
    many : bool
        Whether JSON is a list.

    Raises
    ------
    OutputError
        If it cannot be written.
    MissingExtraError
        If an extra is needed and not installed.
    """
    entry = OUTPUTS[find_output(path) or ".jsonl"]
    output: Output = getattr(import_module(entry.module), entry.function)(path, form, many=many)
    return output
