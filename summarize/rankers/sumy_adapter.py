"""Run the summarizers of sumy on our sentences and terms, as classics and for comparison.

sumy picks sentences and shows no scores for some methods; where it shows none, the score is the
place at which sumy picks a sentence: ``n`` for the first, 1 for the last.
"""

from __future__ import annotations

import warnings
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from summarize.document import Document

    Scores = NDArray[np.float64]


class _Tokenizer:
    """Give sumy the terms that are already known; a sentence is passed to it as its number."""

    def __init__(self, document: Document) -> None:
        self._words = [
            tuple(document.vocabulary[term] for term in document.terms[start:end])
            for start, end in zip(document.offsets, document.offsets[1:], strict=False)
        ]

    def to_words(self, number: str) -> tuple[str, ...]:
        return self._words[int(number)]


def _build(document: Document) -> Any:
    from sumy.models.dom import ObjectDocumentModel, Paragraph, Sentence

    tokenizer = _Tokenizer(document)
    paragraphs: dict[int, list[Any]] = {}
    for sentence in document.sentences:
        item = Sentence(str(sentence.index), tokenizer, is_heading=not sentence.candidate)
        paragraphs.setdefault(sentence.paragraph, []).append(item)
    return ObjectDocumentModel([Paragraph(items) for items in paragraphs.values()])


def _rate(document: Document, summarizer: Any, **arguments: Any) -> Scores:
    scores = np.zeros(len(document))
    if not len(document.terms):
        return scores
    model = _build(document)
    n = len(model.sentences)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # sumy and numpy warn of short documents
        if hasattr(summarizer, "rate_sentences") and not arguments:
            ratings = summarizer.rate_sentences(model)
            for sentence, score in ratings.items():
                scores[int(str(sentence))] = score
            return scores
        order: list[Any] = []
        get_best = summarizer._get_best_sentences

        def record(sentences: Any, count: Any, rating: Any, *args: Any, **kwargs: Any) -> Any:
            listed = list(sentences)
            rate = rating.__getitem__ if isinstance(rating, dict) else rating
            # Once each and in this order, because sumy's LSA takes its ratings from an iterator.
            ratings = {sentence: rate(sentence, *args, **kwargs) for sentence in listed}
            order.extend(sorted(listed, key=ratings.__getitem__, reverse=True))
            return get_best(listed, count, ratings)

        summarizer._get_best_sentences = record
        summarizer(model, n, **arguments)
    for place, sentence in enumerate(order):
        scores[int(str(sentence))] = len(order) - place
    return scores


def textrank(document: Document) -> Scores:
    """sumy's TextRank: counts of shared words, self-similarity included."""
    from sumy.summarizers.text_rank import TextRankSummarizer

    return _rate(document, TextRankSummarizer())


def lexrank(document: Document) -> Scores:
    """sumy's LexRank: degree form with a threshold of 0.1."""
    from sumy.summarizers.lex_rank import LexRankSummarizer

    return _rate(document, LexRankSummarizer())


def lsa(document: Document) -> Scores:
    """sumy's LSA, in the order in which it picks sentences."""
    from sumy.summarizers.lsa import LsaSummarizer

    return _rate(document, LsaSummarizer())


def luhn(document: Document) -> Scores:
    """sumy's Luhn, in the order in which it picks sentences."""
    from sumy.summarizers.luhn import LuhnSummarizer

    return _rate(document, LuhnSummarizer())


def sum_basic(document: Document) -> Scores:
    """sumy's SumBasic, in the order in which it picks sentences."""
    from sumy.summarizers.sum_basic import SumBasicSummarizer

    return _rate(document, SumBasicSummarizer())


def kl(document: Document) -> Scores:
    """sumy's greedy KL divergence, in the order in which it picks sentences."""
    from sumy.summarizers.kl import KLSummarizer

    return _rate(document, KLSummarizer())


def reduction(document: Document) -> Scores:
    """sumy's reduction: the sum of a sentence's edges."""
    from sumy.summarizers.reduction import ReductionSummarizer

    return _rate(document, ReductionSummarizer())


def edmundson(document: Document) -> Scores:
    """sumy's Edmundson: the terms of the title, the headings and the first sentence are its cue words."""
    from sumy.summarizers.edmundson import EdmundsonSummarizer

    if not len(document.terms):
        return np.zeros(len(document))
    cues = {
        document.vocabulary[term]
        for sentence in document.sentences
        if sentence.kind == "heading" or sentence.index == 0
        for term in document.terms[document.offsets[sentence.index] : document.offsets[sentence.index + 1]]
    }
    cues |= {document.vocabulary[term] for term in document.title}
    summarizer = EdmundsonSummarizer()
    # sumy refuses empty sets. A word with a space in it is never a term.
    summarizer.bonus_words = cues or {"no such"}
    summarizer.stigma_words = {"no such"}
    summarizer.null_words = {"no such"}
    return _rate(document, summarizer)
