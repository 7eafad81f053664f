"""Explain the learned ranker: what each group of features contributes to a score.

References
----------
.. [1] Sundararajan, Taly & Yan 2017, "Axiomatic attribution for deep networks", ICML, arXiv:1703.01365.
.. [2] Erion, Janizek, Sturmfels, Lundberg & Lee 2021, doi:10.1038/s42256-021-00343-w.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from summarize.contributions import POSITION, SHARED, TITLE, Parts, find_slope
from summarize.features.chunk import Chunk
from summarize.rankers.learned import make_inputs, predict, weigh_textbook_scores, weigh_title
from summarize.rankers.learned.columns import COLUMNS, compute_features
from summarize.rankers.learned.network import load_network
from summarize.summary import Contribution
from summarize.validation import check_number

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from summarize.document import Document

    Vector = NDArray[np.float64]

# The columns of the features, grouped by what they are about in words that a reader understands.
GROUPS = {
    "position in the text": (
        "place", "place 3", "place 10", "place 30", "from end", "first", "sentences",
    ),
    "position in paragraph and section": (
        "opens paragraph", "closes paragraph", "place in paragraph", "paragraph length", "paragraph place",
        "paragraph first", "paragraphs", "after heading", "place in section", "section place", "headings",
    ),
    "length": ("words", "words of mean", "content share", "letters a word"),
    "frequency and rarity of its words": (
        "frequency", "rarity", "mass", "new words", "words to come", "new words to come",
    ),
    "words often kept in summaries": ("kept words", "mean kept words"),
    SHARED: (
        "centroid", "centrality", "second centrality", "after", "before", "directed", "overlap",
        "first sentences", "lead", "last sentences",
    ),
    "similarity of its paragraph to the text": (
        "paragraph likeness", "paragraph rank", "opening likeness",
    ),
    TITLE: ("headings together",),
    "repeated phrases": ("phrases", "log phrases"),
    "punctuation, capitals and digits": (
        "capitals", "digits", "quotes", "questions", "brackets", "commas", "colons", "ends", "lower start",
    ),
    "opening words": ("dangling",),
    "content of the other texts": ("parts", "in other parts"),
}  # fmt: skip


def explain_learned(
    document: Document,
    *,
    overlap_weight: float = 0.1,
    directed_weight: float = 0.05,
    position_weight: float = 0.2,
    title_weight: float = 0.3,
) -> tuple[Vector, Parts]:
    """Score sentences as `learned` does, and divide each score among groups of features."""
    check_number("overlap_weight", overlap_weight)
    check_number("directed_weight", directed_weight)
    check_number("position_weight", position_weight)
    check_number("title_weight", title_weight)
    if not len(document):
        return np.zeros(0), lambda i: []
    chunk = Chunk([document])
    network, inputs = load_network(), make_inputs(compute_features(chunk))
    output = predict(chunk, inputs)
    weighted = weigh_textbook_scores(inputs, (overlap_weight, directed_weight, position_weight))
    overlap, direction, positions = weighted
    title = weigh_title(document, title_weight)
    clipped = np.clip(inputs, network.low, network.high)
    before = clipped @ network.hidden + network.bias
    slope, groups = find_slope(output), _group_columns()

    def parts(i: int) -> list[Contribution]:
        gains = slope * _integrate_gradients(clipped, before, network.hidden, network.output, i)
        named = [
            Contribution(what, float(sum(gains[k] for k in columns))) for what, columns in groups.items()
        ]
        shared = Contribution(SHARED, float(overlap[i] + direction[i]))
        titled = Contribution(TITLE, float(title[i]))
        return [*named, shared, titled, Contribution(POSITION, float(positions[i]))]

    scores: Vector = chunk.standardize(output) + weighted.sum(axis=0)
    return scores + title, parts


def _integrate_gradients(inputs: Vector, before: Vector, hidden: Vector, output: Vector, i: int) -> Vector:
    """Compute what each input contributes to ``network(i) - mean of network(j)``; shape (n_inputs,).

    Integrated gradients [1]_ along the straight line from every sentence j, averaged over j [2]_. With one
    hidden layer the integral is exact: between a and b, the mean slope of ``relu`` is
    ``(relu(b) - relu(a)) / (b - a)``. The contributions add up for any network.
    """
    way = before[i] - before
    rise = np.maximum(before[i], 0.0) - np.maximum(before, 0.0)
    # Where a and b are equal, the inputs along the line change nothing.
    slopes = np.divide(rise, way, out=np.zeros_like(way), where=np.abs(way) > 1e-12)
    n = len(before)
    pulled = inputs[i][:, None] * slopes.sum(axis=0) / n - inputs.T @ slopes / n
    gains: Vector = (pulled * hidden) @ output
    return gains


def _group_columns() -> dict[str, list[int]]:
    """List the inputs of the network by group; each column has two, as it is and standardized."""
    group_of = {column: group for group, columns in GROUPS.items() for column in columns}
    groups: dict[str, list[int]] = {}
    for k, column in enumerate(COLUMNS):
        groups.setdefault(group_of.get(column, "other features"), []).extend((k, k + len(COLUMNS)))
    return groups
