"""Many documents: in order, lazily, failures as values.

``Settings`` holds the choices of a run, `summarize_one` is what is done with every document, `make_record`
what is kept of it. The local workers and every engine call the same three, and so have the same results.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, fields
from typing import TYPE_CHECKING, Any, TypeAlias

from summarize import rankers, selectors
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
    selector: str | Selector = selectors.DEFAULT
    language: str | None = None
    segmenter: str = "rules"
    order: str = "document"
    options: Mapping[str, Any] = field(default_factory=dict)

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
    from summarize.pipeline import summarize

    name = source if source is not None else "-"
    try:
        if isinstance(content, bytes):
            content = decode(content, name)
        text = content.text if isinstance(content, Text) else content
        return summarize(text, source=source, **settings.keywords())
    except OF_SETTINGS:
        raise
    except SummarizeError as error:
        return Failure(source, error)
    except Exception as error:  # a ranker may raise anything, and memory may run out
        return Failure(source, DocumentError(name, f"{type(error).__name__}: {error}"))


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
        Seconds for a document.
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
    task = _SummarizeGiven(settings)
    jobs = jobs or count_cores()
    if jobs == 1:
        from summarize.serving import run_here

        return run_here(task, documents, timeout=timeout)
    from summarize.workers import run_in_workers

    return run_in_workers(task, documents, jobs=jobs, timeout=timeout)


@dataclass(frozen=True, slots=True)
class _SummarizeGiven:
    """What a worker does with a document; see `summarize.serving.Task`."""

    settings: Settings

    def __call__(self, document: Given) -> Summary | Failure:
        if isinstance(document, os.PathLike):
            source = os.fspath(document)
            try:
                return summarize_one(source, read_path(document), self.settings)
            except SummarizeError as error:
                return Failure(source, error)
        if isinstance(document, Text):
            return summarize_one(document.source, document, self.settings)
        if isinstance(document, tuple):
            return summarize_one(document[0], document[1], self.settings)
        return summarize_one(None, document, self.settings)

    def lose(self, document: Given, problem: str) -> Failure:
        source = None
        if isinstance(document, os.PathLike):
            source = os.fspath(document)
        elif isinstance(document, tuple):
            source = document.source if isinstance(document, Text) else document[0]
        return Failure(source, DocumentError(source or "-", problem))

    def weigh(self, document: Given) -> int:
        if isinstance(document, os.PathLike):
            try:
                return os.stat(document).st_size
            except OSError:
                return 0
        if isinstance(document, tuple):
            return len(document.text if isinstance(document, Text) else document[1])
        return len(document)


def count_cores() -> int:
    """Cores that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
