import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from engagesim.rules.norm import observed_norm, update_belief, visible_effort

from .cases import CONDITIONAL, alone, followed, matrix, network_of, with_strengths

SHARE = st.floats(0, 1)
DEGROOT = {
    **CONDITIONAL, "form": "small_world", "rewiring": 0.3, "belief_update": 0.4, "slope_mean": 1,
    "visibility_relational": 1, "belief_start": (0.9, 0.1, 0.5),
}  # fmt: skip


@given(SHARE, SHARE, SHARE, SHARE)
def test_visible_effort_is_never_more_than_effort(effort, share, task_seen, relational_seen):
    task = effort * share
    relational = effort - task
    assert 0 <= visible_effort(task, relational, task_seen, relational_seen) <= effort * (1 + 1e-15)
    assert visible_effort(task, relational, 0.0, 0.0) == 0
    assert visible_effort(task, relational, 1.0, 1.0) == task + relational


def test_visible_effort_by_hand():
    assert visible_effort(0.4, 0.2, 1.0, 0.5) == pytest.approx(0.5)


@given(st.lists(st.tuples(SHARE, st.floats(0.001, 1)), min_size=1), SHARE)
def test_the_norm_lies_between_what_partners_show(seen, belief):
    weighted, strength = sum(x * w for x, w in seen), sum(w for _, w in seen)
    norm = observed_norm(weighted, strength, belief)
    assert min(x for x, _ in seen) - 1e-12 <= norm <= max(x for x, _ in seen) + 1e-12


@given(SHARE)
def test_who_has_no_tie_sees_what_they_believe(belief):
    assert observed_norm(0.0, 0.0, belief) == belief


@given(SHARE, SHARE, SHARE)
def test_belief_moves_toward_the_norm_and_not_past_it(belief, norm, rate):
    new = update_belief(belief, norm, rate)
    assert min(belief, norm) - 1e-15 <= new <= max(belief, norm) + 1e-15
    assert update_belief(belief, norm, 0.0) == belief
    assert update_belief(belief, norm, 1.0) == pytest.approx(norm, abs=1e-15)


def degroot(**values):
    """Weekly beliefs of a run among ties of unequal strength, those strengths, and the beliefs at the start."""
    design = alone(**{**DEGROOT, **values})
    network = with_strengths(network_of(design), lambda a, b: 1 - (a + b) / 100)
    beliefs, _ = followed(design, "belief", network=network)
    return beliefs, matrix(network), np.array(DEGROOT["belief_start"])[network.role]


def test_beliefs_follow_the_averaging_matrix_week_by_week():
    beliefs, strengths, expected = degroot()
    weights = strengths / strengths.sum(axis=1, keepdims=True)
    for week in range(20):
        expected = expected + 0.4 * (weights @ expected - expected)
        assert np.abs(beliefs[week] - expected).max() < 1e-13


def test_beliefs_converge_to_the_stationary_weighted_mean():
    beliefs, strengths, start = degroot(steps=400)
    weights = strengths / strengths.sum(axis=1, keepdims=True)
    values, vectors = np.linalg.eig(weights.T)
    stationary = np.real(vectors[:, np.argmax(np.real(values))])
    stationary /= stationary.sum()
    assert np.allclose(stationary, strengths.sum(axis=1) / strengths.sum())
    assert np.abs(beliefs[-1] - stationary @ start).max() < 1e-9
    assert abs(stationary @ start - start.mean()) > 1e-3, "the plain mean would be another number"


def test_effort_that_is_not_seen_lowers_what_people_believe():
    seen, _, _ = degroot()
    unseen, _, _ = degroot(visibility_relational=0.5)
    assert (unseen[-1] < seen[-1]).all()


def test_the_isolated_keep_their_belief():
    beliefs, _ = followed(alone(**{**DEGROOT, "form": "regular", "degree": 0}), "belief")
    assert (beliefs == beliefs[0]).all()
