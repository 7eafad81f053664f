"""Teach the learned ranker, and measure it on documents that it was not taught on.

    python -m benchmarks.training.train CORPUS... [--results FOLDER] [--no-tables]

Reads the corpora (JSON Lines, as `benchmarks.quality.coverage`), measures with five folds by document and
with each corpus left out and with languages left out, fits to all, and writes the weights and the words
into the package and the tables beside them.
"""

from __future__ import annotations

import os

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

import argparse
import multiprocessing
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from benchmarks import corpora, report
from benchmarks import intervals as statistics
from benchmarks.training.examples import (
    CAPS,
    FOLDS,
    Lesson,
    make_lessons,
    make_variants,
    measure,
    natural_length,
)
from benchmarks.training.network import fit_network
from benchmarks.training.words import Words, WordTeacher, format_words, use_words
from summarize.features.scores import add_position, standardize
from summarize.pipeline import resolve_ranker, resolve_selector
from summarize.rankers.learned import Network, apply_network, make_inputs, pack, weigh_measures

# Of each corpus, so that none counts for all and none for nothing.
MOST_DOCUMENTS = 1000
LEAST_ROWS = 12_000
MOST_SENTENCES = 60
CARD = report.REPOSITORY / "summarize" / "rankers" / "learned"
PEERS = ("lead", "textrank", "lexrank", "lexrank + position", "centroid", "directed", "ensemble")
BASE = "learned"
# A lesson and the sentences of it that are taught.
Picked = tuple[Lesson, NDArray[np.int64]]


class Model(NamedTuple):
    """What is learned: the network, and the words that it is told of."""

    network: Network
    words: Words


def pick_rows(lessons: Sequence[Lesson], variants: Sequence[Lesson]) -> tuple[list[Picked], list[Picked]]:
    """Sentences to be taught, of documents and of their variants.

    Of each document and of each corpus there are so many at most. Those of a corpus that has less than
    `LEAST_ROWS` come several times, until it has about as many, and its variants come as often.
    """
    taught = _draw_rows(lessons)
    rows_of: Counter[str] = Counter()
    for lesson, rows in taught:
        rows_of[lesson.corpus] += len(rows)
    times = {corpus: max(1, round(LEAST_ROWS / n_rows)) for corpus, n_rows in rows_of.items()}

    def repeat(picked: Sequence[Picked]) -> list[Picked]:
        return [(lesson, np.tile(rows, times[lesson.corpus])) for lesson, rows in picked]

    return repeat(taught), repeat(_draw_rows(variants))


def _draw_rows(lessons: Sequence[Lesson]) -> list[Picked]:
    found: list[Picked] = []
    taken: Counter[str] = Counter()
    for k, lesson in enumerate(lessons):
        taken[lesson.corpus] += 1
        if taken[lesson.corpus] > MOST_DOCUMENTS:
            continue
        rows = np.flatnonzero(lesson.candidates)
        if len(rows) > MOST_SENTENCES:
            rows = np.random.default_rng(k).choice(rows, MOST_SENTENCES, replace=False)
        found.append((lesson, rows))
    return found


def fit(lessons: Sequence[Lesson], variants: Sequence[Lesson]) -> Model:
    """Words from what other evidence leaves open, then several networks from different starts.

    Their mean is one network with as many hidden units as all.
    """
    taught, varied = pick_rows(lessons, variants)
    picked = [*taught, *varied]
    goal = np.concatenate([clip_worth(lesson)[rows] for lesson, rows in picked])
    plain = np.concatenate([make_inputs(lesson.evidence)[rows] for lesson, rows in picked])
    predict = _fit_ridge(plain, goal)
    del plain

    def find_surplus(lesson: Lesson) -> NDArray[np.float64]:
        return clip_worth(lesson) - predict(make_inputs(lesson.evidence))

    teacher = WordTeacher([lesson for lesson, _ in taught], find_surplus)
    inputs = np.concatenate([make_inputs(teacher.fill_in(lesson))[rows] for lesson, rows in picked])
    return Model(fit_network(inputs, goal), teacher.words())


def clip_worth(lesson: Lesson) -> NDArray[np.float64]:
    """What is learned: a few sentences that are worth very much must not count for all."""
    return np.clip(lesson.worth.astype(np.float64), -3, 4)


def _fit_ridge(
    inputs: NDArray[np.float64], goal: NDArray[np.float64]
) -> Callable[[NDArray[np.float64]], NDArray[np.float64]]:
    from sklearn.linear_model import Ridge
    from sklearn.pipeline import make_pipeline
    from sklearn.preprocessing import StandardScaler

    model = make_pipeline(StandardScaler(), Ridge(alpha=100.0)).fit(inputs, goal)
    predict: Callable[[NDArray[np.float64]], NDArray[np.float64]] = model.predict
    return predict


def fit_all(
    wanted: Mapping[str, Callable[[Lesson], bool]],
    lessons: Sequence[Lesson],
    variants: Sequence[Lesson],
    jobs: int = 2,
) -> dict[str, Model]:
    """A model of the lessons that each of several conditions lets pass."""
    global _WANTED, _LESSONS, _VARIANTS
    _WANTED, _LESSONS, _VARIANTS = wanted, lessons, variants
    with multiprocessing.get_context("fork").Pool(jobs) as pool:
        return dict(zip(wanted, pool.map(_fit_those, wanted, chunksize=1), strict=True))


def _fit_those(name: str) -> Model:
    wanted = _WANTED[name]
    return fit([each for each in _LESSONS if wanted(each)], [each for each in _VARIANTS if wanted(each)])


# What the processes of `fit_all` inherit.
_WANTED: Mapping[str, Callable[[Lesson], bool]] = {}
_LESSONS: Sequence[Lesson] = ()
_VARIANTS: Sequence[Lesson] = ()


def score(lesson: Lesson, *, models: Mapping[str, Model], ranker: str) -> NDArray[np.float64]:
    """Scores by a ranker of the table, or by the network that was not taught the document."""
    document = lesson.document
    if ranker == "learned":
        model = models.get(lesson.corpus) or models[str(lesson.fold)]
        inputs = make_inputs(use_words(lesson, model.words))
        output = apply_network(model.network, inputs)
        scores: NDArray[np.float64] = standardize(output) + weigh_measures(inputs).sum(axis=0)
        return scores
    if ranker == "lexrank + position":
        return add_position(document, resolve_ranker("lexrank")(document), 1.0)
    found: NDArray[np.float64] = resolve_ranker(ranker)(document)
    return found


METHODS: dict[str, tuple[str, str, dict[str, float]]] = {
    **{name: (name, "greedy", {}) for name in PEERS},
    "ensemble, novelty": ("ensemble", "novelty", {"coherence": 0.0}),
    "learned, greedy": ("learned", "greedy", {}),
    "learned, not coherent": ("learned", "novelty", {"coherence": 0.0}),
    "learned, coverage": ("learned", "coverage", {}),
    BASE: ("learned", "novelty", {}),
}


def compare(
    lessons: Mapping[str, Sequence[Lesson]],
    natural: Mapping[str, int],
    models: Mapping[str, Model],
    methods: Sequence[str],
) -> dict[str, dict[str, NDArray[np.float64]]]:
    """Values of shape (n_documents, n_caps) of every corpus and method; the first cap is the natural one."""
    found: dict[str, dict[str, NDArray[np.float64]]] = {}
    for name, items in lessons.items():
        caps = (natural[name], *CAPS)
        for method in methods:
            ranker, selector, options = METHODS[method]
            rank = partial(score, models=models, ranker=ranker)
            select = partial(resolve_selector(selector), **options)
            found.setdefault(name, {})[method] = measure(items, caps, rank, select)
    return found


def tabulate(values: Mapping[str, Mapping[str, NDArray[np.float64]]], natural: Mapping[str, int]) -> str:
    """Means of ROUGE-1 and ROUGE-2 F1 in percent, a section for each cap.

    After each mean of another method stands + or − where the default is better or worse beyond chance.
    """
    methods = list(next(iter(values.values())))
    sections = []
    for cap, label in enumerate(("natural length", *(f"{cap} words" for cap in CAPS))):
        rows = []
        for name, by_method in values.items():
            mine = {method: by_method[method][:, cap, :2].mean(axis=1) for method in methods}
            cells = [f"{100 * mine[m].mean():.2f}{_mark(mine[BASE] - mine[m])}" for m in methods]
            words = natural[name] if cap == 0 else CAPS[cap - 1]
            rows.append((f"{name}, {words} words, {len(mine[BASE])} documents", *cells))
        for kept, which in (("", "mean of the corpora"), (".en", "mean of the English ones")):
            chosen = [by_method for name, by_method in values.items() if name.endswith(kept)]
            means = [np.mean([100 * by[m][:, cap, :2].mean() for by in chosen]) for m in methods]
            rows.append((which, *(f"{mean:.2f}" for mean in means)))
        sections.append(f"## {label}\n\n{report.markdown_table(('corpus', *methods), rows)}")
    return "\n".join(sections)


def tabulate_news(values: Mapping[str, Mapping[str, NDArray[np.float64]]]) -> str:
    """ROUGE-2 F1 at 60 words, and the share of chosen sentences with a dangling start, in percent."""
    methods = list(next(iter(values.values())))
    cap = 1 + CAPS.index(60)
    rows = []
    for name, by_method in values.items():
        shares = [by_method[m][:, cap, 2] for m in methods]
        cells = [
            f"{100 * by_method[m][:, cap, 1].mean():.2f} / {100 * np.nanmean(share):.1f}"
            if np.isfinite(share).any()
            else f"{100 * by_method[m][:, cap, 1].mean():.2f}"
            for m, share in zip(methods, shares, strict=True)
        ]
        rows.append((name, *cells))
    return report.markdown_table(("corpus", *methods), rows)


def _mark(differences: NDArray[np.float64]) -> str:
    if not differences.any():
        return ""
    estimate = statistics.bootstrap(differences)
    return " +" if estimate.low > 0 else " −" if estimate.high < 0 else ""


def main(arguments: Sequence[str] | None = None) -> int:
    """Read, measure, fit, write."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.training.train", description=__doc__)
    parser.add_argument("corpus", nargs="+", type=Path, help="a .jsonl[.gz]")
    parser.add_argument("--results", type=Path, default=CARD, help="folder of weights and tables")
    parser.add_argument("--no-tables", action="store_true", help="fit to all and write the weights only")
    options = parser.parse_args(arguments)
    found = [corpora.read_corpus(path) for path in options.corpus]
    natural = {corpus.name: natural_length(corpus) for corpus in found}
    lessons = {corpus.name: make_lessons(corpus) for corpus in found}
    everything = [lesson for items in lessons.values() for lesson in items]
    variants = [lesson for corpus in found for lesson in make_variants(corpus)]
    print(f"{len(everything)} documents, {len(variants)} variants", flush=True)

    options.results.mkdir(parents=True, exist_ok=True)
    model = fit(everything, variants)
    np.save(options.results / "weights.npy", pack(model.network))
    report.write_text(format_words(model.words), options.results / "words.txt")
    if options.no_tables:
        return 0
    parts: list[str] = []

    def tell(title: str, table: str) -> None:
        parts.append(f"# {title}\n\n{table}")
        report.write_text("\n".join(parts), options.results / "TABLES.md")
        print(title, flush=True)

    folds = fit_all({str(k): _is_without("fold", k) for k in range(FOLDS)}, everything, variants)
    inside = compare(lessons, natural, folds, list(METHODS))
    tell("Five folds", tabulate(inside, natural))
    news = {name: by_method for name, by_method in inside.items() if name.startswith("news")}
    if news:
        tell("News at 60 words: ROUGE-2 F1 / dangling starts", tabulate_news(news))
    few = [*PEERS[:2], "directed", "ensemble", BASE]
    without = fit_all({name: _is_without("corpus", name) for name in lessons}, everything, variants)
    tell("Each corpus left out", tabulate(compare(lessons, natural, without, few), natural))
    kinds = {"English": _is_english, "others": lambda lesson: not _is_english(lesson)}
    taught = fit_all(kinds, everything, variants)
    across = {name: taught["others" if name.endswith(".en") else "English"] for name in lessons}
    title = "English taught on other languages, other languages on English"
    tell(title, tabulate(compare(lessons, natural, across, few), natural))
    return 0


def _is_without(attribute: str, value: object) -> Callable[[Lesson], bool]:
    return lambda lesson: getattr(lesson, attribute) != value


def _is_english(lesson: Lesson) -> bool:
    return lesson.corpus.endswith(".en")


if __name__ == "__main__":
    raise SystemExit(main())
