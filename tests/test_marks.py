"""Capitals, digits and punctuation, as columns of the evidence."""

from __future__ import annotations

import numpy as np
import pytest

from summarize.evidence import COLUMNS, collect_evidence
from summarize.pipeline import segment


@pytest.mark.parametrize(
    ("column", "text", "values"),
    [
        ("capitals", "Ann saw McCoy. Go.", [2 / 3, 1]),
        ("digits", "It cost 300 euros. Then 5.", [3 / 4, 1 / 2]),
        ("quotes", "“Go,” he said. He went.", [2, 0]),
        ("questions", "Who? Me.", [1, 0]),
        ("commas", "One, two, three. Four.", [2 / 3, 0]),
        ("ends", "It ended. Did it?\n\nNo end here", [1, 1, 0]),
        ("lower start", "iron rusts. Gold does not.", [1, 0]),
    ],
)
def test_marks_are_counted_inside_their_sentence(column: str, text: str, values: list[float]) -> None:
    evidence = collect_evidence(segment(text, language="en"))
    np.testing.assert_allclose(evidence[:, COLUMNS.index(column)], values)
