"""The values that flow from a text to its summary. Nothing here acts on them.

``Sentence`` and ``Document`` are made by the first half of the flow (reading,
segmentation, words), ``Summary`` by the second (ranking, selecting).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from summarize.errors import SummarizeError
    from summarize.length import Length


@dataclass(frozen=True, slots=True)
class Sentence:
    """A stretch of the text that can be quoted.

    Attributes
    ----------
    index : int
        Place among the document's sentences, from 0.
    start, end : int
        Half-open range of characters: ``document.text[start:end] == sentence.text``, always.
    text : str
        The stretch itself, verbatim, without white space around it.
    paragraph : int
        Number of the paragraph it stands in, from 0; never smaller than that of the sentence before.
    kind : str
        ``"sentence"``, or what it is instead: ``"heading"``, ``"byline"``, ``"caption"``,
        ``"navigation"``, ``"table"``.
    """

    index: int
    start: int
    end: int
    text: str
    paragraph: int
    kind: str = "sentence"

    @property
    def candidate(self) -> bool:
        """Whether it may be chosen for a summary; headings, captions and the like may not."""
        return self.kind == "sentence"

    def __str__(self) -> str:
        return self.text


@dataclass(frozen=True, slots=True)
class Part:
    """One of several texts that are summarized as one.

    Attributes
    ----------
    source : str or None
        Where it came from, as the user named it.
    start, end : int
        Half-open range of characters in the text of the document.
    first, stop : int
        Half-open range of its sentences.
    """

    source: str | None
    start: int
    end: int
    first: int
    stop: int


@dataclass(frozen=True, slots=True, eq=False)
class Document:
    """A text, its sentences, and the terms of every sentence as integers.

    A *word* is an occurrence as printed; lengths in words count it. A *term* is a
    normalized content word (case folded, stop words dropped, stemmed); rankers see terms.
    The terms are stored in compressed sparse row fashion: those of sentence ``i``, in
    reading order and with repetitions, are ``terms[offsets[i]:offsets[i + 1]]``.

    Attributes
    ----------
    text : str
        The decoded text, unchanged.
    sentences : tuple of Sentence
        All of them, in reading order.
    language : str
        Code of the language whose habits were applied; ``"und"`` if none is known.
    source : str or None
        Where the text came from, as the user named it.
    terms : ndarray of int32, shape (n_terms,)
        Identifier of every term occurrence, numbered by first appearance.
    offsets : ndarray of int64, shape (n_sentences + 1,)
        Where the terms of each sentence begin in `terms`.
    vocabulary : tuple of str
        The term of every identifier.
    n_words : ndarray of int64, shape (n_sentences,)
        Words of each sentence, as printed.
    segmenter : str
        How sentence boundaries were found, as it stands in the signature.
    tokenizer : str
        How words and terms were found, as it stands in the signature.
    title : tuple of int
        Terms of the title that was given beside the text, as identifiers.
    parts : tuple of Part
        The texts that the document is made of; empty where it is one.
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

    def __len__(self) -> int:
        return len(self.sentences)


@dataclass(frozen=True, slots=True, eq=False)
class Summary:
    """The chosen sentences of a document, and everything that led to the choice.

    Attributes
    ----------
    document : Document
        What was summarized.
    indices : tuple of int
        The chosen sentences, strictly increasing.
    scores : ndarray of float64, shape (n_sentences,)
        The score of every sentence of the document; larger is more salient,
        comparable inside this document only.
    length : Length
        The length that was asked for.
    ranker, selector : str
        Their names in the tables, or the name of the function that was passed.
    signature : str
        Every choice that made the summary, enough to make it again.
    order : tuple of int
        The chosen sentences in the order in which they are printed.
    """

    document: Document
    indices: tuple[int, ...]
    scores: NDArray[np.float64]
    length: Length
    ranker: str
    selector: str
    signature: str
    order: tuple[int, ...]

    @property
    def sentences(self) -> tuple[Sentence, ...]:
        """The chosen sentences, in reading order."""
        return tuple(self.document.sentences[i] for i in self.indices)

    def __len__(self) -> int:
        return len(self.indices)

    def explain_empty(self) -> str:
        """Why a summary without sentences has none."""
        if not self.document.sentences:
            return "the text is empty, and so is its summary"
        return f"no sentence fits into {self.length}; the summary is empty"

    def __str__(self) -> str:
        """One sentence a line, white space inside a sentence folded to one space."""
        return "\n".join(" ".join(self.document.sentences[i].text.split()) for i in self.order)


@dataclass(frozen=True, slots=True, eq=False)
class Failure:
    """One of many documents that could not be summarized: a value, so that the others go on.

    Attributes
    ----------
    source : str or None
        Where the document came from, as the user named it.
    error : SummarizeError
        Why; it can be raised.
    """

    source: str | None
    error: SummarizeError

    def __str__(self) -> str:
        return str(self.error)
