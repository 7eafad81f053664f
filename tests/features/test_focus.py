"""Ranking sees the text only, and what it says comes back to the right sentences."""

import numpy as np
import pytest

from summarize import segment, summarize
from summarize.features.focus import focus, spread

PROSE = "Gas was found at sea. It rained on Monday.\n\nThe gas field is large, and ships sail to it."
HEAD = "From: ada@example.org\nTo: dora@example.org\nSubject: Gas at sea\nDate: Mon, 1 Jun 2009 06:28:20\n\n"
RANKERS = ("learned", "textrank", "lexrank", "lsa", "centroid", "directed", "lead", "ensemble")


def test_plain_text_is_not_copied() -> None:
    document = segment(PROSE)
    assert focus(document) == (document, None)


@pytest.mark.parametrize("ranker", RANKERS)
def test_a_wrapper_does_not_change_scores(ranker: str) -> None:
    alone = summarize(PROSE, title="Gas at sea", ranker=ranker)
    wrapped = summarize(HEAD + PROSE, ranker=ranker)
    assert wrapped.scores[-3:] == pytest.approx(alone.scores, abs=1e-12)
    assert [str(s) for s in wrapped.sentences] == [str(s) for s in alone.sentences]


@pytest.mark.parametrize("ranker", [name for name in RANKERS if name != "lsa"])
def test_contributions_name_sentences_of_the_whole_text(ranker: str) -> None:
    wrapped = summarize(HEAD + PROSE, ranker=ranker, explain=True, length=3)
    n_head = len(wrapped.document) - 3
    for explanation in wrapped.explanations:
        assert sum(part.value for part in explanation.contributions) == pytest.approx(explanation.score)
        for part in explanation.contributions:
            if part.index is not None:
                assert part.index >= n_head
                assert part.what in ("itself", f"sentence {part.index + 1}")


def test_terms_are_those_of_the_sentences() -> None:
    document = segment(HEAD + PROSE, query="rain ships example")
    narrow, kept = focus(document)
    assert kept is not None
    for sentence, index in zip(narrow.sentences, kept, strict=True):
        own = [narrow.vocabulary[t] for t in narrow.terms[slice(*narrow.offsets[sentence.index :][:2])]]
        old = [document.vocabulary[t] for t in document.terms[slice(*document.offsets[index:][:2])]]
        assert own == old
    assert [narrow.vocabulary[t] for t in narrow.title] == [document.vocabulary[t] for t in document.title]
    assert set(narrow.query) <= set(narrow.terms.tolist())


def test_what_is_left_out_has_the_lowest_score() -> None:
    assert spread(np.array([3.0, 2.0]), np.array([1, 2]), 4).tolist() == [2, 3, 2, 2]
