"""What the command says and shows to people, and what it never does to their terminal."""

from __future__ import annotations

import os
import pty
import subprocess
import sys
from pathlib import Path

import pytest

from summarize.cli import command
from summarize.cli.ending import find_code

COMMAND = [sys.executable, "-m", "summarize"]
ROOT = Path(__file__).resolve().parents[2]
ENVIRONMENT = os.environ | {"PYTHONPATH": str(ROOT)}
MAIL = (
    "From: Ada\nSubject: The gauge\n\nHi Bob,\n\nThe gauge at the mill stands at two metres. It will fall.\n"
)


def run(*arguments, **options):
    return subprocess.run(
        [*COMMAND, *map(str, arguments)], capture_output=True, check=False, env=ENVIRONMENT, **options
    )


def run_on_terminal(*arguments, typed=b""):
    """Run the command on a terminal; return what it shows there."""
    ours, theirs = pty.openpty()
    with subprocess.Popen(
        [*COMMAND, *map(str, arguments)], stdin=theirs, stdout=theirs, stderr=theirs, env=ENVIRONMENT
    ) as process:
        os.close(theirs)
        os.write(ours, typed)
        shown = b""
        try:
            while part := os.read(ours, 1 << 16):
                shown += part
        except OSError:  # how Linux reports the end of a terminal
            pass
        process.wait()
    os.close(ours)
    return shown.decode()


def test_a_text_does_not_control_the_terminal(tmp_path):
    path = tmp_path / "a.txt"
    path.write_text("The sea \x1b[31mrose\x9b by a \u202emetre.")
    assert r"The sea \x1b[31mrose\x9b by a \u202emetre." in run_on_terminal(path)
    assert run(path).stdout.decode() == "The sea \x1b[31mrose\x9b by a \u202emetre.\n"


def test_reading_from_the_terminal_is_said():
    shown = run_on_terminal("-n", "1", typed=b"It rained.\n\x04")
    assert "summarize: reading from the terminal; Ctrl-D ends the text" in shown
    assert shown.rstrip().endswith("It rained.")


@pytest.mark.parametrize(
    ("text", "note"),
    [
        (MAIL, "read as an e-mail"),
        ("2024-03-12 09:14:22 INFO gauge read\n" * 9, "looks like a log, not like prose"),
        ('{"level": 3.2, "time": "2014-12-15"}', "looks like JSON, not like prose"),
        ("gauge\tlevel\ttime\n" * 9, "looks like a table, not like prose"),
        ("int level(int gauge) {\n    return 3;\n}\n" * 9, "looks like source code or settings"),
    ],
)  # fmt: skip
def test_what_a_text_was_taken_for_is_said(tmp_path, text, note):
    path = tmp_path / "a.txt"
    path.write_text(text)
    assert f"summarize: {path}: {note}" in run(path, "-n", "1").stderr.decode()
    assert not run(path, "-n", "1", "--quiet").stderr


def test_a_format_that_the_suffix_tells_is_not_said(tmp_path):
    path = tmp_path / "a.eml"
    path.write_text(MAIL)
    assert not run(path).stderr


@pytest.mark.skipif(not os.path.exists("/dev/zero"), reason="there is no /dev/zero")
@pytest.mark.parametrize("device", ["/dev/zero", "/dev/urandom"])
def test_a_device_without_an_end_is_refused(device):
    result = run(device, timeout=60)
    assert result.returncode == 1
    assert b"seems to be binary data" in result.stderr


def test_a_stream_without_an_end_is_refused(monkeypatch):
    import io

    from summarize import reading
    from summarize.errors import InputError

    monkeypatch.setattr(reading, "MAX_BYTES", 3 << 20)
    with pytest.raises(InputError, match="found no end within 3,145,728 bytes"):
        reading.read_stream(io.BytesIO(b"It rained. " * 400_000), "-")


def test_an_error_of_its_own_shows_no_traceback(monkeypatch, capfd):
    def fail(**_):
        raise ZeroDivisionError("a bug")

    monkeypatch.setattr(command.command, "main", fail)
    assert find_code(command.run) == 1
    shown = capfd.readouterr().err
    assert "summarize: stopped by an error of its own: ZeroDivisionError: a bug" in shown
    assert "Traceback" not in shown


def test_a_name_that_the_locale_cannot_decode_is_printed_as_it_is(tmp_path):
    path = tmp_path / "näme.txt"
    path.write_text("It rained.")
    plain = ENVIRONMENT | {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}
    shown = subprocess.run(
        [*COMMAND, path, path], capture_output=True, check=True, env=plain, cwd=tmp_path
    ).stdout
    assert f"==> {path} <==" in shown.decode()


@pytest.mark.parametrize("letter", ["x", "ж"])
def test_a_long_name_gets_a_summary(tmp_path, letter):
    stem = letter * (250 // len(letter.encode()))
    first, second = tmp_path / f"{stem}.txt", tmp_path / f"{stem[:-1]}y.txt"
    first.write_text("It rained.")
    second.write_text("It snowed.")
    result = run(first, second, "-o", f"{tmp_path}/out/")
    assert (result.returncode, result.stderr) == (0, b"")
    names = [path.name for path in (tmp_path / "out").glob("*.summary.txt")]
    assert len(names) == 2
    assert all(name.startswith(letter * 100) for name in names)
