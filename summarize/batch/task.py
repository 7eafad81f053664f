"""Process items in a worker: read them, summarize them together, and render them for the output."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from summarize.batch.journal import Finished, make_key
from summarize.batch.many import summarize_together
from summarize.document import Text
from summarize.errors import DocumentError, InputError, OutputError, SummarizeError
from summarize.inputs import Item, Reading
from summarize.inputs.loading import make_text, read_item
from summarize.outputs.records import hash_content, make_record
from summarize.outputs.terminal import encode
from summarize.pipeline import check_settings
from summarize.remarks import list_warnings
from summarize.renderers import RENDERERS
from summarize.settings import SETTINGS_ERRORS, Method, Settings, resolve
from summarize.summary import Failure, Summary


class Outcome(NamedTuple):
    """The outcome of a document; small, because workers send it back.

    Attributes
    ----------
    source : str
    piece : bytes or None
        The bytes for the output; None if there are none.
    problem : str or None
        Why there is no summary.
    notes : tuple of str
        What the user should know.
    size : int
        Bytes of the document.
    key : bytes or None
        The key for the journal; None if the document is not entered, or has been already.
    """

    source: str
    piece: bytes | None
    problem: str | None = None
    notes: tuple[str, ...] = ()
    size: int = 0
    key: bytes | None = None


class _Opened(NamedTuple):
    """An item that has been read."""

    item: Item
    text: Text
    digest: str
    key: bytes


@dataclass(slots=True)
class SummarizeItems:
    """Summarize items; see `summarize.batch.worker.Task`.

    Attributes
    ----------
    settings : Settings
    form : str
        The form of the pieces: ``"record"``, ``"csv"``, or the name of a renderer.
    reading : Reading
    journal : str or None
        The journal of an earlier run, whose documents are not repeated.
    folder : str or None
        The directory for the summaries, if each goes into a file of its own.
    many : bool
        Whether there may be several documents, so that each is printed with its name.
    """

    settings: Settings
    form: str
    reading: Reading
    journal: str | None = None
    folder: str | None = None
    many: bool = True
    _finished: Finished | None = field(default=None, init=False)
    _signature: str = field(default="", init=False)
    _method: Method | None = field(default=None, init=False)

    def prepare(self) -> None:
        """Load what every document needs."""
        check_settings(self.settings)

    def __call__(self, items: Sequence[Item]) -> list[Outcome]:
        """Read items, and summarize them for the output."""
        if self._method is None:
            self._method = resolve(self.settings)
        opened = [self._open(item) for item in items]
        texts = [each for each in opened if not isinstance(each, Outcome)]
        results = iter(summarize_together([(each.item.source, each.text) for each in texts], self._method))
        return [each if isinstance(each, Outcome) else self._finish(each, next(results)) for each in opened]

    def lose(self, item: Item, problem: str) -> Outcome:
        """Return the outcome of a document that took too long or killed its worker."""
        if item.kind == "json":
            with contextlib.suppress(InputError):
                item = item._replace(id=read_item(item, self.reading)[0])
        return self._fail(item, problem, None)

    def weigh(self, item: Item) -> int:
        """Return the size of an item in bytes."""
        return item.size

    def _open(self, item: Item) -> _Opened | Outcome:
        """Read an item, or return its outcome if an earlier run has finished it or it cannot be read."""
        digest = None
        try:
            own, content = read_item(item, self.reading)
            item = item._replace(id=own, size=max(item.size, len(content)))
            digest = hash_content(content)
            key = self._make_key(item, digest)
            done = self._find(key, item)
            if done is not None:
                return Outcome(item.source, done, size=item.size)
            return _Opened(item, make_text(content, item.source, self.reading), digest, key)
        except (OutputError, *SETTINGS_ERRORS):
            raise
        except Exception as error:
            return self._explain(item, error, digest)

    def _finish(self, opened: _Opened, result: Summary | Failure) -> Outcome:
        """Render the summary of an item for the output."""
        item, text, digest, key = opened
        if isinstance(result, Failure):
            return self._explain(item, result.error, digest)
        try:
            warnings = list_warnings(result, self.settings.query)
            notes = item.notes + text.warnings + tuple(f"{item.source}: {warning}" for warning in warnings)
            piece = self._render(result, item.id, digest)
            if self.folder is not None:
                self._put(item, piece)
                piece = str(len(piece)).encode()
            return Outcome(item.source, piece, None, notes, item.size, key)
        except (OutputError, *SETTINGS_ERRORS):
            raise
        except Exception as error:
            return self._explain(item, error, digest)

    def _explain(self, item: Item, error: Exception, digest: str | None) -> Outcome:
        """Return the outcome of an item that failed."""
        if isinstance(error, SummarizeError):
            return self._fail(item, getattr(error, "problem", str(error)), digest)
        # Mostly too little memory for a document.
        return self._fail(item, f"{type(error).__name__}: {error}", digest)

    def _make_key(self, item: Item, digest: str) -> bytes:
        if not self._signature:
            read_as = self.reading.input_format or "auto"
            self._signature = f"{self.settings.signature}|form:{self.form}|many:{self.many}|read_as:{read_as}"
        return make_key(self._signature, item.source, repr(item.id), item.name, digest)

    def _find(self, key: bytes, item: Item) -> bytes | None:
        """Return the result of an earlier run for the document, if its file still exists."""
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
        if self._has_records() and self.folder is None:
            failure = Failure(item.source, DocumentError(item.source, problem))
            piece = self._render(failure, item.id, digest)
        return Outcome(item.source, piece, problem, item.notes, item.size)

    def _has_records(self) -> bool:
        return self.form not in RENDERERS or bool(RENDERERS[self.form].encoder)

    def _render(self, result: Summary | Failure, own: str | int | None, digest: str | None) -> bytes:
        if not self._has_records():
            assert isinstance(result, Summary)
            entry = RENDERERS[self.form]
            text: str = entry.load()(result)
            if self.many and self.folder is None:
                text = entry.heading.format(result.document.source) + text
            return encode(text)
        record = make_record(result, id=own, content_hash=digest)
        if self.form == "csv":
            from summarize.outputs.streams import encode_row

            return encode_row(record)
        encoder = RENDERERS["jsonl" if self.form == "record" else self.form].load_encoder()
        assert encoder is not None
        return encoder(record).encode("utf-8")

    def _put(self, item: Item, piece: bytes) -> None:
        """Write the file of a summary.

        Raises
        ------
        InputError
            If the file cannot be written.
        """
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
