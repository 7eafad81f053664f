"""Inputs on remote file systems; the scheme ``file://`` replaces a real one."""

from __future__ import annotations

import json
import sys
import zipfile

import pytest

from summarize import Settings
from summarize.batch.files import summarize_files
from summarize.inputs import find_items, remote
from summarize.inputs.items import Reading
from summarize.inputs.remote import is_remote


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "a" / "b").mkdir(parents=True)
    for name in ("z.txt", "a/y.md", "a/b/x.txt", ".hidden.txt", "a/.git.txt", "p.png"):
        (tmp_path / name).write_text("One was here. Two was there.")
    (tmp_path / "t.jsonl").write_text('{"id": 7, "text": "Three was here."}\n')
    with zipfile.ZipFile(tmp_path / "u.zip", "w") as archive:
        archive.writestr("v.txt", "Four was here.")
    return tmp_path


@pytest.mark.parametrize(
    ("path", "remote"), [("s3://b/k", True), ("a/b", False), ("a:b//c", False), ("gs://b", True)]
)
def test_path_with_a_scheme_is_remote(path, remote):
    assert is_remote(path) == remote


def test_remote_files_come_in_the_order_of_local_ones(folder):
    local = [item.source for item in find_items([str(folder)], Reading())]
    remote = [item.source for item in find_items([f"file://{folder}"], Reading())]
    assert remote == [f"file://{path}" for path in local]


def test_records_of_remote_inputs_equal_those_of_local_ones(folder, tmp_path_factory):
    out = tmp_path_factory.mktemp("out")
    inputs = ["", "/t.jsonl", "/u.zip", "/none.txt"]
    for name, scheme in (("local", ""), ("remote", "file://")):
        paths = [f"{scheme}{folder}{path}" for path in inputs]
        list(summarize_files(paths, str(out / f"{name}.jsonl"), Settings(), jobs=1))
    local, remote = (
        [json.loads(line) for line in (out / f"{name}.jsonl").read_text().splitlines()]
        for name in ("local", "remote")
    )
    assert len(local) == 6
    assert remote == [record | {"source": "file://" + record["source"]} for record in local]


def test_unknown_scheme_is_a_problem(tmp_path):
    (item,) = find_items(["nonsense://bucket/x.txt"], Reading())
    assert item.kind == "problem"
    assert item.source == "nonsense://bucket/x.txt"


def test_error_without_pyarrow_names_the_extra(monkeypatch):
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    remote._connect.cache_clear()
    (item,) = find_items(["s3://bucket/a.txt"], Reading())
    assert (item.source, item.kind) == ("s3://bucket/a.txt", "problem")
    assert "pip install 'summarize[columns]'" in item.content
