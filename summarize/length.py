"""How long a summary may be, and what a sentence costs.

A length is a hard cap: the printed summary never exceeds it, not by one word.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from summarize.errors import LengthError

if TYPE_CHECKING:
    from summarize.document import Document

ACCEPTED = (
    "a number of sentences (3), words ('100 words'), characters ('280 chars') or tokens ('1000 tokens'), "
    "a share of the text's words (20%), each greater than 0, a share at most 100%; or 'auto'"
)

_UNITS = {
    "": "sentences",
    "s": "sentences",
    "sentence": "sentences",
    "sentences": "sentences",
    "w": "words",
    "word": "words",
    "words": "words",
    "c": "characters",
    "char": "characters",
    "chars": "characters",
    "character": "characters",
    "characters": "characters",
    "t": "tokens",
    "token": "tokens",
    "tokens": "tokens",
    "%": "percent",
    "percent": "percent",
}
_SHORT = {"characters": "chars", "percent": "%"}
_FORM = re.compile(r"([0-9]+(?:\.[0-9]+)?)\s*([a-z]*|%)")
# A length beyond every text; larger numbers mean the same and would overflow arithmetic on arrays.
_MOST = 10**15


@dataclass(frozen=True, slots=True)
class Length:
    """The length of a summary.

    Attributes
    ----------
    limit : float
        How many units at most, greater than 0; 0 for ``"auto"``.
    unit : str
        ``"sentences"``, ``"words"``, ``"characters"``, ``"tokens"`` ``"percent"`` (of the words of
        the document) or ``"auto"``: the knee of the document's coverage curve.
    """

    limit: float
    unit: str

    @classmethod
    def parse(cls, value: str | int | Length) -> Length:
        """A length from what a user writes.

        Parameters
        ----------
        value : str, int or Length
            ``3``, ``"3"``, ``"100 words"``, ``"280 chars"``, ``"1000 tokens"``, ``"20%"``, ``"auto"``.

        Returns
        -------
        Length

        Raises
        ------
        LengthError
            For anything else; the message shows what is accepted.
        """
        if isinstance(value, Length):
            return value
        if isinstance(value, bool) or not isinstance(value, (str, int)):
            raise LengthError(f"not a length: {value!r}; accepted: {ACCEPTED}")
        text = str(value).strip().lower()
        if text == "auto":
            return cls(0, "auto")
        match = _FORM.fullmatch(text)
        unit = _UNITS.get(match[2]) if match else None
        if match is None or unit is None:
            raise LengthError(f"not a length: {value!r}; accepted: {ACCEPTED}")
        if unit != "percent" and "." in match[1]:
            raise LengthError(f"not a whole number of {unit}: {value!r}; accepted: {ACCEPTED}")
        limit = float(match[1]) if "." in match[1] else min(int(match[1]), _MOST)
        if limit <= 0 or (unit == "percent" and limit > 100):
            raise LengthError(f"out of range: {value!r}; accepted: {ACCEPTED}")
        return cls(limit, unit)

    def __str__(self) -> str:
        """A form that `parse` reads back."""
        if self.unit == "auto":
            return "auto"
        number = f"{self.limit:g}" if isinstance(self.limit, float) else str(self.limit)
        if self.unit == "percent":
            return number + "%"
        unit = _SHORT.get(self.unit, self.unit)
        return f"{number} {unit[:-1] if self.limit == 1 else unit}"


def measure_costs(document: Document, length: Length) -> tuple[list[int], int]:
    """What every sentence costs, and how much may be spent.

    Parameters
    ----------
    document : Document
    length : Length
        Any but ``"auto"``, which the pipeline makes into words first.

    Returns
    -------
    costs : list of int
        Cost of each sentence; those of a summary add up to its length, separators included.
    budget : int
        The most that the costs of a summary may add up to.
    """
    if length.unit == "sentences":
        return [1] * len(document), int(length.limit)
    if length.unit == "words":
        return document.n_words.tolist(), int(length.limit)
    if length.unit == "percent":
        words: list[int] = document.n_words.tolist()
        # In hundredths of a percent, so that 29 % of 100 words is 29 and not 28.999…
        return words, sum(words) * round(length.limit * 10_000) // 1_000_000
    if length.unit == "tokens":
        from summarize.tokenization.tokens import load_token_counter

        count, _ = load_token_counter()
        # Each with the newline behind it, which is a token or part of one.
        return [count(" ".join(s.text.split()) + "\n") for s in document.sentences], int(length.limit)
    if length.unit == "characters":
        # As printed: white space folded, and a newline between two sentences (hence one to spare).
        return [len(" ".join(s.text.split())) + 1 for s in document.sentences], int(length.limit) + 1
    raise LengthError(f"cannot measure a length in {length.unit!r}; accepted: {ACCEPTED}")
