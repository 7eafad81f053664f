"""Read mails in MIME, as mail programs store them: several parts, encoded headers, HTML, attachments."""

from __future__ import annotations

import re
from email import policy
from email.message import EmailMessage
from email.parser import BytesParser
from typing import Any

from summarize.document import Text
from summarize.errors import InputError
from summarize.reading.composing import Composer
from summarize.reading.mail import read_reply, strip_reply
from summarize.reading.structure import Builder

# Characters of the headers that show whether a file is a mail in MIME.
_HEAD = 1 << 15
_MIME = re.compile(
    rb"^(?:mime-version|content-transfer-encoding|content-type)[ \t]*:", re.IGNORECASE | re.MULTILINE
)
_MAIL = re.compile(
    rb"^(?:from|to|subject|date|received|return-path|message-id|delivered-to)[ \t]*:",
    re.IGNORECASE | re.MULTILINE,
)
_START = re.compile(rb"(?:From \S+ [^\r\n]*\r?\n)?[A-Za-z][A-Za-z0-9-]{0,60}[ \t]*:")
_SOFT_BREAK = re.compile(r"(?<=[^\s-]) \n(?=[^\s>])")
_MAX_NAMES = 5


def is_mime(data: bytes) -> bool:
    """Tell whether a file is a mail in MIME.

    Parameters
    ----------
    data : bytes

    Returns
    -------
    bool

    Examples
    --------
    >>> is_mime(b"From: a@b.example\\nMIME-Version: 1.0\\n\\nIt rained.")
    True
    >>> is_mime(b"Note: it rained.\\nContent-Type: none"), is_mime(b"It rained.")
    (False, False)
    """
    head = data[:_HEAD].lstrip()
    if not _START.match(head):
        return False
    headers = re.split(rb"\r?\n\r?\n", head, maxsplit=1)[0]
    return _MIME.search(headers) is not None and _MAIL.search(headers) is not None


def read_mime(data: bytes, source: str) -> Text:
    """Read a mail in MIME.

    Parameters
    ----------
    data : bytes
    source : str
        Name of the mail in messages.

    Returns
    -------
    Text
        Its subject is the title; each block has the sender as its speaker and the date as its time. What it
        quotes, its greeting and its signature are marked. A warning names the attachments.

    Raises
    ------
    InputError
        If it has no text.
    """
    data = data.lstrip()
    if data.startswith(b"From "):
        data = data.partition(b"\n")[2]
    message = BytesParser(policy=policy.default).parsebytes(data)
    if message["Snapshot-Content-Location"] or message.get_content_type() == "multipart/related":
        page = _find_page(message)
        if page is not None:
            from summarize.reading.webpages import extract_page

            read = extract_page(page, source)
            return Text(read.text, read.blocks, title=read.title, source=source, format="html")
    composer = Composer()
    composer.title = strip_reply(_header(message, "subject")) or None
    labels = {"speaker": _find_sender(message), "time": _find_date(message)}
    names: list[str] = []
    bodies = list(_find_bodies(message, names))
    for part in bodies:
        content = _decode(part)
        if part.get_content_subtype() == "html":
            _add_html(composer, content, labels)
        else:
            if "flowed" in str(part.get_param("format", "")).lower():
                content = _SOFT_BREAK.sub(" ", content)
            builder = Builder(content)
            read_reply(builder, 0, len(content))
            composer.add_text(builder.build(source), **labels)
    if composer.is_empty:
        found = f"only attachments: {', '.join(names[:_MAX_NAMES])}" if names else "no text"
        raise InputError(source, f"is a mail with {found}; accepted: mails with a text")
    if names:
        shown = ", ".join(names[:_MAX_NAMES]) + (
            f" and {len(names) - _MAX_NAMES} more" * (len(names) > _MAX_NAMES)
        )
        composer.warnings.append(f"left out what is attached: {shown}")
    return composer.compose(source, "mail")


def _find_page(message: EmailMessage) -> str | None:
    """Return the web page that a browser has saved as MHTML; None for a mail."""
    if message["To"]:
        return None
    for part in message.walk():
        if part.get_content_type() in ("text/html", "application/xhtml+xml"):
            return _decode(part)
    return None


def _find_bodies(message: EmailMessage, names: list[str]) -> list[EmailMessage]:
    """List the parts that are the text of a mail, and the names of those that are attached."""
    try:
        body: Any = message.get_body(("plain", "html"))
    except Exception:
        body = None
    bodies = [] if body is None else [body]
    if body is not None and body.get_content_subtype() == "plain" and not _decode(body).strip():
        html: Any = message.get_body(("html",))
        bodies = [html] if html is not None else bodies
    other_forms = {
        id(part)
        for each in message.walk()
        if each.get_content_type() == "multipart/alternative"
        for part in each.walk()
    }
    is_mixed = message.get_content_type() == "multipart/mixed"
    for part in message.walk():
        if part.is_multipart() or part in bodies:
            continue
        name = part.get_filename()
        if name:
            names.append(" ".join(str(name).split()))
        elif part.get_content_maintype() != "text":
            continue
        elif not bodies:
            bodies.append(part)
        elif (
            is_mixed
            and part.get_content_subtype() == "plain"
            and part.get_content_disposition() != "attachment"
            and id(part) not in other_forms
        ):
            # A text behind an attachment, as in some mailing lists.
            bodies.append(part)
    return bodies


def _decode(part: EmailMessage) -> str:
    """Decode the text of a part; a charset that does not exist or does not fit is guessed."""
    payload = part.get_payload(decode=True)
    data = payload if isinstance(payload, bytes) else b""
    charset = str(part.get_content_charset() or "")
    if charset:
        try:
            return data.decode(charset).replace("\r\n", "\n")
        except (LookupError, UnicodeDecodeError):
            pass
    from summarize.reading import decode_bytes

    try:
        return decode_bytes(data, "mail")[0].replace("\r\n", "\n")
    except InputError:
        return data.decode("utf-8", "replace").replace("\r\n", "\n")


def _add_html(composer: Composer, markup: str, labels: dict[str, str | None]) -> None:
    """Add the blocks of a mail in HTML; what it quotes is marked."""
    from summarize.reading.page_blocks import clean_tree, list_blocks, parse_page

    tree = parse_page(markup)
    clean_tree(tree)
    quotes = set(tree.iter("blockquote"))
    quotes |= {each for each in tree.iter("div") if "gmail_quote" in str(each.get("class", ""))}
    texts: list[str] = []
    for block in list_blocks(tree):
        is_quoted = any(each in quotes for each in (block.element, *block.element.iterancestors()))
        if block.kind == "paragraph" and not is_quoted:
            # Greetings, signatures and attributions are recognized among the lines of the text.
            texts.append(block.text)
            continue
        _add_lines(composer, texts, labels)
        kind = "quoted" if is_quoted else block.kind
        composer.add(kind, block.text, level=block.level if block.kind == "heading" else 0, **labels)
    _add_lines(composer, texts, labels)


def _add_lines(composer: Composer, texts: list[str], labels: dict[str, str | None]) -> None:
    if texts:
        content = "\n\n".join(texts)
        builder = Builder(content)
        read_reply(builder, 0, len(content))
        composer.add_text(builder.build(None), **labels)
        texts.clear()


def _header(message: EmailMessage, name: str) -> str:
    try:
        return " ".join(str(message.get(name, "")).split())
    except Exception:  # the parser of headers fails on some that are broken
        return ""


def _find_sender(message: EmailMessage) -> str | None:
    """Return the name of the sender, or else the address."""
    from email.utils import parseaddr

    name, address = parseaddr(_header(message, "from"))
    return name or address or None


def _find_date(message: EmailMessage) -> str | None:
    """Return the date of a mail as ISO 8601 writes it, to the minute."""
    from email.utils import parsedate_to_datetime

    try:
        return parsedate_to_datetime(_header(message, "date")).strftime("%Y-%m-%d %H:%M")
    except (ValueError, TypeError, IndexError):
        return None
