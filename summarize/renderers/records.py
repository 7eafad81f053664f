"""Summaries for programs: JSON."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from summarize.summary import Summary

# json.dumps would make an encoder for every record.
_COMPACT = json.JSONEncoder(ensure_ascii=False)
_INDENTED = json.JSONEncoder(ensure_ascii=False, indent=2)


def render_json(summary: Summary) -> str:
    """Render a summary as an indented JSON object.

    Parameters
    ----------
    summary : Summary

    Returns
    -------
    str
        The fields of `Summary.to_dict`.
    """
    return encode_indented(summary.to_dict())


def render_jsonl(summary: Summary) -> str:
    """Render a summary as a JSON object on one line; parameters as for `render_json`."""
    return encode_line(summary.to_dict())


def encode_indented(record: dict[str, Any]) -> str:
    """Encode a record as an indented JSON object with a newline at its end."""
    return _encode(record, _INDENTED)


def encode_line(record: dict[str, Any]) -> str:
    """Encode a record as JSON on one line.

    Parameters
    ----------
    record : dict
        JSON types.

    Returns
    -------
    str
        With a newline at its end.

    Examples
    --------
    >>> encode_line({"summary": "Café"})
    '{"summary": "Café"}\\n'
    """
    return _encode(record, _COMPACT)


def _encode(record: dict[str, Any], encoder: json.JSONEncoder) -> str:
    text = encoder.encode(record)
    if not text.isascii():
        try:
            text.encode("utf-8")
        except UnicodeEncodeError:  # Lone surrogates survive if they are escaped.
            text = json.dumps(record, indent=encoder.indent)
    return text + "\n"
