"""Fitting the network of the learned ranker: several small ones side by side, by Adam.

scikit-learn's ``MLPRegressor`` does the same one network at a time, in some four times the time here, and
does not let the rate of Adam fall to nothing.

References
----------
Kingma & Ba 2015, "Adam: A Method for Stochastic Optimization", ICLR, arXiv:1412.6980.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from summarize.rankers.learned import Network

NETWORKS = 2
HIDDEN = 24
EPOCHS = 30
BATCH = 1024
RATE = 6e-3
DECAY = 1e-3

Singles = NDArray[np.float32]


def fit_network(inputs: NDArray[np.float64], goal: NDArray[np.float64], seed: int = 0) -> Network:
    """Fit networks from different starts to the same goal; their mean is one network with the units of all.

    Parameters
    ----------
    inputs : ndarray of float64, shape (n_rows, n_inputs)
    goal : ndarray of float64, shape (n_rows,)
    seed : int
        Of the starts and of the order of rows.

    Returns
    -------
    Network
        With ``NETWORKS * HIDDEN`` units, for inputs that are not scaled.
    """
    low, high = np.percentile(inputs, (0.2, 99.8), axis=0)
    clipped = np.clip(inputs, low, high)
    mean, deviation = clipped.mean(axis=0), clipped.std(axis=0)
    deviation[deviation < 1e-9] = np.inf
    scaled = ((clipped - mean) / deviation).astype(np.float32)
    hidden, bias, output = _descend(scaled, goal.astype(np.float32), np.random.default_rng(seed))
    weights = hidden / deviation[:, None]
    return Network(low, high, weights, bias - mean @ weights, output.ravel() / NETWORKS)


def _descend(
    inputs: Singles, goal: Singles, generator: np.random.Generator
) -> tuple[NDArray[np.float64], NDArray[np.float64], NDArray[np.float64]]:
    """Weights of shape (n_inputs, n_units), (n_units,) and (NETWORKS, HIDDEN), by the squared error."""
    n, n_inputs = inputs.shape
    batch = min(BATCH, n)
    hidden = _draw(generator, (n_inputs, NETWORKS * HIDDEN), n_inputs + HIDDEN)
    output = _draw(generator, (NETWORKS, HIDDEN), HIDDEN + 1)
    bias, shift = np.zeros(NETWORKS * HIDDEN, np.float32), np.zeros(NETWORKS, np.float32)
    weights = (hidden, bias, output, shift)
    adam = _Adam(weights, steps=EPOCHS * (n // batch))
    for _ in range(EPOCHS):
        order = generator.permutation(n)
        for start in range(0, n - batch + 1, batch):
            rows = order[start : start + batch]
            x = inputs[rows]
            active = np.maximum(x @ hidden + bias, 0.0)
            by_network = active.reshape(batch, NETWORKS, HIDDEN)
            found = np.einsum("bnh,nh->bn", by_network, output) + shift
            error = (found - goal[rows][:, None]) / batch
            back = (error[:, :, None] * output).reshape(batch, -1) * (active > 0)
            adam.step(
                (
                    x.T @ back + DECAY * hidden,
                    back.sum(axis=0),
                    np.einsum("bn,bnh->nh", error, by_network),
                    error.sum(axis=0),
                )
            )
    return hidden.astype(np.float64), bias.astype(np.float64), output.astype(np.float64)


def _draw(generator: np.random.Generator, shape: tuple[int, int], fans: int) -> Singles:
    """Weights to start from (Glorot & Bengio 2010, https://proceedings.mlr.press/v9/glorot10a.html)."""
    drawn: Singles = (generator.uniform(-1, 1, shape) * np.sqrt(6 / fans)).astype(np.float32)
    return drawn


class _Adam:
    """Changes weights in place; the rate falls to nothing in a straight line."""

    def __init__(self, weights: tuple[Singles, ...], steps: int) -> None:
        self._weights, self._steps, self._done = weights, steps, 0
        self._means = [np.zeros_like(each) for each in weights]
        self._squares = [np.zeros_like(each) for each in weights]

    def step(self, gradients: tuple[Singles, ...]) -> None:
        self._done += 1
        rate = RATE * (1 - self._done / (self._steps + 1))
        unbias, unbias_squares = 1 - 0.9**self._done, 1 - 0.999**self._done
        for weight, mean, square, gradient in zip(
            self._weights, self._means, self._squares, gradients, strict=True
        ):
            mean += 0.1 * (gradient - mean)
            square += 0.001 * (gradient * gradient - square)
            weight -= rate * (mean / unbias) / (np.sqrt(square / unbias_squares) + 1e-8)
