"""Tables as people have them: any charset, any delimiter, broken rows."""

from __future__ import annotations

import csv
import io
import json

import pyarrow
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyarrow import parquet

from summarize.inputs import find_items
from summarize.inputs.items import Reading
from summarize.inputs.loading import read_texts

RUSSIAN = "Мост через реку закрыт. Люди ездят на пароме. Мэр обещал новый мост к весне."


def read(path, **choices):
    """Return the text of each row, or the problem."""
    return [
        getattr(each, "text", None) or each.problem for each in read_texts([str(path)], Reading(**choices))
    ]


@pytest.mark.parametrize("charset", ["utf-8", "utf-8-sig", "cp1251", "koi8-r", "utf-16", "utf-16-le"])
@pytest.mark.parametrize("suffix", [".csv", ".tsv", ".jsonl"])
def test_a_table_is_read_in_its_charset(tmp_path, charset, suffix):
    path = tmp_path / f"table{suffix}"
    if suffix == ".jsonl":
        content = json.dumps({"id": 1, "text": RUSSIAN}, ensure_ascii=False) + "\n"
    else:
        content = f"id\ttext\n1\t{RUSSIAN}\n".replace("\t", "," if suffix == ".csv" else "\t")
    path.write_bytes(content.encode(charset))
    assert read(path) == [RUSSIAN]


def test_names_of_columns_are_decoded_too(tmp_path):
    path = tmp_path / "table.csv"
    path.write_bytes(f"номер,текст\n1,{RUSSIAN}\n".encode("cp1251"))
    assert read(path, text_column="текст") == [RUSSIAN]


def test_an_uncertain_charset_is_said_once(tmp_path):
    path = tmp_path / "table.csv"
    path.write_bytes("id,text\n1,größer\n2,schöner\n".encode("cp1252"))
    notes = [note for item in find_items([str(path)], Reading()) for note in item.notes]
    assert len(notes) <= 1
    assert all(note.startswith(f"{path}: the charset is uncertain") for note in notes)


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_the_delimiter_is_found(tmp_path, delimiter):
    path = tmp_path / "table.csv"
    path.write_text(f"id{delimiter}text\n1{delimiter}It rained.\n")
    assert read(path) == ["It rained."]


def test_the_delimiter_may_be_given(tmp_path):
    path = tmp_path / "table.csv"
    path.write_text("id:text\n1:It rained.\n")
    assert read(path, delimiter=":") == ["It rained."]
    assert "no column 'text'; found: 'id:text'" in read(path)[0]


def test_columns_without_names_have_numbers(tmp_path):
    path = tmp_path / "table.csv"
    path.write_text("a1,It rained.\na2,It snowed.\n")
    assert read(path, header=False, text_column="2") == ["It rained.", "It snowed."]
    assert read(path, header=False) == [
        "--text-column: found 'text'; accepted: 1 to 2, the number of a column, with --no-header"
    ]


def test_a_single_column_without_a_name_needs_no_number(tmp_path):
    path = tmp_path / "table.csv"
    path.write_text("It rained.\nIt snowed.\n")
    assert read(path, header=False) == ["It rained.", "It snowed."]


def test_a_quote_that_is_never_closed_costs_its_row(tmp_path):
    path = tmp_path / "table.csv"
    path.write_text('id,text\n1,One.\n2,"Two.\n3,Three.\n4,Four.\n')
    rows = list(find_items([str(path)], Reading()))
    assert [row.content for row in rows] == [
        "One.",
        "not a valid row: a quote that opens here is never closed",
        "Three.",
        "Four.",
    ]
    assert [row.source for row in rows] == [f"{path}:{line}" for line in (2, 3, 4, 5)]


def test_text_after_a_closing_quote_costs_its_row(tmp_path):
    path = tmp_path / "table.csv"
    path.write_text('id,text\n1,"He said "no" twice."\n2,"Two\nlines."\n3,Three.\n')
    first, *others = read(path)
    assert first.startswith("not a valid row: found text after a closing quote")
    assert others == ["Two\nlines.", "Three."]


@given(st.lists(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00"), min_size=1)))
def test_rows_come_back_as_the_csv_module_wrote_them(tmp_path_factory, texts):
    texts = [text for text in texts if text.strip()]
    path = tmp_path_factory.mktemp("tables") / "table.csv"
    buffer = io.StringIO(newline="")
    csv.writer(buffer).writerows([("id", "text"), *((i, text) for i, text in enumerate(texts))])
    path.write_bytes(buffer.getvalue().encode())
    items = list(find_items([str(path)], Reading()))
    assert [item.content for item in items] == texts


def test_a_line_in_another_charset_costs_nothing(tmp_path):
    path = tmp_path / "table.jsonl"
    line = '{"text": "Der Zug fährt über die Brücke."}\n'
    path.write_bytes(line.encode() * 20_000 + line.encode("cp1252"))
    assert set(read(path)) == {"Der Zug fährt über die Brücke."}


def test_a_page_in_a_cell_is_read_as_a_page(tmp_path):
    path = tmp_path / "table.jsonl"
    path.write_text(json.dumps({"text": "<p>It rained.</p><p>The sea rose.</p>"}) + "\n")
    assert read(path) == ["It rained.\n\nThe sea rose."]


class TestParquet:
    """Values that Python cannot hold cost their row at most."""

    def write(self, tmp_path, **columns):
        path = tmp_path / "table.parquet"
        parquet.write_table(pyarrow.table(columns), path)
        return path

    def test_bytes_that_are_not_utf8_are_decoded(self, tmp_path):
        broken = pyarrow.array(["Größer.".encode("cp1252"), b"Two."]).view(pyarrow.string())
        assert read(self.write(tmp_path, text=broken)) == ["Größer.", "Two."]

    def test_an_identifier_that_python_cannot_hold_becomes_a_string(self, tmp_path):
        ids = pyarrow.array([(1 << 62) + 1], pyarrow.duration("ns"))
        items = list(find_items([str(self.write(tmp_path, text=["One."], id=ids))], Reading()))
        assert items[0].id == "4611686018427387905"

    def test_bytes_as_identifiers_are_decoded(self, tmp_path):
        items = list(find_items([str(self.write(tmp_path, text=["One."], id=[b"a1"]))], Reading()))
        assert items[0].id == "a1"

    def test_two_columns_of_one_name_are_a_problem_of_the_file(self, tmp_path):
        path = tmp_path / "table.parquet"
        table = pyarrow.Table.from_arrays([pyarrow.array(["a"]), pyarrow.array(["b"])], ["text", "text"])
        parquet.write_table(table, path)
        assert read(path) == ["found 2 columns 'text'; accepted: one"]
