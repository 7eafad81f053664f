"""A summary -> what is printed: the table of renderers.

A renderer is a callable ``(summary) -> str`` whose result ends in a newline unless it is empty.
"""

from __future__ import annotations

from dataclasses import dataclass

from summarize.registry import Entry


@dataclass(frozen=True, slots=True)
class RendererEntry(Entry):
    """One line of the table of renderers.

    Attributes
    ----------
    suffix : str
        Suffix of files in this format.
    heading : str
        What precedes each summary where several go into one file, with ``{}`` for its source.
    record : bool
        Whether several summaries in one file are records: JSON objects that also hold the hash of the document
        and, in place of a summary that failed, the error.
    """

    suffix: str = ".txt"
    heading: str = ""
    record: bool = False


RENDERERS = {
    "text": RendererEntry(
        "summarize.renderers.plain:render_text", "one sentence per line", ".txt", "==> {} <==\n"
    ),
    "json": RendererEntry(
        "summarize.renderers.records:render_json",
        "one object, with offsets and all scores",
        ".json",
        record=True,
    ),
    "jsonl": RendererEntry(
        "summarize.renderers.records:render_jsonl", "the same on one line", ".jsonl", record=True
    ),
    "markdown": RendererEntry(
        "summarize.renderers.plain:render_markdown", "a bulleted list", ".md", "## {}\n\n"
    ),
}
