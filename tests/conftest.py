"""Fixtures that many tests share."""

from __future__ import annotations

from pathlib import Path

import pytest

SEEDS = Path(__file__).resolve().parents[1] / "seeds"


@pytest.fixture(scope="session")
def news() -> str:
    """An English news story."""
    return (SEEDS / "news.en.txt").read_text(encoding="utf-8")
