"""Keep the results of a run in a journal, so that the next run does not repeat them.

An SQLite database beside the output maps the key of each document to the bytes of its result. The key is a
hash of everything that these bytes depend on, so a document is not found if its content or the settings have
changed. Whatever SQLite has committed survives if the process is killed.
"""

from __future__ import annotations

import os
from hashlib import sha256
from typing import TYPE_CHECKING

from summarize.errors import OutputError

if TYPE_CHECKING:
    import sqlite3

# A killed process loses at most this many documents, or the documents of this many seconds.
_MAX_DOCUMENTS = 64
_MAX_SECONDS = 0.5
_PAGE_BYTES = 1 << 14


def make_key(*parts: str) -> bytes:
    """Hash some strings to 16 bytes."""
    data = "\0".join(f"{len(part)}:{part}" for part in parts)
    return sha256(data.encode("utf-8", "surrogatepass")).digest()[:16]


class Journal:
    """Write the journal; each run has one.

    Parameters
    ----------
    path : str
        Created if it does not exist.
    resume : bool
        Whether to keep its content.

    Raises
    ------
    OutputError
        If it cannot be written, or another run uses it.
    """

    def __init__(self, path: str, *, resume: bool) -> None:
        import sqlite3

        self.path = path
        self._rows: list[tuple[bytes, bytes]] = []
        self._last = 0.0
        self._errors = sqlite3.Error
        database: sqlite3.Connection | None = None
        try:
            if not resume:
                self._remove()
            self._database = database = _connect(path)
            self._database.execute("CREATE TABLE IF NOT EXISTS done (key BLOB, piece BLOB)")
            if resume:
                # Only when it is read, because updating an index of hashes is slow.
                self._database.execute("CREATE INDEX IF NOT EXISTS by_key ON done (key)")
            self._database.execute("CREATE TEMP TABLE taken (name TEXT PRIMARY KEY) WITHOUT ROWID")
        except (sqlite3.Error, OSError) as error:
            if database is not None:
                database.close()
            raise OutputError(f"{path}: cannot be written: {error}") from None

    def add(self, key: bytes, piece: bytes) -> None:
        """Add the result of a document."""
        from time import monotonic

        self._rows.append((key, piece))
        if len(self._rows) >= _MAX_DOCUMENTS or monotonic() - self._last > _MAX_SECONDS:
            self.commit()
            self._last = monotonic()

    def commit(self) -> None:
        """Commit all added results, so that they survive the process."""
        try:
            with self._database:
                self._database.executemany("INSERT INTO done VALUES (?, ?)", self._rows)
        except self._errors as error:
            raise OutputError(f"{self.path}: cannot be written: {error}") from None
        self._rows.clear()

    def take_name(self, name: str) -> bool:
        """Reserve a name, and return whether no other document of this run has it."""
        raw = os.fsencode(name)
        return self._database.execute("INSERT OR IGNORE INTO taken VALUES (?)", (raw,)).rowcount > 0

    def close(self, *, remove: bool) -> None:
        """End the run.

        Parameters
        ----------
        remove : bool
            Whether to remove the journal; an empty one is always removed.
        """
        try:
            if not remove:
                self.commit()
                remove = self._database.execute("SELECT 1 FROM done LIMIT 1").fetchone() is None
        finally:
            self._database.close()
        if remove:
            self._remove()

    def _remove(self) -> None:
        for suffix in ("", "-wal", "-shm"):
            if os.path.exists(self.path + suffix):
                os.unlink(self.path + suffix)


class Finished:
    """Read the journal of an earlier run; each worker has one."""

    def __init__(self, path: str) -> None:
        self._database = _connect(path)

    def __del__(self) -> None:
        # A worker reads until it ends, so there is no earlier time to close.
        self._database.close()

    def find(self, key: bytes) -> bytes | None:
        """Return the result of a document from an earlier run, or None."""
        query = "SELECT piece FROM done WHERE key = ? ORDER BY rowid DESC LIMIT 1"
        row = self._database.execute(query, (key,)).fetchone()
        return None if row is None else bytes(row[0])


def _connect(path: str) -> sqlite3.Connection:
    import sqlite3

    database = sqlite3.connect(path, timeout=60)
    try:
        # A page of the default 4 KiB has room for one record but not for two.
        database.execute(f"PRAGMA page_size = {_PAGE_BYTES}")
        # With a write-ahead log, workers read while the run writes. Commits do not wait for the disk, so a
        # power cut may lose the last ones; the death of the process does not.
        database.execute("PRAGMA journal_mode = WAL")
        database.execute("PRAGMA synchronous = NORMAL")
    except sqlite3.Error:
        database.close()
        raise
    return database
