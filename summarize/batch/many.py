"""Summarize many documents, lazily and in order; failures are values."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Callable, Iterable, Iterator, Sequence, Sized
from dataclasses import dataclass, field, replace
from functools import partial
from typing import Any, TypeAlias, TypeVar

from summarize.analysis import analyze, analyze_each
from summarize.batch.supply import MAX_CHUNK, Direct, cut
from summarize.document import Text
from summarize.errors import DocumentError, OptionError, SummarizeError
from summarize.pipeline import check_settings, choose_from_each, choose_sentences
from summarize.reading import decode, read_text
from summarize.settings import SETTINGS_ERRORS, Method, Settings, resolve
from summarize.summary import Failure, Summary

Value = TypeVar("Value")
Given: TypeAlias = "str | Text | tuple[str, str | bytes] | os.PathLike[str]"


def summarize_many(
    documents: Iterable[Given],
    settings: Settings | None = None,
    *,
    jobs: int = 1,
    timeout: float | None = None,
    chunk_size: int | None = None,
    **choices: Any,
) -> Iterator[Summary | Failure]:
    """Summarize many documents, in order.

    Parameters
    ----------
    documents : iterable
        Texts, pairs of a name and a text or bytes, `Text` values, or paths (`pathlib.Path`) of files.
        Documents are read only as they are needed, so the iterable may be endless. A list takes little more
        than half the time of an iterator; see `chunk_size`.
    settings : Settings, optional
        Every choice of the run; the defaults if not given.
    jobs : int
        Number of worker processes: 1 to work in this process, 0 for one per core. A document that kills its
        worker becomes a failure. A function given as ranker or selector must be importable by the workers.
    timeout : float, optional
        Maximum seconds for a document. With ``jobs=1`` it works in the main thread only, where signals
        arrive.
    chunk_size : int, optional
        How many documents to summarize together, which saves up to half of the time and changes nothing else;
        the first chunks are smaller. The default is 32 for a collection with a length, such as a list, and 1
        for an iterator, which may wait for a summary before it gives the next document. Not used if `jobs` is
        not 1, because workers make chunks of their own.
    **choices
        Fields of `Settings` that override `settings`.

    Yields
    ------
    Summary or Failure

    Raises
    ------
    LengthError, OptionError, UnknownNameError
        At once, if a choice is not accepted, or `jobs`, `timeout` or `chunk_size` is out of range.
    TypeError
        At once, if `documents` is a single text or not iterable.

    Examples
    --------
    >>> for summary in summarize_many([("a", "Gas was found. It rained."), ("b", "Ships sail.")], length=1):
    ...     print(summary.document.source, "|", summary)
    a | Gas was found.
    b | Ships sail.
    """
    _check_documents(documents)
    settings = Settings.of(settings, choices)
    check_settings(settings)
    check_workers(jobs, timeout)
    if chunk_size is not None and not _is_count(chunk_size, 1):
        raise OptionError(f"chunk_size: found {chunk_size!r}; accepted: a number of documents, at least 1")
    task = _SummarizeGiven(settings)
    supply = Direct(documents, task.weigh)
    jobs = jobs or count_cores()
    if jobs == 1:
        from summarize.batch.worker import run_here

        if chunk_size is None:
            chunk_size = MAX_CHUNK if isinstance(documents, Sized) else 1
        return run_here(task, cut(supply, chunk_size), timeout=timeout)
    from summarize.batch.pool import run_in_workers

    return run_in_workers(task, supply, jobs=jobs, timeout=timeout)


def _check_documents(documents: object) -> None:
    is_one = isinstance(documents, str | bytes | bytearray | os.PathLike | Text)
    if is_one or not (hasattr(documents, "__iter__") or hasattr(documents, "__getitem__")):
        found = "None" if documents is None else type(documents).__name__
        hint = "; for one text, use summarize" if is_one else ""
        raise TypeError(f"documents: found {found}; accepted: an iterable of texts{hint}")


def summarize_together(
    documents: Sequence[tuple[str | None, Any]], method: Method
) -> list[Summary | Failure]:
    """Summarize a few documents together, and return failures as values.

    Parameters
    ----------
    documents : sequence of (source, content)
        A few dozen, each with its name, or None, and its text: str, bytes, `Text` or path-like. A `Failure`
        in place of a text is returned unchanged.
    method : Method

    Returns
    -------
    list of Summary or Failure
        One for each document, independent of the others.

    Raises
    ------
    LengthError, OptionError, UnknownNameError
        If a choice is not accepted.

    Notes
    -----
    If anything goes wrong, each document is tried again alone, so that only the faulty ones fail.
    """
    texts = [
        content if isinstance(content, Failure) else _attempt(source, _read, source, content)
        for source, content in documents
    ]
    analyzed = _advance(texts, partial(analyze, method=method), partial(analyze_each, method=method))
    # A ranker without a chunk scorer would rank every document twice if one failed.
    together = partial(choose_from_each, method=method) if method.score_chunk else None
    return _advance(analyzed, partial(choose_sentences, method=method), together)


def summarize_one(source: str | None, content: Any, method: Method) -> Summary | Failure:
    """Summarize one of many documents; parameters and errors as for `summarize_together`."""
    [result] = summarize_together([(source, content)], method)
    return result


def _read(source: str | None, content: Any) -> Text:
    """Turn what the user gave into a text.

    Raises
    ------
    InputError
        If a file cannot be read, or bytes are not text.
    DocumentError
        If it is something else.
    """
    if isinstance(content, os.PathLike):
        from summarize.inputs.loading import read_document

        content = read_document(content)
    elif isinstance(content, bytes):
        content = decode(content, source if source is not None else "-")
    if isinstance(content, str):
        return read_text(content, source)
    if isinstance(content, Text):
        return content if content.source == source else replace(content, source=source)
    found = "None" if content is None else type(content).__name__
    raise DocumentError(source or "-", f"found {found}; accepted: str, bytes, Text, pathlib.Path")


def _advance(
    values: Sequence[Any],
    step: Callable[[Any], Value],
    together: Callable[[Sequence[Any]], Sequence[Value]] | None,
) -> list[Value | Failure]:
    """Apply a step to all values that are not failures: together, or one by one if that goes wrong."""
    going = [value for value in values if not isinstance(value, Failure)]
    done: Sequence[Value | Failure] | None = None
    if together is not None and len(going) > 1:
        with contextlib.suppress(Exception):
            done = together(going)
    if done is None:
        done = [_attempt(value.source, step, value) for value in going]
    rest = iter(done)
    return [value if isinstance(value, Failure) else next(rest) for value in values]


def _attempt(source: str | None, step: Callable[..., Value], *given: Any) -> Value | Failure:
    """Apply a step to one document; return an exception as a failure."""
    try:
        return step(*given)
    except SETTINGS_ERRORS:
        raise
    except SummarizeError as error:
        return Failure(source, error)
    except Exception as error:  # A ranker may raise anything, and memory may run out.
        name = source if source is not None else "-"
        return Failure(source, DocumentError(name, f"{type(error).__name__}: {error}"))


def check_workers(jobs: int | None, timeout: float | None) -> None:
    """Check the number of workers and the time limit.

    Raises
    ------
    OptionError
        If `jobs` is not a whole number or negative, or `timeout` is not positive.
    """
    if jobs is not None and not _is_count(jobs, 0):
        raise OptionError(f"jobs: found {jobs!r}; accepted: a number of processes, or 0 for one per core")
    if timeout is not None and timeout <= 0:
        raise OptionError(f"timeout: found {timeout}; accepted: more than 0 seconds, or None")


def _is_count(value: object, least: int) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and value >= least


def count_cores() -> int:
    """Count the cores that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


@dataclass(slots=True)
class _SummarizeGiven:
    """Summarize what the user gave; see `summarize.batch.worker.Task`."""

    settings: Settings
    _method: Method | None = field(default=None, init=False)

    def prepare(self) -> None:
        check_settings(self.settings)

    def __call__(self, documents: Sequence[Given]) -> list[Summary | Failure]:
        if self._method is None:
            self._method = resolve(self.settings)
        return summarize_together([_name_given(document) for document in documents], self._method)

    def lose(self, document: Given, problem: str) -> Failure:
        source, _ = _name_given(document)
        return Failure(source, DocumentError(source or "-", problem))

    def weigh(self, document: Given) -> int:
        _, content = _name_given(document)
        if isinstance(content, os.PathLike):
            try:
                return os.stat(content).st_size
            except Exception:  # Reading the document reports what is wrong.
                return 0
        if isinstance(content, Text):
            return len(content.text)
        return len(content) if isinstance(content, str | bytes) else 0


def _name_given(document: Given) -> tuple[str | None, Any]:
    """Return the name of a document, if it has one, and its content, which may be anything."""
    if isinstance(document, os.PathLike):
        try:
            path = os.fspath(document)
        except Exception as error:
            return None, Failure(None, DocumentError("-", f"{type(error).__name__}: {error}"))
        return os.fsdecode(path), document
    if isinstance(document, Text):
        return document.source, document
    if isinstance(document, tuple) and len(document) == 2:
        name, _ = document
        if name is None or isinstance(name, str):
            return document
        problem = f"found {type(name).__name__} {name!r:.100} as the name of a text; accepted: str or None"
        return None, Failure(None, DocumentError("-", problem))
    return None, document
