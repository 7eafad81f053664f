"""Many documents: summaries in order, one at a time; failures are values."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from typing import Any, TypeAlias

from summarize.analysis import analyze
from summarize.document import Text
from summarize.errors import DocumentError, OptionError, SummarizeError
from summarize.pipeline import check_settings, choose_sentences
from summarize.reading import decode, read_text
from summarize.settings import SETTINGS_ERRORS, Method, Settings, resolve
from summarize.summary import Failure, Summary

Given: TypeAlias = "str | Text | tuple[str, str | bytes] | os.PathLike[str]"


def summarize_many(
    documents: Iterable[Given],
    settings: Settings | None = None,
    *,
    jobs: int = 1,
    timeout: float | None = None,
    **choices: Any,
) -> Iterator[Summary | Failure]:
    """Summarize many documents, in their order and one at a time.

    Parameters
    ----------
    documents : iterable
        Texts, pairs of a name and a text or bytes, `Text` values, or paths (`pathlib.Path`) of files.
        Documents are taken as they are needed, so the iterable may be endless.
    settings : Settings, optional
        Every choice of the run; the defaults if not given.
    jobs : int
        Number of worker processes: 1 to work in this process, 0 for one per core. A document that kills its
        worker becomes a failure. A function given as ranker or selector must be importable by the workers.
    timeout : float, optional
        Maximum seconds for a document. With ``jobs=1`` it works in the main thread only, where signals
        arrive.
    **choices
        Fields of `Settings` that override `settings`.

    Yields
    ------
    Summary or Failure

    Raises
    ------
    LengthError, OptionError, UnknownNameError
        At once, if a choice is not accepted.

    Examples
    --------
    >>> for summary in summarize_many([("a", "Gas was found. It rained."), ("b", "Ships sail.")], length=1):
    ...     print(summary.document.source, "|", summary)
    a | Gas was found.
    b | Ships sail.
    """
    settings = Settings.of(settings, choices)
    check_settings(settings)
    check_workers(jobs, timeout)
    task = _SummarizeGiven(settings)
    jobs = jobs or count_cores()
    if jobs == 1:
        from summarize.batch.worker import run_here

        return run_here(task, documents, timeout=timeout)
    from summarize.batch.pool import run_in_workers

    return run_in_workers(task, documents, jobs=jobs, timeout=timeout)


def summarize_one(source: str | None, content: str | bytes | Text, method: Method) -> Summary | Failure:
    """Summarize one of many documents, and turn whatever goes wrong with it into a value.

    Parameters
    ----------
    source : str or None
        The name of the document.
    content : str, bytes or Text
        Bytes are decoded like the bytes of a file.
    method : Method

    Returns
    -------
    Summary or Failure

    Raises
    ------
    LengthError, OptionError, UnknownNameError
        If a choice is not accepted.
    """
    name = source if source is not None else "-"
    try:
        if isinstance(content, bytes):
            content = decode(content, name)
        text = read_text(content, source) if isinstance(content, str) else content
        return choose_sentences(analyze(replace(text, source=source), method), method)
    except SETTINGS_ERRORS:
        raise
    except SummarizeError as error:
        return Failure(source, error)
    except Exception as error:  # A ranker may raise anything, and memory may run out.
        return Failure(source, DocumentError(name, f"{type(error).__name__}: {error}"))


def count_about(summary: Summary) -> int | None:
    """Count the sentences about the query if a summary would be longer with more of them.

    Parameters
    ----------
    summary : Summary

    Returns
    -------
    int or None
        None if there is no query in the text, or enough of it.

    Examples
    --------
    >>> from summarize import summarize
    >>> text = "The ferry stopped in May. The council met at night. A bridge will open."
    >>> count_about(summarize(text, query="ferry"))
    1
    """
    from summarize.features.query import find_about

    document, length = summary.document, summary.length
    if not document.query or not summary.indices:
        return None
    about = set(find_about(document).nonzero()[0].tolist())
    candidates = {sentence.index for sentence in document.sentences if sentence.candidate}
    is_full = length.unit == "sentences" and len(summary) >= length.limit
    if is_full or candidates <= about or not about & candidates <= set(summary.indices):
        return None
    return len(about & candidates)


def list_warnings(summary: Summary, query: str | None) -> tuple[str, ...]:
    """List what the user should know about a summary.

    Parameters
    ----------
    summary : Summary
    query : str or None
        The query that was asked.

    Returns
    -------
    tuple of str

    Examples
    --------
    >>> from summarize import summarize
    >>> list_warnings(summarize("Gas was found at sea.", length="2 words"), None)
    ('no sentence fits into 2 words; the summary is empty',)
    """
    if not summary.document.sentences:
        return ("the text is empty, and so is its summary",)
    warnings = []
    if query is not None and not summary.document.query:
        warnings.append(f"no word of the query {query!r} occurs in the text; the query is ignored")
    elif query is not None and (found := count_about(summary)) is not None:
        sentences = "1 sentence is" if found == 1 else f"{found} sentences are"
        warnings.append(f"only {sentences} about the query {query!r}; the summary is shorter")
    if not summary.indices:
        warnings.append(f"no sentence fits into {summary.length}; the summary is empty")
    return tuple(warnings)


def check_workers(jobs: int | None, timeout: float | None) -> None:
    """Check the number of workers and the time limit.

    Raises
    ------
    OptionError
        If `jobs` is negative, or `timeout` is not positive.
    """
    if jobs is not None and jobs < 0:
        raise OptionError(f"jobs: found {jobs}; accepted: a number of processes, or 0 for one per core")
    if timeout is not None and timeout <= 0:
        raise OptionError(f"timeout: found {timeout}; accepted: more than 0 seconds, or None")


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

    def __call__(self, document: Given) -> Summary | Failure:
        if self._method is None:
            self._method = resolve(self.settings)
        source, content = _name_given(document)
        try:
            if isinstance(document, os.PathLike):
                from summarize.inputs.loading import read_document

                content = read_document(document)
        except SummarizeError as error:
            return Failure(source, error)
        if not isinstance(content, str | bytes | Text):
            found = "None" if content is None else type(content).__name__
            return self.lose(document, f"found {found}; accepted: str, bytes, Text, pathlib.Path")
        return summarize_one(source, content, self._method)

    def lose(self, document: Given, problem: str) -> Failure:
        source, _ = _name_given(document)
        return Failure(source, DocumentError(source or "-", problem))

    def weigh(self, document: Given) -> int:
        _, content = _name_given(document)
        if isinstance(document, os.PathLike):
            try:
                return os.stat(document).st_size
            except OSError:
                return 0
        if isinstance(content, Text):
            return len(content.text)
        return len(content) if isinstance(content, str | bytes) else 0


def _name_given(document: Given) -> tuple[str | None, Any]:
    """Return the name of a document, if it has one, and its content, whatever that is."""
    if isinstance(document, os.PathLike):
        return os.fspath(document), None
    if isinstance(document, Text):
        return document.source, document
    if isinstance(document, tuple) and len(document) == 2:
        return document
    return None, document
