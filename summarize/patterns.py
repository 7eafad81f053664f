"""Compile rarely used patterns on first use.

A short command spent a fifth of its time compiling patterns that it never used.
"""

from __future__ import annotations

import re
from typing import Any, cast


def rare(pattern: str, flags: int = 0) -> re.Pattern[str]:
    """Return a pattern that is compiled on first use.

    Parameters
    ----------
    pattern : str
        A regular expression.
    flags : int, optional
        As for `re.compile`.

    Returns
    -------
    re.Pattern
        A stand-in that behaves like one; each call takes some ten nanoseconds more.

    Raises
    ------
    re.error
        On first use, if the expression is not valid.

    Examples
    --------
    >>> rare("[0-9]+").findall("May 3, 2015")
    ['3', '2015']
    """
    return cast(re.Pattern[str], _Rare(pattern, flags))


class _Rare:
    """A stand-in for a pattern, which is compiled when one of its attributes is first used."""

    def __init__(self, source: str, flags: int) -> None:
        self._source, self._flags = source, flags

    def __reduce__(self) -> tuple[Any, ...]:
        return _Rare, (self._source, self._flags)

    def __getattr__(self, name: str) -> Any:
        if name.startswith("_"):  # Protocols look for such names; patterns have none.
            raise AttributeError(name)
        # The next time, the attribute is found without this method.
        found = self.__dict__[name] = getattr(re.compile(self._source, self._flags), name)
        return found
