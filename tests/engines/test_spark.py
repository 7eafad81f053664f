"""Spark's data frames, in local mode."""

from __future__ import annotations

import shutil
import sys
from functools import partial

import pytest

from summarize import Settings
from summarize.batch.many import summarize_one
from summarize.engines.frames import COLUMNS
from summarize.engines.spark import extend_schema, summarize_dataframe, summarize_frames
from summarize.errors import LengthError, MissingExtraError
from summarize.outputs.records import hash_content, make_record
from summarize.settings import resolve
from tests.engines.rows import drop_nulls

pytest.importorskip("pyspark", reason="the extra test-engines is not installed")
if shutil.which("java") is None:
    pytest.skip("Spark needs Java", allow_module_level=True)

ROWS = [
    (1, "The harbour froze in January. Ships waited outside. The harbour opened again on Monday."),
    (2, None),
    (3, "A bridge fell into the river. Nobody was hurt. The bridge had been closed for a year."),
    (4, ""),
    (5, "Ein Fluss trat über die Ufer. Die Stadt ließ den Damm öffnen. Der Fluss sank am Abend."),
]


@pytest.fixture(scope="module")
def spark():
    from pyspark.sql import SparkSession

    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PYSPARK_PYTHON", sys.executable)
        patch.setenv("SPARK_LOCAL_IP", "127.0.0.1")
        builder = SparkSession.builder.master("local[2]").config("spark.ui.enabled", "false")
        session = builder.config("spark.log.level", "ERROR").getOrCreate()
        yield session
        session.stop()


@pytest.fixture(scope="module")
def summarized(spark):
    data = spark.createDataFrame(ROWS, "key long, text string").repartition(3)
    return summarize_dataframe(data, id_column="key", length=1).collect()


def test_rows_equal_the_records_of_single_texts(summarized):
    found = {row.key: drop_nulls(row.asDict(recursive=True)) for row in summarized}
    assert sorted(found) == [1, 2, 3, 4, 5]
    for key, text in ROWS:
        if text is not None:
            record = make_record(
                summarize_one(None, text, resolve(Settings(length=1))), content_hash=hash_content(text)
            )
            assert found[key] == {"key": key, "text": text, "error": None} | {
                name: value for name, value in record.items() if name != "source"
            }


def test_missing_text_becomes_an_error(summarized):
    (row,) = [row for row in summarized if row.key == 2]
    assert row.error == "its text is missing"
    assert [name for name in COLUMNS if row[name] is not None] == ["error"]


def test_function_and_schema_work_with_map_in_pandas(spark):
    data = spark.createDataFrame(ROWS[:1], "key long, text string")
    schema = extend_schema(data.schema, prefix="our_")
    options = {"prefix": "our_", "length": "12 words", "ranker": "lexrank"}
    rows = data.mapInPandas(partial(summarize_frames, **options), schema).collect()
    assert rows[0].our_ranker == "lexrank"
    assert rows[0].our_n_words <= 12


def test_invalid_setting_is_raised_at_once(spark):
    with pytest.raises(LengthError):
        summarize_dataframe(spark.createDataFrame(ROWS, "key long, text string"), length="3 miles")


def test_error_names_the_extra_if_spark_is_missing(monkeypatch):
    monkeypatch.setitem(sys.modules, "pyspark.sql", None)
    with pytest.raises(MissingExtraError, match=r"summarize\[spark\]"):
        extend_schema(None)
