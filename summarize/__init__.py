"""Extractive summaries: the sentences that carry a text, verbatim, at the length you ask for.

The names below are loaded when they are first used, so that ``summarize --help`` needs no numpy.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from summarize.version import __version__

if TYPE_CHECKING:
    from summarize.batch.many import summarize_many
    from summarize.document import Document, Sentence, Text
    from summarize.errors import SummarizeError
    from summarize.length import Length
    from summarize.pipeline import segment, summarize, summarize_merged
    from summarize.settings import Settings
    from summarize.summary import Failure, Summary

__all__ = [
    "Document",
    "Failure",
    "Length",
    "Sentence",
    "Settings",
    "Summary",
    "SummarizeError",
    "Text",
    "__version__",
    "segment",
    "summarize",
    "summarize_many",
    "summarize_merged",
]

_HOMES = {
    "Document": "document",
    "Failure": "summary",
    "Length": "length",
    "Sentence": "document",
    "Settings": "settings",
    "Summary": "summary",
    "SummarizeError": "errors",
    "Text": "document",
    "segment": "pipeline",
    "summarize": "pipeline",
    "summarize_many": "batch.many",
    "summarize_merged": "pipeline",
}


def __getattr__(name: str) -> Any:
    if name in _HOMES:
        return getattr(import_module(f"summarize.{_HOMES[name]}"), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def __dir__() -> list[str]:
    return __all__
