"""Teach the learned ranker, and measure it on documents that it was not taught on.

    python -m benchmarks.train_ranker CORPUS... [--results FOLDER] [--no-weights]

Reads the corpora (JSON Lines, as `benchmarks.coverage`), measures with five folds by document and with each
corpus left out, fits to all, and writes the weights into the package and the tables beside them.
"""

from __future__ import annotations

import os

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

import argparse
import multiprocessing
import warnings
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import partial
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from benchmarks import corpora, report, statistics
from benchmarks.ranker_data import CAPS, Lesson, make_lessons, measure, natural_length
from summarize.features import early_places, standardize
from summarize.length import Length
from summarize.pipeline import resolve_ranker, resolve_selector
from summarize.rankers.learned import Network, apply_network, pack

FOLDS = 5
NETWORKS = 4
HIDDEN = 24
EPOCHS = 15
MOST_DOCUMENTS = 300
MOST_SENTENCES = 60
CARD = report.REPOSITORY / "summarize" / "data" / "ranker"
PEERS = ("lead", "textrank", "lexrank", "centroid", "directed", "ensemble")
POSITION_WEIGHT = 0.15


def gather(lessons: Iterable[Lesson]) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Inputs and worth of sentences, so many of each document and documents of each corpus at most."""
    taken: dict[str, int] = {}
    inputs, worth = [], []
    for k, lesson in enumerate(lessons):
        taken[lesson.corpus] = taken.get(lesson.corpus, 0) + 1
        if taken[lesson.corpus] > MOST_DOCUMENTS:
            continue
        rows = np.flatnonzero(lesson.candidates)
        if len(rows) > MOST_SENTENCES:
            rows = np.random.default_rng(k).choice(rows, MOST_SENTENCES, replace=False)
        inputs.append(lesson.inputs[rows])
        worth.append(lesson.worth[rows])
    return np.concatenate(inputs).astype(np.float64), np.concatenate(worth).astype(np.float64)


def fit(lessons: Sequence[Lesson]) -> Network:
    """Several networks from different starts; their mean is one network with as many hidden units as all."""
    inputs, worth = gather(lessons)
    low, high = np.percentile(inputs, (0.2, 99.8), axis=0)
    clipped = np.clip(inputs, low, high)
    mean, deviation = clipped.mean(axis=0), clipped.std(axis=0)
    deviation[deviation < 1e-9] = np.inf
    scaled = (clipped - mean) / deviation
    goal = np.clip(worth, -3, 4)
    with multiprocessing.get_context("fork").Pool(2) as pool:
        nets = pool.starmap(_fit_one, [(scaled, goal, seed) for seed in range(NETWORKS)])
    hidden = np.hstack([net[0] for net in nets]) / deviation[:, None]
    bias = np.concatenate([net[1] for net in nets]) - mean @ hidden
    output = np.concatenate([net[2] for net in nets]) / NETWORKS
    return Network(low, high, hidden, bias, output)


def _fit_one(
    inputs: NDArray[np.float64], worth: NDArray[np.float64], seed: int
) -> tuple[NDArray[np.float64], NDArray[np.float64], NDArray[np.float64]]:
    from sklearn.exceptions import ConvergenceWarning
    from sklearn.neural_network import MLPRegressor

    model = MLPRegressor(
        hidden_layer_sizes=(HIDDEN,),
        alpha=1e-3,
        batch_size=256,
        learning_rate_init=2e-3,
        max_iter=EPOCHS,
        random_state=seed,
    )
    with warnings.catch_warnings():
        # So many epochs and no more, rather than until it has learned the noise.
        warnings.simplefilter("ignore", ConvergenceWarning)
        model.fit(inputs, worth)
    return model.coefs_[0], model.intercepts_[0], model.coefs_[1][:, 0]


def choose(
    lesson: Lesson,
    length: Length,
    *,
    networks: Mapping[str, Network],
    ranker: str,
    selector: str,
    options: Mapping[str, float],
) -> list[int]:
    """Sentences by a ranker of the table, or by the network that does not know the document."""
    document = lesson.document
    if ranker == "learned":
        network = networks.get(lesson.corpus) or networks[str(lesson.fold)]
        output = standardize(apply_network(network, lesson.inputs.astype(np.float64)))
        scores = output + POSITION_WEIGHT * standardize(early_places(len(document)))
    else:
        scores = resolve_ranker(ranker)(document)
    return list(resolve_selector(selector)(document, scores, length, **options))


METHODS: dict[str, tuple[str, str, dict[str, float]]] = {
    **{name: (name, "greedy", {}) for name in PEERS},
    "ensemble, novelty": ("ensemble", "novelty", {"coherence": 0.0}),
    "learned, greedy": ("learned", "greedy", {}),
    "learned, novelty": ("learned", "novelty", {"coherence": 0.0}),
    "learned, novelty, coherent": ("learned", "novelty", {}),
}


def compare(
    lessons: Mapping[str, Sequence[Lesson]],
    natural: Mapping[str, int],
    networks: Mapping[str, Network],
    methods: Sequence[str],
) -> dict[str, dict[str, NDArray[np.float64]]]:
    """Values of shape (n_documents, n_caps) of every corpus and method; the first cap is the natural one."""
    found: dict[str, dict[str, NDArray[np.float64]]] = {}
    for name, items in lessons.items():
        caps = (natural[name], *CAPS)
        for method in methods:
            ranker, selector, options = METHODS[method]
            chooser: Callable[[Lesson, Length], Iterable[int]] = partial(
                choose, networks=networks, ranker=ranker, selector=selector, options=options
            )
            found.setdefault(name, {})[method] = measure(items, caps, chooser)
    return found


def tabulate(
    values: Mapping[str, Mapping[str, NDArray[np.float64]]], natural: Mapping[str, int], cap: int, base: str
) -> str:
    """Means in percent; after each mean of another method + or - where `base` differs beyond chance."""
    methods = list(next(iter(values.values())))
    rows = []
    for name, by_method in values.items():
        cells = []
        for method in methods:
            mine = by_method[method][:, cap]
            low, high = _interval(by_method[base][:, cap] - mine)
            mark = "" if method == base or low <= 0 <= high else (" +" if low > 0 else " −")
            cells.append(f"{100 * mine.mean():.2f}{mark}")
        words = natural[name] if cap == 0 else CAPS[cap - 1]
        rows.append((f"{name}, {words} words, {len(mine)} documents", *cells))
    means = [np.mean([100 * v[m][:, cap].mean() for v in values.values()]) for m in methods]
    rows.append(("mean of the corpora", *(f"{mean:.2f}" for mean in means)))
    return report.markdown_table(("corpus", *methods), rows)


def _interval(differences: NDArray[np.float64]) -> tuple[float, float]:
    estimate = statistics.bootstrap(differences)
    return estimate.low, estimate.high


def main(arguments: Sequence[str] | None = None) -> int:
    """Read, measure, fit, write."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.train_ranker", description=__doc__)
    parser.add_argument("corpus", nargs="+", type=Path, help="a .jsonl[.gz]")
    parser.add_argument("--results", type=Path, default=CARD, help="folder of weights and tables")
    parser.add_argument("--no-weights", action="store_true", help="measure only")
    options = parser.parse_args(arguments)
    found = [corpora.read_corpus(path) for path in options.corpus]
    natural = {corpus.name: natural_length(corpus) for corpus in found}
    lessons = {corpus.name: make_lessons(corpus) for corpus in found}
    everything = [lesson for items in lessons.values() for lesson in items]
    print(f"{len(everything)} documents", flush=True)

    folds = {
        str(fold): fit([lesson for lesson in everything if lesson.fold != fold]) for fold in range(FOLDS)
    }
    inside = compare(lessons, natural, folds, list(METHODS))
    base = "learned, novelty, coherent"
    parts = ["# Five folds\n"]
    for cap, label in enumerate(("natural length", *(f"{cap} words" for cap in CAPS))):
        parts.append(f"## {label}\n\n{tabulate(inside, natural, cap, base)}")
    print("\n".join(parts), flush=True)

    if not options.no_weights:
        weights = pack(fit(everything))
        options.results.mkdir(parents=True, exist_ok=True)
        np.save(options.results / "weights.npy", weights)
    without = {name: fit([lesson for lesson in everything if lesson.corpus != name]) for name in lessons}
    outside = compare(lessons, natural, without, [*PEERS[:2], "directed", "ensemble", base])
    parts.append("# Each corpus left out\n")
    for cap, label in enumerate(("natural length", *(f"{cap} words" for cap in CAPS))):
        parts.append(f"## {label}\n\n{tabulate(outside, natural, cap, base)}")
    report.write_text("\n".join(parts), options.results / "TABLES.md")
    print("\n".join(parts[6:]), flush=True)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
