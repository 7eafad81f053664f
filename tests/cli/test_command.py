"""Facts about the command, run as a user runs it."""

from __future__ import annotations

import contextlib
import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from summarize.rankers import RANKERS

ROOT = Path(__file__).resolve().parents[2]
NEWS = ROOT / "seeds" / "news.en.txt"
COMMAND = [sys.executable, "-m", "summarize"]
ENVIRONMENT = os.environ | {"PYTHONPATH": str(ROOT)}


def run(*arguments, stdin=b"", **options):
    return subprocess.run(
        [*COMMAND, *map(str, arguments)], input=stdin, capture_output=True, check=False, **options
    )


def lines(result):
    return result.stdout.decode("utf-8").splitlines()


def test_three_sentences_by_default():
    result = run(NEWS)
    assert (result.returncode, result.stderr) == (0, b"")
    assert len(lines(result)) == 3


def test_standard_input_is_read():
    printed = run("-n", 2, NEWS).stdout
    assert run("-n", 2, stdin=NEWS.read_bytes()).stdout == printed
    assert run("-", "-n", "2", stdin=NEWS.read_bytes()).stdout == printed


FIELDS = (  # of the record, in order
    "source",
    "language",
    "length",
    "ranker",
    "selector",
    "signature",
    "n_sentences",
    "n_words",
    "turns",
    "summary",
    "sentences",
    "scores",
)


def test_json_has_all_fields_and_exact_offsets():
    record = json.loads(run(NEWS, "-f", "json", "-n", "100 words").stdout)
    text = NEWS.read_text(encoding="utf-8")
    assert tuple(record) == FIELDS
    assert record["n_sentences"] == len(record["sentences"])
    assert record["n_words"] == len(record["summary"].split()) <= 100
    for sentence in record["sentences"]:
        assert set(sentence) - {"section"} == {"index", "start", "end", "score", "text"}
        assert text[sentence["start"] : sentence["end"]] == sentence["text"]
        assert record["scores"][sentence["index"]] == sentence["score"]


def test_jsonl_is_a_line_an_input_and_json_a_list():
    both = run(NEWS, ROOT / "seeds" / "article.de.txt", "-f", "jsonl")
    assert [json.loads(line)["language"] for line in lines(both)] == ["en", "de"]
    assert len(json.loads(run(NEWS, NEWS, "-f", "json").stdout)) == 2


def test_markdown_is_a_list():
    assert all(line.startswith("- ") for line in lines(run(NEWS, "-f", "markdown")))


def test_a_directory_is_every_text_below_it(tmp_path):
    (tmp_path / "b").mkdir()
    (tmp_path / "b" / "two.txt").write_text("Two.", encoding="utf-8")
    (tmp_path / "one.txt").write_text("One.", encoding="utf-8")
    (tmp_path / ".hidden.txt").write_text("No.", encoding="utf-8")
    texts = [json.loads(line)["summary"] for line in lines(run(tmp_path, "-f", "jsonl"))]
    assert texts == ["One.", "Two."]


@pytest.mark.slow
@pytest.mark.parametrize("name", RANKERS)
def test_every_ranker_runs(name):
    result = run(NEWS, "-r", name, "-n", "60 words")
    assert (result.returncode, result.stderr) == (0, b"")
    assert 0 < len(result.stdout.split()) <= 60


def test_list_rankers_names_each():
    names = [line.split()[0] for line in lines(run("--list-rankers")) if not line.startswith(" ")]
    assert names == list(RANKERS)


def test_list_rankers_says_what_can_be_set():
    found = lines(run("--list-rankers"))
    place = next(k for k, line in enumerate(found) if line.startswith("directed "))
    assert found[place + 1].split() == ["--set", "backward_weight=-0.3", "forward_weight=1.0"]


@pytest.mark.parametrize(
    ("closed", "problem"), [("<&-", "standard input"), (f"{NEWS} >&-", "standard output")]
)
def test_a_closed_stream_is_said(closed, problem):
    done = subprocess.run(
        ["sh", "-c", f"{sys.executable} -m summarize {closed}"], capture_output=True, text=True, check=False
    )
    assert done.returncode == 1
    assert f"{problem} is closed; accepted:" in done.stderr and "Traceback" not in done.stderr


@pytest.mark.parametrize("content", [b"", b" \n\t \r\n"])
def test_an_empty_text_has_an_empty_summary(tmp_path, content):
    path = tmp_path / "empty.txt"
    path.write_bytes(content)
    result = run(path)
    assert (result.returncode, result.stdout) == (0, b"")
    assert result.stderr.count(b"\n") == 1
    assert b"empty.txt" in result.stderr


def test_no_sentence_that_fits_is_said():
    result = run(NEWS, "-n", "2 words")
    assert (result.returncode, result.stdout) == (0, b"")
    assert b"no sentence fits" in result.stderr


@pytest.mark.parametrize("length", ["0", "-3", "150%", "abc", ""])
def test_a_length_that_is_none_is_a_usage_error(length):
    result = run(NEWS, f"--length={length}")
    assert (result.returncode, result.stdout) == (2, b"")
    assert b"100 words" in result.stderr
    assert b"Traceback" not in result.stderr


@pytest.mark.parametrize(
    "arguments",
    [("-r", "nope"), ("-s", "nope"), ("-f", "nope"), ("-l", "klingonish"), ("--set", "x"), ("--set", "x=1"),
     ("-s", "mmr", "--set", "diversity=7"), ("--nope",)],
)  # fmt: skip
def test_wrong_usage_is_said_without_a_traceback(arguments):
    result = run(NEWS, *arguments)
    assert (result.returncode, result.stdout) == (2, b"")
    assert b"Error: " in result.stderr
    assert b"Traceback" not in result.stderr


def test_a_failed_input_is_named_and_the_others_are_done(tmp_path):
    (tmp_path / "binary").write_bytes(b"\x7fELF\x00\x01\x02" * 50)
    (tmp_path / "folder").mkdir()
    result = run(tmp_path / "missing.txt", NEWS, tmp_path / "binary", tmp_path / "folder", "-f", "jsonl")
    assert result.returncode == 1
    assert ["error" in json.loads(line) for line in lines(result)] == [True, False, True, True]
    assert result.stderr.count(b"\n") == 4
    assert result.stderr.endswith(b"3 of 4 inputs failed\n")
    assert all(name in result.stderr for name in (b"missing.txt", b"binary", b"folder"))


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
def test_encodings_of_unicode_give_the_same_summary(tmp_path, encoding):
    path = tmp_path / "text"
    path.write_bytes(NEWS.read_text(encoding="utf-8").encode(encoding))
    assert run(path).stdout == run(NEWS).stdout


@pytest.mark.slow
@pytest.mark.parametrize(
    "text",
    ["word " * 1_000_000, "a" * 2_000_000, "a.a.a." * 800_000, "\"'" * 2_500_000],
    ids=["no full stop", "one word", "a.a.a.", "quotes"],
)
@pytest.mark.parametrize("length", ["3", "100 words"])
def test_huge_lines_keep_to_the_length(tmp_path, text, length):
    path = tmp_path / "huge.txt"
    path.write_text(text, encoding="utf-8")
    result = run(path, "-n", length, timeout=60)
    assert result.returncode == 0
    printed = result.stdout.decode("utf-8")
    assert len(printed.splitlines()) <= 3 if length == "3" else len(printed.split()) <= 100


def test_output_is_written_whole(tmp_path):
    path = tmp_path / "out.txt"
    assert run(NEWS, "-o", path).stdout == b""
    assert path.read_bytes() == run(NEWS).stdout
    assert list(tmp_path.iterdir()) == [path]


def test_the_suffix_of_an_output_says_its_form(tmp_path):
    path = tmp_path / "out.json"
    assert run(NEWS, "-o", path).returncode == 0
    assert json.loads(path.read_bytes()) == json.loads(run(NEWS, "-f", "json").stdout)


@pytest.mark.parametrize("name", ["-", "/dev/stdout"])
def test_standard_output_can_be_named(tmp_path, name):
    for inputs in ((NEWS,), (NEWS, NEWS)):
        assert run(*inputs, "-o", name, cwd=tmp_path, env=ENVIRONMENT).stdout == run(*inputs).stdout
    assert list(tmp_path.iterdir()) == []


def test_a_table_that_cannot_be_written_is_a_usage_error(tmp_path):
    result = run(NEWS, "-o", tmp_path / "out.tsv")
    assert result.returncode == 2
    assert b"accepted tables: .jsonl" in result.stderr


def test_output_that_cannot_be_written_leaves_nothing(tmp_path):
    result = run(NEWS, "-o", tmp_path / "none" / "out.txt")
    assert result.returncode == 1
    assert b"cannot be written" in result.stderr
    assert list(tmp_path.iterdir()) == []


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="needs /dev/full")
def test_a_full_disk_is_said_in_one_line():
    with open("/dev/full", "wb") as full:
        result = subprocess.run([*COMMAND, str(NEWS)], stdout=full, stderr=subprocess.PIPE, check=False)
    assert result.returncode == 1
    assert result.stderr.count(b"\n") == 1
    assert b"No space left" in result.stderr


def test_a_closed_pipe_is_silent():
    with subprocess.Popen(
        [*COMMAND, *[str(NEWS)] * 500], stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as process:
        assert process.stdout is not None and process.stderr is not None
        process.stdout.readline()
        process.stdout.close()
        assert process.stderr.read() == b""
        assert process.wait(timeout=60) == 0


def test_a_closed_pipe_that_is_named_is_silent(tmp_path):
    os.mkfifo(tmp_path / "out.jsonl")
    options = [str(NEWS)] * 500 + ["-o", str(tmp_path / "out.jsonl")]
    with subprocess.Popen([*COMMAND, *options], stderr=subprocess.PIPE) as process:
        with open(tmp_path / "out.jsonl", "rb") as pipe:
            pipe.readline()
        assert process.stderr is not None
        assert process.stderr.read() == b""
        assert process.wait(timeout=60) == 0


@pytest.fixture
def interruptible():
    """Have processes heed Ctrl-C even where the tests do not, as behind ``&`` in a script."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


def test_an_interrupt_exits_with_130(interruptible):
    with subprocess.Popen(
        COMMAND, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as process:
        assert process.stdin is not None
        process.stdin.write(b"A text. " * 100_000)  # more than a pipe holds: it reads when this returns
        process.stdin.flush()
        for _ in range(60):  # one that comes just before a call to the system is heeded after it
            process.send_signal(signal.SIGINT)
            with contextlib.suppress(subprocess.TimeoutExpired):
                process.wait(timeout=1)
                break
        assert process.wait(timeout=60) == 130
        assert process.stderr is not None
        assert b"Traceback" not in process.stderr.read()


def _imported(*arguments):
    result = subprocess.run(
        [sys.executable, "-X", "importtime", "-m", "summarize", *map(str, arguments)],
        capture_output=True,
        check=True,
    )
    return {line.rpartition("|")[2].strip() for line in result.stderr.decode().splitlines() if "|" in line}


def test_help_imports_no_numpy():
    assert "numpy" not in _imported("--help")


def test_a_news_article_imports_nothing_it_does_not_need():
    imported = _imported(NEWS)
    assert "numpy" in imported
    assert not imported & {
        "scipy",
        "nltk",
        "sumy",
        "py3langid",
        "charset_normalizer",
        "trafilatura",
        "json",
        "jieba",
        "summarize.explanation",
    }


def test_a_query_draws_the_summary():
    assert b"Tianjin" in run(NEWS, "-n", 1, "-q", "refinery in Tianjin").stdout


def test_a_query_without_known_words_is_said_and_changes_nothing():
    result = run(NEWS, "-q", "xylophones")
    assert (result.returncode, result.stdout) == (0, run(NEWS).stdout)
    assert result.stderr.count(b"\n") == 1
    assert b"no word of the query 'xylophones' occurs in the text" in result.stderr


def test_a_title_is_heard_by_a_ranker_that_looks_at_it():
    plain, named = (
        json.loads(run(NEWS, "-r", "learned", "-f", "json", *title).stdout)
        for title in ((), ("--title", "A refinery in Tianjin"))
    )
    assert "|title:refineri+tianjin|" in named["signature"]
    assert named["scores"] != plain["scores"]


def test_the_title_of_a_web_page_is_used(tmp_path):
    path = tmp_path / "page.html"
    path.write_text(
        "<html><head><title>Mill in trouble</title></head><body><article>"
        "<p>The council met on Monday to hear of roads, and heard for hours.</p>"
        "<p>Nobody spoke of the mill, whose owner owes his bank a lot of money.</p></article></body></html>",
        encoding="utf-8",
    )
    assert "|title:mill+troubl|" in json.loads(run(path, "-f", "json").stdout)["signature"]


def test_a_title_for_several_inputs_is_a_usage_error():
    result = run(NEWS, NEWS, "--title", "News")
    assert (result.returncode, result.stdout) == (2, b"")
    assert b"--title" in result.stderr


def test_merged_inputs_are_one_summary_with_sources(tmp_path):
    (tmp_path / "a.txt").write_text("The bridge fell on Monday night. Nobody was hurt.", encoding="utf-8")
    (tmp_path / "b.txt").write_text("The bridge fell on Monday night. Ferries run.", encoding="utf-8")
    options = ["--merge", "-r", "lead", "-n", "9", "a.txt", "b.txt"]
    result = subprocess.run([*COMMAND, *options], cwd=tmp_path, capture_output=True, check=True)
    assert result.stdout.decode("utf-8") == (
        "==> a.txt <==\nThe bridge fell on Monday night.\nNobody was hurt.\n\n==> b.txt <==\nFerries run.\n"
    )


def test_merging_goes_on_without_a_failed_input(tmp_path):
    result = run("--merge", NEWS, tmp_path / "missing.txt", "-f", "json")
    assert result.returncode == 1
    assert json.loads(result.stdout)["sources"] == [str(NEWS)]
    assert b"missing.txt" in result.stderr


def test_merging_chooses_by_novelty_unless_told_otherwise():
    selectors = [
        json.loads(run("--merge", NEWS, NEWS, "-f", "json", *given).stdout)["selector"]
        for given in ((), ("-s", "greedy"))
    ]
    assert selectors == ["novelty", "greedy"]


def test_a_curve_of_merged_inputs_is_a_usage_error():
    assert run("--merge", "--curve", NEWS).returncode == 2


@pytest.mark.parametrize("one", ["--merge", "--curve"])
@pytest.mark.parametrize(
    "option", [("--resume", "-o", "out"), ("--timeout", "5"), ("--engine", "ray", "-o", "out")]
)
def test_what_makes_no_sense_for_all_inputs_together_is_a_usage_error(one, option):
    result = run(one, NEWS, *option)
    assert (result.returncode, result.stdout) == (2, b"")
    assert option[0].encode() in result.stderr


def test_a_merged_summary_is_a_line_in_a_file_of_json_lines(tmp_path):
    assert run("--merge", NEWS, NEWS, "-o", tmp_path / "out.jsonl").returncode == 0
    (line,) = (tmp_path / "out.jsonl").read_bytes().splitlines()
    assert json.loads(line)["sources"] == [str(NEWS)] * 2
    assert run("--merge", NEWS, "-o", tmp_path / "out.csv").returncode == 2


@pytest.mark.parametrize("one", ["--merge", "--curve"])
def test_a_list_of_files_is_read_where_all_are_taken_together(tmp_path, one):
    result = run(one, "--files-from", "-", stdin=f"{NEWS}\0{tmp_path}/missing.txt\0".encode())
    assert result.returncode == 1
    assert f"==> {NEWS} <==".encode() in result.stdout
    assert result.stderr.endswith(b"summarize: 1 of 2 documents failed\n")


@pytest.mark.parametrize("one", [(), ("--merge",), ("--curve",), ("-f", "jsonl", NEWS)])
def test_quiet_tells_only_how_many_failed(tmp_path, one):
    result = run(tmp_path / "missing.txt", *one, "--quiet")
    inputs = b"2 inputs" if NEWS in one else b"1 input"
    assert (result.returncode, result.stderr) == (1, b"summarize: 1 of " + inputs + b" failed\n")


@pytest.mark.parametrize("one", [(), ("--merge",)])
def test_empty_directory_is_an_input_that_failed_and_no_document(tmp_path, one):
    result = run(tmp_path, *one)
    assert (result.returncode, result.stdout) == (1, b"")
    assert result.stderr.endswith(b"summarize: 1 of 1 input failed\n")


def test_documents_of_a_directory_are_counted(tmp_path):
    for name in ("a.txt", "b.txt"):
        (tmp_path / name).write_bytes(b"\x7fELF\0\1" * 99)
    assert run(tmp_path).stderr.endswith(b"summarize: 2 of 2 documents failed\n")


def test_merging_stops_at_the_first_failure_when_told_to(tmp_path):
    result = run("--merge", "--fail-fast", tmp_path / "missing.txt", NEWS)
    assert (result.returncode, result.stdout) == (1, b"")
    assert result.stderr.endswith(b"1 of 1 document failed\n")


def test_an_explained_summary_says_what_spoke_for_each_sentence():
    printed = lines(run(NEWS, "-n", 2, "--explain"))
    assert [line for line in printed if not line.startswith("    ")] == lines(run(NEWS, "-n", 2))
    assert sum(line.startswith("    score ") for line in printed) == 2


@pytest.mark.parametrize(
    ("arguments", "suggestion"),
    [
        (("-r", "textrnk"), "textrank"),
        (("-s", "gredy"), "greedy"),
        (("-f", "markdwn"), "markdown"),
        (("--segmenter", "punk"), "punkt"),
        (("--order", "ranks"), "rank"),
        (("-l", "germn"), "german"),
        (("-s", "mmr", "--set", "diversty=0.5"), "diversity"),
    ],
)
def test_an_unknown_name_suggests_the_nearest_known_one(arguments, suggestion):
    result = run(NEWS, *arguments)
    assert result.returncode == 2
    assert f"did you mean '{suggestion}'?" in " ".join(result.stderr.decode().split()).lower()
