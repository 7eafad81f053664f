"""Many files: what the batch costs over a loop, how it grows with workers, and what memory it takes.

    python -m benchmarks.speed.batch [--articles 20000] [--files 100000] [--gigabytes 2]
                                      [--rounds 3] [--work DIR] [--only overhead,workers,sumy,files,memory]

The texts are the articles of `benchmarks.speed.throughput`, of some 500 words, made of the sentences of the
English seeds; 2,000 different ones, repeated. Every figure is of new processes, start included:

- overhead: CPU seconds of ``summarize in.jsonl -o out.jsonl -j 1`` against those of a loop that reads the
  same lines and calls `summarize()`, in turn, medians.
- workers: wall seconds with one worker and with two, in turn, medians; and, as the most that the machine
  gives at the moment, those of two loops beside each other against one.
- sumy: articles a wall second with two workers against a process of sumy for every article, and against sumy
  called in one process. sumy is as it is installed, its own tokenizer included, but for the parameters of
  Punkt, which NLTK would download: Punkt runs without learned abbreviations. Also given: sumy with a regex
  for sentences and words instead, as in `benchmarks.speed.throughput`, which is several times as fast.
- files: so many files of 100 words in a tree; proportional memory (PSS) of all processes, sampled ten times a
  second, and the time to the first record on standard output.
- memory: the same for a JSONL file of so many gigabytes.

Run it on a quiet machine: the load before each part stands in the table.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from benchmarks import report
from benchmarks.speed.throughput import format_figure, make_articles

COMMAND = [sys.executable, "-m", "summarize"]
DIFFERENT = 2000
PARTS = ("overhead", "workers", "sumy", "files", "memory")
_LOOP = """
import json, sys
from summarize import summarize
with open(sys.argv[1], "rb") as file:
    for line in file:
        str(summarize(json.loads(line)["text"]))
"""
# Punkt without the parameters that NLTK would download; all else is sumy's own.
_SUMY = """
import sys, nltk
from nltk.tokenize.punkt import PunktSentenceTokenizer
nltk.tokenize.PunktTokenizer = lambda language: PunktSentenceTokenizer()
punkt = PunktSentenceTokenizer()
nltk.tokenize._get_punkt_tokenizer = lambda language="english": punkt
"""
_SUMY_COMMAND = _SUMY + "from sumy.__main__ import main; main()"
_SUMY_LOOP = (
    _SUMY
    + """
import json
from sumy.nlp.stemmers import Stemmer
from sumy.nlp.tokenizers import Tokenizer
from sumy.parsers.plaintext import PlaintextParser
from sumy.summarizers.text_rank import TextRankSummarizer
from sumy.utils import get_stop_words
tokenizer = Tokenizer("english")
for line in open(sys.argv[1], "rb"):
    summarizer = TextRankSummarizer(Stemmer("english"))
    summarizer.stop_words = get_stop_words("english")
    summarizer(PlaintextParser.from_string(json.loads(line)["text"], tokenizer).document, 3)
"""
)


@dataclass(frozen=True, slots=True)
class Row:
    """A figure of the table, and how busy the machine was before it was measured."""

    what: str
    figure: float
    unit: str
    reach: str
    load: float


@dataclass(frozen=True, slots=True)
class Sample:
    """Memory of all processes of a run at a moment."""

    run: str
    seconds: float
    megabytes: float


@dataclass(frozen=True, slots=True)
class Used:
    """What a command took."""

    wall: float
    cpu: float


def write_articles(path: Path, n: int) -> int:
    """A JSONL file of so many articles; its bytes."""
    lines = [json.dumps({"text": article}) for article in make_articles(min(n, DIFFERENT))]
    with open(path, "w", encoding="utf-8") as file:
        for k in range(n):
            file.write(f'{{"id": {k}, {lines[k % len(lines)][1:]}\n')
    return path.stat().st_size


def run(command: list[str]) -> Used:
    """Run a command; its wall and CPU seconds, those of its own processes included."""
    environment = os.environ | {"OPENBLAS_NUM_THREADS": "1"}
    before = os.times()
    start = time.perf_counter()
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, env=environment, cwd=report.REPOSITORY)
    wall = time.perf_counter() - start
    after = os.times()
    cpu = after.children_user - before.children_user + after.children_system - before.children_system
    return Used(wall, cpu)


def measure_overhead(work: Path, articles: int, rounds: int) -> Iterator[Row]:
    """CPU of one worker against that of a loop."""
    load = os.getloadavg()[0]
    path = work / "articles.jsonl"
    write_articles(path, articles)
    loops, batches = [], []
    for _ in range(rounds):
        loops.append(run([sys.executable, "-c", _LOOP, str(path)]).cpu)
        batches.append(run(batch(path, work / "out.jsonl", 1)).cpu)
    loop, one = statistics.median(loops), statistics.median(batches)
    yield Row(f"CPU of a loop over {articles:,} articles", loop, "s", "", load)
    yield Row("CPU of one worker", one, "s", "", load)
    yield Row("one worker / loop", one / loop, "x", "at most 1.25", load)


def measure_workers(work: Path, articles: int, rounds: int) -> Iterator[Row]:
    """Articles a second of one worker and of two."""
    load = os.getloadavg()[0]
    path = work / "articles.jsonl"
    write_articles(path, articles)
    walls: dict[str, list[float]] = {"1": [], "2": [], "loop": [], "loops": []}
    cpus: dict[str, list[float]] = {"1": [], "2": []}
    loop = [sys.executable, "-c", _LOOP, str(path)]
    for _ in range(rounds):
        for jobs in ("1", "2"):
            used = run(batch(path, work / "out.jsonl", int(jobs)))
            walls[jobs].append(used.wall)
            cpus[jobs].append(used.cpu)
        walls["loop"].append(run(loop).wall)
        start = time.perf_counter()
        environment = os.environ | {"OPENBLAS_NUM_THREADS": "1"}
        for process in [subprocess.Popen(loop, cwd=report.REPOSITORY, env=environment) for _ in range(2)]:
            process.wait()
        walls["loops"].append(time.perf_counter() - start)
    wall = {name: statistics.median(values) for name, values in walls.items()}
    yield Row("articles a second, one worker", articles / wall["1"], "/s", "", load)
    yield Row("articles a second, two workers", articles / wall["2"], "/s", "", load)
    yield Row("two workers / one", wall["1"] / wall["2"], "x", "at least 1.8", load)
    yield Row("two loops beside each other / one", 2 * wall["loop"] / wall["loops"], "x", "", load)
    cpu = statistics.median(cpus["2"]) / statistics.median(cpus["1"])
    yield Row("CPU of two workers / one", cpu, "x", "", load)


def measure_sumy(work: Path, articles: int) -> Iterator[Row]:
    """Articles a second of two workers, against sumy in a loop of a shell and in one process."""
    load = os.getloadavg()[0]
    path = work / "articles.jsonl"
    write_articles(path, articles)
    few = work / "few.jsonl"
    write_articles(few, 200)
    article = work / "article.txt"
    article.write_text(make_articles(1)[0], encoding="utf-8")
    command = [sys.executable, "-c", _SUMY_COMMAND, "text-rank", "--length=3", f"--file={article}"]
    shell = 1 / statistics.median(run([*command, "--format=plaintext"]).wall for _ in range(7))
    start = run([sys.executable, "-c", _SUMY_LOOP, os.devnull]).wall
    inside = 200 / (run([sys.executable, "-c", _SUMY_LOOP, str(few)]).wall - start)
    code = "from benchmarks.speed.throughput import rate_sumy; print(rate_sumy('text-rank', 200))"
    done = subprocess.run(
        [sys.executable, "-c", code], check=True, capture_output=True, text=True, cwd=report.REPOSITORY
    )
    ours = articles / run(batch(path, work / "out.jsonl", 2)).wall
    quick = float(done.stdout)
    yield Row("articles a second, two workers, beside sumy", ours, "/s", "", load)
    yield Row("articles a second, a process of sumy text-rank for each", shell, "/s", "", load)
    yield Row("articles a second, sumy text-rank in one process", inside, "/s", "", load)
    yield Row("articles a second, sumy text-rank in one process, with a regex", quick, "/s", "", load)
    yield Row("two workers / a process of sumy for each", ours / shell, "x", "at least 1000", load)
    yield Row("two workers / sumy in one process", ours / inside, "x", "at least 40", load)
    yield Row("two workers / sumy in one process, with a regex", ours / quick, "x", "", load)


def batch(source: Path, output: Path, jobs: int) -> list[str]:
    """The command over a file or a tree."""
    return [*COMMAND, str(source), "-o", str(output), "-j", str(jobs), "--quiet"]


def write_tree(folder: Path, n: int) -> None:
    """A tree of so many files of 100 words."""
    articles = make_articles(DIFFERENT, 100)
    for k in range(n):
        path = folder / f"{k // 1000:03}" / f"{k % 1000:03}.txt"
        if k % 1000 == 0:
            path.parent.mkdir(parents=True)
        path.write_text(articles[k % len(articles)], encoding="utf-8")


def watch(name: str, command: list[str], samples: list[Sample]) -> tuple[float, float]:
    """Run a command; seconds to its first line on standard output, and megabytes at the peak."""
    start = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.PIPE, cwd=report.REPOSITORY)
    assert process.stdout is not None
    first = [0.0]

    def drain() -> None:
        assert process.stdout is not None
        process.stdout.readline()
        first[0] = time.perf_counter() - start
        while process.stdout.read(1 << 16):
            pass

    thread = threading.Thread(target=drain)
    thread.start()
    mine = []
    while process.poll() is None:
        size = sum(map(measure_process, [process.pid, *find_children(process.pid)]))
        mine.append(Sample(name, time.perf_counter() - start, size))
        time.sleep(0.1)
    thread.join()
    assert process.returncode == 0
    samples += mine[:: max(1, len(mine) // 400)]
    return first[0], max(sample.megabytes for sample in mine)


def find_children(process: int) -> list[int]:
    """The processes that a process has started."""
    try:
        return [int(child) for child in Path(f"/proc/{process}/task/{process}/children").read_text().split()]
    except OSError:
        return []


def measure_process(process: int) -> float:
    """Proportional memory of a process in megabytes; 0 if it is gone."""
    try:
        for line in Path(f"/proc/{process}/smaps_rollup").read_text().splitlines():
            if line.startswith("Pss:"):
                return int(line.split()[1]) / 1024
    except OSError:
        pass
    return 0.0


def measure_files(work: Path, files: int, samples: list[Sample]) -> Iterator[Row]:
    """Memory, and time to the first result, of a tree of small files."""
    load = os.getloadavg()[0]
    write_tree(work / "tree", files)
    name = f"{files:,} files"
    command = [*COMMAND, str(work / "tree"), "-f", "jsonl", "-j", "2", "--quiet"]
    start = time.perf_counter()
    first, peak = watch(name, command, samples)
    wall = time.perf_counter() - start
    yield Row(f"{name}: peak memory", peak, "MB", "under 400", load)
    yield Row(f"{name}: first result", first, "s", "at most 2", load)
    yield Row(f"{name}: files a second", files / wall, "/s", "", load)
    start = time.perf_counter()
    _, peak = watch(f"{name} to files", batch(work / "tree", work / "summaries", 2), samples)
    wall = time.perf_counter() - start
    yield Row(f"{name} to files: peak memory", peak, "MB", "under 400", load)
    yield Row(f"{name} to files: files a second", files / wall, "/s", "", load)


def measure_memory(work: Path, gigabytes: float, samples: list[Sample]) -> Iterator[Row]:
    """Memory of a long JSONL file."""
    load = os.getloadavg()[0]
    path = work / "long.jsonl"
    write_articles(path, DIFFERENT)
    repeat_file(path, int(gigabytes * 1e9))
    name = f"{gigabytes:g} GB of JSONL"
    start = time.perf_counter()
    _, peak = watch(name, batch(path, work / "long.out.jsonl", 2), samples)
    wall = time.perf_counter() - start
    mine = [s.megabytes for s in samples if s.run == name]
    quarter = len(mine) // 4
    yield Row(f"{name}: peak memory, two workers", peak, "MB", "under 600", load)
    growth = max(mine[-quarter:]) - max(mine[quarter : 2 * quarter])
    yield Row(f"{name}: peak of the last quarter less that of the second", growth, "MB", "flat", load)
    yield Row(f"{name}: rate", path.stat().st_size / 1e6 / wall, "MB/s", "", load)


def repeat_file(path: Path, size: int) -> None:
    """Write a file behind itself until it is so large."""
    data = path.read_bytes()
    with open(path, "ab") as file:
        while file.tell() < size:
            file.write(data)


def write_results(rows: list[Row], samples: list[Sample], folder: Path) -> str:
    """Figures, samples of memory, table and plot."""
    table = report.markdown_table(
        ("what", "figure", "reach", "load before"),
        [(r.what, f"{format_figure(r.figure)} {r.unit}", r.reach, f"{r.load:.1f}") for r in rows],
    )
    where = report.provenance("python -m benchmarks.speed.batch", "numpy", "sumy", "nltk")
    report.write_csv(rows, folder / "batch.csv")
    report.write_text(f"# Many files\n\n{where}\n{table}", folder / "batch.md")
    if samples:
        report.write_csv(samples, folder / "batch-memory.csv")
    if samples and report.can_plot():
        panels = {
            name: [
                report.Line(
                    "all processes",
                    [s.seconds for s in samples if s.run == name],
                    [s.megabytes for s in samples if s.run == name],
                )
            ]
            for name in dict.fromkeys(s.run for s in samples)
        }
        report.plot_lines(panels, folder / "batch", x_label="seconds", y_label="megabytes (PSS)")
    return table


def main() -> None:
    """Measure, print, and write table and plot."""
    parser = argparse.ArgumentParser(description="Cost, growth and memory of runs over many files.")
    parser.add_argument("--articles", type=int, default=20_000)
    parser.add_argument("--files", type=int, default=100_000)
    parser.add_argument("--gigabytes", type=float, default=2)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--work", type=Path, help="where there is room; a temporary folder by default")
    parser.add_argument("--only", default=",".join(PARTS))
    parser.add_argument("--results", type=Path, default=report.RESULTS, help="folder")
    arguments = parser.parse_args()
    parts = arguments.only.split(",")
    work = Path(tempfile.mkdtemp(dir=arguments.work))
    samples: list[Sample] = []
    measures = {
        "overhead": measure_overhead(work, arguments.articles, arguments.rounds),
        "workers": measure_workers(work, arguments.articles, arguments.rounds),
        "sumy": measure_sumy(work, arguments.articles),
        "files": measure_files(work, arguments.files, samples),
        "memory": measure_memory(work, arguments.gigabytes, samples),
    }
    rows = []
    try:
        for part in parts:
            for row in measures[part]:
                print(row, file=sys.stderr, flush=True)
                rows.append(row)
    finally:
        shutil.rmtree(work)
    print(write_results(rows, samples, arguments.results))


if __name__ == "__main__":
    main()
