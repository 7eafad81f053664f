"""Name data that is not text by its first bytes, for messages."""

from __future__ import annotations

import codecs

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
MAX_CONTROLS = 0.05


def count_controls(data: bytes) -> int:
    """Count the control bytes that texts do not have.

    Examples
    --------
    >>> count_controls(b"It rained.\\n"), count_controls(b"\\x01\\x02")
    (0, 2)
    """
    return len(data) - len(data.translate(None, _CONTROLS))


def name_binary(data: bytes) -> str:
    """Name the kind of binary data by its first bytes.

    Parameters
    ----------
    data : bytes

    Returns
    -------
    str
        Such as ``"a PNG image"``; empty for a text, and for data of no known kind.

    Examples
    --------
    >>> name_binary(b"SQLite format 3\\x00"), name_binary(b"It rained.")
    ('a SQLite database', '')
    """
    head = data[:300].removeprefix(codecs.BOM_UTF8)
    for magic, kind in _MAGIC:
        if head.startswith(magic) and (not magic.startswith(_PRINTABLE) or count_controls(head)):
            return kind
    if head[257:262] == b"ustar":
        return "a tar archive"
    return "an MP4 recording or image" if head[4:8] == b"ftyp" and b"\x00" in head[:4] else ""
