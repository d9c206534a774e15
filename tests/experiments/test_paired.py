import numpy as np
import pytest

from engagesim.experiments.paired import differences, levels, weekly
from engagesim.experiments.reduction import MAIN, Reduced
from engagesim.measures import GROUPS, WINDOWS


def made(values: list[float]) -> Reduced:
    """Replicates with one measure whose value is the same in every group and window."""
    windows = np.broadcast_to(np.array(values)[:, None, None, None], (len(values), len(GROUPS), len(WINDOWS), 1))
    weeks = np.broadcast_to(np.array(values)[:, None, None, None], (len(values), len(GROUPS), 3, len(MAIN)))
    return Reduced(("effort",), windows, weeks, GROUPS, np.ones((len(values), len(GROUPS)), dtype=bool))


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
