"""Shards and the division of inputs, without a cluster."""

from __future__ import annotations

import socket

import pytest

from summarize import Settings
from summarize.engines.ray_data import divide, find_outcomes, read_piece, summarize_on_ray
from summarize.engines.shards import SUCCESS, Folder, Job
from summarize.errors import EngineError, OptionError
from summarize.inputs.items import Item, Reading


def make_item(number, text="One came. Two went."):
    return Item(f"table.jsonl:{number}", "text", f"{number} {text}", str(number))


@pytest.fixture
def job(tmp_path):
    folder = Folder(str(tmp_path / "out"))
    folder.prepare()
    return Job(Settings(length=1), Reading(), folder, "jsonl", {})


def name_paths(names):
    return [Item(name, "path", name, name, size=100) for name in names]


def test_chunk_summarized_twice_makes_one_shard(job, tmp_path):
    items = [make_item(i) for i in range(5)]
    first = job.make_shard(0, 0, items)
    data = (tmp_path / "out" / first.name).read_bytes()
    assert job.make_shard(0, 0, items) == first
    assert [path.name for path in (tmp_path / "out").iterdir()] == [first.name]
    assert (tmp_path / "out" / first.name).read_bytes() == data


@pytest.mark.parametrize(
    "change",
    [
        lambda items: [make_item(0, "Other."), *items[1:]],
        lambda items: [items[0]._replace(source="elsewhere"), *items[1:]],
        lambda items: [items[0]._replace(id=9), *items[1:]],
        lambda items: items[1:],
        lambda items: items[::-1],
    ],
)
def test_any_change_in_a_chunk_changes_its_name(job, change):
    items = [make_item(i) for i in range(3)]
    assert job.make_shard(0, 0, items).name != job.make_shard(0, 0, change(items)).name


def test_other_settings_change_the_name(job):
    other = Job(Settings(length=2), job.reading, job.folder, "jsonl", {})
    items = [make_item(1)]
    assert job.make_shard(0, 0, items).name != other.make_shard(0, 0, items).name


def test_finished_shard_is_reused_at_another_place(job, tmp_path):
    items = [make_item(i) for i in range(3)]
    first = job.make_shard(4, 2, items)
    again = Job(job.settings, job.reading, job.folder, "jsonl", job.folder.find_finished())
    moved = again.make_shard(5, 2, items)
    assert moved.reused and moved.name != first.name
    contents = [(tmp_path / "out" / shard.name).read_bytes() for shard in (first, moved)]
    assert contents[0] == contents[1]


def test_shard_with_failures_is_not_finished(job):
    shard = job.make_shard(0, 0, [make_item(1), Item("x", "problem", "is broken", "x")])
    assert shard.problems == (("x", "is broken"),)
    assert job.folder.find_finished() == {}


def test_finish_keeps_the_output_and_unrelated_files(job, tmp_path):
    kept = job.make_shard(0, 0, [make_item(1)])
    job.make_shard(0, 1, [make_item(2)])
    out = tmp_path / "out"
    (out / f".{kept.name}.0123.unfinished").write_bytes(b"half")
    (out / "notes.txt").write_text("mine")
    job.folder.finish({kept.name})
    assert sorted(path.name for path in out.iterdir()) == sorted([kept.name, SUCCESS, "notes.txt"])


def test_added_text_changes_few_pieces():
    names = [f"{i:05}.txt" for i in range(20_000)]
    before = set(divide(name_paths(names)))
    after = set(divide(name_paths([*names[:7000], "06999b.txt", *names[7000:]])))
    assert len(before) > 10
    assert len(after - before) <= 2


def test_pieces_contain_every_text_once_in_order():
    items = name_paths([f"{i}.txt" for i in range(5000)] + ["t.jsonl"] + [f"{i}.md" for i in range(10)])
    pieces = list(divide(items, 10_000))
    assert [item for piece in pieces for item in piece] == items
    assert (items[5000],) in pieces


def test_chunks_are_divided_by_size():
    items = [make_item(i, "x" * 98) for i in range(10)]
    sizes = [len(chunk) for chunk in read_piece(items, Reading(), 250)]
    assert sizes == [3, 3, 3, 1]


@pytest.mark.parametrize(
    ("output", "form", "message"),
    [(None, None, "need an output"), ("out", "markdown", "found format 'markdown'")],
)
def test_output_that_cannot_have_shards_is_refused(output, form, message):
    with pytest.raises(OptionError, match=message):
        next(find_outcomes([], output, Settings(), form=form))


def test_error_names_an_unreachable_cluster_at_once(tmp_path):
    pytest.importorskip("ray.data", reason="the extra test-engines is not installed")
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
    (tmp_path / "a.txt").write_text("One. Two.")
    running = summarize_on_ray(
        [str(tmp_path / "a.txt")], str(tmp_path / "out"), Settings(), address=f"127.0.0.1:{port}"
    )
    with pytest.raises(EngineError, match=f"Ray at '127.0.0.1:{port}' cannot be reached: .*refused"):
        next(running)
