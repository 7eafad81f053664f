"""Outputs: the same records in every format, in files that are complete or absent."""

from __future__ import annotations

import csv
import errno
import gzip
import io
import json
import os
import socket
import stat
import subprocess
import threading
from pathlib import Path

import pytest

from summarize import Settings
from summarize.batch.files import summarize_files
from summarize.errors import OptionError, OutputError
from summarize.inputs.items import Reading
from summarize.outputs import OUTPUTS, choose_form, find_output, is_folder
from summarize.outputs.atomic import Replacement, is_special, write_whole

TEXTS = [
    {"id": 1, "text": 'One, "quoted". It ends.'},
    {"id": "zwei", "text": "Zwei, é und 日本.\nIt ends."},
    {"id": None, "text": None},
    {"text": ""},
]


@pytest.fixture
def table(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    Path("in.jsonl").write_text("".join(json.dumps(row) + "\n" for row in TEXTS), encoding="utf-8")
    return "in.jsonl"


def write(table, output, **options):
    return list(summarize_files((table,), output, Settings(length=1), **options))


def read(path):
    """Return the rows of a table that was written."""
    data = Path(path).read_bytes()
    if path.endswith(".gz"):
        data = gzip.decompress(data)
    elif path.endswith(".zst"):
        import zstandard

        data = zstandard.ZstdDecompressor().stream_reader(data).read()
    if ".csv" in path:
        return list(csv.DictReader(io.StringIO(data.decode("utf-8"), newline="")))
    if path.endswith(".parquet"):
        import pyarrow.parquet

        return pyarrow.parquet.read_table(path).to_pylist()
    return [json.loads(line) for line in data.splitlines()]


@pytest.mark.parametrize("entry", OUTPUTS.values(), ids=list(OUTPUTS))
def test_every_output_can_be_loaded(entry):
    assert all(hasattr(entry.load(), name) for name in ("write", "finish", "abandon"))
    assert entry.form in ("record", "csv")
    assert entry.summary


@pytest.mark.parametrize("suffix", OUTPUTS)
def test_tables_in_every_format_have_the_same_rows(table, suffix):
    write(table, "out.jsonl")
    write(table, f"out{suffix}")
    wanted, found = read("out.jsonl"), read(f"out{suffix}")
    assert len(found) == len(TEXTS)
    for one, other in zip(wanted, found, strict=True):
        for name in ("id", "source", "hash", "language", "signature", "summary", "error"):
            assert (str(one[name]) if one.get(name) is not None else "") == (other.get(name) or "") or str(
                one[name]
            ) == str(other[name])


@pytest.mark.parametrize("suffix", OUTPUTS)
def test_bytes_do_not_depend_on_the_number_of_workers(table, suffix):
    write(table, f"a{suffix}", jobs=1)
    write(table, f"b{suffix}", jobs=2)
    assert Path(f"a{suffix}").read_bytes() == Path(f"b{suffix}").read_bytes()


def test_parquet_and_json_have_the_same_sentences(table):
    write(table, "out.jsonl")
    write(table, "out.parquet")

    def drop_nulls(sentences):
        return sentences and [{k: v for k, v in each.items() if v is not None} for each in sentences]

    assert [row.get("sentences") for row in read("out.jsonl")] == [
        drop_nulls(r["sentences"]) for r in read("out.parquet")
    ]


def test_records_come_in_the_order_of_the_inputs(table):
    write(table, "out.jsonl", jobs=2)
    assert [row["source"] for row in read("out.jsonl")] == [f"in.jsonl:{k + 1}" for k in range(len(TEXTS))]


def test_identifiers_keep_their_type_in_json(table):
    write(table, "out.jsonl")
    assert [row.get("id") for row in read("out.jsonl")] == [1, "zwei", None, None]


@pytest.mark.parametrize(("form", "suffix"), [("text", "txt"), ("markdown", "md"), ("json", "json")])
def test_output_directory_mirrors_the_input_directory(tmp_path, form, suffix):
    (tmp_path / "in" / "a").mkdir(parents=True)
    (tmp_path / "in" / "a" / "b.txt").write_text("A text.")
    folder = str(tmp_path / "out")
    list(summarize_files((str(tmp_path / "in"),), folder, Settings(), form=form, several=False))
    made = (tmp_path / "out" / "a" / f"b.summary.{suffix}").read_text()
    assert "A text." in made
    assert form != "json" or json.loads(made)["summary"] == "A text."


def test_names_of_several_directories_are_kept(tmp_path):
    for name in ("x", "y"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "a.txt").write_text("A text.")
    list(summarize_files((str(tmp_path / "x"), str(tmp_path / "y")), str(tmp_path / "out"), Settings()))
    assert {str(path.relative_to(tmp_path / "out")) for path in (tmp_path / "out").rglob("*.txt")} == {
        "x/a.summary.txt",
        "y/a.summary.txt",
    }


def test_unfinished_output_leaves_the_old_file(table):
    Path("out.jsonl").write_text("before")
    outcomes = summarize_files((table,), "out.jsonl", Settings())
    next(outcomes)
    outcomes.close()
    assert Path("out.jsonl").read_text() == "before"
    assert not list(Path().glob("*.part"))


def test_no_thread_is_left_if_the_output_cannot_be_opened(table):
    before = threading.active_count()
    with socket.socket(socket.AF_UNIX) as special:
        special.bind("out.jsonl")
        with pytest.raises(OutputError, match=r"out\.jsonl"):
            # A thread that takes ahead from so many documents waits until there is room for more.
            list(summarize_files([table] * 200, "out.jsonl", Settings()))
    assert threading.active_count() == before


def test_no_lock_is_left_if_the_journal_cannot_be_opened(table):
    journal = Path("out/.summarize.journal")
    journal.mkdir(parents=True)
    with pytest.raises(OutputError, match=journal.name):
        write(table, "out/")
    journal.rmdir()
    assert len(write(table, "out/")) == len(TEXTS)


def test_journal_is_removed_only_if_nothing_failed(table):
    write(table, "out.jsonl")
    assert os.path.exists("out.jsonl.journal")
    Path("good.jsonl").write_text('{"text": "All is well."}\n')
    write("good.jsonl", "good.out.jsonl")
    assert not list(Path().glob("good.out.jsonl.*"))


def test_resume_repeats_only_missing_and_empty_files_of_a_directory(tmp_path):
    (tmp_path / "in").mkdir()
    for name in "abcd":
        (tmp_path / "in" / f"{name}.txt").write_text(f"This is {name}.")
    arguments = ((str(tmp_path / "in"),), str(tmp_path / "out"), Settings())
    first = list(summarize_files(*arguments, several=False))
    (tmp_path / "out" / "b.summary.txt").unlink()
    (tmp_path / "out" / "c.summary.txt").write_text("")
    again = list(summarize_files(*arguments, several=False, resume=True))
    assert all(outcome.key is not None for outcome in first)
    assert [outcome.key is not None for outcome in again] == [False, True, True, False]
    assert (tmp_path / "out" / "c.summary.txt").read_text() == "This is c.\n"


def test_abandoned_replacement_leaves_the_old_file(tmp_path):
    path = tmp_path / "out.txt"
    path.write_text("before")
    file = Replacement(str(path))
    file.write(b"half")
    file.abandon()
    assert path.read_text() == "before"
    assert list(tmp_path.iterdir()) == [path]


def test_output_that_cannot_be_written_is_an_error(tmp_path):
    with pytest.raises(OutputError, match="cannot be written"):
        Replacement(str(tmp_path / "none" / "out.txt"))


def test_small_file_that_cannot_be_renamed_leaves_the_old_file(tmp_path, monkeypatch):
    path = tmp_path / "a.txt"
    path.write_text("before")

    def replace(*_):
        raise OSError(errno.ENOSPC, "no room")

    monkeypatch.setattr("summarize.outputs.atomic.os.replace", replace)
    with pytest.raises(OutputError, match="no room"):
        write_whole(str(path), b"after")
    assert path.read_text() == "before"
    assert list(tmp_path.iterdir()) == [path]


def test_name_that_is_too_long_is_not_an_output_error(tmp_path):
    with pytest.raises(OSError, match="too long"):
        write_whole(str(tmp_path / ("x" * 300)), b"text")


@pytest.mark.parametrize(
    ("path", "suffix"), [("a.jsonl", ".jsonl"), ("B.CSV.GZ", ".csv.gz"), ("a.txt", None), (None, None)]
)
def test_suffix_decides_the_kind_of_output(path, suffix):
    assert find_output(path) == suffix


def test_paths_that_name_a_directory(tmp_path):
    assert is_folder(str(tmp_path), False)
    assert is_folder("new/", False)
    assert is_folder("new", True)
    assert not is_folder("new", False)
    assert not is_folder("new.txt", True)
    assert not is_folder("new.jsonl", True)


def test_chosen_columns_are_read(tmp_path):
    (tmp_path / "in.csv").write_text("key,body\nk1,One text.\n")
    reading = Reading(text_column="body", id_column="key")
    list(summarize_files((str(tmp_path / "in.csv"),), str(tmp_path / "out.csv"), Settings(), reading=reading))
    (row,) = read(str(tmp_path / "out.csv"))
    assert (row["id"], row["summary"], row["error"]) == ("k1", "One text.", "")


@pytest.mark.parametrize(
    ("form", "output"), [("text", "out.jsonl"), ("jsonl", "out.csv"), ("json", "out.parquet")]
)
def test_table_in_another_format_is_refused(table, form, output):
    with pytest.raises(OptionError, match=output):
        write(table, output, form=form)
    assert not list(Path().glob("out*"))


@pytest.mark.parametrize(
    ("output", "form"),
    [("a.txt", "text"), ("a.out", "text"), ("a.json", "json"), ("A.MD.gz", "markdown"), (None, "text"),
     ("a.jsonl", "record"), ("a.csv.zst", "csv")],
)  # fmt: skip
def test_suffix_decides_the_form(output, form):
    assert choose_form(output, None) == form


def test_requested_form_overrides_the_suffix():
    assert choose_form("a.json", "text") == "text"


@pytest.mark.parametrize("output", ["a.tsv", "a.ndjson", "a.zip", "a.tar.gz"])
def test_format_that_can_only_be_read_is_refused(output):
    with pytest.raises(OptionError, match=r"accepted tables: \.jsonl"):
        choose_form(output, None)


def test_merged_summary_can_be_json_lines_but_not_a_table():
    assert choose_form("a.jsonl.gz", None, merged=True) == "jsonl"
    for output in ("a.csv", "a.parquet", "a/"):
        with pytest.raises(OptionError, match="one summary of all"):
            choose_form(output, None, merged=True)


def test_symbolic_link_is_kept(tmp_path):
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "link").symlink_to("elsewhere/out")
    for data in (b"one", b"two"):
        file = Replacement(str(tmp_path / "link"))
        file.write(data)
        file.finish()
        assert (tmp_path / "elsewhere" / "out").read_bytes() == data
    assert (tmp_path / "link").is_symlink()
    assert {path.name for path in tmp_path.iterdir()} == {"link", "elsewhere"}


def test_only_devices_and_pipes_are_special(tmp_path):
    (tmp_path / "file").write_text("text")
    os.mkfifo(tmp_path / "pipe")
    assert is_special(os.devnull)
    assert is_special(str(tmp_path / "pipe"))
    assert not any(is_special(str(path)) for path in (tmp_path, tmp_path / "file", tmp_path / "none"))


def test_pipe_is_written_to_in_place(table):
    os.mkfifo("out.jsonl")
    with subprocess.Popen(["cat", "out.jsonl"], stdout=subprocess.PIPE) as process:
        write(table, "out.jsonl")
        assert process.stdout.read().count(b"\n") == len(TEXTS)
    assert stat.S_ISFIFO(os.stat("out.jsonl").st_mode)
    assert not list(Path().glob("out.jsonl.*"))
