"""The whole flow on one screen: text -> Document -> scores -> indices -> Summary."""

from __future__ import annotations

import math
import os
from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import numpy as np

from summarize.analysis import analyze, analyze_together
from summarize.document import Document, Text
from summarize.features.chunk import Chunk
from summarize.features.focus import focus, spread
from summarize.features.query import WEIGHT, add_relevance
from summarize.length import Length
from summarize.reading import read_text
from summarize.selectors.budget import measure_costs
from summarize.settings import Method, Settings, resolve, sign
from summarize.summary import Summary
from summarize.validation import check_choice, check_scores

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from summarize.contributions import Parts
    from summarize.metrics.curve import Curve

# More digits after the point overflow a factor.
_MAX_DIGITS = 22
Input = str | os.PathLike[str] | Text


def summarize(
    text: Input, settings: Settings | None = None, *, source: str | None = None, **choices: Any
) -> Summary:
    """Choose the sentences that carry a text.

    Parameters
    ----------
    text : str, path-like or Text
        Any text at all. A string is the text itself; a `pathlib.Path` names a file, which is read as by the
        command.
    settings : Settings, optional
        Every choice of the run; the defaults if not given.
    source : str, optional
        Where the text came from; shown in output and messages.
    **choices
        Fields of `Settings` that override `settings`, such as ``length="100 words"``.

    Returns
    -------
    Summary
        Empty if the text is, or if no sentence fits.

    Raises
    ------
    LengthError, OptionError, UnknownNameError
        If a choice is not accepted.
    InputError
        If a file cannot be read.
    TypeError
        If `text` is something else, such as None or bytes.

    Examples
    --------
    >>> text = "Gas was found at sea on Monday. It rained. The gas field is larger than any other."
    >>> summary = summarize(text, length="8 words", ranker="lexrank")
    >>> print(summary)
    Gas was found at sea on Monday.
    >>> summary.sentences[0].start, summary.sentences[0].end
    (0, 31)
    """
    method = resolve(Settings.of(settings, choices))
    return choose_sentences(analyze(read_input(text, source), method), method)


def summarize_merged(
    texts: Sequence[Input | tuple[str | None, str]], settings: Settings | None = None, **choices: Any
) -> Summary:
    """Choose the sentences that carry several texts together.

    Parameters
    ----------
    texts : sequence of str, path-like, Text or (source, str)
        In the order in which they are read. A text without a source is named by its number, from 1.
    settings : Settings, optional
        As for `summarize`. The default selector is ``"novelty"``, which avoids repeating what several texts
        say. The default language is the one that most of the text is in, but each text is split by the rules
        of its own.
    **choices
        Fields of `Settings` that override `settings`.

    Returns
    -------
    Summary
        In the order of the texts; ``summary.document.find_part(i)`` tells where sentence ``i`` comes from.

    Raises
    ------
    LengthError, OptionError, UnknownNameError, InputError, TypeError
        As for `summarize`.

    Notes
    -----
    Rankers that use positions count them within each text.

    Examples
    --------
    >>> monday, tuesday = "Gas was found at sea.", "The gas field is large. Ships sail."
    >>> [source for source, _ in summarize_merged([monday, tuesday], length=2).by_source]
    ['1', '2']
    """
    method = resolve(Settings.of(settings, choices), merged=True)
    return choose_sentences(analyze_together(_read_parts(texts), method), method)


def segment(
    text: Input, settings: Settings | None = None, *, source: str | None = None, **choices: Any
) -> Document:
    """Find the sentences of a text and their terms, without choosing any.

    Parameters
    ----------
    text, settings, source, **choices
        As for `summarize`.

    Returns
    -------
    Document

    Examples
    --------
    >>> [sentence.text for sentence in segment("U.S. officials met. They left.").sentences]
    ['U.S. officials met.', 'They left.']
    """
    return analyze(read_input(text, source), resolve(Settings.of(settings, choices)))


def segment_merged(
    texts: Sequence[Input | tuple[str | None, str]], settings: Settings | None = None, **choices: Any
) -> Document:
    """Find the sentences of several texts and their terms, as one document.

    Parameters
    ----------
    texts, settings, **choices
        As for `summarize_merged`.

    Returns
    -------
    Document

    Examples
    --------
    >>> [part.stop for part in segment_merged(["One came. Two came.", "Three came."]).parts]
    [2, 3]
    """
    method = resolve(Settings.of(settings, choices), merged=True)
    return analyze_together(_read_parts(texts), method)


def summarize_document(document: Document, settings: Settings | None = None, **choices: Any) -> Summary:
    """Choose sentences of a document that was segmented before; parameters as for `summarize`."""
    return choose_sentences(document, resolve(Settings.of(settings, choices)))


def draw_curve(
    text: Input, settings: Settings | None = None, *, source: str | None = None, **choices: Any
) -> Curve:
    """Measure how much of a text's content survives at each length; parameters as for `summarize`."""
    method = resolve(Settings.of(settings, choices))
    return trace_curve(analyze(read_input(text, source), method), method)


def choose_sentences(document: Document, method: Method) -> Summary:
    """Rank the sentences of a document, and select as many as the length allows.

    Parameters
    ----------
    document : Document
    method : Method

    Returns
    -------
    Summary
    """
    [summary] = choose_from_each([document], method)
    return summary


def choose_from_each(documents: Sequence[Document], method: Method) -> list[Summary]:
    """Choose the sentences of each document as `choose_sentences` does, but faster.

    Parameters
    ----------
    documents : sequence of Document
        A few dozen. Each summary depends only on its own document.
    method : Method

    Returns
    -------
    list of Summary
        One for each document.
    """
    ranked = _rank_each(documents, method)
    return [_select(document, *each, method) for document, each in zip(documents, ranked, strict=True)]


def _select(document: Document, ranked: NDArray[np.float64], parts: Parts | None, method: Method) -> Summary:
    """Select sentences by the scores of the ranker."""
    scores = _round(add_relevance(document, ranked, **method.query_options)).view()
    scores.flags.writeable = False
    length = method.length if method.length.unit != "auto" else _find_knee(document, scores, method)
    chosen = method.select(document, scores, length)
    turns = tuple(check_choice(document, chosen, length, *measure_costs(document, length)))
    indices = tuple(sorted(turns))
    order = indices
    if method.settings.order == "rank":
        order = tuple(sorted(indices, key=lambda i: (-scores[i], i)))
    summary = Summary(
        document=document,
        indices=indices,
        turns=turns,
        scores=scores,
        length=length,
        ranker=method.names[0],
        selector=method.names[1],
        signature=sign(document, method, length),
        order=order,
        options=method.settings.options,
        cite=method.settings.cite,
        with_text=method.settings.with_text,
    )
    if not method.settings.explain:
        return summary
    from summarize.explanation import explain

    weight = method.query_options.get("query_weight", WEIGHT)
    explanations = explain(summary, ranked, parts, reads=method.reads, query_weight=weight)
    return replace(summary, explanations=explanations)


def trace_curve(document: Document, method: Method) -> Curve:
    """Measure the coverage of a document's content at each length.

    Parameters
    ----------
    document : Document
    method : Method
        Its length is not used.

    Returns
    -------
    Curve
    """
    from summarize.metrics.curve import coverage_curve

    ranked, _ = _rank(document, method._replace(explain=None))
    scores = _round(add_relevance(document, ranked, **method.query_options))
    return coverage_curve(document, scores, method.select)


def check_settings(settings: Settings, *, merged: bool = False) -> Method:
    """Resolve settings, and try them on a text of two sentences.

    Only a trial shows whether the ranker and the selector accept the values of their options.

    Raises
    ------
    LengthError, OptionError, UnknownNameError
        If a choice is not accepted.
    """
    method = resolve(settings, merged=merged)
    choose_sentences(analyze(Text("One was here. Two was there."), method), method)
    return method


def read_input(text: Input, source: str | None = None) -> Text:
    """Turn what a user passes as a text into a `Text`.

    Parameters
    ----------
    text : str, path-like or Text
    source : str, optional
        Replaces the source of the text.

    Returns
    -------
    Text

    Raises
    ------
    InputError
        If a file cannot be read.
    TypeError
        If it is something else.
    """
    if isinstance(text, str):
        return read_text(text, source)
    if isinstance(text, os.PathLike):
        from summarize.inputs.loading import read_document

        text = read_document(text)
    if not isinstance(text, Text):
        hint = ""
        if isinstance(text, bytes | bytearray):
            hint = "; summarize.reading.decode turns bytes into a Text"
        elif isinstance(text, list | tuple):
            hint = "; for several texts, use summarize_merged or summarize_many"
        found = "None" if text is None else type(text).__name__
        raise TypeError(f"text: found {found}; accepted: str, pathlib.Path, Text{hint}")
    return text if source is None else replace(text, source=source)


def _read_parts(texts: Sequence[Input | tuple[str | None, str]]) -> list[Text]:
    if texts is None or isinstance(texts, str | bytes | os.PathLike | Text):
        found = "None" if texts is None else type(texts).__name__
        raise TypeError(f"texts: found {found}; accepted: a sequence of texts")
    return [_read_part(text, str(number)) for number, text in enumerate(texts, 1)]


def _read_part(text: Input | tuple[str | None, str], number: str) -> Text:
    if isinstance(text, tuple) and len(text) == 2 and isinstance(text[1], str):
        return read_text(text[1], text[0])
    read = read_input(text)
    return read if read.source is not None else replace(read, source=number)


def _rank(document: Document, method: Method) -> tuple[NDArray[np.float64], Parts | None]:
    """Score the sentences of a document, and find the contributions to the scores if they are explained."""
    [ranked] = _rank_each([document], method)
    return ranked


def _rank_each(
    documents: Sequence[Document], method: Method
) -> list[tuple[NDArray[np.float64], Parts | None]]:
    """Score the sentences of each document, together if the ranker can."""
    narrowed = [focus(document) for document in documents]
    if method.explain:
        given = [method.explain(narrow) for narrow, _ in narrowed]
    else:
        given = [(scores, None) for scores in _score_each([narrow for narrow, _ in narrowed], method)]
    ranked = []
    for document, (narrow, kept), (values, parts) in zip(documents, narrowed, given, strict=True):
        scores = check_scores(narrow, values)
        if kept is not None:
            scores = spread(scores, kept, len(document))
            if parts is not None:
                from summarize.contributions import move_parts

                parts = move_parts(parts, kept)
        ranked.append((scores, parts))
    return ranked


def _score_each(documents: Sequence[Document], method: Method) -> list[Any]:
    """Let the ranker score each document."""
    together = [i for i, document in enumerate(documents) if len(document.terms)]
    if method.score_chunk is None or len(together) < 2:
        return [method.rank(document) for document in documents]
    chunk = Chunk([documents[i] for i in together])
    found: dict[int, Any] = dict(zip(together, chunk.divide(method.score_chunk(chunk)), strict=True))
    return [found[i] if i in found else method.rank(document) for i, document in enumerate(documents)]


def _find_knee(document: Document, scores: NDArray[np.float64], method: Method) -> Length:
    """Find the length in words beyond which another word adds less than average."""
    from summarize.metrics.curve import coverage_curve

    curve = coverage_curve(document, scores, method.select)
    return Length(int(curve.words[curve.knee]) if curve.knee >= 0 else 1, "words")


def _round(scores: NDArray[np.float64]) -> NDArray[np.float64]:
    """Round scores to twelve digits of the largest, so that scores that differ only by rounding are ties."""
    largest = float(np.maximum.reduce(np.abs(scores), initial=0.0))
    if not 0 < largest < np.inf:
        return scores
    digits = 12 - math.ceil(math.log10(largest))
    if not 0 < digits < _MAX_DIGITS:
        return np.round(scores, digits)
    # As `numpy.round` does, in a fraction of the time.
    factor = 10.0**digits
    rounded: NDArray[np.float64] = np.rint(scores * factor) / factor
    return rounded
