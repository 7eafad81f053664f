"""The options of the command, in the order of its help."""

from __future__ import annotations

from collections.abc import Callable
from inspect import signature
from typing import Any

import click

from summarize import rankers, renderers, selectors
from summarize.errors import LengthError
from summarize.length import ACCEPTED, Length
from summarize.version import __version__


class _LengthType(click.ParamType):  # type: ignore[type-arg,unused-ignore]  # generic only in new clicks
    name = "length"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Length:
        try:
            return Length.parse(value)
        except LengthError as error:
            self.fail(str(error), param, ctx)


def _list_rankers(ctx: click.Context, _: click.Parameter, wanted: bool) -> None:
    if not wanted or ctx.resilient_parsing:
        return
    width = max(map(len, rankers.RANKERS))
    for name, entry in rankers.RANKERS.items():
        paper = f" [{entry.paper}]" if entry.paper else ""
        default = " (default)" if name == rankers.DEFAULT else ""
        click.echo(f"{name:<{width}}  {entry.summary}{paper}{default}")
        function = entry.load()
        tunables = [
            f"{p.name}={p.default}"
            for p in signature(function).parameters.values()
            if p.default is not p.empty
        ]
        if tunables:
            click.echo(f"{'':<{width}}    --set {' '.join(tunables)}")
    ctx.exit()


_OPTIONS: tuple[Callable[[Any], Any], ...] = (
    click.argument("inputs", nargs=-1, type=click.Path(path_type=str)),
    click.option(
        "-n",
        "--length",
        type=_LengthType(),
        default="3",
        show_default=True,
        help=f"At most so much: {ACCEPTED}.",
    ),
    click.option(
        "-r",
        "--ranker",
        type=click.Choice(list(rankers.RANKERS)),
        metavar="NAME",
        default=rankers.DEFAULT,
        show_default=True,
        help="How sentences are scored; see --list-rankers.",
    ),
    click.option(
        "-s",
        "--selector",
        type=click.Choice(list(selectors.SELECTORS)),
        help="How sentences are chosen by their scores; by default novelty for learned and for several "
        "texts as one, else greedy.",
    ),
    click.option(
        "--coherent/--no-coherent",
        default=None,
        help="Whether the selector novelty avoids sentences that lean on one left out, such as 'But he'; "
        "it does.",
    ),
    click.option(
        "-f",
        "--format",
        "form",
        type=click.Choice(list(renderers.RENDERERS)),
        help="What is printed; text by default. Of several inputs, text and markdown name each, json is a "
        "list.",
    ),
    click.option(
        "-o",
        "--output",
        type=click.Path(),
        help="Write to this file, whole or not at all: .jsonl, .csv (also .gz, .zst), .parquet, else as "
        "--format or .json or .md says; or into this directory, a file for every text; - is standard "
        "output.",
    ),
    click.option(
        "-q",
        "--query",
        metavar="TEXT",
        help="What the summary shall be about; --set query_weight= says how much that counts (3 by default).",
    ),
    click.option(
        "--title",
        metavar="TEXT",
        help="What the text is called, if it does not say; only learned and sumy-edmundson look at it.",
    ),
    click.option(
        "--merge",
        is_flag=True,
        help="One summary of all inputs together; the selector is then novelty, unless one is given.",
    ),
    click.option("--explain", is_flag=True, help="Say of each sentence what spoke for it."),
    click.option("-l", "--language", metavar="NAME", help="Code or English name; detected by default."),
    click.option(
        "--segmenter",
        type=click.Choice(["rules", "punkt"]),
        default="rules",
        show_default=True,
        help="How sentences are found.",
    ),
    click.option(
        "--set",
        "settings",
        multiple=True,
        metavar="NAME=VALUE",
        help="A parameter of the ranker or selector; may be given more than once.",
    ),
    click.option(
        "--order",
        type=click.Choice(["document", "rank"]),
        default="document",
        show_default=True,
        help="Print in reading order, or the best first.",
    ),
    click.option(
        "--curve",
        is_flag=True,
        help="Print how many words keep each share of the content instead of a summary.",
    ),
    click.option(
        "-j", "--jobs", type=click.IntRange(0), help="Processes; 0 = one a core, the default for many texts."
    ),
    click.option(
        "--engine",
        type=click.Choice(["local", "ray"]),
        default="local",
        show_default=True,
        help="Work here, or on a Ray cluster, which fills the directory --output with shards.",
    ),
    click.option("--address", help="Of the Ray cluster; by default RAY_ADDRESS, else one on this machine."),
    click.option(
        "--resume", is_flag=True, help="Keep what an interrupted run with the same output has done."
    ),
    click.option("--timeout", type=click.FloatRange(0, min_open=True), help="Most seconds for a text."),
    click.option("--fail-fast", is_flag=True, help="Stop at the first text that fails."),
    click.option("--quiet", is_flag=True, help="Tell nothing but how many failed."),
    click.option(
        "--include", multiple=True, metavar="GLOB", help="Files of directories and archives to read."
    ),
    click.option("--exclude", multiple=True, metavar="GLOB", help="Files and directories to leave out."),
    click.option(
        "--files-from",
        type=click.File("rb"),
        metavar="LIST",
        help="Read more INPUTS from a file, or - for stdin.",
    ),
    click.option("--text-column", default="text", show_default=True, help="Where tables have their texts."),
    click.option(
        "--id-column", default="id", show_default=True, help="Where tables have identifiers, if any."
    ),
    click.option(
        "--list-rankers",
        is_flag=True,
        is_eager=True,
        expose_value=False,
        callback=_list_rankers,
        help="Say what each ranker is and what of it can be set, and exit.",
    ),
    click.version_option(__version__, "--version", prog_name="summarize"),
)


def add_options(function: Callable[..., None]) -> Callable[..., None]:
    """A function with all options as its parameters."""
    for option in reversed(_OPTIONS):
        function = option(function)
    return function
