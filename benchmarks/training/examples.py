"""Examples for the learned ranker: documents with the inputs of the network and what they are worth."""

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
from summarize.length import Length
from summarize.metrics import intrinsic as metrics
from summarize.metrics.rouge import find_tokenizer, rouge_n
from summarize.pipeline import segment, segment_many
from summarize.rankers.learned.columns import KEPT_WORDS, collect_evidence

DRAWS = 12
FOLDS = 5
CAPS = (50, 60, 100, 200)
# One document in so many comes again with its reference in front, of the first so many of a corpus.
PREFACED = 3
LONG = 75
MOST_VARIED = 450


@dataclass(frozen=True, slots=True)
class Lesson:
    """A document to learn from or to be measured on.

    Attributes
    ----------
    corpus : str
    number : int
        The document's place in its corpus.
    document : Document
    evidence : ndarray of float64, shape (n_sentences, n_columns)
        Without what was learned of words: those columns are 0.
    worth : ndarray of float32, shape (n_sentences,)
        Zero mean and unit variance over the sentences that may be chosen.
    candidates : ndarray of bool, shape (n_sentences,)
    tokens : list of list of int
        Of every sentence, for ROUGE.
    references : list of list of int
    """

    corpus: str
    number: int
    document: Document
    evidence: NDArray[np.float64]
    worth: NDArray[np.float32]
    candidates: NDArray[np.bool_]
    tokens: list[list[int]]
    references: list[list[int]]

    @property
    def fold(self) -> int:
        """0 to 4, by the place in the corpus."""
        return self.number % FOLDS


def natural_length(corpus: corpora.Corpus) -> int:
    """The median length of the references of a corpus in words, to five words."""
    from summarize.languages import find_language
    from summarize.tokenization.terms import find_terms

    lengths = [
        sum(find_terms([reference], find_language(example.language or "en")).n_words)
        for example in corpus.examples
        for reference in example.references
    ]
    return max(10, 5 * round(float(np.median(lengths)) / 5))


def make_lessons(corpus: corpora.Corpus, jobs: int = 2) -> list[Lesson]:
    """All documents of a corpus."""
    cap = natural_length(corpus)
    return _make_all(corpus.name, ((k, example, cap) for k, example in enumerate(corpus.examples)), jobs)


def make_variants(corpus: corpora.Corpus, jobs: int = 2) -> list[Lesson]:
    """Other forms of some documents, to be taught but never measured.

    Many texts in the wild bring a summary of their own, such as an abstract, a lead section or key points;
    few in the corpora do. So one document in `PREFACED`, if its reference has three sentences and `LONG`
    words or more, comes again with the reference in front as a paragraph. And what is made of several texts
    comes again as a document that knows its parts.
    """
    cap = natural_length(corpus)
    found = []
    for k, example in enumerate(corpus.examples[:MOST_VARIED]):
        if zlib.crc32(f"{corpus.name} preface {k}".encode()) % PREFACED == 0:
            reference = " ".join(example.references[0].split())
            summary = segment(reference, language=example.language)
            if len(summary) >= 3 and summary.n_words.sum() >= LONG:
                whole = f"{reference}\n\n{example.document}"
                found.append((k, replace(example, document=whole, parts=()), cap))
        if len(example.parts) > 1:
            found.append((k, replace(example, document=""), cap))
    return _make_all(corpus.name, found, jobs)


def _make_all(name: str, tasks: Iterable[tuple[int, corpora.Example, int]], jobs: int) -> list[Lesson]:
    given = [(name, *task) for task in tasks]
    os.environ["OPENBLAS_NUM_THREADS"] = "1"
    with multiprocessing.get_context("fork").Pool(jobs) as pool:
        found = pool.imap(_make_lesson, given, chunksize=8)
        return [lesson for lesson in report.progress(found, len(given), name) if lesson is not None]


def _make_lesson(task: tuple[str, int, corpora.Example, int]) -> Lesson | None:
    """One document; of one without a text of its own the parts."""
    name, k, example, cap = task
    generator = np.random.default_rng(zlib.crc32(f"{name} {k}".encode()))
    if example.document:
        document = segment(example.document, language=example.language)
    else:
        document = segment_many([(None, part) for part in example.parts], language=example.language)
    candidates = np.array([sentence.candidate for sentence in document.sentences], bool)
    if candidates.sum() < 2:
        return None
    tokenize = find_tokenizer(example.language)
    ids: dict[str, int] = {}

    def number(text: str) -> list[int]:
        return [ids.setdefault(token, len(ids)) for token in tokenize(text)]

    references = [numbers for text in example.references if (numbers := number(text))]
    if not references:
        return None
    tokens = [number(sentence.text) for sentence in document.sentences]
    worth = np.mean(
        [
            value_sentences(tokens, reference, document.n_words, candidates, size, generator)
            for reference in references
            for size in (cap, 3 * cap)
        ],
        axis=0,
    )
    inside = worth[candidates]
    worth = (worth - inside.mean()) / (inside.std() or 1.0)
    evidence = collect_evidence(document)
    evidence[:, KEPT_WORDS] = 0
    return Lesson(name, k, document, evidence, worth.astype(np.float32), candidates, tokens, references)


def value_sentences(
    tokens: Sequence[Sequence[int]],
    reference: Sequence[int],
    n_words: NDArray[np.int64],
    candidates: NDArray[np.bool_],
    cap: int,
    generator: np.random.Generator,
) -> NDArray[np.float64]:
    """What each sentence is expected to add to a summary begun at random.

    ``(new unigrams + 2 new bigrams of the reference) / (words + 3) ** 0.75``, the mean over summaries
    of random sentences with up to `cap` words.

    Returns
    -------
    ndarray of float64, shape (n_sentences,)
        At least 0.
    """
    have, want = [], []
    for make, weight in ((lambda t: t, 1.0), (lambda t: list(pairwise(t)), 2.0)):
        goal = Counter(make(reference))
        column = {gram: k for k, gram in enumerate(goal)}
        table = np.zeros((len(tokens), len(goal)), np.float32)
        for i, sentence in enumerate(tokens):
            for gram in make(sentence):
                if (k := column.get(gram)) is not None:
                    table[i, k] += 1
        have.append((table, weight))
        want.append(np.array(list(goal.values()), np.float32))
    total = np.zeros(len(tokens))
    times = np.zeros(len(tokens))
    pool = np.flatnonzero(candidates)
    for _ in range(DRAWS):
        order = generator.permutation(pool)
        taken = order[np.cumsum(n_words[order]) <= generator.uniform(0, cap)]
        free = np.ones(len(tokens), bool)
        free[taken] = False
        for (table, weight), goal_counts in zip(have, want, strict=True):
            begun = table[taken].sum(axis=0)
            gain = (np.minimum(begun + table, goal_counts) - np.minimum(begun, goal_counts)).sum(axis=1)
            total += weight * gain * free
        times += free
    gains: NDArray[np.float64] = total / np.maximum(times, 1) / (n_words + 3.0) ** 0.75
    return gains


def score_choice(lesson: Lesson, indices: Iterable[int]) -> tuple[float, float]:
    """ROUGE-1 and ROUGE-2 F1, best of the references."""
    words = [token for i in sorted(indices) for token in lesson.tokens[i]]
    return (
        max(rouge_n(words, reference, 1).f1 for reference in lesson.references),
        max(rouge_n(words, reference, 2).f1 for reference in lesson.references),
    )


def measure(
    lessons: Sequence[Lesson],
    caps: Sequence[int],
    rank: Callable[[Lesson], NDArray[np.float64]],
    select: Callable[[Document, NDArray[np.float64], Length], Iterable[int]],
    jobs: int = 2,
) -> NDArray[np.float64]:
    """Every document at every cap in words.

    Returns
    -------
    ndarray of float64, shape (n_documents, n_caps, 3)
        ROUGE-1 F1, ROUGE-2 F1, and the share of chosen sentences with a dangling start, which is not a number
        where nothing is known of the language.
    """
    global _MEASURED
    _MEASURED = lessons, caps, rank, select
    with multiprocessing.get_context("fork").Pool(jobs) as pool:
        return np.array(pool.map(_measure_one, range(len(lessons)), chunksize=16))


def _measure_one(k: int) -> list[tuple[float, float, float]]:
    lessons, caps, rank, select = _MEASURED
    lesson = lessons[k]
    scores = rank(lesson)
    found = []
    for cap in caps:
        indices = list(select(lesson.document, scores, Length(cap, "words")))
        found.append((*score_choice(lesson, indices), metrics.dangling_starts(lesson.document, indices)))
    return found


# What the processes of `measure` inherit.
_MEASURED: tuple[Any, ...] = ()
