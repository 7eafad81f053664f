"""Decode bytes that are not plain UTF-8, and detect their charset.

A wrong charset yields a wrong text without any warning, so the most certain features are tried first: a
byte-order mark; then NUL bytes, which reveal UTF-16 and UTF-32; then the charset that a web page declares;
then UTF-8 with a few invalid bytes; and a guess comes last. For scripts other than Latin,
``charset-normalizer`` guesses. For Latin letters the language decides: the words in plain ASCII show the
language, and the language suggests the charset.
"""

from __future__ import annotations

import re

Decoded = tuple[str, str, tuple[str, ...]]
"""Text, name of the charset, and warnings."""

# A guess is slow, and this much of a text is enough for one.
_MAX_SAMPLE = 1 << 16
_UTF8_SEQUENCE = re.compile(
    rb"[\xc2-\xdf][\x80-\xbf]|\xe0[\xa0-\xbf][\x80-\xbf]|[\xe1-\xec\xee\xef][\x80-\xbf]{2}"
    rb"|\xed[\x80-\x9f][\x80-\xbf]|\xf0[\x90-\xbf][\x80-\xbf]{2}|[\xf1-\xf3][\x80-\xbf]{3}|\xf4[\x80-\x8f][\x80-\xbf]{2}"
)
# A character in UTF-8 without its last byte, as at the end of a truncated text.
_UTF8_FRAGMENT = re.compile(
    rb"(?<![\x80-\xff])(?:[\xe0-\xef][\x80-\xbf]|[\xf0-\xf4][\x80-\xbf]{2})(?![\x80-\xff])"
)
_NON_ASCII = re.compile(rb"[\x80-\xff]+")
# The charset that a web page or an XML document declares for itself.
_DECLARED = re.compile(rb"<(?:meta|\?xml)\b[^>]*?(?:charset|encoding)\s*=\s*[\"']?([\w-]+)", re.IGNORECASE)
# Texts that declare the first charset are often in the second, which contains the first. Browsers make the
# same replacements.
_SUPERSETS = {
    "iso-8859-1": "cp1252", "latin1": "cp1252", "us-ascii": "cp1252", "gb2312": "gb18030", "gbk": "gb18030",
    "shift_jis": "cp932", "sjis": "cp932", "iso-8859-9": "cp1254", "tis-620": "cp874", "euc-kr": "cp949",
}  # fmt: skip
# Charsets in common use; the guess is more often right if it considers no others.
_CANDIDATES = [
    "cp1251", "koi8_r", "koi8_u", "cp866", "iso8859_5", "cp1253", "iso8859_7", "cp1255", "cp1256", "cp874",
    "cp932", "euc_jp", "gb18030", "big5", "cp949", "cp1252",
]  # fmt: skip
# Minimum share of the non-ASCII bytes that form valid UTF-8. In Japanese text in EUC, a share of up to 0.44
# does so by chance.
_MIN_UTF8_SHARE = 0.6
# Threshold of `charset-normalizer` for implausible characters; its default is too strict for a few lines.
_MAX_MESS = 0.5
# Most languages with Latin letters use Windows-1252, which contains Latin-1. These languages use others. Of
# two charsets, the one that yields more letters of the language is chosen.
_CENTRAL = ("cp1250", "iso8859_2")
_LATIN = {
    **dict.fromkeys(("pl", "cs", "sk", "hu", "sl", "hr", "ro"), _CENTRAL),
    **dict.fromkeys(("tr", "az"), ("cp1254",)),
    **dict.fromkeys(("lt", "lv"), ("cp1257",)),
    "et": ("cp1257", "cp1252"),
    "vi": ("cp1258", "cp1252"),
}
# In Latin text, runs of non-ASCII bytes are short on average, and at most half of the bytes are non-ASCII.
_MAX_LATIN_RUN = 1.5
_MAX_LATIN_SHARE = 0.5
# With a lower share of non-ASCII bytes, runs may have a mean length of 2.
_MIN_DENSE_SHARE = 0.1
# Non-ASCII characters of Latin text that are not letters: quotation marks, dashes, symbols.
_SYMBOLS = frozenset("€‚„…‰‹‘’“”•–—™›\xa0¡¢£¥§¨©ª«¬\xad®¯°±²³´µ·¹º»¼½¾¿×÷†‡ˆ˜")
# Letters of so few languages that in other languages they suggest a wrong guess.
_RARE_LETTERS = frozenset("ÿþðÞÐŸƒÃÂ")
# A charset in which a lower share of the characters is plausible is rejected.
_MIN_PLAUSIBILITY = 0.6
# Spaces, punctuation and one Chinese character that are frequent in texts in UTF-16.
_FREQUENT = frozenset(" \n\r.,،।。、，的")
# Unicode categories that do not occur in texts: control, unassigned, private use, surrogate.
_NON_TEXT = frozenset({"Cc", "Cn", "Co", "Cs"})


def decode_marked(data: bytes) -> Decoded:
    """Decode UTF-16 or UTF-32 with a byte-order mark.

    Parameters
    ----------
    data : bytes
        Bytes that begin with a byte-order mark.

    Returns
    -------
    text : str
        The text without the mark. Invalid bytes are replaced by U+FFFD.
    charset : str
        ``"utf-16"`` or ``"utf-32"``.
    warnings : tuple of str
        A warning if there are invalid bytes.

    Examples
    --------
    >>> decode_marked(b"\\xff\\xfeH\\x00i\\x00")
    ('Hi', 'utf-16', ())
    """
    if data.startswith((b"\x00\x00\xfe\xff", b"\xff\xfe\x00\x00")) and len(data) % 4 == 0:
        encoding = "utf-32-be" if data[0] == 0 else "utf-32-le"
        try:
            return data[4:].decode(encoding), "utf-32", ()
        except UnicodeDecodeError:
            pass  # it is UTF-16, and its first character is NUL
    encoding = "utf-16-le" if data[0] == 0xFF else "utf-16-be"
    return _replace_broken(data[2:], encoding, "utf-16", 2)


def decode_wide(data: bytes) -> Decoded | None:
    """Decode UTF-16 or UTF-32 without a byte-order mark.

    Parameters
    ----------
    data : bytes
        Bytes that contain NUL.

    Returns
    -------
    (str, str, tuple of str) or None
        Text, charset and warnings; None if the bytes are in neither encoding.

    Examples
    --------
    >>> decode_wide("Hello, world.".encode("utf-16-le"))
    ('Hello, world.', 'utf-16-le', ())
    """
    for encoding in ("utf-32-le", "utf-32-be"):
        # Nothing else decodes as UTF-32, in which the highest byte of each character is NUL.
        if len(data) % 4 == 0:
            try:
                text = data.decode(encoding)
            except UnicodeDecodeError:
                continue
            if "\x00" not in text:
                return text, encoding, ()
    sample = data[: _MAX_SAMPLE // 2 * 2]
    sample = sample[: len(sample) // 2 * 2]
    likely = max(("utf-16-le", "utf-16-be"), key=lambda encoding: _text_likeness(sample, encoding))
    if _text_likeness(sample, likely) <= 0:
        return None
    return _replace_broken(data, likely, likely, 0)


def decode_escaped(data: bytes, text: str) -> Decoded:
    """Decode ISO-2022-JP, which looks like ASCII with escape sequences.

    Parameters
    ----------
    data : bytes
        Bytes that contain an escape character.
    text : str
        The same bytes decoded as UTF-8, to return if they are not ISO-2022-JP.

    Returns
    -------
    text, charset : str
    warnings : tuple of str
        Always empty.

    Examples
    --------
    >>> decode_escaped("日本".encode("iso2022_jp"), "")
    ('日本', 'iso2022_jp', ())
    """
    try:
        return data.decode("iso2022_jp"), "iso2022_jp", ()
    except UnicodeDecodeError:
        return text, "utf-8", ()


def decode_other(data: bytes) -> Decoded:
    """Decode bytes that contain no NUL and are not entirely valid UTF-8.

    Parameters
    ----------
    data : bytes

    Returns
    -------
    text : str
        The text. Invalid bytes are replaced by U+FFFD.
    charset : str
        Name of the declared or detected charset.
    warnings : tuple of str
        A warning if there are invalid bytes.

    Examples
    --------
    >>> decode_other("Zürich".encode("latin-1"))
    ('Zürich', 'cp1252', ())
    """
    declared = _decode_declared(data)
    if declared is not None:
        return declared
    if _is_broken_utf8(data):
        return _replace_broken(data, "utf-8", "utf-8", 0)
    encoding = _guess_charset(data) or "utf-8"
    return _replace_broken(data, encoding, encoding, 0)


def _replace_broken(data: bytes, encoding: str, name: str, offset: int) -> Decoded:
    """Decode with U+FFFD for invalid bytes, and warn where the first of them is."""
    try:
        return data.decode(encoding).removeprefix("\ufeff"), name, ()
    except UnicodeDecodeError as error:
        text = data.decode(encoding, "replace")
        # U+FFFD that was already in the text does not count.
        n_original = data.count("\ufffd".encode(encoding)) if name == "utf-8" else 0
        n_broken = max(1, text.count("\ufffd") - n_original)
        places = "1 place" if n_broken == 1 else f"{n_broken} places, the first"
        where = f"{places} at byte offset {error.start + offset}"
        problem = f"not valid {name.upper()} in {where}; replaced by U+FFFD"
        return text.removeprefix("\ufeff"), name, (problem,)


def _text_likeness(sample: bytes, encoding: str) -> float:
    """Score how much a sample looks like text in UTF-16 of one byte order: above zero if it does."""
    from unicodedata import category

    text = sample.decode(encoding, "replace")
    if not text:
        return 0.0
    n_non_text = sum(
        char == "\ufffd" or (category(char) in _NON_TEXT and char not in "\t\n\v\f\r") for char in text
    )
    n_frequent = sum(char in _FREQUENT for char in text)
    # In the wrong byte order, a space becomes another character, so frequent characters show the right order.
    return n_frequent / len(text) - 10 * n_non_text / len(text) + (0.01 if text.isascii() else 0.0)


def _decode_declared(data: bytes) -> Decoded | None:
    """Decode a page in the charset that it declares; return None if it declares none or a wrong one."""
    declared = _DECLARED.search(data, 0, 1024)
    if declared is None:
        return None
    name = declared[1].decode("ascii").lower()
    name = _SUPERSETS.get(name, name)
    if name.startswith(("utf-16", "utf-32")):
        return None  # a declaration that is legible as ASCII cannot be in UTF-16 or UTF-32
    try:
        return data.decode(name), name, ()
    except (UnicodeDecodeError, LookupError, ValueError):
        return None


def _is_broken_utf8(data: bytes) -> bool:
    """Tell whether most of the non-ASCII bytes form valid characters in UTF-8."""
    n_high = len(data) - len(data.translate(None, bytes(range(128, 256))))
    n_valid = sum(map(len, _UTF8_SEQUENCE.findall(data)))
    n_valid += sum(map(len, _UTF8_FRAGMENT.findall(data)))
    return n_valid >= _MIN_UTF8_SHARE * n_high


def _guess_charset(data: bytes) -> str:
    """Return the most likely charset, or an empty string."""
    sample = _whole_words(data)
    runs = _NON_ASCII.findall(sample)
    n_high = sum(map(len, runs))
    if not n_high:
        # The non-ASCII bytes come later in the text.
        start = next(_NON_ASCII.finditer(data)).start()
        sample = _whole_words(data[max(0, start - _MAX_SAMPLE // 2) :])
        runs = _NON_ASCII.findall(sample)
        n_high = sum(map(len, runs))
    max_run = _MAX_LATIN_RUN if n_high > _MIN_DENSE_SHARE * len(sample) else 2
    if n_high <= max_run * len(runs) and n_high <= _MAX_LATIN_SHARE * len(sample):
        return _guess_latin(sample)
    from charset_normalizer import from_bytes

    best = from_bytes(sample, cp_isolation=_CANDIDATES, threshold=_MAX_MESS).best()
    if best is None or best.encoding == "cp1252":
        return _guess_latin(sample)
    return best.encoding


def _whole_words(data: bytes) -> bytes:
    """Return the beginning of the data up to a newline or space, where no charset splits a character."""
    if len(data) <= _MAX_SAMPLE:
        return data
    end = max(data.rfind(b"\n", 0, _MAX_SAMPLE), data.rfind(b" ", 0, _MAX_SAMPLE)) + 1
    return data[:end] or data[:_MAX_SAMPLE]


def _guess_latin(sample: bytes) -> str:
    """Return the most likely charset of a text in Latin letters, or an empty string if none fits."""
    from summarize.languages.detection import detect_language, letters_of

    language = detect_language(re.sub(rb"\S*[\x80-\xff]\S*", b"", sample).decode("ascii", "replace")).code
    candidates = _LATIN.get(language, ("cp1252",))
    best, encoding = max(
        (_plausibility(sample.decode(encoding, "replace"), letters_of(language)), encoding)
        for encoding in candidates
    )
    if best >= _MIN_PLAUSIBILITY:
        return encoding
    # Too few words are plain ASCII to show the language, so try each charset and detect the language again.
    for encoding in dict.fromkeys(encoding for encodings in _LATIN.values() for encoding in encodings):
        text = sample.decode(encoding, "replace")
        language = detect_language(text).code
        letters = letters_of(language)
        if encoding in _LATIN.get(language, ()) and _plausibility(text, letters) >= _MIN_PLAUSIBILITY:
            return encoding
    return ""


def _plausibility(text: str, letters: frozenset[str]) -> float:
    """Return the share of the non-ASCII characters that are plausible, from 0 to 1.

    A letter of the language counts 1 and any other letter 0.9, unless it is an uppercase letter after a
    lowercase one, as in `aÉ`. A symbol counts 1.
    """
    good = 0.0
    total = 0
    for place, char in enumerate(text):
        if char > "\x7f":
            total += 1
            before = text[place - 1 : place]
            if char.lower() in letters:
                good += not (char.isupper() and before.islower())
            elif char in _SYMBOLS:
                good += 1
            elif char.isalpha() and char not in _RARE_LETTERS and not (char.isupper() and before.islower()):
                good += 0.9
    return good / total if total else 0.0
