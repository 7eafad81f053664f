"""Documents with reference summaries: the project's seeds, files, or a hub of data sets.

A file is JSON Lines, gzipped or not, one object a line: ``id``, ``document`` (paragraphs separated by
a blank line), ``references`` (a list of strings), and optionally ``meta`` and ``language``. A name that
ends in ``.<code>.jsonl[.gz]`` says the language of all its documents.
"""

from __future__ import annotations

import gzip
import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from summarize.errors import InputError, MissingExtraError
from summarize.languages import LANGUAGES

SEEDS = Path(__file__).resolve().parent.parent / "seeds"
ACCEPTED = "accepted: a JSON object a line with document (a text) and references (texts)"


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
    parts : tuple of str
        The texts that the document is made of, where it is made of several.
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

    Raises
    ------
    InputError
        The file cannot be read, or is not of that form, or nothing is left.
    """
    name = path.name.removesuffix(".gz").removesuffix(".jsonl")
    code = language or _language_of(name)
    opener = gzip.open if path.suffix == ".gz" else open
    try:
        with opener(path, "rt", encoding="utf-8") as file:
            lines = [line for line in file if line.strip()]
    except (OSError, EOFError, UnicodeDecodeError) as error:
        raise InputError(str(path), getattr(error, "strerror", None) or str(error)) from error
    examples = tuple(_examples(_parse_lines(lines, path), code, str(path)))
    if not examples:
        raise InputError(str(path), f"no document with a text and a reference; {ACCEPTED}")
    return Corpus(name, examples)


def _parse_lines(lines: Iterable[str], path: Path) -> Iterator[Mapping[str, Any]]:
    for number, line in enumerate(lines, 1):
        try:
            entry = json.loads(line)
        except json.JSONDecodeError as error:
            raise InputError(str(path), f"entry {number} is not JSON ({error}); {ACCEPTED}") from error
        if not isinstance(entry, dict):
            raise InputError(str(path), f"entry {number} is not an object; {ACCEPTED}")
        yield entry


def list_files(path: Path) -> list[Path]:
    """The corpora of a folder in the order of their names; a file is itself, as is a folder without any."""
    if not path.is_dir():
        return [path]
    return sorted(child for child in path.iterdir() if child.name.endswith((".jsonl", ".jsonl.gz"))) or [path]


def _language_of(name: str) -> str:
    code = name.rpartition(".")[2]
    return code if code in LANGUAGES else "en"


def _examples(entries: Iterable[Mapping[str, Any]], language: str, source: str) -> Iterator[Example]:
    for number, entry in enumerate(entries, 1):
        document, references = entry.get("document"), entry.get("references") or ()
        if isinstance(references, str):
            references = (references,)
        if not isinstance(document, str) or not all(isinstance(text, str) for text in references):
            raise InputError(source, f"entry {number} has fields {', '.join(entry)}; {ACCEPTED}")
        references = tuple(text for text in references if text.strip())
        if not references or not document.strip():
            continue
        meta = entry.get("meta") or {}
        yield Example(
            id=str(entry.get("id", number - 1)),
            document=document,
            references=references,
            language=entry.get("language", language),
            extract=tuple(meta.get("extractive_gold") or ()),
            units=tuple(_unit(unit) for unit in meta.get("scus") or ()),
            parts=tuple(part for part in meta.get("documents") or () if part.strip()),
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
    InputError
        There is no such data set, file or field; or the hub cannot be reached.
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
    entries = ({**row, "document": row[document], "references": row[reference]} for row in rows)
    found = tuple(_examples(entries, language, name))
    if not found:
        raise InputError(name, "no document with a text and a reference")
    return Corpus(Path(name).name.partition(".")[0], found)


def _load_from_hub(entry: HubEntry, split: str) -> Any:
    import datasets

    return datasets.load_dataset(entry.path, entry.configuration, split=split)


def _load_from_path(path: Path, split: str) -> Any:
    """A folder written by ``save_to_disk``, or a file of JSON Lines, CSV or Parquet."""
    import datasets

    if path.is_dir():
        rows = datasets.load_from_disk(str(path))
        return rows[split] if isinstance(rows, datasets.DatasetDict) else rows
    kinds = {".jsonl": "json", ".json": "json", ".csv": "csv", ".parquet": "parquet"}
    if path.suffix not in kinds:
        raise ValueError(f"a file of {path.suffix or 'no ending'}; accepted: a folder, {', '.join(kinds)}")
    return datasets.load_dataset(kinds[path.suffix], data_files={split: str(path)}, split=split)
