"""Summaries for people: text and Markdown."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from summarize.document import Summary

_MARKUP = re.compile(r"([\\`*_\[\]<>])")


def render_text(summary: Summary) -> str:
    """One sentence a line."""
    text = str(summary)
    return text + "\n" if text else ""


def render_markdown(summary: Summary) -> str:
    """A bulleted list; what Markdown would take for markup is escaped."""
    escaped = _MARKUP.sub(r"\\\1", str(summary))
    return "".join(f"- {line}\n" for line in escaped.split("\n") if line)
