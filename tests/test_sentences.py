"""Sentences are made from columns, and are the same whichever way they are asked for."""

from __future__ import annotations

import pickle

import pytest

from summarize import segment
from summarize.document import Sentence, Sentences

# More than two blocks of sentences.
TEXT = "\n\n".join(f"The council met {n} times. It rained." for n in range(1_500))
SENTENCES = segment(TEXT, language="en").sentences
ALL = tuple(SENTENCES)


def test_every_way_gives_the_same_sentences():
    assert len(SENTENCES) == len(ALL) == 3_000
    assert [SENTENCES[i] for i in range(3_000)] == list(ALL)
    assert SENTENCES[-1] == ALL[-1] == Sentence(2_999, len(TEXT) - 10, len(TEXT), "It rained.", 1_499)
    for own in (slice(None), slice(5, 10), slice(1_000, 2_500), slice(None, None, -700), slice(-3, None)):
        assert SENTENCES[own] == ALL[own]


def test_columns_can_be_made_of_sentences():
    assert Sentences.of(TEXT, ALL) == SENTENCES == ALL
    assert hash(Sentences.of(TEXT, ALL)) == hash(SENTENCES)
    assert Sentences.of(TEXT, SENTENCES) is SENTENCES
    assert len(Sentences.of("", ())) == 0
    assert pickle.loads(pickle.dumps(SENTENCES)) == SENTENCES


def test_some_are_numbered_again():
    assert [(s.index, s.text) for s in SENTENCES.take([1, 2_998])] == [(0, "It rained."), (1, ALL[-2].text)]


@pytest.mark.parametrize("index", [3_000, -3_001])
def test_a_wrong_index_is_an_error(index):
    with pytest.raises(IndexError):
        SENTENCES[index]
