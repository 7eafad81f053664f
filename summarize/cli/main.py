"""The command: options in, exit code out. With `summarize.cli.options` the only importer of click."""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Callable, Iterable, Iterator
from itertools import chain
from typing import TYPE_CHECKING, Any, BinaryIO

# Modules are not garbage: looking for some while they are loaded takes a tenth of the time.
gc.disable()
# One document at a time needs no threads, and starting them takes longer than a news article does.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

import click

from summarize import renderers, selectors
from summarize.cli.console import count, say, say_failures, say_nothing
from summarize.cli.options import add_options
from summarize.errors import OptionError, SummarizeError, UnknownNameError

if TYPE_CHECKING:
    from summarize.batch.many import Settings
    from summarize.document import Summary
    from summarize.inputs import Reading
    from summarize.reading import Text

# As an output.
_STDOUT = ("-", "/dev/stdout")
_EPILOG = """\b
Examples:
  summarize article.txt                      three sentences, in reading order
  summarize article.txt -n "100 words"       at most 100 words
  summarize article.txt -s mmr --set diversity=0.5
  summarize article.txt -q "gas pipeline"    what it says of that
  summarize texts/ -o summaries.jsonl        a record for every text below a directory
  cat article.txt | summarize -n 2

Exit codes: 0 all well, 1 an input failed (the others are done), 2 wrong usage, 130 interrupted."""


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
    **choices: Any,
) -> None:
    """Print the sentences that carry a text.

    INPUTS are files, directories (every text below them), tables (.jsonl, .csv, .parquet), archives of texts
    (.zip, .tar), or - for standard input, the default. Tables and texts may be compressed (.gz, .zst).
    """
    from summarize.batch.many import Settings
    from summarize.inputs import Reading

    options = dict(map(_parse_setting, settings))
    if coherent is not None:
        options.setdefault("coherence", float(coherent))
    if merge and choices["selector"] is None:
        choices["selector"] = selectors.FOR_SEVERAL
    wanted = Settings(options=options, **choices)
    inputs = inputs or (() if files_from else ("-",))
    reading = Reading(include, exclude, text_column, id_column)
    output = None if output in _STDOUT else output
    # Python has none where the caller closed it.
    if sys.stdin is None and "-" in inputs:
        raise click.ClickException("-: standard input is closed; accepted: files, or an open one")
    if sys.stdout is None and output is None:
        raise click.ClickException("standard output is closed; accepted: an open one, or --output")
    tell = say_nothing if quiet else say
    plain = engine == "local" and not files_from and not timeout
    try:
        _check(wanted)
        single = not files_from and _is_one_text(inputs, output)
        if merge and curve:
            raise click.UsageError("--curve: found --merge; accepted: without it")
        if merge or curve:
            _refuse_for_one({"--engine ray": engine == "ray", "--resume": resume, "--timeout": timeout})
        if wanted.title is not None and not (single or merge):
            raise click.UsageError("--title: found several inputs; accepted: one, or --merge")
        if merge:
            texts = _read_texts(inputs, files_from, output, reading, tell, fail_fast)
            failures = _summarize_merged(texts, wanted, form, output, tell, fail_fast)
        elif curve:
            texts = _read_texts(inputs, files_from, output, reading, tell, fail_fast)
            failures = _draw_curves(texts, wanted, output, many=not single)
        elif plain and single and not _is_packed(inputs[0]):
            failures = _summarize_text(inputs[0], wanted, form, output, reading, tell)
        else:
            how = {"form": form, "jobs": jobs, "timeout": timeout, "resume": resume}
            how |= {"address": address} if engine == "ray" else {}
            failures = _summarize_files(inputs, files_from, output, wanted, reading, quiet, fail_fast, how)
    except BrokenPipeError:
        # Whoever read has enough. Python would complain once more when it closes stdout.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return
    except (OptionError, UnknownNameError) as error:
        raise click.UsageError(str(error)) from None
    except SummarizeError as error:
        raise click.ClickException(str(error)) from None
    if failures:
        ctx.exit(1)


def _check(settings: Settings) -> None:
    """Raise an error for choices that no text can be summarized with."""
    from summarize.pipeline import resolve_ranker, resolve_selector, share_options, suit_selector

    gc.freeze()
    gc.enable()
    select = resolve_selector(settings.selector or suit_selector(settings.ranker))
    share_options(settings.options, resolve_ranker(settings.ranker), select)
    if settings.language is not None:
        from summarize.languages import find_language

        find_language(settings.language)


def _refuse_for_one(found: dict[str, Any]) -> None:
    """Raise an error for options that make no sense where all inputs are taken together."""
    for name, value in found.items():
        if value:
            raise click.UsageError(f"{name}: found --merge or --curve; accepted: without them")


def _summarize_text(
    path: str,
    settings: Settings,
    form: str | None,
    output: str | None,
    reading: Reading,
    tell: Callable[[str], None],
) -> int:
    """The summary of one text, without anything that many would need."""
    from summarize.batch.many import summarize_text, warn_of
    from summarize.reading import read_path, read_stream

    if output is not None:
        from summarize.outputs import choose_form
        from summarize.outputs.overlap import refuse_overlap

        form = choose_form(output, form)
        refuse_overlap((path,), output, reading)
    try:
        text = read_stream(sys.stdin.buffer, "-") if path == "-" else read_path(path)
        for warning in text.warnings:
            tell(warning)
        summary = summarize_text(text, text.source, settings)
    except (OptionError, UnknownNameError):
        raise
    except SummarizeError as error:
        tell(f"{path}: {getattr(error, 'problem', error)}")
        if tell is say_nothing:
            say_failures(1, 1)
        return 1
    for warning in warn_of(summary, settings):
        tell(f"{path}: {warning}")
    _write([_render(summary, form or "text")], output)
    return 0


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
    """The summaries of many texts; how many failed."""
    from summarize.batch.files import summarize_files
    from summarize.cli.progress import Progress
    from summarize.inputs.directories import read_list

    if how["resume"] and output is None:
        raise click.UsageError("--resume needs an --output")
    paths = inputs if files_from is None else chain(inputs, read_list(files_from))
    many = files_from is not None or not _is_one_text(inputs, output)
    several = files_from is not None or len(inputs) > 1
    progress = Progress(inputs, reading, quiet=quiet, known=files_from is None)
    if "address" in how:
        from summarize.engines.ray_data import find_outcomes

        # It tells of itself what is not asked for, and to others too.
        os.environ.update({"RAY_DATA_LOG_LEVEL": "ERROR", "RAY_USAGE_STATS_ENABLED": "0"} | os.environ)
        outcomes = find_outcomes(paths, output, settings, reading=reading, several=several, **how)
    else:
        outcomes = summarize_files(
            paths, output, settings, reading=reading, several=several, many=many, **how
        )
    try:
        for outcome in outcomes:
            progress.step(outcome)
            if fail_fast and outcome.problem is not None:
                break
    except KeyboardInterrupt:
        again = "" if output is None else "; --resume goes on from there"
        progress.say(f"interrupted after {count(progress.documents, 'document')}{again}")
        raise
    finally:
        outcomes.close()
        progress.close()
    return progress.failures


def _read_texts(
    inputs: tuple[str, ...],
    files_from: BinaryIO | None,
    output: str | None,
    reading: Reading,
    tell: Callable[[str], None],
    fail_fast: bool,
) -> Iterator[Text | None]:
    """Every text of the inputs; None for one that cannot be read, which is told."""
    from summarize.batch.task import read_texts
    from summarize.inputs.directories import read_list
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
    say_failures(failures, documents)


def _summarize_merged(
    texts: Iterable[Text | None],
    settings: Settings,
    form: str | None,
    output: str | None,
    tell: Callable[[str], None],
    fail_fast: bool,
) -> int:
    """One summary of all texts; how many of them failed."""
    from summarize.batch.many import warn_of
    from summarize.outputs import choose_form
    from summarize.pipeline import summarize_merged

    form = choose_form(output, form, merged=True)
    found = list(texts)
    failures = found.count(None)
    read = [text for text in found if text is not None]
    if not read or (failures and fail_fast):
        return failures
    choices = settings.keywords()
    choices["title"] = settings.title or "\n".join(text.title for text in read if text.title) or None
    summary = summarize_merged([(text.source, text.text) for text in read], **choices)
    for warning in warn_of(summary, settings):
        tell(f"all inputs: {warning}")
    _write([_render(summary, form)], output)
    return failures


def _draw_curves(texts: Iterable[Text | None], settings: Settings, output: str | None, *, many: bool) -> int:
    """Curves instead of summaries; how many texts failed."""
    from summarize.metrics.curve import render_curve
    from summarize.pipeline import draw_curve

    failures = 0

    def curves() -> Iterator[str]:
        nonlocal failures
        choices = settings.keywords()
        del choices["length"], choices["order"], choices["explain"]
        for text in texts:
            if text is None:
                failures += 1
                continue
            drawn = render_curve(draw_curve(text.text, **choices | {"title": settings.title or text.title}))
            yield f"==> {text.source} <==\n{drawn}" if many else drawn

    _write(curves(), output)
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


def _is_one_text(inputs: tuple[str, ...], output: str | None) -> bool:
    """Whether there is one plain text, and no more to be had of it than its summary."""
    from summarize.inputs import find_reader
    from summarize.outputs import find_output, is_folder

    if len(inputs) != 1 or os.path.isdir(inputs[0]):
        return False
    return find_reader(inputs[0]) is None and not find_output(output) and not is_folder(output, False)


def _is_packed(path: str) -> bool:
    from summarize.inputs import COMPRESSIONS

    return path.lower().endswith(COMPRESSIONS) or "://" in path


def _render(summary: Summary, form: str) -> str:
    text: str = renderers.RENDERERS[form].load()(summary)
    return text


def _write(pieces: Iterable[str], output: str | None) -> None:
    """Print, or write a file under another name and rename it, so that it is whole or not there."""
    if output is None:
        for piece in pieces:
            sys.stdout.buffer.write(piece.encode("utf-8", "surrogatepass"))
            sys.stdout.buffer.flush()
        return
    from summarize.outputs.atomic import Replacement

    file = Replacement(output)
    try:
        for piece in pieces:
            file.write(piece.encode("utf-8", "surrogatepass"))
        file.finish()
    finally:
        file.abandon()


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
        say(f"cannot write: {error.strerror or error}")
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        code = 1
    sys.exit(code if isinstance(code, int) else 0)


if __name__ == "__main__":
    main()
