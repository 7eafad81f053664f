"""Items come in chunks, and no chunk is waited for."""

from __future__ import annotations

import os
import threading
from collections.abc import Iterator
from contextlib import nullcontext
from itertools import islice
from queue import SimpleQueue
from select import select
from time import monotonic

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summarize.batch.many import _SummarizeGiven
from summarize.batch.pool import run_in_workers
from summarize.batch.supply import MAX_CHUNK_BYTES, Ahead, Direct, cut
from summarize.batch.worker import run_here
from summarize.errors import OutputError
from summarize.settings import Settings

SIZES = st.lists(st.integers(0, 2 * MAX_CHUNK_BYTES), max_size=200)


def wait_for(queue: SimpleQueue[int]) -> Iterator[int]:
    """Give what is put into a queue, until that is negative."""
    while (value := queue.get()) >= 0:
        yield value


@given(sizes=SIZES, max_items=st.integers(1, 50), first=st.integers(1, 50))
def test_chunks_hold_all_items_in_order_within_the_limits(
    sizes: list[int], max_items: int, first: int
) -> None:
    chunks = list(cut(Direct(sizes, int), max_items, first=first))
    assert [size for chunk in chunks for size in chunk] == sizes
    for chunk in chunks:
        assert 1 <= len(chunk) <= max_items
        assert len(chunk) == 1 or sum(chunk) <= MAX_CHUNK_BYTES


def test_chunks_grow_from_one_item() -> None:
    assert [len(chunk) for chunk in cut(Direct(range(100), lambda _: 1))] == [1, 2, 4, 8, 16, 32, 32, 5]


@given(SIZES)
def test_thread_gives_the_same_items(sizes: list[int]) -> None:
    ahead = Ahead(sizes, int)
    chunks = list(cut(ahead))
    assert [size for chunk in chunks for size in chunk] == sizes
    assert all(len(chunk) == 1 or sum(chunk) <= MAX_CHUNK_BYTES for chunk in chunks)
    assert ahead.is_ready()
    ahead.close()


def test_what_is_there_is_taken_without_waiting_for_more() -> None:
    queue: SimpleQueue[int] = SimpleQueue()
    ahead = Ahead(wait_for(queue), int)
    assert not ahead.is_ready()
    assert not select([ahead], [], [], 0)[0]
    queue.put(7)
    assert select([ahead], [], [], 10)[0]
    assert ahead.take(32, 1000) == [7]
    assert not select([ahead], [], [], 0)[0]
    queue.put(-1)
    assert select([ahead], [], [], 10)[0]
    assert ahead.take(32, 1000) == []
    ahead.close()


def test_few_items_are_not_waited_for_when_no_more_come() -> None:
    queue: SimpleQueue[int] = SimpleQueue()
    ahead = Ahead(wait_for(queue), int)
    queue.put(1)
    assert not ahead.has_many(32, 1000, 0.05)
    for value in range(40):
        queue.put(value)
    assert ahead.has_many(32, 10_000, 5.0)
    queue.put(-1)
    ahead.close()


def test_items_that_trickle_in_do_not_prolong_the_wait() -> None:
    is_decided = threading.Event()

    def trickle() -> Iterator[int]:
        for value in range(30):
            yield value
            if is_decided.wait(0.1):
                return

    ahead = Ahead(trickle(), int)
    begin = monotonic()
    assert not ahead.has_many(32, 1000, 0.3)
    elapsed = monotonic() - begin
    is_decided.set()
    ahead.close()
    assert elapsed < 2


def test_end_of_the_items_ends_the_wait() -> None:
    queue: SimpleQueue[int] = SimpleQueue()
    ahead = Ahead(wait_for(queue), int)
    queue.put(1)
    timer = threading.Timer(0.1, queue.put, [-1])
    timer.start()
    begin = monotonic()
    assert not ahead.has_many(32, 1000, 5.0)
    assert monotonic() - begin < 3
    ahead.close()


@pytest.mark.parametrize(
    ("sizes", "expected"), [([1] * 33, True), ([1] * 32, False), ([600, 600], True), ([], False)]
)
def test_many_items_or_bytes_are_noticed(sizes: list[int], expected: bool) -> None:
    ahead = Ahead(sizes, int)
    assert ahead.has_many(32, 1000, 5.0) is expected
    ahead.close()


@pytest.mark.parametrize("jobs", [1, 2])
@pytest.mark.parametrize("supply", [Direct, Ahead])
def test_error_comes_after_the_items_before_it(supply: type[Direct[str] | Ahead[str]], jobs: int) -> None:
    texts = [f"This is text {number}." for number in range(5)]

    def broken() -> Iterator[str]:
        yield from texts
        raise ValueError("broken")

    task, items = _SummarizeGiven(Settings()), supply(broken(), len)
    results = run_here(task, cut(items)) if jobs == 1 else run_in_workers(task, items, jobs=jobs)
    assert [str(result) for result in islice(results, len(texts))] == texts
    with pytest.raises(ValueError, match="broken"):
        next(results)


@pytest.mark.parametrize("error", [OutputError("out.jsonl: is one of the inputs"), ValueError("broken")])
def test_only_an_error_of_the_output_is_raised_before_the_items(error: Exception) -> None:
    def broken() -> Iterator[int]:
        yield 1
        raise error

    ahead = Ahead(broken(), int)
    with pytest.raises(OutputError) if isinstance(error, OutputError) else nullcontext():
        assert not ahead.has_many(32, 1000, 5.0)
        assert ahead.take(32, 1000) == [1]
        with pytest.raises(ValueError, match="broken"):
            ahead.take(32, 1000)


def test_items_are_finished_in_the_thread_that_takes_them() -> None:
    here = threading.get_ident()
    ahead = Ahead([1, 2], int, lambda item: item * 10 if threading.get_ident() == here else 0)
    assert [item for chunk in cut(ahead) for item in chunk] == [10, 20]
    ahead.close()


def test_endless_input_is_not_taken_far_ahead() -> None:
    taken = []

    def endless() -> Iterator[int]:
        while True:
            taken.append(1)
            yield 1

    ahead = Ahead(endless(), int)
    assert ahead.has_many(32, 1000, 5.0)
    assert ahead.take(1, 10) == [1]
    ahead.close()
    assert len(taken) < 1000


def test_no_descriptor_stays_open() -> None:
    before = len(os.listdir("/proc/self/fd")) if os.path.isdir("/proc/self/fd") else 0
    for _ in range(20):
        ahead = Ahead([1], int)
        assert ahead.take(1, 1) == [1]
        ahead.close()
        ahead.close()
    after = len(os.listdir("/proc/self/fd")) if os.path.isdir("/proc/self/fd") else 0
    assert after <= before
