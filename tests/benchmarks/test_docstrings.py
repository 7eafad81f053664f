"""The examples in the docstrings of the benchmarks."""

from __future__ import annotations

import doctest
import importlib
from pathlib import Path

import pytest

import benchmarks

FOLDER = Path(benchmarks.__file__).parent
NAMES = sorted(
    ".".join(("benchmarks", *path.relative_to(FOLDER).with_suffix("").parts))
    for path in FOLDER.rglob("*.py")
    if path.name != "__init__.py" and path.stem != "fuzz"  # importing fuzz needs atheris
)


@pytest.mark.parametrize("name", NAMES)
def test_examples_in_docstrings_are_true(name):
    assert doctest.testmod(importlib.import_module(name)).failed == 0
