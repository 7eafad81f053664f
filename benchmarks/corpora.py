"""Read documents with reference summaries: the project's seeds, files, or a data set hub.

A corpus file is JSON Lines, gzipped or not. Each line is an object with ``document`` (text, with a blank
line between paragraphs), ``references`` (a list of strings) and, optionally, ``id``, ``meta`` and
``language``. A file name that ends in ``.<code>.jsonl[.gz]`` gives the language of all its documents.
"""

from __future__ import annotations

import gzip
import hashlib
import json
import statistics
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from summarize.errors import InputError, MissingExtraError
from summarize.languages import LANGUAGES, find_language
from summarize.tokenization.terms import find_terms

SEEDS = Path(__file__).resolve().parent.parent / "seeds"
ACCEPTED = "accepted: one JSON object per line, with document (a string) and references (strings)"


@dataclass(frozen=True, slots=True)
class Entry:
    """A document with its reference summaries.

    Attributes
    ----------
    id : str
        Unique within the corpus.
    document : str
        The text to summarize.
    references : tuple of str
        Summaries written by people; some corpora have several per document.
    language : str
        Language code.
    extract : tuple of str
        Sentences that people selected from the document, if the corpus has them.
    units : tuple of (str, float)
        Summary content units with their weights, if the corpus has them.
    parts : tuple of str
        The source texts, if the document is a concatenation of several.
    """

    id: str
    document: str
    references: tuple[str, ...]
    language: str
    extract: tuple[str, ...] = ()
    units: tuple[tuple[str, float], ...] = ()
    parts: tuple[str, ...] = field(default=(), repr=False)


@dataclass(frozen=True, slots=True)
class Corpus:
    """A named sequence of entries."""

    name: str
    entries: tuple[Entry, ...] = field(repr=False)

    @property
    def digest(self) -> str:
        """Return a hash of the content, which changes when a document or a reference does."""
        return hashlib.sha256(repr(self.entries).encode("utf-8", "surrogatepass")).hexdigest()[:16]

    def slice(self, start: int | None, stop: int | None) -> Corpus:
        """Return the entries from `start` up to, but not including, `stop`, under the same name."""
        return Corpus(self.name, self.entries[start:stop])


def reference_length(corpus: Corpus) -> int:
    """Return the median length of the references of a corpus in words, rounded to a multiple of five.

    Examples
    --------
    >>> reference_length(Corpus("a", (Entry("0", "", ("word " * 52,), "en"),)))
    50
    """
    lengths = [
        sum(find_terms([reference], find_language(entry.language or "en")).n_words)
        for entry in corpus.entries
        for reference in entry.references
    ]
    return max(10, 5 * round(statistics.median(lengths) / 5))


def read_seeds(folder: Path = SEEDS) -> Corpus:
    """Read the documents written for this project, each with references of several lengths.

    Parameters
    ----------
    folder : Path
        Contains ``<genre>.<language>.txt`` and ``<genre>.<language>.references.json``.

    Returns
    -------
    Corpus
        Sorted by file name.

    Examples
    --------
    >>> corpus = read_seeds()
    >>> corpus.name, len(corpus.entries)
    ('seeds', 13)
    >>> corpus.entries[0].id, len(corpus.entries[0].references)
    ('article.ar', 3)
    """
    entries = []
    for path in sorted(folder.glob("*.references.json")):
        row = json.loads(path.read_text(encoding="utf-8"))
        text = path.with_name(path.name.replace(".references.json", ".txt")).read_text(encoding="utf-8")
        references = tuple(row["references"][key] for key in sorted(row["references"], key=int))
        entries.append(Entry(row["id"], text, references, row["language"]))
    return Corpus("seeds", tuple(entries))


def read_corpus(path: Path, language: str | None = None) -> Corpus:
    """Read a JSON Lines file.

    Entries without a reference or without text are skipped.

    Parameters
    ----------
    path : Path
        ``*.jsonl`` or ``*.jsonl.gz``.
    language : str, optional
        Language code of documents that have no ``language`` field. By default it comes from the file
        name, or is English.

    Returns
    -------
    Corpus
        Named after the file.

    Raises
    ------
    InputError
        If the file cannot be read, has another format, or has no usable entry.
    """
    name = path.name.removesuffix(".gz").removesuffix(".jsonl")
    code = language or _language_of(name)
    opener = gzip.open if path.suffix == ".gz" else open
    try:
        with opener(path, "rt", encoding="utf-8") as file:
            lines = [line for line in file if line.strip()]
    except (OSError, EOFError, UnicodeDecodeError) as error:
        raise InputError(str(path), getattr(error, "strerror", None) or str(error)) from error
    entries = tuple(_make_entries(_parse_lines(lines, path), code, str(path)))
    if not entries:
        raise InputError(str(path), f"no document with a text and a reference; {ACCEPTED}")
    return Corpus(name, entries)


def _parse_lines(lines: Iterable[str], path: Path) -> Iterator[Mapping[str, Any]]:
    for number, line in enumerate(lines, 1):
        try:
            row = json.loads(line)
        except json.JSONDecodeError as error:
            raise InputError(str(path), f"line {number} is not JSON ({error}); {ACCEPTED}") from error
        if not isinstance(row, dict):
            raise InputError(str(path), f"line {number} is not a JSON object; {ACCEPTED}")
        yield row


def list_files(path: Path) -> list[Path]:
    """List the corpus files in a folder, sorted by name.

    A file is returned as it is. So is a folder without corpus files, so that reading it raises the error.
    """
    if not path.is_dir():
        return [path]
    return sorted(child for child in path.iterdir() if child.name.endswith((".jsonl", ".jsonl.gz"))) or [path]


def _language_of(name: str) -> str:
    code = name.rpartition(".")[2]
    return code if code in LANGUAGES else "en"


def _make_entries(rows: Iterable[Mapping[str, Any]], language: str, source: str) -> Iterator[Entry]:
    for number, row in enumerate(rows, 1):
        document, references = row.get("document"), row.get("references") or ()
        if isinstance(references, str):
            references = (references,)
        if not isinstance(document, str) or not all(isinstance(text, str) for text in references):
            raise InputError(source, f"line {number} has the fields {', '.join(row)}; {ACCEPTED}")
        references = tuple(text for text in references if text.strip())
        if not references or not document.strip():
            continue
        meta = row.get("meta") or {}
        yield Entry(
            id=str(row.get("id", number - 1)),
            document=document,
            references=references,
            language=row.get("language", language),
            extract=tuple(meta.get("extractive_gold") or ()),
            units=tuple(_parse_unit(unit) for unit in meta.get("scus") or ()),
            parts=tuple(part for part in meta.get("documents") or () if part.strip()),
        )


def _parse_unit(unit: str | Mapping[str, Any]) -> tuple[str, float]:
    """Parse a summary content unit: a string, or an object with a label and a weight."""
    if isinstance(unit, str):
        return unit, 1.0
    text = unit.get("label") or unit.get("text") or unit.get("scu") or ""
    return str(text), float(unit.get("weight", 1.0))


# --- Hub ------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class HubDataset:
    """A data set on the Hugging Face hub and the names of its fields."""

    path: str
    configuration: str | None
    document: str
    reference: str
    language: str = "en"


# To add a data set, add a line.
HUB = {
    "cnn_dailymail": HubDataset("abisee/cnn_dailymail", "3.0.0", "article", "highlights"),
    "xsum": HubDataset("EdinburghNLP/xsum", None, "document", "summary"),
    "multi_news": HubDataset("alexfabbri/multi_news", None, "document", "summary"),
    "billsum": HubDataset("FiscalNote/billsum", None, "text", "summary"),
    "pubmed": HubDataset("ccdv/pubmed-summarization", "document", "article", "abstract"),
    "arxiv": HubDataset("ccdv/arxiv-summarization", "document", "article", "abstract"),
    "govreport": HubDataset("ccdv/govreport-summarization", None, "report", "summary"),
    "samsum": HubDataset("knkarthick/samsum", None, "dialogue", "summary"),
}


def read_hub(name: str, split: str = "test", limit: int | None = None) -> Corpus:
    """Read a data set from the Hugging Face hub, or a local one that the package ``datasets`` can load.

    Parameters
    ----------
    name : str
        A key of `HUB`, or the path of a data set with the field ``document``, either ``references`` or
        ``summary``, and optionally ``id``.
    split : str
        Split of the data set.
    limit : int, optional
        Maximum number of documents, taken from the start.

    Returns
    -------
    Corpus
        Named after the data set.

    Raises
    ------
    MissingExtraError
        If the package ``datasets`` is not installed.
    InputError
        If the data set, path or field does not exist, or the hub cannot be reached.
    """
    try:
        import datasets
    except ImportError as error:
        raise MissingExtraError("hub", "reading a data set of the hub") from error

    if name not in HUB and not Path(name).exists():
        raise InputError(name, f"no such data set or path; accepted: {', '.join(HUB)}, or a path")
    try:
        rows = _load_from_hub(HUB[name], split) if name in HUB else _load_from_path(Path(name), split)
    except (OSError, ValueError, KeyError, datasets.exceptions.DatasetsError) as error:
        raise InputError(name, f"split {split!r} cannot be loaded: {error}") from error
    rows = rows if limit is None else rows.select(range(min(limit, len(rows))))
    if name in HUB:
        document, reference, language = HUB[name].document, HUB[name].reference, HUB[name].language
    else:
        document, language = "document", _language_of(Path(name).stem)
        reference = "references" if "references" in rows.column_names else "summary"
    missing = {document, reference} - set(rows.column_names)
    if missing:
        raise InputError(name, f"no field {sorted(missing)[0]!r}; found: {', '.join(rows.column_names)}")
    renamed = ({**row, "document": row[document], "references": row[reference]} for row in rows)
    entries = tuple(_make_entries(renamed, language, name))
    if not entries:
        raise InputError(name, "no document with a text and a reference")
    return Corpus(Path(name).name.partition(".")[0], entries)


def _load_from_hub(dataset: HubDataset, split: str) -> Any:
    import datasets

    return datasets.load_dataset(dataset.path, dataset.configuration, split=split)


def _load_from_path(path: Path, split: str) -> Any:
    """Load a folder written by ``save_to_disk``, or a JSON Lines, CSV or Parquet file."""
    import datasets

    if path.is_dir():
        rows = datasets.load_from_disk(str(path))
        return rows[split] if isinstance(rows, datasets.DatasetDict) else rows
    kinds = {".jsonl": "json", ".json": "json", ".csv": "csv", ".parquet": "parquet"}
    if path.suffix not in kinds:
        raise ValueError(f"unknown suffix {path.suffix!r}; accepted: a folder, {', '.join(kinds)}")
    return datasets.load_dataset(kinds[path.suffix], data_files={split: str(path)}, split=split)
