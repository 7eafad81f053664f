"""Tell by the places of the lines of a PDF what they are: paragraphs, headings, notes, tables, furniture."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from statistics import median
from typing import NamedTuple

from summarize.document import UNSPACED
from summarize.reading.composing import Composer
from summarize.reading.passages import is_label, may_have_labels

# PDFium writes this in place of a hyphen at a line end.
HYPHEN = "\ufffe"
# The size of a heading and of small print, as a share of the size of most of the text.
_MIN_HEADING_SIZE, _MAX_SMALL_SIZE = 1.08, 0.88
_MIN_TITLE_SIZE, _MAX_TITLE = 1.15, 250
_MAX_HEADING_WORDS = 16
# Where more letters are bold, bold shows nothing.
_MAX_BOLD = 0.4
# Lines at the edge of a page that may be its furniture.
_EDGE = 3
# A gap of more than so many pitches ends a paragraph; so does an indent of so many ems.
_MAX_GAP, _MIN_INDENT = 1.35, 0.8
# A last line is shorter than the others by so many ems.
_MIN_SHORT = 3
# Ems that are left at the end of a line that is not full, besides those of the next word.
_MIN_ROOM = 8
# Lines of small print at the beginning of a document that are an abstract.
_MIN_ABSTRACT = 300
# Characters of an index or an exponent, which PDFium gives as a line of its own.
_MAX_SCRIPT = 4
_MIN_CAP_SIZE = 1.8
_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_LAST_WORD = re.compile(r"([^\W\d_]+)[\ufffe\u00ad\u2010-]\Z")
_FIRST_WORD = re.compile(r"[^\W\d_]+")
_BEFORE_NOTE = re.compile(r"(?:[^\W\d_]{4}|[.,;:!?)\"”’])\Z")
_LETTERS = re.compile(r"[^\W\d_]{2}|[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7a3]")
_NUMBERED = re.compile(r"(?:\d{1,2}(?:\.\d{1,2})*\.?|[A-Z]\.|[IVX]+\.|§\s?\d+)\s+\S")
_SECTION = re.compile(r"(?:\d{1,2}(?:\.\d{1,2})*\.?|[IVX]{1,5}\.)\s+[^\W\d_a-z]\w*(?:\s\S+){0,9}\Z")
_ITEM = re.compile(r"[•‣▪●◦–—·*]\s|\(?(?:[a-z]|\d{1,2}|[ivx]{1,4})[.)]\s")
_ENDED = re.compile(r"[.!?:。！？؟।]['\"”’»)\]]*\d{0,2}\Z")
_CONTENTS = re.compile(r"(?:\.\s?){5,}\s*(?:\d+|[ivxlc]+)?\s*\Z|(?:\.\s){4,}")
_CAPTION = re.compile(
    r"(?:fig(?:ure|\.)?|table|tab\.|abb(?:ildung|\.)|tabelle|figura|tabla|tableau|tabella|рис(?:унок|\.)|табл(?:ица|\.)"
    r"|chart|box|scheme|listing|algorithm|图|表|図)\s?\d+(?:\.\d+)*\s?[.:：|–—-]",
    re.IGNORECASE,
)
_REFERENCES = re.compile(
    r"(?:\d{1,2}\.?\s+)?(?:references|bibliography|works cited|literature cited|literatur(?:verzeichnis)?"
    r"|quellen|références|bibliographie|referencias|bibliografía|riferimenti bibliografici|bibliografia"
    r"|literatuur|referências|литература|список литературы|参考文献)\s*\Z",
    re.IGNORECASE,
)
# Headings of the first page that are not the title.
_FRONT = re.compile(
    r"(?:abstract|(?:table of )?contents|inhalt(?:sverzeichnis)?|zusammenfassung|résumé|sommaire|resumen"
    r"|índice|sommario|indice|summary|introduction|аннотация|содержание"
    r"|摘要|目录)\W*\Z"
    r"|(?:chapter|part|kapitel|chapitre) \w+\W*\Z",
    re.IGNORECASE,
)
_KEY = re.compile(r"\d+|\b[ivxlc]+\b")
_PAGE_KEYS = frozenset(
    ("#", "- # -", "page #", "page # of #", "# of #", "#/#", "# / #", "[#]", "p. #", "| #", "# |")
)


class Line(NamedTuple):
    """A line on a page; places are in points from its lower left corner."""

    page: int
    left: float
    right: float
    base: float
    size: float
    bold: bool
    text: str


class _Block(NamedTuple):
    """Lines that belong together."""

    kind: str
    lines: list[Line]

    @property
    def size(self) -> float:
        return self.lines[0].size


class Layout:
    """The layout of a document: which lines are furniture, headings, paragraphs, notes and tables."""

    def __init__(self, lines: list[Line]) -> None:
        furniture = _find_furniture(lines)
        self._lines = [line for k, line in enumerate(lines) if k not in furniture]
        sizes: Counter[float] = Counter()
        n_bold = 0
        for line in lines:
            sizes[line.size] += len(line.text)
            n_bold += line.bold * len(line.text)
        self._body = sizes.most_common(1)[0][0]
        self._has_bold = n_bold < _MAX_BOLD * sizes.total()
        # Where the lines of each page begin and end.
        self._extents: dict[int, list[tuple[float, float]]] = defaultdict(list)
        for line in self._lines:
            self._extents[line.page].append((line.left, line.right))
        self._pitches = self._find_pitches()
        self._counts = Counter(_WORD.findall(" ".join(line.text for line in lines).lower()))
        self._compounds = [word for word in self._counts if word.count("-") > 1]

    def write(self, composer: Composer) -> None:
        """Write the blocks of the document."""
        levels = self._find_levels()
        in_references = False
        written = [
            (kind, parts, self._join(line.text for line in parts))
            for kind, parts in self._merge(list(self._group()))
        ]
        has_labels = may_have_labels([text for kind, _, text in written if kind == "paragraph"])
        for kind, parts, text in written:
            composer.mark("page", parts[0].page)
            if kind == "heading":
                in_references = _REFERENCES.match(text) is not None
                depth = text.split()[0].strip(".").count(".") + 1
                composer.add(kind, text, level=levels.get(parts[0].size) or min(6, len(levels) + depth))
            elif kind == "paragraph" and in_references:
                composer.add("reference", text)
            elif kind == "paragraph" and has_labels and len(parts) == 1 and is_label(text):
                composer.add("table", text)
            else:
                composer.add(kind, text)

    def find_title(self) -> str | None:
        """Return the largest heading of the first page, unless it is as large as those of sections."""
        first = [line for line in self._lines if line.page == self._lines[0].page]
        headings = [line for line in first if self._is_heading(line) and not _FRONT.match(line.text)]
        largest = max((line.size for line in headings), default=0.0)
        if largest < _MIN_TITLE_SIZE * self._body:
            return None
        parts: list[Line] = []
        for line in headings:
            if line.size == largest and (not parts or parts[-1].base - line.base < 2 * largest):
                parts.append(line)
        title = self._join(line.text for line in parts)
        return title.rstrip(" *∗†‡") if len(title) <= _MAX_TITLE else None

    def _find_pitches(self) -> dict[float, float]:
        """Find the distance of the lines of a paragraph, for each size of letters."""
        distances = defaultdict(list)
        for one, two in zip(self._lines, self._lines[1:], strict=False):
            distance = one.base - two.base
            if (
                one.page == two.page
                and one.size == two.size
                and 0 < distance < 3.2 * one.size
                and abs(one.left - two.left) < 3 * one.size
            ):
                distances[one.size].append(distance)
        return {size: median(found) for size, found in distances.items() if len(found) > 5}

    def _find_levels(self) -> dict[float, int]:
        """Number the sizes of headings, from 1 for the largest."""
        sizes = sorted({line.size for line in self._lines if self._is_heading(line)}, reverse=True)
        return {size: min(level, 6) for level, size in enumerate(sizes, 1)}

    def _is_heading(self, line: Line) -> bool:
        text = line.text
        if len(text.split()) > _MAX_HEADING_WORDS or text.endswith((".", ";", ",", HYPHEN)):
            return False
        if not _LETTERS.search(text) or _CONTENTS.search(text):
            return False
        if line.size > self._body * _MIN_HEADING_SIZE:
            return True
        return self._has_bold and line.bold and (line.size >= self._body or _NUMBERED.match(text) is not None)

    def _name_kind(self, line: Line) -> str:
        if _CONTENTS.search(line.text):
            return "navigation"
        if self._is_heading(line):
            return "heading"
        if line.size < self._body * _MAX_SMALL_SIZE:
            return "note"
        return "paragraph"

    def _group(self) -> Iterator[_Block]:
        """Group lines into blocks."""
        block: _Block | None = None
        cap = ""
        for line in self._lines:
            if block is not None and self._is_script(block.lines[-1], line):
                if not _is_note_mark(block.lines[-1], line):
                    block.lines.append(line)
                continue
            if self._is_drop_cap(line):
                cap = line.text
                continue
            if cap:
                line = line._replace(text=cap + line.text)
                cap = ""
            kind = self._name_kind(line)
            if (
                _CAPTION.match(line.text)
                and kind != "heading"
                and (block is None or not self._goes_on(block, line))
            ):
                kind = "caption"
            if block is not None and self._belongs(block, line, kind):
                block.lines.append(line)
                continue
            if block is not None:
                yield self._finish(block)
            starts_item = kind == "paragraph" and _ITEM.match(line.text) is not None
            block = _Block("item" if starts_item else kind, [line])
        if block is not None:
            yield self._finish(block)

    def _is_script(self, last: Line, line: Line) -> bool:
        """Tell whether a line is an index or an exponent behind the last one: "x" and "2"."""
        return (
            line.page == last.page
            and len(line.text) <= _MAX_SCRIPT
            and abs(last.base - line.base) < 0.9 * self._body
            and -2 < line.left - last.right < 0.5 * self._body
        )

    def _is_drop_cap(self, line: Line) -> bool:
        """Tell whether a line is the large letter that a text begins with."""
        return len(line.text) == 1 and line.text.isupper() and line.size > _MIN_CAP_SIZE * self._body

    def _goes_on(self, block: _Block, line: Line) -> bool:
        """Tell whether a line is the next one of an unfinished sentence."""
        last = block.lines[-1]
        return block.kind in ("paragraph", "item") and last.page == line.page and not _ENDED.search(last.text)

    def _belongs(self, block: _Block, line: Line, kind: str) -> bool:
        """Tell whether a line continues a block."""
        last = block.lines[-1]
        own = {"item": "paragraph", "caption": "note"}.get(block.kind, block.kind)
        if block.kind == "caption" and kind == "paragraph" and last.size == line.size:
            own = "paragraph"
        if kind != own:
            return False
        if last.text.endswith(HYPHEN) and last.size == line.size:
            return True
        em = max(last.size, line.size)
        pitch = self._pitches.get(line.size, 1.3 * em)
        distance = last.base - line.base
        same_page = last.page == line.page
        if same_page and abs(distance) < 0.5 * em:
            # Another cell of a row, unless it follows closely, as a part in another font does.
            return line.left <= last.right + 2 * em
        if kind == "heading":
            return (
                line.size == last.size and same_page and 0 < distance <= 1.6 * em and line.bold == last.bold
            )
        if same_page and distance > _MAX_GAP * pitch:
            return False
        is_ended = _ENDED.search(last.text) is not None
        if _ITEM.match(line.text) and (is_ended or block.kind == "item" or last.text.endswith((";", ","))):
            return False
        if not same_page or distance < 0:  # The next column or page begins.
            return not is_ended or line.left <= min(each.left for each in block.lines) + em
        if same_page and not line.text[0].islower() and self._has_room(last, line):
            return False
        lefts = [each.left for each in block.lines if each.page == line.page]
        if is_ended and line.left > min(lefts) + _MIN_INDENT * em and len(block.lines) > 1:
            return False
        rights = [each.right for each in block.lines]
        return not (is_ended and last.right < max(rights) - _MIN_SHORT * em)

    def _has_room(self, last: Line, line: Line) -> bool:
        """Tell whether the first word of a line would have fitted into the line before it, as in a table."""
        column = [right for left, right in self._extents[last.page] if abs(left - last.left) < 2 * self._body]
        word = line.text.split(None, 1)[0]
        return max(column) - last.right > (0.6 * len(word) + _MIN_ROOM) * line.size

    def _finish(self, block: _Block) -> _Block:
        """Decide what a block of small print or of cells is."""
        lines = block.lines
        if (
            block.kind == "note"
            and lines[0].page == 1
            and sum(len(line.text) for line in lines) > _MIN_ABSTRACT
        ):
            return _Block("paragraph", lines)
        if block.kind in ("paragraph", "item") and len(lines) < 3:
            text = " ".join(line.text for line in lines)
            is_short = (
                len(text.split()) <= _MAX_HEADING_WORDS and _LETTERS.search(text) and not _ENDED.search(text)
            )
            if is_short and (text.isupper() or (len(lines) == 1 and _SECTION.match(text))):
                return _Block("heading", lines)
        if block.kind == "paragraph" and not _LETTERS.search(" ".join(line.text for line in lines)):
            return _Block("table", lines)
        return block

    def _merge(self, blocks: list[_Block]) -> Iterator[tuple[str, list[Line]]]:
        """Join the parts of a paragraph that a float, a note or the end of a page interrupts."""
        merged: list[_Block] = []
        last: int | None = None
        for block in self._mark_tables(blocks):
            if block.kind in ("paragraph", "item"):
                if last is not None and block.kind == "paragraph" and self._is_rest(merged[last], block):
                    merged[last].lines.extend(block.lines)
                    continue
                last = len(merged)
            elif block.kind == "heading":
                last = None
            merged.append(block)
        yield from ((block.kind, block.lines) for block in merged)

    def _is_rest(self, first: _Block, rest: _Block) -> bool:
        before, after = first.lines[-1].text, rest.lines[0].text
        if first.lines[-1].size != rest.size or _ENDED.search(before):
            return False
        if before.endswith((HYPHEN, "-")) or after[0].islower() or after[0] in ",;.)=≤≥<+":
            return True
        return after[0] in '(“"' and after[1:2].islower()

    def _mark_tables(self, blocks: list[_Block]) -> Iterator[_Block]:
        """Make rows of the cells that are side by side."""
        for k, block in enumerate(blocks):
            if block.kind in ("paragraph", "item", "note") and len(block.lines) == 1:
                line = block.lines[0]
                near = [blocks[j].lines[0] for j in (k - 1, k + 1) if 0 <= j < len(blocks)]
                if len(line.text.split()) < 12 and any(
                    each.page == line.page and abs(each.base - line.base) < 0.5 * line.size for each in near
                ):
                    yield _Block("table", block.lines)
                    continue
            yield block

    def _join(self, texts: Iterable[str]) -> str:
        """Join lines, and the words that are broken at their ends."""
        joined = ""
        for text in texts:
            last, first = _LAST_WORD.search(joined), _FIRST_WORD.match(text)
            if not joined:
                joined = text
            elif last and first:
                joined = joined[:-1] + "-" * self._keeps_hyphen(last[1], first[0]) + text
            elif joined.endswith(HYPHEN):
                joined = f"{joined[:-1]}-{text}"
            elif UNSPACED.match(joined[-1]) and UNSPACED.match(text[0]):
                joined += text
            else:
                joined = f"{joined} {text}"
        return joined.replace(HYPHEN, "-")

    def _keeps_hyphen(self, first: str, second: str) -> bool:
        """Tell whether a hyphen at a line end belongs to the word, by the words of the document."""
        if second[0].isupper():
            return True
        whole, compound = (first + second).lower(), f"{first}-{second}".lower()
        with_hyphen = self._counts[compound]
        with_hyphen += sum(self._counts[word] for word in self._compounds if word.startswith(f"{compound}-"))
        return with_hyphen > self._counts[whole]


def _is_note_mark(last: Line, line: Line) -> bool:
    """Tell whether a raised number behind a word or a stop is the mark of a note, not an exponent."""
    is_mark = line.text in "*†‡" or (line.text.isdecimal() and len(line.text) < 3)
    return is_mark and line.base > last.base and _BEFORE_NOTE.search(last.text) is not None


def _find_furniture(lines: list[Line]) -> set[int]:
    """Find running heads and page numbers: what recurs among the outer lines of the pages."""
    pages: dict[int, list[int]] = defaultdict(list)
    for k, line in enumerate(lines):
        pages[line.page].append(k)
    edge: set[int] = set()
    for found in pages.values():
        by_height = sorted(found, key=lambda k: lines[k].base)
        edge.update(by_height[:_EDGE], by_height[-_EDGE:])
    keys = {k: _KEY.sub("#", lines[k].text.lower()).strip() for k in edge}
    on_pages: dict[str, set[int]] = defaultdict(set)
    for k, key in keys.items():
        on_pages[key].add(lines[k].page)
    enough = max(2.0, min(3.0, len(pages) / 3))
    furniture = {k for k, key in keys.items() if key in _PAGE_KEYS or len(on_pages[key]) >= enough}
    return furniture if len(furniture) < len(lines) else set()
