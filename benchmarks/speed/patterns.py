"""Find texts whose processing time grows faster than their length.

    python -m benchmarks.speed.patterns [--patterns 1500] [--shortest 8000] [--longest 8000000] [--workers 2]

A pattern is a mark, a letter or a form of a line, or two of these, repeated to the length of the text. Each
text is read, split, and run through every ranker and selector of this package, at `--shortest` and at four
times as many characters. If a step takes more than six times as long for four times the text, the text is
doubled until it has `--longest` characters. Steps that are still superlinear are printed, and the exit code
is 1.
"""

from __future__ import annotations

import argparse
import itertools
import math
import os
import random
import sys
import time
import warnings
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from typing import Any

import numpy as np

from benchmarks import report

# More than this power of the length is superlinear; n log n is not.
_MAX_EXPONENT = 1.3
# Shorter times are noise.
_MIN_SECONDS = 0.005
# A slower step is not tried with a longer text.
_MAX_SECONDS = 60.0

MARKS = (
    *"!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~",
    *"…«»‹›“”„‘’–—•·†§¶°£€©®™¿¡",
    *"。！？、，；：「」『』（）《》【】｡．।॥۔؟،؛։፧።၊။។᠃፡",
    *"\t\n\r\f\x0b\x00\x1b\xa0\u2028\u200b\u200d\u202e\ufeff\ufffd😀👍🏽",
    "...", "?!", "!!", "--", "---", "***", "__", "``", "```", "((", "))", "[[", "]]", "{{", "}}", "<<",
    "://", "@a.b",
)  # fmt: skip
LETTERS = (
    *"aAzZ019éßñİıłøяЯжαΩאבعبकগกขあア中文한글가",
    "the", "The", "Mr.", "e.g.", "U.S.", "No.", "1.", "1,000.5", "well-known", "don't", "l'eau",
    "COVID-19", "ﬁ",
    "e\u0301", "http://a.b/c", "a@b.org", "10:30", "2015-05-03", "May 3, 2015", "Sec. 1.", "p. 5", "[1]",
    "(a)", "IV.",
)  # fmt: skip
LINES = (
    "- a\n", "* a\n", "1. a\n", "(a) b\n", "# a\n", "## a\n\n", "> a\n", ">> a\n", "| a | b |\n", "a\tb\tc\n",
    "Ada: yes.\n", "[10:30] Ada: yes.\n", "<Ada> yes.\n", "00:01 --> 00:02\n", "From: a@b.org\n",
    "Subject: a\n\n",
    "On Monday, Ada wrote:\n> a\n", "-- \n", "---\n", "===\n", "A\n===\n", "```\n", "~~~\n", "    code\n",
    "$ ls\n",
    "<p>a</p>", "<ref>a</ref>", "<a href='b'>", "<!-- a -->", "[a](b)", "![a](b)", "[[a|b]]", "{{a|b}}",
    "{|\n|}\n",
    "'''a'''", "== a ==\n", "**a** ", "_a_ ", "`a` ", ".. a::\n", ":ref:`a` ", "`a`_ ", "\\section{a}\n",
    "\\begin{a}\n",
    "$a$ ", "% a\n", "#+TITLE: a\n", "* TODO a\n", "INT. ROOM\n\n", "ADA\nYes.\n\n", "@a #b ",
    "RT @a: b\n", "{\"a\": 1}\n",
    "a,b,c\n", "Photo: A\n", "Page 3 of 12\n", "\f3\n", "a-\nb", "A word. ", "A word. Another one! ",
    "“A.” B said. ",
    "A. B. C. ", "a b c d e f g h ", "The cat sat. The cat ran. ", "He went. It was. ",
    "Gas was found at sea. ",
    "One two three four five six seven eight nine ten. ", "What? ", "A;b:c,d ", "\"A. ", "A.\" ", "'a. ",
    "(A. ", "A.) ",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Row:
    """A step whose time grows faster than the text of a pattern."""

    pattern: str
    step: str
    characters: int
    seconds: float
    exponent: float


def list_patterns(n: int) -> list[str]:
    """List every unit, then random pairs of units, drawn with a fixed seed."""
    units = (*MARKS, *LETTERS, *LINES)
    joints = ("", " ", "\n", "\n\n", ". ")
    pairs = [a + joint + b for a, b, joint in itertools.product(units, units, joints)]
    random.Random(1).shuffle(pairs)
    return list(dict.fromkeys((*units, *(unit + " " for unit in (*MARKS, *LETTERS)), *pairs)))[:n]


def run_steps(text: str) -> Iterator[tuple[str, float]]:
    """Run every step on a text, and yield its name and CPU seconds."""
    from summarize.length import Length
    from summarize.pipeline import segment
    from summarize.rankers import RANKERS
    from summarize.reading import read_text
    from summarize.selectors import SELECTORS

    def measure(step: Callable[..., Any], *given: Any) -> tuple[Any, float]:
        start = time.process_time()
        return step(*given), time.process_time() - start

    _, seconds = measure(read_text, text)
    yield "read", seconds
    document, seconds = measure(segment, text)
    yield "segment", seconds
    scores: Any = np.zeros(len(document))
    for name, entry in RANKERS.items():
        if not name.startswith("sumy-"):
            scores, seconds = measure(entry.load(), document)
            yield name, seconds
    for name, selector in SELECTORS.items():
        for length in (Length(5, "sentences"), Length(1000, "words")):
            _, seconds = measure(selector.load(), document, scores, length)
            yield f"{name} {length}", seconds


def examine(pattern: str, shortest: int, longest: int) -> list[Row]:
    """Find the steps that are superlinear for a pattern."""
    warnings.simplefilter("ignore")
    short, long = (dict(run_steps(_repeat(pattern, size))) for size in (shortest, 4 * shortest))
    suspects = [
        step
        for step, seconds in long.items()
        if seconds > _MIN_SECONDS and _exponent(short[step], seconds, 4) > _MAX_EXPONENT
    ]
    rows = []
    size, last = 4 * shortest, long
    while suspects and size < longest:
        size *= 2
        found = dict(run_steps(_repeat(pattern, size)))
        slow = [step for step in suspects if _exponent(last[step], found[step], 2) > _MAX_EXPONENT]
        if size >= longest or max(found.values()) > _MAX_SECONDS:
            rows = [
                Row(repr(pattern), step, size, found[step], _exponent(last[step], found[step], 2))
                for step in slow
            ]
            break
        suspects, last = slow, found
    return rows


def _repeat(pattern: str, size: int) -> str:
    return (pattern * (size // len(pattern) + 1))[:size]


def _exponent(before: float, after: float, factor: float) -> float:
    return math.log(max(after, 1e-9) / max(before, 1e-4)) / math.log(factor)


def main() -> None:
    """Examine the patterns, and print what is superlinear."""
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.speed.patterns",
        description="Find texts whose processing time grows faster than their length.",
    )
    parser.add_argument("--patterns", type=int, default=1500, help="how many patterns to try")
    parser.add_argument("--shortest", type=int, default=8_000, help="characters of the shortest texts")
    parser.add_argument("--longest", type=int, default=8_000_000, help="characters of the longest texts")
    parser.add_argument("--workers", type=int, default=2, help="processes")
    arguments = parser.parse_args()
    os.environ["OPENBLAS_NUM_THREADS"] = "1"
    patterns = list_patterns(arguments.patterns)
    rows: list[Row] = []
    with ProcessPoolExecutor(arguments.workers) as pool:
        for number, found in enumerate(
            pool.map(
                examine,
                patterns,
                itertools.repeat(arguments.shortest),
                itertools.repeat(arguments.longest),
                chunksize=4,
            ),
            1,
        ):
            rows += found
            for row in found:
                print(row, file=sys.stderr, flush=True)
            if number % 100 == 0:
                print(f"{number} patterns", file=sys.stderr, flush=True)
    table = report.markdown_table(
        ("pattern", "step", "characters", "seconds", "exponent"),
        [
            (row.pattern, row.step, f"{row.characters:,}", f"{row.seconds:.2f}", f"{row.exponent:.2f}")
            for row in rows
        ],
    )
    where = report.provenance("benchmarks.speed.patterns", "numpy", "scipy")
    text = table if rows else "None is superlinear.\n"
    count = f"{len(patterns):,} patterns; {arguments.shortest:,} to {arguments.longest:,} characters."
    report.write_text(f"# Patterns\n\n{where}\n{count}\n\n{text}", report.RESULTS / "patterns.md")
    print(text)
    sys.exit(bool(rows))


if __name__ == "__main__":
    main()
