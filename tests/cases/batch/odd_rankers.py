"""Rankers that misbehave on some texts, and a document that does; importable by worker processes."""

from __future__ import annotations

import os
import signal
import time
from pathlib import Path

import numpy as np


def kill_worker(document):
    """Die of texts with POISON in them; once only of those with FLAKY."""
    if "POISON" in document.text:
        os.kill(os.getpid(), signal.SIGKILL)
    if "FLAKY" in document.text:
        mark = Path(os.environ["FLAKY_MARK"])
        if not mark.exists():
            mark.touch()
            os.kill(os.getpid(), signal.SIGKILL)
    return lead(document)


def break_down(document):
    """Raise an exception for texts with BREAK in them."""
    if "BREAK" in document.text:
        raise ZeroDivisionError("no reason")
    return lead(document)


def dawdle(document):
    """Take a minute for texts with SLOW in them."""
    if "SLOW" in document.text:
        time.sleep(60)
    return lead(document)


_loaded = []


def load_slowly(document):
    """Take two seconds for the first text in a process."""
    if not _loaded:
        _loaded.append(True)
        time.sleep(2)
    return lead(document)


def hang(document):
    """Take a minute for texts with SLOW in them, and heed no signal but SIGKILL."""
    if "SLOW" in document.text:
        signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGALRM})
        time.sleep(60)
    return lead(document)


def hoard(document):
    """Want more memory than there is for texts with LARGE in them."""
    if "LARGE" in document.text:
        bytearray(1 << 45)
    return lead(document)


def log(document):
    """Write the source of every text into a file."""
    with open(os.environ["RANKED_LOG"], "ab", buffering=0) as file:
        file.write(os.fsencode(document.source or "-") + b"\n")
    time.sleep(0.0005)
    return lead(document)


def lead(document):
    return -np.arange(len(document), dtype=float)


class Unnamed:
    """A path that cannot say which."""

    def __fspath__(self):
        raise ZeroDivisionError("no path")
