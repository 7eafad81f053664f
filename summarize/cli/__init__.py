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
    from summarize.cli.command import run

    run(at_once=True)
