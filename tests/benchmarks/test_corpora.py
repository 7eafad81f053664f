"""Facts about the corpora of the benchmark: files, folders, data sets of a hub."""

from __future__ import annotations

import gzip
import json
import warnings

import pytest

from benchmarks import corpora
from benchmarks.quality import coverage
from summarize.errors import InputError

GOOD = {"id": "a", "document": "Ein Satz. Noch einer.", "references": ["Ein Satz."]}


def write(path, *entries):
    path.write_text("\n".join(map(json.dumps, entries)), encoding="utf-8")
    return path


def test_a_file_of_json_lines_is_a_corpus(tmp_path):
    corpus = corpora.read_corpus(
        write(tmp_path / "mine.de.jsonl", GOOD, {"document": " ", "references": "x"})
    )
    assert (corpus.name, len(corpus.examples), corpus.examples[0].language) == ("mine.de", 1, "de")


def test_a_gzipped_file_is_the_same_corpus(tmp_path):
    plain = write(tmp_path / "mine.de.jsonl", GOOD)
    packed = tmp_path / "mine.de.jsonl.gz"
    packed.write_bytes(gzip.compress(plain.read_bytes()))
    assert corpora.read_corpus(packed) == corpora.read_corpus(plain)


def test_a_folder_is_all_its_files_by_name(tmp_path):
    paths = [write(tmp_path / name, GOOD) for name in ("b.jsonl", "a.jsonl.gz", "notes.txt")]
    assert corpora.list_files(tmp_path) == [paths[1], paths[0]]


@pytest.mark.parametrize(
    ("content", "found"),
    [
        ("{", "entry 1 is not JSON"),
        ("[1]", "entry 1 is not an object"),
        ('{"text": "A."}', "entry 1 has fields text"),
        ("", "no document with a text and a reference"),
    ],
)
def test_a_bad_file_is_named_with_what_is_accepted(tmp_path, content, found):
    path = tmp_path / "bad.jsonl"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(InputError) as caught:
        corpora.read_corpus(path)
    assert str(path) in str(caught.value)
    assert found in str(caught.value)
    assert "accepted" in str(caught.value)


def test_after_a_bad_corpus_the_others_are_measured(tmp_path, capsys):
    good = write(tmp_path / "good.de.jsonl", GOOD)
    options = ["--methods", "lead", "--words", "2", "--percents", "", "--jobs", "1", "--no-cache"]
    status = coverage.main(
        [*options, "--corpus", str(tmp_path / "no.jsonl"), str(good), "--results", str(tmp_path)]
    )
    printed = capsys.readouterr()
    assert status == 1
    assert "no.jsonl: No such file" in printed.err
    assert "good.de, 1 documents" in printed.out


# --- Hubs -----------------------------------------------------------------------------------------


@pytest.fixture
def datasets(monkeypatch, tmp_path):
    """The package, with its cache in the test's folder and without the internet."""
    monkeypatch.setenv("HF_HOME", str(tmp_path / "cache"))
    monkeypatch.setenv("HF_HUB_OFFLINE", "1")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # those of its own dependencies
        return pytest.importorskip("datasets", reason="the extra hub is not installed")


ROWS = {
    "id": ["a", "b", "c"],
    "document": ["Ein Satz. Noch einer.", "Zwei Sätze. Und mehr.", "Drei. Vier."],
    "references": [["Ein Satz."], ["Zwei Sätze.", "Mehr."], ["Drei."]],
}


def test_a_saved_data_set_is_a_corpus(datasets, tmp_path):
    parts = datasets.DatasetDict(test=datasets.Dataset.from_dict(ROWS))
    parts.save_to_disk(str(tmp_path / "news"))
    corpus = corpora.read_hub(str(tmp_path / "news"))
    assert corpus.name == "news"
    assert [example.references for example in corpus.examples] == [tuple(r) for r in ROWS["references"]]
    assert [example.document for example in corpus.examples] == ROWS["document"]
    assert len(corpora.read_hub(str(tmp_path / "news"), limit=2).examples) == 2


@pytest.mark.parametrize("ending", ["jsonl", "parquet"])
def test_a_data_file_is_a_corpus(datasets, tmp_path, ending):
    table = datasets.Dataset.from_dict(ROWS)
    path = tmp_path / f"news.de.{ending}"
    (table.to_json if ending == "jsonl" else table.to_parquet)(str(path))
    corpus = corpora.read_hub(str(path))
    assert [(e.id, e.language) for e in corpus.examples] == [("a", "de"), ("b", "de"), ("c", "de")]
    assert corpus.examples[1].references == ("Zwei Sätze.", "Mehr.")


def test_a_table_of_one_summary_each_is_a_corpus(datasets, tmp_path):
    (tmp_path / "s.csv").write_text("document,summary\nA text. More.,A text.\n", encoding="utf-8")
    assert corpora.read_hub(str(tmp_path / "s.csv")).examples[0].references == ("A text.",)


def test_a_data_set_of_the_table_is_read_by_its_own_fields(datasets, monkeypatch):
    asked = []

    def load(path, configuration, split):
        asked.append((path, configuration, split))
        return datasets.Dataset.from_dict({"article": ["A text. More."], "highlights": ["A text."]})

    monkeypatch.setattr(datasets, "load_dataset", load)
    corpus = corpora.read_hub("cnn_dailymail")
    assert asked == [("abisee/cnn_dailymail", "3.0.0", "test")]
    assert (corpus.examples[0].document, corpus.examples[0].references) == ("A text. More.", ("A text.",))


@pytest.mark.parametrize("name", ["no-such-set", "notes.odt", "other.csv"])
def test_what_the_hub_cannot_give_is_said(datasets, tmp_path, name):
    (tmp_path / "notes.odt").write_bytes(b"")
    (tmp_path / "other.csv").write_text("text,label\na,b\n", encoding="utf-8")
    given = str(tmp_path / name) if "." in name else name
    with pytest.raises(InputError, match=name):
        corpora.read_hub(given)


def test_documents_after_the_first_come_from_the_hub_too(datasets, tmp_path, capsys):
    datasets.Dataset.from_dict(ROWS).to_json(str(tmp_path / "news.de.jsonl"))
    options = ["--methods", "lead", "--words", "2", "--percents", "", "--jobs", "1", "--no-cache"]
    where = ["--hub", str(tmp_path / "news.de.jsonl"), "--results", str(tmp_path)]
    assert coverage.main([*options, *where, "--first", "1", "--limit", "2"]) == 0
    assert "news, 2 documents" in capsys.readouterr().out
