"""Run in a worker process: answer chunks of items with their results, each within its time limit."""

from __future__ import annotations

import contextlib
import os
import pickle
import signal
import threading
from collections.abc import Generator, Iterable, Sequence
from types import FrameType
from typing import Protocol, TypeVar

from summarize.batch.supply import divide
from summarize.errors import WorkerError

Item = TypeVar("Item", contravariant=True)
Result = TypeVar("Result", covariant=True)

# First bytes of messages that are not results; no pickle begins with them.
READY, ERROR = b"R", b"E"
# Exit code of a worker that cannot unpickle its items.
UNREADABLE = 74
_MIN_MEMORY = 1 << 31


class Task(Protocol[Item, Result]):
    """What to do with items; it is pickled and sent to the workers."""

    def prepare(self) -> None:
        """Load in advance what the first item needs, so that loading does not count toward its time limit."""

    def __call__(self, items: Sequence[Item], /) -> Sequence[Result]:
        """Return the result of each item; an exception ends the whole run."""

    def lose(self, item: Item, problem: str, /) -> Result:
        """Return the result of an item that took too long or killed its worker."""

    def weigh(self, item: Item, /) -> int:
        """Return the approximate size of an item in bytes."""


def run_here(
    task: Task[Item, Result], chunks: Iterable[Sequence[Item]], *, timeout: float | None = None
) -> Generator[Result, None, None]:
    """Do all items in this process.

    Parameters
    ----------
    task : Task
    chunks : iterable of sequence
        The items to process together, as from `summarize.batch.supply.cut`.
    timeout : float, optional
        Maximum seconds for an item. It works only in the main thread, where signals arrive.

    Yields
    ------
    object
        The results, in order.
    """
    if timeout and threading.current_thread() is threading.main_thread():
        before = signal.signal(signal.SIGALRM, _expire)
        try:
            for chunk in chunks:
                yield from _attempt(task, chunk, timeout)
        finally:
            signal.signal(signal.SIGALRM, before)
    else:
        for chunk in chunks:
            yield from task(chunk)


class _Expired(BaseException):
    """A document took too long. Not an Exception, because a ranker might catch it."""


_armed = False


def _expire(_signal: int, _frame: FrameType | None) -> None:
    if _armed:
        raise _Expired


def _attempt(task: Task[Item, Result], items: Sequence[Item], timeout: float | None) -> Sequence[Result]:
    """Return the results of items; an item whose time is up is lost.

    A chunk has the time limit of one item. If that is not enough, its items are tried one by one.
    """
    global _armed
    if not timeout:
        return task(items)
    try:
        _armed = True
        # The signal repeats every second, because an exception raised inside a destructor is dropped.
        signal.setitimer(signal.ITIMER_REAL, timeout, 1.0)
        try:
            return task(items)
        finally:
            _armed = False
            signal.setitimer(signal.ITIMER_REAL, 0)
    except _Expired:
        _armed = False
        signal.setitimer(signal.ITIMER_REAL, 0)
    if len(items) == 1:
        return [task.lose(items[0], explain_time(timeout))]
    return [result for item in items for result in _attempt(task, [item], timeout)]


def explain_time(timeout: float) -> str:
    """Say that a time limit was exceeded."""
    return f"took more than {timeout:g} s"


def _limit_memory(jobs: int) -> None:
    """Limit memory, so that a document that needs too much fails, and the machine does not."""
    import resource

    share = int(0.8 * os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / jobs)
    _, most = resource.getrlimit(resource.RLIMIT_DATA)
    limit = max(share, _MIN_MEMORY)
    if most == resource.RLIM_INFINITY or limit < most:
        with contextlib.suppress(OSError, ValueError):
            resource.setrlimit(resource.RLIMIT_DATA, (limit, most))


def serve(descriptor: int) -> None:
    """Answer chunks until the other end of the socket is closed."""
    from multiprocessing.connection import Connection
    from queue import SimpleQueue

    signal.signal(signal.SIGALRM, _expire)
    connection = Connection(descriptor)
    try:
        hello = connection.recv_bytes()
    except (EOFError, OSError):
        os._exit(0)
    try:
        task, timeout, jobs = pickle.loads(hello)
    except Exception as error:  # Such as a function of the main module, which exists only in the parent.
        problem = WorkerError(f"a setting cannot be read by worker processes ({error}); use jobs=1")
        connection.send_bytes(ERROR + pickle.dumps(problem))
        os._exit(0)
    _limit_memory(jobs)
    inbox: SimpleQueue[bytes] = SimpleQueue()

    def listen() -> None:
        # In a thread of its own, so that the parent can always send, and its end is noticed at once.
        try:
            while True:
                inbox.put(connection.recv_bytes())
        except (EOFError, OSError):
            os._exit(0)

    threading.Thread(target=listen, daemon=True).start()
    task.prepare()
    with contextlib.suppress(OSError):
        connection.send_bytes(READY)
    while True:
        data = inbox.get()
        try:
            items = pickle.loads(data)
        except Exception:  # Such as an item whose class exists only in the main module of the parent.
            os._exit(UNREADABLE)
        try:
            chunks = divide(items, task.weigh)
            results = [result for chunk in chunks for result in _attempt(task, chunk, timeout)]
            answer = pickle.dumps(results, pickle.HIGHEST_PROTOCOL)
        except Exception as error:
            answer = ERROR + _pickle_error(error)
        try:
            connection.send_bytes(answer)
        except OSError:
            os._exit(0)


def _pickle_error(error: Exception) -> bytes:
    try:
        pickled = pickle.dumps(error)
        pickle.loads(pickled)
    except Exception:
        return pickle.dumps(WorkerError(f"{type(error).__name__}: {error}"))
    return pickled
