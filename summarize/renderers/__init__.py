"""Summary -> str: the table of renderers.

A renderer is a callable ``(Summary) -> str`` whose result ends in a newline unless it is empty. Add one by
writing its file and its line here: ``--format``, the suffix of ``--output``, directories of summaries, the
help and the contract tests follow from the line.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

from summarize.registry import Entry


class Frame(NamedTuple):
    """What is written around several summaries in one file.

    Attributes
    ----------
    before, between, after : str
        Written before the first summary, between two, and after the last. If there is something after the
        last, summaries are written without the newline at their end.
    empty : str
        The whole file, if there is no summary at all.
    """

    before: str = ""
    between: str = ""
    after: str = ""
    empty: str = ""


_NO_FRAME = Frame()


class RendererEntry(Entry):
    """One line of the table of renderers.

    Attributes
    ----------
    suffix : str
        Suffix of files in this format.
    heading : str
        Written before each summary where several go into one file, with ``{}`` for its source.
    frame : Frame
        Written around several summaries in one file.
    encoder : str
        For formats for programs, a function ``(record) -> str`` as ``"package.module:function"``. Where there
        may be several summaries, it encodes records, which also hold the hash of the document and, in
        place of a summary that failed, the error.
    """

    def __init__(
        self,
        target: str,
        summary: str,
        suffix: str = ".txt",
        heading: str = "",
        frame: Frame = _NO_FRAME,
        encoder: str = "",
    ) -> None:
        super().__init__(target, summary)
        self.suffix, self.heading, self.frame, self.encoder = suffix, heading, frame, encoder

    def load_encoder(self) -> Callable[[dict[str, Any]], str] | None:
        """Import the function that encodes records; None if the format has no records."""
        return Entry(self.encoder, "").load() if self.encoder else None


RENDERERS = {
    "text": RendererEntry(
        "summarize.renderers.plain:render_text",
        "one sentence per line",
        suffix=".txt",
        heading="==> {} <==\n",
        frame=Frame(between="\n"),
    ),
    "json": RendererEntry(
        "summarize.renderers.records:render_json",
        "one object, with offsets and all scores",
        suffix=".json",
        frame=Frame("[\n", ",\n", "\n]\n", "[]\n"),
        encoder="summarize.renderers.records:encode_indented",
    ),
    "jsonl": RendererEntry(
        "summarize.renderers.records:render_jsonl",
        "the same on one line",
        suffix=".jsonl",
        encoder="summarize.renderers.records:encode_line",
    ),
    "markdown": RendererEntry(
        "summarize.renderers.plain:render_markdown",
        "a bulleted list",
        suffix=".md",
        heading="## {}\n\n",
        frame=Frame(between="\n"),
    ),
    "outline": RendererEntry(
        "summarize.renderers.plain:render_outline",
        "lists below the headings of the text, in Markdown",
        suffix=".outline.md",
        heading="# {}\n\n",
        frame=Frame(between="\n"),
    ),
}
DEFAULT = "text"
