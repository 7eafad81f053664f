"""The Ray engine against the local one: articles a second.

    python -m benchmarks.speed.engines [--articles 20000] [--rounds 3] [--work DIR]

The articles are those of `benchmarks.speed.batch`, some 500 words each, in one JSONL file; both engines
have two workers and write JSON lines. In turn, medians of the rounds:

- start-up aside: of the local engine, the wall seconds of a run less those of a run over 64 articles; of Ray,
  those of a run on a local cluster that is there and has done 2,000 articles. Also CPU seconds of all
  processes, which say the same of a machine that others use, too.
- whole commands: wall seconds of ``summarize``, start and end of the cluster included.
- resumed: a second run on Ray with ``--resume`` over the same articles.

Run it on a quiet machine: the load before each part stands in the table.
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
from benchmarks.speed.throughput import format_figure
from benchmarks.speed.batch import Row, Used, batch, find_children, run, write_articles

JOBS = 2
_WARM = 2000
_FEW = 64
_NOTE = """A load that is not near 0 means that others were using the machine, too: then take the
ratios, of runs in turn, and not the rates.
"""


def time_local(path: Path, output: Path) -> Used:
    """A run of the local engine."""
    from summarize import Settings
    from summarize.batch.files import summarize_files

    start, before = time.perf_counter(), os.times()
    for _ in summarize_files([str(path)], str(output), Settings(), jobs=JOBS):
        pass
    # Its workers are waited for, and so counted as children.
    cpu = sum(os.times()[:4]) - sum(before[:4])
    return Used(time.perf_counter() - start, cpu)


def measure_cpu(process: int) -> float:
    """CPU seconds of a process and of all that descend from it and are alive."""
    try:
        fields = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return 0.0
    own = (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
    return own + sum(map(measure_cpu, find_children(process)))


def time_ray(path: Path, output: Path, *, resume: bool = False) -> Used:
    """A run on the cluster that is connected, and whose processes this one has started."""
    from summarize import Settings
    from summarize.engines.ray_data import summarize_on_ray

    if not resume:
        shutil.rmtree(output, ignore_errors=True)
    start, before = time.perf_counter(), measure_cpu(os.getpid())
    for _ in summarize_on_ray([str(path)], str(output), Settings(), jobs=JOBS, resume=resume):
        pass
    return Used(time.perf_counter() - start, measure_cpu(os.getpid()) - before)


def measure_engines(work: Path, articles: int, rounds: int) -> Iterator[Row]:
    """Articles a second of both, start-up aside."""
    import ray

    path, warm, few = work / "articles.jsonl", work / "warm.jsonl", work / "few.jsonl"
    for place, n in ((path, articles), (warm, _WARM), (few, _FEW)):
        write_articles(place, n)
    options: dict[str, Any] = {"include_dashboard": False, "log_to_driver": False, "logging_level": "ERROR"}
    ray.init(address="local", num_cpus=JOBS, **options)
    time_ray(warm, work / "warm")
    load = os.getloadavg()[0]
    local, on_ray, resumed = [], [], []
    for _ in range(rounds):
        whole, start = time_local(path, work / "out.jsonl"), time_local(few, work / "few.out.jsonl")
        local.append(Used(whole.wall - start.wall, whole.cpu - start.cpu))
        on_ray.append(time_ray(path, work / "shards"))
        resumed.append(time_ray(path, work / "shards", resume=True))
    ray.shutdown()
    shards = sorted((work / "shards").glob("part-*"))
    assert b"".join(shard.read_bytes() for shard in shards) == (work / "out.jsonl").read_bytes()
    here, there = (statistics.median(used.wall for used in each) for each in (local, on_ray))
    yield Row("articles a second, local engine, two workers", articles / here, "/s", "", load)
    yield Row("articles a second, Ray, two workers", articles / there, "/s", "", load)
    yield Row("Ray / local", here / there, "x", "at least 0.7", load)
    used_here, used_there = (statistics.median(used.cpu for used in each) for each in (local, on_ray))
    yield Row("articles a CPU second, local engine", articles / used_here, "/s", "", load)
    yield Row("articles a CPU second, Ray", articles / used_there, "/s", "", load)
    yield Row("Ray / local, by CPU", used_here / used_there, "x", "", load)
    again = statistics.median(used.wall for used in resumed)
    yield Row("articles a second, Ray, resumed", articles / again, "/s", "", load)


def measure_commands(work: Path, articles: int, rounds: int) -> Iterator[Row]:
    """Whole commands."""
    path = work / "articles.jsonl"
    write_articles(path, articles)
    load = os.getloadavg()[0]
    local, on_ray = [], []
    for _ in range(rounds):
        local.append(run(batch(path, work / "out.jsonl", JOBS)).wall)
        shutil.rmtree(work / "shards", ignore_errors=True)
        options = ["--engine", "ray", "--address", "local"]
        on_ray.append(run([*batch(path, work / "shards", JOBS), *options]).wall)
    yield Row("whole command, local engine", statistics.median(local), "s", "", load)
    yield Row("whole command, Ray with a cluster of its own", statistics.median(on_ray), "s", "", load)


def main() -> None:
    """Measure, print, and write the table."""
    parser = argparse.ArgumentParser(description="The Ray engine against the local one.")
    parser.add_argument("--articles", type=int, default=20_000, help="default: 20000")
    parser.add_argument("--rounds", type=int, default=3, help="runs of each, medians are given (default: 3)")
    parser.add_argument("--work", type=Path, help="folder for inputs and outputs (default: a temporary one)")
    parser.add_argument("--results", type=Path, default=report.RESULTS, help="folder")
    arguments = parser.parse_args()
    os.environ |= {"RAY_DATA_LOG_LEVEL": "ERROR", "RAY_USAGE_STATS_ENABLED": "0"}
    with tempfile.TemporaryDirectory(dir=arguments.work) as folder:
        work = Path(folder)
        rows = [
            *measure_engines(work, arguments.articles, arguments.rounds),
            *measure_commands(work, arguments.articles, arguments.rounds),
        ]
    table = report.markdown_table(
        ("what", "figure", "reach", "load before"),
        [(r.what, f"{format_figure(r.figure)} {r.unit}", r.reach, f"{r.load:.1f}") for r in rows],
    )
    where = report.provenance("python -m benchmarks.speed.engines", "numpy", "ray", "pyarrow")
    report.write_csv(rows, arguments.results / "engines.csv")
    report.write_text(f"# The Ray engine\n\n{where}\n{_NOTE}\n{table}", arguments.results / "engines.md")
    print(table)


if __name__ == "__main__":
    main()
