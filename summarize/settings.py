"""Every choice of a run, by name and as functions.

`Settings` holds the choices as the user writes them, `resolve` turns the names into functions, once, and the
result, a `Method`, is what the pipeline works with.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from functools import partial
from typing import TYPE_CHECKING, Any, NamedTuple

from summarize import rankers, segmentation, selectors
from summarize.errors import LengthError, OptionError, UnknownNameError
from summarize.length import Length
from summarize.version import __version__

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from summarize.document import Document, Sentence
    from summarize.languages import Language

Ranker = Callable[..., "NDArray[np.float64]"]
Selector = Callable[..., Sequence[int]]
ORDERS = ("document", "rank")
# What is wrong with the settings is wrong for every document: it is raised, not counted as a failure of each.
SETTINGS_ERRORS = (LengthError, OptionError, UnknownNameError)


class Options(Mapping[str, Any]):
    """Immutable options of a ranker, a selector and a query.

    Examples
    --------
    >>> Options({"diversity": 0.5})
    {'diversity': 0.5}
    """

    __slots__ = ("_values",)

    def __init__(self, values: Mapping[str, Any] | None = None) -> None:
        self._values = dict(values or {})

    def __getitem__(self, name: str) -> Any:
        return self._values[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._values)

    def __len__(self) -> int:
        return len(self._values)

    def __hash__(self) -> int:
        return hash(frozenset(self._values.items()))

    def __repr__(self) -> str:
        return repr(self._values)


@dataclass(frozen=True, slots=True)
class Settings:
    """Every choice of a run.

    The fields are the keywords that `summarize.summarize` and its relatives accept. Settings are immutable
    and hashable, and can be pickled unless a ranker or selector is a function that cannot.

    Attributes
    ----------
    length : str, int or Length
        A hard cap: ``3`` sentences, ``"100 words"``, ``"280 chars"``, ``"1000 tokens"``, ``"20%"`` of the
        words; or ``"auto"`` for the length at the knee of the text's coverage curve.
    ranker : str or callable
        A name in ``RANKERS``, or a function ``(Document) -> scores``.
    selector : str, callable or None
        A name in ``SELECTORS``, or a function ``(Document, scores, Length) -> indices``; by default the
        selector that suits the ranker.
    language : str or None
        A code or an English name; detected by default.
    segmenter : str
        A name in ``SEGMENTERS``: how sentences are found.
    order : {"document", "rank"}
        Print the sentences in reading order, or the best first.
    options : mapping
        Options of the ranker, the selector and the query by name, such as ``{"diversity": 0.5}``.
    query : str or None
        What the summary should be about. If the text contains none of its terms, the summary is the same as
        without it.
    title : str or None
        The title of the text, if the text does not contain it; some rankers use it.
    explain : bool
        Whether to explain every chosen sentence.
    pages : str or None
        Choose only from these pages, such as ``"3-9"`` or ``"1,4-6"``; of a presentation, slides.
    section, exclude_section : str or None
        Choose only from the sections, or not from those, whose heading contains this, in any case.
    cite : bool
        Whether texts and lists show the place of each sentence: ``[p. 12]``, ``[12:31 Ada]``.
    with_text : bool
        Whether JSON has the whole text, to which the offsets belong.

    Examples
    --------
    >>> brief = Settings(length="50 words")
    >>> brief.signature.split("|")[:3]
    ['length:50 words', 'ranker:learned', 'selector:None']
    >>> brief == Settings(length="50 words")
    True
    """

    length: str | int | Length = 3
    ranker: str | Ranker = rankers.DEFAULT
    selector: str | Selector | None = None
    language: str | None = None
    segmenter: str = segmentation.DEFAULT
    order: str = "document"
    options: Mapping[str, Any] = Options()
    query: str | None = None
    title: str | None = None
    explain: bool = False
    pages: str | None = None
    section: str | None = None
    exclude_section: str | None = None
    cite: bool = False
    with_text: bool = False

    def __post_init__(self) -> None:
        if not isinstance(self.options, Options):
            if self.options is not None and not isinstance(self.options, Mapping):
                raise OptionError(f"options: found {self.options!r}; accepted: a mapping of names to values")
            object.__setattr__(self, "options", Options(self.options))

    @classmethod
    def of(cls, settings: Settings | None, choices: Mapping[str, Any]) -> Settings:
        """Combine settings with choices that override them.

        Parameters
        ----------
        settings : Settings or None
            None for the defaults.
        choices : mapping
            Values by field name.

        Returns
        -------
        Settings

        Raises
        ------
        TypeError
            If `settings` is something else, or a choice is not a field.

        Examples
        --------
        >>> Settings.of(Settings(length=5), {"order": "rank"}).length
        5
        """
        if settings is None:
            settings = _DEFAULTS
        elif not isinstance(settings, Settings):
            raise TypeError(
                f"settings: found {type(settings).__name__}; accepted: Settings, or keywords such as length=5"
            )
        if not choices:
            return settings
        for name in choices:
            if name not in _DEFAULTS.__dataclass_fields__:
                known = [field.name for field in fields(cls)]
                raise TypeError(
                    f"unknown keyword {name!r}{_suggest(name, known)}; accepted: {', '.join(known)}"
                )
        return replace(settings, **choices)

    @property
    def signature(self) -> str:
        """Every choice and the version, known before any document is read.

        The signature of a `Summary` also records what was found in the text, such as its language; it follows
        from this one and the text.
        """
        names = [field.name for field in fields(self) if field.name != "length"]
        choices = [f"{name}:{_show(getattr(self, name))}" for name in names]
        return "|".join((f"length:{Length.parse(self.length)}", *choices, f"version:{__version__}"))


_DEFAULTS = Settings()


class Method(NamedTuple):
    """Settings with every name resolved to a function.

    Attributes
    ----------
    settings : Settings
        Where it comes from.
    length : Length
    language : Language or None
        None to detect the language of each text.
    split : callable
        The segmenter, ``(text, Language, blocks, holes) -> sequence of Sentence``.
    rank, select : callable
        The ranker and the selector, with their options bound.
    score_chunk : callable or None
        Scores a `summarize.features.chunk.Chunk` as the ranker does, with its options bound; None if the
        ranker takes documents one by one.
    explain : callable or None
        The ranker's explainer, with its options bound; None if it has none.
    reads : tuple of str
        What the ranker looks at besides positions; see `summarize.rankers.RankerEntry`.
    ranker, selector : str
        Names with options, as in the signature.
    names : tuple of str
        Plain names of the ranker and the selector.
    query_options : dict
        Options of `summarize.features.query.add_relevance`.
    """

    settings: Settings
    length: Length
    language: Language | None
    split: Callable[..., Sequence[Sentence]]
    rank: Ranker
    select: Selector
    score_chunk: Callable[..., Any] | None
    explain: Callable[..., Any] | None
    reads: tuple[str, ...]
    ranker: str
    selector: str
    names: tuple[str, str]
    query_options: dict[str, Any]


def resolve(settings: Settings, *, merged: bool = False) -> Method:
    """Find the functions that settings name.

    Parameters
    ----------
    settings : Settings
    merged : bool
        Whether several texts are summarized together; they have a default selector of their own.

    Returns
    -------
    Method

    Raises
    ------
    LengthError, OptionError, UnknownNameError
        If a choice is not accepted.

    Examples
    --------
    >>> resolve(Settings(selector="mmr", options={"diversity": 0.5})).selector
    'mmr(diversity=0.5)'
    """
    length = Length.parse(settings.length)
    if settings.pages is not None:
        from summarize.places import parse_pages

        parse_pages(settings.pages)
    if settings.order not in ORDERS:
        raise UnknownNameError("order", settings.order, ORDERS)
    split = _look_up("segmenter", settings.segmenter, segmentation.SEGMENTERS)
    entry = None if callable(settings.ranker) else rankers.RANKERS.get(settings.ranker)
    selector = settings.selector
    if selector is None:
        selector = selectors.FOR_SEVERAL if merged else default_selector(settings.ranker)
    rank, select = resolve_ranker(settings.ranker), resolve_selector(selector)
    score_chunk = entry.load_chunk_scorer() if entry else None
    explain = entry.load_explainer() if settings.explain and entry else None
    shares = _share_options(settings.options, rank, select)
    language = None
    if settings.language is not None:
        from summarize.languages import find_language

        language = find_language(settings.language)
    return Method(
        settings,
        length,
        language,
        split,
        _bind(rank, shares[0]),
        _bind(select, shares[1]),
        _bind(score_chunk, shares[0]) if score_chunk else None,
        _bind(explain, shares[0]) if explain else None,
        entry.reads if entry else (),
        _sign_function(settings.ranker, shares[0]),
        _sign_function(selector, shares[1]),
        (_name(settings.ranker), _name(selector)),
        shares[2],
    )


def resolve_ranker(ranker: str | Ranker) -> Ranker:
    """Return the function for a name in ``RANKERS``; a function is returned unchanged."""
    return ranker if callable(ranker) else _look_up("ranker", ranker, rankers.RANKERS)


def resolve_selector(selector: str | Selector) -> Selector:
    """Return the function for a name in ``SELECTORS``; a function is returned unchanged."""
    return selector if callable(selector) else _look_up("selector", selector, selectors.SELECTORS)


def default_selector(ranker: str | Ranker) -> str:
    """Return the name of the selector that suits a ranker."""
    entry = None if callable(ranker) else rankers.RANKERS.get(ranker)
    return entry.selector if entry else selectors.DEFAULT


def sign(document: Document, method: Method, length: Length) -> str:
    """Describe a summary by every choice that made it.

    Parameters
    ----------
    document : Document
    method : Method
    length : Length
        The one that was used, which for ``"auto"`` depends on the text.

    Returns
    -------
    str
        ``name:value`` pairs joined by ``|``, enough to make the summary again from the same text. For a query
        and a title, the values are the terms that were found.
    """

    def join_terms(terms: Sequence[int]) -> str:
        return "+".join(document.vocabulary[term] for term in terms)

    size = str(length)
    if length.unit == "tokens":
        from summarize.tokenization.tokens import load_token_counter

        size += f"({load_token_counter()[1]})"
    parts = [
        f"ranker:{method.ranker}",
        f"selector:{method.selector}",
        f"length:{size}",
        f"order:{method.settings.order}",
    ]
    if document.parts:
        parts.append(f"texts:{len(document.parts)}")
    if document.query:
        parts.append(f"query:{_with_options(join_terms(document.query), method.query_options)}")
    if document.title:
        parts.append(f"title:{join_terms(document.title)}")
    parts += [
        f"language:{document.language}",
        f"segmenter:{document.segmenter}",
        f"tokenizer:{document.tokenizer}",
        f"version:{__version__}",
    ]
    return "|".join(parts)


def _look_up(kind: str, name: str, table: Mapping[str, Any]) -> Callable[..., Any]:
    if name not in table:
        raise UnknownNameError(kind, name, table)
    function: Callable[..., Any] = table[name].load()
    return function


def _share_options(
    options: Mapping[str, Any], rank: Ranker, select: Selector
) -> tuple[dict[str, Any], dict[str, Any], dict[str, Any]]:
    """Divide options among the ranker, the selector and the query, by the keywords that each accepts."""
    if not options:
        return {}, {}, {}
    from summarize.features.query import add_relevance

    takers = [_list_keywords(function) for function in (rank, select, add_relevance)]
    known = sorted(set().union(*takers))
    for name in options:
        if name not in known:
            raise OptionError(f"no option {name!r}{_suggest(name, known)}; accepted here: {', '.join(known)}")
    of_ranker, of_selector, of_query = (
        {name: value for name, value in options.items() if name in names} for names in takers
    )
    return of_ranker, of_selector, of_query


def _list_keywords(function: Callable[..., Any]) -> set[str]:
    parameters = inspect.signature(function).parameters.values()
    return {parameter.name for parameter in parameters if parameter.kind is parameter.KEYWORD_ONLY}


def _bind(function: Callable[..., Any], options: Mapping[str, Any]) -> Callable[..., Any]:
    return partial(function, **options) if options else function


def _suggest(name: str, known: Sequence[str]) -> str:
    from difflib import get_close_matches

    near = get_close_matches(name, known, 1)
    return f"; did you mean {near[0]!r}?" if near else ""


def _with_options(name: str, options: Mapping[str, Any]) -> str:
    inside = ",".join(f"{key}={options[key]}" for key in sorted(options))
    return f"{name}({inside})" if inside else name


def _sign_function(choice: str | Callable[..., Any], options: Mapping[str, Any]) -> str:
    """Return the name of a choice with its options; those bound by `functools.partial` count as options."""
    if isinstance(choice, partial):
        arguments = ",".join(repr(value) for value in choice.args)
        name = f"{_name(choice)}[{arguments}]" if arguments else _name(choice)
        return _with_options(name, dict(choice.keywords) | dict(options))
    return _with_options(_name(choice), options)


def _name(choice: str | Callable[..., Any]) -> str:
    """Return a name in a table, or the name of a function; a partial has the name of its function."""
    while isinstance(choice, partial):
        choice = choice.func
    return choice if isinstance(choice, str) else getattr(choice, "__name__", type(choice).__name__)


def _show(value: Any) -> str:
    """Return a choice for the signature of settings; functions by module and qualified name."""
    if isinstance(value, Mapping):
        return ",".join(f"{key}={value[key]!r}" for key in sorted(value))
    if isinstance(value, partial):
        bound = [
            *map(repr, value.args),
            *(f"{key}={value.keywords[key]!r}" for key in sorted(value.keywords)),
        ]
        return f"{_show(value.func)}({','.join(bound)})"
    if callable(value):
        module = getattr(value, "__module__", "")
        return f"{module}.{getattr(value, '__qualname__', type(value).__qualname__)}"
    return str(value)
