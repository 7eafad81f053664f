"""What spoke for the sentences of a summary, in words a person understands."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any

import numpy as np

from summarize.contributions import ATTRIBUTIONS, QUERY, Parts, add_parts, cosine_rows, standardize_parts
from summarize.document import Contribution, Explanation, Link
from summarize.features.query import WEIGHT, add_relevance, score_relevance
from summarize.features.scores import standardize
from summarize.features.tfidf import count_terms, inverse_frequencies
from summarize.languages import find_language
from summarize.rankers import RANKERS
from summarize.tokenization.terms import find_terms
from summarize.tokenization.words import load_word_finder

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from summarize.document import Document, Summary

_MOST_LINKS, _MOST_WORDS = 3, 5
# Rankers that do not look at words, and those that look at titles.
_BLIND = frozenset(("lead", "random"))
_LOOK_AT_TITLES = frozenset(("learned", "sumy-edmundson"))


def explain(summary: Summary) -> tuple[Explanation, ...]:
    """What spoke for each chosen sentence.

    Parameters
    ----------
    summary : Summary

    Returns
    -------
    tuple of Explanation
        One for each sentence of ``summary.order``. Contributions add up to the score, to nine digits of the
        greatest score; there are none where a ranker's scores are no sums, or the ranker is a function.

    Notes
    -----
    How the parts of each ranker's scores are found is said in `summarize.contributions`. Time grows with the
    sentences chosen times those of the text.
    """
    document = summary.document
    if not summary.order:
        return ()
    parts = _take_apart(summary)
    barred = np.array([0.0 if sentence.candidate else np.inf for sentence in document.sentences])
    order = np.argsort(barred - summary.scores, kind="stable").tolist()
    ranks = {i: rank for rank, i in enumerate(order, 1)}
    reader = _Reader(document)
    return tuple(_explain_sentence(summary, i, ranks[i], parts(i), reader) for i in summary.order)


def _take_apart(summary: Summary) -> Callable[[int], tuple[Contribution, ...]]:
    """A function from a sentence to the parts of its score; to none where they cannot be told."""
    document, options = summary.document, summary.options
    attribute = ATTRIBUTIONS.get(summary.ranker)
    if attribute is None:
        return lambda i: ()
    wanted = inspect.signature(attribute).parameters.values()
    defaults = _defaults(summary.ranker)
    chosen = {p.name: options.get(p.name, defaults.get(p.name)) for p in wanted if p.kind is p.KEYWORD_ONLY}
    scores, parts = attribute(document, **chosen)
    weight = options.get("query_weight", WEIGHT)
    focused = add_relevance(document, scores, query_weight=weight)
    # A function may bear the name of a ranker and be none.
    greatest = float(np.abs(summary.scores).max(initial=0.0))
    if not np.allclose(focused, summary.scores, rtol=0, atol=1e-9 * greatest):
        return lambda i: ()
    if focused is scores:
        return lambda i: add_parts(parts(i))
    scaled: Parts = standardize_parts(scores, parts)
    relevance = weight * standardize(score_relevance(document))
    return lambda i: add_parts(scaled(i), [Contribution(QUERY, float(relevance[i]))])


def _defaults(ranker: str) -> dict[str, Any]:
    """The parameters of a ranker, as they are if none are given."""
    function = RANKERS[ranker].load()
    return {p.name: p.default for p in inspect.signature(function).parameters.values()}


def _explain_sentence(
    summary: Summary, i: int, rank: int, contributions: tuple[Contribution, ...], reader: _Reader
) -> Explanation:
    document = summary.document
    part = document.find_part(i)
    first, stop = (part.first, part.stop) if part else (0, len(document))
    forms = reader.read(i)
    links: tuple[Link, ...] = ()
    if summary.ranker in RANKERS and summary.ranker not in _BLIND:
        links = reader.link(i, forms, [c.index for c in contributions if c.index is not None and c.value > 0])
    looks = summary.ranker in _LOOK_AT_TITLES
    return Explanation(
        index=i,
        score=float(summary.scores[i]),
        rank=rank,
        place=i - first + 1,
        of=stop - first,
        source=part.source if part else None,
        links=links,
        title_words=reader.pick(forms, reader.titles) if looks else (),
        query_words=reader.pick(forms, document.query),
        contributions=contributions,
    )


class _Reader:
    """Finds the words of a document's sentences as they are written."""

    def __init__(self, document: Document) -> None:
        self._document = document
        self._language = find_language(document.language)
        self._rarity: NDArray[np.float64] = inverse_frequencies(count_terms(document))
        self._cosines = cosine_rows(document)
        headings = (s.index for s in document.sentences if s.kind == "heading")
        # Terms of the title and of the headings.
        self.titles = set(document.title).union(*map(self._terms, headings))

    def read(self, i: int) -> dict[int, str]:
        """From each term of a sentence to the word that it is there; the rarest terms come first."""
        words = load_word_finder(self._language)(self._document.sentences[i].text)
        found = find_terms(words, self._language)
        forms: dict[str, str] = {}
        for word, start, end in zip(words, found.offsets, found.offsets[1:], strict=False):
            for k in found.ids[start:end]:
                forms.setdefault(found.vocabulary[k], word)
        terms = sorted(self._terms(i), key=lambda term: (-self._rarity[term], term))
        names = self._document.vocabulary
        return {term: forms.get(names[term], names[term]) for term in terms}

    def link(self, i: int, forms: dict[int, str], given: list[int]) -> tuple[Link, ...]:
        """The sentences that gave most, or, where that is not known, those most alike."""
        others = given
        if not others:
            cosines = self._cosines(i)
            cosines[i] = 0
            order = np.argsort(-cosines, kind="stable")[:_MOST_LINKS].tolist()
            others = [j for j in order if cosines[j] > 0]
        return tuple(Link(j, self.pick(forms, self._terms(j))) for j in others if j != i)

    def pick(self, forms: dict[int, str], terms: Iterable[int]) -> tuple[str, ...]:
        """The words of a sentence that are among these terms."""
        wanted = set(terms)
        return tuple(word for term, word in forms.items() if term in wanted)[:_MOST_WORDS]

    def _terms(self, i: int) -> set[int]:
        start, end = self._document.offsets[i : i + 2]
        return set(self._document.terms[start:end].tolist())
