"""Tell whether the sentences of a text begin with lower-case letters, as in chats: "he came. she left."."""

from __future__ import annotations

from summarize.patterns import rare
from summarize.segmentation.abbreviations import is_abbreviated
from summarize.segmentation.blocks import FINAL, Line
from summarize.segmentation.rules import Rules

# Characters of a text to examine.
_SAMPLE_SIZE = 10_000
# Lines to examine for the start of a paragraph.
_MAX_LINES = 50
# A stop after two letters, and the word after it. The stop comes first in the pattern, so that the engine can
# jump to it.
_START = rare(r"([.!?])(?<=[^\W\d_]{2}[.!?])[\"'”’]*+\s++[\"'(“‘]*+([^\W\d_]+)")
_WORD = rare(r"[^\W\d_]+\Z")
_MAX_WORD = 40


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
    starts = firsts + [match[2][0] for match in _START.finditer(view, 0, _SAMPLE_SIZE)]
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
    starts = list(_START.finditer(view, start, min(end, start + _SAMPLE_SIZE)))
    small = [match for match in starts if match[2][0].islower()]
    if view[start].islower():
        return bool(2 * len(small) >= len(starts))
    n_starts = sum(
        match[1] != "."
        or (match[2] in rules.starters and not is_abbreviated(_find_word(view, start, match.start()), rules))
        for match in small
    )
    return bool(2 * n_starts > len(starts))


def _find_word(view: str, start: int, at: int) -> str:
    """Return the word that ends at a place."""
    word = _WORD.search(view[max(start, at - _MAX_WORD) : at])
    return str(word[0]) if word else ""
