"""Open documents that are ZIP archives with XML inside, such as Word and EPUB, without writing to disk."""

from __future__ import annotations

import io
import posixpath
import zipfile
import zlib
from collections.abc import Iterator
from typing import Any
from xml.etree import ElementTree

from summarize.errors import InputError

# The most bytes of one part of a package, and of all of its parts together. A longer text is a bomb.
MAX_PART, MAX_PACKAGE = 1 << 28, 1 << 30
# The most elements of one part.
_MAX_ELEMENTS = 20_000_000


def local_name(element: ElementTree.Element) -> str:
    """Return the name of an element without its namespace, in small letters; empty for a comment.

    Examples
    --------
    >>> local_name(ElementTree.fromstring("<a:Title xmlns:a='urn:a'/>"))
    'title'
    """
    return element.tag.rpartition("}")[2].lower() if isinstance(element.tag, str) else ""


class Package:
    """The parts of a document in a ZIP archive.

    Parameters
    ----------
    data : bytes
    source : str
        Name of the document in messages.

    Raises
    ------
    InputError
        If it is not a ZIP archive, or a damaged one.
    """

    def __init__(self, data: bytes, source: str) -> None:
        self.source = source
        self._left = MAX_PACKAGE
        try:
            self._archive = zipfile.ZipFile(io.BytesIO(data))
        except (zipfile.BadZipFile, OSError, ValueError) as error:
            raise InputError(source, f"is a damaged document: {error}") from None
        self.names = frozenset(self._archive.namelist())

    def read(self, name: str) -> bytes:
        """Read a part.

        Raises
        ------
        InputError
            If it is missing, damaged, encrypted or too large.
        """
        try:
            info = self._archive.getinfo(name)
            if info.flag_bits & 1:
                raise InputError(self.source, "is encrypted; accepted: documents without a password")
            if info.file_size > min(MAX_PART, self._left):
                size = f"{info.file_size:,}"
                raise InputError(self.source, f"found {size} bytes in {name}; accepted: at most {MAX_PART:,}")
            with self._archive.open(info) as file:
                # The size in the directory of the archive may be wrong.
                data = file.read(min(MAX_PART, self._left) + 1)
        except KeyError:
            raise InputError(self.source, f"is a damaged document: it has no {name}") from None
        except (zipfile.BadZipFile, zlib.error, EOFError, ValueError, OSError, RuntimeError) as error:
            raise InputError(self.source, f"is a damaged document: {name}: {error}") from None
        self._left -= len(data)
        if len(data) > MAX_PART or self._left < 0:
            raise InputError(self.source, f"found more than {MAX_PART:,} bytes in {name}; accepted: fewer")
        return data

    def parse(self, name: str) -> ElementTree.Element:
        """Parse a part that is XML, and return its root."""
        for root in self.iterate(name, None):
            return root
        raise InputError(self.source, f"is a damaged document: {name} is empty")

    def iterate(self, name: str, tag: str | None) -> Iterator[ElementTree.Element]:
        """Yield the elements of a part that have a tag, as soon as each is read; without a tag, the root.

        Whoever is done with an element may clear it, so that a long part needs little memory.
        """
        yield from parse_xml(self.read(name), self.source, name, tag)

    def find_relations(self, name: str) -> dict[str, tuple[str, str]]:
        """Return the type and the target of each relation of a part of Office Open XML, by identifier."""
        folder, base = posixpath.split(name)
        relations = posixpath.join(folder, "_rels", f"{base}.rels")
        if relations not in self.names:
            return {}
        found = {}
        for each in self.parse(relations):
            target = str(each.get("Target", ""))
            if each.get("TargetMode") != "External":
                path = target.lstrip("/") if target.startswith("/") else posixpath.join(folder, target)
                target = posixpath.normpath(path)
            found[str(each.get("Id"))] = (str(each.get("Type", "")).rpartition("/")[2], target)
        return found


def parse_xml(
    data: bytes, source: str, name: str = "it", tag: str | None = None
) -> Iterator[ElementTree.Element]:
    """Parse XML in bounded memory.

    Parameters
    ----------
    data : bytes
    source : str
        Name of the document in messages.
    name : str, optional
        Name of the part.
    tag : str, optional
        Of the elements to yield; without it, the root is.

    Yields
    ------
    Element

    Raises
    ------
    InputError
        If it is not well-formed, or its entities are a bomb, which the parser notices.
    """
    parser: Any = ElementTree.XMLPullParser(("start", "end"))
    depth = n_elements = 0
    root: Any = None
    try:
        for start in range(0, len(data), 1 << 16):
            parser.feed(data[start : start + (1 << 16)])
            events: Any = parser.read_events()
            for event, element in events:
                if event == "start":
                    root = element if root is None else root
                    depth += 1
                    n_elements += 1
                    if depth > 200 or n_elements > _MAX_ELEMENTS:
                        raise InputError(
                            source, f"found too many elements in {name}; accepted: a real document"
                        )
                    continue
                depth -= 1
                if tag is not None and element.tag == tag:
                    yield element
        parser.close()
    except ElementTree.ParseError as error:
        raise InputError(source, f"is a damaged document: {name} is not valid XML: {error}") from None
    if tag is None and root is not None:
        yield root
