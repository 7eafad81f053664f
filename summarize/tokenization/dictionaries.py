"""Find words in scripts without spaces between words, and in Korean, which attaches particles to words.

If the extra of a language is installed, its dictionary finds the words: jieba (``zh``), fugashi
(``ja``), pythainlp (``th``), kiwipiepy (``ko``). Otherwise every pair of adjacent letters is a word, which
works nearly as well for ranking. The signature names the method that was used.
"""

from __future__ import annotations

import importlib.util
import re
from collections.abc import Callable

from summarize.languages import Language

WordFinder = Callable[[str], "list[str]"]

# Runs of letters to split into pairs. A run of katakana or Latin letters is one word. Hiragana is mostly
# grammar and is dropped.
_RUN = re.compile(
    r"(?P<han>[\u3005-\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]+)"
    r"|(?P<whole>[\u30a1-\u30ff\uff66-\uff9f]+|[a-z0-9]+(?:[.,'][a-z0-9]+)*)"
    r"|(?P<pairs>[\uac00-\ud7af]+|[\u0e01-\u0e3a\u0e40-\u0e4e]+|[\u0e81-\u0edf]+|[\u1780-\u17d3]+|[\u1000-\u109f]+)"
    r"|(?P<other>[^\W_\u3041-\u309f]+)"
)
# Chinese particles between words; a pair that contains one has no meaning.
_PARTICLES = re.compile("[的了着们吗呢吧啊]")


def load_dictionary(language: Language) -> tuple[WordFinder, str]:
    """Load the function that finds the words of a language by its dictionary.

    Parameters
    ----------
    language : Language
        Korean, or a language whose script puts no spaces between words.

    Returns
    -------
    find_words : callable
        Maps a sentence in lower case to the list of its words, in reading order.
    name : str
        Its name in the signature: ``"jieba"``, ``"fugashi"``, ``"pythainlp"`` or ``"kiwipiepy"``, or
        ``"bigrams"`` if the language has no dictionary or its package cannot be loaded.

    Examples
    --------
    >>> from summarize.languages import find_language
    >>> find_words, name = load_dictionary(find_language("km"))
    >>> name
    'bigrams'
    """
    if language.dictionary:
        try:
            find_words = _LOADERS[language.dictionary]()
        except Exception:
            # The package is installed without its dictionary, or is broken. Pairs of letters always work.
            find_words = None
        if find_words is not None:
            return find_words, language.dictionary
    return find_bigrams, "bigrams"


def find_bigrams(text: str) -> list[str]:
    """Split runs of letters into overlapping pairs, and leave words of other scripts whole.

    Parameters
    ----------
    text : str
        In lower case.

    Returns
    -------
    list of str
        In reading order. A run of one letter is a word by itself.

    Examples
    --------
    >>> find_bigrams("北京大学的gpu")
    ['北京', '京大', '大学', 'gpu']
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
        warnings.simplefilter("ignore")  # jieba imports pkg_resources, which warns
        import jieba

    jieba.setLogLevel(logging.ERROR)  # else it reports its loading time on stderr
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
    # Particles (J…), endings (E…), suffixes (X…) and most symbols (S…) carry no content.
    return lambda text: [
        token.form
        for token in kiwi.tokenize(text)
        if token.tag[0] in "NVM" or token.tag in ("SL", "SN", "SH", "XR")
    ]


def _is_word(word: str) -> bool:
    return any(map(str.isalnum, word))


# The dictionaries that a `Language` can name.
_LOADERS: dict[str, Callable[[], WordFinder | None]] = {
    "jieba": _load_jieba,
    "fugashi": _load_fugashi,
    "pythainlp": _load_pythainlp,
    "kiwipiepy": _load_kiwipiepy,
}
