"""Worker processes: one function over many items, results in order, and the death of a worker survived.

A worker is a new interpreter at the other end of a socket. It is neither a fork, because a library may not
fork a program that has threads, nor one of :mod:`multiprocessing`, which would run the user's main module
once more. Its numeric libraries are told to use one thread, which must be done before they are loaded.

Items travel in chunks. A worker has one chunk in work and one in waiting, so that it never waits for this
process. Results of later chunks are kept, as the bytes they came as, until those before them are there; when
they are many, nothing more is handed out.
"""

from __future__ import annotations

import contextlib
import math
import os
import pickle
import signal
from collections import deque
from collections.abc import Generator, Iterable, Iterator
from typing import TYPE_CHECKING, Any

from summarize.batch.worker import ERROR, READY, Item, Result, Task, explain_time
from summarize.errors import WorkerError

if TYPE_CHECKING:
    from multiprocessing.connection import Connection
    from subprocess import Popen


# A chunk: large enough that its way costs nothing, small enough that the first results come at once.
_CHUNK_BYTES = 1 << 18
_DOUBLINGS = 7  # at most 128 items
_WAITING = 2
# Results kept for their turn, while one document in front of them takes long.
_KEPT_BYTES = 1 << 26
# Beyond the time limits of its documents: a worker that overstays by so much hangs and is killed.
_GRACE = 10.0
_MOST_STILLBORN = 3
_THREADS = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "VECLIB_MAXIMUM_THREADS")


def run_in_workers(
    task: Task[Item, Result], items: Iterable[Item], *, jobs: int, timeout: float | None = None
) -> Generator[Result, None, None]:
    """The results of all items in their order, made by worker processes.

    Parameters
    ----------
    task : Task
    items : iterable
        Taken as workers need them.
    jobs : int
        How many workers, at least 1.
    timeout : float, optional
        Seconds for an item.

    Yields
    ------
    object

    Raises
    ------
    WorkerError
        If workers cannot be started.
    """
    pool = _Pool(task, jobs, timeout)
    try:
        yield from pool.run(items)
    finally:
        pool.close()


class _Chunk:
    """Items that travel together: a whole chunk, or one item of a chunk on which workers died."""

    __slots__ = ("deaths", "items", "number", "place")

    def __init__(self, number: int, items: list[Any], place: int = 0, deaths: int = 0) -> None:
        self.number = number
        self.items = items
        self.place = place
        self.deaths = deaths


class _Worker:
    """A process, the socket to it, and the chunks that it has."""

    __slots__ = ("chunks", "connection", "process", "ready", "since")

    def __init__(self, process: Popen[bytes], connection: Connection) -> None:
        self.process = process
        self.connection = connection
        self.chunks: deque[_Chunk] = deque()
        self.ready = False
        self.since = 0.0


class _Pool:
    """The state of a run: workers, chunks that go out once more, and results that wait for their turn."""

    def __init__(self, task: Task[Any, Any], jobs: int, timeout: float | None) -> None:
        self.task = task
        self.jobs = jobs
        self.timeout = timeout
        try:
            self.hello = pickle.dumps((task, timeout, jobs), pickle.HIGHEST_PROTOCOL)
        except Exception as error:  # a lambda, a local class, …: each has its own exception
            raise WorkerError(f"a setting cannot be sent to worker processes ({error}); use jobs=1") from None
        self.stillborn = 0
        self.workers: list[_Worker] = []
        self.again: deque[_Chunk] = deque()
        self.parts: dict[int, dict[int, bytes | list[Any]]] = {}
        self.missing: dict[int, int] = {}
        self.kept = 0

    def run(self, items: Iterable[Any]) -> Iterator[Any]:
        chunks = self._cut(items)
        turn = 0
        more = True
        while True:
            while self.missing.get(turn) == 0:
                yield from self._take(turn)
                turn += 1
            more = self._hand_out(chunks, more)
            if not more and not self.missing and not self.again:
                return
            self._listen()

    def close(self) -> None:
        for worker in self.workers:
            worker.process.kill()
        for worker in self.workers:
            worker.process.wait()
            worker.connection.close()
        self.workers.clear()

    def _cut(self, items: Iterable[Any]) -> Iterator[_Chunk]:
        number = size = 0
        chunk: list[Any] = []
        for item in items:
            chunk.append(item)
            size += self.task.weigh(item)
            # The first ones are short, so that the first results are soon there.
            if size >= _CHUNK_BYTES or len(chunk) >= 1 << min(_DOUBLINGS, number // self.jobs):
                yield _Chunk(number, chunk)
                number += 1
                size, chunk = 0, []
        if chunk:
            yield _Chunk(number, chunk)

    def _take(self, number: int) -> Iterator[Any]:
        """The results of a chunk that is complete."""
        del self.missing[number]
        parts = self.parts.pop(number)
        for place in sorted(parts):
            part = parts[place]
            if isinstance(part, bytes):
                self.kept -= len(part)
                part = pickle.loads(part)
            yield from part

    def _hand_out(self, chunks: Iterator[_Chunk], more: bool) -> bool:
        """Give chunks to workers that have room; whether there may be more chunks."""
        for rank in range(_WAITING):
            for number in range(self.jobs):
                if number < len(self.workers) and len(self.workers[number].chunks) > rank:
                    continue
                chunk = self.again.popleft() if self.again else None
                if chunk is None and more and self.kept < _KEPT_BYTES:
                    chunk = next(chunks, None)
                    if chunk is None:
                        more = False
                    else:
                        self.missing[chunk.number] = 1
                        self.parts[chunk.number] = {}
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
        with contextlib.suppress(OSError):  # it is dead, which shows when it is listened to
            worker.connection.send_bytes(pickle.dumps(chunk.items, pickle.HIGHEST_PROTOCOL))

    def _listen(self) -> None:
        """Wait until a worker has something to tell, or has had its time."""
        from multiprocessing.connection import wait
        from time import monotonic

        busy = {worker.connection: worker for worker in self.workers if worker.chunks}
        ready = wait(list(busy), self._patience(list(busy.values())))
        for connection in ready:
            worker = busy[connection]  # type: ignore[index]
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
        if not worker.ready:  # its time begins when it has started
            return math.inf
        return worker.since + _GRACE + self.timeout * len(worker.chunks[0].items)

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
        """Have what a dead worker had done by others, and find out what it died of."""
        if hangs:
            worker.process.kill()
        code = worker.process.wait()
        worker.connection.close()
        self.workers.remove(worker)
        if not worker.ready and not hangs:
            self.stillborn += 1
            if self.stillborn > _MOST_STILLBORN:
                raise WorkerError(f"worker processes cannot be started: the last one {_explain(code)}")
            self.again.extendleft(reversed(worker.chunks))
            return
        chunk = worker.chunks.popleft()
        self.again.extendleft(reversed(worker.chunks))
        chunk.deaths += 1
        if len(chunk.items) == 1 and (chunk.deaths > 1 or hangs):
            problem = explain_time(self.timeout or 0.0) if hangs else f"its worker process {_explain(code)}"
            self.parts[chunk.number][chunk.place] = [self.task.lose(chunk.items[0], problem)]
            self.missing[chunk.number] -= 1
        elif len(chunk.items) == 1 or (chunk.deaths == 1 and not hangs):
            self.again.appendleft(chunk)
        else:
            singles = [_Chunk(chunk.number, [item], i, 1) for i, item in enumerate(chunk.items)]
            self.missing[chunk.number] = len(singles)
            self.again.extendleft(reversed(singles))


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
            process_group=0,  # Ctrl-C is for the parent, which then kills
        )
    worker = _Worker(process, Connection(here.detach()))
    with contextlib.suppress(OSError):  # dead already, which shows when it is listened to
        worker.connection.send_bytes(hello)
    return worker
