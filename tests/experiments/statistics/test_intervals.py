"""Intervals of means, alone and all at once, on numbers whose answers are known."""

import math

import numpy as np
import pytest
from scipy import stats

from engagesim.experiments.statistics.intervals import NEVER, interval, more_needed, simultaneous
from engagesim.experiments.statistics.means import mean_of


@pytest.mark.parametrize(("n", "truly"), [(8, 0.942), (12, 0.95), (40, 0.95)])
def test_the_interval_covers_the_true_mean_as_often_as_it_says(n: int, truly: float):
    """Of normal numbers; as stated, to 2 % in 1000 samples: beyond by luck in less than one case of a hundred."""
    samples = np.random.default_rng(11).normal(size=(1000, n))
    low, high = interval(samples, seed=0)
    assert float(((low <= 0.0) & (high >= 0.0)).mean()) == pytest.approx(truly, abs=0.02)


def test_the_interval_of_skewed_numbers_covers_a_little_less_often():
    """Of exponential ones with mean 1 about 93.6 %: 91 to 96 % by luck in all but one case of five hundred."""
    samples = np.random.default_rng(11).exponential(size=(1000, 40))
    low, high = interval(samples, seed=0)
    assert 0.91 <= float(((low <= 1.0) & (high >= 1.0)).mean()) <= 0.96


def test_intervals_narrow_with_the_root_of_the_number():
    samples = np.random.default_rng(2).normal(size=(50, 400))
    wide, narrow = (np.subtract(*interval(part, 0)[::-1]).mean() for part in (samples[:, :100], samples))
    assert wide / narrow == pytest.approx(2.0, rel=0.15)


def test_rows_without_variation_are_exact_and_single_numbers_have_no_interval():
    low, high = interval(np.array([[0.1] * 10, [0.1] * 9 + [np.nan], [1.0] + [np.nan] * 9, [np.nan] * 10]), 0)
    assert list(low[:2]) == list(high[:2]) == [0.1, 0.1]
    assert np.isnan([low[2:], high[2:]]).all()
    assert mean_of(np.array([[0.1] * 10]))[0] == 0.1


def test_nans_are_left_out_of_the_row_in_which_they_stand_only():
    samples = np.random.default_rng(3).normal(size=(2, 30))
    low, high = interval(samples, 0)
    holes = samples.copy()
    holes[1, :5] = np.nan
    holed_low, holed_high = interval(holes, 0)
    assert (holed_low[0], holed_high[0]) == pytest.approx((low[0], high[0]), rel=1e-12)
    kept_low, kept_high = interval(samples[1:, 5:], 0)
    assert (holed_low[1], holed_high[1]) == pytest.approx((kept_low[0], kept_high[0]), rel=1e-12)


@pytest.mark.parametrize("rows", [8, 12])
def test_simultaneous_intervals_hold_for_all_rows_at_once_as_often_as_stated(rows):
    rng = np.random.default_rng(1)
    both = single = 0
    widths = []
    for study in range(100):
        pairs = rng.normal(size=(rows, 40))
        told = simultaneous(pairs.T, study)
        both += bool(((told.low <= 0) & (told.high >= 0)).all())
        widths.append(told.critical[0])
        wide = stats.t.ppf(0.975, 39) * pairs.std(axis=1, ddof=1) / np.sqrt(40)
        single += bool((np.abs(pairs.mean(axis=1)) <= wide).all())
    # Rows are independent: one-at-a-time intervals all hold in .95**8 = 66 % or .95**12 = 54 % of studies.
    assert stats.binom(100, 0.95).cdf(both) > 0.001
    assert stats.binom(100, 0.95**rows).cdf(single) < 0.999
    # And they are no wider than they must be: the largest of so many independent t is known.
    assert np.mean(widths) == pytest.approx(stats.t.ppf((1 + 0.95 ** (1 / rows)) / 2, 39), rel=0.05)


@pytest.mark.parametrize("units", [6, 12])
def test_simultaneous_intervals_hold_with_few_numbers_too(units: int):
    """95 % of 400 samples: 360 or fewer, or 395 or more, by luck once in five thousand times."""
    covered = 0
    for turn in range(400):
        told = simultaneous(np.random.default_rng(turn).normal(0.0, 1.0, (units, 12)), seed=turn)
        covered += bool(((told.low <= 0.0) & (told.high >= 0.0)).all())
    assert 360 < covered < 395


def test_one_row_alone_has_the_interval_of_students_t():
    """The largest of one is itself: t of 9 degrees of freedom beyond which 5 % lie is 2.262."""
    told = simultaneous(np.random.default_rng(5).normal(0.0, 1.0, (10, 1)), 0)
    assert told.critical[0] == pytest.approx(2.262, rel=0.06)


def test_rows_that_do_not_vary_have_their_mean_as_both_bounds():
    pairs = np.stack([np.full(30, 0.25), np.random.default_rng(0).normal(size=30)])
    told = simultaneous(pairs.T, 0)
    assert (told.low[0], told.high[0]) == (0.25, 0.25)
    assert told.low[1] < pairs[1].mean() < told.high[1]
    assert simultaneous(np.zeros((9, 2)), 0).high.tolist() == [0.0, 0.0]
    assert np.isnan(simultaneous(np.zeros((1, 2)), 0).low).all()


def test_simultaneous_intervals_are_wider_than_single_ones_and_leave_out_what_is_missing():
    samples = np.random.default_rng(5).normal(0.0, 1.0, (60, 20))
    many, one = simultaneous(samples, 0), simultaneous(samples[:, :1], 0)
    assert many.critical.min() > one.critical.max() > 1.9
    samples[3, 0] = np.nan
    told = simultaneous(samples, 0)
    assert told.n.tolist() == [59] + [60] * 19
    assert told.mean[0] == pytest.approx(np.nanmean(samples[:, 0]))
    assert math.isnan(simultaneous(np.ones((1, 2)), 0).low[0])
    same = simultaneous(np.ones((5, 1)), 0)
    assert (same.low[0], same.high[0]) == (1.0, 1.0)


@pytest.mark.parametrize(("mean", "expected"), [(1.0, 0), (0.1, 380), (0.0, NEVER), (math.nan, NEVER)])
def test_how_many_more_units_would_tell(mean: float, expected: int):
    """Half-width 0.2 x 2 / sqrt(20 / n): 400 units for a mean of a tenth at a standard error of .2236 over 20."""
    assert more_needed(mean, 0.2236, 2.0, 20) == pytest.approx(expected, abs=1)
