"""Decide whether a sentence ends at a candidate boundary.

The text before the terminator (an abbreviation, an initial, a number) and after it (a capital, a digit, a
quote) decides. The code knows no language; that knowledge is in the :mod:`~summarize.segmentation.rules`.
"""

from __future__ import annotations

import re

from summarize.segmentation.rules import BEFORE_NUMBER, ENDS, MAY_END, NEVER, STRONG_TERMINATORS, Rules

_OPENERS = "\"'“”‘’«»„‚‹›([{¿¡「『【〈《（［｛`*_"
_DASHES = "-–—―"
# Direction controls, zero-width space and byte order mark.
_INVISIBLE = "\u200e\u200f\u061c\u202a\u202b\u202c\u2066\u2067\u2068\u2069\u200b\ufeff"
_SKIPPED = frozenset(_OPENERS + _INVISIBLE)
# Characters that continue a sentence.
_NON_STARTERS = frozenset(",;:)]}%،؛，；：、／/=&+|!?.")
# Strings that start with such a character but begin a sentence: a low quote, an omission in a quotation.
_STARTERS = (",,", "...)", "...]")
# After a closing quote, these continue a Japanese sentence: 「行こう。」と言った。
_JAPANESE_PARTICLES = frozenset("とっでにをがはのもなか")
# Lower-case letters that are words in some language, not abbreviations.
_ONE_LETTER_WORDS = frozenset("aeiouyàèéêíìòóôúùýæøåäöüаеиоуыэюяёіїє")
_CONSONANTS = frozenset("bcdfghjklmnpqrstvwxzбвгджзклмнпрстфхцчшщ")

# Characters to look back from a period for an abbreviation, and forward for the next word.
_MAX_ABBREVIATION = 24
# Characters in a heading that is run into its paragraph.
_MAX_RUN_IN_HEADING = 100

_WORD = re.compile(r"[^\W\d_]+")
_ALNUM = re.compile(r"[^\W_]")
# "U.S", "z.B", "Ph.D"
_DOTTED = re.compile(r"(?:[^\s.]{1,2}\.)+[^\s.]{1,3}\Z")
# The rest of a date after a number and a period: " 3." in "2010. 3. 5."
_DATE_REST = re.compile(r"\s?\d{1,2}\.(?!\d)")
_ROMAN = re.compile(r"[IVXLC]+\Z")
_NUMBER = re.compile(r"[\d.,:/-]*\d\Z")
# A label before the text: "(a)", "Article 5", "Sec. IV".
_LABEL = re.compile(r"[\"'“„«(\[]*(?:[^\W\d_]+\.?\s+)?(?:\d+(?:\.\d+)*|[IVXLC]+|[A-Za-z])\Z")
_ELISION = re.compile(r"['’‘][a-z]\s[^\W\d_a-z]")  # Dutch "'s Avonds"


def is_boundary(
    view: str, begin: int, at: int, close: int, follow: int, end: int, rules: Rules, lowercase: bool
) -> bool:
    """Decide whether a sentence ends at a candidate boundary.

    Parameters
    ----------
    view : str
        A text with normalized newlines.
    begin : int
        Start of the sentence.
    at : int
        Place of the terminator.
    close : int
        End of the sentence if it ends here: after the terminator and any closing punctuation.
    follow : int
        Start of the next sentence if this one ends here.
    end : int
        End of the block, greater than `follow`.
    rules : Rules
        The rules of the language.
    lowercase : bool
        Whether sentences begin with lower-case letters.

    Returns
    -------
    bool

    Examples
    --------
    >>> from summarize.languages import find_language
    >>> from summarize.segmentation.rules import load_rules
    >>> rules = load_rules(find_language("en"))
    >>> text = "Mr. Smith left. He was tired."
    >>> is_boundary(text, 0, 2, 3, 4, len(text), rules, False)
    False
    >>> is_boundary(text, 0, 14, 15, 16, len(text), rules, False)
    True
    """
    first = follow
    char = view[follow]
    while char in _SKIPPED or (char in " \xa0\u202f" and view[first - 1] == "«"):
        first += 1
        if first == end:
            return False
        char = view[first]
    terminator = view[at]
    if terminator in STRONG_TERMINATORS:
        return _ends_at_strong_terminator(view, at, close, follow, first, char)
    if close == follow:
        return _is_missing_space(view, begin, at, first, end, rules)
    if not char.isalnum():
        if char in _DASHES:
            if view[at] == "." and view.startswith("--", follow) and _is_run_in(view, begin, at):
                return False
            char = _after_dash(view, first, end)
        if char in _NON_STARTERS and not view.startswith(_STARTERS, first):
            return False
    if char.islower():
        return _ends_before_lowercase(view, begin, at, close, follow, first, rules, lowercase)
    if terminator != "." or view[at + 1] == ".":
        return _ends_at_punctuation(view, begin, at, close, char, rules)
    word = _word_before(view, begin, at)
    role = rules.roles.get(word)
    if role is None:
        role = _guess_role(view, begin, at, word, rules)
    if role & BEFORE_NUMBER and char.isdigit():
        return False
    if not role or role & ENDS:
        return not role or view[follow] not in "(["
    if role & NEVER or char.isdigit():
        return False
    if role & BEFORE_NUMBER and _is_numeral_or_letter(view, first, end):
        return False
    return not role & MAY_END or _starts_sentence(view, first, rules)


def _is_run_in(view: str, begin: int, at: int) -> bool:
    """Tell whether a sentence is a heading run into its paragraph: "(1) Administrator. -- The term …"."""
    return at - begin < _MAX_RUN_IN_HEADING and view[begin] not in _DASHES


def _ends_at_punctuation(view: str, begin: int, at: int, close: int, char: str, rules: Rules) -> bool:
    """Decide at a terminator other than a single period.

    "Really?! Yes." is two sentences; "Yahoo! Inc. grew." and "It was (!) new." are one.
    """
    terminator = view[at]
    if terminator in ":;" and terminator not in rules.extra_terminators:
        return char.isupper()
    if view[at - 1] in "([" and close > at + 1:  # "(!)", "(...)"
        return False
    if terminator == "!":
        return rules.roles.get(_word_before(view, begin, at).lower() + "!") is None
    return terminator not in ".…" or char.isupper() or not view[at - 1].isspace()


def _ends_at_strong_terminator(view: str, at: int, close: int, follow: int, first: int, char: str) -> bool:
    """Decide at a terminator that needs no space after it.

    "它很老。没有人知道。" is two sentences. "「行こう。」と言った。" is one, because the sentence goes on
    after the quotation. A 。 between brackets does not end a sentence either.
    """
    if char in _NON_STARTERS or (view[at] == "．" and char.isdigit()):
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


def _is_missing_space(view: str, begin: int, at: int, first: int, end: int, rules: Rules) -> bool:
    """Tell whether the space between two sentences is missing.

    "This is the end.Then it began." is two sentences; "Visit example.Com/page now." is one.
    """
    if first + 1 >= end or not view[first].isupper() or not view[first + 1].islower():
        return False
    before = view[max(begin, at - _MAX_ABBREVIATION) : at].rsplit(None, 1)[-1:]
    after = view[first : min(end, first + _MAX_ABBREVIATION)].split(None, 1)[0]
    if not before or not before[0][-2:].islower() or len(before[0]) < 3 or before[0].lower() in rules.roles:
        return False
    return not any(sign in before[0] or sign in after for sign in "/@._\\=") or after[-1:] == "."


def _ends_before_lowercase(
    view: str, begin: int, at: int, close: int, follow: int, first: int, rules: Rules, lowercase: bool
) -> bool:
    """Decide before a lower-case letter, where a sentence rarely ends.

    "It works. iPhones sell well." is two sentences; "He paid 5 per cent. of it." is one.
    """
    if view[at] in ":;":
        return False
    if view[follow] in _DASHES:
        # After "?" the narrator continues ("– Why? – he asked"). After a period, the next item begins.
        return view[at] == "." and close == at + 1 and view[at - 3 : at].isalpha()
    if view[first + 1 : first + 2].isupper() and view[first] in "ie":  # iPhone, eBay
        return True
    if view.startswith(("http://", "https://"), first) or _ELISION.match(view, follow):
        return True
    if view[at] in "?!" and close - at > 1 and view[close - 1] in "?!":
        return True
    if view[follow] in "([" and first == follow + 1 and view[at - 4 : at].isalpha():
        return view[close - 1] in ".?!"
    if not lowercase or (close - at > 1 and view[at + 1] in ".)]"):
        return False
    if view[at] != ".":
        return True
    word = _word_before(view, begin, at)
    return not rules.roles.get(word.lower()) and len(word) != 1 and not _DOTTED.match(word)


def _starts_sentence(view: str, first: int, rules: Rules) -> bool:
    """Tell whether the next word often begins a sentence.

    After "Acme Inc.", "The" begins a sentence; "Reports" does not.
    """
    word = _WORD.match(view, first, first + _MAX_ABBREVIATION)
    if word is None:
        return False
    start = word[0]
    if len(start) > 1 and start.isupper() and not start[:-1].islower():
        return False
    return start.lower() in rules.starters and view[word.end() : word.end() + 1] != "."


def _is_numeral_or_letter(view: str, first: int, end: int) -> bool:
    """Tell whether a Roman numeral or a single letter follows: "Vol. XII"."""
    word = _WORD.match(view, first, end)
    return word is not None and (len(word[0]) == 1 or _ROMAN.match(word[0]) is not None)


def _guess_role(view: str, begin: int, at: int, word: str, rules: Rules) -> int:
    """Guess the role of a word before a period that is not listed in this form.

    "J. Smith" and "U.S. officials" are not split; "Section 5. Definitions" keeps its label.
    """
    if len(word) > 1:
        role = rules.roles.get(word.lower())
        if role is not None:
            return role
        if len(word) > 4 and word.isalpha():
            return BEFORE_NUMBER if word.endswith(rules.suffixes) else 0
    if at - begin <= _MAX_ABBREVIATION and _LABEL.match(view, begin, at):
        head = view[begin:at].split()
        if len(head) == 1 or _precedes_numbers(head[0], rules):
            return NEVER
    if word.isdigit():
        return _guess_number(view, begin, at, word, rules)
    if len(word) < 2:
        is_initial = word.isalpha() and word < "\u1100" and word not in _ONE_LETTER_WORDS
        return MAY_END if is_initial else 0
    if (rules.ordinals and _ROMAN.match(word)) or (_DOTTED.match(word) and not _NUMBER.match(word)):
        return MAY_END
    tail = word.replace("’", "'").replace("-", "'").rpartition("'")[2]
    if tail != word:
        return rules.roles.get(tail.lower(), 0) if len(tail) > 1 else 0
    if not _has_no_vowel(word):
        return 0
    # After a number it is a unit: "a torque of 350 Nm."
    return 0 if view[max(begin, at - len(word) - 2) : at - len(word)].strip().isdigit() else MAY_END


def _guess_number(view: str, begin: int, at: int, word: str, rules: Rules) -> int:
    """Guess the role of a number before a period: in a date or reference, an ordinal, or a plain number."""
    if view[at - len(word) - 1] == "[" or _DATE_REST.match(view, at + 1):  # "[5. P. 27]", "2010. 3. 5."
        return NEVER
    if not rules.ordinals or len(word) > 3:
        return 0
    # "Nr. 5." may end a sentence; "der 5." is an ordinal.
    return 0 if _precedes_numbers(_word_before(view, begin, at - len(word)), rules) else MAY_END


def _precedes_numbers(word: str, rules: Rules) -> bool:
    """Tell whether a word precedes numbers: "No.", "Chapter"."""
    small = word.strip(".\"'“„«([").lower()
    return rules.roles.get(small, 0) & BEFORE_NUMBER > 0 or small in rules.labels


def _has_no_vowel(word: str) -> bool:
    """Tell whether a short word has no vowel, so that it is an abbreviation ("Bd").

    "l" and "r" may serve as vowels, as in Czech "prst".
    """
    small = word.lower()
    is_short = len(word) <= 4 and word != small.upper()
    return is_short and _CONSONANTS.issuperset(small) and "l" not in small[1:] and "r" not in small[1:]


def _word_before(view: str, begin: int, at: int) -> str:
    """Return the word before a terminator, without the opening punctuation before it."""
    words = view[max(begin, at - _MAX_ABBREVIATION) : at].rsplit(None, 1)
    if not words:
        return ""
    word = words[-1]
    return word if word[0].isalnum() else word.lstrip(_OPENERS + _DASHES + _INVISIBLE)


def _after_dash(view: str, first: int, end: int) -> str:
    """Return the first letter or digit after a dash, white space and quotes, or else the dash."""
    word = _ALNUM.search(view, first, min(end, first + 6))
    return word[0] if word else view[first]
