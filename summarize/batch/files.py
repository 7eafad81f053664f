"""From many inputs to an output: items, workers, journal and output brought together."""

from __future__ import annotations

import os
from collections.abc import Generator, Iterable, Iterator
from dataclasses import replace
from itertools import chain

from summarize.batch.journal import Journal
from summarize.batch.many import check_workers, count_cores
from summarize.batch.task import Outcome, SummarizeItem
from summarize.errors import OutputError
from summarize.inputs import COMPRESSIONS, Item, Reading, find_items
from summarize.outputs import Output, choose_form, is_folder, open_output
from summarize.outputs.atomic import is_special, lock
from summarize.outputs.overlap import refuse_overlap
from summarize.pipeline import check_settings
from summarize.renderers import DEFAULT, RENDERERS
from summarize.settings import Settings

# So much is done in this process, before it pays to start others.
_HANDFUL = 32
_HANDFUL_BYTES = 1 << 22
# Inside a directory of summaries.
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
        Files, tables, archives, directories; may be long.
    output : str or None
        A file, which its suffix says the kind of, or a directory; None for standard output.
    settings : Settings
    form : str, optional
        Name of a renderer; by default what the suffix of the output says, else ``"text"``.
    reading : Reading, optional
    jobs : int, optional
        Worker processes; 1 = none but this one, 0 = one for each core; by default that for more than a
        handful of documents.
    timeout : float, optional
        Seconds for a document.
    resume : bool
        Whether to keep what an earlier run into the same output has done.
    several : bool
        Whether there is more than one input, so that names below a directory begin with the directory's.
    many : bool
        Whether there may be more than one text, so that what is printed has their names.

    Yields
    ------
    Outcome
        Of every document in order, when it has been written. The output is in its place when there are no
        more; if no more are asked for, it is not, and `resume` goes on from there.

    Raises
    ------
    OptionError
        If the output is a table and `form` another one, or there cannot be such workers.
    OutputError
        If the output cannot be written, or is an input.
    """
    check_settings(settings)
    check_workers(jobs, timeout)
    reading = reading or Reading()
    folder = output if is_folder(output, many) else None
    form = (form or DEFAULT) if folder is not None else choose_form(output, form)
    if output is not None:
        reading = replace(reading, avoid=output)
        inputs = refuse_overlap(inputs, output, reading)
    items = find_items(inputs, reading, several=several)
    if output is None or is_special(output):
        task = SummarizeItem(settings, form, reading, many=many)
        yield from _write(open_output(output, form, many=many), _run(task, items, jobs, timeout), None)
        return
    held = _hold_folder(folder) if folder is not None else None
    journal_path = os.path.join(folder, JOURNAL) if folder is not None else output + ".journal"
    target = None if folder is not None else open_output(output, form, many=many)
    try:
        journal = Journal(journal_path, resume=resume)
    except BaseException:
        if target is not None:
            target.abandon()
        raise
    task = SummarizeItem(settings, form, reading, journal_path if resume else None, folder, many)
    if folder is not None:
        items = _name_summaries(items, journal, RENDERERS[form].suffix)
    try:
        yield from _write(target, _run(task, items, jobs, timeout), journal)
    finally:
        if held is not None:
            os.close(held)


def _hold_folder(folder: str) -> int:
    """Make a directory, and keep other runs out of it while its descriptor is open."""
    try:
        os.makedirs(folder, exist_ok=True)
        descriptor = os.open(folder, os.O_RDONLY)
    except OSError as error:
        raise OutputError(f"{folder}: cannot be made: {error.strerror}") from None
    try:
        lock(descriptor, folder)
    except OutputError:
        os.close(descriptor)
        raise
    return descriptor


def _run(
    task: SummarizeItem, items: Iterator[Item], jobs: int | None, timeout: float | None
) -> Generator[Outcome, None, None]:
    """The outcomes of all items, by as many workers as pay."""
    from summarize.batch.pool import run_in_workers
    from summarize.batch.worker import run_here

    if jobs is None:
        first, size = [], 0
        for item in items:
            first.append(item)
            size += item.size
            if len(first) > _HANDFUL or size > _HANDFUL_BYTES:
                jobs = 0
                break
        items = chain(first, items)
    jobs = count_cores() if jobs == 0 else jobs or 1
    if jobs == 1:
        yield from run_here(task, items, timeout=timeout)
    else:
        yield from run_in_workers(task, items, jobs=jobs, timeout=timeout)


def _write(
    target: Output | None, outcomes: Generator[Outcome, None, None], journal: Journal | None
) -> Iterator[Outcome]:
    """Write every outcome, and pass it on."""
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
            # Of a directory it stays: the next run may find that nothing has changed.
            journal.close(remove=whole and not failed and target is not None)


def _name_summaries(items: Iterator[Item], journal: Journal, suffix: str) -> Iterator[Item]:
    """Items with the relative path of their summary as their name, no two alike."""
    for item in items:
        stem = os.path.splitext(item.name)[0]
        if item.name.lower().endswith(COMPRESSIONS):
            stem = os.path.splitext(stem)[0]
        name = f"{stem}.summary{suffix}"
        number = 1
        while item.kind != "problem" and not journal.take_name(name):
            number += 1
            name = f"{stem}-{number}.summary{suffix}"
        yield item._replace(name=name)
