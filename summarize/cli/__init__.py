"""The command line."""

from __future__ import annotations


def main() -> None:
    """Run the command, and exit with its code."""
    import gc
    import os

    # Modules are not garbage: looking for garbage while they are loaded takes a tenth of the time.
    gc.disable()
    # One document at a time needs no threads, and starting them takes longer than a news article does.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    from summarize.cli.ending import find_code, leave

    leave(find_code(_work))


def _work() -> int:
    """Summarize one text if there are no options, or let click read them; return the exit code."""
    import sys

    from summarize.cli.single import find_plain_input, summarize_one

    path = find_plain_input(sys.argv[1:])
    if path is not None:
        return summarize_one(path)
    # Loading click and defining the options takes longer than summarizing an article.
    from summarize.cli.command import run

    return run()
