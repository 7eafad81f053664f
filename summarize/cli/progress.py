"""The progress of a long run on stderr: a bar on a terminal, otherwise a line every ten seconds."""

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
    """Count outcomes, and report them.

    Parameters
    ----------
    inputs : tuple of str
        Measured to estimate the time left.
    reading : Reading
    quiet : bool
        Whether to report only the number of failures.
    known : bool
        Whether there are no more inputs than these.

    Attributes
    ----------
    documents, failures, size : int
        Counts so far; the size is in bytes.
    """

    def __init__(self, inputs: tuple[str, ...], reading: Reading, *, quiet: bool, known: bool = True) -> None:
        self.documents: int = 0
        self.failures: int = 0
        self.size: int = 0
        self._quiet = quiet
        self._start = self._reported = monotonic()
        self._total: int | None = None
        self._inputs, self._reading, self._known = inputs, reading, known
        self._measured = False
        self._bar: Any = None
        self._on_terminal = not quiet and sys.stderr.isatty()

    def step(self, outcome: Outcome) -> None:
        """Count an outcome, and report what the user should know about it."""
        self.documents += 1
        self.size += outcome.size
        if outcome.problem is not None:
            self.failures += 1
            self.say(f"{outcome.source}: {outcome.problem}")
        for note in outcome.notes:
            self.say(note)
        now = monotonic()
        if not self._quiet and now - self._reported > (_BAR_SECONDS if self._on_terminal else _LINE_SECONDS):
            self._reported = now
            self._report(now)

    def say(self, message: str) -> None:
        """Print a message without breaking the bar."""
        if self._quiet:
            return
        if self._bar is not None:
            self._bar.clear()
        say(message)

    def close(self) -> None:
        """Report the number of failures, if there are any."""
        if self._bar is not None:
            self._report(monotonic())
            self._bar.close()
        say_failures(self.failures, self.documents, len(self._inputs) if self._known else 0)

    def _report(self, now: float) -> None:
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
        """Measure the inputs, in a thread of its own; the size of compressed ones is not known."""
        total = 0
        for path in self._inputs:
            size = measure(path, self._reading)
            if size is None:
                return
            total += size
        self._total = total


def describe(documents: int, size: int, failures: int, seconds: float, total: int | None) -> str:
    """Describe the progress of a run in one line.

    Parameters
    ----------
    documents, size, failures : int
        Counts so far; the size is in bytes.
    seconds : float
        Time since the start.
    total : int or None
        Bytes of all documents, if known.

    Returns
    -------
    str

    Examples
    --------
    >>> describe(20, 5_000_000, 1, 2.0, 15_000_000)
    '20 documents, 2.5 MB/s, 1 failure, 0:00:04 left'
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
    """Return the bytes of the documents of an input; None if only reading them would tell."""
    if path == "-" or "://" in path:
        return None
    total = 0
    for item in find_paths((path,), reading):
        if item.source.lower().endswith(COMPRESSIONS) or find_reader(item.source) in (".parquet", ".zip"):
            return None
        with contextlib.suppress(OSError):
            total += item.size or os.stat(item.source).st_size
    return total
