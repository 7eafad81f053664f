"""Compare charsets by the text that they make of the same bytes.

In the right charset, letters are those that its languages use often, capitals begin words, quotation marks
are outside of words, and Chinese characters are common ones. ``Den gamla bron „r st„ngd`` is CP850 read as
Windows-1252: a low quotation mark is never inside a word. Every charset gets a score between about -1 and 1.
"""

from __future__ import annotations

import codecs
from functools import cache
from typing import NamedTuple

# Bytes to compare. The text before the first byte that is not ASCII says little.
_SAMPLE_SIZE, _MAX_CONTEXT = 4_000, 400
# Candidates of each script. Of charsets that score the same, the earlier one is chosen.
_WESTERN = ("cp1252", "cp1250", "cp1254", "cp1257", "iso8859_2", "cp1258", "mac_roman", "cp850", "cp852")
_LETTERED = {
    "cp1251": "Cyrl", "koi8_r": "Cyrl", "koi8_u": "Cyrl", "cp866": "Cyrl", "mac_cyrillic": "Cyrl",
    "iso8859_5": "Cyrl", "cp855": "Cyrl", "cp1253": "Grek", "iso8859_7": "Grek", "cp737": "Grek",
    "cp1255": "Hebr", "cp862": "Hebr", "cp1256": "Arab", "cp874": "Thai",
}  # fmt: skip
_EAST_ASIAN = {"cp932": "ja", "euc_jp": "ja", "gb18030": "zh", "big5": "zh-tw", "cp949": "ko"}
_WIDE = ("utf_16_le", "utf_16_be")
# How much more common a charset is than others, in units of the score.
_PRIORS = {"cp1252": 0.12, "cp1250": 0.06, "cp1254": 0.06, "cp1257": 0.05, "iso8859_2": 0.04, "cp850": 0.01,
           "cp852": 0.01, "cp1251": 0.03, "koi8_r": 0.02, "cp855": -0.05, "cp737": -0.03, "cp862": -0.03,
           "utf_16_le": -0.1, "utf_16_be": -0.1, "cp866": 0.01}  # fmt: skip
# Letters from the most to the least frequent one.
_FREQUENT_LETTERS = {
    "Cyrl": "оеаинтсрвлкмдпуяыьігзбчйхжшюцщїэєјфъёўњљћќђџґѓѕ",
    "Grek": "αοιετσνηυρπκμλςόίγάέδωήθχύφβώξζψϊϋΐΰ",
    "Hebr": "יוהלארתבמשנעםדקחפגכטסזןצךףץ",
    "Arab": "اليمنرتوهبعدسفكقحجةشأصىطخضإغذءئثزآؤظکیپچژگں",
}
# A third to a half of the characters of any text in these languages.
_FREQUENT_CHARACTERS = {
    "zh": (
        "的一是不了在人有我他这中大来上国个到说们为子和你地出道也时年得就那要下以生会自着去之过家学对"
        "可里后小么心多天而能好都然没日于起还发成事只作当想看文无开手十用主行方又如前所本见经头面公同"
        "三已老从动两长知民样现分将外但身些与高意进把法此实回二理美点月明其种声全工己话者向情部正名定"
        "女问力机给等几很业最间新什打便位因重被走电四第门相次东政海口使教西再平真听世气信北少关并内加"
        "化由却代军产入先山五太水万市今系表区必须路桥船"
    ),
    "zh-tw": (
        "的一是不了在人有我他這中大來上國個到說們為子和你地出道也時年得就那要下以生會自著去之過家學對"
        "可裡後小麼心多天而能好都然沒日於起還發成事只作當想看文無開手十用主行方又如前所本見經頭面公同"
        "三已老從動兩長知民樣現分將外但身些與高意進把法此實回二理美點月明其種聲全工己話者向情部正名定"
        "女問力機給等幾很業最間新什打便位因重被走電四第門相次東政海口使教西再平真聽世氣信北少關並內加"
        "化由卻代軍產入先山五太水萬市今系表區必須路橋船"
    ),
    "ja": (
        "日一国会人年大十二本中長出三同時政事自行社見月分議後前民生連五発間対上部東者党地合市業内相方"
        "四定今回新場金員九入選立開手米力学問高代明実円関決子動京全目表戦経通外最言氏現理調体化田当八"
        "六約主題下首意法不来作性的要用制治度務強気小七成期公野協取都和統以機平総加山思家話世受区領多"
        "県続進正安設保改数記院女初北午指権心界支第産結百派点教報済書府活原先共得解名交資予川向際査勝"
        "面委告軍文反元重近千考判認画海参売利組知案道信策集在件団別物側任引使求所次水半品昨論計死官増"
        "係感特情投示変打男基私各始島直両朝革価式確村提運終挙果西勢減台広容必応演電歳住争談能無再位置"
        "企真流格有疑口過局少放税検藤町常校料沢裁状工建語球営空職証土与急止送援供可役構木割聞身費付施"
        "切由説転食比難防補車優夫研収断井何南石足違消境神番規術護展態導鮮備宅害配副算視条幹独警宮究育"
        "席輸訪楽起万着乗店述残想線率病農州武声質念待試族象銀域助労例衛然早張映限親額監環験追審商葉義"
        "伝働形景落欧担好退準賞訴辺造英被株頭技低毎医復仕去姿味負閣韓渡失移差衆個門写評課末守若脳極種"
        "美岡影命含福蔵量望松非撃佐核観察整段横融型白深字答夜製票況音申様財港識注呼渉達橋船駅雨"
    ),
    "ko": (
        "이다는의에가을고지하사한은기어로를대리시자인나도그서일아정수전들과있라마상해부보원주장국제게"
        "구오적조여위와동경내안만생으스면성소거진관미신무공개던없것실물민비방유음우치세회말연년학교모"
        "화었습니까요중간분람때집했않려된되러저야계용명행문식양단데바발영통업산선체입출금할더많날늘늦"
        "먹살았겠죠네강길차배섬항"
    ),
}
_QUOTES_BEFORE = frozenset("„‚¿¡")
_QUOTES = frozenset("“‘«‹”’»›")
_DASHES = frozenset("–—’·\xad\xa0…")
_COMMON_SYMBOLS = frozenset("€§°©®™•¢£¥±²³¹½¼¾×÷‰ªº№µ‑−")
# What may be between letters in UTF-16: punctuation, digits, and the signs of Thai and India.
_PLAIN = frozenset(".,!?:;-\"'()»«„“”’–—।،؟0123456789").union(
    *(map(chr, range(first, last)) for first, last in ((0x064B, 0x0653), (0x0900, 0x0E50)))
)
_FULL_STOPS = frozenset("。、，！？：；「」『』（）《》〈〉【】・ー〜～　…“”‘’—．·")
# A letter that is in no alphabet of the language may be of a name.
_FOREIGN_LETTER = 0.4
# Letters that are more often the sign of a wrong charset.
_RARE_LETTERS = frozenset("ÿþðÞÐŸƒÃÂ")
# Letters that no language has together; in Mac Cyrillic read as Windows-1251 they meet.
_RUSSIAN, _SERBIAN = frozenset("ыэъщ"), frozenset("јљњћђџќѓѕ")
# What frequent words add to a score, and what it loses by a quotation that no mark closes, or by capitals: in
# KOI8 read as Windows-1251, and the other way round, all letters change their case.
_WORD_BONUS, _QUOTE_PENALTY, _CAPITAL_PENALTY = 0.3, 0.1, 0.12
# Differences to the next charset below this are no certainty, nor is a score below that.
_MIN_LEAD, _MIN_CERTAIN_SCORE, _MIN_SCORE = 0.1, 0.4, 0.3
# The share of ASCII among the letters of a text in another script, where an ideograph counts twice.
_MAX_LATIN_SHARE = 0.85


class Guess(NamedTuple):
    """A guessed charset.

    Attributes
    ----------
    charset : str
        Python's name, or an empty string if no charset makes a plausible text.
    certain : bool
        Whether no other charset makes a text that is nearly as plausible.
    """

    charset: str
    certain: bool


def guess_charset(data: bytes, *, wide: bool = False) -> Guess:
    """Guess the charset of bytes that are not UTF-8.

    Parameters
    ----------
    data : bytes
        With at least one byte that is not ASCII, or with control characters.
    wide : bool, optional
        Whether only UTF-16 is possible.

    Returns
    -------
    Guess

    Examples
    --------
    >>> guess_charset("Folk måste ta färjan.".encode("cp850")).charset
    'cp850'
    >>> guess_charset("古い橋は閉まっている。".encode("cp932")).charset
    'cp932'
    """
    sample = _take_sample(data)
    scores: dict[str, float] = {}
    texts: dict[str, str] = {}
    for charset in _WIDE if wide else (*_WESTERN, *_LETTERED, *_EAST_ASIAN, *_WIDE):
        if charset in _WIDE and (len(data) % 2 or len(sample) % 2):
            continue
        decoder = codecs.getincrementaldecoder(charset)()
        try:
            text = decoder.decode(sample, final=len(sample) == len(data))
        except UnicodeDecodeError:
            continue
        texts[charset] = text
        scores[charset] = _score(text, charset) + _PRIORS.get(charset, 0.0)
    order = sorted(scores, key=lambda charset: -scores[charset])
    for place, charset in enumerate(order):
        if scores[charset] < _MIN_SCORE:
            break
        if len(data) > len(sample) and not _fits(data, charset):
            continue
        rivals = [scores[other] for other in order[place + 1 :] if texts[other] != texts[charset]]
        lead = scores[charset] - max(rivals, default=-1.0)
        return Guess(charset, lead >= _MIN_LEAD and scores[charset] >= _MIN_CERTAIN_SCORE)
    # Of a text that fits nothing to its end, the beginning decides.
    if order and scores[order[0]] >= _MIN_SCORE:
        return Guess(order[0], False)
    return Guess("", False)


def _take_sample(data: bytes) -> bytes:
    start = next((place for place, byte in enumerate(data[:100_000]) if byte >= 0x80), None)
    if start is None:
        start = len(data) - len(data.lstrip(bytes(range(128))))
    start = max(0, start - _MAX_CONTEXT)
    return data[start - start % 2 : start - start % 2 + _SAMPLE_SIZE]


def _fits(data: bytes, charset: str) -> bool:
    try:
        data.decode(charset)
    except UnicodeDecodeError:
        return False
    return True


def _score(text: str, charset: str) -> float:
    """Score the text that a charset makes of the sample."""
    n_ascii = sum(char.isascii() and char.isalpha() for char in text)
    others = [char for char in text if not char.isascii()]
    if not others:
        return -1.0
    if charset in _WESTERN:
        share = len(others) / (n_ascii + len(others))
        return _score_latin(text) - 1.5 * max(0.0, share - 0.35)
    if charset in _LETTERED:
        mean = _score_letters(text, _LETTERED[charset])
    else:
        mean = _score_east_asian(others, _EAST_ASIAN.get(charset, ""))
        if charset in _WIDE:
            mean = max(mean, score_words(text))
    # A few signs among Latin letters, such as ©, are no words in another script.
    share = n_ascii / (n_ascii + 2 * len(others))
    return mean - 0.6 * share - (1.0 if share > _MAX_LATIN_SHARE else 0.0)


def _score_latin(text: str) -> float:
    from summarize.languages.detection import detect_language, letters_of

    if "\u0300" <= max(text) <= "\u0323" or any("\u0300" <= char <= "\u0323" for char in text):
        from unicodedata import normalize

        text = normalize("NFC", text)  # Windows-1258 has accents apart from their letters
    language = detect_language(text).code
    alphabet = letters_of(language)
    total, n = 0.0, 0
    for before, char, after in _windows(text):
        if char.isascii():
            continue
        n += 1
        if not char.isalpha() or char in "ªº":
            total += _score_symbol(before, char, after)
        elif char.isupper() and before.islower():
            total -= 1.0
        elif before.isdigit() or after.isdigit():
            total -= 0.5  # "£5" is not "Ł5"
        elif char > "\u024f" and not "\u1e00" <= char <= "\u1eff":
            total -= 1.0
        elif char.lower() in alphabet:
            total += 1.0 if not char.isupper() or not after.islower() or not before.isalpha() else 0.0
        elif char not in _RARE_LETTERS and (before.isalpha() or after.isalpha()):
            total += _FOREIGN_LETTER
    if not n:
        return -1.0
    return total / n + _score_words(text, "Latn", language) - _QUOTE_PENALTY * _is_unpaired(text)


def _score_letters(text: str, script: str) -> float:
    """Score text in an alphabet other than Latin, or in Thai."""
    weights = _weigh_letters(script)
    total, n = 0.0, 0
    for before, char, after in _windows(text):
        if char.isascii():
            continue
        n += 1
        weight = weights.get(char.lower())
        if weight is None:
            total += _score_symbol(before, char, after) if not char.isalpha() else -0.5
        elif (char.isupper() and before.islower()) or (before.isascii() and before.isalpha()):
            total -= 1.0
        elif script == "Thai":
            total += _score_thai(before, char)
        elif char == "ς" and after.isalpha():
            total -= 1.0
        elif script == "Hebr" and char in "םןךףץ" and "א" <= after <= "ת":
            total -= 0.5
        else:
            total += weight - _CAPITAL_PENALTY * (char.isupper() and (before.isupper() or after.isupper()))
    if script == "Cyrl" and not _RUSSIAN.isdisjoint(text.lower()) and not _SERBIAN.isdisjoint(text.lower()):
        total -= 0.1 * n
    return total / n + _score_words(text, script, "") - _QUOTE_PENALTY * _is_unpaired(text)


def _score_words(text: str, script: str, language: str) -> float:
    """Score the frequent words with letters that are not ASCII, of one language or of any in the script."""
    from summarize.languages.detection import is_frequent

    words = [word for word in text.lower().split() if not word.isascii()]
    n = sum(is_frequent(word.strip(".,;:!?()\"'«»"), script, language) for word in words)
    return _WORD_BONUS * n / len(words) if words else 0.0


def _is_unpaired(text: str) -> bool:
    return ("„" in text and "“" not in text and "”" not in text) or ("¡" in text and "!" not in text)


def _score_thai(before: str, char: str) -> float:
    """Score a Thai character: vowel signs and tone marks follow a consonant or another sign."""
    if "\u0e50" <= char <= "\u0e5b" or char in "\u0e2f\u0e3f\u0e45":
        return -0.3
    if char == "\u0e31" or "\u0e34" <= char <= "\u0e3a" or "\u0e47" <= char <= "\u0e4e":
        is_sign = before == "\u0e31" or "\u0e34" <= before <= "\u0e3a"
        if "\u0e01" <= before <= "\u0e2e" or (is_sign and char >= "\u0e47"):
            return 0.9
        return -1.5
    if "\u0e40" <= before <= "\u0e44" and not "\u0e01" <= char <= "\u0e2e":
        return -1.5
    return 0.7


def is_single_byte(charset: str) -> bool:
    """Tell whether a charset that `guess_charset` knows has one byte for each character.

    Parameters
    ----------
    charset : str

    Returns
    -------
    bool

    Examples
    --------
    >>> is_single_byte("cp1252"), is_single_byte("big5")
    (True, False)
    """
    return charset in _WESTERN or charset in _LETTERED


def score_words(text: str) -> float:
    """Score text in UTF-16 by its letters, which are all in the same alphabet, whichever it is.

    Parameters
    ----------
    text : str
        A text as one byte order makes it.

    Returns
    -------
    float
        At most 0.9; -1 for ideographs and syllables, since any two bytes make one.

    Examples
    --------
    >>> score_words("Мост закрыт.")
    0.9
    >>> score_words("ᰄ㸄")
    -1.0
    """
    from summarize.languages.detection import script_of

    scripts = [script_of(char) for char in text if char.isalpha()]
    wide = ("", "Hani", "Jpan", "Kore")
    others = sum(not (char.isalpha() or char.isspace() or char in _PLAIN) for char in text)
    if not scripts or scripts[0] in wide or len(set(scripts)) > 1:
        return -1.0
    return 0.9 - 2 * others / len(text)


def _score_east_asian(others: list[str], language: str) -> float:
    frequent = _load_frequent(language)
    return sum(_weigh_east_asian(char, language, frequent) for char in others) / len(others)


def _weigh_east_asian(char: str, language: str, frequent: frozenset[str]) -> float:
    """Weigh one character; `language` is empty for UTF-16, which has the characters of all."""
    if char in frequent:
        return 1.0
    if char in _FULL_STOPS:
        return 0.8
    if "\u3041" <= char <= "\u30fe":
        # GB 18030 and EUC-JP have the same bytes for kana.
        return 1.0 if language in ("ja", "") else 0.1
    if "\uff01" <= char <= "\uff5e":
        return 0.5
    if "\u4e00" <= char <= "\u9fff":
        return 0.6 if _is_common(char, language) else 0.0
    if "\uac00" <= char <= "\ud7a3":
        return (0.5 if _is_common(char, "ko") else -0.3) if language in ("ko", "") else -0.5
    if "\uff66" <= char <= "\uff9f":
        return 0.0
    return -0.5


@cache
def _is_common(char: str, language: str) -> bool:
    """Tell whether a character is in the first level of a national standard, which has the common ones."""
    levels = {
        "zh": ("gb2312", 0xB0, 0xD7), "zh-tw": ("big5", 0xA4, 0xC6), "ja": ("euc_jp", 0xB0, 0xCF),
        "ko": ("euc_kr", 0xB0, 0xC8),
    }  # fmt: skip
    for charset, first, last in (levels[language],) if language else levels.values():
        data = char.encode(charset, "ignore")
        if len(data) == 2 and first <= data[0] <= last:
            return True
    return False


@cache
def _load_frequent(language: str) -> frozenset[str]:
    if language:
        return frozenset(_FREQUENT_CHARACTERS[language])
    return frozenset("".join(_FREQUENT_CHARACTERS.values()))


@cache
def _weigh_letters(script: str) -> dict[str, float]:
    if script == "Thai":
        return {chr(code): 1.0 for code in range(0x0E01, 0x0E5C)}
    letters = _FREQUENT_LETTERS[script]
    weights = {
        letter: 1.0 - (0.5 if script == "Hebr" else 0.8) * rank / len(letters)
        for rank, letter in enumerate(letters)
    }
    if script == "Hebr":
        weights.update((chr(code), 0.5) for code in range(0x05B0, 0x05C3))
    if script == "Arab":
        weights.update((chr(code), 0.5) for code in (*range(0x064B, 0x0653), 0x060C, 0x061B, 0x061F, 0x0640))
    return weights


def _score_symbol(before: str, char: str, after: str) -> float:
    """Score a character that is not a letter, by the characters around it."""
    if char in _DASHES:
        return 0.6
    if before.isalpha() and after.isalpha():
        return -1.0
    if char in _QUOTES_BEFORE:
        return -1.0 if before.isalnum() or not after.strip() else 0.6
    if char in _QUOTES:
        return 0.6 if bool(before.strip()) != bool(after.strip()) or not before.isalnum() else 0.2
    if char in _COMMON_SYMBOLS:
        return 0.5 if before.isdigit() or after.isdigit() else 0.3
    return -1.5 if "\x80" <= char <= "\x9f" or "\u2500" <= char <= "\u25ff" or char >= "\ue000" else -0.5


def _windows(text: str) -> zip[tuple[str, str, str]]:
    """Yield each character with its neighbors; a space stands for what is outside the text."""
    return zip(" " + text, text, text[1:] + " ", strict=False)
