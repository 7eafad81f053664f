"""Read front matter: the metadata in YAML or TOML at the head of a Markdown file."""

from __future__ import annotations

import re

from summarize.reading.formats import has_format, read_range
from summarize.reading.structure import Builder

# Lines to look for the end of the front matter.
_MAX_LINES = 400
_KEY = re.compile(r"[\"']?(title|titre|titel|título|name)[\"']?[ \t]*[:=][ \t]*(.*)", re.IGNORECASE)
_FIELD = re.compile(r"[\w\"'.-]+[ \t]*[:=]|\s|-\s|\[|#|\]|\Z")


def read_front_matter(builder: Builder, start: int, end: int, suffix: str = "") -> None:
    """Read a file with front matter; its title becomes the title of the text.

    Parameters
    ----------
    builder : Builder
    start, end : int
        The range of the file.
    suffix : str, optional
        Of the file.

    Examples
    --------
    >>> builder = Builder("---\\ntitle: 'Gas at sea'\\n---\\nGas was found.")
    >>> read_front_matter(builder, 0, 41)
    >>> builder.title, builder.build(None).blocks[-1].kind
    ('Gas at sea', 'paragraph')
    """
    text = builder.text
    fence = ""
    for number, (begin, stop) in enumerate(builder.iterate_lines(start, end)):
        line = text[begin:stop].strip().removeprefix("\ufeff")
        if not number:
            fence = line
            continue
        if line == fence or (line == "..." and fence == "---"):
            builder.add("metadata", start, stop)
            # Front matter stands above Markdown, unless the name of the file says otherwise.
            read_range(builder, stop, end, suffix if has_format(f"x{suffix}") else ".md")
            return
        key = _KEY.match(line)
        if key and text[begin] not in " \t":
            builder.set_title(key[2].strip("\"' "))
        if number > _MAX_LINES or not _FIELD.match(text, begin, stop):
            break
    # No end, or a line that is not a field: the first line was only a rule.
    builder.title = None
    builder.format = "plain"
    builder.add("text", start, end)
