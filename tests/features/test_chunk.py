"""Documents as concatenated arrays: each gets what it gets alone."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from summarize.document import Document
from summarize.features.chunk import Chunk, accumulate
from summarize.features.scores import standardize
from summarize.pipeline import segment, segment_merged
from summarize.rankers import RANKERS
from summarize.settings import resolve_ranker

LANGUAGES = ("en", "de", "ru", "zh", "und")
SPACES = ["\n\n", "# "]
WORDS = ["Bridge", "river,", "the", "Tor", "“But", "он", "мост", "桥", "河。", "fell.", "It", "1999", *SPACES]
TEXTS = st.lists(st.sampled_from(WORDS), max_size=60).map(" ".join)


@st.composite
def documents(draw: st.DrawFn) -> Document:
    """A document of a language, perhaps with a title, a query or several texts."""
    language = draw(st.sampled_from(LANGUAGES))
    choices = {"language": language, "title": draw(st.sampled_from([None, "The Bridge"]))}
    if draw(st.booleans()):
        return segment(draw(TEXTS), query=draw(st.sampled_from([None, "river"])), **choices)
    return segment_merged(draw(st.lists(TEXTS, min_size=2, max_size=3)), **choices)


CHUNKS = st.lists(documents(), min_size=1, max_size=5)


def keep_ranked(found: Sequence[Document]) -> list[Document]:
    """Keep the documents that go into a chunk."""
    return [document for document in found if len(document.terms)]


@pytest.mark.parametrize("name", [name for name, entry in RANKERS.items() if entry.chunk_scorer])
@given(found=CHUNKS)
def test_scores_are_those_of_each_document_alone(name: str, found: list[Document]) -> None:
    kept = keep_ranked(found)
    score_chunk = RANKERS[name].load_chunk_scorer()
    assert score_chunk is not None
    for order in (kept, kept[::-1]) if kept else ():
        chunk = Chunk(order)
        for document, scores in zip(order, chunk.divide(score_chunk(chunk)), strict=True):
            assert scores.tolist() == resolve_ranker(name)(document).tolist()


@given(CHUNKS)
def test_terms_are_those_of_each_document(found: list[Document]) -> None:
    kept = keep_ranked(found)
    if not kept:
        return
    chunk = Chunk(kept)
    expected = [
        (place, document.vocabulary[term])
        for place, document in enumerate(kept)
        for term in document.terms.tolist()
    ]
    names = [
        (place, document.vocabulary[k])
        for place, (document, n) in enumerate(zip(kept, chunk.n_distinct.tolist(), strict=True))
        for k in range(n)
    ]
    assert [names[term] for term in chunk.terms.tolist()] == expected


@given(st.lists(st.lists(st.floats(-1e6, 1e6), min_size=1, max_size=20), min_size=1, max_size=4))
def test_running_sums_begin_again(runs: list[list[float]]) -> None:
    starts = np.cumsum([0, *map(len, runs)])[:-1]
    found = accumulate(np.concatenate([np.array(run) for run in runs]), starts)
    assert found.tolist() == np.concatenate([np.cumsum(run) for run in runs]).tolist()


@given(found=CHUNKS, seed=st.integers(0, 99))
def test_values_are_standardized_within_each_document(found: list[Document], seed: int) -> None:
    kept = keep_ranked(found)
    if not kept:
        return
    chunk = Chunk(kept)
    values = np.random.default_rng(seed).integers(0, 3, chunk.n_sentences).astype(float)
    expected = np.concatenate([standardize(part) for part in chunk.divide(values)])
    np.testing.assert_allclose(chunk.standardize(values), expected, atol=1e-12)
