"""Measure how much faster documents are summarized together, and check that nothing else changes.

    python -m benchmarks.speed.chunks [FILE...] [--documents 192] [--new 2000] [--rounds 7] [--against DIR]
    python -m benchmarks.speed.chunks --identity [FILE...] [--documents N]

A file is a corpus (see `benchmarks.corpora`); by default, the articles are made of the seeds.

Rates are articles per CPU second of `summarize`, one article after the other, and of `summarize_many` with a
list. Each runs in its own process, in turns. With `--against`, so does another version of the package, from
its directory. Figures are medians; ratios are medians of the ratios of a round. *Known* articles have been
summarized before, so their words are in the cache; *new* ones have not.

With `--identity`, every document is summarized with every ranker, selector and length: alone, in chunks of 1,
7 and 32, in another order, and by four workers. The JSON must be equal, byte for byte.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import statistics
import subprocess
import sys
import time
from collections import defaultdict
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from benchmarks import report

RANKERS = ("learned", "textrank", "lexrank", "lsa", "centroid", "ensemble", "lead")
LENGTHS = (3, "100 words", "20%")
_MIN_WORDS, _MAX_WORDS = 400, 1200
_WAYS: tuple[dict[str, Any], ...] = ({"chunk_size": 1}, {"chunk_size": 7}, {"chunk_size": 32}, {"jobs": 4})


def read_articles(files: Sequence[str], n: int, *, any_length: bool = False) -> list[str]:
    """Read the first `n` documents of 400 to 1,200 words, spread evenly over the files."""
    if not files:
        from benchmarks.speed.articles import make_articles

        return make_articles(n)
    from benchmarks.corpora import read_corpus

    texts = []
    for file in files:
        own = [
            entry.document
            for entry in read_corpus(Path(file)).entries
            if any_length or _MIN_WORDS <= len(entry.document.split()) <= _MAX_WORDS
        ]
        texts += own[: -(-n // len(files))]
    return texts[:n]


# For each line of input, summarizes the texts of a file and prints the CPU seconds.
_SERVER = """
import json, sys, time
sys.path.insert(0, sys.argv[1])
mode, ranker, path = sys.argv[2:]
with open(path, encoding="utf-8") as file:
    texts = json.load(file)
from summarize import summarize, summarize_many
summarize("One was here. Two was there.", ranker=ranker)
for _ in sys.stdin:
    start = time.process_time()
    if mode == "one":
        for text in texts:
            summarize(text, ranker=ranker)
    else:
        for _ in summarize_many(texts, ranker=ranker):
            pass
    print(time.process_time() - start, flush=True)
"""


class _Server:
    """A process with one version of the package, which measures on request."""

    def __init__(self, version: Path, mode: str, ranker: str, path: Path) -> None:
        environment = os.environ | {"OPENBLAS_NUM_THREADS": "1"}
        self._process = subprocess.Popen(
            [sys.executable, "-P", "-c", _SERVER, str(version), mode, ranker, str(path)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            cwd="/",
            env=environment,
        )

    def measure(self) -> float:
        """Return the CPU seconds of one pass."""
        assert self._process.stdin is not None and self._process.stdout is not None
        self._process.stdin.write("\n")
        self._process.stdin.flush()
        return float(self._process.stdout.readline())

    def close(self) -> None:
        self._process.communicate()


def compare(
    texts: list[str], new: list[str], ranker: str, rounds: int, against: Path | None
) -> list[list[str]]:
    """Measure each way to summarize articles, in turns; return the rows of the table."""
    import tempfile

    ways = {"one by one": (report.REPOSITORY, "one"), "in chunks": (report.REPOSITORY, "many")}
    if against is not None:
        others = {f"{against.name}, one by one": (against, "one"), f"{against.name}, many": (against, "many")}
        ways = others | ways
    rows = []
    with tempfile.TemporaryDirectory() as folder:
        known_path, new_path = Path(folder, "known.json"), Path(folder, "new.json")
        known_path.write_text(json.dumps(texts), encoding="utf-8")
        new_path.write_text(json.dumps(new), encoding="utf-8")
        servers = {name: _Server(*way, ranker, known_path) for name, way in ways.items()}
        for server in servers.values():
            server.measure()
        known = [{name: server.measure() for name, server in servers.items()} for _ in range(rounds)]
        for server in servers.values():
            server.close()
        unknown: list[dict[str, float]] = []
        for _ in range(3 if new else 0):
            unknown.append({})
            for name, way in ways.items():
                server = _Server(*way, ranker, new_path)
                unknown[-1][name] = server.measure()
                server.close()
    base = next(iter(ways))
    for name in ways:
        cells = [ranker, name]
        for measured, n in ((known, len(texts)), (unknown, len(new))):
            if measured:
                rate = n / statistics.median(each[name] for each in measured)
                ratio = statistics.median(each[base] / each[name] for each in measured)
                cells += [f"{rate:,.0f}", f"{ratio:.2f}"]
            else:
                cells += ["–", "–"]
        rows.append(cells)
    return rows


def measure_stages(texts: list[str], rounds: int = 15) -> list[list[str]]:
    """Measure the microseconds per article of each stage, in a chunk of 32."""
    import summarize.analysis
    import summarize.batch.many
    import summarize.pipeline
    from summarize.settings import Settings, resolve

    spent: dict[str, float] = defaultdict(float)

    def timed(stage: str, step: Callable[..., Any]) -> Callable[..., Any]:
        def run(*given: Any, **choices: Any) -> Any:
            start = time.perf_counter()
            result = step(*given, **choices)
            spent[stage] += time.perf_counter() - start
            return result

        return run

    steps = (
        (summarize.batch.many, "_read", "format"),
        (summarize.analysis, "_detect", "language"),
        (summarize.analysis, "_build_each", "terms and documents"),
        (summarize.pipeline, "_score_each", "scores"),
    )
    plain = [(module, name, getattr(module, name)) for module, name, _ in steps]
    for module, name, stage in steps:
        setattr(module, name, timed(stage, getattr(module, name)))
    method = resolve(Settings())
    method = method._replace(split=timed("sentences", method.split), select=timed("selection", method.select))
    best: dict[str, float] = {}
    try:
        for _ in range(rounds):
            spent.clear()
            start = time.perf_counter()
            for first in range(0, len(texts), 32):
                documents = [(None, text) for text in texts[first : first + 32]]
                summarize.batch.many.summarize_together(documents, method)
            spent["all"] = time.perf_counter() - start
            best = {stage: min(seconds, best.get(stage, seconds)) for stage, seconds in spent.items()}
    finally:
        for module, name, step in plain:
            setattr(module, name, step)
    total = best.pop("all")
    best["summary and the rest"] = total - sum(best.values())
    return [
        [stage, f"{seconds / len(texts) * 1e6:.0f}", f"{seconds / total:.0%}"]
        for stage, seconds in best.items()
    ]


def check_identity(texts: list[str]) -> int:
    """Compare the JSON of every way to summarize the texts; return the number of differences."""
    from summarize import summarize, summarize_many
    from summarize.renderers.records import render_json
    from summarize.selectors import SELECTORS
    from summarize.summary import Failure

    def show(result: Any) -> str:
        return str(result) if isinstance(result, Failure) else render_json(result)

    named = [(str(number), text) for number, text in enumerate(texts)]
    n_compared = n_different = 0
    for ranker in RANKERS:
        for selector in SELECTORS:
            for length in LENGTHS:
                choices: dict[str, Any] = {"ranker": ranker, "selector": selector, "length": length}
                expected = {name: show(summarize(text, source=name, **choices)) for name, text in named}
                for way in _WAYS:
                    order = random.Random(str(way)).sample(named, len(named))
                    for (name, _), result in zip(order, summarize_many(order, **way, **choices), strict=True):
                        n_compared += 1
                        n_different += show(result) != expected[name]
        print(f"{ranker}: {n_different} of {n_compared:,} differ", file=sys.stderr, flush=True)
    print(f"{n_different} of {n_compared:,} summaries differ from those of the texts alone.")
    return n_different


def main() -> None:
    """Measure or compare, and print the result."""
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.speed.chunks",
        description="Measure what is gained by summarizing many documents together.",
    )
    add = parser.add_argument
    add("files", nargs="*", help="corpora; by default, articles made of the seeds")
    add("--documents", type=int, default=192, help="how many articles")
    add("--new", type=int, default=0, help="how many articles that are met for the first time")
    add("--rounds", type=int, default=7, help="how often to measure")
    add("--rankers", default="learned,textrank", help="rankers, comma-separated")
    add("--against", type=Path, help="directory of another version of the package")
    add("--identity", action="store_true", help="check that the summaries are equal")
    arguments = parser.parse_args()
    if arguments.identity:
        texts = read_articles(arguments.files, arguments.documents, any_length=True)
        sys.exit(check_identity(texts) > 0)
    texts = read_articles(arguments.files, arguments.documents + arguments.new)
    known, new = texts[: arguments.documents], texts[arguments.documents :]
    rows = []
    for ranker in arguments.rankers.split(","):
        rows += compare(known, new, ranker, arguments.rounds, arguments.against)
    header = ("ranker", "how", "known articles a CPU second", "times the first", "new articles", "times")
    table = report.markdown_table(header, rows)
    stages = report.markdown_table(("stage", "µs an article", "share"), measure_stages(known))
    where = report.provenance("benchmarks.speed.chunks", "numpy")
    words = statistics.mean(len(text.split()) for text in known)
    about = f"{len(known)} known and {len(new)} new articles of {words:.0f} words on average."
    text = f"# Chunks\n\n{where}\n{about}\n\n{table}\n\nThe default in chunks of 32:\n\n{stages}"
    report.write_text(text, report.RESULTS / "chunks.md")
    print(table, stages, sep="\n\n")


if __name__ == "__main__":
    main()
