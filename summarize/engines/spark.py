"""Spark's data frames with their summaries: for ``DataFrame.mapInPandas``. Needs the extra ``spark``."""

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
    """A data frame with columns of its summaries, made where its rows are.

    Parameters
    ----------
    data : pyspark.sql.DataFrame
    **options
        ``text_column``, ``id_column``, ``prefix`` and the choices, as of
        `summarize.engines.frames.summarize_batch`.

    Returns
    -------
    pyspark.sql.DataFrame
        Lazy, as all of Spark's are.

    Raises
    ------
    LengthError, OptionError, UnknownNameError
        At once, if a choice is none of what is accepted.
    """
    columns = ("text_column", "id_column", "prefix")
    check_settings(Settings(**{name: value for name, value in options.items() if name not in columns}))
    schema = extend_schema(data.schema, prefix=options.get("prefix", ""))
    return data.mapInPandas(partial(summarize_frames, **options), schema)


def summarize_frames(frames: Iterable[pandas.DataFrame], **options: Any) -> Iterator[pandas.DataFrame]:
    """What `DataFrame.mapInPandas` takes, once ``functools.partial`` has given it its options.

    Parameters
    ----------
    frames : iterable of pandas.DataFrame
    **options
        As of `summarize.engines.frames.summarize_batch`.

    Yields
    ------
    pandas.DataFrame
        Of the schema that `extend_schema` makes.
    """
    for frame in frames:
        yield summarize_batch(frame, **options)


def extend_schema(schema: StructType, *, prefix: str = "") -> StructType:
    """The schema of the rows that `summarize_frames` makes of rows of a schema.

    Parameters
    ----------
    schema : pyspark.sql.types.StructType
    prefix : str
        As of `summarize.engines.frames.summarize_batch`.

    Returns
    -------
    pyspark.sql.types.StructType

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
    sentence = types.StructType([types.StructField(name, simple[kind]) for name, kind in SENTENCE.items()])
    known = simple | {
        "sentences": types.ArrayType(sentence),
        "integers": types.ArrayType(types.LongType()),
    }
    added = [types.StructField(prefix + name, known[kind]) for name, kind in COLUMNS.items()]
    return types.StructType([*schema.fields, *added])
