"""A pattern that is compiled on first use behaves like any other."""

from __future__ import annotations

import copy
import pickle
import re
from collections.abc import Callable

import pytest

from summarize.patterns import rare

COPIES: list[Callable[[re.Pattern[str]], re.Pattern[str]]] = [
    copy.copy,
    copy.deepcopy,
    lambda pattern: pickle.loads(pickle.dumps(pattern)),
]


@pytest.mark.parametrize("duplicate", COPIES)
@pytest.mark.parametrize("is_used", [False, True])
def test_copy_finds_what_the_pattern_finds(
    duplicate: Callable[[re.Pattern[str]], re.Pattern[str]], is_used: bool
) -> None:
    pattern = rare("b+", re.IGNORECASE)
    if is_used:
        assert pattern.search("abba")
    assert duplicate(pattern).findall("aBbab") == ["Bb", "b"]


def test_name_that_a_protocol_looks_for_compiles_nothing() -> None:
    assert not hasattr(rare("("), "__array__")
    with pytest.raises(re.error):
        rare("(").findall("")
