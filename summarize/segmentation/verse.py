"""Find verse in a plain text: stanzas, whose lines are kept as they are.

Verse has short lines, nearly all of which begin with a capital, wherever sentences begin. In prose wrapped to
a narrow column, about every fourth line does. So do the lines of a list, but they do not end with commas and
stops.
"""

from __future__ import annotations

from collections.abc import Iterator

from summarize.segmentation.blocks import BULLET, Line, find_wrap_width
from summarize.segmentation.rules import CLOSERS

# Longer lines are not verse; a shorter run of lines shows no pattern, and is a stanza only among others.
_MAX_LINE, _MIN_LINES = 75, 4
# Shares of lines: minimum that begin with a capital, minimum that end with punctuation, maximum that end with
# a stop.
_MIN_CAPITALS, _MIN_PUNCTUATION, _MAX_STOPS = 0.85, 0.25, 0.75
# A stanza of more lines is divided where a sentence ends.
_MAX_STANZA = 14
# A list of names has a smaller share of words in small letters.
_MIN_SMALL = 0.4

_MARKS = frozenset(".!?…,;:—–-，。、；")
_STOPS = frozenset(".!?…")


def find_verse(view: str, lines: list[Line]) -> list[tuple[int, int]]:
    r"""Find the stanzas of a text.

    Parameters
    ----------
    view : str
        A text with normalized newlines.
    lines : list of (int, int, int)
        From `~summarize.segmentation.blocks.find_lines`.

    Returns
    -------
    list of (int, int)
        The first line of each stanza, and the one after its last.

    Examples
    --------
    >>> from summarize.segmentation.blocks import find_lines
    >>> text = "The river came at night,\nAnd the wheel stood still;\nWe saw the lights\nOf the town go out."
    >>> find_verse(text, find_lines(text))
    [(0, 4)]
    >>> text = "The river came at night.\nThe wheel stood still.\nWe saw the lights.\nThe town was dark."
    >>> find_verse(text, find_lines(text))
    []
    """
    # In a run of n lines, n - 1 do not follow a blank line.
    if sum([not line[2] for line in lines]) < _MIN_LINES - 1:
        return []
    runs = list(_iterate_runs(lines))
    sure = [stop - first >= _MIN_LINES and _is_verse(view, lines, first, stop) for first, stop in runs]
    if not any(sure):
        return []
    stanzas: list[tuple[int, int]] = []
    for k, (first, stop) in enumerate(runs):
        beside = sure[max(0, k - 1) : k + 2]
        if sure[k] or (any(beside) and stop - first > 1 and _is_verse(view, lines, first, stop)):
            stanzas.extend(_divide(view, lines, first, stop))
    return stanzas


def _iterate_runs(lines: list[Line]) -> Iterator[tuple[int, int]]:
    """Yield the runs of lines between blank lines."""
    first = 0
    for k in range(1, len(lines) + 1):
        if k == len(lines) or lines[k][2]:
            yield first, k
            first = k


def _is_verse(view: str, lines: list[Line], first: int, stop: int) -> bool:
    """Tell whether a run of lines looks like a stanza."""
    n = stop - first
    # Prose rarely passes this cheap first test.
    if 2 * sum(view[start].islower() for start, _, _ in lines[first:stop]) > n:
        return False
    capitals = marks = stops = small = words = 0
    for start, end, _ in lines[first:stop]:
        if end - start > _MAX_LINE or BULLET.match(view, start):
            return False
        line = view[start:end].strip("\"'“”‘’«»„_* ").rstrip(CLOSERS)
        if not line:
            return False
        capitals += line[0].isupper()
        marks += line[-1] in _MARKS
        stops += line[-1] in _STOPS
        own = line.split()
        words += len(own)
        small += sum(word[0].islower() for word in own)
    return (
        capitals >= _MIN_CAPITALS * n
        and marks >= _MIN_PUNCTUATION * n
        and stops <= _MAX_STOPS * n
        and small >= _MIN_SMALL * words
        and not find_wrap_width(view, lines, first, stop)
    )


def _divide(view: str, lines: list[Line], first: int, stop: int) -> Iterator[tuple[int, int]]:
    """Divide a long stanza where sentences end."""
    begin = first
    for k in range(first, stop):
        n = k + 1 - begin
        end = lines[k][1]
        ended = view[end - 1] in _STOPS or (view[end - 1] in CLOSERS and view[end - 2] in _STOPS)
        if stop - first > _MAX_STANZA and ((ended and n >= _MIN_LINES) or n >= _MAX_STANZA) and k + 1 < stop:
            yield begin, k + 1
            begin = k + 1
    yield begin, stop
