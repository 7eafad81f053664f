"""Narrow a document down to the sentences that are ranked.

Licences, mail headers and the names before turns are not part of what a text says. They add words that its
sentences seem to share, and push every sentence away from the beginning.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from summarize.document import WRAPPER

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from summarize.document import Document


def focus(document: Document) -> tuple[Document, NDArray[np.int64] | None]:
    """Leave out the sentences that are part of the wrapper of a text.

    Parameters
    ----------
    document : Document

    Returns
    -------
    document : Document
        With the remaining sentences, numbered from 0, and only the terms that occur in them, in the title or
        in the query. The document itself if it has no wrapper, or nothing else.
    kept : ndarray of int64, shape (n_kept,), or None
        The index of each sentence in the whole document; None if nothing is left out.

    Examples
    --------
    >>> from summarize import segment
    >>> mail = segment(
    ...     "From: ada@example.org\\nSubject: Gas\\nDate: Mon, 1 Jun 2009 06:28:20 "
    ...     "+0200\\n\\nGas was found."
    ... )
    >>> narrow, kept = focus(mail)
    >>> [sentence.text for sentence in narrow.sentences], kept
    (['Gas was found.'], array([1]))
    """
    sentences = document.sentences
    kept = [i for i, kind in enumerate(sentences.kinds) if kind not in WRAPPER]
    if len(kept) in (0, len(sentences)):
        return document, None
    places = np.array(kept, np.int64)
    lengths = np.diff(document.offsets)
    is_kept = np.zeros(len(sentences), bool)
    is_kept[places] = True
    terms = document.terms[np.repeat(is_kept, lengths)]
    offsets = np.concatenate(([0], lengths[places].cumsum()))
    # Terms are numbered by first appearance: those of the sentences, then those of the title.
    old, first = np.unique(np.concatenate((terms, np.array(document.title, terms.dtype))), return_index=True)
    old = old[first.argsort()]
    new = np.zeros(len(document.vocabulary), np.int32)
    new[old] = np.arange(len(old), dtype=np.int32)
    n_known = int(new[terms].max(initial=-1)) + 1
    asked = [int(new[term]) for term in document.query if term in set(terms.tolist())]
    before = np.concatenate(([0], is_kept.cumsum()))
    narrow = replace(
        document,
        sentences=sentences.take(kept),
        terms=new[terms],
        offsets=offsets,
        vocabulary=tuple(document.vocabulary[term] for term in old),
        n_words=document.n_words[places],
        cues=document.cues[places],
        title=tuple(int(new[term]) for term in document.title),
        parts=tuple(
            part._replace(first=int(before[part.first]), stop=int(before[part.stop]))
            for part in document.parts
        ),
        query=tuple(term for term in asked if term < n_known),
    )
    return narrow, places


def spread(values: NDArray[np.float64], kept: NDArray[np.int64], n_sentences: int) -> NDArray[np.float64]:
    """Give each sentence of a whole document the value that it has in the narrowed one.

    Parameters
    ----------
    values : ndarray of float64, shape (n_kept,)
    kept : ndarray of int64, shape (n_kept,)
        From `focus`.
    n_sentences : int
        In the whole document.

    Returns
    -------
    ndarray of float64, shape (n_sentences,)
        Sentences that were left out have the lowest of the values.

    Examples
    --------
    >>> spread(np.array([3.0, 2.0]), np.array([1, 2]), 4)
    array([2., 3., 2., 2.])
    """
    whole = np.full(n_sentences, values.min(initial=np.inf) if len(values) else 0.0)
    whole[kept] = values
    return whole
