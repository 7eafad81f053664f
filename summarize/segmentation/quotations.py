"""Tell whether a sentence goes on after a quotation, and which quotation marks open and close one."""

from __future__ import annotations

from summarize.patterns import rare
from summarize.segmentation.rules import STRONG_TERMINATORS, Rules

# Characters to look at: enough for most quotations, and few enough to keep the time linear.
_MAX_QUOTATION = 500
_MAX_NARRATION = 60
# Marks that close a quotation in one language and open one in another, each with the mark that opens it in
# the first and the one that closes it in the second.
_TWO_FACED = {"“": ("„‟", "”"), "‘": ("‚‛", "’"), "«": ("»", "»"), "‹": ("›", "›")}
_OPENING = frozenset('"“”«»„‚‘「『')
_CLOSING = frozenset('"”»«“’』」')
# Closing marks of a quotation, title or remark, each with its opening mark.
_OPENER = {"”": "“", "’": "‘", "」": "「", "』": "『", "》": "《", "〉": "〈", "）": "（", "】": "【"}
# What introduces a quotation that ends its sentence: 他说：“我不去。”
_INTRODUCTIONS = frozenset(":：,，、—…")
# After a closing quote, these continue a Japanese sentence: 「行こう。」と言った。
_PARTICLES = frozenset("とっでにをがはのもなか")
# After a bare mark, a particle continues it only before a noun or a verb of saying: 来るかな？と思った。
_BARE_PARTICLE = rare(r"を|って|とい|[とのはがにでも](?=[\u30a1-\u30fa\u4e00-\u9fff\d])")
_HANGUL = rare(r"[\uac00-\ud7a3]")
_CLAUSE = rare(r"[^.!?。！？؟।۔…:;\"“”«»„\n]+")
_WORDS = rare(r"[^\s\"'“”«»„,،、，]+")


def is_two_faced(mark: str) -> bool:
    """Tell whether a quotation mark opens in some languages and closes in others.

    Examples
    --------
    >>> is_two_faced("“"), is_two_faced("”")
    (True, False)
    """
    return mark in _TWO_FACED


def is_opening(view: str, start: int, at: int, mark: int) -> bool:
    """Tell whether a two-faced mark right after a terminator opens a quotation.

    In German „…“ and »…« it closes the one that is open. Elsewhere it opens one: 。“就像”, "closed.“Why?”".

    Parameters
    ----------
    view : str
        A text with normalized newlines.
    start : int
        Start of the block.
    at, mark : int
        Places of the terminator and of the quotation mark.

    Returns
    -------
    bool

    Examples
    --------
    >>> is_opening("„Geh.“ Er ging.", 0, 4, 5), is_opening("It closed.“Why?” he asked.", 0, 9, 10)
    (False, True)
    """
    if view[at] in STRONG_TERMINATORS and view[mark] in "“‘":
        return True
    near = max(start, mark - _MAX_QUOTATION)
    openers, closer = _TWO_FACED[view[mark]]
    is_closed = sum(view.count(opener, near, mark) for opener in openers) <= view.count(
        view[mark], near, mark
    )
    return is_closed and view.find(closer, mark + 1, mark + _MAX_QUOTATION) > 0


def close_quote(view: str, start: int, close: int, follow: int, end: int) -> tuple[int, int]:
    """Move a boundary after a straight quote with space on both sides if the quote is a closing one.

    In '" He came. " She left.' the second quote closes the first sentence. In 'He came. " She left. "' the
    first quote opens the second sentence, and the boundary does not move.

    Parameters
    ----------
    view : str
        A text with normalized newlines.
    start, end : int
        Range of the block.
    close, follow : int
        End of the sentence, and start of the next one, at the quote.

    Returns
    -------
    tuple of (int, int)
        The same two places, moved or not.

    Examples
    --------
    >>> close_quote('" He came. " She left.', 0, 10, 11, 22)
    (12, 13)
    """
    quote = "''" if view.startswith("''", follow) else view[follow]
    after = follow + len(quote)
    if after < end and not view[after].isspace() and view[after] not in ",.;:":
        return close, follow
    near = max(start, close - _MAX_QUOTATION)
    count = view.count(quote, near, close)
    opened = view.count(",,", near, close) + view.count("``", near, close) if quote == "''" else 0
    if opened > count or (count % 2 == 1 and not opened):
        close = after
        while after < end and view[after].isspace():
            after += 1
        return close, after
    return close, follow


def is_narrated(view: str, begin: int, close: int, follow: int, end: int, rules: Rules) -> bool:
    """Tell whether the narrator goes on after a sentence that is a quotation: "“가자!” 그가 외쳤다.".

    Parameters
    ----------
    view : str
        A text with normalized newlines.
    begin, close, follow, end : int
        Start of the sentence, its end after the quotation, start of what follows, and end of the block.
    rules : Rules
        The rules of the language.

    Returns
    -------
    bool

    Examples
    --------
    >>> from summarize.languages import find_language
    >>> from summarize.segmentation.rules import load_rules
    >>> english = load_rules(find_language("en"))
    >>> is_narrated("“Go!” Ann said.", 0, 5, 6, 15, english)
    True
    >>> is_narrated("“Go!” We went.", 0, 5, 6, 14, english)
    False
    """
    if view[begin] not in _OPENING or view[close - 1] not in _CLOSING:
        return False
    clause = _CLAUSE.match(view, follow, min(end, follow + _MAX_NARRATION))
    if clause is None or view[follow] in _OPENING or view[clause.end() : clause.end() + 1] == ":":
        return False
    return any(word.lower() in rules.said for word in _WORDS.findall(clause[0]))


def goes_on_without_space(view: str, begin: int, close: int, follow: int) -> bool:
    """Tell whether a Chinese or Japanese sentence goes on after a quotation, a title or a remark.

    "「行こう。」と言った。" and "“你去哪儿？”他问。" are one sentence each.
    "他说：“我不去。”我们走了。" is two.

    Parameters
    ----------
    view : str
        A text with normalized newlines.
    begin, close, follow : int
        Start of the sentence, its end after the closing mark, and start of what follows.

    Returns
    -------
    bool

    Examples
    --------
    >>> goes_on_without_space("“你去哪儿？”他问。", 0, 7, 7)
    True
    >>> goes_on_without_space("他说：“我不去。”我们走了。", 0, 9, 9)
    False
    """
    mark = view[close - 1]
    if view[follow] in _PARTICLES and mark in "」』）〉》】":
        return True
    if close != follow or view[follow] in _OPENING or mark not in _OPENER:
        return False
    opener = view.rfind(_OPENER[mark], max(0, close - _MAX_QUOTATION), close - 1)
    if opener < 0:
        return False
    if opener <= begin and mark in "）】":
        return False
    return mark in "》〉" or view[opener - 1 : opener] not in _INTRODUCTIONS or opener == 0


def goes_on_with_particle(view: str, follow: int) -> bool:
    """Tell whether a Japanese particle goes on after a bare stop: "来るかな？と思った。"

    Parameters
    ----------
    view : str
        A text with normalized newlines.
    follow : int
        Place after the stop.

    Returns
    -------
    bool

    Examples
    --------
    >>> goes_on_with_particle("来るかな？と思った。", 5), goes_on_with_particle("来た。とても嬉しい。", 3)
    (True, False)
    """
    return _BARE_PARTICLE.match(view, follow) is not None


def is_inside(view: str, at: int, first: int) -> bool:
    """Tell whether a Chinese or Japanese stop is inside a short quotation, title or remark.

    Parameters
    ----------
    view : str
        A text with normalized newlines.
    at, first : int
        Places of the stop and of what follows it.

    Returns
    -------
    bool

    Examples
    --------
    >>> is_inside("他在读《你好！中国》这本书。", 6, 7)
    True
    """
    near = max(0, at - _MAX_NARRATION)
    for opener, closer in ("「」", "（）", "『』", "《》"):
        inside = view.find(closer, first, first + _MAX_NARRATION)
        if (
            inside > 0
            and view.find(opener, first, inside) < 0
            and view.rfind(opener, near, at) > view.rfind(closer, near, at)
        ):
            return True
    return False


def is_quoted_to_particle(view: str, begin: int, close: int, follow: int, end: int) -> bool:
    """Tell whether a stop is inside a quotation that a Korean particle follows.

    "“간다. 꼭 간다.”고 말했다." is one sentence.

    Parameters
    ----------
    view : str
        A text with normalized newlines.
    begin, close, follow, end : int
        Start of the sentence, its end, start of what follows, and end of the block.

    Returns
    -------
    bool

    Examples
    --------
    >>> text = "“간다. 꼭 간다.”고 말했다."
    >>> is_quoted_to_particle(text, 0, 4, 5, len(text))
    True
    """
    if not "\uac00" <= view[follow] <= "\ud7a3":
        return False
    near = max(begin, close - _MAX_QUOTATION)
    for opener, closer in ("“”", '""', "‘’"):
        stop = view.find(closer, follow, min(end, follow + _MAX_QUOTATION))
        if stop < 0 or not _HANGUL.match(view, stop + 1):
            continue
        if opener == closer:
            is_open = view.count(opener, near, close) % 2 == 1
        else:
            is_open = view.rfind(opener, near, close) > view.rfind(closer, near, close)
            is_open = is_open and view.find(opener, follow, stop) < 0
        if is_open:
            return True
    return False
