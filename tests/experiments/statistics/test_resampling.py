"""Rows drawn anew, against what a bootstrap is known to give."""

import numpy as np
import pytest

from engagesim.experiments.statistics import intervals, resampling
from engagesim.experiments.statistics.intervals import simultaneous
from engagesim.experiments.statistics.resampling import resampled_means


def test_resampled_means_are_those_of_a_bootstrap():
    samples = np.random.default_rng(2).gamma(2.0, size=(2, 60))
    drawn = resampled_means(samples.T, 3).T
    assert drawn.mean(axis=1) == pytest.approx(samples.mean(axis=1), abs=0.02)
    assert drawn.std(axis=1) == pytest.approx(samples.std(axis=1) / np.sqrt(60), rel=0.06)
    # The same draws for both columns: the mean of a sum is the sum of the means.
    assert resampled_means(samples.sum(axis=0)[:, None], 3)[:, 0] == pytest.approx(drawn.sum(axis=0))


def test_resampled_means_do_not_depend_on_how_many_are_in_memory_at_one_time(monkeypatch):
    samples = np.random.default_rng(2).gamma(2.0, size=(60, 2))
    whole, told = resampled_means(samples, 3), simultaneous(samples, 3)
    for module in (resampling, intervals):
        monkeypatch.setattr(module, "LARGEST", 1000)
    assert np.array_equal(resampled_means(samples, 3), whole)
    assert simultaneous(samples, 3).critical == pytest.approx(told.critical, rel=1e-12)


def test_means_of_very_many_replicates_are_drawn_as_a_bootstrap_would():
    samples = np.random.default_rng(3).gamma(2.0, size=(2, 30_000))
    drawn = resampled_means(samples.T, 3).T
    assert drawn.std(axis=1) == pytest.approx(samples.std(axis=1) / np.sqrt(30_000), rel=0.06)
    assert drawn.mean(axis=1) == pytest.approx(samples.mean(axis=1), abs=0.002)
