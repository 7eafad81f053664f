"""One text without options gets what it would get from the parser of options, which is not loaded."""

from __future__ import annotations

import gc
import io
import os
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

from summarize import cli
from summarize.cli import command, single
from summarize.cli.ending import find_code

ROOT = Path(__file__).resolve().parents[2]
SEEDS = ROOT / "seeds"
NEWS = SEEDS / "news.en.txt"
COMMAND = [sys.executable, "-m", "summarize"]
BY_CLICK = (
    "from summarize.cli.command import run; from summarize.cli.ending import find_code, leave;"
    "leave(find_code(run))"
)
PROSE = "The gauge stands at two metres. It will fall. Nobody left the mill on Monday.\n\n" * 3
MAIL = f"From: Ada\nSubject: The gauge\n\nHi Bob,\n\n{PROSE}"

PLAIN = {
    "prose.txt": PROSE.encode(),
    "empty.txt": b"",
    "blank.txt": b" \n\t\n",
    "fragment.txt": b"Contents",
    "binary.txt": b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" * 9,
    "zeros": bytes(2000),
    "random.bin": bytes(range(256)) * 8,
    "utf-16.txt": PROSE.encode("utf-16"),
    "utf-16-without-mark.txt": PROSE.encode("utf-16-le"),
    "latin-1.txt": (PROSE + "Die Mühle steht. Über den Fluß führt keine Brücke.").encode("latin-1"),
    "broken-utf-8.txt": PROSE.encode() + b"\xff\xc3(\n",
    "controls.txt": b"The sea \x1b[31mrose by a metre. It fell.",
    "mail.txt": MAIL.encode(),
    "log": b"2024-03-12 09:14:22 INFO gauge read\n" * 9,
    "data.json": b'{"text": "The sea rose. It fell."}',
    "page.html": f"<html><title>Gauge</title><body><p>{PROSE}</body></html>".encode(),
    "broken.pdf": b"%PDF-1.4\nnothing more",
    "broken.docx": b"PK\x03\x04nothing more",
    "notes.md": f"# Gauge\n\n{PROSE}".encode(),
    "page.xml": b"<?xml version='1.0'?><a><b>The sea rose.</b></a>",
    "name\x1b[31m\n.txt": b"",
    "café.txt": PROSE.encode(),
    "%s {0} $HOME *": PROSE.encode(),
}
OTHER = [
    ["prose.txt", "prose.txt"],
    ["prose.txt", "-n", "3"],
    ["prose.txt", "-n3"],
    ["prose.txt", "--length=3"],
    ["prose.txt", "-n", "0"],
    ["-n", "x", "prose.txt"],
    ["prose.txt", "--cite"],
    ["prose.txt", "--unknown"],
    ["prose.txt", "--len", "2"],
    ["--", "prose.txt"],
    ["--", "-prose.txt"],
    ["--"],
    ["-"] * 2,
    ["--help"],
    ["-h"],
    ["--version"],
    ["-prose.txt"],
    ["."],
    ["corpus.jsonl"],
    ["mails.mbox"],
    ["article.txt.gz"],
    ["article.TXT.GZ"],
    ["https://example.org/"],
    ["file:///etc/hosts"],
]


class Input(io.TextIOWrapper):
    def __init__(self, data: bytes) -> None:
        super().__init__(io.BytesIO(data))


@pytest.fixture
def do(monkeypatch, capfdbinary, tmp_path):
    """Do the work of the command in a way that is given, and return its exit code and what it prints."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(gc, "freeze", lambda: None)

    def do(work, arguments, stdin=b""):
        monkeypatch.setattr(sys, "argv", ["summarize", *arguments])
        monkeypatch.setattr(sys, "stdin", Input(stdin))
        return find_code(work), *capfdbinary.readouterr()

    return do


@pytest.mark.parametrize("name", PLAIN)
def test_a_file_gets_what_click_gives_it(do, name):
    Path(name).write_bytes(PLAIN[name])
    assert single.find_plain_input([name]) == name
    assert do(cli._work, [name]) == do(command.run, [name])


@pytest.mark.parametrize(
    "name", ["missing.txt", "missing/", "", "no/such/folder.txt", "prose.txt/below", "a\udcff.txt", "x" * 300]
)
def test_a_file_that_cannot_be_read_gets_the_error_of_click(do, name):
    Path("prose.txt").write_text(PROSE)
    assert single.find_plain_input([name]) == name
    code, printed, _ = result = do(cli._work, [name])
    assert (code, printed) == (1, b"")
    assert result == do(command.run, [name])


@pytest.mark.parametrize("arguments", [[], ["-"]])
@pytest.mark.parametrize("name", PLAIN)
def test_standard_input_gets_what_click_gives_it(do, arguments, name):
    data = PLAIN[name]
    assert do(cli._work, arguments, data) == do(command.run, arguments, data)


@pytest.mark.parametrize(
    "path", sorted(SEEDS.glob("*.*.txt")) + [SEEDS / "report.en.pdf"], ids=lambda p: p.name
)
def test_a_seed_gets_what_click_gives_it(do, path):
    code, printed, _ = result = do(cli._work, [str(path)])
    assert code == 0 and printed
    assert result == do(command.run, [str(path)])


@pytest.mark.parametrize("error", [KeyboardInterrupt, MemoryError, ZeroDivisionError("a bug")])
def test_what_stops_the_command_is_told_alike(do, monkeypatch, error):
    def stop(*given):
        raise error

    monkeypatch.setattr("summarize.pipeline.summarize", stop)
    assert do(cli._work, [str(NEWS)]) == do(command.run, [str(NEWS)])


@pytest.mark.parametrize("arguments", OTHER, ids=" ".join)
def test_other_arguments_are_left_to_click(do, arguments):
    assert single.find_plain_input(arguments) is None


def test_a_directory_is_left_to_click_even_if_it_is_named_like_a_text(do):
    Path("a.txt").mkdir()
    assert single.find_plain_input(["a.txt"]) is None


def test_a_feed_is_left_to_click(do):
    item = "<item><title>Gauge</title><description>The sea rose. It fell.</description></item>"
    Path("feed.xml").write_text(
        f'<?xml version="1.0"?><rss version="2.0"><channel>{item * 3}</channel></rss>'
    )
    assert single.find_plain_input(["feed.xml"]) is None


def test_the_shell_completes_words_of_a_command_without_arguments():
    completing = os.environ | {"_SUMMARIZE_COMPLETE": "bash_source"}
    shown = subprocess.run(COMMAND, input=b"", capture_output=True, check=True, env=completing).stdout
    assert b"_summarize_completion" in shown


def test_the_default_is_that_of_the_settings(do, monkeypatch):
    monkeypatch.setattr(single.renderers, "DEFAULT", "json")
    assert do(cli._work, [str(NEWS)]) == do(command.run, [str(NEWS), "--format", "json"])


def test_a_plain_article_does_not_load_click():
    program = (
        "import sys; from summarize import cli; sys.argv[1:] = [sys.argv[1]]; code = cli._work();"
        "print(code, {'click', 'scipy', 'nltk', 'sumy'} & {*sys.modules})"
    )
    result = subprocess.run([sys.executable, "-c", program, str(NEWS)], capture_output=True, check=True)
    assert result.stdout.splitlines()[3:] == [b"0 set()"]


@pytest.mark.parametrize("way", [["-m", "summarize"], ["-c", BY_CLICK]], ids=["without click", "by click"])
@pytest.mark.parametrize(("shell", "code", "told"), [
    ("exec {} {} >&-", 1, b"standard output is closed; accepted: an open one, or --output"),
    ("exec {} <&-", 1, b"standard input is closed; accepted: files, or an open standard input"),
    ("exec {} {} <&-", 0, b""),
    ("exec {} {} >/dev/full", 1, b"summarize: cannot write: No space left on device"),
    ("{{ sleep 0.3; exec {} {}; }} | true; exit ${{PIPESTATUS[0]}}", 0, b""),
])  # fmt: skip
def test_closed_and_full_files_end_both_ways_alike(way, shell, code, told):
    begin = shlex.join([sys.executable, *way])
    script = shell.format(begin, shlex.quote(str(NEWS)))
    result = subprocess.run(
        ["bash", "-c", script], capture_output=True, check=False, stdin=subprocess.DEVNULL
    )
    assert result.returncode == code
    assert told in result.stderr and (told or not result.stderr)
