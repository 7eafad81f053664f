"""Documents that are summarized together get what each gets alone, and only the faulty ones fail."""

from __future__ import annotations

import json
import os
import random
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from summarize import Failure, Summary, summarize, summarize_many
from summarize.batch.supply import Direct, cut
from summarize.document import Text
from summarize.rankers import RANKERS
from summarize.renderers.records import render_json

ROOT = Path(__file__).resolve().parents[2]
SEEDS = {path.name: path.read_text(encoding="utf-8") for path in sorted((ROOT / "seeds").glob("*.txt"))}
ODD = {
    "empty": "",
    "space": " \n\n ",
    "one": "It rained.",
    "stop words": "It is. He was. They are. And so on.",
    "equal": "The bridge fell down. " * 40,
    "headings": "# One\n\nGas was found at sea.\n\n## Two\n\nIt lies deep. Nobody knew it.\n",
    "mail": "From: ada@example.org\nSubject: Gas\nDate: Mon, 1 Jun 2009 06:28:20 +0200\n\nGas was found.",
    "talk": "Ada: Gas was found at sea.\nBob: Um, okay.\nAda: It lies deep.\nBob: Who will pay for it?",
    "surrogate": "A broken \ud800 letter was found. It was kept as it was. Nobody minded.",
}
DOCUMENTS = [*SEEDS.items(), *ODD.items()]
OURS = [name for name in RANKERS if not name.startswith("sumy-")]
LENGTHS: list[dict[str, Any]] = [
    {"length": 3},
    {"length": "60 words", "query": "bridge gas", "title": "The bridge"},
    {"length": "auto", "explain": True},
]


def show(result: Summary | Failure) -> str:
    return render_json(result) if isinstance(result, Summary) else f"{result.source}: {result}"


@pytest.mark.parametrize("ranker", OURS)
@pytest.mark.parametrize("choices", LENGTHS)
def test_records_are_equal_in_chunks_of_any_size_and_in_any_order(
    ranker: str, choices: dict[str, Any]
) -> None:
    expected = {
        name: render_json(summarize(text, source=name, ranker=ranker, **choices)) for name, text in DOCUMENTS
    }
    for chunk_size in (1, 7, 32):
        order = random.Random(chunk_size).sample(DOCUMENTS, len(DOCUMENTS))
        results = summarize_many(order, ranker=ranker, chunk_size=chunk_size, **choices)
        for (name, _), result in zip(order, results, strict=True):
            assert show(result) == expected[name]


@pytest.mark.slow
def test_records_are_equal_with_any_number_of_workers() -> None:
    one, four = (list(map(show, summarize_many(DOCUMENTS * 4, jobs=jobs))) for jobs in (1, 4))
    assert one == four


def test_iterator_is_asked_for_one_document_at_a_time() -> None:
    asked: list[int] = []

    def documents() -> Iterator[str]:
        for number in range(3):
            asked.append(number)
            yield "It rained."

    results = summarize_many(documents())
    assert next(results) and asked == [0]
    results = summarize_many(documents(), chunk_size=2)
    assert next(results) and next(results) and asked == [0, 0, 1, 2]


@pytest.mark.parametrize("stage", ["analysis.find_terms_each", "rankers.learned.compute_features"])
def test_only_the_faulty_document_fails(stage: str, monkeypatch: pytest.MonkeyPatch) -> None:
    expected = [show(result) for result in summarize_many(DOCUMENTS)]
    module, _, name = f"summarize.{stage}".rpartition(".")
    step: Callable[..., Any] = getattr(sys.modules[module], name)

    def fail(given: Any, *rest: Any) -> Any:
        texts = [document.text for document in getattr(given, "documents", ())] or map(" ".join, given)
        if any("Nobody minded" in text for text in texts):
            raise MemoryError("too much")
        return step(given, *rest)

    monkeypatch.setattr(f"summarize.{stage}", fail)
    found = [show(result) for result in summarize_many(DOCUMENTS)]
    place = [name for name, _ in DOCUMENTS].index("surrogate")
    assert found[place] == "surrogate: surrogate: MemoryError: too much"
    assert found[:place] + found[place + 1 :] == expected[:place] + expected[place + 1 :]


def test_documents_of_a_chunk_share_a_time_limit_and_then_have_their_own(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    import summarize.analysis

    detect = summarize.analysis._detect

    def detect_slowly(text: str) -> Any:
        time.sleep(30 if "Nobody minded" in text else 0.02)
        return detect(text)

    monkeypatch.setattr("summarize.analysis._detect", detect_slowly)
    # Together they take longer than one may.
    results = list(summarize_many(DOCUMENTS, timeout=0.25, chunk_size=32))
    names = [name for (name, _), each in zip(DOCUMENTS, results, strict=True) if isinstance(each, Failure)]
    assert names == ["surrogate"]
    assert "took more than 0.25 s" in show(results[-1])


def test_ranker_of_the_user_is_asked_once_for_each_document() -> None:
    asked = []

    def rank(document: Any) -> Any:
        asked.append(document.source)
        if document.source == "one":
            raise ValueError("no")
        return [0.0] * len(document)

    results = list(summarize_many(DOCUMENTS, ranker=rank))
    # The first one is asked to try the settings.
    assert asked == [None, *(name for name, _ in DOCUMENTS)]
    assert [result.source for result in results if isinstance(result, Failure)] == ["one"]


def test_texts_that_are_none_are_failures_in_their_places() -> None:
    given: list[Any] = ["It rained.", None, Text("It snowed."), 3.5, ("a", b"\x89PNG\r\n\x1a\n\x00")]
    results = list(summarize_many(given))
    assert [isinstance(result, Summary) for result in results] == [True, False, True, False, False]


def test_chunks_of_large_documents_are_short() -> None:
    texts = ["a" * 90_000] * 10
    assert max(len(chunk) for chunk in cut(Direct(texts, len), first=32)) == 2


@pytest.mark.slow
@pytest.mark.parametrize("jobs", [[], ["-j1"], ["-j2"]])
def test_no_record_waits_for_the_next_line(jobs: list[str], tmp_path: Path) -> None:
    pipe = tmp_path / "texts.jsonl"
    os.mkfifo(pipe)
    command = [sys.executable, "-m", "summarize", str(pipe), "-f", "jsonl", "-n1", *jobs]
    with subprocess.Popen(command, stdout=subprocess.PIPE, cwd=ROOT) as process:
        assert process.stdout is not None
        # A reader that waits for ever would hold up the tests.
        watchdog = threading.Timer(60, process.kill)
        watchdog.start()
        with pipe.open("w", encoding="utf-8") as file:
            for number in range(40):
                file.write(json.dumps({"id": number, "text": f"Text {number} is here. It is short."}) + "\n")
                file.flush()
                assert json.loads(process.stdout.readline() or "{}").get("id") == number
        assert process.stdout.read() == b""
        assert process.wait() == 0
        watchdog.cancel()
