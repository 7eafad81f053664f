"""The examples in docstrings run and print what they say."""

from __future__ import annotations

import doctest
import pkgutil
from importlib import import_module

import pytest

import summarize

MODULES = [
    name
    for _, name, _ in pkgutil.walk_packages(summarize.__path__, "summarize.")
    if not name.endswith("__main__")
]


@pytest.mark.parametrize("name", MODULES)
def test_examples_of_a_module_are_true(name, monkeypatch, tmp_path):
    monkeypatch.chdir(tmp_path)
    try:
        module = import_module(name)
    except ImportError as error:
        pytest.skip(f"needs an optional package: {error}")
    assert module.__doc__
    assert doctest.testmod(module).failed == 0


def test_the_public_functions_have_examples():
    functions = [getattr(summarize, name) for name in dir(summarize) if not name.startswith("__")]
    missing = [each.__qualname__ for each in functions if ">>>" not in (each.__doc__ or "")]
    assert missing == []
