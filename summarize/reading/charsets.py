"""Text from bytes that are not plain UTF-8: which charset they are in, as far as that can be told.

A charset that was wrongly guessed gives a wrong text without a sign of it, so the order is: what is
certain (a byte-order mark), what is nearly certain (UTF-16 and UTF-32 by their NUL bytes, UTF-8 that is
broken in places), and a guess last. The guess for scripts other than Latin is ``charset-normalizer``'s.
For Latin letters it is by language: the words that are plain ASCII tell the language, the language the
charset.
"""

from __future__ import annotations

import re

Decoded = tuple[str, str, tuple[str, ...]]
"""Text, name of the charset, and what there is to warn of."""

# How many bytes are looked at; enough for a guess, and a guess is slow.
_SAMPLE = 1 << 16
_UTF8_SEQUENCE = re.compile(
    rb"[\xc2-\xdf][\x80-\xbf]|\xe0[\xa0-\xbf][\x80-\xbf]|[\xe1-\xec\xee\xef][\x80-\xbf]{2}"
    rb"|\xed[\x80-\x9f][\x80-\xbf]|\xf0[\x90-\xbf][\x80-\xbf]{2}|[\xf1-\xf3][\x80-\xbf]{3}|\xf4[\x80-\x8f][\x80-\xbf]{2}"
)
# The beginning of a character that was cut off.
_UTF8_PIECE = re.compile(
    rb"(?<![\x80-\xff])(?:[\xe0-\xef][\x80-\xbf]|[\xf0-\xf4][\x80-\xbf]{2})(?![\x80-\xff])"
)
_HIGH = re.compile(rb"[\x80-\xff]+")
# A page says itself what it is in.
_DECLARED = re.compile(rb"<(?:meta|\?xml)\b[^>]*?(?:charset|encoding)\s*=\s*[\"']?([\w-]+)", re.IGNORECASE)
# What declares the first is in the second, which holds it; browsers read it so.
_MEANT = {
    "iso-8859-1": "cp1252", "latin1": "cp1252", "us-ascii": "cp1252", "gb2312": "gb18030", "gbk": "gb18030",
    "shift_jis": "cp932", "sjis": "cp932", "iso-8859-9": "cp1254", "tis-620": "cp874", "euc-kr": "cp949",
}  # fmt: skip
# Charsets that texts are found in; the guess is better for not considering the others.
_KNOWN = [
    "cp1251", "koi8_r", "koi8_u", "cp866", "iso8859_5", "cp1253", "iso8859_7", "cp1255", "cp1256", "cp874",
    "cp932", "euc_jp", "gb18030", "big5", "cp949", "cp1252",
]  # fmt: skip
# Of Japanese in EUC up to 0.44 of the bytes beyond ASCII look like UTF-8 by chance.
_MOSTLY_UTF8 = 0.6
# How strange a guess may look; the default is too strict for a text of a few lines.
_STRANGENESS = 0.5
# In Latin letters most languages are written in Windows-1252, which holds Latin-1. These are not; of two
# charsets the one is taken in which more of the letters are the language's.
_CENTRAL = ("cp1250", "iso8859_2")
_LATIN = {
    **dict.fromkeys(("pl", "cs", "sk", "hu", "sl", "hr", "ro"), _CENTRAL),
    **dict.fromkeys(("tr", "az"), ("cp1254",)),
    **dict.fromkeys(("lt", "lv"), ("cp1257",)),
    "et": ("cp1257", "cp1252"),
    "vi": ("cp1258", "cp1252"),
}
# A Latin text has its letters beyond ASCII one or two at a time, and not many of them.
_LONGEST_LATIN_RUN, _MOST_LATIN = 1.5, 0.5
# Where there are fewer than this, they may stand in pairs.
_FEW = 0.1
# What stands in Latin texts beside letters: quotes, dashes, signs.
_SIGNS = frozenset("€‚„…‰‹‘’“”•–—™›\xa0¡¢£¥§¨©ª«¬\xad®¯°±²³´µ·¹º»¼½¾¿×÷†‡ˆ˜")
# Letters of so few languages that in a text of another one they are a sign of a wrong guess.
_RARE = frozenset("ÿþðÞÐŸƒÃÂ")
# A guess by which fewer of the characters are plausible is none.
_PLAUSIBLE = 0.6
# Marks and spaces by which a text in UTF-16 is known.
_COMMON = frozenset(" \n\r.,،।。、，的")
# Unicode categories of what does not stand in a text: controls, unassigned, private use, surrogates.
_ODD = frozenset({"Cc", "Cn", "Co", "Cs"})


def decode_marked(data: bytes) -> Decoded:
    """Text from UTF-16 or UTF-32 with a byte-order mark."""
    if data.startswith((b"\x00\x00\xfe\xff", b"\xff\xfe\x00\x00")) and len(data) % 4 == 0:
        encoding = "utf-32-be" if data[0] == 0 else "utf-32-le"
        try:
            return data[4:].decode(encoding), "utf-32", ()
        except UnicodeDecodeError:
            pass  # UTF-16 that begins with a NUL character
    encoding = "utf-16-le" if data[0] == 0xFF else "utf-16-be"
    return _replace_broken(data[2:], encoding, "utf-16", 2)


def decode_wide(data: bytes) -> Decoded | None:
    """Text from UTF-16 or UTF-32 without a byte-order mark; None if it is neither."""
    for encoding in ("utf-32-le", "utf-32-be"):
        # Nothing else passes for UTF-32: its characters have a byte in four at most that is not NUL.
        if len(data) % 4 == 0:
            try:
                text = data.decode(encoding)
            except UnicodeDecodeError:
                continue
            if "\x00" not in text:
                return text, encoding, ()
    sample = data[: _SAMPLE // 2 * 2]
    sample = sample[: len(sample) // 2 * 2]
    likely = max(("utf-16-le", "utf-16-be"), key=lambda encoding: _text_likeness(sample, encoding))
    if _text_likeness(sample, likely) <= 0:
        return None
    return _replace_broken(data, likely, likely, 0)


def decode_escaped(data: bytes, text: str) -> Decoded:
    """Text from ISO-2022-JP, which is ASCII but for its escapes; `text` if it is not that."""
    try:
        return data.decode("iso2022_jp"), "iso2022_jp", ()
    except UnicodeDecodeError:
        return text, "utf-8", ()


def decode_other(data: bytes) -> Decoded:
    """Text from bytes without NUL that are not UTF-8 from end to end."""
    declared = _decode_declared(data)
    if declared is not None:
        return declared
    if _is_broken_utf8(data):
        return _replace_broken(data, "utf-8", "utf-8", 0)
    encoding = _guess(data) or "utf-8"
    return _replace_broken(data, encoding, encoding, 0)


def _replace_broken(data: bytes, encoding: str, name: str, offset: int) -> Decoded:
    """Text with U+FFFD for what is no character, and a warning that says where the first such byte is."""
    try:
        return data.decode(encoding).removeprefix("\ufeff"), name, ()
    except UnicodeDecodeError as error:
        text = data.decode(encoding, "replace")
        # Characters that were in the text before are not counted.
        own = data.count("\ufffd".encode(encoding)) if name == "utf-8" else 0
        n_broken = max(1, text.count("\ufffd") - own)
        places = "1 place" if n_broken == 1 else f"{n_broken} places, the first"
        where = f"{places} at byte offset {error.start + offset}"
        problem = f"not valid {name.upper()} in {where}; replaced by U+FFFD"
        return text.removeprefix("\ufeff"), name, (problem,)


def _text_likeness(sample: bytes, encoding: str) -> float:
    """How much a sample looks like text in a form of UTF-16: above zero if it does."""
    from unicodedata import category

    text = sample.decode(encoding, "replace")
    if not text:
        return 0.0
    n_odd = sum(char == "\ufffd" or (category(char) in _ODD and char not in "\t\n\v\f\r") for char in text)
    n_common = sum(char in _COMMON for char in text)
    # Two bytes that stand for a space make another character the other way round.
    return n_common / len(text) - 10 * n_odd / len(text) + (0.01 if text.isascii() else 0.0)


def _decode_declared(data: bytes) -> Decoded | None:
    """Text of a page in the charset that it declares."""
    declared = _DECLARED.search(data, 0, 1024)
    if declared is None:
        return None
    name = declared[1].decode("ascii").lower()
    name = _MEANT.get(name, name)
    if name.startswith(("utf-16", "utf-32")):
        return None  # the declaration could not have been read
    try:
        return data.decode(name), name, ()
    except (UnicodeDecodeError, LookupError, ValueError):
        return None


def _is_broken_utf8(data: bytes) -> bool:
    """Whether more of the bytes beyond ASCII are whole characters of UTF-8 than not."""
    n_high = len(data) - len(data.translate(None, bytes(range(128, 256))))
    n_valid = sum(map(len, _UTF8_SEQUENCE.findall(data)))
    n_valid += sum(map(len, _UTF8_PIECE.findall(data)))
    return n_valid >= _MOSTLY_UTF8 * n_high


def _guess(data: bytes) -> str:
    """The likeliest charset, or ``""``."""
    sample = _whole_words(data)
    runs = _HIGH.findall(sample)
    n_high = sum(map(len, runs))
    if not n_high:
        # What is not ASCII comes later.
        start = next(_HIGH.finditer(data)).start()
        sample = _whole_words(data[max(0, start - _SAMPLE // 2) :])
        runs = _HIGH.findall(sample)
        n_high = sum(map(len, runs))
    longest = _LONGEST_LATIN_RUN * len(runs) if n_high > _FEW * len(sample) else 2 * len(runs)
    if n_high <= longest and n_high <= _MOST_LATIN * len(sample):
        return _guess_latin(sample)
    from charset_normalizer import from_bytes

    best = from_bytes(sample, cp_isolation=_KNOWN, threshold=_STRANGENESS).best()
    if best is None or best.encoding == "cp1252":
        return _guess_latin(sample)
    return best.encoding


def _whole_words(data: bytes) -> bytes:
    """The beginning of the data, up to a newline or space, at which no charset parts a character."""
    if len(data) <= _SAMPLE:
        return data
    return data[: max(data.rfind(b"\n", 0, _SAMPLE), data.rfind(b" ", 0, _SAMPLE)) + 1] or data[:_SAMPLE]


def _guess_latin(sample: bytes) -> str:
    """The likeliest charset of a text in Latin letters, or ``""`` if it is in none of them."""
    from summarize.languages.detection import detect_language, letters_of

    language = detect_language(re.sub(rb"\S*[\x80-\xff]\S*", b"", sample).decode("ascii", "replace")).code
    candidates = _LATIN.get(language, ("cp1252",))
    best, encoding = max(
        (_plausibility(sample.decode(encoding, "replace"), letters_of(language)), encoding)
        for encoding in candidates
    )
    if best >= _PLAUSIBLE:
        return encoding
    # Hardly a word was plain ASCII, so each charset is asked which language the text would be in.
    for encoding in dict.fromkeys(encoding for encodings in _LATIN.values() for encoding in encodings):
        text = sample.decode(encoding, "replace")
        language = detect_language(text).code
        if encoding in _LATIN.get(language, ()) and _plausibility(text, letters_of(language)) >= _PLAUSIBLE:
            return encoding
    return ""


def _plausibility(text: str, letters: frozenset[str]) -> float:
    """Share of the characters beyond ASCII that stand where such characters stand.

    Letters that are not among those of the language count a little less.
    """
    good = 0.0
    total = 0
    for place, char in enumerate(text):
        if char > "\x7f":
            total += 1
            before = text[place - 1 : place]
            if char.lower() in letters:
                # A capital does not stand behind a small letter.
                good += not (char.isupper() and before.islower())
            elif char in _SIGNS:
                good += 1
            elif char.isalpha() and char not in _RARE and not (char.isupper() and before.islower()):
                good += 0.9
    return good / total if total else 0.0
