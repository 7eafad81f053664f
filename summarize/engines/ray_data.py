"""Run a whole job on a Ray cluster: inputs -> shards of records. Needs the extra ``ray``.

The inputs are divided into pieces. Some tasks of Ray Data read a piece and pass on chunks of documents; other
tasks make one shard from each chunk. If a machine is lost, Ray runs its tasks again.
`summarize.engines.shards` explains why this is harmless and how a second run reuses the shards of the first.
"""

from __future__ import annotations

import os
import pickle
from collections.abc import Generator, Iterable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any
from zlib import crc32

from summarize.batch.many import check_workers, count_cores
from summarize.batch.task import Outcome
from summarize.engines.shards import FORMS, Folder, Job, Shard
from summarize.errors import (
    EngineError,
    MissingExtraError,
    OptionError,
    OutputError,
    SummarizeError,
    WorkerError,
)
from summarize.inputs import find_paths, holds_many, read_file
from summarize.inputs.items import Item, Reading
from summarize.outputs.overlap import refuse_overlap
from summarize.pipeline import check_settings
from summarize.settings import Settings

# Bytes of documents in one shard. A task then takes about a second, so little work is lost with a machine.
SHARD_BYTES = 1 << 22
_MAX_DOCUMENTS = 4096
# Tasks that read, per core. One of them can feed dozens of tasks that summarize.
_READERS_PER_CORE = 1 / 8
_MAX_CONNECT_SECONDS = 10.0


def summarize_on_ray(
    inputs: Iterable[str],
    output: str,
    settings: Settings,
    *,
    reading: Reading | None = None,
    address: str | None = None,
    jobs: int | None = None,
    resume: bool = False,
    timeout: float | None = None,
    several: bool = True,
    shard_bytes: int = SHARD_BYTES,
) -> Generator[Shard, None, None]:
    """Summarize every document of the inputs into a directory of shards.

    Parameters
    ----------
    inputs : iterable of str
        Files, tables, archives and directories, local or remote (``s3://``, ``gs://`` …). Every machine of
        the cluster must find local files under the same paths.
    output : str
        Path of the directory, local or remote. Shards are Parquet tables if it ends in ``.parquet``, else
        JSON Lines.
    settings : Settings
        How to summarize.
    reading : Reading, optional
        Which files and columns to read.
    address : str, optional
        Address of a cluster; ``"auto"`` for the cluster that this machine belongs to; ``"local"`` for a
        temporary one on this machine. By default the value of the environment variable RAY_ADDRESS, else
        ``"local"``. If Ray is already connected, that connection is used.
    jobs : int, optional
        Number of tasks that summarize at a time; by default, or if 0, one for each core of the cluster.
    resume : bool
        Whether to keep the shards of an earlier run that this run would make again.
    timeout : float, optional
        Maximum seconds for a document. A limit costs one more process for every shard.
    several : bool
        As in `summarize.batch.files.summarize_files`.
    shard_bytes : int
        Size of the documents in a shard, in bytes: a shard ends with the document that reaches this size.

    Yields
    ------
    Shard
        Each shard when it is finished. After the last one, other shards in the directory are removed and the
        file ``_SUCCESS`` is written. If the iteration stops early, neither happens, and a run with `resume`
        continues from there.

    Raises
    ------
    LengthError, OptionError, UnknownNameError
        If a setting is not accepted.
    OutputError
        If the output cannot be written or is one of the inputs.
    EngineError
        If Ray cannot be reached or fails.
    WorkerError
        If there is a time limit, and other processes cannot import the ranker or selector.
    MissingExtraError
        If the extra ``ray`` is not installed.

    Examples
    --------
    On a local cluster::

        for shard in summarize_on_ray(["corpus/"], "summaries.parquet", Settings(length="60 words")):
            print(shard.name, shard.documents, "documents")
    """
    check_settings(settings)
    check_workers(jobs, timeout)
    ray = load_ray()
    folder = Folder(output)
    reading = (reading or Reading())._replace(avoid=output)
    inputs = tuple(refuse_overlap(tuple(inputs), output, reading))
    folder.prepare()
    finished = folder.find_finished() if resume else {}
    job = Job(settings, reading, folder, find_form(output), finished, timeout)
    names = set()
    pieces = list(divide(find_paths(inputs, reading, several=several), shard_bytes))
    if pieces:
        with _connect(ray, address, jobs):
            for shard in _run(ray, job, pieces, jobs, shard_bytes):
                names.add(shard.name)
                yield shard
    folder.finish(names)


def find_outcomes(
    inputs: Iterable[str], output: str | None, settings: Settings, *, form: str | None = None, **options: Any
) -> Generator[Outcome, None, None]:
    """Run `summarize_on_ray` and yield one outcome for each document.

    Parameters
    ----------
    inputs, output, settings, **options
        As in `summarize_on_ray`.
    form : str, optional
        Format of the shards: ``"jsonl"`` or None; the output decides about Parquet.

    Yields
    ------
    Outcome

    Raises
    ------
    OptionError
        If there is no output, or the form is not ``"jsonl"``.
    """
    if output is None:
        raise OptionError("shards need an output; accepted: a directory")
    if form not in (None, "jsonl"):
        raise OptionError(
            f"found format {form!r}; accepted for shards: jsonl, or an output that ends in .parquet"
        )
    shards = summarize_on_ray(inputs, output, settings, **options)
    try:
        for shard in shards:
            yield from shard.to_outcomes()
    finally:
        shards.close()


def find_form(output: str) -> str:
    """Return the format of the shards in a directory.

    Parameters
    ----------
    output : str
        Path of the directory.

    Returns
    -------
    str
        ``"parquet"`` if the path ends in ``.parquet``, else ``"jsonl"``.

    Raises
    ------
    OutputError
        If the path ends in the suffix of another format.

    Examples
    --------
    >>> find_form("summaries.parquet"), find_form("summaries/")
    ('parquet', 'jsonl')
    """
    suffix = os.path.splitext(output.rstrip("/"))[1].removeprefix(".")
    if suffix in ("csv", "gz", "zst", "json"):
        raise OutputError(f"{output}: found .{suffix}; accepted for shards: .jsonl, .parquet, a directory")
    return suffix if suffix in FORMS else "jsonl"


def load_ray() -> Any:
    """Import ``ray`` and ``ray.data``.

    Returns
    -------
    module
        The module ``ray``.

    Raises
    ------
    MissingExtraError
        If the extra ``ray`` is not installed.
    """
    try:
        import ray
        import ray.data
    except ImportError:
        raise MissingExtraError("ray", "Ray") from None
    return ray


def divide(items: Iterable[Item], shard_bytes: int = SHARD_BYTES) -> Iterator[tuple[Item, ...]]:
    """Divide the inputs into pieces, each for one task that reads: one table, one archive, or some texts.

    A hash of the name of a text decides whether a piece ends there. So a text that is added or removed
    changes only its own piece, and not all the pieces after it.

    Parameters
    ----------
    items : iterable of Item
        Files, as `summarize.inputs.find_paths` yields them.
    shard_bytes : int
        A piece also ends with the text that reaches this size, in bytes.

    Yields
    ------
    tuple of Item

    Examples
    --------
    >>> items = [Item(name, "path", name, name) for name in ("a.txt", "b.txt", "c.jsonl")]
    >>> [len(piece) for piece in divide(items)]
    [2, 1]
    """
    group: list[Item] = []
    size = 0
    for item in items:
        if item.kind == "path" and holds_many(item.source):
            if group:
                yield tuple(group)
                group, size = [], 0
            yield (item,)
            continue
        group.append(item)
        size += item.size
        ends = crc32(item.source.encode("utf-8", "surrogatepass")) % (_MAX_DOCUMENTS // 4) == 0
        if ends or size >= shard_bytes or len(group) >= _MAX_DOCUMENTS:
            yield tuple(group)
            group, size = [], 0
    if group:
        yield tuple(group)


def read_piece(
    items: Iterable[Item], reading: Reading, shard_bytes: int = SHARD_BYTES
) -> Iterator[list[Item]]:
    """Divide the documents of a piece into chunks, each for one shard.

    Parameters
    ----------
    items : iterable of Item
        A piece, as `divide` yields it.
    reading : Reading
        Which members of archives and which columns to read.
    shard_bytes : int
        A chunk ends with the document that reaches this size, in bytes.

    Yields
    ------
    list of Item
        Documents. Files are still paths, which the task that summarizes them reads.
    """
    chunk: list[Item] = []
    size = 0
    for item in items:
        is_table = item.kind == "path" and holds_many(item.source)
        for document in read_file(item.source, reading, item.name) if is_table else (item,):
            chunk.append(document)
            size += max(document.size, len(document.content))
            if size >= shard_bytes or len(chunk) >= _MAX_DOCUMENTS:
                yield chunk
                chunk, size = [], 0
    if chunk:
        yield chunk


@contextmanager
def _connect(ray: Any, address: str | None, jobs: int | None) -> Iterator[None]:
    if ray.is_initialized():
        yield
        return
    address = address or os.environ.get("RAY_ADDRESS") or "local"
    options: dict[str, Any] = {"log_to_driver": False, "logging_level": "ERROR"}
    if address == "local":
        options |= {"num_cpus": jobs or count_cores(), "include_dashboard": False}
    try:
        _check_address(address)
        ray.init(address=address, **options)
    except (ConnectionError, RuntimeError, ValueError, OSError) as error:
        raise EngineError(f"Ray at {address!r} cannot be reached: {_last_line(error)}") from None
    try:
        yield
    finally:
        ray.shutdown()


def _check_address(address: str) -> None:
    """Raise an `OSError` at once if nothing listens at an address; Ray itself would retry for minutes."""
    import socket

    host, _, port = address.rpartition(":")
    if host and "/" not in address and port.isdecimal():
        socket.create_connection((host.strip("[]"), int(port)), _MAX_CONNECT_SECONDS).close()


def _run(
    ray: Any, job: Job, pieces: list[tuple[Item, ...]], jobs: int | None, shard_bytes: int
) -> Iterator[Shard]:
    readers = max(2, int(ray.cluster_resources().get("CPU", 1) * _READERS_PER_CORE))
    rows = [{"piece": i, "items": pickle.dumps(piece)} for i, piece in enumerate(pieces)]
    data = ray.data
    context = data.DataContext.get_current().copy()
    context.enable_progress_bars = False
    context.print_on_execution_start = False
    # One chunk per block; otherwise one task would summarize several.
    context.target_max_block_size = 1
    with data.DataContext.current(context):
        dataset = data.from_items(rows, override_num_blocks=len(rows)).map_batches(
            _read_chunks,
            batch_size=1,
            batch_format="pyarrow",
            fn_kwargs={"reading": job.reading, "shard_bytes": shard_bytes},
            # A reader reserves no core, because it would hold it while it waits for its chunks to be taken.
            # Besides, different resources keep Ray from fusing reading and summarizing into one task.
            num_cpus=0,
            compute=data.TaskPoolStrategy(size=min(readers, len(pieces))),
        )
        dataset = dataset.map_batches(
            _make_shards,
            batch_size=None,
            batch_format="pyarrow",
            fn_kwargs={"job": job},
            num_cpus=1,
            compute=data.TaskPoolStrategy(size=jobs) if jobs else None,
        )
    try:
        for batch in dataset.iter_batches(batch_size=None, batch_format="pyarrow"):
            for report in batch.column("report").to_pylist():
                done = pickle.loads(report)
                if isinstance(done, SummarizeError):
                    raise done
                yield done
    except ray.exceptions.RayError as error:
        raise EngineError(f"Ray failed: {_last_line(error)}") from None


def _read_chunks(batch: Any, reading: Reading, shard_bytes: int) -> Iterator[Any]:
    """Read pieces in a task and return their chunks."""
    for row in batch.to_pylist():
        for number, chunk in enumerate(read_piece(pickle.loads(row["items"]), reading, shard_bytes)):
            yield _make_table({"piece": row["piece"], "number": number, "items": pickle.dumps(chunk)})


def _make_shards(batch: Any, job: Job) -> Iterator[Any]:
    """Summarize chunks in a task and return a report on each shard."""
    for piece, number, items in zip(*map(batch.column, ("piece", "number", "items")), strict=True):
        report: Shard | SummarizeError
        try:
            chunk = pickle.loads(items.as_buffer())
            report = job.make_shard(piece.as_py(), number.as_py(), chunk)
        except OSError as error:
            report = OutputError(f"{job.folder.path}: cannot be written: {error.strerror or error}")
        except WorkerError as error:
            report = error
        yield _make_table({"report": pickle.dumps(report)})


def _make_table(row: Mapping[str, Any]) -> Any:
    import pyarrow

    types = {bytes: pyarrow.large_binary(), int: pyarrow.int64()}
    return pyarrow.table({name: pyarrow.array([each], types[type(each)]) for name, each in row.items()})


def _last_line(error: BaseException) -> str:
    """Return the last line of a message that is not blank, which in Ray's long messages tells the cause."""
    lines = [line.strip() for line in str(error).splitlines() if line.strip()]
    return lines[-1] if lines else type(error).__name__
