"""Write down the text of a container, such as a PDF: its blocks one after the other, with their labels.

The formats of texts describe a text that is there (see :mod:`~summarize.reading.structure`). A container has
no such text: its reader composes one, which the user sees with ``--with-text``.
"""

from __future__ import annotations

import re
from typing import Any

from summarize.document import PROSE, Block, Mark, Text
from summarize.reading.passages import is_label, may_have_labels, show

# Bullets; the last two are from Word's symbol fonts.
_BULLET = re.compile("\\A(?:[•‣◦▪●–—·*\uf0b7\uf0a7]|-(?!-))\\s+")
# A line of these follows the one before it directly; all else has a blank line before it.
_TIGHT = frozenset(("item", "table", "code"))


class Composer:
    """The text of a container, while it is read.

    Attributes
    ----------
    title : str or None
    warnings : list of str
        What the user should know.

    Examples
    --------
    >>> composer = Composer()
    >>> composer.mark("page", 1)
    >>> composer.add("heading", "Results", level=1)
    >>> composer.add("paragraph", "Gas was found.")
    >>> text = composer.compose("report.pdf", "pdf")
    >>> text.text, text.marks
    ('Results\\n\\nGas was found.', (Mark(start=0, kind='page', value=1),))
    """

    def __init__(self) -> None:
        self.title: str | None = None
        self.warnings: list[str] = []
        self._parts: list[str] = []
        self._blocks: list[Block] = []
        self._marks: list[Mark] = []
        self._waiting: dict[str, int | str] = {}
        self._current: dict[str, int | str] = {}
        self._size = 0

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to read in it."""
        return not any(block.is_prose or block.kind == "heading" for block in self._blocks)

    def mark(self, kind: str, value: int | str) -> None:
        """Say on which page or the like the next block is; the fields are those of `Mark`."""
        if self._current.get(kind) != value:
            self._waiting[kind] = self._current[kind] = value

    def drop_marks(self, kind: str) -> None:
        """Take back all marks of a kind."""
        self._marks = [mark for mark in self._marks if mark.kind != kind]

    def add(self, kind: str, text: str, **labels: Any) -> None:
        """Add a block; the labels are fields of `Block`. One without text is not added."""
        text = text.strip()
        if kind == "item":
            text = _BULLET.sub("", text)
        if not text:
            return
        if self._parts:
            is_tight = kind in _TIGHT and self._blocks[-1].kind == kind
            self._parts.append("\n" if is_tight else "\n\n")
            self._size += len(self._parts[-1])
        self._marks += [Mark(self._size, name, value) for name, value in self._waiting.items()]
        self._waiting = {}
        self._parts.append(text)
        self._blocks.append(Block(self._size, self._size + len(text), kind, **labels))
        self._size += len(text)

    def add_text(self, text: Text, **labels: Any) -> None:
        """Add a text that was read already, with its blocks; without blocks, it is one of plain text."""
        for block in text.blocks or (Block(0, len(text.text), "text"),):
            fields = {"level": block.level, "speaker": block.speaker, "time": block.time}
            holes = [hole for hole in text.holes if block.start <= hole[0] < block.end]
            part = text.text[block.start : block.end]
            if holes:
                part = show(text.text, block.start, block.end, holes)
            self.add(block.kind, part, **(fields | labels))

    def compose(self, source: str | None, form: str) -> Text:
        """Return the text with its blocks and marks.

        Parameters
        ----------
        source : str or None
        form : str
            Name of the format.

        Returns
        -------
        Text
            A text without any prose has paragraphs in place of its headings.
        """
        blocks = self._mark_labels()
        title = self.title or self._find_title()
        if not any(block.kind in PROSE or block.kind == "text" for block in blocks):
            kinds = {"heading": "paragraph", "item": "paragraph"}
            blocks = [
                Block(block.start, block.end, kinds.get(block.kind, block.kind), level=block.level)
                for block in blocks
            ]
        return Text(
            "".join(self._parts),
            tuple(blocks),
            title=title,
            warnings=tuple(f"{source}: {each}" for each in self.warnings),
            source=source,
            format=form,
            marks=tuple(self._marks),
        )

    def _mark_labels(self) -> list[Block]:
        """Make headings of the paragraphs that are labels, such as a bold line that stands for a heading."""
        whole = "".join(self._parts)
        texts = {
            block.start: whole[block.start : block.end] for block in self._blocks if block.kind == "paragraph"
        }
        if not may_have_labels(list(texts.values())):
            return self._blocks
        return [
            block._replace(kind="heading") if is_label(texts.get(block.start, ".")) else block
            for block in self._blocks
        ]

    def _find_title(self) -> str | None:
        """Return the heading that the document begins with, if it is above all others."""
        headings = [block for block in self._blocks if block.kind == "heading" and block.level]
        if not headings or headings[0] is not self._blocks[0]:
            return None
        first, *rest = headings
        is_above = all(block.level > first.level for block in rest)
        text = "".join(self._parts)[first.start : first.end]
        return " ".join(text.split()) if rest and is_above else None
