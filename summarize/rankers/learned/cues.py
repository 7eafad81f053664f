"""Count cue words, and find what kind of section a sentence is in.

A cue word shows what a sentence tells of, such as a decision or a result, or how it tells it, such as in the
first person. A word in a heading shows what its section holds. The words are data; see
`summarize.languages.cues`. They are compared as terms, so "announce" also finds "announcing".
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from summarize.languages.cues import GROUPS, SECTIONS
from summarize.rankers.learned.lexicon import N_CODES

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from summarize.features.chunk import Chunk
    from summarize.rankers.learned.position import Layout

CUES = (*(f"{group} words" for group in GROUPS), *(f"in {section}" for section in SECTIONS))


def count_cues(chunk: Chunk, layout: Layout, cues: NDArray[np.int64], out: NDArray[np.float64]) -> None:
    """Count the cue words of each group, and find the kind of section of each sentence.

    Parameters
    ----------
    chunk : Chunk
    layout : Layout
    cues : ndarray of int64, shape (n_distinct,)
        From `~summarize.rankers.learned.lexicon.look_up_terms`.
    out : ndarray of float64, shape (n_columns, n_sentences)
        Filled in place, with a row for each name in `CUES`. Of a section: 1 if the nearest heading above has
        a word of that kind, else 0.
    """
    n = chunk.n_sentences
    counts, sections = out[: len(GROUPS)], out[len(GROUPS) :]
    for document, span in zip(chunk.documents, chunk.spans, strict=True):
        counts[:, span] = document.cues.T
    sections[:] = 0.0
    codes = cues.take(chunk.terms)
    found = codes.nonzero()[0]
    rows = chunk.rows.take(found).astype(np.int64)
    kinds, groups = np.divmod(codes.take(found), N_CODES)
    counts += np.bincount(groups * n + rows, minlength=N_CODES * n).reshape(N_CODES, n)[1:]
    if layout.heading is None:
        return
    in_heading = (kinds > 0) & layout.heading.take(rows)
    sections[kinds[in_heading] - 1, rows[in_heading]] = 1.0
    places = np.where(layout.heading, np.arange(n), chunk.firsts.take(chunk.owners))
    sections[:] = sections.take(np.maximum.accumulate(places), axis=1)
