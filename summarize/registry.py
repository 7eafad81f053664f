"""The entry of a table: names a function without importing it.

Entries are plain classes: to make a data class takes half a millisecond, and every command loads five tables.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from importlib import import_module
from typing import Any


class Entry:
    """One line of a table of functions.

    Attributes
    ----------
    target : str
        Where the function is, as ``"package.module:function"``.
    summary : str
        What it does, in one line for the help.

    Examples
    --------
    >>> Entry("math:sqrt", "the square root").load()(9.0)
    3.0
    """

    def __init__(self, target: str, summary: str) -> None:
        self.target, self.summary = target, summary

    def load(self) -> Callable[..., Any]:
        """Import the function.

        Returns
        -------
        callable

        Raises
        ------
        ImportError
            If its module, or a package that the module needs, cannot be imported.
        AttributeError
            If the module does not define it.
        """
        return import_target(self.target)


@cache
def import_target(target: str) -> Callable[..., Any]:
    """Import the function that ``"package.module:function"`` names.

    Examples
    --------
    >>> import_target("math:sqrt")(9.0)
    3.0
    """
    module, _, name = target.partition(":")
    function: Callable[..., Any] = getattr(import_module(module), name)
    return function
