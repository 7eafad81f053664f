"""Run the examples in README and docs.

How to write one, in any page:

- A ``console`` block has lines that begin with ``$`` and, below each, what a terminal shows. A command that
  continues on the next line has ``>`` there. The output must be equal to the last character.
- A ``python`` block with ``>>>`` is a doctest. Without, it must run and print nothing.
- An ``sh`` block must run and succeed. Its output is not compared.
- ``<!-- not run: why -->`` right above a block skips it.

The blocks of a page share one directory, a copy of the repository, and one Python namespace. After a change,
``python tests/docs/examples.py`` writes the present output into all pages.
"""

from __future__ import annotations

import contextlib
import doctest
import io
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
_FENCE = re.compile(
    r"(?:^<!-- not run: (?P<reason>[^\n]*?) -->\n)?"
    r"(?:^<!-- [^\n]*? -->\n)*"
    r"^```(?P<kind>\w*)[^\n]*\n(?P<body>.*?)^```$",
    re.M | re.S,
)
_LEFT_OUT = shutil.ignore_patterns(
    ".*", "__pycache__", "build", "dist", "docs", "tests", "summarize", "*.svg"
)
_MARK = "\x1e"
# Such a block is for its author to repair.
_ERROR = re.compile(r"^Traceback \(most|^exit code \d+: ", re.M)
RUNNABLE = ("console", "python", "sh")


@dataclass(frozen=True)
class Block:
    """A fenced block of a page.

    Attributes
    ----------
    kind : str
        Its language.
    body : str
        Its lines, without the fences.
    line : int
        The line of its first line in the page, from 1.
    start : int
        The offset of `body` in the page.
    reason : str or None
        Why it is not run.
    """

    kind: str
    body: str
    line: int
    start: int
    reason: str | None


def find_pages() -> list[Path]:
    """List the pages that have examples. Links to files elsewhere in the repository are left out."""
    docs = [path for path in sorted((ROOT / "docs").rglob("*.md")) if not path.is_symlink()]
    return [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *docs]


def find_blocks(page: str) -> list[Block]:
    """Find the fenced blocks of a page.

    >>> [block.body for block in find_blocks("Try it:\\n\\n```sh\\nls\\n```\\n")]
    ['ls\\n']
    """
    return [
        Block(
            match["kind"],
            match["body"],
            page.count("\n", 0, match.start("body")) + 1,
            match.start("body"),
            match["reason"],
        )
        for match in _FENCE.finditer(page)
    ]


def run_page(page: str, folder: Path) -> list[tuple[Block, str]]:
    """Run the blocks of a page.

    Parameters
    ----------
    page : str
    folder : pathlib.Path
        A copy of the repository, as of `copy_repository`; the current directory while Python runs.

    Returns
    -------
    list of (Block, str)
        Every block that ran, and its body as it should be. Where the two differ, the page is wrong.
    """
    namespace: dict[str, Any] = {"__name__": "__main__"}
    found = []
    for block in find_blocks(page):
        if block.reason is not None or block.kind not in RUNNABLE:
            continue
        with contextlib.chdir(folder):
            if block.kind == "python":
                found.append((block, run_python(block, namespace)))
            elif block.kind == "console":
                found.append((block, run_console(block.body, folder)))
            else:
                found.append((block, run_script(block.body, folder)))
    return found


def run_python(block: Block, namespace: dict[str, Any]) -> str:
    """Run a block of Python, and return it with the output that it has now."""
    if ">>>" not in block.body:
        printed = io.StringIO()
        with contextlib.redirect_stdout(printed):
            exec(compile(block.body, f"line {block.line}", "exec"), namespace)
        return block.body + printed.getvalue()
    lines = []
    for example in doctest.DocTestParser().get_examples(block.body):
        one = doctest.Example(example.source, example.want, example.exc_msg, options=example.options)
        test = doctest.DocTest([one], namespace, f"line {block.line}", None, 0, None)
        runner = _Recorder(verbose=False)
        runner.run(test, out=lambda _: None, clear_globs=False)
        namespace.update(test.globs)
        source = example.source.rstrip("\n").split("\n")
        lines += [f"{'>>>' if k == 0 else '...'} {line}".rstrip() for k, line in enumerate(source)]
        lines += (example.want if runner.got is None else runner.got).rstrip("\n").split("\n")
        if not lines[-1]:
            lines.pop()
    return "\n".join(lines) + "\n"


class _Recorder(doctest.DocTestRunner):
    """Keep what an example printed, if that is not what it shows."""

    got: str | None = None

    def report_failure(self, out: Any, test: Any, example: Any, got: str) -> None:
        self.got = got

    def report_unexpected_exception(self, out: Any, test: Any, example: Any, exc_info: Any) -> None:
        error = "".join(doctest.traceback.format_exception_only(*exc_info[:2]))
        self.got = "Traceback (most recent call last):\n    ...\n" + error


def run_console(body: str, folder: Path) -> str:
    """Run the commands of a block, and return it with the output that they have now."""
    commands = list(_split_commands(body))
    script = "".join(f"{{\n{command}\n}} 2>&1\nprintf '{_MARK}'\n" for command, _ in commands)
    outputs = _run_bash(script, folder).stdout.split(_MARK)
    return "".join(shown + output for (_, shown), output in zip(commands, outputs, strict=False))


def run_script(body: str, folder: Path) -> str:
    """Run a block of shell commands, and return it, followed by the error if there is one."""
    done = _run_bash("set -e\n" + body, folder)
    return body if done.returncode == 0 else f"{body}exit code {done.returncode}: {done.stderr}"


def _split_commands(body: str) -> Iterator[tuple[str, str]]:
    """Yield every command, and its lines as shown."""
    lines = body.split("\n")
    for k, line in enumerate(lines):
        if line.startswith("$ "):
            stop = k + 1
            while stop < len(lines) and lines[stop].startswith("> "):
                stop += 1
            yield "\n".join(each[2:] for each in lines[k:stop]), "\n".join(lines[k:stop]) + "\n"


def _run_bash(script: str, folder: Path) -> subprocess.CompletedProcess[str]:
    environment = os.environ | {
        "PATH": f"{folder / '.commands'}{os.pathsep}{os.environ['PATH']}",
        "PYTHONPATH": str(ROOT),
        "COLUMNS": "80",
        "LC_ALL": "C.UTF-8",
    }
    return subprocess.run(
        ["bash", "-c", script],
        cwd=folder,
        env=environment,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        encoding="utf-8",
        timeout=120,
    )


def copy_repository(folder: Path) -> Path:
    """Copy what examples need to an empty folder, with ``summarize`` and ``python`` as commands."""
    shutil.copytree(ROOT, folder, ignore=_LEFT_OUT, dirs_exist_ok=True)
    commands = folder / ".commands"
    commands.mkdir()
    for name, arguments in (("summarize", " -m summarize"), ("python", "")):
        command = commands / name
        command.write_text(f'#!/bin/sh\nexec "{sys.executable}"{arguments} "$@"\n', encoding="utf-8")
        command.chmod(0o755)
    return folder


def main() -> None:
    """Write the present output of the examples into the pages."""
    for path in find_pages():
        page = path.read_text(encoding="utf-8")
        with tempfile.TemporaryDirectory() as folder:
            found = run_page(page, copy_repository(Path(folder) / "summarize"))
        for block, now in reversed(found):
            failed = _ERROR.search(now) and not _ERROR.search(block.body)
            if now != block.body and not failed:
                page = page[: block.start] + now + page[block.start + len(block.body) :]
            if now != block.body:
                print(f"{path.relative_to(ROOT)}:{block.line}: {'failed' if failed else 'changed'}")
        path.write_text(page, encoding="utf-8")


if __name__ == "__main__":
    main()
