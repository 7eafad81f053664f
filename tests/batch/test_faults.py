"""What can go wrong in a run over many files, really caused."""

from __future__ import annotations

import gzip
import io
import json
import os
import random
import signal
import subprocess
import sys
import tarfile
import time
import zipfile
from pathlib import Path

import pytest

pytestmark = pytest.mark.slow

ROOT = Path(__file__).resolve().parents[2]
CASES = Path(__file__).resolve().parents[1] / "cases" / "batch"
NEWS = ROOT / "seeds" / "news.en.txt"
COMMAND = [sys.executable, "-m", "summarize"]
RUN = """
import sys, odd_rankers
from summarize import Settings
from summarize.batch.files import summarize_files
settings = Settings(ranker=odd_rankers.log, length=1, language="en")
for _ in summarize_files(("texts.jsonl",), sys.argv[1], settings, jobs=int(sys.argv[2]), resume=True):
    pass
"""


def run(*arguments, cwd, **options):
    return subprocess.run(
        [*COMMAND, *map(str, arguments)],
        capture_output=True,
        check=False,
        cwd=cwd,
        env=environment(),
        **options,
    )


def environment(**more):
    return os.environ | {"PYTHONPATH": f"{CASES}{os.pathsep}{ROOT}"} | more


def records(path):
    return [json.loads(line) for line in Path(path).read_bytes().splitlines()]


def said(result):
    return result.stderr.decode()


def write_texts(path, n):
    lines = (json.dumps({"id": k, "text": f"This is text {k}. It has two sentences."}) for k in range(n))
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")


def contents(path):
    if path.is_dir():
        return {p.name: p.read_bytes() for p in path.rglob("*.txt")}
    return path.read_bytes()


# -- the death of the run

MOMENTS = {"out.jsonl": 6, "out.jsonl.gz": 4, "out.csv": 3, "out.parquet": 4, "out/": 5}


@pytest.mark.parametrize("output", MOMENTS)
def test_a_run_killed_at_any_moment_resumes_to_equal_bytes_without_doing_anything_twice(tmp_path, output):
    write_texts(tmp_path / "texts.jsonl", 600)
    draw = random.Random(output)
    (tmp_path / "whole").mkdir()
    assert start(tmp_path, f"whole/{output}", "log").wait() == 0
    killed = 0
    for k in range(MOMENTS[output]):
        process = start(tmp_path, output, f"log-{k}")
        wanted = draw.randrange(600 // MOMENTS[output])
        while process.poll() is None and count_ranked(tmp_path / f"log-{k}") < wanted:
            time.sleep(0.001)
        time.sleep(draw.uniform(0, 0.05))
        process.send_signal(signal.SIGKILL)
        killed += process.wait() == -signal.SIGKILL
    assert killed
    done = count_done(tmp_path / output)
    complete = (tmp_path / output).is_file()
    assert start(tmp_path, output, "last").wait() == 0
    assert contents(tmp_path / output) == contents(tmp_path / "whole" / output)
    assert complete or count_ranked(tmp_path / "last") == 600 - done
    assert not list(tmp_path.rglob("*.part")) and not list(tmp_path.glob("*.journal*"))


def start(folder, output, log):
    return subprocess.Popen(
        [sys.executable, "-c", RUN, output, "2"], cwd=folder, env=environment(RANKED_LOG=str(folder / log))
    )


def count_ranked(log):
    """Texts that were summarized, and not the two sentences that settings are tried on."""
    return log.read_bytes().count(b"texts.jsonl:") if log.exists() else 0


def count_done(output):
    import sqlite3
    from contextlib import closing

    path = output / ".summarize.journal" if output.is_dir() else Path(f"{output}.journal")
    if not path.exists():
        return 0
    with closing(sqlite3.connect(path)) as database:
        if not database.execute("SELECT 1 FROM sqlite_master WHERE name = 'done'").fetchone():
            return 0
        return database.execute("SELECT COUNT(*) FROM done").fetchone()[0]


@pytest.fixture
def interruptible():
    """Have processes heed Ctrl-C even where the tests do not, as behind ``&`` in a script."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


def test_an_interrupted_run_leaves_only_its_journal_and_resumes(tmp_path, interruptible):
    write_texts(tmp_path / "texts.jsonl", 3000)
    whole = run("texts.jsonl", "-o", "whole.jsonl", "--quiet", cwd=tmp_path)
    assert (whole.returncode, whole.stdout, whole.stderr) == (0, b"", b"")
    process = subprocess.Popen(
        [*COMMAND, "texts.jsonl", "-o", "out.jsonl", "-j", "2"],
        cwd=tmp_path,
        env=environment(),
        stderr=subprocess.PIPE,
        start_new_session=True,
    )
    while process.poll() is None and count_done(tmp_path / "out.jsonl") < 100:
        time.sleep(0.01)
    os.killpg(process.pid, signal.SIGINT)  # as a terminal does: to all processes
    _, stderr = process.communicate()
    assert process.returncode == 130
    assert b"; out.jsonl.journal is kept, and --resume continues from there\n" in stderr
    assert b"interrupted after " in stderr and b"Traceback" not in stderr
    assert {path.name for path in tmp_path.glob("out*")} == {"out.jsonl.journal"}
    assert run("texts.jsonl", "-o", "out.jsonl", "--resume", cwd=tmp_path).returncode == 0
    assert contents(tmp_path / "out.jsonl") == contents(tmp_path / "whole.jsonl")


@pytest.mark.parametrize("changed", ["text", "setting"])
def test_what_has_changed_is_done_again(tmp_path, changed):
    (tmp_path / "in").mkdir()
    for name in "abc":
        (tmp_path / "in" / f"{name}.txt").write_text(f"This is {name}. It ends.")
    (tmp_path / "in" / "bad.txt").write_bytes(b"\x7fELF\0")  # a failure keeps the journal
    assert run("in", "-o", "out.jsonl", "-n", "1", cwd=tmp_path).returncode == 1
    if changed == "text":
        (tmp_path / "in" / "b.txt").write_text("This is new. It ends.")
    length = "2" if changed == "setting" else "1"
    run("in", "-o", "out.jsonl", "-n", length, "--resume", cwd=tmp_path)
    run("in", "-o", "fresh.jsonl", "-n", length, cwd=tmp_path)
    assert contents(tmp_path / "out.jsonl") == contents(tmp_path / "fresh.jsonl")


def test_two_runs_into_one_output_are_refused(tmp_path):
    from summarize.errors import OutputError
    from summarize.outputs.atomic import Replacement

    first = Replacement(str(tmp_path / "out"))
    first.write(b"first")
    with pytest.raises(OutputError, match="another run"):
        Replacement(str(tmp_path / "out"))
    first.finish()
    assert (tmp_path / "out").read_bytes() == b"first"


def test_a_run_that_is_overtaken_while_it_opens_its_output_leaves_it_alone(tmp_path, monkeypatch):
    from summarize.errors import OutputError
    from summarize.outputs import atomic as files

    first = files.Replacement(str(tmp_path / "out"))
    first.write(b"first")
    lock = files.lock

    def finish_first(descriptor, path):
        first.finish()
        lock(descriptor, path)

    monkeypatch.setattr(files, "lock", finish_first)
    with pytest.raises(OutputError, match="another run"):
        files.Replacement(str(tmp_path / "out"))
    assert (tmp_path / "out").read_bytes() == b"first"


# -- a full disk


@pytest.fixture
def small_disk(tmp_path):
    """A folder that holds little, and what makes room: a small file system, or a limit of the file size."""
    folder = tmp_path / "disk"
    folder.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=200k", "tmpfs", str(folder)]
    if subprocess.run(mount, capture_output=True, check=False).returncode == 0:
        yield (
            folder,
            [],
            lambda: subprocess.run(
                ["mount", "-o", "remount,size=50m", str(folder)], check=True, capture_output=True
            ),
        )
        subprocess.run(["umount", str(folder)], check=True)
    else:
        yield folder, ["prlimit", "--fsize=100000"], lambda: None


@pytest.mark.parametrize("output", ["out.jsonl", "out.parquet", "out/"])
def test_a_full_disk_is_said_and_resumed_from_when_there_is_room(tmp_path, small_disk, output):
    folder, limit, make_room = small_disk
    write_texts(tmp_path / "texts.jsonl", 800)
    arguments = [*COMMAND, "texts.jsonl", "--quiet", "-o", str(folder / output)]
    full = subprocess.run(
        limit + arguments, cwd=tmp_path, env=environment(), capture_output=True, check=False
    )
    assert full.returncode == 1
    assert b"cannot be written" in full.stderr and full.stderr.count(b"\n") == 1
    assert not (folder / output).is_file()
    make_room()
    assert run(*arguments[3:], "--resume", cwd=tmp_path).returncode == 0
    assert run("texts.jsonl", "-o", tmp_path / output, cwd=tmp_path).returncode == 0
    assert contents(folder / output) == contents(tmp_path / output)


# -- files that are not as they should be


def test_each_bad_file_is_a_record_with_its_error_and_the_others_are_done(tmp_path):
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.txt").write_text("All is well.")
    (tmp_path / "in" / "binary.txt").write_bytes(b"\x7fELF\0\1" * 99)
    (tmp_path / "in" / "cut.txt.gz").write_bytes(gzip.compress(NEWS.read_bytes())[:-20])
    (tmp_path / "in" / "gone.txt").symlink_to("nowhere")
    (tmp_path / "in" / "mem.txt").symlink_to("/proc/self/mem")
    (tmp_path / "in" / "z.txt").write_text("This is well too.")
    result = run("in", "-o", "out.jsonl", cwd=tmp_path)
    assert result.returncode == 1
    assert said(result).endswith("summarize: 4 of 6 documents failed\n")
    found = {
        Path(r["source"]).name: r.get("error", r.get("summary")) for r in records(tmp_path / "out.jsonl")
    }
    assert list(found) == ["a.txt", "binary.txt", "cut.txt.gz", "gone.txt", "mem.txt", "z.txt"]
    assert (found["a.txt"], found["z.txt"]) == ("All is well.", "This is well too.")
    assert "program (ELF)" in found["binary.txt"]
    assert "truncated" in found["cut.txt.gz"]
    assert "no such file" in found["gone.txt"]
    assert "cannot be read" in found["mem.txt"]


def test_a_file_that_vanishes_is_a_failure(tmp_path):
    from summarize import Failure, summarize_many

    def vanish():
        for name in "abc":
            path = tmp_path / name
            path.write_text("A text.")
            if name == "b":
                path.unlink()
            yield path

    results = list(summarize_many(vanish(), jobs=2))
    assert [isinstance(result, Failure) for result in results] == [False, True, False]


def test_a_file_that_grows_is_read_as_far_as_it_goes_at_first(tmp_path, monkeypatch):
    from summarize import summarize_many

    path = tmp_path / "log.txt"
    path.write_text("It grows. ")
    fstat = os.fstat

    def grow(descriptor):
        status = fstat(descriptor)
        with open(path, "a") as file:
            file.write("It grows and grows. ")
        return status

    monkeypatch.setattr("summarize.reading.os.fstat", grow)
    (summary,) = summarize_many([path])
    assert summary.document.text == "It grows. "
    assert path.stat().st_size > len("It grows. ")


def test_a_loop_of_links_ends(tmp_path):
    (tmp_path / "in" / "deep").mkdir(parents=True)
    (tmp_path / "in" / "deep" / "a.txt").write_text("A text.")
    (tmp_path / "in" / "deep" / "loop").symlink_to("..")
    assert run("in", "-o", "out.jsonl", cwd=tmp_path).returncode == 0
    assert [r["source"] for r in records(tmp_path / "out.jsonl")] == ["in/deep/a.txt"]


def test_names_of_any_bytes_are_kept(tmp_path):
    names = [b"a\nb.txt", b"caf\xe9.txt", "日本.txt".encode()]
    (tmp_path / "in").mkdir()
    for name in names:
        Path(os.fsdecode(os.path.join(os.fsencode(tmp_path / "in"), name))).write_text("A text.")
    for output in ("out.jsonl", "out.csv", "out.parquet", "out"):
        assert run("in", "-o", output, cwd=tmp_path).returncode == 0
    found = [os.fsencode(r["source"]) for r in records(tmp_path / "out.jsonl")]
    assert found == [b"in/" + name for name in names]
    made = {name for name in os.listdir(os.fsencode(tmp_path / "out")) if not name.startswith(b".")}
    assert made == {name.replace(b".txt", b".summary.txt") for name in names}


def test_what_a_terminal_would_obey_is_not_said_to_it(tmp_path):
    (tmp_path / "a\x1b[31m\r\x9b.txt").write_bytes(b"\x7fELF\0")
    for options in ((), ("-j", "1", "--timeout", "60")):
        result = run("a\x1b[31m\r\x9b.txt", *options, cwd=tmp_path)
        assert said(result).startswith("summarize: a\\x1b[31m\\r\\x9b.txt: seems to be a program")


def test_a_bad_line_is_named_and_the_others_are_done(tmp_path):
    good = json.dumps({"text": "All is well."})
    lines = [good, "{broken", "[1]", '{"other": 1}', "", '{"text": null}', "[" * 100_000, good]
    (tmp_path / "texts.jsonl").write_text("\n".join(lines), encoding="utf-8")
    result = run("texts.jsonl", "-o", "out.jsonl", "-j", "2", cwd=tmp_path)
    assert result.returncode == 1
    bad = [r["source"] for r in records(tmp_path / "out.jsonl") if "error" in r]
    assert bad == [f"texts.jsonl:{number}" for number in (2, 3, 4, 6, 7)]
    assert all(source in said(result) for source in bad)
    assert "Traceback" not in said(result)


def test_tables_that_are_cut_or_corrupt_are_said_and_what_was_whole_is_done(tmp_path):
    import pyarrow
    import pyarrow.parquet
    import zstandard

    line = json.dumps({"text": "All is well."}).encode() + b"\n"
    (tmp_path / "a.jsonl.gz").write_bytes(gzip.compress(line * 5)[:-9])
    (tmp_path / "b.jsonl.zst").write_bytes(zstandard.compress(os.urandom(99).hex().encode() * 9 + line)[:-9])
    table = pyarrow.table({"text": ["All is well."] * 9})
    pyarrow.parquet.write_table(table, tmp_path / "c.parquet")
    data = bytearray((tmp_path / "c.parquet").read_bytes())
    data[len(data) // 2 :] = os.urandom(len(data) - len(data) // 2)
    (tmp_path / "c.parquet").write_bytes(data)
    (tmp_path / "d.jsonl").write_bytes(line)
    result = run("a.jsonl.gz", "b.jsonl.zst", "c.parquet", "d.jsonl", "-o", "out.jsonl", cwd=tmp_path)
    assert result.returncode == 1
    errors = {r["source"]: r["error"] for r in records(tmp_path / "out.jsonl") if "error" in r}
    assert "truncated" in errors["a.jsonl.gz"]
    assert "truncated" in errors["b.jsonl.zst"]
    assert "Parquet" in errors["c.parquet"]
    assert records(tmp_path / "out.jsonl")[-1]["summary"] == "All is well."


def test_a_large_text_among_small_ones_keeps_its_place(tmp_path):
    text = NEWS.read_text(encoding="utf-8")
    (tmp_path / "in").mkdir()
    for k in range(40):
        (tmp_path / "in" / f"{k:02}.txt").write_text(text * (1500 if k == 20 else 1), encoding="utf-8")
    assert run("in", "-o", "out.jsonl", "-r", "lead", "-j", "2", cwd=tmp_path).returncode == 0
    sources = [Path(r["source"]).stem for r in records(tmp_path / "out.jsonl")]
    assert sources == [f"{k:02}" for k in range(40)]


def test_a_gigabyte_among_small_files_costs_none_of_them(tmp_path):
    (tmp_path / "in").mkdir()
    for name in "abcd":
        (tmp_path / "in" / f"{name}.txt").write_text("A text.")
    with open(tmp_path / "in" / "b.txt", "wb") as file:
        file.truncate(1 << 30)  # sparse: it takes no room on the disk, and is not text
    assert run("in", "-o", "out.jsonl", "-j", "2", cwd=tmp_path).returncode == 1
    assert ["error" in r for r in records(tmp_path / "out.jsonl")] == [False, True, False, False]


def test_a_text_that_is_too_large_is_a_failure(tmp_path):
    (tmp_path / "in").mkdir()
    for name in "abc":
        (tmp_path / "in" / f"{name}.txt").write_text("A text.")
    with open(tmp_path / "in" / "b.txt", "wb") as file:
        file.truncate(1 << 42)  # sparse: it takes no room on the disk
    result = run("in", "-o", "out.jsonl", "-j", "2", cwd=tmp_path)
    assert result.returncode == 1
    assert ["error" in r for r in records(tmp_path / "out.jsonl")] == [False, True, False]
    assert "found 4,398,046,511,104 bytes; accepted" in records(tmp_path / "out.jsonl")[1]["error"]


def test_a_line_that_kills_its_worker_keeps_its_identifier(tmp_path):
    lines = [json.dumps({"id": f"n{k}", "text": "POISON." if k == 3 else "A text."}) for k in range(9)]
    (tmp_path / "texts.jsonl").write_text("\n".join(lines))
    code = RUN.replace("odd_rankers.log", "odd_rankers.kill_worker").replace(', language="en"', "")
    done = subprocess.run(
        [sys.executable, "-c", code, "out.jsonl", "2"], cwd=tmp_path, env=environment(), check=False
    )
    assert done.returncode == 0
    (bad,) = [r for r in records(tmp_path / "out.jsonl") if "error" in r]
    assert (bad["id"], bad["source"]) == ("n3", "texts.jsonl:4")
    assert "SIGKILL" in bad["error"]


# -- archives that mean harm


def test_bombs_and_paths_that_lead_out_are_refused_and_the_others_are_done(tmp_path):
    with zipfile.ZipFile(tmp_path / "a.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("good.txt", "All is well.")
        archive.writestr("bomb.txt", b"\0" * (50 << 20))
        for name in ("../up.txt", "/root.txt", "a/../../up.txt", "c:\\x.txt"):
            archive.writestr(name, "Evil.")
    with tarfile.open(tmp_path / "b.tar.gz", "w:gz") as archive:
        for name, data in (
            ("../up.txt", b"Evil."),
            ("bomb.txt", b" " * (50 << 20)),
            ("good.txt", b"All well."),
        ):
            member = tarfile.TarInfo(name)
            member.size = len(data)
            archive.addfile(member, io.BytesIO(data))
    (tmp_path / "c.txt.gz").write_bytes(gzip.compress(b"a" * (50 << 20)))
    before = {path.name for path in tmp_path.iterdir()}
    result = run("a.zip", "b.tar.gz", "c.txt.gz", "-o", "out", cwd=tmp_path)
    assert result.returncode == 1
    assert said(result).count("a decompression bomb?") == 3
    assert said(result).count("leads out of the archive") == 5
    assert {path.name for path in tmp_path.iterdir()} == before | {"out"}
    made = {str(path.relative_to(tmp_path / "out")) for path in (tmp_path / "out").rglob("*.txt")}
    assert made == {"a.zip/good.summary.txt", "b.tar.gz/good.summary.txt"}


# -- an output that would destroy an input


@pytest.mark.parametrize(
    "arguments",
    [
        ("a.jsonl", "-o", "a.jsonl"),
        ("a.jsonl", "b.jsonl", "-o", "./sub/../b.jsonl"),
        ("a.jsonl", "-o", "link.jsonl"),
        ("sub", "-o", "sub"),
        ("sub", "-o", "sub/all.txt"),
        ("sub/c.txt", "-o", "sub/c.txt"),
        ("sub/c.txt", "-o", "./sub/../sub/c.txt"),
        ("sub/c.txt", "a.jsonl", "--merge", "-o", "sub/c.txt"),
        ("--files-from", "list", "--merge", "-o", "sub/c.txt"),
        ("--files-from", "list", "-o", "sub/c.txt"),
        ("sub", "--merge", "-o", "sub/all.txt"),
        ("sub/c.txt", "--curve", "-o", "sub/c.txt"),
    ],
)
def test_an_output_on_an_input_is_refused(tmp_path, arguments):
    (tmp_path / "sub").mkdir()
    for name in ("a.jsonl", "b.jsonl", "sub/c.txt"):
        (tmp_path / name).write_text('{"text": "A text."}\n')
    (tmp_path / "link.jsonl").symlink_to("a.jsonl")
    (tmp_path / "list").write_text("a.jsonl\nsub/c.txt\n")
    before = sorted(tmp_path.rglob("*"))
    result = run(*arguments, cwd=tmp_path)
    assert result.returncode == 1
    assert "input" in said(result)
    assert sorted(tmp_path.rglob("*")) == before
    for name in ("a.jsonl", "sub/c.txt"):
        assert (tmp_path / name).read_text() == '{"text": "A text."}\n'


def test_a_directory_of_summaries_among_the_inputs_is_not_read(tmp_path):
    (tmp_path / "a.txt").write_text("A text.")
    for _ in range(2):
        assert run(".", "-o", "out", cwd=tmp_path).returncode == 0
    assert [path.name for path in tmp_path.rglob("*.txt")] == ["a.txt", "a.summary.txt"]


def test_names_that_would_be_alike_are_numbered(tmp_path):
    for name in ("x/a.txt", "x/a.md", "y/a.txt"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(f"This is {name}.")
    files = [str(tmp_path / name) for name in ("x/a.txt", "x/a.md", "y/a.txt")]
    for _ in range(2):
        assert run(*files, "-o", "out/", "--resume", cwd=tmp_path).returncode == 0
        made = {path.name: path.read_text() for path in (tmp_path / "out").glob("*.txt")}
        assert made == {
            "a.summary.txt": "This is x/a.txt.\n",
            "a-2.summary.txt": "This is x/a.md.\n",
            "a-3.summary.txt": "This is y/a.txt.\n",
        }


def test_a_resumed_run_with_another_format_of_the_inputs_keeps_no_summary(tmp_path):
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.txt").write_text("The {weir} leaks.")
    for name, printed in (("plain", "The {weir} leaks.\n"), ("latex", "The weir leaks.\n")):
        assert run("in", "-o", "out/", "--resume", "--input-format", name, cwd=tmp_path).returncode == 0
        assert (tmp_path / "out" / "a.summary.txt").read_text() == printed


def test_fail_fast_stops_at_the_first_failure(tmp_path):
    for name in ("a.txt", "c.txt"):
        (tmp_path / name).write_text("A text.")
    (tmp_path / "b.txt").write_bytes(b"\x7fELF\0")
    result = run("a.txt", "b.txt", "c.txt", "--fail-fast", cwd=tmp_path)
    assert result.returncode == 1
    assert result.stdout == b"==> a.txt <==\nA text.\n"
    assert said(result).endswith("1 of 2 documents failed\n")
    result = run("a.txt", "b.txt", "c.txt", "--fail-fast", "-o", "out.jsonl", cwd=tmp_path)
    kept = "out.jsonl.journal is kept, and --resume continues from there"
    assert said(result).splitlines()[-2] == f"summarize: stopped after 2 documents; {kept}"


def test_run_that_an_error_stops_says_what_is_kept(tmp_path):
    write_texts(tmp_path / "texts.jsonl", 100)
    (tmp_path / "list").write_text("texts.jsonl\nout.jsonl\n")
    kept = "out.jsonl.journal is kept, and --resume continues from there"
    for jobs in ("1", "2"):
        result = run("--files-from", "list", "-o", "out.jsonl", "-j", jobs, cwd=tmp_path)
        assert result.returncode == 1
        assert said(result).splitlines() == [
            f"summarize: stopped after 100 documents; {kept}",
            "Error: out.jsonl: is one of the inputs; choose another output",
        ]
