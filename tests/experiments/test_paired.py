import numpy as np
import pytest

from engagesim.experiments.paired import differences, levels, weekly
from engagesim.experiments.reduction import MAIN, Reduced
from engagesim.experiments.statistics.intervals import interval
from engagesim.experiments.statistics.means import mean_of
from engagesim.measures import GROUPS, WINDOWS


def made(values: list[float]) -> Reduced:
    """Replicates with one measure whose value is the same in every group and window."""
    windows = np.broadcast_to(np.array(values)[:, None, None, None], (len(values), len(GROUPS), len(WINDOWS), 1))
    weeks = np.broadcast_to(np.array(values)[:, None, None, None], (len(values), len(GROUPS), 3, len(MAIN)))
    return Reduced(("effort",), windows, weeks, GROUPS, np.ones((len(values), len(GROUPS)), dtype=bool))


def test_the_interval_covers_the_true_mean_about_as_often_as_it_says():
    # 1000 samples of 40 from an exponential with mean 1. The percentile interval's true coverage here is about 93 %, so
    # that a right implementation leaves 90 to 97 % by chance less than once in a thousand seeds; the seed is fixed.
    samples = np.random.default_rng(11).exponential(size=(1000, 40))
    low, high = interval(samples, seed=0)
    covered = float(((low <= 1.0) & (high >= 1.0)).mean())
    assert 0.90 <= covered <= 0.97


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


def test_pairs_lacking_either_value_are_not_counted():
    row = differences(("a", "b"), made([1.0, 2.0, np.nan, 4.0]), made([2.0, 1.0, 5.0, np.nan]), 0).iloc[0]
    assert (row["n"], row["mean"], row["same_sign"]) == (2, 0.0, 0.0)
    row = differences(("a", "b"), made([1.0, 2.0, 3.0]), made([2.0, 1.0, 5.0]), 0).iloc[0]
    assert row["same_sign"] == pytest.approx(2 / 3)
    assert row["standardized"] == pytest.approx((2 / 3) / 1.0)


def test_nothing_is_standardized_by_a_spread_of_rounding_errors():
    row = differences(("a", "b"), made([1.0, 1.0 + 1e-15]), made([2.0, 2.0]), 0).iloc[0]
    assert np.isnan(row["standardized"])


def test_weekly_bands_are_quantiles_over_replicates():
    frame = weekly("a", made([float(x) for x in range(101)]))
    assert (frame["low"] == 5.0).all()
    assert (frame["high"] == 95.0).all()
    assert (frame["mean"] == 50.0).all()
    assert list(frame.columns) == ["arm", "group", "week", "measure", "mean", "low", "high"]
    assert weekly("a", made([np.nan, np.nan]))["mean"].isna().all()


def test_levels_have_one_row_per_measure_window_and_group():
    frame = levels("a", made([1.0, 3.0]), 0)
    assert len(frame) == len(WINDOWS) * len(GROUPS)
    assert (frame["mean"] == 2.0).all()
