"""Decide whether a sentence ends at a candidate boundary.

The text before the terminator (an abbreviation, an initial, a number) and after it (a capital, a digit, a
quote) decides. The code knows no language; that knowledge is in the :mod:`~summarize.segmentation.rules`.
"""

from __future__ import annotations

from summarize.patterns import rare
from summarize.segmentation.abbreviations import (
    DASHES,
    INVISIBLE,
    MAX_ABBREVIATION,
    OPENERS,
    find_role,
    is_abbreviated,
    is_capitals,
    is_numeral,
    opens_with_date,
    precedes_numbers,
    word_before,
)
from summarize.segmentation.quotations import (
    goes_on_with_particle,
    goes_on_without_space,
    is_inside,
    is_narrated,
    is_quoted_to_particle,
)
from summarize.segmentation.rules import (
    BEFORE_NUMBER,
    ENDS,
    MAY_END,
    NEVER,
    STRONG_TERMINATORS,
    TERMINATORS,
    Rules,
)

_SKIPPED = frozenset(OPENERS + INVISIBLE)
# Characters that continue a sentence.
_NON_STARTERS = frozenset(",;:)]}%،؛，；：、／/=&+|!?.")
# Strings that start with such a character but begin a sentence: a low quote, an omission in a quotation.
_STARTERS = (",,", "...)", "...]")

# Characters in a heading that is run into its paragraph.
_MAX_RUN_IN_HEADING = 100
# A half-width stop with full-width stops nearby does not end a sentence.
_NEAR = 200
# A shorter word may be half of an abbreviation ("z. B."); one that is not listed and longer is a word, and so
# is one with a vowel.
_MIN_WORD, _MIN_LONG = 3, 5
_VOWELS = frozenset("aeiouy")

_WORD = rare(r"[^\W\d_]+")
_ALNUM = rare(r"[^\W_]")
# "(b) Purpose", "(iv) The": a label of a clause and its first word.
_CLAUSE = rare(r"\((?:[a-z]|[ivx]{1,5})\)\s+[^\W\d_a-z]")
_ELISION = rare(r"['’‘][a-z]\s[^\W\d_a-z]")  # Dutch "'s Avonds"
_CJK = rare(r"[\u3041-\u30ff\u3400-\u9fff]")
_HANGUL = rare(r"[\uac00-\ud7a3]")
# How a Japanese or Chinese sentence ends before an emoji: a kana, a final particle.
_FINAL_SYLLABLE = rare(r"[\u3041-\u309fー了吗啊吧呢哦呀啦嘛]")


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
    if close > at + 1 and is_narrated(view, begin, close, follow, end, rules):
        return False
    if terminator in STRONG_TERMINATORS:
        return _ends_at_strong_terminator(view, begin, at, close, follow, first, char, rules)
    if terminator not in TERMINATORS and terminator not in ":;" and terminator not in rules.extra_terminators:
        return _ends_at_emoji(view, at, close, follow, first, rules)
    if close == follow:
        return _is_missing_space(view, begin, at, close, first, end, rules)
    if is_quoted_to_particle(view, begin, close, follow, end):
        return False
    if not char.isalnum():
        if char in DASHES:
            if view[at] == "." and view.startswith("--", follow) and _is_run_in(view, begin, at):
                return False
            char = _after_dash(view, first, end)
        if char in _NON_STARTERS and not view.startswith(_STARTERS, first):
            return False
    if char.islower():
        return _ends_before_lowercase(view, begin, at, close, follow, first, rules, lowercase)
    if terminator != "." or view[at + 1] == ".":
        return _ends_at_punctuation(view, begin, at, close, char, rules)
    word = word_before(view, begin, at)
    role = find_role(view, begin, at, word, rules)
    if role & BEFORE_NUMBER and char.isdigit():
        return False
    if not role:
        return True
    if role & ENDS:
        return view[follow] not in "([" and not opens_with_date(view, begin, at)
    if role & NEVER or char.isdigit():
        return False
    if role & BEFORE_NUMBER:
        numeral = _WORD.match(view, first, end)
        if numeral and is_numeral(numeral[0]):
            return False
    return not role & MAY_END or _starts_sentence(view, begin, at, first, rules)


def is_plain_boundary(view: str, begin: int, at: int, follow: int, rules: Rules) -> bool:
    """Tell whether a sentence ends at a candidate as most do: a word, a period, a space, a capital letter.

    Parameters
    ----------
    view, begin, at, follow, rules
        As for `is_boundary`.

    Returns
    -------
    bool
        True only if `is_boundary` is.

    Examples
    --------
    >>> from summarize.languages import find_language
    >>> from summarize.segmentation.rules import load_rules
    >>> rules = load_rules(find_language("en"))
    >>> text = "Mr. Smith arrived. He was tired."
    >>> is_plain_boundary(text, 0, 2, 4, rules), is_plain_boundary(text, 0, 17, 19, rules)
    (False, True)
    """
    if follow != at + 2 or view[at] != "." or view[at + 1] not in " \n" or not "A" <= view[follow] <= "Z":
        return False
    words = view[max(begin, at - MAX_ABBREVIATION) : at].rsplit(None, 1)
    if not words:
        return False
    word = words[-1]
    return (
        len(word) >= _MIN_WORD
        and word.isascii()
        and word.isalpha()
        and word.islower()
        and word not in rules.roles
        and (not word.endswith(rules.suffixes) if len(word) >= _MIN_LONG else not _VOWELS.isdisjoint(word))
    )


def _is_run_in(view: str, begin: int, at: int) -> bool:
    """Tell whether a sentence is a heading run into its paragraph: "(1) Administrator. -- The term …"."""
    return at - begin < _MAX_RUN_IN_HEADING and view[begin] not in DASHES


def _ends_at_punctuation(view: str, begin: int, at: int, close: int, char: str, rules: Rules) -> bool:
    """Decide at a terminator other than a single period.

    "Really?! Yes." is two sentences; "Yahoo! Inc. grew." and "It was (!) new." are one.
    """
    terminator = view[at]
    if terminator in ":;" and terminator not in rules.extra_terminators:
        return char.isupper()
    if terminator == "፡":  # two of them are a stop, one is a space
        return view[at + 1] == "፡"
    if view[at - 1] in "([" and close > at + 1:  # "(!)", "(...)"
        return False
    if terminator == "!":
        return rules.roles.get(word_before(view, begin, at).lower() + "!") is None
    if terminator == "།":
        return not view.endswith(rules.unfinished, begin, at)
    return terminator not in ".…" or char.isupper() or not view[at - 1].isspace()


def _ends_at_strong_terminator(
    view: str, begin: int, at: int, close: int, follow: int, first: int, char: str, rules: Rules
) -> bool:
    """Decide at a terminator that needs no space after it.

    "它很老。没有人知道。" is two sentences. "「行こう。」と言った。" is one, because the sentence goes on
    after the quotation. A 。 between brackets does not end a sentence either.
    """
    terminator = view[at]
    if char in _NON_STARTERS or (terminator == "．" and char.isdigit()):
        return False
    if close > at + 1:
        return not goes_on_without_space(view, begin, close, follow)
    if terminator in "۔။":
        return not _is_abbreviated_with(terminator, view, begin, at, first, rules)
    return not is_inside(view, at, first) and not (close == follow and goes_on_with_particle(view, follow))


def _is_abbreviated_with(stop: str, view: str, begin: int, at: int, first: int, rules: Rules) -> bool:
    """Tell whether a stop other than a period abbreviates: "ڈاکٹر۔ احمد", "ایم۔ اے۔ خان", "အခန်း ၂။ နိဒါန်း"."""
    words = view[max(begin, at - MAX_ABBREVIATION) : at].replace(stop, stop + " ").split()
    if not words:
        return False
    if words[-1] in rules.letters:
        after = _WORD.match(view, first)
        before = words[-2] if len(words) > 1 else ""
        if (before.endswith(stop) and before[:-1] in rules.letters) or (after and after[0] in rules.letters):
            return True
    if len(words) == 2 and words[1].isdigit() and at - begin <= MAX_ABBREVIATION:
        return precedes_numbers(words[0], rules)
    return rules.roles.get(words[-1], 0) & NEVER > 0


def _ends_at_emoji(view: str, at: int, close: int, follow: int, first: int, rules: Rules) -> bool:
    """Decide at an emoji that stands for a stop: "楽しかった😊また行きたい。", "I won 🎉 We all sang."."""
    before = view[at - 1] if at else ""
    if _CJK.match(view, first):
        return _FINAL_SYLLABLE.match(before) is not None and not goes_on_with_particle(view, first)
    word = _WORD.match(view, first)
    return (
        close < follow
        and word is not None
        and word[0][0].isupper()
        and word[0].lower() in rules.starters
        and view[max(0, at - 3) : at].rstrip()[-1:].isalnum()
    )


def _is_missing_space(view: str, begin: int, at: int, close: int, first: int, end: int, rules: Rules) -> bool:
    """Tell whether the space between two sentences is missing.

    "This is the end.Then it began." is two sentences; "Visit example.Com/page now." is one.
    """
    if first + 1 >= end:
        return False
    start = view[first]
    if start.isalpha() and start.lower() == start.upper():
        # What directly follows a quotation is a Korean particle, or the narrator.
        return close == at + 1 and _is_missing_space_without_case(view, begin, at, first, end, rules)
    if not start.isupper() or not view[first + 1].islower():
        return False
    words = view[max(begin, at - MAX_ABBREVIATION) : at].rsplit(None, 1)[-1:]
    if not words or not words[0][-2:].islower() or words[0].lower() in rules.roles:
        return False
    before = words[0]
    after = view[first : min(end, first + MAX_ABBREVIATION)].split(None, 1)[0]
    if len(before) < 3 and (len(before) < 2 or after.lower() not in rules.starters):
        return False
    return not any(sign in before or sign in after for sign in "/@._\\=") or after[-1:] == "."


def _is_missing_space_without_case(
    view: str, begin: int, at: int, first: int, end: int, rules: Rules
) -> bool:
    """Tell whether the space is missing in a script without case: "真的?当然!", "끝났다.모두 돌아갔다.",
    "الاجتماع.بدأ"."""
    if _CJK.match(view, first):
        if not _CJK.match(view, at - 1) or goes_on_with_particle(view, first):
            return False
        # In "约翰.史密斯", among sentences that end with "。", the period is part of a name.
        near = max(begin, at - _NEAR)
        return view[at] != "." or (at - begin > 2 and view.find("。", near, min(end, at + _NEAR)) < 0)
    if not view[at - 1].isalpha() and not view[at - 1].isalnum() and view[at - 1].isascii():
        return False
    if rules.phrase_spaces:
        return False
    before = view[max(begin, at - MAX_ABBREVIATION) : at].split()[-1:]
    after = view[first : min(end, first + MAX_ABBREVIATION)].split(None, 1)[0]
    shortest = 2 if _HANGUL.match(view, first) else 3
    if not before or before[0].isascii() or len(before[0]) < shortest or len(after.strip(".!?؟")) < shortest:
        return False
    if rules.roles.get(before[0]):
        return False
    return not any(sign in before[0] or sign in after[:-1] for sign in "/@._\\=")


def _ends_before_lowercase(
    view: str, begin: int, at: int, close: int, follow: int, first: int, rules: Rules, lowercase: bool
) -> bool:
    """Decide before a lower-case letter, where sentences rarely end.

    "It works. iPhones sell well." is two sentences; "He paid 5 per cent. of it." is one.
    """
    if view[at] in ":;":
        return False
    if view[follow] in DASHES:
        # After "?" the narrator continues ("– Why? – he asked"). After a period, the next item begins.
        return view[at] == "." and close == at + 1 and view[at - 3 : at].isalpha()
    if view[first + 1 : first + 2].isupper():  # iPhone, eBay, pH
        return view[at] != "." or not is_abbreviated(word_before(view, begin, at), rules)
    if view.startswith(("http://", "https://"), first) or _ELISION.match(view, follow):
        return True
    if view[at] in "?!" and close - at > 1 and view[close - 1] in "?!":
        return True
    if view[at] == "." and _CLAUSE.match(view, follow):
        return not is_abbreviated(word_before(view, begin, at), rules)
    if view[follow] in "([" and first == follow + 1 and view[at - 4 : at].isalpha():
        return view[close - 1] in ".?!"
    if not lowercase or (close - at > 1 and view[at + 1] in ".)]"):
        return False
    return view[at] != "." or not is_abbreviated(word_before(view, begin, at), rules)


def _starts_sentence(view: str, begin: int, at: int, first: int, rules: Rules) -> bool:
    """Tell whether the next word often begins a sentence.

    After "Acme Inc.", "The" begins a sentence; "Reports" does not. A text all in capitals gives no clue.
    """
    word = _WORD.match(view, first, first + MAX_ABBREVIATION)
    if word is None:
        return False
    start = word[0]
    if start.isupper() and (is_capitals(view, begin, at) or (len(start) > 1 and not start[:-1].islower())):
        return False
    if view[word.end() : word.end() + 1] == ".":
        return f"{start.lower()}." in rules.starters
    return start.lower() in rules.starters


def _after_dash(view: str, first: int, end: int) -> str:
    """Return the first letter or digit after a dash, white space and quotes, or else the dash."""
    word = _ALNUM.search(view, first, min(end, first + 6))
    return word[0] if word else view[first]
