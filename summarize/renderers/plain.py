"""Summaries for people: text and Markdown."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from summarize.summary import Summary

_MARKUP = re.compile(r"([\\`*_\[\]<>])")


def render_text(summary: Summary) -> str:
    """Render one sentence per line, with its explanation indented below.

    Parameters
    ----------
    summary : Summary

    Returns
    -------
    str
        White space inside a sentence is folded to single spaces. Sentences of several texts follow the name
        of their text.

    Examples
    --------
    >>> from summarize import summarize
    >>> print(render_text(summarize("Gas was found at sea. It rained.", length=1)), end="")
    Gas was found at sea.
    """
    runs = [
        (source, "".join(f"{line}\n{_indent(reasons, '    ')}" for line, reasons in items))
        for source, items in _list_items(summary)
    ]
    if summary.document.parts:
        return "\n".join(f"==> {source} <==\n{lines}" for source, lines in runs)
    return "".join(lines for _, lines in runs)


def render_markdown(summary: Summary) -> str:
    """Render a bulleted list in Markdown, with markup in the sentences escaped.

    Parameters
    ----------
    summary : Summary

    Returns
    -------
    str
        For several texts, one list under the name of each.

    Examples
    --------
    >>> from summarize import summarize
    >>> print(render_markdown(summarize("2 * 3 = 6.", language="en")), end="")
    - 2 \\* 3 = 6.
    """
    runs = [
        (source, "".join(f"- {_escape(line)}\n{_indent(map(_escape, why), '  - ')}" for line, why in items))
        for source, items in _list_items(summary)
    ]
    if summary.document.parts:
        return "\n".join(f"## {_escape(str(source))}\n\n{items}" for source, items in runs)
    return "".join(items for _, items in runs)


def _list_items(summary: Summary) -> list[tuple[str | None, list[tuple[str, list[str]]]]]:
    """List the sentences of each source, each with the lines of its explanation."""
    reasons: dict[int, list[str]] = {}
    if summary.explanations:
        from summarize.renderers.explanations import describe_explanations

        reasons = describe_explanations(summary)
    return [
        (source, [(s.printed, reasons.get(s.index, [])) for s in sentences])
        for source, sentences in summary.by_source
    ]


def _indent(lines: Iterable[str], prefix: str) -> str:
    return "".join(f"{prefix}{line}\n" for line in lines)


def _escape(text: str) -> str:
    return _MARKUP.sub(r"\\\1", text)
