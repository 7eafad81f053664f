"""Refuse an output that would overwrite an input or become an input of the next run."""

from __future__ import annotations

import os
from collections.abc import Iterable

from summarize.errors import OutputError
from summarize.inputs.directories import is_included
from summarize.inputs.items import Reading


def refuse_overlap(inputs: Iterable[str], output: str, reading: Reading) -> Iterable[str]:
    """Check that the output does not overwrite an input and is not an input of the next run.

    Parameters
    ----------
    inputs : iterable of str
        Paths of the inputs. A tuple is checked at once, any other iterable as it is consumed.
    output : str
        Path of the output.
    reading : Reading
        Which files below a directory are read.

    Returns
    -------
    iterable of str
        The inputs; a tuple if they were one.

    Raises
    ------
    OutputError
        If an input is the output, or the next run would find the output below an input.

    Examples
    --------
    >>> refuse_overlap(("a.txt", "b.txt"), "summaries.jsonl", Reading())
    ('a.txt', 'b.txt')
    """
    checked = (path for path in inputs if _is_apart(path, output, reading))
    return tuple(checked) if isinstance(inputs, tuple) else checked


def _is_apart(path: str, output: str, reading: Reading) -> bool:
    """Return True, or raise an `OutputError` if the output is or would become an input."""
    place, root = os.path.realpath(output), os.path.realpath(path)
    if place == root or (os.path.exists(output) and os.path.exists(path) and os.path.samefile(path, output)):
        raise OutputError(f"{output}: is one of the inputs; choose another output")
    relative = os.path.relpath(place, root)
    if not relative.startswith(os.pardir) and os.path.isdir(path) and not os.path.isdir(output):
        hidden = any(part.startswith(".") for part in relative.split(os.sep))
        if not hidden and is_included(relative, reading):
            problem = f"the next run would read it as an input below {path}"
            raise OutputError(f"{output}: {problem}; write elsewhere or --exclude it")
    return True
