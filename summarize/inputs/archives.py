"""Archives of texts: ZIP and tar. Nothing is ever unpacked to disk."""

from __future__ import annotations

import tarfile
import zipfile
import zlib
from collections.abc import Iterator
from typing import IO

from summarize.errors import InputError
from summarize.inputs import Item, Reading, find_reader
from summarize.inputs.compressed import MOST_BYTES, open_plain, open_raw, read_bounded
from summarize.inputs.directories import explain_nothing, is_included


def read_zip(path: str, reading: Reading) -> Iterator[Item]:
    """The texts in a ZIP archive, in the order of its directory, which is held in memory.

    Raises
    ------
    InputError
        If it is not a ZIP archive, a broken one, or has no texts in it.
    """
    try:
        with open_raw(path) as raw, zipfile.ZipFile(raw) as archive:
            found = False
            for member in archive.infolist():
                if not member.is_dir() and _is_wanted(member.filename, reading):
                    found = True
                    yield _read_zipped(archive, member, path)
            if not found:
                raise InputError(path, explain_nothing("archive", reading))
    except zipfile.BadZipFile as error:
        raise InputError(path, f"not a ZIP archive, or a broken one: {error}") from None


def _read_zipped(archive: zipfile.ZipFile, member: zipfile.ZipInfo, path: str) -> Item:
    source = f"{path}/{member.filename}"
    if _escapes(member.filename):
        return _refuse_path(source)
    if member.flag_bits & 1:
        return Item(source, "problem", "is encrypted", "refused")
    try:
        with archive.open(member) as file:
            data = read_bounded(file, member.compress_size, source)
    except InputError as error:
        return Item(source, "problem", error.problem, member.filename)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, OSError) as error:
        return Item(source, "problem", f"is broken in its archive: {error}", member.filename)
    return Item(source, "bytes", data, member.filename, size=len(data))


def read_tar(path: str, reading: Reading) -> Iterator[Item]:
    """The texts in a tar archive, compressed or not, in one pass.

    Raises
    ------
    InputError
        If it is not a tar archive, a broken one, or has no texts in it.
    """
    try:
        with open_raw(path) as raw:
            packed = raw.seek(0, 2)
        with open_plain(path) as file, tarfile.open(fileobj=file, mode="r|") as archive:
            found = False
            for member in archive:
                if member.isfile() and _is_wanted(member.name, reading):
                    found = True
                    yield _read_tarred(archive, member, path, packed)
                # It keeps a list of all that went by.
                vars(archive)["members"] = []
            if not found:
                raise InputError(path, explain_nothing("archive", reading))
    except tarfile.TarError as error:
        raise InputError(path, f"not a tar archive, or a broken one: {error}") from None


def _read_tarred(archive: tarfile.TarFile, member: tarfile.TarInfo, path: str, packed: int) -> Item:
    source = f"{path}/{member.name}"
    if _escapes(member.name):
        return _refuse_path(source)
    if member.size > MOST_BYTES:
        return Item(source, "problem", f"refused: {member.size:,} bytes", "refused")
    file: IO[bytes] | None = archive.extractfile(member)
    assert file is not None  # it is a regular file
    try:
        data = read_bounded(file, packed, source)
    except InputError as error:
        return Item(source, "problem", error.problem, member.name)
    return Item(source, "bytes", data, member.name, size=len(data))


def _is_wanted(name: str, reading: Reading) -> bool:
    parts = name.replace("\\", "/").split("/")
    hidden = any(part.startswith(".") and part not in (".", "..") for part in parts)
    if hidden or "__MACOSX" in parts or find_reader(name):
        return False
    return is_included(name, reading)


def _escapes(name: str) -> bool:
    """Whether a path leads out of the folder that it is put in."""
    slashed = name.replace("\\", "/")
    return slashed.startswith("/") or ".." in slashed.split("/") or slashed[1:2] == ":"


def _refuse_path(source: str) -> Item:
    return Item(source, "problem", "refused: its path leads out of the archive", "refused")
