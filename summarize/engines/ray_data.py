"""A whole job on a Ray cluster: inputs -> shards of records. Needs the extra ``ray``.

Ray Data reads pieces of the inputs in some tasks, which hand on chunks of documents, and makes a shard of
every chunk in others. Tasks that are lost with their machine are Ray's to run again; what makes this
harmless, and a second run short, is said in `summarize.engines.shards`.
"""

from __future__ import annotations

import os
import pickle
from collections.abc import Generator, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
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
from summarize.inputs import Item, Reading, find_paths, find_reader, read_file
from summarize.outputs.overlap import refuse_overlap
from summarize.pipeline import check_settings
from summarize.settings import Settings

# Bytes of documents that make a shard: a task takes about a second, and loses no more with its machine.
SHARD_BYTES = 1 << 22
_DOCUMENTS = 4096
# So many tasks read at a time, for every core: one can feed dozens of those that summarize.
_READERS = 1 / 8
# Seconds to reach a cluster.
_PATIENCE = 10.0


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
    """Summarize every document of many inputs into a folder of shards.

    Parameters
    ----------
    inputs : iterable of str
        Files, tables, archives and directories, on this machine or behind ``s3://``, ``gs://`` and the like.
        What is on this machine must be found at the same place on all machines of the cluster.
    output : str
        The folder, likewise. Shards are Parquet tables if its name ends in ``.parquet``, else JSON lines.
    settings : Settings
    reading : Reading, optional
    address : str, optional
        Of a cluster, ``"auto"`` for the one that this machine belongs to, ``"local"`` for one that is made
        for this run and lives on this machine; by default what RAY_ADDRESS says, else ``"local"``. If Ray is
        connected already, that connection is used.
    jobs : int, optional
        Tasks that summarize at a time; 0 or None = one for each core of the cluster.
    resume : bool
        Whether to keep the shards of an earlier run that are still what this one would make.
    timeout : float, optional
        Seconds for a document; costs a process for every shard.
    several : bool
        As of `summarize.batch.files.summarize_files`.
    shard_bytes : int
        Of documents, not of records: a shard is made when there are so many of them.

    Yields
    ------
    Shard
        As they are finished. When all are, what else of shards is in the folder is removed, and a file
        ``_SUCCESS`` is written; if no more are asked for, it is not, and `resume` goes on from there.

    Raises
    ------
    OutputError
        If the output cannot be written, or is one of the inputs.
    EngineError
        If Ray cannot be reached, or fails.
    WorkerError
        If there is a time limit, and a ranker or selector that other processes cannot import.
    MissingExtraError
        If the extra ``ray`` is not installed.
    """
    check_settings(settings)
    check_workers(jobs, timeout)
    ray = load_ray()
    folder = Folder(output)
    reading = replace(reading or Reading(), avoid=output)
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
    """One outcome for each document; parameters as those of `summarize_on_ray`.

    Raises
    ------
    OptionError
        Without an output, or for a form other than ``"jsonl"``.
    """
    if output is None:
        raise OptionError("shards need an output, which is a directory")
    if form not in (None, "jsonl"):
        raise OptionError(f"found format {form!r}; accepted for shards: jsonl, or an output .parquet")
    shards = summarize_on_ray(inputs, output, settings, **options)
    try:
        for shard in shards:
            yield from shard.to_outcomes()
    finally:
        shards.close()


def find_form(output: str) -> str:
    """What shards are: ``"jsonl"`` or ``"parquet"``.

    Raises
    ------
    OutputError
        If the name of the folder ends in something else that says what is in it.
    """
    suffix = os.path.splitext(output.rstrip("/"))[1].removeprefix(".")
    if suffix in ("csv", "gz", "zst", "json"):
        raise OutputError(f"{output}: found .{suffix}; accepted for shards: .jsonl, .parquet, a directory")
    return suffix if suffix in FORMS else "jsonl"


def load_ray() -> Any:
    """The module ``ray``, with ``ray.data``, if it is there."""
    try:
        import ray
        import ray.data
    except ImportError:
        raise MissingExtraError("ray", "Ray") from None
    return ray


def divide(items: Iterable[Item], shard_bytes: int = SHARD_BYTES) -> Iterator[tuple[Item, ...]]:
    """Pieces of the inputs, each for one task that reads: a table or an archive, or some texts.

    Where one piece ends and the next begins is found by the names of the texts, so that one that comes or
    goes changes the piece it is in, and those behind it not.
    """
    group: list[Item] = []
    size = 0
    for item in items:
        if item.kind == "path" and find_reader(item.source):
            if group:
                yield tuple(group)
                group, size = [], 0
            yield (item,)
            continue
        group.append(item)
        size += item.size
        ends = crc32(item.source.encode("utf-8", "surrogatepass")) % (_DOCUMENTS // 4) == 0
        if ends or size >= shard_bytes or len(group) >= _DOCUMENTS:
            yield tuple(group)
            group, size = [], 0
    if group:
        yield tuple(group)


def read_piece(
    items: Iterable[Item], reading: Reading, shard_bytes: int = SHARD_BYTES
) -> Iterator[list[Item]]:
    """Chunks of the documents in a piece; texts are still paths."""
    chunk: list[Item] = []
    size = 0
    for item in items:
        is_table = item.kind == "path" and find_reader(item.source)
        for document in read_file(item.source, reading, item.name) if is_table else (item,):
            chunk.append(document)
            size += max(document.size, len(document.content))
            if size >= shard_bytes or len(chunk) >= _DOCUMENTS:
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
        _knock(address)
        ray.init(address=address, **options)
    except (ConnectionError, RuntimeError, ValueError, OSError) as error:
        raise EngineError(f"Ray at {address!r} cannot be reached: {_say_first(error)}") from None
    try:
        yield
    finally:
        ray.shutdown()


def _knock(address: str) -> None:
    """Raise an `OSError` at once if nobody is there; Ray would try for minutes."""
    import socket

    host, _, port = address.rpartition(":")
    if host and "/" not in address and port.isdecimal():
        socket.create_connection((host.strip("[]"), int(port)), _PATIENCE).close()


def _run(
    ray: Any, job: Job, pieces: list[tuple[Item, ...]], jobs: int | None, shard_bytes: int
) -> Iterator[Shard]:
    readers = max(2, int(ray.cluster_resources().get("CPU", 1) * _READERS))
    rows = [{"piece": i, "items": pickle.dumps(piece)} for i, piece in enumerate(pieces)]
    data = ray.data
    context = data.DataContext.get_current().copy()
    context.enable_progress_bars = False
    context.print_on_execution_start = False
    # No two chunks in one block, as one task would take both.
    context.target_max_block_size = 1
    with data.DataContext.current(context):
        dataset = data.from_items(rows, override_num_blocks=len(rows)).map_batches(
            _read_chunks,
            batch_size=1,
            batch_format="pyarrow",
            fn_kwargs={"reading": job.reading, "shard_bytes": shard_bytes},
            # No core is set aside for reading, as it would be held while a reader waits for its chunks to be
            # taken. This also keeps Ray from making one task of reading and summarizing.
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
        raise EngineError(f"Ray failed: {_say_first(error)}") from None


def _read_chunks(batch: Any, reading: Reading, shard_bytes: int) -> Iterator[Any]:
    """A task that reads: pieces in, chunks out."""
    for row in batch.to_pylist():
        for number, chunk in enumerate(read_piece(pickle.loads(row["items"]), reading, shard_bytes)):
            yield _make_table({"piece": row["piece"], "number": number, "items": pickle.dumps(chunk)})


def _make_shards(batch: Any, job: Job) -> Iterator[Any]:
    """A task that summarizes: chunks in, reports on their shards out."""
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


def _say_first(error: BaseException) -> str:
    """The line of a long message that says most: the last one that is not empty."""
    lines = [line.strip() for line in str(error).splitlines() if line.strip()]
    return lines[-1] if lines else type(error).__name__
