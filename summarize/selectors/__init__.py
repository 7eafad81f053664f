"""List the selectors, which choose sentences by their scores within a length.

A selector is a callable ``(document, scores, length) -> indices``. To add one, write its file and add a line
to `SELECTORS`. The command, its help and the contract tests follow from that line.
"""

from __future__ import annotations

from summarize.registry import Entry


class SelectorEntry(Entry):
    """Describe one selector of the table.

    Attributes
    ----------
    paper : str
        Authors and year of the paper that describes the selector, or ``""``.
    """

    def __init__(self, target: str, summary: str, paper: str = "") -> None:
        super().__init__(target, summary)
        self.paper = paper


SELECTORS = {
    "greedy": SelectorEntry(
        "summarize.selectors.greedy:greedy",
        "highest scores first, as long as they fit, without repeats",
        "",
    ),
    "mmr": SelectorEntry(
        "summarize.selectors.mmr:mmr",
        "maximal marginal relevance: salient sentences, different from those already chosen",
        "Carbonell & Goldstein 1998",
    ),
    "novelty": SelectorEntry(
        "summarize.selectors.novelty:novelty",
        "highest scores first, with penalties for repeated content and dangling openings",
        "",
    ),
    "coverage": SelectorEntry(
        "summarize.selectors.coverage:coverage",
        "most new content shared by many sentences, relative to its cost",
        "Lin & Bilmes 2011",
    ),
}
# For a user's ranking functions. Each ranker in the table names its own default.
DEFAULT = "greedy"
# Several texts on one topic repeat most of their content.
FOR_SEVERAL = "novelty"
