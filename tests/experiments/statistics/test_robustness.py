"""Regret, fronts and what is good enough, worked out by hand."""

import math

import numpy as np
import pytest

from engagesim.experiments.statistics.robustness import dominators, frontier, pareto, regret, satisficing


def test_regret_good_enough_and_the_front():
    values = np.array([[0.5, 0.9], [0.7, 0.6], [0.4, 0.5]])
    assert regret(values.T).T.tolist() == [
        pytest.approx([0.2, 0.0]),
        pytest.approx([0.0, 0.3]),
        pytest.approx([0.3, 0.4]),
    ]
    assert satisficing(values.T, 0.5, 0.8).tolist() == [0.5, 1.0, 0.5]
    assert satisficing(np.array([[np.nan], [0.6]]), 0.5, 1.0).tolist() == [0.5]
    assert pareto(np.array([[1.0, 2.0], [2.0, 1.0], [1.0, 1.0], [2.0, np.nan]])).tolist() == [True, True, False, False]
    assert pareto(np.array([[1.0, 1.0], [1.0, 1.0]])).tolist() == [True, True]


def test_regret_is_what_is_lacking_in_each_row():
    assert regret(np.array([[1.0, 3.0], [4.0, 2.0]])).tolist() == [[2.0, 0.0], [0.0, 2.0]]


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
