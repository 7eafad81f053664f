"""Divide a text into stretches of prose, which is split into sentences, and the rest.

Where the format of the text gives its blocks, these decide. Elsewhere, the form of the lines does: see
:mod:`~summarize.segmentation.blocks` and :mod:`~summarize.segmentation.block_kinds`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from summarize.document import Block
from summarize.segmentation.block_kinds import classify_blocks
from summarize.segmentation.blocks import Line, find_blocks, find_lines, trim
from summarize.segmentation.furniture import find_furniture
from summarize.segmentation.lowercase import is_lowercase_text
from summarize.segmentation.markup import mask, mask_ranges
from summarize.segmentation.rules import Rules
from summarize.segmentation.title_pages import find_title_page
from summarize.segmentation.verse import find_verse

Stretch = tuple[int, int, int, str]
"""Start, end, number of its paragraph, and kind."""

# These are never chosen, even if nothing else is left.
NEVER_CHOSEN = frozenset(("boilerplate", "code", "markup", "metadata"))
_SENTENCE_KINDS = {"quoted": "quoted", "speech": "speech", "verse": "verse"}


class Layout(NamedTuple):
    """The stretches of a text.

    Attributes
    ----------
    view : str
        The text with everything but prose masked.
    prose : list of (int, int, int, str)
        Stretches to split into sentences, in reading order. The kind is that of their sentences, ``"speech"``
        or ``"verse"``.
    others : list of (int, int, int, str)
        The rest; a sentence may span them.
    lowercase : bool
        Whether the text begins its sentences with lower-case letters.
    """

    view: str
    prose: list[Stretch]
    others: list[Stretch]
    lowercase: bool


def find_stretches(
    view: str, blocks: Sequence[Block], holes: Sequence[tuple[int, int]], rules: Rules
) -> Layout:
    r"""Divide a text into stretches.

    Parameters
    ----------
    view : str
        A text with normalized newlines.
    blocks, holes : sequence
        What the format says, as in `summarize.document.Text`; empty if it says nothing.
    rules : Rules
        The rules of the language.

    Returns
    -------
    Layout

    Examples
    --------
    >>> from summarize.languages import find_language
    >>> from summarize.segmentation.rules import load_rules
    >>> rules = load_rules(find_language("en"))
    >>> find_stretches("Gas was found.\n\nIt rained.", (), (), rules).prose
    [(0, 14, 0, 'sentence'), (16, 26, 1, 'sentence')]
    """
    if blocks:
        masked = mask(view, blocks, holes)
        groups, others = _group(view, masked, blocks)
    else:
        masked = view
        groups, others = [("text", find_lines(view))], []
    apart: list[Stretch] = []
    for number, (kind, lines) in enumerate(groups):
        if kind == "text":
            kept, furniture = find_furniture(masked, lines)
            apart += [(start, end, -1, "navigation") for start, end, _ in furniture]
            groups[number] = (kind, kept)
    if apart:
        masked = mask_ranges(masked, [stretch[:2] for stretch in sorted(apart)])
        others += apart
    lowercase = is_lowercase_text(masked, [line for _, lines in groups for line in lines])
    prose: list[Stretch] = []
    paragraph = 0
    for kind, lines in groups:
        if kind == "text":
            for start, end, number, what in _read_form(masked, lines, rules, lowercase):
                prose.append((start, end, paragraph + number, what))
            paragraph = prose[-1][2] + 1 if prose else 0
        else:
            prose.append((lines[0][0], lines[-1][1], paragraph, _SENTENCE_KINDS.get(kind, "sentence")))
            paragraph += 1
    return Layout(masked, prose, others, lowercase)


def _read_form(view: str, lines: list[Line], rules: Rules, lowercase: bool) -> Iterator[Stretch]:
    """Divide lines into blocks by their form alone, and classify the blocks."""
    title_page = find_title_page(view, lines, rules, lowercase)
    taken = {k for first, stop, _ in title_page for k in range(first, stop)}
    verse = [
        (first, stop, "verse")
        for first, stop in find_verse(view, lines)
        if taken.isdisjoint(range(first, stop))
    ]
    blocks: list[tuple[int, int, int]] = []
    roles: dict[int, str] = {}
    at = 0
    for first, stop, kind in (*sorted(title_page + verse), (len(lines), len(lines), "")):
        paragraph = blocks[-1][2] + 1 if blocks else 0
        rest = lines[at:first]
        if rest:
            rest[0] = (*rest[0][:2], 1)
            blocks += [
                (start, end, number + paragraph) for start, end, number in find_blocks(view, rest, lowercase)
            ]
            paragraph = blocks[-1][2] + 1
        if first < stop:
            roles[len(blocks)] = kind
            blocks.append((lines[first][0], lines[stop - 1][1], paragraph))
        at = stop
    kinds = classify_blocks(view, blocks, rules, lowercase)
    for k, ((start, end, number), what) in enumerate(zip(blocks, kinds, strict=True)):
        role = roles.get(k, what)
        yield start, end, number, role if what == "sentence" or role == "verse" else what


def _group(
    view: str, masked: str, blocks: Sequence[Block]
) -> tuple[list[tuple[str, list[Line]]], list[Stretch]]:
    """Group the lines of blocks of prose that continue each other; list the other blocks and the gaps."""
    groups: list[tuple[str, list[Line]]] = []
    others: list[Stretch] = []
    end = 0
    for block in (*blocks, Block(len(view), len(view))):
        gap = trim(view, end, block.start) if end < block.start else (end, end)
        if gap[0] < gap[1]:
            others.append((*gap, -1, "markup"))
        if not block.is_prose:
            start, stop = trim(view, block.start, block.end)
            if start < stop:
                others.append((start, stop, -1, block.kind))
        end = block.end
        lines = _find_lines_of(masked, block) if block.is_prose else []
        if not lines:
            if block.is_prose and block.start < block.end:
                start, stop = trim(view, block.start, block.end)
                if start < stop:
                    others.append((start, stop, -1, "markup"))
            continue
        if block.continues and groups and groups[-1][0] == block.kind:
            groups[-1][1].append((lines[0][0], lines[0][1], 2))
            groups[-1][1].extend(lines[1:])
        else:
            groups.append((block.kind, lines))
    return groups, others


def _find_lines_of(view: str, block: Block) -> list[Line]:
    """Find the lines of a block; most blocks have one line."""
    if view.find("\n", block.start, block.end) >= 0:
        return find_lines(view, block.start, block.end)
    start, end = trim(view, block.start, block.end)
    return [(start, end, 1)] if start < end else []
