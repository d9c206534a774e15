import numpy as np
import pytest

from engagesim.experiments.statistics.dependence import effects, least_worlds

POINTS = np.random.default_rng(1).uniform(0.0, 1.0, (60, 5))


def test_straight_lines_give_back_their_slopes():
    found = effects(POINTS, 3.0 + 2.0 * POINTS[:, 1] - POINTS[:, 4])
    assert found is not None
    width = np.quantile(POINTS, 0.9, axis=0) - np.quantile(POINTS, 0.1, axis=0)
    assert found.at_high - found.at_low == pytest.approx(width * [0.0, 2.0, 0.0, 0.0, -1.0], abs=1e-9)
    assert found.explained == pytest.approx(1.0)


def test_noise_is_not_explained_and_too_few_worlds_tell_nothing():
    found = effects(POINTS, np.random.default_rng(2).normal(size=60))
    assert found is not None
    assert found.explained < 0.2
    least = least_worlds(POINTS.shape[1])
    assert effects(POINTS[: least - 1], POINTS[: least - 1, 0]) is None
    assert effects(POINTS[:least], POINTS[:least, 0]) is not None
