"""An explanation in lines of words."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from summarize.document import Document
    from summarize.summary import Explanation, Summary

_MOST_PARTS = 4


def render_reasons(summary: Summary) -> dict[int, list[str]]:
    """For every explained sentence, by its index, a few lines without newlines."""
    return {each.index: _describe(each, summary.document) for each in summary.explanations}


def _describe(explanation: Explanation, document: Document) -> list[str]:
    candidates = sum(sentence.candidate for sentence in document.sentences)
    lines = [
        f"sentence {explanation.place} of {explanation.of}; "
        f"its score is number {explanation.rank} of {candidates}"
    ]
    if explanation.links:
        lines.append("shares words with " + "; ".join(_links(explanation, document)))
    for name, words in (("title", explanation.title_words), ("query", explanation.query_words)):
        if words:
            lines.append(f"has words of the {name}: {', '.join(words)}")
    if explanation.contributions:
        lines.append(f"score {explanation.score:.3g} = {_sum(explanation, document)}")
    return lines


def _links(explanation: Explanation, document: Document) -> list[str]:
    return [f"{_number(link.index, document)} ({', '.join(link.words)})" for link in explanation.links]


def _sum(explanation: Explanation, document: Document) -> str:
    """The greatest parts, and all others as one."""
    parts = explanation.contributions
    shown = [
        (part.what if part.index in (None, explanation.index) else _number(part.index, document), part.value)
        for part in parts[:_MOST_PARTS]
    ]
    if len(parts) > _MOST_PARTS:
        shown.append(("the rest", sum(part.value for part in parts[_MOST_PARTS:])))
    text = " ".join(f"{'-' if value < 0 else '+'} {abs(value):.3g} {what}" for what, value in shown)
    return text.removeprefix("+ ")


def _number(index: int, document: Document) -> str:
    """A sentence by its number in its text, and by the text where there are several."""
    part = document.find_part(index)
    if part is None:
        return f"sentence {index + 1}"
    return f"sentence {index - part.first + 1} of {part.source}"
