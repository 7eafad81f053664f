"""Add summaries to Spark's data frames with ``DataFrame.mapInPandas``. Needs the extra ``spark``."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import partial
from typing import TYPE_CHECKING, Any

from summarize.engines.frames import COLUMNS, summarize_batch
from summarize.errors import MissingExtraError
from summarize.outputs.records import SENTENCE
from summarize.pipeline import check_settings
from summarize.settings import Settings

if TYPE_CHECKING:
    import pandas
    from pyspark.sql import DataFrame
    from pyspark.sql.types import StructType


def summarize_dataframe(data: DataFrame, **options: Any) -> DataFrame:
    """Add columns of summaries to a data frame, on the machines that hold its rows.

    Parameters
    ----------
    data : pyspark.sql.DataFrame
        A data frame with a column of texts.
    **options
        ``text_column``, ``id_column``, ``prefix`` and the settings, as in
        `summarize.engines.frames.summarize_batch`.

    Returns
    -------
    pyspark.sql.DataFrame
        The data frame with the columns of `summarize.engines.frames.COLUMNS`, evaluated lazily.

    Raises
    ------
    LengthError, OptionError, UnknownNameError
        If a setting is not accepted; raised at once, not when Spark evaluates the data frame.
    MissingExtraError
        If the extra ``spark`` is not installed.

    Examples
    --------
    With a Spark session::

        summarize_dataframe(spark.read.parquet("texts"), length="60 words").write.parquet("summaries")
    """
    columns = ("text_column", "id_column", "prefix")
    check_settings(Settings(**{name: value for name, value in options.items() if name not in columns}))
    schema = extend_schema(data.schema, prefix=options.get("prefix", ""))
    return data.mapInPandas(partial(summarize_frames, **options), schema)


def summarize_frames(frames: Iterable[pandas.DataFrame], **options: Any) -> Iterator[pandas.DataFrame]:
    """Summarize the batches of one partition, for ``DataFrame.mapInPandas``.

    Parameters
    ----------
    frames : iterable of pandas.DataFrame
        Batches of rows.
    **options
        As in `summarize.engines.frames.summarize_batch`; set them with ``functools.partial``.

    Yields
    ------
    pandas.DataFrame
        The batches with the columns that `extend_schema` adds.
    """
    for frame in frames:
        yield summarize_batch(frame, **options)


def extend_schema(schema: StructType, *, prefix: str = "") -> StructType:
    """Add the columns of summaries to a schema.

    Parameters
    ----------
    schema : pyspark.sql.types.StructType
        Schema of the rows to summarize.
    prefix : str
        Prefix of the names of the added columns.

    Returns
    -------
    pyspark.sql.types.StructType
        Schema of the rows that `summarize_frames` returns.

    Raises
    ------
    MissingExtraError
        If the extra ``spark`` is not installed.
    """
    try:
        from pyspark.sql import types
    except ImportError:
        raise MissingExtraError("spark", "Spark") from None
    simple = {"integer": types.LongType(), "real": types.DoubleType(), "string": types.StringType()}
    simple["strings"] = types.ArrayType(types.StringType())
    sentence = types.StructType([types.StructField(name, simple[kind]) for name, kind in SENTENCE.items()])
    known = simple | {
        "sentences": types.ArrayType(sentence),
        "integers": types.ArrayType(types.LongType()),
    }
    added = [types.StructField(prefix + name, known[kind]) for name, kind in COLUMNS.items()]
    return types.StructType([*schema.fields, *added])
