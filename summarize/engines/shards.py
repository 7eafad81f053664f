"""Chunk of documents -> shard: a file of their records that is complete or absent.

The name of a shard contains a hash of everything that its records depend on: the settings, and the name and
content of every document. If a chunk is summarized twice, for example because a machine was lost, the second
shard replaces the first with the same records. The next run recognizes a finished shard by its name. Sorted
by name, shards are in the order of the documents.
"""

from __future__ import annotations

import contextlib
import pickle
import re
import uuid
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from typing import Any, NamedTuple

from summarize.batch.supply import Direct, divide
from summarize.batch.task import Outcome, SummarizeItems
from summarize.batch.worker import run_here
from summarize.errors import OutputError, SummarizeError
from summarize.inputs.items import Item, Reading
from summarize.inputs.loading import read_item
from summarize.inputs.remote import find_filesystem, is_remote
from summarize.settings import Settings

FORMS = ("jsonl", "parquet")
# Written last, as by Hadoop and Spark: a directory with this file holds the complete output and nothing else.
SUCCESS = "_SUCCESS"
_NAME = re.compile(r"part-[0-9]{7,}-[0-9]{6,}-([0-9a-f]{20})(-failed)?\.(jsonl|parquet)")
_UNFINISHED = re.compile(r"\.part-.*\.(unfinished|started)")
# File systems on which a file appears only when it is complete.
_ATOMIC = ("s3", "gcs", "abfs")
_MAX_THREADS = 16


class Shard(NamedTuple):
    """The result of one chunk.

    Attributes
    ----------
    name : str
        Name of the file.
    documents : int
        Number of documents.
    size : int
        Size of the documents in bytes.
    problems : tuple of (str, str)
        Source and problem of each document that failed.
    notes : tuple of str
        Messages for the user.
    reused : bool
        Whether an earlier run made the shard.

    Examples
    --------
    >>> [outcome.problem for outcome in Shard("part-0", 2, 50, (("a.txt", "is a directory"),)).to_outcomes()]
    ['is a directory', None]
    """

    name: str
    documents: int
    size: int
    problems: tuple[tuple[str, str], ...] = ()
    notes: tuple[str, ...] = ()
    reused: bool = False

    def to_outcomes(self) -> Iterator[Outcome]:
        """Yield one outcome for each document, as needed for counting; only failures have a source."""
        for source, problem in self.problems:
            yield Outcome(source, None, problem)
        others = self.documents - len(self.problems)
        for i in range(others):
            yield Outcome("", None, notes=() if i else self.notes, size=self.size // others)


@dataclass(frozen=True, slots=True)
class Folder:
    """A directory of shards on any file system.

    Attributes
    ----------
    path : str
        Path of the directory, with or without a scheme such as ``s3://``.
    """

    path: str

    def prepare(self) -> None:
        """Make the directory, and remove the file that marks it as complete.

        Raises
        ------
        OutputError
            If the directory cannot be written to.
        """
        try:
            filesystem, inner = find_filesystem(self.path)
            filesystem.create_dir(inner, recursive=True)
            self.delete([name for name in self.list() if name == SUCCESS])
        except (OSError, SummarizeError) as error:
            raise OutputError(f"{self.path}: cannot be written: {error}") from None

    def list(self) -> list[str]:
        """Return the names of the files in the directory."""
        from pyarrow import fs

        filesystem, inner = find_filesystem(self.path)
        return [each.base_name for each in filesystem.get_file_info(fs.FileSelector(inner)) if each.is_file]

    def read(self, name: str) -> bytes:
        """Read a file."""
        filesystem, inner = find_filesystem(self.path)
        with filesystem.open_input_stream(f"{inner}/{name}") as file:
            data: bytes = file.read()
        return data

    def write(self, name: str, data: bytes) -> None:
        """Write a file atomically."""
        filesystem, inner = find_filesystem(self.path)
        atomic = filesystem.type_name in _ATOMIC
        # The temporary name is unique: a machine that Ray gave up too early may be writing the same shard.
        path = f"{inner}/{name}" if atomic else f"{inner}/.{name}.{uuid.uuid4().hex}.unfinished"
        with filesystem.open_output_stream(path, compression=None) as file:
            file.write(data)
        if not atomic:
            filesystem.move(path, f"{inner}/{name}")

    def has(self, name: str) -> bool:
        """Tell whether a file exists."""
        from pyarrow import fs

        filesystem, inner = find_filesystem(self.path)
        return bool(filesystem.get_file_info(f"{inner}/{name}").type == fs.FileType.File)

    def delete(self, names: Iterable[str]) -> None:
        """Remove files."""
        filesystem, inner = find_filesystem(self.path)
        for name in names:
            filesystem.delete_file(f"{inner}/{name}")

    def find_finished(self) -> dict[str, str]:
        """Return the names of the shards without failures, by hash."""
        matches = map(_NAME.fullmatch, self.list())
        return {match[1]: match[0] for match in matches if match and not match[2]}

    def finish(self, names: set[str]) -> None:
        """Remove all other shards and temporary files, and mark the directory as complete.

        Parameters
        ----------
        names : set of str
            Names of the shards to keep.

        Raises
        ------
        OutputError
            If the directory cannot be written to.
        """
        try:
            others = [name for name in self.list() if _NAME.fullmatch(name) and name not in names]
            self.delete(others)
            self.delete([name for name in self.list() if _UNFINISHED.fullmatch(name)])
            self.write(SUCCESS, b"")
        except OSError as error:
            raise OutputError(f"{self.path}: cannot be written: {error}") from None


@dataclass(frozen=True, slots=True)
class Job:
    """What all chunks of a run have in common.

    Attributes
    ----------
    settings : Settings
        How to summarize.
    reading : Reading
        Which files and columns to read.
    folder : Folder
        Where shards are written.
    form : str
        Format of the shards, one of `FORMS`.
    finished : dict of str to str
        Shards of an earlier run to reuse, as `Folder.find_finished` returns them.
    timeout : float or None
        Maximum seconds for a document.
    """

    settings: Settings
    reading: Reading
    folder: Folder
    form: str
    finished: dict[str, str]
    timeout: float | None = None

    def make_shard(self, piece: int, number: int, items: Sequence[Item]) -> Shard:
        """Summarize a chunk of documents and write their records.

        Parameters
        ----------
        piece : int
            Index of the piece among the pieces of the inputs.
        number : int
            Index of the chunk in its piece.
        items : sequence of Item
            The documents of the chunk.

        Returns
        -------
        Shard

        Raises
        ------
        OSError
            If the shard cannot be written.
        WorkerError
            If there is a time limit, and other processes cannot import the ranker or selector.

        Notes
        -----
        A marker file in the folder records that a chunk was started. If a task finds the marker of its own
        chunk, the chunk probably crashed an earlier task. It is then summarized in a separate process, so
        that only the documents that crash a process fail.
        """
        loaded = load_items(items, self.reading)
        digest = self._hash(loaded)
        stem = f"part-{piece:07}-{number:06}-{digest}"
        size = sum(max(item.size, len(item.content)) for item in loaded)
        if digest in self.finished:
            name = f"{stem}.{self.form}"
            if self.finished[digest] != name:  # documents before it were added or removed
                self.folder.write(name, self.folder.read(self.finished[digest]))
            return Shard(name, len(loaded), size, reused=True)
        marker = f".{stem}.started"
        suspect = self.folder.has(marker)
        self.folder.write(marker, b"")
        outcomes = self._summarize(loaded, isolated=suspect and _is_picklable(self.settings))
        problems = tuple((each.source, each.problem) for each in outcomes if each.problem is not None)
        name = f"{stem}{'-failed' if problems else ''}.{self.form}"
        self.folder.write(name, encode_records(outcomes, self.form))
        with contextlib.suppress(OSError):  # another task may have removed it
            self.folder.delete([marker])
        notes = tuple(note for each in outcomes for note in each.notes)
        return Shard(name, len(loaded), size, problems, notes)

    def _summarize(self, items: Sequence[Item], *, isolated: bool) -> list[Outcome]:
        task = SummarizeItems(self.settings, "record", self.reading)
        if not isolated and not self.timeout:
            return list(run_here(task, divide(items, task.weigh)))
        from summarize.batch.pool import run_in_workers

        return list(run_in_workers(task, Direct(items, task.weigh), jobs=1, timeout=self.timeout))

    def _hash(self, items: Sequence[Item]) -> str:
        read_as = (self.reading.text_column, self.reading.id_column, self.reading.input_format)
        hashed = sha256(repr((self.settings.signature, self.form, read_as)).encode("utf-8", "surrogatepass"))
        for item in items:
            data = item.content
            data = data if isinstance(data, bytes) else data.encode("utf-8", "surrogatepass")
            head = repr((item.source, item.kind, item.id, len(data)))
            hashed.update(head.encode("utf-8", "surrogatepass") + data)
        return hashed.hexdigest()[:20]


def _is_picklable(settings: Settings) -> bool:
    """Tell whether settings can be sent to another process."""
    try:
        pickle.dumps(settings)
    except Exception:  # lambdas, local classes and so on raise different errors
        return False
    return True


def load_items(items: Sequence[Item], reading: Reading) -> list[Item]:
    """Read the items that are paths.

    Parameters
    ----------
    items : sequence of Item
        Documents of any kind.
    reading : Reading
        Which columns to read.

    Returns
    -------
    list of Item
        The items in their order; each path is replaced by the bytes of its file, or by a problem.
    """

    def load(item: Item) -> Item:
        try:
            _, content = read_item(item, reading)
        except SummarizeError as error:
            return item._replace(kind="problem", content=getattr(error, "problem", str(error)))
        return item._replace(kind="bytes", content=content)

    n_remote = sum(item.kind == "path" and is_remote(str(item.content)) for item in items)
    if n_remote < 2:
        return [load(item) if item.kind == "path" else item for item in items]
    from concurrent.futures import ThreadPoolExecutor

    # Reading a small remote file is mostly waiting, so threads help.
    with ThreadPoolExecutor(_MAX_THREADS) as pool:
        return list(pool.map(lambda item: load(item) if item.kind == "path" else item, items))


def encode_records(outcomes: Iterable[Outcome], form: str) -> bytes:
    """Encode the records of documents as one file.

    Parameters
    ----------
    outcomes : iterable of Outcome
        Results whose pieces are records as JSON; those without a piece are skipped.
    form : str
        Format of the file, one of `FORMS`.

    Returns
    -------
    bytes
    """
    pieces = [each.piece for each in outcomes if each.piece is not None]
    if form == "jsonl":
        return b"".join(pieces)
    import pyarrow
    from pyarrow import parquet

    from summarize.outputs.parquet import make_row

    table = pyarrow.Table.from_pylist([make_row(piece) for piece in pieces], schema=_make_schema())
    buffer = pyarrow.BufferOutputStream()
    parquet.write_table(table, buffer, compression="zstd")
    data: bytes = buffer.getvalue().to_pybytes()
    return data


@cache
def _make_schema() -> Any:
    import pyarrow

    from summarize.outputs.parquet import make_schema

    return make_schema(pyarrow)
