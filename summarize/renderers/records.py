"""Summaries for programs: JSON."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from summarize.document import Summary


def render_json(summary: Summary) -> str:
    """One indented object."""
    return _dump(to_record(summary), 2)


def render_jsonl(summary: Summary) -> str:
    """One object on one line."""
    return _dump(to_record(summary), None)


def to_record(summary: Summary, *, scores: bool = True) -> dict[str, Any]:
    """Everything there is to know of a summary, as JSON types.

    Parameters
    ----------
    summary : Summary
    scores : bool
        Whether the scores of the sentences that were not chosen belong to it.

    Returns
    -------
    dict
        ``sentences`` are the chosen ones in printed order with character offsets into the decoded text;
        ``scores`` are those of all sentences; ``n_sentences`` and ``n_words`` are the summary's.
    """
    document = summary.document
    record: dict[str, Any] = {
        "source": document.source,
        "language": document.language,
        "length": str(summary.length),
        "ranker": summary.ranker,
        "selector": summary.selector,
        "signature": summary.signature,
        "n_sentences": len(summary.indices),
        "n_words": int(sum(int(document.n_words[i]) for i in summary.indices)),
        "summary": str(summary),
        "sentences": [
            {
                "index": i,
                "start": document.sentences[i].start,
                "end": document.sentences[i].end,
                "score": float(summary.scores[i]),
                "text": document.sentences[i].text,
            }
            for i in summary.order
        ],
    }
    if scores:
        record["scores"] = [float(score) for score in summary.scores]
    return record


def _dump(record: dict[str, Any], indent: int | None) -> str:
    text = json.dumps(record, ensure_ascii=False, indent=indent)
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:  # lone surrogates: escaped, they survive
        text = json.dumps(record, indent=indent)
    return text + "\n"
