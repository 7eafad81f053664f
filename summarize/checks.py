"""Checks of the numbers that rankers and selectors are given."""

from __future__ import annotations

from math import inf

from summarize.errors import OptionError


def check_number(name: str, value: object, *, least: float = -inf, most: float = inf) -> None:
    """Refuse what is no finite number in a range.

    Parameters
    ----------
    name : str
        Of the parameter, for the message.
    value : object
    least, most : float
        Bounds, themselves allowed.

    Raises
    ------
    OptionError
        If it is none, or a truth value, or out of range.
    """
    is_number = isinstance(value, (int, float)) and not isinstance(value, bool)
    if is_number and least <= value <= most and abs(value) < inf:  # type: ignore[operator,arg-type]
        return
    if most < inf:
        accepted = f"a number from {least:g} to {most:g}"
    else:
        accepted = "a number" if least == -inf else f"a number, at least {least:g}"
    raise OptionError(f"{name}: found {value!r}; accepted: {accepted}")
