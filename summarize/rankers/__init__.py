"""Document -> scores: the table of rankers.

A ranker is a callable ``(Document) -> ndarray of shape (n_sentences,)``, larger is more salient; its
tunables are keyword-only. Add one by writing its file and its line here: the command line, the help,
the contract tests and the benchmark follow from the line.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from typing import Any

from summarize.registry import Entry


@dataclass(frozen=True, slots=True)
class RankerEntry(Entry):
    """One line of the table of rankers.

    Attributes
    ----------
    paper : str
        Authors and year of the paper that describes the ranker; empty if there is none.
    selector : str
        The selector to use unless the user names one.
    explainer : str
        Name of the function, in the ranker's module, that returns the scores together with what they add up
        from; empty if the scores are not sums. It is ``(Document, **options) -> (scores, parts)``; see
        `summarize.contributions`.
    reads : tuple of str
        What the ranker looks at besides positions: any of ``"words"`` and ``"titles"``.
    """

    paper: str = ""
    selector: str = "greedy"
    explainer: str = ""
    reads: tuple[str, ...] = ("words",)

    def load_explainer(self) -> Callable[..., Any] | None:
        """Import the explainer; None if the ranker has none."""
        if not self.explainer:
            return None
        explain: Callable[..., Any] = getattr(import_module(self.target.partition(":")[0]), self.explainer)
        return explain


_SUMY = "summarize.rankers.sumy_adapter"

RANKERS = {
    "lead": RankerEntry(
        "summarize.rankers.lead:lead", "the beginning of the text", explainer="explain_lead", reads=()
    ),
    "random": RankerEntry(
        "summarize.rankers.random_order:random_order", "sentences in random order", reads=()
    ),
    "learned": RankerEntry(
        "summarize.rankers.learned:learned",
        "a small network trained on what people keep, with textbook scores",
        selector="novelty",
        explainer="explain_learned",
        reads=("words", "titles"),
    ),
    "ensemble": RankerEntry(
        "summarize.rankers.ensemble:ensemble",
        "a weighted sum of textrank, directed and position",
        explainer="explain_ensemble",
    ),
    "textrank": RankerEntry(
        "summarize.rankers.textrank:textrank",
        "random walk over shared words",
        "Mihalcea & Tarau 2004",
        explainer="explain_textrank",
    ),
    "lexrank": RankerEntry(
        "summarize.rankers.lexrank:lexrank",
        "random walk over tf-idf cosines",
        "Erkan & Radev 2004",
        explainer="explain_lexrank",
    ),
    "lsa": RankerEntry(
        "summarize.rankers.lsa:lsa", "centrality in the latent topics", "Steinberger & Ježek 2004"
    ),
    "centroid": RankerEntry(
        "summarize.rankers.centroid:centroid",
        "nearness to the text's average sentence",
        "Radev et al. 2004",
        explainer="explain_centroid",
    ),
    "directed": RankerEntry(
        "summarize.rankers.directed:directed",
        "centrality in which likeness to earlier sentences counts against",
        "Zheng & Lapata 2019",
        explainer="explain_directed",
    ),
    "sumy-luhn": RankerEntry(f"{_SUMY}:luhn", "sumy: clusters of significant words", "Luhn 1958"),
    "sumy-edmundson": RankerEntry(
        f"{_SUMY}:edmundson",
        "sumy: words of the headings are cues",
        "Edmundson 1969",
        reads=("words", "titles"),
    ),
    "sumy-sum-basic": RankerEntry(
        f"{_SUMY}:sum_basic", "sumy: frequent words, each once", "Vanderwende et al. 2007"
    ),
    "sumy-kl": RankerEntry(
        f"{_SUMY}:kl", "sumy: least divergence from the text", "Haghighi & Vanderwende 2009"
    ),
    "sumy-reduction": RankerEntry(f"{_SUMY}:reduction", "sumy: sum of shared-word weights"),
    "sumy-textrank": RankerEntry(
        f"{_SUMY}:textrank", "sumy's TextRank, for comparison", "Mihalcea & Tarau 2004"
    ),
    "sumy-lexrank": RankerEntry(f"{_SUMY}:lexrank", "sumy's LexRank, for comparison", "Erkan & Radev 2004"),
    "sumy-lsa": RankerEntry(f"{_SUMY}:lsa", "sumy's LSA, for comparison", "Steinberger & Ježek 2004"),
}
DEFAULT = "learned"
