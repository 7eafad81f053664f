"""Training examples made of short texts."""

from __future__ import annotations

import numpy as np
import pytest

from benchmarks.quality.readings import Reading
from benchmarks.training.examples import Example, make_examples

TOPICS = ("parrots", "dogs", "ships", "rivers", "bridges", "mayors", "nurses", "farmers", "trains", "towers")


@pytest.fixture(scope="session")
def readings() -> list[Reading]:
    """Forty generated texts, in each of which the reader picks the two sentences about dogs."""
    generator = np.random.default_rng(0)
    made = []
    for k in range(40):
        order = generator.permutation(TOPICS).tolist()
        pairs = zip(order, order[1:], strict=False)
        sentences = [f"The {a} came to see the {b} in town {k}." for a, b in pairs]
        text = " ".join(sentences)
        picks = tuple((text.index(s), text.index(s) + len(s)) for s in sentences if "dogs" in s)
        made.append(Reading("towns.en" if k % 2 else "news.en", text, picks, ()))
    return made


@pytest.fixture(scope="session")
def examples(readings: list[Reading]) -> list[Example]:
    return make_examples(readings, jobs=1)
