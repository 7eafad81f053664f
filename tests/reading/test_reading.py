"""Facts about reading: charsets, what is no text, web pages."""

from __future__ import annotations

import codecs
import gzip
import io
import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from summarize.errors import InputError, MissingExtraError, SummarizeError
from summarize.reading import Text, decode, read_path, read_stream

SEEDS = Path(__file__).resolve().parents[2] / "seeds"
# No control characters, of which a text has few, and no lone surrogates, which UTF-8 has not.
characters = st.characters(exclude_categories=["Cc", "Cs"]) | st.sampled_from("\n\r\t")
# A byte-order mark at the beginning is not part of the text, and a page is not read as it stands.
plain = st.text(characters).filter(lambda text: not text.startswith("\ufeff") and "<" not in text)

PAGE = """<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8"><title>The bridge &amp; the river</title>
<script>var markup = "<p>never</p>";</script><style>p { color: red }</style></head>
<body><nav><a href="/">Home</a> <a href="/news">News</a></nav>
<article><h1>The bridge &amp; the river</h1>
<p>The city council decided yesterday to build a <b>new</b> bridge over the <a href="/river">river</a>.
Work will begin in March and last two years.</p>
<h2>Costs</h2>
<p>The mayor said that it had not been easy to find the money, but residents are happy. Nobody
spoke against it &ndash; not even the ferryman.</p>
<ul><li>It will cost three million.</li><li>It will be eighty metres long.</li></ul>
<p>The council meets again in May, and until then the ferry will run as it has run for ninety years.</p>
</article><footer>Copyright. All rights reserved.</footer></body></html>
"""


def seed(name: str) -> str:
    return (SEEDS / f"{name}.txt").read_text(encoding="utf-8")


# --- Charsets -------------------------------------------------------------------------------------


@given(plain)
def test_any_text_in_utf8_reads_back(text):
    assert decode(text.encode(), "x") == Text(text, "x", "utf-8", ())


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
def test_any_text_with_a_wide_byte_order_mark_reads_back(mark, encoding, text):
    assert decode(mark + text.encode(encoding), "x").text == text


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be"])
@pytest.mark.parametrize(
    "name", ["news.en", "article.de", "article.ru", "article.ar", "article.zh", "article.ja"]
)
def test_wide_text_without_a_mark_reads_back(name, encoding):
    assert decode(seed(name).encode(encoding), "x").text == seed(name)


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_short_wide_text_without_a_mark_reads_back(encoding):
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
def test_article_in_an_older_charset_reads_back(name, encoding):
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
def test_charset_fits_the_language(text, encoding):
    assert decode(text.encode(encoding), "x").text == text


@pytest.mark.parametrize(
    "text",
    ["Café", "Zürich", "“No” – she said.", "It cost £5.", "Été à l’école", "As § 5 says, it is closed."],
)
def test_few_words_of_western_letters_are_windows_1252(text):
    assert decode(text.encode("cp1252"), "x") == Text(text, "x", "cp1252", ())


def test_letters_far_down_in_a_long_text_are_found():
    text = "All is well here. " * 10_000 + "Señor Muñoz llegó ayer y no había nadie en la casa. Adiós."
    assert decode(text.encode("latin-1"), "x").text == text


def test_broken_byte_in_utf8_is_replaced():
    data = seed("article.ru").encode()
    assert decode(data[:500] + b"\xff" + data[500:], "x").text.count("\ufffd") == 1


def test_warning_names_the_file_and_the_offset():
    data = seed("article.de").encode()
    broken = data[:200] + b"\xff" + data[200:]
    assert decode(broken, "a.txt").warnings == (
        "a.txt: not valid UTF-8 in 1 place at byte offset 200; replaced by U+FFFD",
    )


def test_replacement_characters_of_the_text_are_not_counted_as_broken():
    data = "Ä \ufffd Ö Ü".encode() + b"\xff"
    assert "in 1 place " in decode(data, "x").warnings[0]


def test_bytes_that_are_no_letters_of_the_language_are_replaced():
    assert (
        decode(b"The bridge \xff\xfe is open to all of us.", "x").text
        == "The bridge \ufffd\ufffd is open to all of us."
    )


def test_text_cut_inside_a_character_has_a_warning():
    data = ("Prices rose again. " * 5 + "“No”").encode()
    read = decode(data[:-1], "x")
    assert (read.text[-4:], len(read.warnings)) == ("“No\ufffd", 1)


def test_odd_byte_at_the_end_of_utf16_is_replaced():
    read = decode("Hello".encode("utf-16") + b"\x00", "x")
    assert (read.text, len(read.warnings)) == ("Hello\ufffd", 1)


def test_newlines_are_left_as_they_are():
    assert decode(b"a\r\nb\rc\n", "x").text == "a\r\nb\rc\n"


def test_empty_data_is_an_empty_text():
    assert decode(b"", "x") == Text("", "x", "utf-8", ())


def test_a_single_control_character_is_no_offence():
    assert decode(b"Page one.\x0cPage two ends here.\x1a", "x").text.endswith("\x1a")


# --- What is no text ------------------------------------------------------------------------------


def zip_archive() -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("word/document.xml", "<w/>")
    return file.getvalue()


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj", "a PDF document"),
        (b"{\\rtf1\\ansi Hello}", "an RTF document"),
        (zip_archive(), "a ZIP archive"),
        (b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR", "a PNG image"),
        (b"\xff\xd8\xff\xe0\x00\x10JFIF\x00", "a JPEG image"),
        (b"GIF89a\x01\x00\x01\x00", "a GIF image"),
        (gzip.compress(b"text " * 100), "gzip-compressed data"),
        (b"\x7fELF\x02\x01\x01\x00\x00", "a program"),
        (b"MZ\x90\x00\x03\x00\x00\x00", "a Windows program"),
        (b"ID3\x03\x00\x00\x00", "an MP3 recording"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1\x00\x00", "an older Microsoft Office document"),
        (b"SQLite format 3\x00\x10\x00", "a SQLite database"),
        (b"\x00\x00\x00\x20ftypisom\x00\x00", "an MP4 recording"),
        (b"name" + b"\x00" * 253 + b"ustar\x0000", "a tar archive"),
        (b"Some text\x00and more of it.", "NUL byte at offset 9"),
        (bytes(1000), "NUL byte at offset 0"),
        (b"\x01\x02\x03\x04" * 20, "control bytes"),
        (os.urandom(16) + bytes(range(256)) * 8, "binary data"),
        (b'<?xml version="1.0"?>\n<rss><item>News</item></rss>', "an XML document"),
    ],
)
def test_what_is_no_text_is_refused_by_name(data, kind):
    with pytest.raises(InputError, match=kind) as caught:
        decode(data, "thing")
    assert str(caught.value).startswith("thing: ")
    assert "accepted are plain text" in str(caught.value)


@pytest.mark.parametrize(
    "text", ["MZ is a code.", "GIF89a came later.", "BZh!", "ID3 tags are old.", "RIFF raff"]
)
def test_text_may_begin_like_a_binary_file(text):
    assert decode(text.encode(), "x").text == text


@settings(deadline=None)
@given(st.binary())
@example(b"\x1b$B\xff")
@example(b"\x1b$Babc")
@example(b"\xff\xfe\x00")
@example(b"\xff\xfe\x00\x00")
@example(b"\x00\xd8\x00\x00")
@example(b"<html>\xff")
@example(b"<meta charset=utf-16>\xff")
@example(b"<meta charset=rot13>\xff")
@example(b"<p>\x00</p>")
def test_any_bytes_are_a_text_or_a_clear_error(data):
    outcome: str = ""
    try:
        outcome = f"x: {decode(data, 'x').text}"
    except SummarizeError as error:
        outcome = str(error)
    assert outcome.startswith("x: ")


# --- Files and streams ----------------------------------------------------------------------------


def test_file_is_read(tmp_path):
    path = tmp_path / "a.txt"
    path.write_bytes("Größe".encode())
    assert read_path(path) == Text("Größe", str(path), "utf-8", ())


def test_missing_file_is_an_input_error(tmp_path):
    with pytest.raises(InputError, match="there is no such file") as caught:
        read_path(tmp_path / "none.txt")
    assert caught.value.source == str(tmp_path / "none.txt")


def test_directory_is_an_input_error(tmp_path):
    with pytest.raises(InputError, match="is a directory"):
        read_path(tmp_path)


def test_file_without_permission_is_an_input_error(monkeypatch):
    def refuse(*arguments):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr("builtins.open", refuse)
    with pytest.raises(InputError, match="no permission"):
        read_path("secret.txt")


@pytest.mark.parametrize("name", ["a\x00b", "x" * 5000])
def test_impossible_path_is_an_input_error(name):
    with pytest.raises(InputError, match="cannot be read"):
        read_path(name)


def test_stream_is_read_to_its_end():
    assert read_stream(io.BytesIO(b"One. Two."), "<stdin>") == Text("One. Two.", "<stdin>", "utf-8", ())


def test_stream_that_fails_is_an_input_error():
    class Broken(io.BytesIO):
        def read(self, size: int | None = -1) -> bytes:
            raise OSError(5, "Input/output error")

    with pytest.raises(InputError, match="Input/output error"):
        read_stream(Broken(), "<stdin>")


# --- Web pages ------------------------------------------------------------------------------------


def test_page_is_read_without_its_markup():
    assert decode(PAGE.encode(), "page.html").text == (
        "# The bridge & the river\n\n"
        "The city council decided yesterday to build a new bridge over the river. Work will begin in March"
        " and last two years.\n\n## Costs\n\n"
        "The mayor said that it had not been easy to find the money, but residents are happy. Nobody spoke"
        " against it – not even the ferryman.\n\n"
        "- It will cost three million.\n- It will be eighty metres long.\n\n"
        "The council meets again in May, and until then the ferry will run as it has run for ninety years."
    )


def test_page_has_a_title():
    assert decode(PAGE.encode(), "page.html").title == "The bridge & the river"


def test_text_has_no_title():
    assert decode(b"The bridge\n\nIt is open.", "x").title is None


@pytest.mark.parametrize(
    "markup",
    [
        PAGE,
        PAGE.upper().replace("&AMP;", "&amp;").replace("&NDASH;", "&ndash;"),
        PAGE.replace("<!DOCTYPE html>\n", ""),
        "<!-- saved -->\n" + PAGE,
        '<?xml version="1.0" encoding="utf-8"?>\n' + PAGE,
        "HTTP/1.1 200 OK\n\n" + PAGE,
        PAGE[PAGE.index("<body") :],
        PAGE[PAGE.index("<article") : PAGE.index("<footer")],
        "\ufeff\n\n" + PAGE,
    ],
    ids=["page", "capitals", "no doctype", "comment", "xhtml", "headers", "body", "piece", "mark"],
)
def test_markup_never_reaches_the_text(markup):
    text = decode(markup.encode(), "page.html").text
    assert "ferry" in text.lower()
    assert not any(sign in text for sign in ("<", "href", "HREF", "&amp;", "never", "NEVER"))


@pytest.mark.parametrize(
    "text",
    [
        "a < b and b > c",
        "<3 this song",
        "Use the <head> element for metadata.\n\nIt stands before <body>.",
        '<div align="center">\n\n# A project\n\n</div>\n\nIt does much.',
        "<Nadia> Are we there yet?\n<Tom> No.",
    ],
)
def test_text_with_a_few_tags_is_no_page(text):
    assert decode(text.encode(), "x").text == text


@pytest.mark.parametrize("encoding", ["windows-1251", "koi8-r", "utf-8"])
def test_declared_charset_of_a_page_is_believed(encoding):
    page = f"<html><head><meta charset={encoding}></head><body><p>{seed('article.ru')}</p></body></html>"
    assert (
        "В следующий раз я попрошу два запасных насоса" in decode(page.encode(encoding, "ignore"), "x").text
    )


def test_short_page_is_read_too():
    assert decode(b"<html><body><p>It is open.</p></body></html>", "x").text == "It is open."


def test_page_without_a_text_is_an_input_error():
    with pytest.raises(InputError, match="a web page without a text"):
        decode(b"<html><head><title>x</title></head><body></body></html>", "x")


def test_missing_extra_is_named_with_the_page(monkeypatch):
    monkeypatch.setitem(sys.modules, "trafilatura", None)
    with pytest.raises(MissingExtraError, match=r"page\.html: .*summarize\[html\]"):
        decode(PAGE.encode(), "page.html")


# --- Imports --------------------------------------------------------------------------------------


def test_plain_text_imports_nothing_that_only_others_need():
    program = (
        "import sys; from summarize.reading import read_path;"
        f"read_path({str(SEEDS / 'news.en.txt')!r});"
        "heavy = {'charset_normalizer', 'trafilatura', 'numpy', 'summarize.reading.charsets',"
        " 'summarize.reading.webpages',"
        " 'summarize.languages.detection', 'pathlib', 'unicodedata'};"
        "print(heavy & set(sys.modules))"
    )
    run = subprocess.run(
        [sys.executable, "-c", program], check=True, cwd=SEEDS.parent, capture_output=True, text=True
    )
    assert run.stdout.strip() == "set()"
