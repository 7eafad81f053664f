"""Explain why the sentences of a summary were chosen."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

import numpy as np

from summarize.contributions import QUERY, Parts, add_parts, standardize_parts
from summarize.features.query import score_relevance
from summarize.features.scores import standardize
from summarize.features.tfidf import cosine_rows, count_terms, inverse_frequencies
from summarize.languages import find_language
from summarize.summary import Contribution, Explanation, Link
from summarize.tokenization.terms import find_terms
from summarize.tokenization.words import load_word_finder

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from summarize.document import Document
    from summarize.summary import Summary

_MAX_LINKS, _MAX_WORDS = 3, 5


def explain(
    summary: Summary,
    scores: NDArray[np.float64],
    parts: Parts | None,
    *,
    reads: tuple[str, ...] = (),
    query_weight: float = 0.0,
) -> tuple[Explanation, ...]:
    """Explain why each sentence of a summary was chosen.

    Parameters
    ----------
    summary : Summary
    scores : ndarray of float64, shape (n_sentences,)
        What the ranker returned, before the query was added.
    parts : callable or None
        From the index of a sentence to the contributions that add up to its score, as the explainer of the
        ranker returns it; None if the ranker has none.
    reads : tuple of str
        What the ranker looks at besides positions: any of ``"words"`` and ``"titles"``.
    query_weight : float
        Weight of the relevance to the query.

    Returns
    -------
    tuple of Explanation
        One for each sentence of ``summary.order``. Contributions add up to the score, to nine digits of the
        largest score.

    Notes
    -----
    The time grows with the number of chosen sentences times the length of the text.
    """
    document = summary.document
    if not summary.order:
        return ()
    divide = _divide_scores(document, scores, parts, query_weight)
    excluded = np.array([0.0 if sentence.candidate else np.inf for sentence in document.sentences])
    order = np.argsort(excluded - summary.scores, kind="stable").tolist()
    ranks = {i: rank for rank, i in enumerate(order, 1)}
    reader = _Reader(document)
    return tuple(_explain_sentence(summary, i, ranks[i], divide(i), reader, reads) for i in summary.order)


def _divide_scores(
    document: Document, scores: NDArray[np.float64], parts: Parts | None, query_weight: float
) -> Callable[[int], tuple[Contribution, ...]]:
    """Return a function from a sentence to the parts of its score, including that of the query."""
    if parts is None:
        return lambda i: ()
    if not document.query or query_weight == 0:
        return lambda i: add_parts(parts(i))
    scaled = standardize_parts(scores, parts)
    relevance = query_weight * standardize(score_relevance(document))
    return lambda i: add_parts(scaled(i), [Contribution(QUERY, float(relevance[i]))])


def _explain_sentence(
    summary: Summary,
    i: int,
    rank: int,
    contributions: tuple[Contribution, ...],
    reader: _Reader,
    reads: tuple[str, ...],
) -> Explanation:
    document = summary.document
    part = document.find_part(i)
    first, stop = (part.first, part.stop) if part else (0, len(document))
    forms = reader.read(i)
    links: tuple[Link, ...] = ()
    if "words" in reads:
        links = reader.link(i, forms, [c.index for c in contributions if c.index is not None and c.value > 0])
    return Explanation(
        index=i,
        score=float(summary.scores[i]),
        rank=rank,
        place=i - first + 1,
        of=stop - first,
        source=part.source if part else None,
        links=links,
        title_words=reader.pick(forms, reader.titles) if "titles" in reads else (),
        query_words=reader.pick(forms, document.query),
        contributions=contributions,
    )


class _Reader:
    """Find the words of a document's sentences as they are written."""

    def __init__(self, document: Document) -> None:
        self._document = document
        self._language = find_language(document.language)
        self._rarity: NDArray[np.float64] = inverse_frequencies(count_terms(document))
        self._cosines = cosine_rows(document)
        headings = (s.index for s in document.sentences if s.kind == "heading")
        self.titles = set(document.title).union(*map(self._terms, headings))

    def read(self, i: int) -> dict[int, str]:
        """Map each term of a sentence to its word there; the rarest terms come first."""
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
        """Link a sentence to those that contribute most or, if that is unknown, to the most similar."""
        others = given
        if not others:
            cosines = self._cosines(i)
            cosines[i] = 0
            order = np.argsort(-cosines, kind="stable")[:_MAX_LINKS].tolist()
            others = [j for j in order if cosines[j] > 0]
        return tuple(Link(j, self.pick(forms, self._terms(j))) for j in others if j != i)

    def pick(self, forms: dict[int, str], terms: Iterable[int]) -> tuple[str, ...]:
        """Pick the words of a sentence whose terms are among these."""
        wanted = set(terms)
        return tuple(word for term, word in forms.items() if term in wanted)[:_MAX_WORDS]

    def _terms(self, i: int) -> set[int]:
        start, end = self._document.offsets[i : i + 2]
        return set(self._document.terms[start:end].tolist())
