"""The formats of documents: files whose text is packed, such as PDF and Word.

To add a format, write its module and its line here; its name is then one of ``--input-format``, and its
suffixes are read below directories and in archives. A package may add one by an entry point (see
`load_readers`).
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import TYPE_CHECKING, Any, NamedTuple

from summarize.errors import InputError, SummarizeError
from summarize.registry import import_target

if TYPE_CHECKING:
    from summarize.document import Text

# Bytes at the beginning of a file that show its format; a PDF may have others before its mark.
_HEAD, _PDF_HEAD = 1 << 14, 1024
_MAIL_HEADERS = (
    b"ontent-Type",
    b"ontent-type",
    b"MIME-Version",
    b"Mime-Version",
    b"ontent-Transfer-Encoding",
)
_XML_ROOTS = (
    b"<article",
    b"<TEI",
    b"<tei",
    b"<book",
    b"<chapter",
    b"<section",
    b"<refentry",
    b"<rss",
    b"<feed",
    b"<rdf",
    b"<RDF",
    b"<mediawiki",
)
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
    hint : callable
        ``(bytes) -> bool``: whether the bytes of a file may be in this format, whatever its name is.
    test : str
        ``"module:function"`` of a function ``(bytes) -> bool`` that decides, if `hint` cannot.
    takes_password : bool
        Whether the reader has the keyword `password`.
    """

    target: str
    about: str
    suffixes: tuple[str, ...]
    hint: Callable[[bytes], bool]
    test: str = ""
    takes_password: bool = False

    def load(self) -> Callable[..., Text]:
        """Import the reader."""
        return import_target(self.target)

    def matches(self, data: bytes) -> bool:
        """Tell whether the bytes of a file are in this format."""
        return self.hint(data) and (not self.test or bool(import_target(self.test)(data)))


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
    "xml": DocumentFormat(
        "summarize.reading.xml_documents:read_xml",
        "an XML document (JATS, TEI, DocBook, RSS, Atom or MediaWiki)",
        (".xml", ".nxml", ".jats", ".tei", ".dbk", ".rss", ".atom"),
        lambda data: b"<" in data[:200] and any(map(data[:_HEAD].__contains__, _XML_ROOTS)),
        test="summarize.reading.xml_documents:is_xml_document",
    ),
    "mail": DocumentFormat(
        "summarize.reading.mime:read_mime",
        "an e-mail",
        (".eml", ".mhtml", ".mht"),
        lambda data: any(map(data[:_HEAD].__contains__, _MAIL_HEADERS)),
        test="summarize.reading.mime:is_mime",
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
        The name of an entry point or a key of `DOCUMENTS`; None for what is a text, or unknown.

    Examples
    --------
    >>> recognize_document(b"%PDF-1.7 and more"), recognize_document(b"It rained.")
    ('pdf', None)
    """
    own = next((name for name, each in DOCUMENTS.items() if each.matches(data)), None)
    if own is None and b"\x00" not in data[:_HEAD]:
        return None
    return next((name for name, each in load_readers().items() if each.matches(data)), own)


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
    each = load_readers().get(name) or DOCUMENTS[name]
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

    An entry point names a `DocumentFormat`. It is asked before the formats here, so that it can read what
    they refuse, such as scanned pages. It is not asked about other files, unless they have NUL bytes.
    """
    from importlib.metadata import entry_points

    return {each.name: each.load() for each in entry_points(group=_ENTRY_POINTS)}
