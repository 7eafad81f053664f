"""How fast: the whole process, and articles a second in one.

    python -m benchmarks.speed [--articles N] [--rounds N]

How it is fair: the processes of a comparison run in turn, and the ratio is that of medians. Articles of
some 500 words are made of the sentences of the English seeds, drawn with a fixed seed, so no two are
alike; every ranker gets its own new process, an empty vocabulary and one thread; counted are CPU
seconds from the text to the summary of three sentences, imports aside. sumy gets the same articles, its
own tokenizer and stemmer, and a simple rule for sentences in place of NLTK's data, which must be
downloaded and is slower; its own figure is therefore flattered.
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
from dataclasses import dataclass
from pathlib import Path

from benchmarks import report

ROOT = report.REPOSITORY
NEWS = str(ROOT / "seeds" / "news.en.txt")
RANKERS = ("default", "textrank", "lexrank", "lsa", "centroid", "directed")
_LETTERS = str.maketrans("0123456789", "aeioukrtmn")
SUMY = ("text-rank", "lex-rank", "lsa")


@dataclass(frozen=True, slots=True)
class Row:
    """A figure of the table."""

    what: str
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
    from summarize.words import _load_forms

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


def rate_stages(n: int) -> tuple[float, float]:
    """MB a CPU second of segmentation, and of text to terms (segmentation included), cold."""
    articles = make_articles(n)
    from summarize.languages import find_language
    from summarize.segmentation import split_sentences
    from summarize.words import _load_forms, find_terms

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


def time_processes(commands: dict[str, list[str]], rounds: int) -> dict[str, float]:
    """Median wall seconds of each command, run in turn."""
    times: dict[str, list[float]] = {name: [] for name in commands}
    for _ in range(rounds + 1):
        for name, command in commands.items():
            start = time.perf_counter()
            subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
            times[name].append(time.perf_counter() - start)
    return {name: statistics.median(values[1:]) for name, values in times.items()}


def _in_new_process(function: str, *arguments: object) -> float | list[float]:
    call = f"import json; from benchmarks import speed; print(json.dumps(speed.{function}{arguments!r}))"
    environment = os.environ | {"OPENBLAS_NUM_THREADS": "1"}
    done = subprocess.run(
        [sys.executable, "-c", call], check=True, capture_output=True, text=True, cwd=ROOT, env=environment
    )
    value: float | list[float] = json.loads(done.stdout)
    return value


_SUMY_PROCESS = """
import sys
from benchmarks import speed
speed.make_articles = lambda n: [open(sys.argv[1], encoding="utf-8").read()]
speed.rate_sumy("text-rank", 1)
"""


def main() -> None:
    """Measure, print, and write the table."""
    parser = argparse.ArgumentParser(description="Speed of whole processes and of calls.")
    parser.add_argument("--articles", type=int, default=1000, help="articles a ranker (default: 1000)")
    parser.add_argument("--rounds", type=int, default=15, help="runs of a process (default: 15)")
    arguments = parser.parse_args()
    script = Path(sys.executable).with_name("summarize")
    ours = [str(script)] if script.exists() else [sys.executable, "-m", "summarize"]
    commands = {
        "import click, numpy": [sys.executable, "-c", "import click, numpy"],
        "article": [*ours, NEWS],
        "import click": [sys.executable, "-c", "import click"],
        "help": [*ours, "--help"],
    }
    has_sumy = importlib.util.find_spec("sumy") is not None
    if has_sumy:
        commands["sumy"] = [sys.executable, "-c", _SUMY_PROCESS, NEWS]
    times = time_processes(commands, arguments.rounds)
    rows = [
        Row("whole process, 500 words", times["article"] * 1000, "ms", ""),
        Row(
            "the same / import click, numpy",
            times["article"] / times["import click, numpy"],
            "x",
            "at most 1.3",
        ),
        Row("--help / import click", times["help"] / times["import click"], "x", "at most 1.5"),
    ]
    if has_sumy:
        rows.append(
            Row("sumy text-rank's process / ours", times["sumy"] / times["article"], "x", "at least 3")
        )
    rates: dict[str, float] = {}
    for name in RANKERS:
        value = _in_new_process("rate_ours", name, arguments.articles)
        assert isinstance(value, float)
        rates[name] = value
        rows.append(Row(f"articles a CPU second, {name}", value, "/s", "at least 2000"))
    for name in SUMY if has_sumy else ():
        value = _in_new_process("rate_sumy", name, max(10, arguments.articles // 20))
        assert isinstance(value, float)
        rows.append(Row(f"articles a CPU second, sumy {name}", value, "/s", ""))
    stages = _in_new_process("rate_stages", arguments.articles)
    assert isinstance(stages, list)
    rows.append(Row("segmentation", stages[0], "MB/s", "at least 15"))
    rows.append(Row("text to terms", stages[1], "MB/s", "at least 3"))
    table = report.markdown_table(
        ("what", "figure", "reach"), [(r.what, f"{r.figure:.3g} {r.unit}", r.reach) for r in rows]
    )
    where = report.provenance("python -m benchmarks.speed", "numpy", "scipy", "sumy", "click")
    report.write_csv(rows, report.RESULTS / "speed.csv")
    report.write_text(f"# Speed\n\n{where}\n{table}", report.RESULTS / "speed.md")
    print(table)


if __name__ == "__main__":
    main()
