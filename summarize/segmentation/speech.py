"""Tell the content of a conversation from greetings, back-channels and false starts."""

from __future__ import annotations

from summarize.patterns import rare
from summarize.segmentation.rules import Rules

# A longer sentence says something, whatever its words.
_MAX_FILLER_WORDS = 8
_LABEL = rare(r"[^:：\n]{1,60}[:：]\s+|[^.:\n]{1,60}[A-Z]{3}\.\s+")
_WORD = rare(r"[^\W\d_]+(?:['’][^\W\d_]+)*")


def is_filler(piece: str, rules: Rules) -> bool:
    """Tell whether a sentence of a conversation only greets, agrees or hesitates.

    Parameters
    ----------
    piece : str
    rules : Rules
        The rules of the language; its filler words count.

    Returns
    -------
    bool

    Examples
    --------
    >>> from summarize.languages import find_language
    >>> from summarize.segmentation.rules import load_rules
    >>> rules = load_rules(find_language("en"))
    >>> is_filler("Um, okay, thanks.", rules), is_filler("Tarn begins on Monday.", rules)
    (True, False)
    """
    words = _WORD.findall(piece.lower())
    if len(words) > _MAX_FILLER_WORDS:
        return False
    return len(words) < 2 or rules.filler_words.issuperset(words)


def find_label(view: str, start: int, end: int) -> int:
    """Measure the name of the speaker at the start of a turn.

    Parameters
    ----------
    view : str
    start, end : int
        Range of the first sentence of the turn.

    Returns
    -------
    int
        Characters of the name, with its colon and the space after it; 0 if there is none.

    Examples
    --------
    >>> find_label("Ada Holm: Yes.", 0, 14)
    10
    """
    label = _LABEL.match(view, start, end)
    return label.end() - start if label else 0
