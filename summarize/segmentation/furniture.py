"""Find page furniture: page numbers, running headers and footers, even inside a sentence; editor settings."""

from __future__ import annotations

from collections import Counter

from summarize.patterns import rare
from summarize.segmentation.blocks import ENDED, Line

# A longer line is not a running header.
_MAX_HEADER = 100
# A header that recurs this often is one; one that interrupts a sentence need not recur.
_MIN_REPEATS = 3
# Maximum lines of furniture between two pages.
_MAX_RUN = 6

# "7", "- 7 -", "[12]", "Page 3 of 12", "xiv", "第 3 页", "стр. 5".
_PAGE_NUMBER = rare(
    r"(?:[^\W\d_]{1,8}\.?\s)?[-–—|\[(]?\s?(?:\d{1,4}|[ivxlc]{1,6})(?:\s?(?:/|\w{1,6})\s?\d{1,4})?\s?[-–—|\])]?"
    r"|第\s?\d{1,4}\s?[页頁]|\d{1,4}\s?ページ"
)
_MAX_PAGE_NUMBER = 32
# "Holm          Standards Track          [Page 1]".
_PAGE_FOOTER = rare(r".*\[Page \w+\]")
# "-*- mode: outline -*-", "vim: set tw=72:".
_SETTINGS = rare(
    r".{0,80}-\*-.{1,120}-\*-.{0,10}|.{0,10}\b(?:vim?|ex):\s*(?:set?\s|[a-z]{2,20}=).{1,120}"
)
_MAX_SETTINGS = 12
_SETTING_SIGNS = ("-*-", "vi:", "vim:", "ex:", "Local Variables:")
_DIGITS = rare(r"\d+")


def find_furniture(view: str, lines: list[Line]) -> tuple[list[Line], list[Line]]:
    r"""Separate the lines of a text from the furniture of its pages.

    Parameters
    ----------
    view : str
        A text with normalized newlines.
    lines : list of (int, int, int)
        From `~summarize.segmentation.blocks.find_lines`.

    Returns
    -------
    kept : list of (int, int, int)
        The first line after furniture is marked with 2.
    furniture : list of (int, int, int)

    Examples
    --------
    >>> from summarize.segmentation.blocks import find_lines
    >>> text = "It lies in that part\n\n2\n\nHARBOUR v. NORVIK\n\nwhich belongs to Kelvik."
    >>> kept, furniture = find_furniture(text, find_lines(text))
    >>> [text[start:end] for start, end, _ in furniture]
    ['2', 'HARBOUR v. NORVIK']
    """
    maybe = [
        k
        for k, (start, end, blank) in enumerate(lines)
        if blank
        and (k + 1 == len(lines) or lines[k + 1][2] or view[end - 1] == "]")
        and end - start <= _MAX_HEADER
        and (view[end - 1] not in ENDED or view[end - 1] in ")]")
    ]
    settings = _find_settings(view, lines)
    if not maybe and not settings:
        return lines, []
    found = _find_repeated(view, lines, maybe)
    found |= _find_interruptions(view, lines, maybe, found)
    found |= settings
    if not found or len(found) == len(lines):
        return lines, []
    kept: list[Line] = []
    furniture = []
    for k, line in enumerate(lines):
        if k in found:
            furniture.append(line)
        elif k - 1 in found:
            kept.append((line[0], line[1], 2 if kept else 1))
        else:
            kept.append(line)
    return kept, furniture


def _find_settings(view: str, lines: list[Line]) -> set[int]:
    """Find the settings of an editor in the first and last lines."""
    first = max(0, len(lines) - _MAX_SETTINGS)
    if not lines or not (
        _has_setting(view, lines[0][0], lines[:2][-1][1]) or _has_setting(view, lines[first][0], lines[-1][1])
    ):
        return set()
    found = {k for k, (start, end, _) in enumerate(lines[:2]) if _SETTINGS.fullmatch(view, start, end)}
    for k in range(first, len(lines)):
        start, end, _ = lines[k]
        if view.find("Local Variables:", start, end) >= 0:
            return found | set(range(k, len(lines)))
        if _SETTINGS.fullmatch(view, start, end):
            found.add(k)
    return found


def _has_setting(view: str, start: int, end: int) -> bool:
    """Tell whether a range may hold the settings of an editor: a cheap test."""
    return any(view.find(sign, start, end) >= 0 for sign in _SETTING_SIGNS)


def _find_repeated(view: str, lines: list[Line], maybe: list[int]) -> set[int]:
    """Find page numbers, and lines that recur except for the numbers in them."""
    found = set()
    keys: dict[int, str] = {}
    for k in maybe:
        start, end, _ = lines[k]
        if (end - start <= _MAX_PAGE_NUMBER and _PAGE_NUMBER.fullmatch(view, start, end)) or (
            view[end - 1] == "]" and _PAGE_FOOTER.fullmatch(view, start, end)
        ):
            found.add(k)
        else:
            keys[k] = " ".join(_DIGITS.sub("#", view[start:end]).split())
    counts = Counter(keys.values())
    found |= {k for k, key in keys.items() if counts[key] >= _MIN_REPEATS}
    return found


def _find_interruptions(view: str, lines: list[Line], maybe: list[int], found: set[int]) -> set[int]:
    """Find runs of short lines, at least one of them furniture, that interrupt a sentence."""
    short = set(maybe)
    runs: set[int] = set()
    for k in sorted(found):
        first = last = k
        while first - 1 in short and k - first < _MAX_RUN:
            first -= 1
        while last + 1 in short and last - k < _MAX_RUN:
            last += 1
        if last + 1 == len(lines):
            continue
        # The line before the run may be as short as a header: the end of a broken sentence.
        for before in range(max(0, first - 1), k):
            if _is_interrupted(view, lines[before], lines[last + 1]):
                runs.update(range(before + 1, last + 1))
                break
    return runs


def _is_interrupted(view: str, before: Line, after: Line) -> bool:
    """Tell whether a sentence runs from one line to the other: "that part of the" / "which belongs"."""
    start, end, _ = before
    return view[after[0]].islower() and view[end - 1] not in ENDED and not view[start:end].isupper()
