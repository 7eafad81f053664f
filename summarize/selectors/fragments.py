"""Find the sentences that do not stand on their own: crumbs, torn quotations, and lead-ins.

What is printed is read without the rest of the text. ``Share this.`` says nothing, ``"The river rose.``
breaks off, and ``These were found:`` promises what is not there.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

if TYPE_CHECKING:
    from summarize.document import Document, Sentence

# A crumb has fewer words than this, or less than this share of what is usual in its text.
_MIN_WORDS = 5
_MIN_SHARE = 0.4
# Longer quotations and lists are not kept together; only their first and last sentences lean on the others.
_MAX_UNIT = 12
# A mark whose partner is more sentences away is taken for one without a partner.
_MAX_QUOTATION = 6
# If more than this share of the sentences have a mark without a partner, as in a bill that puts one before
# each paragraph, this is how the text is written.
_MAX_UNMATCHED = 0.1

_MARK = re.compile("[\"“”„‟«»‹›「」『』‘’']")
_FAMILIES = {
    **dict.fromkeys('"“”„‟', "double"),
    **dict.fromkeys("«»", "guillemets"),
    **dict.fromkeys("‹›", "single guillemets"),
    **dict.fromkeys("「」", "corners"),
    **dict.fromkeys("『』", "white corners"),
    **dict.fromkeys("‘’", "single"),
    "'": "straight single",
}
_OPENING_FORMS, _CLOSING_FORMS = frozenset("“„«‹「『‘"), frozenset("”»›」』’")
_BEFORE_OPENING = frozenset("([{—–-/¡¿:*_") | _OPENING_FORMS | frozenset("\"'")
_AFTER_CLOSING = frozenset(".,;:!?…)]}—–-/*_،؛؟।。、，！？：；") | _CLOSING_FORMS | frozenset("\"'")
_FINAL = frozenset(".!?…,。！？」』।")
# Marks that may stand behind the last colon of a lead-in: ``**Note:**``.
_BEHIND_COLON = " \t\r\n*_`\"”»“'’)]"
_CLOSERS = "*_`\"”“»«’')]}」』"
_COLONS = (":", "：", "﹕")
_ITEM = re.compile(r"(?:[-*+•‣◦▪·–—]|\(?[0-9]{1,3}[.)]|\(?[a-zA-Zа-я][.)])\s")
_ENDS = frozenset(".!?…。！？।॥։؟۔።။។")


class Fragments(NamedTuple):
    """The sentences of a document that do not stand on their own.

    Attributes
    ----------
    crumbs : list of int
        Those that are too short to say anything.
    torn : list of int
        Those with a quotation that begins or ends in another sentence.
    led : list of int
        Those that lead to what follows, and items of a list that are no sentences.
    units : dict of int to range
        The sentences that belong together, for each of them.
    """

    crumbs: list[int]
    torn: list[int]
    led: list[int]
    units: dict[int, range]


def find_fragments(document: Document) -> Fragments:
    """Find the sentences that do not stand on their own.

    Parameters
    ----------
    document : Document

    Returns
    -------
    Fragments

    Examples
    --------
    >>> from summarize import segment
    >>> text = '"The river rose. Then the dam broke," he said. The council of the town met at night. Really?'
    >>> fragments = find_fragments(segment(text))
    >>> fragments.crumbs, fragments.torn, fragments.units[0]
    ([0, 3], [0, 1], range(0, 2))
    """
    torn, led = list(_find_torn_quotations(document)), list(_find_lead_ins(document.sentences))
    ranges = [unit for _, unit in (*torn, *led) if len(unit) <= _MAX_UNIT]
    units: dict[int, range] = {}
    for unit in _join_overlapping(ranges):
        units.update(dict.fromkeys(unit, unit))
    torn_ones, led_ones = (sorted({i for own, _ in found for i in own}) for found in (torn, led))
    return Fragments(_find_crumbs(document), torn_ones, led_ones, units)


def _join_overlapping(ranges: list[range]) -> Iterator[range]:
    """Join ranges that have sentences in common."""
    joined: range | None = None
    for each in sorted((each for each in ranges if len(each) > 1), key=lambda each: each.start):
        if joined is None or each.start >= joined.stop:
            if joined is not None:
                yield joined
            joined = each
        else:
            joined = range(joined.start, max(joined.stop, each.stop))
    if joined is not None:
        yield joined


def _find_crumbs(document: Document) -> list[int]:
    """Find sentences that are too short: ``And today?``, ``- Tarn Weir``, ``Share this``.

    A sentence is short compared with those that hold half of the words of its text. In a chat, a list or a
    poem these are short themselves, and nothing is a crumb.
    """
    crumbs: list[int] = []
    sentences = document.sentences
    n_words = document.n_words
    for first, stop in [(part.first, part.stop) for part in document.parts] or [(0, len(sentences))]:
        usual = _find_usual(
            np.array([n_words[i] for i in range(first, stop) if sentences[i].candidate], dtype=np.int64)
        )
        least = max(_MIN_WORDS if usual > _MIN_WORDS else 0, round(_MIN_SHARE * usual))
        for i in (n_words[first:stop] < least + 3).nonzero()[0].tolist():
            i += first
            # Count only words with a letter or a digit: ``- A ferry`` has two.
            extra = sum(not any(map(str.isalnum, word)) for word in sentences[i].text.split())
            if n_words[i] - extra < least:
                crumbs.append(i)
    return crumbs


def _find_usual(n_words: np.ndarray) -> int:
    """Find the length such that half of the words are in sentences at least as long."""
    if not len(n_words):
        return 0
    ordered = np.sort(n_words)
    below = np.cumsum(ordered)
    return int(ordered[int(np.searchsorted(below, below[-1] / 2))])


def _find_torn_quotations(document: Document) -> Iterator[tuple[list[int], range]]:
    """Find quotations over several sentences, and quotations of which one end is missing.

    Marks are matched within a paragraph. Apostrophes are no quotes: a single mark counts only if it has a
    partner that punctuation precedes.
    """
    sentences, text = document.sentences, document.text
    if not _MARK.search(text):
        return
    start = 0
    alone: list[tuple[list[int], range]] = []
    while start < len(sentences):
        stop = start + 1
        while stop < len(sentences) and sentences[stop].paragraph == sentences[start].paragraph:
            stop += 1
        for each in _match_quotations(text, sentences[start:stop]):
            if len(each[1]) > 1:
                yield each
            else:
                alone.append(each)
        start = stop
    if len(alone) <= max(2, _MAX_UNMATCHED * len(sentences)):
        yield from alone


def _match_quotations(text: str, paragraph: Sequence[Sentence]) -> Iterator[tuple[list[int], range]]:
    """Match the quotation marks of a paragraph."""
    open_marks: dict[str, list[int]] = {}
    for sentence in paragraph:
        i = sentence.index
        for found in _MARK.finditer(sentence.text):
            mark = found[0]
            at = sentence.start + found.start()
            before = text[at - 1] if at else " "
            after = text[at + 1] if at + 1 < len(text) else " "
            family = _FAMILIES[mark]
            opened = open_marks.setdefault(family, [])
            role = _find_role(mark, before, after, is_open=bool(opened))
            single = mark in "‘’'"
            if role == "open":
                if single and opened:
                    opened.pop()
                opened.append(i)
            elif role == "close" and opened:
                first = opened.pop()
                if first < i <= first + _MAX_QUOTATION and not (single and before not in _FINAL):
                    yield list(range(first, i + 1)), range(first, i + 1)
                elif first < i and not single:
                    yield [first], range(first, first + 1)
                    yield [i], range(i, i + 1)
            elif role == "close" and not single:
                yield [i], range(i, i + 1)
    for family, opened in open_marks.items():
        if "single" not in family or family == "single guillemets":
            for i in opened:
                yield [i], range(i, i + 1)


def _find_role(mark: str, before: str, after: str, *, is_open: bool) -> str:
    """Tell whether a mark opens or closes a quotation, or neither.

    The same mark opens in one language and closes in another („…“, “…”, »…«, «…»), so that its neighbors
    decide where they can: an opening mark has no space behind it, a closing one none before it.
    """
    if mark in "「『":
        return "open"
    if mark in "」』":
        return "close"
    opens = (before.isspace() or before in _BEFORE_OPENING) and not after.isspace()
    closes = not before.isspace() and (after.isspace() or after in _AFTER_CLOSING)
    if mark in "‘’'":
        # ``don't``, ``the boys' boat``, ``’90s``: only before a letter and behind a space may it open.
        if opens and after.isalpha() and (before.isspace() or before in '([{—–“"') and mark != "’":
            return "open"
        return "close" if closes and is_open and (not before.isalnum() or mark == "’") else ""
    if mark == '"' and before.isdigit() and not is_open:
        return ""  # Inches: a 27" screen.
    if opens != closes:
        return "open" if opens else "close"
    if mark in "„‟" or (mark in _OPENING_FORMS and not is_open):
        return "open"
    if mark in _CLOSING_FORMS and mark != "”":
        return "close"
    return "close" if is_open else "open"


def _is_whole(sentence: Sentence) -> bool:
    return sentence.candidate and sentence.text.rstrip(_CLOSERS)[-1:] in _ENDS


def _find_lead_ins(sentences: Sequence[Sentence]) -> Iterator[tuple[list[int], range]]:
    """Find sentences that end in a colon, with what they lead to: all items of a list, or one sentence.

    ``She named three reasons:`` leans on the items. So do the items that are no sentences.
    """
    for i, sentence in enumerate(sentences):
        if not sentence.text.rstrip(_BEHIND_COLON).endswith(_COLONS):
            continue
        stop = i + 1
        while stop < len(sentences) and stop <= i + _MAX_UNIT and _ITEM.match(sentences[stop].text):
            stop += 1
        leaning = [i, *(k for k in range(i + 1, stop) if not _is_whole(sentences[k]))]
        # What follows is one sentence; code, a table or a heading is none, and cannot be printed.
        if stop == i + 1 and stop < len(sentences) and _is_whole(sentences[stop]):
            stop += 1
        yield leaning, range(i, stop)
