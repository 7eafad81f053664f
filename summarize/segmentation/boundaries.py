"""What a stop means: whether a sentence ends at a candidate.

What stands before the mark (an abbreviation, an initial, a number) and after it (a capital, a digit, a
quote) decides. Nothing here knows a language: that is in its :mod:`~summarize.segmentation.rules`.
"""

from __future__ import annotations

import re

from summarize.segmentation.rules import BEFORE_NUMBER, ENDS, FULL_STOPS, MAY_END, NEVER, Habits

_OPENERS = "\"'“”‘’«»„‚‹›([{¿¡「『【〈《（［｛`*_"
_DASHES = "-–—―"
_RIGHT_TO_LEFT = "\u200e\u200f\u061c\u202a\u202b\u202c\u2066\u2067\u2068\u2069\u200b\ufeff"
_SKIPPED = frozenset(_OPENERS + _RIGHT_TO_LEFT)
# Signs that carry a sentence on.
_NO_STARTS = frozenset(",;:)]}%،؛，；：、／/=&+|!?.")
# What begins with one of them and begins a sentence all the same: a low quote, a cut in a quotation.
_STARTS = (",,", "...)", "...]")
# Behind a closing quote these carry a Japanese sentence on ("… と言った").
_JAPANESE_PARTICLES = frozenset("とっでにをがはのもなか")
# Small letters that are words in some language, and no abbreviations.
_WORDS_OF_ONE = frozenset("aeiouyàèéêíìòóôúùýæøåäöüаеиоуыэюяёіїє")
_CONSONANTS = frozenset("bcdfghjklmnpqrstvwxzбвгджзклмнпрстфхцчшщ")

# No abbreviation is longer: how far to look back from a stop, and forward for the next word.
_REACH = 24
# How long a heading may be that is run into its paragraph.
_RUN_IN_HEADING = 100

_WORD = re.compile(r"[^\W\d_]+")
_ALNUM = re.compile(r"[^\W_]")
_DOTTED = re.compile(r"(?:[^\s.]{1,2}\.)+[^\s.]{1,3}\Z")
_DATE_REST = re.compile(r"\s?\d{1,2}\.(?!\d)")
_ROMAN = re.compile(r"[IVXLC]+\Z")
_NUMBER = re.compile(r"[\d.,:/-]*\d\Z")
_LABEL = re.compile(r"[\"'“„«(\[]*(?:[^\W\d_]+\.?\s+)?(?:\d+(?:\.\d+)*|[IVXLC]+|[A-Za-z])\Z")
_ELISION = re.compile(r"['’‘][a-z]\s[^\W\d_a-z]")  # Dutch "'s Avonds"


def is_boundary(
    view: str, begin: int, at: int, close: int, follow: int, end: int, habits: Habits, casual: bool
) -> bool:
    """Whether a sentence ends at a candidate.

    The mark stands at `at`, the sentence would end at `close`, and the next one begin at `follow`.
    """
    first = follow
    char = view[follow]
    while char in _SKIPPED:
        first += 1
        if first == end:
            return False
        char = view[first]
    mark = view[at]
    if mark in FULL_STOPS:
        return _ends_at_full_stop(view, at, close, follow, first, char)
    if close == follow:
        return _is_glued(view, begin, at, first, end, habits)
    if not char.isalnum():
        if char in _DASHES:
            if view[at] == "." and view.startswith("--", follow) and _is_run_in(view, begin, at):
                return False
            char = _after_dash(view, first, end)
        if char in _NO_STARTS and not view.startswith(_STARTS, first):
            return False
    if char.islower():
        return _starts_small(view, begin, at, close, follow, first, habits, casual)
    if mark != "." or view[at + 1] == ".":
        return _ends_at_mark(view, begin, at, close, char, habits)
    word = _word_before(view, begin, at)
    role = habits.roles.get(word)
    if role is None:
        role = _guess_role(view, begin, at, word, habits)
    if role & BEFORE_NUMBER and char.isdigit():
        return False
    if not role or role & ENDS:
        return not role or view[follow] not in "(["
    if role & NEVER or char.isdigit():
        return False
    if role & BEFORE_NUMBER and _is_label(view, first, end):
        return False
    return not role & MAY_END or _starts_sentence(view, first, habits)


def _is_run_in(view: str, begin: int, at: int) -> bool:
    """Whether a sentence is a heading run into its paragraph ("(1) Administrator. -- The term ...")."""
    return at - begin < _RUN_IN_HEADING and view[begin] not in _DASHES


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


def _ends_at_full_stop(view: str, at: int, close: int, follow: int, first: int, char: str) -> bool:
    """Whether a sentence ends at a mark that needs no space behind it."""
    if char in _NO_STARTS or (view[at] == "．" and char.isdigit()):
        return False
    if close > at + 1:
        return not (view[close - 1] in "」』" and view[follow] in _JAPANESE_PARTICLES)
    for opener, closer in ("「」", "（）", "『』"):
        inside = view.find(closer, first, first + 60)
        if (
            inside > 0
            and view.find(opener, first, inside) < 0
            and view.rfind(opener, max(0, at - 60), at) >= 0
        ):
            return view.rfind(closer, max(0, at - 60), at) > view.rfind(opener, max(0, at - 60), at)
    return True


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
    if view.startswith(("http://", "https://"), first) or _ELISION.match(view, follow):
        return True
    if view[at] in "?!" and close - at > 1 and view[close - 1] in "?!":
        return True
    if view[follow] in "([" and first == follow + 1 and view[at - 4 : at].isalpha():
        return view[close - 1] in ".?!"
    if not casual or (close - at > 1 and view[at + 1] in ".)]"):
        return False
    if view[at] != ".":
        return True
    word = _word_before(view, begin, at)
    return not habits.roles.get(word.lower()) and len(word) != 1 and not _DOTTED.match(word)


def _starts_sentence(view: str, first: int, habits: Habits) -> bool:
    word = _WORD.match(view, first, first + _REACH)
    if word is None:
        return False
    start = word[0]
    if len(start) > 1 and start.isupper() and not start[:-1].islower():
        return False
    return start.lower() in habits.starters and view[word.end() : word.end() + 1] != "."


def _is_label(view: str, first: int, end: int) -> bool:
    """Whether what follows is a Roman number or a single letter, as in "Vol. XII"."""
    word = _WORD.match(view, first, end)
    return word is not None and (len(word[0]) == 1 or _ROMAN.match(word[0]) is not None)


def _guess_role(view: str, begin: int, at: int, word: str, habits: Habits) -> int:
    """What a word before a stop is that is not listed as it stands."""
    if len(word) > 1:
        role = habits.roles.get(word.lower())
        if role is not None:
            return role
        if len(word) > 4 and word.isalpha():
            return BEFORE_NUMBER if word.endswith(habits.suffixes) else 0
    if at - begin <= _REACH and _LABEL.match(view, begin, at):
        head = view[begin:at].split()
        if len(head) == 1 or _is_counted(head[0], habits):
            return NEVER
    if word.isdigit():
        return _guess_number(view, begin, at, word, habits)
    if len(word) < 2:
        is_initial = word.isalpha() and word < "\u1100" and word not in _WORDS_OF_ONE
        return MAY_END if is_initial else 0
    if (habits.ordinals and _ROMAN.match(word)) or (_DOTTED.match(word) and not _NUMBER.match(word)):
        return MAY_END
    tail = word.replace("’", "'").replace("-", "'").rpartition("'")[2]
    if tail != word:
        return habits.roles.get(tail.lower(), 0) if len(tail) > 1 else 0
    if not _is_unvowelled(word):
        return 0
    # Behind a number it is a unit ("350 Nm.").
    return 0 if view[max(begin, at - len(word) - 2) : at - len(word)].strip().isdigit() else MAY_END


def _guess_number(view: str, begin: int, at: int, word: str, habits: Habits) -> int:
    """What a number before a stop is: part of a date or reference, an ordinal, or a mere number."""
    if view[at - len(word) - 1] == "[" or _DATE_REST.match(view, at + 1):  # "[5. P. 27]", "2010. 3. 5."
        return NEVER
    if not habits.ordinals or len(word) > 3:
        return 0
    # "Nr. 5" counts; "der 5." is an ordinal.
    return 0 if _is_counted(_word_before(view, begin, at - len(word)), habits) else MAY_END


def _is_counted(word: str, habits: Habits) -> bool:
    """Whether a word stands before numbers, as "No." and "Chapter" do."""
    return habits.roles.get(word.strip(".\"'“„«([").lower(), 0) & BEFORE_NUMBER > 0


def _is_unvowelled(word: str) -> bool:
    """Whether a short word cannot be spoken; "l" and "r" can stand for a vowel, as in Czech "prst"."""
    small = word.lower()
    is_short = len(word) <= 4 and word != small.upper()
    return is_short and _CONSONANTS.issuperset(small) and "l" not in small[1:] and "r" not in small[1:]


def _word_before(view: str, begin: int, at: int) -> str:
    """The word that a stop stands behind, without what opens before it."""
    words = view[max(begin, at - _REACH) : at].rsplit(None, 1)
    if not words:
        return ""
    word = words[-1]
    return word if word[0].isalnum() else word.lstrip(_OPENERS + _DASHES + _RIGHT_TO_LEFT)


def _after_dash(view: str, first: int, end: int) -> str:
    """The first character behind a dash, white space and quotes, or the dash."""
    word = _ALNUM.search(view, first, min(end, first + 6))
    return word[0] if word else view[first]
