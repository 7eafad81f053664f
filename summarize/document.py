"""The values on the way from a text to its sentences.

Reading makes a `Text` with its `Block` ranges; analysis makes a `Document` of `Sentence` values from it.
Nothing here acts on them. What comes out at the other end is in `summarize.summary`.
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray


@dataclass(frozen=True, slots=True)
class Block:
    """A part of a text that its format sets apart, such as a paragraph or a heading.

    Attributes
    ----------
    start, end : int
        Half-open range of characters in the text.
    kind : str
        What the block is, for example ``"paragraph"``, ``"heading"`` or ``"table"``.
    """

    start: int
    end: int
    kind: str = "paragraph"


@dataclass(frozen=True, slots=True, repr=False)
class Text:
    """A text as it was read.

    Attributes
    ----------
    text : str
        The decoded text, without a byte-order mark, with its line ends unchanged. For a web page, the text
        that a reader sees, with blank lines between paragraphs and headings marked as in Markdown.
    blocks : tuple of Block
        What the format says about the structure, in reading order; empty if it says nothing.
    title : str or None
        The title, if the format has one apart from the text, as web pages do.
    warnings : tuple of str
        What the user should know about the reading; each names the source.
    source : str or None
        Where the text came from, as the user named it.
    encoding : str
        Python's name for the charset.

    Examples
    --------
    >>> Text("It rained.", source="weather.txt")
    <Text 'weather.txt': 10 characters>
    """

    text: str
    blocks: tuple[Block, ...] = ()
    title: str | None = None
    warnings: tuple[str, ...] = ()
    source: str | None = None
    encoding: str = "utf-8"

    def __repr__(self) -> str:
        name = "" if self.source is None else f" {self.source!r}"
        return f"<Text{name}: {len(self.text):,} characters>"


@dataclass(frozen=True, slots=True)
class Sentence:
    """A range of the text that can be quoted.

    Attributes
    ----------
    index : int
        Position among the sentences of the document, from 0.
    start, end : int
        Half-open range of characters: ``document.text[start:end] == sentence.text``, always.
    text : str
        The characters in that range, without white space at either end.
    paragraph : int
        Number of the paragraph that holds the sentence, from 0; never decreases from one sentence to the
        next.
    kind : str
        ``"sentence"``, or what the range is instead: ``"heading"``, ``"byline"``, ``"caption"``,
        ``"navigation"`` or ``"table"``.

    Examples
    --------
    >>> from summarize import segment
    >>> segment("Gas was found. It rained.").sentences[1]
    Sentence(index=1, start=15, end=25, text='It rained.', paragraph=0, kind='sentence')
    """

    index: int
    start: int
    end: int
    text: str
    paragraph: int
    kind: str = "sentence"

    @property
    def candidate(self) -> bool:
        """Whether a summary may contain it; headings, captions and the like are never chosen."""
        return self.kind == "sentence"

    def __str__(self) -> str:
        return self.text


@dataclass(frozen=True, slots=True)
class Part:
    """One of several texts that are summarized together.

    Attributes
    ----------
    source : str or None
        Where it came from, as the user named it.
    start, end : int
        Half-open range of characters in the text of the document.
    first, stop : int
        Half-open range of sentence indices.
    """

    source: str | None
    start: int
    end: int
    first: int
    stop: int


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Document:
    """A text, its sentences, and the terms of every sentence as integers.

    A *word* is an occurrence as printed; lengths in words count these. A *term* is a normalized content word
    (case-folded, stemmed, stop words removed); rankers see terms. Terms are stored as compressed sparse rows:
    those of sentence ``i``, in reading order and with repetitions, are ``terms[offsets[i]:offsets[i + 1]]``.
    The arrays are read-only.

    Attributes
    ----------
    text : str
        The decoded text, unchanged.
    sentences : tuple of Sentence
        All of them, in reading order.
    language : str
        Code of the language whose rules were applied; ``"und"`` if it is unknown.
    source : str or None
        Where the text came from, as the user named it.
    terms : ndarray of int32, shape (n_terms,)
        Identifier of every term occurrence, numbered by first appearance.
    offsets : ndarray of int64, shape (n_sentences + 1,)
        Where the terms of each sentence begin in `terms`.
    vocabulary : tuple of str
        The term for every identifier.
    n_words : ndarray of int64, shape (n_sentences,)
        Words in each sentence, as printed.
    segmenter : str
        How sentences were found, as recorded in the signature.
    tokenizer : str
        How words and terms were found, as recorded in the signature.
    title : tuple of int
        Identifiers of the terms in the title that was given with the text.
    parts : tuple of Part
        The texts that make up the document; empty if it is a single text.
    query : tuple of int
        Identifiers of the query terms that occur in the document; empty without a query, or if none occurs.

    Examples
    --------
    >>> from summarize import segment
    >>> document = segment("Gas was found. The gas is deep.", source="gas.txt")
    >>> document
    <Document 'gas.txt': 2 sentences, 7 words, en>
    >>> [document.vocabulary[term] for term in document.terms]
    ['gas', 'found', 'gas', 'deep']
    """

    text: str
    sentences: tuple[Sentence, ...]
    language: str
    source: str | None
    terms: NDArray[np.int32]
    offsets: NDArray[np.int64]
    vocabulary: tuple[str, ...]
    n_words: NDArray[np.int64]
    segmenter: str
    tokenizer: str
    title: tuple[int, ...] = ()
    parts: tuple[Part, ...] = ()
    query: tuple[int, ...] = ()

    def __post_init__(self) -> None:
        for array in (self.terms, self.offsets, self.n_words):
            array.flags.writeable = False

    def __len__(self) -> int:
        return len(self.sentences)

    def __repr__(self) -> str:
        name = f" {self.source!r}" if self.source is not None else ""
        if self.parts:
            name = f" of {len(self.parts)} texts"
        count, words = len(self.sentences), int(self.n_words.sum())
        return f"<Document{name}: {count:,} sentences, {words:,} words, {self.language}>"

    def find_part(self, index: int) -> Part | None:
        """Find the text that a sentence belongs to.

        Parameters
        ----------
        index : int
            Of the sentence.

        Returns
        -------
        Part or None
            None if the document is a single text.
        """
        place = bisect_right(self.parts, index, key=lambda part: part.first) - 1
        return self.parts[place] if self.parts else None
