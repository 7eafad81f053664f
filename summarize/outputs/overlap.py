"""Outputs that would destroy an input, or be an input of the next run."""

from __future__ import annotations

import os
from collections.abc import Iterable

from summarize.errors import OutputError
from summarize.inputs import Reading
from summarize.inputs.directories import is_included


def refuse_overlap(inputs: Iterable[str], output: str, reading: Reading) -> Iterable[str]:
    """The inputs, unless one of them is the output, or would be found as an input by the next run.

    Raises
    ------
    OutputError
        At once if the inputs are a tuple, else when the input comes.
    """
    checked = (path for path in inputs if _is_apart(path, output, reading))
    return tuple(checked) if isinstance(inputs, tuple) else checked


def _is_apart(path: str, output: str, reading: Reading) -> bool:
    place, root = os.path.realpath(output), os.path.realpath(path)
    if place == root or (os.path.exists(output) and os.path.exists(path) and os.path.samefile(path, output)):
        raise OutputError(f"{output}: is an input and cannot be the output")
    relative = os.path.relpath(place, root)
    if not relative.startswith(os.pardir) and os.path.isdir(path) and not os.path.isdir(output):
        hidden = any(part.startswith(".") for part in relative.split(os.sep))
        if not hidden and is_included(relative, reading):
            raise OutputError(
                f"{output}: lies among the inputs below {path}; write elsewhere, or --exclude it"
            )
    return True
