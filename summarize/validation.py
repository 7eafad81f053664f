"""Checks of the numbers that rankers and selectors are given, and of what they give."""

from __future__ import annotations

from math import inf
from typing import TYPE_CHECKING, Any

import numpy as np

from summarize.errors import DocumentError, OptionError
from summarize.length import Length, measure_costs

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from summarize.document import Document


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


def check_scores(document: Document, given: Any) -> NDArray[np.float64]:
    """What a ranker gave, as an array of shape (n_sentences,).

    Raises
    ------
    DocumentError
        If it is not one finite number for each sentence.
    """
    try:
        scores = np.asarray(given, dtype=np.float64)
    except (TypeError, ValueError):
        scores = np.zeros(())
    n = len(document)
    if scores.shape != (n,) or not np.isfinite(scores).all():
        problem = f"the ranker gave {_show(given)}; accepted: {n} finite numbers"
        raise DocumentError(document.source or "-", problem)
    return scores


def check_choice(document: Document, given: Any, length: Length) -> list[int]:
    """What a selector gave, as numbers of sentences.

    Raises
    ------
    DocumentError
        If there are others among them, one comes twice, or all are longer than the length.
    """
    try:
        chosen = [int(i) for i in given]
    except (TypeError, ValueError):
        chosen = [-1]
    n = len(document)
    costs, limit = measure_costs(document, length)
    if len(set(chosen)) < len(chosen) or not all(0 <= i < n for i in chosen):
        accepted = f"numbers of sentences from 0 to {n - 1}, each once"
    elif sum(costs[i] for i in chosen) > limit:
        accepted = f"what fits into {length}"
    else:
        return chosen
    raise DocumentError(document.source or "-", f"the selector gave {_show(given)}; accepted: {accepted}")


def _show(value: object) -> str:
    """A value on one line, cut off where it is long."""
    return " ".join(repr(value).split())[:60]
