"""Detect the language of a text from its script and its most frequent words.

The script comes first; most scripts belong to one language. Where several languages share a script, their
function words and the letters that only some of them have are counted in a bounded sample. If these cues
are not clear, ``py3langid`` decides; in a short text, its probabilities are added to the cues. Its model
takes half a second to load, but an ordinary text in one of the languages under ``languages/data`` never
needs it.
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
# With fewer words than this, neither the cues nor the model say enough alone, so they are added up.
_MIN_MODEL_WORDS = 12
# With fewer words than this, two close languages, such as Danish and Norwegian, may differ in a word or two
# only. The best language must then lead by this many times the usual margin, or the model is asked as well.
_MIN_LONG_WORDS, _SHORT_LEAD = 40, 1.5
# The cues are clear if at least `_MIN_COVERAGE` of the words belong to the best language, and the score is
# either strong or far ahead of the next language. The strength is the score as a share of what it would be
# if every word belonged to this language alone.
_MIN_COVERAGE = 0.02
_STRONG, _MARGIN_IF_STRONG = 0.15, 1.15
_WEAK, _MARGIN_IF_WEAK = 0.06, 1.3
# In a short text, the score of a language is its cues, plus its logarithmic probability times this weight.
# The model is not certain of a few words: it gives any language at least this probability.
_MODEL_WEIGHT, _MIN_PROBABILITY = 2.0, 0.02
# A short text with a larger lead than this does not need the model, which would hardly change the order.
_CLEAR_LEAD = 5.0
# What a letter that a language lacks takes from its score in a short text: Ukrainian "ґ" from Russian. In
# English, foreign names and words such as "café" are more frequent than in other languages.
_FOREIGN_LETTER, _FOREIGN_LETTER_IN_ENGLISH = 1.5, 0.75
# In a short text, the most common language of a script gets this much more than its prior, and English, in
# which names of every language occur, more than the others.
_COMMON_PRIOR, _ENGLISH_PRIOR = 0.7, 2.0
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
# Accents apart from their letters, as in a decomposed text.
_COMBINING = frozenset(map(chr, range(0x0300, 0x0370)))
# Vowel points of Arabic and Hebrew. Few texts have them, and the words under ``data`` do not.
_POINTS = dict.fromkeys(
    (*range(0x0591, 0x05BD), 0x05C1, 0x05C2, 0x05C7, *range(0x064B, 0x0653), 0x0670, 0x0640)
)
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
# Codes of the model that stand for a language of the table when its languages are compared.
_SIMILAR_CODES = {"nn": "no", "arz": "ar", "ary": "ar", "pcm": "en"}


class _Cues(NamedTuple):
    """The cues that tell the languages of one script apart.

    Attributes
    ----------
    languages : dict
        Maps each language of the script to its score before any word is counted.
    words, letters : dict
        Maps a word or letter to the languages that have it.
    weights : list of float
        The weight of one occurrence, by the number of languages that have the word or letter: the fewer have
        it, the larger.
    """

    languages: dict[str, float]
    words: dict[str, list[str]]
    letters: dict[str, list[str]]
    weights: list[float]


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
    In a short text, of fewer than 12 words, cues and model together choose one of the languages that have
    cues. Where they say little, it is the most common one of the script: English for Latin, Russian for
    Cyrillic, Arabic for Arabic, Hindi for Devanagari, Hebrew for Hebrew. A long text that neither the cues
    nor the model recognize is generic. A language that the model knows but the table does not gives the
    generic entry under its own code.

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
        # The model was trained on sentences as written, with capitals.
        written = text if len(text) <= 2 * _SAMPLE_SIZE else sample
        return _find_among(sample, script, written)
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
    return frozenset(letter for letter, codes in letters.items() if code in codes)


def is_frequent(word: str, script: str, code: str = "") -> bool:
    """Tell whether a word is one of the most frequent words of a language.

    Parameters
    ----------
    word : str
        In lower case.
    script : str
        ISO 15924 code of the script.
    code : str, optional
        Code of the language; by default, any language of the script.

    Returns
    -------
    bool
        False for a script that only one language has.

    Examples
    --------
    >>> is_frequent("não", "Latn"), is_frequent("não", "Latn", "es")
    (True, False)
    """
    if script not in _SHARED:
        return False
    codes = _load_cues(script).words.get(word, ())
    return code in codes if code else bool(codes)


def script_of(char: str) -> str:
    """Return the script of a letter.

    Parameters
    ----------
    char : str
        One character.

    Returns
    -------
    str
        ISO 15924 code, such as ``"Cyrl"``, or ``""`` for a script of no known language.

    Examples
    --------
    >>> script_of("я"), script_of("が")
    ('Cyrl', 'Jpan')
    """
    return _RANGES[bisect_right(_RANGE_STARTS, ord(char)) - 1][1]


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
            script = script_of(char)
            scripts[script] = scripts.get(script, 0) + count
    kana, han = scripts.pop("Jpan", 0), scripts.pop("Hani", 0)
    scripts["Jpan" if kana > _MAX_CHINESE_KANA * han else "Hani"] = _IDEOGRAPH_WEIGHT * (kana + han)
    scripts["Kore"] = _IDEOGRAPH_WEIGHT * scripts.get("Kore", 0)
    best = max(scripts, key=lambda script: scripts[script])
    return best if scripts[best] else ""


def _find_among(sample: str, script: str, written: str) -> Language:
    """Find the language of a text among those that share its script.

    `sample` is in lower case; the model gets the same text as it is `written`.
    """
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
    if script in ("Arab", "Hebr"):
        words = [word.translate(_POINTS) for word in words]
    if len(words) < _MIN_MODEL_WORDS:
        if not any(map(str.isalpha, sample)):
            return GENERIC
        return _find_most_likely(written, words, letters, script)
    if len(words) < _MIN_LONG_WORDS:
        return (
            _find_clear_winner(words, letters, cues, _SHORT_LEAD)
            or (
                _find_clear_winner(words, letters, cues, 1.0)
                and _find_most_likely(written, words, letters, script)
            )
            or _ask_model(written)
        )
    return _find_clear_winner(words, letters, cues, 1.0) or _ask_model(written)


def _find_most_likely(written: str, words: list[str], letters: dict[str, int], script: str) -> Language:
    """Return the most likely language of a short text: the one whose cues and probability are highest.

    `De brug is gesloten.` has no word that only Dutch has, and the model hesitates between Dutch and
    Afrikaans. Together they are right.
    """
    cues = _load_cues(script)
    counted, _ = _score(Counter(words), letters, cues)
    scores = {**cues.languages, **counted}
    for letter in letters.keys() & cues.letters.keys():
        for code in scores.keys() - cues.letters[letter]:
            scores[code] -= _FOREIGN_LETTER_IN_ENGLISH if code == "en" else _FOREIGN_LETTER
    scores[_SHARED[script]] += _ENGLISH_PRIOR if script == "Latn" else _COMMON_PRIOR
    # The model does not know Yiddish. A Hebrew text is Yiddish only if it has Yiddish words or letters.
    first, second = sorted(scores.values(), reverse=True)[:2]
    if first - second < _CLEAR_LEAD and script != "Hebr":
        chances = _rank_languages(written, script)
        for code in scores:
            scores[code] += _MODEL_WEIGHT * log(chances.get(code, 0.0) + _MIN_PROBABILITY)
    return find_language(max(scores, key=lambda code: scores[code]))


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
        count, codes = words[word], cues.words[word]
        weight = cues.weights[len(codes)]
        for code in codes:
            scores[code] = scores.get(code, 0.0) + count * weight
            matched[code] = matched.get(code, 0) + count
    for letter in letters.keys() & cues.letters.keys():
        codes = cues.letters[letter]
        weight = cues.weights[len(codes)]
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
    return _Cues(languages, words, letters, weights)


def _ask_model(sample: str) -> Language:
    """Detect the language with the model of ``py3langid``."""
    code, confidence = _load_model().classify(sample)
    code = _MODEL_CODES.get(code, code)
    if not code or confidence < _MIN_CONFIDENCE:
        return GENERIC
    return find_language(code)


def _rank_languages(sample: str, script: str) -> dict[str, float]:
    """Return the probability of each language of a script according to the model; they add up to 1."""
    known = _load_cues(script).languages
    chances: dict[str, float] = {}
    for code, chance in _load_model().rank(sample):
        # Serbian in Latin letters is closest to Croatian, and so is Bosnian. They are not added up, for three
        # codes would outweigh a neighbor that has only one, like Slovene.
        if script == "Latn" and code in ("hr", "bs", "sr"):
            chances["hr"] = max(chances.get("hr", 0.0), chance)
        elif (code := _SIMILAR_CODES.get(code, code)) in known:
            chances[code] = chances.get(code, 0.0) + chance
    total = sum(chances.values()) or 1.0
    return {code: chance / total for code, chance in chances.items()}


@cache
def _load_model() -> LanguageIdentifier:
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
