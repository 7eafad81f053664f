"""Split a text into sentences: exact character ranges, each with its kind.

Inside each block of :mod:`~summarize.segmentation.blocks`, every run of terminators is a candidate, and
:mod:`~summarize.segmentation.boundaries` decides. This module assembles the sentences;
:mod:`~summarize.segmentation.long_sentences` cuts those that are too long. Every step is linear in the length
of the text.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence

from summarize.document import CANDIDATES, Block, Sentences
from summarize.languages import Language
from summarize.patterns import rare
from summarize.segmentation.block_kinds import is_markup_heading, is_numbered_heading, is_signature
from summarize.segmentation.blocks import normalize_newlines, trim
from summarize.segmentation.boundaries import is_boundary, is_plain_boundary
from summarize.segmentation.long_sentences import MAX_SENTENCE, cut_breathless, cut_long, may_be_breathless
from summarize.segmentation.lowercase import is_lowercase_block
from summarize.segmentation.markup import Cleaner
from summarize.segmentation.quotations import close_quote, is_opening, is_two_faced
from summarize.segmentation.rules import Rules, choose_candidate, load_rules
from summarize.segmentation.speech import find_label, is_filler
from summarize.segmentation.stretches import NEVER_CHOSEN, Stretch, find_stretches

# Where spaces separate phrases, a shorter stretch is not a sentence, and a longer one ends at the next space.
_MIN_PHRASE, _MAX_PHRASE = 20, 200
_SPACE_BETWEEN = rare(r"(?<=[\u0e00-\u0eff])\s++(?=[\u0e00-\u0eff])")

_ALNUM = rare(r"[^\W_]")
_ITEM = rare(r"[^\S\n](?<=[\w):.;]\s)([-•]) (?=\w)")

# The label of a heading or an item, perhaps after its mark: "## Fig. 3. ", "• 9. ", "1.) ", "ii. ".
_LABEL = rare(
    r"(?P<mark>(?:[#=]{1,6}|[-*+•‣◦▪●–])\s+(?:[^\W\d_]{2,5}\.\s)?)?"
    r"(?P<number>\d{1,2}|[ivx]{1,5}|(?<=\s)[IVXLC]{1,6}(?=\.))(?P<close>\.\)|[.)])\s+(?=[^\W\d_]|[\"'“‘«„])"
)
# Characters that begin a label, besides the digits of other scripts.
_LABEL_STARTS = frozenset("#=-*+•‣◦▪●–ivxIVXLC0123456789")
_LABEL_ENDS = frozenset(".)")
_ROMAN = ["i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii", "xiii", "xiv", "xv"]

Span = tuple[int, int]
"""Start and end of a sentence."""
SpanFinder = Callable[[str, int, int, Rules, bool], list[Span]]


def split_sentences(
    text: str, language: Language, blocks: Sequence[Block] = (), holes: Sequence[Span] = ()
) -> Sentences:
    """Split a text into sentences by the rules of its language.

    Parameters
    ----------
    text : str
        Any text.
    language : Language
        The language whose rules apply.
    blocks, holes : sequence, optional
        What the format of the text says about it, as in `summarize.document.Text`.

    Returns
    -------
    Sentences
        In reading order. They do not overlap, none is empty or has white space at either end, and together
        they contain every character of `text` that is not white space.

    Notes
    -----
    A sentence of more than 10,000 characters is split: after the last newline of its second half, else the
    last semicolon or colon, else the last comma or dash, else the last white space, else at 10,000
    characters.

    Headings, bylines and the like are flagged by the form of the line and its neighbors only. If that would
    leave nothing to choose from, nothing is flagged.

    Examples
    --------
    >>> from summarize.languages import find_language
    >>> for sentence in split_sentences("U.S. officials met Mr. Lee. He left.", find_language("en")):
    ...     print(sentence.start, sentence.end, sentence.text)
    0 27 U.S. officials met Mr. Lee.
    28 36 He left.
    """
    return build_sentences(text, language, _find_spans, blocks, holes)


def build_sentences(
    text: str,
    language: Language,
    find_spans: SpanFinder,
    blocks: Sequence[Block] = (),
    holes: Sequence[Span] = (),
) -> Sentences:
    """Split a text into sentences, with a given function for the boundaries inside a block.

    Parameters
    ----------
    text : str
        Any text.
    language : Language
        The language whose rules apply.
    find_spans : callable
        ``find_spans(view, start, end, rules, lowercase)`` returns the ranges of the sentences in the block
        from `start` to `end`. `lowercase` says whether sentences begin with lower-case letters.
    blocks, holes : sequence, optional
        As for `split_sentences`.

    Returns
    -------
    Sentences
        As from `split_sentences`.

    Examples
    --------
    >>> from summarize.languages import find_language
    >>> whole = lambda view, start, end, rules, lowercase: [(start, end)]
    >>> [s.text for s in build_sentences("One. Two.", find_language("en"), whole)]
    ['One. Two.']
    """
    rules = load_rules(language)
    plain = normalize_newlines(text)
    view, prose, others, lowercase = find_stretches(plain, blocks, holes, rules)
    rules = rules._replace(candidate=choose_candidate(view, rules))
    pieces: list[Stretch] = []
    for start, end, paragraph, kind in prose:
        if kind == "verse":
            pieces.append((start, end, paragraph, kind))
            continue
        spans = find_spans(view, start, end, rules, lowercase)
        if end - start > MAX_SENTENCE:
            spans = [part for span in spans for part in cut_long(view, *span)]
        if may_be_breathless(view, start, end):
            spans = [part for span in spans for part in cut_breathless(view, *span, rules)]
        if kind == "heading" and len(spans) > 1 and not is_markup_heading(view, start):
            kind = "sentence"
        several = len(spans) > 1 and kind == "sentence"
        for begin, stop in spans:
            what = kind
            if several and view[begin:stop].isupper() and is_numbered_heading(view[begin:stop]):
                what = "heading"
            elif kind == "speech":
                said = begin + (find_label(view, begin, stop) if begin == start else 0)
                what = "filler" if is_filler(view[said:stop], rules) else "sentence"
            pieces.append((begin, stop, paragraph, what))
    if others:
        pieces = _merge_pieces(pieces, others)
    return _make_sentences(text, plain, view, pieces)


def _merge_pieces(prose: list[Stretch], others: list[Stretch]) -> list[Stretch]:
    """Sort all pieces by place, leave out those inside a sentence, and number the paragraphs again."""
    merged: list[Stretch] = []
    paragraph, last = -1, -1
    for start, end, old, kind in sorted(prose + others):
        if merged and start < merged[-1][1]:
            continue
        paragraph += old != last or old < 0
        last = old
        merged.append((start, end, paragraph, kind))
    return merged


def _make_sentences(text: str, plain: str, view: str, pieces: list[Stretch]) -> Sentences:
    """Make the sentences of a text, each with its printed form if that differs from its text."""
    cleaner = Cleaner(view)
    marked = cleaner.find_marked([(start, end) for start, end, *_ in pieces])
    is_masked = view is not plain
    kinds = [kind for *_, kind in pieces]
    forms: list[str | None] = [None] * len(pieces)
    for index, (start, end, _, kind) in enumerate(pieces):
        if kind == "sentence" and not is_masked and index not in marked:
            continue  # Nearly all pieces.
        piece = text[start:end]
        if kind == "verse":
            kinds[index] = "sentence"
            forms[index] = " / ".join(line.strip() for line in view[start:end].split("\n") if line.strip())
        elif kind == "heading":
            cleaned = cleaner.clean_heading(piece)
            forms[index] = cleaned if cleaned != piece and _ALNUM.search(cleaned) else None
        elif kind in CANDIDATES:
            raw = view[start:end] if is_masked else piece
            cleaned = cleaner.clean(raw) if index in marked else raw
            if cleaned is not piece and cleaned != piece and cleaned.split() != piece.split():
                if _ALNUM.search(cleaned):
                    forms[index] = cleaned
                else:
                    kinds[index] = "markup"
    starts = [start for start, *_ in pieces]
    ends = [end for _, end, *_ in pieces]
    paragraphs = [paragraph for _, _, paragraph, _ in pieces]
    if len(pieces) > 2 and kinds[-1] in CANDIDATES and is_signature(text[starts[-1] : ends[-1]]):
        kinds[-1] = "byline"
    if CANDIDATES.isdisjoint(kinds):
        # A text of nothing but markup is printed as it is.
        never = NEVER_CHOSEN if is_masked or any(kind != "markup" for kind in kinds) else ()
        for index, kind in enumerate(kinds):
            if kind not in never:
                # A heading or the like becomes a candidate if there is nothing else.
                kinds[index] = "sentence"
                if forms[index] is None:
                    forms[index] = _find_form(text[starts[index] : ends[index]], cleaner)
    return Sentences(text, starts, ends, paragraphs, kinds, forms)


def _find_form(piece: str, cleaner: Cleaner) -> str | None:
    """Return the printed form of a heading or the like, or None if that is its text."""
    cleaned = cleaner.clean(piece)
    return cleaned if cleaned.strip() and cleaned.split() != piece.split() else None


def _find_spans(view: str, start: int, end: int, rules: Rules, lowercase: bool) -> list[Span]:
    """Find the sentences of a block."""
    label = _match_label(view, start, end)
    if label:
        items = list(_split_numbered(view, start, end, label, rules))
        return [span for begin, stop in items for span in _find_in_item(view, begin, stop, rules, lowercase)]
    return _find_own(view, start, start, end, rules, lowercase)


def _match_label(view: str, start: int, end: int) -> re.Match[str] | None:
    """Match the label at the beginning of a block; most begin with a letter that no label begins with."""
    first = view[start]
    if first not in _LABEL_STARTS and not first.isdecimal():
        return None
    # A number has at most six digits or letters, and a sign after it.
    if first.isalnum() and _LABEL_ENDS.isdisjoint(view[start + 1 : start + 7]):
        return None
    return _LABEL.match(view, start, end)


def _split_numbered(view: str, start: int, end: int, label: re.Match[str], rules: Rules) -> Iterator[Span]:
    """Split a numbered list that was written into one line: "1. The bridge 2. The ferry"."""
    number = label["number"]
    names = _ROMAN if number in _ROMAN else [str(n) for n in range(1, 100)]
    begin = start
    if number in names and not label["mark"]:
        for name in names[names.index(number) + 1 :]:
            at = view.find(f" {name}{label['close']} ", begin, end)
            follow = at + len(name) + len(label["close"]) + 2
            # "am 2. Mai" does not begin a second item.
            if at < 0 or view[follow].islower() or (rules.ordinals and view[at - 1] not in ".!?;:"):
                break
            yield trim(view, begin, at)
            begin = at + 1
    yield begin, end


def _find_in_item(view: str, start: int, end: int, rules: Rules, lowercase: bool) -> list[Span]:
    """Find the sentences of a heading or an item that may begin with a label."""
    # The number of a heading or an item is not a sentence: "## 3. Results", "- 1. Wash it", "ii. The ferry".
    label = _match_label(view, start, end)
    return _find_own(view, start, label.end() if label else start, end, rules, lowercase)


def _find_own(view: str, start: int, first: int, end: int, rules: Rules, lowercase: bool) -> list[Span]:
    """Find the sentences of a block, or of an item of a list in it, whose text begins at `first`."""
    spans, rejected = _find_boundaries(view, start, first, end, rules, lowercase)
    if rejected >= len(spans) and not lowercase and is_lowercase_block(view, start, end, rules):
        # Another person may have written this block, such as a comment or a message.
        spans, _ = _find_boundaries(view, start, first, end, rules, True)
    if view[start] in "-•" or view.find(": - ", start, end) >= 0:
        spans = [part for span in spans for part in _split_items(view, *span)]
    if rules.phrase_spaces:
        spans = [part for span in spans for part in _split_phrases(view, *span, rules)]
    return spans


def _find_boundaries(
    view: str, start: int, first: int, end: int, rules: Rules, lowercase: bool
) -> tuple[list[Span], int]:
    """Find the ranges between the boundaries of a block, and count the rejected candidates."""
    spans: list[Span] = []
    rejected = 0
    begin = start
    for match in rules.candidate.finditer(view, first, end):
        at, follow = match.span()
        if follow >= end:
            break
        if is_plain_boundary(view, begin, at, follow, rules):
            spans.append((begin, at + 1))
            begin = follow
            continue
        close = match.end(1)
        if close - 1 > at and is_two_faced(view[close - 1]) and is_opening(view, start, at, close - 1):
            close = follow = close - 1
        if view[follow] in "\"'":
            close, follow = close_quote(view, start, close, follow, end)
            if follow >= end:
                break
        if is_boundary(view, begin, at, close, follow, end, rules, lowercase):
            if close - begin < 8 and not _ALNUM.search(view, begin, close):
                # Stray punctuation belongs to the sentence before it, if there is one.
                if not spans:
                    continue
                begin = spans.pop()[0]
            spans.append((begin, close))
            begin = follow
        else:
            rejected += 1
    if spans and end - begin < 8 and not _ALNUM.search(view, begin, end):
        begin = spans.pop()[0]
    spans.append((begin, end))
    return spans, rejected


def _split_items(view: str, start: int, end: int) -> list[Span]:
    """Split a list whose items were joined into one line: "- apples - pears - plums"."""
    items = list(_ITEM.finditer(view, start, end))
    if not view.startswith("- ", start):
        # A dash in running text does not begin a list; after a colon it does.
        first = next(
            (k for k, item in enumerate(items) if item[1] == "•" or view[item.start() - 1] == ":"), len(items)
        )
        items = items[first:]
    elif len(items) == 1 and items[0][1] == "-" and view[items[0].end()].islower():
        items = []  # "- Come here - he said."
    begins = [start, *(item.start(1) for item in items)]
    return list(zip(begins, [*(item.start() for item in items), end], strict=True))


def _split_phrases(view: str, start: int, end: int, rules: Rules) -> list[Span]:
    """Split a stretch in a script without final punctuation, such as Thai, at its spaces.

    A sentence ends at a space between two letters of the script if a closing syllable precedes it ("ครับ"), or
    an opening word follows ("แต่"), or if the sentence is long already.
    """
    spans = []
    begin = start
    for gap in _SPACE_BETWEEN.finditer(view, start, end):
        length = gap.start() - begin
        if length > _MAX_PHRASE or (
            length > _MIN_PHRASE
            and not view.endswith(rules.unfinished, begin, gap.start())
            and (
                view.startswith(rules.opening_words, gap.end())
                or view.endswith(rules.final_words, begin, gap.start())
            )
        ):
            spans.append((begin, gap.start()))
            begin = gap.end()
    spans.append((begin, end))
    return spans
