"""What every method keeps of every document: the figures behind the tables of coverage.

Finished documents are remembered, a block of them at a time, so that an interrupted run goes on where
it stopped, and a longer one begins with what a shorter one has measured. What is remembered is forgotten
when the code, a document, the lengths or a package change.
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
from summarize.length import Length, measure_costs
from summarize.metrics import intrinsic
from summarize.metrics.rouge import Score, best_score, find_tokenizer, rouge_lsum, rouge_n
from summarize.pipeline import resolve_ranker, resolve_selector, segment, suit_selector
from summarize.rankers import RANKERS
from summarize.selectors import SELECTORS
from summarize.tokenization.terms import count_words
from summarize.version import __version__

WORDS = (25, 50, 100, 200, 400)
PERCENTS = (5, 10, 20, 30, 50)
MEASURES = ("rouge1", "rouge2", "rougeLsum", "coverage", "divergence", "redundancy", "dangling", "words")
# What only corpora with extracts by people, or with content units, can tell.
GIVEN = ("extract precision", "extract recall", "units")
# What the F1 of ROUGE are made of.
PARTS = tuple(f"{name} {part}" for name in MEASURES[:3] for part in ("precision", "recall"))
NAMES = MEASURES + GIVEN + PARTS
RANDOM_DRAWS = 5
# CPU seconds that one of other people's methods may take for a document: some are cubic.
PATIENCE = 10.0
BLOCK = 20
CACHE = report.REPOSITORY / ".coverage-cache"

Job = tuple[corpora.Example, tuple[str, ...], tuple[Length, ...]]
Values = list[list[list[float]]]
"""A document's: by method, length and measure."""


def list_methods(slow: bool) -> list[str]:
    """Every ranker with every selector, the oracle, and the peers that are installed."""
    rankers = [name for name in RANKERS if slow or not name.startswith("sumy-")]
    pairs = [f"{ranker}+{selector}" for ranker in rankers for selector in SELECTORS]
    return [*pairs, "oracle", *(peers.installed() if slow else ())]


def complete_method(name: str) -> str:
    """The full name of a method: a ranker alone is one with the selector that suits it.

    Raises
    ------
    UnknownNameError
        There is no such ranker, selector or peer, or the peer is not installed.
    """
    if name == "oracle" or name in peers.installed():
        return name
    if name.startswith("peer:"):
        raise UnknownNameError("peer", name, peers.installed())
    ranker, _, selector = name.partition("+")
    resolve_ranker(ranker)
    selector = selector or suit_selector(ranker)
    resolve_selector(selector)
    return f"{ranker}+{selector}"


def list_lengths(words: Sequence[int] = WORDS, percents: Sequence[int] = PERCENTS) -> list[Length]:
    """The grid of caps."""
    return [Length(n, "words") for n in words] + [Length(n, "percent") for n in percents]


# --- One document ---------------------------------------------------------------------------------


def measure_example(job: Job) -> Values:
    """Values of every method, length and measure for one document."""
    example, methods, lengths = job
    judge = _Judge(example)
    values = []
    for method in methods:
        try:
            if method == "oracle":
                values.append([judge.value_oracle(length) for length in lengths])
            elif method in peers.PEERS:
                values.append([judge.value_peer(method, length) for length in lengths])
            else:
                ranker, selector = method.split("+")
                values.append(judge.value_pair(ranker, selector, lengths))
        except _OutOfPatience:
            values.append([[float("nan")] * len(NAMES) for _ in lengths])
    return values


class _OutOfPatience(BaseException):
    """Other people's code took too long; not an `Exception`, so that it passes through theirs."""


@contextmanager
def _patience() -> Iterator[None]:
    """Allow so many CPU seconds, and no more; as long as it takes where the system has no such clock."""

    def stop(*_: object) -> None:
        raise _OutOfPatience

    if not hasattr(signal, "setitimer") or threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.signal(signal.SIGVTALRM, stop)
    signal.setitimer(signal.ITIMER_VIRTUAL, PATIENCE)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, before)


class _Judge:
    """One document, made ready to be compared with its references."""

    def __init__(self, example: corpora.Example) -> None:
        self.example = example
        self.document = segment(example.document, language=example.language)
        self.tokenize = find_tokenizer(example.language)
        self.references = [
            [self.tokenize(line) for line in text.split("\n") if line] for text in example.references
        ]
        self.flat = [[word for line in reference for word in line] for reference in self.references]
        self.weights = intrinsic.term_weights(self.document)
        self.tokens = [self.tokenize(sentence.text) for sentence in self.document.sentences]
        self.gold = _find_gold(self.document, example.extract)
        self.scores: dict[str, list[NDArray[np.float64]] | None] = {}
        self.units = [(set(self.tokenize(text)), weight) for text, weight in example.units]

    def value(self, indices: Sequence[int]) -> list[float]:
        """All measures of an extract."""
        f1s, parts = self._rouge([self.tokens[i] for i in sorted(indices)])
        return [
            *f1s,
            intrinsic.source_coverage(self.document, indices, self.weights),
            intrinsic.divergence(self.document, indices),
            intrinsic.redundancy(self.document, indices, self.weights),
            intrinsic.dangling_starts(self.document, indices),
            float(sum(int(self.document.n_words[i]) for i in indices)),
            *self._against_people(indices),
            *parts,
        ]

    def value_pair(self, ranker: str, selector: str, lengths: Sequence[Length]) -> list[list[float]]:
        """A ranker with a selector; the mean of several draws where it is random."""
        select = resolve_selector(selector)
        return [
            np.mean(
                [self.value(select(self.document, s, length)) for s in self._score(ranker)], axis=0
            ).tolist()
            for length in lengths
        ]

    def _score(self, ranker: str) -> list[NDArray[np.float64]]:
        """Scores of every draw: one, unless the ranker is random."""
        if ranker not in self.scores:
            self.scores[ranker] = None
            with _patience() if ranker.startswith("sumy-") else nullcontext():
                self.scores[ranker] = [
                    resolve_ranker(ranker)(self.document, **o) for o in self._options(ranker)
                ]
        scores = self.scores[ranker]
        if scores is None:
            raise _OutOfPatience
        return scores

    def _options(self, ranker: str) -> list[dict[str, int]]:
        if ranker != "random":
            return [{}]
        # Seeds of its own for every document: with the same ones, all documents of a size would get their
        # sentences from the same places, and the mean would be that of five orders, not of chance.
        digest = hashlib.sha256(self.example.document.encode("utf-8", "surrogatepass")).digest()
        first = int.from_bytes(digest[:6], "big")
        return [{"seed": first + draw} for draw in range(RANDOM_DRAWS)]

    def value_oracle(self, length: Length) -> list[float]:
        """The extract that is chosen with the reference in hand; the best over several references."""
        rows = [
            self.value(choose_oracle(self.document, target, length, self.tokenize)) for target in self.flat
        ]
        return max(rows, key=lambda row: row[0] + row[1])

    def value_peer(self, method: str, length: Length) -> list[float]:
        """A whole system, cut at the cap; nothing is known of a document that it cannot summarize."""
        entry = peers.PEERS[method]
        language = find_language(self.example.language)
        limit = measure_costs(self.document, length)[1]
        nothing = [float("nan")] * len(NAMES)
        if entry.languages and language.code not in entry.languages:
            return nothing
        summarize = getattr(import_module(entry.module), entry.function)
        try:
            with _patience():
                sentences = summarize(self.example.document, self.example.language, limit)
        except Exception:  # whatever theirs may raise: the row says on how many documents it stands
            return nothing
        kept = cut_at(sentences, limit, language)
        f1s, parts = self._rouge([self.tokenize(text) for text in kept])
        # What it chose are not sentences of ours, so the measures that need these do not apply.
        known = dict(zip(MEASURES[:3], f1s, strict=True)) | dict(zip(PARTS, parts, strict=True))
        known["words"] = float(sum(count_words(kept, language)))
        return [known.get(name, float("nan")) for name in NAMES]

    def _rouge(self, chosen: list[list[str]]) -> tuple[list[float], list[float]]:
        """F1 of each kind against the best reference, and the precision and recall behind it."""
        words = [word for line in chosen for word in line]
        scores: list[Score] = [
            best_score([rouge_n(words, target, 1) for target in self.flat]),
            best_score([rouge_n(words, target, 2) for target in self.flat]),
            best_score([rouge_lsum(chosen, reference) for reference in self.references]),
        ]
        return [s.f1 for s in scores], [part for s in scores for part in (s.precision, s.recall)]

    def _against_people(self, indices: Sequence[int]) -> list[float]:
        """Precision and recall of the extract, recall of the units; not a number where there are none."""
        nan = float("nan")
        score = intrinsic.sentence_agreement(indices, self.gold)
        recall = nan
        if self.units:
            wanted, weights = zip(*self.units, strict=True)
            recall = intrinsic.unit_recall([self.tokens[i] for i in indices], wanted, weights)
        return [score.precision, score.recall, recall] if self.gold else [nan, nan, recall]


def _find_gold(document: Document, extract: Sequence[str]) -> set[int]:
    """The sentences of a human extract; other splitters may have cut them elsewhere."""
    texts = ["".join(text.split()) for text in extract]
    squeezed = ["".join(sentence.text.split()) for sentence in document.sentences]
    return {
        i
        for i, s in enumerate(squeezed)
        if any(s == t or (len(s) > 20 and (s in t or t in s)) for t in texts)
    }


def cut_at(sentences: Sequence[str], limit: int, language: Language) -> list[str]:
    """The beginning of a summary, of so many words at most; the sentence that passes the cap is cut.

    Parameters
    ----------
    sentences : sequence of str
    limit : int
        Words, each letter of a script without spaces for one.
    language : Language

    Returns
    -------
    list of str
        Without those that are empty.
    """
    kept = []
    for sentence in sentences:
        pieces = sentence.split()
        while pieces and (used := count_words([" ".join(pieces)], language)[0]) > limit:
            if len(pieces) == 1 and used > 1:  # a script without spaces: so many letters too many
                pieces = [pieces[0][: limit - used]]
            else:
                pieces.pop()
        if pieces:
            kept.append(" ".join(pieces))
            limit -= used
    return kept


# --- Many documents -------------------------------------------------------------------------------


def measure_corpus(
    corpus: corpora.Corpus,
    methods: Sequence[str],
    lengths: Sequence[Length],
    jobs: int,
    cache: Path | None = CACHE,
) -> NDArray[np.float64]:
    """Values of shape (n_documents, n_methods, n_lengths, n_measures).

    Parameters
    ----------
    corpus : Corpus
    methods : sequence of str
        Full names.
    lengths : sequence of Length
    jobs : int
        Processes; 1 is this one.
    cache : Path, optional
        Folder of what was measured before.
    """
    blocks = [corpus.slice(k, k + BLOCK) for k in range(0, len(corpus.examples), BLOCK)]
    folders = [cache / _key(block, lengths) if cache else None for block in blocks]
    todo = [
        tuple(m for m in methods if folder is None or not (folder / f"{m}.npy").exists())
        for folder in folders
    ]
    tasks = [
        (example, names, tuple(lengths))
        for block, names in zip(blocks, todo, strict=True)
        for example in block.examples
        if names
    ]
    fresh = report.progress(_map(tasks, jobs), len(tasks), corpus.name)
    parts = []
    for block, folder, names in zip(blocks, folders, todo, strict=True):
        known = {m: np.load(folder / f"{m}.npy") for m in methods if m not in names} if folder else {}
        measured = np.array(list(islice(fresh, len(block.examples) if names else 0)))
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


def _map(tasks: list[Job], jobs: int) -> Iterator[Values]:
    if jobs == 1 or not tasks:
        yield from map(measure_example, tasks)
        return
    os.environ["OPENBLAS_NUM_THREADS"] = "1"
    with multiprocessing.get_context("spawn").Pool(jobs) as pool:
        yield from pool.imap(measure_example, tasks, chunksize=max(1, min(4, len(tasks) // (4 * jobs))))


def _key(block: corpora.Corpus, lengths: Sequence[Length]) -> str:
    what = [block.digest, __version__, _code_digest(), _versions(), [str(length) for length in lengths]]
    return hashlib.sha256(json.dumps(what).encode()).hexdigest()[:16]


@functools.cache
def _versions() -> dict[str, str]:
    return report.versions("numpy", "scipy", "nltk", "PyStemmer", *peers.DISTRIBUTIONS)


@functools.cache
def _code_digest() -> str:
    """Changes when the package or its word lists do, so that no figure outlives what made it."""
    digest = hashlib.sha256()
    package = (
        path for path in (report.REPOSITORY / "summarize").rglob("*") if "__pycache__" not in path.parts
    )
    own = (report.REPOSITORY / "benchmarks").rglob("*.py")
    for path in sorted(path for path in (*package, *own) if path.is_file()):
        digest.update(path.read_bytes())
    return digest.hexdigest()
