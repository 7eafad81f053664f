"""Evaluating methods on documents with references."""

from __future__ import annotations

import numpy as np
import pytest

from benchmarks import corpora
from benchmarks.quality import coverage, evaluation
from summarize import segment
from summarize.languages import find_language
from summarize.metrics.intrinsic import source_coverage
from summarize.metrics.rouge import rouge
from summarize.rankers import RANKERS
from summarize.selectors import SELECTORS


def test_every_ranker_and_selector_is_a_method():
    methods = evaluation.list_methods(slow=True)
    assert {f"{ranker}+{selector}" for ranker in RANKERS for selector in SELECTORS} <= set(methods)


def test_summaries_do_not_exceed_the_maximum_length(small):
    words = small.values[..., evaluation.MEASURES.index("words")]
    totals = [segment(e.document, language=e.language).n_words.sum() for e in small.corpus.entries]
    for k, length in enumerate(small.lengths):
        limits = [length.limit if length.unit == "words" else n * length.limit // 100 for n in totals]
        assert (words[:, :, k] <= np.array(limits)[:, None]).all()


def test_means_do_not_depend_on_the_order_of_documents(small):
    reversed_corpus = corpora.Corpus("seeds", small.corpus.entries[::-1])
    values = evaluation.evaluate_corpus(reversed_corpus, small.methods, small.lengths, jobs=1, cache=None)
    known = slice(0, len(evaluation.MEASURES))  # the seeds have no human extracts or content units
    expected = small.values[..., known].mean(axis=0)
    np.testing.assert_allclose(values[..., known].mean(axis=0), expected, rtol=1e-12)


def test_two_processes_give_the_same_values(small):
    values = evaluation.evaluate_corpus(small.corpus, small.methods, small.lengths, 2, None)
    np.testing.assert_array_equal(values, small.values)


def test_f1_is_between_precision_and_recall(small):
    single = [k for k, method in enumerate(small.methods) if not method.startswith("random")]
    column = {name: small.values[:, single, :, k] for k, name in enumerate(evaluation.ALL_MEASURES)}
    for name in ("rouge1", "rouge2", "rougeLsum"):
        precision, recall = column[f"{name} precision"], column[f"{name} recall"]
        assert (column[name] <= np.maximum(precision, recall) + 1e-12).all()
        assert (column[name] >= np.minimum(precision, recall) - 1e-12).all()


# --- Cache ----------------------------------------------------------------------------------------


def test_cached_values_are_reused(small, tmp_path, monkeypatch):
    arguments = (small.corpus, small.methods[:1], small.lengths, 1, tmp_path)
    first = evaluation.evaluate_corpus(*arguments)
    monkeypatch.setattr(evaluation, "evaluate_entry", None)
    np.testing.assert_array_equal(evaluation.evaluate_corpus(*arguments), first)


def test_interrupted_run_resumes_with_the_remaining_documents(small, tmp_path, monkeypatch):
    monkeypatch.setattr(evaluation, "BLOCK_SIZE", 1)
    evaluate_entry, done = evaluation.evaluate_entry, []

    def interrupt_after_two(task):
        if len(done) == 2:
            raise KeyboardInterrupt
        done.append(task[0].id)
        return evaluate_entry(task)

    monkeypatch.setattr(evaluation, "evaluate_entry", interrupt_after_two)
    arguments = (small.corpus, small.methods, small.lengths, 1, tmp_path)
    with pytest.raises(KeyboardInterrupt):
        evaluation.evaluate_corpus(*arguments)
    done.clear()
    evaluation.evaluate_corpus(*arguments)
    assert done == [small.corpus.entries[2].id]


# --- The random ranker ----------------------------------------------------------------------------

# Seven sentences of four words each: at four words, a random extract is one of them, with equal probability.
EQUAL_LENGTHS = (
    "Parrots build large nests. Dogs bark very loudly. Cats sleep all day. Parrots eat ripe fruit. "
    "Horses run across fields. Dogs chase small cats."
)


@pytest.fixture(scope="module")
def random_rows():
    """Random extracts of many documents with the same expected value."""
    entries = tuple(
        corpora.Entry(str(k), f"{EQUAL_LENGTHS}\n\nDay {k} was quiet.", ("Dogs bark.",), "en")
        for k in range(300)
    )
    corpus = corpora.Corpus("equal", entries)
    lengths = evaluation.list_lengths((4,), ())
    values = evaluation.evaluate_corpus(corpus, ["random+greedy"], lengths, 1, None)
    return corpus, coverage.tabulate(corpus, ["random+greedy"], lengths, values)


@pytest.mark.parametrize("measure", ["coverage", "rouge1", "words"])
def test_interval_of_random_contains_the_expected_value(random_rows, measure):
    corpus, rows = random_rows
    (row,) = [row for row in rows if (row.measure, row.length) == (measure, "4 words")]
    means = []
    for entry in corpus.entries:
        document = segment(entry.document, language="en")
        compute = {
            "coverage": lambda i, d=document: source_coverage(d, [i]),
            "rouge1": lambda i, d=document: rouge(d.sentences[i].text, "Dogs bark.")["rouge1"].f1,
            "words": lambda i, d=document: d.n_words[i],
        }[measure]
        means.append(np.mean([compute(i) for i in range(len(document))]))
    assert row.low <= np.mean(means) <= row.high
    assert row.high - row.low < 0.1


def test_random_draws_differ_between_documents(random_rows):
    corpus, _ = random_rows
    first_choices = {
        int(scores.argmax())
        for entry in corpus.entries[:40]
        for scores in evaluation._Scorer(entry)._rank("random")
    }
    assert first_choices == set(range(7))


# --- Failures and limits --------------------------------------------------------------------------


def test_method_that_takes_too_long_has_no_value(small, monkeypatch):
    def never_return(document):
        while True:
            pass

    monkeypatch.setattr(evaluation, "TIME_LIMIT", 0.01)
    monkeypatch.setattr(evaluation, "resolve_ranker", lambda name: never_return)
    methods = ["sumy-kl+greedy", "sumy-kl+mmr", "oracle"]
    values = evaluation.evaluate_corpus(small.corpus, methods, small.lengths, 1, None)
    assert np.isnan(values[:, :2]).all()
    assert not np.isnan(values[:, 2, :, 0]).any()


@pytest.mark.parametrize(
    ("language", "sentences", "limit", "kept"),
    [
        ("en", ["One two three.", "Four five."], 4, ["One two three.", "Four"]),
        ("en", ["One two three.", "Four five."], 5, ["One two three.", "Four five."]),
        ("en", ["", "One two."], 1, ["One"]),
        ("zh", ["今天下雨。", "明天晴。"], 6, ["今天下雨。", "明天"]),
    ],
)
def test_long_summary_is_truncated(language, sentences, limit, kept):
    assert evaluation.cut_at(sentences, limit, find_language(language)) == kept
