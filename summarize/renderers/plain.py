"""Summaries for people: text, Markdown, and an outline by sections."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, NamedTuple

from summarize.patterns import rare

if TYPE_CHECKING:
    from summarize.summary import Summary

_MARKUP = rare(r"([\\`*_\[\]<>])")
_MAX_DEPTH = 6


class _Item(NamedTuple):
    """A sentence as it is printed.

    Attributes
    ----------
    text : str
    cite : str
        Its place, if that is wanted and known.
    link : str
        The address of its place, if there is one.
    section : tuple of str
    reasons : list of str
        The lines of its explanation.
    """

    text: str
    cite: str
    link: str
    section: tuple[str, ...]
    reasons: list[str]


def render_text(summary: Summary) -> str:
    """Render one sentence per line, with its explanation indented below.

    Parameters
    ----------
    summary : Summary

    Returns
    -------
    str
        White space inside a sentence is folded to single spaces. Sentences of several texts follow the name
        of their text. With `Summary.cite`, a sentence is followed by its place.

    Examples
    --------
    >>> from summarize import summarize
    >>> print(render_text(summarize("Gas was found at sea. It rained.", length=1)), end="")
    Gas was found at sea.
    """
    runs = [
        (source, "".join(map(_write_line, items))) for source, items in _list_items(summary, summary.order)
    ]
    if summary.document.parts:
        return "\n".join(f"==> {source} <==\n{lines}" for source, lines in runs)
    return "".join(lines for _, lines in runs)


def render_markdown(summary: Summary) -> str:
    """Render a bulleted list in Markdown, with markup in the sentences escaped.

    Parameters
    ----------
    summary : Summary

    Returns
    -------
    str
        For several texts, one list under the name of each. With `Summary.cite`, a sentence is followed by its
        place; that of a PDF is a link to the page.

    Examples
    --------
    >>> from summarize import summarize
    >>> print(render_markdown(summarize("2 * 3 = 6.", language="en")), end="")
    - 2 \\* 3 = 6.
    """
    runs = [
        (source, "".join(map(_write_bullet, items))) for source, items in _list_items(summary, summary.order)
    ]
    if summary.document.parts:
        return "\n".join(f"## {_escape(str(source))}\n\n{items}" for source, items in runs)
    return "".join(items for _, items in runs)


def render_outline(summary: Summary) -> str:
    r"""Render the sentences as lists below the headings of their sections, in Markdown.

    Parameters
    ----------
    summary : Summary

    Returns
    -------
    str
        Sentences are in reading order. Without headings, the outline is a list.

    Examples
    --------
    >>> from summarize import summarize
    >>> from summarize.reading import read_text
    >>> text = "# Weir\n\n## Repairs\n\nIt is closed in May.\n\n## Fish\n\nThey climb a ladder."
    >>> print(render_outline(summarize(read_text(text, "weir.md"), length=2)), end="")
    ## Repairs
    <BLANKLINE>
    - It is closed in May.
    <BLANKLINE>
    ## Fish
    <BLANKLINE>
    - They climb a ladder.
    """
    # Blank lines separate headings and lists.
    blocks: list[str] = []
    last: tuple[str, ...] = ()
    for source, items in _list_items(summary, summary.indices):
        if summary.document.parts:
            blocks.append(f"# {_escape(str(source))}\n")
            last = ()
        for item in items:
            if item.section != last or not blocks or blocks[-1].startswith("#"):
                first = _count_common(item.section, last)
                for depth, heading in enumerate(item.section[first:], first + 2):
                    blocks.append(f"{'#' * min(depth, _MAX_DEPTH)} {_escape(heading)}\n")
                blocks.append("")
                last = item.section
            is_told = bool(item.section) and item.cite == item.section[-1]
            blocks[-1] += _write_bullet(item._replace(cite="") if is_told else item)
    return "\n".join(blocks)


def _count_common(section: tuple[str, ...], last: tuple[str, ...]) -> int:
    """Count the headings of a section that need not be written again."""
    n = 0
    while n < min(len(section), len(last)) and section[n] == last[n]:
        n += 1
    # Behind a part of it, a section needs its heading again.
    return n - 1 if n and n == len(section) < len(last) else n


def _list_items(summary: Summary, order: Sequence[int]) -> list[tuple[str | None, list[_Item]]]:
    """List the sentences of each source in an order, each with its place and its explanation."""
    reasons: dict[int, list[str]] = {}
    if summary.explanations:
        from summarize.renderers.explanations import describe_explanations

        reasons = describe_explanations(summary)
    document = summary.document
    runs: list[tuple[str | None, list[_Item]]] = []
    last: object = runs
    places = dict(zip(summary.order, summary.places, strict=True))
    for index in order:
        place = places[index]
        part = document.find_part(index)
        source = part.source if part else document.source
        if last is not part:
            runs.append((source, []))
            last = part
        cite = place.cite() if summary.cite else ""
        link = ""
        if cite and place.page is not None and str(source).lower().endswith(".pdf"):
            from urllib.parse import quote

            link = f"{quote(str(source))}#page={place.page}"
        text = document.sentences[index].printed
        runs[-1][1].append(_Item(text, cite, link, place.section, reasons.get(index, [])))
    return runs


def _write_line(item: _Item) -> str:
    """Write an item as a line of text."""
    cite = f" [{item.cite}]" if item.cite else ""
    return f"{item.text}{cite}\n{_indent(item.reasons, '    ')}"


def _write_bullet(item: _Item) -> str:
    """Write an item of a list in Markdown."""
    cite = ""
    if item.link:
        cite = f" [{_escape(item.cite)}]({item.link})"
    elif item.cite:
        cite = f" \\[{_escape(item.cite)}\\]"
    return f"- {_escape(item.text)}{cite}\n{_indent(map(_escape, item.reasons), '  - ')}"


def _indent(lines: Iterable[str], prefix: str) -> str:
    return "".join(f"{prefix}{line}\n" for line in lines)


def _escape(text: str) -> str:
    return _MARKUP.sub(r"\\\1", text)
