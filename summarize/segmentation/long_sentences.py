"""Cut what is too long for a sentence, such as an automatic transcript without stops."""

from __future__ import annotations

from collections.abc import Iterator

from summarize.patterns import rare
from summarize.segmentation.rules import CLOSERS, TERMINATORS, Rules

Span = tuple[int, int]

# A longer sentence (some 1,500 English words) is cut after the last newline of its second half, else the last
# semicolon or colon, else the last comma or dash, else the last white space, else at this length.
MAX_SENTENCE = 10_000
_CUTS = tuple(
    rare(cut)
    for cut in (
        r"\n",
        r"[;:；：؛](?=\s|[^\x00-\xff])",
        r"[,،、，](?=\s|[^\x00-\xff])|\s[–—-](?=\s)",
        r"\s",
    )
)
# A shorter stretch, in characters, is never cut.
_MIN_LENGTH = 120
# A stretch without punctuation that has more words than this was not written in sentences; one that ends with
# a stop may have more.
_MIN_BREATHLESS, _MIN_STOPPED = 60, 200
_MAX_MARKS_PER_WORD = 0.02
_PUNCTUATION = rare(r"[.,;:!?()\[\]\"“”„«»–—…。，、；：！？،؛؟।۔]")
_WORD = rare(r"\S+")
# Words in a piece.
_MIN_PIECE, _MAX_PIECE = 8, 30
_LINE_END = 4


def may_be_breathless(view: str, start: int, end: int) -> bool:
    """Tell whether a range has enough words to be cut: a cheap test.

    Examples
    --------
    >>> may_be_breathless("It rained.", 0, 10)
    False
    """
    return end - start > _MIN_LENGTH and (
        view.count(" ", start, end) + view.count("\n", start, end) >= _MIN_BREATHLESS
    )


def cut_breathless(view: str, start: int, end: int, rules: Rules) -> list[Span]:
    """Cut a stretch without punctuation into pieces of at most 30 words.

    A piece ends where a line does, else before a word that begins a clause ("and she"), else before one that
    often begins a sentence ("she"), else after 30 words.

    Parameters
    ----------
    view : str
        A text with normalized newlines.
    start, end : int
        Range of what would be one sentence.
    rules : Rules
        The rules of the language.

    Returns
    -------
    list of (int, int)
        The same range if it is shorter, or has punctuation.

    Examples
    --------
    >>> from summarize.languages import find_language
    >>> from summarize.segmentation.rules import load_rules
    >>> text = "the weir was old and the mill was new and nobody knew what it was for " * 5
    >>> spans = cut_breathless(text, 0, len(text) - 1, load_rules(find_language("en")))
    >>> len(spans), text[slice(*spans[0])]
    (4, 'the weir was old and the mill was new and nobody knew what it was for the weir was old')
    """
    if rules.phrase_spaces or not may_be_breathless(view, start, end):
        return [(start, end)]
    piece = view[start:end]
    n_words = len(piece.split())
    if n_words <= _MIN_BREATHLESS or (n_words <= _MIN_STOPPED and piece.rstrip(CLOSERS)[-1:] in TERMINATORS):
        return [(start, end)]
    marks = sum(1 for _ in _PUNCTUATION.finditer(view, start, end - 1))
    if marks > _MAX_MARKS_PER_WORD * n_words:
        return [(start, end)]
    words = [match.span() for match in _WORD.finditer(view, start, end)]
    return list(_cut_words(view, words, rules))


def _cut_words(view: str, words: list[Span], rules: Rules) -> Iterator[Span]:
    first = 0
    while len(words) - first >= 2 * _MIN_PIECE:
        left = len(words) - first
        places = range(first + _MIN_PIECE, first + min(_MAX_PIECE, left - _MIN_PIECE) + 1)
        best = max(places, key=lambda place: (_rate_place(view, words, place, rules), -place))
        rate = _rate_place(view, words, best, rules)
        if left <= _MAX_PIECE + _MIN_PIECE and rate < _LINE_END:
            break
        if not rate:
            best = first + _MAX_PIECE
        yield words[first][0], words[best - 1][1]
        first = best
    yield words[first][0], words[-1][1]


def _rate_place(view: str, words: list[Span], place: int, rules: Rules) -> int:
    """Rate a place before a word: 4 after a line end, 3 before "and she", 2 before "and", 1 before "she"."""
    if "\n" in view[words[place - 1][1] : words[place][0]]:
        return _LINE_END
    word = view[slice(*words[place])].lower()
    before = view[slice(*words[place - 1])].lower()
    if before in rules.starters or before in rules.clauses:
        return 0
    if word in rules.clauses:
        follow = view[slice(*words[place + 1])].lower() if place + 1 < len(words) else ""
        return 2 + (follow in rules.starters)
    return int(word in rules.starters)


def cut_long(view: str, start: int, end: int) -> list[Span]:
    """Cut a sentence of more than 10,000 characters, as the notes of `split_sentences` describe.

    Parameters
    ----------
    view : str
        A text with normalized newlines.
    start, end : int
        Range of the sentence.

    Returns
    -------
    list of (int, int)

    Examples
    --------
    >>> cut_long("a " * 6_000, 0, 11_999)
    [(0, 9999), (10000, 11999)]
    """
    parts = []
    while end - start > MAX_SENTENCE:
        full = start + MAX_SENTENCE
        cut = full
        for clause in _CUTS:
            ends = [match.end() for match in clause.finditer(view, start + MAX_SENTENCE // 2, full)]
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
