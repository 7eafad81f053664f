"""What is known of each language: one literal table, an entry a language.

An entry names the sources of the language's data (stop words, stemmer,
abbreviations); nothing is loaded here. A language that is not in the table is
served by ``GENERIC``: no stop words, no stemmer, the segmentation rules of its
script; the signature says so.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from summarize.errors import UnknownNameError


@dataclass(frozen=True, slots=True)
class Language:
    """The habits of one language.

    Attributes
    ----------
    code : str
        ISO 639-1 code where there is one, else ISO 639-3; ``"und"`` for the generic entry.
    name : str
        English name.
    script : str
        ISO 15924 code of the script it is usually written in.
    stop_words : str
        Where its stop words come from: ``"sumy:english"`` (a list in the sumy package),
        ``"stopwordsiso:fa"`` (a list in the stopwordsiso package), or ``""``: none.
    stemmer : str
        Name of the Snowball algorithm, or ``""``: terms are not stemmed.
    aliases : tuple of str
        Other names and codes that ``--language`` accepts.
    segmentation : str
        Name of its word list under ``data/segmentation``, or ``""``: only what every language knows.
    stops : str
        Marks that end a sentence in this language and not in others, such as ``";"`` in Greek.
    ordinals : bool
        Whether a number with a stop behind it is an ordinal ("am 3. Mai").
    phrase_spaces : bool
        Whether white space parts phrases and sentences, which have no stops (Thai, Lao).
    """

    code: str
    name: str
    script: str = "Latn"
    stop_words: str = ""
    stemmer: str = ""
    aliases: tuple[str, ...] = ()
    segmentation: str = ""
    stops: str = ""
    ordinals: bool = False
    phrase_spaces: bool = False


_TABLE = (
    Language("ar", "Arabic", "Arab", "sumy:arabic", "arabic", ("ara",)),
    Language("bn", "Bengali", "Beng", "stopwordsiso:bn", "", ("ben", "bangla")),
    Language("bg", "Bulgarian", "Cyrl", "stopwordsiso:bg", "", ("bul",)),
    Language("ca", "Catalan", "Latn", "stopwordsiso:ca", "catalan", ("cat",)),
    Language("zh", "Chinese", "Hani", "sumy:chinese", "", ("zho", "mandarin", "zh-cn", "zh-tw")),
    Language("hr", "Croatian", "Latn", "stopwordsiso:hr", "", ("hrv",)),
    Language("cs", "Czech", "Latn", "sumy:czech", "czech", ("ces",)),
    Language("da", "Danish", "Latn", "stopwordsiso:da", "danish", ("dan",)),
    Language("nl", "Dutch", "Latn", "stopwordsiso:nl", "dutch", ("nld",)),
    Language("en", "English", "Latn", "sumy:english", "english", ("eng",), "en"),
    Language("de", "German", "Latn", "sumy:german", "german", ("deu",)),
    Language("fr", "French", "Latn", "sumy:french", "french", ("fra",)),
    Language("es", "Spanish", "Latn", "sumy:spanish", "spanish", ("spa",)),
    Language("ru", "Russian", "Cyrl", "stopwordsiso:ru", "russian", ("rus",)),
    Language("ja", "Japanese", "Jpan", "sumy:japanese", "", ("jpn",)),
)

LANGUAGES: dict[str, Language] = {entry.code: entry for entry in _TABLE}

GENERIC = Language("und", "undetermined", "Zyyy")

_NAMES = {
    name.lower(): entry.code for entry in _TABLE for name in (entry.code, entry.name, *entry.aliases)
}


def find_language(name: str) -> Language:
    """Entry of a language by code or English name.

    Parameters
    ----------
    name : str
        ISO 639 code (``"de"``, ``"deu"``, ``"de-AT"``) or English name (``"German"``), any case.

    Returns
    -------
    Language
        Its entry; for a code that is not in the table, the generic one under that code.

    Raises
    ------
    UnknownNameError
        For a name that is neither in the table nor shaped like a language code.
    """
    key = name.strip().lower().replace("_", "-")
    code = _NAMES.get(key) or _NAMES.get(key.partition("-")[0])
    if code:
        return LANGUAGES[code]
    primary = key.partition("-")[0]
    if len(primary) in (2, 3) and primary.isascii() and primary.isalpha():
        return replace(GENERIC, code=primary)
    raise UnknownNameError("language", name, sorted(entry.name.lower() for entry in _TABLE))
