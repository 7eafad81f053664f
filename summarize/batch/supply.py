"""Supply items in chunks, without waiting for a chunk to fill."""

from __future__ import annotations

import io
import math
import os
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from time import monotonic
from typing import Generic, Protocol, TypeVar

from summarize.errors import OutputError

Item = TypeVar("Item")

# Items in a chunk: some 1,500 sentences. Larger chunks do not fit into the cache of a processor, which costs
# more than the shared calls save.
MAX_CHUNK, MAX_CHUNK_BYTES = 32, 3 << 16
# Items and bytes that may be taken ahead.
_MAX_AHEAD, _MAX_AHEAD_BYTES = 256, 1 << 22


class Supply(Protocol[Item]):
    """A source of items."""

    def take(self, max_items: int, max_bytes: int) -> list[Item]:
        """Take the next items: at most `max_items`, and at most `max_bytes` unless one item alone has more.

        There is at least one, except at the end.
        """

    def is_ready(self) -> bool:
        """Tell whether `take` returns without waiting for input."""

    def fileno(self) -> int:
        """Return a descriptor that becomes readable once `is_ready`; asked for only before that."""


def cut(supply: Supply[Item], max_items: int = MAX_CHUNK, *, first: int = 1) -> Iterator[list[Item]]:
    """Cut items into chunks, which are processed together.

    Parameters
    ----------
    supply : Supply
    max_items : int
        Maximum number of items in a chunk. A chunk has at most 192 KiB, unless one item alone has more.
    first : int
        Maximum number of items in the first chunk, so that the first results come quickly. Each further chunk
        may have twice as many as the one before.

    Yields
    ------
    list

    Examples
    --------
    >>> [len(chunk) for chunk in cut(Direct("abcdefghij", len), 4)]
    [1, 2, 4, 3]
    >>> [len(chunk) for chunk in cut(Direct(["a", "b" * 500_000, "c"], len), first=4)]
    [1, 1, 1]
    """
    while chunk := supply.take(min(first, max_items), MAX_CHUNK_BYTES):
        yield chunk
        first *= 2


def divide(items: Iterable[Item], weigh: Callable[[Item], int]) -> Iterator[list[Item]]:
    """Divide items that are available at once into full-size chunks.

    Parameters
    ----------
    items : iterable
    weigh : callable
        From an item to its size in bytes.

    Yields
    ------
    list

    Examples
    --------
    >>> [len(chunk) for chunk in divide("a" * 70, len)]
    [32, 32, 6]
    """
    return cut(Direct(items, weigh), first=MAX_CHUNK)


class Direct(Generic[Item]):
    """Items that are taken from an iterable only when they are needed.

    Parameters
    ----------
    items : iterable
    weigh : callable
        From an item to its size in bytes.

    Examples
    --------
    >>> Direct("abc", len).take(2, 100)
    ['a', 'b']
    """

    def __init__(self, items: Iterable[Item], weigh: Callable[[Item], int]) -> None:
        self._items, self._weigh = iter(items), weigh
        # An item that did not fit into the last chunk, and its size.
        self._next: tuple[Item, int] | None = None
        self._error: Exception | None = None

    def take(self, max_items: int, max_bytes: int) -> list[Item]:
        """Take items; see `Supply`. An exception of the iterable is raised after the items before it."""
        taken: list[Item] = []
        size = 0
        while len(taken) < max_items and size < max_bytes and (drawn := self._next or self._draw()):
            item, weight = self._next = drawn
            if taken and size + weight > max_bytes:
                break
            self._next = None
            taken.append(item)
            size += weight
        if not taken and self._error is not None:
            raise self._error
        return taken

    def _draw(self) -> tuple[Item, int] | None:
        """Draw the next item from the iterable; None at its end, or if it has raised an exception."""
        if self._error is None:
            try:
                for item in self._items:
                    return item, self._weigh(item)
            except Exception as error:
                self._error = error
        return None

    def is_ready(self) -> bool:
        """Return True, because there is no way to tell how long an iterable takes."""
        return True

    def fileno(self) -> int:
        """Raise an error, because these items are always ready."""
        raise io.UnsupportedOperation("items of an iterable cannot be waited for")


class Ahead(Generic[Item]):
    """Items that a thread takes ahead, so that available ones can be processed while it waits for the next.

    The thread ends with the iterable or with the program: an iterable that waits for input cannot be stopped.

    Parameters
    ----------
    items : iterable
        Used only in the thread. If it raises an exception, `take` raises it after the items before it.
    weigh : callable
        From an item to its size in bytes.
    finish : callable, optional
        Applied to each item in the thread that takes it.

    Examples
    --------
    >>> ahead = Ahead("abc", len, str.upper)
    >>> ahead.take(1, 100)
    ['A']
    >>> ahead.close()
    """

    def __init__(
        self,
        items: Iterable[Item],
        weigh: Callable[[Item], int],
        finish: Callable[[Item], Item] | None = None,
    ) -> None:
        self._items, self._weigh, self._finish = items, weigh, finish
        self._queue: deque[tuple[Item, int]] = deque()
        self._size = 0
        self._has_ended = self._is_closed = self._is_full = False
        self._error: BaseException | None = None
        self._changed = threading.Condition()
        # Holds a byte while `take` would not wait, so that other descriptors can be waited for at the same
        # time.
        self._reader, self._writer = os.pipe()
        threading.Thread(target=self._fill, daemon=True).start()

    def take(self, max_items: int, max_bytes: int) -> list[Item]:
        """Take the available items; see `Supply`."""
        taken: list[Item] = []
        size = 0
        with self._changed:
            self._changed.wait_for(lambda: self._queue or self._has_ended)
            while self._queue and len(taken) < max_items and size < max_bytes:
                item, weight = self._queue[0]
                if taken and size + weight > max_bytes:
                    break
                self._queue.popleft()
                taken.append(item)
                size += weight
            self._size -= size
            if not taken and self._error is not None:
                raise self._error
            if taken and not self._queue and not self._has_ended:
                os.read(self._reader, 1)
            self._changed.notify_all()
        return taken if self._finish is None else [*map(self._finish, taken)]

    def is_ready(self) -> bool:
        """Tell whether `take` would not wait."""
        with self._changed:
            return bool(self._queue) or self._has_ended

    def has_many(self, max_items: int, max_bytes: int, patience: float) -> bool:
        """Wait until it is known whether there are more items, or bytes in them, than these limits.

        Parameters
        ----------
        max_items, max_bytes : int
        patience : float
            Seconds to wait for more items after the first one; if there are not many by then, the result is
            False.

        Returns
        -------
        bool

        Raises
        ------
        OutputError
            If the iterable raises it: the output would replace an input, so nothing may be written. Other
            exceptions are left to `take`, which raises them after the items before them.
        """
        deadline = math.inf
        with self._changed:
            while True:
                seen = len(self._queue)
                if seen > max_items or self._size > max_bytes or self._is_full:
                    return True
                if isinstance(self._error, OutputError):
                    raise self._error
                if self._has_ended:
                    return False
                # Without an item, there is nothing to do but wait.
                if not seen:
                    self._changed.wait()
                    continue
                now = monotonic()
                deadline = min(deadline, now + patience)
                if now >= deadline:
                    return False
                self._changed.wait(deadline - now)

    def fileno(self) -> int:
        """Return a descriptor that can be read if `take` would not wait."""
        return self._reader

    def close(self) -> None:
        """Let the thread end at its next item."""
        with self._changed:
            if not self._is_closed:
                self._is_closed = True
                self._queue.clear()
                self._changed.notify_all()
                os.close(self._reader)
                os.close(self._writer)

    def _fill(self) -> None:
        error: BaseException | None = None
        try:
            for item in self._items:
                if not self._put(item):
                    return
        except BaseException as caught:
            error = caught
        with self._changed:
            self._error, self._has_ended = error, True
            if not self._queue:
                self._signal()
            self._changed.notify_all()

    def _put(self, item: Item) -> bool:
        """Put an item into the queue once there is room; return False if the supply is closed."""
        weight = self._weigh(item)
        with self._changed:
            while not (self._is_closed or self._has_room(weight)):
                self._is_full = True
                self._changed.notify_all()
                self._changed.wait()
            self._is_full = False
            if self._is_closed:
                return False
            self._queue.append((item, weight))
            self._size += weight
            if len(self._queue) == 1:
                self._signal()
            self._changed.notify_all()
        return True

    def _has_room(self, weight: int) -> bool:
        if not self._queue:
            return True
        return len(self._queue) < _MAX_AHEAD and self._size + weight <= _MAX_AHEAD_BYTES

    def _signal(self) -> None:
        if not self._is_closed:
            os.write(self._writer, b".")
