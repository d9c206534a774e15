"""Shares of variance of a function whose shares are known, through the code that claims use."""

import numpy as np
import pytest

from engagesim import Scenario
from engagesim.experiments.claims.claim import Decomposition
from engagesim.experiments.claims.decomposing import (
    DUMMY,
    LUCK,
    NoVarianceError,
    estimate_of,
    points_of,
    problem_of,
    ranges_around,
    total_indices,
)

ASKED = Decomposition(
    Scenario.load("plain_organization"),
    {"design": ("capture_share", "demand.employee"), "population": ("slope_mean", "free_rider_share")},
    0.2, (0.1,), ("capture_share",),
)  # fmt: skip


@pytest.fixture(scope="module")
def problem():
    return problem_of(ASKED, ASKED.width)


def unit(problem, points):
    """Every column from 0 to 1."""
    low, high = np.array(problem["bounds"]).T
    return (points - low) / (high - low)


def test_ranges_have_the_same_relative_width_within_what_is_valid():
    found = ranges_around(ASKED.scenario, ["capture_share", "demand.employee", "visibility_task"], 0.25)
    assert found["capture_share"] == pytest.approx((0.3, 0.5))
    assert found["demand.employee"] == pytest.approx((0.3, 0.5))
    assert found["visibility_task"] == pytest.approx((0.75, 1.0))


def test_what_is_held_does_not_vary(problem):
    assert problem["names"][-2:] == [LUCK, DUMMY]
    assert "capture_share" in problem["names"]
    assert "capture_share" not in problem_of(ASKED, 0.2, ASKED.hold)["names"]


def test_known_shares_lie_in_their_intervals(problem):
    u = unit(problem, points_of(problem, 512, 3))
    y = 3 * u[:, 0] + u[:, 1] + 2 * u[:, 2] + np.sqrt(3.0) * u[:, 4]  # variances 10, 4 and 3 twelfths
    groups, totals, resamples = total_indices(problem, y, 0)
    low, high = np.quantile(resamples, (0.005, 0.995), axis=0)
    for group, share in {"design": 10 / 17, "population": 4 / 17, LUCK: 3 / 17}.items():
        i = groups.index(group)
        assert low[i] <= share <= high[i]
        # The intervals themselves are some .1 wide at 512 points; without this, wide ones would hold anything.
        assert totals[i] == pytest.approx(share, abs=0.08)
    difference = estimate_of(groups, totals, resamples, {"design": 1, "population": -1})
    assert difference.low < 6 / 17 < difference.high
    assert totals[groups.index(DUMMY)] == 0.0


def test_an_interaction_counts_for_both_groups(problem):
    u = unit(problem, points_of(problem, 512, 3)) - 0.5
    groups, totals, _ = total_indices(problem, u[:, 0] * u[:, 2], 0)
    assert totals[groups.index("design")] == pytest.approx(1.0, abs=0.15)
    assert totals[groups.index("population")] == pytest.approx(1.0, abs=0.15)


def test_missing_numbers_and_constants_are_refused(problem):
    y = points_of(problem, 8, 3)[:, 0]
    with pytest.raises(NoVarianceError):
        total_indices(problem, np.ones_like(y), 0)
    y = y.copy()
    y[5] = np.nan
    with pytest.raises(NoVarianceError):
        total_indices(problem, y, 0)
