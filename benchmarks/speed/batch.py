"""Measure runs over many files: overhead, scaling with workers, and memory.

    python -m benchmarks.speed.batch [--articles 20000] [--files 100000] [--gigabytes 2]
                                      [--rounds 3] [--work DIR] [--only overhead,workers,sumy,files,memory]

The texts are 2,000 different articles of about 500 words (see `benchmarks.speed.articles`), repeated. Every
figure is from new processes and includes their start-up:

- overhead: CPU time of ``summarize in.jsonl -o out.jsonl -j 1``, compared with a loop that reads the same
  lines and calls `summarize()`. Medians of alternating runs.
- workers: wall time with one worker and with two. Medians of alternating runs. Two parallel loops, compared
  with one, show the best that the machine can do at that moment.
- sumy: articles per second of wall time with two workers, compared with one sumy process per article, and
  with sumy called in a single process. sumy runs with its own tokenizer, but Punkt runs without learned
  abbreviations, since NLTK would download them. For comparison, sumy also runs with regexes for sentences and
  words, as in `benchmarks.speed.throughput`, which is several times as fast.
- files: a directory tree of files of 100 words. Proportional set size (PSS) of all processes, sampled ten
  times per second, and the time to the first record on standard output.
- memory: the same for one large JSONL file.

Run this on an idle machine. The table shows the system load before each part.
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
from benchmarks.speed.articles import make_articles

COMMAND = [sys.executable, "-m", "summarize"]
N_DIFFERENT = 2000
PARTS = ("overhead", "workers", "sumy", "files", "memory")
_LOOP = """
import json, sys
from summarize import summarize
with open(sys.argv[1], "rb") as file:
    for line in file:
        str(summarize(json.loads(line)["text"]))
"""
# Runs Punkt without the parameters that NLTK would download. The rest is sumy's default.
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
    """A row of the table; `load` is the system load before the measurement."""

    quantity: str
    figure: float
    unit: str
    target: str
    load: float


@dataclass(frozen=True, slots=True)
class Sample:
    """Memory of all processes of a run at one point in time."""

    run: str
    seconds: float
    megabytes: float


@dataclass(frozen=True, slots=True)
class Usage:
    """Wall and CPU seconds of a command."""

    wall: float
    cpu: float


def write_articles(path: Path, n: int) -> int:
    """Write a JSONL file of articles; return its size in bytes."""
    lines = [json.dumps({"text": article}) for article in make_articles(min(n, N_DIFFERENT))]
    with open(path, "w", encoding="utf-8") as file:
        for k in range(n):
            file.write(f'{{"id": {k}, {lines[k % len(lines)][1:]}\n')
    return path.stat().st_size


def run(command: list[str]) -> Usage:
    """Run a command; return its wall and CPU seconds, including those of its child processes."""
    environment = os.environ | {"OPENBLAS_NUM_THREADS": "1"}
    before = os.times()
    start = time.perf_counter()
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, env=environment, cwd=report.REPOSITORY)
    wall = time.perf_counter() - start
    after = os.times()
    cpu = after.children_user - before.children_user + after.children_system - before.children_system
    return Usage(wall, cpu)


def measure_overhead(work: Path, articles: int, rounds: int) -> Iterator[Row]:
    """Compare the CPU time of one worker with a loop."""
    load = os.getloadavg()[0]
    path = work / "articles.jsonl"
    write_articles(path, articles)
    loops, batches = [], []
    for _ in range(rounds):
        loops.append(run([sys.executable, "-c", _LOOP, str(path)]).cpu)
        batches.append(run(make_command(path, work / "out.jsonl", 1)).cpu)
    loop, one = statistics.median(loops), statistics.median(batches)
    yield Row(f"CPU of a loop over {articles:,} articles", loop, "s", "", load)
    yield Row("CPU of one worker", one, "s", "", load)
    yield Row("one worker / loop", one / loop, "x", "at most 1.25", load)


def measure_workers(work: Path, articles: int, rounds: int) -> Iterator[Row]:
    """Measure the articles per second of one worker and of two."""
    load = os.getloadavg()[0]
    path = work / "articles.jsonl"
    write_articles(path, articles)
    walls: dict[str, list[float]] = {"1": [], "2": [], "loop": [], "loops": []}
    cpus: dict[str, list[float]] = {"1": [], "2": []}
    loop = [sys.executable, "-c", _LOOP, str(path)]
    for _ in range(rounds):
        for jobs in ("1", "2"):
            usage = run(make_command(path, work / "out.jsonl", int(jobs)))
            walls[jobs].append(usage.wall)
            cpus[jobs].append(usage.cpu)
        walls["loop"].append(run(loop).wall)
        start = time.perf_counter()
        environment = os.environ | {"OPENBLAS_NUM_THREADS": "1"}
        for process in [subprocess.Popen(loop, cwd=report.REPOSITORY, env=environment) for _ in range(2)]:
            process.wait()
        walls["loops"].append(time.perf_counter() - start)
    wall = {name: statistics.median(values) for name, values in walls.items()}
    yield Row("articles per second, one worker", articles / wall["1"], "/s", "", load)
    yield Row("articles per second, two workers", articles / wall["2"], "/s", "", load)
    yield Row("two workers / one", wall["1"] / wall["2"], "x", "at least 1.8", load)
    yield Row("two loops in parallel / one loop", 2 * wall["loop"] / wall["loops"], "x", "", load)
    cpu = statistics.median(cpus["2"]) / statistics.median(cpus["1"])
    yield Row("CPU of two workers / one", cpu, "x", "", load)


def measure_sumy(work: Path, articles: int) -> Iterator[Row]:
    """Compare two workers with sumy in a shell loop and in one process."""
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
    rate = articles / run(make_command(path, work / "out.jsonl", 2)).wall
    quick = float(done.stdout)
    yield Row("articles per second, two workers, next to sumy", rate, "/s", "", load)
    yield Row("articles per second, one sumy text-rank process per article", shell, "/s", "", load)
    yield Row("articles per second, sumy text-rank in one process", inside, "/s", "", load)
    yield Row("articles per second, sumy text-rank in one process, with a regex", quick, "/s", "", load)
    yield Row("two workers / one sumy process per article", rate / shell, "x", "at least 1000", load)
    yield Row("two workers / sumy in one process", rate / inside, "x", "at least 40", load)
    yield Row("two workers / sumy in one process, with a regex", rate / quick, "x", "", load)


def make_command(source: Path, output: Path, jobs: int) -> list[str]:
    """Make the command that summarizes a file or a directory."""
    return [*COMMAND, str(source), "-o", str(output), "-j", str(jobs), "--quiet"]


def write_tree(folder: Path, n: int) -> None:
    """Write a directory tree of `n` files of 100 words, 1,000 per directory."""
    articles = make_articles(N_DIFFERENT, 100)
    for k in range(n):
        path = folder / f"{k // 1000:03}" / f"{k % 1000:03}.txt"
        if k % 1000 == 0:
            path.parent.mkdir(parents=True)
        path.write_text(articles[k % len(articles)], encoding="utf-8")


def watch(name: str, command: list[str], samples: list[Sample]) -> tuple[float, float]:
    """Run a command and sample its memory.

    Returns
    -------
    first : float
        Seconds to the first line on standard output.
    peak : float
        Maximum memory in megabytes.
    """
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
    taken = []
    while process.poll() is None:
        size = sum(map(measure_process, [process.pid, *find_children(process.pid)]))
        taken.append(Sample(name, time.perf_counter() - start, size))
        time.sleep(0.1)
    thread.join()
    assert process.returncode == 0
    samples += taken[:: max(1, len(taken) // 400)]
    return first[0], max(sample.megabytes for sample in taken)


def find_children(process: int) -> list[int]:
    """List the child processes of a process."""
    try:
        return [int(child) for child in Path(f"/proc/{process}/task/{process}/children").read_text().split()]
    except OSError:
        return []


def measure_process(process: int) -> float:
    """Return the proportional set size of a process in megabytes, or 0 if it has ended."""
    try:
        for line in Path(f"/proc/{process}/smaps_rollup").read_text().splitlines():
            if line.startswith("Pss:"):
                return int(line.split()[1]) / 1024
    except OSError:
        pass
    return 0.0


def measure_files(work: Path, files: int, samples: list[Sample]) -> Iterator[Row]:
    """Measure memory and the time to the first result on a tree of small files."""
    load = os.getloadavg()[0]
    write_tree(work / "tree", files)
    name = f"{files:,} files"
    command = [*COMMAND, str(work / "tree"), "-f", "jsonl", "-j", "2", "--quiet"]
    start = time.perf_counter()
    first, peak = watch(name, command, samples)
    wall = time.perf_counter() - start
    yield Row(f"{name}: peak memory", peak, "MB", "under 400", load)
    yield Row(f"{name}: first result", first, "s", "at most 2", load)
    yield Row(f"{name}: files per second", files / wall, "/s", "", load)
    start = time.perf_counter()
    _, peak = watch(f"{name} to files", make_command(work / "tree", work / "summaries", 2), samples)
    wall = time.perf_counter() - start
    yield Row(f"{name} to files: peak memory", peak, "MB", "under 400", load)
    yield Row(f"{name} to files: files per second", files / wall, "/s", "", load)


def measure_memory(work: Path, gigabytes: float, samples: list[Sample]) -> Iterator[Row]:
    """Measure memory on a large JSONL file."""
    load = os.getloadavg()[0]
    path = work / "long.jsonl"
    write_articles(path, N_DIFFERENT)
    repeat_file(path, int(gigabytes * 1e9))
    name = f"{gigabytes:g} GB of JSONL"
    start = time.perf_counter()
    _, peak = watch(name, make_command(path, work / "long.out.jsonl", 2), samples)
    wall = time.perf_counter() - start
    own = [s.megabytes for s in samples if s.run == name]
    quarter = len(own) // 4
    yield Row(f"{name}: peak memory, two workers", peak, "MB", "under 600", load)
    growth = max(own[-quarter:]) - max(own[quarter : 2 * quarter])
    yield Row(f"{name}: peak of the last quarter − peak of the second", growth, "MB", "flat", load)
    yield Row(f"{name}: rate", path.stat().st_size / 1e6 / wall, "MB/s", "", load)


def repeat_file(path: Path, size: int) -> None:
    """Append the content of a file to itself until it reaches a size in bytes."""
    data = path.read_bytes()
    with open(path, "ab") as file:
        while file.tell() < size:
            file.write(data)


def write_results(rows: list[Row], samples: list[Sample], folder: Path) -> str:
    """Write the figures, the memory samples, the table and the plot; return the table."""
    table = report.markdown_table(
        ("quantity", "figure", "target", "load before"),
        [(r.quantity, f"{report.format_figure(r.figure)} {r.unit}", r.target, f"{r.load:.1f}") for r in rows],
    )
    where = report.provenance("benchmarks.speed.batch", "numpy", "sumy", "nltk")
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
    """Measure, and write and print the tables and the plot."""
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.speed.batch", description="Measure runs over many files."
    )
    add = parser.add_argument
    add("--articles", type=int, default=20_000, help="articles per run (default: %(default)s)")
    add("--files", type=int, default=100_000, help="files in the tree (default: %(default)s)")
    add("--gigabytes", type=float, default=2, help="size of the JSONL file (default: %(default)s)")
    add("--rounds", type=int, default=3, help="runs of each command (default: %(default)s)")
    add("--work", type=Path, help="folder for inputs and outputs (default: a temporary folder)")
    add("--only", default=",".join(PARTS), help="parts to run, comma-separated (default: %(default)s)")
    add("--results", type=Path, default=report.RESULTS, help="output folder")
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
