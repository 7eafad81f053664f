"""The formats of texts: how each is recognized, and which function reads it.

To add a format, write its module and its line here. Formats are tried in this order, and the first one that
the text looks like reads it.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from summarize.patterns import rare
from summarize.registry import import_target

if TYPE_CHECKING:
    from summarize.document import Text
    from summarize.reading.structure import Builder

# Characters at the beginning of a text that show its format.
_HEAD = 4_000


def _has_signs(head: str, signs: tuple[str, ...], n: int = 2) -> bool:
    """Tell whether at least `n` of the patterns are found in the beginning of a text."""
    for place, sign in enumerate(signs):
        if n > len(signs) - place:
            return False
        n -= re.search(sign, head, re.MULTILINE) is not None
        if not n:
            return True
    return False


# A heading in "#" or a list alone is also found in plain texts.
_MARKDOWN = (
    r"^(?:#{1,6}[ \t]+\S.*|\S.*\r?\n(?:=|-){4,}[ \t]*)$",
    r"(?<!!)\[[^\[\]\n]{1,200}\]\((?:https?://|\.{0,2}/|#|mailto:|[\w./-]+\.md\b)[^()\s]{0,300}\)",
    r"!\[[^\[\]\n]{0,200}\]\([^()\s]{1,300}\)|^<(?:p|div|h1|img|a|br)\b[^<>\n]{0,300}(?:align|src|href)=",
    r"^[ \t]{0,3}(?:```|~~~)[^`\n]{0,60}$",
    r"^[ \t]{0,3}\|?[ \t]*:?-{3,}:?[ \t]*\|[ \t|:-]*$",
    r"^\[[^\[\]\n]{1,100}\]:[ \t]+(?:https?:|\.{0,2}/)\S+",
)
# Of each of these, two kinds of marks show the format of a text without a telling suffix.
_RST = (
    r"^\.\. (?:[\w:-]+::|_[^:\n]{1,80}:(?:[ \t]|$)|\|[^|\n]{1,80}\| [\w-]+::)",
    r":(?:ref|doc|class|func|meth|mod|attr|pep|rfc|term|option|file|data|exc|c:\w+|py:\w+|issue|pr|any):`[^`\n]+`",
    r"^\S[^\n]*\r?\n([=~^\"'`#*+-])\1{3,}[ \t]*$",
    r"\S::[ \t]*\r?\n[ \t]*\r?\n[ \t]+\S",
    r"`[^`<\n]{1,200}<https?://[^>\n]{1,300}>`_",
)
_WIKITEXT = (
    r"\{\{[^{}\n|]{1,100}(?:\||\}\}|$)",
    r"\[\[[^\[\]\n]{1,200}\]\]",
    r"'''[^'\n]{1,200}'''",
    r"^={2,5}[^=\n]{1,150}={2,5}[ \t]*$",
    r"<ref(?:>| name| group|/)",
    r"^\{\|",
)


class Format(NamedTuple):
    """A format of texts.

    Attributes
    ----------
    target : str
        ``"module:function"`` of the reader, ``(Builder, start, end) -> None``; that of a wrapper also gets
        the suffix, for what is inside.
    about : str
        What it is, for people: ``"read as an e-mail"``.
    suffixes : tuple of str
        Of file names. A file with one of these is in the format whatever it looks like.
    hint : callable
        ``(head) -> bool``: a cheap test of the beginning that rules out most texts.
    pattern : str
        A regular expression that must match somewhere at the beginning; it may be empty.
    test : str
        ``"module:function"`` of a function ``(text, start, end) -> object`` that is true for a text in this
        format, if an expression cannot tell.
    is_wrapper : bool
        Whether another format may be inside, which is read by `read_range`.
    """

    target: str
    about: str
    suffixes: tuple[str, ...]
    hint: Callable[[str], bool]
    pattern: str
    test: str = ""
    is_wrapper: bool = False

    def load(self) -> Callable[..., None]:
        """Import the reader."""
        return import_target(self.target)

    def matches(self, text: str, start: int, head: str) -> bool:
        """Tell whether a text looks like this format from `start` on, where it begins with `head`."""
        if not self.hint(head) or (self.pattern and not re.search(self.pattern, head)):
            return False
        return not self.test or bool(import_target(self.test)(text, start, len(text)))


_HEADER = r"(?:[A-Za-z][\w-]{0,40}: .*\r?\n(?:[ \t]+\S.*\r?\n)*)"
_MAIL = (
    rf"\A\s*{_HEADER}{{0,40}}?(?i:from|to|subject|date|sent|von|an|betreff|datum|gesendet|de|à|objet|envoyé|da|a|oggetto"
    rf"|data|para|asunto|assunto|fecha|от|кому|тема|дата|van|aan|onderwerp|od|do|temat|发件人|收件人|主题|差出人|宛先|件名)"
    r" ?[:：][ \t].*\r?\n"
)
# The beginning of a line that may begin a turn of a conversation, without a colon, and with one.
_BARE_TURN = (
    r"[\[(<]?\d{1,4}[:./-]\d{1,2}\b|\[[^\W\d_]|[^\W\d_a-z][\w.]{0,3} [A-Z]{2}[A-Z.' -]{1,40}[.:] "
    r"|\S{1,40} commented "
)
_TURN = rare(
    rf"{_BARE_TURN}|[^\W\d_a-z][^\n:：.!?]{{0,50}}[:：](?:[ \t*]|\Z)"
    r"|[^\W\d_][^\n:.!?]{0,50}\d:\d\d\W{0,3}\Z"
)
_BARE_TURN_PATTERN = rare(_BARE_TURN)
# The colon behind a name or a time is not further on.
_MAX_BEFORE_COLON = 60


def _has_turns(head: str) -> bool:
    """Tell whether two lines may begin a turn of a conversation."""
    n = 0
    for line in head.splitlines():
        line = line.lstrip(" \t\u200e")
        begin = line[:_MAX_BEFORE_COLON]
        # Most lines are paragraphs without a colon, for which the short pattern is enough.
        pattern = _TURN if ":" in begin or "：" in begin else _BARE_TURN_PATTERN
        n += pattern.match(line) is not None
        if n > 1:
            return True
    return False


FORMATS = {
    "front-matter": Format(
        "summarize.reading.frontmatter:read_front_matter",
        "a file with front matter",
        (),
        lambda head: head[:4].lstrip("\ufeff").startswith(("---", "+++")),
        r"\A\ufeff?(?:---[ \t]*\r?\n(?=[\w\"'-]+[ \t]*:)|\+\+\+[ \t]*\r?\n(?=[\w.\"-]+[ \t]*=|\[))",
        is_wrapper=True,
    ),
    "gutenberg": Format(
        "summarize.reading.gutenberg:read_gutenberg",
        "a book of Project Gutenberg",
        (),
        lambda head: "utenberg" in head or "UTENBERG" in head,
        r"(?i)project gutenberg",
        is_wrapper=True,
    ),
    "subtitles": Format(
        "summarize.reading.subtitles:read_subtitles",
        "subtitles",
        (".srt", ".vtt", ".sbv", ".ass", ".ssa"),
        lambda head: (">" in head and "-->" in head) or head.lstrip("\ufeff").startswith("[Script Info]"),
        r"(?m)\A(?:WEBVTT\b|\[Script Info\])"
        r"|^[ \t]*(?:\d{1,3}:)?\d{1,2}:\d{2}[.,]\d{1,3}[ \t]*-->[ \t]*(?:\d{1,3}:)?\d{1,2}:\d{2}[.,]\d",
    ),
    "mbox": Format(
        "summarize.reading.mail:read_mailbox",
        "a mailbox",
        (".mbox",),
        lambda head: head.lstrip().startswith("From "),
        r"\A\s*From \S+@?\S* .*\d{2}:\d{2}.*\r?\n" + _HEADER,
    ),
    "mail": Format(
        "summarize.reading.mail:read_mail",
        "an e-mail",
        (".eml",),
        lambda head: ":" in head.lstrip()[:30] or "：" in head.lstrip()[:30],
        _MAIL,
    ),
    "reply": Format(
        "summarize.reading.mail:read_reply",
        "a reply to an e-mail",
        (),
        lambda head: (">" in head and "\n>" in head) or "\n--" in head or head.startswith("--"),
        r"(?m)^(?!>)[^\n]{0,200}:[ \t]*\r?\n(?:[ \t]*\r?\n)?>[ >]|^-{2,}\s?(?:Original|Forwarded|Urspr)",
    ),
    "markdown": Format(
        "summarize.reading.markdown:read_markdown",
        "Markdown",
        (".md", ".markdown", ".mdown", ".mkd", ".mkdn", ".mdx", ".qmd", ".rmd"),
        lambda head: (
            ("]" in head and "](" in head)
            or ("`" in head and "```" in head)
            or ("|" in head and "-|" in head)
        )
        and _has_signs(head, _MARKDOWN),
        "",
    ),
    "notebook": Format(
        "summarize.reading.notebooks:read_notebook",
        "a notebook",
        (".ipynb",),
        lambda head: head.lstrip()[:1] == "{" and '"cell' in head,
        r"\A\s*\{\s*\"(?:cells|metadata|nbformat)\"(?s:.*)\"cell_type\"",
    ),
    "messages": Format(
        "summarize.reading.messages:read_messages",
        "speech or a chat in JSON",
        (),
        lambda head: head.lstrip()[:1] in ("{", "["),
        "",
        test="summarize.reading.messages:is_messages",
    ),
    "latex": Format(
        "summarize.reading.latex:read_latex",
        "LaTeX",
        (".tex", ".latex", ".ltx"),
        lambda head: "\\" in head
        and ("\\documentclass" in head or "\\begin{" in head or "\\section" in head),
        r"(?m)^[ \t]*\\(?:documentclass\b|begin\{(?:document|abstract)\}|(?:sub)?section\*?\{|chapter\*?\{)",
    ),
    "fountain": Format(
        "summarize.reading.fountain:read_fountain",
        "a screenplay",
        (".fountain", ".spmd"),
        lambda head: head.lstrip()[:5].startswith(("Title", "FADE ", "INT", "EXT")),
        r"\A\s*Title:(?s:.*?)\n[ \t]*\.?(?:INT|EXT)[./ ]|\A\s*(?:FADE IN[:.]?\s+)?(?:INT|EXT)\. "
        r".*\r?\n[ \t]*\r?\n",
    ),
    "org": Format(
        "summarize.reading.org:read_org",
        "Org",
        (".org",),
        lambda head: "#" in head and "#+" in head,
        r"(?im)^#\+(?:title|author|options|startup|begin_src|date|property|setupfile|description)\b",
    ),
    "wikitext": Format(
        "summarize.reading.wikitext:read_wikitext",
        "wikitext",
        (".wiki", ".mediawiki", ".wikitext"),
        lambda head: (
            ("[" in head and "[[" in head)
            or ("{" in head and "{{" in head)
            or ("'" in head and "'''" in head)
        )
        and _has_signs(head, _WIKITEXT),
        "",
    ),
    "asciidoc": Format(
        "summarize.reading.asciidoc:read_asciidoc",
        "AsciiDoc",
        (".adoc", ".asciidoc", ".asc"),
        lambda head: head.lstrip().startswith(("= ", ":", "//", "[[")) and "\n" in head,
        r"(?m)\A\s*(?:(?:\[\[|//|:).*\r?\n)*+\s*= \S.*\r?\n(?s:.*)^(?::[\w-]+:|\[source|----$|==+ \S)",
    ),
    "rst": Format(
        "summarize.reading.rst:read_rst",
        "reStructuredText",
        (".rst", ".rest"),
        lambda head: (
            "::" in head or ("`" in head and ":`" in head) or "\n.. " in head or head.startswith(".. ")
        )
        and _has_signs(head, _RST),
        "",
    ),
    "transcript": Format(
        "summarize.reading.transcripts:read_transcript",
        "a transcript",
        (),
        _has_turns,
        "",
        test="summarize.reading.transcripts:find_form",
    ),
}


def read_text(
    text: str, source: str | None = None, *, suffix: str | None = None, form: str | None = None
) -> Text:
    """Find the structure of a text by the format that it is in.

    Parameters
    ----------
    text : str
        The decoded text.
    source : str, optional
        Where it came from; the suffix of its name may tell the format.
    suffix : str, optional
        Replaces the suffix of `source`.
    form : str, optional
        The format, a key of `FORMATS` or ``"plain"``, if it is known.

    Returns
    -------
    Text
        Its `format` is a key of `FORMATS`, or ``"plain"``.

    Examples
    --------
    >>> text = read_text("---\\ntitle: Gas at sea\\n---\\nGas was found.")
    >>> text.title, text.format
    ('Gas at sea', 'markdown')
    """
    # The help of the command shows the formats, and needs neither of these.
    from summarize.document import Text
    from summarize.reading.structure import Builder

    if suffix is None:
        suffix = find_suffix(source)
    # Readers see the line ends of Unix; places stay the same.
    view = text.replace("\r\n", " \n").replace("\r", "\n") if "\r" in text else text
    name = recognize(view, 0, suffix) if form is None else form
    if form == "plain":
        return Text(text, source=source)
    if name is None or (name == "transcript" and _is_log(view)):
        return Text(text, warnings=_warn_of_data(view, source), source=source)
    builder = Builder(view)
    read_range(builder, 0, len(view), suffix, name)
    read = builder.build(source)
    return replace(read, text=text) if read.text is view and view is not text else read


def _warn_of_data(text: str, source: str | None) -> tuple[str, ...]:
    """Warn if a text is a log or the like, whose lines are not sentences."""
    if source is None:
        return ()
    from summarize.reading.data_kinds import name_data

    kind = name_data(text)
    return (f"{source}: looks like {kind}, not like prose",) if kind else ()


def _is_log(text: str) -> bool:
    """Tell whether the lines that begin with a time are those of a program, not of people."""
    from summarize.reading.data_kinds import name_data

    return name_data(text) == "a log"


def describe_format(text: Text) -> str | None:
    """Describe the format of a text if the suffix of its name does not tell it.

    Parameters
    ----------
    text : Text

    Returns
    -------
    str or None
        Such as ``"an e-mail"``; None if there is nothing to say.

    Examples
    --------
    >>> describe_format(read_text("From: Ada\\nSubject: Gas\\n\\nGas was found.", "june.txt"))
    'an e-mail'
    """
    entry = FORMATS.get(text.format)
    return None if entry is None or find_suffix(text.source) in entry.suffixes else entry.about


def find_suffix(source: str | None) -> str:
    """Find the suffix of a name that may tell the format, before that of a compression.

    Parameters
    ----------
    source : str or None

    Returns
    -------
    str
        In lower case; empty if there is none.

    Examples
    --------
    >>> find_suffix("docs/README.md.gz"), find_suffix(None)
    ('.md', '')
    """
    stem, suffix = os.path.splitext((source or "").lower())
    return os.path.splitext(stem)[1] if suffix in (".gz", ".zst", ".bz2", ".xz") else suffix


def has_format(source: str | None) -> bool:
    """Tell whether the suffix of a name says which format a text is in.

    Parameters
    ----------
    source : str or None

    Returns
    -------
    bool

    Examples
    --------
    >>> has_format("README.md"), has_format("README")
    (True, False)
    """
    suffix = find_suffix(source)
    return suffix != "" and any(suffix in each.suffixes for each in FORMATS.values())


def read_range(builder: Builder, start: int, end: int, suffix: str = "", name: str | None = None) -> None:
    """Read a range of a text in the format that it looks like.

    Parameters
    ----------
    builder : Builder
    start, end : int
        The range.
    suffix : str, optional
        Of the file, if the range is all but its wrapper.
    name : str, optional
        The format, if it is known.
    """
    name = name or recognize(builder.text, start, suffix)
    if name is None:
        builder.add("text", start, end)
    else:
        builder.format = name
        each = FORMATS[name]
        reader = each.load()
        if each.is_wrapper:
            reader(builder, start, end, suffix)
        else:
            reader(builder, start, end)


def recognize(text: str, start: int = 0, suffix: str = "") -> str | None:
    """Name the format of a text from a place on.

    Parameters
    ----------
    text : str
    start : int, optional
    suffix : str, optional
        Of the file.

    Returns
    -------
    str or None
        A name in `FORMATS`.

    Examples
    --------
    >>> recognize("WEBVTT\\n\\n00:01.000 --> 00:02.000\\nGas was found.")
    'subtitles'
    >>> recognize("Gas was found.") is None
    True
    """
    head = text[start : start + _HEAD]
    by_suffix = [name for name, each in FORMATS.items() if suffix in each.suffixes] if suffix else []
    for name, each in FORMATS.items():
        if by_suffix and not each.is_wrapper:
            continue
        if each.matches(text, start, head):
            return name
    return by_suffix[0] if by_suffix else None
