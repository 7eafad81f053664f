"""The errors that this package raises.

::

    SummarizeError                  the root: catch this to catch all of them
    ├── InputError                  an input cannot be read as text (has ``.source``)
    │   └── DocumentError           one document made its ranker fail, took too long or killed its worker
    ├── OutputError                 an output cannot be written, or is one of the inputs
    ├── WorkerError                 worker processes cannot be started
    ├── EngineError                 a cluster cannot be reached or fails
    ├── LengthError                 a length is not one of the accepted forms (also a ValueError)
    ├── OptionError                 an option does not exist or cannot have this value (also a ValueError)
    ├── UnknownNameError            there is no ranker, selector, language, … of this name
    │                               (also a LookupError; has ``.kind``, ``.name``, ``.known``
    │                               and ``.suggestion``)
    └── MissingExtraError           an optional package is needed but not installed
                                    (also an ImportError; has ``.extra`` and ``.purpose``)

Every message says what was found and what is accepted. All errors can be pickled, so that worker processes
can return them.
"""

from __future__ import annotations

from collections.abc import Iterable


class SummarizeError(Exception):
    """The base class of every error that this package raises on purpose.

    Examples
    --------
    >>> from summarize import summarize
    >>> try:
    ...     summarize("Gas was found.", length="3 miles")
    ... except SummarizeError as error:
    ...     print(str(error).partition(";")[0])
    not a length: '3 miles'
    """


class InputError(SummarizeError):
    """An input cannot be read, or is not text.

    Parameters
    ----------
    source : str
        Name of the input, as the user gave it.
    problem : str
        What is wrong with the input.

    Attributes
    ----------
    source : str
        Name of the input, as the user gave it.
    problem : str
        What is wrong with the input: the message without the name.

    Examples
    --------
    >>> str(InputError("a.pdf", "is a PDF document"))
    'a.pdf: is a PDF document'
    """

    source: str
    problem: str

    def __init__(self, source: str, problem: str) -> None:
        super().__init__(f"{source}: {problem}")
        self.source = source
        self.problem = problem

    def __reduce__(self) -> tuple[type[InputError], tuple[str, str]]:
        # By default, pickle would call the class with the whole message as its only argument.
        return (type(self), (self.source, self.problem))


class DocumentError(InputError):
    """A document was read, but its ranker or selector failed, it took too long, or its worker died.

    Attributes
    ----------
    source : str
        Name of the document, as the user gave it.
    problem : str
        What went wrong: the message without the name.
    """


class OutputError(SummarizeError):
    """An output cannot be written, or is one of the inputs."""


class WorkerError(SummarizeError):
    """Worker processes cannot be started."""


class EngineError(SummarizeError):
    """A cluster cannot be reached or fails."""


class LengthError(SummarizeError, ValueError):
    """A length is not one of the accepted forms."""


class OptionError(SummarizeError, ValueError):
    """An option does not exist or cannot have the given value, for example a parameter of a ranker."""


class UnknownNameError(SummarizeError, LookupError):
    """A name is not in the table in which it was looked up.

    Parameters
    ----------
    kind : str
        Kind of the name, for example ``"ranker"``.
    name : str
        The name that was not found.
    known : iterable of str
        The names that are accepted.

    Attributes
    ----------
    kind : str
        Kind of the name, for example ``"ranker"``.
    name : str
        The name that was not found.
    known : tuple of str
        The names that are accepted.
    suggestion : str or None
        The accepted name that is most similar to `name`, ignoring case; None if none is similar enough.

    Examples
    --------
    >>> print(UnknownNameError("ranker", "textrnk", ["lead", "textrank"]))
    unknown ranker 'textrnk'; did you mean 'textrank'? accepted: lead, textrank
    >>> print(UnknownNameError("ranker", "bert", ["lead", "textrank"]))
    unknown ranker 'bert'; accepted: lead, textrank
    """

    kind: str
    name: str
    known: tuple[str, ...]
    suggestion: str | None

    def __init__(self, kind: str, name: str, known: Iterable[str]) -> None:
        self.kind = kind
        self.name = name
        self.known = tuple(known)
        self.suggestion = _find_similar(name, self.known)
        hint = f"; did you mean {self.suggestion!r}? accepted: " if self.suggestion else "; accepted: "
        super().__init__(f"unknown {kind} {name!r}{hint}{', '.join(self.known)}")

    def __reduce__(self) -> tuple[type[UnknownNameError], tuple[str, str, tuple[str, ...]]]:
        return (type(self), (self.kind, self.name, self.known))


class MissingExtraError(SummarizeError, ImportError):
    """An optional package is needed but not installed.

    Parameters
    ----------
    extra : str
        Name of the extra to install.
    purpose : str
        What needs the package.
    source : str, optional
        Name of the input that needs the package.

    Attributes
    ----------
    extra : str
        Name of the extra to install, as in ``pip install 'summarize[html]'``.
    purpose : str
        What needs the package, for example ``"reading a web page"``.
    source : str or None
        Name of the input that needs the package; None if no particular one does.
    problem : str
        What to install and why: the message without the source.

    Examples
    --------
    >>> print(MissingExtraError("html", "reading a web page", "page.html"))
    page.html: reading a web page needs an optional package: pip install 'summarize[html]'
    """

    extra: str
    purpose: str
    source: str | None
    problem: str

    def __init__(self, extra: str, purpose: str, source: str | None = None) -> None:
        self.extra = extra
        self.purpose = purpose
        self.source = source
        self.problem = f"{purpose} needs an optional package: pip install 'summarize[{extra}]'"
        super().__init__(self.problem if source is None else f"{source}: {self.problem}")

    def __reduce__(self) -> tuple[type[MissingExtraError], tuple[str, str, str | None]]:
        return (type(self), (self.extra, self.purpose, self.source))


def _find_similar(name: object, known: tuple[str, ...]) -> str | None:
    """Return the known name that is most similar to a name, or None."""
    from difflib import get_close_matches

    folded = {each.lower(): each for each in known}
    matches = get_close_matches(str(name).lower(), folded, n=1)
    return folded[matches[0]] if matches else None
