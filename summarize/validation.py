"""Check the numbers given to rankers and selectors, and what these return."""

from __future__ import annotations

from collections.abc import Sequence
from math import inf
from typing import TYPE_CHECKING, Any

import numpy as np

from summarize.errors import DocumentError, OptionError

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from summarize.document import Document


def check_number(name: str, value: object, *, least: float = -inf, most: float = inf) -> None:
    """Check that a parameter is a finite number in a range.

    Parameters
    ----------
    name : str
        Name of the parameter, for the error.
    value : object
        Value of the parameter.
    least, most : float
        Bounds of the range, inclusive.

    Raises
    ------
    OptionError
        If the value is not a finite number in the range. True and False do not count as numbers.

    Examples
    --------
    >>> check_number("diversity", 0.3, least=0, most=1)
    >>> check_number("diversity", 1.5, least=0, most=1)
    Traceback (most recent call last):
        ...
    summarize.errors.OptionError: diversity: found 1.5; accepted: a number from 0 to 1
    """
    if (
        isinstance(value, (int, float))
        and not isinstance(value, bool)
        and least <= value <= most
        and abs(value) < inf
    ):
        return
    if most < inf:
        accepted = f"a number from {least:g} to {most:g}"
    else:
        accepted = "a number" if least == -inf else f"a number, at least {least:g}"
    raise OptionError(f"{name}: found {value!r}; accepted: {accepted}")


def check_scores(document: Document, given: Any) -> NDArray[np.float64]:
    """Check the scores that a ranker returned.

    Parameters
    ----------
    document : Document
        The document that was ranked.
    given : array_like
        What the ranker returned.

    Returns
    -------
    ndarray of float, shape (n_sentences,)
        The scores.

    Raises
    ------
    DocumentError
        If there is not exactly one finite number for each sentence.
    """
    try:
        scores = np.asarray(given, dtype=np.float64)
    except (TypeError, ValueError):
        scores = np.zeros(())
    n = len(document)
    if scores.shape != (n,) or not np.isfinite(scores).all():
        problem = f"the ranker returned {_show(given)}; accepted: {n} finite numbers"
        raise DocumentError(document.source or "-", problem)
    return scores


def check_choice(
    document: Document, given: Any, length: object, costs: Sequence[int], budget: int
) -> list[int]:
    """Check the sentences that a selector returned.

    Parameters
    ----------
    document : Document
        The document to summarize.
    given : iterable of int
        What the selector returned.
    length : object
        The maximum length of the summary, shown in the message.
    costs : sequence of int
        Cost of each sentence.
    budget : int
        Maximum sum of the costs.

    Returns
    -------
    list of int
        The indices of the sentences, in the selector's order.

    Raises
    ------
    DocumentError
        If an index is out of range or repeated, or the sentences together exceed the length.
    """
    try:
        chosen = [int(i) for i in given]
    except (TypeError, ValueError):
        chosen = [-1]
    n = len(document)
    if len(set(chosen)) < len(chosen) or not all(0 <= i < n for i in chosen):
        accepted = f"indices of sentences from 0 to {n - 1}, each at most once"
    elif sum(costs[i] for i in chosen) > budget:
        accepted = f"sentences within a length of {length}"
    else:
        return chosen
    raise DocumentError(document.source or "-", f"the selector returned {_show(given)}; accepted: {accepted}")


def _show(value: object) -> str:
    """Show a value on one line, truncated to 60 characters."""
    return " ".join(repr(value).split())[:60]
