"""Corpora of the benchmarks: seeds, files, folders, data sets of a hub."""

from __future__ import annotations

import gzip
import json
import warnings

import pytest

from benchmarks import corpora
from benchmarks.quality import coverage
from summarize.errors import InputError

ROW = {"id": "a", "document": "Ein Satz. Noch einer.", "references": ["Ein Satz."]}
FAST = ["--methods", "lead", "--words", "2", "--percents", "", "--jobs", "1", "--no-cache"]


def write(path, *rows):
    path.write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    return path


# --- Seeds and files ------------------------------------------------------------------------------


def test_there_are_thirteen_seeds():
    assert len(corpora.read_seeds().entries) == 13


@pytest.mark.parametrize("entry", corpora.read_seeds().entries, ids=lambda entry: entry.id)
def test_seed_has_references_of_three_lengths(entry):
    assert len(entry.references) == 3
    assert sorted(entry.references, key=len) == list(entry.references)


def test_corpus_has_the_name_of_its_file(tmp_path):
    assert corpora.read_corpus(write(tmp_path / "own.de.jsonl", ROW)).name == "own.de"


def test_language_comes_from_the_file_name(tmp_path):
    (entry,) = corpora.read_corpus(write(tmp_path / "own.de.jsonl", ROW)).entries
    assert entry.language == "de"


def test_language_field_overrides_the_file_name(tmp_path):
    (entry,) = corpora.read_corpus(write(tmp_path / "own.de.jsonl", {**ROW, "language": "nl"})).entries
    assert entry.language == "nl"


@pytest.mark.parametrize(
    "row", [{"document": " ", "references": "x"}, {"document": "A.", "references": [" "]}]
)
def test_entry_without_text_or_reference_is_skipped(tmp_path, row):
    assert len(corpora.read_corpus(write(tmp_path / "own.de.jsonl", ROW, row)).entries) == 1


def test_gzipped_file_is_the_same_corpus(tmp_path):
    plain = write(tmp_path / "own.de.jsonl", ROW)
    packed = tmp_path / "own.de.jsonl.gz"
    packed.write_bytes(gzip.compress(plain.read_bytes()))
    assert corpora.read_corpus(packed) == corpora.read_corpus(plain)


def test_folder_lists_its_corpora_by_name(tmp_path):
    paths = [write(tmp_path / name, ROW) for name in ("b.jsonl", "a.jsonl.gz", "notes.txt")]
    assert corpora.list_files(tmp_path) == [paths[1], paths[0]]


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("{", "line 1 is not JSON"),
        ("[1]", "line 1 is not a JSON object"),
        ('{"text": "A."}', "line 1 has the fields text"),
        ("", "no document with a text and a reference"),
    ],
)
def test_error_names_the_file_the_problem_and_the_format(tmp_path, content, message):
    path = tmp_path / "bad.jsonl"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(InputError) as caught:
        corpora.read_corpus(path)
    assert str(path) in str(caught.value)
    assert message in str(caught.value)
    assert "accepted" in str(caught.value)


def test_unreadable_corpus_does_not_stop_the_others(tmp_path, capsys):
    good = write(tmp_path / "good.de.jsonl", ROW)
    status = coverage.main(
        [*FAST, "--corpus", str(tmp_path / "no.jsonl"), str(good), "--results", str(tmp_path)]
    )
    printed = capsys.readouterr()
    assert status == 1
    assert "no.jsonl: No such file" in printed.err
    assert "good.de, 1 documents" in printed.out


# --- Hub ------------------------------------------------------------------------------------------


@pytest.fixture
def datasets(monkeypatch, tmp_path):
    """The package ``datasets``, with a temporary cache and without network access."""
    monkeypatch.setenv("HF_HOME", str(tmp_path / "cache"))
    monkeypatch.setenv("HF_HUB_OFFLINE", "1")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # its dependencies warn on import
        return pytest.importorskip("datasets", reason="the extra hub is not installed")


COLUMNS = {
    "id": ["a", "b", "c"],
    "document": ["Ein Satz. Noch einer.", "Zwei Sätze. Und mehr.", "Drei. Vier."],
    "references": [["Ein Satz."], ["Zwei Sätze.", "Mehr."], ["Drei."]],
}


@pytest.fixture
def saved(datasets, tmp_path):
    """The folder of a data set written by ``save_to_disk``."""
    datasets.DatasetDict(test=datasets.Dataset.from_dict(COLUMNS)).save_to_disk(str(tmp_path / "news"))
    return str(tmp_path / "news")


def test_saved_data_set_is_a_corpus(saved):
    corpus = corpora.read_hub(saved)
    assert corpus.name == "news"
    assert [entry.document for entry in corpus.entries] == COLUMNS["document"]
    assert [entry.references for entry in corpus.entries] == [tuple(r) for r in COLUMNS["references"]]


def test_limit_takes_the_first_documents(saved):
    assert [entry.id for entry in corpora.read_hub(saved, limit=2).entries] == ["a", "b"]


@pytest.mark.parametrize("suffix", ["jsonl", "parquet"])
def test_data_file_is_a_corpus(datasets, tmp_path, suffix):
    table = datasets.Dataset.from_dict(COLUMNS)
    path = tmp_path / f"news.de.{suffix}"
    (table.to_json if suffix == "jsonl" else table.to_parquet)(str(path))
    corpus = corpora.read_hub(str(path))
    assert [(e.id, e.language) for e in corpus.entries] == [("a", "de"), ("b", "de"), ("c", "de")]
    assert corpus.entries[1].references == ("Zwei Sätze.", "Mehr.")


def test_summary_column_is_a_single_reference(datasets, tmp_path):
    (tmp_path / "s.csv").write_text("document,summary\nA text. More.,A text.\n", encoding="utf-8")
    assert corpora.read_hub(str(tmp_path / "s.csv")).entries[0].references == ("A text.",)


def test_hub_data_set_is_read_with_its_field_names(datasets, monkeypatch):
    requests = []

    def load_dataset(path, configuration, split):
        requests.append((path, configuration, split))
        return datasets.Dataset.from_dict({"article": ["A text. More."], "highlights": ["A text."]})

    monkeypatch.setattr(datasets, "load_dataset", load_dataset)
    (entry,) = corpora.read_hub("cnn_dailymail").entries
    assert requests == [("abisee/cnn_dailymail", "3.0.0", "test")]
    assert (entry.document, entry.references) == ("A text. More.", ("A text.",))


@pytest.mark.parametrize("name", ["no-such-set", "notes.odt", "other.csv"])
def test_unusable_data_set_is_an_error(datasets, tmp_path, name):
    (tmp_path / "notes.odt").write_bytes(b"")
    (tmp_path / "other.csv").write_text("text,label\na,b\n", encoding="utf-8")
    with pytest.raises(InputError, match=name):
        corpora.read_hub(str(tmp_path / name) if "." in name else name)


def test_first_and_limit_apply_to_a_hub_data_set(datasets, tmp_path, capsys):
    path = tmp_path / "news.de.jsonl"
    datasets.Dataset.from_dict(COLUMNS).to_json(str(path))
    options = [*FAST, "--hub", str(path), "--results", str(tmp_path)]
    assert coverage.main([*options, "--first", "1", "--limit", "2"]) == 0
    assert "news, 2 documents" in capsys.readouterr().out
