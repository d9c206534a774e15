"""Outcomes of whole runs."""

from __future__ import annotations

import numpy as np
import pytest

from engagesim.summaries import BY_NAME, first_week
from engagesim.tallies import NAMES


def sums(effort, **others):
    """Weekly sums of one member with these efforts."""
    weeks = len(effort)
    zero = {name: np.zeros(weeks) for name in NAMES}
    given = {name: np.asarray(values, dtype=float) for name, values in others.items()}
    return {**zero, "members": np.ones(weeks), "task_effort": np.asarray(effort, dtype=float), **given}


def compute(name, effort):
    return float(BY_NAME[name].compute(sums(effort)))


def test_ups_and_downs_are_the_standard_deviation_over_the_weeks():
    assert compute("effort_variability", [0.2, 0.4] * 10) == pytest.approx(0.1)
    assert compute("effort_variability", [0.3] * 20) == pytest.approx(0)


def test_a_collapse_lasts_until_the_recovery():
    effort = [0.8] * 4 + [0.3, 0.5, 0.39, 0.7] + [0.8] * 4 + [0.1] * 8
    assert compute("collapses", effort) == 2, "a dip before the recovery is no second collapse"
    assert compute("weeks_down", effort) == pytest.approx((3 + 8) / 20)


def test_half_is_no_collapse_yet_and_three_quarters_are_a_recovery():
    assert compute("collapses", [1.0] * 4 + [0.5] * 16) == 0
    assert compute("collapses", [1.0] * 4 + [0.4, 0.75, 0.4] + [1.0] * 13) == 2


def test_steady_effort_never_collapses_and_none_at_all_neither():
    assert compute("collapses", [0.5] * 20) == compute("weeks_down", [0.5] * 20) == 0
    assert compute("collapses", [0.0] * 20) == 0


def test_several_runs_at_once_are_each_their_own():
    one, other = [0.8] * 10 + [0.1] * 10, [0.8] * 20
    stacked = {k: np.stack([a, b]) for (k, a), b in zip(sums(one).items(), sums(other).values(), strict=True)}
    assert BY_NAME["collapses"].compute(stacked).tolist() == [1, 0]


def test_the_first_week_counts_from_one_and_is_nan_if_it_never_comes():
    trust = np.linspace(0.0, 0.9, 10)
    assert float(first_week("trust", 0.25)(sums(trust, trust=trust))) == 4
    assert float(first_week("trust", 0.9)(sums(trust, trust=trust))) == 10, "reached is enough"
    assert np.isnan(first_week("trust", 0.95)(sums(trust, trust=trust)))
