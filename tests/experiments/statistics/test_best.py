"""Which design is best, against answers that are known beforehand."""

import numpy as np
import pytest
from scipy import stats

from engagesim.experiments.statistics.best import chance_of_best_case, chance_of_best_mean, expected_loss, gaps_to
from engagesim.experiments.statistics.intervals import simultaneous

RNG = np.random.default_rng(5)


def test_chance_of_the_best_mean_and_of_being_best_once_are_told_apart():
    noise = np.random.default_rng(6).normal(size=(2, 400))
    samples = np.stack([noise[0], noise[1] + 0.2], axis=1)
    once, loss = chance_of_best_case(samples), expected_loss(samples, 0)
    assert chance_of_best_mean(samples, 0)[1] > 0.95
    assert once[1] == pytest.approx(stats.norm.cdf(0.2 / np.sqrt(2)), abs=0.08)
    assert once.sum() == pytest.approx(1.0)
    assert loss[0] == pytest.approx(samples[:, 1].mean() - samples[:, 0].mean(), abs=0.02)
    assert 0.0 <= loss[1] < 0.01
    assert chance_of_best_mean(np.zeros((9, 4)), 0).tolist() == [0.25] * 4


def test_policies_that_are_one_share_the_chance_of_the_best_mean():
    pair = np.random.default_rng(6).normal(size=(25, 1)).repeat(3, axis=1)
    assert chance_of_best_mean(pair, 0) == pytest.approx([1 / 3] * 3)


@pytest.mark.parametrize("rows", [8, 12, 50])
def test_the_luckiest_of_many_that_are_alike_is_seldom_told_from_another(rows: int):
    """Picked after looking: intervals for the pairs with it alone are too bold.

    Of 240 samples at 5 %, 23 or more are told once in a thousand times; of a bold 14 %, less than 19 as seldom.
    """
    naive = told = 0
    for turn in range(240):
        alike = np.random.default_rng(turn).normal(0.0, 1.0, (rows, 8))
        best = int(alike.mean(axis=0).argmax())
        naive += bool((simultaneous(alike[:, [best]] - alike, turn).low > 0.0).any())
        told += bool((gaps_to(best, alike, turn).low > 0.0).any())
    assert told < 23
    assert naive > 18


def test_gaps_hold_at_once_for_every_pair():
    a, b, c = (samples := RNG.normal(0.0, 1.0, (40, 3))).T
    pairs, gaps = simultaneous(np.column_stack((a - b, a - c, b - c)), 4), gaps_to(0, samples, 4)
    assert gaps.critical == pytest.approx(pairs.critical)
    assert gaps.mean == pytest.approx([0, pairs.mean[0], pairs.mean[1]])


def test_one_that_is_truly_ahead_is_told():
    ahead = RNG.normal(0.0, 1.0, (50, 8)) + np.eye(1, 8) * 2.0
    assert (gaps_to(0, ahead, 0).low[1:] > 0.0).all()


def test_one_that_is_always_higher_is_best_and_loses_nothing():
    samples = np.column_stack([np.zeros(30), np.full(30, 2.0), RNG.uniform(0.0, 1.0, 30)])
    assert chance_of_best_mean(samples, 0).tolist() == [0.0, 1.0, 0.0]
    assert chance_of_best_case(samples).tolist() == [0.0, 1.0, 0.0]
    assert expected_loss(samples, 0)[:2].tolist() == [2.0, 0.0]


def test_ties_are_split_and_two_alike_share_the_chance():
    assert chance_of_best_case(np.zeros((7, 4))).tolist() == [0.25] * 4
    pair = RNG.normal(0.0, 1.0, (4000, 2))
    assert chance_of_best_case(pair) == pytest.approx([0.5, 0.5], abs=0.03)


def test_best_on_average_and_best_in_one_case_are_different_things():
    """A large rare gain: best on average, seldom best."""
    rare = np.where(np.arange(50) % 5 == 0, 10.0, 0.0)
    samples = np.column_stack([np.ones(50), rare])
    assert chance_of_best_mean(samples, 0)[1] > 0.8
    assert chance_of_best_case(samples)[1] == pytest.approx(0.2)
