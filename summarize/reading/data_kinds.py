"""Tell what a plain text is if it does not consist of sentences: a log, a table, JSON, source code."""

from __future__ import annotations

import re

from summarize.patterns import rare

# Lines that are looked at; fewer show nothing.
_MAX_LINES, _MIN_LINES = 200, 5
_HEAD = 8_000
# Share of the lines that must look alike.
_MIN_SHARE = 0.7
# Comments are part of a program.
_MIN_CODE_SHARE = 0.4
_LOG = rare(
    r"[\[(<]?(?:\d{4}[-/]\d\d[-/]\d\d|\d\d[-/.]\d\d[-/.]\d{2,4}|(?:[A-Z][a-z]{2} )?[A-Z][a-z]{2}\s+\d{1,2}"
    r"|\d{10,13})"
    r"[T ,]+\d{1,2}:\d\d(?::\d\d)?"
    r"|\[?(?:TRACE|DEBUG|INFO|NOTICE|WARN(?:ING)?|ERROR|FATAL|CRITICAL)\]?[\s:]"
    r"|\d{1,3}(?:\.\d{1,3}){3} \S+ \S+ \["
)
_CODE = rare(
    r".*[;{}]$|[)\]}]+[;,]?$|(?://|/\*|\*/)|\w+(?:\.\w+)* ?[-+|]?= ?\S|\w+(?:\.\w+)*\(.*\)?,?$"
    r"|(?:import|from|#include|package|use|using) \S+(?: import .*)?;?$"
    r"|(?:def|class|return|if|elif|else|for|while|try|except|with|raise|assert|fn|let|const|var|func|function"
    r"|public|private|static|void|int|struct|enum|export|#define|@\w+)\b.*[:({=]"
)
_CODE_SIGNS = frozenset(";{}])(=:/")
_IMPORTS = ("import ", "from ", "#include ", "package ", "use ", "using ")
_JSON = rare(
    r"\s*(?:\{\s*\"[^\"\n]{0,80}\"\s*:|\[\s*(?:\{|\[|\"[^\"\n]{0,80}\"\s*,|-?\d+(?:\.\d+)?\s*,))"
)
_STOP = rare(r"[^\W\d_]{2,}[.!?]['\")]?(?:\s+[^\W\d_]|\Z)|[。！？।]")


def name_data(text: str) -> str | None:
    r"""Name the kind of a text that is not prose.

    Parameters
    ----------
    text : str
        A text in no known format.

    Returns
    -------
    str or None
        Such as ``"a log"``; None for prose.

    Examples
    --------
    >>> name_data("2024-03-12 09:14:22 INFO gauge read\n" * 9)
    'a log'
    >>> name_data("The council met on Monday. It rained.\n" * 9) is None
    True
    """
    if text.lstrip()[:1] in "{[" and _JSON.match(text):
        return "JSON"
    lines = [line.strip() for line in text[:_HEAD].splitlines()]
    lines = [line for line in lines if line][:_MAX_LINES]
    if len(lines) < _MIN_LINES:
        return None
    enough = _MIN_SHARE * len(lines)
    # The cheap tests spare prose the patterns, which take longer to compile than to apply.
    if sum(map(_may_be_logged, lines)) >= enough and _count(_LOG, lines) >= enough:
        return "a log"
    may_be_code = sum(map(_may_be_code, lines)) >= _MIN_CODE_SHARE * len(lines)
    has_columns = any(_is_delimiter(sign, lines[:-1], enough) for sign in "\t;,|")
    if not may_be_code and not has_columns:
        return None
    sentences = sum(_STOP.search(line) is not None for line in lines)
    if may_be_code and _count(_CODE, lines) >= max(_MIN_CODE_SHARE * len(lines), sentences):
        return "source code or settings"
    return "a table" if has_columns and sentences <= len(lines) - enough else None


def _is_delimiter(sign: str, lines: list[str], enough: float) -> bool:
    """Tell whether enough lines have the same number of a sign, at least two."""
    counts = [line.count(sign) for line in lines]
    usual = max(set(counts), key=counts.count)
    return usual > 1 and counts.count(usual) >= enough


def _may_be_logged(line: str) -> bool:
    """Tell whether `_LOG` may match: there is a digit among the first words, or a level in capitals."""
    words = line.split(None, 3)[:3]
    return any(map(str.isdecimal, "".join(words))) or line.removeprefix("[")[:4].isupper()


def _may_be_code(line: str) -> bool:
    """Tell whether `_CODE` may match."""
    return not _CODE_SIGNS.isdisjoint(line) or line.startswith(_IMPORTS)


def _count(pattern: re.Pattern[str], lines: list[str]) -> int:
    return sum(pattern.match(line) is not None for line in lines)
