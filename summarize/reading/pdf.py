"""Read PDF: the lines of each page with their places, from which `pdf_layout` finds the paragraphs.

PDFium gives the characters in reading order, and marks a hyphen at a line end.
"""

from __future__ import annotations

import ctypes
import re
from collections.abc import Iterator
from math import hypot
from statistics import median
from typing import Any

from summarize.document import Text
from summarize.errors import InputError, MissingExtraError
from summarize.reading.composing import Composer
from summarize.reading.pdf_layout import HYPHEN, Layout, Line

# Errors of PDFium.
_PASSWORD_ERROR = 4
_MAX_PAGES = 10_000
# The weight of bold letters.
_MIN_BOLD = 600
# More control characters than this are the codes of fonts that do not say which letters they show.
_MAX_CONTROLS = 0.05

_LINE = re.compile(r"([^\r\n\ufffe]*)(\r\n|\n|\ufffe|\Z)")
# A lam-alef, one sign for two letters, whose letters PDFium and others give in the wrong order.
_ALEF_LAM = re.compile("[اأإآ]ل")
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f\x7f-\x9f\ufffd]")


def read_pdf(data: bytes, source: str, password: str | None = None) -> Text:
    """Read a PDF document.

    Parameters
    ----------
    data : bytes
    source : str
        Name of the document in messages.
    password : str, optional
        Of an encrypted document.

    Returns
    -------
    Text
        With a mark for each page.

    Raises
    ------
    InputError
        If it is damaged or encrypted, or none of its pages has text.
    MissingExtraError
        If the extra ``pdf`` is not installed.

    Notes
    -----
    Figures and tables are not chosen, nor is what is below "References". A paragraph that a figure, a note
    or the end of a page interrupts is one. Running heads and page numbers are left out, and so is what is
    written from bottom to top. A hyphen at a line end stays if the document has the word with it elsewhere.
    """
    try:
        import pypdfium2
    except ImportError:
        raise MissingExtraError("pdf", "reading PDF", source) from None
    try:
        pdf = pypdfium2.PdfDocument(data, password=password)
    except pypdfium2.PdfiumError as error:
        raise InputError(source, _explain(error, password)) from None
    try:
        return _read(pdf, source)
    except pypdfium2.PdfiumError as error:
        raise InputError(source, f"is a damaged PDF document: {error}") from None
    finally:
        pdf.close()


def _explain(error: Any, password: str | None) -> str:
    if getattr(error, "err_code", None) == _PASSWORD_ERROR:
        if password is not None:
            return "is an encrypted PDF document, and the password is wrong"
        return "is an encrypted PDF document; accepted: with --password"
    return "is not a PDF document, or a damaged one"


def _read(pdf: Any, source: str) -> Text:
    n_pages = len(pdf)
    if n_pages > _MAX_PAGES:
        raise InputError(source, f"found {n_pages:,} pages; accepted: at most {_MAX_PAGES:,}")
    lines: list[Line] = []
    blank: list[int] = []
    for number in range(1, n_pages + 1):
        page = pdf[number - 1]
        try:
            found = list(_read_lines(page, number))
        finally:
            page.close()
        lines += found
        if not found:
            blank.append(number)
    if not lines:
        pages = "its page has no" if n_pages == 1 else f"none of its {n_pages:,} pages has"
        problem = f"{pages} text, as if scanned; accepted: after a program such as ocrmypdf"
        raise InputError(source, problem)
    n_letters = sum(len(line.text) for line in lines)
    n_controls = sum(len(_CONTROL.findall(line.text)) for line in lines)
    if n_controls > _MAX_CONTROLS * n_letters:
        problem = "its fonts do not say which letters they show; accepted: after a program such as ocrmypdf"
        raise InputError(source, problem)
    composer = Composer()
    if blank and len(blank) < n_pages:
        composer.warnings.append(_describe_blank(blank, n_pages))
    layout = Layout(lines)
    layout.write(composer)
    composer.title = layout.find_title() or _find_title(pdf, lines)
    return composer.compose(source, "pdf")


def _describe_blank(blank: list[int], n_pages: int) -> str:
    """Describe which pages have no text: "pages 3 to 9 have no text; they look scanned"."""
    runs: list[list[int]] = []
    for number in blank:
        if runs and number == runs[-1][1] + 1:
            runs[-1][1] = number
        else:
            runs.append([number, number])
    shown = [str(first) if first == last else f"{first} to {last}" for first, last in runs[:5]]
    more = f" and {len(runs) - 5} more" if len(runs) > 5 else ""
    if len(blank) == 1:
        return f"page {shown[0]} has no text"
    return f"pages {', '.join(shown)}{more} have no text; they are blank or scanned"


def _find_title(pdf: Any, lines: list[Line]) -> str | None:
    """Return the title in the metadata if the first page has it; it may be that of a template."""
    import pypdfium2

    try:
        title = " ".join(str(pdf.get_metadata_value("Title")).split())
    except pypdfium2.PdfiumError:
        return None
    first = " ".join(line.text for line in lines if line.page == lines[0].page).lower()
    return title if " " in title and title.lower() in " ".join(first.split()) else None


def _read_lines(page: Any, number: int) -> Iterator[Line]:
    """Read the lines of a page, each with its place, its size and its weight."""
    import pypdfium2.raw as raw

    text_page = page.get_textpage()
    try:
        n = text_page.count_chars()
        if n <= 0:
            return
        text = text_page.get_text_range(0, n)
        handle = text_page.raw
        left, right, bottom, top = (ctypes.c_double() for _ in range(4))
        matrix = raw.FS_MATRIX()

        def box(index: int) -> tuple[float, float, float, float]:
            raw.FPDFText_GetCharBox(handle, index, left, right, bottom, top)
            return left.value, right.value, bottom.value, top.value

        def locate(place: int) -> int:
            index = raw.FPDFText_GetCharIndexFromTextIndex(handle, place)
            return int(index) if index >= 0 else min(place, int(n) - 1)

        def order_letters(shown: str, begin: int) -> str:
            for pair in _ALEF_LAM.finditer(shown):
                place = begin + pair.start()
                if box(locate(place)) == box(locate(place + 1)):
                    shown = shown[: pair.start()] + pair[0][::-1] + shown[pair.end() :]
            return shown

        def measure(index: int) -> float:
            # Some programs scale a font of one point.
            size = float(raw.FPDFText_GetFontSize(handle, index))
            raw.FPDFText_GetMatrix(handle, index, matrix)
            return size * (hypot(matrix.c, matrix.d) or 1.0)

        for match in _LINE.finditer(text):
            piece = match[1]
            shown = piece.strip()
            if not shown:
                continue
            begin = match.start() + len(piece) - len(piece.lstrip())
            first, last = locate(begin), locate(begin + len(shown) - 1)
            middle = (first + last) // 2
            begin_box, middle_box, end_box = box(first), box(middle), box(last)
            # Text that runs from bottom to top is the stamp of an archive or the label of an axis.
            if len(shown) > 3 and abs(end_box[2] - begin_box[2]) > abs(end_box[1] - begin_box[0]):
                continue
            probes = {first, (first + middle) // 2, middle, (middle + last) // 2, last}
            size = median(measure(probe) for probe in probes)
            weight = median(raw.FPDFText_GetFontWeight(handle, probe) for probe in (first, middle, last))
            # Lines from right to left are mirrored, so that each begins at its left.
            is_mirrored = end_box[1] < begin_box[0]
            yield Line(
                number,
                -begin_box[1] if is_mirrored else begin_box[0],
                -end_box[0] if is_mirrored else end_box[1],
                min(begin_box[2], middle_box[2], end_box[2]),
                round(size, 1),
                weight >= _MIN_BOLD,
                order_letters(shown, begin) + HYPHEN * (match[2] == HYPHEN),
            )
    finally:
        text_page.close()
