"""Train the network of the learned ranker: an average of small networks, fitted in parallel with Adam.

scikit-learn's ``MLPRegressor`` fits one network at a time, takes about four times as long, and has no
learning rate schedule for Adam.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from summarize.rankers.learned.network import Network

N_NETWORKS = 2
N_HIDDEN = 24
N_EPOCHS = 30
BATCH_SIZE = 1024
LEARNING_RATE = 6e-3
WEIGHT_DECAY = 1e-3

Floats32 = NDArray[np.float32]


def fit_network(inputs: NDArray[np.float64], targets: NDArray[np.float64], seed: int = 0) -> Network:
    """Fit networks with different initial weights, and merge them into one network that outputs their mean.

    Parameters
    ----------
    inputs : ndarray of float64, shape (n_rows, n_inputs)
        Unscaled inputs.
    targets : ndarray of float64, shape (n_rows,)
    seed : int
        Seed of the initial weights and of the order of rows.

    Returns
    -------
    Network
        A network with ``N_NETWORKS * N_HIDDEN`` hidden units, for unscaled inputs.
    """
    low, high = np.percentile(inputs, (0.2, 99.8), axis=0)
    clipped = np.clip(inputs, low, high)
    mean, deviation = clipped.mean(axis=0), clipped.std(axis=0)
    deviation[deviation < 1e-9] = np.inf
    scaled = ((clipped - mean) / deviation).astype(np.float32)
    hidden, bias, output = _minimize(scaled, targets.astype(np.float32), np.random.default_rng(seed))
    weights = hidden / deviation[:, None]
    return Network(low, high, weights, bias - mean @ weights, output.ravel() / N_NETWORKS)


def _minimize(
    inputs: Floats32, targets: Floats32, generator: np.random.Generator
) -> tuple[NDArray[np.float64], NDArray[np.float64], NDArray[np.float64]]:
    """Minimize the squared error.

    Returns
    -------
    hidden : ndarray of float64, shape (n_inputs, N_NETWORKS * N_HIDDEN)
    bias : ndarray of float64, shape (N_NETWORKS * N_HIDDEN,)
    output : ndarray of float64, shape (N_NETWORKS, N_HIDDEN)
    """
    n, n_inputs = inputs.shape
    batch = min(BATCH_SIZE, n)
    hidden = _initialize(generator, (n_inputs, N_NETWORKS * N_HIDDEN), n_inputs + N_HIDDEN)
    output = _initialize(generator, (N_NETWORKS, N_HIDDEN), N_HIDDEN + 1)
    bias, shift = np.zeros(N_NETWORKS * N_HIDDEN, np.float32), np.zeros(N_NETWORKS, np.float32)
    weights = (hidden, bias, output, shift)
    adam = _Adam(weights, steps=N_EPOCHS * (n // batch))
    for _ in range(N_EPOCHS):
        order = generator.permutation(n)
        for start in range(0, n - batch + 1, batch):
            rows = order[start : start + batch]
            x = inputs[rows]
            active = np.maximum(x @ hidden + bias, 0.0)
            by_network = active.reshape(batch, N_NETWORKS, N_HIDDEN)
            predicted = np.einsum("bnh,nh->bn", by_network, output) + shift
            error = (predicted - targets[rows][:, None]) / batch
            back = (error[:, :, None] * output).reshape(batch, -1) * (active > 0)
            adam.step(
                (
                    x.T @ back + WEIGHT_DECAY * hidden,
                    back.sum(axis=0),
                    np.einsum("bn,bnh->nh", error, by_network),
                    error.sum(axis=0),
                )
            )
    return hidden.astype(np.float64), bias.astype(np.float64), output.astype(np.float64)


def _initialize(generator: np.random.Generator, shape: tuple[int, int], fans: int) -> Floats32:
    """Draw initial weights (Glorot & Bengio 2010, https://proceedings.mlr.press/v9/glorot10a.html).

    ``fans`` is the number of inputs plus the number of outputs of the layer.
    """
    drawn: Floats32 = (generator.uniform(-1, 1, shape) * np.sqrt(6 / fans)).astype(np.float32)
    return drawn


class _Adam:
    """Adam optimizer that updates weights in place, with a learning rate that decays linearly to 0.

    Kingma & Ba 2015, arXiv:1412.6980, algorithm 1.
    """

    def __init__(self, weights: tuple[Floats32, ...], steps: int) -> None:
        self._weights, self._steps, self._done = weights, steps, 0
        self._means = [np.zeros_like(each) for each in weights]
        self._squares = [np.zeros_like(each) for each in weights]

    def step(self, gradients: tuple[Floats32, ...]) -> None:
        self._done += 1
        rate = LEARNING_RATE * (1 - self._done / (self._steps + 1))
        unbias, unbias_squares = 1 - 0.9**self._done, 1 - 0.999**self._done
        for weight, mean, square, gradient in zip(
            self._weights, self._means, self._squares, gradients, strict=True
        ):
            mean += 0.1 * (gradient - mean)
            square += 0.001 * (gradient * gradient - square)
            weight -= rate * (mean / unbias) / (np.sqrt(square / unbias_squares) + 1e-8)
