"""How fast: the whole process, and articles a second in one.

    python -m benchmarks.speed.throughput [--articles N] [--rounds N]

How it is fair: the processes of a comparison run in turn, and the ratio is that of medians. Articles of
some 500 words are made of the sentences of the English seeds, drawn with a fixed seed, so no two are
alike; every ranker gets its own new process, an empty vocabulary and one thread; counted are CPU
seconds from the text to the summary of three sentences, imports aside. sumy gets the same articles, its
own tokenizer and stemmer, and a simple rule for sentences in place of NLTK's data, which must be
downloaded and is slower; its own figure is therefore flattered. The other peers run whole, with a cap
of sixty words; a first article, with what it loads, is not counted.
"""

from __future__ import annotations

import argparse
import importlib.util
import json
import os
import random
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from benchmarks import peers, report

ROOT = report.REPOSITORY
NEWS = str(ROOT / "seeds" / "news.en.txt")
RANKERS = ("default", "ensemble", "textrank", "lexrank", "lsa", "centroid", "directed")
BASELINES = ("lead",)
_LETTERS = str.maketrans("0123456789", "aeioukrtmn")
SUMY = ("text-rank", "lex-rank", "lsa")
PEER_WORDS = 60


@dataclass(frozen=True, slots=True)
class Row:
    """A figure of the table; `method` is its name in the benchmark of coverage, where it has one."""

    what: str
    method: str
    figure: float
    unit: str
    reach: str


def make_articles(n: int, words: int = 500) -> list[str]:
    """Articles of about so many words, in paragraphs of three sentences."""
    from summarize import segment

    pool = []
    for path in sorted((ROOT / "seeds").glob("*.en.txt")):
        document = segment(path.read_text(encoding="utf-8"), language="en")
        pool += [" ".join(s.text.split()) for s in document.sentences if s.candidate]
    draw = random.Random(0)
    # Rare words of their own, as articles have: the vocabulary grows with the number of articles.
    articles = []
    for k in range(n):
        sentences: list[str] = []
        size = 0
        while size < words:
            sentence = draw.choice(pool)
            size += len(sentence.split()) + 1
            name = f"{k}{len(sentences):02}".translate(_LETTERS).capitalize()
            sentences.append(f"{sentence[:-1]} near {name}{sentence[-1]}")
        articles.append("\n\n".join(" ".join(sentences[i : i + 3]) for i in range(0, len(sentences), 3)))
    return articles


def rate_ours(ranker: str, n: int) -> float:
    """Articles a CPU second."""
    articles = make_articles(n)
    from summarize import summarize
    from summarize.rankers import DEFAULT
    from summarize.tokenization.terms import _load_forms

    name = DEFAULT if ranker == "default" else ranker
    summarize(Path(NEWS).read_text(encoding="utf-8"), ranker=name)
    _load_forms.cache_clear()
    start = time.process_time()
    for article in articles:
        str(summarize(article, ranker=name))
    return n / (time.process_time() - start)


def rate_sumy(method: str, n: int) -> float:
    """Articles a CPU second."""
    import re

    from sumy.nlp.stemmers import Stemmer
    from sumy.nlp.tokenizers import Tokenizer
    from sumy.parsers.plaintext import PlaintextParser
    from sumy.summarizers.lex_rank import LexRankSummarizer
    from sumy.summarizers.lsa import LsaSummarizer
    from sumy.summarizers.text_rank import TextRankSummarizer
    from sumy.utils import get_stop_words

    class RegexTokenizer(Tokenizer):  # type: ignore[misc]
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
    """Articles a CPU second."""
    from importlib import import_module

    entry = peers.PEERS[method]
    summarize = getattr(import_module(entry.module), entry.function)
    articles = make_articles(n + 1)
    summarize(articles.pop(), "en", PEER_WORDS)
    start = time.process_time()
    for article in articles:
        summarize(article, "en", PEER_WORDS)
    return n / (time.process_time() - start)


def rate_stages(n: int) -> tuple[float, float]:
    """MB a CPU second of segmentation, and of text to terms (segmentation included), cold."""
    articles = make_articles(n)
    from summarize.languages import find_language
    from summarize.segmentation.sentences import split_sentences
    from summarize.tokenization.terms import _load_forms, find_terms

    english = find_language("en")
    split_sentences(articles[0], english)
    find_terms(["A word."], english)
    _load_forms.cache_clear()
    size = sum(map(len, articles)) / 1e6
    start = time.process_time()
    split = [[s.text for s in split_sentences(article, english)] for article in articles]
    middle = time.process_time()
    for sentences in split:
        find_terms(sentences, english)
    return size / (middle - start), size / (time.process_time() - start)


def compare_rankers(ranker: str, other: str, n: int, rounds: int = 9) -> float:
    """Milliseconds of CPU that a ranker takes more than another for an article that is segmented already.

    Every article is ranked by both before the next one; the median of rounds.
    """
    from summarize import segment
    from summarize.pipeline import resolve_ranker

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
    """Median wall seconds of each command, run in turn."""
    times: dict[str, list[float]] = {name: [] for name in commands}
    for _ in range(rounds + 1):
        for name, command in commands.items():
            start = time.perf_counter()
            subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
            times[name].append(time.perf_counter() - start)
    return {name: statistics.median(values[1:]) for name, values in times.items()}


def _in_new_process(function: str, *arguments: object) -> str:
    """What a function returns, as JSON."""
    call = f"import json; from benchmarks.speed import throughput as speed; print(json.dumps(speed.{function}{arguments!r}))"
    environment = os.environ | {"OPENBLAS_NUM_THREADS": "1"}
    done = subprocess.run(
        [sys.executable, "-c", call], check=True, capture_output=True, text=True, cwd=ROOT, env=environment
    )
    return done.stdout


_SUMY_PROCESS = """
import sys
from benchmarks.speed import throughput as speed
speed.make_articles = lambda n: [open(sys.argv[1], encoding="utf-8").read()]
speed.rate_sumy("text-rank", 1)
"""


def measure_processes(rounds: int) -> list[Row]:
    """Whole processes, ours and sumy's."""
    script = Path(sys.executable).with_name("summarize")
    ours = [str(script)] if script.exists() else [sys.executable, "-m", "summarize"]
    commands = {
        "import click, numpy": [sys.executable, "-c", "import click, numpy"],
        "article": [*ours, NEWS],
        "import click": [sys.executable, "-c", "import click"],
        "help": [*ours, "--help"],
    }
    if importlib.util.find_spec("sumy"):
        commands["sumy"] = [sys.executable, "-c", _SUMY_PROCESS, NEWS]
    times = time_processes(commands, rounds)
    over = times["article"] / times["import click, numpy"]
    rows = [
        Row("whole process, 500 words", "", times["article"] * 1000, "ms", ""),
        Row("the same / import click, numpy", "", over, "x", "at most 1.3"),
        Row("--help / import click", "", times["help"] / times["import click"], "x", "at most 1.5"),
    ]
    if "sumy" in times:
        ratio = times["sumy"] / times["article"]
        rows.append(Row("sumy text-rank's process / ours", "", ratio, "x", "at least 3"))
    return rows


def measure_rates(n: int) -> Iterator[Row]:
    """Articles a CPU second of every ranker and of every peer that is installed."""
    from summarize.pipeline import suit_selector
    from summarize.rankers import DEFAULT

    for name in (*RANKERS, *BASELINES):
        value = _in_new_process("rate_ours", name, n)
        reach = "at least 2000" if name in RANKERS else ""
        ranker = DEFAULT if name == "default" else name
        method = f"{ranker}+{suit_selector(ranker)}"
        yield Row(f"articles a CPU second, {name}", method, float(value), "/s", reach)
    few = max(10, n // 20)
    for method in peers.installed():
        name = method.removeprefix("peer:")
        if name.startswith("sumy-"):
            kind = name.removeprefix("sumy-").replace("rank", "-rank")
            value = _in_new_process("rate_sumy", kind, few)
        else:
            value = _in_new_process("rate_peer", method, few)
        yield Row(f"articles a CPU second, {name.replace('sumy-', 'sumy ')}", method, float(value), "/s", "")


def main() -> None:
    """Measure, print, and write the table."""
    from summarize.rankers import DEFAULT

    parser = argparse.ArgumentParser(description="Speed of whole processes and of calls.")
    parser.add_argument("--articles", type=int, default=1000, help="articles a ranker (default: 1000)")
    parser.add_argument("--rounds", type=int, default=15, help="runs of a process (default: 15)")
    parser.add_argument("--results", type=Path, default=report.RESULTS, help="folder")
    arguments = parser.parse_args()
    rows = [*measure_processes(arguments.rounds), *measure_rates(arguments.articles)]
    more = float(_in_new_process("compare_rankers", DEFAULT, "centroid", arguments.articles // 5))
    rows.append(Row(f"{DEFAULT}, an article, more than centroid", "", more, "ms", "at most 0.25"))
    segmentation, terms = json.loads(_in_new_process("rate_stages", arguments.articles))
    rows.append(Row("segmentation", "", segmentation, "MB/s", "at least 15"))
    rows.append(Row("text to terms", "", terms, "MB/s", "at least 3"))
    table = report.markdown_table(
        ("what", "figure", "reach"), [(r.what, f"{format_figure(r.figure)} {r.unit}", r.reach) for r in rows]
    )
    packages = ("numpy", "scipy", "click", *peers.DISTRIBUTIONS)
    where = report.provenance("python -m benchmarks.speed.throughput", *packages)
    report.write_csv(rows, arguments.results / "speed.csv")
    report.write_text(f"# Speed\n\n{where}\n{table}", arguments.results / "speed.md")
    print(table)


def format_figure(value: float) -> str:
    """Three digits, and no exponent: 2,010 and 1.37."""
    return f"{value:,.0f}" if value >= 100 else f"{value:.3g}"


if __name__ == "__main__":
    main()
