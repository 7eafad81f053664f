"""Scores and a length -> indices: the table of selectors.

A selector is a callable ``(document, scores, length) -> indices``. Add one by writing its file and
its line here; command line, help and contract tests follow from the line.
"""

from __future__ import annotations

from dataclasses import dataclass

from summarize.registry import Entry


@dataclass(frozen=True, slots=True)
class SelectorEntry(Entry):
    """One line of the table of selectors.

    Attributes
    ----------
    paper : str
        Authors and year of the paper that describes the selector; empty if there is none.
    """

    paper: str = ""


SELECTORS = {
    "greedy": SelectorEntry(
        "summarize.selectors.greedy:greedy",
        "best scores first, whatever still fits, no sentence twice",
        "",
    ),
    "mmr": SelectorEntry(
        "summarize.selectors.mmr:mmr",
        "maximal marginal relevance: salient, and unlike what is already chosen",
        "Carbonell & Goldstein 1998",
    ),
    "novelty": SelectorEntry(
        "summarize.selectors.novelty:novelty",
        "best scores first, less what is already said and what cannot stand alone",
        "",
    ),
    "coverage": SelectorEntry(
        "summarize.selectors.coverage:coverage",
        "what covers most that is new of what many sentences share, for its cost",
        "Lin & Bilmes 2011",
    ),
}
# Of scores by a function of the user's own; each ranker of the table names its own.
DEFAULT = "greedy"
# Several texts on one matter say most things more than once.
FOR_SEVERAL = "novelty"
