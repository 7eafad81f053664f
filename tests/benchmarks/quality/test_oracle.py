"""The oracle: extracts chosen with the reference."""

from __future__ import annotations

from itertools import combinations

import numpy as np
import pytest

from benchmarks import corpora, peers
from benchmarks.quality import evaluation
from benchmarks.quality.oracle import choose_oracle
from summarize import Length, segment
from summarize.metrics.rouge import find_tokenizer, rouge_n


@pytest.fixture(scope="module")
def objective():
    """Names of all methods, and the mean of ROUGE-1 and ROUGE-2, which the oracle maximizes."""
    methods = [*evaluation.list_methods(slow=False), *peers.installed()]
    lengths = evaluation.list_lengths((25, 100), (10,))
    values = evaluation.evaluate_corpus(corpora.read_seeds(), methods, lengths, 1, None)
    return methods, values[..., :2].mean(axis=-1)


@pytest.mark.slow
def test_no_method_has_a_higher_mean(objective):
    methods, values = objective
    oracle = values[:, methods.index("oracle")]
    for k, method in enumerate(methods):
        known = ~np.isnan(values[:, k]).any(axis=1)
        assert (values[known, k].mean(axis=0) <= oracle[known].mean(axis=0)).all(), method


def test_better_extract_of_a_document_is_rare_and_hardly_better(objective):
    methods, values = objective
    own = [k for k, method in enumerate(methods) if method not in peers.PEERS]
    excess = values[:, own] - values[:, [methods.index("oracle")]]
    assert (excess > 1e-12).mean() < 0.01
    assert excess.max() < 0.03


@pytest.mark.parametrize("entry", corpora.read_seeds().entries, ids=lambda entry: entry.id)
def test_oracle_is_close_to_the_best_of_all_extracts(entry):
    limit = Length(40, "words")
    whole = segment(entry.document, language=entry.language)
    document = segment(whole.text[: whole.sentences[9].start], language=entry.language)
    candidates = [s.index for s in document.sentences if s.candidate]
    tokenize = find_tokenizer(entry.language)
    reference = tokenize(entry.references[0])

    def score(indices):
        words = [token for i in sorted(indices) for token in tokenize(document.sentences[i].text)]
        return (rouge_n(words, reference, 1).f1 + rouge_n(words, reference, 2).f1) / 2

    best = max(
        score(extract)
        for size in range(len(candidates) + 1)
        for extract in combinations(candidates, size)
        if document.n_words[list(extract)].sum() <= limit.limit
    )
    assert 0.8 * best <= score(choose_oracle(document, reference, limit, tokenize)) <= best + 1e-12


def test_oracle_finds_a_sentence_that_equals_the_reference():
    document = segment("Cats sleep all day. Dogs bark at night. Birds sing in the morning.", language="en")
    tokenize = find_tokenizer("en")
    assert choose_oracle(document, tokenize("Dogs bark at night."), Length(10, "words"), tokenize) == [1]
