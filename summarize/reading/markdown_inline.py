"""Find what is not printed inside a paragraph of Markdown: addresses, pictures, tags, marks of emphasis."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Container

from summarize.reading.passages import Span

_TOKEN = re.compile(
    r"(?P<escape>\\[!-/:-@\[-`{-~])"
    r"|(?P<role>\{[\w:.+-]{1,40}\}(?=`[^`]))"
    r"|(?P<tick>`+)"
    r"|(?P<wiki>\[\[[^\[\]\n]{1,300}\]\])"
    r"|(?P<note>\[\^[^\s\[\]]{1,100}\])"
    r"|(?P<open>!?\[)"
    r"|(?P<close>\])"
    r"|(?P<comment><!--)"
    r"|(?P<sup><sup\b[^<>]{0,200}>\s*(?:<a\b[^<>]{0,300}>\s*)?\[?[\w*†‡]{1,3}\]?\s*(?:</a>\s*)?</sup>)"
    r"|(?P<auto><(?:[A-Za-z][A-Za-z0-9+.-]{1,31}:[^\s<>]{0,2000}|[^\s<>@]{1,100}@[^\s<>]{1,200})>)"
    r"|(?P<tag></?[A-Za-z][\w.:-]{0,60}(?:[\s/](?:[^<>\"']|\"[^\"<]*+\"|'[^'<]*+')*+)?>)"
    r"|(?P<liquid>\{%[^{}]{0,1000}%\}|\{\{[<%]?[^{}]{0,1000}[>%]?\}\})"
    r"|(?P<attribute>\{:?[ \t]{0,4}[#.][^{}\n]{0,200}\})"
    r"|(?P<emoji>(?<![^\s|>])(?<!\S):[a-z][a-z0-9_+-]{1,30}:(?![^\s|<]))"
    r"|(?P<mark>\*+|_+|~~)"
)
_DESTINATION = re.compile(
    r"\([ \t]*+\n?[ \t]*+(?:<[^<>\n]{0,2000}>|(?:[^()\s\\]|\\.|\((?:[^()\s\\]|\\.)*+\))*+)"
    r"(?:\s++(?:\"[^\"]{0,1000}\"|'[^']{0,1000}'|\([^()]{0,1000}\)))?\s*+\)(?:\{[^{}\n]{0,200}\})?"
)
_REFERENCE = re.compile(r"[ \t]?\[([^\[\]]{0,300})\]")
_BEFORE_NOTE = frozenset('.!?,;:)”"’»…。')


class Inline:
    """What was found in a range of Markdown.

    Parameters
    ----------
    text : str
    start, end : int
        The range.
    references : container of str
        The normalized labels of links that the document defines.

    Attributes
    ----------
    holes : list of (int, int)
        What is not printed.
    links : list of (int, int)
        The words of links, in which holes may be.

    Examples
    --------
    >>> text = "**Gas** was [found](https://gas.example)."
    >>> inline = Inline(text, 0, len(text))
    >>> [text[start:end] for start, end in sorted(inline.holes)]
    ['**', '**', '[', '](https://gas.example)']
    """

    def __init__(self, text: str, start: int, end: int, references: Container[str] = ()) -> None:
        self.holes: list[Span] = []
        self.links: list[Span] = []
        self._text, self._end = text, end
        self._references = references
        self._brackets: list[tuple[int, bool]] = []
        self._marks: dict[str, list[list[int]]] = {"*": [], "_": [], "~": []}
        self._ticks: dict[int, list[int]] | None = None
        self._scan(start)

    def _scan(self, start: int) -> None:
        text, end = self._text, self._end
        place = start
        while match := _TOKEN.search(text, place, end):
            begin, place = match.span()
            kind = match.lastgroup
            if kind == "tick":
                place = self._skip_code(begin, place)
            elif kind == "open":
                self._brackets.append((begin, text[begin] == "!"))
            elif kind == "close":
                place = self._close(begin)
            elif kind == "mark":
                self._add_mark(begin, place, start)
            elif kind == "wiki":
                label = text.find("|", begin, place) + 1 or begin + 2
                self.holes += [(begin, label), (place - 2, place)]
                self.links.append((label, place - 2))
            elif kind == "auto":
                self.holes += [(begin, begin + 1), (place - 1, place)]
                self.links.append((begin + 1, place - 1))
            elif kind == "comment":
                stop = text.find("-->", place, end)
                place = end if stop < 0 else stop + 3
                self.holes.append((begin, place))
            elif kind == "sup" and not (text[begin - 1 : begin] in _BEFORE_NOTE or "[" in match[0]):
                opened, closed = text.find(">", begin) + 1, text.rfind("<", begin, place)
                self.holes += [(begin, opened), (closed, place)]
            elif kind != "escape":
                self.holes.append((begin, place))

    def _skip_code(self, begin: int, place: int) -> int:
        """Return the end of the code that a run of backticks begins, or of the run if it does not end."""
        if self._ticks is None:
            self._ticks = {}
            for run in re.finditer("`+", self._text[begin : self._end]):
                self._ticks.setdefault(len(run[0]), []).append(begin + run.start())
        size = place - begin
        starts = self._ticks.get(size, [])
        found = bisect_left(starts, place)
        if found == len(starts):
            return place
        stop = starts[found]
        if size > 2:
            self.holes += [(begin, place), (stop, stop + size)]
        return stop + size

    def _close(self, begin: int) -> int:
        """Close a bracket: the address of a link is not printed, nor is a picture."""
        place = begin + 1
        if not self._brackets:
            return place
        opened, is_image = self._brackets.pop()
        text, end = self._text, self._end
        match = _DESTINATION.match(text, place, end)
        if match is None:
            label = text[opened + 1 + is_image : begin]
            match = _REFERENCE.match(text, place, end)
            if match and normalize_label(match[1] or label) not in self._references:
                match = None
            if match is None and (len(label) > 1000 or normalize_label(label) not in self._references):
                return place
        stop = match.end() if match else place
        if is_image:
            self.holes.append((opened, stop))
        else:
            self.holes += [(opened, opened + 1), (begin, stop)]
            self.links.append((opened, begin))
        return stop

    def _add_mark(self, begin: int, place: int, start: int) -> None:
        """Pair runs of emphasis, by the rules of CommonMark for what may open and close."""
        text = self._text
        before = text[begin - 1] if begin > start else " "
        after = text[place] if place < self._end else " "
        sign = text[begin]
        left = not after.isspace() and (_is_word(after) or not _is_word(before))
        right = not before.isspace() and (_is_word(before) or not _is_word(after))
        can_open = left and (sign != "_" or not right or not _is_word(before))
        can_close = right and (sign != "_" or not left or not _is_word(after))
        stack = self._marks[sign]
        size = place - begin
        while can_close and stack and size:
            opener = stack[-1]
            common = min(opener[1] - opener[0], size)
            self.holes += [(opener[1] - common, opener[1]), (begin, begin + common)]
            opener[1] -= common
            begin += common
            size -= common
            if opener[0] == opener[1]:
                stack.pop()
        if can_open and size:
            stack.append([begin, place])


def normalize_label(label: str) -> str:
    """Normalize the label of a link, as CommonMark compares them.

    Parameters
    ----------
    label : str

    Returns
    -------
    str

    Examples
    --------
    >>> normalize_label("Gas at\\n Sea")
    'GAS AT SEA'
    """
    return " ".join(label.split()).lower().upper()


def _is_word(char: str) -> bool:
    return char.isalnum() or not (char.isspace() or char.isascii())
