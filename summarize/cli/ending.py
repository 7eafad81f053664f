"""How the command ends: exit codes, and messages about what stopped it."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from typing import NoReturn

from summarize.cli.console import say


def find_code(work: Callable[[], int]) -> int:
    """Do the work of the command; return its exit code, and tell what stopped it if it was stopped."""
    try:
        return work()
    except KeyboardInterrupt:
        # The terminal shows ^C, but ends no line.
        print(file=sys.stderr)
        return 130
    except BrokenPipeError:
        return close_stdout(0)
    except OSError as error:  # a full disk behind stdout
        say(f"cannot write: {error.strerror or error}")
        return close_stdout(1)
    except MemoryError:
        say("found a text that needs more memory than there is; accepted: a smaller one")
    except Exception as error:
        if os.environ.get("SUMMARIZE_TRACEBACK"):
            raise
        say(f"stopped by an error of its own: {type(error).__name__}: {error}")
        say("please report it with what SUMMARIZE_TRACEBACK=1 prints")
    return 1


def close_stdout(code: int) -> int:
    """Close standard output, so that Python does not complain when it does; return the exit code."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return code


def leave(code: int) -> NoReturn:
    """End the process without tidying up: that takes time, and a thread may wait for input for ever."""
    try:
        sys.stdout.flush()
        sys.stderr.flush()
    finally:
        os._exit(code)
