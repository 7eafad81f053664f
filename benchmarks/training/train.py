"""Train the learned ranker, and evaluate it on held-out documents.

    python -m benchmarks.training.train CORPUS... [--results FOLDER] [--no-tables]

Reads the corpora (JSON Lines, see `benchmarks.corpora`), trains on all of them, and writes the weights and
word weights into the package. Then it evaluates the ranker with five-fold cross-validation by document, with
each corpus left out, and across languages, and writes the tables next to the weights.
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

from benchmarks import corpora, intervals, report
from benchmarks.training.examples import (
    N_FOLDS,
    WORDS,
    Example,
    evaluate,
    make_examples,
    make_variants,
    reference_length,
)
from benchmarks.training.network import fit_network
from benchmarks.training.words import Words, WordTrainer, apply_words, format_words
from summarize.features.scores import add_position, standardize
from summarize.rankers.learned import make_inputs, weigh_textbook_scores
from summarize.rankers.learned.network import Network, apply_network, pack
from summarize.settings import resolve_ranker, resolve_selector

# Limits that balance the corpora: documents and rows per corpus, and sentences per document.
MAX_DOCUMENTS = 1000
MIN_ROWS = 12_000
MAX_SENTENCES = 60
MODEL = report.REPOSITORY / "summarize" / "rankers" / "learned"
BASELINES = ("lead", "textrank", "lexrank", "lexrank + position", "centroid", "directed", "ensemble")
BASE = "learned"
LEGEND = """Mean of ROUGE-1 and ROUGE-2 F1 in percent. After the mean of another method, + says that `learned`
is better and − that it is worse: the 95 % bootstrap interval of the paired difference excludes 0.
"""
# An example, and the indices of its sentences to train on.
Sampled = tuple[Example, NDArray[np.int64]]


class Model(NamedTuple):
    """A trained model: the network and the word weights."""

    network: Network
    words: Words


def sample_rows(
    examples: Sequence[Example], variants: Sequence[Example]
) -> tuple[list[Sampled], list[Sampled]]:
    """Sample the sentences to train on, from the examples and from their variants.

    The number of documents per corpus and of sentences per document is limited. The sentences of a corpus
    with fewer than `MIN_ROWS` are repeated until it has about that many, and its variants just as often.
    """
    sampled = _draw_rows(examples)
    rows_of: Counter[str] = Counter()
    for example, rows in sampled:
        rows_of[example.corpus] += len(rows)
    times = {corpus: max(1, round(MIN_ROWS / n_rows)) for corpus, n_rows in rows_of.items()}

    def repeat(drawn: Sequence[Sampled]) -> list[Sampled]:
        return [(example, np.tile(rows, times[example.corpus])) for example, rows in drawn]

    return repeat(sampled), repeat(_draw_rows(variants))


def _draw_rows(examples: Sequence[Example]) -> list[Sampled]:
    sampled: list[Sampled] = []
    n_documents: Counter[str] = Counter()
    for k, example in enumerate(examples):
        n_documents[example.corpus] += 1
        if n_documents[example.corpus] > MAX_DOCUMENTS:
            continue
        rows = np.flatnonzero(example.candidates)
        if len(rows) > MAX_SENTENCES:
            rows = np.random.default_rng(k).choice(rows, MAX_SENTENCES, replace=False)
        sampled.append((example, rows))
    return sampled


def fit(examples: Sequence[Example], variants: Sequence[Example]) -> Model:
    """Fit word weights to the residuals of a ridge regression, then the network to the targets."""
    sampled, varied = sample_rows(examples, variants)
    drawn = [*sampled, *varied]
    targets = np.concatenate([clip_targets(example)[rows] for example, rows in drawn])
    plain = np.concatenate([make_inputs(example.features)[rows] for example, rows in drawn])
    predict = _fit_ridge(plain, targets)
    del plain

    def residuals(example: Example) -> NDArray[np.float64]:
        return clip_targets(example) - predict(make_inputs(example.features))

    trainer = WordTrainer([example for example, _ in sampled], residuals)
    inputs = np.concatenate(
        [make_inputs(trainer.training_features(example))[rows] for example, rows in drawn]
    )
    return Model(fit_network(inputs, targets), trainer.words())


def clip_targets(example: Example) -> NDArray[np.float64]:
    """Clip the targets, so that a few outliers do not dominate the squared error."""
    return np.clip(example.targets.astype(np.float64), -3, 4)


def _fit_ridge(
    inputs: NDArray[np.float64], targets: NDArray[np.float64]
) -> Callable[[NDArray[np.float64]], NDArray[np.float64]]:
    from sklearn.linear_model import Ridge
    from sklearn.pipeline import make_pipeline
    from sklearn.preprocessing import StandardScaler

    model = make_pipeline(StandardScaler(), Ridge(alpha=100.0)).fit(inputs, targets)
    predict: Callable[[NDArray[np.float64]], NDArray[np.float64]] = model.predict
    return predict


def fit_all(
    filters: Mapping[str, Callable[[Example], bool]],
    examples: Sequence[Example],
    variants: Sequence[Example],
    jobs: int = 2,
) -> dict[str, Model]:
    """Fit one model per filter, on the examples that pass it."""
    global _FILTERS, _EXAMPLES, _VARIANTS
    _FILTERS, _EXAMPLES, _VARIANTS = filters, examples, variants
    with multiprocessing.get_context("fork").Pool(jobs) as pool:
        return dict(zip(filters, pool.map(_fit_filtered, filters, chunksize=1), strict=True))


def _fit_filtered(name: str) -> Model:
    passes = _FILTERS[name]
    return fit([each for each in _EXAMPLES if passes(each)], [each for each in _VARIANTS if passes(each)])


# The arguments of `fit_all`, inherited by its worker processes.
_FILTERS: Mapping[str, Callable[[Example], bool]] = {}
_EXAMPLES: Sequence[Example] = ()
_VARIANTS: Sequence[Example] = ()


def score(example: Example, *, models: Mapping[str, Model], ranker: str) -> NDArray[np.float64]:
    """Score sentences with a ranker; for ``learned``, with the model that was not trained on the document."""
    document = example.document
    if ranker == "learned":
        model = models.get(example.corpus) or models[str(example.fold)]
        inputs = make_inputs(apply_words(example, model.words))
        output = apply_network(model.network, inputs)
        scores: NDArray[np.float64] = standardize(output) + weigh_textbook_scores(inputs).sum(axis=0)
        return scores
    if ranker == "lexrank + position":
        return add_position(document, resolve_ranker("lexrank")(document), 1.0)
    ranked: NDArray[np.float64] = resolve_ranker(ranker)(document)
    return ranked


METHODS: dict[str, tuple[str, str, dict[str, float]]] = {
    **{name: (name, "greedy", {}) for name in BASELINES},
    "ensemble, novelty": ("ensemble", "novelty", {"coherence": 0.0}),
    "learned, greedy": ("learned", "greedy", {}),
    "learned, coherence 0": ("learned", "novelty", {"coherence": 0.0}),
    "learned, coverage": ("learned", "coverage", {}),
    BASE: ("learned", "novelty", {}),
}


def compare(
    examples: Mapping[str, Sequence[Example]],
    reference_lengths: Mapping[str, int],
    models: Mapping[str, Model],
    methods: Sequence[str],
) -> dict[str, dict[str, NDArray[np.float64]]]:
    """Evaluate methods on each corpus.

    Returns
    -------
    dict of dict of ndarray
        By corpus and method, the result of `evaluate`. The first length is that of the references.
    """
    values: dict[str, dict[str, NDArray[np.float64]]] = {}
    for name, items in examples.items():
        lengths = (reference_lengths[name], *WORDS)
        for method in methods:
            ranker, selector, options = METHODS[method]
            rank = partial(score, models=models, ranker=ranker)
            select = partial(resolve_selector(selector), **options)
            values.setdefault(name, {})[method] = evaluate(items, lengths, rank, select)
    return values


def tabulate(
    values: Mapping[str, Mapping[str, NDArray[np.float64]]], reference_lengths: Mapping[str, int]
) -> str:
    """Make a table for each length, as `LEGEND` describes it."""
    methods = list(next(iter(values.values())))
    sections = []
    for length, label in enumerate(("reference length", *(f"{n} words" for n in WORDS))):
        rows = []
        for name, by_method in values.items():
            f1s = {method: by_method[method][:, length, :2].mean(axis=1) for method in methods}
            cells = [f"{100 * f1s[m].mean():.2f}{_format_sign(f1s[BASE] - f1s[m])}" for m in methods]
            words = reference_lengths[name] if length == 0 else WORDS[length - 1]
            rows.append((f"{name}, {words} words, {len(f1s[BASE])} documents", *cells))
        for suffix, title in (("", "mean of all corpora"), (".en", "mean of the English corpora")):
            matching = [by_method for name, by_method in values.items() if name.endswith(suffix)]
            means = [np.mean([100 * by[m][:, length, :2].mean() for by in matching]) for m in methods]
            rows.append((title, *(f"{mean:.2f}" for mean in means)))
        sections.append(f"## {label}\n\n{report.markdown_table(('corpus', *methods), rows)}")
    return "\n".join(sections)


def tabulate_news(values: Mapping[str, Mapping[str, NDArray[np.float64]]]) -> str:
    """Make a table of ROUGE-2 F1 at 60 words and the rate of dangling starts, in percent."""
    methods = list(next(iter(values.values())))
    length = 1 + WORDS.index(60)
    rows = []
    for name, by_method in values.items():
        rates = [by_method[m][:, length, 2] for m in methods]
        cells = [
            f"{100 * by_method[m][:, length, 1].mean():.2f} / {100 * np.nanmean(rate):.1f}"
            if np.isfinite(rate).any()
            else f"{100 * by_method[m][:, length, 1].mean():.2f}"
            for m, rate in zip(methods, rates, strict=True)
        ]
        rows.append((name, *cells))
    return report.markdown_table(("corpus", *methods), rows)


def _format_sign(differences: NDArray[np.float64]) -> str:
    if not differences.any():
        return ""
    estimate = intervals.bootstrap(differences)
    return " +" if estimate.low > 0 else " −" if estimate.high < 0 else ""


def main(arguments: Sequence[str] | None = None) -> int:
    """Train on all corpora, write the weights, then evaluate and write the tables."""
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.training.train", description="Train and evaluate the learned ranker."
    )
    parser.add_argument("corpus", nargs="+", type=Path, help="*.jsonl[.gz] files")
    parser.add_argument("--results", type=Path, default=MODEL, help="output folder")
    parser.add_argument("--no-tables", action="store_true", help="write the weights, but do not evaluate")
    options = parser.parse_args(arguments)
    read = [corpora.read_corpus(path) for path in options.corpus]
    lengths = {corpus.name: reference_length(corpus) for corpus in read}
    examples = {corpus.name: make_examples(corpus) for corpus in read}
    everything = [example for items in examples.values() for example in items]
    variants = [variant for corpus in read for variant in make_variants(corpus)]
    print(f"{len(everything)} documents, {len(variants)} variants", flush=True)

    options.results.mkdir(parents=True, exist_ok=True)
    model = fit(everything, variants)
    np.save(options.results / "weights.npy", pack(model.network))
    report.write_text(format_words(model.words), options.results / "words.txt")
    if options.no_tables:
        return 0
    parts = [LEGEND]

    def add_section(title: str, table: str) -> None:
        parts.append(f"# {title}\n\n{table}")
        report.write_text("\n".join(parts), options.results / "TABLES.md")
        print(title, flush=True)

    folds = fit_all({str(k): _is_without("fold", k) for k in range(N_FOLDS)}, everything, variants)
    by_fold = compare(examples, lengths, folds, list(METHODS))
    add_section("Five-fold cross-validation by document", tabulate(by_fold, lengths))
    news = {name: by_method for name, by_method in by_fold.items() if name.startswith("news")}
    if news:
        add_section("News at 60 words: ROUGE-2 F1 / dangling starts", tabulate_news(news))
    few = [*BASELINES[:2], "directed", "ensemble", BASE]
    without = fit_all({name: _is_without("corpus", name) for name in examples}, everything, variants)
    add_section("Each corpus left out", tabulate(compare(examples, lengths, without, few), lengths))
    kinds = {"English": _is_english, "others": lambda example: not _is_english(example)}
    models = fit_all(kinds, everything, variants)
    across = {name: models["others" if name.endswith(".en") else "English"] for name in examples}
    title = "Across languages: English after training on the others, the others after training on English"
    add_section(title, tabulate(compare(examples, lengths, across, few), lengths))
    return 0


def _is_without(attribute: str, value: object) -> Callable[[Example], bool]:
    return lambda example: getattr(example, attribute) != value


def _is_english(example: Example) -> bool:
    return example.corpus.endswith(".en")


if __name__ == "__main__":
    raise SystemExit(main())
