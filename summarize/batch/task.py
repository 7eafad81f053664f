"""What is made of every item where it is summarized: an outcome, small enough to be sent back."""

from __future__ import annotations

import contextlib
import json
import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from summarize.batch.journal import Finished, make_key
from summarize.batch.many import OF_SETTINGS, Settings, hash_content, make_record, summarize_one, warn_of
from summarize.document import Failure, Summary
from summarize.errors import DocumentError, InputError, OutputError, SummarizeError
from summarize.inputs import COMPRESSIONS, Item, Reading, find_items
from summarize.reading import Text, decode, read_bytes

# json.dumps would make an encoder for every record.
_ENCODE = json.JSONEncoder(ensure_ascii=False).encode


class Outcome(NamedTuple):
    """What became of a document.

    Attributes
    ----------
    source : str
    piece : bytes or None
        What goes to the output; None if that is nothing.
    problem : str or None
        Why there is no summary.
    notes : tuple of str
        What the user should know.
    size : int
        Bytes of the document.
    key : bytes or None
        Under which it goes into the journal; None if it does not, or is there.
    """

    source: str
    piece: bytes | None
    problem: str | None = None
    notes: tuple[str, ...] = ()
    size: int = 0
    key: bytes | None = None


@dataclass(slots=True)
class SummarizeItem:
    """What a worker does with an item; see `summarize.batch.worker.Task`.

    Attributes
    ----------
    settings : Settings
    form : str
        ``"record"``, ``"csv"``, or the name of a renderer.
    reading : Reading
    journal : str or None
        Where documents may be that are already done.
    folder : str or None
        Where summaries go, each into its file, if they do.
    many : bool
        Whether texts are printed with their names.
    """

    settings: Settings
    form: str
    reading: Reading
    journal: str | None = None
    folder: str | None = None
    many: bool = True
    _finished: Finished | None = field(default=None, init=False)
    _signature: str | None = field(default=None, init=False)

    def prepare(self) -> None:
        """Load what every document needs."""
        self.settings.check()

    def __call__(self, item: Item) -> Outcome:
        """Read an item, and make of it what the output takes."""
        digest = None
        try:
            own, content = read_item(item, self.reading)
            item = item._replace(id=own, size=max(item.size, len(content)))
            digest = hash_content(content)
            key = self._make_key(item, digest)
            done = self._find(key, item)
            if done is not None:
                return Outcome(item.source, done, size=item.size)
            text = _make_text(content, item.source)
            del content  # of a large document, one copy less
            return self._summarize(item, text, digest, key)
        except (OutputError, *OF_SETTINGS):
            raise
        except SummarizeError as error:
            return self._fail(item, getattr(error, "problem", str(error)), digest)
        except Exception as error:  # above all, a document for which memory is too small
            return self._fail(item, f"{type(error).__name__}: {error}", digest)

    def _summarize(self, item: Item, text: Text, digest: str, key: bytes) -> Outcome:
        result = summarize_one(item.source, text, self.settings)
        if isinstance(result, Failure):
            raise result.error
        notes = text.warnings
        notes += tuple(f"{item.source}: {warning}" for warning in warn_of(result, self.settings))
        piece = self._render(result, item.id, digest)
        if self.folder is not None:
            self._put(item, piece)
            piece = str(len(piece)).encode()
        return Outcome(item.source, piece, None, notes, item.size, key)

    def lose(self, item: Item, problem: str) -> Outcome:
        """The outcome of a document that took too long or killed its worker."""
        if item.kind == "json":
            with contextlib.suppress(InputError):
                item = item._replace(id=_read_line(item, self.reading)[0])
        return self._fail(item, problem, None)

    def weigh(self, item: Item) -> int:
        """Bytes of an item."""
        return item.size

    def _make_key(self, item: Item, digest: str) -> bytes:
        if self._signature is None:
            self._signature = f"{self.settings.signature}|form:{self.form}|many:{self.many}"
        return make_key(self._signature, item.source, repr(item.id), item.name, digest)

    def _find(self, key: bytes, item: Item) -> bytes | None:
        if self.journal is None:
            return None
        if self._finished is None:
            self._finished = Finished(self.journal)
        done = self._finished.find(key)
        if done is not None and self.folder is not None:
            try:
                if os.stat(os.path.join(self.folder, item.name)).st_size != int(done):
                    return None
            except OSError:
                return None
        return done

    def _fail(self, item: Item, problem: str, digest: str | None) -> Outcome:
        piece = None
        if self.form in ("record", "csv", "json", "jsonl") and self.folder is None:
            failure = Failure(item.source, DocumentError(item.source, problem))
            piece = self._render(failure, item.id, digest)
        return Outcome(item.source, piece, problem, size=item.size)

    def _render(self, result: Summary | Failure, own: str | int | None, digest: str | None) -> bytes:
        if self.form in ("text", "markdown"):
            assert isinstance(result, Summary)
            return self._render_text(result).encode("utf-8", "surrogatepass")
        record = make_record(result, id=own, content_hash=digest)
        if self.form == "csv":
            return _render_row(record)
        if self.form == "json":
            return dump(record, 2) + (b"" if self.folder is None else b"\n")
        return dump(record, None)

    def _render_text(self, summary: Summary) -> str:
        from summarize.renderers.plain import render_markdown, render_text

        text = render_text(summary) if self.form == "text" else render_markdown(summary)
        if self.folder is not None or not self.many:
            return text
        mark = "==> {} <==\n" if self.form == "text" else "## {}\n\n"
        return mark.format(summary.document.source) + text

    def _put(self, item: Item, piece: bytes) -> None:
        """Write the file of a summary; `InputError` if something is wrong with its name."""
        from summarize.outputs.atomic import write_whole

        assert self.folder is not None
        path = os.path.join(self.folder, item.name)
        if item.kind == "path" and os.path.exists(path) and os.path.samefile(path, item.source):
            raise InputError(item.source, f"its summary would replace it: {path}")
        try:
            write_whole(path, piece)
        except OSError as error:
            problem = f"{path}: cannot be written: {error.strerror or error}"
            raise InputError(item.source, problem) from None


def dump(record: dict[str, Any], indent: int | None) -> bytes:
    """A record as JSON in UTF-8; of several lines without a newline at its end, of one with it."""
    end = "\n" if indent is None else ""
    encode = _ENCODE if indent is None else json.JSONEncoder(ensure_ascii=False, indent=indent).encode
    try:
        return (encode(record) + end).encode("utf-8")
    except UnicodeEncodeError:  # lone surrogates, as in file names of other bytes: escaped, they survive
        return (json.dumps(record, indent=indent) + end).encode("utf-8")


def _render_row(record: dict[str, Any]) -> bytes:
    import csv
    import io

    from summarize.outputs.streams import CSV_COLUMNS

    buffer = io.StringIO()
    csv.writer(buffer, lineterminator="\n").writerow([record.get(name) for name in CSV_COLUMNS])
    return buffer.getvalue().encode("utf-8", "backslashreplace")


def _make_text(content: str | bytes, source: str) -> Text:
    return decode(content, source) if isinstance(content, bytes) else Text(content, source, "utf-8", ())


def read_item(item: Item, reading: Reading) -> tuple[str | int | None, str | bytes]:
    """The identifier of a document, and its text or its bytes.

    Raises
    ------
    InputError, MissingExtraError
        If it cannot be read.
    """
    if item.kind == "problem":
        raise InputError(item.source, str(item.content))
    if item.kind == "path":
        path = str(item.content)
        if path.lower().endswith(COMPRESSIONS):
            from summarize.inputs.compressed import read_compressed

            return item.id, read_compressed(path)
        if "://" in path:
            from summarize.inputs.remote import read_remote

            return item.id, read_remote(path)
        return item.id, read_bytes(path)
    if item.kind == "json":
        return _read_line(item, reading)
    return item.id, item.content


def _read_line(item: Item, reading: Reading) -> tuple[str | int | None, str]:
    try:
        row = json.loads(item.content)
    except (ValueError, RecursionError) as error:
        raise InputError(item.source, f"not a line of JSON: {error}") from None
    if not isinstance(row, dict):
        raise InputError(item.source, f"not a JSON object, but {type(row).__name__}")
    text = row.get(reading.text_column)
    if not isinstance(text, str):
        found = ", ".join(map(repr, list(row)[:20])) or "none"
        what = (
            f"its {reading.text_column!r} is no string" if text is not None else f"no {reading.text_column!r}"
        )
        raise InputError(item.source, f"{what}; found are {found}; see --text-column")
    own = row.get(reading.id_column)
    return own if own is None or isinstance(own, (str, int)) else str(own), text


def read_texts(inputs: Iterable[str], reading: Reading) -> Iterator[Text | SummarizeError]:
    """The text of every document, or what is wrong with it, in this process."""
    for item in find_items(inputs, reading):
        try:
            _, content = read_item(item, reading)
            yield _make_text(content, item.source)
        except SummarizeError as error:
            yield error
