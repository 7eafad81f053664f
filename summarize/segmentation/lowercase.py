"""Tell whether the sentences of a text begin with lower-case letters, as in chats: "he came. she left."."""

from __future__ import annotations

import re

from summarize.segmentation.abbreviations import is_abbreviated
from summarize.segmentation.blocks import FINAL, Line
from summarize.segmentation.rules import Rules

# Characters of a text that are looked at.
_SAMPLE_SIZE = 10_000
# Lines at whose start a paragraph is looked for.
_MAX_LINES = 50
# The word before a stop, the stop, and the word after it.
_START = re.compile(r"([^\W\d_]{2,})([.!?])[\"'”’]*+\s++[\"'(“‘]*+([^\W\d_]+)")


def is_lowercase_text(view: str, lines: list[Line]) -> bool:
    """Tell whether most sentences of a text begin with a lower-case letter.

    Parameters
    ----------
    view : str
        A text with normalized newlines.
    lines : list of (int, int, int)
        From `find_lines`.

    Returns
    -------
    bool

    Examples
    --------
    >>> from summarize.segmentation.blocks import find_lines
    >>> text = "he came home. she was out. nobody knew why."
    >>> is_lowercase_text(text, find_lines(text))
    True
    """
    firsts = []
    last = "."
    for start, end, blank in lines[:_MAX_LINES]:
        if blank and last in FINAL:
            firsts.append(view[start])
        last = view[end - 1]
    # Small letters follow abbreviations too, but do not begin a paragraph there.
    if 2 * sum(map(str.islower, firsts)) < len(firsts):
        return False
    starts = firsts + [match[3][0] for match in _START.finditer(view, 0, _SAMPLE_SIZE)]
    return 2 * sum(map(str.islower, starts)) > len(starts)


def is_lowercase_block(view: str, start: int, end: int, rules: Rules) -> bool:
    """Tell whether most sentences of a block begin with a lower-case letter.

    Parameters
    ----------
    view : str
        A text with normalized newlines.
    start, end : int
        Range of the block.
    rules : Rules
        The rules of the language.

    Returns
    -------
    bool

    Examples
    --------
    >>> from summarize.languages import find_language
    >>> from summarize.segmentation.rules import load_rules
    >>> english = load_rules(find_language("en"))
    >>> text = "he came home. she was out. nobody knew why."
    >>> is_lowercase_block(text, 0, len(text), english)
    True
    >>> text = "He is the exec. director of the org. and a vol. firefighter."
    >>> is_lowercase_block(text, 0, len(text), english)
    False
    """
    starts = _START.findall(view, start, min(end, start + _SAMPLE_SIZE))
    if view[start].islower():
        small = sum(after[0].islower() for _, _, after in starts)
        return bool(2 * small >= len(starts))
    small = sum(
        after[0].islower()
        and (stop != "." or (after in rules.starters and not is_abbreviated(before, rules)))
        for before, stop, after in starts
    )
    return bool(2 * small > len(starts))
