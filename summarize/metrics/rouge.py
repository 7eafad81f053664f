"""Compute ROUGE, the overlap of a summary with reference summaries.

For English, the scores equal those of Google's ``rouge-score`` 0.1.2 with its stemmer, to the last bit. That
tool drops every character that is not an ASCII letter or digit, so in Russian or Chinese it would compare
only numbers. Texts in other languages are compared by the words and stems of this package, including stop
words. Their scores can compare methods on the same texts, but not with published results.

References
----------
.. [1] Lin (2004), "ROUGE: A Package for Automatic Evaluation of Summaries", W04-1013.
.. [2] Hyyrö (2004), "Bit-Parallel LCS-length Computation Revisited", AWOCA.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Sequence
from functools import cache
from itertools import pairwise
from typing import NamedTuple

from summarize.languages import find_language
from summarize.tokenization.forms import load_stemmer
from summarize.tokenization.words import load_word_finder

MEASURES = ("rouge1", "rouge2", "rougeLsum")


class Score(NamedTuple):
    """Precision, recall and F1, each from 0 to 1."""

    precision: float
    recall: float
    f1: float


# --- Whole texts ----------------------------------------------------------------------------------


def rouge(
    summary: str, references: str | Iterable[str], language: str = "en", several: str = "best"
) -> dict[str, Score]:
    """Compute ROUGE-1, ROUGE-2 and ROUGE-Lsum of a summary against one or more references [1]_.

    Parameters
    ----------
    summary : str
        One sentence per line; lines matter only for ROUGE-Lsum.
    references : str or iterable of str
        One or more references, in the same form.
    language : str
        Code of the language. ``"en"`` is compared as by ``rouge-score``, other languages by the stems of this
        package.
    several : {"best", "mean"}
        How to combine the scores of several references. ``"best"`` takes the scores of the reference with the
        highest F1, separately for each measure, as ``rouge-score`` does. ``"mean"`` takes the means of
        precision, recall and F1.

    Returns
    -------
    dict of str to Score
        Scores by the names in `MEASURES`: ``"rouge1"``, ``"rouge2"`` and ``"rougeLsum"``. All are zero if
        either text has no words.

    Raises
    ------
    ValueError
        If there is no reference, or `several` is neither ``"best"`` nor ``"mean"``.

    Examples
    --------
    >>> rouge("A cat sat.", ["Dogs bark.", "The cat sat."])["rouge2"]
    Score(precision=0.5, recall=0.5, f1=0.5)
    """
    targets = [references] if isinstance(references, str) else list(references)
    if not targets:
        raise ValueError("no reference to compare with")
    if several not in ("best", "mean"):
        raise ValueError(f"several: found {several!r}; accepted: 'best' or 'mean' of the references")
    candidate = tokenize_lines(summary, language)
    scores = [_score_all(candidate, tokenize_lines(target, language)) for target in targets]
    merge = best_score if several == "best" else mean_score
    return {name: merge([score[name] for score in scores]) for name in MEASURES}


def _score_all(candidate: list[list[str]], reference: list[list[str]]) -> dict[str, Score]:
    words = [token for line in candidate for token in line]
    target = [token for line in reference for token in line]
    return {
        "rouge1": rouge_n(words, target, 1),
        "rouge2": rouge_n(words, target, 2),
        "rougeLsum": rouge_lsum(candidate, reference),
    }


def best_score(scores: Sequence[Score]) -> Score:
    """Return the score with the highest F1; the first one if there are ties."""
    return max(scores, key=lambda score: score.f1)


def mean_score(scores: Sequence[Score]) -> Score:
    """Average precision, recall and F1, each on its own."""
    return Score(*(sum(values) / len(scores) for values in zip(*scores, strict=True)))


# --- Measures on tokens ---------------------------------------------------------------------------


def rouge_n(candidate: Sequence[Hashable], reference: Sequence[Hashable], n: int) -> Score:
    """Compute ROUGE-N: the overlap of n-grams [1]_.

    ``recall = sum_g min(candidate(g), reference(g)) / sum_g reference(g)`` over the n-grams ``g``, where
    ``candidate(g)`` and ``reference(g)`` count their occurrences. Precision divides by the number of n-grams
    of the candidate.

    Parameters
    ----------
    candidate, reference : sequence of hashable
        Tokens of the whole text; n-grams cross sentence boundaries.
    n : int
        Length of the n-grams, at least 1.

    Returns
    -------
    Score
        From 0 to 1.

    Examples
    --------
    >>> rouge_n("the gunman police killed".split(), "police killed the gunman".split(), 1).f1
    1.0
    """
    have = Counter(_n_grams(candidate, n))
    want = Counter(_n_grams(reference, n))
    return to_score((have & want).total(), have.total(), want.total())


def _n_grams(tokens: Sequence[Hashable], n: int) -> Iterable[Hashable]:
    if n == 1:
        return tokens
    if n == 2:
        return pairwise(tokens)
    return zip(*(tokens[start:] for start in range(n)), strict=False)


def rouge_lsum(candidate: Sequence[Sequence[Hashable]], reference: Sequence[Sequence[Hashable]]) -> Score:
    """Compute ROUGE-Lsum: the overlap of longest common subsequences of sentences [1]_.

    Each sentence of the reference is compared with all sentences of the candidate. The tokens in the union of
    its longest common subsequences with them are hits. Recall divides the hits by the tokens of the
    reference, precision by the tokens of the candidate.

    Parameters
    ----------
    candidate, reference : sequence of sequences of hashable
        Tokens of each sentence.

    Returns
    -------
    Score
        From 0 to 1.

    Notes
    -----
    As in ROUGE 1.5.5 and ``rouge-score``, and unlike in [1]_, a token is a hit at most as often as it occurs
    in each text.

    Examples
    --------
    >>> rouge_lsum(["w1 w2 w6 w7 w8".split(), "w1 w3 w8 w9 w5".split()], ["w1 w2 w3 w4 w5".split()]).recall
    0.8
    """
    have = Counter(token for sentence in candidate for token in sentence)
    want = Counter(token for sentence in reference for token in sentence)
    united: Counter[Hashable] = Counter()
    for target in reference:
        positions = {place for sentence in candidate for place in common_subsequence(target, sentence)}
        united.update(target[place] for place in positions)
    # The union already has each token at most as often as the reference.
    return to_score((united & have).total(), have.total(), want.total())


def common_subsequence(reference: Sequence[Hashable], candidate: Sequence[Hashable]) -> list[int]:
    """Find a longest common subsequence of two sentences.

    Parameters
    ----------
    reference, candidate : sequence of hashable
        Tokens of two sentences.

    Returns
    -------
    list of int
        Indices of its tokens in the reference, in descending order. Of several subsequences of the same
        length, it is the one that ``rouge-score`` finds, because the choice affects the union in ROUGE-Lsum.

    Notes
    -----
    Each row of the usual table is stored as one integer. Its unset bits mark the columns where the length
    increases [2]_, so the table takes ``len(reference)`` operations on integers of ``len(candidate)`` bits.

    Examples
    --------
    >>> common_subsequence("police killed the gunman".split(), "police kill the gunman".split())
    [3, 2, 0]
    """
    matches: dict[Hashable, int] = {}
    for column, token in enumerate(candidate):
        matches[token] = matches.get(token, 0) | 1 << column
    if matches.keys().isdisjoint(reference):
        return []
    full = (1 << len(candidate)) - 1
    row = full
    rows = [row]
    for token in reference:
        match = row & matches.get(token, 0)
        row = ((row + match) | (row - match)) & full
        rows.append(row)
    i, j = len(reference), len(candidate)
    places = []
    while i > 0 and j > 0:
        if matches.get(reference[i - 1], 0) >> (j - 1) & 1:
            i -= 1
            j -= 1
            places.append(i)
        # Compare the cells (i, j - 1) and (i - 1, j). A cell counts the unset bits up to it.
        elif (rows[i - 1] & ((1 << j) - 1)).bit_count() - (rows[i] & ((1 << (j - 1)) - 1)).bit_count() > 1:
            j -= 1
        else:
            i -= 1
    return places


def to_score(hits: float, candidate: float, reference: float) -> Score:
    """Compute precision, recall and F1 from counts.

    Parameters
    ----------
    hits : float
        Number of units that the candidate and the reference share.
    candidate, reference : float
        Number of units of each.

    Returns
    -------
    Score
        All zero if there are no hits.

    Examples
    --------
    >>> to_score(1, 2, 4)
    Score(precision=0.5, recall=0.25, f1=0.3333333333333333)
    """
    precision = hits / max(candidate, 1)
    recall = hits / max(reference, 1)
    f1 = 2 * precision * recall / (precision + recall) if precision + recall > 0 else 0.0
    return Score(precision, recall, f1)


# --- Tokens ---------------------------------------------------------------------------------------

_WORD = re.compile("[a-z0-9]+")


def tokenize_lines(text: str, language: str) -> list[list[str]]:
    """Tokenize each line of a text, skipping empty lines."""
    tokenize = find_tokenizer(language)
    return [tokenize(line) for line in text.split("\n") if line]


def find_tokenizer(language: str) -> Callable[[str], list[str]]:
    """Return the function that splits a text into the tokens that ROUGE compares."""
    return tokenize_english if language == "en" else _load_tokenizer(language)


@cache
def _load_tokenizer(language: str) -> Callable[[str], list[str]]:
    """Build a tokenizer that finds and stems words as for the rankers, but keeps stop words."""
    entry = find_language(language)
    find = load_word_finder(entry)
    stem = load_stemmer(entry.stemmer) or str
    return lambda text: [stem(word) for word in find(text.lower())]


def tokenize_english(text: str) -> list[str]:
    """Split an English text into lowercase runs of ASCII letters and digits.

    Tokens longer than three characters are stemmed.

    Examples
    --------
    >>> tokenize_english("Gunmen's café-cars")
    ['gunmen', 's', 'caf', 'car']
    """
    return [_stem_english(word) if len(word) > 3 else word for word in _WORD.findall(text.lower())]


@cache
def _stem_english(word: str) -> str:
    return _porter()(word)


@cache
def _porter() -> Callable[[str], str]:
    """Load NLTK's extended Porter stemmer, which ``rouge-score`` uses. PyStemmer's gives other stems."""
    from nltk.stem.porter import PorterStemmer

    stem: Callable[[str], str] = PorterStemmer().stem
    return stem
