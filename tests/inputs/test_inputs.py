"""Inputs: which documents are found, in which order, and under which names."""

from __future__ import annotations

import csv
import gzip
import io
import json
import os
import tarfile
import zipfile

import pytest

from summarize.batch.task import read_item
from summarize.inputs import READERS, TEXT_SUFFIXES, find_items, find_reader
from summarize.inputs.directories import read_list
from summarize.inputs.items import Item, Reading

TEXTS = ["One is here.", 'Two, "quoted",\nover two lines.', "Drei und é."]


def found(*inputs, **choices):
    """Return the source, identifier and text of every item, or its source and problem."""
    reading = Reading(**choices)
    result = []
    for item in find_items(map(str, inputs), reading):
        if item.kind == "problem":
            result.append((item.source, item.content))
            continue
        id, content = read_item(item, reading)
        result.append((item.source, id, content if isinstance(content, str) else content.decode()))
    return result


def pack(data, path):
    """Write bytes, compressed as the suffix of the path says."""
    if path.suffix == ".gz":
        data = gzip.compress(data)
    elif path.suffix == ".zst":
        import zstandard

        data = zstandard.compress(data)
    path.write_bytes(data)


def write_table(path, columns):
    """Write a table in the format of its suffix."""
    name = path.name.removesuffix(".gz").removesuffix(".zst")
    rows = [dict(zip(columns, row, strict=True)) for row in zip(*columns.values(), strict=True)]
    if name.endswith(".parquet"):
        import pyarrow
        import pyarrow.parquet

        pyarrow.parquet.write_table(pyarrow.table(columns), path)
        return
    buffer = io.StringIO(newline="")
    if name.endswith(("jsonl", "ndjson")):
        for row in rows:
            buffer.write(json.dumps(row) + "\n")
    else:
        writer = csv.DictWriter(buffer, list(columns), delimiter="\t" if name.endswith("tsv") else ",")
        writer.writeheader()
        writer.writerows(rows)
    pack(buffer.getvalue().encode(), path)


TABLES = ["t.jsonl", "t.ndjson", "t.jsonl.gz", "t.jsonl.zst", "t.csv", "t.csv.gz", "t.tsv", "t.tsv.zst"]
TABLES += ["t.parquet"]


@pytest.mark.parametrize("name", TABLES)
def test_each_row_of_a_table_is_a_document(tmp_path, name):
    path = tmp_path / name
    write_table(path, {"id": ["a", "b", "c"], "text": TEXTS})
    assert [item[1:] for item in found(path)] == list(zip("abc", TEXTS, strict=True))


@pytest.mark.parametrize("name", ["t.jsonl", "t.csv", "t.parquet"])
def test_names_of_columns_can_be_chosen(tmp_path, name):
    path = tmp_path / name
    write_table(path, {"key": ["a", "b", "c"], "text": ["no"] * 3, "body": TEXTS})
    assert [item[1:] for item in found(path, text_column="body", id_column="key")] == list(
        zip("abc", TEXTS, strict=True)
    )


@pytest.mark.parametrize("name", ["t.csv", "t.parquet"])
def test_error_for_a_missing_column_names_the_existing_ones(tmp_path, name):
    path = tmp_path / name
    write_table(path, {"body": TEXTS})
    ((source, problem),) = found(path)
    assert source == str(path)
    assert "'text'" in problem and "'body'" in problem


def test_csv_row_is_named_by_the_line_in_which_it_begins(tmp_path):
    path = tmp_path / "t.csv"
    write_table(path, {"text": TEXTS})
    assert [item[0] for item in found(path)] == [f"{path}:{line}" for line in (2, 3, 5)]


def test_parquet_row_without_text_is_a_problem(tmp_path):
    path = tmp_path / "t.parquet"
    write_table(path, {"text": ["One.", None, "Three."]})
    assert [len(item) for item in found(path)] == [3, 2, 3]


def test_binary_columns_of_parquet_are_decoded_like_files(tmp_path):
    import pyarrow
    import pyarrow.parquet

    path = tmp_path / "t.parquet"
    pyarrow.parquet.write_table(pyarrow.table({"text": [text.encode() for text in TEXTS]}), path)
    assert [item[2] for item in found(path)] == TEXTS
    assert {item.kind for item in find_items([str(path)], Reading())} == {"bytes"}


def test_only_csv_rows_that_are_not_utf8_stay_bytes(tmp_path):
    path = tmp_path / "t.csv"
    path.write_bytes("text\nA café.\n".encode() + "Ein Café.\n".encode("latin-1"))
    assert [(item.kind, item.content) for item in find_items([str(path)], Reading())] == [
        ("text", "A café."),
        ("bytes", b"Ein Caf\xe9."),
    ]


def test_byte_order_mark_is_not_part_of_the_first_line(tmp_path):
    path = tmp_path / "t.jsonl"
    path.write_bytes(b'\xef\xbb\xbf{"text": "One."}\n')
    assert found(path) == [(f"{path}:1", None, "One.")]


@pytest.mark.parametrize("name", ["a.zip", "a.tar", "a.tar.gz", "a.tgz", "a.tar.zst"])
def test_each_text_in_an_archive_is_a_document(tmp_path, name):
    path = tmp_path / name
    members = {
        "b/two.txt": "Two.",
        "one.md": "One.",
        ".hidden.txt": "No.",
        "image.png": "No.",
        "__MACOSX/x.txt": "No.",
    }
    buffer = io.BytesIO()
    if name.endswith(".zip"):
        with zipfile.ZipFile(buffer, "w") as archive:
            for member, text in members.items():
                archive.writestr(member, text)
    else:
        with tarfile.open(fileobj=buffer, mode="w") as archive:
            for member, text in members.items():
                info = tarfile.TarInfo(member)
                info.size = len(text)
                archive.addfile(info, io.BytesIO(text.encode()))
    data = buffer.getvalue()
    pack(gzip.compress(data) if name.endswith(".tgz") else data, path)
    assert found(path) == [(f"{path}/b/two.txt", None, "Two."), (f"{path}/one.md", None, "One.")]


@pytest.mark.parametrize("name", ["a.zip", "a.tar"])
def test_archive_without_texts_is_a_problem(tmp_path, name):
    path = tmp_path / name
    if name == "a.zip":
        with zipfile.ZipFile(path, "w") as archive:
            archive.writestr("image.png", "No.")
    else:
        with tarfile.open(path, "w") as archive:
            archive.addfile(tarfile.TarInfo("image.png"))
    ((source, problem),) = found(path)
    assert source == str(path)
    assert "no texts in this archive" in problem and "--include" in problem


@pytest.mark.parametrize("name", ["a.zip", "a.tar", "a.tgz", "a.parquet"])
def test_file_with_the_wrong_suffix_is_a_problem(tmp_path, name):
    (tmp_path / name).write_bytes(b"This is plain text." * 99)
    ((source, problem),) = found(tmp_path / name)
    assert source == str(tmp_path / name)
    assert "not a" in problem.lower() or "damaged" in problem


@pytest.mark.parametrize("suffix", [".gz", ".zst"])
def test_compressed_text_is_read(tmp_path, suffix):
    path = tmp_path / f"a.txt{suffix}"
    pack(b"One.", path)
    assert found(path) == [(str(path), None, "One.")]


@pytest.fixture
def tree(tmp_path):
    for name in (
        "b.txt",
        "a.txt",
        "c/z.md",
        "c/skip.txt",
        "c/d/e.html.gz",
        ".git/x.txt",
        "c/.x.txt",
        "c/data.csv",
    ):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(b"text\nA text.")
    os.mkfifo(tmp_path / "pipe.txt")
    return tmp_path


def below(tree, **choices):
    return [os.path.relpath(item.source, tree) for item in find_items([str(tree)], Reading(**choices))]


def test_texts_below_a_directory_are_found_in_order_of_names(tree):
    assert below(tree) == ["a.txt", "b.txt", "c/skip.txt", "c/z.md", "c/d/e.html.gz"]


def test_include_replaces_the_default_suffixes(tree):
    assert below(tree, include=("*.csv",)) == ["c/data.csv:2"]
    assert below(tree, include=("c/*.md", "a.*")) == ["a.txt", "c/z.md"]


def test_exclude_skips_files_and_directories(tree):
    assert below(tree, exclude=("skip*", "d")) == ["a.txt", "b.txt", "c/z.md"]
    assert below(tree, exclude=("c",)) == ["a.txt", "b.txt"]
    assert below(tree, exclude=("c/",)) == ["a.txt", "b.txt"]
    assert below(tree, exclude=("c/d/",)) == ["a.txt", "b.txt", "c/skip.txt", "c/z.md"]


def test_directory_without_texts_is_a_problem(tmp_path):
    ((source, problem),) = found(tmp_path)
    assert source == str(tmp_path)
    assert "no texts" in problem and "--include" in problem
    ((_, problem),) = found(tmp_path, include=("*.tex", "*.log"))
    assert problem == "no file in this directory matches *.tex, *.log"


@pytest.mark.parametrize(
    ("data", "paths"),
    [
        (b"a.txt\nb c.txt\n", ["a.txt", "b c.txt"]),
        (b"a.txt\n\nb.txt", ["a.txt", "b.txt"]),
        (b"a\nb.txt\0c.txt\0", ["a\nb.txt", "c.txt"]),
        (b"", []),
        (b"x" * 70_000 + b"\ny", ["x" * 70_000, "y"]),
    ],
)
def test_list_of_files_has_newlines_or_nuls(data, paths):
    assert list(read_list(io.BytesIO(data))) == paths


@pytest.mark.parametrize("name", ["a.txt", "b.docx", "c.jsonl.txt", "d.zip.gz", "e.parquet.zst", "f.txt.gz"])
def test_only_tables_and_archives_have_a_reader(name):
    assert find_reader(name) is None


@pytest.mark.parametrize("entry", READERS.values(), ids=list(READERS))
def test_every_reader_can_be_loaded(entry):
    assert callable(entry.load())
    assert entry.summary


@pytest.mark.parametrize("suffix", READERS)
def test_case_of_a_suffix_does_not_matter(suffix):
    assert find_reader("folder/X" + suffix.upper()) == suffix


@pytest.mark.parametrize("lines", [4, 9])
def test_lines_added_to_a_growing_table_are_not_read(tmp_path, lines):
    path = tmp_path / "t.jsonl"
    path.write_bytes(b'{"text": "One."}\n' * lines + b'{"te')
    items = find_items([str(path)], Reading())
    first = next(items)
    with open(path, "ab") as file:
        file.write(b'xt": "Two."}\n' + b'{"text": "Three."}\n' * 9)
    assert [item.content for item in (first, *items)] == [b'{"text": "One."}\n'] * lines + [
        b'{"text": "Two."}\n'
    ]


def test_json_lines_are_not_parsed_when_they_are_found(tmp_path):
    path = tmp_path / "t.jsonl"
    path.write_bytes(b'{"text": "One."}\n')
    assert list(find_items([str(path)], Reading())) == [
        Item(f"{path}:1", "json", b'{"text": "One."}\n', f"{path.name}/1", size=17)
    ]


@pytest.mark.parametrize(
    ("charset", "name"), [("utf-8", "Straße/Übersicht.txt"), ("cp932", "資料/報告書.txt")]
)
def test_names_in_an_archive_are_decoded(tmp_path, charset, name):
    path = tmp_path / "texts.zip"
    path.write_bytes(_store(name.encode(charset), b"One is here."))
    assert found(path) == [(f"{path}/{name}", None, "One is here.")]


def _store(name: bytes, content: bytes) -> bytes:
    """Write a ZIP archive by hand, with a name that is not marked as UTF-8."""
    import struct
    import zlib

    crc, size = zlib.crc32(content), len(content)
    local = struct.pack("<4s5H3I2H", b"PK\x03\x04", 20, 0, 0, 0, 0, crc, size, size, len(name), 0)
    entry = struct.pack(
        "<4s6H3I5H2I", b"PK\x01\x02", 20, 20, 0, 0, 0, 0, crc, size, size, len(name), 0, 0, 0, 0, 0, 0
    )
    body = local + name + content
    directory = entry + name
    end = struct.pack("<4s4H2IH", b"PK\x05\x06", 0, 0, 1, 1, len(directory), len(body), 0)
    return body + directory + end


def test_lists_from_windows_are_read():
    assert list(read_list(io.BytesIO(b"\xef\xbb\xbfa.txt\r\nb.txt\r\n"))) == ["a.txt", "b.txt"]


def test_files_of_other_kinds_are_counted(tmp_path):
    for name in ("a.txt", "b.xyz", "c.xyz"):
        (tmp_path / name).write_text("One.")
    (tmp_path / ".hidden").write_text("One.")
    notes = [note for item in find_items([str(tmp_path)], Reading()) for note in item.notes]
    assert notes == [f"{tmp_path}: 2 files of other kinds left out, such as b.xyz (--include reads them)"]
    assert not [item.notes for item in find_items([str(tmp_path)], Reading(include=("*",))) if item.notes]


MBOX = (
    "From ada@a.example Mon Jun  1 06:28:20 2009\nFrom: Ada\nSubject: Gas\n\nGas was found.\n\n"
    "From bob@a.example Mon Jun  1 07:28:20 2009\nFrom: Bob\nSubject: Re: Gas\n\n>From now on it is deep.\n"
)


def test_each_mail_of_a_mailbox_is_a_document(tmp_path):
    (tmp_path / "in.mbox").write_text(MBOX)
    items = list(find_items([str(tmp_path)], Reading()))
    assert [item.source.rpartition(":")[2] for item in items] == ["1", "2"]
    assert b"\nFrom now on" in items[1].content


def test_the_mails_of_a_maildir_have_no_suffix(tmp_path):
    for name in ("cur", "new", "tmp"):
        (tmp_path / name).mkdir()
    (tmp_path / "new" / "1243830500.M1P1.host").write_text("From: Ada\nSubject: Gas\n\nGas was found.\n")
    [item] = find_items([str(tmp_path)], Reading())
    assert item.source.endswith("host")


def test_the_suffixes_of_all_formats_are_read_below_directories():
    from summarize.reading.documents import DOCUMENTS
    from summarize.reading.formats import FORMATS

    known = {suffix for table in (FORMATS, DOCUMENTS) for each in table.values() for suffix in each.suffixes}
    assert known - {".xml", ".asc"} == set(TEXT_SUFFIXES) - {".txt", ".text", ".html", ".htm"}
