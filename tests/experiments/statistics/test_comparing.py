"""Pairs of designs compared, on numbers whose answers are known."""

import numpy as np
import pytest
from scipy import stats

from engagesim.experiments.statistics.comparing import compared, equivalence, replicates_needed


def test_equivalence_agrees_with_two_one_sided_tests():
    pairs = np.random.default_rng(4).normal(0.02, 0.1, size=(1, 50))
    upper = stats.ttest_1samp(pairs[0], 0.05, alternative="less").pvalue
    lower = stats.ttest_1samp(pairs[0], -0.05, alternative="greater").pvalue
    assert equivalence(pairs[0], 0.05) == pytest.approx(max(upper, lower))
    assert equivalence(np.zeros(9), 0.05) == 0.0
    assert equivalence(np.full(9, 0.07), 0.05) == 1.0


def test_so_many_replicates_as_said_find_what_matters_four_times_in_five():
    rng = np.random.default_rng(5)
    pilot = rng.normal(size=4000)
    n = int(replicates_needed(pilot, 0.3))
    found = [stats.ttest_1samp(rng.normal(0.3, 1.0, n), 0.0).pvalue < 0.05 for _ in range(1000)]
    assert n == pytest.approx((1.96 + 0.8416) ** 2 / 0.09, rel=0.06)
    assert stats.binom(1000, 0.8).ppf(0.0005) <= sum(found) <= stats.binom(1000, 0.8).ppf(0.9995)


def test_a_comparison_counts_pairs_that_have_a_value():
    samples = np.array([[1.0, 2.0, 3.0, np.nan], [2.0, 2.0, 5.0, 1.0], [0.0, 1.0, 2.0, 9.0]])
    frame = compared(samples.T, 0, 0.5)
    assert frame["mean"].tolist() == [1.0, -1.0]
    assert frame["n"].tolist() == [3, 3]
    assert frame["superiority"].tolist() == [pytest.approx(2.5 / 3), 0.0]
    assert frame["dz"].tolist()[0] == pytest.approx(1.0)
    assert np.isnan(frame["dz"].tolist()[1])
