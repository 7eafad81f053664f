"""Check whether two versions of the package choose the same sentences.

    python -m benchmarks.quality.identity write FILE [RANKER...]    record the summaries of this version
    python -m benchmarks.quality.identity compare A B               compare two records; exit 1 if they differ

A record has one JSON line for each seed, ranker, selector and set of options: the output of ``-f json``.
``compare`` compares the runs that are in both records byte by byte. It ignores fields that only the second
one has, and the names of contributions in explanations, which are prose; it compares their values. All
rankers take ten minutes, one ranker of this package less than one. To record an older version, run
``write`` with that version on ``PYTHONPATH``; the script uses only `summarize.summarize` and
`summarize.summarize_merged`, which every version has.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

SEEDS = Path(__file__).resolve().parents[2] / "seeds"
OPTIONS: tuple[dict[str, Any], ...] = (
    {"length": 3},
    {"length": "100 words", "order": "rank", "explain": True},
    {
        "length": "20%",
        "query": "gas water Wasser agua eau 政府 government",
        "title": "Talks on gas and water",
    },
    {"length": "280 chars", "segmenter": "punkt"},
    {"length": "120 tokens", "options": {"position_weight": 0.5}},
)
AUTO = {"length": "auto"}


def list_runs(names: Sequence[str]) -> Iterator[tuple[str, str, dict[str, Any]]]:
    """List the runs: every seed with every ranker, selector and set of options.

    The source ``*`` means all English seeds, merged.
    """
    from summarize.rankers import RANKERS
    from summarize.selectors import SELECTORS

    sources = [path.name for path in sorted(SEEDS.glob("*.txt"))]
    for source in (*sources, "*"):
        for ranker in names or RANKERS:
            for selector in SELECTORS:
                for options in OPTIONS:
                    yield source, ranker, {"selector": selector, **options}
            yield source, ranker, AUTO


def write_record(path: Path, names: Sequence[str]) -> None:
    """Write one JSON line for each run."""
    from summarize import summarize, summarize_merged
    from summarize.errors import SummarizeError
    from summarize.renderers.records import render_json

    texts = {each.name: each.read_text(encoding="utf-8") for each in sorted(SEEDS.glob("*.txt"))}
    english = [(name, text) for name, text in texts.items() if ".en." in name]
    with path.open("w", encoding="utf-8") as file:
        for source, ranker, options in list_runs(names):
            try:
                if source == "*":
                    summary = summarize_merged(english, ranker=ranker, **options)
                else:
                    summary = summarize(texts[source], source=source, ranker=ranker, **options)
                found = json.loads(render_json(summary))
            except SummarizeError as error:
                found = {"error": type(error).__name__}
            run = {"source": source, "ranker": ranker, **options}
            file.write(json.dumps({"run": run, "found": found}, ensure_ascii=False) + "\n")


def compare_records(first: Path, second: Path) -> tuple[int, list[str]]:
    """Compare two records.

    Returns
    -------
    n : int
        Number of runs that are in both.
    different : list of str
        The runs that differ, each with the names of the fields that do.
    """
    n, different = 0, []
    left, right = _load(first), _load(second)
    for run in left.keys() & right.keys():
        n += 1
        before, after = left[run], right[run]
        fields = [key for key in before if json.dumps(before[key]) != json.dumps(after.get(key))]
        if fields:
            different.append(f"{run}: {', '.join(fields)}")
    if not n:
        raise SystemExit("the two records have no run in common")
    return n, different


def _load(path: Path) -> dict[str, dict[str, Any]]:
    with path.open(encoding="utf-8") as file:
        rows = map(json.loads, file)
        return {json.dumps(row["run"], ensure_ascii=False): _drop_names(row["found"]) for row in rows}


def _drop_names(found: dict[str, Any]) -> dict[str, Any]:
    for sentence in found.get("sentences", []):
        for part in sentence.get("explanation", {}).get("contributions", []):
            part.pop("what")
    return found


def main(arguments: Sequence[str] | None = None) -> int:
    """Write a record, or compare two."""
    words = list(sys.argv[1:] if arguments is None else arguments)
    if len(words) >= 2 and words[0] == "write":
        write_record(Path(words[1]), words[2:])
        return 0
    if len(words) == 3 and words[0] == "compare":
        n, different = compare_records(Path(words[1]), Path(words[2]))
        print(f"{n} runs, {len(different)} differ", *different[:20], sep="\n")
        return 1 if different else 0
    print(__doc__, file=sys.stderr)
    return 2


if __name__ == "__main__":
    sys.exit(main())
