"""ROUGE: measure how much of a reference summary a summary repeats.

The scores of English are those of Google's ``rouge-score`` 0.1.2 with its stemmer, to the last
bit. That tool drops every character that is not an ASCII letter or digit, and would compare
nothing but numbers in Russian or Chinese; texts in other languages are therefore compared by the
words and stems of this package, as rankers see them, stop words included. So a figure in another
language compares methods on the same texts, and is not to be set beside one in a paper.

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
from summarize.tokenization.terms import load_stemmer
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
    """Compute ROUGE-1, ROUGE-2 and ROUGE-Lsum of a summary against one or several references.

    Parameters
    ----------
    summary : str
        One sentence a line; only ROUGE-Lsum minds the lines.
    references : str or iterable of str
        Likewise.
    language : str
        Code of the language; ``"en"`` is compared as ``rouge-score`` does, others by our own stems.
    several : {"best", "mean"}
        What to make of several references. ``"best"``: those scores against the reference with the
        highest F1, for each measure on its own, as ``rouge-score`` does. ``"mean"``: the mean over the
        references of each of the three numbers.

    Returns
    -------
    dict of str to Score
        Keys ``"rouge1"``, ``"rouge2"``, ``"rougeLsum"``. All zero where either text has no words.

    Raises
    ------
    ValueError
        There is no reference, or `several` is neither of the two.
    """
    targets = [references] if isinstance(references, str) else list(references)
    if not targets:
        raise ValueError("no reference to compare with")
    if several not in ("best", "mean"):
        raise ValueError(f"several references count by 'best' or 'mean', not by {several!r}")
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
    """Return the score with the highest F1; the first of several."""
    return max(scores, key=lambda score: score.f1)


def mean_score(scores: Sequence[Score]) -> Score:
    """Average precision, recall and F1."""
    return Score(*(sum(values) / len(scores) for values in zip(*scores, strict=True)))


# --- Tokens ---------------------------------------------------------------------------------------


def rouge_n(candidate: Sequence[Hashable], reference: Sequence[Hashable], n: int) -> Score:
    """Count the shared n-grams, each as often as both have it.

    ``recall = sum_g min(candidate(g), reference(g)) / sum_g reference(g)`` over the n-grams ``g``;
    precision divides by those of the candidate [1]_.

    Parameters
    ----------
    candidate, reference : sequence of hashable
        Tokens of the whole text; n-grams run across sentences.
    n : int
        1 for words, 2 for pairs of neighbours, and so on.

    Returns
    -------
    Score
        From 0 to 1.
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
    """Unite the longest common subsequences of a reference sentence with all sentences of the summary.

    For each sentence of the reference, the union over the candidate's sentences of one longest common
    subsequence with each; its tokens are hits, none more often than either text has it. Recall
    divides by the tokens of the reference, precision by those of the candidate [1]_.

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
    Departs from [1]_ as ROUGE 1.5.5 and ``rouge-score`` do: a token that was counted is used up.
    """
    have = Counter(token for sentence in candidate for token in sentence)
    want = Counter(token for sentence in reference for token in sentence)
    united: Counter[Hashable] = Counter()
    for target in reference:
        positions = {place for sentence in candidate for place in common_subsequence(target, sentence)}
        united.update(target[place] for place in positions)
    # The union contains no token more often than the reference does.
    return to_score((united & have).total(), have.total(), want.total())


def common_subsequence(reference: Sequence[Hashable], candidate: Sequence[Hashable]) -> list[int]:
    """Find the positions in the reference of one longest common subsequence, last first.

    Parameters
    ----------
    reference, candidate : sequence of hashable
        Tokens of two sentences.

    Returns
    -------
    list of int
        Of several equally long, the one that ``rouge-score`` reads out of its table: which one it is
        decides the union over sentences.

    Notes
    -----
    A row of the table is one integer whose unset bits mark the columns where the row grows [2]_, so
    it takes ``len(reference)`` operations on integers of ``len(candidate)`` bits.
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
        # Compare cell (i, j-1) with cell (i-1, j): all columns except those where the row does not grow.
        elif (rows[i - 1] & ((1 << j) - 1)).bit_count() - (rows[i] & ((1 << (j - 1)) - 1)).bit_count() > 1:
            j -= 1
        else:
            i -= 1
    return places


def to_score(hits: float, candidate: float, reference: float) -> Score:
    """Compute precision, recall and F1 of `hits` among the units of a candidate and of a reference."""
    precision = hits / max(candidate, 1)
    recall = hits / max(reference, 1)
    f1 = 2 * precision * recall / (precision + recall) if precision + recall > 0 else 0.0
    return Score(precision, recall, f1)


# --- Words ----------------------------------------------------------------------------------------

_WORD = re.compile("[a-z0-9]+")


def tokenize_lines(text: str, language: str) -> list[list[str]]:
    """Tokenize each line that is not empty."""
    tokenize = find_tokenizer(language)
    return [tokenize(line) for line in text.split("\n") if line]


def find_tokenizer(language: str) -> Callable[[str], list[str]]:
    """Return the function that turns a text of a language into the tokens to compare."""
    return tokenize_english if language == "en" else _tokenizer_of(language)


@cache
def _tokenizer_of(language: str) -> Callable[[str], list[str]]:
    """Return words and stems as in the terms of rankers, including stop words."""
    habits = find_language(language)
    find = load_word_finder(habits)
    stem = load_stemmer(habits.stemmer) or str
    return lambda text: [stem(word) for word in find(text.lower())]


def tokenize_english(text: str) -> list[str]:
    """Return runs of ASCII letters and digits in lower case, stemmed if longer than three characters.

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
    """Load NLTK's extension of the Porter stemmer, as the reference tool does; PyStemmer's differs."""
    from nltk.stem.porter import PorterStemmer

    stem: Callable[[str], str] = PorterStemmer().stem
    return stem
