"""Where sentences are in their document: on which page, under which headings, said by whom."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from summarize.document import CANDIDATES, Document
from summarize.errors import OptionError
from summarize.patterns import rare

# "## Results", "== Results ==", "** Results": what shows the level of a heading in its text.
_LEVEL = rare(r"(#{1,6}|\*{1,8})\s|(={1,6})[^=]+={1,6}\s*\Z|(={2,6})\s")


class Place(NamedTuple):
    """Where a sentence is.

    Attributes
    ----------
    section : tuple of str
        The headings above it, the highest first; empty if there are none. A heading that is the title of the
        whole document is not among them.
    page, slide, cell : int or None
        Numbers from 1.
    sheet, chapter : str or None
        Names.
    speaker, time : str or None
        Who says it, and when.

    Examples
    --------
    >>> Place(("Results",), page=3).cite()
    'p. 3'
    """

    section: tuple[str, ...] = ()
    page: int | None = None
    slide: int | None = None
    cell: int | None = None
    sheet: str | None = None
    chapter: str | None = None
    speaker: str | None = None
    time: str | None = None

    @classmethod
    def of(cls, record: Mapping[str, Any]) -> Place:
        """Return the place in the record of a sentence, as `to_dict` has written it there."""
        known = {name: record[name] for name in cls._fields if record.get(name)}
        return cls(**(known | {"section": tuple(known.get("section", ()))}))

    def cite(self) -> str:
        """Describe the place in a few characters: "p. 12", "slide 3", "12:31 Ada", or the last heading."""
        parts = []
        for name, value in (("p. ", self.page), ("slide ", self.slide), ("cell ", self.cell)):
            if value is not None:
                parts.append(f"{name}{value}")
        if self.sheet is not None:
            parts.append(self.sheet)
        said = " ".join(each for each in (self.time, self.speaker) if each)
        if said:
            parts.append(said)
        if not parts and self.section:
            parts.append(self.section[-1])
        elif not parts and self.chapter is not None:
            parts.append(self.chapter)
        return ", ".join(parts)

    def to_dict(self) -> dict[str, Any]:
        """Return what is known of the place as JSON types; nothing is null."""
        record = {name: value for name, value in self._asdict().items() if value}
        return record | ({"section": list(self.section)} if self.section else {})


def parse_pages(pages: str) -> list[range]:
    """Parse numbers of pages.

    Parameters
    ----------
    pages : str

    Returns
    -------
    list of range

    Raises
    ------
    OptionError
        If it is neither numbers nor ranges.

    Examples
    --------
    >>> parse_pages("1, 4-6")
    [range(1, 2), range(4, 7)]
    """
    ranges = []
    for piece in str(pages).split(","):
        first, dash, last = (each.strip() for each in piece.partition("-"))
        if not first.isdecimal() or (dash and last and not last.isdecimal()):
            raise OptionError(f"pages: found {pages!r}; accepted: numbers and ranges, such as 3-9 or 1,4-6")
        end = int(last) if last else (10**9 if dash else int(first))
        ranges.append(range(int(first), end + 1))
    return ranges


def find_places(document: Document, indices: Iterable[int]) -> list[Place]:
    """Find the places of sentences.

    Parameters
    ----------
    document : Document
    indices : iterable of int
        Of the sentences, in any order.

    Returns
    -------
    list of Place
        One for each index.

    Notes
    -----
    Where the format gives no levels, as in plain text, a section has one heading: the last one above it.

    Examples
    --------
    >>> from summarize import segment
    >>> from summarize.reading import read_text
    >>> text = "# Gas\\n\\n## At sea\\n\\nIt was found.\\n\\n## On land\\n\\nIt is gone."
    >>> document = segment(read_text(text, "a.md"))
    >>> [place.section for place in find_places(document, [2, 4])]
    [('At sea',), ('On land',)]
    """
    wanted = list(indices)
    sections = _find_sections(document, wanted)
    marks: dict[str, tuple[list[int], list[int | str]]] = {}
    for mark in document.marks:
        starts, values = marks.setdefault(mark.kind, ([], []))
        starts.append(mark.start)
        values.append(mark.value)
    places = []
    for index in wanted:
        start = document.sentences.starts[index]
        part = document.find_part(index)
        labels: dict[str, Any] = {}
        for kind, (starts, values) in marks.items():
            at = bisect_right(starts, start) - 1
            if at >= 0 and (part is None or starts[at] >= part.start):
                labels[kind] = values[at]
        block = document.find_block(index)
        if block is not None:
            labels |= {"speaker": block.speaker, "time": block.time}
        places.append(Place(sections[index], **labels))
    return places


def _find_sections(document: Document, indices: list[int]) -> dict[int, tuple[str, ...]]:
    """Find the headings above sentences, by one pass over the headings of the document."""
    sections: dict[int, tuple[str, ...]] = {}
    ranges = [(part.first, part.stop) for part in document.parts] or [(0, len(document))]
    for first, stop in ranges:
        headings = _list_headings(document, first, stop)
        path: list[tuple[int, str]] = []
        at = 0
        for index in sorted({index for index in indices if first <= index < stop}):
            while at < len(headings) and headings[at][0] <= index:
                _, level, text = headings[at]
                while path and path[-1][0] >= level:
                    path.pop()
                path.append((level, text))
                at += 1
            sections[index] = tuple(text for _, text in path)
    return sections


def _list_headings(document: Document, first: int, stop: int) -> list[tuple[int, int, str]]:
    """List the headings of a text with their levels and words, without the one that is its title."""
    kinds = document.sentences.kinds
    found = [i for i in range(first, stop) if kinds[i] == "heading"]
    levels = [_find_level(document, i) for i in found]
    lowest = min(levels, default=0)
    is_above = len(found) > 1 and lowest and levels[0] == lowest and levels.count(lowest) == 1
    if is_above and CANDIDATES.isdisjoint(kinds[first : found[0]]):
        found, levels = found[1:], levels[1:]
    return [
        (i, level or 1, document.sentences[i].printed) for i, level in zip(found, levels, strict=True)
    ]


def _find_level(document: Document, index: int) -> int:
    """Return the level of a heading, as its block or its marks give it; 0 if nothing does."""
    block = document.find_block(index)
    if block is not None and block.level:
        return block.level
    text = document.sentences[index].text
    marks = _LEVEL.match(text) if text.startswith(("#", "=", "*")) else None
    return len(marks[marks.lastindex or 0]) if marks else 0
