"""Remove what is not printed from a sentence: markup, note marks, ">" of mails, hyphens at line ends.

Offsets never change: `mask` replaces everything but prose by spaces before sentences are found, and `Cleaner`
makes the printed form of a sentence afterwards.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from summarize.patterns import rare

if TYPE_CHECKING:
    from summarize.document import Block

# One of these must occur in a sentence with markup: a cheap test that rules out most.
_SIGN = rare(
    "[*_`\\[<&^\\\\\u00ad\u2010\ufffe\u200b\ufeff•‣◦▪●⁰¹²³⁴-⁹]|[-\u00ac][^\\S\\n]*\\n|\\A[-+>][ \\t]"
    "|\\n[ \\t]*>"
)
# Characters that a text lacks need not be sought in its sentences.
_INNER_SIGNS, _FIRST_SIGNS = tuple("*_`[<&^\\"), ("- ", "+ ", "> ", "-\t", "+\t", ">\t")
_RARE_SIGNS = "\u00ac\u00ad\u2010\ufffe\u200b\ufeff•‣◦▪●⁰¹²³⁴⁵⁶⁷⁸⁹"
_QUOTE_MARKS = rare(r"^[^\S\n]*(?:[>|][^\S\n]?)+", re.MULTILINE)

# "lo‐\ncated", "segmenta\ufffe\ntion", "tradi\u00ad\ntional": never a hyphen that belongs to the word.
_BROKEN_WORD = rare("[\u2010\u00ac\u00ad][^\\S\\n]*\\n\\s*|\ufffe\\s*")
_INVISIBLE = rare("[\u00ad\u200b\ufeff]")
# "com-\nputer", which may be a hyphenated word as well: "long-\nterm".
_LINE_END_HYPHEN = rare(r"([^\W\d_]+)-[^\S\n]*\n\s*([^\W\d_]+)")
# "x86-\n64", "1990-\n1995": the hyphen always stays.
_HYPHEN_AT_NUMBER = rare(r"(?:(?<=\d)-[^\S\n]*\n\s*(?=\w)|(?<=\w)-[^\S\n]*\n\s*(?=\d))")
_WORD = rare(r"[^\W\d_]+(?:-[^\W\d_]+)*")

_BREAK = rare(r"<(?:br|hr|p|/p|div|/div|li|/li)\b[^<>]{0,200}>", re.IGNORECASE)
_NOTE_TAG = rare(
    r"<(sup|ref)\b[^<>]{0,200}>\W{0,3}(?:\w{1,3}|note \d+|citation needed)\W{0,3}</\1>", re.I
)
_TAG = rare(
    r"</?(?:a|abbr|b|big|cite|code|del|em|font|i|img|ins|kbd|mark|q|s|samp|small|span|strong|sub|sup|time|tt|u|var)"
    r"\b[^<>]{0,500}>",
    re.IGNORECASE,
)
_ENTITY = rare(r"&(?:#\d{1,7}|#x[\da-fA-F]{1,6}|[A-Za-z]{2,31});")
_IMAGE = rare(r"!\[[^\[\]]{0,300}\](?:\([^()\s]{0,500}(?:\s[^()]{0,200})?\)|\[[^\[\]]{0,100}\])")
_LINK = rare(r"\[([^\[\]]{1,500})\]\((?:[^()\s]|\([^()\s]{0,200}\)){0,500}(?:\s[^()]{0,200})?\)")
# "It is old.[1]", "1921,[2][3]", "bridge.[citation needed]", "It was built.[note 2]", "power station.[edit]".
_NOTE = rare(
    r"(?<=[^\s\[(])\[(?:\d{1,3}(?:[,–-]\s?\d{1,3}){0,5}|[a-z]|\^[\w-]{1,40}|(?:note|nb|n|Anm\.)\s\d{1,3}"
    r"|citation needed|clarification needed|better source needed|dubious.{0,20}|dead link|by whom\?|who\?"
    r"|when\?"
    r"|where\?|edit|update|Einzelnachweis.{0,10}|réf.{0,30}|cita requerida|citazione necessaria|carece de "
    r"fontes.{0,3}"
    r"|brakuje źródła|источник.{0,40}|来源请求|要出典)\]"
)
# After punctuation only, because "m²" is a unit.
_RAISED_NOTE = rare('(?<=[.!?,;:…。！？’”"»)])(?:[⁰¹²³⁴-⁹]{1,3}|\\^\\d{1,3}(?!\\d))(?=\\s|\\Z)')
_STRONG = rare(r"(\*\*|__)(?=[^\s*_])((?:[^*_\n]|[*_](?![*_])|\n){1,500}?)(?<=\S)\1")
_EMPHASIS = rare(r"(?<![\w*_])([*_])(?=[^\s*_])([^*_]{1,300}?)(?<=[^\s*_])\1(?![\w*_])")
# Emphasis over several sentences leaves one mark in the first and one in the last.
_STRAY_EMPHASIS = rare(r"\A(?:\*{1,3}(?=\w)|_(?=[^\W\d_a-z][^_]*\Z))|(?<=[.!?…])(?:\*{1,3}|_)\Z")
_CODE = rare(r"(?<!`)(`{1,2})(?!`)([^`\n]{1,300})\1(?!`)")
# "## Results ##", "== Results ==", "** Results", and the rule below a heading.
_HEADING_MARKS = rare(
    r"\A(?:#{1,6}|={1,6}|\*{1,8})\s*(?=\w)|\s*(?:#{1,6}|={1,6})\s*\Z|\s*\n\s*[=~^\"'*#+-]{3,}\s*\Z"
)
# A private-use character that stands in for code.
_PLACE = "\ue0c0"
_ESCAPE = rare(r"\\([\\`*_{}\[\]()#+.!|~>-])")
_BULLET = rare(r"\A(?:[*+•‣◦▪●]|-(?!.*\s-\s))\s+(?:\[[ xX]\]\s+)?")


# Replaces a hole inside a word; it is not printed.
NOTHING = "\u200b"
# A hole that stands for a space: a tie or a line break.
_SPACE_SIGN = rare(r"(?:[~\s]|\\[\\,;: ]|\\quad|<br ?/?>)+")
STOPS = frozenset(".!?…。！？")


def mask(view: str, blocks: Sequence[Block], holes: Sequence[tuple[int, int]]) -> str:
    """Replace everything that is not prose by spaces.

    Parameters
    ----------
    view : str
        A text with normalized newlines.
    blocks : sequence of Block
        In reading order.
    holes : sequence of (int, int)
        Ranges inside the blocks that are not text, in reading order.

    Returns
    -------
    str
        Of the same length.

    Examples
    --------
    >>> from summarize.document import Block
    >>> mask("# Sea\\n[Gas](g) was found.", [Block(6, 26)], [(6, 7), (10, 14)])
    '       Gas     was found.'
    """
    masked = mask_ranges(view, _list_gaps(view, blocks, holes))
    if not holes:
        return masked
    return mask_ranges(masked, _list_glued(view, masked, holes), NOTHING)


def _list_glued(view: str, masked: str, holes: Sequence[tuple[int, int]]) -> Iterable[tuple[int, int]]:
    r"""List the holes inside a word or next to punctuation, which leave no space: "\emph{gauge}s"."""
    joined: list[tuple[int, int]] = []
    for start, end in holes:
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    for begin, place in joined:
        if not 0 < begin < place < len(view) or masked[begin - 1].isspace() or masked[place].isspace():
            continue
        # A new sentence follows: "built.<ref>Holm</ref>It failed."
        if masked[begin - 1] in STOPS and masked[place].isalnum():
            continue
        if not _SPACE_SIGN.fullmatch(view, begin, place) and masked[begin:place].isspace():
            yield begin, place


def mask_ranges(view: str, ranges: Iterable[tuple[int, int]], sign: str = " ") -> str:
    """Replace ranges of a text by spaces.

    Parameters
    ----------
    view : str
    ranges : iterable of (int, int)
        In order, without overlap.
    sign : str, optional
        The character to use in place of a space.

    Returns
    -------
    str
        Of the same length.

    Examples
    --------
    >>> mask_ranges("Gas 2 was", [(4, 5)])
    'Gas   was'
    """
    parts: list[str] = []
    place = 0
    for start, end in ranges:
        parts.append(view[place:start])
        parts.append(sign * (end - start))
        place = end
    parts.append(view[place:])
    return "".join(parts)


def _list_gaps(
    view: str, blocks: Sequence[Block], holes: Sequence[tuple[int, int]]
) -> Iterable[tuple[int, int]]:
    """List the ranges that are not prose, in order and without overlap."""
    gaps = list(holes)
    end = 0
    for block in blocks:
        if block.is_prose:
            gaps.append((end, block.start))
            end = block.end
            if block.kind in ("quotation", "quoted"):
                gaps += [match.span() for match in _QUOTE_MARKS.finditer(view, block.start, block.end)]
    gaps.append((end, len(view)))
    place = 0
    for start, stop in sorted(gaps):
        if stop > place:
            yield max(start, place), stop
            place = stop


def _strip_emphasis(piece: str) -> str:
    """Remove the marks of emphasis and the escapes from a piece without code."""
    if "*" in piece or "_" in piece:
        piece = _STRAY_EMPHASIS.sub("", _EMPHASIS.sub(r"\2", _STRONG.sub(r"\2", piece)))
    return _ESCAPE.sub(r"\1", piece) if "\\" in piece else piece


class Cleaner:
    r"""Make the printed form of sentences.

    Parameters
    ----------
    view : str
        The text that the sentences are from. Its words decide whether a hyphen at a line end belongs to a
        word.

    Examples
    --------
    >>> Cleaner("").clean("The [old bridge](b.html) of **Kelvik** is closed.[1]")
    'The old bridge of Kelvik is closed.'
    >>> Cleaner("a computer").clean("The com-\nputer is new.")
    'The computer is new.'
    """

    def __init__(self, view: str) -> None:
        self._view = view
        self._words: frozenset[str] | None = None
        self._inner_signs = [sign for sign in _INNER_SIGNS if sign in view]
        self._has_rare = "\n" in view and (">" in view or "-\n" in view or "- \n" in view)
        if not view.isascii():
            self._has_rare = self._has_rare or any(map(view.__contains__, _RARE_SIGNS))

    def find_marked(self, ranges: Sequence[tuple[int, int]]) -> set[int]:
        """Find the ranges that may contain something that is not printed: a cheap test.

        Returns
        -------
        set of int
            Their indices.
        """
        view = self._view
        starts = [start for start, _ in ranges]
        marked = {k for k, start in enumerate(starts) if view.startswith(_FIRST_SIGNS, start)}
        for sign in self._inner_signs:
            at = view.find(sign)
            while at >= 0:
                k = bisect_right(starts, at) - 1
                if k >= 0:
                    marked.add(k)
                # One character is enough for each range.
                at = view.find(sign, max(at + 1, ranges[k][1] if k >= 0 else 0))
        if self._has_rare:
            marked.update(k for k, (start, end) in enumerate(ranges) if _SIGN.search(view, start, end))
        return marked

    def clean(self, piece: str) -> str:
        """Return a sentence as it is printed."""
        if not piece.isascii():
            piece = _INVISIBLE.sub("", _RAISED_NOTE.sub("", _BROKEN_WORD.sub("", piece)))
        if "-" in piece and "\n" in piece:
            piece = _HYPHEN_AT_NUMBER.sub("-", _LINE_END_HYPHEN.sub(self._join, piece))
        if "<" in piece:
            piece = _BREAK.sub(" ", piece)
            piece = _TAG.sub("", _NOTE_TAG.sub("", piece))
        if "&" in piece and _ENTITY.search(piece):
            from html import unescape

            piece = _ENTITY.sub(lambda match: unescape(match[0]), piece)
        if "[" in piece:
            piece = _NOTE.sub("", _LINK.sub(r"\1", _IMAGE.sub("", piece)))
        if "^" in piece:
            piece = _RAISED_NOTE.sub("", piece)
        if not piece[:1].isalnum():
            piece = _BULLET.sub("", piece)
        if "`" not in piece:
            return _strip_emphasis(piece)
        # Inside code, "__init__" and "*args" are not emphasis.
        codes = iter([match[2] for match in _CODE.finditer(piece)])
        parts = _strip_emphasis(_CODE.sub(_PLACE, piece)).split(_PLACE)
        return parts[0] + "".join(next(codes, "") + part for part in parts[1:])

    def clean_heading(self, piece: str) -> str:
        """Return a heading without its marks, its rule and other markup."""
        if any(map(piece.__contains__, "#=*\n")):
            piece = _HEADING_MARKS.sub("", piece)
        return self.clean(piece).strip()

    def _join(self, match: re.Match[str]) -> str:
        """Join a word that was broken at a line end, as it is spelled elsewhere in the text.

        If it does not occur elsewhere, it keeps its hyphen if both halves are words of the text.
        """
        first, second = match.groups()
        if self._words is None:
            # Half words at the ends of lines do not count.
            whole_words = _LINE_END_HYPHEN.sub(" ", self._view)
            self._words = frozenset(word.lower() for word in _WORD.findall(whole_words))
        whole, compound = (first + second).lower(), f"{first}-{second}".lower()
        if whole in self._words:
            return f"{first}{second}"
        halves = first.lower() in self._words and second.lower() in self._words
        if compound in self._words or second[0].isupper() or halves:
            return f"{first}-{second}"
        return f"{first}{second}"
