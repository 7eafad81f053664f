"""Jobs on Ray, run on a local cluster."""

from __future__ import annotations

import gzip
import json
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from summarize import Settings
from summarize.batch.files import summarize_files
from summarize.batch.many import summarize_one
from summarize.engines.frames import summarize_batch
from summarize.engines.ray_data import find_form, load_ray, summarize_on_ray
from summarize.engines.shards import SUCCESS
from summarize.errors import LengthError, MissingExtraError, OutputError
from summarize.outputs.records import hash_content, make_record
from summarize.settings import resolve
from tests.engines.rows import drop_nulls

pytest.importorskip("ray.data", reason="the extra test-engines is not installed")
# Ray raises deprecation warnings about its own defaults.
pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning:ray")
SETTINGS = Settings(length="20 words")
SENTENCES = (
    "The harbour froze in January.",
    "Ships waited outside for a week.",
    "A bridge fell into the river.",
    "Nobody was hurt, the mayor said.",
    "The bridge had been closed for a year.",
)


CASES = Path(__file__).resolve().parents[1] / "cases" / "batch"


@pytest.fixture(scope="module", autouse=True)
def ray():
    import ray

    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PYTHONPATH", str(CASES))
        ray.init(address="local", num_cpus=2, include_dashboard=False, log_to_driver=False)
        yield ray
        ray.shutdown()


@pytest.fixture
def odd_rankers(monkeypatch):
    monkeypatch.syspath_prepend(CASES)
    import odd_rankers

    return odd_rankers


def make_text(number):
    return " ".join(f"{SENTENCES[(number + i) % 5][:-1]} {number} times." for i in range(6 + number % 3))


def write_table(path, texts):
    path.write_text("".join(json.dumps({"id": i, "text": text}) + "\n" for i, text in enumerate(texts)))
    return str(path)


def run(inputs, output, **options):
    return list(summarize_on_ray([str(path) for path in inputs], str(output), SETTINGS, **options))


def read_lines(folder):
    return b"".join(path.read_bytes() for path in sorted(folder.glob("part-*.jsonl")))


def test_records_equal_those_of_single_texts_in_order(tmp_path):
    texts = [make_text(i) for i in range(60)]
    table = write_table(tmp_path / "table.jsonl", texts)
    run([table], tmp_path / "out", shard_bytes=2000)
    expected = [
        make_record(
            summarize_one(f"{table}:{i + 1}", text, resolve(SETTINGS)), id=i, content_hash=hash_content(text)
        )
        for i, text in enumerate(texts)
    ]
    assert [json.loads(line) for line in read_lines(tmp_path / "out").splitlines()] == expected
    assert len(list((tmp_path / "out").glob("part-*"))) > 5


@pytest.fixture
def corpus(tmp_path):
    """Return inputs of every kind, some of which fail."""
    import pyarrow
    from pyarrow import parquet

    folder = tmp_path / "in"
    (folder / "deep" / "er").mkdir(parents=True)
    for i in range(12):
        (folder / ("deep" if i % 2 else ".") / f"{i}.txt").write_text(make_text(i))
    (folder / "deep" / "er" / "binary.txt").write_bytes(b"\x7fELF\x00\x01" * 40)
    (folder / "packed.txt.gz").write_bytes(gzip.compress(make_text(40).encode()))
    lines = [json.dumps({"text": make_text(i)}) for i in range(5)]
    (tmp_path / "table.jsonl").write_text("\n".join([*lines[:2], "{broken", *lines[2:]]))
    (tmp_path / "table.csv").write_text("id,text\n" + "".join(f"k{i},{make_text(i)}\n" for i in range(4)))
    table = pyarrow.table({"id": [5, 6, 7], "text": [make_text(21), None, make_text(22)]})
    parquet.write_table(table, tmp_path / "table.parquet")
    with zipfile.ZipFile(tmp_path / "archive.zip", "w") as archive:
        archive.writestr("one.txt", make_text(30))
    names = ("table.jsonl", "table.csv", "table.parquet", "archive.zip", "missing.txt")
    return [str(folder), *(str(tmp_path / name) for name in names)]


def test_shards_equal_the_output_of_the_local_engine(tmp_path, corpus):
    list(summarize_files(corpus, str(tmp_path / "local.jsonl"), SETTINGS, jobs=1))
    shards = run(corpus, tmp_path / "out")
    assert read_lines(tmp_path / "out") == (tmp_path / "local.jsonl").read_bytes()
    failed = [source for shard in shards for source, _ in shard.problems]
    assert len(failed) == 4
    assert sum(shard.documents for shard in shards) == 29


def test_parquet_shards_have_the_rows_of_the_local_engine(tmp_path, corpus):
    from pyarrow import parquet

    list(summarize_files(corpus, str(tmp_path / "local.parquet"), SETTINGS, jobs=1))
    run(corpus, tmp_path / "out.parquet")
    paths = sorted((tmp_path / "out.parquet").glob("part-*"))
    rows = [row for path in paths for row in parquet.read_table(path).to_pylist()]
    assert rows == parquet.read_table(tmp_path / "local.parquet").to_pylist()


@pytest.mark.parametrize("scheme", ["file", "local"])
def test_schemes_of_pyarrow_and_fsspec_are_read_and_written(tmp_path, scheme):
    folder = tmp_path / "in"
    (folder / "deep").mkdir(parents=True)
    for name in ("b.txt", "deep/a.txt", "c.txt", ".hidden.txt", "picture.png"):
        (folder / name).write_text(make_text(1))
    write_table(folder / "deep" / "table.jsonl", [make_text(2), make_text(3)])
    address = f"{scheme}://{folder}"
    run([address, f"{address}/deep/table.jsonl", f"{address}/none.txt"], f"{scheme}://{tmp_path}/out")
    records = [json.loads(line) for line in read_lines(tmp_path / "out").splitlines()]
    names = ("b.txt", "c.txt", "deep/a.txt", "deep/table.jsonl:1", "deep/table.jsonl:2", "none.txt")
    assert [record["source"] for record in records] == [f"{address}/{name}" for name in names]
    assert records[-1]["error"] == "there is no such file"


def test_resumed_run_equals_an_uninterrupted_one(tmp_path):
    texts = [make_text(i) for i in range(60)]
    table = write_table(tmp_path / "table.jsonl", texts)
    run([table], tmp_path / "whole", shard_bytes=2000)
    started = summarize_on_ray([table], str(tmp_path / "out"), SETTINGS, shard_bytes=2000)
    first = next(started)
    started.close()
    assert not (tmp_path / "out" / SUCCESS).exists()
    shards = run([table], tmp_path / "out", shard_bytes=2000, resume=True)
    assert first.name in {shard.name for shard in shards if shard.reused}
    assert (tmp_path / "out" / SUCCESS).exists()
    names = [sorted(path.name for path in (tmp_path / name).iterdir()) for name in ("whole", "out")]
    assert names[0] == names[1]
    assert read_lines(tmp_path / "out") == read_lines(tmp_path / "whole")


def test_changed_document_changes_only_its_own_shard(tmp_path):
    texts = [make_text(i) for i in range(60)]
    table = write_table(tmp_path / "table.jsonl", texts)
    run([table], tmp_path / "out", shard_bytes=2000)
    texts[30] = texts[30].replace("ship", "boat").replace("Ship", "Boat").replace("30", "31")
    write_table(tmp_path / "table.jsonl", texts)
    shards = run([table], tmp_path / "out", shard_bytes=2000, resume=True)
    assert [shard.reused for shard in shards].count(False) == 1
    run([table], tmp_path / "fresh", shard_bytes=2000)
    assert read_lines(tmp_path / "out") == read_lines(tmp_path / "fresh")


def test_other_settings_replace_all_shards(tmp_path):
    table = write_table(tmp_path / "table.jsonl", [make_text(i) for i in range(10)])
    run([table], tmp_path / "out")
    list(summarize_on_ray([table], str(tmp_path / "out"), Settings(length=1), resume=True))
    records = [json.loads(line) for line in read_lines(tmp_path / "out").splitlines()]
    assert [record["n_sentences"] for record in records] == [1] * 10


@pytest.mark.parametrize("kind", ["numpy", "pandas", "pyarrow"])
def test_map_batches_keeps_rows_and_order(ray, kind):
    texts = [make_text(i) for i in range(40)]
    context = ray.data.DataContext.get_current().copy()
    context.execution_options.preserve_order = True
    with ray.data.DataContext.current(context):
        data = ray.data.from_items(
            [{"key": i, "text": text} for i, text in enumerate(texts)], override_num_blocks=4
        )
    options = {"length": "20 words", "id_column": "key"}
    rows = data.map_batches(summarize_batch, batch_format=kind, fn_kwargs=options).take_all()
    assert [row["key"] for row in rows] == list(range(40))
    for row, text in zip(map(drop_nulls, rows), texts, strict=True):
        record = make_record(
            summarize_one(str(row["key"]), text, resolve(SETTINGS)), content_hash=hash_content(text)
        )
        assert {name: row[name] for name in record if name != "source"} == {
            name: value for name, value in record.items() if name != "source"
        }


@pytest.mark.parametrize("kind", ["numpy", "pandas", "pyarrow"])
def test_block_of_failures_does_not_stop_map_batches(ray, kind):
    texts = [None if 10 <= i < 20 else "" if i < 5 else make_text(i) for i in range(40)]
    rows = [{"key": i, "text": text} for i, text in enumerate(texts)]
    data = ray.data.from_items(rows, override_num_blocks=4)
    found = data.map_batches(summarize_batch, batch_format=kind, fn_kwargs={"length": 1}).take_all()
    errors = {row["key"]: row["error"] for row in found}
    assert errors == {i: "its text is missing" if text is None else None for i, text in enumerate(texts)}
    assert {row["key"]: row["n_sentences"] for row in found if row["key"] not in range(10, 20)} == {
        i: min(1, len(text)) for i, text in enumerate(texts) if text is not None
    }


def test_only_the_document_that_kills_its_worker_fails(tmp_path, odd_rankers):
    texts = [make_text(i) for i in range(30)]
    texts[17] += " This is POISON."
    table = write_table(tmp_path / "table.jsonl", texts)
    settings = Settings(length=1, ranker=odd_rankers.kill_worker)
    shards = list(summarize_on_ray([table], str(tmp_path / "out"), settings, shard_bytes=2000))
    assert [source for shard in shards for source, _ in shard.problems] == [f"{table}:18"]
    records = [json.loads(line) for line in read_lines(tmp_path / "out").splitlines()]
    assert [record["source"] for record in records] == [f"{table}:{i + 1}" for i in range(30)]
    assert [i for i, record in enumerate(records) if "SIGKILL" in record.get("error", "")] == [17]
    assert not list((tmp_path / "out").glob(".*"))


def test_only_the_document_that_takes_too_long_fails(tmp_path, odd_rankers):
    texts = [make_text(i) for i in range(6)]
    texts[2] += " This is SLOW."
    table = write_table(tmp_path / "table.jsonl", texts)
    settings = Settings(length=1, ranker=odd_rankers.dawdle)
    shards = list(summarize_on_ray([table], str(tmp_path / "out"), settings, timeout=2))
    assert [problem for shard in shards for problem in shard.problems] == [
        (f"{table}:3", "took more than 2 s")
    ]


def test_resume_repeats_failed_documents(tmp_path):
    table = write_table(tmp_path / "table.jsonl", [make_text(1)])
    text = tmp_path / "text.txt"
    run([table, text], tmp_path / "out")
    text.write_text(make_text(2))
    shards = run([table, text], tmp_path / "out", resume=True)
    assert not [problem for shard in shards for problem in shard.problems]
    assert len(read_lines(tmp_path / "out").splitlines()) == 2


def test_command_writes_the_same_records_as_the_local_engine(tmp_path, corpus):
    command = [sys.executable, "-m", "summarize", *corpus, "-n", "20 words", "--quiet", "-o"]
    local = subprocess.run([*command, "local.jsonl", "-j1"], cwd=tmp_path, capture_output=True, text=True)
    on_ray = subprocess.run(
        [*command, "shards", "--engine", "ray", "--address", "local", "-j1"],
        cwd=tmp_path,
        capture_output=True,
        text=True,
    )
    assert (on_ray.returncode, on_ray.stdout) == (local.returncode, local.stdout) == (1, "")
    assert on_ray.stderr.splitlines()[-1] == local.stderr.splitlines()[-1]
    assert read_lines(tmp_path / "shards") == (tmp_path / "local.jsonl").read_bytes()


def test_empty_inputs_make_an_empty_output(tmp_path):
    assert run([], tmp_path / "out") == []
    assert [path.name for path in (tmp_path / "out").iterdir()] == [SUCCESS]


def test_error_names_an_output_that_cannot_be_written(tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(OutputError, match=r"file/out: cannot be written"):
        run([tmp_path / "file"], tmp_path / "file" / "out")


def test_format_without_shards_is_refused():
    with pytest.raises(OutputError, match=r"found \.csv; accepted for shards: \.jsonl, \.parquet"):
        find_form("out.csv")


def test_invalid_setting_is_raised_before_the_output_is_made(tmp_path):
    with pytest.raises(LengthError):
        next(summarize_on_ray([], str(tmp_path / "out"), Settings(length="3 miles")))
    assert not (tmp_path / "out").exists()


def test_error_names_the_extra_if_ray_is_missing(monkeypatch):
    monkeypatch.setitem(sys.modules, "ray", None)
    with pytest.raises(MissingExtraError, match=r"summarize\[ray\]"):
        load_ray()
