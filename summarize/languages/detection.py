"""The language of a text, from its script and its commonest words.

The script comes first: for most of the scripts it is the answer. Where several languages share one,
the small words and the letters that only some of them have are weighed in a bounded sample. What that
leaves open goes to ``py3langid``, whose model takes half a second to load: an ordinary text in one of
the languages under ``data/detection`` never needs it.
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

# Characters that are looked at: so many from the beginning of the text, and as many from its middle.
_SAMPLE = 1_250
# So many of each are enough where the answer is plain: twice as far ahead of the next as it must be.
_GLANCE, _PLAIN = 220, 2.0
# A text with fewer words than this says too little to a model of letters: the best guess stands.
_FEW_WORDS = 12
# What makes an answer clear: so many words of the language, and either strong evidence (as a share of what
# the evidence would be if all words spoke for one language only) or a greater distance to the next one.
_COVERAGE = 0.02
_STRONG, _MARGIN_IF_STRONG = 0.15, 1.15
_WEAK, _MARGIN_IF_WEAK = 0.06, 1.3
# Of a few words more than so many must be the language's, or one of its letters stand among them; else the
# text is taken to be in the script's commonest language.
_COVERAGE_OF_FEW = 0.2
# How much likelier the commonest languages are, before a word is read: so much for the first of a list,
# half of it for the second, and so on.
_PRIOR = 2.0
# What a letter that only some languages have weighs beside a word that only some of them have.
_LETTER = 0.4
# A character that is a syllable or a word weighs as much as so many letters.
_IDEOGRAPH = 3
# Japanese has a good third of kana among its Han characters; a Chinese text may quote some.
_KANA = 0.1
# The model's confidence below which a text is in no language that is known.
_CONFIDENCE = 0.5
# Every so many characters of the sample are enough to count letters.
_STRIDE = 4
# In a text shorter than this the words are few, and those with a mark beside them are wanted too.
_SHORT = 500
_MARKS = '"“”„«»‹›()[]{}<>.,:;!?…*_-–—/|،؛؟۔।'
_COMBINING = frozenset("\u0300\u0301\u0302\u0303\u0304\u0306\u0307\u0308\u030a\u030b\u030c\u0327\u0328")
_DATA = os.path.join(os.path.dirname(__file__), "data")

# First code point of each range of letters, and its script.
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
_FIRSTS = tuple(first for first, _ in _RANGES)

# Scripts that several languages share, and the one that a short text is taken for.
_SHARED = {"Latn": "en", "Cyrl": "ru", "Arab": "ar", "Deva": "hi", "Hebr": "he"}
# Scripts with one language in the table.
_SCRIPTS = {entry.script: entry.code for entry in LANGUAGES.values() if entry.script not in _SHARED}
# What the model calls a text in no language, and the spoken forms of a written language.
_MODEL_CODES = {"zxx": "", "und": "", "arz": "ar", "ary": "ar"}


class _Evidence(NamedTuple):
    """What speaks for the languages of a script.

    Attributes
    ----------
    languages : dict
        What every language of the script has in its favour before a word is read.
    words, letters : dict
        The languages that have a word or a letter, and what one occurrence weighs: the more, the fewer.
    """

    languages: dict[str, float]
    words: dict[str, tuple[tuple[str, ...], float]]
    letters: dict[str, tuple[tuple[str, ...], float]]


def detect_language(text: str) -> Language:
    """The language of a text.

    Parameters
    ----------
    text : str
        Any text at all; a bounded part of it is looked at.

    Returns
    -------
    Language
        Its entry. For a text without letters, or in a script of no known language, the generic one.

    Notes
    -----
    A short text is not left undetermined if its script has a commonest language: a headline in Latin
    letters that holds no small word of any language is taken for English, one in Cyrillic for Russian,
    in Arabic letters for Arabic, in Devanagari for Hindi. A long text that neither the small words nor the
    model know is :data:`~summarize.languages.GENERIC`; one in a language that the model knows and the
    table does not is generic under its own code.
    """
    if len(text) > 4 * _GLANCE:
        glance = _sample(text, _GLANCE)
        # Two typographic marks that say nothing stand in English texts, too.
        glance = (
            glance.replace("’", " ").replace("“", " ").replace("”", " ").replace("–", " ").replace("—", " ")
        )
        if glance.isascii():
            language = _find_clear(glance.replace("'", " ").split(), {}, _load_evidence("Latn"), _PLAIN)
            if language:
                return language
    sample = _sample(text, _SAMPLE)
    script = "Latn" if sample.isascii() else _find_script(sample)
    if script in _SHARED:
        return _find_among(sample, script)
    code = _SCRIPTS.get(script)
    return LANGUAGES[code] if code else GENERIC


def letters_of(code: str) -> frozenset[str]:
    """Small letters of a language of the Latin script that are not in ASCII; none for an unknown one."""
    letters = _load_evidence("Latn").letters
    return frozenset(letter for letter, (codes, _) in letters.items() if code in codes)


def _sample(text: str, size: int) -> str:
    if len(text) <= 2 * size:
        return text.lower()
    middle = len(text) // 2
    return f"{text[:size]} {text[middle : middle + size]}".lower()


def _find_script(sample: str) -> str:
    """The script of most letters, one ideograph counted as several; ``""`` if there is none."""
    scripts: dict[str, int] = {}
    for char, count in _count_letters(sample).items():
        if char.isalpha():
            script = _RANGES[bisect_right(_FIRSTS, ord(char)) - 1][1]
            scripts[script] = scripts.get(script, 0) + count
    kana, han = scripts.pop("Jpan", 0), scripts.pop("Hani", 0)
    scripts["Jpan" if kana > _KANA * han else "Hani"] = _IDEOGRAPH * (kana + han)
    scripts["Kore"] = _IDEOGRAPH * scripts.get("Kore", 0)
    best = max(scripts, key=lambda script: scripts[script])
    return best if scripts[best] else ""


def _find_among(sample: str, script: str) -> Language:
    """The language of a text among those that share its script."""
    letters = _count_letters(sample)
    if not _COMBINING.isdisjoint(letters):
        from unicodedata import normalize

        sample = normalize("NFC", sample)
        letters = _count_letters(sample)
    words = sample.replace("'", " ").replace("’", " ").split()
    if len(sample) <= _SHORT:
        # A single letter with a stop is an initial, and no word.
        words = [word.strip(_MARKS) for word in words if word[1:] != "."]
    evidence = _load_evidence(script)
    if len(words) < _FEW_WORDS:
        scores, matched = _weigh(Counter(words), letters, evidence)
        first = max(scores, key=lambda code: scores[code], default="")
        has_letters = any(first in evidence.letters[char][0] for char in letters if char in evidence.letters)
        if has_letters or (first and matched[first] > _COVERAGE_OF_FEW * len(words)):
            return find_language(first)
        return LANGUAGES[_SHARED[script]] if any(map(str.isalpha, sample)) else GENERIC
    return _find_clear(words, letters, evidence, 1.0) or _ask_model(sample)


def _find_clear(
    words: list[str], letters: dict[str, int], evidence: _Evidence, times: float
) -> Language | None:
    """The language that the evidence is clear about, by so many times the margin that is asked for."""
    scores, matched = _weigh(Counter(words), letters, evidence)
    first, second, *_ = [*sorted(scores, key=lambda code: -scores[code]), "", ""]
    if not first or matched[first] < _COVERAGE * len(words):
        return None
    strength = scores[first] / (len(words) * log(1 + len(evidence.languages)))
    margin = scores[first] / scores[second] / times if second else inf
    is_clear = (strength >= _STRONG and margin >= _MARGIN_IF_STRONG) or (
        strength >= _WEAK and margin >= _MARGIN_IF_WEAK
    )
    return find_language(first) if is_clear else None


def _count_letters(sample: str) -> dict[str, int]:
    """How often every character occurs, nearly; an ASCII text has no letters that tell anything."""
    if sample.isascii():
        return {}
    return Counter(sample[::_STRIDE] if len(sample) > _SHORT else sample)


def _weigh(
    words: dict[str, int], letters: dict[str, int], evidence: _Evidence
) -> tuple[dict[str, float], dict[str, int]]:
    """Score of every language that something speaks for, and how many words do."""
    scores: dict[str, float] = {}
    matched: dict[str, int] = {}
    for word in words.keys() & evidence.words.keys():
        count = words[word]
        codes, weight = evidence.words[word]
        for code in codes:
            scores[code] = scores.get(code, 0.0) + count * weight
            matched[code] = matched.get(code, 0) + count
    for letter in letters.keys() & evidence.letters.keys():
        codes, weight = evidence.letters[letter]
        for code in codes:
            scores[code] = scores.get(code, 0.0) + _LETTER * letters[letter] * weight
            matched.setdefault(code, 0)
    for code in scores:
        scores[code] += evidence.languages[code]
    return scores, matched


@cache
def _load_evidence(script: str) -> _Evidence:
    languages: dict[str, float] = {}
    words: dict[str, list[str]] = {}
    letters: dict[str, list[str]] = {}
    # Not pathlib or importlib.resources, which take longer to import than everything here takes to run.
    with open(os.path.join(_DATA, f"{script}.txt"), encoding="utf-8") as file:
        lines = [line.split() for line in file if not line.startswith("#")]
    for rank, (code, alphabet, *common) in enumerate(lines, 1):
        languages[code] = _PRIOR / rank
        for word in common:
            words.setdefault(word, []).append(code)
        for letter in alphabet.strip("-"):
            letters.setdefault(letter, []).append(code)
    weights = [0.0, *(log((1 + len(lines)) / n) for n in range(1, len(lines) + 1))]
    return _Evidence(
        languages,
        {word: (tuple(codes), weights[len(codes)]) for word, codes in words.items()},
        {letter: (tuple(codes), weights[len(codes)]) for letter, codes in letters.items()},
    )


def _ask_model(sample: str) -> Language:
    """The language of a text by the model of ``py3langid``."""
    code, confidence = _load_model().classify(sample)
    code = _MODEL_CODES.get(code, code)
    if not code or confidence < _CONFIDENCE:
        return GENERIC
    return find_language(code)


@cache
def _load_model() -> LanguageIdentifier:
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
