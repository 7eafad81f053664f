"""Document -> scores: the table of rankers.

A ranker is a callable ``(Document) -> ndarray of shape (n_sentences,)``, larger is more salient; its
tunables are keyword-only. Add one by writing its file and its line here: the command line, the help,
the contract tests and the benchmark follow from the line.
"""

from __future__ import annotations

from typing import NamedTuple


class Entry(NamedTuple):
    """Where a ranker is, what it is, and by which selector its scores are chosen if the user names none."""

    module: str
    function: str
    summary: str
    paper: str
    selector: str = "greedy"


_SUMY = "summarize.rankers.sumy_adapter"

RANKERS = {
    "lead": Entry("summarize.rankers.lead", "lead", "the beginning of the text", ""),
    "random": Entry("summarize.rankers.random_order", "random_order", "sentences drawn by lot", ""),
    "learned": Entry(
        "summarize.rankers.learned",
        "learned",
        "a small network that was taught what people keep, and textbook measures",
        "",
        "novelty",
    ),
    "ensemble": Entry(
        "summarize.rankers.ensemble",
        "ensemble",
        "textrank, directed and an early place, added up",
        "",
    ),
    "textrank": Entry(
        "summarize.rankers.textrank", "textrank", "random walk over shared words", "Mihalcea & Tarau 2004"
    ),
    "lexrank": Entry(
        "summarize.rankers.lexrank", "lexrank", "random walk over tf-idf cosines", "Erkan & Radev 2004"
    ),
    "lsa": Entry(
        "summarize.rankers.lsa", "lsa", "centrality in the latent topics", "Steinberger & Ježek 2004"
    ),
    "centroid": Entry(
        "summarize.rankers.centroid",
        "centroid",
        "nearness to the text's average sentence",
        "Radev et al. 2004",
    ),
    "directed": Entry(
        "summarize.rankers.directed",
        "directed",
        "centrality in which likeness to earlier sentences counts against",
        "Zheng & Lapata 2019",
    ),
    "sumy-luhn": Entry(_SUMY, "luhn", "sumy: clusters of significant words", "Luhn 1958"),
    "sumy-edmundson": Entry(_SUMY, "edmundson", "sumy: words of the headings are cues", "Edmundson 1969"),
    "sumy-sum-basic": Entry(_SUMY, "sum_basic", "sumy: frequent words, each once", "Vanderwende et al. 2007"),
    "sumy-kl": Entry(_SUMY, "kl", "sumy: least divergence from the text", "Haghighi & Vanderwende 2009"),
    "sumy-reduction": Entry(_SUMY, "reduction", "sumy: sum of shared-word weights", ""),
    "sumy-textrank": Entry(_SUMY, "textrank", "sumy's TextRank, for comparison", "Mihalcea & Tarau 2004"),
    "sumy-lexrank": Entry(_SUMY, "lexrank", "sumy's LexRank, for comparison", "Erkan & Radev 2004"),
    "sumy-lsa": Entry(_SUMY, "lsa", "sumy's LSA, for comparison", "Steinberger & Ježek 2004"),
}
DEFAULT = "learned"
