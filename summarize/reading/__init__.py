"""Read text from bytes, a file or a stream. Only this package decodes bytes.

Most texts are UTF-8 and need no other module. :mod:`summarize.reading.charsets` guesses other charsets, and
:mod:`summarize.reading.webpages` reads web pages; both are imported only when needed. For data that is not
text, the error names its type.
"""

from __future__ import annotations

import codecs
import os
from dataclasses import replace
from typing import BinaryIO

from summarize.document import Text
from summarize.errors import InputError, UnknownNameError
from summarize.reading.formats import FORMATS, has_format, read_text

__all__ = [
    "FORMAT_NAMES",
    "Text",
    "MAX_BYTES",
    "decode",
    "decode_bytes",
    "detect_charset",
    "read_bytes",
    "read_cell",
    "read_path",
    "read_stream",
    "read_text",
    "read_to_end",
]

# The most bytes of one document. More are no text that anyone reads, but a device or a pipe without an end.
MAX_BYTES = 1 << 28
# After so many bytes, it is clear whether data is text.
_FIRST_BYTES = 1 << 20

_ACCEPTED = (
    "accepted are plain text (UTF-8, UTF-16, UTF-32 and common older charsets), HTML, PDF, Word and other "
    "documents"
)
# How documents begin, whatever their names are; a mail has these headers near its beginning.
_DOCUMENT_NAMES = {
    **{name: name for name in ("pdf", "docx", "pptx", "xlsx", "opendocument", "epub", "xml", "rtf")},
    "mail": "mime",
}
FORMAT_NAMES = ("plain", "html", *_DOCUMENT_NAMES, *(name for name in FORMATS if name != "mail"))
"""Names of formats, for ``--input-format``."""
_DOCUMENT_STARTS = (b"%PDF-", b"PK\x03\x04", b"{\\rtf")
_MAIL_HEADERS = (
    b"ontent-Type",
    b"ontent-type",
    b"MIME-Version",
    b"Mime-Version",
    b"ontent-Transfer-Encoding",
)
_FIRST_HEADERS = 1 << 14
_XML_ROOTS = tuple(
    b"<" + name
    for name in (
        b"article",
        b"TEI",
        b"tei",
        b"book",
        b"chapter",
        b"section",
        b"refentry",
        b"rss",
        b"feed",
        b"rdf",
    )
    + (b"RDF", b"mediawiki")
)

# The first bytes of common binary formats.
_MAGIC = (
    (b"%PDF-", "a PDF document"),
    (b"{\\rtf", "an RTF document"),
    (b"%!PS", "a PostScript document"),
    (b"PK\x03\x04", "a ZIP archive"),
    (b"PK\x05\x06", "an empty ZIP archive"),
    (
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
        "an older or encrypted document of Microsoft Office, which libreoffice --convert-to docx converts",
    ),
    (b"\x89PNG\r\n\x1a\n", "a PNG image"),
    (b"\xff\xd8\xff", "a JPEG image"),
    (b"GIF87a", "a GIF image"),
    (b"GIF89a", "a GIF image"),
    (b"II*\x00", "a TIFF image"),
    (b"MM\x00*", "a TIFF image"),
    (b"\x1f\x8b", "gzip-compressed data"),
    (b"BZh", "bzip2-compressed data"),
    (b"\xfd7zXZ\x00", "xz-compressed data"),
    (b"\x28\xb5\x2f\xfd", "Zstandard-compressed data"),
    (b"7z\xbc\xaf\x27\x1c", "a 7-Zip archive"),
    (b"Rar!\x1a\x07", "a RAR archive"),
    (b"\x7fELF", "a program (ELF)"),
    (b"MZ", "a Windows program"),
    (b"\xcf\xfa\xed\xfe", "a program (Mach-O)"),
    (b"\xca\xfe\xba\xbe", "a Java class or a program (Mach-O)"),
    (b"SQLite format 3\x00", "a SQLite database"),
    (b"\x00\x01\x00\x00\x00", "a TrueType font"),
    (b"OTTO\x00", "an OpenType font"),
    (b"wOF", "a web font"),
    (b"ID3", "an MP3 recording"),
    (b"OggS", "an Ogg recording"),
    (b"fLaC", "a FLAC recording"),
    (b"RIFF", "a RIFF recording or image"),
    (b"\x93NUMPY", "a NumPy array"),
    (b"PAR1", "a Parquet table"),
)
# A text may begin with these bytes too ("MZ is a code."), so control characters must follow.
_PRINTABLE = (b"GIF", b"BZh", b"MZ", b"wOF", b"ID3", b"OggS", b"fLaC", b"RIFF", b"PAR1", b"OTTO")
_CONTROLS = bytes(code for code in range(32) if code not in b"\t\n\v\f\r\x1b") + b"\x7f"
# The share of control characters in text; binary data has more.
_MAX_CONTROLS = 0.05


def read_path(path: str | os.PathLike[str], *, password: str | None = None, form: str | None = None) -> Text:
    """Read the text of a file.

    Parameters
    ----------
    path : str or path-like
        Path of the file; also its name in messages.
    password, form : str, optional
        As for `decode`.

    Returns
    -------
    Text
        As from `decode`.

    Raises
    ------
    InputError
        If the path is a directory, or the file does not exist, cannot be read or is not text.
    MissingExtraError
        If it is a web page and the extra ``html`` is not installed.
    """
    source = os.fspath(path)
    return decode(read_bytes(source), source, password=password, form=form)


def read_bytes(source: str) -> bytes:
    """Read the bytes of a file, up to its size when it is opened.

    Parameters
    ----------
    source : str
        Path of the file; also its name in messages.

    Returns
    -------
    bytes

    Raises
    ------
    InputError
        If the path is a directory, or the file does not exist or cannot be read.

    Examples
    --------
    >>> read_bytes("missing.txt")
    Traceback (most recent call last):
        ...
    summarize.errors.InputError: missing.txt: there is no such file
    """
    try:
        with open(source, "rb") as file:
            # A file that grows while it is read might never end. Pipes and files in /proc report size 0.
            size = os.fstat(file.fileno()).st_size
            if size > MAX_BYTES:
                raise InputError(source, f"found {size:,} bytes; accepted: at most {MAX_BYTES:,}")
            return file.read(size) or read_to_end(file, source)
    except FileNotFoundError:
        raise InputError(source, "there is no such file") from None
    except IsADirectoryError:
        raise InputError(source, "is a directory, not a file") from None
    except PermissionError:
        problem = (
            "is a directory, not a file" if os.path.isdir(source) else "there is no permission to read it"
        )
        raise InputError(source, problem) from None
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
        raise InputError(source, f"cannot be read: {reason}") from None


def read_stream(
    stream: BinaryIO, source: str, *, password: str | None = None, form: str | None = None
) -> Text:
    """Read the text of a stream of bytes, such as standard input.

    Parameters
    ----------
    stream : binary file
        It is read to its end and not closed.
    source : str
        Name of the input in messages.
    password, form : str, optional
        As for `decode`.

    Returns
    -------
    Text
        As from `decode`.

    Raises
    ------
    InputError
        If it cannot be read or is not text.
    MissingExtraError
        If it is a web page and the extra ``html`` is not installed.
    """
    try:
        data = read_to_end(stream, source)
    except OSError as error:
        raise InputError(source, f"cannot be read: {error.strerror or error}") from None
    return decode(data, source, password=password, form=form)


def read_to_end(stream: BinaryIO, source: str) -> bytes:
    """Read a stream that may have no end, such as /dev/zero.

    Parameters
    ----------
    stream : binary file
    source : str
        Name of the input in messages.

    Returns
    -------
    bytes

    Raises
    ------
    InputError
        If there are more than `MAX_BYTES`, or the first megabyte is binary data.
    OSError
        If it cannot be read.

    Examples
    --------
    >>> import io
    >>> read_to_end(io.BytesIO(b"It rained."), "-")
    b'It rained.'
    """
    parts = [stream.read(_FIRST_BYTES)]
    if len(parts[0]) == _FIRST_BYTES:
        if not parts[0].startswith(_DOCUMENT_STARTS) and b"%PDF-" not in parts[0][:1024]:
            decode_bytes(parts[0], source)
        size = _FIRST_BYTES
        while part := stream.read(_FIRST_BYTES):
            parts.append(part)
            size += len(part)
            if size > MAX_BYTES:
                raise InputError(source, f"found no end within {MAX_BYTES:,} bytes; accepted: a shorter text")
    return b"".join(parts)


def decode(data: bytes, source: str, *, password: str | None = None, form: str | None = None) -> Text:
    """Decode the bytes of a text, a web page or a document, such as a PDF.

    Parameters
    ----------
    data : bytes
        The whole file.
    source : str
        Name of the input in messages.
    password : str, optional
        Of an encrypted PDF.
    form : str, optional
        The format, a name in `FORMAT_NAMES`; by default, the bytes and the suffix of the source tell it.

    Returns
    -------
    Text
        The text, its charset, and a warning for each problem.

    Raises
    ------
    InputError
        If the data is not text: a picture, an archive, or full of NUL or control bytes; or if it is a damaged
        or encrypted document.
    MissingExtraError
        If the package that reads it is not installed.

    Notes
    -----
    Charsets are tried in this order:

    1. the charset of a byte order mark;
    2. UTF-8;
    3. UTF-16 or UTF-32 without a byte order mark, by the positions of NUL bytes and spaces;
    4. UTF-8 with some lines in an older charset, with a warning;
    5. UTF-8 with errors, which become U+FFFD, with a warning that locates the first one;
    6. an older charset, such as Windows-1252.

    If another charset makes a text that is nearly as plausible, a warning says which one was taken.
    Byte-order marks inside the text are removed.

    Examples
    --------
    >>> decode("Größe".encode("cp1252"), "size.txt").encoding
    'cp1252'
    """
    if form not in FORMAT_NAMES and form is not None:
        raise UnknownNameError("format", form, FORMAT_NAMES)
    document = _read_document(data, source, password, form)
    if document is not None:
        return document
    text, encoding, problems = decode_bytes(data, source)
    warnings = tuple(f"{source}: {problem}" for problem in problems)
    read = None
    # A README may begin with a tag.
    if form == "html" or (form is None and not has_format(source)):
        read = _read_page(text, source, is_page=form == "html")
    if read is None:
        read = read_text(text, source, form=form)
    return replace(read, warnings=warnings + read.warnings, encoding=encoding)


def _read_document(data: bytes, source: str, password: str | None, form: str | None) -> Text | None:
    """Read a document such as a PDF; None for a text."""
    if form is None and not _may_be_document(data):
        return None
    from summarize.reading.documents import read_document, recognize_document

    name = recognize_document(data) if form is None else _DOCUMENT_NAMES.get(form)
    return None if name is None else read_document(data, source, name, password)


def _may_be_document(data: bytes) -> bool:
    """Tell whether data may be a document: a cheap test that rules out most texts."""
    head = data[:_FIRST_HEADERS]
    return (
        head.startswith(_DOCUMENT_STARTS)
        or b"%PDF-" in head[:1024]
        or b"\x00" in head
        or any(map(head.__contains__, _MAIL_HEADERS))
        or head.lstrip()[:5] == b"{\\rtf"
        or (b"<" in head[:200] and any(map(head.__contains__, _XML_ROOTS)))
    )


def read_cell(text: str, source: str) -> Text:
    """Read a text from a table, which may be a web page or a piece of one.

    Parameters
    ----------
    text : str
    source : str
        Name of the row in messages.

    Returns
    -------
    Text

    Raises
    ------
    InputError
        If it is a web page without text.
    MissingExtraError
        If it is a web page and the extra ``html`` is not installed.

    Examples
    --------
    >>> read_cell("It rained.", "a.csv:2").text
    'It rained.'
    """
    return _read_page(text, source, xml=True) or read_text(text, source)


def _read_page(text: str, source: str, *, xml: bool = False, is_page: bool = False) -> Text | None:
    """Read a text if it is a web page; refuse other XML unless `xml`."""
    # Most texts have no "<" near their beginning, so they need no import.
    if "<" not in text[:1024] and not is_page:
        return None
    from summarize.reading import webpages
    from summarize.reading.webpages import extract_page, is_xml

    if is_page or webpages.is_page(text):
        page = extract_page(text, source)
        return Text(page.text, page.blocks, title=page.title, source=source, format="html")
    if not xml and is_xml(text):
        raise InputError(source, f"seems to be an XML document; {_ACCEPTED}")
    return None


def detect_charset(head: bytes, source: str) -> tuple[str, tuple[str, ...]]:
    """Detect the charset of a file from its first bytes.

    Parameters
    ----------
    head : bytes
        Whole lines.
    source : str
        Name of the file in messages.

    Returns
    -------
    charset : str
        ``"utf-8"`` also if a few lines are something else.
    warnings : tuple of str
        A warning if the charset is not certain.

    Raises
    ------
    InputError
        If it is data of a known kind, such as a picture. A few control characters are errors of their lines.

    Examples
    --------
    >>> detect_charset("id,text\\n1,Größe\\n".encode("cp1252"), "a.csv")
    ('cp1252', ())
    """
    try:
        _, charset, problems = decode_bytes(head, source)
    except InputError:
        if _name_binary(head):
            raise
        return "utf-8", ()
    return charset, problems if charset != "utf-8" else ()


def decode_bytes(data: bytes, source: str) -> tuple[str, str, tuple[str, ...]]:
    r"""Decode the bytes of a text without looking for its format.

    Parameters
    ----------
    data : bytes
    source : str
        Name of the input in messages.

    Returns
    -------
    text, charset : str
    warnings : tuple of str

    Raises
    ------
    InputError
        If the data is not text.

    Examples
    --------
    >>> decode_bytes("Größe".encode("cp1252"), "a.txt")
    ('Größe', 'cp1252', ())
    """
    if data.startswith((b"\xff\xfe", b"\xfe\xff", b"\x00\x00\xfe\xff")):
        from summarize.reading.charsets import decode_marked

        return decode_marked(data)
    if b"\x00" not in data:
        n_controls = len(data) - len(data.translate(None, _CONTROLS))
        if n_controls > _MAX_CONTROLS * len(data) and len(data) % 2 == 0 and not _name_binary(data):
            from summarize.reading.charsets import decode_wide_letters

            letters = decode_wide_letters(data)
            if letters is not None:
                return letters
        _refuse_binary(data, source, n_controls)
        try:
            text = data.decode("utf-8")
        except UnicodeDecodeError:
            from summarize.reading.charsets import decode_other

            return decode_other(data)
        if b"\x1b$" in data:
            from summarize.reading.charsets import decode_escaped

            return decode_escaped(data, text)
        # The mark is also between files that were joined to one.
        return text.replace("\ufeff", ""), "utf-8", ()
    from summarize.reading.charsets import decode_wide

    decoded = decode_wide(data)
    if decoded is None:
        kind = _name_binary(data)
        place = data.index(b"\x00")
        raise InputError(
            source, f"seems to be {kind or f'binary data (NUL byte at offset {place})'}; {_ACCEPTED}"
        )
    return decoded


def _refuse_binary(data: bytes, source: str, n_controls: int) -> None:
    """Refuse data that has no NUL bytes but is not text."""
    kind = _name_binary(data)
    if not kind and n_controls > _MAX_CONTROLS * len(data):
        kind = f"binary data ({100 * n_controls / len(data):.0f} % control bytes)"
    if kind:
        raise InputError(source, f"seems to be {kind}; {_ACCEPTED}")


def _name_binary(data: bytes) -> str:
    """Name the kind of binary data by its first bytes, or return ``""``."""
    head = data[:300].removeprefix(codecs.BOM_UTF8)
    for magic, kind in _MAGIC:
        if head.startswith(magic) and (
            not magic.startswith(_PRINTABLE) or len(head.translate(None, _CONTROLS)) < len(head)
        ):
            return kind
    if head[257:262] == b"ustar":
        return "a tar archive"
    return "an MP4 recording or image" if head[4:8] == b"ftyp" and b"\x00" in head[:4] else ""
