"""Archives of texts: ZIP and tar. Nothing is ever extracted to disk."""

from __future__ import annotations

import tarfile
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import suppress
from typing import IO

from summarize.errors import InputError
from summarize.inputs import find_reader
from summarize.inputs.compressed import open_plain, open_raw, read_bounded
from summarize.inputs.directories import explain_no_match, is_included
from summarize.inputs.items import Item, Reading
from summarize.reading import MAX_BYTES, detect_charset

# Charsets that a program writes names in without saying so.
_NATIONAL = frozenset(
    ("utf-8", "cp932", "euc_jp", "gb18030", "big5", "cp949", "cp866", "cp1251", "cp737", "cp862")
)


def read_zip(path: str, reading: Reading) -> Iterator[Item]:
    """Find the texts in a ZIP archive.

    Parameters
    ----------
    path : str
        Path of the archive.
    reading : Reading
        Which members to read.

    Yields
    ------
    Item
        Texts in the order of the archive's directory, which is held in memory; a problem for each member
        that cannot be read.

    Raises
    ------
    InputError
        If the file is not a ZIP archive, is damaged, or contains no texts.
    """
    try:
        with open_raw(path) as raw, zipfile.ZipFile(raw) as archive:
            found = False
            names = _decode_names(archive.infolist())
            for member in archive.infolist():
                name = names.get(member.filename, member.filename)
                if not member.is_dir() and _is_wanted(name, reading):
                    found = True
                    yield _read_zipped(archive, member, name, path)
            if not found:
                raise InputError(path, explain_no_match("archive", reading))
    except zipfile.BadZipFile as error:
        raise InputError(path, f"not a ZIP archive, or a damaged one: {error}") from None


def _decode_names(members: list[zipfile.ZipInfo]) -> dict[str, str]:
    """Decode the names that an archive does not mark as UTF-8, and that `zipfile` takes for CP437.

    Many programs write UTF-8 without the mark, or the charset of their country. All names of an archive are
    in one charset.
    """
    raw = {}
    for member in members:
        if not member.flag_bits & 0x800 and not member.filename.isascii():
            with suppress(UnicodeEncodeError):
                raw[member.filename] = member.filename.encode("cp437")
    if not raw:
        return {}
    charset, _ = detect_charset(b"\n".join(raw.values()), "names")
    if charset not in _NATIONAL:
        return {}  # CP437, as the standard says
    return {name: data.decode(charset, "replace") for name, data in raw.items()}


def _read_zipped(archive: zipfile.ZipFile, member: zipfile.ZipInfo, name: str, path: str) -> Item:
    source = f"{path}/{name}"
    if _escapes(name):
        return _refuse_path(source)
    if member.flag_bits & 1:  # bit 0 means encryption
        return Item(source, "problem", "is encrypted; accepted: members without a password", "refused")
    try:
        with archive.open(member) as file:
            data = read_bounded(file, member.compress_size, source)
    except InputError as error:
        return Item(source, "problem", error.problem, name)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, OSError) as error:
        return Item(source, "problem", f"is damaged in the archive: {error}", name)
    return Item(source, "bytes", data, name, size=len(data))


def read_tar(path: str, reading: Reading) -> Iterator[Item]:
    """Find the texts in a tar archive, compressed or not, in one pass.

    Parameters
    ----------
    path : str
        Path of the archive.
    reading : Reading
        Which members to read.

    Yields
    ------
    Item
        Texts in the order of the archive; a problem for each member that cannot be read.

    Raises
    ------
    InputError
        If the file is not a tar archive, is damaged, or contains no texts.
    """
    try:
        with open_raw(path) as raw:
            compressed_size = raw.seek(0, 2)
        with open_plain(path) as file, tarfile.open(fileobj=file, mode="r|") as archive:
            found = False
            for member in archive:
                if member.isfile() and _is_wanted(member.name, reading):
                    found = True
                    yield _read_tarred(archive, member, path, compressed_size)
                # `tarfile` collects every member that it has passed; memory would grow with the archive.
                vars(archive)["members"] = []
            if not found:
                raise InputError(path, explain_no_match("archive", reading))
    except tarfile.TarError as error:
        raise InputError(path, f"not a tar archive, or a damaged one: {error}") from None


def _read_tarred(archive: tarfile.TarFile, member: tarfile.TarInfo, path: str, compressed_size: int) -> Item:
    source = f"{path}/{member.name}"
    if _escapes(member.name):
        return _refuse_path(source)
    if member.size > MAX_BYTES:
        problem = f"refused: found {member.size:,} bytes; accepted: at most {MAX_BYTES:,}"
        return Item(source, "problem", problem, "refused")
    file: IO[bytes] | None = archive.extractfile(member)
    assert file is not None  # only regular files get here
    try:
        data = read_bounded(file, compressed_size, source)
    except InputError as error:
        return Item(source, "problem", error.problem, member.name)
    return Item(source, "bytes", data, member.name, size=len(data))


def _is_wanted(name: str, reading: Reading) -> bool:
    """Tell whether to read a member: a visible file that is included and neither a table nor an archive."""
    parts = name.replace("\\", "/").split("/")
    hidden = any(part.startswith(".") and part not in (".", "..") for part in parts)
    if hidden or "__MACOSX" in parts or find_reader(name) not in (None, ".mbox"):
        return False
    return is_included(name, reading)


def _escapes(name: str) -> bool:
    """Tell whether a member would be extracted outside the target directory, like `../x` and `C:\\x`."""
    slashed = name.replace("\\", "/")
    return slashed.startswith("/") or ".." in slashed.split("/") or slashed[1:2] == ":"


def _refuse_path(source: str) -> Item:
    return Item(
        source,
        "problem",
        "refused: its path leads out of the archive; accepted: relative paths without ..",
        "refused",
    )
