"""One text in, one summary out, without loading what many texts or a parser of options would need."""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

from summarize import renderers
from summarize.cli.console import say, say_failures, say_nothing
from summarize.errors import OptionError, SummarizeError, UnknownNameError
from summarize.settings import Settings, resolve

if TYPE_CHECKING:
    from summarize.inputs import Reading
    from summarize.summary import Summary


def find_plain_input(arguments: list[str]) -> str | None:
    """Find the only input of a command that has no options.

    Parameters
    ----------
    arguments : list of str
        Of the command.

    Returns
    -------
    str or None
        None if click has to read the arguments, or if they name something else than one text that can be
        summarized here.

    Examples
    --------
    >>> find_plain_input(["article.txt"]), find_plain_input(["article.txt", "--cite"])
    ('article.txt', None)
    """
    path = arguments[0] if arguments else "-"
    if len(arguments) > 1 or (path.startswith("-") and path != "-") or sys.stdout is None:
        return None
    # Click completes words for the shell, and finds the files of a pattern on Windows.
    if "_SUMMARIZE_COMPLETE" in os.environ or os.name == "nt":
        return None
    # The command says something before it reads from a terminal, or if standard input is closed.
    if path == "-" and (sys.stdin is None or sys.stdin.isatty()):
        return None
    return path if is_one_text((path,), None) and not is_packed(path) else None


def is_one_text(inputs: tuple[str, ...], output: str | None) -> bool:
    """Tell whether the input is one plain text whose summary goes to a plain file or stdout."""
    from summarize.inputs import holds_many

    if len(inputs) != 1 or os.path.isdir(inputs[0]) or holds_many(inputs[0]):
        return False
    if output is None:
        return True
    from summarize.outputs import find_output, is_folder

    return not (find_output(output) or is_folder(output, False))


def is_packed(path: str) -> bool:
    """Tell whether a path names a compressed file, or an address."""
    from summarize.inputs import COMPRESSIONS

    return path.lower().endswith(COMPRESSIONS) or "://" in path


def summarize_one(
    path: str,
    settings: Settings | None = None,
    form: str | None = None,
    output: str | None = None,
    reading: Reading | None = None,
    tell: Callable[[str], None] = say,
) -> int:
    """Summarize one text, and print or write the summary; return the number of failures.

    Everything but the path is the default of the command if it is not given.
    """
    from summarize.inputs import Reading
    from summarize.pipeline import summarize
    from summarize.reading import read_path, read_stream
    from summarize.reading.formats import describe_format
    from summarize.remarks import list_warnings

    settings, reading = settings or Settings(), reading or Reading()
    # The modules that the settings name are loaded before garbage is looked for.
    resolve(settings)
    watch_garbage()
    if output is not None:
        from summarize.outputs import choose_form
        from summarize.outputs.overlap import refuse_overlap

        form = choose_form(output, form)
        refuse_overlap((path,), output, reading)
    try:
        how = {"password": reading.password, "form": reading.input_format}
        text = read_stream(sys.stdin.buffer, "-", **how) if path == "-" else read_path(path, **how)
        for warning in text.warnings:
            tell(warning)
        if text.format != "plain" and (about := describe_format(text)):
            tell(f"{path}: read as {about}")
        summary = summarize(text, settings)
    except (OptionError, UnknownNameError):
        raise
    except SummarizeError as error:
        tell(f"{path}: {getattr(error, 'problem', error)}")
        if tell is say_nothing:
            say_failures(1, 1, 1)
        return 1
    for warning in list_warnings(summary, settings.query):
        tell(f"{path}: {warning}")
    write([render(summary, form or renderers.DEFAULT)], output)
    return 0


def watch_garbage() -> None:
    """Look for garbage again, now that the modules are there; those are not looked at."""
    gc.freeze()
    gc.enable()


def render(summary: Summary, form: str) -> str:
    """Return a summary in the format of this name."""
    text: str = renderers.RENDERERS[form].load()(summary)
    return text


def write(pieces: Iterable[str], output: str | None) -> None:
    """Print, or write a file that is complete or not there."""
    from summarize.outputs.terminal import encode, print_bytes

    if output is None:
        for piece in pieces:
            print_bytes(encode(piece))
        return
    from summarize.outputs.atomic import Replacement

    file = Replacement(output)
    try:
        for piece in pieces:
            file.write(encode(piece))
        file.finish()
    finally:
        file.abandon()
