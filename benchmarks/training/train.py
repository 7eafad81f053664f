"""Train the learned ranker on what readers pick, and evaluate it on held-out documents.

    python -m benchmarks.training.train FOLDER [--corpora FOLDER] [--only-weights] [--ablation]

Reads the readings (see `benchmarks.quality.readings`), trains on all of them, and writes the trees and the
weights of words into the package. Then it evaluates the ranker by cross-validation: five folds of documents,
and each corpus left out. The tables are written next to the weights. With `--ablation`, it also leaves out
each group of columns.
"""

from __future__ import annotations

import os

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

import argparse
import multiprocessing
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from benchmarks import intervals, report
from benchmarks.quality.readings import read_readings
from benchmarks.training.examples import Example, assign_folds, make_examples, measure
from benchmarks.training.trees import convert, fit_trees
from benchmarks.training.words import Words, apply_unseen_words, apply_words, fit_words, format_words
from summarize.rankers.learned.columns import COLUMNS
from summarize.rankers.learned.explanation import GROUPS
from summarize.rankers.learned.trees import Trees, apply_trees, pack
from summarize.settings import resolve_ranker, resolve_selector

MODEL = report.REPOSITORY / "summarize" / "rankers" / "learned"
BASELINES = ("lead", "textrank", "lexrank", "lsa", "centroid", "directed", "ensemble")
FOLDS, LEFT_OUT = "learned, five folds", "learned, corpus left out"
LEGEND = """*Overlap* in percent: the F1 of the characters of a summary with those of the first picks of a
reader, in 60 or 100 words; see `benchmarks.quality.readings`. All rankers are followed by the selector
`novelty`. After the mean of another ranker, + says that `learned` is better in five folds and − that it is
worse: the 95 % bootstrap interval of the paired difference excludes 0. *Junk* is the share of sentences that
must not be printed.
"""
# By ranker, and for each document: the overlap, the number of junk sentences, and of all sentences.
Figures = dict[str, NDArray[np.float64]]


class _Task(NamedTuple):
    """Train on some examples, and score the others with some of the inputs only."""

    train: NDArray[np.int64]
    test: NDArray[np.int64]
    inputs: NDArray[np.int64]


# The examples, inherited by worker processes.
_EXAMPLES: Sequence[Example] = ()


def cross_validate(
    examples: Sequence[Example], groups: NDArray[np.int64], without: Sequence[str] = (), jobs: int = 2
) -> list[NDArray[np.float64]]:
    """Score each example with trees that were trained on the other groups.

    Parameters
    ----------
    examples : sequence of Example
    groups : ndarray of int64, shape (n_examples,)
    without : sequence of str
        Columns to leave out.
    jobs : int
        Number of processes.

    Returns
    -------
    list of ndarray of float64, shape (n_kept,)
        The output of the trees for each example.
    """
    global _EXAMPLES
    _EXAMPLES = examples
    inputs = np.flatnonzero([column not in without for column in COLUMNS * 2])
    tasks = [
        _Task(np.flatnonzero(groups != k), np.flatnonzero(groups == k), inputs) for k in np.unique(groups)
    ]
    scores: list[NDArray[np.float64]] = [np.empty(0)] * len(examples)
    with multiprocessing.get_context("fork").Pool(jobs) as pool:
        for task, found in zip(tasks, pool.imap(_run, tasks), strict=True):
            for k, own in zip(task.test.tolist(), found, strict=True):
                scores[k] = own
    return scores


def _run(task: _Task) -> list[NDArray[np.float64]]:
    trees, words = fit([_EXAMPLES[k] for k in task.train], task.inputs)
    tested = (apply_words(_EXAMPLES[k], words)[:, task.inputs] for k in task.test)
    return [apply_trees(trees, each.astype(np.float64)) for each in tested]


def fit(examples: Sequence[Example], inputs: NDArray[np.int64] | slice = slice(None)) -> tuple[Trees, Words]:
    """Fit the weights of words, and with their columns the trees, to some of the inputs."""
    seen = [each[:, inputs] for each in apply_unseen_words(examples)]
    model = fit_trees(seen, [example.targets for example in examples])
    return convert(model), fit_words(examples)


def evaluate(examples: Sequence[Example], scores: Sequence[NDArray[np.float64]]) -> NDArray[np.float64]:
    """Measure the summaries that the default selector makes of scores; shape (n_examples, 3)."""
    select = resolve_selector("novelty")
    pairs = zip(examples, scores, strict=True)
    return np.array([measure(example, own.round(9), select) for example, own in pairs], np.float64)


def evaluate_ranker(examples: Sequence[Example], name: str) -> NDArray[np.float64]:
    """Measure the summaries of a ranker that is not trained; shape (n_examples, 3)."""
    ranker: Callable[..., NDArray[np.float64]] = resolve_ranker(name)
    return evaluate(examples, [ranker(example.narrow) for example in examples])


def name_kind(corpus: str) -> str:
    """Name the kind of text of a corpus: guides of all languages are one kind.

    Examples
    --------
    >>> name_kind("news-cnn.en"), name_kind("guides.fi")
    ('news-cnn.en', 'guides')
    """
    kind, _, _ = corpus.partition(".")
    return kind if kind == "guides" else corpus


def tabulate(examples: Sequence[Example], figures: Figures) -> str:
    """Make a table of the mean overlap by kind of text, as `LEGEND` describes it."""
    kinds = np.array([name_kind(example.reading.corpus) for example in examples])
    base = figures[FOLDS][:, 0]
    rows = []
    for kind in (*sorted(set(kinds)), ""):
        own = kinds == kind if kind else np.ones(len(kinds), bool)
        low, high = (100 * value for value in intervals.bootstrap(base[own])[1:])
        cells = []
        for name, values in figures.items():
            sign = _format_sign(base[own] - values[own, 0]) if name not in (FOLDS, LEFT_OUT) else ""
            cells.append(f"{100 * values[own, 0].mean():.1f}{sign}")
        rows.append((kind or "all", int(own.sum()), cells[0], f"{low:.0f} to {high:.0f}", *cells[1:]))
    sums = [values.sum(axis=0) for values in figures.values()]
    first, *others = (f"{100 * n_junk / n_all:.1f} %" for _, n_junk, n_all in sums)
    rows.append(("junk", "", first, "", *others))
    names = list(figures)
    return report.markdown_table(("kind of text", "documents", names[0], "95 %", *names[1:]), rows)



def _format_sign(differences: NDArray[np.float64]) -> str:
    estimate = intervals.bootstrap(differences)
    return " +" if estimate.low > 0 else " −" if estimate.high < 0 else ""


def tabulate_ablation(examples: Sequence[Example], folds: NDArray[np.int64], base: float) -> str:
    """Make a table of how much the mean overlap changes without each group of columns."""
    rows: list[tuple[str, int, str]] = []
    for group, columns in report.progress(list(GROUPS.items()), len(GROUPS), "ablation"):
        mean = evaluate(examples, cross_validate(examples, folds, columns))[:, 0].mean()
        rows.append((group, len(columns), f"{100 * (mean - base):+.1f}"))
    return report.markdown_table(("without", "columns", "change"), rows)


def main(arguments: Sequence[str] | None = None) -> int:
    """Train on all readings, write the weights, then evaluate and write the tables."""
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.training.train", description="Train and evaluate the learned ranker."
    )
    parser.add_argument("folder", type=Path, help="folder with readings.jsonl")
    parser.add_argument("--corpora", type=Path, help="folder of the corpora (default: beside the readings)")
    parser.add_argument("--results", type=Path, default=MODEL, help="output folder")
    parser.add_argument("--only-weights", action="store_true", help="do not evaluate")
    parser.add_argument("--ablation", action="store_true", help="also leave out each group of columns")
    options = parser.parse_args(arguments)
    if not (options.folder / "readings.jsonl").exists():
        print(f"{options.folder}: skipped, because it has no readings.jsonl", file=sys.stderr)
        return 1
    readings = list(read_readings(options.folder, options.corpora or options.folder.parent / "corpora"))
    examples = make_examples(readings)
    trees, words = fit(examples)
    options.results.mkdir(parents=True, exist_ok=True)
    np.save(options.results / "weights.npy", pack(trees))
    report.write_text(format_words(words), options.results / "words.txt")
    if options.only_weights:
        return 0
    folds = assign_folds(examples)
    kinds = np.unique([name_kind(example.reading.corpus) for example in examples], return_inverse=True)[1]
    figures = {
        FOLDS: evaluate(examples, cross_validate(examples, folds)),
        LEFT_OUT: evaluate(examples, cross_validate(examples, kinds)),
        **{name: evaluate_ranker(examples, name) for name in BASELINES},
    }
    parts = ["# Tables of the learned ranker", LEGEND, tabulate(examples, figures)]
    if options.ablation:
        change = "## Without a group of columns\n\nChange of the mean overlap in five folds, in points."
        parts += [change, tabulate_ablation(examples, folds, figures[FOLDS][:, 0].mean())]
    report.write_text("\n\n".join(part.strip() for part in parts) + "\n", options.results / "TABLES.md")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
