"""The command: options in, exit code out. Only this module and `summarize.cli.options` import click."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterable, Iterator
from itertools import chain
from typing import TYPE_CHECKING, Any, BinaryIO

import click

from summarize.cli.console import count, say, say_failures, say_nothing
from summarize.cli.ending import close_stdout
from summarize.cli.options import add_options
from summarize.cli.single import is_one_text, is_packed, render, summarize_one, watch_garbage, write
from summarize.errors import OptionError, SummarizeError, UnknownNameError
from summarize.settings import Settings, resolve

if TYPE_CHECKING:
    from summarize.document import Text
    from summarize.inputs import Reading

# Names of standard output.
_STDOUT = ("-", "/dev/stdout")
_EPILOG = """\b
Examples:
  summarize article.txt                      three sentences, in reading order
  summarize article.txt -n "100 words"       at most 100 words
  summarize report.pdf --cite                with the page of each sentence
  summarize article.txt -s mmr --set diversity=0.5
  summarize article.txt -q "gas pipeline"    what it says about the gas pipeline
  summarize texts/ -o summaries.jsonl        one record for each text in a directory
  cat article.txt | summarize -n 2

Exit codes: 0 success, 1 an input failed (the others are done), 2 wrong usage, 130 interrupted."""


@click.command(
    epilog=_EPILOG, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100}
)
@add_options
@click.pass_context
def command(
    ctx: click.Context,
    /,
    inputs: tuple[str, ...],
    form: str | None,
    output: str | None,
    settings: tuple[str, ...],
    coherent: bool | None,
    merge: bool,
    curve: bool,
    engine: str,
    address: str | None,
    jobs: int | None,
    resume: bool,
    timeout: float | None,
    fail_fast: bool,
    quiet: bool,
    include: tuple[str, ...],
    exclude: tuple[str, ...],
    files_from: BinaryIO | None,
    text_column: str,
    id_column: str,
    delimiter: str | None,
    header: bool,
    password: str | None,
    input_format: str | None,
    user_agent: str | None,
    allow_private: bool,
    **choices: Any,
) -> None:
    """Print the sentences that carry a text.

    INPUTS are files (texts, web pages, PDF, Word, OpenDocument, EPUB, mails and more), directories (with
    everything below them), tables (.jsonl, .csv, .parquet), archives (.zip, .tar), addresses (https://…), or
    - for standard input, the default. Texts and tables may be compressed (.gz, .zst).
    """
    from summarize.inputs import Reading, is_address

    options = dict(map(_parse_setting, settings))
    if coherent is not None:
        options.setdefault("coherence", float(coherent))
    wanted = Settings(options=options, **choices)
    inputs = inputs or (() if files_from else ("-",))
    reading = Reading(
        include=include,
        exclude=exclude,
        text_column=text_column,
        id_column=id_column,
        delimiter=delimiter,
        header=header,
        password=password,
        input_format=input_format,
        addresses=tuple(path for path in inputs if is_address(path)),
        user_agent=user_agent,
        allow_private=allow_private,
    )
    output = None if output in _STDOUT else output
    # These are None if the caller closed them.
    if sys.stdin is None and "-" in inputs:
        raise click.ClickException("-: standard input is closed; accepted: files, or an open standard input")
    if sys.stdout is None and output is None:
        raise click.ClickException("standard output is closed; accepted: an open one, or --output")
    tell = say_nothing if quiet else say
    if "-" in inputs and sys.stdin.isatty():
        tell("reading from the terminal; Ctrl-D ends the text")
    plain = engine == "local" and not files_from and not timeout
    try:
        resolve(wanted, merged=merge)
        watch_garbage()
        single = not files_from and is_one_text(inputs, output)
        if merge and curve:
            raise click.UsageError("--curve: found --merge; accepted: one of the two")
        if merge or curve:
            _refuse_for_one({"--engine ray": engine == "ray", "--resume": resume, "--timeout": timeout})
        if wanted.title is not None and not (single or merge):
            raise click.UsageError("--title: found several inputs; accepted: one input, or --merge")
        if merge:
            texts = _read_texts(inputs, files_from, output, reading, tell, fail_fast)
            failures = _summarize_merged(texts, wanted, form, output, tell, fail_fast)
        elif curve:
            texts = _read_texts(inputs, files_from, output, reading, tell, fail_fast)
            failures = _draw_curves(texts, wanted, output, many=not single)
        elif plain and single and not is_packed(inputs[0]):
            failures = summarize_one(inputs[0], wanted, form, output, reading, tell)
        else:
            how = {"form": form, "jobs": jobs, "timeout": timeout, "resume": resume}
            how |= {"address": address} if engine == "ray" else {}
            failures = _summarize_files(inputs, files_from, output, wanted, reading, quiet, fail_fast, how)
    except BrokenPipeError:
        close_stdout(0)
        return
    except (OptionError, UnknownNameError) as error:
        raise click.UsageError(str(error)) from None
    except SummarizeError as error:
        raise click.ClickException(str(error)) from None
    if failures:
        ctx.exit(1)


def _refuse_for_one(found: dict[str, Any]) -> None:
    """Refuse options that make no sense with ``--merge`` or ``--curve``."""
    for name, value in found.items():
        if value:
            raise click.UsageError(f"{name}: found --merge or --curve; accepted: neither of them")


def _summarize_files(
    inputs: tuple[str, ...],
    files_from: BinaryIO | None,
    output: str | None,
    settings: Settings,
    reading: Reading,
    quiet: bool,
    fail_fast: bool,
    how: dict[str, Any],
) -> int:
    """Summarize many texts; return how many failed."""
    from summarize.batch.files import summarize_files
    from summarize.cli.progress import Progress
    from summarize.inputs.directories import read_list

    if how["resume"] and output is None:
        raise click.UsageError("--resume: found no --output; accepted: with --output")
    paths = inputs if files_from is None else chain(inputs, read_list(files_from))
    many = files_from is not None or not is_one_text(inputs, output)
    if many and _is_conversation(inputs, output) and how["form"] in (None, "text", "markdown", "outline"):
        many = False
    several = files_from is not None or len(inputs) > 1
    progress = Progress(inputs, reading, quiet=quiet, known=files_from is None)
    if "address" in how:
        from summarize.engines.ray_data import find_outcomes

        # Ray would log what nobody asked for, and report its use over the network.
        os.environ.update({"RAY_DATA_LOG_LEVEL": "ERROR", "RAY_USAGE_STATS_ENABLED": "0"} | os.environ)
        outcomes = find_outcomes(paths, output, settings, reading=reading, several=several, **how)
    else:
        outcomes = summarize_files(
            paths, output, settings, reading=reading, several=several, many=many, **how
        )
    stopped = "stopped"
    try:
        for outcome in outcomes:
            progress.step(outcome)
            if fail_fast and outcome.problem is not None:
                break
        else:
            stopped = ""
    except KeyboardInterrupt:
        stopped = "interrupted"
        raise
    finally:
        outcomes.close()
        rest = "" if output is None else _explain_rest(output, many, "address" in how)
        if stopped == "interrupted" or (stopped and progress.documents and rest):
            progress.say(f"{stopped} after {count(progress.documents, 'document')}{rest}")
        progress.close()
    return progress.failures


def _explain_rest(output: str, many: bool, on_ray: bool) -> str:
    """Say what a run that was stopped has kept, and how to go on."""
    from summarize.batch.files import find_journal

    again = "--resume continues from there"
    if on_ray:
        return f"; {again}"
    journal = find_journal(output, many)
    return f"; {journal} is kept, and {again}" if os.path.exists(journal) else ""


def _read_texts(
    inputs: tuple[str, ...],
    files_from: BinaryIO | None,
    output: str | None,
    reading: Reading,
    tell: Callable[[str], None],
    fail_fast: bool,
) -> Iterator[Text | None]:
    """Read every text of the inputs; None for one that cannot be read, which is reported."""
    from summarize.inputs.directories import read_list
    from summarize.inputs.loading import read_texts
    from summarize.outputs.overlap import refuse_overlap

    paths: Iterable[str] = inputs if files_from is None else chain(inputs, read_list(files_from))
    if output is not None:
        paths = refuse_overlap(paths, output, reading)
    documents = failures = 0
    for text in read_texts(paths, reading):
        documents += 1
        if isinstance(text, SummarizeError):
            failures += 1
            tell(str(text))
            yield None
            if fail_fast:
                break
        else:
            for warning in text.warnings:
                tell(warning)
            yield text
    say_failures(failures, documents, 0 if files_from else len(inputs))


def _summarize_merged(
    texts: Iterable[Text | None],
    settings: Settings,
    form: str | None,
    output: str | None,
    tell: Callable[[str], None],
    fail_fast: bool,
) -> int:
    """Make one summary of all texts; return how many of them failed."""
    from summarize.outputs import choose_form
    from summarize.pipeline import summarize_merged
    from summarize.remarks import list_warnings

    form = choose_form(output, form, merged=True)
    found = list(texts)
    failures = found.count(None)
    read = [text for text in found if text is not None]
    if not read or (failures and fail_fast):
        return failures
    summary = summarize_merged(read, settings)
    for warning in list_warnings(summary, settings.query):
        tell(f"all inputs: {warning}")
    write([render(summary, form)], output)
    return failures


def _draw_curves(texts: Iterable[Text | None], settings: Settings, output: str | None, *, many: bool) -> int:
    """Print curves instead of summaries; return how many texts failed."""
    from summarize.metrics.curve import render_curve
    from summarize.pipeline import draw_curve

    failures = 0

    def curves() -> Iterator[str]:
        nonlocal failures
        for text in texts:
            if text is None:
                failures += 1
                continue
            drawn = render_curve(draw_curve(text, settings))
            yield f"==> {text.source} <==\n{drawn}" if many else drawn

    write(curves(), output)
    return failures


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


def _is_conversation(inputs: tuple[str, ...], output: str | None) -> bool:
    """Tell whether the only input is a mailbox, whose mails are read one after the other without headings."""
    return len(inputs) == 1 and output is None and inputs[0].lower().endswith((".mbox", ".mbox.gz"))


def run() -> int:
    """Run the command, and return its exit code."""
    try:
        code = command.main(prog_name="summarize", standalone_mode=False)
    except click.ClickException as error:
        error.show()
        return error.exit_code
    except click.Abort:
        return 130
    return code if isinstance(code, int) else 0
