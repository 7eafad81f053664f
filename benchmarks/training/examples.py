"""Make training examples for the learned ranker: documents, and what a reader picked from them."""

from __future__ import annotations

import multiprocessing
import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from benchmarks import report
from benchmarks.quality.readings import Reading, Span, score
from summarize.document import Document
from summarize.features.chunk import Chunk
from summarize.features.focus import focus, spread
from summarize.length import Length
from summarize.pipeline import segment
from summarize.rankers.learned import make_inputs
from summarize.rankers.learned.columns import COLUMNS, PICKED_WORDS, compute_features

N_FOLDS = 5


@dataclass(frozen=True, slots=True)
class Example:
    """A document to train or evaluate on.

    Attributes
    ----------
    reading : Reading
        The text, and what the reader picked.
    document : Document
        The whole text.
    narrow : Document
        The document without its wrapper: what rankers see.
    kept : ndarray of int64, shape (n_kept,)
        The index of each sentence of `narrow` in `document`.
    inputs : ndarray of float32, shape (n_kept, n_inputs)
        The inputs of the trees; those of the words are 0 until `benchmarks.training.words` fills them.
    targets : ndarray of float32, shape (n_kept,)
        From `grade`.
    """

    reading: Reading
    document: Document
    narrow: Document
    kept: NDArray[np.int64]
    inputs: NDArray[np.float32]
    targets: NDArray[np.float32]


def make_examples(readings: Sequence[Reading], jobs: int = 2) -> list[Example]:
    """Make an example of each reading whose document has at least two sentences.

    Parameters
    ----------
    readings : sequence of Reading
    jobs : int
        Number of processes.

    Returns
    -------
    list of Example
    """
    os.environ["OPENBLAS_NUM_THREADS"] = "1"
    with multiprocessing.get_context("fork").Pool(jobs) as pool:
        made = pool.imap(_make_example, readings, chunksize=8)
        progress = report.progress(made, len(readings), "features")
        return [example for example in progress if len(example.narrow) > 1]


def _make_example(reading: Reading) -> Example:
    document = segment(reading.text)
    narrow, kept = focus(document)
    if kept is None:
        kept = np.arange(len(document))
    inputs = np.empty((0, 0), np.float32)
    if len(narrow):
        inputs = make_inputs(compute_features(Chunk([narrow]))).astype(np.float32)
        # Those of the package were learned from these documents.
        inputs[:, [*PICKED_WORDS, *(column + len(COLUMNS) for column in PICKED_WORDS)]] = 0.0
    spans = [(sentence.start, sentence.end) for sentence in document.sentences]
    targets = grade(spans, reading.picks)[kept]
    return Example(reading, document, narrow, kept, inputs, targets)


def grade(sentences: Sequence[Span], picks: Sequence[Span]) -> NDArray[np.float32]:
    """Grade sentences by when a reader picks them: 1 for the first, then less and less, 0 for the rest.

    Parameters
    ----------
    sentences, picks : sequence of (int, int)
        Ranges of characters. A sentence is picked if the picks cover more than half of it; picks may follow
        another segmentation.

    Returns
    -------
    ndarray of float32, shape (n_sentences,)
        ``1 / log2(k + 2)`` for a sentence that the k-th pick touches first: the discount of [1]_.

    References
    ----------
    .. [1] Järvelin & Kekäläinen 2002, doi:10.1145/582415.582418

    Examples
    --------
    >>> grade([(0, 10), (11, 20), (21, 30)], [(21, 30), (0, 7)]).round(2).tolist()
    [0.6299999952316284, 0.0, 1.0]
    """
    grades = np.zeros(len(sentences), np.float32)
    for i, (start, end) in enumerate(sentences):
        shared = [max(0, min(end, last) - max(start, first)) for first, last in picks]
        if 2 * sum(shared) > end - start:
            grades[i] = 1 / np.log2(next(k for k, n in enumerate(shared) if n) + 2)
    return grades


def assign_folds(examples: Sequence[Example], seed: int = 0) -> NDArray[np.int64]:
    """Assign each example to one of `N_FOLDS` folds at random, shape (n_examples,)."""
    return np.random.default_rng(seed).permutation(len(examples)) % N_FOLDS


def measure(
    example: Example,
    scores: NDArray[np.float64],
    select: Callable[[Document, NDArray[np.float64], Length], Sequence[int]],
) -> tuple[float, int, int]:
    """Measure the summary that a selector makes of scores.

    Parameters
    ----------
    example : Example
    scores : ndarray of float64, shape (n_kept,)
        Of the sentences of ``example.narrow``.
    select : callable
        A selector.

    Returns
    -------
    tuple of float, int, int
        As from `benchmarks.quality.readings.score`.
    """
    document = example.document
    whole = spread(scores, example.kept, len(document))
    chosen = select(document, whole, Length(example.reading.limit, "words"))
    sentences = document.sentences
    return score(example.reading, [(sentences[i].start, sentences[i].end) for i in chosen])
