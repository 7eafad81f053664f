"""Compare the rows of tables with records."""

from __future__ import annotations

from typing import Any


def drop_nulls(row: dict[str, Any]) -> dict[str, Any]:
    """Leave out what tables fill with nulls: the places of sentences that are not known."""
    sentences = row.get("sentences")
    if sentences is None:
        return row
    known = [{name: value for name, value in each.items() if value is not None} for each in sentences]
    return row | {"sentences": known}
