"""Summarize inputs into an output: connect items, workers, journal and output."""

from __future__ import annotations

import os
from collections.abc import Callable, Generator, Iterable, Iterator
from functools import partial

from summarize.batch.journal import Journal
from summarize.batch.many import check_workers, count_cores
from summarize.batch.supply import MAX_CHUNK, MAX_CHUNK_BYTES, Ahead, cut
from summarize.batch.task import Outcome, SummarizeItems
from summarize.errors import OutputError
from summarize.inputs import COMPRESSIONS, Item, Reading, find_items
from summarize.outputs import Output, choose_form, is_folder, open_output
from summarize.outputs.atomic import fit_name, is_special, lock
from summarize.outputs.overlap import refuse_overlap
from summarize.pipeline import check_settings
from summarize.renderers import DEFAULT, RENDERERS
from summarize.settings import Settings

# For no more documents and bytes than this, it is not worth starting worker processes.
_MAX_ALONE = 32
_MAX_ALONE_BYTES = 1 << 22
# Seconds to wait for more documents once there is one.
_PATIENCE = 0.1
# The name of the journal in a directory of summaries.
JOURNAL = ".summarize.journal"


def summarize_files(
    inputs: Iterable[str],
    output: str | None,
    settings: Settings,
    *,
    form: str | None = None,
    reading: Reading | None = None,
    jobs: int | None = None,
    timeout: float | None = None,
    resume: bool = False,
    several: bool = True,
    many: bool = True,
) -> Generator[Outcome, None, None]:
    """Summarize every document of many inputs into an output.

    Parameters
    ----------
    inputs : iterable of str
        Files, tables, archives and directories; there may be many.
    output : str or None
        Path of a file, whose suffix names the format, or of a directory; None for standard output.
    settings : Settings
    form : str, optional
        Name of a renderer; by default the one that the suffix of the output names, or ``"text"``.
    reading : Reading, optional
    jobs : int, optional
        Number of worker processes: 1 to work in this process, 0 for one per core, which is also the default
        for more than a few documents.
    timeout : float, optional
        Maximum seconds for a document.
    resume : bool
        Whether to keep what an earlier run into the same output has finished.
    several : bool
        Whether there is more than one input. If so, the names of files in a directory begin with the name of
        the directory.
    many : bool
        Whether there may be more than one text. If so, each is printed with its name.

    Yields
    ------
    Outcome
        One for each document, in order, after it is written. The output is in its place when the iterator is
        exhausted. If it is closed earlier, there is no output, and `resume` continues from that point.

    Raises
    ------
    LengthError, OptionError, UnknownNameError
        If a choice is not accepted, or the output cannot be written in this form.
    OutputError
        If the output cannot be written, or is an input.
    """
    check_settings(settings)
    check_workers(jobs, timeout)
    reading = reading or Reading()
    folder = output if is_folder(output, many) else None
    form = (form or DEFAULT) if folder is not None else choose_form(output, form)
    if output is not None:
        reading = reading._replace(avoid=output)
        inputs = refuse_overlap(inputs, output, reading)
    items = find_items(inputs, reading, several=several)
    if output is None or is_special(output):
        task = SummarizeItems(settings, form, reading, many=many)
        outcomes = _run(task, items, None, jobs, timeout)
        yield from _write(open_output(output, form, many=many), outcomes, None)
        return
    held = _hold_folder(folder) if folder is not None else None
    journal_path = find_journal(output, many)
    try:
        target = None if folder is not None else open_output(output, form, many=many)
        try:
            journal = Journal(journal_path, resume=resume)
        except BaseException:
            if target is not None:
                target.abandon()
            raise
        task = SummarizeItems(settings, form, reading, journal_path if resume else None, folder, many)
        # Items are named in this thread, which alone may use the journal.
        name = partial(_name_summary, journal, RENDERERS[form].suffix) if folder is not None else None
        yield from _write(target, _run(task, items, name, jobs, timeout), journal)
    finally:
        if held is not None:
            os.close(held)


def find_journal(output: str, many: bool) -> str:
    """Return the path of the journal that a run into an output keeps until it is complete.

    Parameters
    ----------
    output : str
        Path of a file or of a directory.
    many : bool
        As for `summarize_files`.

    Returns
    -------
    str

    Examples
    --------
    >>> find_journal("summaries.jsonl", many=True)
    'summaries.jsonl.journal'
    """
    return os.path.join(output, JOURNAL) if is_folder(output, many) else output + ".journal"


def _hold_folder(folder: str) -> int:
    """Make a directory, and lock it while its descriptor is open."""
    try:
        os.makedirs(folder, exist_ok=True)
        descriptor = os.open(folder, os.O_RDONLY)
    except OSError as error:
        raise OutputError(f"{folder}: cannot be created: {error.strerror}") from None
    try:
        lock(descriptor, folder)
    except OutputError:
        os.close(descriptor)
        raise
    return descriptor


def _run(
    task: SummarizeItems,
    found: Iterable[Item],
    name: Callable[[Item], Item] | None,
    jobs: int | None,
    timeout: float | None,
) -> Generator[Outcome, None, None]:
    """Summarize all items that are found, with workers if they pay."""
    from summarize.batch.pool import run_in_workers
    from summarize.batch.worker import run_here

    # Its thread starts only now, when the output is open.
    items = Ahead(found, task.weigh, name)
    n_alone = 0
    try:
        while jobs is None:
            if n_alone > _MAX_ALONE or items.has_many(_MAX_ALONE, _MAX_ALONE_BYTES, _PATIENCE):
                jobs = 0
            else:
                taken = items.take(MAX_CHUNK, MAX_CHUNK_BYTES)
                if not taken:
                    return
                n_alone += len(taken)
                yield from run_here(task, [taken], timeout=timeout)
        jobs = jobs or count_cores()
        if jobs == 1:
            yield from run_here(task, cut(items), timeout=timeout)
        else:
            yield from run_in_workers(task, items, jobs=jobs, timeout=timeout)
    finally:
        items.close()


def _write(
    target: Output | None, outcomes: Generator[Outcome, None, None], journal: Journal | None
) -> Iterator[Outcome]:
    """Write each outcome, and pass it on."""
    failed = False
    whole = False
    try:
        for outcome in outcomes:
            if target is not None and outcome.piece is not None:
                target.write(outcome.piece)
            if journal is not None and outcome.key is not None:
                journal.add(outcome.key, outcome.piece or b"")
            failed = failed or outcome.problem is not None
            yield outcome
        if target is not None:
            target.finish()
        whole = True
    finally:
        outcomes.close()
        if not whole and target is not None:
            target.abandon()
        if journal is not None:
            # For a directory the journal is kept, so that the next run finds what has not changed.
            journal.close(remove=whole and not failed and target is not None)


def _name_summary(journal: Journal, suffix: str, item: Item) -> Item:
    """Name an item by the relative path of its summary; no two names are equal."""
    stem = os.path.splitext(item.name)[0]
    if item.name.lower().endswith(COMPRESSIONS):
        stem = os.path.splitext(stem)[0]
    name = fit_name(stem, f".summary{suffix}")
    number = 1
    while item.kind != "problem" and not journal.take_name(name):
        number += 1
        name = fit_name(stem, f"-{number}.summary{suffix}")
    return item._replace(name=name)
