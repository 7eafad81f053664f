"""Facts about many documents in Python."""

from __future__ import annotations

import importlib.util
import os
import pickle
import subprocess
import sys
from hashlib import sha256
from itertools import count, islice
from pathlib import Path

import pytest

from summarize import Failure, Settings, Summary, Text, summarize, summarize_many
from summarize.batch.many import summarize_one
from summarize.errors import DocumentError, InputError, LengthError, OptionError, WorkerError
from summarize.outputs.records import hash_content, make_record
from summarize.reading import read_path
from summarize.settings import resolve

ROOT = Path(__file__).resolve().parents[2]
NEWS = ROOT / "seeds" / "news.en.txt"
CASES = Path(__file__).resolve().parents[1] / "cases" / "batch"


@pytest.fixture
def odd(monkeypatch):
    """The module of rankers that misbehave, under a name that workers find too."""
    monkeypatch.syspath_prepend(str(CASES))
    spec = importlib.util.spec_from_file_location("odd_rankers", CASES / "odd_rankers.py")
    module = importlib.util.module_from_spec(spec)
    monkeypatch.setitem(sys.modules, "odd_rankers", module)
    spec.loader.exec_module(module)
    return module


def texts(n, **marked):
    """Short texts, some with a word in them."""
    return [(f"t{k}", f"This is text {k}. It ends. {marked.get(f't{k}', '')} was here.") for k in range(n)]


def outcomes(results):
    return [str(r) if isinstance(r, Summary) else f"FAILED {r.error}" for r in results]


def test_summaries_are_those_of_summarize():
    paths = sorted((ROOT / "seeds").glob("*.txt"))
    alone = [str(summarize(read_path(path).text, length="60 words")) for path in paths]
    for jobs in (1, 2):
        assert [str(s) for s in summarize_many(paths, jobs=jobs, length="60 words")] == alone


def test_every_kind_of_document_is_taken():
    text = NEWS.read_text(encoding="utf-8")
    given = [NEWS, text, ("name", text), ("bytes", NEWS.read_bytes()), read_path(NEWS)]
    results = list(summarize_many(given))
    assert {str(result) for result in results} == {str(summarize(text))}
    assert [r.document.source for r in results] == [str(NEWS), None, "name", "bytes", str(NEWS)]


@pytest.mark.parametrize("jobs", [1, 2])
def test_it_is_lazy(jobs):
    taken = []

    def endless():
        for k in count():
            taken.append(k)
            yield f"This is number {k}."

    results = summarize_many(endless(), jobs=jobs)
    assert [str(r) for r in islice(results, 3)] == [f"This is number {k}." for k in range(3)]
    assert len(taken) < 5000
    results.close()


@pytest.mark.parametrize("jobs", [1, 2])
def test_a_document_that_cannot_be_read_is_a_failure_in_its_place(tmp_path, jobs):
    results = list(summarize_many([NEWS, tmp_path / "none", ("x", b"\x7fELF\0")], jobs=jobs))
    assert [isinstance(result, Failure) for result in results] == [False, True, True]
    assert results[1].source == str(tmp_path / "none")
    assert all(isinstance(result.error, InputError) for result in results[1:])


@pytest.mark.parametrize("jobs", [1, 2])
def test_a_ranker_that_breaks_down_is_a_failure_of_its_document(odd, jobs):
    results = outcomes(summarize_many(texts(5, t2="BREAK"), jobs=jobs, ranker=odd.break_down))
    assert results[2] == "FAILED t2: ZeroDivisionError: no reason"
    assert sum(result.startswith("FAILED") for result in results) == 1


@pytest.mark.parametrize("jobs", [1, 2])
def test_settings_that_are_wrong_are_raised_at_once(jobs):
    with pytest.raises(LengthError):
        summarize_many([], jobs=jobs, length="nothing")
    with pytest.raises(OptionError):
        summarize_many([], jobs=jobs, options={"nope": 1})


@pytest.mark.parametrize(
    "wrong",
    [
        {"jobs": -1},
        {"jobs": 1.5},
        {"jobs": True},
        {"timeout": 0},
        {"jobs": 2, "timeout": -1.5},
        {"chunk_size": 0},
        {"chunk_size": 2.0},
        {"chunk_size": True},
    ],
)
def test_number_out_of_range_is_raised_at_once(wrong):
    with pytest.raises(OptionError, match=f"{list(wrong)[-1]}: found {list(wrong.values())[-1]}; accepted: "):
        summarize_many(["A text."], **wrong)


@pytest.mark.parametrize("one", ["A text.", b"A text.", NEWS, Text("A text.")])
def test_one_text_is_not_taken_for_many(one):
    with pytest.raises(TypeError, match=r"accepted: an iterable of texts; for one text, use summarize$"):
        summarize_many(one)


def test_sequence_without_iter_is_taken():
    class Texts:
        def __getitem__(self, place):
            return ["A text.", "Another."][place]

    assert outcomes(summarize_many(Texts())) == ["A text.", "Another."]


@pytest.mark.parametrize(("wrong", "found"), [(None, "None"), (5, "int")])
def test_what_holds_no_texts_is_said(wrong, found):
    with pytest.raises(TypeError, match=f"documents: found {found}; accepted: an iterable of texts$"):
        summarize_many(wrong)


@pytest.mark.parametrize("jobs", [1, 2])
def test_what_is_no_text_is_a_failure_in_its_place(jobs):
    given = ["A text.", None, ("named", 5), ("a", "b", "c"), "A text."]
    assert outcomes(summarize_many(given, jobs=jobs)) == [
        "A text.",
        "FAILED -: found None; accepted: str, bytes, Text, pathlib.Path",
        "FAILED named: found int; accepted: str, bytes, Text, pathlib.Path",
        "FAILED -: found tuple; accepted: str, bytes, Text, pathlib.Path",
        "A text.",
    ]


@pytest.mark.parametrize("jobs", [1, 2])
def test_path_that_is_none_is_a_failure_in_its_place(odd, jobs):
    given = ["A text.", Path("a\0b"), odd.Unnamed(), ("named", odd.Unnamed()), "A text."]
    assert outcomes(summarize_many(given, jobs=jobs)) == [
        "A text.",
        "FAILED a\0b: cannot be read: embedded null byte",
        "FAILED -: ZeroDivisionError: no path",
        "FAILED named: ZeroDivisionError: no path",
        "A text.",
    ]


def test_path_may_be_in_bytes():
    with os.scandir(os.fsencode(NEWS.parent)) as entries:
        [entry] = [entry for entry in entries if entry.name == os.fsencode(NEWS.name)]
    assert outcomes(summarize_many([entry])) == outcomes(summarize_many([NEWS]))


def test_document_that_workers_cannot_have_is_a_failure_in_its_place():
    def nested():
        pass

    given = [nested, *["A text."] * 20, nested, *["A text."] * 20, *[nested] * 300]
    results = outcomes(summarize_many(given, jobs=2))
    failed = [place for place, result in enumerate(results) if result != "A text."]
    assert failed == [0, 21, *range(42, 342)]
    assert results[0].startswith("FAILED -: cannot be sent to a worker process: ")


@pytest.mark.parametrize("jobs", [1, 2])
def test_name_that_is_no_string_is_a_failure_in_its_place(jobs):
    results = outcomes(summarize_many([(None, "A text."), (5, "Two came."), "A text."], jobs=jobs))
    problem = "FAILED -: found int 5 as the name of a text; accepted: str or None"
    assert results == ["A text.", problem, "A text."]


def test_class_that_workers_do_not_have_is_said_without_a_traceback(tmp_path):
    script = tmp_path / "script.py"
    script.write_text(
        "from summarize import summarize_many\n"
        "class Own(str): pass\n"
        "if __name__ == '__main__':\n"
        "    for each in summarize_many(['One came.', Own('Two came.')], jobs=2):\n"
        "        print(getattr(each, 'error', each))\n"
    )
    done = subprocess.run([sys.executable, str(script)], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[0] == "One came."
    assert "jobs=1" in done.stdout and not done.stderr


def test_settings_can_be_pickled():
    settings = Settings(length="100 words", ranker="lexrank", options={"threshold": 0.2})
    assert pickle.loads(pickle.dumps(settings)) == settings


def test_the_signature_tells_settings_apart():
    chosen = [
        {},
        {"length": 2},
        {"ranker": "lead"},
        {"language": "en"},
        {"options": {"a": 1}},
        {"order": "rank"},
    ]
    assert len({Settings(**each).signature for each in chosen}) == len(chosen)
    assert Settings(length="3 sentences").signature == Settings(length=3).signature


def test_the_hash_is_that_of_sha256sum():
    assert hash_content(NEWS.read_bytes()) == sha256(NEWS.read_bytes()).hexdigest()
    assert hash_content("é") == sha256("é".encode()).hexdigest()


def test_a_record_has_what_is_kept():
    result = summarize_one("n", NEWS.read_bytes(), resolve(Settings(length=2)))
    record = make_record(result, id=7, content_hash="h")
    assert tuple(record)[:3] == ("id", "source", "hash")
    assert (record["id"], record["source"], record["hash"]) == (7, "n", "h")
    assert record["summary"] == str(result)
    assert [s["text"] for s in record["sentences"]] == [s.text for s in result.sentences]


def test_a_record_of_a_failure_has_an_error():
    failure = Failure("x", DocumentError("x", "it broke"))
    assert make_record(failure) == {"source": "x", "hash": None, "error": "it broke"}


def test_a_killed_worker_costs_only_the_document_that_killed_it(odd):
    results = outcomes(summarize_many(texts(60, t17="POISON"), jobs=2, ranker=odd.kill_worker))
    assert results[17] == "FAILED t17: its worker process was killed by SIGKILL, as when memory runs out"
    assert sum(result.startswith("FAILED") for result in results) == 1
    assert [r for k, r in enumerate(results) if k != 17] == [
        r for k, r in enumerate(outcomes(summarize_many(texts(60), ranker="lead"))) if k != 17
    ]


def test_a_worker_that_dies_by_chance_costs_nothing(odd, tmp_path, monkeypatch):
    monkeypatch.setenv("FLAKY_MARK", str(tmp_path / "mark"))
    results = outcomes(summarize_many(texts(60, t30="FLAKY"), jobs=2, ranker=odd.kill_worker))
    assert (tmp_path / "mark").exists()
    assert not any(result.startswith("FAILED") for result in results)


@pytest.mark.slow
@pytest.mark.parametrize("jobs", [1, 2])
def test_a_document_that_takes_too_long_is_a_failure(odd, jobs):
    results = outcomes(summarize_many(texts(9, t4="SLOW"), jobs=jobs, ranker=odd.dawdle, timeout=2))
    assert results[4] == "FAILED t4: took more than 2 s"
    assert sum(result.startswith("FAILED") for result in results) == 1


@pytest.mark.slow
def test_what_is_loaded_for_the_first_document_takes_nothing_of_its_time(odd):
    results = outcomes(summarize_many(texts(9), jobs=2, ranker=odd.load_slowly, timeout=1.5))
    assert not any(result.startswith("FAILED") for result in results)


@pytest.mark.slow
def test_a_worker_that_heeds_no_signal_is_killed(odd, monkeypatch):
    monkeypatch.setattr("summarize.batch.pool._GRACE", 2.0)
    results = outcomes(summarize_many(texts(9, t4="SLOW"), jobs=2, ranker=odd.hang, timeout=2))
    assert results[4] == "FAILED t4: took more than 2 s"
    assert sum(result.startswith("FAILED") for result in results) == 1


def test_a_document_that_wants_too_much_memory_is_a_failure(odd):
    results = outcomes(summarize_many(texts(9, t4="LARGE"), jobs=2, ranker=odd.hoard))
    assert results[4].startswith("FAILED t4: MemoryError")
    assert sum(result.startswith("FAILED") for result in results) == 1


def test_a_function_that_workers_cannot_have_is_said():
    with pytest.raises(WorkerError, match="jobs=1"):
        list(summarize_many(["A text."], jobs=2, ranker=lambda document: document.n_words * 1.0))


def test_workers_end_with_their_parent(odd, tmp_path, monkeypatch):
    code = (
        "import os, signal, odd_rankers; from summarize import summarize_many\n"
        "results = summarize_many((f'Text {k}.' for k in range(10**9)), jobs=2, ranker=odd_rankers.lead)\n"
        "next(results); kids = open(f'/proc/self/task/{os.getpid()}/children').read()\n"
        "print(kids, flush=True); os.kill(os.getpid(), signal.SIGKILL)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, env={"PYTHONPATH": f"{CASES}:{ROOT}"}, check=False
    )
    workers = done.stdout.split()
    assert workers
    assert wait_until(lambda: not any(is_alive(int(worker)) for worker in workers))


def is_alive(process):
    try:
        return Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except (FileNotFoundError, ProcessLookupError):
        return False


def wait_until(fact):
    from time import monotonic, sleep

    end = monotonic() + 20
    while not fact() and monotonic() < end:
        sleep(0.05)
    return fact()
