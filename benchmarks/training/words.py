"""Words that people keep, learned for the ranker.

What a sentence is worth beyond what all other evidence says of it is shared among its terms: the weight of a
term is the mean of what is left over in the sentences with it, drawn towards 0 where these are few.
"""

from __future__ import annotations

import zlib
from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray

from benchmarks.training.examples import Lesson
from summarize.rankers.learned.columns import KEPT_WORDS

# So many sentences without any surplus are added to those of every term.
SHRINKAGE = 30.0
FEWEST_DOCUMENTS = 8
MOST_WORDS = 2500

Floats = NDArray[np.float64]
# Sum of what is left over, sentences, and documents of every term; shape (3, n_terms).
Sums = NDArray[np.float64]
Words = dict[str, dict[str, float]]


class WordTeacher:
    """Weights of words, and the columns of evidence that follow from them.

    A lesson must not be taught with what its own document says of its words. And in half of the lessons what
    the other documents of their corpus say is left out, too: so the network learns how far words can be
    trusted on kinds of text that it was not taught.

    Parameters
    ----------
    lessons : sequence of Lesson
        Documents to learn from, each once.
    surplus : callable
        From a lesson to what each sentence is worth beyond the other evidence, shape (n_sentences,).
    """

    def __init__(self, lessons: Sequence[Lesson], surplus: Callable[[Lesson], Floats]) -> None:
        self._ids: dict[tuple[str, str], int] = {}
        own: dict[tuple[str, int], tuple[NDArray[np.int64], Sums]] = {}
        for lesson in lessons:
            ids = self._identify(lesson, add=True)
            own[lesson.corpus, lesson.number] = ids, _sum(lesson, surplus(lesson))
        self._own = own
        self._all = np.zeros((3, len(self._ids)))
        self._of_corpus: dict[str, Sums] = {}
        for (corpus, _), (ids, sums) in own.items():
            self._all[:, ids] += sums
            self._of_corpus.setdefault(corpus, np.zeros_like(self._all))[:, ids] += sums
        weights = _weigh(self._all)
        strength = np.abs(weights) * np.sqrt(self._all[1])
        order = np.argsort(-strength, kind="stable")
        self._kept = np.zeros(len(weights), bool)
        self._kept[order[:MOST_WORDS]] = True
        self._weights = np.where(self._kept, np.round(weights, 2), 0.0)

    def _identify(self, lesson: Lesson, add: bool) -> NDArray[np.int64]:
        """Identifiers of the terms of a lesson; -1 for unknown ones."""
        language, ids = lesson.document.language, self._ids
        if add:
            found = [ids.setdefault((language, term), len(ids)) for term in lesson.document.vocabulary]
        else:
            found = [ids.get((language, term), -1) for term in lesson.document.vocabulary]
        return np.array(found, np.int64)

    def words(self) -> Words:
        """The weights, by language."""
        found: Words = {}
        for (language, term), k in self._ids.items():
            if self._weights[k]:
                found.setdefault(language, {})[term] = float(self._weights[k])
        return found

    def fill_in(self, lesson: Lesson) -> Floats:
        """The evidence of a lesson to be taught, with that of its words."""
        ids = self._identify(lesson, add=False)
        known = np.maximum(ids, 0)
        sums = self._all[:, known].copy()
        key = (lesson.corpus, lesson.number)
        if zlib.crc32(f"{key} words".encode()) % 2:
            if lesson.corpus in self._of_corpus:
                sums -= self._of_corpus[lesson.corpus][:, known]
        elif key in self._own:
            own_ids, own_sums = self._own[key]
            place = np.full(len(self._ids), -1)
            place[own_ids] = np.arange(len(own_ids))
            mine = place[known]
            sums -= np.where(mine >= 0, own_sums[:, mine], 0.0)
        weights = np.where((ids >= 0) & self._kept[known], np.round(_weigh(sums), 2), 0.0)
        return _with_words(lesson, weights)


def use_words(lesson: Lesson, words: Words) -> Floats:
    """The evidence of a lesson that nothing was learned from, with that of its words."""
    known = words.get(lesson.document.language, {})
    return _with_words(lesson, np.array([known.get(term, 0.0) for term in lesson.document.vocabulary]))


def format_words(words: Words) -> str:
    """The file that `summarize.rankers.learned.lexicon.load_words` reads."""
    lines = []
    for language in sorted(words):
        lines.append(f"[{language}]")
        lines += [f"{term} {round(100 * weight)}" for term, weight in sorted(words[language].items())]
    return "\n".join(lines) + "\n"


def _with_words(lesson: Lesson, weights: Floats) -> Floats:
    document = lesson.document
    sizes = np.diff(document.offsets)
    rows = np.repeat(np.arange(len(document)), sizes)
    sums = np.bincount(rows, weights=weights[document.terms], minlength=len(document))
    evidence = lesson.evidence.copy()
    evidence[:, KEPT_WORDS] = np.array([sums / np.maximum(sizes, 1), sums]).T
    return evidence


def _sum(lesson: Lesson, surplus: Floats) -> Sums:
    document = lesson.document
    rows = np.repeat(np.arange(len(document)), np.diff(document.offsets))
    inside = lesson.candidates[rows]
    rows, terms = rows[inside], document.terms[inside]
    n = len(document.vocabulary)
    times = np.bincount(terms, minlength=n)
    return np.array([np.bincount(terms, weights=surplus[rows], minlength=n), times, times > 0])


def _weigh(sums: Sums) -> Floats:
    weights: Floats = np.where(sums[2] >= FEWEST_DOCUMENTS, sums[0] / (sums[1] + SHRINKAGE), 0.0)
    return weights
