"""The blocks of a web page: clean its tree, find the blocks of the main text, and write them down."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, NamedTuple

from summarize.document import Block
from summarize.reading.data_kinds import name_data

# What no reader sees, or what is there to be clicked.
_REMOVED = frozenset((
    "script", "style", "noscript", "template", "iframe", "object", "embed", "svg", "canvas", "video",
    "audio", "button", "select", "input", "textarea", "option", "datalist", "nav", "dialog", "map", "menu",
))  # fmt: skip
# The parser refuses these.
_CONTROLS = dict.fromkeys([*range(9), 11, 12, *range(14, 32), 0xFFFE, 0xFFFF, *range(0xD800, 0xE000)])
_INLINE = frozenset((
    "a", "abbr", "acronym", "b", "bdi", "bdo", "big", "cite", "code", "data", "del", "dfn", "em", "font",
    "i", "img", "ins", "kbd", "label", "mark", "meter", "nobr", "output", "picture", "progress", "q", "rp",
    "rt", "ruby", "s", "samp", "small", "source", "span", "strike", "strong", "sub", "sup", "time", "tt",
    "u", "var", "wbr", "br",
))  # fmt: skip
_HEADING = re.compile(r"h[1-6]\Z")
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
# Names of parts that are around a text, as words in a class or an identifier.
_AROUND = re.compile(
    r"(?:^|[\s_-])(?:share|sharing|shares|social|socials|breadcrumbs?|crumbs?|cookies?|newsletter|subscribe"
    r"|signup|sign-up|related|recommended|read-?more|promo|sponsor(?:ed)?|advert|advertisement|ad-slot|pagination"
    r"|pager|navbar|navigation|navbox|nav|menu|toolbar|skip-link|sr-only|visually-hidden|screen-reader-text"
    r"|comments?-(?:form|rules|policy|respond|prompt)|respond|prompt|paywall|popup|modal|tooltip|noprint|editsection"
    r"|mw-editsection|printfooter|catlinks|metadata|infobox-toggle|toc)(?:$|[\s_-])",
    re.IGNORECASE,
)
# A part with more of the text of the page than this is the page itself, whatever its name says.
_MAX_HIDDEN_SHARE = 0.5
# Class names that syntax highlighters give to programs.
_CODE_CLASS = re.compile(
    r"(?:^|[\s_-])(?:programlisting|synopsis|screen|highlight|prettyprint|sourcecode|code|brush:?|lang(?:uage)?|shell"
    r"|console|terminal)(?:$|[\s_-])",
    re.IGNORECASE,
)
_NOTE_MARK = re.compile(r"\s*[\[(]?(?:\d{1,3}|[a-z*†‡§])[\])]?\s*\Z")
# "Home | News | Sport", "Rivers > Protocols": at least three short parts.
_CRUMB = re.compile(r"[^|>»›·•/\n]{1,40}(?:\s[|>»›·•/]\s[^|>»›·•/\n]{1,40}){2,}\Z")
# A cell with more text than this is laid out, not tabulated.
_MAX_CELL = 200
_MIN_PIECE, _MIN_SENTENCE = 20, 60
# A block that trafilatura does not know belongs to the text if at most this share of it are links.
_MAX_LINK_SHARE = 0.3
# With less text than this, all of a page is its main text; or the main text was not found.
_MIN_MAIN = 200
# A part with more of the main text than this is part of it, whatever its name says.
_MAX_AROUND_SHARE = 0.2
_MIN_PAGE = 600


class PageBlock(NamedTuple):
    """A block of a page.

    Attributes
    ----------
    kind : str
        ``"heading"``, ``"paragraph"``, ``"item"``, ``"quotation"``, ``"caption"``, ``"table"`` or ``"text"``
        for preformatted lines.
    text : str
    level : int
        Level of a heading, from 1, or depth of an item, from 0.
    element : object
        The element that holds it.
    n_linked : int
        Characters of it that are in links.
    """

    kind: str
    text: str
    level: int
    element: Any
    n_linked: int


def clean_tree(tree: Any) -> None:
    """Remove what is hidden or around the text, and turn tables for layout into parts of the page.

    Parameters
    ----------
    tree : lxml.html.HtmlElement
        The page; it is changed.
    """
    _drop([each for each in tree.iter() if not isinstance(each.tag, str) or each.tag in _REMOVED])
    _drop([each for each in tree.iter("sup") if _is_note_mark(each)])
    most = _MAX_HIDDEN_SHARE * len("".join(tree.itertext()))
    hidden = [each for each in tree.iter() if _is_hidden(each)]
    # A script may show a whole page that is hidden at first.
    _drop([each for each in hidden if len("".join(each.itertext())) < most])
    for table in list(tree.iter("table")):
        if _is_layout(table):
            for part in table.iter("table", "tbody", "thead", "tfoot", "tr", "td", "th"):
                if _table_of(part) is table or part is table:
                    part.set("class", "")
            _unwrap(table)


def _drop(elements: list[Any]) -> None:
    """Remove elements, but not the text after them."""
    for element in elements:
        if element.getparent() is not None:
            element.drop_tree()


def _is_around(element: Any) -> bool:
    return _AROUND.search(f"{element.get('class', '')} {element.get('id', '')}") is not None


def _is_hidden(element: Any) -> bool:
    hidden = element.get("hidden")
    if hidden is not None and hidden != "until-found":
        return True
    return element.get("aria-hidden") == "true" or bool(_HIDDEN.search(element.get("style", "")))


def _is_note_mark(element: Any) -> bool:
    """Tell whether an element is the mark of a note: "<sup>4</sup>" after a word, not in "m<sup>2</sup>"."""
    if element.tag != "sup" or not _NOTE_MARK.match("".join(element.itertext())):
        return False
    if element.find(".//a") is not None:
        return True
    before = element.getprevious()
    text = (before.tail if before is not None else element.getparent().text) or ""
    # After a unit or a number it is a power.
    return re.search(r"(?:[.,;:!?)\"'”»]|[^\W\d_]{3,})\Z", text) is not None


def _is_layout(table: Any) -> bool:
    """Tell whether a table lays out a page: a cell holds a heading, a list or much text."""
    if table.get("role") == "presentation":
        return True
    for cell in table.iter("td", "th"):
        if _table_of(cell) is not table:
            continue
        if cell.find(".//table") is not None or any(_HEADING.match(str(part.tag)) for part in cell.iter()):
            return True
        paragraphs = sum(part.tag in ("p", "div", "ul", "ol") for part in cell)
        if paragraphs > 1 and len("".join(cell.itertext())) > _MAX_CELL:
            return True
    return False


def _table_of(element: Any) -> Any:
    return next(element.iterancestors("table"), None)


def _unwrap(table: Any) -> None:
    """Turn a table and its own rows and cells into divisions."""
    for part in list(table.iter("tbody", "thead", "tfoot", "tr", "td", "th", "caption")):
        if _table_of(part) is table:
            part.tag = "div"
    table.tag = "div"


def parse_page(data: bytes | str) -> Any:
    """Parse a page whose whole text counts, such as a chapter of a book.

    Parameters
    ----------
    data : bytes or str
        Bytes are in UTF-8, or in the charset that they declare as XML.

    Returns
    -------
    lxml.html.HtmlElement

    Examples
    --------
    >>> [block.text for block in list_blocks(parse_page("<h1>Gas</h1><p>It was <b>found</b>.</p>"))]
    ['Gas', 'It was found.']
    """
    import lxml.html

    text = data if isinstance(data, str) else ""
    if isinstance(data, bytes):
        declared = re.match(rb"\A(?:\xef\xbb\xbf)?\s*<\?xml[^>]*encoding=[\"']([\w.-]+)", data[:200])
        charset = declared[1].decode("ascii") if declared else "utf-8"
        try:
            text = data.decode(charset, "replace")
        except LookupError:
            text = data.decode("utf-8", "replace")
    # The markup is decoded already, and the parser rejects a `str` that declares a charset.
    markup = re.sub(r"\A\ufeff?\s*<\?xml[^>]*\?>", "", text).translate(_CONTROLS)
    return lxml.html.document_fromstring(markup or "<p></p>", parser=lxml.html.HTMLParser(huge_tree=True))


def list_blocks(tree: Any) -> list[PageBlock]:
    """List all blocks of a page in reading order.

    Parameters
    ----------
    tree : lxml.html.HtmlElement

    Returns
    -------
    list of PageBlock
    """
    body = tree.find(".//body")
    return [block for block in _walk(tree if body is None else body) if block.text]


def find_blocks(tree: Any, main: str) -> list[PageBlock]:
    """Find the blocks of the main text in reading order.

    Parameters
    ----------
    tree : lxml.html.HtmlElement
        From `clean_tree`.
    main : str
        The main text; its white space does not matter. Lists and headings between its paragraphs belong to
        it, even if it lacks them.

    Returns
    -------
    list of PageBlock
    """
    squeezed = _squeeze(main)
    around = [each for each in tree.iter() if _is_around(each) and each.tag not in ("body", "html")]
    _drop([each for each in around if not _holds_main(each, squeezed)])
    blocks = list_blocks(tree)
    is_main = [_squeeze(block.text)[:80] in squeezed and len(block.text) > 1 for block in blocks]
    found = sum(len(block.text) for block, known in zip(blocks, is_main, strict=True) if known)
    unlinked = [block for block in blocks if block.n_linked <= _MAX_LINK_SHARE * len(block.text)]
    whole = sum(len(block.text) for block in unlinked)
    if whole < _MIN_PAGE or found < _MIN_MAIN:
        inside = [block for block in unlinked if not _is_in(block.element, ("header", "footer", "aside"))]
        if whole < _MIN_PAGE or len(squeezed) >= _MIN_MAIN:
            return inside
        # Nobody knows what the main text of this page is. Sentences are likelier than labels.
        return [block for block in inside if block.kind == "heading" or len(block.text) >= _MIN_SENTENCE]
    places = [
        place
        for place, known in enumerate(is_main)
        if known and blocks[place].kind != "heading" and len(blocks[place].text) > _MIN_PIECE
    ]
    if not places:
        places = [place for place, known in enumerate(is_main) if known]
    homes = set()
    for place in places:
        for home in list(blocks[place].element.iterancestors())[:2]:
            homes.add(home)
    kept = []
    for place, block in enumerate(blocks):
        if is_main[place] or block.kind == "heading" and block.level == 1 and place < places[0]:
            kept.append(block)
        elif places[0] - 3 < place < places[-1] + 9 and block in unlinked and block.kind != "paragraph":
            near = list(block.element.iterancestors())[:2]
            if any(home in homes for home in near) and not _is_in(block.element, ("footer", "aside")):
                kept.append(block)
    while kept and kept[-1].kind == "heading":
        kept.pop()
    return kept


def _holds_main(element: Any, squeezed: str) -> bool:
    """Tell whether a part holds so much of the main text that its name cannot be true."""
    pieces = [piece for piece in map(_squeeze, element.itertext()) if len(piece) > _MIN_PIECE]
    known = sum(len(piece) for piece in pieces if piece in squeezed)
    return known > max(_MIN_MAIN, _MAX_AROUND_SHARE * len(squeezed))


def _is_in(element: Any, tags: tuple[str, ...]) -> bool:
    return element.tag in tags or next(element.iterancestors(*tags), None) is not None


def _squeeze(text: str) -> str:
    return "".join(text.split())


def _walk(element: Any, depth: int = 0) -> Iterator[PageBlock]:
    """Yield the blocks below an element."""
    pieces: list[str] = []
    linked = 0

    def flush() -> Iterator[PageBlock]:
        nonlocal linked
        text = _fold_lines("".join(pieces))
        if text:
            kind, level = _kind_of(element, depth)
            yield PageBlock(kind, text, level, element, linked)
        pieces.clear()
        linked = 0

    pieces.append(_plain(element.text))
    for child in element:
        tag = child.tag if isinstance(child.tag, str) else ""
        if tag == "br":
            pieces.append("\n")
        elif tag in _INLINE and not any(
            part.tag not in _INLINE for part in child.iter() if part is not child
        ):
            text = _inline(child)
            pieces.append(text)
            linked += sum(len(_inline(link)) for link in child.iter("a"))
        elif tag == "pre":
            yield from flush()
            yield PageBlock(_pre_kind(child), "".join(child.itertext()).strip("\n"), 0, child, 0)
        elif tag == "table":
            yield from flush()
            rows = [_row(row) for row in child.iter("tr")]
            n_linked = sum(len(_inline(link)) for link in child.iter("a"))
            yield PageBlock("table", "\n".join(filter(None, rows)), 0, child, n_linked)
        elif tag:
            yield from flush()
            yield from _walk(child, depth + (tag in ("ul", "ol") and _is_in(element, ("li",))))
        pieces.append(_plain(child.tail))
    yield from flush()


def _kind_of(element: Any, depth: int) -> tuple[str, int]:
    """Return the kind and the level of the text right below an element."""
    for each in (element, *element.iterancestors()):
        if _HEADING.match(each.tag):
            return "heading", int(each.tag[1])
        if each.tag in ("li", "dd"):
            return "item", depth
        if each.tag == "dt":
            return "label", 0
        if each.tag in ("figcaption", "caption"):
            return "caption", 0
        if each.tag == "blockquote":
            return "quotation", 0
        if each.tag not in ("p", "div", "span", *_INLINE):
            break
    return "paragraph", 0


def _pre_kind(element: Any) -> str:
    if element.find(".//code") is not None:
        return "code"
    around = element.getparent()
    names = f"{element.get('class', '')} {'' if around is None else around.get('class', '')}"
    if _CODE_CLASS.search(names) or name_data(element.text_content()):
        return "code"
    return "text"


def _row(row: Any) -> str:
    cells = [
        " ".join(block.text.replace("\n", " ") for block in _walk(cell)) for cell in row.iter("td", "th")
    ]
    return f"| {' | '.join(cells)} |" if any(cells) else ""


def _inline(element: Any) -> str:
    """Return the text of an element with its line breaks."""
    parts = [_plain(element.text)]
    for child in element:
        parts.append("\n" if child.tag == "br" else _inline(child))
        parts.append(_plain(child.tail))
    return "".join(parts)


def _plain(text: str | None) -> str:
    """Return the text of markup, in which a newline is a space."""
    return re.sub(r"\s", " ", text) if text else ""


def _fold_lines(text: str) -> str:
    return "\n".join(filter(None, (" ".join(line.split()) for line in text.split("\n"))))


def write_blocks(blocks: list[PageBlock]) -> tuple[str, tuple[Block, ...]]:
    """Write blocks one after another as a text.

    Parameters
    ----------
    blocks : list of PageBlock
        From `find_blocks`.

    Returns
    -------
    text : str
        Blank lines separate blocks; headings, lists and tables are written as in Markdown.
    blocks : tuple of Block
        The place of each in the text.
    """
    parts: list[str] = []
    place = 0
    last = ""
    ranges = []
    for block in blocks:
        mark = ""
        if block.kind == "heading":
            mark = "#" * block.level + " "
        elif block.kind == "item":
            mark = "  " * block.level + "- "
        gap = "" if not parts else "\n" if last == block.kind == "item" else "\n\n"
        begin = place + len(gap) + (len(mark) if block.kind == "item" else 0)
        piece = gap + mark + block.text
        parts.append(piece)
        place += len(piece)
        kind = "boilerplate" if block.kind != "text" and _CRUMB.match(block.text) else block.kind
        ranges.append(Block(begin, place, kind))
        last = block.kind
    return "".join(parts), tuple(ranges)
