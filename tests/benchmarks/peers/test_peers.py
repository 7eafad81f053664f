"""Summarizers of other packages, run as complete systems."""

from __future__ import annotations

import re

import numpy as np
import pytest

from benchmarks import corpora, peers
from benchmarks.peers import sumy
from benchmarks.quality import coverage, evaluation
from summarize import segment


@pytest.mark.parametrize("language", ["en", "de", "zh"])
@pytest.mark.parametrize("name", peers.PEERS)
def test_summary_does_not_exceed_the_maximum_length(name, language):
    if name not in peers.installed():
        pytest.skip(f"{peers.PEERS[name].distribution} is not installed (extra: bench)")
    entries = [e for e in corpora.read_seeds().entries if e.language == language][:1]
    lengths = evaluation.list_lengths((3, 25, 100), (10,))
    values = evaluation.evaluate_corpus(corpora.Corpus("one", tuple(entries)), [name], lengths, 1, None)
    words = values[0, 0, :, evaluation.ALL_MEASURES.index("words")]
    total = segment(entries[0].document, language=language).n_words.sum()
    known = ~np.isnan(words)
    assert known.all() or language != "en"
    assert (words[known] <= np.array([3, 25, 100, total * 10 // 100])[known]).all()
    assert (words[1:][known[1:]] > 0).all()  # some peers find nothing that fits three words


@pytest.fixture
def failing(monkeypatch):
    """A peer that raises an error, and its figures next to those of lead."""

    def fail(text, language, words):
        raise LookupError("no such language")

    monkeypatch.setattr("benchmarks.peers.sumy.textrank", fail)
    corpus = corpora.read_seeds().slice(0, 3)
    methods, lengths = ["peer:sumy-textrank", "lead+greedy"], evaluation.list_lengths((25, 100), ())
    values = evaluation.evaluate_corpus(corpus, methods, lengths, 1, None)
    return coverage.tabulate(corpus, methods, lengths, values)


def test_failed_document_is_excluded(failing):
    assert {row.method for row in failing} == {"lead+greedy"}


def test_failed_documents_are_counted_in_the_report(failing):
    assert "seeds 3" in coverage._explain_peers(["peer:sumy-textrank"], failing)


def test_wrapped_sumy_chooses_the_same_sentences_as_sumy():
    from sumy.nlp.stemmers import Stemmer
    from sumy.nlp.tokenizers import Tokenizer
    from sumy.parsers.plaintext import PlaintextParser
    from sumy.summarizers.text_rank import TextRankSummarizer
    from sumy.utils import get_stop_words

    class RegexTokenizer(Tokenizer):
        def __init__(self):
            self._language = "english"

        def to_sentences(self, paragraph):
            return tuple(re.split(r"(?<=[.!?])\s+", paragraph.strip()))

        def to_words(self, sentence):
            return tuple(re.findall(r"[^\W\d_]+", sentence))

    (text,) = [e.document for e in corpora.read_seeds().entries if e.id.startswith("news")]
    summarizer = TextRankSummarizer(Stemmer("english"))
    summarizer.stop_words = get_stop_words("english")
    document = PlaintextParser.from_string(text, RegexTokenizer()).document
    expected = [str(sentence) for sentence in summarizer(document, 3)]
    limit = sum(len(sentence.split()) for sentence in expected)
    assert sumy.textrank(text, "en", limit) == expected
