"""A chunk of documents -> a shard: a file of their records that is whole or not there.

A shard bears the hash of all that it depends on in its name: the settings, and every document with its name.
So a chunk that is done twice, be it that a machine was lost, replaces its own shard by the same records, and
the next run knows a finished shard by its name. The names sort in the order of the documents.
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

from summarize.batch.task import Outcome, SummarizeItem
from summarize.errors import OutputError, SummarizeError
from summarize.inputs import Item, Reading
from summarize.inputs.loading import read_item
from summarize.inputs.remote import find_filesystem, is_remote
from summarize.settings import Settings

FORMS = ("jsonl", "parquet")
# Written last: a folder with it holds the whole output and nothing else, as Hadoop and Spark have it.
SUCCESS = "_SUCCESS"
_NAME = re.compile(r"part-[0-9]{7,}-[0-9]{6,}-([0-9a-f]{20})(-failed)?\.(jsonl|parquet)")
_UNFINISHED = re.compile(r"\.part-.*\.(unfinished|started)")
# There a file appears when it is whole.
_WHOLE = ("s3", "gcs", "abfs")
_READERS = 16


class Shard(NamedTuple):
    """What became of a chunk.

    Attributes
    ----------
    name : str
        Of the file.
    documents, size : int
        How many there were, and their bytes.
    problems : tuple of (str, str)
        Sources of those that failed, and why.
    notes : tuple of str
        What the user should know.
    reused : bool
        Whether an earlier run had made it.
    """

    name: str
    documents: int
    size: int
    problems: tuple[tuple[str, str], ...] = ()
    notes: tuple[str, ...] = ()
    reused: bool = False

    def to_outcomes(self) -> Iterator[Outcome]:
        """One for each document, for those who count; only failures are named."""
        for source, problem in self.problems:
            yield Outcome(source, None, problem)
        others = self.documents - len(self.problems)
        for i in range(others):
            yield Outcome("", None, notes=() if i else self.notes, size=self.size // others)


@dataclass(frozen=True, slots=True)
class Folder:
    """Where shards go; on any file system.

    Attributes
    ----------
    path : str
    """

    path: str

    def prepare(self) -> None:
        """Make it, and no longer call it a whole output.

        Raises
        ------
        OutputError
            If it cannot be written.
        """
        try:
            filesystem, inner = find_filesystem(self.path)
            filesystem.create_dir(inner, recursive=True)
            self.delete([name for name in self.list() if name == SUCCESS])
        except (OSError, SummarizeError) as error:
            raise OutputError(f"{self.path}: cannot be written: {error}") from None

    def list(self) -> list[str]:
        """Names of the files in it."""
        from pyarrow import fs

        filesystem, inner = find_filesystem(self.path)
        return [each.base_name for each in filesystem.get_file_info(fs.FileSelector(inner)) if each.is_file]

    def read(self, name: str) -> bytes:
        """The bytes of a file."""
        filesystem, inner = find_filesystem(self.path)
        with filesystem.open_input_stream(f"{inner}/{name}") as file:
            data: bytes = file.read()
        return data

    def write(self, name: str, data: bytes) -> None:
        """Put a file in its place, whole."""
        filesystem, inner = find_filesystem(self.path)
        whole = filesystem.type_name in _WHOLE
        # Another attempt at the same shard may be under way on a machine that was given up too early.
        path = f"{inner}/{name}" if whole else f"{inner}/.{name}.{uuid.uuid4().hex}.unfinished"
        with filesystem.open_output_stream(path, compression=None) as file:
            file.write(data)
        if not whole:
            filesystem.move(path, f"{inner}/{name}")

    def has(self, name: str) -> bool:
        """Whether there is such a file."""
        from pyarrow import fs

        filesystem, inner = find_filesystem(self.path)
        return bool(filesystem.get_file_info(f"{inner}/{name}").type == fs.FileType.File)

    def delete(self, names: Iterable[str]) -> None:
        """Remove some files."""
        filesystem, inner = find_filesystem(self.path)
        for name in names:
            filesystem.delete_file(f"{inner}/{name}")

    def find_finished(self) -> dict[str, str]:
        """Names of the shards of which every document has a summary, by their hashes."""
        matches = map(_NAME.fullmatch, self.list())
        return {match[1]: match[0] for match in matches if match and not match[2]}

    def finish(self, names: set[str]) -> None:
        """Remove what is no part of the output, and say that it is whole.

        Raises
        ------
        OutputError
            If that cannot be done.
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
    """Everything that is the same for all chunks of a run.

    Attributes
    ----------
    settings : Settings
    reading : Reading
    folder : Folder
    form : str
        One of `FORMS`.
    finished : dict of str to str
        Shards that need not be made again, as of `Folder.find_finished`.
    timeout : float or None
        Seconds for a document.
    """

    settings: Settings
    reading: Reading
    folder: Folder
    form: str
    finished: dict[str, str]
    timeout: float | None = None

    def make_shard(self, piece: int, number: int, items: Sequence[Item]) -> Shard:
        """Summarize a chunk of documents, and write their records.

        Parameters
        ----------
        piece, number : int
            Its place in the order of the documents: that of its piece of the inputs, and in it.
        items : sequence of Item

        Returns
        -------
        Shard

        Raises
        ------
        OSError
            If the shard cannot be written.
        WorkerError
            If there is a time limit, and a ranker or selector that other processes cannot import.

        Notes
        -----
        That a chunk was begun is noted in the folder. Whoever finds it begun and not finished takes it that
        it killed a worker, and does it in a process of its own, which finds out the documents to blame.
        """
        loaded = load_items(items, self.reading)
        digest = self._hash(loaded)
        stem = f"part-{piece:07}-{number:06}-{digest}"
        size = sum(max(item.size, len(item.content)) for item in loaded)
        if digest in self.finished:
            name = f"{stem}.{self.form}"
            if self.finished[digest] != name:  # something before it has come or gone
                self.folder.write(name, self.folder.read(self.finished[digest]))
            return Shard(name, len(loaded), size, reused=True)
        mark = f".{stem}.started"
        suspect = self.folder.has(mark)
        self.folder.write(mark, b"")
        outcomes = self._summarize(loaded, apart=suspect and _can_travel(self.settings))
        problems = tuple((each.source, each.problem) for each in outcomes if each.problem is not None)
        name = f"{stem}{'-failed' if problems else ''}.{self.form}"
        self.folder.write(name, encode_records(outcomes, self.form))
        with contextlib.suppress(OSError):  # another attempt was faster
            self.folder.delete([mark])
        notes = tuple(note for each in outcomes for note in each.notes)
        return Shard(name, len(loaded), size, problems, notes)

    def _summarize(self, items: Sequence[Item], *, apart: bool) -> list[Outcome]:
        task = SummarizeItem(self.settings, "record", self.reading)
        if not apart and not self.timeout:
            return list(map(task, items))
        from summarize.batch.pool import run_in_workers

        return list(run_in_workers(task, items, jobs=1, timeout=self.timeout))

    def _hash(self, items: Sequence[Item]) -> str:
        columns = (self.reading.text_column, self.reading.id_column)
        hashed = sha256(repr((self.settings.signature, self.form, columns)).encode("utf-8", "surrogatepass"))
        for item in items:
            data = item.content
            data = data if isinstance(data, bytes) else data.encode("utf-8", "surrogatepass")
            head = repr((item.source, item.kind, item.id, len(data)))
            hashed.update(head.encode("utf-8", "surrogatepass") + data)
        return hashed.hexdigest()[:20]


def _can_travel(settings: Settings) -> bool:
    """Whether other processes can be given the settings."""
    try:
        pickle.dumps(settings)
    except Exception:  # a lambda, a local class, …: each has its own exception
        return False
    return True


def load_items(items: Sequence[Item], reading: Reading) -> list[Item]:
    """The items with the bytes of those that were but a path, or what is wrong with them."""

    def load(item: Item) -> Item:
        try:
            _, content = read_item(item, reading)
        except SummarizeError as error:
            return item._replace(kind="problem", content=getattr(error, "problem", str(error)))
        return item._replace(kind="bytes", content=content)

    distant = sum(item.kind == "path" and is_remote(str(item.content)) for item in items)
    if distant < 2:
        return [load(item) if item.kind == "path" else item for item in items]
    from concurrent.futures import ThreadPoolExecutor

    # Most of the time of reading a small file far away is waiting.
    with ThreadPoolExecutor(_READERS) as pool:
        return list(pool.map(lambda item: load(item) if item.kind == "path" else item, items))


def encode_records(outcomes: Iterable[Outcome], form: str) -> bytes:
    """The records of documents as a file of a form in `FORMS`."""
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
