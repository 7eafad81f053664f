"""Tokens are counted by an encoder in the cache, or estimated."""

from __future__ import annotations

import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summarize.tokenization.tokens import estimate_tokens, load_token_counter


@pytest.mark.parametrize(
    ("text", "tokens"),
    [
        ("", 0),
        ("four", 1),
        ("fives", 2),
        ("12", 1),
        ("123", 2),
        ("?!", 2),
        ("é", 1),
        ("桥", 2),
        ("😀", 3),
        ("a b", 2),
        ("a\nb", 3),
    ],
)
def test_estimate_adds_up_its_pieces(text, tokens):
    assert estimate_tokens(text) == tokens


@given(st.text(), st.text())
def test_estimate_of_two_lines_is_the_sum_of_both(first, second):
    assert estimate_tokens(f"{first}\n{second}") == estimate_tokens(first) + 1 + estimate_tokens(second)


def test_tokens_are_estimated_without_a_cached_encoding(monkeypatch, tmp_path):
    monkeypatch.setenv("TIKTOKEN_CACHE_DIR", str(tmp_path))
    assert load_token_counter() == (estimate_tokens, "estimated")


def test_cache_without_the_package_falls_back_to_the_estimate(monkeypatch, tmp_path):
    (tmp_path / "9b5ad71b2ce5302211f9c61530b329a4922fc6a4").write_bytes(b"not an encoding")
    monkeypatch.setenv("TIKTOKEN_CACHE_DIR", str(tmp_path))
    monkeypatch.setitem(sys.modules, "tiktoken", None)
    assert load_token_counter() == (estimate_tokens, "estimated")
