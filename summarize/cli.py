"""The command: options in, exit code out. The only importer of click."""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

# Modules are not garbage: looking for some while they are loaded takes a tenth of the time.
gc.disable()
# One document at a time needs no threads, and starting them takes longer than a news article does.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

import click
from click.core import ParameterSource

from summarize import rankers, renderers, selectors
from summarize.errors import InputError, LengthError, OptionError, SummarizeError, UnknownNameError
from summarize.length import ACCEPTED, Length
from summarize.version import __version__

if TYPE_CHECKING:
    from summarize.document import Summary
    from summarize.reading import Text

_TEXT_SUFFIXES = (".txt", ".md", ".markdown", ".text", ".rst", ".html", ".htm")
_EPILOG = """\b
Examples:
  summarize article.txt                      three sentences, in reading order
  summarize article.txt -n "100 words"       at most 100 words
  summarize article.txt -q "gas pipeline"    what it says of that
  summarize article.txt -s mmr --set diversity=0.5
  summarize monday.txt tuesday.txt --merge   one summary of both, each sentence with its source
  summarize *.txt -f jsonl -o summaries.jsonl
  cat article.txt | summarize -n 2

Exit codes: 0 all well, 1 an input failed (the others are done), 2 wrong usage, 130 interrupted."""


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
    ctx.exit()


@click.command(
    epilog=_EPILOG, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100}
)
@click.argument("inputs", nargs=-1, type=click.Path(path_type=str))
@click.option(
    "-n", "--length", type=_LengthType(), default="3", show_default=True, help=f"At most so much: {ACCEPTED}."
)
@click.option(
    "-r",
    "--ranker",
    type=click.Choice(list(rankers.RANKERS)),
    metavar="NAME",
    default=rankers.DEFAULT,
    show_default=True,
    help="How sentences are scored; see --list-rankers.",
)
@click.option(
    "-s",
    "--selector",
    type=click.Choice(list(selectors.SELECTORS)),
    default=selectors.DEFAULT,
    show_default=True,
    help="How sentences are chosen by their scores.",
)
@click.option(
    "-f",
    "--format",
    "form",
    type=click.Choice(list(renderers.RENDERERS)),
    default="text",
    show_default=True,
    help="What is printed. Of several inputs, text and markdown name each, and json is a list.",
)
@click.option(
    "-o", "--output", type=click.Path(dir_okay=False), help="Write to this file, whole or not at all."
)
@click.option(
    "-q",
    "--query",
    metavar="TEXT",
    help="What the summary shall be about; --set query_weight= says how much that counts (3 by default).",
)
@click.option(
    "--title",
    metavar="TEXT",
    help="What the text is called, if it does not say; only learned and sumy-edmundson look at it.",
)
@click.option(
    "--merge",
    is_flag=True,
    help="One summary of all inputs together; the selector is then novelty, unless one is given.",
)
@click.option("--explain", is_flag=True, help="Say of each sentence what spoke for it.")
@click.option("-l", "--language", metavar="NAME", help="Code or English name; detected by default.")
@click.option(
    "--segmenter",
    type=click.Choice(["rules", "punkt"]),
    default="rules",
    show_default=True,
    help="How sentences are found.",
)
@click.option(
    "--set",
    "settings",
    multiple=True,
    metavar="NAME=VALUE",
    help="A parameter of the ranker or selector; may be given more than once.",
)
@click.option(
    "--order",
    type=click.Choice(["document", "rank"]),
    default="document",
    show_default=True,
    help="Print in reading order, or the best first.",
)
@click.option(
    "--curve",
    is_flag=True,
    help="Print how many words keep each share of the content instead of a summary.",
)
@click.option(
    "--list-rankers",
    is_flag=True,
    is_eager=True,
    expose_value=False,
    callback=_list_rankers,
    help="Say what each ranker is, and exit.",
)
@click.version_option(__version__, "--version", prog_name="summarize")
@click.pass_context
def command(
    ctx: click.Context,
    inputs: tuple[str, ...],
    length: Length,
    ranker: str,
    selector: str,
    form: str,
    output: str | None,
    query: str | None,
    title: str | None,
    merge: bool,
    explain: bool,
    language: str | None,
    segmenter: str,
    settings: tuple[str, ...],
    order: str,
    curve: bool,
) -> None:
    """Print the sentences that carry a text.

    INPUTS are files, directories (every text below them) or - for standard input, the default.
    """
    from summarize.pipeline import draw_curve, resolve_ranker, resolve_selector, share_options

    gc.freeze()
    gc.enable()
    options = dict(map(_parse_setting, settings))
    choices: dict[str, Any] = {
        "ranker": ranker,
        "selector": selector,
        "language": language,
        "segmenter": segmenter,
        "options": options,
        "query": query,
    }
    try:
        share_options(options, resolve_ranker(ranker), resolve_selector(selector))
        if language is not None:
            from summarize.languages import find_language

            find_language(language)
    except (OptionError, UnknownNameError) as error:
        raise click.UsageError(str(error)) from None

    if title is not None and _are_several(inputs) and not merge:
        raise click.UsageError("--title: found several inputs; accepted: one, or --merge")
    if merge and curve:
        raise click.UsageError("--curve: found --merge; accepted: without it")
    if merge and ctx.get_parameter_source("selector") is ParameterSource.DEFAULT:
        choices["selector"] = selectors.FOR_SEVERAL
    failures = 0

    def texts() -> Iterator[Text]:
        nonlocal failures
        for text in _read_inputs(inputs or ("-",)):
            if isinstance(text, SummarizeError):
                failures += 1
                _say(str(text))
                continue
            for warning in text.warnings:
                _say(warning)
            yield text

    def curves() -> Iterator[str]:
        from summarize.curve import render_curve

        for text in texts():
            drawn = render_curve(draw_curve(text.text, title=title or text.title, **choices))
            yield f"==> {text.source} <==\n{drawn}" if _are_several(inputs) else drawn

    def results() -> Iterator[Summary]:
        nonlocal failures
        for group in [list(texts())] if merge else ([text] for text in texts()):
            if not group:
                continue
            name = "all inputs" if merge else group[0].source
            try:
                summary = _summarize(
                    group, title, merge, length=length, order=order, explain=explain, **choices
                )
            except OptionError as error:
                raise click.UsageError(str(error)) from None
            except SummarizeError as error:
                failures += 1
                _say(f"{name}: {error}")
                continue
            for warning in _warnings(summary, query):
                _say(f"{name}: {warning}")
            yield summary

    try:
        pieces = curves() if curve else _render(results(), form, _are_several(inputs) and not merge)
        _write(pieces, output)
    except BrokenPipeError:
        # Whoever read has enough. Python would complain once more when it closes stdout.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    if failures:
        ctx.exit(1)


def _summarize(texts: list[Text], title: str | None, merge: bool, **choices: Any) -> Summary:
    """The summary of one text, or of several as one; pages have titles of their own."""
    from summarize.pipeline import summarize, summarize_merged

    name = title or "\n".join(text.title for text in texts if text.title) or None
    if merge:
        return summarize_merged([(text.source, text.text) for text in texts], title=name, **choices)
    return summarize(texts[0].text, source=texts[0].source, title=name, **choices)


def _warnings(summary: Summary, query: str | None) -> Iterator[str]:
    """What the user should know of a summary."""
    if not summary.document.sentences:
        yield "the text is empty, and so is its summary"
        return
    if query is not None and not summary.document.query:
        yield f"no word of the query {query!r} is in the text; the summary is as without it"
    if not summary.indices:
        yield f"no sentence fits into {summary.length}; the summary is empty"


def _parse_setting(setting: str) -> tuple[str, Any]:
    name, equals, value = setting.partition("=")
    if not equals or not name:
        raise click.UsageError(f"--set: found {setting!r}; accepted: NAME=VALUE")
    words = {"true": True, "false": False, "none": None}
    if value.lower() in words:
        return name, words[value.lower()]
    for convert in (int, float):
        try:
            return name, convert(value)
        except ValueError:
            pass
    return name, value


def _are_several(inputs: tuple[str, ...]) -> bool:
    return len(inputs) > 1 or any(os.path.isdir(path) for path in inputs)


def _read_inputs(inputs: tuple[str, ...]) -> Iterator[Text | SummarizeError]:
    """Every text, or what is wrong with it."""
    from summarize.reading import read_path, read_stream

    for name in inputs:
        try:
            if name == "-":
                yield read_stream(sys.stdin.buffer, "-")
            elif os.path.isdir(name):
                paths = list(_texts_below(name))
                if not paths:
                    yield InputError(name, f"no texts in this directory ({', '.join(_TEXT_SUFFIXES)})")
                for path in paths:
                    try:
                        yield read_path(path)
                    except SummarizeError as error:
                        yield error
            else:
                yield read_path(name)
        except SummarizeError as error:
            yield error


def _texts_below(folder: str) -> Iterator[str]:
    for root, folders, files in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(files):
            if not name.startswith(".") and name.lower().endswith(_TEXT_SUFFIXES):
                yield os.path.join(root, name)


def _render(summaries: Iterator[Summary], form: str, several: bool) -> Iterator[str]:
    from importlib import import_module

    entry = renderers.RENDERERS[form]
    render = getattr(import_module(entry.module), entry.function)
    first = True
    for summary in summaries:
        text = render(summary)
        if several and form == "json":
            yield ("[\n" if first else ",\n") + text.rstrip("\n")
        elif several and form in ("text", "markdown"):
            mark = "==> {} <==" if form == "text" else "## {}\n"
            yield ("" if first else "\n") + mark.format(summary.document.source) + "\n" + text
        else:
            yield text
        first = False
    if several and form == "json":
        yield "[]\n" if first else "\n]\n"


def _write(pieces: Iterator[str], output: str | None) -> None:
    """Print, or write a file under another name and rename it, so that it is whole or not there."""
    if output is None:
        stream = sys.stdout.buffer
        for piece in pieces:
            stream.write(piece.encode("utf-8", "surrogatepass"))
            stream.flush()
        return
    temporary = f"{output}.{os.getpid()}.part"
    try:
        with open(temporary, "wb") as file:
            for piece in pieces:
                file.write(piece.encode("utf-8", "surrogatepass"))
            file.flush()
            os.fsync(file.fileno())
        os.replace(temporary, output)
    except OSError as error:
        raise click.ClickException(f"{output}: cannot be written: {error.strerror or error}") from None
    finally:
        if os.path.exists(temporary):
            os.unlink(temporary)


def _say(message: str) -> None:
    click.echo(f"summarize: {message}".encode("utf-8", "backslashreplace").decode(), err=True)


def main() -> None:
    """Run the command, and turn what can happen to it into an exit code."""
    try:
        code = command.main(prog_name="summarize", standalone_mode=False)
    except click.ClickException as error:
        error.show()
        code = error.exit_code
    except (click.Abort, KeyboardInterrupt):
        code = 130
    except OSError as error:  # a full disk behind stdout
        _say(f"cannot write: {error.strerror or error}")
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        code = 1
    sys.exit(code if isinstance(code, int) else 0)


if __name__ == "__main__":
    main()
