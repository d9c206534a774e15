"""Decision statistics against answers that are known beforehand."""

import math

import numpy as np
import pytest
from scipy.stats import t

from engagesim.experiments.statistics.best import chance_of_best_case, chance_of_best_mean, expected_loss, gaps_to
from engagesim.experiments.statistics.intervals import NEVER, more_needed, simultaneous
from engagesim.experiments.statistics.robustness import dominators, frontier, regret

RNG = np.random.default_rng(5)


@pytest.mark.parametrize("rows", [6, 12, 40])
def test_simultaneous_intervals_hold_all_at_once_as_often_as_they_say(rows: int):
    """95 % of 400 samples: 360 or fewer, or 395 or more, by luck once in ten thousand times."""
    covered = 0
    for turn in range(400):
        told = simultaneous(np.random.default_rng(turn).normal(0.0, 1.0, (rows, 12)), seed=turn)
        covered += bool(((told.low <= 0.0) & (told.high >= 0.0)).all())
    assert 360 < covered < 395


def test_one_column_alone_has_the_interval_of_students_t():
    """The largest of one is itself: t of 9 degrees of freedom beyond which 5 % lie is 2.262."""
    told = simultaneous(RNG.normal(0.0, 1.0, (10, 1)), 0)
    assert told.critical[0] == pytest.approx(2.262, rel=0.06)


def test_independent_columns_are_told_apart_as_by_sidak():
    """Twelve independent means: each may err in 1 - .95^(1/12) of cases; t of 39 degrees of freedom."""
    expected = t.isf((1.0 - 0.95 ** (1.0 / 12.0)) / 2.0, 39)
    assert simultaneous(RNG.normal(0.0, 1.0, (40, 12)), 0).critical == pytest.approx(expected, rel=0.04)


def test_simultaneous_intervals_are_wider_than_single_ones_and_leave_out_what_is_missing():
    samples = RNG.normal(0.0, 1.0, (60, 20))
    many, one = simultaneous(samples, 0), simultaneous(samples[:, :1], 0)
    assert many.critical.min() > one.critical.max() > 1.9
    samples[3, 0] = np.nan
    told = simultaneous(samples, 0)
    assert told.n.tolist() == [59] + [60] * 19
    assert told.mean[0] == pytest.approx(np.nanmean(samples[:, 0]))
    assert math.isnan(simultaneous(np.ones((1, 2)), 0).low[0])
    same = simultaneous(np.ones((5, 1)), 0)
    assert (same.low[0], same.high[0]) == (1.0, 1.0)


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
    pairs = simultaneous(np.column_stack((a - b, a - c, b - c)), 4)
    assert gaps_to(0, samples, 4).critical.tolist() == pairs.critical.tolist()
    assert gaps_to(0, samples, 4).mean == pytest.approx([0, pairs.mean[0], pairs.mean[1]])


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


def test_regret_is_what_is_lacking_in_each_row():
    assert regret(np.array([[1.0, 3.0], [4.0, 2.0]])).tolist() == [[2.0, 0.0], [0.0, 2.0]]


@pytest.mark.parametrize(("mean", "expected"), [(1.0, 0), (0.1, 380), (0.0, NEVER), (math.nan, NEVER)])
def test_how_many_more_units_would_tell(mean: float, expected: int):
    """Half-width 0.2 x 2 / sqrt(20 / n): 400 units for a mean of a tenth at a standard error of .2236 over 20."""
    assert more_needed(mean, 0.2236, 2.0, 20) == pytest.approx(expected, abs=1)


def test_the_front_is_what_nothing_beats_in_everything():
    points = np.array([[1.0, 1.0], [2.0, 0.0], [0.0, 2.0], [0.5, 0.5], [2.0, 0.0]])
    assert dominators(points) == [None, None, None, 0, None]


def test_the_efficient_frontier_of_a_textbook_case():
    """Cheap A; B is dearer and worse; C is beaten by a mixture of A and D; D is efficient."""
    steps = frontier([0.0, 2.0, 4.0, 6.0], [0.0, -1.0, 1.0, 6.0])
    assert [s.status for s in steps] == ["frontier", "dominated", "extended", "frontier"]
    assert (steps[1].by, steps[2].by) == ((0,), (0, 3))
    assert steps[3].ratio == pytest.approx(1.0)
    assert math.isnan(steps[0].ratio)
