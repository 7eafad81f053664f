"""The maximum length of a summary.

A length is a hard limit: the printed summary never exceeds it, not even by one word.
"""

from __future__ import annotations

from typing import NamedTuple

from summarize.errors import LengthError
from summarize.patterns import rare

ACCEPTED = (
    "a number of sentences (3), words ('100 words'), characters ('280 chars') or tokens ('1000 tokens'), "
    "a percentage of the text's words (20%), each greater than 0 and a percentage at most 100; or 'auto'"
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
_FORM = rare(r"([0-9]+(?:\.[0-9]+)?)\s*([a-z]*|%)")
# Longer than any text. Larger numbers mean the same but would overflow the integers of arrays.
_MAX_LIMIT = 10**15


class Length(NamedTuple):
    """The maximum length of a summary.

    Attributes
    ----------
    limit : float
        Maximum number of units, greater than 0; 0 for ``"auto"``.
    unit : str
        ``"sentences"``, ``"words"``, ``"characters"``, ``"tokens"``, ``"percent"`` (of the words of the
        document), or ``"auto"`` (the knee of the document's coverage curve).

    Examples
    --------
    >>> Length(100, "words")
    Length(limit=100, unit='words')
    """

    limit: float
    unit: str

    @classmethod
    def parse(cls, value: str | int | Length) -> Length:
        """Parse a length as a user writes it.

        Parameters
        ----------
        value : str, int or Length
            For example ``3``, ``"3"``, ``"100 words"``, ``"280 chars"``, ``"1000 tokens"``, ``"20%"`` or
            ``"auto"``.

        Returns
        -------
        Length

        Raises
        ------
        LengthError
            If the value has another form or is out of range; the message shows what is accepted.

        Examples
        --------
        >>> Length.parse("280 chars")
        Length(limit=280, unit='characters')
        >>> Length.parse(3)
        Length(limit=3, unit='sentences')
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
        limit = float(match[1]) if "." in match[1] else min(int(match[1]), _MAX_LIMIT)
        if limit <= 0 or (unit == "percent" and limit > 100):
            raise LengthError(f"out of range: {value!r}; accepted: {ACCEPTED}")
        return cls(limit, unit)

    def __str__(self) -> str:
        """Write the length in a form that `parse` accepts.

        Examples
        --------
        >>> str(Length.parse("100words"))
        '100 words'
        """
        if self.unit == "auto":
            return "auto"
        number = f"{self.limit:g}" if isinstance(self.limit, float) else str(self.limit)
        if self.unit == "percent":
            return number + "%"
        unit = _SHORT.get(self.unit, self.unit)
        return f"{number} {unit[:-1] if self.limit == 1 else unit}"
