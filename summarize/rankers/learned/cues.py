"""Count cue words, and find what kind of section a sentence is in.

A cue word shows what a sentence tells of, such as a decision or a result, or how it tells it, such as in the
first person. A word in a heading shows what its section holds. The words are data; see
`summarize.languages.cues`. They are compared as terms, so "announce" also finds "announcing".
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

import numpy as np

from summarize.languages import find_language
from summarize.languages.cues import GROUPS, SECTIONS, load_cues
from summarize.tokenization.forms import load_forms

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from summarize.features.chunk import Chunk
    from summarize.rankers.learned.position import Layout

_COUNTS = tuple(f"{group} words" for group in GROUPS)
_IN_SECTIONS = tuple(f"in {section}" for section in SECTIONS)
CUES = (*_COUNTS, *_IN_SECTIONS)
_N_GROUPS = len(GROUPS) + 1
# Terms to keep in the cache of a language.
_MAX_KNOWN = 100_000


def count_cues(chunk: Chunk, layout: Layout, out: NDArray[np.float64]) -> None:
    """Count the cue words of each group, and find the kind of section of each sentence.

    Parameters
    ----------
    chunk : Chunk
    layout : Layout
    out : ndarray of float64, shape (n_columns, n_sentences)
        Filled in place, with a row for each name in `CUES`. Of a section, 1 if the nearest heading above has
        a word of that kind, else 0.
    """
    n = chunk.n_sentences
    counts, sections = out[: len(GROUPS)], out[len(GROUPS) :]
    start = 0
    for document in chunk.documents:
        stop = start + len(document)
        counts[:, start:stop] = document.cues.T
        start = stop
    sections[:] = 0.0
    codes = _look_up(chunk).take(chunk.terms)
    found = codes.nonzero()[0]
    rows = chunk.rows.take(found).astype(np.int64)
    kinds, groups = np.divmod(codes.take(found), _N_GROUPS)
    cells = np.bincount(groups * n + rows, minlength=_N_GROUPS * n).reshape(_N_GROUPS, n)
    counts += cells[1:]
    if layout.heading is None:
        return
    inside = (kinds > 0) & layout.heading.take(rows)
    sections[kinds[inside] - 1, rows[inside]] = 1.0
    i = np.arange(n)
    above = np.maximum.accumulate(np.where(layout.heading, i, chunk.firsts.take(chunk.owners)))
    sections[:] = sections.take(above, axis=1)


def _look_up(chunk: Chunk) -> NDArray[np.int64]:
    """Look up each distinct term: its group, from 1, plus `_N_GROUPS` times its kind of section, from 1."""
    codes = np.zeros(int(chunk.n_distinct.sum()), np.int64)
    start = 0
    for document, n in zip(chunk.documents, chunk.n_distinct.tolist(), strict=True):
        known = _load_known(document.language)
        if known is not None:
            codes[start : start + n] = [*map(known.__getitem__, document.vocabulary[:n])]
        start += n
    return codes


class _Known(dict[str, int]):
    """A cache that maps any term to its code.

    Its keys are the strings of the vocabularies themselves, which are found without comparing letters.
    """

    def __init__(self, codes: dict[str, int]) -> None:
        super().__init__()
        self._codes = codes

    def __missing__(self, term: str) -> int:
        code = self._codes.get(term, 0)
        if len(self) >= _MAX_KNOWN:
            self.clear()
        self[term] = code
        return code


@cache
def _load_known(language: str) -> _Known | None:
    """Load the cache of a language; None if it has no cue words."""
    words, headings = load_cues(language)
    if not words:
        return None
    forms, split = load_forms(find_language(language))
    codes: dict[str, int] = {}
    for own, unit in ((words, 1), (headings, _N_GROUPS)):
        seen = set()
        for word, number in own.items():
            for form in split(word):
                term = forms[form]
                if term >= 0 and term not in seen:
                    seen.add(term)
                    name = forms.terms[term]
                    codes[name] = codes.get(name, 0) + unit * (number + 1)
    return _Known(codes)
