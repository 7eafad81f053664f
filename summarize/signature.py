"""The signature of a summary."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from summarize.tokenization.tokens import load_token_counter
from summarize.version import __version__

if TYPE_CHECKING:
    from summarize.document import Document
    from summarize.length import Length


class Shares(NamedTuple):
    """Options by who takes them."""

    ranker: dict[str, Any]
    selector: dict[str, Any]
    query: dict[str, Any]


def sign(document: Document, ranker: str, selector: str, shares: Shares, length: Length, order: str) -> str:
    """Every choice that made a summary, enough to make it again from the same text.

    Parameters
    ----------
    document : Document
    ranker, selector : str
        Their names.
    shares : Shares
    length : Length
    order : str

    Returns
    -------
    str
        ``name:value`` of each, parted by ``|``. Of a query and a title, the terms that were found.
    """

    def with_options(name: str, options: Mapping[str, Any]) -> str:
        inside = ",".join(f"{key}={options[key]}" for key in sorted(options))
        return f"{name}({inside})" if inside else name

    def join_terms(terms: Sequence[int]) -> str:
        return "+".join(document.vocabulary[term] for term in terms)

    size = str(length)
    if length.unit == "tokens":
        size += f"({load_token_counter()[1]})"
    parts = [
        f"ranker:{with_options(ranker, shares.ranker)}",
        f"selector:{with_options(selector, shares.selector)}",
        f"length:{size}",
        f"order:{order}",
    ]
    if document.parts:
        parts.append(f"texts:{len(document.parts)}")
    if document.query:
        parts.append(f"query:{with_options(join_terms(document.query), shares.query)}")
    if document.title:
        parts.append(f"title:{join_terms(document.title)}")
    parts += [
        f"language:{document.language}",
        f"segmenter:{document.segmenter}",
        f"tokenizer:{document.tokenizer}",
        f"version:{__version__}",
    ]
    return "|".join(parts)
