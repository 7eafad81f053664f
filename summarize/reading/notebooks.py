"""Read Jupyter notebooks: their Markdown, without code and output."""

from __future__ import annotations

import json

from summarize.reading.markdown import read_markdown
from summarize.reading.structure import Builder


def read_notebook(builder: Builder, start: int, end: int) -> None:
    r"""Read a notebook; the text becomes that of its Markdown cells, with a mark for each.

    Parameters
    ----------
    builder : Builder
    start, end : int
        The range of the file. JSON that is not a notebook is left as it is.

    Examples
    --------
    >>> cells = '[{"cell_type": "markdown", "source": ["# Gas\\n", "Gas was found."]}, {"cell_type": "code"}]'
    >>> builder = Builder('{"nbformat": 4, "cells": ' + cells + "}")
    >>> read_notebook(builder, 0, len(builder.text))
    >>> builder.text, builder.title
    ('# Gas\nGas was found.', 'Gas')
    """
    try:
        notebook = json.loads(builder.text[start:end])
    except (ValueError, RecursionError):
        notebook = None
    texts = _list_texts(notebook)
    if not texts:
        builder.format = "plain"
        builder.add("text", start, end)
        return
    start = 0
    for number, text in texts:
        builder.add_mark(start, "cell", number)
        start += len(text) + 2
    builder.text = "\n\n".join(text for _, text in texts)
    read_markdown(builder, 0, len(builder.text))


def _list_texts(notebook: object) -> list[tuple[int, str]]:
    """List the Markdown cells by number, from 1, and text; in the old format (worksheets) too."""
    if not isinstance(notebook, dict):
        return []
    groups = [notebook.get("cells")]
    sheets = notebook.get("worksheets")
    if isinstance(sheets, list):
        groups += [sheet.get("cells") for sheet in sheets if isinstance(sheet, dict)]
    texts = []
    all_cells = (cell for cells in groups if isinstance(cells, list) for cell in cells)
    for number, cell in enumerate(all_cells, 1):
        if not isinstance(cell, dict) or cell.get("cell_type") not in ("markdown", "heading"):
            continue
        source = cell.get("source")
        if isinstance(source, list):
            source = "".join(line for line in source if isinstance(line, str))
        if isinstance(source, str) and source.strip():
            texts.append((number, f"## {source}" if cell["cell_type"] == "heading" else source))
    return texts
