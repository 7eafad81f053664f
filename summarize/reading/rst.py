"""Read reStructuredText: paragraphs, items, notes and quotations; no directives, literal blocks, tables."""

from __future__ import annotations

import re
from collections.abc import Iterator

from summarize.reading.passages import Passage, Span, add_passages, has_words, show
from summarize.reading.structure import Builder

_SIGNS = "!\"#$%&'()*+,\\-./:;<=>?@[\\\\\\]^_`{|}~"
_RULE = re.compile(rf"([{_SIGNS}])\1+[ \t]*\Z")
_FIELD = re.compile(r":?[A-Za-z][\w .-]{0,40}:(?:[ \t]|\Z)")
_COLON_FIELD = re.compile(r":(?![\s:])[^:`\n]{1,80}(?<!\s):(?:[ \t]|\Z)")
_DIRECTIVE = re.compile(
    r"\.\.[ \t]+(?:\|[^|\n]{1,80}\|[ \t]+)?([\w:.+-]{1,60})::(?:[ \t]+|\Z)(.*)\Z", re.DOTALL
)
_COMMENT = re.compile(r"\.\.(?:[ \t]|\Z)|__[ \t]")
# Their content is prose. An argument is a title, except in these that begin with their text.
_NOTES = frozenset(
    ("note", "warning", "tip", "important", "hint", "caution", "attention", "danger", "error", "seealso")
)
_PROSE = _NOTES | frozenset((
    "admonition", "topic", "sidebar", "epigraph", "highlights", "pull-quote", "compound", "container",
    "abstract", "versionadded", "versionchanged", "deprecated", "rubric", "only", "todo", "tab-item",
    "dropdown", "card", "function", "class", "method", "attribute", "data", "module", "exception", "option",
    "envvar", "glossary", "confval", "describe", "centered", "line-block", "parsed-prose", "tab-set",
    "grid", "grid-item-card", "collapse",
))  # fmt: skip
_ITEM = re.compile(r"(?:[-*+•‣⁃]|(?:\d{1,4}|#|[A-Za-z]|[ivxIVX]{2,6})[.)]|\((?:\d{1,4}|#|[A-Za-z])\))[ \t]+")
# "-v, --verbose  Say more", "/V", "--file=NAME".
_OPTION = re.compile(r"(?:--?|/)[A-Za-z][\w-]*(?:[ =][<A-Z][\w>-]*)?(?:, |[ \t]{2,}|[ \t]*\Z)")
_TABLE = re.compile(r"\+[-=+]{2,}\Z|={2,}(?:[ \t]+={2,})+[ \t]*\Z")
_LINE_BLOCK = re.compile(r"\|[ \t]")
_INLINE = re.compile(
    r"(?P<escape>\\[\s\S])"
    r"|(?P<literal>``(?=\S)[^\n]*?(?:\n[^\n]+?)?(?<=\S)``)"
    r"|(?P<role>:[A-Za-z][\w.+-]*(?::[\w.+-]+)*:(?=`))"
    r"|(?P<quoted>`(?=[^\s`])[^`]{1,600}`(?::[A-Za-z][\w.:+-]*:|_{0,2}))"
    r"|(?P<note>[ \t]?\[(?:#[\w.-]*|\*|[A-Za-z][\w.-]*|\d{1,4})\]_(?!\w))"
    r"|(?P<substitution>\|(?=[^\s|])[^|\n]{1,80}(?<=\S)\|_{0,2})"
    r"|(?P<strong>\*\*(?=\S)[^*]{1,600}(?<=\S)\*\*)"
    r"|(?P<emphasis>(?<![\w*])\*(?=[^\s*])[^*]{1,600}(?<=[^\s*])\*(?![\w*]))"
    r"|(?P<reference>\b[A-Za-z][\w.-]*[A-Za-z0-9]__?(?![\w_]))"
)
_TARGET = re.compile(r"\s*<[^<>]*>\Z")


class _Line:
    """A line with its place: start of its words, end, and columns of indentation."""

    __slots__ = ("start", "end", "indent", "begin")

    def __init__(self, text: str, begin: int, stop: int) -> None:
        piece = text[begin:stop]
        words = piece.strip()
        self.begin = begin
        self.start = begin + len(piece) - len(piece.lstrip())
        self.end = self.start + len(words)
        self.indent = len(piece[: self.start - begin].expandtabs(8)) if words else -1


def read_rst(builder: Builder, start: int, end: int) -> None:
    r"""Read reStructuredText; its first heading is its title.

    Parameters
    ----------
    builder : Builder
    start, end : int
        The range of the text.

    Examples
    --------
    >>> text = "Gas at sea\n==========\n\n.. image:: sea.png\n\nGas was *found*."
    >>> builder = Builder(text)
    >>> read_rst(builder, 0, len(text))
    >>> builder.title, [block.kind for block in builder.build(None).blocks]
    ('Gas at sea', ['heading', 'paragraph'])
    """
    reader = _Reader(builder, start, end)
    passages = list(reader.read())
    if reader.title:
        builder.set_title(reader.title)
    add_passages(builder, passages)


class _Reader:
    """Read the lines of a text from top to bottom."""

    def __init__(self, builder: Builder, start: int, end: int) -> None:
        self.title = ""
        self._builder = builder
        self._text = builder.text
        self._lines = [_Line(self._text, *line) for line in builder.iterate_lines(start, end)]

    def read(self) -> Iterator[Passage]:
        """Yield the passages in order."""
        k = 0
        # The indentation of the body of each open item or directive, and what its paragraphs are.
        bodies: list[tuple[int, str]] = []
        fields = self._read_fields(k)
        if fields:
            yield Passage("metadata", self._first().start, self._lines[fields - 1].end)
            k = fields
        while k < len(self._lines):
            line = self._lines[k]
            if line.indent < 0:
                k += 1
                continue
            while bodies and line.indent < bodies[-1][0]:
                bodies.pop()
            base, kind = bodies[-1] if bodies else (0, "paragraph")
            if line.indent > base and kind == "paragraph":
                kind = "quotation"
            k, passage = self._read_block(k, kind, bodies)
            if passage:
                yield passage

    def _first(self) -> _Line:
        return next(line for line in self._lines if line.indent >= 0)

    def _read_fields(self, k: int) -> int:
        """Return the line after a list of fields at the top ("PEP: 8", ":Author: Ada Holm"), or 0."""
        text = self._text
        while k < len(self._lines) and self._lines[k].indent < 0:
            k += 1
        first = k
        while k < len(self._lines):
            line = self._lines[k]
            match = _FIELD.match(text, line.start, line.end)
            if line.indent == 0 and match:
                key = match[0].strip(": \t").lower()
                if key == "title":
                    self.title = text[match.end() : line.end]
            elif line.indent <= 0 or k == first:
                break
            k += 1
        n_fields = k - first
        is_ended = k == len(self._lines) or self._lines[k].indent < 0
        colon = n_fields > 0 and text[self._lines[first].start] == ":"
        return k if is_ended and (n_fields > 1 or colon) else 0

    def _read_block(self, k: int, kind: str, bodies: list[tuple[int, str]]) -> tuple[int, Passage | None]:
        """Read what begins in a line, and return the next line."""
        text = self._text
        line = self._lines[k]
        words = text[line.start : line.end]
        heading = self._read_heading(k)
        if heading:
            stop, passage = heading
            return stop, passage
        if _TABLE.match(words):
            return self._read_table(k)
        if _RULE.match(words):
            return k + 1, Passage("separator", line.start, line.end)
        if words == "::":
            return self._skip_body(k + 1, line.indent), None
        if words.startswith("..") or words.startswith("__ "):
            return self._read_directive(k, bodies)
        if words.startswith((">>> ", "... ")):
            stop = self._find_stop(k)
            return stop, Passage("code", line.start, self._lines[stop - 1].end)
        if _LINE_BLOCK.match(words) or words == "|":
            stop = self._find_stop(k)
            end = self._lines[stop - 1].end
            holes = [(each.start, each.start + 1) for each in self._lines[k:stop]]
            return stop, Passage("text", line.start, end, holes + self._find_holes(line.start, end))
        if _COLON_FIELD.match(words):
            return self._skip_body(k + 1, line.indent), Passage("metadata", line.start, line.end)
        if _OPTION.match(words) and words[0] != "/":
            return self._skip_body(k + 1, line.indent), Passage("code", line.start, line.end)
        item = _ITEM.match(words)
        if item:
            bodies.append((line.indent + len(item[0].expandtabs(8)), "item"))
            kind = "item"
        return self._read_paragraph(k, kind, bodies, item.end() if item else 0)

    def _find_stop(self, k: int) -> int:
        """Return the next blank line."""
        while k < len(self._lines) and self._lines[k].indent >= 0:
            k += 1
        return k

    def _skip_body(self, k: int, indent: int) -> int:
        """Return the next line that is not indented more than `indent`."""
        while k < len(self._lines) and (self._lines[k].indent < 0 or self._lines[k].indent > indent):
            k += 1
        return k

    def _read_heading(self, k: int) -> tuple[int, Passage] | None:
        """Read a heading with its underline and, perhaps, overline."""
        text = self._text
        line = self._lines[k]
        is_rule = _RULE.match(text[line.start : line.end])
        title = k + 1 if is_rule else k
        if title + 1 >= len(self._lines):
            return None
        named, under = self._lines[title], self._lines[title + 1]
        rule = _RULE.match(text[under.start : under.end])
        if (
            named.indent < 0
            or under.indent < 0
            or rule is None
            or (not is_rule and named.indent != under.indent)
        ):
            return None
        if is_rule and text[line.start] != text[under.start]:
            return None
        width = under.end - under.start
        # A line of wide letters may be longer than its underline.
        if width < 3 and named.end - named.start > width or 3 * width < named.end - named.start:
            return None
        if _RULE.match(text[named.start : named.end]) or _TABLE.match(text[under.start : under.end]):
            return None
        if not self.title:
            holes = self._find_holes(named.start, named.end)
            self.title = show(text, named.start, named.end, holes).replace("`", "")
        return title + 2, Passage("heading", line.start, under.end)

    def _read_table(self, k: int) -> tuple[int, Passage]:
        """Read a table: of a grid up to the next blank line, else up to its last rule."""
        start = self._lines[k].start
        is_grid = self._text[start] == "+"
        stop = self._find_stop(k)
        while not is_grid and stop + 1 < len(self._lines):
            last = self._lines[stop - 1]
            if _TABLE.match(self._text[last.start : last.end]) and stop - 1 > k:
                break
            follow = self._find_stop(stop + 1)
            if not any(
                _TABLE.match(self._text[each.start : each.end]) for each in self._lines[stop : stop + 400]
            ):
                break
            stop = max(follow, stop + 1)
        return stop, Passage("table", start, max(self._lines[stop - 1].end, start))

    def _read_directive(self, k: int, bodies: list[tuple[int, str]]) -> tuple[int, Passage | None]:
        """Read a directive, a target or a comment; only some directives have prose in their body."""
        text = self._text
        line = self._lines[k]
        words = text[line.start : line.end]
        match = _DIRECTIVE.match(words)
        if match is None:
            return self._skip_body(k + 1, line.indent), None
        name = match[1].rpartition(":")[2].lower()
        if name not in _PROSE:
            return self._skip_body(k + 1, line.indent), None
        k += 1
        while k < len(self._lines) and self._lines[k].indent > line.indent:
            option = self._lines[k]
            if not _COLON_FIELD.match(text, option.start, option.end):
                break
            k += 1
        indents = [each.indent for each in self._lines[k : k + 3] if each.indent > line.indent]
        bodies.append((indents[0] if indents else line.indent + 1, "item" if name in _NOTES else "paragraph"))
        if name in _NOTES and match[2]:
            start = line.start + match.start(2)
            stop = k
            while stop < len(self._lines) and self._lines[stop].indent > line.indent:
                stop += 1
            end = self._lines[stop - 1].end
            return stop, Passage("paragraph", start, end, self._find_holes(start, end))
        return k, None

    def _read_paragraph(
        self, k: int, kind: str, bodies: list[tuple[int, str]], marker: int
    ) -> tuple[int, Passage | None]:
        """Read the lines up to a blank line; after "::" an indented block is code."""
        text = self._text
        first = self._lines[k]
        stop = k + 1
        indent = bodies[-1][0] if marker else first.indent
        while stop < len(self._lines) and self._lines[stop].indent >= 0:
            line = self._lines[stop]
            if line.indent != indent:
                is_term = stop == k + 1 and not marker and line.indent > indent
                if is_term or line.indent < indent and not marker:
                    break
                if marker and line.indent < indent and (line.indent <= first.indent):
                    break
            if marker and _ITEM.match(text, line.start, line.end) and line.indent == first.indent:
                break
            stop += 1
        end = self._lines[stop - 1].end
        is_term = stop < len(self._lines) and self._lines[stop].indent > first.indent and not marker
        holes = self._find_holes(first.start + marker, end)
        if marker:
            holes.append((first.start, first.start + marker))
        shown = show(text, first.start, end, holes)
        if is_term and stop == k + 1 and not shown.endswith("::"):
            # The term of a definition, or a line before a quotation.
            bodies.append((self._lines[stop].indent, "item"))
            kind = "heading"
        if shown.endswith("::"):
            cut = end - 2 if shown[-3:-2] in ("", " ") else end - 1
            holes.append((cut, end))
            follow = stop
            while follow < len(self._lines) and self._lines[follow].indent < 0:
                follow += 1
            base = first.indent
            if follow < len(self._lines) and self._lines[follow].indent > base:
                stop = self._skip_body(follow, base)
        return stop, Passage(kind, first.start, end, holes)

    def _find_holes(self, start: int, end: int) -> list[Span]:
        """Find the marks and targets in a range that are not printed."""
        text = self._text
        holes: list[Span] = []
        for match in _INLINE.finditer(text, start, end):
            begin, stop = match.span()
            kind = match.lastgroup
            if kind == "escape":
                holes.append((begin, stop if text[stop - 1].isspace() else begin + 1))
            elif kind in ("role", "note"):
                if kind == "role" or has_words(text[start:begin]):
                    holes.append((begin, stop))
            elif kind == "quoted":
                close = text.rfind("`", begin, stop)
                target = _TARGET.search(text[begin + 1 : close])
                label = begin + 1 + (target.start() if target else close - begin - 1)
                first = begin + 1 + (text[begin + 1] in "~!")
                if text[begin + 1] == "~":
                    first = max(first, text.rfind(".", first, label) + 1)
                if label == begin + 1:  # "`<https://gas.example>`_" has no other words.
                    first, label = begin + 2, close - 1
                holes += [(begin, first), (label, stop)]
            elif kind == "literal":
                pass  # Printed without its marks, as code is.
            elif kind == "substitution":
                holes.append((begin, stop))
            elif kind in ("strong", "emphasis"):
                size = 2 if kind == "strong" else 1
                holes += [(begin, begin + size), (stop - size, stop)]
            elif kind == "reference":
                marks = stop - len(match[0].rstrip("_")) - begin
                holes.append((stop - marks, stop))
        return holes
