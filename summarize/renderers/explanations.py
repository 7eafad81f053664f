"""Explanations as lines of text."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from summarize.document import Document
    from summarize.summary import Explanation, Summary

_MAX_CONTRIBUTIONS = 4


def describe_explanations(summary: Summary) -> dict[int, list[str]]:
    """Describe each explanation of a summary in a few lines.

    Parameters
    ----------
    summary : Summary

    Returns
    -------
    dict of int to list of str
        From the index of a sentence to lines without newlines.
    """
    return {each.index: _describe(each, summary.document) for each in summary.explanations}


def _describe(explanation: Explanation, document: Document) -> list[str]:
    candidates = sum(sentence.candidate for sentence in document.sentences)
    lines = [f"sentence {explanation.place} of {explanation.of}; rank {explanation.rank} of {candidates}"]
    if explanation.links:
        lines.append("shares words with " + "; ".join(_list_links(explanation, document)))
    for name, words in (("title", explanation.title_words), ("query", explanation.query_words)):
        if words:
            lines.append(f"words of the {name}: {', '.join(words)}")
    if explanation.contributions:
        lines.append(f"score {explanation.score:.3g} = {_write_sum(explanation, document)}")
    return lines


def _list_links(explanation: Explanation, document: Document) -> list[str]:
    return [f"{_name(link.index, document)} ({', '.join(link.words)})" for link in explanation.links]


def _write_sum(explanation: Explanation, document: Document) -> str:
    """Write the largest contributions, and all others as one."""
    parts = explanation.contributions
    shown = [
        (part.what if part.index in (None, explanation.index) else _name(part.index, document), part.value)
        for part in parts[:_MAX_CONTRIBUTIONS]
    ]
    if len(parts) > _MAX_CONTRIBUTIONS:
        shown.append(("other", sum(part.value for part in parts[_MAX_CONTRIBUTIONS:])))
    text = " ".join(f"{'-' if value < 0 else '+'} {abs(value):.3g} {what}" for what, value in shown)
    return text.removeprefix("+ ")


def _name(index: int, document: Document) -> str:
    """Name a sentence by its number in its text, and the text if there are several."""
    part = document.find_part(index)
    if part is None:
        return f"sentence {index + 1}"
    return f"sentence {index - part.first + 1} of {part.source}"
