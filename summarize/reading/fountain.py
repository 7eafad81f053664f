"""Read screenplays in Fountain: action and dialogue, without title page, headings, transitions and notes."""

from __future__ import annotations

import re

from summarize.reading.passages import Passage, Span, add_passages, has_words
from summarize.reading.structure import Builder

_KEY = re.compile(r"([^\W\d_][\w \t-]{0,40}):[ \t]*(.*)")
_TITLE_KEYS = frozenset((
    "title", "credit", "author", "authors", "source", "draft date", "date", "contact", "copyright", "notes",
    "revision", "titre", "titel", "título", "titolo", "auteur", "autor", "autore", "название", "автор",
    "based on", "format", "font",
))  # fmt: skip
# "INT. MILL - NIGHT", ".A DREAM", "INNEN. MÜHLE - NACHT", "ИНТ. МЕЛЬНИЦА".
_SCENE = re.compile(
    r"(?:INT|EXT|EST|I/E|INNEN|AUSSEN|AUßEN|ИНТ|НАТ|ЭКСТ)(?:[./]|[ \t]).*|\.(?=[^\W_]).*", re.IGNORECASE
)
_TRANSITION = re.compile(
    r"\**(?:>[^<]*|[^a-z<]{2,60}:|(?:FADE|CUT|DISSOLVE|SMASH CUT|IRIS)\b[^a-z]{0,40}|THE END\.?)\**"
)
_CENTERED = re.compile(r">.*<")
_SECTION = re.compile(r"#{1,6}[^#]|=(?!=)|={3,}\Z")
_EXTENSION = re.compile(r"[ \t]*(?:\([^()]*\)[ \t]*)*\^?[ \t]*\Z")
_PARENTHESIS = re.compile(r"\(.*\)\Z")
_MARK = re.compile(r"\\[*_]|\*+|(?<!\w)_(?=\S)|(?<=\S)_(?!\w)")


def read_fountain(builder: Builder, start: int, end: int) -> None:
    r"""Read a screenplay; each speech has its character as its speaker.

    Parameters
    ----------
    builder : Builder
    start, end : int
        The range of the text.

    Examples
    --------
    >>> text = "Title: Gas\n\nEXT. SEA - DAY\n\nIt rains.\n\nADA\n(softly)\nGas was found."
    >>> builder = Builder(text)
    >>> read_fountain(builder, 0, len(text))
    >>> builder.title, [(block.kind, block.speaker) for block in builder.build(None).blocks]
    ('Gas', [('metadata', None), ('heading', None), ('paragraph', None), ('speech', 'ADA')])
    """
    text = builder.text
    hidden = _find_hidden(text, start, end)
    passages: list[Passage] = []
    group: list[Span] = []
    is_head = True
    # A line for the end closes the last group.
    for begin, stop in [*builder.iterate_lines(start, end), (end, end)]:
        if text[begin:stop].strip():
            group.append((begin, stop))
        elif group:
            if is_head and _is_title_page(builder, group):
                passages.append(Passage("metadata", group[0][0], group[-1][1]))
            else:
                passages += _read_group(text, group)
            is_head = False
            group = []
    add_passages(builder, _punch(passages, hidden))


def _is_title_page(builder: Builder, group: list[Span]) -> bool:
    """Tell whether the first lines are a title page, and keep the title."""
    text = builder.text
    first = _KEY.match(text, *group[0])
    if first is None or first[1].strip().lower() not in _TITLE_KEYS:
        return False
    for k, (begin, stop) in enumerate(group):
        key = _KEY.match(text, begin, stop)
        if key and key[1].strip().lower() in ("title", "titre", "titel", "título", "titolo", "название"):
            title = key[2].strip()
            if not title and k + 1 < len(group):
                title = text[group[k + 1][0] : group[k + 1][1]]
            builder.set_title(title.strip(" \t*_"))
    return True


def _is_heading(line: str, *, is_first: bool) -> bool:
    """Tell whether a line is the heading of a scene or of a section, or a transition."""
    if _SCENE.match(line) and (line[0] == "." or line.upper() == line or is_first):
        return not line.startswith("..")
    return bool(_SECTION.match(line) or (_TRANSITION.fullmatch(line) and not _CENTERED.match(line)))


def _read_group(text: str, group: list[Span]) -> list[Passage]:
    """Read lines between two blank lines."""
    found: list[Passage] = []
    action: list[Span] = []
    for k, (begin, stop) in enumerate(group):
        line = text[begin:stop].strip()
        if _is_heading(line, is_first=k == 0):
            found += [*_close(text, action), Passage("heading", begin, stop)]
        elif not action and k + 1 < len(group) and _is_character(line):
            return [*found, _read_speech(text, group[k:])]
        else:
            action.append((begin, stop))
    return [*found, *_close(text, action)]


def _is_character(line: str) -> bool:
    """Tell whether a line names who speaks: "MINA (V.O.)"."""
    if line.startswith("@"):
        return True
    name = line[: line.find("(")] if "(" in line else line
    name = name.rstrip("^ \t")
    return (
        len(name) <= 60
        and name.upper() == name
        and has_words(name)
        and name != name.lower()
        and name[-1:] not in ".!?:"
    )


def _read_speech(text: str, group: list[Span]) -> Passage:
    """Read a speech: its first line is the name, and lines in parentheses say how."""
    name = text[group[0][0] : group[0][1]].strip().lstrip("@")
    speaker = name.partition("(")[0].strip(" \t^*_")
    lines = group[1:]
    start, end = lines[0][0], lines[-1][1]
    holes = [span for span in lines if _PARENTHESIS.match(text[span[0] : span[1]].strip())]
    holes += [match.span() for match in _MARK.finditer(text, start, end)]
    return Passage("speech", start, end, holes, speaker or None)


def _close(text: str, action: list[Span]) -> list[Passage]:
    """Make a paragraph of lines of action."""
    if not action:
        return []
    start, end = action[0][0], action[-1][1]
    action.clear()
    holes = [match.span() for match in _MARK.finditer(text, start, end)]
    holes += [(start + k, start + k + 1) for k, char in enumerate(text[start:end]) if char in "<>"]
    if text[start] in "!":
        holes.append((start, start + 1))
    return [Passage("paragraph", start, end, holes)]


def _find_hidden(text: str, start: int, end: int) -> list[Span]:
    """Find notes ("[[check this]]") and what is crossed out ("/* ... */")."""
    hidden: list[Span] = []
    place = start
    missing: set[str] = set()
    for match in re.finditer(r"\[\[|/\*", text[start:end]):
        begin = start + match.start()
        closing = "]]" if match[0] == "[[" else "*/"
        if begin < place or closing in missing:
            continue
        stop = text.find(closing, begin + 2, end)
        if stop < 0:
            missing.add(closing)
            continue
        place = stop + 2
        hidden.append((begin, place))
    return hidden


def _punch(passages: list[Passage], hidden: list[Span]) -> list[Passage]:
    """Add what is hidden to the holes of the passages that it is in."""
    if not hidden:
        return passages
    result = []
    k = 0
    for each in passages:
        while k < len(hidden) and hidden[k][1] <= each.start:
            k += 1
        inside = []
        at = k
        while at < len(hidden) and hidden[at][0] < each.end:
            inside.append((max(each.start, hidden[at][0]), min(each.end, hidden[at][1])))
            at += 1
        covered = any(begin <= each.start and stop >= each.end for begin, stop in inside)
        result.append(each._replace(kind="markup" if covered else each.kind, holes=[*each.holes, *inside]))
    return result
