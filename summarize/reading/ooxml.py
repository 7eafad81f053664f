"""Read the documents of Microsoft Office: Word (.docx), PowerPoint (.pptx) and the texts in Excel (.xlsx)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple
from xml.etree.ElementTree import Element

from summarize.document import Text
from summarize.errors import InputError
from summarize.reading.composing import Composer
from summarize.reading.packages import Package

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_STRICT_W = "{http://purl.oclc.org/ooxml/wordprocessingml/main}"
_A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_P = "{http://schemas.openxmlformats.org/presentationml/2006/main}"
_S = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_FORMULA = "{http://schemas.openxmlformats.org/officeDocument/2006/math}t"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_TITLE = "{http://purl.org/dc/elements/1.1/}title"

# Text that was deleted or moved away, the code of fields, and what is drawn.
_NOT_TEXT = frozenset(
    f"{_W}{name}"
    for name in ("del", "moveFrom", "delText", "instrText", "rPr", "pPr", "object", "sdtPr", "footnotePr")
)
_NUMBERED = re.compile(r"heading (\d)\Z")
_APART = re.compile(r"(?:toc(?: heading| \d)?|table of (?:figures|authorities)|header|footer|index \d)\Z")
_SPACES = re.compile(r"[ \t\xa0]+")
# A cell of a spreadsheet with fewer words is data.
_MIN_CELL_WORDS = 4
_MAX_CELLS = 1_000_000


class _Style(NamedTuple):
    """A style of paragraphs: its name, the level of its headings (0 for a title), and what it is based on."""

    name: str
    level: int | None
    base: str | None
    is_item: bool


def read_docx(data: bytes, source: str) -> Text:
    """Read a Word document.

    Parameters
    ----------
    data : bytes
    source : str
        Name of the document in messages.

    Returns
    -------
    Text
        With the levels of its headings, and a mark for each page that Word has noted in the file.

    Raises
    ------
    InputError
        If it is damaged or encrypted.

    Notes
    -----
    Text that was deleted with *Track Changes*, comments, headers, footers, notes and the code of fields are
    left out. Rows of tables are not chosen; of a table that is a layout, the paragraphs are.
    """
    package = Package(data, source)
    name = _find_main(package)
    reader = _WordReader(package, name)
    composer = Composer()
    reader.read(composer)
    if not reader.has_pages:
        composer.drop_marks("page")
    composer.title = composer.title or _find_title(package)
    return composer.compose(source, "docx")


def _find_main(package: Package) -> str:
    """Find the main part of a document."""
    for kind, target in package.find_relations("").values():
        if kind == "officeDocument":
            return target
    raise InputError(package.source, "is a damaged document: it does not say which of its parts is the text")


def _find_title(package: Package) -> str | None:
    if "docProps/core.xml" not in package.names:
        return None
    title = package.parse("docProps/core.xml").findtext(_TITLE) or ""
    words = " ".join(title.split())
    return words if " " in words and not re.match(r"(?:PowerPoint|Word|Microsoft)\b", words) else None


class _WordReader:
    def __init__(self, package: Package, name: str) -> None:
        self._package, self._name = package, name
        self._styles = self._read_styles()
        self._page = 1
        # Whether Word has noted where pages end.
        self.has_pages = False
        self._fields: list[bool] = []

    def _read_styles(self) -> dict[str, _Style]:
        part = next(
            (
                target
                for kind, target in self._package.find_relations(self._name).values()
                if kind == "styles"
            ),
            None,
        )
        styles: dict[str, _Style] = {}
        for style in self._package.parse(part).iter(f"{_W}style") if part in self._package.names else ():
            name = _value(style.find(f"{_W}name")).lower()
            outline = _value(style.find(f"{_W}pPr/{_W}outlineLvl"))
            numbered = _NUMBERED.match(name)
            level = int(outline) + 1 if outline.isdigit() and int(outline) < 9 else None
            if numbered:
                level = int(numbered[1])
            elif name == "title":
                level = 0
            is_item = style.find(f"{_W}pPr/{_W}numPr") is not None or name.startswith("list")
            based = style.find(f"{_W}basedOn")
            styles[str(style.get(f"{_W}styleId"))] = _Style(
                name, level, None if based is None else _value(based), is_item and level is None
            )
        return styles

    def read(self, composer: Composer) -> None:
        """Read the body of the document."""
        for body in self._package.iterate(self._name, f"{_W}body"):
            for part in body:
                self._read_part(composer, part, in_table=False)

    def _read_part(self, composer: Composer, part: Element, *, in_table: bool) -> None:
        if part.tag == f"{_W}p":
            self._read_paragraph(composer, part)
        elif part.tag == f"{_W}tbl":
            self._read_table(composer, part)
        elif part.tag in (
            f"{_W}sdt",
            f"{_W}customXml",
            f"{_W}sdtContent",
            f"{_W}ins",
            f"{_W}moveTo",
            f"{_W}smartTag",
        ):
            for child in part:
                self._read_part(composer, child, in_table=in_table)

    def _read_table(self, composer: Composer, table: Element) -> None:
        """Read a table: rows with several cells are rows, a single cell is a frame around paragraphs."""
        for row in table.iter(f"{_W}tr"):
            cells = row.findall(f"{_W}tc")
            if len(cells) == 1:
                for part in cells[0]:
                    self._read_part(composer, part, in_table=True)
                continue
            texts = []
            for cell in cells:
                words = [" ".join(self._read_text(p).split()) for p in cell.iter(f"{_W}p")]
                texts.append(" ".join(filter(None, words)))
            if any(texts):
                composer.mark("page", self._page)
                composer.add("table", f"| {' | '.join(texts)} |")

    def _read_paragraph(self, composer: Composer, paragraph: Element) -> None:
        properties = paragraph.find(f"{_W}pPr")
        page = self._page
        text = _SPACES.sub(" ", self._read_text(paragraph)).strip()
        boxes = list(paragraph.iter(f"{_W}txbxContent"))
        if text:
            kind, level = self._name_kind(properties, text)
            # A paragraph over two pages begins on the first.
            composer.mark("page", page if not text.startswith("\f") else self._page)
            if kind == "title":
                composer.title = composer.title or " ".join(text.split())
            composer.add(kind, text.replace("\f", ""), level=level)
        for box in boxes:
            for part in box:
                self._read_part(composer, part, in_table=False)

    def _name_kind(self, properties: Element | None, text: str) -> tuple[str, int]:
        """Name the kind and the level of a paragraph by its style."""
        if properties is None:
            return "paragraph", 0
        identifier: str | None = _value(properties.find(f"{_W}pStyle"))
        style = self._styles.get(identifier or "")
        outline = _value(properties.find(f"{_W}outlineLvl"))
        level = int(outline) + 1 if outline.isdigit() and int(outline) < 9 else None
        is_item = properties.find(f"{_W}numPr") is not None
        name = style.name if style else ""
        seen = set()
        while style and level is None and identifier not in seen:
            seen.add(identifier)
            level, is_item = style.level, is_item or style.is_item
            identifier = style.base
            style = self._styles.get(identifier or "")
        if _APART.match(name):
            return "navigation", 0
        if level is not None:
            return ("title", 1) if level == 0 else ("heading", level)
        if name == "caption":
            return "caption", 0
        if name in ("quote", "intense quote", "block text"):
            return "quotation", 0
        return ("item", 0) if is_item else ("paragraph", 0)

    def _read_text(self, paragraph: Element) -> str:
        """Read the text of a paragraph, without that of the boxes in it, and count its pages."""
        pieces: list[str] = []
        self._walk(paragraph, pieces)
        return "".join(pieces)

    def _walk(self, element: Element, pieces: list[str]) -> None:
        for child in element:
            tag = child.tag
            if tag in (f"{_W}t", _FORMULA):
                if not self._fields or self._fields[-1]:
                    pieces.append(child.text or "")
            elif tag == f"{_W}tab":
                pieces.append("\t")
            elif tag in (f"{_W}br", f"{_W}cr"):
                pieces.append("\n" if child.get(f"{_W}type") in (None, "textWrapping") else " ")
            elif tag == f"{_W}lastRenderedPageBreak":
                self._page += 1
                self.has_pages = True
                if not "".join(pieces).strip():
                    pieces[:] = ["\f"]
            elif tag == f"{_W}noBreakHyphen":
                pieces.append("\u2011")
            elif tag == f"{_W}fldChar":
                self._follow_field(str(child.get(f"{_W}fldCharType")))
            elif tag not in _NOT_TEXT and tag not in (_FALLBACK, f"{_W}txbxContent"):
                self._walk(child, pieces)

    def _follow_field(self, kind: str) -> None:
        """Follow a field: only its result, behind its code, is text."""
        if kind == "begin":
            self._fields.append(False)
        elif kind == "separate" and self._fields:
            self._fields[-1] = True
        elif kind == "end" and self._fields:
            self._fields.pop()


def _value(element: Element | None) -> str:
    return "" if element is None else str(element.get(f"{_W}val", ""))


def read_pptx(data: bytes, source: str) -> Text:
    """Read a PowerPoint presentation.

    Parameters
    ----------
    data : bytes
    source : str
        Name of the document in messages.

    Returns
    -------
    Text
        With a mark for each slide, in the order in which they are shown. The titles of slides are headings.

    Raises
    ------
    InputError
        If it is damaged or encrypted.
    """
    package = Package(data, source)
    main = _find_main(package)
    relations = package.find_relations(main)
    composer = Composer()
    number = 0
    for slide in package.parse(main).iter(f"{_P}sldId"):
        _, name = relations.get(str(slide.get(f"{_R}id")), ("", ""))
        if name not in package.names:
            continue
        number += 1
        composer.mark("slide", number)
        for shape in package.parse(name).iter():
            if shape.tag == f"{_P}sp":
                _read_shape(composer, shape, number)
            elif shape.tag == f"{_A}tr":
                cells = [_read_runs(cell) for cell in shape.findall(f"{_A}tc")]
                composer.add("table", f"| {' | '.join(cells)} |" if any(cells) else "")
    composer.title = composer.title or _find_title(package)
    return composer.compose(source, "pptx")


def _read_shape(composer: Composer, shape: Element, slide: int) -> None:
    holder = shape.find(f"{_P}nvSpPr/{_P}nvPr/{_P}ph")
    kind = "" if holder is None else holder.get("type", "body")
    if kind in ("sldNum", "dt", "ftr", "hdr"):
        return
    for paragraph in shape.iter(f"{_A}p"):
        text = _read_runs(paragraph)
        if kind in ("title", "ctrTitle"):
            if slide == 1 and composer.title is None and text:
                composer.title = text
            composer.add("heading", text, level=1)
        else:
            composer.add("item" if kind == "body" else "paragraph", text)


def _read_runs(element: Element) -> str:
    """Read the runs of text below an element; a break is a space."""
    pieces = []
    for each in element.iter():
        if each.tag == f"{_A}t":
            pieces.append(each.text or "")
        elif each.tag in (f"{_A}br", f"{_A}p"):
            pieces.append(" ")
    return " ".join("".join(pieces).split())


def read_xlsx(data: bytes, source: str) -> Text:
    """Read the texts in the cells of an Excel workbook; numbers and labels are not text.

    Parameters
    ----------
    data : bytes
    source : str
        Name of the document in messages.

    Returns
    -------
    Text
        With a mark for each sheet.

    Raises
    ------
    InputError
        If it is damaged or encrypted, or has more than a million cells.
    """
    package = Package(data, source)
    main = _find_main(package)
    relations = package.find_relations(main)
    shared: list[str] = []
    for kind, name in relations.values():
        if kind == "sharedStrings" and name in package.names:
            for each in package.iterate(name, f"{_S}si"):
                shared.append("".join(t.text or "" for t in each.iter(f"{_S}t")))
                each.clear()
    composer = Composer()
    n_cells = 0
    for sheet in package.parse(main).iter(f"{_S}sheet"):
        _, name = relations.get(str(sheet.get(f"{_R}id")), ("", ""))
        if name not in package.names:
            continue
        composer.mark("sheet", str(sheet.get("name", "")))
        for row in package.iterate(name, f"{_S}row"):
            for text in _read_cells(row, shared):
                n_cells += 1
                is_text = len(text.split()) >= _MIN_CELL_WORDS or (not text.isascii() and len(text) > 10)
                composer.add("text" if is_text else "table", text)
            n_cells += len(row)
            if n_cells > _MAX_CELLS:
                raise InputError(source, f"found more than {_MAX_CELLS:,} cells; accepted: fewer")
            row.clear()
    composer.title = _find_title(package)
    return composer.compose(source, "xlsx")


def _read_cells(row: Element, shared: list[str]) -> Iterator[str]:
    """Yield the texts in the cells of a row."""
    for cell in row.iter(f"{_S}c"):
        kind = cell.get("t")
        if kind == "s":
            number = cell.findtext(f"{_S}v") or ""
            if number.isdigit() and int(number) < len(shared):
                yield shared[int(number)]
        elif kind == "inlineStr":
            yield "".join(t.text or "" for t in cell.iter(f"{_S}t"))
        elif kind == "str":
            yield cell.findtext(f"{_S}v") or ""
