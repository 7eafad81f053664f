"""What a run has finished, so that the next one need not do it again.

An SQLite database beside the output maps the key of a document to the bytes that were made of it. The key is
a hash of all that these bytes depend on, so that one whose content or settings have changed is not found.
SQLite keeps what was committed through the death of the process at any moment.
"""

from __future__ import annotations

import os
from hashlib import sha256
from typing import TYPE_CHECKING

from summarize.errors import OutputError

if TYPE_CHECKING:
    import sqlite3

# Committed together: so many documents, or so many seconds, may be lost with the process.
_DOCUMENTS = 64
_SECONDS = 0.5
_PAGE_BYTES = 1 << 14


def make_key(*parts: str) -> bytes:
    """A hash of some strings, 16 bytes."""
    data = "\0".join(f"{len(part)}:{part}" for part in parts)
    return sha256(data.encode("utf-8", "surrogatepass")).digest()[:16]


class Journal:
    """The side that writes; one in a run.

    Parameters
    ----------
    path : str
        Made if it is not there.
    resume : bool
        Whether what is in it is kept.

    Raises
    ------
    OutputError
        If it cannot be written, or another run is at it.
    """

    def __init__(self, path: str, *, resume: bool) -> None:
        import sqlite3

        self.path = path
        self._rows: list[tuple[bytes, bytes]] = []
        self._last = 0.0
        self._errors = sqlite3.Error
        try:
            if not resume:
                self._remove()
            self._database = _connect(path)
            self._database.execute("CREATE TABLE IF NOT EXISTS done (key BLOB, piece BLOB)")
            if resume:
                # Only now: to keep an index of hashes in order while it grows costs more than all else here.
                self._database.execute("CREATE INDEX IF NOT EXISTS by_key ON done (key)")
            self._database.execute("CREATE TEMP TABLE taken (name TEXT PRIMARY KEY) WITHOUT ROWID")
        except (sqlite3.Error, OSError) as error:
            raise OutputError(f"{path}: cannot be written: {error}") from None

    def add(self, key: bytes, piece: bytes) -> None:
        """Remember what was made of a document."""
        from time import monotonic

        self._rows.append((key, piece))
        if len(self._rows) >= _DOCUMENTS or monotonic() - self._last > _SECONDS:
            self.commit()
            self._last = monotonic()

    def commit(self) -> None:
        """Make what was added last beyond the death of the process."""
        try:
            with self._database:
                self._database.executemany("INSERT INTO done VALUES (?, ?)", self._rows)
        except self._errors as error:
            raise OutputError(f"{self.path}: cannot be written: {error}") from None
        self._rows.clear()

    def take_name(self, name: str) -> bool:
        """Whether no other document of this run has a name yet."""
        raw = os.fsencode(name)
        return self._database.execute("INSERT OR IGNORE INTO taken VALUES (?)", (raw,)).rowcount > 0

    def close(self, *, remove: bool) -> None:
        """End the run; the journal of one with nothing left to do may go, and one with nothing in it goes."""
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
    """The side that reads; one in every worker."""

    def __init__(self, path: str) -> None:
        self._database = _connect(path)

    def find(self, key: bytes) -> bytes | None:
        """What was made of a document by an earlier run, or None."""
        query = "SELECT piece FROM done WHERE key = ? ORDER BY rowid DESC LIMIT 1"
        row = self._database.execute(query, (key,)).fetchone()
        return None if row is None else bytes(row[0])


def _connect(path: str) -> sqlite3.Connection:
    import sqlite3

    database = sqlite3.connect(path, timeout=60)
    # By default 4 KiB, in which one record has room and two have not.
    database.execute(f"PRAGMA page_size = {_PAGE_BYTES}")
    # With a log written ahead, workers read while the run writes; without a wait for the disk at every
    # commit, a power cut, other than the death of the process, may cost the last ones.
    database.execute("PRAGMA journal_mode = WAL")
    database.execute("PRAGMA synchronous = NORMAL")
    return database
