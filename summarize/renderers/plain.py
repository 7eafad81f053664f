"""Summaries for people: text and Markdown."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from summarize.document import Sentence, Summary

_MARKUP = re.compile(r"([\\`*_\[\]<>])")


def render_text(summary: Summary) -> str:
    """One sentence a line; of several texts, below the name of each."""
    runs = ((source, _lines(sentences)) for source, sentences in summary.by_source)
    if summary.document.parts:
        return "\n".join(f"==> {source} <==\n{lines}" for source, lines in runs)
    return "".join(lines for _, lines in runs)


def render_markdown(summary: Summary) -> str:
    """A bulleted list, of several texts one of each; what Markdown would take for markup is escaped."""
    runs = ((source, _MARKUP.sub(r"\\\1", _lines(sentences))) for source, sentences in summary.by_source)
    lists = [(source, "".join(f"- {line}\n" for line in lines.split("\n") if line)) for source, lines in runs]
    if summary.document.parts:
        return "\n".join(f"## {source}\n\n{items}" for source, items in lists)
    return "".join(items for _, items in lists)


def _lines(sentences: Iterable[Sentence]) -> str:
    """One sentence a line, white space inside a sentence folded to one space."""
    return "".join(" ".join(sentence.text.split()) + "\n" for sentence in sentences)
