"""The options of the command, in the order of its help."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from inspect import signature
from typing import Any

import click

from summarize import rankers, renderers, segmentation, selectors
from summarize.errors import LengthError, UnknownNameError
from summarize.length import ACCEPTED, Length
from summarize.reading import FORMAT_NAMES
from summarize.settings import ORDERS
from summarize.version import __version__


class _LengthType(click.ParamType):  # type: ignore[type-arg,unused-ignore]  # Generic only in newer clicks.
    name = "length"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Length:
        try:
            return Length.parse(value)
        except LengthError as error:
            self.fail(str(error), param, ctx)


class _NameType(click.Choice):  # type: ignore[type-arg,unused-ignore]  # Generic only in newer clicks.
    """A name in a table; an unknown name suggests the nearest known one."""

    def __init__(self, kind: str, known: Iterable[str]) -> None:
        super().__init__(list(known))
        self.kind = kind

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        if value not in self.choices:
            self.fail(str(UnknownNameError(self.kind, value, self.choices)), param, ctx)
        return super().convert(value, param, ctx)


def _list_rankers(ctx: click.Context, _: click.Parameter, wanted: bool) -> None:
    if not wanted or ctx.resilient_parsing:
        return
    width = max(map(len, rankers.RANKERS))
    for name, entry in rankers.RANKERS.items():
        paper = f" [{entry.paper}]" if entry.paper else ""
        default = " (default)" if name == rankers.DEFAULT else ""
        click.echo(f"{name:<{width}}  {entry.summary}{paper}{default}")
        function = entry.load()
        options = [
            f"{p.name}={p.default}"
            for p in signature(function).parameters.values()
            if p.default is not p.empty
        ]
        if options:
            click.echo(f"{'':<{width}}    --set {' '.join(options)}")
    ctx.exit()


def _check_delimiter(ctx: click.Context, param: click.Parameter, value: str | None) -> str | None:
    delimiter = {"tab": "\t", "\\t": "\t"}.get(value or "", value)
    if delimiter is not None and (len(delimiter) != 1 or delimiter in '"\r\n'):
        raise click.BadParameter(f"found {value!r}; accepted: one character, or tab", ctx, param)
    return delimiter


_READ_TITLES = " and ".join(name for name, entry in rankers.RANKERS.items() if "titles" in entry.reads)

_OPTIONS: tuple[Callable[[Any], Any], ...] = (
    click.argument("inputs", nargs=-1, type=click.Path(path_type=str)),
    click.option(
        "-n",
        "--length",
        type=_LengthType(),
        default="3",
        show_default=True,
        help=f"Maximum length: {ACCEPTED}. In Chinese, Japanese, Thai and other scripts without spaces, each "
        "letter counts as a word, as in word processors. Room that only fragments would fit stays empty.",
    ),
    click.option(
        "-r",
        "--ranker",
        type=_NameType("ranker", rankers.RANKERS),
        metavar="NAME",
        default=rankers.DEFAULT,
        show_default=True,
        help="How to score sentences; --list-rankers describes each.",
    ),
    click.option(
        "-s",
        "--selector",
        type=_NameType("selector", selectors.SELECTORS),
        help="How to choose sentences by their scores. Default: novelty for the ranker learned and for "
        "--merge, otherwise greedy.",
    ),
    click.option(
        "--coherent/--no-coherent",
        default=None,
        help="Make the selector novelty avoid sentences that need one left out, such as 'But he …' or "
        "'Both mills …'. "
        "Default: on.",
    ),
    click.option(
        "-f",
        "--format",
        "form",
        type=_NameType("format", renderers.RENDERERS),
        help="Output format. Default: text. With several inputs, text and markdown name each, and json is "
        "a list.",
    ),
    click.option(
        "-o",
        "--output",
        type=click.Path(),
        help="Write to this file (.jsonl, .csv, also with .gz or .zst, .parquet, .json, .md or .txt), or to "
        "this directory, one file per text. A file is complete or not there. - is standard output.",
    ),
    click.option(
        "-q",
        "--query",
        metavar="TEXT",
        help="What the summary should be about. Only sentences about it are chosen, even if there are fewer "
        "than asked for.",
    ),
    click.option(
        "--title",
        metavar="TEXT",
        help=f"The title of the text, if the text does not contain it; used by {_READ_TITLES}.",
    ),
    click.option(
        "--merge",
        is_flag=True,
        help="Make one summary of all inputs together, with something of each if there is room.",
    ),
    click.option(
        "--pages", metavar="LIST", help="Choose only from these pages or slides, such as 3-9 or 1,4-6."
    ),
    click.option(
        "--section",
        metavar="TEXT",
        help="Choose only from sections whose heading contains this.",
    ),
    click.option(
        "--exclude-section",
        metavar="TEXT",
        help="Do not choose from sections whose heading contains this.",
    ),
    click.option(
        "--cite",
        is_flag=True,
        help="Show the place of each sentence: [p. 12], [slide 3], [12:31 Ada], or its heading.",
    ),
    click.option("--with-text", is_flag=True, help="Include the whole text in JSON, for its offsets."),
    click.option("--explain", is_flag=True, help="Explain why each sentence was chosen."),
    click.option(
        "-l", "--language", metavar="NAME", help="Code or English name of the language. Default: detected."
    ),
    click.option(
        "--segmenter",
        type=_NameType("segmenter", segmentation.SEGMENTERS),
        default=segmentation.DEFAULT,
        show_default=True,
        help="How to find sentences.",
    ),
    click.option(
        "--set",
        "settings",
        multiple=True,
        metavar="NAME=VALUE",
        help="Set an option of the ranker, the selector or the query; may be repeated.",
    ),
    click.option(
        "--order",
        type=_NameType("order", ORDERS),
        default=ORDERS[0],
        show_default=True,
        help="Print sentences in reading order, or the best first.",
    ),
    click.option(
        "--curve",
        is_flag=True,
        help="Instead of a summary, print how many words keep each share of the content.",
    ),
    click.option(
        "-j",
        "--jobs",
        type=click.IntRange(0),
        help="Number of processes; 0 for one per core. Default: one per core for many texts.",
    ),
    click.option(
        "--engine",
        type=_NameType("engine", ("local", "ray")),
        default="local",
        show_default=True,
        help="Run here, or on a Ray cluster, which fills the directory --output with shards.",
    ),
    click.option(
        "--address",
        help="Address of the Ray cluster. Default: RAY_ADDRESS, or else a cluster on this machine.",
    ),
    click.option(
        "--resume", is_flag=True, help="Keep what an interrupted run into the same output has finished."
    ),
    click.option(
        "--timeout", type=click.FloatRange(0, min_open=True), help="Maximum number of seconds for each text."
    ),
    click.option("--fail-fast", is_flag=True, help="Stop at the first text that fails."),
    click.option("--quiet", is_flag=True, help="Only report how many texts failed."),
    click.option(
        "--include",
        multiple=True,
        metavar="GLOB",
        help="Read only these files in directories and archives; may be repeated.",
    ),
    click.option(
        "--exclude",
        multiple=True,
        metavar="GLOB",
        help="Skip these files and directories; may be repeated.",
    ),
    click.option(
        "--files-from",
        type=click.File("rb"),
        metavar="LIST",
        help="Read the names of more inputs from this file, or from standard input with -.",
    ),
    click.option("--text-column", default="text", show_default=True, help="Column of the texts in tables."),
    click.option(
        "--id-column", default="id", show_default=True, help="Column of the identifiers in tables, if any."
    ),
    click.option(
        "--delimiter",
        callback=_check_delimiter,
        metavar="CHAR",
        help="Character between the columns of CSV tables, or tab. Default: found by the first line.",
    ),
    click.option(
        "--header/--no-header",
        default=True,
        show_default=True,
        help="Whether the first line of CSV tables names the columns. Without names, columns have numbers, "
        "from 1.",
    ),
    click.option(
        "--input-format",
        type=_NameType("format", FORMAT_NAMES),
        metavar="NAME",
        help="The format of the texts, such as pdf, markdown or plain. Default: found by "
        "their contents and names.",
    ),
    click.option("--user-agent", metavar="TEXT", help="What to tell the server of an address (https://…)."),
    click.option(
        "--allow-private", is_flag=True, help="Also fetch addresses on this machine or in its own network."
    ),
    click.option("--password", metavar="TEXT", help="Password of encrypted PDF documents."),
    click.option(
        "--list-rankers",
        is_flag=True,
        is_eager=True,
        expose_value=False,
        callback=_list_rankers,
        help="Describe each ranker and its options, and exit.",
    ),
    click.version_option(__version__, "--version", prog_name="summarize"),
)


def add_options(function: Callable[..., None]) -> Callable[..., None]:
    """Add all options to a function, as its parameters."""
    for option in reversed(_OPTIONS):
        function = option(function)
    return function
