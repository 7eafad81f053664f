"""Documents with reference summaries: the project's seeds, files, or a hub of data sets.

A file is JSON Lines, gzipped or not, one object a line: ``id``, ``document`` (paragraphs separated by
a blank line), ``references`` (a list of strings), and optionally ``meta`` and ``language``. A name that
ends in ``.<code>.jsonl[.gz]`` says the language of all its documents.
"""

from __future__ import annotations

import gzip
import hashlib
import json
import os
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from summarize.errors import MissingExtraError
from summarize.languages import LANGUAGES

SEEDS = Path(__file__).resolve().parent.parent / "seeds"
# A folder of corpora that are not part of this project.
CORPORA = os.environ.get("SUMMARIZE_CORPORA", "")


@dataclass(frozen=True, slots=True)
class Example:
    """A document and what people made of it.

    Attributes
    ----------
    id : str
        Unlike that of the other documents of its corpus.
    document : str
        The text to be summarized.
    references : tuple of str
        Summaries of it; some corpora have several.
    language : str
        Code of its language.
    extract : tuple of str
        Sentences that people chose from it, where they did.
    units : tuple of (str, float)
        Summary content units with their weights, where there are some.
    """

    id: str
    document: str
    references: tuple[str, ...]
    language: str
    extract: tuple[str, ...] = ()
    units: tuple[tuple[str, float], ...] = ()


@dataclass(frozen=True, slots=True)
class Corpus:
    """Named examples, and a digest of all that is in them."""

    name: str
    examples: tuple[Example, ...] = field(repr=False)

    @property
    def digest(self) -> str:
        """Changes when any document or reference does."""
        return hashlib.sha256(repr(self.examples).encode("utf-8", "surrogatepass")).hexdigest()[:16]

    def slice(self, start: int | None, stop: int | None) -> Corpus:
        """Some of the documents, in their order; the name stays."""
        return Corpus(self.name, self.examples[start:stop])


def read_seeds(folder: Path = SEEDS) -> Corpus:
    """The documents that were written for this project, each with references of several lengths.

    Parameters
    ----------
    folder : Path
        With ``<genre>.<language>.txt`` and ``<genre>.<language>.references.json``.

    Returns
    -------
    Corpus
        In the order of their names.
    """
    examples = []
    for path in sorted(folder.glob("*.references.json")):
        entry = json.loads(path.read_text(encoding="utf-8"))
        text = path.with_name(path.name.replace(".references.json", ".txt")).read_text(encoding="utf-8")
        references = tuple(entry["references"][key] for key in sorted(entry["references"], key=int))
        examples.append(Example(entry["id"], text, references, entry["language"]))
    return Corpus("seeds", tuple(examples))


def read_corpus(path: Path, language: str | None = None) -> Corpus:
    """A file of JSON Lines.

    Parameters
    ----------
    path : Path
        ``*.jsonl`` or ``*.jsonl.gz``.
    language : str, optional
        Code for the documents that do not say theirs; from the name of the file if not given, else English.

    Returns
    -------
    Corpus
        Named like the file. Documents without a reference or without text are left out.
    """
    name = path.name.removesuffix(".gz").removesuffix(".jsonl")
    code = language or _language_of(name)
    opener = gzip.open if path.suffix == ".gz" else open
    with opener(path, "rt", encoding="utf-8") as file:
        entries = (json.loads(line) for line in file if line.strip())
        return Corpus(name, tuple(_examples(entries, code)))


def _language_of(name: str) -> str:
    code = name.rpartition(".")[2]
    return code if code in LANGUAGES else "en"


def _examples(entries: Iterable[Mapping[str, Any]], language: str) -> Iterable[Example]:
    for number, entry in enumerate(entries):
        references = entry.get("references") or ()
        if isinstance(references, str):
            references = (references,)
        references = tuple(text for text in references if text.strip())
        if not references or not entry["document"].strip():
            continue
        meta = entry.get("meta") or {}
        yield Example(
            id=str(entry.get("id", number)),
            document=entry["document"],
            references=references,
            language=entry.get("language", language),
            extract=tuple(meta.get("extractive_gold") or ()),
            units=tuple(_unit(unit) for unit in meta.get("scus") or ()),
        )


def _unit(unit: str | Mapping[str, Any]) -> tuple[str, float]:
    """A summary content unit: a text, or an object with a label and a weight."""
    if isinstance(unit, str):
        return unit, 1.0
    text = unit.get("label") or unit.get("text") or unit.get("scu") or ""
    return str(text), float(unit.get("weight", 1.0))


# --- Hubs -----------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class HubEntry:
    """Where a data set keeps what is needed: its name, configuration and the fields' names."""

    path: str
    configuration: str | None
    document: str
    reference: str
    language: str = "en"


# One line a data set: adding one is adding its line.
HUB = {
    "cnn_dailymail": HubEntry("abisee/cnn_dailymail", "3.0.0", "article", "highlights"),
    "xsum": HubEntry("EdinburghNLP/xsum", None, "document", "summary"),
    "multi_news": HubEntry("alexfabbri/multi_news", None, "document", "summary"),
    "billsum": HubEntry("FiscalNote/billsum", None, "text", "summary"),
    "pubmed": HubEntry("ccdv/pubmed-summarization", "document", "article", "abstract"),
    "arxiv": HubEntry("ccdv/arxiv-summarization", "document", "article", "abstract"),
    "govreport": HubEntry("ccdv/govreport-summarization", None, "report", "summary"),
    "samsum": HubEntry("knkarthick/samsum", None, "dialogue", "summary"),
}


def read_hub(name: str, split: str = "test", limit: int | None = None) -> Corpus:
    """A data set of the Hugging Face hub, or a local folder or file that ``datasets`` can load.

    Parameters
    ----------
    name : str
        A key of `HUB`, or a path whose data have the fields ``document`` and ``references`` or
        ``summary``, and optionally ``id``.
    split : str
        Which part of it.
    limit : int, optional
        Take no more than so many documents from its beginning.

    Returns
    -------
    Corpus
        Named like the data set.

    Raises
    ------
    MissingExtraError
        The package ``datasets`` is not installed.
    """
    try:
        import datasets
    except ImportError as error:
        raise MissingExtraError("hub", "reading a data set of the hub") from error

    part = split if limit is None else f"{split}[:{limit}]"
    if name in HUB:
        entry = HUB[name]
        rows = datasets.load_dataset(entry.path, entry.configuration, split=part)
        document, reference, language = entry.document, entry.reference, entry.language
    else:
        path = Path(name)
        # A folder written by ``Dataset.save_to_disk`` or a file of JSON Lines, CSV or Parquet.
        if path.is_dir():
            rows = datasets.load_from_disk(name)
            rows = rows[split] if isinstance(rows, datasets.DatasetDict) else rows
            rows = rows if limit is None else rows.select(range(min(limit, len(rows))))
        else:
            kind = {".jsonl": "json", ".json": "json", ".csv": "csv", ".parquet": "parquet"}[path.suffix]
            rows = datasets.load_dataset(kind, data_files={split: name}, split=part)
        document = "document"
        reference = "references" if "references" in rows.column_names else "summary"
        language = _language_of(path.stem)
    entries = ({**row, "document": row[document], "references": row[reference]} for row in rows)
    return Corpus(Path(name).name.partition(".")[0], tuple(_examples(entries, language)))
