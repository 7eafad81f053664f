"""Train the trees of the learned ranker with LightGBM, and turn them into arrays.

LambdaMART [1]_ boosts trees on the gradients of NDCG [2]_ over the sentences of each document.

References
----------
.. [1] Burges 2010, "From RankNet to LambdaRank to LambdaMART: an overview", MSR-TR-2010-82
.. [2] Järvelin & Kekäläinen 2002, doi:10.1145/582415.582418
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from summarize.rankers.learned.trees import N_LEAVES, Trees

SETTINGS: dict[str, Any] = {
    "n_estimators": 300,
    "learning_rate": 0.07,
    "num_leaves": N_LEAVES,
    "min_child_samples": 40,
    "subsample": 0.8,
    "subsample_freq": 1,
    "colsample_bytree": 0.25,
    "reg_lambda": 8.0,
    "max_bin": 31,
    "lambdarank_truncation_level": 12,
}
# LightGBM wants whole grades; each has a gain in NDCG.
GAINS = (0, 1, 2, 3, 5)
# The output of a tree is kept as a whole number of this.
UNIT = 2.0**-20
# LightGBM takes numbers up to this size for zero.
_ZERO = np.float32(1e-35)

Floats32 = NDArray[np.float32]


def fit_trees(inputs: Sequence[Floats32], targets: Sequence[Floats32], seed: int = 0) -> Any:
    """Fit trees to the order of sentences.

    Parameters
    ----------
    inputs : sequence of ndarray of float32, shape (n_sentences, n_inputs)
        Those of each document.
    targets : sequence of ndarray of float32, shape (n_sentences,)
        From 0 to 1, and higher for sentences to choose first.
    seed : int

    Returns
    -------
    lightgbm.LGBMRanker
        For `convert`.
    """
    from lightgbm import LGBMRanker

    grades = np.concatenate([np.round(target * (len(GAINS) - 1)) for target in targets]).astype(int)
    model = LGBMRanker(
        objective="lambdarank", label_gain=list(GAINS), random_state=seed, n_jobs=1, deterministic=True,
        force_row_wise=True, verbose=-1, **SETTINGS,
    )  # fmt: skip
    return model.fit(np.concatenate(inputs), grades, group=[len(each) for each in inputs])


def convert(model: Any) -> Trees:
    """Turn the trees of LightGBM into arrays.

    Parameters
    ----------
    model : lightgbm.LGBMRanker

    Returns
    -------
    Trees
        Their output, times `UNIT`, is what the model predicts.
    """
    trees = [info["tree_structure"] for info in model.booster_.dump_model()["tree_info"]]
    nodes = [list(_walk(tree, 0)) for tree in trees]
    # As single precision, because the inputs are; rounded down, so that the same rows go to the left.
    pairs = sorted({pair for own in nodes for pair, _ in own})
    places = {pair: k for k, pair in enumerate(pairs)}
    tests = np.zeros((len(trees), N_LEAVES - 1), np.int16)
    ruled_out = np.zeros((len(trees), N_LEAVES - 1), np.uint8)
    values, counts = np.zeros((2, len(trees), N_LEAVES), np.int32)
    for k, (tree, own) in enumerate(zip(trees, nodes, strict=True)):
        for j, (pair, mask) in enumerate(own):
            tests[k, j], ruled_out[k, j] = places[pair], mask
        leaves = _list_leaves(tree)
        values[k, : len(leaves)] = [round(leaf["leaf_value"] / UNIT) for leaf in leaves]
        counts[k, : len(leaves)] = [leaf["leaf_count"] for leaf in leaves]
    columns, thresholds = zip(*pairs, strict=True)
    inputs = np.array(columns, np.int16)
    return Trees(inputs, np.array(thresholds, np.float32), tests, ruled_out, values, counts)


def _walk(node: Mapping[str, Any], first: int) -> Iterator[tuple[tuple[int, float], int]]:
    """Yield the input and threshold of each inner node, and the bits of the leaves on its left."""
    if "leaf_value" in node:
        return
    n_left = len(_list_leaves(node["left_child"]))
    yield (node["split_feature"], _round_down(node["threshold"])), ((1 << n_left) - 1) << first
    yield from _walk(node["left_child"], first)
    yield from _walk(node["right_child"], first + n_left)


def _list_leaves(node: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    if "leaf_value" in node:
        return [node]
    return [*_list_leaves(node["left_child"]), *_list_leaves(node["right_child"])]


def _round_down(threshold: float) -> float:
    """Return the largest single-precision number that goes to the left of a threshold."""
    rounded = np.float32(threshold)
    goes_left = float(rounded) <= threshold and rounded != -_ZERO
    return float(rounded if goes_left else np.nextafter(rounded, np.float32(-np.inf)))
