"""Lengths: what is parsed, what is refused, and how it is printed."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summarize.errors import LengthError
from summarize.length import Length


@pytest.mark.parametrize(
    ("written", "limit", "unit"),
    [
        (3, 3, "sentences"),
        ("3", 3, "sentences"),
        ("5 sentences", 5, "sentences"),
        ("100 words", 100, "words"),
        ("100words", 100, "words"),
        ("280 chars", 280, "characters"),
        ("280 characters", 280, "characters"),
        ("20%", 20, "percent"),
        ("12.5 %", 12.5, "percent"),
        ("1000 tokens", 1000, "tokens"),
    ],
)
def test_length_is_parsed(written, limit, unit):
    assert Length.parse(written) == Length(limit, unit)


@pytest.mark.parametrize(
    "written", ["0", "-3", "150%", "0%", "abc", "", "3 miles", "2.5 words", 0, -1, True, "nan"]
)
def test_error_shows_the_accepted_forms(written):
    with pytest.raises(LengthError, match="100 words.*280 chars.*1000 tokens.*20%"):
        Length.parse(written)


@given(st.integers(1, 10**9), st.sampled_from(["sentences", "words", "characters", "tokens"]))
def test_str_parses_to_the_same_length(limit, unit):
    assert Length.parse(str(Length(limit, unit))) == Length(limit, unit)


@given(st.floats(0.01, 100).map(lambda value: round(value, 2)))
def test_str_of_a_percentage_parses_to_the_same_limit(limit):
    assert Length.parse(str(Length(limit, "percent"))).limit == pytest.approx(limit)
