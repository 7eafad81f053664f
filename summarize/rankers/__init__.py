"""Document -> scores: the table of rankers.

A ranker is a callable ``(Document) -> ndarray of shape (n_sentences,)``; larger is more salient. Its
options are keyword-only. Add one by writing its file and its line here: the command line, the help, the
contract tests and the benchmark follow from the line. A ranker for which that is faster may also score a
chunk of documents at once.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from summarize.registry import Entry


class RankerEntry(Entry):
    """One line of the table of rankers.

    Attributes
    ----------
    paper : str
        Authors and year of the paper that describes the ranker; empty if there is none.
    selector : str
        The selector to use unless the user names one.
    reads : tuple of str
        What the ranker looks at besides positions: any of ``"words"`` and ``"titles"``.
    chunk_scorer : str
        The function that scores a `summarize.features.chunk.Chunk` of documents at once, as
        ``"package.module:function"``: ``(Chunk) -> ndarray of shape (n_sentences,)``, with the options of the
        ranker and the same scores, bit for bit. Empty if documents are ranked one by one.
    explainer : str
        The function that divides scores into their parts, as ``"package.module:function"``; see
        `summarize.contributions`. Empty if the scores are not a sum that a reader would understand.
    """

    def __init__(
        self,
        target: str,
        summary: str,
        paper: str = "",
        selector: str = "greedy",
        reads: tuple[str, ...] = ("words",),
        explainer: str = "",
        chunk_scorer: str = "",
    ) -> None:
        super().__init__(target, summary)
        self.paper, self.selector, self.reads = paper, selector, reads
        self.explainer, self.chunk_scorer = explainer, chunk_scorer

    def load_chunk_scorer(self) -> Callable[..., Any] | None:
        """Import the function that scores a chunk of documents; None if there is none."""
        return Entry(self.chunk_scorer, "").load() if self.chunk_scorer else None

    def load_explainer(self) -> Callable[..., Any] | None:
        """Import the function that explains scores; None if there is none."""
        return Entry(self.explainer, "").load() if self.explainer else None


_HERE = "summarize.rankers"
_SUMY = "summarize.rankers.sumy_adapter"

RANKERS = {
    "lead": RankerEntry(
        f"{_HERE}.lead:lead",
        "the beginning of the text",
        reads=(),
        explainer=f"{_HERE}.lead:explain_lead",
    ),
    "random": RankerEntry(f"{_HERE}.random_order:random_order", "sentences in random order", reads=()),
    "learned": RankerEntry(
        f"{_HERE}.learned:learned",
        "a small network trained on what people keep, with textbook scores",
        selector="novelty",
        reads=("words", "titles"),
        explainer=f"{_HERE}.learned.explanation:explain_learned",
        chunk_scorer=f"{_HERE}.learned:score_chunk",
    ),
    "ensemble": RankerEntry(
        f"{_HERE}.ensemble:ensemble",
        "a weighted sum of textrank, directed and position",
        explainer=f"{_HERE}.ensemble:explain_ensemble",
    ),
    "textrank": RankerEntry(
        f"{_HERE}.textrank:textrank",
        "random walk over shared words",
        "Mihalcea & Tarau 2004",
        explainer=f"{_HERE}.textrank:explain_textrank",
    ),
    "lexrank": RankerEntry(
        f"{_HERE}.lexrank:lexrank",
        "random walk over tf-idf cosines",
        "Erkan & Radev 2004",
        explainer=f"{_HERE}.lexrank:explain_lexrank",
    ),
    "lsa": RankerEntry(f"{_HERE}.lsa:lsa", "centrality in the latent topics", "Steinberger & Ježek 2004"),
    "centroid": RankerEntry(
        f"{_HERE}.centroid:centroid",
        "similarity to the average sentence",
        "Radev et al. 2004",
        explainer=f"{_HERE}.centroid:explain_centroid",
    ),
    "directed": RankerEntry(
        f"{_HERE}.directed:directed",
        "centrality in which similarity to earlier sentences counts against",
        "Zheng & Lapata 2019",
        explainer=f"{_HERE}.directed:explain_directed",
    ),
    "sumy-luhn": RankerEntry(f"{_SUMY}:luhn", "sumy: clusters of significant words", "Luhn 1958"),
    "sumy-edmundson": RankerEntry(
        f"{_SUMY}:edmundson",
        "sumy: the words of headings are cues",
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
