"""The formats of documents: files whose text is packed, such as PDF and Word.

To add a format, write its module and its line here. Its suffixes are then read below directories and in
archives, and its extra is named where it is missing. A package may add one by an entry point (see
`load_readers`).
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from importlib import import_module
from typing import Any, NamedTuple

from summarize.document import Text
from summarize.errors import InputError, SummarizeError
from summarize.reading.mime import is_mime
from summarize.reading.xml_documents import is_xml_document

# Bytes at the beginning of a file that show its format; a PDF may have others before its mark.
_HEAD, _PDF_HEAD = 4096, 1024
_ENTRY_POINTS = "summarize.readers"


class DocumentFormat(NamedTuple):
    """A format of documents.

    Attributes
    ----------
    target : str
        ``"module:function"`` of the reader, ``(bytes, source) -> Text``.
    about : str
        What it is, for people: ``"a PDF document"``.
    suffixes : tuple of str
        Of file names.
    matches : callable
        ``(bytes) -> bool``: whether the bytes of a file are in this format, whatever its name is.
    takes_password : bool
        Whether the reader has the keyword `password`.
    """

    target: str
    about: str
    suffixes: tuple[str, ...]
    matches: Callable[[bytes], bool]
    takes_password: bool = False

    def load(self) -> Callable[..., Text]:
        """Import the reader."""
        module, _, function = self.target.partition(":")
        reader: Callable[..., Text] = getattr(import_module(module), function)
        return reader


def _has_part(data: bytes, *names: bytes) -> bool:
    """Tell whether a ZIP archive has parts of these names; they are in its directory, at its end."""
    return data.startswith(b"PK\x03\x04") and any(name in data[-(1 << 20) :] for name in names)


def _has_type(data: bytes, kind: bytes) -> bool:
    """Tell whether the first part of a ZIP archive says what it is, as OpenDocument and EPUB do."""
    head = data[:200]
    return head.startswith(b"PK\x03\x04") and b"mimetype" in head[:60] and kind in head


DOCUMENTS = {
    "pdf": DocumentFormat(
        "summarize.reading.pdf:read_pdf",
        "a PDF document",
        (".pdf",),
        lambda data: b"%PDF-" in data[:_PDF_HEAD] and not data.startswith(b"PK"),
        takes_password=True,
    ),
    "docx": DocumentFormat(
        "summarize.reading.ooxml:read_docx",
        "a Word document",
        (".docx", ".docm", ".dotx"),
        lambda data: _has_part(data, b"word/document"),
    ),
    "pptx": DocumentFormat(
        "summarize.reading.ooxml:read_pptx",
        "a PowerPoint presentation",
        (".pptx", ".pptm", ".ppsx"),
        lambda data: _has_part(data, b"ppt/presentation"),
    ),
    "xlsx": DocumentFormat(
        "summarize.reading.ooxml:read_xlsx",
        "an Excel workbook",
        (".xlsx", ".xlsm"),
        lambda data: _has_part(data, b"xl/workbook"),
    ),
    "opendocument": DocumentFormat(
        "summarize.reading.opendocument:read_opendocument",
        "an OpenDocument file",
        (".odt", ".ott", ".odp", ".ods"),
        lambda data: (
            _has_type(data, b"application/vnd.oasis.opendocument")
            or (_has_part(data, b"content.xml") and _has_part(data, b"META-INF/manifest.xml"))
        ),
    ),
    "epub": DocumentFormat(
        "summarize.reading.epub:read_epub",
        "an e-book",
        (".epub",),
        lambda data: _has_type(data, b"application/epub") or _has_part(data, b"META-INF/container.xml"),
    ),
    "mime": DocumentFormat("summarize.reading.mime:read_mime", "a mail", (".eml",), is_mime),
    "xml": DocumentFormat(
        "summarize.reading.xml_documents:read_xml",
        "an XML document (JATS, TEI, DocBook, RSS or Atom)",
        (".xml", ".nxml", ".jats", ".tei", ".dbk", ".rss", ".atom"),
        is_xml_document,
    ),
    "rtf": DocumentFormat(
        "summarize.reading.rtf:read_rtf",
        "an RTF document",
        (".rtf",),
        lambda data: data[:_HEAD].lstrip().startswith(b"{\\rtf"),
    ),
}


def recognize_document(data: bytes) -> str | None:
    """Name the format of a document by its bytes.

    Parameters
    ----------
    data : bytes

    Returns
    -------
    str or None
        A key of `DOCUMENTS`, or the name of an entry point; None for what is a text, or unknown.

    Examples
    --------
    >>> recognize_document(b"%PDF-1.7 and more"), recognize_document(b"It rained.")
    ('pdf', None)
    """
    for name, each in DOCUMENTS.items():
        if each.matches(data):
            return name
    return next((name for name, each in load_readers().items() if each.matches(data)), None)


def read_document(data: bytes, source: str, name: str, password: str | None = None) -> Text:
    """Read a document in a known format.

    Parameters
    ----------
    data : bytes
    source : str
        Name of the document in messages.
    name : str
        A key of `DOCUMENTS`.
    password : str, optional
        Of an encrypted document.

    Returns
    -------
    Text

    Raises
    ------
    InputError
        If it cannot be read.
    MissingExtraError
        If the package that reads it is not installed.
    """
    each = DOCUMENTS.get(name) or load_readers()[name]
    choices: dict[str, Any] = {"password": password} if each.takes_password else {}
    try:
        return each.load()(data, source, **choices)
    except SummarizeError:
        raise
    except Exception as error:  # Damage that nobody has thought of, and readers of other packages.
        problem = f"is {each.about} that cannot be read: {type(error).__name__}: {error}"
        raise InputError(source, problem) from error


@cache
def load_readers() -> dict[str, DocumentFormat]:
    """Load the readers that other packages bring, as entry points of the group ``summarize.readers``.

    An entry point names a `DocumentFormat`.
    """
    from importlib.metadata import entry_points

    return {each.name: each.load() for each in entry_points(group=_ENTRY_POINTS)}
