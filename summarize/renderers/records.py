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
        ``scores`` are those of all sentences; ``n_sentences`` and ``n_words`` are the summary's. Of several
        texts there are ``sources``, and every sentence has its ``source`` and its offsets into that text.
        An explained sentence has an ``explanation``.
    """
    document = summary.document
    record: dict[str, Any] = {"source": document.source}
    if document.parts:
        record["sources"] = [part.source for part in document.parts]
    record |= {
        "language": document.language,
        "length": str(summary.length),
        "ranker": summary.ranker,
        "selector": summary.selector,
        "signature": summary.signature,
        "n_sentences": len(summary.indices),
        "n_words": int(sum(int(document.n_words[i]) for i in summary.indices)),
        "summary": str(summary),
        "sentences": [_describe_sentence(summary, i) for i in summary.order],
    }
    if scores:
        record["scores"] = [float(score) for score in summary.scores]
    return record


def _describe_sentence(summary: Summary, index: int) -> dict[str, Any]:
    sentence, part = summary.document.sentences[index], summary.document.find_part(index)
    record: dict[str, Any] = {"index": index}
    if part:
        record["source"] = part.source
    start = part.start if part else 0
    record |= {
        "start": sentence.start - start,
        "end": sentence.end - start,
        "score": float(summary.scores[index]),
        "text": sentence.text,
    }
    if summary.explanations:
        from summarize.renderers import explanations as reasons

        (explanation,) = (each for each in summary.explanations if each.index == index)
        record["explanation"] = reasons.to_record(explanation)
    return record


def _dump(record: dict[str, Any], indent: int | None) -> str:
    text = json.dumps(record, ensure_ascii=False, indent=indent)
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:  # lone surrogates: escaped, they survive
        text = json.dumps(record, indent=indent)
    return text + "\n"
