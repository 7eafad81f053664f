"""Summaries for people: text and Markdown."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from summarize.summary import Summary

_MARKUP = re.compile(r"([\\`*_\[\]<>])")


def render_text(summary: Summary) -> str:
    """One sentence a line, what spoke for it indented below; of several texts, under the name of each."""
    runs = [
        (source, "".join(f"{line}\n{_indent(reasons, '    ')}" for line, reasons in items))
        for source, items in _items(summary)
    ]
    if summary.document.parts:
        return "\n".join(f"==> {source} <==\n{lines}" for source, lines in runs)
    return "".join(lines for _, lines in runs)


def render_markdown(summary: Summary) -> str:
    """A bulleted list; what Markdown would take for markup is escaped. Of several texts, one list of each."""
    runs = [
        (source, "".join(f"- {_escape(line)}\n{_indent(map(_escape, why), '  - ')}" for line, why in items))
        for source, items in _items(summary)
    ]
    if summary.document.parts:
        return "\n".join(f"## {_escape(str(source))}\n\n{items}" for source, items in runs)
    return "".join(items for _, items in runs)


def _items(summary: Summary) -> list[tuple[str | None, list[tuple[str, list[str]]]]]:
    """By source: every sentence, white space inside folded to one space, and what spoke for it."""
    reasons: dict[int, list[str]] = {}
    if summary.explanations:
        from summarize.renderers.explanations import render_reasons

        reasons = render_reasons(summary)
    return [
        (source, [(" ".join(s.text.split()), reasons.get(s.index, [])) for s in sentences])
        for source, sentences in summary.by_source
    ]


def _indent(lines: Iterable[str], mark: str) -> str:
    return "".join(f"{mark}{line}\n" for line in lines)


def _escape(text: str) -> str:
    return _MARKUP.sub(r"\\\1", text)
