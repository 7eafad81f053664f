"""From a text to its sentences: exact character ranges, and what each of them is.

Inside a block of the :mod:`~summarize.segmentation.blocks`, every run of stops is a candidate, and
:mod:`~summarize.segmentation.boundaries` decides; here the sentences are put together, and what is too long
is cut. Every step is linear in the text.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

from summarize.document import Sentence
from summarize.languages import Language
from summarize.segmentation.block_kinds import find_kinds, is_caps_heading, is_markup_heading, is_signature
from summarize.segmentation.blocks import begins_small, find_blocks, find_lines, is_casual, plain_newlines
from summarize.segmentation.boundaries import is_boundary
from summarize.segmentation.rules import FULL_STOPS, Habits, load_habits

# A stretch without a boundary is cut when it is longer than this many characters (some 1,500 English
# words): after the last newline of its second half, else the last semicolon or colon, else the last
# comma or dash, else the last white space; where there is none of them, where it is full.
_LONGEST = 10_000
_CUTS = (r"\n", r"[;:；：؛](?=\s|[^\x00-\xff])", r"[,،、，](?=\s|[^\x00-\xff])|\s[–—-](?=\s)", r"\s")
# Where white space parts phrases: shorter stretches are no sentences, longer ones end at the next space.
_SHORTEST_PHRASE, _LONGEST_PHRASE = 20, 200
_SPACE_BETWEEN = re.compile(r"(?<=[\u0e00-\u0eff])\s++(?=[\u0e00-\u0eff])")

_ALNUM = re.compile(r"[^\W_]")
_ITEM = re.compile(r"[^\S\n](?<=[\w):.;]\s)([-•]) (?=\w)")

Span = tuple[int, int]
"""Start and end of a sentence."""
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
    view = plain_newlines(text)
    lines = find_lines(view)
    casual = is_casual(view, lines)
    blocks = find_blocks(view, lines, casual)
    kinds = find_kinds(view, blocks, habits, casual)
    sentences: list[Sentence] = []
    for (start, end, paragraph), kind in zip(blocks, kinds, strict=True):
        spans = find_spans(view, start, end, habits, casual)
        if end - start > _LONGEST:
            spans = [part for span in spans for part in _cut(view, *span)]
        if kind == "heading" and len(spans) > 1 and not is_markup_heading(view, start):
            kind = "sentence"
        several = len(spans) > 1 and kind == "sentence"
        for begin, stop in spans:
            piece = text[begin:stop]
            what = "heading" if several and piece.isupper() and is_caps_heading(piece) else kind
            sentences.append(Sentence(len(sentences), begin, stop, piece, paragraph, what))
    if len(sentences) > 2 and sentences[-1].candidate and is_signature(sentences[-1].text):
        sentences[-1] = replace(sentences[-1], kind="byline")
    if not any(sentence.candidate for sentence in sentences):
        return tuple(replace(sentence, kind="sentence") for sentence in sentences)
    return tuple(sentences)


def _spans(view: str, start: int, end: int, habits: Habits, casual: bool) -> list[Span]:
    """Sentences of a block."""
    spans, refused = _find_boundaries(view, start, end, habits, casual)
    if refused >= len(spans) and not casual and begins_small(view, start, end):
        # Somebody else writes here: a comment, a message.
        spans, _ = _find_boundaries(view, start, end, habits, True)
    if view[start] in "-•" or view.find(": - ", start, end) >= 0:
        spans = [part for span in spans for part in _items(view, *span)]
    if habits.phrase_spaces:
        spans = [part for span in spans for part in _phrases(view, *span, habits)]
    return spans


def _find_boundaries(view: str, start: int, end: int, habits: Habits, casual: bool) -> tuple[list[Span], int]:
    """Ranges between the boundaries of a block, and how many candidates were refused."""
    spans: list[Span] = []
    refused = 0
    begin = start
    for match in habits.stop.finditer(view, start, end):
        at, follow = match.span()
        if follow >= end:
            break
        close = match.end(1)
        if view[close - 1] in "“‘" and view[at] in FULL_STOPS:
            # These close a quotation in German, and open one behind a stop that needs no space.
            close = follow = close - 1
        if view[follow] in "\"'":
            close, follow = _close_quote(view, start, close, follow, end)
            if follow >= end:
                break
        if is_boundary(view, begin, at, close, follow, end, habits, casual):
            if close - begin < 8 and not _ALNUM.search(view, begin, close):
                # Stray marks belong to the sentence before them, if there is one.
                if not spans:
                    continue
                begin = spans.pop()[0]
            spans.append((begin, close))
            begin = follow
        else:
            refused += 1
    if spans and end - begin < 8 and not _ALNUM.search(view, begin, end):
        begin = spans.pop()[0]
    spans.append((begin, end))
    return spans, refused


def _close_quote(view: str, start: int, close: int, follow: int, end: int) -> Span:
    """Where a sentence ends and the next begins if a straight quote with space on both sides closes it."""
    mark = "''" if view.startswith("''", follow) else view[follow]
    behind = follow + len(mark)
    if behind < end and not view[behind].isspace() and view[behind] not in ",.;:":
        return close, follow
    # Far enough for most quotations, and short enough for time to stay linear.
    near = max(start, close - 500)
    count = view.count(mark, near, close)
    opened = view.count(",,", near, close) + view.count("``", near, close) if mark == "''" else 0
    if opened > count or (count % 2 == 1 and not opened):
        close = behind
        while behind < end and view[behind].isspace():
            behind += 1
        return close, behind
    return close, follow


def _items(view: str, start: int, end: int) -> list[Span]:
    """Items of a list that was run together into one line ("- apples - pears - plums")."""
    items = list(_ITEM.finditer(view, start, end))
    if not view.startswith("- ", start):
        # A dash in running text is none of a list; behind a colon it begins one.
        first = next(
            (k for k, item in enumerate(items) if item[1] == "•" or view[item.start() - 1] == ":"), len(items)
        )
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
        if length > _LONGEST_PHRASE or (
            length > _SHORTEST_PHRASE
            and (
                view.startswith(habits.openings, gap.end())
                or view.endswith(habits.finals, begin, gap.start())
            )
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
            ends = [match.end() for match in re.compile(clause).finditer(view, start + _LONGEST // 2, full)]
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
