"""Charsets: texts in UTF-8, UTF-16, UTF-32 and older charsets, and bytes that are broken."""

from __future__ import annotations

import codecs
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summarize.document import Text
from summarize.errors import InputError
from summarize.reading import decode

SEEDS = Path(__file__).resolve().parents[2] / "seeds"
# Control characters are rare in texts, and UTF-8 has no lone surrogates.
characters = st.characters(exclude_categories=["Cc", "Cs"]) | st.sampled_from("\n\r\t")
# Byte-order marks are not part of the text, and the markup of a web page is removed.
plain = st.text(characters).filter(lambda text: "\ufeff" not in text and "<" not in text)


def seed(name: str) -> str:
    return (SEEDS / f"{name}.txt").read_text(encoding="utf-8")


@given(plain)
def test_any_text_in_utf8_is_decoded(text):
    assert decode(text.encode(), "x") == Text(text, source="x", encoding="utf-8")


@given(plain)
def test_byte_order_mark_is_not_part_of_the_text(text):
    assert decode(codecs.BOM_UTF8 + text.encode(), "x").text == text


@given(plain)
@pytest.mark.parametrize(
    ("mark", "encoding"),
    [
        (codecs.BOM_UTF16_LE, "utf-16-le"),
        (codecs.BOM_UTF16_BE, "utf-16-be"),
        (codecs.BOM_UTF32_LE, "utf-32-le"),
        (codecs.BOM_UTF32_BE, "utf-32-be"),
    ],
)
def test_any_text_with_a_wide_byte_order_mark_is_decoded(mark, encoding, text):
    assert decode(mark + text.encode(encoding), "x").text == text


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be"])
@pytest.mark.parametrize(
    "name", ["news.en", "article.de", "article.ru", "article.ar", "article.zh", "article.ja"]
)
def test_wide_text_without_a_byte_order_mark_is_decoded(name, encoding):
    assert decode(seed(name).encode(encoding), "x").text == seed(name)


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_short_wide_text_without_a_byte_order_mark_is_decoded(encoding):
    assert decode("Hello, world.".encode(encoding), "x").text == "Hello, world."


@pytest.mark.parametrize(
    ("name", "encoding"),
    [
        ("article.de", "latin-1"),
        ("article.de", "cp1252"),
        ("article.fr", "latin-1"),
        ("article.fr", "cp1252"),
        ("article.es", "latin-1"),
        ("article.es", "cp1252"),
        ("web.en", "cp1252"),
        ("article.ru", "cp1251"),
        ("article.ru", "koi8_r"),
        ("article.ru", "cp866"),
        ("article.ru", "iso8859_5"),
        ("article.ar", "cp1256"),
        ("article.ja", "shift_jis"),
        ("article.ja", "euc_jp"),
        ("article.ja", "iso2022_jp"),
        ("article.zh", "gb18030"),
        ("article.zh", "gbk"),
        ("article.zh", "big5"),
    ],
)
def test_article_in_an_older_charset_is_decoded(name, encoding):
    data = seed(name).encode(encoding, "ignore")
    read = decode(data, "x")
    assert (read.text, read.warnings) == (data.decode(encoding), ())


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        ("Pokój został zamknięty, a klucz znalazł się dopiero po latach w szafie.", "cp1250"),
        ("Pokój został zamknięty, a klucz znalazł się dopiero po latach w szafie.", "iso8859_2"),
        ("Başkan bugün okulda öğrencilerle görüştü ve çok mutlu olduğunu söyledi.", "cp1254"),
        ("Šogad pilsētā ir atvērta jauna skola, un bērni par to ir ļoti priecīgi.", "cp1257"),
        ("Το σχολείο άνοιξε σήμερα και τα παιδιά είναι πολύ χαρούμενα.", "cp1253"),
        ("בית הספר נפתח היום והילדים שמחים מאוד על כך.", "cp1255"),
        ("학교가 오늘 문을 열었고 아이들은 매우 기뻐했다.", "cp949"),
    ],
)
def test_language_decides_the_charset_of_a_short_text(text, encoding):
    assert decode(text.encode(encoding), "x").text == text


@pytest.mark.parametrize(
    ("text", "encodings"),
    [
        ("Сегодня идёт дождь, и мы сидим дома.", "cp1251 koi8_r cp866 mac_cyrillic iso8859_5"),
        ("Мэр открыл новую школу. Дети рады.", "cp1251 koi8_r cp866 mac_cyrillic iso8859_5"),
        ("Школа зачинена, і діти їдуть додому.", "cp1251 koi8_u"),
        ("Βρέχει σήμερα στην πόλη.", "cp1253 iso8859_7 cp737"),
        ("בית הספר סגור היום.", "cp1255 cp862"),
        ("المدرسة مغلقة اليوم.", "cp1256"),
        ("ฝนตกหนักมากในเมือง", "cp874"),
        ("雨が降っている。", "cp932 euc_jp utf_16_le utf_16_be"),
        ("市長は新しい駅を開いた。", "cp932 euc_jp utf_16_le utf_16_be"),
        ("东海学校今天关门，老师很高兴。", "gb18030 utf_16_le utf_16_be"),
        ("上海地铁", "gb18030 utf_16_le utf_16_be"),
        ("學校今天關門，老師很高興。", "big5 utf_16_le utf_16_be"),
        ("시장이 새 역을 열었다.", "cp949 utf_16_le utf_16_be"),
        ("Skolan är stängd i dag.", "cp1252 cp850 mac_roman"),
        ("Schöne Grüße aus München.", "cp1252 cp850 mac_roman"),
        ("A escola está fechada; não há aulas.", "cp1252 cp850 mac_roman"),
        ("Škola je dnes zavřená a děti mají radost.", "cp1250 iso8859_2 cp852"),
        ("Szkoła jest dziś zamknięta, a dzieci się cieszą.", "cp1250 iso8859_2 cp852"),
        ("Okul bugün kapalı, çocuklar sevinçli değil.", "cp1254"),
        ("Mokykla šiandien uždaryta, vaikai džiaugiasi.", "cp1257"),
        ("Привет", "utf_16_le utf_16_be"),
        ("สวัสดี", "utf_16_le utf_16_be"),
        ("Été", "utf_16_le utf_16_be"),
    ],
)
def test_sentence_in_an_older_charset_is_decoded(text, encodings):
    assert {
        encoding: decode(text.encode(encoding), "x").text for encoding in encodings.split()
    } == dict.fromkeys(encodings.split(), text)


def test_uncertain_charset_has_a_warning_that_names_it():
    read = decode("Él llegó mañana.".encode("mac_roman"), "a.txt")
    assert read.warnings == (f"a.txt: the charset is uncertain and was taken for {read.encoding}",)


@pytest.mark.parametrize(
    ("utf8", "older", "encoding"),
    [
        ("La forêt brûle.", "Le café est fermé à midi.", "cp1252"),
        ("Das Wetter ist schön.", "Die Straße ist für Fußgänger.", "cp1252"),
        ("Дети идут в школу.", "Сегодня холодно, и мы дома.", "cp1251"),
    ],
)
def test_lines_in_two_charsets_are_decoded_with_a_warning(utf8, older, encoding):
    read = decode(utf8.encode() + b"\n" + older.encode(encoding) + b"\n", "x")
    assert (read.text, len(read.warnings)) == (f"{utf8}\n{older}\n", 1)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16-le", "utf-16-be", "utf-32-le"])
def test_byte_order_marks_inside_a_text_are_removed(encoding):
    data = "\ufeffOne file.\n\ufeffAnother file.\n".encode(encoding)
    assert decode(data, "x").text == "One file.\nAnother file.\n"


@pytest.mark.parametrize("data", [b"\x01\x02\x03\x04" * 50, b"\x01\xfe\x02\xc8\x7f\x05" * 40])
def test_binary_data_is_not_taken_for_utf16(data):
    with pytest.raises(InputError):
        decode(data, "x")


@pytest.mark.parametrize(
    "text",
    ["Café", "Zürich", "“No” – she said.", "It cost £5.", "Été à l’école", "As § 5 says, it is closed."],
)
def test_few_western_letters_are_read_as_windows_1252(text):
    assert decode(text.encode("cp1252"), "x") == Text(text, source="x", encoding="cp1252")


def test_non_ascii_letters_late_in_a_long_text_are_decoded():
    text = "All is well here. " * 10_000 + "Señor Muñoz llegó ayer y no había nadie en la casa. Adiós."
    assert decode(text.encode("latin-1"), "x").text == text


def test_invalid_byte_in_utf8_is_replaced():
    data = seed("article.ru").encode()
    assert decode(data[:500] + b"\xff" + data[500:], "x").text.count("\ufffd") == 1


def test_warning_names_the_file_and_the_offset():
    data = seed("article.de").encode()
    broken = data[:200] + b"\xff" + data[200:]
    assert decode(broken, "a.txt").warnings == (
        "a.txt: not valid UTF-8 in 1 place at byte offset 200; replaced by U+FFFD",
    )


def test_replacement_characters_in_the_text_are_not_counted():
    data = "Ä \ufffd Ö Ü".encode() + b"\xff"
    assert "in 1 place " in decode(data, "x").warnings[0]


def test_bytes_that_fit_no_charset_are_replaced():
    assert (
        decode(b"The bridge \xff\xfe is open to all of us.", "x").text
        == "The bridge \ufffd\ufffd is open to all of us."
    )


def test_text_truncated_inside_a_character_has_a_warning():
    data = ("Prices rose again. " * 5 + "“No”").encode()
    read = decode(data[:-1], "x")
    assert (read.text[-4:], len(read.warnings)) == ("“No\ufffd", 1)


def test_extra_byte_at_the_end_of_utf16_is_replaced():
    read = decode("Hello".encode("utf-16") + b"\x00", "x")
    assert (read.text, len(read.warnings)) == ("Hello\ufffd", 1)


def test_newlines_are_kept():
    assert decode(b"a\r\nb\rc\n", "x").text == "a\r\nb\rc\n"


def test_empty_data_is_an_empty_text():
    assert decode(b"", "x") == Text("", source="x", encoding="utf-8")


def test_single_control_characters_are_kept():
    assert decode(b"Page one.\x0cPage two ends here.\x1a", "x").text.endswith("\x1a")
