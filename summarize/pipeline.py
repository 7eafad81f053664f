"""The whole flow: text -> Document -> scores -> indices -> Summary."""

from __future__ import annotations

import inspect
import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any

import numpy as np

from summarize import rankers, selectors
from summarize.document import Document, Part, Sentence, Summary
from summarize.errors import OptionError, UnknownNameError
from summarize.features.query import add_relevance
from summarize.languages import Language, find_language
from summarize.length import Length
from summarize.signature import Shares, sign
from summarize.tokenization.terms import find_terms, name_tokenizer
from summarize.validation import check_choice, check_scores

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from summarize.metrics.curve import Curve

Ranker = Callable[..., "NDArray[np.float64]"]
Selector = Callable[..., Sequence[int]]
SEGMENTERS = ("rules", "punkt")
ORDERS = ("document", "rank")


def summarize(
    text: str,
    *,
    length: str | int | Length = 3,
    ranker: str | Ranker = rankers.DEFAULT,
    selector: str | Selector | None = None,
    language: str | None = None,
    source: str | None = None,
    segmenter: str = "rules",
    order: str = "document",
    options: Mapping[str, Any] | None = None,
    query: str | None = None,
    title: str | None = None,
    explain: bool = False,
) -> Summary:
    """Choose the sentences of a text that carry it.

    Parameters
    ----------
    text : str
        Any text at all.
    length : str, int or Length
        A hard cap: ``3``, ``"100 words"``, ``"280 chars"``, ``"20%"``, ``"1000 tokens"``;
        or ``"auto"``: as many words as the knee of the text's coverage curve.
    ranker : str or callable
        A name in ``RANKERS``, or any ``(Document) -> scores``.
    selector : str or callable, optional
        A name in ``SELECTORS``, or any ``(Document, scores, Length) -> indices``; by default the one that
        suits the ranker.
    language : str, optional
        Code or English name; detected by default.
    source : str, optional
        Where the text came from.
    segmenter : {"rules", "punkt"}
        How sentences are found.
    order : {"document", "rank"}
        How they are printed.
    options : mapping, optional
        Parameters of ranker and selector by name, such as ``{"diversity": 0.5}``; with a query also
        ``query_weight``, see `summarize.features.query`.
    query : str, optional
        What the summary shall be about. Where none of its terms stands in the text, the summary is as
        without it, and ``summary.document.query`` is empty.
    title : str, optional
        What the text is called, where the text itself does not say; only some rankers look at it.
    explain : bool
        Whether the summary shall hold its `explanations`.

    Returns
    -------
    Summary
        Empty where the text is, or where no sentence fits.

    Raises
    ------
    LengthError, OptionError, UnknownNameError
        If an argument is none of what is accepted.
    """
    cap = Length.parse(length)
    share_options(options or {}, resolve_ranker(ranker), resolve_selector(selector or suit_selector(ranker)))
    document = segment(text, language=language, source=source, segmenter=segmenter, title=title, query=query)
    choices: dict[str, Any] = {"ranker": ranker, "selector": selector, "order": order}
    return summarize_document(document, length=cap, options=options, explain=explain, **choices)


def summarize_merged(
    texts: Sequence[str | tuple[str | None, str]],
    *,
    length: str | int | Length = 3,
    ranker: str | Ranker = rankers.DEFAULT,
    selector: str | Selector | None = None,
    language: str | None = None,
    segmenter: str = "rules",
    order: str = "document",
    options: Mapping[str, Any] | None = None,
    query: str | None = None,
    title: str | None = None,
    explain: bool = False,
) -> Summary:
    """Choose the sentences that carry several texts together.

    Parameters
    ----------
    texts : sequence of str or of (source, str)
        In the order in which they are read. Where a text has no source, that is its number, from 1.
    length, ranker, selector, language, segmenter, order, options, query, title, explain
        As those of `summarize`; the language is that of most of the text.

    Returns
    -------
    Summary
        In the order of the texts; ``summary.document.find_part(i)`` says where a sentence comes from.

    Raises
    ------
    LengthError, OptionError, UnknownNameError
        If an argument is none of what is accepted.

    Notes
    -----
    Rankers that look at places count them in each text by itself. What several texts say is chosen once by
    the selectors ``novelty`` and ``mmr``.
    """
    cap = Length.parse(length)
    selector = selector or selectors.FOR_SEVERAL
    share_options(options or {}, resolve_ranker(ranker), resolve_selector(selector))
    named = [(str(k), text) if isinstance(text, str) else text for k, text in enumerate(texts, 1)]
    document = segment_many(named, language=language, segmenter=segmenter, title=title, query=query)
    choices: dict[str, Any] = {"ranker": ranker, "selector": selector, "order": order}
    return summarize_document(document, length=cap, options=options, explain=explain, **choices)


def summarize_document(
    document: Document,
    *,
    length: str | int | Length = 3,
    ranker: str | Ranker = rankers.DEFAULT,
    selector: str | Selector | None = None,
    order: str = "document",
    options: Mapping[str, Any] | None = None,
    explain: bool = False,
) -> Summary:
    """Choose sentences of a document that is made already; parameters as those of `summarize`."""
    cap = Length.parse(length)
    if order not in ORDERS:
        raise UnknownNameError("order", order, ORDERS)
    selector = selector or suit_selector(ranker)
    rank, select = resolve_ranker(ranker), resolve_selector(selector)
    shares = share_options(options or {}, rank, select)
    scores = _score(document, rank, shares)
    select_options = shares.selector
    if cap.unit == "auto":
        cap = _find_knee(document, scores, partial(select, **select_options))
    found = select(document, scores, cap, **select_options)
    chosen = check_choice(document, found, cap) if callable(selector) else [int(i) for i in found]
    indices = tuple(sorted(chosen))
    by_rank = sorted(indices, key=lambda i: (-scores[i], i))
    summary = Summary(
        document=document,
        indices=indices,
        scores=scores,
        length=cap,
        ranker=_name(ranker),
        selector=_name(selector),
        signature=sign(document, _name(ranker), _name(selector), shares, cap, order),
        order=indices if order == "document" else tuple(by_rank),
        options=dict(options or {}),
    )
    if not explain:
        return summary
    from summarize import explanation

    return replace(summary, explanations=explanation.explain(summary))


def _find_knee(document: Document, scores: NDArray[np.float64], select: Selector) -> Length:
    """The length in words at which more stops paying."""
    from summarize.metrics.curve import coverage_curve

    curve = coverage_curve(document, scores, select)
    return Length(int(curve.words[curve.knee]) if curve.knee >= 0 else 1, "words")


def draw_curve(
    text: str,
    *,
    ranker: str | Ranker = rankers.DEFAULT,
    selector: str | Selector | None = None,
    language: str | None = None,
    segmenter: str = "rules",
    options: Mapping[str, Any] | None = None,
    query: str | None = None,
    title: str | None = None,
) -> Curve:
    """How much of a text survives at each length; parameters as those of `summarize`."""
    from summarize.metrics.curve import coverage_curve

    selector = selector or suit_selector(ranker)
    rank, select = resolve_ranker(ranker), resolve_selector(selector)
    shares = share_options(options or {}, rank, select)
    document = segment(text, language=language, segmenter=segmenter, title=title, query=query)
    return coverage_curve(document, _score(document, rank, shares), partial(select, **shares.selector))


def _score(document: Document, rank: Ranker, shares: Shares) -> NDArray[np.float64]:
    """The ranker's scores, drawn towards the query where there is one."""
    scores = check_scores(document, rank(document, **shares.ranker))
    return _round(add_relevance(document, scores, **shares.query))


def _round(scores: NDArray[np.float64]) -> NDArray[np.float64]:
    """Scores to twelve digits of the greatest, so that those that differ by rounding only are ties."""
    greatest = float(np.abs(scores).max(initial=0.0))
    if not 0 < greatest < np.inf:
        return scores
    return np.round(scores, 12 - math.ceil(math.log10(greatest)))


def segment(
    text: str,
    *,
    language: str | None = None,
    source: str | None = None,
    segmenter: str = "rules",
    title: str | None = None,
    query: str | None = None,
) -> Document:
    """A text with its sentences and their terms; parameters as those of `summarize`."""
    habits = _find_language(text, language)
    sentences = _split(text, habits, segmenter)
    return _describe(text, sentences, habits, source, segmenter, title, query, ())


def segment_many(
    texts: Sequence[tuple[str | None, str]],
    *,
    language: str | None = None,
    segmenter: str = "rules",
    title: str | None = None,
    query: str | None = None,
) -> Document:
    """Several texts as one document.

    Parameters
    ----------
    texts : sequence of (str or None, str)
        Sources and texts, in the order in which they are read.
    language, segmenter, title, query
        As those of `summarize`; the language is that of most of the text.

    Returns
    -------
    Document
        Its text is that of all, an empty line between two; its `parts` say which is whose.
    """
    joined = "\n\n".join(text for _, text in texts)
    habits = _find_language(joined, language)
    sentences: list[Sentence] = []
    parts: list[Part] = []
    start = paragraph = 0
    for source, text in texts:
        first = len(sentences)
        for s in _split(text, habits, segmenter):
            place = (len(sentences), s.start + start, s.end + start, s.text, s.paragraph + paragraph)
            sentences.append(Sentence(*place, s.kind))
        parts.append(Part(source, start, start + len(text), first, len(sentences)))
        start += len(text) + 2
        paragraph = sentences[-1].paragraph + 1 if sentences else 0
    return _describe(joined, tuple(sentences), habits, None, segmenter, title, query, tuple(parts))


def _split(text: str, habits: Language, segmenter: str) -> tuple[Sentence, ...]:
    if segmenter == "rules":
        from summarize.segmentation.sentences import split_sentences

        return split_sentences(text, habits)
    if segmenter == "punkt":
        from summarize.segmentation.punkt import split_sentences_punkt

        return split_sentences_punkt(text, habits)
    raise UnknownNameError("segmenter", segmenter, SEGMENTERS)


def _describe(
    text: str,
    sentences: tuple[Sentence, ...],
    habits: Language,
    source: str | None,
    segmenter: str,
    title: str | None,
    query: str | None,
    parts: tuple[Part, ...],
) -> Document:
    """The document of a text and its sentences."""
    n = len(sentences)
    terms = find_terms([*(sentence.text for sentence in sentences), title or "", query or ""], habits)
    ids = np.array(terms.ids, dtype=np.int32)
    offsets = np.array(terms.offsets, dtype=np.int64)
    # Terms are numbered by first appearance: those of the sentences come first, then those of the title.
    n_known = int(ids[: offsets[n]].max(initial=-1)) + 1
    n_terms = max(n_known, int(ids[: offsets[n + 1]].max(initial=-1)) + 1)
    asked = ids[offsets[n + 1] :]
    return Document(
        text=text,
        sentences=sentences,
        language=habits.code,
        source=source,
        terms=ids[: offsets[n]],
        offsets=offsets[: n + 1],
        vocabulary=terms.vocabulary[:n_terms],
        n_words=np.array(terms.n_words[:n], dtype=np.int64),
        segmenter=segmenter,
        tokenizer=name_tokenizer(habits),
        title=tuple(ids[offsets[n] : offsets[n + 1]].tolist()),
        parts=parts,
        query=tuple(asked[asked < n_known].tolist()),
    )


def _find_language(text: str, language: str | None) -> Language:
    if language is not None:
        return find_language(language)
    from summarize.languages.detection import detect_language

    return detect_language(text)


def resolve_ranker(ranker: str | Ranker) -> Ranker:
    """The function of a name in ``RANKERS``; a function is returned as it is."""
    return _resolve("ranker", ranker, rankers.RANKERS)


def resolve_selector(selector: str | Selector) -> Selector:
    """The function of a name in ``SELECTORS``; a function is returned as it is."""
    return _resolve("selector", selector, selectors.SELECTORS)


def suit_selector(ranker: str | Ranker) -> str:
    """The name of the selector that suits a ranker."""
    entry = None if callable(ranker) else rankers.RANKERS.get(ranker)
    return entry.selector if entry else selectors.DEFAULT


def _resolve(kind: str, name: str | Callable[..., Any], table: Mapping[str, Any]) -> Callable[..., Any]:
    if callable(name):
        return name
    if name not in table:
        raise UnknownNameError(kind, name, table)
    function: Callable[..., Any] = table[name].load()
    return function


def share_options(options: Mapping[str, Any], rank: Ranker, select: Selector) -> Shares:
    """The options that the ranker takes, those that the selector takes, and those of a query.

    Raises
    ------
    OptionError
        For an option that none of them has.
    """
    if not options:
        return Shares({}, {}, {})
    takers = [_keywords(function) for function in (rank, select, add_relevance)]
    known = sorted(set().union(*takers))
    for name in options:
        if name not in known:
            raise OptionError(f"no option {name!r}; accepted here: {', '.join(known)}")
    return Shares(*({key: value for key, value in options.items() if key in names} for names in takers))


def _keywords(function: Callable[..., Any]) -> set[str]:
    parameters = inspect.signature(function).parameters.values()
    return {parameter.name for parameter in parameters if parameter.kind is parameter.KEYWORD_ONLY}


def _name(choice: str | Callable[..., Any]) -> str:
    return choice if isinstance(choice, str) else getattr(choice, "__name__", type(choice).__name__)
