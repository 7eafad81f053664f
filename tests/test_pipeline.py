"""The whole pipeline, from a text to its summary."""

from __future__ import annotations

import gzip
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from summarize import summarize, summarize_many
from summarize.errors import DocumentError, LengthError, OptionError, SummarizeError, UnknownNameError
from summarize.pipeline import segment_merged
from summarize.selectors import SELECTORS

SEEDS = Path(__file__).resolve().parents[1] / "seeds"
NEWS = (SEEDS / "news.en.txt").read_text(encoding="utf-8")
TEXTS = st.one_of(
    st.text(max_size=300),
    st.lists(
        st.sampled_from(
            ["The cat sat.", "A dog ran home!", "Cats and dogs?", "猫が好き。", "\n\n", " ", "\r\n", "\u2028"]
        )
    ).map(" ".join),
)


@given(TEXTS)
@settings(deadline=None)
def test_offsets_slice_the_text(text):
    document = summarize(text).document
    for sentence in document.sentences:
        assert text[sentence.start : sentence.end] == sentence.text


@given(TEXTS, st.integers(1, 60), st.sampled_from(sorted(SELECTORS)))
@settings(deadline=None)
def test_summary_never_exceeds_the_length(text, limit, selector):
    assert len(summarize(text, length=limit, selector=selector).indices) <= limit
    words = str(summarize(text, length=f"{limit} words", selector=selector))
    assert len(words.split()) <= limit
    characters = str(summarize(text, length=f"{limit} chars", selector=selector))
    assert len(characters) <= limit


@given(TEXTS, st.sampled_from(sorted(SELECTORS)))
@settings(deadline=None)
def test_chosen_sentences_are_candidates_in_text_order(text, selector):
    summary = summarize(text, length="50%", selector=selector)
    assert list(summary.indices) == sorted(set(summary.indices))
    assert all(sentence.candidate for sentence in summary.sentences)


@given(TEXTS)
@settings(deadline=None)
def test_second_run_gives_the_same_summary(text):
    first, second = summarize(text), summarize(text)
    assert str(first) == str(second)
    assert first.scores.tobytes() == second.scores.tobytes()
    assert first.signature == second.signature


@pytest.mark.parametrize("path", sorted(SEEDS.glob("*.txt")), ids=lambda path: path.name)
def test_seeds_are_summarized_in_their_language(path):
    text = path.read_text(encoding="utf-8")
    summary = summarize(text)
    assert summary.document.language == path.name.split(".")[1]
    assert len(summary.indices) == 3
    assert len(str(summary)) < len(text) / 2


@pytest.mark.parametrize("percent", [1, 10, 29, 50, 100])
def test_percent_is_a_share_of_the_words(percent):
    summary = summarize(NEWS, length=f"{percent}%")
    total = int(summary.document.n_words.sum())
    assert total == len(NEWS.split())
    assert len(str(summary).split()) * 100 <= percent * total


def test_length_beyond_the_text_gives_every_candidate():
    summary = summarize(NEWS, length=1000)
    assert summary.sentences == tuple(s for s in summary.document.sentences if s.candidate)


def test_equal_sentences_are_chosen_once():
    for selector in SELECTORS:
        assert (
            str(summarize("The cat sat on the mat. " * 200, length=5, selector=selector))
            == "The cat sat on the mat."
        )


@pytest.mark.parametrize(
    "ranker", ["learned", "textrank", "lexrank", "lsa", "centroid", "directed", "ensemble"]
)
def test_text_of_stop_words_gives_the_first_sentences(ranker):
    summary = summarize("It was. He is not. They were. This will be.", length=2, ranker=ranker)
    assert summary.indices == (0, 1)


def test_rank_order_puts_the_best_sentence_first():
    summary = summarize(NEWS, length=5, ranker="lexrank", order="rank")
    assert list(summary.order) == sorted(summary.indices, key=lambda i: -summary.scores[i])


def test_function_can_be_a_ranker():
    def shortest(document):
        return -document.n_words.astype(float)

    summary = summarize("One two three. One. One two.", length=1, ranker=shortest)
    assert str(summary) == "One."
    assert "ranker:shortest|" in summary.signature


@pytest.mark.parametrize(
    ("arguments", "error"),
    [
        ({"length": "abc"}, LengthError),
        ({"length": 0}, LengthError),
        ({"ranker": "none"}, UnknownNameError),
        ({"selector": "none"}, UnknownNameError),
        ({"segmenter": "none"}, UnknownNameError),
        ({"order": "none"}, UnknownNameError),
        ({"language": "klingonish"}, UnknownNameError),
        ({"options": {"nonsense": 1}}, OptionError),
        ({"selector": "mmr", "options": {"diversity": 2}}, OptionError),
    ],
)
def test_invalid_setting_is_rejected(arguments, error):
    with pytest.raises(error) as caught:
        summarize(NEWS, **arguments)
    assert isinstance(caught.value, SummarizeError)


def test_more_diversity_means_less_redundancy():
    from summarize.metrics.intrinsic import redundancy

    plain = summarize(NEWS, length=6, ranker="lexrank", selector="mmr", options={"diversity": 0.0})
    diverse = summarize(NEWS, length=6, ranker="lexrank", selector="mmr", options={"diversity": 0.9})
    assert plain.indices == summarize(NEWS, length=6, ranker="lexrank").indices
    assert redundancy(diverse.document, diverse.indices) < redundancy(plain.document, plain.indices)


def test_several_texts_become_one_document_with_parts() -> None:
    texts = [("a", "The bridge fell. Nobody was hurt."), ("b", "The bridge is shut.\n\nIt will open.")]
    document = segment_merged(texts, language="en")
    assert [(part.source, part.first, part.stop) for part in document.parts] == [("a", 0, 2), ("b", 2, 4)]
    for (_, text), part in zip(texts, document.parts, strict=True):
        assert document.text[part.start : part.end] == text
    for sentence in document.sentences:
        assert document.text[sentence.start : sentence.end] == sentence.text


@pytest.mark.parametrize(
    "given", [None, [1.0, 2.0], "scores", np.ones(7), np.full(3, np.nan), np.ones((3, 1))]
)
def test_scores_other_than_one_finite_number_per_sentence_are_rejected(given):
    with pytest.raises(DocumentError, match="a.txt: the ranker returned .*; accepted: 3 finite numbers"):
        summarize("One fell. Two rose. Three stood.", ranker=lambda document: given, source="a.txt")


@pytest.mark.parametrize(
    ("given", "accepted"),
    [
        ([1, 1], "each at most once"),
        ([-1], "from 0 to 2"),
        ([3], "from 0 to 2"),
        (None, "from 0 to 2"),
        ([0, 1, 2], "within a length of 2 sentences"),
    ],
)
def test_invalid_choice_of_a_selector_is_rejected(given, accepted):
    with pytest.raises(DocumentError, match=f"the selector returned .*; accepted: .*{accepted}"):
        summarize("One fell. Two rose. Three stood.", selector=lambda *_: given, length=2)


def test_function_can_be_a_selector():
    summary = summarize("One fell. Two rose. Three stood.", selector=lambda *_: (2, 0), length=2)
    assert summary.indices == (0, 2)


@pytest.mark.parametrize("kind", ["plain", "gzip"])
def test_a_path_is_read_as_the_command_reads_it(kind, tmp_path):
    path = tmp_path / ("a.txt" if kind == "plain" else "a.txt.gz")
    path.write_bytes(NEWS.encode() if kind == "plain" else gzip.compress(NEWS.encode()))
    printed = subprocess.run(
        [sys.executable, "-m", "summarize", path], capture_output=True, check=True
    ).stdout
    assert f"{summarize(path)}\n".encode() == printed
    assert [str(each) for each in summarize_many([path])] == [str(summarize(path))]
