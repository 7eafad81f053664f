"""Find the words of a sentence, and count them as in a length in words."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from functools import cache
from typing import TYPE_CHECKING, overload

from summarize.languages import Language
from summarize.patterns import rare

if TYPE_CHECKING:
    from summarize.tokenization.dictionaries import WordFinder

# Characters that belong to words although Python's \w does not match them: combining accents, and the
# vowel signs and points of Hebrew, Arabic and the scripts of India and South-East Asia.
_COMBINING_MARKS = (
    "\u0300-\u036f\u0483-\u0487\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7\u0610-\u061a\u064b-\u065f\u0670"
    "\u06d6-\u06dc\u06df-\u06e4\u0711\u0730-\u074a\u0900-\u0903\u093a-\u094f\u0951-\u0957\u0962\u0963"
    "\u0981-\u0983\u09bc\u09be-\u09cd\u09d7\u0a01-\u0a03\u0a3c-\u0a51\u0a70\u0a71\u0a81-\u0a83\u0abc-\u0acd"
    "\u0b01-\u0b03\u0b3c-\u0b57\u0b82\u0bbe-\u0bcd\u0bd7\u0c00-\u0c04\u0c3e-\u0c56\u0c81-\u0c83\u0cbc-\u0cd6"
    "\u0d00-\u0d03\u0d3b-\u0d4d\u0d57\u0d81-\u0d83\u0dca-\u0df3\u0e31\u0e34-\u0e3a\u0e47-\u0e4e\u0eb1\u0eb4-\u0ebc"
    "\u0ec8-\u0ecd\u0f71-\u0f84\u102b-\u103e\u135d-\u135f\u17b6-\u17d3\u200c\u200d"
)
# Words after UAX #29: letters, digits and marks. An apostrophe or a middle dot between letters, or a
# point or comma between digits, does not split a word ("don't", "3.14"). Unlike in UAX #29, an
# underscore does ("snake_case").
_WORD = r"[^\W_]+(?:['’](?=[^\W\d_])[^\W_]+|(?<=\d)[.,]\d+)*"
_MARKED_WORD = (
    rf"(?:[^\W_]|[{_COMBINING_MARKS}])+"
    rf"(?:['’·״׳](?=[^\W\d_])(?:[^\W_]|[{_COMBINING_MARKS}])+|(?<=\d)[.,٫٬]\d+)*"
)
# Scripts in which `_WORD` is enough, because combining characters are rare.
_ALPHABETS = frozenset(("Latn", "Cyrl", "Grek", "Armn", "Geor"))

# Letters of the scripts that put no spaces between words.
_UNSPACED_LETTERS = (
    "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3005-\u3007\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
    "\uff66-\uff9f\U00020000-\U0003ffff"
)
# Text with more characters per stretch than this may contain such letters, whatever the language.
_MAX_MEAN_STRETCH = 15

# Letters whose form exists only for layout or an old charset: ligatures (`ﬁnancial`), full-width letters
# (`Ｈａｆｅｎ`), half-width katakana (`ﾊﾞｽ`), Arabic presentation forms, mathematical letters, the radicals
# that some PDF files have in place of Chinese characters. Full-width punctuation stays.
_VARIANTS = (
    "\u0132\u0133\u017f\u01c4-\u01cc\u01f1-\u01f3\u2e80-\u2fdf\ufb00-\ufdfb\ufe70-\ufefc\uff10-\uff19"
    "\uff21-\uff3a\uff41-\uff5a\uff66-\uffdc\U0001d400-\U0001d7ff"
)
# Invisible characters inside a word: soft hyphen, word joiner, byte-order mark, U+FFFE and U+0002 for a
# hyphen in the text of a PDF file.
_INVISIBLE = "\u0002\u00ad\u2060\ufeff\ufffe"
# In scripts with spaces between words, so are marks of direction, and places where a line may break or
# letters must not join. Thai and Khmer separate words with some of them, and in India they change a letter.
_INVISIBLE_IN_ALPHABETS = "\u200b-\u200f\u061c\u202a-\u202e\u2066-\u2069"
# Vowel points, which most texts leave out, and the Arabic stroke that only stretches a word.
_POINTS = {
    "Hebr": "\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7",
    "Arab": (
        "\u0610-\u061a\u0640\u064b-\u0652\u0656-\u065f\u0670\u06d6-\u06dc\u06df-\u06e4\u06e7\u06e8\u06ea-\u06ed"
    ),
}
# A line that ends within a word: `capabili-` and `ties`.
_LINE_END_HYPHEN = rare(r"(?<=\S)([-‐\xad\ufffe\x02])[ \t]?(?:\r\n?|\n)[ \t]*(?=(\S{1,40}))")
_HYPHENS = ("-", "‐", "\xad", "\ufffe", "\x02")
_MAX_PART_LENGTH = 40
_COMPOUND = rare(r"[^\W_]+(?:-[^\W_]+)*")
# Before these words, a hyphen stands for the end of a compound: `Haupt- und Nebenstraße`.
_CONJUNCTIONS = frozenset(("and", "or", "und", "oder", "sowie", "bzw", "en", "of", "och", "eller", "og"))


def simplify_letters(text: str, script: str) -> str:
    """Replace variant forms of letters, and remove invisible characters inside words.

    Parameters
    ----------
    text : str
        A word or a sentence in lower case.
    script : str
        Script of the language. In Hebrew and Arabic, vowel points are removed, too.

    Returns
    -------
    str
        In NFC.

    Examples
    --------
    >>> simplify_letters("ﬁnancial", "Latn"), simplify_letters("ｈａｆｅｎ", "Latn")
    ('financial', 'hafen')
    >>> simplify_letters("har\u00adbour", "Latn")
    'harbour'
    >>> simplify_letters("הגֶּשֶׁר", "Hebr")
    'הגשר'
    """
    variant, dropped = _compile_simplifiers(script)
    text = variant.sub(lambda match: unicodedata.normalize("NFKC", match[0]).lower(), text)
    return unicodedata.normalize("NFC", dropped.sub("", unicodedata.normalize("NFC", text)))


@cache
def _compile_simplifiers(script: str) -> tuple[re.Pattern[str], re.Pattern[str]]:
    dropped = _INVISIBLE + _POINTS.get(script, "")
    if script in _ALPHABETS or script == "Hebr":
        dropped += _INVISIBLE_IN_ALPHABETS
    return re.compile(f"[{_VARIANTS}]+"), re.compile(f"[{dropped}]")


def join_broken_words(sentences: Sequence[str]) -> Sequence[str]:
    """Join the words that a hyphen at the end of a line divides.

    The hyphen may also belong to the word. It stays if the text has the word with a hyphen, or its parts
    as words (`the well-` / `known harbour`, and elsewhere `well-known`); if the second part begins with a
    capital (`Rhein-` / `Main`); or before a conjunction (`Haupt-` / `und Nebenstraße`). A text that has the
    joined word elsewhere always joins it.

    Parameters
    ----------
    sentences : sequence of str
        All sentences of a text, since one shows how to join the words of another.

    Returns
    -------
    sequence of str
        One string for each sentence, made when it is asked for; the sentences themselves if there is nothing
        to join.

    Examples
    --------
    >>> list(join_broken_words(["The engine was over-\\nhauled."]))
    ['The engine was overhauled.']
    >>> list(join_broken_words(["Die Haupt-\\nund Nebenstraße."]))
    ['Die Haupt-\\nund Nebenstraße.']
    """
    if not any("\n" in sentence and _LINE_END_HYPHEN.search(sentence) for sentence in sentences):
        return sentences
    # Words and compounds, except those at the ends of lines.
    known: set[str] = set()
    for sentence in sentences:
        before = ""
        for chunk in sentence.lower().split():
            if not chunk.endswith(_HYPHENS) and not before.endswith(_HYPHENS):
                known.update(_COMPOUND.findall(chunk))
            before = chunk
    return _Joined(sentences, known)


class _Joined(Sequence[str]):
    """Sentences whose words are joined on access, so that a long text is not copied."""

    def __init__(self, sentences: Sequence[str], known: set[str]) -> None:
        self._sentences, self._known = sentences, known

    def __len__(self) -> int:
        return len(self._sentences)

    def __iter__(self) -> Iterator[str]:
        return map(self._join, self._sentences)

    @overload
    def __getitem__(self, place: int) -> str: ...
    @overload
    def __getitem__(self, place: slice) -> list[str]: ...
    def __getitem__(self, place: int | slice) -> str | list[str]:
        if isinstance(place, slice):
            return [*map(self._join, self._sentences[place])]
        return self._join(self._sentences[place])

    def _join(self, sentence: str) -> str:
        if "\n" not in sentence:
            return sentence
        return _LINE_END_HYPHEN.sub(lambda match: _join_parts(match, self._known), sentence)


def _join_parts(match: re.Match[str], known: set[str]) -> str:
    """Return the replacement for a hyphen and the line end after it: nothing, or both unchanged."""
    place, text = match.start(), match.string
    first = place
    while first > max(0, place - _MAX_PART_LENGTH) and _is_letter(text[first - 1]):
        first -= 1
    head, tail = text[first:place], match[2]
    tail = tail[: next((i for i, char in enumerate(tail) if not _is_letter(char)), len(tail))]
    if not head or not tail or (tail[0].isupper() and not (head + tail).isupper()):
        return match[0]
    if match[1] not in "-‐":
        return ""
    head, tail = head.lower(), tail.lower()
    if head + tail in known:
        return ""
    is_compound = tail in _CONJUNCTIONS or f"{head}-{tail}" in known or (head in known and tail in known)
    return match[0] if is_compound else ""


def _is_letter(char: str) -> bool:
    return char.isalpha() or unicodedata.category(char)[0] == "M"


def count_words(
    sentences: Sequence[str], language: Language, stretches: list[int] | None = None
) -> list[int]:
    """Count the words of each sentence, as in a length in words.

    Parameters
    ----------
    sentences : sequence of str
    language : Language
    stretches : list of int, optional
        The number of stretches between white space in each sentence, if it is already known.

    Returns
    -------
    list of int
        One count for each sentence. A word is a stretch between white space, as for ``wc -w``. In a
        script without spaces between words (Chinese, Japanese, Thai, Lao, Khmer, Burmese), every
        letter counts as one word, and so does every run of other letters and digits between them.

    Examples
    --------
    >>> from summarize.languages import find_language
    >>> count_words(["The well-known bridge is open.", "Why?"], find_language("en"))
    [5, 1]
    >>> count_words(["我喜欢猫 cats 和狗。"], find_language("zh"))
    [7]
    """
    # For languages of `finds_words_in_sentences`, the caller counts words, not stretches.
    if stretches is None or finds_words_in_sentences(language):
        stretches = [len(sentence.split()) for sentence in sentences]
    if not language.unspaced and sum(map(len, sentences)) <= _MAX_MEAN_STRETCH * sum(stretches):
        return stretches
    return [max(n, _count_unspaced(sentence)) for n, sentence in zip(stretches, sentences, strict=True)]


def _count_unspaced(sentence: str) -> int:
    rest, n_letters = _compile_unspaced_letter().subn(" ", sentence)
    return n_letters + sum(1 for word in rest.split() if any(map(str.isalnum, word)))


@cache
def _compile_unspaced_letter() -> re.Pattern[str]:
    return re.compile(f"[{_UNSPACED_LETTERS}]")


def finds_words_in_sentences(language: Language) -> bool:
    """Tell whether words are found in whole sentences instead of between spaces.

    True for scripts without spaces between words, and for Korean, where a stretch between spaces is a
    word with its particles attached.
    """
    return language.unspaced or language.script == "Kore"


@cache
def load_word_finder(language: Language) -> WordFinder:
    """Load the function that finds the words of a sentence.

    Parameters
    ----------
    language : Language

    Returns
    -------
    callable
        Maps a sentence in lower case to the list of its words, in reading order.

    Examples
    --------
    >>> from summarize.languages import find_language
    >>> load_word_finder(find_language("en"))("it's a well-known 3.14")
    ["it's", 'a', 'well', 'known', '3.14']
    """
    return load_tokenizer(language)[0]


@cache
def load_tokenizer(language: Language) -> tuple[WordFinder, str]:
    """Load the function that finds the words of a sentence, and its name.

    Parameters
    ----------
    language : Language

    Returns
    -------
    find_words : callable
        Maps a sentence in lower case to the list of its words, in reading order.
    name : str
        Its name in the signature: ``"words"``, or a name from
        `~summarize.tokenization.dictionaries.load_dictionary`.

    Examples
    --------
    >>> from summarize.languages import find_language
    >>> load_tokenizer(find_language("en"))[1]
    'words'
    """
    if language.script in _ALPHABETS:
        plain = re.compile(_WORD).findall

        def find_words(text: str) -> list[str]:
            # The full pattern takes long to compile, and in these scripts it is rarely needed.
            return plain(text) if _is_composed(text) else _compile_marked_word().findall(text)

        return find_words, "words"
    if finds_words_in_sentences(language):
        from summarize.tokenization.dictionaries import load_dictionary

        return load_dictionary(language)
    return _compile_marked_word().findall, "words"


def _is_composed(text: str) -> bool:
    """Tell whether a text has no combining characters ("é" as one character, not as "e" and an accent)."""
    return text.isascii() or all(char.isalnum() or not unicodedata.combining(char) for char in text)


@cache
def _compile_marked_word() -> re.Pattern[str]:
    return re.compile(_MARKED_WORD)
