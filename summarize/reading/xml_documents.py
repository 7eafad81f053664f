"""Read documents in XML: papers in JATS and TEI, manuals in DocBook, feeds, and what a wiki exports."""

from __future__ import annotations

import re
from dataclasses import replace
from xml.etree.ElementTree import Element

from summarize.document import Text
from summarize.errors import InputError
from summarize.reading.composing import Composer
from summarize.reading.packages import local_name, parse_xml

_HEAD = 8192
_ROOT = re.compile(
    rb"<(?:[\w-]+:)?(?P<name>article|TEI(?:\.2)?|teiCorpus|book|chapter|section|refentry|rss|feed|RDF|mediawiki)(?P<rest>\s[^<>]*)?>"
)
# An <article> of a web page has none of these.
_XML = re.compile(
    rb"\A\s*<\?xml|<!DOCTYPE\s+(?!html)|xmlns(?::\w+)?=|dtd-version=|article-type=", re.IGNORECASE
)

# Local names of elements. What a section is called follows from its first child.
_HEADINGS = frozenset(("title", "head"))
_PARAGRAPHS = frozenset(("p", "para", "simpara", "ab", "formalpara", "term"))
_ITEMS = frozenset(("list-item", "item", "listitem", "step", "answer", "question"))
_QUOTATIONS = frozenset(("disp-quote", "blockquote", "cit"))
_VERSE, _VERSE_LINES = frozenset(("lg", "verse-group")), frozenset(("l", "verse-line"))
_CODE = frozenset(("programlisting", "screen", "synopsis", "preformat", "literallayout", "cmdsynopsis"))
_TABLES = frozenset(("table", "informaltable", "tgroup"))
_CAPTIONS = frozenset(("caption", "figdesc"))
_FIGURES = frozenset(
    ("fig", "figure", "table-wrap", "mediaobject", "informalfigure", "fig-group", "boxed-text")
)
# References, notes, formulas on their own lines, and what is said of the document.
_NOT_TEXT = frozenset((
    "ref-list", "listbibl", "bibliography", "index", "toc", "fn", "fn-group", "footnote", "disp-formula",
    "formula", "graphic", "media", "permissions", "journal-meta", "contrib-group", "author-notes", "aff",
    "kwd-group", "history", "pub-date", "funding-group", "article-categories", "related-article",
    "supplementary-material", "ack", "glossary", "teiheader", "bookinfo", "articleinfo", "info",
    "chapterinfo", "sectioninfo", "indexterm", "remark", "object-id", "sub-article", "response",
    "custom-meta-group", "notes", "facsimile", "fw", "pb", "lb", "math", "tex-math", "colophon",
    "legalnotice", "copyright", "revhistory", "xi:include", "counts",
))  # fmt: skip
_MAX_LEVEL = 6


def is_xml_document(data: bytes) -> bool:
    """Tell whether a file is in one of these formats.

    Parameters
    ----------
    data : bytes

    Returns
    -------
    bool

    Examples
    --------
    >>> is_xml_document(b'<?xml version="1.0"?><rss version="2.0"></rss>')
    True
    >>> is_xml_document(b"<article><p>It rained.</p></article>")
    False
    """
    head = data[:_HEAD]
    root = _ROOT.search(head)
    if root is None or re.search(rb"<(?!\?|!)", head[: root.start()]):
        return False
    return _XML.search(head[: root.end()]) is not None


def read_xml(data: bytes, source: str) -> Text:
    """Read a document in JATS, TEI, DocBook, RSS or Atom, or an export of MediaWiki.

    Parameters
    ----------
    data : bytes
    source : str
        Name of the document in messages.

    Returns
    -------
    Text
        With its sections; each entry of a feed is one, and so is each article of a wiki.

    Raises
    ------
    InputError
        If it is not well-formed, or has no text.
    """
    root = next(parse_xml(data, source))
    composer = Composer()
    name = local_name(root)
    if name in ("rss", "feed", "rdf"):
        _read_feed(composer, root)
    elif name == "mediawiki":
        _read_wiki(composer, root)
    else:
        reader = _Reader(composer, is_tei=name.startswith("tei"))
        composer.title = reader.find_title(root)
        reader.read(root)
    if composer.is_empty:
        raise InputError(source, "is an XML document without text")
    return composer.compose(source, "xml")


def _words(element: Element) -> str:
    return " ".join("".join(element.itertext()).split())


class _Reader:
    """Walk through a document, and write down its blocks."""

    def __init__(self, composer: Composer, *, is_tei: bool) -> None:
        self._composer = composer
        # A <note> of TEI is at the foot of a page; that of DocBook belongs to the text.
        self._not_text = _NOT_TEXT | ({"note"} if is_tei else set())

    def find_title(self, root: Element) -> str | None:
        """Find the title of the document."""
        for path in (("article-title",), ("titlestmt", "title"), ("title",)):
            for element in root.iter():
                if local_name(element) == path[0]:
                    inner = (
                        element
                        if len(path) == 1
                        else next((e for e in element if local_name(e) == path[1]), None)
                    )
                    if inner is not None and _words(inner):
                        return _words(inner)
        return None

    def read(self, element: Element, level: int = 0, kind: str = "paragraph") -> None:
        """Read what is below an element."""
        for child in element:
            name = local_name(child)
            if not name or name in self._not_text:
                continue
            if name in _HEADINGS:
                text = self._inline(child)
                if level or text != self._composer.title:
                    self._composer.add("heading", text, level=min(max(1, level), _MAX_LEVEL))
            elif name in _PARAGRAPHS:
                self._read_paragraph(child, level, kind)
            elif name in _ITEMS:
                self._read_paragraph(child, level, "item")
            elif name in _QUOTATIONS:
                self._read_paragraph(child, level, "quotation")
            elif name in _VERSE:
                lines = [self._inline(line) for line in child.iter() if local_name(line) in _VERSE_LINES]
                self._composer.add("verse", "\n".join(filter(None, lines)))
            elif name in _CODE:
                self._composer.add("code", "".join(child.itertext()))
            elif name in _TABLES:
                self._composer.add("table", _words(child))
            elif name in _CAPTIONS or name in _FIGURES:
                self._composer.add("caption", _words(child))
            elif name == "abstract":
                if not any(local_name(part) in _HEADINGS for part in child):
                    self._composer.add("heading", "Abstract", level=1)
                self.read(child, level + 1, kind)
            else:
                is_section = any(local_name(part) in _HEADINGS for part in child)
                self.read(child, level + is_section, kind)

    def _read_paragraph(self, element: Element, level: int, kind: str) -> None:
        """Read a paragraph; what is set apart inside it follows what is before."""
        pieces = [element.text or ""]
        apart = (
            _PARAGRAPHS
            | _ITEMS
            | _QUOTATIONS
            | _VERSE
            | _CODE
            | _TABLES
            | _FIGURES
            | {"list", "itemizedlist"}
        )
        apart |= {"orderedlist", "variablelist", "simplelist", "def-list", "varlistentry", *_HEADINGS}
        for child in element:
            name = local_name(child)
            if name in apart:
                self._composer.add(kind, " ".join("".join(pieces).split()))
                pieces = []
                holder = Element("holder")
                holder.append(child)
                self.read(holder, level, kind)
            elif name not in self._not_text:
                pieces.append(self._inline(child))
            pieces.append(child.tail or "")
        self._composer.add(kind, " ".join("".join(pieces).split()))

    def _inline(self, element: Element) -> str:
        """Return the text of an element without notes and formulas; its outer white space stays."""
        pieces = [element.text or ""]
        for child in element:
            if local_name(child) not in self._not_text:
                pieces.append(self._inline(child))
            elif local_name(child) in ("lb", "pb"):
                pieces.append(" ")
            pieces.append(child.tail or "")
        return re.sub(r"\s+", " ", "".join(pieces))


def _read_wiki(composer: Composer, root: Element) -> None:
    """Read what a wiki exports: its pages are sections."""
    from summarize.reading.structure import Builder
    from summarize.reading.wikitext import read_wikitext

    for page in root.iter():
        if local_name(page) != "page":
            continue
        parts = {local_name(part): part for part in page.iter()}
        text = parts["text"].text if "text" in parts else None
        # Talk, files, templates and redirects are not articles.
        if not text or "redirect" in parts or (parts["ns"].text if "ns" in parts else "0") != "0":
            continue
        composer.add("heading", _words(parts["title"]) if "title" in parts else "", level=1)
        builder = Builder(text)
        read_wikitext(builder, 0, len(text))
        for block in (read := builder.build(None)).blocks:
            if block.kind == "heading":
                level = len(text[block.start : block.end]) - len(text[block.start : block.end].lstrip("="))
                composer.add("heading", text[block.start : block.end].strip("= "), level=max(2, level))
            else:
                composer.add_text(replace(read, blocks=(block,)))


def _read_feed(composer: Composer, root: Element) -> None:
    """Read a feed: its entries are sections."""
    from summarize.reading.page_blocks import clean_tree, list_blocks, parse_page

    channel = next((each for each in root if local_name(each) == "channel"), root)
    composer.title = next((_words(each) for each in channel if local_name(each) == "title"), None)
    for entry in root.iter():
        if local_name(entry) not in ("item", "entry"):
            continue
        parts = {local_name(part): part for part in entry}
        if "title" in parts:
            composer.add("heading", _words(parts["title"]), level=1)
        body = next(
            (parts[name] for name in ("encoded", "content", "description", "summary") if name in parts), None
        )
        markup = "" if body is None else "".join(body.itertext())
        if not markup.strip():
            continue
        tree = parse_page(markup)
        clean_tree(tree)
        for block in list_blocks(tree):
            composer.add("paragraph" if block.kind == "heading" else block.kind, block.text)
