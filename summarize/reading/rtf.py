"""Read RTF, the old exchange format of word processors."""

from __future__ import annotations

import re

from summarize.document import Text
from summarize.errors import InputError, MissingExtraError
from summarize.reading.composing import Composer

# Groups that are not text: headers, footers, notes, comments, deleted text and pictures.
_APART = re.compile(
    r"\{\\(?:\*\\)?(?:header[lrf]?|footer[lrf]?|footnote|annotation|atnid|atnauthor|deleted|pict|object)\b"
)
_MAX_APART = 1 << 22
_TITLE = re.compile(r"\{\\title ([^{}\\]{1,300})\}")


def read_rtf(data: bytes, source: str) -> Text:
    """Read an RTF document.

    Parameters
    ----------
    data : bytes
    source : str
        Name of the document in messages.

    Returns
    -------
    Text
        Its paragraphs; their form shows which are headings.

    Raises
    ------
    InputError
        If it is damaged.
    MissingExtraError
        If the extra ``rtf`` is not installed.
    """
    try:
        from striprtf.striprtf import rtf_to_text
    except ImportError:
        raise MissingExtraError("rtf", "reading RTF", source) from None
    markup = _drop_groups(data.decode("latin-1"))
    composer = Composer()
    title = _TITLE.search(markup[:20_000])
    composer.title = " ".join(title[1].split()) if title else None
    try:
        plain = str(rtf_to_text(markup, errors="ignore"))  # type: ignore[no-untyped-call]  # striprtf has no types.
    except Exception as error:
        raise InputError(source, f"is a damaged RTF document: {error}") from None
    run: list[str] = []
    for line in [*map(str.strip, plain.split("\n")), "|"]:
        if not line.endswith("|"):
            run += [line] if line else []
            continue
        composer.add("text", "\n\n".join(run))
        composer.add("table", line.strip("|").strip() and f"| {line}")
        run = []
    return composer.compose(source, "rtf")


def _drop_groups(markup: str) -> str:
    """Drop the groups that are not text."""
    pieces = []
    place = 0
    while group := _APART.search(markup, place):
        pieces.append(markup[place : group.start()])
        depth, at = 0, group.start()
        for brace in re.finditer(r"\\.|[{}]", markup[at : at + _MAX_APART], re.DOTALL):
            depth += {"{": 1, "}": -1}.get(brace[0], 0)
            if not depth:
                place = at + brace.end()
                break
        else:
            place = group.end()
    return "".join([*pieces, markup[place:]])
