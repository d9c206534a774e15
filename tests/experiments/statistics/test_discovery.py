"""Where a design fails: boxes and trees where they were put, and none in luck."""

import re

import numpy as np
import pytest
from scipy import stats

from engagesim.experiments.statistics.discovery import CHANCE, beyond_luck, prim, tree


def test_a_box_is_found_where_it_was_put_and_only_there():
    points = np.random.default_rng(7).random((600, 4))
    flags = (points[:, 0] > 0.6) & (points[:, 2] < 0.4)
    box = prim(points, flags, ["a", "b", "c", "d"])
    assert box is not None
    assert set(box.limits) == {"a", "c"}
    assert box.limits["a"][0] == pytest.approx(0.6, abs=0.05)
    assert box.limits["c"][1] == pytest.approx(0.4, abs=0.05)
    assert box.density > 0.9
    assert box.coverage > 0.85
    assert box.density_elsewhere > 0.8
    lines = tree(points, flags, ["a", "b", "c", "d"], 0)
    assert any("c <= 0.4" in line and "a > 0.598" in line and line.startswith("100%") for line in lines), lines
    assert "right in 9" in lines[-1] or "right in 100%" in lines[-1]


def test_a_box_in_nothing_but_luck_does_not_hold_on_other_points():
    """Of a box that is best by chance the density elsewhere is the base, and the stated chance seldom lets it pass."""
    rng = np.random.default_rng(8)
    found = [prim(rng.random((60, 5)), rng.random(60) < 0.3, list("abcde")) for _ in range(40)]
    boxes = [box for box in found if box is not None]
    assert len(boxes) >= 15, "among few points luck makes boxes"
    assert all(box.density > box.base for box in boxes)
    passed = sum(beyond_luck(box, 1) is not None for box in boxes)
    assert stats.binom(40, CHANCE).sf(passed - 1) > 0.001
    # A box holds some points of the other half, of which .3 count: .2 a box, .05 in the mean of fifteen.
    assert np.nanmean([box.density_elsewhere - box.base for box in boxes]) == pytest.approx(0.0, abs=0.15)


def test_a_tree_in_nothing_but_luck_says_that_it_guesses():
    rng = np.random.default_rng(8)
    points, flags = rng.random((400, 5)), rng.random(400) < 0.3
    (right,) = re.findall(r"right in (\d+)% of new points", tree(points, flags, list("abcde"), 0)[-1])
    assert 40 <= int(right) < 60


def test_too_few_points_of_a_kind_give_no_box_and_no_tree():
    points = np.random.default_rng(9).random((40, 2))
    flags = np.zeros(40, dtype=bool)
    flags[:3] = True
    assert prim(points, flags, ["a", "b"]) is None
    assert tree(points, flags, ["a", "b"], 0) == []
