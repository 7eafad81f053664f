"""The values that come out: summaries, failures and explanations."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from itertools import groupby
from typing import TYPE_CHECKING, Any, NamedTuple

from summarize.places import Place, find_places

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from summarize.document import Document, Sentence
    from summarize.errors import SummarizeError
    from summarize.length import Length


class Link(NamedTuple):
    """Another sentence that shares words with the explained one.

    Attributes
    ----------
    index : int
        The other sentence.
    words : tuple of str
        The shared words, as the explained sentence writes them; the highest-weighted come first.
    """

    index: int  # type: ignore[assignment]  # A tuple has a method of this name.
    words: tuple[str, ...]


class Contribution(NamedTuple):
    """One term of the sum that makes up a score.

    Attributes
    ----------
    what : str
        Where it comes from.
    value : float
        Its share of the score, positive or negative.
    index : int or None
        The sentence that it comes from, if it comes from one.
    """

    what: str
    value: float
    index: int | None = None  # type: ignore[assignment]  # A tuple has a method of this name.

    def to_dict(self) -> dict[str, Any]:
        """Return the contribution as JSON types."""
        record: dict[str, Any] = {"what": self.what, "value": self.value}
        return record if self.index is None else record | {"index": self.index}


class Explanation(NamedTuple):
    """Why a sentence was chosen.

    Attributes
    ----------
    index : int
        The sentence.
    score : float
        Its score.
    rank : int
        1 for the best score among the candidates.
    place, of : int
        Its number in its text, from 1, and how many sentences that text has.
    source : str or None
        The text, if there are several.
    links : tuple of Link
        The sentences that raise its score most through shared words; empty if the ranker does not read words,
        or is a function of the user's.
    title_words, query_words : tuple of str
        Its words that also occur in a title or heading, if the ranker reads those, and in the query.
    contributions : tuple of Contribution
        They add up to the score; empty if the score is not a sum.
    """

    index: int  # type: ignore[assignment]  # A tuple has a method of this name.
    score: float
    rank: int
    place: int
    of: int
    source: str | None
    links: tuple[Link, ...]
    title_words: tuple[str, ...]
    query_words: tuple[str, ...]
    contributions: tuple[Contribution, ...]

    def to_dict(self) -> dict[str, Any]:
        """Return the explanation as JSON types, without the sentence and its score.

        Returns
        -------
        dict
        """
        return {
            "rank": self.rank,
            "place": self.place,
            "of": self.of,
            "links": [{"index": link.index, "words": list(link.words)} for link in self.links],
            "title_words": list(self.title_words),
            "query_words": list(self.query_words),
            "contributions": [
                {"what": part.what, "value": part.value}
                | ({} if part.index is None else {"index": part.index})
                for part in self.contributions
            ],
        }


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Summary:
    """The chosen sentences of a document, and everything that led to the choice.

    Attributes
    ----------
    document : Document
        The document that was summarized.
    indices : tuple of int
        The chosen sentences, strictly increasing.
    turns : tuple of int
        The same sentences in the order in which the selector chose them. With a length in sentences, the
        turns of a shorter summary are the first turns of a longer one.
    scores : ndarray of float64, shape (n_sentences,)
        The score of every sentence in the document; higher is more salient. Scores are comparable within this
        document only. Read-only.
    length : Length
        The cap; for ``"auto"``, the number of words that was found.
    ranker, selector : str
        Their names in the tables, or the name of the function that was passed.
    signature : str
        Every choice that made the summary; enough to make it again from the same text.
    order : tuple of int
        The chosen sentences in the order in which they are printed.
    options : mapping
        The options that were given to the ranker, the selector and the query.
    explanations : tuple of Explanation
        One for each sentence of `order`, if explanations were asked for.
    cite : bool
        Whether texts and lists show the places of the sentences.
    with_text : bool
        Whether `to_dict` has the whole text.

    Examples
    --------
    >>> from summarize import summarize
    >>> text = "Gas was found at sea. It rained. The gas field is large."
    >>> summary = summarize(text, length=1, source="a.txt")
    >>> summary
    <Summary of 'a.txt': 1 of 3 sentences, learned+novelty>
    >>> print(summary)
    Gas was found at sea.
    """

    document: Document
    indices: tuple[int, ...]
    turns: tuple[int, ...]
    scores: NDArray[np.float64]
    length: Length
    ranker: str
    selector: str
    signature: str
    order: tuple[int, ...]
    options: Mapping[str, Any] = field(default_factory=dict)
    explanations: tuple[Explanation, ...] = ()
    cite: bool = False
    with_text: bool = False

    @property
    def places(self) -> tuple[Place, ...]:
        """Where the printed sentences are, in the order of `order`: pages, sections, speakers …."""
        return tuple(find_places(self.document, self.order))

    @property
    def sentences(self) -> tuple[Sentence, ...]:
        """The chosen sentences, in reading order."""
        return tuple(self.document.sentences[i] for i in self.indices)

    @property
    def n_words(self) -> int:
        """How many words the summary has."""
        return int(sum(int(self.document.n_words[i]) for i in self.indices))

    @property
    def by_source(self) -> tuple[tuple[str | None, tuple[Sentence, ...]], ...]:
        """Runs of printed sentences from the same text, each with its source."""
        document = self.document
        runs = groupby(self.order, key=document.find_part)
        return tuple(
            (part.source if part else document.source, tuple(document.sentences[i] for i in run))
            for part, run in runs
        )

    def __len__(self) -> int:
        return len(self.indices)

    def __str__(self) -> str:
        """Return one sentence per line, with each run of white space folded to a space."""
        return "\n".join(self.document.sentences[i].printed for i in self.order)

    def __repr__(self) -> str:
        document = self.document
        source = f" of {document.source!r}" if document.source is not None else ""
        if document.parts:
            source = f" of {len(document.parts)} texts"
        counts = f"{len(self.indices):,} of {len(document):,} sentences"
        return f"<Summary{source}: {counts}, {self.ranker}+{self.selector}>"

    def to_dict(self, *, scores: bool = True) -> dict[str, Any]:
        """Return everything about the summary as JSON types.

        Parameters
        ----------
        scores : bool
            Whether to include the score of every sentence in the document.

        Returns
        -------
        dict
            ``sentences`` holds the chosen sentences in printed order, with character offsets into the decoded
            text; ``turns`` their indices in the order of choice; ``scores`` the scores of all sentences;
            ``n_sentences`` and ``n_words`` the size of the summary. For several texts there is ``sources``,
            and every sentence has its ``source`` and its offsets into that text. A sentence has what is known
            of its place, such as ``page`` and ``section``; an explained one has an ``explanation``.

        Examples
        --------
        >>> from summarize import summarize
        >>> record = summarize("Gas was found at sea. It rained.", length=1).to_dict()
        >>> record["language"], record["n_words"], record["turns"]
        ('en', 5, [0])
        """
        document = self.document
        record: dict[str, Any] = {"source": document.source}
        if document.parts:
            record["sources"] = [part.source for part in document.parts]
        record |= {
            "language": document.language,
            "length": str(self.length),
            "ranker": self.ranker,
            "selector": self.selector,
            "signature": self.signature,
            "n_sentences": len(self.indices),
            "n_words": self.n_words,
            "turns": list(self.turns),
            "summary": str(self),
            "sentences": self._describe_sentences(),
        }
        if self.with_text:
            record["text"] = document.text
        if scores:
            record["scores"] = self.scores.tolist()
        return record

    def _describe_sentences(self) -> list[dict[str, Any]]:
        explanations = {each.index: each.to_dict() for each in self.explanations}
        records = []
        for index, place in zip(self.order, self.places, strict=True):
            sentence, part = self.document.sentences[index], self.document.find_part(index)
            record: dict[str, Any] = {"index": index}
            if part:
                record["source"] = part.source
            start = part.start if part else 0
            record |= {
                "start": sentence.start - start,
                "end": sentence.end - start,
                "score": float(self.scores[index]),
                "text": sentence.text,
            }
            record |= place.to_dict()
            if index in explanations:
                record["explanation"] = explanations[index]
            records.append(record)
        return records


class Failure(NamedTuple):
    """One of many documents that could not be summarized; a value, so that the others go on.

    Attributes
    ----------
    source : str or None
        Where the document came from, as the user named it.
    error : SummarizeError
        What went wrong; it can be raised.

    Examples
    --------
    >>> from summarize import summarize_many
    >>> [result] = summarize_many([("a.bin", b"\\x89PNG\\r\\n\\x1a\\n\\x00\\x00")])
    >>> result.source, type(result.error).__name__
    ('a.bin', 'InputError')
    """

    source: str | None
    error: SummarizeError

    def __str__(self) -> str:
        return str(self.error)
