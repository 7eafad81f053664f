"""Compare the throughput of the Ray engine with the local engine.

    python -m benchmarks.speed.engines [--articles 20000] [--rounds 3] [--work DIR]

The articles are those of `benchmarks.speed.batch`, about 500 words each, in one JSONL file. Both engines
have two workers and write JSON Lines. Runs alternate, and the table has medians:

- Without start-up: for the local engine, the wall time of a run minus that of a run over 64 articles; for
  Ray, the wall time on a running local cluster that has already processed 2,000 articles. The CPU time of
  all processes is also shown, since it depends less on other load on the machine.
- Whole commands: the wall time of ``summarize``, including the start and stop of the cluster.
- Resumed: a second run on Ray with ``--resume`` over the same articles.

Run this on an idle machine. The table shows the system load before each part.
"""

from __future__ import annotations

import argparse
import os
import shutil
import statistics
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from benchmarks import report
from benchmarks.speed.batch import Row, Usage, find_children, make_command, run, write_articles

JOBS = 2
_N_WARM = 2000
_N_FEW = 64
_NOTE = """If the load is not close to 0, the machine was busy: then the ratios, which come from
alternating runs, are more reliable than the rates.
"""


def time_local(path: Path, output: Path) -> Usage:
    """Time a run of the local engine."""
    from summarize import Settings
    from summarize.batch.files import summarize_files

    start, before = time.perf_counter(), os.times()
    for _ in summarize_files([str(path)], str(output), Settings(), jobs=JOBS):
        pass
    # The workers have ended, so their time counts as time of children.
    cpu = sum(os.times()[:4]) - sum(before[:4])
    return Usage(time.perf_counter() - start, cpu)


def measure_cpu(process: int) -> float:
    """Return the CPU seconds of a process and of its living descendants."""
    try:
        fields = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return 0.0
    own = (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
    return own + sum(map(measure_cpu, find_children(process)))


def time_ray(path: Path, output: Path, *, resume: bool = False) -> Usage:
    """Time a run on the connected cluster, whose processes are children of this one."""
    from summarize import Settings
    from summarize.engines.ray_data import summarize_on_ray

    if not resume:
        shutil.rmtree(output, ignore_errors=True)
    start, before = time.perf_counter(), measure_cpu(os.getpid())
    for _ in summarize_on_ray([str(path)], str(output), Settings(), jobs=JOBS, resume=resume):
        pass
    return Usage(time.perf_counter() - start, measure_cpu(os.getpid()) - before)


def measure_engines(work: Path, articles: int, rounds: int) -> Iterator[Row]:
    """Measure the articles per second of both engines, without start-up."""
    import ray

    path, warm, few = work / "articles.jsonl", work / "warm.jsonl", work / "few.jsonl"
    for place, n in ((path, articles), (warm, _N_WARM), (few, _N_FEW)):
        write_articles(place, n)
    options: dict[str, Any] = {"include_dashboard": False, "log_to_driver": False, "logging_level": "ERROR"}
    ray.init(address="local", num_cpus=JOBS, **options)
    time_ray(warm, work / "warm")
    load = os.getloadavg()[0]
    local, on_ray, resumed = [], [], []
    for _ in range(rounds):
        whole, start = time_local(path, work / "out.jsonl"), time_local(few, work / "few.out.jsonl")
        local.append(Usage(whole.wall - start.wall, whole.cpu - start.cpu))
        on_ray.append(time_ray(path, work / "shards"))
        resumed.append(time_ray(path, work / "shards", resume=True))
    ray.shutdown()
    shards = sorted((work / "shards").glob("part-*"))
    assert b"".join(shard.read_bytes() for shard in shards) == (work / "out.jsonl").read_bytes()
    here, there = (statistics.median(usage.wall for usage in each) for each in (local, on_ray))
    yield Row("articles per second, local engine, two workers", articles / here, "/s", "", load)
    yield Row("articles per second, Ray, two workers", articles / there, "/s", "", load)
    yield Row("Ray / local", here / there, "x", "at least 0.7", load)
    cpu_here, cpu_there = (statistics.median(usage.cpu for usage in each) for each in (local, on_ray))
    yield Row("articles per CPU second, local engine", articles / cpu_here, "/s", "", load)
    yield Row("articles per CPU second, Ray", articles / cpu_there, "/s", "", load)
    yield Row("Ray / local, by CPU", cpu_here / cpu_there, "x", "", load)
    again = statistics.median(usage.wall for usage in resumed)
    yield Row("articles per second, Ray, resumed", articles / again, "/s", "", load)


def measure_commands(work: Path, articles: int, rounds: int) -> Iterator[Row]:
    """Time whole commands."""
    path = work / "articles.jsonl"
    write_articles(path, articles)
    load = os.getloadavg()[0]
    local, on_ray = [], []
    for _ in range(rounds):
        local.append(run(make_command(path, work / "out.jsonl", JOBS)).wall)
        shutil.rmtree(work / "shards", ignore_errors=True)
        options = ["--engine", "ray", "--address", "local"]
        on_ray.append(run([*make_command(path, work / "shards", JOBS), *options]).wall)
    yield Row("whole command, local engine", statistics.median(local), "s", "", load)
    yield Row("whole command, Ray with its own cluster", statistics.median(on_ray), "s", "", load)


def main() -> None:
    """Measure, and write and print the table."""
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.speed.engines",
        description="Compare the Ray engine with the local engine.",
    )
    add = parser.add_argument
    add("--articles", type=int, default=20_000, help="number of articles (default: %(default)s)")
    add("--rounds", type=int, default=3, help="runs of each engine (default: %(default)s)")
    add("--work", type=Path, help="folder for inputs and outputs (default: a temporary folder)")
    add("--results", type=Path, default=report.RESULTS, help="output folder")
    arguments = parser.parse_args()
    os.environ |= {"RAY_DATA_LOG_LEVEL": "ERROR", "RAY_USAGE_STATS_ENABLED": "0"}
    with tempfile.TemporaryDirectory(dir=arguments.work) as folder:
        work = Path(folder)
        rows = [
            *measure_engines(work, arguments.articles, arguments.rounds),
            *measure_commands(work, arguments.articles, arguments.rounds),
        ]
    table = report.markdown_table(
        ("quantity", "figure", "target", "load before"),
        [(r.quantity, f"{report.format_figure(r.figure)} {r.unit}", r.target, f"{r.load:.1f}") for r in rows],
    )
    where = report.provenance("benchmarks.speed.engines", "numpy", "ray", "pyarrow")
    report.write_csv(rows, arguments.results / "engines.csv")
    report.write_text(f"# The Ray engine\n\n{where}\n{_NOTE}\n{table}", arguments.results / "engines.md")
    print(table)


if __name__ == "__main__":
    main()
