"""Learn word weights for the learned ranker.

The weight of a term is the mean residual of the sentences that contain it, shrunk toward 0 if there are few.
The residual is the part of the target that the other features do not predict.
"""

from __future__ import annotations

import zlib
from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray

from benchmarks.training.examples import Example
from summarize.rankers.learned.columns import KEPT_WORDS

# Number of sentences with a residual of 0 that are added to the sentences of each term.
SHRINKAGE = 30.0
MIN_DOCUMENTS = 8
MAX_WORDS = 2500

Floats = NDArray[np.float64]
# Sum of residuals, number of sentences and number of documents of each term; shape (3, n_terms).
Sums = NDArray[np.float64]
Words = dict[str, dict[str, float]]


class WordTrainer:
    """Learns word weights, and computes the word features of training examples without target leakage.

    The word features of a training example must not depend on its own targets, so its document is left out of
    the weights. For half of the examples, the whole corpus is left out: so the network learns how far to
    trust word weights on unseen kinds of text.

    Parameters
    ----------
    examples : sequence of Example
        Training examples, each once.
    residuals : callable
        Maps an example to the residual of each sentence, shape (n_sentences,).
    """

    def __init__(self, examples: Sequence[Example], residuals: Callable[[Example], Floats]) -> None:
        self._ids: dict[tuple[str, str], int] = {}
        own: dict[tuple[str, int], tuple[NDArray[np.int64], Sums]] = {}
        for example in examples:
            ids = self._look_up(example, add=True)
            own[example.corpus, example.number] = ids, _sum_residuals(example, residuals(example))
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
        self._kept[order[:MAX_WORDS]] = True
        self._weights = np.where(self._kept, np.round(weights, 2), 0.0)

    def _look_up(self, example: Example, add: bool) -> NDArray[np.int64]:
        """Return the ids of the terms of an example; unknown terms are added, or get -1."""
        language, ids = example.document.language, self._ids
        if add:
            found = [ids.setdefault((language, term), len(ids)) for term in example.document.vocabulary]
        else:
            found = [ids.get((language, term), -1) for term in example.document.vocabulary]
        return np.array(found, np.int64)

    def words(self) -> Words:
        """Return the weights of the terms, by language."""
        found: Words = {}
        for (language, term), k in self._ids.items():
            if self._weights[k]:
                found.setdefault(language, {})[term] = float(self._weights[k])
        return found

    def training_features(self, example: Example) -> Floats:
        """Return the features of a training example, with word features that leave out its targets."""
        ids = self._look_up(example, add=False)
        known = np.maximum(ids, 0)
        sums = self._all[:, known].copy()
        key = (example.corpus, example.number)
        if zlib.crc32(f"{key} words".encode()) % 2:
            if example.corpus in self._of_corpus:
                sums -= self._of_corpus[example.corpus][:, known]
        elif key in self._own:
            own_ids, own_sums = self._own[key]
            position = np.full(len(self._ids), -1)
            position[own_ids] = np.arange(len(own_ids))
            column = position[known]
            sums -= np.where(column >= 0, own_sums[:, column], 0.0)
        weights = np.where((ids >= 0) & self._kept[known], np.round(_weigh(sums), 2), 0.0)
        return _add_word_features(example, weights)


def apply_words(example: Example, words: Words) -> Floats:
    """Return the features of a held-out example, with word features from learned weights."""
    known = words.get(example.document.language, {})
    weights = np.array([known.get(term, 0.0) for term in example.document.vocabulary])
    return _add_word_features(example, weights)


def format_words(words: Words) -> str:
    """Format the file that `summarize.rankers.learned.lexicon.load_words` reads.

    Examples
    --------
    >>> print(format_words({"en": {"council": 0.25}}), end="")
    [en]
    council 25
    """
    lines = []
    for language in sorted(words):
        lines.append(f"[{language}]")
        lines += [f"{term} {round(100 * weight)}" for term, weight in sorted(words[language].items())]
    return "\n".join(lines) + "\n"


def _add_word_features(example: Example, weights: Floats) -> Floats:
    document = example.document
    sizes = np.diff(document.offsets)
    rows = np.repeat(np.arange(len(document)), sizes)
    sums = np.bincount(rows, weights=weights[document.terms], minlength=len(document))
    features = example.features.copy()
    features[:, KEPT_WORDS] = np.array([sums / np.maximum(sizes, 1), sums]).T
    return features


def _sum_residuals(example: Example, residuals: Floats) -> Sums:
    document = example.document
    rows = np.repeat(np.arange(len(document)), np.diff(document.offsets))
    inside = example.candidates[rows]
    rows, terms = rows[inside], document.terms[inside]
    n = len(document.vocabulary)
    times = np.bincount(terms, minlength=n)
    return np.array([np.bincount(terms, weights=residuals[rows], minlength=n), times, times > 0])


def _weigh(sums: Sums) -> Floats:
    weights: Floats = np.where(sums[2] >= MIN_DOCUMENTS, sums[0] / (sums[1] + SHRINKAGE), 0.0)
    return weights
