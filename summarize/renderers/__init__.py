"""A summary -> what is printed: the table of renderers.

A renderer is a callable ``(summary) -> str`` whose result ends in a newline unless it is empty.
"""

from __future__ import annotations

from typing import NamedTuple


class Entry(NamedTuple):
    """Where a renderer is, and what it is."""

    module: str
    function: str
    summary: str


RENDERERS = {
    "text": Entry("summarize.renderers.plain", "render_text", "one sentence a line"),
    "json": Entry("summarize.renderers.records", "render_json", "one object, with offsets and all scores"),
    "jsonl": Entry("summarize.renderers.records", "render_jsonl", "the same on one line"),
    "markdown": Entry("summarize.renderers.plain", "render_markdown", "a bulleted list"),
}
