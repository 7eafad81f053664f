"""Look up what is known of terms: how readers treat sentences with them, and what they are cues of."""

from __future__ import annotations

import os
from functools import cache
from typing import TYPE_CHECKING

import numpy as np

from summarize.languages import find_language
from summarize.languages.cues import GROUPS, SECTIONS, load_cues
from summarize.tokenization.forms import load_forms

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

    from summarize.features.chunk import Chunk

# Terms to keep in the cache of a language.
_MAX_KNOWN = 100_000
_WORDS = os.path.join(os.path.dirname(__file__), "words.txt")
# A term may be a cue of one group and of one kind of section; 0 stands for none.
N_CODES = len(GROUPS) + 1
_N_CUES = N_CODES * (len(SECTIONS) + 1)


def look_up_terms(chunk: Chunk) -> tuple[NDArray[np.float64], NDArray[np.int64]]:
    """Look up each distinct term of a chunk.

    Parameters
    ----------
    chunk : Chunk

    Returns
    -------
    weights : ndarray of float64, shape (n_distinct,)
        Trained weights: positive if readers tend to pick sentences with the term, negative if they tend to
        pass them over; 0 for terms without a weight.
    cues : ndarray of int64, shape (n_distinct,)
        ``group + N_CODES * section``: the numbers of the group in `~summarize.languages.cues.GROUPS` and of
        the kind of section in `~summarize.languages.cues.SECTIONS`, from 1; 0 for none.

    Examples
    --------
    >>> from summarize import segment
    >>> from summarize.features.chunk import Chunk
    >>> weights, cues = look_up_terms(Chunk([segment("Xyzzy announced.", language="en")]))
    >>> weights[0], cues.tolist()
    (np.float64(0.0), [0, 1])
    """
    n_terms = int(chunk.n_distinct.sum())
    weights, cues = np.zeros(n_terms), np.zeros(n_terms, np.int64)
    start = 0
    for document, n in zip(chunk.documents, chunk.n_distinct.tolist(), strict=True):
        lexicon = _load_lexicon(document.language)
        if lexicon is not None:
            known = np.fromiter(map(lexicon.__getitem__, document.vocabulary[:n]), np.int64, n)
            hundredths, cues[start : start + n] = np.divmod(known, _N_CUES)
            weights[start : start + n] = hundredths / 100
        start += n
    return weights, cues


class _Lexicon(dict[str, int]):
    """A cache that maps any term to what is known of it: ``100 * weight * _N_CUES + cue``.

    Its keys are the strings of the vocabularies themselves, which are found without comparing letters.
    """

    def __init__(self, words: Mapping[str, int], cues: Mapping[str, int]) -> None:
        super().__init__()
        self._words, self._cues = words, cues

    def __missing__(self, term: str) -> int:
        known = self._words.get(term, 0) * _N_CUES + self._cues.get(term, 0)
        if len(self) >= _MAX_KNOWN:
            self.clear()
        self[term] = known
        return known


@cache
def _load_lexicon(language: str) -> _Lexicon | None:
    """Load the lexicon of a language; None if nothing is known of its terms."""
    words, cues = load_words(language), load_cue_terms(language)
    return _Lexicon(words, cues) if words or cues else None


@cache
def load_words(language: str) -> dict[str, int]:
    """Load the trained weights of the terms of a language, times 100.

    The file has a section for each language. Each line holds a term and its weight times 100.

    Parameters
    ----------
    language : str
        Code of the language.

    Returns
    -------
    dict of str to int
        Weights times 100 by term; empty if the language has none.

    Examples
    --------
    >>> load_words("xx")
    {}
    """
    with open(_WORDS, encoding="utf-8") as file:
        _, _, section = file.read().partition(f"[{language}]\n")
    pieces = section.partition("[")[0].split()
    return dict(zip(pieces[::2], map(int, pieces[1::2]), strict=True))


def load_cue_terms(language: str) -> dict[str, int]:
    """Load the terms of a language that are cues, of a group or in a heading.

    Parameters
    ----------
    language : str
        Code of the language.

    Returns
    -------
    dict of str to int
        The code of each term, as from `look_up_terms`. Cue words that are stop words are no terms; they are
        counted in `~summarize.tokenization.terms.Terms`.

    Examples
    --------
    >>> load_cue_terms("en")["announc"]
    1
    """
    words, headings = load_cues(language)
    forms, split = load_forms(find_language(language))
    codes: dict[str, int] = {}
    for known, unit in ((words, 1), (headings, N_CODES)):
        found: dict[str, int] = {}
        for word, number in known.items():
            for form in split(word):
                # Stop words have negative numbers, and are no terms.
                if (index := forms[form]) >= 0:
                    found.setdefault(forms.terms[index], unit * (number + 1))
        for term, code in found.items():
            codes[term] = codes.get(term, 0) + code
    return codes
