"""Read Markdown: CommonMark with tables, and what GitHub, MkDocs, Jekyll, Hugo, Quarto and MDX add to it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from summarize.reading.markdown_html import read_html
from summarize.reading.markdown_inline import Inline
from summarize.reading.passages import Passage, Span, add_passages, has_words, is_ended, show
from summarize.reading.structure import Builder
from summarize.reading.transcripts import find_speakers

if TYPE_CHECKING:
    from markdown_it.token import Token

# A longer setext "heading" is a paragraph with a rule below it.
_MAX_HEADING = 150
# Admonitions may hold admonitions.
_MAX_DEPTH = 3
_NEWLINE = re.compile(r"\r\n?|\n")
_QUOTE = re.compile(r"(?:[ \t]*>)+[ \t]?")
_MARKERS = re.compile(r"(?:[ \t]*(?:>|[-*+](?=[ \t])|\d{1,9}[.)](?=[ \t])))*[ \t]*(?:\[[ xX]\][ \t]+)?")
# "1\. Personal data": converters escape a number, so that it does not begin a list.
_ESCAPED_NUMBER = re.compile(r"[ \t]{0,3}\d{1,3}\\[.)][ \t]+")
# The line that opens or closes an admonition: ":::note", "!!! tip", "> [!NOTE]", '=== "Linux"'.
_ADMONITION = re.compile(r"[ \t>]*(?::{3,}|!!![ \t+]|\?\?\?[ \t+]|===[!+]?[ \t]\"|\[![\w-]{1,30}\])")
_DIRECTIVE = re.compile(
    r"\{(?:note|tip|hint|important|warning|caution|attention|danger|seealso|admonition|dropdown|epigraph|abstract)\}"
)
_NOTE = re.compile(r"[ \t>]*\[\^[^\]\n]{1,100}\]:")
# "import Tabs from '@theme/Tabs';".
_SCRIPT = re.compile(
    r"import\s[^\n]{0,300}\sfrom\s+['\"]|import\s+['\"]|export\s+(?:const|default|function|async)\b"
)
_CONTENTS = re.compile(r"\[{0,2}_{0,2}TOC_{0,2}\]{0,2}|\{:toc\}", re.IGNORECASE)
_BOLD = re.compile(r"(\*\*|__)(?=\S)[^*_\n]{1,100}\1:?|\*\*\*[^*\n]{1,100}\*\*\*")
_HARD_BREAK = re.compile(r"(?: {2,}|\\)\r?\n[ \t]*\S|<br ?/?>[ \t]*\r?\n[ \t]*\S")
_TICKS = re.compile("`+")
_STARS = re.compile(r"\*\*|__")
_HIGHLIGHT = re.compile(
    r"\{%-?\s*(highlight|raw|comment|code|capture)\b[^{}\n]*%\}.*?\{%-?\s*end\1\s*-?%\}", re.DOTALL
)


def read_markdown(builder: Builder, start: int, end: int) -> None:
    r"""Read Markdown; a heading of the first level at its beginning is its title.

    Parameters
    ----------
    builder : Builder
    start, end : int
        The range of the text.

    Examples
    --------
    >>> text = "# Gas at sea\n\n[![Tests](t.svg)](t)\n\n- Gas was [found](f)."
    >>> builder = Builder(text)
    >>> read_markdown(builder, 0, len(text))
    >>> builder.title, [block.kind for block in builder.build(None).blocks]
    ('Gas at sea', ['heading', 'navigation', 'item'])
    """
    begin = _read_title_block(builder, start, end)
    reader = _Reader(builder.text, begin, end)
    passages = list(reader.read())
    first = next((each for each in passages if each.kind in ("heading", "paragraph", "text")), None)
    if first and first.kind == "heading" and first.start in reader.titles:
        title = show(builder.text, first.start, first.end, reader.titles[first.start])
        builder.set_title(title.strip("# "))
    if not any(each.kind in ("paragraph", "item", "quotation", "text") for each in passages):
        # A text that is indented as a whole is not code.
        passages = [
            each._replace(kind="text") if each.start in reader.indented else each for each in passages
        ]
    add_passages(builder, _mark_turns(builder.text, passages))


def _mark_turns(text: str, passages: Sequence[Passage]) -> Sequence[Passage]:
    """Make speech of the paragraphs of a transcript, of which most begin with a name."""
    places = [place for place, each in enumerate(passages) if each.kind in ("paragraph", "text")]
    speakers = find_speakers([text[passages[place].start : passages[place].end] for place in places])
    if not any(speakers):
        return passages
    marked = list(passages)
    speaker = None
    for place, name in zip(places, speakers, strict=True):
        each = passages[place]
        speaker = name or speaker
        if name:
            # The marks of emphasis around a name are not part of the turn.
            start = text.index(name, each.start)
            holes = [
                *each.holes,
                *(match.span() for match in _STARS.finditer(text, start, start + len(name) + 5)),
            ]
            each = each._replace(start=start, holes=holes)
        if speaker:
            marked[place] = each._replace(kind="speech", speaker=speaker)
    return marked


def _read_title_block(builder: Builder, start: int, end: int) -> int:
    """Read the title block of Pandoc ("% Title", "% Author", "% Date"), and return its end."""
    text = builder.text
    begin = start
    for number, (line, stop) in enumerate(builder.iterate_lines(start, end)):
        if number > 2 or not text.startswith("% ", line):
            break
        if not number:
            builder.set_title(text[line + 1 : stop])
        begin = stop
    builder.add("metadata", start, begin)
    return begin


class _Reader:
    """Find the passages in a range of Markdown."""

    def __init__(self, text: str, start: int, end: int, depth: int = 0) -> None:
        self.titles: dict[int, Sequence[Span]] = {}
        self.indented: set[int] = set()
        self._text, self._start, self._end = text, start, end
        self._depth = depth
        self._references: dict[str, Any] = {}
        piece = text[start:end]
        self._lines = [start, *(start + match.end() for match in _NEWLINE.finditer(piece)), end]
        self._code = (
            [match.span() for match in _HIGHLIGHT.finditer(text, start, end)] if "{%" in piece else []
        )
        self._tokens = self._parse(piece)

    def _parse(self, piece: str) -> list[Token]:
        from markdown_it import MarkdownIt

        parser = MarkdownIt("commonmark").enable("table").disable(["inline", "text_join"])
        environment: dict[str, Any] = {}
        tokens = parser.parse(piece, environment)
        self._references = environment.get("references", {})
        return tokens

    def _find_range(self, token: Token) -> Span:
        """Return the range of the lines of a token, without the blank ones after it."""
        first, last = token.map or [0, 0]
        start = self._lines[min(first, len(self._lines) - 1)]
        end = self._lines[min(last, len(self._lines) - 1)]
        return start, start + len(self._text[start:end].rstrip())

    def read(self) -> Iterator[Passage]:
        """Yield the passages in order."""
        n_quotes = 0
        items: list[int] = []
        skip = ""
        is_admonition = False
        place = self._start
        for token in self._tokens:
            kind = token.type
            if skip:
                skip = "" if kind == skip else skip
                continue
            n_quotes += {"blockquote_open": 1, "blockquote_close": -1}.get(kind, 0)
            if kind == "list_item_open":
                items.append((token.map or [-1])[0])
            elif kind == "list_item_close":
                items.pop()
            elif token.map is None or token.nesting < 0:
                continue
            start, end = self._find_range(token)
            if start < place or start >= end:
                continue
            found: Sequence[Passage] = ()
            if any(begin < end and start < stop for begin, stop in self._code):
                found = [Passage("code", start, end)]
            elif kind == "paragraph_open":
                is_first = (token.map or [-1])[0] in items
                name = "quotation" if n_quotes else "item" if items else "paragraph"
                found = [self._read_paragraph(start, end, name, is_first, n_quotes > 0)]
            elif kind == "heading_open":
                found = [self._read_heading(token, start, end)]
            elif kind == "fence":
                found = self._read_fence(token, start, end)
            elif kind == "code_block":
                self.indented.add(start)
                found = [Passage("paragraph" if is_admonition else "code", start, end)]
            elif kind == "table_open":
                skip = "table_close"
                found = [Passage("table", start, end)]
            elif kind == "hr":
                found = [Passage("separator", start, end)]
            elif kind == "html_block":
                found = list(read_html(self._text, start, end))
                self._note_title(found)
            if found:
                place = max(each.end for each in found)
                is_admonition = found[-1].kind == "markup"
                yield from found

    def _note_title(self, found: Sequence[Passage]) -> None:
        """Keep a heading of the first level in HTML, which may be the title."""
        for each in found:
            tag = self._text[max(0, each.start - 200) : each.start].lower().rpartition("<")[2]
            if each.kind == "heading" and tag.startswith("h1"):
                self.titles[each.start] = each.holes

    def _read_heading(self, token: Token, start: int, end: int) -> Passage:
        inline = Inline(self._text, start, end, self._references)
        shown = show(self._text, start, end, inline.holes)
        if token.markup in "=-" and len(shown) > _MAX_HEADING:
            rule = self._text.rfind("\n", start, end)
            return Passage("paragraph", start, end, [*inline.holes, (rule, end)])
        if token.tag == "h1":
            holes = [*inline.holes, *(match.span() for match in _TICKS.finditer(self._text, start, end))]
            if token.markup == "=":
                holes.append((self._text.rfind("\n", start, end) + 1 or end, end))
            self.titles[start] = holes
        return Passage("heading", start, end)

    def _read_fence(self, token: Token, start: int, end: int) -> Sequence[Passage]:
        """Read a fence: code, or the prose of a directive of MyST ("```{note}")."""
        if not _DIRECTIVE.match(token.info.strip()) or self._depth >= _MAX_DEPTH:
            return [Passage("code", start, end)]
        begin = self._text.find("\n", start, end) + 1
        stop = self._text.rfind("\n", begin, end)
        if not begin or stop < begin:
            return [Passage("code", start, end)]
        return list(_Reader(self._text, begin, stop, self._depth + 1).read())

    def _read_paragraph(self, start: int, end: int, kind: str, is_first: bool, is_quoted: bool) -> Passage:
        """Read a paragraph of the text, of an item or of a quotation."""
        text = self._text
        prefix = _MARKERS.match(text, start, end) if is_first else None
        if prefix is None and is_quoted:
            prefix = _QUOTE.match(text, start, end)
        begin = prefix.end() if prefix else start
        begin += len(text[begin:end]) - len(text[begin:end].lstrip())
        if begin >= end:
            return Passage("markup", start, end)
        if _NOTE.match(text, start, end):
            return Passage("reference", start, end)
        if _SCRIPT.match(text, begin, end) or text.startswith("$$", begin):
            return Passage("code", start, end)
        inline = Inline(text, begin, end, self._references)
        holes = inline.holes
        if begin > start:
            holes.append((start, begin))
        number = _ESCAPED_NUMBER.match(text, begin, end)
        if number:
            holes.append(number.span())
            kind = "item" if kind == "paragraph" and is_ended(text[begin:end]) else kind
        is_table = True
        lines = list(_iterate_lines(text, start, end))
        for line, stop in lines:
            if _ADMONITION.match(text, line, stop):
                holes.append((line, stop))
            elif is_quoted and line > start and (quote := _QUOTE.match(text, line, stop)):
                holes.append(quote.span())
            is_table = is_table and text[line:stop].strip()[:1] == "|" == text[line:stop].strip()[-1:]
        shown = show(text, start, end, holes)
        if is_table:
            return Passage("table", start, end)
        if not has_words(shown):
            return Passage("markup" if _ADMONITION.match(text, start, end) else "navigation", start, end)
        if inline.links and not has_words(show(text, start, end, holes + inline.links)):
            return Passage("navigation", start, end)
        if _CONTENTS.fullmatch(shown):
            return Passage("navigation", start, end)
        if len(shown) <= _MAX_HEADING and not is_ended(shown) and _BOLD.fullmatch(text, begin, end):
            return Passage("heading", start, end)
        if kind == "paragraph" and len(lines) > 1 and _HARD_BREAK.search(text, begin, end):
            kind = "text"
        return Passage(kind, start, end, holes)


def _iterate_lines(text: str, start: int, end: int) -> Iterator[Span]:
    place = start
    for match in _NEWLINE.finditer(text, start, end):
        yield place, match.start()
        place = match.end()
    yield place, end
