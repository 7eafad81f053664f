"""Reading: binary data, files, streams and lazy imports."""

from __future__ import annotations

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

from summarize.document import Text
from summarize.errors import InputError, SummarizeError
from summarize.reading import decode, read_path, read_stream

SEEDS = Path(__file__).resolve().parents[2] / "seeds"


def make_zip() -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("notes/today.bin", "a")
    return file.getvalue()


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (make_zip(), "a ZIP archive"),
        (b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR", "a PNG image"),
        (b"\xff\xd8\xff\xe0\x00\x10JFIF\x00", "a JPEG image"),
        (b"GIF89a\x01\x00\x01\x00", "a GIF image"),
        (gzip.compress(b"text " * 100), "gzip-compressed data"),
        (b"\x7fELF\x02\x01\x01\x00\x00", "a program"),
        (b"MZ\x90\x00\x03\x00\x00\x00", "a Windows program"),
        (b"ID3\x03\x00\x00\x00", "an MP3 recording"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1\x00\x00", "an older or encrypted document of Microsoft Office"),
        (b"SQLite format 3\x00\x10\x00", "a SQLite database"),
        (b"\x00\x00\x00\x20ftypisom\x00\x00", "an MP4 recording"),
        (b"name" + b"\x00" * 253 + b"ustar\x0000", "a tar archive"),
        (b"Some text\x00and more of it.", "NUL byte at offset 9"),
        (bytes(1000), "NUL byte at offset 0"),
        (b"\x01\x02\x03\x04" * 20, "control bytes"),
        (os.urandom(16) + bytes(range(256)) * 8, "binary data"),
        (b'<?xml version="1.0"?>\n<settings><item>News</item></settings>', "an XML document"),
    ],
)
def test_error_names_the_type_of_binary_data(data, kind):
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
def test_any_bytes_become_a_text_or_a_clear_error(data):
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
    assert read_path(path) == Text("Größe", source=str(path), encoding="utf-8")


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
def test_invalid_path_is_an_input_error(name):
    with pytest.raises(InputError, match="cannot be read"):
        read_path(name)


def test_stream_is_read_to_its_end():
    assert read_stream(io.BytesIO(b"One. Two."), "<stdin>") == Text(
        "One. Two.", source="<stdin>", encoding="utf-8"
    )


def test_stream_that_fails_is_an_input_error():
    class Broken(io.BytesIO):
        def read(self, size: int | None = -1) -> bytes:
            raise OSError(5, "Input/output error")

    with pytest.raises(InputError, match="Input/output error"):
        read_stream(Broken(), "<stdin>")


# --- Imports --------------------------------------------------------------------------------------


def test_plain_text_does_not_import_modules_for_other_inputs():
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
