"""Evaluate methods on documents with reference summaries, with a cache.

Results are cached per block of documents, so that an interrupted run resumes where it stopped and a longer
run reuses a shorter one. A change of the code, a document, a length or a package version invalidates them.
"""

from __future__ import annotations

import functools
import hashlib
import json
import multiprocessing
import os
import signal
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, nullcontext
from importlib import import_module
from itertools import islice
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from benchmarks import corpora, peers, report
from benchmarks.quality.oracle import choose_oracle
from summarize import Document
from summarize.errors import UnknownNameError
from summarize.languages import Language, find_language
from summarize.length import Length
from summarize.metrics import intrinsic
from summarize.metrics.rouge import Score, best_score, find_tokenizer, rouge_lsum, rouge_n
from summarize.pipeline import segment
from summarize.rankers import RANKERS
from summarize.selectors import SELECTORS
from summarize.selectors.budget import measure_costs
from summarize.settings import default_selector, resolve_ranker, resolve_selector
from summarize.tokenization.words import count_words
from summarize.version import __version__

WORDS = (25, 50, 100, 200, 400)
PERCENTS = (5, 10, 20, 30, 50)
MEASURES = ("rouge1", "rouge2", "rougeLsum", "coverage", "divergence", "redundancy", "dangling", "words")
# Measures that need a human extract or content units; NaN for corpora that have none.
HUMAN_MEASURES = ("extract precision", "extract recall", "units")
# The precision and recall behind each ROUGE F1.
ROUGE_PARTS = tuple(f"{name} {part}" for name in MEASURES[:3] for part in ("precision", "recall"))
ALL_MEASURES = MEASURES + HUMAN_MEASURES + ROUGE_PARTS
RANDOM_DRAWS = 5
# CPU seconds per document. Some summarizers of other packages take cubic time.
TIME_LIMIT = 10.0
BLOCK_SIZE = 20
CACHE = report.REPOSITORY / ".coverage-cache"

Task = tuple[corpora.Entry, tuple[str, ...], tuple[Length, ...]]
Values = list[list[list[float]]]
"""The values of one document, by method, length and measure."""


def list_methods(slow: bool) -> list[str]:
    """List every ranker with every selector, and the oracle.

    With `slow`, also list sumy's rankers and the installed peers.
    """
    rankers = [name for name in RANKERS if slow or not name.startswith("sumy-")]
    pairs = [f"{ranker}+{selector}" for ranker in rankers for selector in SELECTORS]
    return [*pairs, "oracle", *(peers.installed() if slow else ())]


def complete_method(name: str) -> str:
    """Return the full name of a method: a ranker without a selector gets its default selector.

    Raises
    ------
    UnknownNameError
        If the ranker, selector or peer does not exist, or the peer is not installed.

    Examples
    --------
    >>> complete_method("textrank")
    'textrank+greedy'
    """
    if name == "oracle" or name in peers.installed():
        return name
    if name.startswith("peer:"):
        raise UnknownNameError("peer", name, peers.installed())
    ranker, _, selector = name.partition("+")
    resolve_ranker(ranker)
    selector = selector or default_selector(ranker)
    resolve_selector(selector)
    return f"{ranker}+{selector}"


def list_lengths(words: Sequence[int] = WORDS, percents: Sequence[int] = PERCENTS) -> list[Length]:
    """Make the grid of maximum lengths, in words and in percent."""
    return [Length(n, "words") for n in words] + [Length(n, "percent") for n in percents]


# --- One document ---------------------------------------------------------------------------------


def evaluate_entry(task: Task) -> Values:
    """Evaluate every method at every length on one document."""
    entry, methods, lengths = task
    scorer = _Scorer(entry)
    values = []
    for method in methods:
        try:
            if method == "oracle":
                values.append([scorer.score_oracle(length) for length in lengths])
            elif method in peers.PEERS:
                values.append([scorer.score_peer(method, length) for length in lengths])
            else:
                ranker, selector = method.split("+")
                values.append(scorer.score_pair(ranker, selector, lengths))
        except _TimedOut:
            values.append([[float("nan")] * len(ALL_MEASURES) for _ in lengths])
    return values


class _TimedOut(BaseException):
    """Raised when a method takes too long.

    This is no `Exception`, so that an ``except Exception`` in another package does not catch it.
    """


@contextmanager
def _limit_time() -> Iterator[None]:
    """Raise `_TimedOut` after `TIME_LIMIT` CPU seconds, on systems that have such a timer."""

    def stop(*_: object) -> None:
        raise _TimedOut

    if not hasattr(signal, "setitimer") or threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.signal(signal.SIGVTALRM, stop)
    signal.setitimer(signal.ITIMER_VIRTUAL, TIME_LIMIT)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, before)


class _Scorer:
    """Scores extracts of one document against its references."""

    def __init__(self, entry: corpora.Entry) -> None:
        self.entry = entry
        self.document = segment(entry.document, language=entry.language)
        self.tokenize = find_tokenizer(entry.language)
        self.references = [
            [self.tokenize(line) for line in text.split("\n") if line] for text in entry.references
        ]
        self.flat = [[word for line in reference for word in line] for reference in self.references]
        self.weights = intrinsic.term_weights(self.document)
        self.tokens = [self.tokenize(sentence.text) for sentence in self.document.sentences]
        self.gold = _find_gold(self.document, entry.extract)
        self.scores: dict[str, list[NDArray[np.float64]] | None] = {}
        self.units = [(set(self.tokenize(text)), weight) for text, weight in entry.units]

    def score(self, indices: Sequence[int]) -> list[float]:
        """Compute all measures of an extract."""
        f1s, parts = self._rouge([self.tokens[i] for i in sorted(indices)])
        return [
            *f1s,
            intrinsic.source_coverage(self.document, indices, self.weights),
            intrinsic.divergence(self.document, indices),
            intrinsic.redundancy(self.document, indices, self.weights),
            intrinsic.dangling_starts(self.document, indices),
            float(sum(int(self.document.n_words[i]) for i in indices)),
            *self._compare_with_people(indices),
            *parts,
        ]

    def score_pair(self, ranker: str, selector: str, lengths: Sequence[Length]) -> list[list[float]]:
        """Score a ranker with a selector; for the random ranker, return the mean of several draws."""
        select = resolve_selector(selector)
        return [
            np.mean(
                [self.score(select(self.document, s, length)) for s in self._rank(ranker)], axis=0
            ).tolist()
            for length in lengths
        ]

    def _rank(self, ranker: str) -> list[NDArray[np.float64]]:
        """Return the scores of each draw; there is one draw, unless the ranker is random."""
        if ranker not in self.scores:
            self.scores[ranker] = None
            with _limit_time() if ranker.startswith("sumy-") else nullcontext():
                self.scores[ranker] = [
                    resolve_ranker(ranker)(self.document, **o) for o in self._options(ranker)
                ]
        scores = self.scores[ranker]
        if scores is None:
            raise _TimedOut
        return scores

    def _options(self, ranker: str) -> list[dict[str, int]]:
        if ranker != "random":
            return [{}]
        # With the same seeds, all documents with the same number of sentences would get the same positions,
        # and the mean would be over five permutations only.
        digest = hashlib.sha256(self.entry.document.encode("utf-8", "surrogatepass")).digest()
        first = int.from_bytes(digest[:6], "big")
        return [{"seed": first + draw} for draw in range(RANDOM_DRAWS)]

    def score_oracle(self, length: Length) -> list[float]:
        """Score the oracle extract of each reference, and return the best."""
        rows = [
            self.score(choose_oracle(self.document, target, length, self.tokenize)) for target in self.flat
        ]
        return max(rows, key=lambda row: row[0] + row[1])

    def score_peer(self, method: str, length: Length) -> list[float]:
        """Score a summary of a peer, truncated to the length; all NaN if the peer fails on the document."""
        peer = peers.PEERS[method]
        language = find_language(self.entry.language)
        limit = measure_costs(self.document, length)[1]
        unknown = [float("nan")] * len(ALL_MEASURES)
        if peer.languages and language.code not in peer.languages:
            return unknown
        summarize = getattr(import_module(peer.module), peer.function)
        try:
            with _limit_time():
                sentences = summarize(self.entry.document, self.entry.language, limit)
        except Exception:  # another package may raise anything; the tables count these documents
            return unknown
        kept = cut_at(sentences, limit, language)
        f1s, parts = self._rouge([self.tokenize(text) for text in kept])
        # Peers split sentences differently, so the measures that need sentence indices do not apply.
        known = dict(zip(MEASURES[:3], f1s, strict=True)) | dict(zip(ROUGE_PARTS, parts, strict=True))
        known["words"] = float(sum(count_words(kept, language)))
        return [known.get(name, float("nan")) for name in ALL_MEASURES]

    def _rouge(self, chosen: list[list[str]]) -> tuple[list[float], list[float]]:
        """Compute each ROUGE F1 against the best reference, and the precisions and recalls behind them."""
        words = [word for line in chosen for word in line]
        scores: list[Score] = [
            best_score([rouge_n(words, target, 1) for target in self.flat]),
            best_score([rouge_n(words, target, 2) for target in self.flat]),
            best_score([rouge_lsum(chosen, reference) for reference in self.references]),
        ]
        return [s.f1 for s in scores], [part for s in scores for part in (s.precision, s.recall)]

    def _compare_with_people(self, indices: Sequence[int]) -> list[float]:
        """Compute precision and recall against the human extract, and the recall of content units."""
        nan = float("nan")
        score = intrinsic.sentence_agreement(indices, self.gold)
        recall = nan
        if self.units:
            wanted, weights = zip(*self.units, strict=True)
            recall = intrinsic.unit_recall([self.tokens[i] for i in indices], wanted, weights)
        return [score.precision, score.recall, recall] if self.gold else [nan, nan, recall]


def _find_gold(document: Document, extract: Sequence[str]) -> set[int]:
    """Find the sentences of a human extract, which may have other sentence boundaries."""
    texts = ["".join(text.split()) for text in extract]
    squeezed = ["".join(sentence.text.split()) for sentence in document.sentences]
    return {
        i
        for i, s in enumerate(squeezed)
        if any(s == t or (len(s) > 20 and (s in t or t in s)) for t in texts)
    }


def cut_at(sentences: Sequence[str], limit: int, language: Language) -> list[str]:
    """Truncate a summary to a number of words; the last sentence may be cut in the middle.

    Parameters
    ----------
    sentences : sequence of str
    limit : int
        Maximum number of words. In scripts without spaces, each character counts as a word.
    language : Language

    Returns
    -------
    list of str
        Non-empty sentences.

    Examples
    --------
    >>> cut_at(["One two three.", "Four five."], 4, find_language("en"))
    ['One two three.', 'Four']
    """
    kept = []
    for sentence in sentences:
        pieces = sentence.split()
        while pieces and (used := count_words([" ".join(pieces)], language)[0]) > limit:
            if len(pieces) == 1 and used > 1:  # a script without spaces
                pieces = [pieces[0][: limit - used]]
            else:
                pieces.pop()
        if pieces:
            kept.append(" ".join(pieces))
            limit -= used
    return kept


# --- Many documents -------------------------------------------------------------------------------


def evaluate_corpus(
    corpus: corpora.Corpus,
    methods: Sequence[str],
    lengths: Sequence[Length],
    jobs: int,
    cache: Path | None = CACHE,
) -> NDArray[np.float64]:
    """Evaluate methods on all documents of a corpus.

    Parameters
    ----------
    corpus : Corpus
    methods : sequence of str
        Full names, such as ``textrank+greedy``.
    lengths : sequence of Length
    jobs : int
        Number of worker processes; 1 works in this process.
    cache : Path, optional
        Folder of cached results; None disables the cache.

    Returns
    -------
    ndarray of float64, shape (n_documents, n_methods, n_lengths, n_measures)
        Measures in the order of `ALL_MEASURES`; NaN where a measure is undefined or a method failed.
    """
    blocks = [corpus.slice(k, k + BLOCK_SIZE) for k in range(0, len(corpus.entries), BLOCK_SIZE)]
    folders = [cache / _key(block, lengths) if cache else None for block in blocks]
    todo = [
        tuple(m for m in methods if folder is None or not (folder / f"{m}.npy").exists())
        for folder in folders
    ]
    tasks = [
        (entry, names, tuple(lengths))
        for block, names in zip(blocks, todo, strict=True)
        for entry in block.entries
        if names
    ]
    fresh = report.progress(_map(tasks, jobs), len(tasks), corpus.name)
    parts = []
    for block, folder, names in zip(blocks, folders, todo, strict=True):
        known = {m: np.load(folder / f"{m}.npy") for m in methods if m not in names} if folder else {}
        measured = np.array(list(islice(fresh, len(block.entries) if names else 0)))
        for k, method in enumerate(names):
            known[method] = measured[:, k]
            if folder:
                _save(known[method], folder / f"{method}.npy")
        parts.append(np.stack([known[method] for method in methods], axis=1))
    return np.concatenate(parts)


def _save(values: NDArray[np.float64], path: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    temporary = path.with_suffix(f".{os.getpid()}.npy")
    np.save(temporary, values)
    temporary.replace(path)


def _map(tasks: list[Task], jobs: int) -> Iterator[Values]:
    if jobs == 1 or not tasks:
        yield from map(evaluate_entry, tasks)
        return
    os.environ["OPENBLAS_NUM_THREADS"] = "1"
    with multiprocessing.get_context("spawn").Pool(jobs) as pool:
        yield from pool.imap(evaluate_entry, tasks, chunksize=max(1, min(4, len(tasks) // (4 * jobs))))


def _key(block: corpora.Corpus, lengths: Sequence[Length]) -> str:
    what = [block.digest, __version__, _code_digest(), _versions(), [str(length) for length in lengths]]
    return hashlib.sha256(json.dumps(what).encode()).hexdigest()[:16]


@functools.cache
def _versions() -> dict[str, str]:
    return report.versions("numpy", "scipy", "nltk", "PyStemmer", *peers.DISTRIBUTIONS)


@functools.cache
def _code_digest() -> str:
    """Hash the package, its data files and the benchmarks."""
    digest = hashlib.sha256()
    package = (
        path for path in (report.REPOSITORY / "summarize").rglob("*") if "__pycache__" not in path.parts
    )
    own = (report.REPOSITORY / "benchmarks").rglob("*.py")
    for path in sorted(path for path in (*package, *own) if path.is_file()):
        digest.update(path.read_bytes())
    return digest.hexdigest()
