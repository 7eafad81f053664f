"""Detect the language of a text from its script and its most frequent words.

The script comes first; most scripts belong to one language. Where several languages share a script, their
function words and the letters that only some of them have are counted in a bounded sample. If these cues
are not clear, ``py3langid`` decides. Its model takes half a second to load, but an ordinary text in one of
the languages under ``languages/data`` never needs it.
"""

from __future__ import annotations

import os
from bisect import bisect_right
from collections import Counter
from functools import cache
from math import inf, log
from typing import TYPE_CHECKING, NamedTuple

from summarize.languages import GENERIC, LANGUAGES, Language, find_language

if TYPE_CHECKING:
    from py3langid.langid import LanguageIdentifier

# Characters to sample from the start of the text, and as many again from its middle.
_SAMPLE_SIZE = 1_250
# A first, smaller sample. It is enough if the best language leads by this many times the usual margin.
_GLANCE_SIZE, _GLANCE_LEAD = 220, 2.0
# With fewer words than this, the letter statistics of the model say too little, and the best guess is kept.
_MIN_MODEL_WORDS = 12
# The cues are clear if at least `_MIN_COVERAGE` of the words belong to the best language, and the score is
# either strong or far ahead of the next language. The strength is the score as a share of what it would be
# if every word belonged to this language alone.
_MIN_COVERAGE = 0.02
_STRONG, _MARGIN_IF_STRONG = 0.15, 1.15
_WEAK, _MARGIN_IF_WEAK = 0.06, 1.3
# In a text of a few words, this share must belong to the best language, or one of its letters must occur;
# otherwise the text is assumed to be in the most common language of its script.
_MIN_SHORT_COVERAGE = 0.2
# The score of the most common language of a script before any word is counted. The second language gets
# half of it, the third a third, and so on.
_PRIOR = 2.0
# Weight of a letter that only some languages have, relative to a word that only some languages have.
_LETTER_WEIGHT = 0.4
# An ideograph is a syllable or a word, and counts as this many letters.
_IDEOGRAPH_WEIGHT = 3
# In Japanese, kana are at least a third as frequent as Han characters. A Chinese text may quote some.
_MAX_CHINESE_KANA = 0.1
# Below this confidence of the model, the text is in no known language.
_MIN_CONFIDENCE = 0.5
# Counting every fourth character of the sample is enough for letters.
_STRIDE = 4
# A text up to this length has few words, so words with adjacent punctuation are counted as well.
_MAX_SHORT_SIZE = 500
_PUNCTUATION = '"“”„«»‹›()[]{}<>.,:;!?…*_-–—/|،؛؟۔।'
_COMBINING = frozenset("\u0300\u0301\u0302\u0303\u0304\u0306\u0307\u0308\u030a\u030b\u030c\u0327\u0328")
_DATA = os.path.join(os.path.dirname(__file__), "data")

# First code point of each range of letters, with the script of the range.
_RANGES = (
    (0x0000, "Latn"), (0x0370, "Grek"), (0x0400, "Cyrl"), (0x0530, "Armn"), (0x0590, "Hebr"),
    (0x0600, "Arab"), (0x0700, ""), (0x0750, "Arab"), (0x0780, ""), (0x0900, "Deva"), (0x0980, "Beng"),
    (0x0A00, "Guru"), (0x0A80, "Gujr"), (0x0B00, "Orya"), (0x0B80, "Taml"), (0x0C00, "Telu"),
    (0x0C80, "Knda"), (0x0D00, "Mlym"), (0x0D80, "Sinh"), (0x0E00, "Thai"), (0x0E80, "Laoo"),
    (0x0F00, "Tibt"), (0x1000, "Mymr"), (0x10A0, "Geor"), (0x1100, "Kore"), (0x1200, "Ethi"), (0x13A0, ""),
    (0x1780, "Khmr"), (0x1800, "Mong"), (0x18B0, ""), (0x1C90, "Geor"), (0x1CC0, ""), (0x1E00, "Latn"),
    (0x1F00, "Grek"), (0x2000, ""), (0x2E80, "Hani"), (0x3040, "Jpan"), (0x3100, "Hani"), (0x3130, "Kore"),
    (0x3190, "Hani"), (0x31F0, "Jpan"), (0x3200, "Hani"), (0xA000, ""), (0xAC00, "Kore"), (0xD7B0, ""),
    (0xF900, "Hani"), (0xFB00, "Latn"), (0xFB13, "Armn"), (0xFB1D, "Hebr"), (0xFB50, "Arab"), (0xFE00, ""),
    (0xFE70, "Arab"), (0xFF00, "Latn"), (0xFF66, "Jpan"), (0xFFA0, "Kore"), (0xFFE0, ""), (0x20000, "Hani"),
    (0x40000, ""),
)  # fmt: skip
_RANGE_STARTS = tuple(first for first, _ in _RANGES)

# Scripts that several languages share, with the language to assume for a short text.
_SHARED = {"Latn": "en", "Cyrl": "ru", "Arab": "ar", "Deva": "hi", "Hebr": "he"}
# Scripts that only one language of the table uses.
_SCRIPTS = {entry.script: entry.code for entry in LANGUAGES.values() if entry.script not in _SHARED}
# Codes of the model for text in no language, and for spoken varieties of a written language.
_MODEL_CODES = {"zxx": "", "und": "", "arz": "ar", "ary": "ar"}


class _Cues(NamedTuple):
    """The cues that tell the languages of one script apart.

    Attributes
    ----------
    languages : dict
        Maps each language of the script to its score before any word is counted.
    words, letters : dict
        Maps a word or letter to the languages that have it, and to the weight of one occurrence. The fewer
        languages have it, the larger the weight.
    """

    languages: dict[str, float]
    words: dict[str, tuple[tuple[str, ...], float]]
    letters: dict[str, tuple[tuple[str, ...], float]]


def detect_language(text: str) -> Language:
    """Detect the language of a text.

    Parameters
    ----------
    text : str
        Any text. At most 2,500 characters of it are examined.

    Returns
    -------
    Language
        Its entry in the table. A text without letters, or in a script of no known language, gives
        :data:`~summarize.languages.GENERIC`.

    Notes
    -----
    A short text without any cue gets the most common language of its script: English for Latin, Russian
    for Cyrillic, Arabic for Arabic, Hindi for Devanagari, Hebrew for Hebrew. A long text that neither the
    cues nor the model recognize is generic. A language that the model knows but the table does not gives
    the generic entry under its own code.

    Examples
    --------
    >>> detect_language("Der neue Fluss ist nicht tief.").name
    'German'
    >>> detect_language("新しい橋").name
    'Japanese'
    >>> detect_language("3.14").code
    'und'
    """
    if len(text) > 4 * _GLANCE_SIZE:
        glance = _sample(text, _GLANCE_SIZE)
        # Typographic quotes and dashes occur in English text as well; they are not a cue.
        glance = (
            glance.replace("’", " ").replace("“", " ").replace("”", " ").replace("–", " ").replace("—", " ")
        )
        if glance.isascii():
            language = _find_clear_winner(
                glance.replace("'", " ").split(), {}, _load_cues("Latn"), _GLANCE_LEAD
            )
            if language:
                return language
    sample = _sample(text, _SAMPLE_SIZE)
    script = "Latn" if sample.isascii() else _find_script(sample)
    if script in _SHARED:
        return _find_among(sample, script)
    code = _SCRIPTS.get(script)
    return LANGUAGES[code] if code else GENERIC


def letters_of(code: str) -> frozenset[str]:
    """Return the lower-case non-ASCII letters of a language in the Latin script.

    Parameters
    ----------
    code : str
        Code of the language.

    Returns
    -------
    frozenset of str
        Empty for an unknown language.

    Examples
    --------
    >>> sorted(letters_of("de"))
    ['ß', 'ä', 'ö', 'ü']
    """
    letters = _load_cues("Latn").letters
    return frozenset(letter for letter, (codes, _) in letters.items() if code in codes)


def _sample(text: str, size: int) -> str:
    if len(text) <= 2 * size:
        return text.lower()
    middle = len(text) // 2
    return f"{text[:size]} {text[middle : middle + size]}".lower()


def _find_script(sample: str) -> str:
    """Find the script with the most letters, or ``""``. An ideograph counts as several letters."""
    scripts: dict[str, int] = {}
    for char, count in _count_letters(sample).items():
        if char.isalpha():
            script = _RANGES[bisect_right(_RANGE_STARTS, ord(char)) - 1][1]
            scripts[script] = scripts.get(script, 0) + count
    kana, han = scripts.pop("Jpan", 0), scripts.pop("Hani", 0)
    scripts["Jpan" if kana > _MAX_CHINESE_KANA * han else "Hani"] = _IDEOGRAPH_WEIGHT * (kana + han)
    scripts["Kore"] = _IDEOGRAPH_WEIGHT * scripts.get("Kore", 0)
    best = max(scripts, key=lambda script: scripts[script])
    return best if scripts[best] else ""


def _find_among(sample: str, script: str) -> Language:
    """Find the language of a text among those that share its script."""
    letters = _count_letters(sample)
    if not _COMBINING.isdisjoint(letters):
        from unicodedata import normalize

        sample = normalize("NFC", sample)
        letters = _count_letters(sample)
    words = sample.replace("'", " ").replace("’", " ").split()
    if len(sample) <= _MAX_SHORT_SIZE:
        # A single letter with a period is an initial, not a word.
        words = [word.strip(_PUNCTUATION) for word in words if word[1:] != "."]
    cues = _load_cues(script)
    if len(words) < _MIN_MODEL_WORDS:
        scores, matched = _score(Counter(words), letters, cues)
        first = max(scores, key=lambda code: scores[code], default="")
        has_letters = any(first in cues.letters[char][0] for char in letters if char in cues.letters)
        if has_letters or (first and matched[first] > _MIN_SHORT_COVERAGE * len(words)):
            return find_language(first)
        return LANGUAGES[_SHARED[script]] if any(map(str.isalpha, sample)) else GENERIC
    return _find_clear_winner(words, letters, cues, 1.0) or _ask_model(sample)


def _find_clear_winner(
    words: list[str], letters: dict[str, int], cues: _Cues, lead: float
) -> Language | None:
    """Return the language with the best score if it is clear, with `lead` times the usual margin."""
    scores, matched = _score(Counter(words), letters, cues)
    first, second, *_ = [*sorted(scores, key=lambda code: -scores[code]), "", ""]
    if not first or matched[first] < _MIN_COVERAGE * len(words):
        return None
    strength = scores[first] / (len(words) * log(1 + len(cues.languages)))
    margin = scores[first] / scores[second] / lead if second else inf
    is_clear = (strength >= _STRONG and margin >= _MARGIN_IF_STRONG) or (
        strength >= _WEAK and margin >= _MARGIN_IF_WEAK
    )
    return find_language(first) if is_clear else None


def _count_letters(sample: str) -> dict[str, int]:
    """Count the characters of a sample, roughly. ASCII letters are not a cue, so ASCII text has no counts."""
    if sample.isascii():
        return {}
    return Counter(sample[::_STRIDE] if len(sample) > _MAX_SHORT_SIZE else sample)


def _score(
    words: dict[str, int], letters: dict[str, int], cues: _Cues
) -> tuple[dict[str, float], dict[str, int]]:
    """Score every language that has a cue in the text, and count its words."""
    scores: dict[str, float] = {}
    matched: dict[str, int] = {}
    for word in words.keys() & cues.words.keys():
        count = words[word]
        codes, weight = cues.words[word]
        for code in codes:
            scores[code] = scores.get(code, 0.0) + count * weight
            matched[code] = matched.get(code, 0) + count
    for letter in letters.keys() & cues.letters.keys():
        codes, weight = cues.letters[letter]
        for code in codes:
            scores[code] = scores.get(code, 0.0) + _LETTER_WEIGHT * letters[letter] * weight
            matched.setdefault(code, 0)
    for code in scores:
        scores[code] += cues.languages[code]
    return scores, matched


@cache
def _load_cues(script: str) -> _Cues:
    """Load the cues of a script; ``data/Latn.txt`` explains the format."""
    languages: dict[str, float] = {}
    words: dict[str, list[str]] = {}
    letters: dict[str, list[str]] = {}
    # Importing pathlib or importlib.resources would take longer than the whole detection.
    with open(os.path.join(_DATA, f"{script}.txt"), encoding="utf-8") as file:
        lines = [line.split() for line in file if not line.startswith("#")]
    for rank, (code, alphabet, *common) in enumerate(lines, 1):
        languages[code] = _PRIOR / rank
        for word in common:
            words.setdefault(word, []).append(code)
        for letter in alphabet.strip("-"):
            letters.setdefault(letter, []).append(code)
    weights = [0.0, *(log((1 + len(lines)) / n) for n in range(1, len(lines) + 1))]
    return _Cues(
        languages,
        {word: (tuple(codes), weights[len(codes)]) for word, codes in words.items()},
        {letter: (tuple(codes), weights[len(codes)]) for letter, codes in letters.items()},
    )


def _ask_model(sample: str) -> Language:
    """Detect the language with the model of ``py3langid``."""
    code, confidence = _load_model().classify(sample)
    code = _MODEL_CODES.get(code, code)
    if not code or confidence < _MIN_CONFIDENCE:
        return GENERIC
    return find_language(code)


@cache
def _load_model() -> LanguageIdentifier:
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
