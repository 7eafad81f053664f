"""Extractive summaries: the sentences that carry a text, verbatim, at the length you ask for.

The names below are loaded when they are first used, so that ``summarize --help`` needs no numpy.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from summarize.version import __version__

if TYPE_CHECKING:
    from summarize.batch.many import (
        Settings,
        hash_content,
        make_record,
        summarize_many,
        summarize_one,
    )
    from summarize.document import Document, Explanation, Failure, Sentence, Summary
    from summarize.errors import SummarizeError
    from summarize.explanation import explain
    from summarize.length import Length
    from summarize.pipeline import segment, summarize, summarize_merged

__all__ = [
    "Document",
    "Explanation",
    "Failure",
    "Length",
    "Sentence",
    "Settings",
    "Summary",
    "SummarizeError",
    "__version__",
    "explain",
    "hash_content",
    "make_record",
    "segment",
    "summarize",
    "summarize_many",
    "summarize_merged",
    "summarize_one",
]

_HOMES = {
    "Document": "document",
    "Explanation": "document",
    "Failure": "document",
    "Length": "length",
    "Sentence": "document",
    "Settings": "batch.many",
    "Summary": "document",
    "SummarizeError": "errors",
    "explain": "explanation",
    "hash_content": "batch.many",
    "make_record": "batch.many",
    "segment": "pipeline",
    "summarize": "pipeline",
    "summarize_merged": "pipeline",
    "summarize_many": "batch.many",
    "summarize_one": "batch.many",
}


def __getattr__(name: str) -> Any:
    if name in _HOMES:
        return getattr(import_module(f"summarize.{_HOMES[name]}"), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
