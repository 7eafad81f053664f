"""Read AsciiDoc: paragraphs, items, notes and quotations, without attributes, listings, tables and macros."""

from __future__ import annotations

import re

from summarize.reading.passages import Passage, Span, add_passages, show
from summarize.reading.structure import Builder

_HEADING = re.compile(r"(={1,6}|#{1,6})[ \t]+(\S.*)")
_ATTRIBUTE = re.compile(r":!?[A-Za-z0-9_][\w -]*!?:(?:[ \t]|\Z)")
# Their content is not prose: listings, literals, pass-throughs, comments, tables.
_FENCE = re.compile(r"(?:-{4,}|\.{4,}|\+{4,}|/{4,}|[|,:!]={3,}|```\w*)\Z")
# Their content is prose: examples, sidebars, quotations, open blocks.
_FRAME = re.compile(r"(?:={4,}|\*{4,}|_{4,}|--)\Z")
_LABEL = re.compile(r"\[[^\[\]]*\]\Z|\[\[[^\[\]]*\]\]\Z|\[.*\]\Z")
_BLOCK_TITLE = re.compile(r"\.[^\s.].*")
_COMMENT = re.compile(r"//(?!/)")
_MACRO = re.compile(
    r"(?:image|video|audio|include|toc|ifdef|ifndef|ifeval|endif|plantuml|gist|tag|end)::\S*\[?.*\]?\Z"
)
_ITEM = re.compile(r"[ \t]*(?:\*{1,5}|-|\.{1,5}|\d{1,3}\.|[a-z]\.|<\d{1,2}>|<\.>)[ \t]+(?:\[[ xX*]\][ \t]+)?")
_TERM = re.compile(r"[ \t]*(?!:)(\S[^\n]{0,200}?):{2,4}(?:[ \t]+|\Z)")
_ADMONITION = re.compile(r"(?:NOTE|TIP|IMPORTANT|WARNING|CAUTION):[ \t]+")
_UNDERLINE = re.compile(r"([-=~^+])\1{2,}\Z")
_INLINE = re.compile(
    r"(?P<anchor>\[\[[^\[\]\n]{1,200}\]\]|\(\(\([^()\n]{1,300}\)\)\)|footnote(?:ref)?:\w{0,40}\[[^\[\]]{0,1000}\]"
    r"|(?:image|icon|indexterm|anchor|stem|kroki):{1,2}[^\s\[\]]{0,500}\[[^\[\]]{0,500}\])"
    r"|<<(?P<target>[^<>,\n]{1,200})(?:,[ \t]*(?P<label>[^<>\n]{1,300}))?>>"
    r"|(?P<link>(?:(?:link|xref|mailto|pass|kbd|btn|menu|https?|ftp):{1,2}[^\s\[\]]{0,1000})\[)(?P<words>[^\[\]]{0,500})\]"
    r"|(?P<role>\[[.#%][^\[\]\n]{1,100}\](?=[#*_`]))"
    r"|(?P<attribute>\{(?:nbsp|empty|sp|zwsp)\})"
    r"|(?P<mark>``|\*\*|__|##|(?<![\w*_`#])[*_`#](?=[^\s*_`#])|(?<=[^\s*_`#])[*_`#](?![\w*_`#]))"
    r"|(?P<more> \+$)",
    re.MULTILINE,
)


def read_asciidoc(builder: Builder, start: int, end: int) -> None:
    r"""Read AsciiDoc; its header is its title.

    Parameters
    ----------
    builder : Builder
    start, end : int
        The range of the text.

    Examples
    --------
    >>> text = (
    ...     "= Gas at sea\n:toc:\n\n----\ngas.find()\n----\n\n* Gas was *found*.\n\nTIP: It is "
    ...     "link:d.html[deep]."
    ... )
    >>> builder = Builder(text)
    >>> read_asciidoc(builder, 0, len(text))
    >>> builder.title, [block.kind for block in builder.build(None).blocks]
    ('Gas at sea', ['heading', 'metadata', 'code', 'code', 'code', 'item', 'paragraph'])
    """
    text = builder.text
    lines = list(builder.iterate_lines(start, end))
    passages: list[Passage] = []
    run: list[Span] = []
    kind = "paragraph"
    marker = 0
    fence = ""
    is_quote = is_header = is_literal = False

    def close() -> None:
        nonlocal kind, marker, is_literal
        if run:
            begin, stop = run[0][0], run[-1][1]
            holes = _find_holes(text, begin + marker, stop)
            if marker:
                holes.append((begin, begin + marker))
            passages.append(Passage("code" if is_literal else kind, begin, stop, holes))
            run.clear()
        kind, marker, is_literal = "quotation" if is_quote else "paragraph", 0, False

    for k, (begin, stop) in enumerate(lines):
        line = text[begin:stop].rstrip()
        if fence:
            passages.append(Passage("code" if fence[0] not in "|,:!" else "table", begin, stop))
            if line == fence:
                fence = ""
            continue
        if not line.strip():
            close()
            is_header = False
            continue
        under = text[lines[k + 1][0] : lines[k + 1][1]].rstrip() if k + 1 < len(lines) else ""
        is_under = bool(run) is False and _UNDERLINE.match(under) and abs(len(under) - len(line)) < 3
        heading = _HEADING.match(line) if not run else None
        if heading or is_under:
            close()
            is_header = not passages
            if is_header or len(passages) == 0:
                builder.set_title(heading[2] if heading else line)
            passages.append(Passage("heading", begin, stop))
        elif (
            _UNDERLINE.match(line)
            and passages
            and passages[-1].kind == "heading"
            and passages[-1].end == lines[k - 1][1]
        ):
            continue
        elif is_header or _ATTRIBUTE.match(line):
            # The author, the version and the attributes follow the title.
            close()
            passages.append(Passage("metadata", begin, stop))
        elif _FENCE.match(line):
            close()
            fence = "```" if line.startswith("```") else line
            passages.append(Passage("code" if fence[0] not in "|,:!" else "table", begin, stop))
        elif _FRAME.match(line):
            is_quote = line[0] == "_" and not is_quote
            close()
        elif _COMMENT.match(line) or _MACRO.match(line) or line == "+" or line == "<<<" or line == "'''":
            close()
        elif not run and (_LABEL.match(line) or _BLOCK_TITLE.match(line)):
            close()
            is_literal = line.startswith(("[source", "[listing", "[literal"))
            if _BLOCK_TITLE.match(line):
                passages.append(Passage("caption", begin, stop))
        elif term := _TERM.match(line) if "::" in line else None:
            close()
            if term.end() < len(line):
                kind, marker = "item", term.end()
                run.append((begin, stop))
            else:
                passages.append(Passage("heading", begin, stop))
        elif not is_literal and (item := _ITEM.match(line)):
            close()
            kind, marker = "item", item.end()
            run.append((begin, stop))
        else:
            if not run and (note := _ADMONITION.match(line)):
                marker = note.end()
            elif not run and line[0] in " \t":
                is_literal = True
            run.append((begin, stop))
    close()
    add_passages(builder, passages)


def _find_holes(text: str, start: int, end: int) -> list[Span]:
    """Find addresses, notes and marks of emphasis, which are not printed."""
    holes: list[Span] = []
    for match in _INLINE.finditer(text, start, end):
        begin, stop = match.span()
        if match["target"]:
            if match["label"]:
                holes += [(begin, match.start("label")), (stop - 2, stop)]
            else:
                holes += [(begin, begin + 2), (stop - 2, stop)]
        elif match["link"]:
            words = match["words"].partition(",")[0] if "=" in match["words"] else match["words"]
            first = match.start("words")
            if show(text, first, first + len(words)):
                holes += [(begin, first), (first + len(words), stop)]
            else:
                holes.append((first - 1, stop))
        else:
            holes.append((begin, stop))
    return holes
