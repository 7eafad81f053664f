"""The values on the way from a text to its sentences.

Reading makes a `Text` with its `Block` ranges; analysis makes a `Document` of `Sentence` values from it. The
values only hold data. What comes out at the other end is in `summarize.summary`.
"""

from __future__ import annotations

from array import array
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import chain
from typing import TYPE_CHECKING, NamedTuple, overload

from summarize.patterns import rare

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray


PROSE = frozenset(("paragraph", "item", "quotation", "quoted", "speech", "verse"))
"""Kinds of blocks whose sentences may be chosen.

``"quotation"`` belongs to the text; ``"quoted"`` is the message
that a mail answers, and is chosen last."""


class Block(NamedTuple):
    """A part of a text that its format sets apart, such as a paragraph or a heading.

    Attributes
    ----------
    start, end : int
        Half-open range of characters in the text.
    kind : str
        ``"text"`` if only its form shows what it holds, or one of `PROSE`: it is split into sentences. Any
        other kind, such as ``"heading"``, ``"table"``, ``"code"`` or ``"boilerplate"``, is never chosen.
    continues : bool
        Whether it continues the block of prose before it, across blocks of other kinds: a paragraph that a
        page header interrupts, or a sentence that spans two subtitles.
    speaker, time : str or None
        Who says it, and when, as the text writes it.
    level : int
        Of a heading, from 1 for the highest; 0 if it is unknown.

    Examples
    --------
    >>> Block(0, 12, "speech", speaker="Ada").is_prose
    True
    """

    start: int
    end: int
    kind: str = "paragraph"
    continues: bool = False
    speaker: str | None = None
    time: str | None = None
    level: int = 0

    @property
    def is_prose(self) -> bool:
        """Whether it is split into sentences."""
        return self.kind in PROSE or self.kind == "text"


class Mark(NamedTuple):
    """The place in a text where a page, a slide or the like begins.

    Attributes
    ----------
    start : int
        Place in the text.
    kind : str
        One of `MARKS`.
    value : int or str
        Its number, from 1, or its name.

    Examples
    --------
    >>> Mark(1200, "page", 2)
    Mark(start=1200, kind='page', value=2)
    """

    start: int
    kind: str
    value: int | str


MARKS = ("page", "slide", "sheet", "cell", "chapter")
"""Kinds of marks: the units of a document, besides sections."""


@dataclass(frozen=True, slots=True, repr=False)
class Text:
    """A text as it was read.

    Attributes
    ----------
    text : str
        The decoded text, without a byte-order mark, with its line ends unchanged. For a web page, a PDF, a
        Word document and the like, this is the text that a reader sees, with blank lines between paragraphs.
    blocks : tuple of Block
        What the format says about the structure, in reading order; empty if it says nothing. Anything between
        them is not text.
    holes : tuple of (int, int)
        Ranges inside the blocks that are not text either, such as the address of a link, in reading order.
    title : str or None
        The title, if the format has one apart from the text, as web pages and mails do.
    warnings : tuple of str
        What the user should know about the reading; each names the source.
    source : str or None
        Where the text came from, as the user named it.
    encoding : str
        Python's name for the charset.
    format : str
        The format that the text was read as, such as ``"mail"`` or ``"markdown"``; ``"plain"`` by default.
    marks : tuple of Mark
        Where pages, slides and the like begin, in reading order.

    Examples
    --------
    >>> Text("It rained.", source="weather.txt")
    <Text 'weather.txt': 10 characters>
    """

    text: str
    blocks: tuple[Block, ...] = ()
    holes: tuple[tuple[int, int], ...] = ()
    title: str | None = None
    warnings: tuple[str, ...] = ()
    source: str | None = None
    encoding: str = "utf-8"
    format: str = "plain"
    marks: tuple[Mark, ...] = ()

    def __repr__(self) -> str:
        name = "" if self.source is None else f" {self.source!r}"
        return f"<Text{name}: {len(self.text):,} characters>"


CANDIDATES = frozenset(("sentence", "quoted"))
"""Kinds of sentences that may be chosen."""

WRAPPER = frozenset(
    ("boilerplate", "code", "excluded", "filler", "greeting", "label", "markup", "metadata", "signature")
)
"""Kinds of sentences that surround a text: rankers do not see them."""


_UNSPACED = "[\u0e00-\u0eff\u0f00-\u109f\u1780-\u17ff\u3000-\u30ff\u3400-\u9fff\uff01-\uff60]"
UNSPACED = rare(_UNSPACED)
"""Letters and marks of scripts without spaces, in which lines are joined directly."""
_UNSPACED_LINE_END = rare(rf"(?<={_UNSPACED})[^\S\n]*\n\s*(?={_UNSPACED})")


class Sentence(NamedTuple):
    """A range of the text that can be quoted.

    It is a named tuple, because a text has many sentences, and named tuples are the fastest to make.

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
        ``"sentence"``; ``"quoted"`` for one of the message that a mail answers, or ``"filler"`` for a
        greeting or a back-channel in a conversation; otherwise the kind of the range: ``"heading"``,
        ``"byline"``, ``"caption"``, ``"navigation"``, ``"table"``, ``"code"``, ``"boilerplate"`` …
    shown : str or None
        The sentence as it is printed, if that is not its text: without markup, marks of notes and quotations,
        page headers, and hyphens at line ends.

    Examples
    --------
    >>> from summarize import segment
    >>> segment("Gas was found. It rained.").sentences[1]
    Sentence(index=1, start=15, end=25, text='It rained.', paragraph=0, kind='sentence', shown=None)
    """

    index: int  # type: ignore[assignment]  # A tuple has a method of this name.
    start: int
    end: int
    text: str
    paragraph: int
    kind: str = "sentence"
    shown: str | None = None

    @property
    def candidate(self) -> bool:
        """Whether a summary may contain it; headings, captions and the like are never chosen."""
        return self.kind in CANDIDATES

    @property
    def printed(self) -> str:
        """The sentence as it is printed, with white space folded to single spaces.

        In Chinese, Japanese, Thai and other scripts without spaces, line ends inside a sentence are removed.
        """
        shown = self.text if self.shown is None else self.shown
        if "\n" in shown and not shown.isascii():
            shown = _UNSPACED_LINE_END.sub("", shown)
        return " ".join(shown.split())

    def __str__(self) -> str:
        return self.printed


# Number of sentences in a block, which is kept once it has been made.
_BLOCK_SIZE = 1024
_new_sentence: Callable[[Iterable[object]], Sentence] = partial(tuple.__new__, Sentence)


class Sentences(Sequence[Sentence]):
    """The sentences of a document, stored as columns and made when they are asked for.

    Asking twice gives equal sentences, but not always the same objects: all sentences of a long text would
    take several times as much memory as the text.

    Parameters
    ----------
    text : str
        The text of the document.
    starts, ends, paragraphs : iterable of int
        A value for each sentence, as in `Sentence`.
    kinds : iterable of str
    shown : iterable of str or None

    Attributes
    ----------
    starts, ends, paragraphs : array.array of int64
    kinds : list of str
    shown : list of str or None

    Examples
    --------
    >>> sentences = Sentences("It rained. Why?", [0, 11], [10, 15], [0, 0], ["sentence"] * 2, [None] * 2)
    >>> [sentence.text for sentence in sentences], sentences[-1].start
    (['It rained.', 'Why?'], 11)
    """

    __slots__ = ("_cache", "_text", "ends", "kinds", "paragraphs", "shown", "starts")

    def __init__(
        self,
        text: str,
        starts: Iterable[int],
        ends: Iterable[int],
        paragraphs: Iterable[int],
        kinds: Iterable[str],
        shown: Iterable[str | None],
    ) -> None:
        self._text = text
        self.starts, self.ends, self.paragraphs = array("q", starts), array("q", ends), array("q", paragraphs)
        self.kinds, self.shown = list(kinds), list(shown)
        # The first index of a block, and its sentences. Another thread may replace both at once.
        self._cache: tuple[int, tuple[Sentence, ...]] = (0, ())

    @classmethod
    def of(cls, text: str, sentences: Sequence[Sentence]) -> Sentences:
        """Turn sentences of a text into columns; `Sentences` are returned unchanged."""
        if isinstance(sentences, Sentences):
            return sentences
        columns = list(zip(*sentences, strict=True)) or [()] * len(Sentence._fields)
        _, starts, ends, _, paragraphs, kinds, shown = columns
        return cls(text, starts, ends, paragraphs, kinds, shown)

    def take(self, indices: Sequence[int]) -> Sentences:
        """Return some of the sentences, numbered from 0."""
        return Sentences(
            self._text,
            map(self.starts.__getitem__, indices),
            map(self.ends.__getitem__, indices),
            map(self.paragraphs.__getitem__, indices),
            map(self.kinds.__getitem__, indices),
            map(self.shown.__getitem__, indices),
        )

    def replace_kinds(self, kinds: Iterable[str]) -> Sentences:
        """Return the same sentences with other kinds."""
        return Sentences(self._text, self.starts, self.ends, self.paragraphs, kinds, self.shown)

    def __len__(self) -> int:
        return len(self.kinds)

    def __iter__(self) -> Iterator[Sentence]:
        return chain.from_iterable(map(self._load, range(0, len(self), _BLOCK_SIZE)))

    @overload
    def __getitem__(self, index: int) -> Sentence: ...
    @overload
    def __getitem__(self, index: slice) -> tuple[Sentence, ...]: ...
    def __getitem__(self, index: int | slice) -> Sentence | tuple[Sentence, ...]:
        if len(self.kinds) <= _BLOCK_SIZE:
            return self._load(0)[index]
        if isinstance(index, slice):
            start, stop, step = index.indices(len(self))
            if step != 1:
                return tuple(map(self.__getitem__, range(start, stop, step)))
            first, block = self._cache
            if first <= start and stop <= first + len(block):
                return block[start - first : stop - first]
            return self._make(start, stop)
        if index < 0:
            index += len(self)
        first, block = self._cache
        if 0 <= index - first < len(block):
            return block[index - first]
        if not 0 <= index < len(self):
            raise IndexError("there is no sentence of this index")
        return self._make(index, index + 1)[0]

    def __eq__(self, other: object) -> bool:
        return tuple(self) == tuple(other) if isinstance(other, (Sentences, tuple)) else NotImplemented

    def __hash__(self) -> int:
        return hash(tuple(self))

    def __repr__(self) -> str:
        return repr(tuple(self))

    def _load(self, start: int) -> tuple[Sentence, ...]:
        """Make the sentences of a block, unless it is the last one asked for."""
        first, block = self._cache
        if first != start or not block:
            block = self._make(start, min(start + _BLOCK_SIZE, len(self)))
            self._cache = (start, block)
        return block

    def _make(self, start: int, stop: int) -> tuple[Sentence, ...]:
        own = slice(start, stop)
        starts, ends = self.starts[own], self.ends[own]
        texts = map(self._text.__getitem__, map(slice, starts, ends))
        rest = self.paragraphs[own], self.kinds[own], self.shown[own]
        return tuple(map(_new_sentence, zip(range(start, stop), starts, ends, texts, *rest, strict=False)))


class Part(NamedTuple):
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
    sentences : sequence of Sentence
        All of them, in reading order; see `Sentences`.
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
    cues : ndarray of uint8, shape (n_sentences, n_groups)
        Stop words of each sentence that are cues, by group; see `~summarize.tokenization.terms.Terms`.
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
    blocks : tuple of Block
        The blocks that the format of the text sets apart, in reading order; empty for plain text.
    marks : tuple of Mark
        Where pages, slides and the like begin, in reading order.

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
    sentences: Sentences
    language: str
    source: str | None
    terms: NDArray[np.int32]
    offsets: NDArray[np.int64]
    vocabulary: tuple[str, ...]
    n_words: NDArray[np.int64]
    cues: NDArray[np.uint8]
    segmenter: str
    tokenizer: str
    title: tuple[int, ...] = ()
    parts: tuple[Part, ...] = ()
    query: tuple[int, ...] = ()
    blocks: tuple[Block, ...] = ()
    marks: tuple[Mark, ...] = ()

    def __post_init__(self) -> None:
        for values in (self.terms, self.offsets, self.n_words, self.cues):
            values.flags.writeable = False

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

    def find_block(self, index: int) -> Block | None:
        """Find the block that a sentence begins in.

        Parameters
        ----------
        index : int
            Of the sentence.

        Returns
        -------
        Block or None
            None if the format says nothing about this place.
        """
        start = self.sentences.starts[index]
        place = bisect_right(self.blocks, start, key=lambda block: block.start) - 1
        if place < 0 or start >= self.blocks[place].end:
            return None
        return self.blocks[place]
