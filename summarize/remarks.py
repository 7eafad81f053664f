"""What the user should know about a summary that is there."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from summarize.summary import Summary


def count_about(summary: Summary) -> int | None:
    """Count the sentences about the query if a summary would be longer with more of them.

    Parameters
    ----------
    summary : Summary

    Returns
    -------
    int or None
        None if there is no query in the text, or enough of it.

    Examples
    --------
    >>> from summarize import summarize
    >>> text = "The ferry stopped in May. The council met at night. A bridge will open."
    >>> count_about(summarize(text, query="ferry"))
    1
    """
    from summarize.features.query import find_about

    document, length = summary.document, summary.length
    if not document.query or not summary.indices:
        return None
    about = set(find_about(document).nonzero()[0].tolist())
    candidates = {sentence.index for sentence in document.sentences if sentence.candidate}
    is_full = length.unit == "sentences" and len(summary) >= length.limit
    if is_full or candidates <= about or not about & candidates <= set(summary.indices):
        return None
    return len(about & candidates)


def list_warnings(summary: Summary, query: str | None) -> tuple[str, ...]:
    """List what the user should know about a summary.

    Parameters
    ----------
    summary : Summary
    query : str or None
        The query that was asked.

    Returns
    -------
    tuple of str

    Examples
    --------
    >>> from summarize import summarize
    >>> list_warnings(summarize("Gas was found at sea.", length="2 words"), None)
    ('no sentence fits into 2 words; the summary is empty',)
    """
    if not summary.document.sentences:
        return ("the text is empty, and so is its summary",)
    warnings = []
    if query is not None and not summary.document.query:
        warnings.append(f"no word of the query {query!r} occurs in the text; the query is ignored")
    elif query is not None and (found := count_about(summary)) is not None:
        sentences = "1 sentence is" if found == 1 else f"{found} sentences are"
        warnings.append(f"only {sentences} about the query {query!r}; the summary is shorter")
    if not summary.indices:
        warnings.append(f"no sentence fits into {summary.length}; the summary is empty")
    return tuple(warnings)
