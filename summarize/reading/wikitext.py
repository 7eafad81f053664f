"""Read wikitext, the markup of Wikipedia: paragraphs and items without templates, tables and notes."""

from __future__ import annotations

import re

from summarize.reading.passages import Passage, Span, add_passages, has_words, show
from summarize.reading.structure import Builder

# Links to these are not printed: pictures and categories in the languages of the large Wikipedias.
_FILES = frozenset((
    "file", "image", "media", "category", "datei", "bild", "kategorie", "fichier", "catégorie", "archivo",
    "imagen", "categoría", "immagine", "categoria", "ficheiro", "imagem", "bestand", "afbeelding",
    "categorie", "plik", "grafika", "kategoria", "файл", "изображение", "категория", "зображення",
    "категорія", "fil", "kategori", "tiedosto", "kuva", "luokka", "soubor", "súbor", "kategória", "fájl",
    "kép", "dosya", "resim", "αρχείο", "κατηγορία", "קובץ", "תמונה", "קטגוריה", "ملف", "صورة", "تصنيف",
    "پرونده", "رده", "चित्र", "श्रेणी", "ファイル", "画像", "カテゴリ", "文件", "檔案", "图像", "圖像",
    "分类", "分類", "파일", "그림", "분류", "tập tin", "hình", "thể loại",
    "berkas", "gambar", "ไฟล์", "ภาพ", "หมวดหมู่", "датотека",
    "категорија", "файлове", "slika", "kategorija", "datoteka", "vaizdas", "attēls", "pilt", "fișier",
    "fitxer", "imatge",
))  # fmt: skip
_TOKEN = re.compile(
    r"(?P<comment><!--)"
    r"|(?P<single><(?:ref|references|gallery)\b[^<>]{0,1000}/>)"
    r"|(?P<hidden><(?P<tag>ref|gallery|math|source|syntaxhighlight|pre|score|timeline|imagemap|graph|references|chem"
    r"|templatestyles|mapframe|hiero|nowiki|code)\b[^<>]{0,1000}>)"
    r"|(?P<open>\{\{|\{\|(?=[^{}|]))"
    r"|(?P<close>\}\}|\|\}(?!\}))"
    r"|(?P<link>\[\[)"
    r"|(?P<unlink>\]\])"
    r"|(?P<external>\[(?:https?:|ftp:|mailto:)?//[^\s\[\]<>]{1,2000}[ \t]*\]?"
    r"|\[mailto:[^\s\[\]]{1,300}[ \t]*\]?)"
    r"|(?P<bracket>\])"
    r"|(?P<quotes>'{2,5})"
    r"|(?P<switch>__[A-Z]{3,30}__)"
    r"|(?P<line></?(?:br|p|div|center|blockquote|poem|table|tr|td|th|hr|h[1-6]|ul|ol|li|onlyinclude|noinclude|includeonly)"
    r"\b[^<>]{0,500}>)"
    r"|(?P<inline></?(?:small|big|span|sub|sup|b|i|u|s|em|strong|abbr|cite|font|tt|var|kbd|del|ins|q|section|bdi"
    r"|noinclude|translate|languages)\b[^<>]{0,500}>)",
    re.IGNORECASE,
)
# Their content is printed.
_VISIBLE = frozenset(("nowiki", "code"))
_MAX_HEADING = 300
_HEADING = re.compile(r"(={1,6})[^\n]*?\S[^\n]*?\1[ \t]*(?:<!--[^\n]*)?\Z")
_MARKER = re.compile(r"[*#:;]+[ \t]*")
_REDIRECT = re.compile(
    r"#(?:REDIRECT|WEITERLEITUNG|REDIRECTION|REDIRECCIÓN|RINVIA|ПЕРЕНАПРАВЛЕНИЕ|重定向|転送)", re.IGNORECASE
)


def read_wikitext(builder: Builder, start: int, end: int) -> None:
    r"""Read wikitext.

    Parameters
    ----------
    builder : Builder
    start, end : int
        The range of the text.

    Notes
    -----
    Templates, tables and links are matched with a stack; one that does not end hides nothing but its mark.

    Examples
    --------
    >>> text = (
    ...     "{{Infobox|gas}}\n'''Gas''' was [[Discovery|found]].<ref>Holm</ref>\n\n== Sea ==\n* It is "
    ...     "''deep''."
    ... )
    >>> builder = Builder(text)
    >>> read_wikitext(builder, 0, len(text))
    >>> [block.kind for block in builder.build(None).blocks]
    ['paragraph', 'heading', 'item']
    """
    text = builder.text
    holes, links = _find_holes(text, start, end)
    covered = _join(holes)
    passages: list[Passage] = []
    run: list[Span] = []
    place = 0

    def close() -> None:
        if run:
            passages.append(_make("paragraph", run[0][0], run[-1][1]))
            run.clear()

    def _make(kind: str, begin: int, stop: int) -> Passage:
        nonlocal place
        while place < len(covered) and covered[place][1] <= begin:
            place += 1
        inside = []
        k = place
        while k < len(covered) and covered[k][0] < stop:
            inside.append((max(covered[k][0], begin), min(covered[k][1], stop)))
            k += 1
        return Passage(kind, begin, stop, inside)

    hidden = 0
    for begin, stop in builder.iterate_lines(start, end):
        while hidden < len(covered) and covered[hidden][1] <= begin:
            hidden += 1
        first = begin
        if hidden < len(covered) and covered[hidden][0] < begin:
            # The line begins inside a template or table.
            first = min(covered[hidden][1], stop)
            if first == stop and covered[hidden][1] >= stop:
                continue
            if run:
                run.append((begin, stop))
                continue
        line = text[first:stop]
        if not line.strip():
            close()
            continue
        sign = line[0]
        if sign == "=" and len(line) < _MAX_HEADING and _HEADING.match(line):
            close()
            passages.append(Passage("heading", first, stop))
        elif sign in "*#:;" and first == begin:
            close()
            if _REDIRECT.match(line):
                passages.append(Passage("navigation", first, stop))
                continue
            marker = _MARKER.match(line)
            begin = first + (marker.end() if marker else 0)
            passage = _make("heading" if line[0] == ";" else "item", begin, stop)
            shown = show(text, begin, stop, [*passage.holes, *_inside(links, begin, stop)])
            if passage.kind == "item" and not has_words(shown):
                passage = passage._replace(kind="navigation")
            passages.append(passage)
        elif line.startswith("----"):
            close()
        elif sign == " " and first == begin and not run and has_words(line):
            passages.append(_make("code" if _is_code(line) else "text", first, stop))
        elif sign in "|!" and first == begin:
            close()  # A row of a table that has no beginning.
        else:
            run.append((first, stop))
    close()
    add_passages(builder, passages)


def _is_code(line: str) -> bool:
    """Tell whether a line that begins with a space is code; wikis show such lines in a typewriter face."""
    return not line.rstrip().endswith((".", "!", "?"))


def _inside(spans: list[Span], start: int, end: int) -> list[Span]:
    from bisect import bisect_left

    first = bisect_left(spans, (start, 0))
    found = []
    while first < len(spans) and spans[first][0] < end:
        found.append(spans[first])
        first += 1
    return found


def _join(holes: list[Span]) -> list[Span]:
    """Sort holes and join those that overlap or touch."""
    joined: list[Span] = []
    for begin, stop in sorted(holes):
        if joined and begin <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(stop, joined[-1][1]))
        elif begin < stop:
            joined.append((begin, stop))
    return joined


def _find_holes(text: str, start: int, end: int) -> tuple[list[Span], list[Span]]:
    """Find what is not printed, and the words of links."""
    holes: list[Span] = []
    links: list[Span] = []
    stack: list[tuple[str, int]] = []
    missing: set[str] = set()
    lowered = text.lower() if "</" in text else text
    place = start
    while match := _TOKEN.search(text, place, end):
        begin, place = match.span()
        kind = match.lastgroup if match.lastgroup != "tag" else "hidden"
        if kind == "comment":
            stop = text.find("-->", place, end) if "-->" not in missing else -1
            if stop < 0:
                missing.add("-->")
                holes.append((begin, place))
            else:
                place = stop + 3
                holes.append((begin, place))
        elif kind == "hidden":
            closing = f"</{match['tag'].lower()}"
            stop = lowered.find(closing, place, end) if closing not in missing else -1
            if stop < 0:
                missing.add(closing)
                holes.append((begin, place))
                continue
            after = text.find(">", stop, min(end, stop + 100)) + 1 or stop + len(closing)
            if match["tag"].lower() in _VISIBLE:
                holes += [(begin, place), (stop, after)]
            else:
                holes.append((begin, after))
            place = after
        elif kind == "open":
            stack.append((match[0], begin))
        elif kind == "link":
            stack.append(("[[", begin))
        elif kind in ("close", "unlink"):
            opening = {"}}": "{{", "|}": "{|", "]]": "[["}[match[0]]
            # A link or template that was not closed does not keep the one around it open.
            depth = next((k for k in range(1, min(4, len(stack)) + 1) if stack[-k][0] == opening), 0)
            if not depth:
                if opening == "[[":
                    holes.append((begin, place))
                continue
            opened = stack[-depth][1]
            del stack[-depth:]
            if opening == "[[":
                _close_link(text, opened, begin, place, holes, links)
            else:
                holes.append((opened, place))
        elif kind == "external":
            if match[0].endswith("]"):
                holes.append((begin, place))
            else:
                holes.append((begin, place))
                stop = text.find("]", place, min(end, place + 1000))
                if stop > 0 and "\n" not in text[place:stop]:
                    holes.append((stop, stop + 1))
                    links.append((place, stop))
        elif kind == "bracket":
            pass
        else:
            holes.append((begin, place))
    holes += [(begin, begin + 2) for sign, begin in stack if sign != "{|"]
    links.sort()
    return holes, links


def _close_link(text: str, opened: int, begin: int, place: int, holes: list[Span], links: list[Span]) -> None:
    """Print the words of a link, and nothing of a picture or category: "[[River Tarn|Tarn]]" is "Tarn"."""
    prefix = text[opened + 2 : min(begin, opened + 40)].partition(":")
    if prefix[1] and prefix[0].strip().lower() in _FILES:
        holes.append((opened, place))
        return
    label = text.rfind("|", opened, begin) + 1 or opened + 2
    if text.startswith(":", label):
        label += 1
    holes += [(opened, label), (begin, place)]
    links.append((label, begin))
