"""Classify the word before a period: an abbreviation, an initial, a label, a number or none of these.

A word has a role if the word list of its language gives it one. Any other is judged by its form.
"""

from __future__ import annotations

import re
from unicodedata import normalize

from summarize.patterns import rare
from summarize.segmentation.rules import BEFORE_NUMBER, MAY_END, NEVER, Rules

OPENERS = "\"'“”‘’«»„‚‹›([{¿¡「『【〈《（［｛`*_"
DASHES = "-–—―"
# Direction controls, zero-width space and byte order mark.
INVISIBLE = "\u200e\u200f\u061c\u202a\u202b\u202c\u2066\u2067\u2068\u2069\u200b\ufeff"

# Characters to look back from a period for an abbreviation, and ahead for the next word.
MAX_ABBREVIATION = 24

# Lower-case letters that are words in some language, not abbreviations.
_ONE_LETTER_WORDS = frozenset("aeiouyàèéêíìòóôúùýæøåäöüаеиоуыэюяёіїє")
_CONSONANTS = frozenset("bcdfghjklmnpqrstvwxzбвгджзклмнпрстфхцчшщ")
_ROMAN = rare(r"[IVXLC]+\Z")
# "U.S", "z.B", "Ph.D", "कि.ग्रा", but not "2.5%"
_DOTTED = rare(r"(?!\S*\d)(?:[^\s.]{1,2}\.)+[^\s.]{1,3}\Z")
# The same with spaces: "u. " before the "a" of "u. a.", "т. " before the "ч" of "т. ч.".
_SPACED = rare(r"(?<![^\s(\[.])([^\W\d_]{1,2}\.)\s?\Z")
# A single letter that follows as part of the same abbreviation: "C." after "a.".
_NEXT_LETTER = rare(r"\s[^\W\d_]\.")
# Units of one letter. In "100 m. Anna climbed it." a sentence ends; in "M. Dupont" none does.
_UNITS = frozenset("mgltshмлткс")
_AFTER_NUMBER = rare(r"\d\s?\Z")
# The rest of a date after a number and a period: " 3." in "2010. 3. 5."
_DATE_REST = rare(r"\s?\d{1,2}\.(?!\d)")
# A label before the text: "(a)", "Article 5", "Sec. IV", "פרק ג".
_LABEL = rare(
    r"[\"'“„«(\[]*(?:[^\s\d.]+\.?\s+)?(?:\d+(?:\.\d+)*|[IVXLC]+|[A-Za-z\u05d0-\u05ea\u0621-\u064a\u0904-\u0e2e])\Z"
)
# The Latin word after Chinese or Japanese text: "Dr" in "主席是Dr".
_AFTER_CJK = rare(r"[\u3041-\u30ff\u3400-\u9fff]([^\u3041-\u30ff\u3400-\u9fff]+)\Z")
# Thai letters without a vowel, which abbreviate ("กทม").
_THAI_CONSONANTS = rare(r"[\u0e01-\u0e2e]{1,6}\Z")
_ERA_OPENING = rare(r"[^\W\d_]{1,3}\s(?:\S*\d|[IVXLC]+\s)")


def word_before(view: str, begin: int, at: int) -> str:
    """Return the word before a terminator, without the punctuation before it.

    Parameters
    ----------
    view : str
        A text with normalized newlines.
    begin, at : int
        Start of the sentence and place of the terminator.

    Returns
    -------
    str
        Empty if white space precedes the terminator.

    Examples
    --------
    >>> word_before("She has a doctorate (Ph.D.).", 0, 25)
    'Ph.D'
    """
    words = view[max(begin, at - MAX_ABBREVIATION) : at].rsplit(None, 1)
    if not words:
        return ""
    word = words[-1]
    if not word[0].isalnum():
        word = word.lstrip(OPENERS + DASHES + INVISIBLE)
    if "(" in word or "[" in word:
        word = re.split(r"[(\[]", word)[-1]
    if not word.isascii():
        latin = _AFTER_CJK.search(word)
        if latin:
            word = latin[1]
    return word


def find_role(view: str, begin: int, at: int, word: str, rules: Rules) -> int:
    """Find the role of the word before a period.

    Parameters
    ----------
    view : str
        A text with normalized newlines.
    begin, at : int
        Start of the sentence and place of the period.
    word : str
        From `word_before`.
    rules : Rules
        The rules of the language.

    Returns
    -------
    int
        A combination of the bits `NEVER`, `BEFORE_NUMBER`, `MAY_END` and `ENDS`; 0 for a word that is no
        abbreviation.

    Examples
    --------
    >>> from summarize.languages import find_language
    >>> from summarize.segmentation.rules import load_rules
    >>> rules = load_rules(find_language("en"))
    >>> find_role("Mr. Smith left.", 0, 2, "Mr", rules) == NEVER
    True
    >>> find_role("Mr. Smith left.", 0, 14, "left", rules)
    0
    """
    if word in _UNITS and _AFTER_NUMBER.search(view, max(begin, at - 3), at - 1):
        return 0
    if len(word) < 3:
        role = _find_spaced(view, begin, at, word, rules)
        if role is not None:
            return role
    role = rules.roles.get(word)
    if role is None and is_capitals(view, begin, at):
        role = rules.roles.get(word.capitalize())
    return _guess_role(view, begin, at, word, rules) if role is None else role


def is_capitals(view: str, begin: int, at: int) -> bool:
    """Tell whether a period is in a text all in capitals: "NO. 5 IS ALIVE."."""
    if not view[at - 1].isupper():
        return False
    near = view[max(begin, at - MAX_ABBREVIATION) : at + MAX_ABBREVIATION]
    return near.isupper() and len(near.split()) > 2


def precedes_numbers(word: str, rules: Rules) -> bool:
    """Tell whether a word precedes numbers: "No.", "Chapter"."""
    small = word.strip(".\"'“„«([").lower()
    return rules.roles.get(small, 0) & BEFORE_NUMBER > 0 or normalize("NFC", small) in rules.labels


def is_abbreviated(word: str, rules: Rules) -> bool:
    """Tell whether a word is an abbreviation, whatever follows it."""
    return (
        bool(rules.roles.get(word.lower()))
        or (len(word) == 1 and word.isalpha())
        or _DOTTED.match(word) is not None
    )


def opens_with_date(view: str, begin: int, at: int) -> bool:
    """Tell whether a sentence is only a date so far: "In 44 B.C. Antony fled." goes on."""
    return at - begin <= MAX_ABBREVIATION and _ERA_OPENING.match(view, begin, at) is not None


def is_numeral(word: str) -> bool:
    """Tell whether a word is a Roman numeral or a single letter: "Vol. XII"."""
    return len(word) == 1 or _ROMAN.match(word) is not None


def _find_spaced(view: str, begin: int, at: int, word: str, rules: Rules) -> int | None:
    """Find the role of an abbreviation of several letters with spaces: "z. B.", "т. ч.", "a. C."."""
    if not word.isalpha():
        return None
    place = at - len(word)
    before = _SPACED.search(view, max(begin, place - 4), place)
    if before:
        role = rules.roles.get((before[1] + word).lower())
        if role is not None:
            return role
        if word.islower():
            return rules.roles.get(word) or MAY_END
    if (
        len(word) == 1
        and word.islower()
        and view[at + 1 : at + 2].isspace()
        and _NEXT_LETTER.match(view, at + 1)
    ):
        return NEVER
    return None


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
    if at - begin <= MAX_ABBREVIATION and _LABEL.match(view, begin, at):
        head = view[begin:at].split()
        if len(head) == 1 or precedes_numbers(head[0], rules):
            return NEVER
    if word.isdigit():
        return _guess_number(view, begin, at, word, rules)
    if rules.phrase_spaces and _THAI_CONSONANTS.match(word):
        return NEVER
    if len(word) < 2:
        if word in rules.letters and at - begin == len(word):
            return NEVER
        is_initial = word.isalpha() and word < "\u1100" and word not in _ONE_LETTER_WORDS
        return MAY_END if is_initial else 0
    if (rules.ordinals and _ROMAN.match(word)) or _DOTTED.match(word):
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
    return 0 if precedes_numbers(word_before(view, begin, at - len(word)), rules) else MAY_END


def _has_no_vowel(word: str) -> bool:
    """Tell whether a short word has no vowel, so that it is an abbreviation ("Bd").

    "l" and "r" may serve as vowels, as in Czech "prst".
    """
    small = word.lower()
    is_short = len(word) <= 4 and word != small.upper()
    return is_short and _CONSONANTS.issuperset(small) and "l" not in small[1:] and "r" not in small[1:]
