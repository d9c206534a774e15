"""The parameter that flips a claim is found where one was planted, and not where none was."""

import numpy as np
import pytest

from engagesim.experiments.claims.flipping import split_of

NAMES = [f"p{i}" for i in range(20)]


def worlds(seed=0, n=100):
    return np.random.default_rng(seed).random((n, len(NAMES)))


def test_a_planted_threshold_is_found():
    points = worlds()
    split = split_of(NAMES, points, points[:, 7] > 0.3, 0)
    assert split is not None
    assert split.parameter == "p7"
    assert split.value == pytest.approx(0.3, abs=0.03)
    assert (split.below, split.above, split.flips) == (0.0, 1.0, True)


def test_a_threshold_is_found_through_noise():
    points = worlds()
    wrong = np.random.default_rng(5).random(100) < 0.15
    split = split_of(NAMES, points, (points[:, 3] < 0.6) ^ wrong, 0)
    assert split is not None
    assert (split.parameter, split.flips) == ("p3", True)
    assert split.below > 0.7 > 0.3 > split.above


def test_a_shift_that_leaves_the_majority_is_no_flip():
    points = worlds(n=300)
    held = np.where(points[:, 2] < 0.5, np.random.default_rng(2).random(300) < 0.6, True)
    split = split_of(NAMES, points, held, 0)
    assert split is not None
    assert split.parameter == "p2"
    assert not split.flips


def test_nothing_is_found_in_coin_tosses():
    tosses = [np.random.default_rng(seed).random(100) < 0.5 for seed in range(12)]
    found = [split_of(NAMES, worlds(seed), held, seed) for seed, held in enumerate(tosses)]
    assert sum(split is not None for split in found) <= 3


def test_what_holds_everywhere_or_nowhere_has_no_flip():
    assert split_of(NAMES, worlds(), np.ones(100, dtype=bool), 0) is None
    assert split_of(NAMES, worlds(), np.zeros(100, dtype=bool), 0) is None
    assert split_of(["width"], np.array([[0.1], [0.2], [0.3]]), np.array([True, False, False]), 0) is None
