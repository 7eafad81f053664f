"""Decode bytes that are not plain UTF-8, and detect their charset.

A wrong charset yields a wrong text without any warning, so the most certain features are tried first: a
byte-order mark; then NUL bytes, which reveal UTF-16 and UTF-32; then the charset that a web page declares;
then UTF-8 with a few invalid bytes, or with lines in another charset; and a guess comes last.
:mod:`summarize.reading.plausibility` compares the charsets in common use, and ``charset-normalizer`` has the
last word where none of them makes a plausible text. A guess that is not certain has a warning.
"""

from __future__ import annotations

import re

from summarize.reading.plausibility import Guess, guess_charset, is_single_byte, score_words

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
# Minimum share of the non-ASCII bytes that form valid UTF-8. In Japanese text in EUC, a share of up to 0.44
# does so by chance.
_MIN_UTF8_SHARE = 0.6
# With a lower share of bytes that are not ASCII, a text is in no other charset than those compared here.
_MIN_NORMALIZER_SHARE = 0.3
# Minimum score of a word in UTF-16 that has nothing else to show that it is text.
_MIN_WORDS_SCORE = 0.5
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
            return remove_marks(data[4:].decode(encoding)), "utf-32", ()
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
                return remove_marks(text), encoding, ()
    sample = data[: _MAX_SAMPLE // 2 * 2]
    sample = sample[: len(sample) // 2 * 2]
    likely = max(("utf-16-le", "utf-16-be"), key=lambda encoding: _text_likeness(sample, encoding))
    if _text_likeness(sample, likely) <= 0:
        # A word or two, without a space.
        likely = max(("utf-16-le", "utf-16-be"), key=lambda encoding: _score_words(sample, encoding))
        if len(data) % 2 or _score_words(sample, likely) < _MIN_WORDS_SCORE:
            return None
    return _replace_broken(data, likely, likely, 0)


def decode_wide_letters(data: bytes) -> Decoded | None:
    """Decode UTF-16 without a byte-order mark and without NUL: text that has no ASCII, such as Japanese.

    Parameters
    ----------
    data : bytes
        Bytes with many control characters, which are halves of letters in UTF-16.

    Returns
    -------
    (str, str, tuple of str) or None
        Text, charset and warnings; None if the bytes are something else.

    Examples
    --------
    >>> decode_wide_letters("新しい橋。".encode("utf-16-be"))
    ('新しい橋。', 'utf-16-be', ())
    """
    charset, certain = guess_charset(data, wide=True)
    if not charset:
        return None
    name = charset.replace("_", "-")
    text, _, problems = _replace_broken(data, charset, name, 0)
    if not certain:
        problems = (*problems, f"the charset is uncertain and was taken for {name}")
    return text, name, problems


def remove_marks(text: str) -> str:
    """Remove byte-order marks, also those between files that were joined to one.

    Parameters
    ----------
    text : str

    Returns
    -------
    str

    Examples
    --------
    >>> remove_marks("\\ufeffOne.\\n\\ufeffTwo.")
    'One.\\nTwo.'
    """
    return text.replace("\ufeff", "")


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
        A warning if there are invalid bytes, or if the charset is not certain.

    Examples
    --------
    >>> decode_other("Zürich".encode("latin-1"))
    ('Zürich', 'cp1252', ())
    """
    declared = _decode_declared(data)
    if declared is not None:
        return declared
    mixed = _decode_mixed(data)
    if mixed is not None:
        return mixed
    if _is_broken_utf8(data):
        return _replace_broken(data, "utf-8", "utf-8", 0)
    encoding, certain = _guess(data)
    encoding = encoding or "utf-8"
    text, name, problems = _replace_broken(data, encoding, encoding, 0)
    if not certain and encoding != "utf-8":
        problems = (*problems, f"the charset is uncertain and was taken for {name}")
    return text, name, problems


def _replace_broken(data: bytes, encoding: str, name: str, offset: int) -> Decoded:
    """Decode with U+FFFD for invalid bytes, and warn where the first of them is."""
    try:
        return remove_marks(data.decode(encoding)), name, ()
    except UnicodeDecodeError as error:
        text = data.decode(encoding, "replace")
        # U+FFFD that was already in the text does not count.
        n_original = data.count("\ufffd".encode(encoding)) if name == "utf-8" else 0
        n_broken = max(1, text.count("\ufffd") - n_original)
        places = "1 place" if n_broken == 1 else f"{n_broken} places, the first"
        where = f"{places} at byte offset {error.start + offset}"
        problem = f"not valid {name.upper()} in {where}; replaced by U+FFFD"
        return remove_marks(text), name, (problem,)


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


def _score_words(sample: bytes, encoding: str) -> float:
    try:
        return score_words(sample.decode(encoding))
    except UnicodeDecodeError:
        return -1.0


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


def _decode_mixed(data: bytes) -> Decoded | None:
    """Decode lines in UTF-8 and lines in an older charset, as in files that programs append to.

    Return None unless there are lines of both kinds. A line with a character in UTF-8 and invalid bytes is
    damaged; it is in no other charset.
    """
    lines = data.splitlines(keepends=True)
    older = []
    has_utf8 = False
    for place, line in enumerate(lines):
        if line.isascii():
            continue
        try:
            line.decode()
            has_utf8 = True
        except UnicodeDecodeError:
            if _UTF8_SEQUENCE.search(line):
                return None
            older.append(place)
    if not older or not has_utf8:
        return None
    charset = guess_charset(b"".join(lines[place] for place in older)).charset
    # By chance, a short line of an East Asian charset may be valid UTF-8.
    if not charset or not is_single_byte(charset):
        return None
    for place in older:
        lines[place] = lines[place].decode(charset, "replace").encode()
    n = f"{len(older)} of {len(lines)} lines"
    problem = f"{n} are not UTF-8; their charset is uncertain and was taken for {charset}"
    return remove_marks(b"".join(lines).decode()), "utf-8", (problem,)


def _guess(data: bytes) -> Guess:
    """Guess the charset; without a plausible one, ask ``charset-normalizer``."""
    guess = guess_charset(data)
    n_high = len(data) - len(data.translate(None, bytes(range(128, 256))))
    if guess.charset or n_high < _MIN_NORMALIZER_SHARE * len(data):
        return guess
    from charset_normalizer import from_bytes

    best = from_bytes(data[:_MAX_SAMPLE]).best()
    return Guess(best.encoding if best else "", False)
