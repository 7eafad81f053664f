"""Describe the languages: one table, with one entry for each language.

An entry says how a language is written and names its resources (stop words, stemmer, dictionary,
abbreviation list); nothing is loaded here. A language without an entry gets ``GENERIC``: no stop words, no
stemmer, and only the segmentation rules that hold for every language. The signature of a summary shows it.
"""

from __future__ import annotations

from typing import NamedTuple

from summarize.errors import UnknownNameError

_UNSPACED_SCRIPTS = frozenset(("Hani", "Jpan", "Thai", "Laoo", "Khmr", "Mymr"))


class Language(NamedTuple):
    """How one language is written, and which resources exist for it.

    Attributes
    ----------
    code : str
        ISO 639-1 code if there is one, else ISO 639-3; ``"und"`` for the generic entry.
    name : str
        English name.
    script : str
        ISO 15924 code of its usual script.
    stop_words : str
        Source of its stop words: ``"sumy:english"`` (a list in the sumy package), ``"stopwordsiso:fa"``
        (a list in the stopwordsiso package), or ``""`` if there are none.
    stemmer : str
        Name of its Snowball algorithm, or ``""`` if its terms are not stemmed.
    aliases : tuple of str
        Other names and codes that ``--language`` accepts.
    segmentation : str
        Name of its word list in ``summarize/segmentation/data``, or ``""`` if only the rules for every
        language apply.
    terminators : str
        Punctuation that ends a sentence in this language but not in others, such as ``";"`` in Greek.
    ordinals : bool
        Whether a number followed by a period is an ordinal, as in German "am 3. Mai".
    phrase_spaces : bool
        Whether spaces separate phrases and sentences, which end without punctuation (Thai, Lao).
    elision : bool
        Whether an elided article or pronoun is joined to a word by an apostrophe ("l'homme").
    dotless_i : bool
        Whether the lower case of "I" is "ı", as in Turkish.
    dictionary : str
        Optional package that finds its words, or ``""``; see
        `~summarize.tokenization.dictionaries.load_dictionary`.
    openings : bool
        Whether ``summarize/features/openings`` lists how its dangling sentences begin.

    Examples
    --------
    >>> greek = find_language("Greek")
    >>> greek.code, greek.script, greek.stop_words, greek.stemmer
    ('el', 'Grek', 'sumy:greek', 'greek')
    """

    code: str
    name: str
    script: str = "Latn"
    stop_words: str = ""
    stemmer: str = ""
    aliases: tuple[str, ...] = ()
    segmentation: str = ""
    terminators: str = ""
    ordinals: bool = False
    phrase_spaces: bool = False
    elision: bool = False
    dotless_i: bool = False
    dictionary: str = ""
    openings: bool = False

    @property
    def unspaced(self) -> bool:
        """Whether its script puts no spaces between words."""
        return self.script in _UNSPACED_SCRIPTS


_TABLE = (
    Language("af", "Afrikaans", "Latn", "stopwordsiso:af", "", ("afr",), "af"),
    Language("sq", "Albanian", "Latn", "", "", ("sqi", "alb"), "sq"),
    Language("am", "Amharic", "Ethi", "", "", ("amh",), terminators="፡"),
    Language("ar", "Arabic", "Arab", "sumy:arabic", "arabic", ("ara",), "ar"),
    Language("hy", "Armenian", "Armn", "stopwordsiso:hy", "armenian", ("hye", "arm"), "hy", terminators=":"),
    Language("eu", "Basque", "Latn", "stopwordsiso:eu", "basque", ("eus", "baq"), "eu", ordinals=True),
    Language("be", "Belarusian", "Cyrl", "", "", ("bel",), "be"),
    Language("bn", "Bengali", "Beng", "stopwordsiso:bn", "", ("ben", "bangla"), "bn"),
    Language("bg", "Bulgarian", "Cyrl", "stopwordsiso:bg", "", ("bul",), "bg"),
    Language("my", "Burmese", "Mymr", "", "", ("mya", "bur", "myanmar"), "my"),
    Language("ca", "Catalan", "Latn", "stopwordsiso:ca", "catalan", ("cat",), "ca", elision=True),
    Language(
        "zh",
        "Chinese",
        "Hani",
        "sumy:chinese",
        "",
        ("zho", "chi", "mandarin", "zh-cn", "zh-tw"),
        "zh",
        dictionary="jieba",
        openings=True,
    ),
    Language(
        "hr", "Croatian", "Latn", "stopwordsiso:hr", "", ("hrv", "bosnian", "bs", "bos"), "hr", ordinals=True
    ),
    Language("cs", "Czech", "Latn", "sumy:czech", "czech", ("ces", "cze"), "cs", ordinals=True),
    Language("da", "Danish", "Latn", "stopwordsiso:da", "danish", ("dan",), "da", ordinals=True),
    Language(
        "nl", "Dutch", "Latn", "stopwordsiso:nl", "dutch", ("nld", "dut", "flemish"), "nl", openings=True
    ),
    Language("en", "English", "Latn", "sumy:english", "english", ("eng",), "en", openings=True),
    Language("eo", "Esperanto", "Latn", "stopwordsiso:eo", "esperanto", ("epo",), "eo"),
    Language("et", "Estonian", "Latn", "stopwordsiso:et", "estonian", ("est",), "et", ordinals=True),
    Language("fi", "Finnish", "Latn", "stopwordsiso:fi", "finnish", ("fin",), "fi", ordinals=True),
    Language(
        "fr", "French", "Latn", "sumy:french", "french", ("fra", "fre"), "fr", elision=True, openings=True
    ),
    Language("gl", "Galician", "Latn", "stopwordsiso:gl", "", ("glg",), "gl"),
    Language("ka", "Georgian", "Geor", "", "", ("kat", "geo"), "ka"),
    Language(
        "de", "German", "Latn", "sumy:german", "german", ("deu", "ger"), "de", ordinals=True, openings=True
    ),
    Language("el", "Greek", "Grek", "sumy:greek", "greek", ("ell", "gre"), "el", terminators=";\u037e"),
    Language("gu", "Gujarati", "Gujr", "stopwordsiso:gu", "", ("guj",), "gu"),
    Language("he", "Hebrew", "Hebr", "sumy:hebrew", "", ("heb", "iw"), "he"),
    Language("hi", "Hindi", "Deva", "stopwordsiso:hi", "hindi", ("hin",), "hi"),
    Language("hu", "Hungarian", "Latn", "stopwordsiso:hu", "hungarian", ("hun",), "hu", ordinals=True),
    Language("is", "Icelandic", "Latn", "", "", ("isl", "ice"), "is", ordinals=True),
    Language("id", "Indonesian", "Latn", "stopwordsiso:id", "indonesian", ("ind",), "id"),
    Language("ga", "Irish", "Latn", "stopwordsiso:ga", "irish", ("gle",), "ga"),
    Language("it", "Italian", "Latn", "sumy:italian", "italian", ("ita",), "it", elision=True, openings=True),
    Language(
        "ja", "Japanese", "Jpan", "sumy:japanese", "", ("jpn",), "ja", dictionary="fugashi", openings=True
    ),
    Language("kn", "Kannada", "Knda", "", "", ("kan",), "kn"),
    Language("kk", "Kazakh", "Cyrl", "", "", ("kaz",), "kk"),
    Language("km", "Khmer", "Khmr", "", "", ("khm", "cambodian")),
    Language(
        "ko", "Korean", "Kore", "sumy:korean", "", ("kor",), "ko", ordinals=True, dictionary="kiwipiepy"
    ),
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
    Language("pt", "Portuguese", "Latn", "sumy:portuguese", "portuguese", ("por",), "pt", openings=True),
    Language("pa", "Punjabi", "Guru", "", "", ("pan", "panjabi"), "pa"),
    Language("ro", "Romanian", "Latn", "stopwordsiso:ro", "romanian", ("ron", "rum", "moldovan"), "ro"),
    Language("ru", "Russian", "Cyrl", "stopwordsiso:ru", "russian", ("rus",), "ru", openings=True),
    Language("sr", "Serbian", "Cyrl", "", "serbian", ("srp",), "sr", ordinals=True),
    Language("st", "Sesotho", "Latn", "stopwordsiso:st", "sesotho", ("sot", "sotho")),
    Language("sk", "Slovak", "Latn", "sumy:slovak", "", ("slk", "slo"), "sk", ordinals=True),
    Language("sl", "Slovene", "Latn", "stopwordsiso:sl", "", ("slv", "slovenian"), "sl", ordinals=True),
    Language("es", "Spanish", "Latn", "sumy:spanish", "spanish", ("spa", "castilian"), "es", openings=True),
    Language("sw", "Swahili", "Latn", "stopwordsiso:sw", "", ("swa",), "sw"),
    Language("sv", "Swedish", "Latn", "sumy:swedish", "swedish", ("swe",), "sv"),
    Language("tl", "Tagalog", "Latn", "stopwordsiso:tl", "", ("tgl", "filipino", "fil"), "tl"),
    Language("ta", "Tamil", "Taml", "", "tamil", ("tam",), "ta"),
    Language("te", "Telugu", "Telu", "", "", ("tel",), "te"),
    Language(
        "th", "Thai", "Thai", "sumy:thai", "", ("tha",), "th", phrase_spaces=True, dictionary="pythainlp"
    ),
    Language(
        "tr", "Turkish", "Latn", "stopwordsiso:tr", "turkish", ("tur",), "tr", ordinals=True, dotless_i=True
    ),
    Language("uk", "Ukrainian", "Cyrl", "sumy:ukrainian", "", ("ukr",), "uk"),
    Language("ur", "Urdu", "Arab", "stopwordsiso:ur", "", ("urd",), "ur"),
    Language("vi", "Vietnamese", "Latn", "stopwordsiso:vi", "", ("vie",), "vi"),
    Language("yi", "Yiddish", "Hebr", "", "yiddish", ("yid",), "yi"),
)

LANGUAGES: dict[str, Language] = {entry.code: entry for entry in _TABLE}

GENERIC = Language("und", "undetermined", "Zyyy")

_NAMES = {name.lower(): entry.code for entry in _TABLE for name in (entry.code, entry.name, *entry.aliases)}


def find_language(name: str) -> Language:
    """Find the entry of a language by its code or English name.

    Parameters
    ----------
    name : str
        ISO 639 code (``"de"``, ``"deu"``, ``"de-AT"``) or English name (``"German"``), in any case.

    Returns
    -------
    Language
        Its entry. A code without an entry gives the generic entry under that code.

    Raises
    ------
    UnknownNameError
        If the name is not in the table and does not look like a language code.

    Examples
    --------
    >>> find_language("de-AT").name
    'German'
    >>> find_language("cy").code, find_language("cy").name
    ('cy', 'undetermined')
    """
    key = name.strip().lower().replace("_", "-")
    code = _NAMES.get(key) or _NAMES.get(key.partition("-")[0])
    if code:
        return LANGUAGES[code]
    primary = key.partition("-")[0]
    if len(primary) in (2, 3) and primary.isascii() and primary.isalpha():
        # Azerbaijani has no entry, but a summary must not confuse its two letters i.
        return GENERIC._replace(code=primary, dotless_i=primary == "az")
    raise UnknownNameError("language", name, sorted(entry.name.lower() for entry in _TABLE))
