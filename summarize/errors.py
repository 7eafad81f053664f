"""The errors that a user of this package can meet.

::

    SummarizeError                  the root: catch this to catch all of them
    ├── InputError                  an input cannot be read as text (has ``.source``)
    │   └── DocumentError           one of many documents broke its ranker, took too long or killed its worker
    ├── OutputError                 an output cannot be written, or is one of the inputs
    ├── WorkerError                 worker processes cannot be started
    ├── EngineError                 a cluster cannot be reached, or fails
    ├── LengthError                 a length is not one of the accepted forms (also a ValueError)
    ├── OptionError                 a ranker or selector has no such parameter, or not with such a value
    │                               (also a ValueError)
    ├── UnknownNameError            no ranker, selector, format, … of that name (also a LookupError;
    │                               has ``.kind``, ``.name`` and ``.known``)
    └── MissingExtraError           an optional package is needed and not installed (also an ImportError;
                                    has ``.extra``)

Every message says what was found and what is accepted.
"""

from __future__ import annotations

from collections.abc import Iterable


class SummarizeError(Exception):
    """Root of every error that this package raises on purpose."""


class InputError(SummarizeError):
    """An input cannot be read, or is not text.

    Attributes
    ----------
    source : str
        The input as the user named it.
    """

    def __init__(self, source: str, problem: str) -> None:
        super().__init__(f"{source}: {problem}")
        self.source = source
        self.problem = problem

    def __reduce__(self) -> tuple[type[InputError], tuple[str, str]]:
        # The default would call the class with the one joined message, which fails on
        # the way back from a worker process.
        return (type(self), (self.source, self.problem))


class DocumentError(InputError):
    """One of many documents was read, but broke its ranker, took too long, or killed its worker."""


class OutputError(SummarizeError):
    """An output cannot be written, or is one of the inputs."""


class WorkerError(SummarizeError):
    """Worker processes cannot be started."""


class EngineError(SummarizeError):
    """A cluster cannot be reached, or fails."""


class LengthError(SummarizeError, ValueError):
    """A length is not one of the accepted forms."""


class OptionError(SummarizeError, ValueError):
    """A ranker or selector was given a parameter it does not have, or a value it cannot take."""


class UnknownNameError(SummarizeError, LookupError):
    """A name is in none of the tables it was looked up in.

    Attributes
    ----------
    kind : str
        What was looked for, for example ``"ranker"``.
    name : str
        The name that was not found.
    known : tuple of str
        The names that are accepted.
    """

    def __init__(self, kind: str, name: str, known: Iterable[str]) -> None:
        self.kind = kind
        self.name = name
        self.known = tuple(known)
        super().__init__(f"unknown {kind} {name!r}; accepted: {', '.join(self.known)}")

    def __reduce__(self) -> tuple[type[UnknownNameError], tuple[str, str, tuple[str, ...]]]:
        return (type(self), (self.kind, self.name, self.known))


class MissingExtraError(SummarizeError, ImportError):
    """An optional package is needed and not installed.

    Attributes
    ----------
    extra : str
        The extra to install, as in ``pip install 'summarize[html]'``.
    purpose : str
        What needs it.
    source : str or None
        The input that does, if it is one.
    problem : str
        The message without the source.
    """

    def __init__(self, extra: str, purpose: str, source: str | None = None) -> None:
        self.extra, self.purpose, self.source = extra, purpose, source
        self.problem = f"{purpose} needs an optional package: pip install 'summarize[{extra}]'"
        super().__init__(self.problem if source is None else f"{source}: {self.problem}")

    def __reduce__(self) -> tuple[type[MissingExtraError], tuple[str, str, str | None]]:
        return (type(self), (self.extra, self.purpose, self.source))
