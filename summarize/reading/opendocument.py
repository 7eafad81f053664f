"""Read OpenDocument, the format of LibreOffice: texts (.odt), presentations (.odp), sheets (.ods)."""

from __future__ import annotations

from xml.etree.ElementTree import Element

from summarize.document import Text
from summarize.errors import InputError
from summarize.reading.composing import Composer
from summarize.reading.packages import Package

_NAMES = "{urn:oasis:names:tc:opendocument:xmlns:"
_TEXT, _OFFICE, _TABLE = (f"{_NAMES}{name}:1.0}}" for name in ("text", "office", "table"))
_DRAW, _PRESENTATION, _STYLE = (f"{_NAMES}{name}:1.0}}" for name in ("drawing", "presentation", "style"))
_TITLE = "{http://purl.org/dc/elements/1.1/}title"
_MANIFEST = f"{_NAMES}manifest:1.0}}"

# Deleted text, comments, and lists that the program makes from the text, such as an index.
_NOT_TEXT = frozenset(
    [
        f"{_TEXT}{name}"
        for name in ("tracked-changes", "note", "bibliography", "sequence-decls", "variable-decls")
    ]
    + [f"{_TEXT}{name}" for name in ("table-of-content", "illustration-index", "table-index", "object-index")]
    + [f"{_TEXT}{name}" for name in ("user-index", "alphabetical-index", "hidden-text", "hidden-paragraph")]
    + [f"{_OFFICE}annotation", f"{_OFFICE}forms", f"{_PRESENTATION}notes", f"{_DRAW}glue-point"]
)
_MIN_CELL_WORDS = 4
_MAX_REPEATED = 100


def read_opendocument(data: bytes, source: str) -> Text:
    """Read an OpenDocument text, presentation or spreadsheet.

    Parameters
    ----------
    data : bytes
    source : str
        Name of the document in messages.

    Returns
    -------
    Text
        With the levels of its headings, and marks for slides and sheets. Of a sheet, only cells with
        sentences are text.

    Raises
    ------
    InputError
        If it is damaged or encrypted.
    """
    package = Package(data, source)
    if "META-INF/manifest.xml" in package.names:
        manifest = package.parse("META-INF/manifest.xml")
        if any(each.tag == f"{_MANIFEST}encryption-data" for each in manifest.iter()):
            raise InputError(source, "is encrypted; accepted: documents without a password")
    root = package.parse("content.xml")
    reader = _Reader(root)
    for part in root.iter(f"{_OFFICE}body"):
        for body in part:
            reader.is_spreadsheet = body.tag == f"{_OFFICE}spreadsheet"
            reader.read(body)
    composer = reader.composer
    if "meta.xml" in package.names:
        title = " ".join((package.parse("meta.xml").findtext(f".//{_TITLE}") or "").split())
        composer.title = composer.title or title or None
    return composer.compose(source, "opendocument")


class _Reader:
    def __init__(self, root: Element) -> None:
        self.composer = Composer()
        self._parents = {
            str(style.get(f"{_STYLE}name")): str(style.get(f"{_STYLE}parent-style-name", ""))
            for style in root.iter(f"{_STYLE}style")
        }
        self._slide = 0
        self.is_spreadsheet = False

    def read(self, element: Element, kind: str = "paragraph") -> None:
        """Read what is below an element."""
        for child in element:
            tag = child.tag
            if tag in _NOT_TEXT:
                continue
            if tag == f"{_TEXT}h":
                level = child.get(f"{_TEXT}outline-level", "1")
                self.composer.add("heading", _read(child), level=int(level) if level.isdigit() else 1)
                self._read_frames(child)
            elif tag == f"{_TEXT}p":
                self._read_paragraph(child, kind)
                self._read_frames(child)
            elif tag == f"{_TEXT}list-item":
                self.read(child, "item" if kind == "paragraph" else kind)
            elif tag == f"{_DRAW}page":
                self._slide += 1
                self.composer.mark("slide", self._slide)
                self.read(child, "paragraph")
            elif tag == f"{_DRAW}frame" and child.get(f"{_PRESENTATION}class") in ("title", "subtitle"):
                self.read(child, "heading")
            elif tag == f"{_TABLE}table":
                self._read_table(child)
            else:
                self.read(child, kind)

    def _read_paragraph(self, paragraph: Element, kind: str) -> None:
        text = _read(paragraph)
        name = str(paragraph.get(f"{_TEXT}style-name", ""))
        # Automatic styles have names such as "P1"; their parents tell.
        names = {name, self._parents.get(name, "")}
        if names & {"Title"}:
            self.composer.title = self.composer.title or " ".join(text.split()) or None
            self.composer.add("title", text)
        elif names & {"Subtitle"}:
            self.composer.add("heading", text, level=2)
        elif names & {"Quotations"}:
            self.composer.add("quotation", text)
        elif names & {"Caption", "Illustration", "Table", "Figure"}:
            self.composer.add("caption", text)
        elif names & {"Preformatted_20_Text"}:
            self.composer.add("text", text)
        elif names & {"Header", "Footer", "Contents_20_Heading"}:
            self.composer.add("navigation", text)
        elif kind == "heading":
            if self._slide == 1 and self.composer.title is None:
                self.composer.title = " ".join(text.split()) or None
            self.composer.add("heading", text, level=1)
        else:
            self.composer.add(kind, text)

    def _read_frames(self, paragraph: Element) -> None:
        """Read the frames that are anchored in a paragraph, after it."""
        for box in paragraph.iter(f"{_DRAW}text-box"):
            self.read(box)

    def _read_table(self, table: Element) -> None:
        rows = list(table.iter(f"{_TABLE}table-row"))
        if self.is_spreadsheet:
            self.composer.mark("sheet", str(table.get(f"{_TABLE}name", "")))
            for row in rows:
                for cell in row.findall(f"{_TABLE}table-cell"):
                    text = _read_cell(cell)
                    is_text = len(text.split()) >= _MIN_CELL_WORDS
                    self.composer.add("text" if is_text else "table", text)
            return
        for row in rows:
            cells = row.findall(f"{_TABLE}table-cell")
            if len(cells) == 1:
                self.read(cells[0])
                continue
            texts = [_read_cell(cell) for cell in cells]
            self.composer.add("table", f"| {' | '.join(texts)} |" if any(texts) else "")


def _read_cell(cell: Element) -> str:
    return " ".join(" ".join(_read(p).split()) for p in cell.iter(f"{_TEXT}p")).strip()


def _read(element: Element) -> str:
    """Read the text of a paragraph, without its notes, comments and frames."""
    pieces = [element.text or ""]
    for child in element:
        if child.tag == f"{_TEXT}s":
            count = child.get(f"{_TEXT}c", "1")
            pieces.append(" " * min(int(count) if count.isdigit() else 1, _MAX_REPEATED))
        elif child.tag == f"{_TEXT}tab":
            pieces.append("\t")
        elif child.tag == f"{_TEXT}line-break":
            pieces.append("\n")
        elif child.tag not in _NOT_TEXT and not child.tag.startswith(_DRAW):
            pieces.append(_read(child))
        pieces.append(child.tail or "")
    return "".join(pieces).strip()
