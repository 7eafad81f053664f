"""Measure the time of a whole process, and the articles per CPU second within one.

    python -m benchmarks.speed.throughput [--articles N] [--rounds N]

Processes that are compared run alternately, and ratios are ratios of medians. Articles have about 500 words
(see `benchmarks.speed.articles`). Every ranker runs in a new process with an empty vocabulary and one
thread. The time is CPU time from the text to a summary of three sentences, without imports.

sumy gets the same articles, its own stemmer, and regexes for sentences and words. They replace its tokenizer,
whose NLTK data would have to be downloaded, and are faster, which favors sumy. The other peers run as
complete systems, with a maximum of sixty words; a first article, which loads their data, is not timed.
"""

from __future__ import annotations

import argparse
import importlib.util
import json
import os
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from benchmarks import peers, report
from benchmarks.speed.articles import make_articles

ROOT = report.REPOSITORY
NEWS = str(ROOT / "seeds" / "news.en.txt")
RANKERS = ("default", "ensemble", "textrank", "lexrank", "lsa", "centroid", "directed")
BASELINES = ("lead",)
PEER_WORDS = 60


@dataclass(frozen=True, slots=True)
class Row:
    """A row of the table; `method` is a name from `benchmarks.quality.coverage`, or empty."""

    quantity: str
    method: str
    figure: float
    unit: str
    target: str


def rate_ranker(ranker: str, n: int) -> float:
    """Measure the articles per CPU second of a ranker of this package, which gets them as a list."""
    articles = make_articles(n)
    from summarize import summarize, summarize_many
    from summarize.rankers import DEFAULT
    from summarize.tokenization.forms import forget_forms

    name = DEFAULT if ranker == "default" else ranker
    summarize(Path(NEWS).read_text(encoding="utf-8"), ranker=name)
    forget_forms()
    start = time.process_time()
    for summary in summarize_many(articles, ranker=name):
        str(summary)
    return n / (time.process_time() - start)


def rate_sumy(method: str, n: int) -> float:
    """Measure the articles per CPU second of a summarizer of sumy."""
    import re

    from sumy.nlp.stemmers import Stemmer
    from sumy.nlp.tokenizers import Tokenizer
    from sumy.parsers.plaintext import PlaintextParser
    from sumy.summarizers.lex_rank import LexRankSummarizer
    from sumy.summarizers.lsa import LsaSummarizer
    from sumy.summarizers.text_rank import TextRankSummarizer
    from sumy.utils import get_stop_words

    class RegexTokenizer(Tokenizer):  # type: ignore[misc]  # sumy has no types.
        def __init__(self) -> None:
            self._language = "english"

        def to_sentences(self, paragraph: str) -> tuple[str, ...]:
            return tuple(re.split(r"(?<=[.!?])\s+(?=[A-Z])", paragraph))

        def to_words(self, sentence: str) -> tuple[str, ...]:
            return tuple(re.findall(r"[^\W\d_]+", sentence))

    kinds = {"text-rank": TextRankSummarizer, "lex-rank": LexRankSummarizer, "lsa": LsaSummarizer}
    articles = make_articles(n)
    start = time.process_time()
    for article in articles:
        summarizer = kinds[method](Stemmer("english"))
        summarizer.stop_words = get_stop_words("english")
        summarizer(PlaintextParser.from_string(article, RegexTokenizer()).document, 3)
    return n / (time.process_time() - start)


def rate_peer(method: str, n: int) -> float:
    """Measure the articles per CPU second of a peer."""
    from importlib import import_module

    peer = peers.PEERS[method]
    summarize = getattr(import_module(peer.module), peer.function)
    articles = make_articles(n + 1)
    summarize(articles.pop(), "en", PEER_WORDS)
    start = time.process_time()
    for article in articles:
        summarize(article, "en", PEER_WORDS)
    return n / (time.process_time() - start)


def rate_stages(n: int) -> tuple[float, float]:
    """Measure the MB per CPU second of segmentation, and of segmentation with tokenization.

    The cache of word forms is empty at the start.
    """
    articles = make_articles(n)
    from summarize.languages import find_language
    from summarize.segmentation.sentences import split_sentences
    from summarize.tokenization.forms import forget_forms
    from summarize.tokenization.terms import find_terms

    english = find_language("en")
    split_sentences(articles[0], english)
    find_terms(["A word."], english)
    forget_forms()
    size = sum(map(len, articles)) / 1e6
    start = time.process_time()
    split = [[s.text for s in split_sentences(article, english)] for article in articles]
    middle = time.process_time()
    for sentences in split:
        find_terms(sentences, english)
    return size / (middle - start), size / (time.process_time() - start)


def compare_rankers(ranker: str, other: str, n: int, rounds: int = 9) -> float:
    """Measure how much longer one ranker takes than another, in CPU milliseconds per segmented article.

    Both rank an article before the next one. The result is the median over the rounds.
    """
    from summarize import segment
    from summarize.settings import resolve_ranker

    documents = [segment(article, language="en") for article in make_articles(n)]
    ranks = [resolve_ranker(ranker), resolve_ranker(other)]
    differences = []
    for _ in range(rounds):
        taken = [0, 0]
        for document in documents:
            for k, rank in enumerate(ranks):
                start = time.process_time_ns()
                rank(document)
                taken[k] += time.process_time_ns() - start
        differences.append((taken[0] - taken[1]) / n / 1e6)
    return statistics.median(differences)


def time_processes(commands: dict[str, list[str]], rounds: int) -> dict[str, float]:
    """Run commands alternately; return the median wall time of each, in seconds."""
    times: dict[str, list[float]] = {name: [] for name in commands}
    for _ in range(rounds + 1):
        for name, command in commands.items():
            start = time.perf_counter()
            subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
            times[name].append(time.perf_counter() - start)
    return {name: statistics.median(values[1:]) for name, values in times.items()}


def _in_new_process(function: str, *arguments: object) -> str:
    """Call a function of this module in a new process; return its result as JSON."""
    call = "import json; from benchmarks.speed import throughput; "
    call += f"print(json.dumps(throughput.{function}{arguments!r}))"
    environment = os.environ | {"OPENBLAS_NUM_THREADS": "1"}
    done = subprocess.run(
        [sys.executable, "-c", call], check=True, capture_output=True, text=True, cwd=ROOT, env=environment
    )
    return done.stdout


_SUMY_PROCESS = """
import sys
from benchmarks.speed import throughput
throughput.make_articles = lambda n: [open(sys.argv[1], encoding="utf-8").read()]
throughput.rate_sumy("text-rank", 1)
"""


def measure_processes(rounds: int) -> list[Row]:
    """Time whole processes of this package and of sumy."""
    script = Path(sys.executable).with_name("summarize")
    command = [str(script)] if script.exists() else [sys.executable, "-m", "summarize"]
    commands = {
        "import click, numpy": [sys.executable, "-c", "import click, numpy"],
        "article": [*command, NEWS],
        "import click": [sys.executable, "-c", "import click"],
        "help": [*command, "--help"],
    }
    if importlib.util.find_spec("sumy"):
        commands["sumy"] = [sys.executable, "-c", _SUMY_PROCESS, NEWS]
    times = time_processes(commands, rounds)
    over = times["article"] / times["import click, numpy"]
    rows = [
        Row("whole process, 500 words", "", times["article"] * 1000, "ms", ""),
        Row("whole process / import click, numpy", "", over, "x", "at most 1.3"),
        Row("--help / import click", "", times["help"] / times["import click"], "x", "at most 1.5"),
    ]
    if "sumy" in times:
        ratio = times["sumy"] / times["article"]
        rows.append(Row("sumy text-rank process / whole process", "", ratio, "x", "at least 3"))
    return rows


def measure_rates(n: int) -> Iterator[Row]:
    """Measure the articles per CPU second of every ranker and every installed peer."""
    from summarize.rankers import DEFAULT
    from summarize.settings import default_selector

    for name in (*RANKERS, *BASELINES):
        value = _in_new_process("rate_ranker", name, n)
        target = "at least 2000" if name in RANKERS else ""
        ranker = DEFAULT if name == "default" else name
        method = f"{ranker}+{default_selector(ranker)}"
        yield Row(f"articles per CPU second, {name}", method, float(value), "/s", target)
    few = max(10, n // 20)
    for method in peers.installed():
        name = method.removeprefix("peer:")
        if name.startswith("sumy-"):
            kind = name.removeprefix("sumy-").replace("rank", "-rank")
            value = _in_new_process("rate_sumy", kind, few)
        else:
            value = _in_new_process("rate_peer", method, few)
        label = f"articles per CPU second, {name.replace('sumy-', 'sumy ')}"
        yield Row(label, method, float(value), "/s", "")


def main() -> None:
    """Measure, and write and print the table."""
    from summarize.rankers import DEFAULT

    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.speed.throughput",
        description="Measure the speed of whole processes and of calls.",
    )
    parser.add_argument(
        "--articles", type=int, default=1000, help="articles per ranker (default: %(default)s)"
    )
    parser.add_argument("--rounds", type=int, default=15, help="runs per process (default: %(default)s)")
    parser.add_argument("--results", type=Path, default=report.RESULTS, help="output folder")
    arguments = parser.parse_args()
    rows = [*measure_processes(arguments.rounds), *measure_rates(arguments.articles)]
    extra = float(_in_new_process("compare_rankers", DEFAULT, "centroid", arguments.articles // 5))
    rows.append(Row(f"{DEFAULT} − centroid, per article", "", extra, "ms", "at most 0.25"))
    segmentation, terms = json.loads(_in_new_process("rate_stages", arguments.articles))
    rows.append(Row("segmentation", "", segmentation, "MB/s", "at least 15"))
    rows.append(Row("text to terms", "", terms, "MB/s", "at least 3"))
    table = report.markdown_table(
        ("quantity", "figure", "target"),
        [(r.quantity, f"{report.format_figure(r.figure)} {r.unit}", r.target) for r in rows],
    )
    packages = ("numpy", "scipy", "click", *peers.DISTRIBUTIONS)
    where = report.provenance("benchmarks.speed.throughput", *packages)
    report.write_csv(rows, arguments.results / "speed.csv")
    report.write_text(f"# Speed\n\n{where}\n{table}", arguments.results / "speed.md")
    print(table)


if __name__ == "__main__":
    main()
