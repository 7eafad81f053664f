"""Many documents: in order, lazily, failures as values.

``Settings`` holds the choices of a run, `summarize_one` is what is done with every document, `make_record`
what is kept of it. The local workers and every engine call the same three, and so have the same results.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, fields
from typing import TYPE_CHECKING, Any, TypeAlias

from summarize import rankers
from summarize.document import Failure, Summary
from summarize.errors import DocumentError, LengthError, OptionError, SummarizeError, UnknownNameError
from summarize.length import Length
from summarize.reading import Text, decode, read_path
from summarize.version import __version__

if TYPE_CHECKING:
    from summarize.pipeline import Ranker, Selector

# A text, a text with its name, bytes with their name, or the path of a file.
Given: TypeAlias = "str | Text | tuple[str, str | bytes] | os.PathLike[str]"
# What is wrong with the settings is wrong for every document: it is raised, not counted a failure of each.
OF_SETTINGS = (LengthError, OptionError, UnknownNameError)


@dataclass(frozen=True, slots=True)
class Settings:
    """Every choice of a run: the keywords of `summarize.summarize` of the same names.

    Can be pickled, unless a ranker or selector is a function that cannot.
    """

    length: str | int | Length = 3
    ranker: str | Ranker = rankers.DEFAULT
    selector: str | Selector | None = None
    language: str | None = None
    segmenter: str = "rules"
    order: str = "document"
    options: Mapping[str, Any] = field(default_factory=dict)
    query: str | None = None
    title: str | None = None
    explain: bool = False

    def keywords(self) -> dict[str, Any]:
        """The choices as keywords of `summarize.summarize`."""
        return {each.name: getattr(self, each.name) for each in fields(self)}

    def check(self) -> None:
        """Try the settings on a text of two sentences.

        Raises
        ------
        LengthError, OptionError, UnknownNameError
            If a choice is none of what is accepted.
        """
        from summarize.pipeline import summarize

        summarize("One was here. Two was there.", **self.keywords())

    @property
    def signature(self) -> str:
        """Every choice and the version, known before any document is read.

        That of a `Summary` also names what was found out from the text, such as its language; it follows from
        this one and the text.
        """
        choices = [f"{name}:{_show(value)}" for name, value in self.keywords().items() if name != "length"]
        choices.insert(0, f"length:{Length.parse(self.length)}")
        return "|".join((*choices, f"version:{__version__}"))


def _show(value: Any) -> str:
    if isinstance(value, Mapping):
        return ",".join(f"{key}={value[key]!r}" for key in sorted(value))
    if callable(value):
        module = getattr(value, "__module__", "")
        return f"{module}.{getattr(value, '__qualname__', type(value).__qualname__)}"
    return str(value)


def hash_content(content: bytes | str) -> str:
    """The SHA-256 of a document as it was given, as 64 hexadecimal digits.

    Parameters
    ----------
    content : bytes or str
        The bytes of a file as they are (of a compressed one: what is inside); of a text in a table its UTF-8.

    Returns
    -------
    str
        What ``sha256sum`` prints of a file.
    """
    from hashlib import sha256

    if isinstance(content, str):
        content = content.encode("utf-8", "surrogatepass")
    return sha256(content).hexdigest()


def summarize_one(source: str | None, content: str | bytes | Text, settings: Settings) -> Summary | Failure:
    """The summary of one of many documents, or what is wrong with it.

    Parameters
    ----------
    source : str or None
        Its name.
    content : str, bytes or Text
        Bytes are decoded as those of a file are.
    settings : Settings

    Returns
    -------
    Summary or Failure
        A failure for whatever is wrong with the document, be it that the ranker breaks down on it.

    Raises
    ------
    LengthError, OptionError, UnknownNameError
        If something is wrong with the settings.
    """
    name = source if source is not None else "-"
    try:
        if isinstance(content, bytes):
            content = decode(content, name)
        text = content if isinstance(content, Text) else Text(content, name, "utf-8", ())
        return summarize_text(text, source, settings)
    except OF_SETTINGS:
        raise
    except SummarizeError as error:
        return Failure(source, error)
    except Exception as error:  # a ranker may raise anything, and memory may run out
        return Failure(source, DocumentError(name, f"{type(error).__name__}: {error}"))


def summarize_text(text: Text, source: str | None, settings: Settings) -> Summary:
    """The summary of a text; a page has a title of its own, unless the settings give one."""
    from summarize.pipeline import summarize

    choices = settings.keywords()
    choices["title"] = settings.title or text.title
    return summarize(text.text, source=source, **choices)


def warn_of(summary: Summary, settings: Settings) -> tuple[str, ...]:
    """What the user should know of a summary."""
    if not summary.document.sentences:
        return ("the text is empty, and so is its summary",)
    warnings = []
    if settings.query is not None and not summary.document.query:
        warnings.append(
            f"no word of the query {settings.query!r} is in the text; the summary is as without it"
        )
    if not summary.indices:
        warnings.append(f"no sentence fits into {summary.length}; the summary is empty")
    return tuple(warnings)


def make_record(
    result: Summary | Failure, *, id: str | int | None = None, content_hash: str | None = None
) -> dict[str, Any]:
    """What is kept of a document, as JSON types.

    Parameters
    ----------
    result : Summary or Failure
    id : str or int, optional
        The document's own, where its table has a column of them.
    content_hash : str, optional
        As of `hash_content`.

    Returns
    -------
    dict
        ``id`` (where there is one), ``source`` and ``hash``; then, of a failure, ``error``; of a summary the
        fields of the JSON renderer without the scores of the sentences that were not chosen.
    """
    head: dict[str, Any] = {} if id is None else {"id": id}
    if isinstance(result, Failure):
        problem = getattr(result.error, "problem", None) or str(result.error)
        return head | {"source": result.source, "hash": content_hash, "error": problem}
    from summarize.renderers.records import to_record

    record = to_record(result, scores=False)
    return head | {"source": record.pop("source"), "hash": content_hash} | record


def summarize_many(
    documents: Iterable[Given], *, jobs: int = 1, timeout: float | None = None, **choices: Any
) -> Iterator[Summary | Failure]:
    """Summaries of many documents, lazily and in their order.

    Parameters
    ----------
    documents : iterable
        Texts, pairs of a name and a text or bytes, results of `summarize.reading`, or paths
        (`pathlib.Path`) of files. Taken as they are needed: it may be endless.
    jobs : int
        Worker processes; 0 = one for each core, 1 = none but this one. With workers, a document that kills
        its worker is a failure, and a function given as ranker or selector must be importable by them.
    timeout : float, optional
        Seconds for a document. Without workers it is kept in the main thread only, where signals arrive.
    **choices
        The fields of `Settings`, which are keywords of `summarize.summarize`.

    Yields
    ------
    Summary or Failure

    Raises
    ------
    LengthError, OptionError, UnknownNameError
        At once, if something is wrong with the settings.
    """
    settings = Settings(**choices)
    settings.check()
    check_workers(jobs, timeout)
    task = _SummarizeGiven(settings)
    jobs = jobs or count_cores()
    if jobs == 1:
        from summarize.batch.worker import run_here

        return run_here(task, documents, timeout=timeout)
    from summarize.batch.pool import run_in_workers

    return run_in_workers(task, documents, jobs=jobs, timeout=timeout)


@dataclass(frozen=True, slots=True)
class _SummarizeGiven:
    """What a worker does with a document; see `summarize.batch.worker.Task`."""

    settings: Settings

    def prepare(self) -> None:
        self.settings.check()

    def __call__(self, document: Given) -> Summary | Failure:
        source, content = _name_given(document)
        try:
            if isinstance(document, os.PathLike):
                content = read_path(document)
        except SummarizeError as error:
            return Failure(source, error)
        if not isinstance(content, str | bytes | Text):
            return self.lose(document, f"its text is {type(content).__name__}, not a string")
        return summarize_one(source, content, self.settings)

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
    """The name of a document, if it has one, and what was given as its content, whatever it is."""
    if isinstance(document, os.PathLike):
        return os.fspath(document), None
    if isinstance(document, Text):
        return document.source, document
    if isinstance(document, tuple) and len(document) == 2:
        return document
    return None, document


def check_workers(jobs: int | None, timeout: float | None) -> None:
    """Raise an `OptionError` for numbers of workers and time limits that there cannot be."""
    if jobs is not None and jobs < 0:
        raise OptionError(f"jobs: found {jobs}; accepted: a number of processes, or 0 for one a core")
    if timeout is not None and timeout <= 0:
        raise OptionError(f"timeout: found {timeout}; accepted: more than 0 seconds, or None")


def count_cores() -> int:
    """Cores that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
