"""Read text from bytes, a file or a stream. Only this package decodes bytes.

Most texts are UTF-8 and need no other module. :mod:`summarize.reading.charsets` guesses other charsets, and
:mod:`summarize.reading.webpages` reads web pages; both are imported only when needed. For data that is not
text, the error names its type.
"""

from __future__ import annotations

import os
from dataclasses import replace
from typing import TYPE_CHECKING, BinaryIO

from summarize.errors import InputError, UnknownNameError
from summarize.reading.binary import MAX_CONTROLS, count_controls, name_binary
from summarize.reading.documents import DOCUMENTS, read_document, recognize_document
from summarize.reading.formats import FORMATS, has_format, read_text

if TYPE_CHECKING:
    from summarize.document import Text

__all__ = [
    "FORMAT_NAMES",
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

# The most bytes of one document. Anything longer is not a text but a device, or a pipe without an end.
MAX_BYTES = 1 << 28
# After so many bytes, it is clear whether data is text.
_FIRST_BYTES = 1 << 20

_ACCEPTED = (
    "accepted are plain text (UTF-8, UTF-16, UTF-32 and common older charsets), HTML, PDF, Word and other "
    "documents"
)
FORMAT_NAMES = tuple(dict.fromkeys(("plain", "html", *DOCUMENTS, *FORMATS)))
"""Names of formats, for ``--input-format``."""


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
        if recognize_document(parts[0]) is None and not parts[0].startswith(b"PK"):
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
    name = recognize_document(data) if form is None else form
    if name is not None and (form is None or form in DOCUMENTS):
        return read_document(data, source, name, password)
    text, encoding, problems = decode_bytes(data, source)
    warnings = tuple(f"{source}: {problem}" for problem in problems)
    read = None
    # A README may begin with a tag.
    if form == "html" or (form is None and not has_format(source)):
        read = _read_page(text, source, is_page=form == "html")
    if read is None:
        read = read_text(text, source, form=form)
    return replace(read, warnings=warnings + read.warnings, encoding=encoding)


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
    from summarize.document import Text
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
        if name_binary(head):
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
        n_controls = count_controls(data)
        if n_controls > MAX_CONTROLS * len(data) and len(data) % 2 == 0 and not name_binary(data):
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
        kind = name_binary(data)
        place = data.index(b"\x00")
        raise InputError(
            source, f"seems to be {kind or f'binary data (NUL byte at offset {place})'}; {_ACCEPTED}"
        )
    return decoded


def _refuse_binary(data: bytes, source: str, n_controls: int) -> None:
    """Refuse data that has no NUL bytes but is not text."""
    kind = name_binary(data)
    if not kind and n_controls > MAX_CONTROLS * len(data):
        kind = f"binary data ({100 * n_controls / len(data):.0f} % control bytes)"
    if kind:
        raise InputError(source, f"seems to be {kind}; {_ACCEPTED}")
