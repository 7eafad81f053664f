"""Checks of the numbers that are given to rankers and selectors."""

from __future__ import annotations

import inspect
import math
from typing import Any

import pytest

from summarize import summarize
from summarize.errors import OptionError
from summarize.rankers import RANKERS
from summarize.selectors import SELECTORS
from summarize.settings import resolve_ranker, resolve_selector
from summarize.validation import check_number

TEXT = "The bridge is shut. It rained on the bridge. Ships wait."


@pytest.mark.parametrize("value", ["1", None, True, math.nan, math.inf, -math.inf, [1], -0.1, 1.1])
def test_error_shows_the_value_and_the_accepted_range(value: object) -> None:
    with pytest.raises(OptionError, match="weight: found .*; accepted: a number from 0 to 1") as caught:
        check_number("weight", value, least=0, most=1)
    assert repr(value) in str(caught.value)


@pytest.mark.parametrize("value", [0, 1, 0.5])
def test_bounds_are_accepted(value: float) -> None:
    check_number("weight", value, least=0, most=1)


def test_any_finite_number_is_accepted_without_bounds() -> None:
    check_number("weight", -1e300)
    with pytest.raises(OptionError, match="accepted: a number$"):
        check_number("weight", math.inf)


def find_numbers() -> list[tuple[str, str, str]]:
    """Return the kind, method and name of every parameter whose default is a float."""
    found = []
    for kind, table, resolve in (
        ("ranker", RANKERS, resolve_ranker),
        ("selector", SELECTORS, resolve_selector),
    ):
        for name in table:
            for parameter in inspect.signature(resolve(name)).parameters.values():
                if isinstance(parameter.default, float):
                    found.append((kind, name, parameter.name))
    return found


@pytest.mark.parametrize(("kind", "name", "parameter"), find_numbers())
@pytest.mark.parametrize("value", ["x", math.nan])
def test_every_number_of_every_ranker_and_selector_is_checked(
    kind: str, name: str, parameter: str, value: Any
) -> None:
    choices: dict[str, Any] = {kind: name, "options": {parameter: value}, "query": "bridge", "title": "Ships"}
    with pytest.raises(OptionError, match=f"{parameter}: found .*; accepted: a number"):
        summarize(TEXT, length=1, **choices)
