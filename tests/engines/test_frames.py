"""Summaries of batches of rows."""

from __future__ import annotations

import subprocess
import sys

import numpy as np
import pyarrow
import pytest

from summarize import Settings
from summarize.batch.many import summarize_one
from summarize.engines.frames import COLUMNS, summarize_batch
from summarize.errors import LengthError, OptionError
from summarize.outputs.records import hash_content, make_record
from summarize.settings import resolve
from tests.engines.rows import drop_nulls

pandas = pytest.importorskip("pandas", reason="the extra test-engines is not installed")

TEXTS = [
    "The harbour froze in January. Ships waited outside for a week. The harbour opened again on Monday.",
    "",
    "A bridge fell into the river. Nobody was hurt, the mayor said. The bridge had been closed for a year.",
]
EXPECTED = [
    make_record(summarize_one(None, text, resolve(Settings(length=1))), content_hash=hash_content(text))
    for text in TEXTS
]


def make_batch(kind, texts, **columns):
    if kind == "numpy":
        return {"text": np.array(texts, dtype=object), **{k: np.array(v) for k, v in columns.items()}}
    data = {"text": pandas.Series(texts, dtype=object) if kind == "pandas" else texts, **columns}
    return pandas.DataFrame(data) if kind == "pandas" else pyarrow.table(data)


def read_rows(batch):
    if isinstance(batch, dict):
        return [
            dict(zip(batch, values, strict=True)) for values in zip(*map(list, batch.values()), strict=True)
        ]
    return batch.to_dict("records") if isinstance(batch, pandas.DataFrame) else batch.to_pylist()


every_kind = pytest.mark.parametrize("kind", ["numpy", "pandas", "pyarrow"])


@every_kind
def test_batch_keeps_its_type(kind):
    batch = make_batch(kind, TEXTS)
    assert type(summarize_batch(batch)) is type(batch)


@every_kind
def test_rows_equal_the_records_of_single_texts(kind):
    rows = read_rows(summarize_batch(make_batch(kind, TEXTS), length=1))
    for row, record in zip(map(drop_nulls, rows), EXPECTED, strict=True):
        assert {name: row[name] for name in record if name != "source"} == {
            name: value for name, value in record.items() if name != "source"
        }


@every_kind
def test_columns_of_the_batch_come_first(kind):
    rows = read_rows(summarize_batch(make_batch(kind, TEXTS, key=[7, 8, 9])))
    assert list(rows[0]) == ["text", "key", *COLUMNS]
    assert [(row["text"], row["key"]) for row in rows] == list(zip(TEXTS, [7, 8, 9], strict=True))


@every_kind
def test_missing_text_becomes_an_error_and_the_others_are_summarized(kind):
    rows = read_rows(summarize_batch(make_batch(kind, [TEXTS[0], None, TEXTS[2]])))
    assert rows[1]["error"] == "its text is missing"
    assert rows[1]["summary"] is None
    assert rows[0]["summary"] and rows[2]["summary"]
    assert rows[0]["error"] is None


@every_kind
def test_empty_batch_has_the_columns_too(kind):
    batch = summarize_batch(make_batch(kind, []))
    names = batch if isinstance(batch, dict) else getattr(batch, "column_names", None) or batch.columns
    assert list(names) == ["text", *COLUMNS]
    assert read_rows(batch) == []


@every_kind
def test_given_batch_is_not_changed(kind):
    batch = make_batch(kind, TEXTS)
    before = read_rows(batch)
    summarize_batch(batch)
    assert read_rows(batch) == before


@every_kind
def test_offsets_slice_the_text(kind):
    for row in read_rows(summarize_batch(make_batch(kind, TEXTS), length=2)):
        for sentence in row["sentences"]:
            assert row["text"][sentence["start"] : sentence["end"]] == sentence["text"]


@every_kind
def test_existing_column_is_not_replaced(kind):
    batch = make_batch(kind, TEXTS, summary=["a", "b", "c"])
    with pytest.raises(OptionError, match="already has a column 'summary'"):
        summarize_batch(batch)
    rows = read_rows(summarize_batch(batch, prefix="our_"))
    assert [row["summary"] for row in rows] == ["a", "b", "c"]
    assert all("our_summary" in row for row in rows)


@every_kind
def test_error_lists_the_columns_if_one_is_missing(kind):
    with pytest.raises(OptionError, match="no column 'body'; the columns are: 'text', 'key'"):
        summarize_batch(make_batch(kind, TEXTS, key=[1, 2, 3]), text_column="body")


@every_kind
def test_failures_have_an_error_in_their_row(kind):
    batch = make_batch(kind, [b"%PDF-1.7", TEXTS[0].encode(), b"\x00\x01\x02"], key=["p", "q", "r"])
    rows = read_rows(summarize_batch(batch, id_column="key"))
    assert [row["error"] is None for row in rows] == [False, True, False]


def test_invalid_setting_is_raised_even_for_an_empty_batch():
    with pytest.raises(LengthError):
        summarize_batch(make_batch("numpy", []), length="3 miles")


def test_error_names_the_type_of_an_unsupported_batch():
    with pytest.raises(OptionError, match="not a batch: list"):
        summarize_batch(TEXTS)


def test_arrow_schema_does_not_depend_on_the_rows():
    full = summarize_batch(make_batch("pyarrow", TEXTS))
    failed = summarize_batch(pyarrow.table({"text": pyarrow.array([None], pyarrow.string())}))
    assert full.schema == failed.schema


def test_data_frame_keeps_its_index():
    frame = pandas.DataFrame({"text": TEXTS}, index=[30, 10, 20])
    assert list(summarize_batch(frame).index) == [30, 10, 20]


def test_lone_surrogates_are_kept_in_numpy_batches():
    table = pyarrow.table({"text": pyarrow.array([b"One here. Two there."]), "key": pyarrow.array(["a"])})
    numpy = summarize_batch({"text": np.array(["A \ud800 here. Two."], dtype=object)}, length=1)
    assert summarize_batch(table, length=1).column("summary").to_pylist() == ["One here."]
    assert numpy["summary"].tolist() == ["A \ud800 here."]


def test_importing_the_package_imports_no_engine():
    code = (
        "import sys, summarize; summarize.summarize('One. Two.'); import summarize.engines.frames; "
        "import summarize.engines.spark; "
        "print([m for m in ('ray', 'pyspark', 'pandas', 'pyarrow') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"
