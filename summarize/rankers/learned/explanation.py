"""Explain the learned ranker: what each group of features contributes to a score.

References
----------
.. [1] Saabas 2014, "Interpreting random forests", https://blog.datadive.net/interpreting-random-forests
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import TYPE_CHECKING

import numpy as np

from summarize.contributions import POSITION, SHARED, TITLE, Parts, find_slope
from summarize.features.chunk import Chunk
from summarize.languages.cues import GROUPS as GROUPS_OF_CUES
from summarize.languages.cues import SECTIONS
from summarize.rankers.learned import make_inputs, predict, weigh_title
from summarize.rankers.learned.columns import COLUMNS, compute_features
from summarize.rankers.learned.trees import N_LEAVES, find_leaves, load_trees
from summarize.summary import Contribution
from summarize.validation import check_number

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from summarize.document import Document

    Vector = NDArray[np.float64]

_TOLD = GROUPS_OF_CUES.index("time") + 1
_GRAMMAR = tuple(f"{group} words" for group in GROUPS_OF_CUES[_TOLD:])
_IN_SECTIONS = tuple(f"in {section}" for section in SECTIONS)
# The columns of the features, grouped by what they are about in words that a reader understands.
GROUPS = {
    "position in the text": (
        "place", "place 3", "place 10", "place 30", "from end", "from end 2", "from end 10", "from end 30",
        "first", "sentences", "sentences before", "sentences after", "words before", "words after",
        "place by words", "candidate", "candidates before", "candidates after", "place among candidates",
    ),
    "position in paragraph and section": (
        "opens paragraph", "closes paragraph", "place in paragraph", "paragraph length", "paragraph place",
        "paragraph first", "paragraphs", "paragraphs after", "last paragraph", "after heading",
        "place in section", "section place", "headings",
    ),
    "kind of section": _IN_SECTIONS,
    "length": ("words", "words of mean", "content share", "letters a word"),
    "frequency and rarity of its words": (
        "frequency", "rarity", "mass", "new words", "words to come", "new words to come",
    ),
    "words of sentences that readers pick": ("picked words", "mean picked words"),
    "words of decisions and events": ("decision words", "event words", "speech words", "time words"),
    "words of purposes and results": (
        "purpose words", "result words", "background words", "plan words", "law words",
    ),
    "person, tense and connectives": _GRAMMAR,
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


def explain_learned(document: Document, *, title_weight: float = 0.3) -> tuple[Vector, Parts]:
    """Score sentences as `learned` does, and divide each score among groups of features."""
    check_number("title_weight", title_weight)
    if not len(document):
        return np.zeros(0), lambda i: []
    chunk = Chunk([document])
    output = predict(chunk)
    title = weigh_title(document, title_weight)
    slope = find_slope(output)
    # A text of stop words only is ranked by position.
    names, gains = (GROUPS, _divide_output(chunk)) if len(chunk.terms) else ((POSITION,), output[None])
    gains = slope * (gains - gains.mean(axis=1, keepdims=True))

    def parts(i: int) -> list[Contribution]:
        named = map(Contribution, names, gains[:, i].tolist())
        return [*named, Contribution(TITLE, float(title[i]))]

    scores: Vector = chunk.standardize(output)
    return scores + title, parts


def _divide_output(chunk: Chunk) -> Vector:
    """Divide the output of the trees for each sentence among the groups, shape (n_groups, n_sentences).

    On the way down a tree, each test moves the expected output from that of a node to that of its child; the
    difference belongs to the group of the tested input [1]_. What no test explains is the same for all
    sentences.
    """
    trees = load_trees()
    inputs = make_inputs(compute_features(chunk)).T.astype(np.float32)
    gains = np.zeros((len(GROUPS), inputs.shape[1]))
    for leaves, divided in zip(find_leaves(trees, inputs), _divide_leaves(), strict=True):
        gains += divided.take(leaves, axis=1)
    return gains


@cache
def _divide_leaves() -> list[Vector]:
    """Divide the value of each leaf among the groups, less the mean of its tree; shape (n_groups, 8)."""
    trees = load_trees()
    number = {column: k for k, columns in enumerate(GROUPS.values()) for column in columns}
    groups = [number[COLUMNS[column % len(COLUMNS)]] for column in trees.inputs.tolist()]
    divided = []
    for tests, ruled_out, values, counts in zip(
        trees.tests.tolist(), trees.ruled_out.tolist(), trees.values, trees.counts, strict=True
    ):
        pairs = zip(tests, ruled_out, strict=True)
        nodes = [(groups[test], mask.bit_count()) for test, mask in pairs if mask]
        gains = np.zeros((len(GROUPS), N_LEAVES))
        _descend(iter(nodes), 0, len(nodes) + 1, values, counts, gains)
        divided.append(gains)
    return divided


def _descend(
    nodes: Iterator[tuple[int, int]], first: int, stop: int, values: Vector, counts: Vector, gains: Vector
) -> None:
    """Add what the tests of a subtree bring to its leaves, which have the numbers from `first` to `stop`.

    The nodes come from the top down and from left to right, each with its group and how many leaves are on
    its left.
    """
    if stop - first == 1:
        return
    group, n_left = next(nodes)
    mean = np.average(values[first:stop], weights=counts[first:stop])
    for start, end in ((first, first + n_left), (first + n_left, stop)):
        gains[group, start:end] += np.average(values[start:end], weights=counts[start:end]) - mean
        _descend(nodes, start, end, values, counts, gains)
