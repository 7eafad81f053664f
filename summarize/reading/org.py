"""Read Org, the notes of Emacs: paragraphs and items without keywords, drawers, code and planning lines."""

from __future__ import annotations

import re

from summarize.reading.passages import Passage, Span, add_passages
from summarize.reading.structure import Builder

_HEADING = re.compile(r"\*+[ \t]")
_KEYWORD = re.compile(r"[ \t]*#(?:\+|[ \t]|\Z)")
_TITLE = re.compile(r"[ \t]*#\+title:[ \t]*(.*)", re.IGNORECASE)
_BEGIN = re.compile(r"[ \t]*#\+begin[_:]?(\w*)", re.IGNORECASE)
_PROSE = frozenset(("quote", "verse", "center", "note", "abstract", "tip", "warning", "important", "info"))
_DRAWER = re.compile(r"[ \t]*:[\w-]{1,40}:[ \t]*\Z")
_PLANNING = re.compile(r"[ \t]*(?:SCHEDULED|DEADLINE|CLOSED|CLOCK|- State \"[^\"]*\"|- Note taken on)\b.*")
_FIXED = re.compile(r"[ \t]*:(?:[ \t]|\Z)")
_ITEM = re.compile(
    r"[ \t]*(?:[-+]|\d{1,3}[.)]|[ \t]\*)[ \t]+(?:\[[ xX-]\][ \t]+)?(?:[^\n]{1,60}[ \t]::[ \t]+)?"
)
_RULE = re.compile(r"[ \t]*-{5,}[ \t]*\Z")
_NOTE = re.compile(r"\[fn:[^\]\n]{1,100}\][ \t]")
_INLINE = re.compile(
    r"\[\[(?P<target>[^\[\]]{1,2000})\](?:\[(?P<label>[^\[\]]{1,1000})\])?\]"
    r"|(?P<note>\[fn:[^\[\]]{1,500}\])"
    r"|(?P<stamp>[<\[]\d{4}-\d\d-\d\d[^<>\[\]\n]{0,40}[>\]])"
    r"|(?P<radio><<<?[^<>\n]{1,100}>?>>)"
    r"|(?P<cite>\[cite[^\[\]]{0,300}\])"
    r"|(?P<macro>\{\{\{[^{}\n]{1,200}\}\}\}|@@[^@\n]{1,200}@@|\\\\(?=[ \t]*$))"
    r"|(?<![\w/])(?P<mark>[*/=~+_])(?=\S)(?P<words>[^\n]{0,300}?(?:\n[^\n]{1,300}?)?(?<=\S))(?P=mark)(?![\w/])",
    re.MULTILINE,
)
_PICTURE = re.compile(r"(?:file:)?\S*\.(?:png|jpe?g|gif|svg|webp|pdf)\Z", re.IGNORECASE)


def read_org(builder: Builder, start: int, end: int) -> None:
    r"""Read Org; ``#+TITLE`` is its title.

    Parameters
    ----------
    builder : Builder
    start, end : int
        The range of the text.

    Examples
    --------
    >>> text = "#+TITLE: Gas at sea\n* North\nGas was [[https://gas.example][found]].\n- It is /deep/."
    >>> builder = Builder(text)
    >>> read_org(builder, 0, len(text))
    >>> builder.title, [block.kind for block in builder.build(None).blocks]
    ('Gas at sea', ['metadata', 'heading', 'paragraph', 'item'])
    """
    text = builder.text
    passages: list[Passage] = []
    run: list[Span] = []
    kind = "paragraph"
    ending = ""
    quoted = False

    def close() -> None:
        nonlocal kind
        if run:
            begin, stop = run[0][0], run[-1][1]
            holes = _find_holes(text, begin, stop)
            marker = _ITEM.match(text, begin, stop) if kind == "item" else None
            if marker:
                holes.append((begin, marker.end()))
            passages.append(Passage(kind, begin, stop, holes))
            run.clear()
        kind = "quotation" if quoted else "paragraph"

    for begin, stop in builder.iterate_lines(start, end):
        line = text[begin:stop]
        words = line.strip()
        if ending:
            if words.lower().startswith(ending):
                ending = ""
            continue
        if not words:
            close()
        elif _HEADING.match(line):
            close()
            passages.append(Passage("heading", begin, stop))
        elif block := _BEGIN.match(line):
            close()
            name = block[1].lower()
            if name in _PROSE:
                quoted = name == "quote"
                kind = "text" if name == "verse" else "quotation" if quoted else "paragraph"
            else:
                ending = "#+end"
        elif words.lower().startswith("#+end"):
            quoted = False
            close()
            kind = "paragraph"
        elif _KEYWORD.match(line):
            close()
            title = _TITLE.match(line)
            if title:
                builder.set_title(title[1])
            if words.startswith("#+"):
                passages.append(Passage("metadata", begin, stop))
        elif _DRAWER.match(line):
            close()
            ending = ":end:"
            if words.lower() == ":end:":
                ending = ""
        elif words[0] == "|":
            close()
            passages.append(Passage("table", begin, stop))
        elif _PLANNING.match(line) or _RULE.match(line) or _FIXED.match(line) or _NOTE.match(line):
            close()
        elif _ITEM.match(line):
            close()
            kind = "item"
            run.append((begin, stop))
        else:
            run.append((begin, stop))
    close()
    add_passages(builder, passages)


def _find_holes(text: str, start: int, end: int) -> list[Span]:
    """Find the addresses of links and the marks of emphasis, which are not printed."""
    holes: list[Span] = []
    for match in _INLINE.finditer(text, start, end):
        begin, stop = match.span()
        if match["label"]:
            first, last = match.span("label")
            holes += [(begin, first), *_find_holes(text, first, last), (last, stop)]
        elif match["target"]:
            if _PICTURE.match(match["target"]):
                holes.append((begin, stop))
            else:
                holes += [(begin, begin + 2), (stop - 2, stop)]
        elif match["mark"]:
            holes += [(begin, begin + 1), (stop - 1, stop)]
        else:
            holes.append((begin, stop))
    return holes
