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
    Language("af", "Afrikaans", "Latn", "stopwordsiso:af", "", ("afr",), "af"),
    Language("sq", "Albanian", "Latn", "", "", ("sqi", "alb"), "sq"),
    Language("am", "Amharic", "Ethi", "", "", ("amh",)),
    Language("ar", "Arabic", "Arab", "sumy:arabic", "arabic", ("ara",), "ar"),
    Language("hy", "Armenian", "Armn", "stopwordsiso:hy", "armenian", ("hye", "arm"), "hy", stops=":"),
    Language("eu", "Basque", "Latn", "stopwordsiso:eu", "basque", ("eus", "baq"), "eu", ordinals=True),
    Language("be", "Belarusian", "Cyrl", "", "", ("bel",), "be"),
    Language("bn", "Bengali", "Beng", "stopwordsiso:bn", "", ("ben", "bangla"), "bn"),
    Language("bg", "Bulgarian", "Cyrl", "stopwordsiso:bg", "", ("bul",), "bg"),
    Language("my", "Burmese", "Mymr", "", "", ("mya", "bur", "myanmar")),
    Language("ca", "Catalan", "Latn", "stopwordsiso:ca", "catalan", ("cat",), "ca"),
    Language("zh", "Chinese", "Hani", "sumy:chinese", "", ("zho", "chi", "mandarin", "zh-cn", "zh-tw"), "zh"),
    Language(
        "hr", "Croatian", "Latn", "stopwordsiso:hr", "", ("hrv", "bosnian", "bs", "bos"), "hr", ordinals=True
    ),
    Language("cs", "Czech", "Latn", "sumy:czech", "czech", ("ces", "cze"), "cs", ordinals=True),
    Language("da", "Danish", "Latn", "stopwordsiso:da", "danish", ("dan",), "da", ordinals=True),
    Language("nl", "Dutch", "Latn", "stopwordsiso:nl", "dutch", ("nld", "dut", "flemish"), "nl"),
    Language("en", "English", "Latn", "sumy:english", "english", ("eng",), "en"),
    Language("eo", "Esperanto", "Latn", "stopwordsiso:eo", "esperanto", ("epo",), "eo"),
    Language("et", "Estonian", "Latn", "stopwordsiso:et", "estonian", ("est",), "et", ordinals=True),
    Language("fi", "Finnish", "Latn", "stopwordsiso:fi", "finnish", ("fin",), "fi", ordinals=True),
    Language("fr", "French", "Latn", "sumy:french", "french", ("fra", "fre"), "fr"),
    Language("gl", "Galician", "Latn", "stopwordsiso:gl", "", ("glg",), "gl"),
    Language("ka", "Georgian", "Geor", "", "", ("kat", "geo"), "ka"),
    Language("de", "German", "Latn", "sumy:german", "german", ("deu", "ger"), "de", ordinals=True),
    Language("el", "Greek", "Grek", "sumy:greek", "greek", ("ell", "gre"), "el", stops=";\u037e"),
    Language("gu", "Gujarati", "Gujr", "stopwordsiso:gu", "", ("guj",), "gu"),
    Language("he", "Hebrew", "Hebr", "sumy:hebrew", "", ("heb", "iw"), "he"),
    Language("hi", "Hindi", "Deva", "stopwordsiso:hi", "hindi", ("hin",), "hi"),
    Language("hu", "Hungarian", "Latn", "stopwordsiso:hu", "hungarian", ("hun",), "hu", ordinals=True),
    Language("is", "Icelandic", "Latn", "", "", ("isl", "ice"), "is", ordinals=True),
    Language("id", "Indonesian", "Latn", "stopwordsiso:id", "indonesian", ("ind",), "id"),
    Language("ga", "Irish", "Latn", "stopwordsiso:ga", "irish", ("gle",), "ga"),
    Language("it", "Italian", "Latn", "sumy:italian", "italian", ("ita",), "it"),
    Language("ja", "Japanese", "Jpan", "sumy:japanese", "", ("jpn",), "ja"),
    Language("kn", "Kannada", "Knda", "", "", ("kan",), "kn"),
    Language("kk", "Kazakh", "Cyrl", "", "", ("kaz",), "kk"),
    Language("km", "Khmer", "Khmr", "", "", ("khm", "cambodian")),
    Language("ko", "Korean", "Kore", "sumy:korean", "", ("kor",), "ko", ordinals=True),
    Language("lo", "Lao", "Laoo", "", "", (), "lo", phrase_spaces=True),
    Language("lv", "Latvian", "Latn", "stopwordsiso:lv", "", ("lav",), "lv", ordinals=True),
    Language("lt", "Lithuanian", "Latn", "stopwordsiso:lt", "lithuanian", ("lit",), "lt"),
    Language("mk", "Macedonian", "Cyrl", "", "", ("mkd", "mac"), "mk"),
    Language("ms", "Malay", "Latn", "stopwordsiso:ms", "", ("msa", "may", "zsm"), "ms"),
    Language("ml", "Malayalam", "Mlym", "", "", ("mal",), "ml"),
    Language("mr", "Marathi", "Deva", "stopwordsiso:mr", "", ("mar",), "mr"),
    Language("ne", "Nepali", "Deva", "", "nepali", ("nep",), "ne"),
    Language(
        "no",
        "Norwegian",
        "Latn",
        "stopwordsiso:no",
        "norwegian",
        ("nor", "nb", "nob", "bokmål", "bokmal", "nn", "nno", "nynorsk"),
        "no",
        ordinals=True,
    ),
    Language("fa", "Persian", "Arab", "stopwordsiso:fa", "persian", ("fas", "per", "farsi"), "fa"),
    Language("pl", "Polish", "Latn", "sumy:polish", "polish", ("pol",), "pl", ordinals=True),
    Language("pt", "Portuguese", "Latn", "sumy:portuguese", "portuguese", ("por",), "pt"),
    Language("pa", "Punjabi", "Guru", "", "", ("pan", "panjabi"), "pa"),
    Language("ro", "Romanian", "Latn", "stopwordsiso:ro", "romanian", ("ron", "rum", "moldovan"), "ro"),
    Language("ru", "Russian", "Cyrl", "stopwordsiso:ru", "russian", ("rus",), "ru"),
    Language("sr", "Serbian", "Cyrl", "", "serbian", ("srp",), "sr", ordinals=True),
    Language("st", "Sesotho", "Latn", "stopwordsiso:st", "sesotho", ("sot", "sotho")),
    Language("sk", "Slovak", "Latn", "sumy:slovak", "", ("slk", "slo"), "sk", ordinals=True),
    Language("sl", "Slovene", "Latn", "stopwordsiso:sl", "", ("slv", "slovenian"), "sl", ordinals=True),
    Language("es", "Spanish", "Latn", "sumy:spanish", "spanish", ("spa", "castilian"), "es"),
    Language("sw", "Swahili", "Latn", "stopwordsiso:sw", "", ("swa",), "sw"),
    Language("sv", "Swedish", "Latn", "sumy:swedish", "swedish", ("swe",), "sv"),
    Language("tl", "Tagalog", "Latn", "stopwordsiso:tl", "", ("tgl", "filipino", "fil"), "tl"),
    Language("ta", "Tamil", "Taml", "", "tamil", ("tam",), "ta"),
    Language("te", "Telugu", "Telu", "", "", ("tel",), "te"),
    Language("th", "Thai", "Thai", "sumy:thai", "", ("tha",), "th", phrase_spaces=True),
    Language("tr", "Turkish", "Latn", "stopwordsiso:tr", "turkish", ("tur",), "tr", ordinals=True),
    Language("uk", "Ukrainian", "Cyrl", "sumy:ukrainian", "", ("ukr",), "uk"),
    Language("ur", "Urdu", "Arab", "stopwordsiso:ur", "", ("urd",), "ur"),
    Language("vi", "Vietnamese", "Latn", "stopwordsiso:vi", "", ("vie",), "vi"),
    Language("yi", "Yiddish", "Hebr", "", "yiddish", ("yid",), "yi"),
)

LANGUAGES: dict[str, Language] = {entry.code: entry for entry in _TABLE}

GENERIC = Language("und", "undetermined", "Zyyy")

_NAMES = {name.lower(): entry.code for entry in _TABLE for name in (entry.code, entry.name, *entry.aliases)}


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
