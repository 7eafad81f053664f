"""Fitting the network of the learned ranker."""

from __future__ import annotations

import numpy as np
import pytest

from benchmarks.training.network import N_HIDDEN, N_NETWORKS, fit_network
from summarize.rankers.learned.network import apply_network

INPUTS = np.random.default_rng(0).normal(3, 2, size=(4096, 3))
TARGETS = np.abs(INPUTS[:, 0]) - INPUTS[:, 1]


@pytest.fixture(scope="module")
def network():
    return fit_network(INPUTS, TARGETS)


def test_network_has_the_hidden_units_of_all_networks(network):
    assert network.hidden.shape == (3, N_NETWORKS * N_HIDDEN)


def test_network_fits_a_nonlinear_target(network):
    predicted = apply_network(network, INPUTS)
    assert np.corrcoef(predicted, TARGETS)[0, 1] > 0.98


def test_same_seed_gives_the_same_network(network):
    for part, again in zip(network, fit_network(INPUTS, TARGETS), strict=True):
        np.testing.assert_array_equal(part, again)


def test_constant_input_has_no_effect():
    inputs = np.column_stack([INPUTS, np.full(len(INPUTS), 7.0)])
    assert (fit_network(inputs, TARGETS).hidden[3] == 0).all()
