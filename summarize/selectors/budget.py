"""Measure the cost of each sentence and the budget of a summary."""

from __future__ import annotations

from typing import TYPE_CHECKING

from summarize.errors import LengthError
from summarize.length import ACCEPTED, Length

if TYPE_CHECKING:
    from summarize.document import Document


def measure_costs(document: Document, length: Length) -> tuple[list[int], int]:
    """Measure the cost of each sentence and the budget for all of them.

    Parameters
    ----------
    document : Document
        The document to summarize.
    length : Length
        Any length except ``"auto"``, which the pipeline converts to words first.

    Returns
    -------
    costs : list of int
        Cost of each sentence, including its separator. The costs of the chosen sentences add up to the length
        of the summary.
    budget : int
        Maximum sum of the costs of a summary.

    Raises
    ------
    LengthError
        If the unit of the length is ``"auto"``.

    Examples
    --------
    >>> from summarize import segment
    >>> measure_costs(segment("Gas was found at sea. It rained."), Length.parse("6 words"))
    ([5, 2], 6)
    """
    if length.unit == "sentences":
        return [1] * len(document), int(length.limit)
    if length.unit == "words":
        return document.n_words.tolist(), int(length.limit)
    if length.unit == "percent":
        words: list[int] = document.n_words.tolist()
        # In integers, so that 29 % of 100 words is 29; 0.29 * 100 is 28.999… in floating point.
        return words, sum(words) * round(length.limit * 10_000) // 1_000_000
    if length.unit == "tokens":
        from summarize.tokenization.tokens import load_token_counter

        count, _ = load_token_counter()
        # Include the newline after each sentence, which is a token or part of one.
        return [count(s.printed + "\n") for s in document.sentences], int(length.limit)
    if length.unit == "characters":
        # Count characters as printed: white space is collapsed, and a newline separates two sentences. The
        # last sentence needs no newline, so the budget is one character larger.
        return [len(s.printed) + 1 for s in document.sentences], int(length.limit) + 1
    raise LengthError(f"cannot measure a length in {length.unit!r}; accepted: {ACCEPTED}")
