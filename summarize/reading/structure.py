"""Build up what a format says about a text: its blocks, its holes, its title.

A reader of a text format is a function ``(Builder, start, end) -> None``. It adds the blocks of a range of
the text, from its start to its end. What it does not mention is not text.
"""

from __future__ import annotations

from collections.abc import Iterator

from summarize.document import Block, Mark, Text


class Builder:
    r"""The structure of a text, while it is found out.

    Parameters
    ----------
    text : str
        The decoded text. A reader of a container, such as a notebook, may replace it before it adds anything.

    Attributes
    ----------
    text : str
    title : str or None
        The first title that is found stays.
    format : str
        The format that the text was read as; inside a wrapper, that of its content.
    warnings : list of str
        What the user should know.

    Examples
    --------
    >>> builder = Builder("# Sea\nGas was found.")
    >>> builder.add("heading", 0, 5)
    >>> builder.add("paragraph", 6, 20)
    >>> [block.kind for block in builder.build("sea.md").blocks]
    ['heading', 'paragraph']
    """

    def __init__(self, text: str) -> None:
        self.text = text
        self.title: str | None = None
        self.format = "plain"
        self.warnings: list[str] = []
        self._blocks: list[Block] = []
        self._holes: list[tuple[int, int]] = []
        self._marks: list[Mark] = []

    def add(
        self,
        kind: str,
        start: int,
        end: int,
        *,
        continues: bool = False,
        speaker: str | None = None,
        time: str | None = None,
        level: int = 0,
    ) -> None:
        """Add a block; its fields are those of `summarize.document.Block`. An empty one is not added."""
        if start < end:
            self._blocks.append(Block(start, end, kind, continues, speaker, time, level))

    def add_hole(self, start: int, end: int) -> None:
        """Add a range inside a block that is not text, such as the address of a link."""
        if start < end:
            self._holes.append((start, end))

    def add_mark(self, start: int, kind: str, value: int | str) -> None:
        """Add where a page or the like begins; its fields are those of `summarize.document.Mark`."""
        self._marks.append(Mark(start, kind, value))

    def set_title(self, title: str) -> None:
        """Set the title, with white space folded, unless there is one."""
        self.title = self.title or " ".join(title.split()) or None

    def iterate_lines(self, start: int, end: int) -> Iterator[tuple[int, int]]:
        r"""Yield start and end of each line in a range, without the white space at its end.

        Examples
        --------
        >>> list(Builder("one\r\ntwo").iterate_lines(0, 8))
        [(0, 3), (5, 8)]
        """
        text = self.text
        while start < end:
            stop = text.find("\n", start, end)
            follow = stop + 1
            if stop < 0:
                stop = follow = end
            while stop > start and text[stop - 1] in " \t\r":
                stop -= 1
            yield start, stop
            start = follow

    def build(self, source: str | None) -> Text:
        """Return the text with its structure.

        Parameters
        ----------
        source : str or None

        Returns
        -------
        Text
            Without blocks if everything is of the kind ``"text"``: then the format says nothing.
        """
        blocks = tuple(self._blocks)
        if len(blocks) == 1 and blocks[0].kind == "text" and not self._holes:
            is_whole = not self.text[: blocks[0].start].strip() and not self.text[blocks[0].end :].strip()
            blocks = () if is_whole else blocks
        return Text(
            self.text,
            blocks,
            tuple(sorted(self._holes)),
            self.title,
            tuple(self.warnings),
            source,
            format=self.format,
            marks=tuple(self._marks),
        )
