"""Read books of Project Gutenberg: the license around them is not their text."""

from __future__ import annotations

import re

from summarize.reading.formats import read_range
from summarize.reading.structure import Builder

# Characters before the start marker, and after the end marker: the license has some 20,000.
_MAX_PREAMBLE = 40_000
_START = re.compile(
    r"^[ \t]*\*{3}[ \t]*START OF (?:THE|THIS) PROJECT GUTENBERG.*?\*{3}[ \t\r]*$"
    r"|^\*END[ *]*THE SMALL PRINT.*$",
    re.IGNORECASE | re.MULTILINE | re.DOTALL,
)
_END = re.compile(
    r"^[ \t]*\*{3}[ \t]*END OF (?:THE|THIS) PROJECT GUTENBERG"
    r"|^[ \t]*(?:This is the )?End of (?:the |this )?Project Gutenberg",
    re.IGNORECASE | re.MULTILINE,
)
_TITLE = re.compile(r"^(?:Title|Titre|Titel|Título|Titolo|Título):[ \t]*(.+)$", re.MULTILINE)
_CREDIT = re.compile(
    r"\s*(?:(?:Produced|Prepared|Transcribed|Scanned|E-?text prepared|This e-?text was).*?(?:\n[ \t]*\n|\Z))",
    re.IGNORECASE | re.DOTALL,
)


def read_gutenberg(builder: Builder, start: int, end: int, suffix: str = "") -> None:
    """Read a book of Project Gutenberg between its two markers.

    Parameters
    ----------
    builder : Builder
    start, end : int
        The range of the file. A text without the first marker is read as if it were not of the project.
    suffix : str, optional
        Of the file.

    Examples
    --------
    >>> book = "Title: The Sea\\n\\n*** START OF THIS PROJECT GUTENBERG EBOOK ***\\nIt rained."
    >>> builder = Builder(book)
    >>> read_gutenberg(builder, 0, len(book))
    >>> [block.kind for block in builder.build(None).blocks], builder.title
    (['boilerplate', 'text'], 'The Sea')
    """
    text = builder.text
    marker = _START.search(text, start, min(end, start + _MAX_PREAMBLE))
    if marker is None or marker.end() - marker.start() > 500:
        builder.format = "plain" if start == 0 else builder.format
        builder.add("text", start, end)
        return
    title = _TITLE.search(text, start, marker.start())
    if title:
        builder.set_title(title[1])
    last = _END.search(text, marker.end(), end)
    stop = last.start() if last else end
    credit = _CREDIT.match(text, marker.end(), min(stop, marker.end() + 2_000))
    begin = credit.end() if credit else marker.end()
    builder.add("boilerplate", start, begin)
    read_range(builder, begin, stop, suffix)
    builder.add("boilerplate", stop, end)
