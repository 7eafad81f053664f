"""Training examples made of short texts."""

from __future__ import annotations

import numpy as np
import pytest

from benchmarks.training.examples import Example
from summarize import segment
from summarize.rankers.learned.columns import COLUMNS


@pytest.fixture(scope="session")
def make_example():
    """A function that makes an example without features and targets."""

    def make(corpus: str, number: int, text: str = "Parrots build nests. Dogs bark. Parrots eat.") -> Example:
        document = segment(text, language="en")
        n = len(document)
        return Example(
            corpus,
            number,
            document,
            np.zeros((n, len(COLUMNS))),
            np.zeros(n, np.float32),
            np.ones(n, bool),
            [],
            [],
        )

    return make
