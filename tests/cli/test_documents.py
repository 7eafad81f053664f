"""Documents on the command line: places, parts of a document, formats, passwords."""

from __future__ import annotations

import csv
import json
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
REPORT = ROOT / "seeds" / "report.en.pdf"
NEWS = ROOT / "seeds" / "news.en.txt"


def run(*arguments: object, data: bytes | None = None) -> subprocess.CompletedProcess[str]:
    done = subprocess.run(
        [sys.executable, "-m", "summarize", *map(str, arguments)],
        input=data,
        capture_output=True,
        timeout=60,
        cwd=ROOT,
    )
    return subprocess.CompletedProcess(done.args, done.returncode, done.stdout.decode(), done.stderr.decode())


def test_cite_shows_the_page_of_each_sentence():
    lines = run(REPORT, "--cite", "-n", "4").stdout.splitlines()
    assert len(lines) == 4
    assert all(line.rpartition(" ")[0].endswith("[p.") for line in lines)


def test_cite_links_to_the_page_in_markdown():
    result = run("seeds/report.en.pdf", "--cite", "-n", "1", "-f", "markdown")
    assert result.stdout.endswith("[p. 1](seeds/report.en.pdf#page=1)\n")


def test_an_outline_has_each_heading_once_and_every_sentence():
    printed = run(REPORT, "-n", "8").stdout.splitlines()
    outline = run(REPORT, "-n", "8", "-f", "outline").stdout.splitlines()
    headings = [line for line in outline if line.startswith("#")]
    assert len(headings) == len(set(headings)) > 2
    assert [line.removeprefix("- ") for line in outline if line.startswith("- ")] == printed


def test_json_has_pages_sections_and_the_text_on_request():
    record = json.loads(run(REPORT, "-f", "json", "-n", "3", "--with-text", "--pages", "2-4").stdout)
    assert all(2 <= sentence["page"] <= 4 for sentence in record["sentences"])
    assert all(isinstance(sentence["section"], list) for sentence in record["sentences"])
    for sentence in record["sentences"]:
        assert record["text"][sentence["start"] : sentence["end"]] == sentence["text"]


@pytest.mark.parametrize("pages", ["x", "3-b", "-3", ""])
def test_pages_that_are_none_are_wrong_usage(pages):
    result = run(REPORT, f"--pages={pages}")
    assert result.returncode == 2
    assert "pages: found" in result.stderr


def test_a_section_that_is_not_there_is_named_with_those_that_are():
    result = run(REPORT, "--section", "weather")
    assert result.returncode == 1
    assert "has no text in the section 'weather'; it has 'Executive summary', " in result.stderr
    assert "Traceback" not in result.stderr


def test_sections_of_plain_text_count_too():
    chosen = run(
        ROOT / "seeds" / "report.en.txt", "--section", "options for the future", "-f", "json", "-n", "2"
    )
    sections = [sentence["section"] for sentence in json.loads(chosen.stdout)["sentences"]]
    assert sections == [["8. Options for the future"]] * 2


def test_a_document_may_come_from_standard_input():
    result = run("-n", "1", "--cite", data=REPORT.read_bytes())
    assert result.stdout.endswith("[p. 1]\n")


def test_the_format_may_be_given(tmp_path):
    (tmp_path / "a.txt").write_text("# Weir\n\nIt is *closed* in May.\n")
    assert run(tmp_path / "a.txt", "--input-format", "markdown").stdout == "It is closed in May.\n"
    plain = run(tmp_path / "a.txt", "--input-format", "plain", "-f", "json").stdout
    assert json.loads(plain)["sentences"][0]["text"] == "It is *closed* in May."
    assert run(tmp_path / "a.txt", "--input-format", "pdf").returncode == 1


def test_many_documents_keep_their_places(tmp_path):
    output = tmp_path / "out.jsonl"
    result = run(REPORT, NEWS, "-n", "1", "-o", output)
    assert result.returncode == 0
    first, second = [json.loads(line) for line in output.read_text().splitlines()]
    assert first["sentences"][0]["page"] == 1
    assert "page" not in second["sentences"][0]


def test_csv_has_a_column_for_the_places(tmp_path):
    output = tmp_path / "out.csv"
    assert run(REPORT, "-n", "2", "-o", output).returncode == 0
    [row] = csv.DictReader(output.read_text(encoding="utf-8").splitlines())
    assert row["places"] == "p. 1; p. 6"


def test_the_mails_of_a_mailbox_follow_each_other(tmp_path):
    mails = [
        "From: Ada\nSubject: Gas\n\nGas was found at sea today.\n",
        "From: Bob\nSubject: Re: Gas\n\nIt is deep there.\n",
    ]
    head = "From ada@a.example Mon Jun  1 06:28:20 2009\n"
    (tmp_path / "in.mbox").write_text("\n".join(head + mail for mail in mails))
    assert run(tmp_path / "in.mbox").stdout == "Gas was found at sea today.\n\nIt is deep there.\n"
    assert len(json.loads(run(tmp_path / "in.mbox", "-f", "json").stdout)) == 2
