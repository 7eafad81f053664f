"""Lay out several documents as concatenated arrays, so that they share the cost of array calls.

An array call on the thirty sentences of an article takes almost as long as one on a thousand. So rankers work
on a *chunk* of documents, and a single document is a chunk of one. The values of a document are the same, bit
for bit, whatever else is in the chunk: sums stay within a document (`Chunk.sum_documents`, `accumulate`), and
matrix products are computed one document at a time.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from typing import TYPE_CHECKING, TypeVar

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from summarize.document import Document

    Floats = NDArray[np.float64]
    Integers = NDArray[np.int64]


Integer = TypeVar("Integer", np.int32, np.int64)


class Chunk:
    """Several documents as concatenated arrays.

    Parameters
    ----------
    documents : sequence of Document
        At least one; each has at least one sentence. Either all of them have terms, or none has.

    Attributes
    ----------
    documents : sequence of Document
    sizes, firsts : ndarray of int64, shape (n_documents,)
        Number of sentences of each document, and index of its first one.
    owners : ndarray of int64, shape (n_sentences,)
        The document of each sentence.
    index : ndarray of int64, shape (n_sentences,)
        The index of each sentence in its document.
    places, counts : ndarray of int64, shape (n_sentences,)
        The place of each sentence in its text, from 0, and the number of sentences of that text. A merged
        document has several texts; see `Document.parts`.
    n_filled_parts : ndarray of int64, shape (n_documents,)
        How many of the texts of each document have sentences; 0 if it is a single text.
    lengths, n_words : ndarray of int64, shape (n_sentences,)
        Number of terms and of words of each sentence.
    n_terms, n_distinct : ndarray of int64, shape (n_documents,)
        Number of terms of each document, with and without repetitions.
    first_terms : ndarray of int64, shape (n_documents,)
        The first number of the terms of each document.
    terms : ndarray of int32, shape (n_terms,)
        Each term. The terms of each document have numbers of their own.

    Examples
    --------
    >>> from summarize import segment
    >>> chunk = Chunk([segment("Gas was found. It rained."), segment("Gas ran out.")])
    >>> chunk.sizes, chunk.owners, chunk.places
    (array([2, 1]), array([0, 0, 1]), array([0, 1, 0]))
    >>> chunk.terms
    array([0, 1, 2, 3, 4], dtype=int32)
    """

    def __init__(self, documents: Sequence[Document]) -> None:
        self.documents = documents
        n = len(documents)
        sizes = [len(document.sentences) for document in documents]
        self.sizes = np.array(sizes)
        self.firsts = self.sizes.cumsum() - self.sizes
        self.n_sentences = sum(sizes)
        self.owners = np.arange(n).repeat(self.sizes)
        self.index = np.arange(self.n_sentences) - self.firsts.take(self.owners)
        self.n_filled_parts = np.zeros(n, np.int64)
        if any(document.parts for document in documents):
            self.places, self.counts = _place_in_parts(documents)
            self.n_filled_parts[:] = [_count_filled_parts(document) for document in documents]
        else:
            self.places, self.counts = self.index, self.sizes.take(self.owners)
        self.n_words = _join([document.n_words for document in documents])
        self.lengths = _join([document.offsets[1:] - document.offsets[:-1] for document in documents])
        self.n_terms = np.array([len(document.terms) for document in documents])
        self.n_distinct = np.array([_count_distinct(document) for document in documents])
        self.first_terms = self.n_distinct.cumsum() - self.n_distinct
        self.terms = _join([document.terms for document in documents])
        if n > 1:
            self.terms += self.first_terms.astype(np.int32).repeat(self.n_terms)

    @property
    def rows(self) -> NDArray[np.int32]:
        """The sentence index of each term, shape (n_terms,); computed on each access, because it is long."""
        return np.arange(self.n_sentences, dtype=np.int32).repeat(self.lengths)

    @cached_property
    def spans(self) -> list[slice]:
        """The sentences of each document."""
        return list(map(slice, self.firsts.tolist(), (self.firsts + self.sizes).tolist()))

    @cached_property
    def owners_of_terms(self) -> Integers:
        """The document of each distinct term, shape (sum of `n_distinct`,)."""
        return np.arange(len(self.documents)).repeat(self.n_distinct)

    def divide(self, values: Floats) -> list[Floats]:
        """Split the values of all sentences by document."""
        return [values[span] for span in self.spans]

    def sum_documents(self, values: Floats) -> Floats:
        """Sum over the sentences of each document, from shape (..., n_sentences) to (..., n_documents)."""
        sums: Floats = np.add.reduceat(values, self.firsts, axis=-1)
        return sums

    def sum_terms(self, values: Floats) -> Floats:
        """Sum over the distinct terms of each document, from (..., n_distinct) to (..., n_documents)."""
        sums: Floats = np.add.reduceat(values, self.first_terms, axis=-1)
        return sums

    def standardize(self, values: Floats) -> Floats:
        """Scale values to zero mean and unit variance within each document.

        Parameters
        ----------
        values : ndarray of float64, shape (n_sentences,)

        Returns
        -------
        ndarray of float64, shape (n_sentences,)
            As `summarize.features.scores.standardize` returns them for each document.
        """
        centered: Floats = values - (self.sum_documents(values) / self.sizes).take(self.owners)
        deviations = np.sqrt(self.sum_documents(centered * centered) / self.sizes)
        # If all values of a document are equal, only rounding errors are left.
        largest = np.maximum.reduceat(np.abs(values), self.firsts)
        deviations[deviations <= 1e-12 * largest] = np.inf
        centered /= deviations.take(self.owners)
        return centered


def accumulate(values: Floats, starts: Integers) -> Floats:
    """Compute running sums that restart at given positions.

    Parameters
    ----------
    values : ndarray of float64, shape (n,)
    starts : ndarray of int64, shape (n_runs,)
        Where they restart: 0, then increasing.

    Returns
    -------
    ndarray of float64, shape (n,)

    Examples
    --------
    >>> accumulate(np.array([1.0, 2.0, 3.0, 4.0]), np.array([0, 2]))
    array([1., 3., 3., 7.])
    """
    sums: Floats = np.empty(len(values))
    stops = [*starts[1:].tolist(), len(values)]
    # Subtracting offsets from a single running sum would carry the rounding errors of the first documents
    # into the last ones.
    for start, stop in zip(starts.tolist(), stops, strict=True):
        values[start:stop].cumsum(out=sums[start:stop])
    return sums


def _join(arrays: Sequence[NDArray[Integer]]) -> NDArray[Integer]:
    return arrays[0] if len(arrays) == 1 else np.concatenate(arrays)


def _count_filled_parts(document: Document) -> int:
    return sum(part.first < part.stop for part in document.parts)


def _count_distinct(document: Document) -> int:
    """Count the distinct terms of the sentences; terms that only the title has come after them."""
    if not document.title:
        return len(document.vocabulary)
    return int(document.terms.max(initial=-1)) + 1


def _place_in_parts(documents: Sequence[Document]) -> tuple[Integers, Integers]:
    """Find the place of each sentence in its text, and the number of sentences of that text."""
    sizes = np.array(
        [
            size
            for document in documents
            for size in [part.stop - part.first for part in document.parts] or [len(document)]
        ]
    )
    counts = sizes.repeat(sizes)
    return np.arange(len(counts)) - (sizes.cumsum() - sizes).repeat(sizes), counts
