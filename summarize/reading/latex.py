r"""Read LaTeX: paragraphs and items without commands, displayed formulas, figures, tables and notes."""

from __future__ import annotations

import re
from bisect import bisect_left

from summarize.reading.passages import Passage, Span, add_passages, has_words, show
from summarize.reading.structure import Builder

_BEGIN = re.compile(r"\\begin[ \t]*\{document\}")
_END = re.compile(r"\\end[ \t]*\{document\}")
_TITLE = re.compile(r"\\title[ \t]*(?:\[[^\[\]]{0,300}\][ \t]*)?(?=\{)")
# Environments that hold no sentences; all others do.
_NOT_TEXT = frozenset((
    "equation", "align", "alignat", "gather", "multline", "eqnarray", "displaymath", "math", "flalign",
    "figure", "table", "tabular", "tabularx", "longtable", "wrapfigure", "wraptable", "sidewaystable",
    "lstlisting", "verbatim", "minted", "Verbatim", "alltt", "comment", "thebibliography", "tikzpicture",
    "algorithm", "algorithmic", "array", "matrix", "filecontents", "picture", "tikzcd", "prooftree", "code",
    "listing", "CD", "forest", "titlepage", "keywords", "CCSXML", "subfigure", "pspicture", "asy", "dmath",
    "IEEEkeywords", "subequations", "pgfpicture", "tabbing",
))  # fmt: skip
_TOKEN = re.compile(
    r"(?P<comment>(?<!\\)%[^\n]*\n?[ \t]*)"
    r"|\\(?P<environment>begin|end)[ \t]*\{(?P<name>[A-Za-z]{1,40})\*?\}"
    r"|(?P<display>\\\[|\$\$)"
    r"|(?P<math>\$|\\\()"
    r"|\\verb\*?(?P<verb>[|!+@/\"])"
    r"|\\(?P<command>[A-Za-z@]+)\*?"
    r"|(?P<accent>\\[`'^\"~=.](?:\{(?:\\?[A-Za-z])\}|\\?[A-Za-z]))"
    r"|(?P<escape>\\[%&#$_{}])"
    r"|(?P<space>\\[\\,;: !/]|\\\n|~)"
    r"|(?P<brace>[{}])"
    r"|(?P<gap>\n[ \t]*\r?\n\s*)"
)
_HEADINGS = frozenset(
    ("part", "chapter", "section", "subsection", "subsubsection", "paragraph", "subparagraph", "frametitle")
)
_LEVELS = {"part": 1, "chapter": 1, "section": 2, "subsection": 3, "subsubsection": 4, "paragraph": 5}
# Neither these commands nor their arguments are printed.
_DROPPED = frozenset((
    "cite", "citep", "citet", "citealp", "citealt", "citeauthor", "citeyear", "citeyearpar", "parencite",
    "textcite", "autocite", "footcite", "nocite", "fullcite", "supercite", "ref", "eqref", "cref", "Cref",
    "autoref", "pageref", "vref", "nameref", "label", "footnote", "footnotemark", "footnotetext", "thanks",
    "index", "glossary", "marginpar", "vspace", "hspace", "input", "include", "includegraphics",
    "bibliography", "bibliographystyle", "usepackage", "title", "author", "date", "affiliation", "email",
    "address", "institute", "thispagestyle", "pagestyle", "pagenumbering", "setcounter", "addtocounter",
    "setlength", "newcommand", "renewcommand", "providecommand", "def", "newtheorem", "todo",
    "printbibliography", "addcontentsline", "markboth", "markright", "hypersetup", "phantomsection",
    "color", "bibitem", "rule", "vskip", "hskip", "subtitle", "keywords", "newenvironment",
    "DeclareMathOperator", "graphicspath", "hyphenation", "documentclass", "RequirePackage", "theoremstyle",
    "numberwithin", "lstset", "tableofcontents", "orcid", "affil", "authornote", "ccsdesc", "acmConference",
    "caption", "gls", "selectlanguage", "fontsize",
))  # fmt: skip
# These define or set something, as does a command whose argument has parameters.
_DEFINITION = re.compile(
    r"(?:re)?new[a-z]|provide|[Dd]eclare|defthm|[cC]ref[a-z]|set[a-z]|PassOptions|Patch|patch|AtBegin|AtEnd"
)
_PARAMETER = re.compile(r"[ \t]*\{[^{}\n]*#\d")
_MAX_ARGUMENTS = 6
# The first argument of these is not printed, but the second is.
_SECOND = frozenset(
    ("href", "textcolor", "colorbox", "hyperref", "foreignlanguage", "hyperlink", "hypertarget", "scalebox")
)
# These print the same letter as their name.
_LETTERS = frozenset(("ss", "ae", "oe", "AE", "OE", "o", "O", "l", "L", "aa", "AA", "i", "j"))
_SYMBOLS = frozenset(("LaTeX", "TeX", "BibTeX", "LaTeXe", "XeTeX", "LuaTeX"))
_OPTION = re.compile(r"[ \t]*\[[^\[\]]{0,300}\]")
# "\chapter*{Preface}", "\cite [p. 2] {holm}".
_MAX_PARAGRAPH = 200_000


def read_latex(builder: Builder, start: int, end: int) -> None:
    r"""Read LaTeX.

    Parameters
    ----------
    builder : Builder
    start, end : int
        The range of the text.

    Examples
    --------
    >>> text = (
    ...     "\\title{Gas}\n\\begin{document}\n\\section{Sea}\nGas was "
    ...     "\\emph{found}~\\cite{holm}.\n\\end{document}"
    ... )
    >>> builder = Builder(text)
    >>> read_latex(builder, 0, len(text))
    >>> builder.title, [block.kind for block in builder.build(None).blocks]
    ('Gas', ['heading', 'paragraph'])
    """
    text = builder.text
    reader = _Reader(text, start, end)
    title = _TITLE.search(text, start, end)
    if title:
        stop = reader.find_close(title.end())
        inner = _Reader(text, title.end() + 1, stop - 1)
        inner.read()
        builder.set_title(show(text, title.end() + 1, stop - 1, inner.holes))
    begin = _BEGIN.search(text, start, end)
    last = _END.search(text, begin.end(), end) if begin else None
    body = _Reader(text, begin.end() if begin else start, last.start() if last else end)
    body.read()
    add_passages(builder, body.passages)


class _Reader:
    """Read a range from left to right, and collect passages and holes."""

    def __init__(self, text: str, start: int, end: int) -> None:
        self.passages: list[Passage] = []
        self.holes: list[Span] = []
        self._text, self._start, self._end = text, start, end
        self._closings: dict[int, int] | None = None
        self._missing: set[str] = set()

    def find_close(self, place: int) -> int:
        """Return the end of the group that an opening brace begins; its own end if it does not close."""
        if self._closings is None:
            self._closings = {}
            stack = []
            for match in re.finditer(r"\\.|[{}]|\n[ \t]*\n", self._text[self._start : self._end], re.DOTALL):
                at = self._start + match.start()
                if match[0] == "{":
                    stack.append(at)
                elif match[0] == "}" and stack:
                    self._closings[stack.pop()] = at + 1
        return self._closings.get(place, min(place + 1, self._end))

    def read(self) -> None:
        """Read everything."""
        text, end = self._text, self._end
        place = begin = self._start
        kind = "paragraph"
        n_lists = 0
        while match := _TOKEN.search(text, place, end):
            at, place = match.span()
            what = match.lastgroup
            if match["gap"]:
                self._add(kind, begin, at)
                begin = place
                kind = "item" if n_lists and kind == "item" else "paragraph"
            elif match["environment"]:
                name = match["name"]
                self._add(kind, begin, at)
                if match["environment"] == "begin" and name in _NOT_TEXT:
                    place = self._skip_environment(name, place)
                else:
                    change = 1 if match["environment"] == "begin" else -1
                    is_list = name in ("itemize", "enumerate", "description")
                    n_lists = max(0, n_lists + change) if is_list else n_lists
                    kind = "item" if n_lists else "paragraph"
                    if name in ("quote", "quotation", "displayquote") and change > 0:
                        kind = "quotation"
                    elif name == "verse" and change > 0:
                        kind = "text"
                    place = self._skip_arguments(place, 2) if change > 0 else place
                begin = place
            elif match["display"]:
                closing = "\\]" if match[0] == "\\[" else "$$"
                stop = self._find(closing, place)
                stop = place if stop < 0 else stop + 2
                self.holes.append((at, stop))
                place = stop
            elif match["math"]:
                closing = "\\)" if match[0] == "\\(" else "$"
                stop = self._find_math(closing, place)
                if stop > 0:
                    # A formula is printed as it is written.
                    place = stop
            elif match["verb"]:
                stop = text.find(match["verb"], place, min(end, place + 500))
                self.holes.append((at, place))
                if stop >= 0:
                    self.holes.append((stop, stop + 1))
                    place = stop + 1
            elif match["command"]:
                name = match["command"]
                if name in _HEADINGS or name == "item":
                    self._add(kind, begin, at)
                    begin, place = self._read_heading(name, at, place)
                    kind = "item" if name == "item" else "paragraph"
                elif name == "par":
                    self._add(kind, begin, at)
                    begin = place
                else:
                    place = self._read_command(name, at, place)
            elif what == "escape":
                self.holes.append((at, at + 1))
            elif what == "accent":
                self.holes += [(at, at + 2), *self._find_braces(at, place)]
            else:
                self.holes.append((at, place))
        self._add(kind, begin, end)

    def _find_braces(self, start: int, end: int) -> list[Span]:
        return [(k, k + 1) for k in range(start, end) if self._text[k] in "{}\\" and k > start + 1]

    def _find(self, sign: str, place: int) -> int:
        """Find a closing sign; remember if there is none, so that the time stays linear."""
        if sign in self._missing:
            return -1
        found = self._text.find(sign, place, self._end)
        if found < 0:
            self._missing.add(sign)
        return found

    def _find_math(self, sign: str, place: int) -> int:
        """Return the end of a formula in a line, which has no blank line in it, or 0."""
        near = min(self._end, place + 2_000)
        stop = self._text.find(sign, place, near)
        if stop < 0 or "\n\n" in self._text[place:stop]:
            return 0
        return stop + len(sign)

    def _skip_environment(self, name: str, place: int) -> int:
        """Return the end of an environment, or `place` if it has none."""
        for closing in (f"\\end{{{name}}}", f"\\end{{{name}*}}"):
            stop = self._find(closing, place)
            if stop >= 0:
                return stop + len(closing)
        return place

    def _skip_arguments(self, place: int, count: int) -> int:
        """Return the end of the options and, at most, `count` arguments of a command."""
        text, end = self._text, self._end
        while True:
            option = _OPTION.match(text, place, end)
            if option:
                place = option.end()
            elif count and place < end and text[place] == "{":
                place = max(place + 1, self.find_close(place))
                count -= 1
            else:
                return place

    def _read_heading(self, name: str, at: int, place: int) -> tuple[int, int]:
        """Read a heading or the sign of an item; return where its text begins."""
        text = self._text
        option = _OPTION.match(text, place, self._end)
        if option:
            place = option.end()
        if name == "item":
            return place, place
        if place < self._end and text[place] == "{":
            stop = self.find_close(place)
            if has_words(text[place:stop]):
                level = _LEVELS.get(name, 0)
                self.passages.append(Passage("heading", place + 1, max(place + 2, stop - 1), level=level))
            place = stop
        return place, place

    def _read_command(self, name: str, at: int, place: int) -> int:
        """Take a command out; of most, the arguments stay."""
        text, end = self._text, self._end
        if name in _SYMBOLS:
            self.holes.append((at, at + 1))
            stop = place + 2 if text.startswith("{}", place) else place
            self.holes.append((place, stop))
            return stop
        if name in _LETTERS:
            self.holes.append((at, at + 1))
            stop = place + 2 if text.startswith("{}", place) else place + text.startswith(" ", place)
            self.holes.append((place, stop))
            return stop
        option = _OPTION.match(text, place, end)
        while option and text[option.start()] == "[":
            place = option.end()
            option = _OPTION.match(text, place, end)
        if name in _DROPPED:
            is_definition = name in ("def", "newcommand", "renewcommand", "providecommand")
            place = self._skip_arguments(place, 1)
            if is_definition:
                place = self._skip_arguments(place, 2)
                if name == "def":
                    opened = text.find("{", place, min(end, place + 60))
                    place = self.find_close(opened) if opened >= 0 else place
            elif name in ("footnote", "author", "setcounter", "setlength", "addtocounter", "hypersetup"):
                place = self._skip_arguments(place, 1) if text.startswith("{", place) else place
        elif _DEFINITION.match(name) or _PARAMETER.match(text, place, min(end, place + 300)):
            place = self._skip_arguments(place, _MAX_ARGUMENTS)
        elif name in _SECOND:
            place = self._skip_arguments(place, 1)
        else:
            # "\noindent We show": the space after a command belongs to it.
            stop = place
            while stop < end and text[stop] in " \t":
                stop += 1
            place = stop
        self.holes.append((at, place))
        return place

    def _add(self, kind: str, start: int, end: int) -> None:
        """Add a paragraph, without the white space around it."""
        piece = self._text[start:end]
        stop = start + len(piece.rstrip())
        start += len(piece) - len(piece.lstrip())
        if start >= stop:
            return
        first = bisect_left(self.holes, (start, 0))
        holes = [(a, min(b, stop)) for a, b in self.holes[first:] if a < stop]
        if has_words(show(self._text, start, stop, holes)):
            self.passages.append(Passage(kind, start, stop, holes))
