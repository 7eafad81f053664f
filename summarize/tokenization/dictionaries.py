"""Words of scripts that put no spaces between them, and of Korean, which glues particles to words.

With an extra installed, a dictionary finds the words: jieba (``zh``), fugashi (``ja``),
pythainlp (``th``), kiwipiepy (``ko``). Without it every pair of neighbouring letters is a term,
which works nearly as well for ranking; the signature says which of them was used.
"""

from __future__ import annotations

import importlib.util
import re
from collections.abc import Callable

from summarize.languages import Language

WordFinder = Callable[[str], "list[str]"]

# Runs of letters inside which pairs are taken. Katakana and Latin runs are words as they stand.
# Hiragana, which is mostly grammar, yields none unless the text has nothing else in the run.
_RUN = re.compile(
    r"(?P<han>[\u3005-\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]+)"
    r"|(?P<whole>[\u30a1-\u30ff\uff66-\uff9f]+|[a-z0-9]+(?:[.,'][a-z0-9]+)*)"
    r"|(?P<pairs>[\uac00-\ud7af]+|[\u0e01-\u0e3a\u0e40-\u0e4e]+|[\u0e81-\u0edf]+|[\u1780-\u17d3]+|[\u1000-\u109f]+)"
    r"|(?P<other>[^\W_\u3041-\u309f]+)"
)
# Chinese particles that stand between words and make pairs of no meaning.
_PARTICLES = re.compile("[的了着们吗呢吧啊]")


def load_breaker(language: Language) -> tuple[WordFinder, str]:
    """A function from a sentence to its words, and its name in the signature.

    Parameters
    ----------
    language : Language
        One whose script is not divided into words by spaces, or Korean.

    Returns
    -------
    find_words : callable
        From a sentence in lower case to its words.
    name : str
        ``"jieba"``, ``"fugashi"``, ``"pythainlp"``, ``"kiwipiepy"`` or ``"bigrams"``.
    """
    load = _DICTIONARIES.get(language.code)
    if load is not None:
        try:
            find_words = load()
        except Exception:
            # Not installed, or installed without its dictionary: pairs of letters always work.
            find_words = None
        if find_words is not None:
            return find_words, load.__name__.removeprefix("_load_")
    return find_bigrams, "bigrams"


def find_bigrams(text: str) -> list[str]:
    """Pairs of neighbouring letters, and whole words where other scripts stand between.

    Parameters
    ----------
    text : str

    Returns
    -------
    list of str
        In reading order; a run of one letter is a term by itself.
    """
    found: list[str] = []
    for match in _RUN.finditer(text):
        kind, run = match.lastgroup, match[0]
        if kind == "han":
            for part in _PARTICLES.split(run):
                _add_pairs(part, found)
        elif kind == "pairs":
            _add_pairs(run, found)
        else:
            found.append(run)
    return found


def _add_pairs(run: str, found: list[str]) -> None:
    if len(run) > 1:
        found.extend(map("".join, zip(run, run[1:], strict=False)))
    elif run:
        found.append(run)


def _is_installed(*packages: str) -> bool:
    return all(importlib.util.find_spec(package) is not None for package in packages)


def _load_jieba() -> WordFinder | None:
    if not _is_installed("jieba"):
        return None
    import logging
    import warnings

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # it imports pkg_resources, which warns
        import jieba

    jieba.setLogLevel(logging.ERROR)  # it reports on stderr how long its dictionary took
    return lambda text: [word for word in jieba.cut(text) if _is_word(word)]


def _load_fugashi() -> WordFinder | None:
    if not _is_installed("fugashi", "unidic_lite"):
        return None
    import fugashi

    tagger = fugashi.Tagger()
    dropped = frozenset(("助詞", "助動詞", "補助記号", "空白", "記号"))

    def find_words(text: str) -> list[str]:
        return [
            getattr(word.feature, "lemma", None) or word.surface
            for word in tagger(text)
            if word.feature.pos1 not in dropped and _is_word(word.surface)
        ]

    return find_words


def _load_pythainlp() -> WordFinder | None:
    if not _is_installed("pythainlp"):
        return None
    from pythainlp.tokenize import word_tokenize

    return lambda text: [word for word in word_tokenize(text, keep_whitespace=False) if _is_word(word)]


def _load_kiwipiepy() -> WordFinder | None:
    if not _is_installed("kiwipiepy"):
        return None
    from kiwipiepy import Kiwi

    kiwi = Kiwi()
    # Particles (J…), endings (E…), suffixes (X…) and most marks (S…) carry no content.
    return lambda text: [
        token.form
        for token in kiwi.tokenize(text)
        if token.tag[0] in "NVM" or token.tag in ("SL", "SN", "SH", "XR")
    ]


def _is_word(word: str) -> bool:
    return any(map(str.isalnum, word))


_DICTIONARIES: dict[str, Callable[[], WordFinder | None]] = {
    "zh": _load_jieba,
    "ja": _load_fugashi,
    "th": _load_pythainlp,
    "ko": _load_kiwipiepy,
}
