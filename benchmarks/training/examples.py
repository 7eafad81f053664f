"""Make training examples for the learned ranker: documents with features and targets."""

from __future__ import annotations

import multiprocessing
import os
import zlib
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray

from benchmarks import corpora, report
from summarize.document import Document
from summarize.features.chunk import Chunk
from summarize.length import Length
from summarize.metrics import intrinsic as metrics
from summarize.metrics.rouge import find_tokenizer, rouge_n
from summarize.pipeline import segment, segment_merged
from summarize.rankers.learned.columns import KEPT_WORDS, compute_features

N_DRAWS = 12
N_FOLDS = 5
# Maximum lengths in words at which the ranker is evaluated.
WORDS = (50, 60, 100, 200)
# One document in `PREFACE_EVERY` gets a variant that begins with its reference.
PREFACE_EVERY = 3
MIN_PREFACE_SENTENCES = 3
MIN_PREFACE_WORDS = 75
# Only the first documents of a corpus get variants.
MAX_VARIED_DOCUMENTS = 450


@dataclass(frozen=True, slots=True)
class Example:
    """A document to train or evaluate on.

    Attributes
    ----------
    corpus : str
        Name of the corpus.
    number : int
        Index of the document in its corpus.
    document : Document
    features : ndarray of float64, shape (n_sentences, n_columns)
        Sentence features. The columns that depend on learned word weights are 0.
    targets : ndarray of float32, shape (n_sentences,)
        Target values, with zero mean and unit variance over the candidates.
    candidates : ndarray of bool, shape (n_sentences,)
        Whether a sentence may be selected.
    tokens : list of list of int
        Token ids of each sentence, for ROUGE.
    references : list of list of int
        Token ids of each reference.
    """

    corpus: str
    number: int
    document: Document
    features: NDArray[np.float64]
    targets: NDArray[np.float32]
    candidates: NDArray[np.bool_]
    tokens: list[list[int]]
    references: list[list[int]]

    @property
    def fold(self) -> int:
        """Return the fold for cross-validation, from 0 to 4, by the index in the corpus."""
        return self.number % N_FOLDS


def reference_length(corpus: corpora.Corpus) -> int:
    """Return the median length of the references of a corpus in words, rounded to a multiple of five.

    Examples
    --------
    >>> reference_length(corpora.Corpus("a", (corpora.Entry("0", "", ("word " * 52,), "en"),)))
    50
    """
    from summarize.languages import find_language
    from summarize.tokenization.terms import find_terms

    lengths = [
        sum(find_terms([reference], find_language(entry.language or "en")).n_words)
        for entry in corpus.entries
        for reference in entry.references
    ]
    return max(10, 5 * round(float(np.median(lengths)) / 5))


def make_examples(corpus: corpora.Corpus, jobs: int = 2) -> list[Example]:
    """Make an example of each document of a corpus; skip those with fewer than two candidates."""
    words = reference_length(corpus)
    return _make_all(corpus.name, ((k, entry, words) for k, entry in enumerate(corpus.entries)), jobs)


def make_variants(corpus: corpora.Corpus, jobs: int = 2) -> list[Example]:
    """Make variants of some documents, for training only.

    Many real texts begin with their own summary, such as an abstract, a lead section or key points, but few
    texts in the corpora do. So one document in `PREFACE_EVERY` gets a variant that begins with its reference
    as a paragraph, if the reference is long enough. And each concatenation of several texts gets a variant
    that keeps the texts as parts.
    """
    words = reference_length(corpus)
    tasks = []
    for k, entry in enumerate(corpus.entries[:MAX_VARIED_DOCUMENTS]):
        if zlib.crc32(f"{corpus.name} preface {k}".encode()) % PREFACE_EVERY == 0:
            reference = " ".join(entry.references[0].split())
            summary = segment(reference, language=entry.language)
            if len(summary) >= MIN_PREFACE_SENTENCES and summary.n_words.sum() >= MIN_PREFACE_WORDS:
                text = f"{reference}\n\n{entry.document}"
                tasks.append((k, replace(entry, document=text, parts=()), words))
        if len(entry.parts) > 1:
            tasks.append((k, replace(entry, document=""), words))
    return _make_all(corpus.name, tasks, jobs)


def _make_all(name: str, tasks: Iterable[tuple[int, corpora.Entry, int]], jobs: int) -> list[Example]:
    named = [(name, *task) for task in tasks]
    os.environ["OPENBLAS_NUM_THREADS"] = "1"
    with multiprocessing.get_context("fork").Pool(jobs) as pool:
        made = pool.imap(_make_example, named, chunksize=8)
        return [example for example in report.progress(made, len(named), name) if example is not None]


def _make_example(task: tuple[str, int, corpora.Entry, int]) -> Example | None:
    """Make an example of a document, or of its parts if the document is empty."""
    name, k, entry, words = task
    generator = np.random.default_rng(zlib.crc32(f"{name} {k}".encode()))
    if entry.document:
        document = segment(entry.document, language=entry.language)
    else:
        document = segment_merged([(None, part) for part in entry.parts], language=entry.language)
    candidates = np.array([sentence.candidate for sentence in document.sentences], bool)
    if candidates.sum() < 2:
        return None
    tokenize = find_tokenizer(entry.language)
    ids: dict[str, int] = {}

    def number(text: str) -> list[int]:
        return [ids.setdefault(token, len(ids)) for token in tokenize(text)]

    references = [numbers for text in entry.references if (numbers := number(text))]
    if not references:
        return None
    tokens = [number(sentence.text) for sentence in document.sentences]
    targets = np.mean(
        [
            expected_gains(tokens, reference, document.n_words, candidates, size, generator)
            for reference in references
            for size in (words, 3 * words)
        ],
        axis=0,
    )
    inside = targets[candidates]
    targets = (targets - inside.mean()) / (inside.std() or 1.0)
    features = compute_features(Chunk([document]))
    features[:, KEPT_WORDS] = 0
    return Example(name, k, document, features, targets.astype(np.float32), candidates, tokens, references)


def expected_gains(
    tokens: Sequence[Sequence[int]],
    reference: Sequence[int],
    n_words: NDArray[np.int64],
    candidates: NDArray[np.bool_],
    max_words: int,
    generator: np.random.Generator,
) -> NDArray[np.float64]:
    """Estimate the gain in overlap with the reference if a sentence joins a random partial summary.

    The gain is ``(new unigrams + 2 * new bigrams of the reference) / (words + 3) ** 0.75``, averaged over
    `N_DRAWS` partial summaries of random candidates. Their maximum length is drawn from 0 to `max_words`.

    Parameters
    ----------
    tokens : sequence of sequence of int
        Token ids of each sentence.
    reference : sequence of int
        Token ids of the reference.
    n_words : ndarray of int64, shape (n_sentences,)
    candidates : ndarray of bool, shape (n_sentences,)
    max_words : int
    generator : numpy.random.Generator

    Returns
    -------
    ndarray of float64, shape (n_sentences,)
        Non-negative.
    """
    tables, limits = [], []
    for make, weight in ((lambda t: t, 1.0), (lambda t: list(pairwise(t)), 2.0)):
        counts = Counter(make(reference))
        column = {gram: k for k, gram in enumerate(counts)}
        table = np.zeros((len(tokens), len(counts)), np.float32)
        for i, sentence in enumerate(tokens):
            for gram in make(sentence):
                if (k := column.get(gram)) is not None:
                    table[i, k] += 1
        tables.append((table, weight))
        limits.append(np.array(list(counts.values()), np.float32))
    total = np.zeros(len(tokens))
    times = np.zeros(len(tokens))
    pool = np.flatnonzero(candidates)
    for _ in range(N_DRAWS):
        order = generator.permutation(pool)
        taken = order[np.cumsum(n_words[order]) <= generator.uniform(0, max_words)]
        free = np.ones(len(tokens), bool)
        free[taken] = False
        for (table, weight), limit in zip(tables, limits, strict=True):
            partial = table[taken].sum(axis=0)
            gain = (np.minimum(partial + table, limit) - np.minimum(partial, limit)).sum(axis=1)
            total += weight * gain * free
        times += free
    gains: NDArray[np.float64] = total / np.maximum(times, 1) / (n_words + 3.0) ** 0.75
    return gains


def score_extract(example: Example, indices: Iterable[int]) -> tuple[float, float]:
    """Compute ROUGE-1 and ROUGE-2 F1 of an extract against the best reference."""
    words = [token for i in sorted(indices) for token in example.tokens[i]]
    return (
        max(rouge_n(words, reference, 1).f1 for reference in example.references),
        max(rouge_n(words, reference, 2).f1 for reference in example.references),
    )


def evaluate(
    examples: Sequence[Example],
    lengths: Sequence[int],
    rank: Callable[[Example], NDArray[np.float64]],
    select: Callable[[Document, NDArray[np.float64], Length], Iterable[int]],
    jobs: int = 2,
) -> NDArray[np.float64]:
    """Evaluate a ranker with a selector on examples, at maximum lengths in words.

    Returns
    -------
    ndarray of float64, shape (n_documents, n_lengths, 3)
        ROUGE-1 F1, ROUGE-2 F1, and the fraction of selected sentences with a dangling start. The fraction is
        NaN for languages without a list of such starts.
    """
    global _SHARED
    _SHARED = examples, lengths, rank, select
    with multiprocessing.get_context("fork").Pool(jobs) as pool:
        return np.array(pool.map(_evaluate_one, range(len(examples)), chunksize=16))


def _evaluate_one(k: int) -> list[tuple[float, float, float]]:
    examples, lengths, rank, select = _SHARED
    example = examples[k]
    scores = rank(example)
    values = []
    for length in lengths:
        indices = list(select(example.document, scores, Length(length, "words")))
        values.append((*score_extract(example, indices), metrics.dangling_starts(example.document, indices)))
    return values


# The arguments of `evaluate`, inherited by its worker processes.
_SHARED: tuple[Any, ...] = ()
