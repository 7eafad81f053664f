"""How far a long run has come, on stderr: a bar on a terminal, else a line now and then."""

from __future__ import annotations

import contextlib
import os
import sys
import threading
from time import monotonic
from typing import Any

from summarize.batch.task import Outcome
from summarize.cli.console import count, say, say_failures
from summarize.inputs import COMPRESSIONS, Reading, find_paths, find_reader

_LINE_SECONDS = 10.0
_BAR_SECONDS = 0.2


class Progress:
    """Counts outcomes and tells of them.

    Parameters
    ----------
    inputs : tuple of str
        What is read, to tell the time left.
    reading : Reading
    quiet : bool
        Whether nothing but the number of failures is told.
    known : bool
        Whether `inputs` are all there is.

    Attributes
    ----------
    documents, failures, size : int
        So far; the size is in bytes.
    """

    def __init__(self, inputs: tuple[str, ...], reading: Reading, *, quiet: bool, known: bool = True) -> None:
        self.documents = self.failures = self.size = 0
        self._quiet = quiet
        self._start = self._told = monotonic()
        self._total: int | None = None
        self._inputs, self._reading, self._known = inputs, reading, known
        self._measured = False
        self._bar: Any = None
        self._on_terminal = not quiet and sys.stderr.isatty()

    def step(self, outcome: Outcome) -> None:
        """Count an outcome, and tell of it what the user should know."""
        self.documents += 1
        self.size += outcome.size
        if outcome.problem is not None:
            self.failures += 1
            self.say(f"{outcome.source}: {outcome.problem}")
        for note in outcome.notes:
            self.say(note)
        now = monotonic()
        if not self._quiet and now - self._told > (_BAR_SECONDS if self._on_terminal else _LINE_SECONDS):
            self._told = now
            self._tell(now)

    def say(self, message: str) -> None:
        """Tell something, beside the bar."""
        if self._quiet:
            return
        if self._bar is not None:
            self._bar.clear()
        say(message)

    def close(self) -> None:
        """Tell the number of failures, if there are any."""
        if self._bar is not None:
            self._tell(monotonic())
            self._bar.close()
        say_failures(self.failures, self.documents)

    def _tell(self, now: float) -> None:
        if not self._measured:
            self._measured = True
            if self._known:
                threading.Thread(target=self._measure, daemon=True).start()
        if self._on_terminal:
            self._draw()
        else:
            say(describe(self.documents, self.size, self.failures, now - self._start, self._total))

    def _draw(self) -> None:
        if self._bar is None:
            from tqdm import tqdm

            tqdm.monitor_interval = 0
            self._bar = tqdm(file=sys.stderr, bar_format="{desc}", leave=True)
        bar, total = self._bar, self._total
        if total:
            bar.total, bar.n = total, min(self.size, total)
            bar.bar_format = "{percentage:3.0f}%|{bar}| {desc}"
        elapsed = monotonic() - self._start
        bar.set_description_str(describe(self.documents, self.size, self.failures, elapsed, total))

    def _measure(self) -> None:
        """Find out, beside the work, how many bytes there are; of compressed ones it cannot be known."""
        total = 0
        for path in self._inputs:
            size = measure(path, self._reading)
            if size is None:
                return
            total += size
        self._total = total


def describe(documents: int, size: int, failures: int, seconds: float, total: int | None) -> str:
    """One line on how far a run has come.

    Parameters
    ----------
    documents, size, failures : int
        Done so far; the size is in bytes.
    seconds : float
        Since the start.
    total : int or None
        Bytes of all documents, if known.
    """
    parts = [
        count(documents, "document"),
        f"{size / 1e6 / max(seconds, 1e-9):.1f} MB/s",
        count(failures, "failure"),
    ]
    if total and size:
        left = max(0.0, seconds * (total - size) / size)
        hours, minutes = divmod(int(left) // 60, 60)
        parts.append(f"{hours}:{minutes:02}:{int(left) % 60:02} left")
    return ", ".join(parts)


def measure(path: str, reading: Reading) -> int | None:
    """Bytes of the documents of an input; None where only reading them all would tell."""
    if path == "-" or "://" in path:
        return None
    total = 0
    for item in find_paths((path,), reading):
        if item.source.lower().endswith(COMPRESSIONS) or find_reader(item.source) in (".parquet", ".zip"):
            return None
        with contextlib.suppress(OSError):
            total += item.size or os.stat(item.source).st_size
    return total
