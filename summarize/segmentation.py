"""From a text to its sentences: exact character ranges, and what each of them is.

Three layers, each linear in the text:

1. *Blocks.* Lines are joined when they were wrapped by hand or broken off in the middle of a
   sentence, and kept apart when they were not; blank lines part paragraphs.
2. *Boundaries.* Every run of stops inside a block is a candidate. What stands before it (an
   abbreviation, an initial, a number) and after it (a capital, a digit, a quote) decides.
3. *Kinds.* Blocks that are not sentences (headings, bylines, captions, navigation, tables, rules)
   are flagged and stay in the document.

Nothing here knows a language: its habits are fields of :class:`~summarize.languages.Language`
and a word list under ``summarize/data/segmentation``, read when the language is first used.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from summarize.document import Sentence
from summarize.languages import Language

# Marks that end a sentence wherever they stand, with or without a space behind them.
FULL_STOPS = "。！？｡．।॥۔؟։።፧፨၊။។៕᙮᠃᠉꓿⸮"
# Marks that may end a sentence when white space and a new start follow.
_STOPS = ".!?…‥‼⁇⁈⁉" + FULL_STOPS
_CLOSERS = "\"'”’»›)]}」』】〉》）］｝“‘*_"
_OPENERS = "\"'“”‘’«»„‚‹›([{¿¡「『【〈《（［｛`*_"
_DASHES = "-–—―"
_RIGHT_TO_LEFT = "\u200e\u200f\u061c\u202a\u202b\u202c\u2066\u2067\u2068\u2069\u200b\ufeff"
_SKIPPED = frozenset(_OPENERS + _RIGHT_TO_LEFT)
_EMOTICON = r"[:;]['-]?[)(DP](?!\w)"

# No abbreviation is longer: how far to look back from a stop, and forward for the next word.
_REACH = 24
# A stretch without a boundary is cut when it is longer than this many characters (some 1,500 English
# words): after the last newline of its second half, else the last semicolon or colon, else the last
# comma or dash, else the last white space; where there is none of them, where it is full.
_LONGEST = 10_000
_CUTS = tuple(
    re.compile(pattern)
    for pattern in (r"\n", r"[;:；：؛](?=\s|[^\x00-\xff])", r"[,،、，](?=\s|[^\x00-\xff])|\s[–—-](?=\s)", r"\s")
)
# Where white space parts phrases: shorter stretches are no sentences, longer ones end at the next space.
_SHORTEST_PHRASE, _LONGEST_PHRASE = 20, 200
_SPACE_BETWEEN = re.compile(r"(?<=[\u0e00-\u0eff])\s++(?=[\u0e00-\u0eff])")
# How much of a text is looked at to learn whether its writer begins sentences with capitals.
_SAMPLE = 4_000
# Lines shorter than this are not broken-off lines; longer ones are not wrapped by hand, or no headings.
_SHORTEST_BROKEN, _WIDEST_WRAP, _LONGEST_HEADING = 30, 140, 100
# A line as long as this is a paragraph, not one of several sentences each on a line of its own.
_PARAGRAPH = 200

_GAP = re.compile(r"\n\s*+")
_WORD = re.compile(r"[^\W\d_]+")
_DOTTED = re.compile(r"(?:[^\s.]{1,2}\.)+[^\s.]{1,3}\Z")
_DATE_REST = re.compile(r"\s?\d{1,2}\.(?!\d)")
_JOINT = re.compile(r"['’\u2010-\u2015-]")
_ROMAN = re.compile(r"[IVXLC]+\Z")
_NUMBER = re.compile(r"[\d.,:/-]*\d\Z")
_LABEL = re.compile(r"[\"'“„«(\[]*(?:[^\W\d_]+\.?\s+)?(?:\d+(?:\.\d+)*|[IVXLC]+|[A-Za-z])\Z")
_UNVOWELLED = re.compile(r"[bcdfghjklmnpqrstvwxzбвгджзклмнпрстфхцчшщ][bcdfghjkmnpqstvwxzбвгджзкмнпстфхцчшщ]{1,3}\Z", re.I)
_SENTENCE_START = re.compile(r"[.!?](?<=[^\W\d_][^\W\d_][.!?])[\"')”’]*+\s++[\"'(“‘]*+([^\W\d_])")
_LINE_LABEL = re.compile(r"(?:\d{1,3}[.)]?|\(\w{1,3}\)|[-*•–])\Z")
_BULLET = re.compile(r"(?:[-*+•‣◦▪●·–—]|\(?\d{1,3}[.)]|\(?[a-z]\)|\([ivx]+\))\s")
_ITEM = re.compile(r"[^\S\n](?<=[\w):.;]\s)([-•]) (?=\w)")
_SPEAKER = re.compile(r"[^\W\d_][^:!?\n]{0,40}:\s")

_HASH_HEADING = re.compile(r"#{1,6}\s+\S|={1,6}\s*[^\s=]|<h[1-6]\b")
_CAPS_HEADING = re.compile(r"\W*(?:[^\W\d_]+\.?\s+)?(?:\d+(?:\.\d+)*|[IVXLC]+)\.\s+\w{3}")
_TABLE_ROW = re.compile(r"\|.*\|\Z|[^\t]*\t[^\t]*\t|[^|]*\|[^|]*\|[^|]*\|")
_PAGE_NUMBER = re.compile(r"(?:\w{1,8}\.?\s)?[-–\[(]?\d{1,4}(?:\s?(?:/|of|von|de|sur|из|di|van|z)\s?\d{1,4})?[-–\])]?\Z")
# "By Ana de Souza and John Smith": every word is capitalized or a link between names.
_NAMES = re.compile(r"(\w+)(?:\s+[^\W\d_a-z][^\s\d]*(?:\s+(?:and|und|et|y|e|en|och|og|i|a|&|of|for|the|de|van|von|di|da)(?!\w))*){1,8}\Z")
_ALNUM = re.compile(r"[^\W_]")
# Behind these a short line is not the beginning of something else.
_FINAL = frozenset(_STOPS + _CLOSERS + ",;:，；：、،؛")

# What a stop behind a word may be, as the sections of a word list say it.
_NEVER, _BEFORE_NUMBER, _MAY_END, _ENDS = 1, 2, 4, 8
_ROLES = (("never", _NEVER), ("before-number", _BEFORE_NUMBER), ("may-end", _MAY_END), ("ends", _ENDS))
# Small letters that are words in some language, and no abbreviations.
_WORDS_OF_ONE = frozenset("aeiouyàèéêíìòóôúùýæøåäöüаеиоуыэюяёіїє")
_BOILERPLATE = ("navigation", "byline", "caption")
_DATA = Path(__file__).parent / "data" / "segmentation"

Span = tuple[int, int]
"""Start and end of a sentence."""
_Line = tuple[int, int, bool]
"""Start, end, and whether a blank line stands before it."""
_Block = tuple[int, int, int]
"""Start, end, paragraph."""


@dataclass(frozen=True, slots=True)
class Habits:
    """A language's habits, ready for use.

    Attributes
    ----------
    stop : Pattern
        A candidate boundary; group 1 is the mark with what closes behind it.
    roles : dict
        What a stop behind a word may be: bits `_NEVER`, `_BEFORE_NUMBER`, `_MAY_END`.
    starters : frozenset
        Words, in lower case, that begin a sentence when they stand capitalized behind an abbreviation.
    finals, openings : tuple of str
        Where sentences have no stops: how they end, and how they begin.
    more_stops : str
        Marks that end a sentence in this language only.
    ordinals : bool
        Whether a number with a stop is an ordinal.
    phrase_spaces : bool
        Whether white space parts phrases and sentences, with no stops and no spaces between words.
    boilerplate : Pattern
        Line starts that betray a byline, a caption or navigation; named groups are the kinds.
    by : frozenset
        Words, in lower case, that stand before the names in a byline.
    boilerplate_heads : frozenset
        Their first two characters, in lower case: a cheap test that spares most lines the pattern.
    """

    stop: re.Pattern[str]
    roles: dict[str, int]
    starters: frozenset[str]
    finals: tuple[str, ...]
    openings: tuple[str, ...]
    more_stops: str
    ordinals: bool
    phrase_spaces: bool
    boilerplate: re.Pattern[str]
    boilerplate_heads: frozenset[str]
    by: frozenset[str]


SpanFinder = Callable[[str, int, int, Habits, bool], list[Span]]


def split_sentences(text: str, language: Language) -> tuple[Sentence, ...]:
    """Sentences of a text.

    Parameters
    ----------
    text : str
        Any text at all.
    language : Language
        Whose habits to apply.

    Returns
    -------
    tuple of Sentence
        In reading order, not overlapping, none empty, no white space at either end; together they
        hold every character of `text` that is not white space.

    Notes
    -----
    A stretch of more than 10,000 characters without a boundary is cut at a clause: after the last
    newline of its second half, else the last semicolon or colon, else the last comma or dash, else
    the last white space, else where it is full.

    Headings, bylines and the like are flagged only on the evidence of the line and its neighbours;
    where nothing would be left to choose from, nothing is flagged.
    """
    return build_sentences(text, language, _spans)


def build_sentences(text: str, language: Language, find_spans: SpanFinder) -> tuple[Sentence, ...]:
    """Sentences of a text, with boundaries inside a block found by any rule.

    Parameters
    ----------
    text : str
        Any text at all.
    language : Language
        Whose habits to apply.
    find_spans : callable
        ``find_spans(view, start, end, habits, casual)``: the ranges of the sentences of a block.

    Returns
    -------
    tuple of Sentence
        As for `split_sentences`.
    """
    habits = load_habits(language)
    view = _plain_newlines(text)
    lines = _find_lines(view)
    casual = _is_casual(view, lines)
    blocks = _find_blocks(view, lines, casual)
    kinds = _find_kinds(view, blocks, habits, casual)
    sentences: list[Sentence] = []
    for (start, end, paragraph), kind in zip(blocks, kinds, strict=True):
        spans = find_spans(view, start, end, habits, casual)
        if end - start > _LONGEST:
            spans = [part for span in spans for part in _cut(view, *span)]
        if kind == "heading" and len(spans) > 1 and not _HASH_HEADING.match(view, start):
            kind = "sentence"
        for begin, stop in spans:
            piece = text[begin:stop]
            what = "heading" if piece.isupper() and kind == "sentence" and _is_caps_heading(piece, spans) else kind
            sentences.append(Sentence(len(sentences), begin, stop, piece, paragraph, what))
    return tuple(sentences)


def _plain_newlines(text: str) -> str:
    """The text with every kind of newline as ``\\n``, at unchanged offsets."""
    if "\r" in text:
        text = text.replace("\r\n", " \n").replace("\r", "\n")
    if text.isascii():
        return _without_noise(text)
    for newline in "\x85\u2028\u2029":
        text = text.replace(newline, "\n")
    return _without_noise(text)


def _without_noise(view: str) -> str:
    """The text with its newlines as spaces if they are too many to mean anything.

    A long text with a newline for every three characters is one letter or word a line: a column
    of a broken table, or upright writing.
    """
    if len(view) > _LONGEST and 4 * view.count("\n") > len(view):
        return view.replace("\n", " ")
    return view


# --- Blocks ---------------------------------------------------------------------------------------


def _find_lines(view: str) -> list[_Line]:
    """Start and end of every line that is not blank, and whether a blank one stands before it."""
    lines = []
    start = len(view) - len(view.lstrip())
    blank = True
    for gap in _GAP.finditer(view, start):
        end, follow = gap.span()
        while view[end - 1].isspace():
            end -= 1
        lines.append((start, end, blank))
        start = follow
        blank = view.find("\n", gap.start() + 1, follow) > 0
    end = len(view.rstrip())
    if start < end:
        lines.append((start, end, blank))
    return lines


def _is_casual(view: str, lines: list[_Line]) -> bool:
    """Whether the writer begins most sentences with small letters."""
    starts = _SENTENCE_START.findall(view, 0, _SAMPLE)
    last = "."
    for start, end, blank in lines[:50]:
        if blank and last in _FINAL:
            starts.append(view[start])
        last = view[end - 1]
    small = sum(map(str.islower, starts))
    return 2 * small > len(starts)


def _find_blocks(view: str, lines: list[_Line], casual: bool) -> list[_Block]:
    """Stretches that no sentence crosses, each with the number of its paragraph."""
    broken = not casual and _is_broken(view, lines)
    blocks: list[_Block] = []
    paragraph = -1
    first = 0
    while first < len(lines):
        last = first + 1
        while last < len(lines) and not lines[last][2]:
            last += 1
        width = _wrap_width(view, lines[first:last]) if last - first > 1 else 0
        for k in range(first, last):
            start, end, _ = lines[k]
            if k and _continues(view, lines[k - 1], lines[k], width if k > first else 0, casual, broken):
                blocks[-1] = (blocks[-1][0], end, blocks[-1][2])
                continue
            if k == first or not width:
                paragraph += 1
            blocks.append((start, end, paragraph))
        first = last
    return blocks


def _is_broken(view: str, lines: list[_Line]) -> bool:
    """Whether lines often break off in the middle of a sentence, as in text taken from a PDF."""
    broken = 0
    last = "."
    for start, end, _ in lines:
        if last not in _FINAL and view[start].islower():
            broken += 1
        last = view[end - 1]
    return broken > 4 and 5 * broken > len(lines)


def _wrap_width(view: str, lines: list[_Line]) -> int:
    """Width at which lines were wrapped by hand, or 0 if they were not.

    A line was wrapped if the first word of the next one would not have fitted into it.
    """
    width = max([end - start for start, end, _ in lines])
    pairs = len(lines) - 1
    if width > _WIDEST_WRAP or width < 25 or pairs < 3 and width < 50:
        return 0
    full = sum(_is_full(view, lines[k], lines[k + 1][0], width) for k in range(pairs))
    return width if 4 * full >= 3 * pairs else 0


def _is_full(view: str, line: _Line, follow: int, width: int) -> bool:
    room = width - (line[1] - line[0])
    if view[follow] > "\u2e7f":
        return room < 2
    end = view.find(" ", follow, follow + room)
    return end < 0 and "\n" not in view[follow : follow + room]


def _continues(
    view: str, line: _Line, following: _Line, width: int, casual: bool, broken: bool
) -> bool:
    """Whether a line carries on in the following one."""
    follow = following[0]
    if line[1] - line[0] < 6 and not following[2] and _LINE_LABEL.match(view, line[0], line[1]):
        return True
    is_open = view[line[1] - 1] not in _FINAL
    if width and _is_full(view, line, follow, width):
        return is_open or not _BULLET.match(view, follow)
    if not is_open and view[line[1] - 1] not in ",，、":
        return False
    if line[1] - line[0] < _SHORTEST_BROKEN or _BULLET.match(view, follow):
        return False
    return broken or not casual and view[follow].islower()


# --- Boundaries -----------------------------------------------------------------------------------


def _spans(view: str, start: int, end: int, habits: Habits, casual: bool) -> list[Span]:
    """Sentences of a block."""
    spans: list[Span] = []
    begin = start
    for match in habits.stop.finditer(view, start, end):
        at, follow = match.span()
        if follow >= end:
            break
        close = match.end(1)
        if view[follow] in "\"'":
            close, follow = _close_quote(view, start, close, follow, end)
            if follow >= end:
                break
        if _is_boundary(view, begin, at, close, follow, end, habits, casual):
            if close - begin < 8 and not _ALNUM.search(view, begin, close):
                # Stray marks belong to the sentence before them, if there is one.
                if not spans:
                    continue
                begin = spans.pop()[0]
            spans.append((begin, close))
            begin = follow
    if spans and end - begin < 8 and not _ALNUM.search(view, begin, end):
        begin = spans.pop()[0]
    spans.append((begin, end))
    if view[start] in "-•" or view.find(": - ", start, end) >= 0:
        spans = [part for span in spans for part in _items(view, *span)]
    if habits.phrase_spaces:
        spans = [part for span in spans for part in _phrases(view, *span, habits)]
    return spans


def _close_quote(view: str, start: int, close: int, follow: int, end: int) -> Span:
    """Where a sentence ends and the next begins if a straight quote with space on both sides closes it."""
    mark = "''" if view.startswith("''", follow) else view[follow]
    behind = follow + len(mark)
    if behind < end and not view[behind].isspace() and view[behind] not in ",.;:":
        return close, follow
    # Far enough for any quotation, and short enough for time to stay linear.
    near = max(start, close - 1000)
    opened = view.count(",,", near, close) + view.count("``", near, close)
    count = view.count(mark, near, close)
    if opened > count or count % 2 == 1 and not opened:
        close = behind
        while behind < end and view[behind].isspace():
            behind += 1
        return close, behind
    return close, follow


def _is_boundary(
    view: str, begin: int, at: int, close: int, follow: int, end: int, habits: Habits, casual: bool
) -> bool:
    """Whether a sentence ends at a candidate.

    The mark stands at `at`, the sentence would end at `close`, and the next one begin at `follow`.
    """
    first = follow
    while view[first] in _SKIPPED:
        first += 1
        if first == end:
            return False
    char = view[first]
    mark = view[at]
    if mark in FULL_STOPS:
        return _ends_at_full_stop(view, at, close, follow, first, char)
    if close == follow:
        return _is_glued(view, begin, at, first, end, habits)
    if char in _DASHES:
        char = _after_dash(view, first, end)
    if char.islower():
        return _starts_small(view, begin, at, close, follow, first, habits, casual)
    if char in _NO_STARTS and not view.startswith(_STARTS, first):
        return False
    if mark != "." or view[at + 1] == ".":
        return _ends_at_mark(view, begin, at, close, char, habits)
    if view.startswith("--", follow) and at - begin < _LONGEST_HEADING and view[begin] not in _DASHES:
        return False  # "(1) Administrator. -- The term ..."
    word = _word_before(view, begin, at)
    role = habits.roles.get(word)
    if role is None:
        role = _guess_role(view, begin, at, word, habits)
    if role & _BEFORE_NUMBER and char.isdigit():
        return False
    if not role or role & _ENDS:
        return not role or view[follow] not in "(["
    if role & _NEVER or char.isdigit():
        return False
    if role & _BEFORE_NUMBER and _is_label(view, first, end):
        return False
    return not role & _MAY_END or _starts_sentence(view, first, habits)


def _ends_at_mark(view: str, begin: int, at: int, close: int, char: str, habits: Habits) -> bool:
    """Whether a sentence ends at a mark other than a single stop: "!", "?", "...", ":)"."""
    mark = view[at]
    if mark in ":;" and mark not in habits.more_stops:
        return char.isupper()
    if view[at - 1] in "([" and close > at + 1:  # "(!)", "(...)"
        return False
    if mark == "!":
        return habits.roles.get(_word_before(view, begin, at).lower() + "!") is None
    return mark not in ".…" or char.isupper() or not view[at - 1].isspace()


# Signs that carry a sentence on.
_NO_STARTS = frozenset(",;:)]}%،؛，；：、／/=&+|!?.")
# What begins with one of them and begins a sentence all the same: a low quote, a cut in a quotation.
_STARTS = (",,", "...)", "...]")
# Behind a closing quote these carry a Japanese sentence on ("… と言った").
_JAPANESE_PARTICLES = frozenset("とっでにをがはのもなか")


def _ends_at_full_stop(view: str, at: int, close: int, follow: int, first: int, char: str) -> bool:
    """Whether a sentence ends at a mark that needs no space behind it."""
    if char in _NO_STARTS or view[at] == "．" and char.isdigit():
        return False
    if close > at + 1:
        return not (view[close - 1] in "」』" and view[follow] in _JAPANESE_PARTICLES)
    for opener, closer in ("「」", "（）", "『』"):
        inside = view.find(closer, first, first + 60)
        if inside > 0 and view.find(opener, first, inside) < 0 and view.rfind(opener, max(0, at - 60), at) >= 0:
            return view.rfind(closer, max(0, at - 60), at) > view.rfind(opener, max(0, at - 60), at)
    return True


def _after_dash(view: str, first: int, end: int) -> str:
    """The first character behind a dash, white space and quotes, or the dash."""
    word = _ALNUM.search(view, first, min(end, first + 6))
    return word[0] if word else view[first]


def _word_before(view: str, begin: int, at: int) -> str:
    """The word that a stop stands behind, without what opens before it."""
    words = view[max(begin, at - _REACH) : at].rsplit(None, 1)
    if not words:
        return ""
    word = words[-1]
    return word if word[0].isalnum() else word.lstrip(_OPENERS + _DASHES + _RIGHT_TO_LEFT)


def _is_glued(view: str, begin: int, at: int, first: int, end: int, habits: Habits) -> bool:
    """Whether two sentences meet without a space ("the end.Then")."""
    if first + 1 >= end or not view[first].isupper() or not view[first + 1].islower():
        return False
    before = view[max(begin, at - _REACH) : at].rsplit(None, 1)[-1:]
    after = view[first : min(end, first + _REACH)].split(None, 1)[0]
    if not before or not before[0][-2:].islower() or len(before[0]) < 3 or before[0].lower() in habits.roles:
        return False
    return not any(sign in before[0] or sign in after for sign in "/@._\\=") or after[-1:] == "."


def _starts_small(
    view: str, begin: int, at: int, close: int, follow: int, first: int, habits: Habits, casual: bool
) -> bool:
    """Whether a sentence ends although a small letter follows."""
    if view[at] in ":;":
        return False
    if view[follow] in _DASHES:
        # Behind "?" the narrator goes on ("– Why? – he asked"); behind a stop it is the next item.
        return view[at] == "." and close == at + 1 and view[at - 3 : at].isalpha()
    if view[first + 1 : first + 2].isupper() and view[first] in "ie":  # iPhone, eBay
        return True
    if view.startswith(("http://", "https://"), first):
        return True
    if view[at] in "?!" and close - at > 1 and view[close - 1] in "?!":
        return True
    if view[follow] in "([" and first == follow + 1 and view[at - 4 : at].isalpha():
        return view[close - 1] in ".?!"
    if not casual or close - at > 1 and view[at + 1] == ".":
        return False
    if view[at] != ".":
        return True
    word = _word_before(view, begin, at)
    return not habits.roles.get(word.lower()) and len(word) != 1 and not _DOTTED.match(word)


def _guess_role(view: str, begin: int, at: int, word: str, habits: Habits) -> int:
    """What a word before a stop is that is not listed as it stands."""
    if len(word) > 1:
        role = habits.roles.get(word.lower())
        if role is not None:
            return role
        if len(word) > 4 and word.isalpha():
            return 0
    if at - begin <= _REACH and _LABEL.match(view, begin, at):
        head = view[begin:at].split()
        if len(head) == 1 or habits.roles.get(head[0].strip(".\"'“„«([").lower(), 0) & _BEFORE_NUMBER:
            return _NEVER
    if word.isdigit():
        if view[at - len(word) - 1] == "[":  # "[5. P. 27]"
            return _NEVER
        if _DATE_REST.match(view, at + 1):
            return _NEVER
        return _MAY_END if habits.ordinals and len(word) < 4 else 0
    if len(word) < 2:
        is_initial = word.isalpha() and word < "\u1100" and word not in _WORDS_OF_ONE
        return _MAY_END if is_initial else 0
    tail = _JOINT.split(word)[-1]
    if tail != word:
        return habits.roles.get(tail.lower(), 0) if len(tail) > 1 else 0
    if habits.ordinals and _ROMAN.match(word) or _DOTTED.match(word) and not _NUMBER.match(word):
        return _MAY_END
    return _MAY_END if _UNVOWELLED.match(word) and not word.isupper() else 0


def _is_label(view: str, first: int, end: int) -> bool:
    """Whether what follows is a Roman number or a single letter, as in "Vol. XII"."""
    word = _WORD.match(view, first, end)
    return word is not None and (len(word[0]) == 1 or _ROMAN.match(word[0]) is not None)


def _starts_sentence(view: str, first: int, habits: Habits) -> bool:
    word = _WORD.match(view, first, first + _REACH)
    if word is None:
        return False
    start = word[0]
    if len(start) > 1 and start.isupper() and not start[:-1].islower():
        return False
    return start.lower() in habits.starters and view[word.end() : word.end() + 1] != "."


def _items(view: str, start: int, end: int) -> list[Span]:
    """Items of a list that was run together into one line ("- apples - pears - plums")."""
    items = list(_ITEM.finditer(view, start, end))
    if not view.startswith("- ", start):
        # A dash in running text is none of a list; behind a colon it begins one.
        first = next((k for k, item in enumerate(items) if item[1] == "•" or view[item.start() - 1] == ":"), len(items))
        items = items[first:]
    elif len(items) == 1 and items[0][1] == "-" and view[items[0].end()].islower():
        items = []  # "- Come here - he said."
    begins = [start, *(item.start(1) for item in items)]
    return list(zip(begins, [*(item.start() for item in items), end], strict=True))


def _phrases(view: str, start: int, end: int, habits: Habits) -> list[Span]:
    """Sentences of a stretch in a script that has no stops: it parts phrases by white space.

    A sentence ends at white space between two letters of the script if a closing syllable stands
    before it, or an opening word behind it, or if it is long already.
    """
    spans = []
    begin = start
    for gap in _SPACE_BETWEEN.finditer(view, start, end):
        length = gap.start() - begin
        if length > _LONGEST_PHRASE or length > _SHORTEST_PHRASE and (
            view.startswith(habits.openings, gap.end()) or view.endswith(habits.finals, begin, gap.start())
        ):
            spans.append((begin, gap.start()))
            begin = gap.end()
    spans.append((begin, end))
    return spans


def _cut(view: str, start: int, end: int) -> list[Span]:
    """A stretch in parts that are not too long; the rule is in the notes of `split_sentences`."""
    parts = []
    while end - start > _LONGEST:
        full = start + _LONGEST
        cut = full
        for clause in _CUTS:
            ends = [match.end() for match in clause.finditer(view, start + _LONGEST // 2, full)]
            if ends:
                cut = ends[-1]
                break
        stop = cut
        while view[stop - 1].isspace():
            stop -= 1
        parts.append((start, stop))
        start = cut
        while view[start].isspace():
            start += 1
    parts.append((start, end))
    return parts


# --- Kinds ----------------------------------------------------------------------------------------


def _find_kinds(view: str, blocks: list[_Block], habits: Habits, casual: bool) -> list[str]:
    """What every block is; ``"sentence"`` for all of them if nothing else would be left."""
    kinds = []
    maybe = []
    for k, (start, end, _) in enumerate(blocks):
        kind = "sentence"
        if end - start <= _LONGEST_HEADING:
            kind = _kind(view, start, end, habits)
            if kind == "?":
                maybe.append(k)
        elif view[start] in "|#=":
            kind = _markup_kind(view, start, end)
        kinds.append(kind)
    _settle_headings(view, blocks, kinds, maybe, casual)
    if "sentence" not in kinds:
        return ["sentence"] * len(kinds)
    return kinds


def _kind(view: str, start: int, end: int, habits: Habits) -> str:
    """What a short block is by itself; ``"?"`` if its neighbours must decide."""
    if not view[start].isalnum():
        kind = _markup_kind(view, start, end)
        if kind != "sentence":
            return kind
    if view[start : start + 2].lower() in habits.boilerplate_heads:
        match = habits.boilerplate.match(view, start, end)
        if match:
            return match.lastgroup or "navigation"
    if view[end - 1] in _FINAL and (view[end - 1] != ":" or end - start > 40):
        return "sentence"
    if _TABLE_ROW.match(view, start, end):
        return "table"
    names = _NAMES.match(view, start, end)
    if names and names[1].lower() in habits.by:
        return "byline"
    if _PAGE_NUMBER.match(view, start, end) and view[end - 1].isdigit():
        return "navigation"
    if _BULLET.match(view, start, end) and not view[start].isdigit() or _SPEAKER.match(view, start, end):
        return "sentence"
    return "?"


def _markup_kind(view: str, start: int, end: int) -> str:
    if not _ALNUM.search(view, start, end):
        return "separator"
    if _HASH_HEADING.match(view, start, end):
        return "heading"
    if view[start] == "|" and view[end - 1] == "|":
        return "table"
    return "sentence"


def _settle_headings(view: str, blocks: list[_Block], kinds: list[str], maybe: list[int], casual: bool) -> None:
    """Decide which of the short lines without a stop are headings.

    A heading stands over running text: right behind it, or behind one other such line, comes a
    longer block with a stop. Where lines without stops are the rule, or lines that name a speaker,
    they are the content; so is a list of three and more of them.
    """
    headings = set()
    sample = blocks[:200]
    if 2 * len(maybe) <= len(blocks) and 3 * sum(
        _SPEAKER.match(view, start, end) is not None for start, end, _ in sample
    ) <= len(sample):
        headings = {k for k in maybe if _is_heading(view, blocks, kinds, k, casual)}
    for k in maybe:
        kinds[k] = "heading" if k in headings else "sentence"


def _is_heading(view: str, blocks: list[_Block], kinds: list[str], k: int, casual: bool) -> bool:
    start, end, _ = blocks[k]
    if view[start].islower() and not casual:
        return False
    below = k + 1
    while below < len(blocks) and kinds[below] != "sentence" and below <= k + 2:
        below += 1
    above = k - 1
    while above >= 0 and kinds[above] == "?" and above >= k - 2:
        above -= 1
    if below == len(blocks) or kinds[below] != "sentence" or below - above > 3:
        return False
    # Without blank lines a heading cannot be told from a short sentence that lacks its stop, unless
    # what follows is a whole paragraph.
    is_tight = "\n" not in view[end : blocks[k + 1][0]].replace("\n", "", 1)
    length = blocks[below][1] - blocks[below][0]
    return length > (_PARAGRAPH if is_tight else end - start) and view[blocks[below][1] - 1] in _FINAL


def _is_caps_heading(piece: str, spans: list[Span]) -> bool:
    """Whether a sentence inside a paragraph is its numbered heading ("SEC. 2. DEFINITIONS.")."""
    return len(spans) > 1 and len(piece) <= _LONGEST_HEADING and _CAPS_HEADING.match(piece) is not None


# --- Habits ---------------------------------------------------------------------------------------


@cache
def load_habits(language: Language) -> Habits:
    """A language's habits from its entry and its word list."""
    roles: dict[str, int] = {}
    sections: dict[str, list[str]] = {}
    for name in ("und", language.segmentation):
        if name:
            sections = _read_sections((_DATA / f"{name}.txt").read_text(encoding="utf-8"))
            roles |= _read_roles(sections)
    return Habits(
        stop=_stop_pattern(language.stops),
        roles=roles,
        starters=frozenset(_words(sections, "starters")),
        finals=tuple(_words(sections, "finals")),
        openings=tuple(_words(sections, "openings")),
        more_stops=language.stops,
        ordinals=language.ordinals,
        phrase_spaces=language.phrase_spaces,
        boilerplate=_boilerplate_pattern(sections),
        boilerplate_heads=frozenset(
            line[:2].lower() for kind in _BOILERPLATE for line in sections.get(kind, ())
        ),
        by=frozenset(_words(sections, "by")),
    )


def _read_sections(data: str) -> dict[str, list[str]]:
    """The lines of every section of a word list."""
    sections: dict[str, list[str]] = {}
    lines: list[str] = []
    for line in data.splitlines():
        if line.startswith("[") and line.endswith("]"):
            lines = sections[line[1:-1]] = []
        elif line and not line.startswith("#"):
            lines.append(line)
    return sections


def _read_roles(sections: dict[str, list[str]]) -> dict[str, int]:
    roles: dict[str, int] = {}
    for section, role in _ROLES:
        for word in _words(sections, section):
            roles[word] = roles.get(word, 0) | role
    return roles


def _words(sections: dict[str, list[str]], section: str) -> list[str]:
    return " ".join(sections.get(section, ())).split()


def _boilerplate_pattern(sections: dict[str, list[str]]) -> re.Pattern[str]:
    groups = []
    for kind in _BOILERPLATE:
        starts = [re.escape(line.removesuffix(" $")) + r"\W*\Z" * line.endswith(" $") for line in sections.get(kind, ())]
        groups.append(f"(?P<{kind}>{'|'.join(starts) or '(?!)'})")
    return re.compile(rf"(?:{'|'.join(groups)})(?!(?<=\w)\w)", re.IGNORECASE)


@cache
def _stop_pattern(more: str) -> re.Pattern[str]:
    stops = re.escape(_STOPS + more)
    closers = re.escape(_CLOSERS)
    # The look-behinds stand after the first mark, not before it: the engine can then leap to that
    # mark, and a run of marks is tried once and not once for each of its marks.
    return re.compile(
        rf"([{stops}:;](?:(?<=[{stops}])(?<![{stops}][{stops}])[{stops}]*+[{closers}]*+"
        rf"(?:[ \xa0\u202f]»(?=[\s.,;:]))?(?:[ ]?{_EMOTICON})*+"
        rf"|(?<=[:;])['-]?[)(DP](?!\w)))(?:\s++|(?<=[{FULL_STOPS}])|(?<=[{FULL_STOPS}][{closers}])|(?![a-z0-9]))"
    )
