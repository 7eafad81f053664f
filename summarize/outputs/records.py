"""The record of a document: one schema for JSON, CSV, Parquet, Arrow, pandas and Spark."""

from __future__ import annotations

from typing import Any, NamedTuple

from summarize.summary import Failure, Summary


class Field(NamedTuple):
    """One field of a record.

    Attributes
    ----------
    name : str
    kind : str
        ``"string"``, ``"integer"``, ``"integers"`` or ``"sentences"``, a list of `SENTENCE`.
    in_csv : bool
        Whether CSV has a column for it.
    """

    name: str
    kind: str
    in_csv: bool = False


FIELDS = (
    Field("id", "string", in_csv=True),
    Field("source", "string", in_csv=True),
    Field("hash", "string", in_csv=True),
    Field("language", "string", in_csv=True),
    Field("length", "string"),
    Field("ranker", "string"),
    Field("selector", "string"),
    Field("signature", "string", in_csv=True),
    Field("n_sentences", "integer", in_csv=True),
    Field("n_words", "integer", in_csv=True),
    Field("turns", "integers"),
    Field("summary", "string", in_csv=True),
    Field("sentences", "sentences"),
    Field("error", "string", in_csv=True),
)
# The fields of a sentence in a table. JSON has more where there is more to say, such as an explanation.
SENTENCE = {
    "index": "integer",
    "start": "integer",
    "end": "integer",
    "score": "real",
    "text": "string",
    "section": "strings",
    "page": "integer",
    "slide": "integer",
    "cell": "integer",
    "sheet": "string",
    "chapter": "string",
    "speaker": "string",
    "time": "string",
}


def hash_content(content: bytes | str) -> str:
    """Compute the SHA-256 of a document as it was given.

    Parameters
    ----------
    content : bytes or str
        The bytes of a file, decompressed if it was compressed; for a text in a table, the text.

    Returns
    -------
    str
        64 hexadecimal digits, as ``sha256sum`` prints them for a file; of a string, the hash of its UTF-8.

    Examples
    --------
    >>> hash_content("It rained.")[:8]
    '8b38b558'
    """
    from hashlib import sha256

    if isinstance(content, str):
        content = content.encode("utf-8", "surrogatepass")
    return sha256(content).hexdigest()


def make_record(
    result: Summary | Failure, *, id: str | int | None = None, content_hash: str | None = None
) -> dict[str, Any]:
    """Make the record of a document.

    Parameters
    ----------
    result : Summary or Failure
    id : str or int, optional
        The identifier of the document, if its table has a column of them.
    content_hash : str, optional
        As `hash_content` computes it.

    Returns
    -------
    dict
        JSON types. ``id`` (if there is one), ``source`` and ``hash``; then, for a failure, ``error``, and
        for a summary everything in `Summary.to_dict` but the scores of all sentences.

    Examples
    --------
    >>> from summarize import summarize
    >>> record = make_record(summarize("It rained.", source="a.txt"), id=7)
    >>> record["id"], record["source"], record["summary"]
    (7, 'a.txt', 'It rained.')
    """
    head: dict[str, Any] = {} if id is None else {"id": id}
    if isinstance(result, Failure):
        problem = getattr(result.error, "problem", None) or str(result.error)
        return head | {"source": result.source, "hash": content_hash, "error": problem}
    record = result.to_dict(scores=False)
    return head | {"source": record.pop("source"), "hash": content_hash} | record


def make_encodable(value: Any) -> Any:
    """Escape lone surrogates, which Arrow's strings cannot hold.

    Parameters
    ----------
    value : object
        JSON types. File names in other encodings have surrogates, and so may texts from JSON.

    Returns
    -------
    object

    Examples
    --------
    >>> make_encodable({"source": "a\\udcff.txt"})
    {'source': 'a\\\\udcff.txt'}
    """
    if isinstance(value, str):
        return value if value.isascii() else value.encode("utf-8", "backslashreplace").decode()
    if isinstance(value, list):
        return [make_encodable(each) for each in value]
    if isinstance(value, dict):
        return {key: make_encodable(each) for key, each in value.items()}
    return value
