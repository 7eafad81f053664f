"""Run a task on many items in worker processes, with results in order, even if a worker dies.

A worker is a new interpreter at the other end of a socket. It is not a fork, because a library must not fork
a program that has threads. Nor is it a :mod:`multiprocessing` process, which would run the user's main module
again. Numeric libraries in a worker use one thread, which must be set before they are loaded.

Items travel in chunks. A worker has one chunk in progress and one waiting, so that it never waits for this
process. Results of later chunks are kept as bytes until the earlier ones arrive; if they take too much
memory, no more chunks are sent.
"""

from __future__ import annotations

import contextlib
import math
import os
import pickle
import signal
from collections import deque
from collections.abc import Generator, Iterator
from typing import TYPE_CHECKING, Any

from summarize.batch.supply import Supply
from summarize.batch.worker import ERROR, READY, UNREADABLE, Result, Task, explain_time
from summarize.errors import WorkerError

if TYPE_CHECKING:
    from multiprocessing.connection import Connection
    from subprocess import Popen


# Large enough to make the transport of a chunk cheap, and small enough to give the first results quickly.
_CHUNK_BYTES = 1 << 18
_DOUBLINGS = 7  # At most 128 items.
_MAX_CHUNKS = 2
# Results that wait for their turn while a document before them takes long.
_MAX_KEPT_BYTES = 1 << 26
# A worker that exceeds the time limits of its documents by this many seconds is hanging, and is killed.
_GRACE = 10.0
_MAX_STILLBORN = 3
_THREADS = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "VECLIB_MAXIMUM_THREADS")


def run_in_workers(
    task: Task[Any, Result], items: Supply[Any], *, jobs: int, timeout: float | None = None
) -> Generator[Result, None, None]:
    """Do all items in worker processes.

    Parameters
    ----------
    task : Task
    items : Supply
        Taken as workers need them.
    jobs : int
        Number of workers, at least 1.
    timeout : float, optional
        Maximum seconds for an item.

    Yields
    ------
    object
        The results, in order.

    Raises
    ------
    WorkerError
        If workers cannot be started.
    Exception
        What the supply raises, after the results of the items before it.
    """
    pool = _Pool(task, jobs, timeout)
    try:
        yield from pool.run(items)
    finally:
        pool.close()


class _Chunk:
    """Items that travel together: a whole chunk, or one item of a chunk that killed workers."""

    __slots__ = ("data", "deaths", "items", "number", "place")

    def __init__(self, number: int, items: list[Any], place: int = 0, deaths: int = 0) -> None:
        self.number = number
        self.items = items
        self.place = place
        self.deaths = deaths
        # The pickled items, until they are sent for the first time.
        self.data = b""


class _Worker:
    """A process, its socket, and the chunks that were sent to it."""

    __slots__ = ("chunks", "connection", "process", "ready", "since")

    def __init__(self, process: Popen[bytes], connection: Connection) -> None:
        self.process = process
        self.connection = connection
        self.chunks: deque[_Chunk] = deque()
        self.ready = False
        self.since = 0.0


class _Pool:
    """The state of a run: workers, chunks to send again, and results that wait for their turn."""

    def __init__(self, task: Task[Any, Any], jobs: int, timeout: float | None) -> None:
        self.task = task
        self.jobs = jobs
        self.timeout = timeout
        try:
            self.hello = pickle.dumps((task, timeout, jobs), pickle.HIGHEST_PROTOCOL)
        except Exception as error:  # Lambdas, local classes and others each raise their own exception.
            raise WorkerError(f"a setting cannot be sent to worker processes ({error}); use jobs=1") from None
        self.stillborn = 0
        self.workers: list[_Worker] = []
        self.again: deque[_Chunk] = deque()
        self.parts: dict[int, dict[int, bytes | list[Any]]] = {}
        self.missing: dict[int, int] = {}
        self.kept = 0
        self.number = 0
        self.error: Exception | None = None

    def run(self, items: Supply[Any]) -> Iterator[Any]:
        turn = 0
        more = True
        while True:
            while self.missing.get(turn) == 0:
                yield from self._take(turn)
                turn += 1
            more = self._hand_out(items, more)
            if self.missing.get(turn) == 0:
                continue
            if not more and not self.missing and not self.again:
                if self.error is not None:
                    raise self.error
                return
            self._listen([items] if more and self._has_room() and not items.is_ready() else [])

    def close(self) -> None:
        for worker in self.workers:
            worker.process.kill()
        for worker in self.workers:
            worker.process.wait()
            worker.connection.close()
        self.workers.clear()

    def _cut(self, items: Supply[Any]) -> tuple[_Chunk | None, bool]:
        """Take the items of the next chunk, if there are any, and tell whether there may be more."""
        # The first chunks are short, so that the first results come quickly.
        number = self.number
        try:
            taken = items.take(1 << min(_DOUBLINGS, number // self.jobs), _CHUNK_BYTES)
        except Exception as error:  # Raised by `run`, after the results of the items before it.
            self.error = error
            return None, False
        if not taken:
            return None, False
        self.number += 1
        self.missing[number] = 1
        self.parts[number] = {}
        chunk = _Chunk(number, taken)
        try:
            chunk.data = pickle.dumps(taken, pickle.HIGHEST_PROTOCOL)
        except Exception:
            return self._sort_out(chunk), True
        return chunk, True

    def _sort_out(self, chunk: _Chunk) -> _Chunk | None:
        """Lose the items that cannot be pickled; return one of the others, and keep the rest to be sent."""
        for place, item in enumerate(chunk.items):
            try:
                pickle.dumps(item, pickle.HIGHEST_PROTOCOL)
            except Exception as error:
                problem = f"cannot be sent to a worker process: {error}"
                self.parts[chunk.number][place] = [self.task.lose(item, problem)]
            else:
                self.again.append(_Chunk(chunk.number, [item], place))
        self.missing[chunk.number] = len(chunk.items) - len(self.parts[chunk.number])
        return self.again.popleft() if self.again else None

    def _take(self, number: int) -> Iterator[Any]:
        """Yield the results of a complete chunk."""
        del self.missing[number]
        parts = self.parts.pop(number)
        for place in sorted(parts):
            part = parts[place]
            if isinstance(part, bytes):
                self.kept -= len(part)
                part = pickle.loads(part)
            yield from part

    def _has_room(self) -> bool:
        """Tell whether a worker can be sent another chunk."""
        n_free = self.jobs - len(self.workers)
        is_free = n_free > 0 or any(len(worker.chunks) < _MAX_CHUNKS for worker in self.workers)
        return is_free and self.kept < _MAX_KEPT_BYTES

    def _hand_out(self, items: Supply[Any], more: bool) -> bool:
        """Send chunks to workers that have room, and return whether there may be more chunks."""
        for rank in range(_MAX_CHUNKS):
            for number in range(self.jobs):
                if number < len(self.workers) and len(self.workers[number].chunks) > rank:
                    continue
                chunk = self.again.popleft() if self.again else None
                if chunk is None and more and self.kept < _MAX_KEPT_BYTES and items.is_ready():
                    chunk, more = self._cut(items)
                if chunk is None:
                    return more
                if number >= len(self.workers):
                    self.workers.append(_start(self.hello))
                    number = len(self.workers) - 1
                self._send(self.workers[number], chunk)
        return more

    def _send(self, worker: _Worker, chunk: _Chunk) -> None:
        from time import monotonic

        if not worker.chunks:
            worker.since = monotonic()
        worker.chunks.append(chunk)
        with contextlib.suppress(OSError):  # A dead worker is noticed when it is listened to.
            worker.connection.send_bytes(chunk.data or pickle.dumps(chunk.items, pickle.HIGHEST_PROTOCOL))
        chunk.data = b""

    def _listen(self, others: list[Any]) -> None:
        """Wait until a worker answers, its time is up, or one of the others can be read."""
        from multiprocessing.connection import wait
        from time import monotonic

        busy: dict[object, _Worker] = {worker.connection: worker for worker in self.workers if worker.chunks}
        connections = [worker.connection for worker in busy.values()]
        ready = wait([*connections, *others], self._patience(list(busy.values())))
        for connection in ready:
            if connection not in busy:
                continue
            worker = busy[connection]
            try:
                answer = worker.connection.recv_bytes()
            except (EOFError, OSError):
                self._bury(worker)
                continue
            self._keep(worker, answer)
        if self.timeout and not ready:
            for worker in busy.values():
                if monotonic() > self._deadline(worker):
                    self._bury(worker, hangs=True)

    def _patience(self, busy: list[_Worker]) -> float | None:
        from time import monotonic

        if not self.timeout or not busy:
            return None
        left = min(map(self._deadline, busy)) - monotonic()
        return None if left == math.inf else max(0.0, left) + 0.01

    def _deadline(self, worker: _Worker) -> float:
        assert self.timeout is not None
        if not worker.ready:  # Its time begins when it is ready.
            return math.inf
        # Items that were tried together may have to be tried again one by one.
        return worker.since + _GRACE + self.timeout * 2 * len(worker.chunks[0].items)

    def _keep(self, worker: _Worker, answer: bytes) -> None:
        from time import monotonic

        if answer[:1] == ERROR:
            raise pickle.loads(answer[1:])
        if answer == READY:
            worker.ready, worker.since = True, monotonic()
            self.stillborn = 0
            return
        chunk = worker.chunks.popleft()
        worker.since = monotonic()
        self.parts[chunk.number][chunk.place] = answer
        self.kept += len(answer)
        self.missing[chunk.number] -= 1

    def _bury(self, worker: _Worker, hangs: bool = False) -> None:
        """Give the chunks of a dead worker to others, and find out which document killed it."""
        if hangs:
            worker.process.kill()
        code = worker.process.wait()
        worker.connection.close()
        self.workers.remove(worker)
        if not worker.ready and not hangs:
            self.stillborn += 1
            if self.stillborn > _MAX_STILLBORN:
                raise WorkerError(f"worker processes cannot be started: the last one {_explain(code)}")
            self.again.extendleft(reversed(worker.chunks))
            return
        chunk = worker.chunks.popleft()
        self.again.extendleft(reversed(worker.chunks))
        chunk.deaths += 1
        if len(chunk.items) == 1 and (chunk.deaths > 1 or hangs):
            problem = explain_time(self.timeout or 0.0) if hangs else _explain_loss(code)
            self.parts[chunk.number][chunk.place] = [self.task.lose(chunk.items[0], problem)]
            self.missing[chunk.number] -= 1
        elif len(chunk.items) == 1 or (chunk.deaths == 1 and not hangs):
            self.again.appendleft(chunk)
        else:
            singles = [_Chunk(chunk.number, [item], i, 1) for i, item in enumerate(chunk.items)]
            self.missing[chunk.number] = len(singles)
            self.again.extendleft(reversed(singles))


def _explain_loss(code: int) -> str:
    if code == UNREADABLE:
        return "cannot be read by a worker process, as if its class is not in a module; use jobs=1"
    return f"its worker process {_explain(code)}"


def _explain(code: int) -> str:
    if code >= 0:
        return f"ended with code {code}"
    name = signal.Signals(-code).name
    return f"was killed by {name}" + (", as when memory runs out" if name == "SIGKILL" else "")


def _start(hello: bytes) -> _Worker:
    import socket
    import sys
    from multiprocessing.connection import Connection
    from subprocess import DEVNULL, Popen

    here, there = socket.socketpair()
    path = os.pathsep.join(os.path.abspath(each) for each in sys.path)
    environment = os.environ | dict.fromkeys(_THREADS, "1") | {"PYTHONPATH": path}
    call = f"from summarize.batch.worker import serve; serve({there.fileno()})"
    with there:
        process = Popen(
            [sys.executable, "-P", "-c", call],
            stdin=DEVNULL,
            stdout=DEVNULL,
            env=environment,
            pass_fds=[there.fileno()],
            process_group=0,  # Ctrl-C goes to the parent, which kills the workers.
        )
    worker = _Worker(process, Connection(here.detach()))
    with contextlib.suppress(OSError):  # A dead worker is noticed when it is listened to.
        worker.connection.send_bytes(hello)
    return worker
