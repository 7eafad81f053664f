"""The scores of rankers taken apart: for every sentence, parts that add up to its score.

``ATTRIBUTIONS`` maps a ranker's name to a function that takes a document and the ranker's parameters, and
gives the scores and a function from a sentence to its parts. Rankers that are missing have scores that are
no sums of anything a person would understand.

References
----------
.. [1] Sundararajan, Taly & Yan 2017, "Axiomatic attribution for deep networks", ICML, arXiv:1703.01365.
.. [2] Erion, Janizek, Sturmfels, Lundberg & Lee 2021, doi:10.1038/s42256-021-00343-w.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from itertools import chain
from typing import TYPE_CHECKING

import numpy as np

from summarize.document import Contribution
from summarize.features.query import restart_by_relevance
from summarize.features.scores import document_position_scores, standardize
from summarize.features.tfidf import (
    Counts,
    as_matrix,
    count_terms,
    tf_idf,
    unit_rows,
)

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from summarize.document import Document

    Vector = NDArray[np.float64]

Parts = Callable[[int], list[Contribution]]
Attribution = Callable[..., tuple["Vector", Parts]]

# So many sentences are named each by itself; the others are one part.
_MOST_NAMED = 3
PLACE = "early place"
AVERAGE = "what the average sentence has"
QUERY = "the query"
OTHERS = "other sentences"
SHARED = "words shared with other sentences"
TITLE = "words of title and headings"

# The columns of the evidence by what they are about, as a person would say it.
GROUPS = {
    "place in the text": (
        "place", "place 3", "place 10", "place 30", "from end", "first", "sentences",
    ),
    "place in paragraph and section": (
        "opens paragraph", "closes paragraph", "place in paragraph", "paragraph length", "paragraph place",
        "paragraph first", "paragraphs", "after heading", "place in section", "section place", "headings",
    ),
    "length": ("words", "words of mean", "content share", "letters a word"),
    "weight of its words": (
        "frequency", "rarity", "mass", "new words", "words to come", "new words to come",
    ),
    "words that people keep": ("kept words", "mean kept words"),
    SHARED: (
        "centroid", "centrality", "second centrality", "after", "before", "directed", "overlap",
        "first sentences", "lead", "last sentences",
    ),
    "how well its paragraph sums up the text": (
        "paragraph likeness", "paragraph rank", "opening likeness",
    ),
    TITLE: ("headings together",),
    "repeated phrases": ("phrases", "log phrases"),
    "marks, capitals and figures": (
        "capitals", "digits", "quotes", "questions", "brackets", "commas", "colons", "ends", "lower start",
    ),
    "how it opens": ("dangling",),
    "what the other texts say": ("parts", "in other parts"),
}  # fmt: skip


def standardize_parts(scores: Vector, parts: Parts) -> Parts:
    """Parts of ``z(scores)`` from those of the scores; what is taken away as the mean is one more."""
    slope = _slope(scores)
    shift = -slope * float(scores.mean())

    def scaled(i: int) -> list[Contribution]:
        found = [replace(part, value=slope * part.value) for part in parts(i)]
        # Parts that are standardized themselves have no mean to take away.
        return [*found, Contribution(AVERAGE, shift)] if abs(shift) > 1e-9 else found

    return scaled


def _slope(values: Vector) -> float:
    """What ``standardize`` multiplies with."""
    deviation = float(values.std())
    return 1 / deviation if deviation > 1e-12 * float(np.abs(values).max()) else 0.0


def _with_position(
    document: Document, scores: Vector, parts: Parts, position_weight: float
) -> tuple[Vector, Parts]:
    if position_weight == 0 or len(scores) < 2:
        return scores, parts
    places = position_weight * standardize(document_position_scores(document))
    scaled = standardize_parts(scores, parts)
    return standardize(scores) + places, lambda i: [*scaled(i), Contribution(PLACE, float(places[i]))]


def _name_sentences(values: Vector, i: int) -> list[Contribution]:
    """The sentences that give most, each by itself, and what all others give together."""
    order = np.argsort(-np.abs(values), kind="stable")
    best = [int(j) for j in order[:_MOST_NAMED] if values[j]]
    rest = float(values.sum() - values[best].sum())
    named = [Contribution("itself" if j == i else f"sentence {j + 1}", float(values[j]), j) for j in best]
    return [*named, Contribution(OTHERS, rest)] if len(np.flatnonzero(values)) > len(best) else named


# --- One function a ranker ------------------------------------------------------------------------


def _lead(document: Document) -> tuple[Vector, Parts]:
    from summarize.rankers.lead import lead

    scores = lead(document)
    return scores, lambda i: [Contribution(PLACE, float(scores[i]))]


def _ensemble(
    document: Document, *, textrank_weight: float, directed_weight: float, position_weight: float
) -> tuple[Vector, Parts]:
    from summarize.rankers.directed import sum_directed
    from summarize.rankers.textrank import walk_shared_words

    counts = count_terms(document)
    walked = walk_shared_words(document, counts, 0.85, False)
    terms = {
        "words shared with other sentences": textrank_weight * standardize(walked),
        "likeness to later sentences": directed_weight * standardize(sum_directed(counts, -0.3, 1.0)),
        PLACE: position_weight * standardize(document_position_scores(document)),
    }
    scores: Vector = np.sum(list(terms.values()), axis=0)
    return scores, lambda i: [Contribution(what, float(values[i])) for what, values in terms.items()]


def _learned(
    document: Document,
    *,
    overlap_weight: float,
    directed_weight: float,
    position_weight: float,
    title_weight: float,
) -> tuple[Vector, Parts]:
    from summarize.rankers.learned import (
        judge,
        load_network,
        make_inputs,
        weigh_measures,
        weigh_title,
    )
    from summarize.rankers.learned.columns import collect_evidence

    if not len(document):
        return np.zeros(0), lambda i: []
    network, inputs = load_network(), make_inputs(collect_evidence(document))
    output = judge(document, inputs)
    clipped = np.clip(inputs, network.low, network.high)
    weights = (overlap_weight, directed_weight, position_weight)
    overlap, direction, places = weigh_measures(inputs, weights)
    title = weigh_title(document, title_weight)
    before = clipped @ network.hidden + network.bias
    slope, groups = _slope(output), _group_columns()

    def parts(i: int) -> list[Contribution]:
        gains = slope * _integrate_gradients(clipped, before, network.hidden, network.output, i)
        named = [
            Contribution(what, float(sum(gains[k] for k in columns))) for what, columns in groups.items()
        ]
        shared = Contribution(SHARED, float(overlap[i] + direction[i]))
        titled = Contribution(TITLE, float(title[i]))
        return [*named, shared, titled, Contribution(PLACE, float(places[i]))]

    return standardize(output) + overlap + direction + places + title, parts


def _integrate_gradients(inputs: Vector, before: Vector, hidden: Vector, output: Vector, i: int) -> Vector:
    """What each input gives to ``network(i) - mean of network(j)``; shape (n_inputs,).

    Integrated gradients [1]_ along the straight line from every sentence j, the mean over j [2]_. With one
    hidden layer the integral is exact: over the way from a to b the mean slope of ``relu`` is
    ``(relu(b) - relu(a)) / (b - a)``. The parts add up, whatever the network.
    """
    way = before[i] - before
    rise = np.maximum(before[i], 0.0) - np.maximum(before, 0.0)
    # Where a and b are the same, the inputs on the way change nothing.
    slopes = np.divide(rise, way, out=np.zeros_like(way), where=np.abs(way) > 1e-12)
    n = len(before)
    pulled = inputs[i][:, None] * slopes.sum(axis=0) / n - inputs.T @ slopes / n
    gains: Vector = (pulled * hidden) @ output
    return gains


def _group_columns() -> dict[str, list[int]]:
    """Inputs of the network by group: every column stands there as it is, and standardized."""
    from summarize.rankers.learned.columns import COLUMNS

    group_of = {column: group for group, columns in GROUPS.items() for column in columns}
    groups: dict[str, list[int]] = {}
    for k, column in enumerate(COLUMNS):
        groups.setdefault(group_of.get(column, "other evidence"), []).extend((k, k + len(COLUMNS)))
    return groups


def _textrank(
    document: Document, *, damping: float, self_loops: bool, query_bias: float
) -> tuple[Vector, Parts]:
    from summarize.rankers.textrank import link_by_words, textrank

    scores = textrank(document, damping=damping, self_loops=self_loops, query_bias=query_bias)
    counts = count_terms(document)
    multiply, degrees = link_by_words(document, counts, self_loops)
    return scores, _walk_parts(document, counts, scores, multiply, degrees, damping, query_bias)


def _lexrank(
    document: Document,
    *,
    damping: float,
    threshold: float | None,
    position_weight: float,
    query_bias: float,
) -> tuple[Vector, Parts]:
    from summarize.rankers.lexrank import lexrank, link_by_cosine

    scores = lexrank(document, damping=damping, threshold=threshold, query_bias=query_bias)
    counts = count_terms(document)
    vectors = as_matrix(counts, unit_rows(counts, tf_idf(counts)))
    multiply, degrees = link_by_cosine(vectors, threshold)
    parts = _walk_parts(document, counts, scores, multiply, degrees, damping, query_bias)
    return _with_position(document, scores, parts, position_weight)


def _walk_parts(
    document: Document,
    counts: Counts,
    scores: Vector,
    multiply: Callable[[Vector], Vector],
    degrees: Vector,
    damping: float,
    query_bias: float,
) -> Parts:
    """What a walk brings to a sentence from each other, and by starting there.

    In balance ``x_i = d Σ_j W_ij x_j / D_j + (1 - d + d m) r_i``: m the mass on sentences without neighbours,
    r where the walk starts again.
    """
    n = len(document)
    restart = restart_by_relevance(document, counts, query_bias)
    starts = np.full(n, 1 / max(1, n)) if restart is None else restart
    linked = degrees > 1e-12 * degrees.max(initial=0.0)
    alone = float(scores[~linked].sum())
    passed = damping * np.divide(scores, degrees, out=np.zeros(n), where=linked)

    def parts(i: int) -> list[Contribution]:
        unit = np.zeros(n)
        unit[i] = 1.0
        # W is symmetric: a row is a column. What is below is rounding.
        row = np.where(linked & linked[i], multiply(unit), 0.0)
        row[row < 1e-12] = 0.0
        base = (1 - damping + damping * alone) * float(starts[i])
        return [*_name_sentences(row * passed, i), Contribution("its share of fresh starts", base)]

    return parts


def _directed(document: Document, *, backward_weight: float, forward_weight: float) -> tuple[Vector, Parts]:
    from summarize.rankers.directed import directed

    scores = directed(document, backward_weight=backward_weight, forward_weight=forward_weight)
    cosines = cosine_rows(document)
    i_all = np.arange(len(document))

    def parts(i: int) -> list[Contribution]:
        weights = np.where(i_all < i, backward_weight, np.where(i_all > i, forward_weight, 0.0))
        return _name_sentences(weights * cosines(i), i)

    return scores, parts


def cosine_rows(document: Document) -> Callable[[int], Vector]:
    """A function from a sentence to the cosines of its tf-idf vector with all; shape (n_sentences,)."""
    counts = count_terms(document)
    weights = unit_rows(counts, tf_idf(counts))

    def row(i: int) -> Vector:
        mine = slice(*counts.rows.searchsorted((i, i + 1)))
        vector = np.bincount(counts.terms[mine], weights=weights[mine], minlength=counts.n_terms)
        products = weights * vector[counts.terms]
        return np.bincount(counts.rows, weights=products, minlength=len(document)).astype(np.float64)

    return row


def _centroid(document: Document, *, position_weight: float) -> tuple[Vector, Parts]:
    from summarize.rankers.centroid import centroid

    scores = centroid(document)
    cosines = cosine_rows(document)
    n = max(1, len(document))
    return _with_position(document, scores, lambda i: _name_sentences(cosines(i) / n, i), position_weight)


ATTRIBUTIONS: dict[str, Attribution] = {
    "lead": _lead,
    "ensemble": _ensemble,
    "learned": _learned,
    "textrank": _textrank,
    "lexrank": _lexrank,
    "directed": _directed,
    "centroid": _centroid,
}


def add_parts(*lists: Iterable[Contribution]) -> tuple[Contribution, ...]:
    """All of them, those of one name added up; the greatest first, and none that is nothing."""
    sums: dict[str, Contribution] = {}
    for part in chain.from_iterable(lists):
        known = sums.get(part.what)
        sums[part.what] = replace(part, value=part.value + known.value) if known else part
    return tuple(sorted((part for part in sums.values() if part.value), key=lambda part: -abs(part.value)))
