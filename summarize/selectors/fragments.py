"""Find the sentences that make no sense alone: crumbs, torn quotations, and lead-ins.

A summary is read without the rest of the text. ``Share this.`` says nothing, ``"The river rose.`` breaks off,
and ``These were found:`` promises something that does not follow.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING

from summarize.document import CANDIDATES
from summarize.languages import find_language
from summarize.patterns import rare
from summarize.segmentation.rules import load_rules

if TYPE_CHECKING:
    from summarize.document import Document, Sentence

# A crumb has fewer words than this, or less than this share of the usual number in its text.
_MIN_WORDS = 5
_MIN_SHARE = 0.4
# A short sentence may have this many marks of items and the like, which are counted as words.
_MAX_MARKS = 3
# Longer quotations and lists are not kept together; only their first and last sentences depend on the others.
_MAX_UNIT = 12
# A mark whose partner is more sentences away counts as unmatched.
_MAX_QUOTATION = 6
# If a larger share of the sentences has an unmatched mark, it is the style of the text: a bill may put one
# before each paragraph.
_MAX_UNMATCHED = 0.1

_FAMILIES = {
    **dict.fromkeys('"“”„‟', "double"),
    **dict.fromkeys("«»", "guillemets"),
    **dict.fromkeys("‹›", "single guillemets"),
    **dict.fromkeys("「」", "corners"),
    **dict.fromkeys("『』", "white corners"),
    **dict.fromkeys("‘’", "single"),
    "'": "straight single",
}
_SINGLE = frozenset("‘’'")
_OPENING_FORMS, _CLOSING_FORMS = frozenset("“„«‹「『‘"), frozenset("”»›」』’")
_BEFORE_OPENING = frozenset("([{—–-/¡¿:*_") | _OPENING_FORMS | frozenset("\"'")
_AFTER_CLOSING = frozenset(".,;:!?…)]}—–-/*_،؛؟।。、，！？：；") | _CLOSING_FORMS | frozenset("\"'")
_FINAL = frozenset(".!?…,。！？」』।")
# Marks that may follow the last colon of a lead-in: ``**Note:**``.
_BEHIND_COLON = " \t\r\n*_`\"”»“'’)]"
_CLOSERS = "*_`\"”“»«’')]}」』"
_COLONS = (":", "：", "﹕")
_ITEM = rare(r"(?:[-*+•‣◦▪·–—]|\(?[0-9]{1,3}[.)]|\(?[a-zA-Zа-я][.)])\s")
_ENDS = frozenset(".!?…。！？।॥։؟۔።။។")


_BETWEEN_WORDS = str.maketrans(dict.fromkeys("'’,.!?…–—", " "))


class Fragments:
    """The sentences of a document that make no sense alone.

    Quotations are matched only in the paragraphs of the sentences that are asked for.

    Parameters
    ----------
    document : Document

    Attributes
    ----------
    led : list of int
        The sentences that lead in to others, and items of a list that are not sentences; sorted.

    Examples
    --------
    >>> from summarize import segment
    >>> text = '"The river rose. Then the dam broke," he said. The council of the town met at night. Really?'
    >>> fragments = Fragments(segment(text))
    >>> fragments.is_torn(0), fragments.is_torn(2), fragments.find_unit(0)
    (True, False, range(0, 2))
    """

    def __init__(self, document: Document) -> None:
        self._document = document
        found = list(_find_lead_ins(document.sentences))
        self.led = sorted({i for own, _ in found for i in own})
        self._led_units = _list_units(unit for _, unit in found)
        self._paragraphs: dict[int, _Quotations] = {}
        self._units: dict[int, range | None] = {}
        self._counts_unmatched: bool | None = None

    def is_torn(self, i: int) -> bool:
        """Tell whether a sentence has a quotation that begins or ends in another sentence."""
        found = self._read_paragraph(i)
        return i in found.torn or (i in found.unmatched and self._is_rarely_unmatched())

    def find_unit(self, i: int) -> range | None:
        """Find the sentences that a quotation or a list ties to this one; None if there are none."""
        if i in self._units:
            return self._units[i]
        first, stop = i, i + 1
        waiting = [i]
        while waiting:
            k = waiting.pop()
            for unit in (*self._led_units.get(k, ()), *self._read_paragraph(k).units.get(k, ())):
                waiting += [*range(unit.start, first), *range(stop, unit.stop)]
                first, stop = min(first, unit.start), max(stop, unit.stop)
        found = range(first, stop) if stop - first > 1 else None
        # The other sentences belong to the same unit.
        self._units.update(dict.fromkeys(range(first, stop), found))
        return found

    def _read_paragraph(self, i: int) -> _Quotations:
        """Match the quotation marks of the paragraph of a sentence."""
        number = self._document.sentences.paragraphs[i]
        found = self._paragraphs.get(number)
        if found is None:
            found = _Quotations(self._document, self._find_paragraph(i))
            self._paragraphs[number] = found
        return found

    def _find_paragraph(self, i: int) -> range:
        paragraphs = self._document.sentences.paragraphs
        number = paragraphs[i]
        first = stop = i
        while first and paragraphs[first - 1] == number:
            first -= 1
        while stop < len(paragraphs) and paragraphs[stop] == number:
            stop += 1
        return range(first, stop)

    def _is_rarely_unmatched(self) -> bool:
        """Tell whether few sentences of the text have an unmatched quotation mark."""
        if self._counts_unmatched is None:
            n = len(self._document)
            n_unmatched = i = 0
            while i < n:
                n_unmatched += self._read_paragraph(i).n_unmatched
                i = self._find_paragraph(i).stop
            self._counts_unmatched = n_unmatched <= max(2, _MAX_UNMATCHED * n)
        return self._counts_unmatched


class _Quotations:
    """The quotations of a paragraph that are not inside one sentence.

    Marks are matched within a paragraph. Apostrophes are not quotes: a single mark counts only if it has a
    partner after punctuation.

    Attributes
    ----------
    units : dict of int to list of range
        For each sentence, the quotations over several sentences that contain it.
    torn : set of int
        The sentences of these quotations.
    unmatched : set of int
        The sentences with an unmatched mark.
    n_unmatched : int
        How many such marks there are.
    """

    __slots__ = ("n_unmatched", "torn", "unmatched", "units")

    def __init__(self, document: Document, paragraph: range) -> None:
        units = []
        self.unmatched: set[int] = set()
        self.n_unmatched = 0
        for unit in _match_quotations(document, paragraph):
            if len(unit) > 1:
                units.append(unit)
            else:
                self.unmatched.add(unit.start)
                self.n_unmatched += 1
        self.torn = {i for unit in units for i in unit}
        self.units = _list_units(units)


def _list_units(units: Iterable[range]) -> dict[int, list[range]]:
    """List the units that contain each sentence, except those of too many sentences."""
    listed: dict[int, list[range]] = {}
    for unit in units:
        if 1 < len(unit) <= _MAX_UNIT:
            for i in unit:
                listed.setdefault(i, []).append(unit)
    return listed


class Crumbs:
    """The sentences of a document that are too short to say anything: ``And today?``, ``- Tarn Weir``.

    A sentence is short compared with those that hold half of the words of its text. In a chat, a list or a
    poem, those are short themselves, and there are no crumbs.

    Parameters
    ----------
    document : Document

    Examples
    --------
    >>> from summarize import segment
    >>> crumbs = Crumbs(segment("The council of the town met at night. Really?"))
    >>> 0 in crumbs, 1 in crumbs
    (False, True)
    """

    def __init__(self, document: Document) -> None:
        self._sentences = document.sentences
        kinds = self._sentences.kinds
        self._n_words = n_words = _count_words(document)
        self._parts: list[tuple[int, int]] = []
        for first, stop in [(part.first, part.stop) for part in document.parts] or [(0, len(kinds))]:
            usual = _find_usual([n_words[i] for i in range(first, stop) if kinds[i] in CANDIDATES])
            self._parts.append(
                (first, max(_MIN_WORDS if usual > _MIN_WORDS else 0, round(_MIN_SHARE * usual)))
            )

    def __contains__(self, i: int) -> bool:
        least = self._parts[bisect_right(self._parts, i, key=lambda part: part[0]) - 1][1]
        n = self._n_words[i]
        return n < least or (n < least + _MAX_MARKS and n - _count_marks(self._sentences[i].text) < least)


def _count_words(document: Document) -> list[int]:
    """Count the words of each sentence; in a conversation, without speakers and "um", "okay", "yeah"."""
    n_words: list[int] = document.n_words.tolist()
    if not any(block.kind == "speech" for block in document.blocks):
        return n_words
    fillers = load_rules(find_language(document.language)).filler_words
    for sentence in document.sentences:
        block = document.find_block(sentence.index) if sentence.candidate else None
        if block is None or block.kind != "speech":
            continue
        words = sentence.text.lower().translate(_BETWEEN_WORDS).split()
        n_words[sentence.index] -= sum(map(fillers.__contains__, words))
        if block.speaker and sentence.start == block.start and sentence.text.startswith(block.speaker):
            n_words[sentence.index] -= len(block.speaker.split())
    return n_words


def _count_marks(text: str) -> int:
    """Count the marks that are not words: ``- A ferry`` has one mark."""
    return sum(not any(map(str.isalnum, word)) for word in text.split())


def _find_usual(n_words: list[int]) -> int:
    """Find the length such that half of the words are in sentences at least as long."""
    n_words.sort()
    left = sum(n_words) / 2
    for n in n_words:
        left -= n
        if left <= 0:
            return n
    return 0


def _find_marks(text: str, start: int, end: int) -> list[int]:
    """Find the quotation marks in a range of a text, without apostrophes inside words."""
    marks: list[int] = []
    for mark in _FAMILIES:
        at = text.find(mark, start, end)
        while at >= 0:
            if mark not in _SINGLE or not (text[at - 1 : at].isalnum() and text[at + 1 : at + 2].isalnum()):
                marks.append(at)
            at = text.find(mark, at + 1, end)
    marks.sort()
    return marks


def _match_quotations(document: Document, paragraph: range) -> Iterator[range]:
    """Match the quotation marks of a paragraph.

    Yields the sentences from one mark to its partner, and those of unmatched marks.
    """
    text, starts, ends = document.text, document.sentences.starts, document.sentences.ends
    open_marks: dict[str, list[int]] = {}
    i = paragraph.start
    for at in _find_marks(text, starts[i], ends[paragraph.stop - 1]):
        while ends[i] <= at:
            i += 1
        if at < starts[i]:
            continue
        mark = text[at]
        before = text[at - 1] if at else " "
        after = text[at + 1] if at + 1 < len(text) else " "
        single = mark in _SINGLE
        opened = open_marks.setdefault(_FAMILIES[mark], [])
        role = _find_role(mark, before, after, is_open=bool(opened))
        if role == "open":
            if single and opened:
                opened.pop()
            opened.append(i)
        elif role == "close" and opened:
            first = opened.pop()
            if first < i <= first + _MAX_QUOTATION and not (single and before not in _FINAL):
                yield range(first, i + 1)
            elif first < i and not single:
                yield range(first, first + 1)
                yield range(i, i + 1)
        elif role == "close" and not single:
            yield range(i, i + 1)
    yield from _list_unmatched(open_marks)


def _list_unmatched(open_marks: dict[str, list[int]]) -> Iterator[range]:
    for family, opened in open_marks.items():
        # An unmatched single mark is an apostrophe.
        if family not in ("single", "straight single"):
            for i in opened:
                yield range(i, i + 1)


@lru_cache(maxsize=4096)
def _find_role(mark: str, before: str, after: str, *, is_open: bool) -> str:
    """Tell whether a mark opens or closes a quotation, or neither.

    The same mark opens in one language and closes in another („…“, “…”, »…«, «…»), so its neighbors decide
    where they can: an opening mark has no space after it, a closing one none before it.
    """
    if mark in "「『":
        return "open"
    if mark in "」』":
        return "close"
    opens = (before.isspace() or before in _BEFORE_OPENING) and not after.isspace()
    closes = not before.isspace() and (after.isspace() or after in _AFTER_CLOSING)
    if mark in _SINGLE:
        # ``don't``, ``the boys' boat``, ``’90s``: it may open only after a space and before a letter.
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

    ``She named three reasons:`` depends on the items, and so do items that are not sentences.
    """
    for i, sentence in enumerate(sentences):
        last = sentence.text[-1]
        if last == "." or not sentence.text.rstrip(_BEHIND_COLON).endswith(_COLONS):
            continue
        stop = i + 1
        while stop < len(sentences) and stop <= i + _MAX_UNIT and _ITEM.match(sentences[stop].text):
            stop += 1
        leaning = [i, *(k for k in range(i + 1, stop) if not _is_whole(sentences[k]))]
        # One sentence follows. Code, a table or a heading is not a sentence, and cannot be printed.
        if stop == i + 1 and stop < len(sentences) and _is_whole(sentences[stop]):
            stop += 1
        yield leaning, range(i, stop)
