"""M15 Estimates: what members think that the purpose needs, whom they hear, and how they come to be believed."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from engagesim import EngagementModel, simulate
from engagesim.draws import key_of, named, normal
from engagesim.measures import measure
from engagesim.rules.estimates import (
    FARTHEST,
    draw_nearer,
    drift,
    first_estimate,
    heard_view,
    heard_weight,
    own_weight,
    signal,
    update_credibility,
    within_reach,
)
from engagesim.tallies import NAMES

from .cases import (
    APART,
    EMPLOYEES_ONLY,
    EVEN,
    STILL_NEED,
    alone,
    at_start,
    close,
    followed,
    lively,
    matrix,
    network_of,
    with_strengths,
)

SHARE = st.floats(0, 1)
VIEW = st.floats(-FARTHEST, FARTHEST)


@given(st.floats(-10, 10), st.floats(0, 10), st.floats(-9, 9))
def test_first_estimates_and_the_need_are_held_within_reach(mean, spread, z):
    assert first_estimate(mean, spread, 0.0, z, 1.0) == within_reach(mean + spread * z)
    assert first_estimate(mean, spread, 1.0, z, 1.0) == mean + spread
    assert first_estimate(mean, 0.0, 0.3, z, 1.0) == mean
    assert drift(mean, 0.0, z) == mean
    assert drift(FARTHEST, 1.0, 2.0) == FARTHEST
    assert drift(-FARTHEST, 1.0, -2.0) == -FARTHEST


@given(SHARE, st.floats(-1000, 1000), st.floats(0, 10), SHARE)
def test_a_partner_is_heard_less_the_more_they_differ_and_not_beyond_the_bound(strength, apart, bound, bias):
    weight = heard_weight(strength, apart, bound, bias)
    assert 0 <= weight <= strength
    assert weight == heard_weight(strength, -apart, bound, bias)
    assert heard_weight(strength, apart, 0.0, 0.0) == strength
    if bound > 0 and abs(apart) > bound:
        assert weight == 0
    assert heard_weight(strength, 2 * apart, 0.0, bias) <= heard_weight(strength, apart, 0.0, bias)


def test_what_is_heard_by_hand():
    assert heard_weight(0.8, 1.0, 0.0, 1.0) == pytest.approx(0.4)
    assert heard_weight(0.8, -3.0, 3.0, 0.5) == pytest.approx(0.8 * (1 - 0.5 * 0.75))
    assert heard_weight(0.8, 3.1, 3.0, 0.0) == 0
    assert heard_view(1.2, 0.4, 9.0) == pytest.approx(3)
    assert heard_view(0.0, 0.0, 9.0) == 9
    assert draw_nearer(1.0, 3.0, 0.25) == 1.5
    assert signal(2.0, 0.5, -3.0) == 0.5
    assert first_estimate(1.0, 2.0, 0.25, 2.0, -4.0) == 2.0, "three parts of 2 and one of -4, twice, beyond 1"


@given(VIEW, VIEW, SHARE)
def test_an_estimate_moves_toward_a_view_and_not_past_it(estimate, view, speed):
    new = draw_nearer(estimate, view, speed)
    assert min(estimate, view) - 1e-9 <= new <= max(estimate, view) + 1e-9
    assert draw_nearer(estimate, view, 0.0) == estimate


@given(SHARE, st.floats(-1000, 1000), SHARE)
def test_credibility_is_a_share_that_follows_closeness_to_the_need(credibility, distance, rate):
    new = update_credibility(credibility, distance, rate)
    assert -1e-15 <= new <= 1 + 1e-15
    assert new <= update_credibility(credibility, distance / 2, rate)
    assert update_credibility(credibility, distance, 0.0) == credibility
    assert update_credibility(1.0, 0.0, rate) == 1
    assert update_credibility(0.0, 0.0, 1.0) == 1


def test_credibility_by_hand():
    assert update_credibility(0.2, -3.0, 0.1) == pytest.approx(0.2 + 0.1 * (0.25 - 0.2))


def test_ones_own_view_counts_as_a_tie_and_more_for_who_was_right():
    assert own_weight(1.0, 0.0, 0.7) == 1.0
    assert own_weight(1.0, 4.0, 0.5) == 3.0


# --- estimates alone ----------------------------------------------------------------------------------------------


def heard(**values):
    """Weekly estimates of a run among ties of unequal strength, those strengths, and the estimates at the start."""
    design = alone(**{"form": "small_world", "rewiring": 0.3, "listening": 0.3, **values})
    network = with_strengths(network_of(design), lambda a, b: 1 - (a + b) / 100)
    estimates, _ = followed(design, "estimate", network=network)
    return estimates, matrix(network), at_start(design)


def test_listening_alone_follows_the_averaging_matrix_to_the_stationary_weighted_mean():
    estimates, strengths, start = heard(steps=400)
    step = np.eye(len(start)) + 0.3 * (strengths / strengths.sum(axis=1, keepdims=True) - np.eye(len(start)))
    for week in (1, 2, 10, 50, 400):
        assert close(estimates[week - 1], np.linalg.matrix_power(step, week) @ start, 1e-9)
    values, vectors = np.linalg.eig(step.T)
    stationary = np.real(vectors[:, np.argmax(np.real(values))])
    stationary /= stationary.sum()
    assert close(estimates[-1], stationary @ start, 1e-9)
    assert abs(stationary @ start - start.mean()) > 1e-3, "the plain mean would be another number"


def bounded(estimates, strengths, bound, bias):
    """One week of hearing with a bound and a ranking, in matrices."""
    apart = np.abs(estimates[None, :] - estimates[:, None])
    weights = strengths * (1 - bias * apart / (apart + 1)) * (apart <= bound)
    total = weights.sum(axis=1)
    view = np.divide(weights @ estimates, total, out=estimates.copy(), where=total > 0)
    return estimates + 0.3 * (view - estimates)


def test_bounded_confidence_and_ranking_leave_camps():
    estimates, strengths, expected = heard(steps=200, confidence_bound=0.5, ranking_bias=0.7)
    for week in range(30):
        expected = bounded(expected, strengths, 0.5, 0.7)
        assert close(estimates[week], expected, 1e-9)
    assert estimates[-1].std() > 0.1, "consensus does not come"


def test_a_ranking_slows_consensus_down():
    spread = [heard(steps=10, ranking_bias=bias)[0][-1].std() for bias in (0, 0.5, 1)]
    assert spread == sorted(spread)
    assert spread[0] < spread[2]


def test_sensing_alone_finds_a_need_that_stands_still_geometrically():
    design = alone(**APART, **STILL_NEED, sensing=0.1, sensing_noise=0, estimate_bias=2, steps=60)
    estimates, run = followed(design, "estimate")
    weeks = np.arange(1, 61)[:, None]
    assert close(estimates, at_start(design) * 0.9**weeks, 1e-12)
    assert (run.organization["need"] == 0).all()


def test_noisy_signals_settle_at_the_variance_of_a_running_mean():
    """False alarm: two in a million. At rest the variance is noise^2 s / (2 - s)."""
    design = alone(**{**APART, "employees": 400}, **STILL_NEED, sensing=0.5, sensing_noise=2, steps=40)
    estimates, _ = followed(design, "estimate")
    statistic = (estimates[-1] ** 2).sum() / (4 * 0.5 / 1.5)
    assert stats.chi2.isf(1 - 1e-6, 400) < statistic < stats.chi2.isf(1e-6, 400)


def test_the_need_takes_the_steps_that_are_drawn():
    run = simulate(alone(need_drift=0.3, error_cost=0.1), seed=4)
    drawn = [normal(key_of(4, named("purpose.drift"), week), 0) for week in range(20)]
    assert close(run.organization["need"], 0.3 * np.cumsum(drawn), 1e-12)


def test_independent_estimates_with_equal_votes_err_by_the_spread_over_the_root_of_n():
    """False alarm: two in a million."""
    design = alone(**{**APART, "employees": 16}, **STILL_NEED, estimate_sd=2, error_cost=0.1, steps=1)
    errors = np.array([simulate(design, seed=s).organization["decision"].iloc[-1] for s in range(300)])
    statistic = (errors**2).sum() / (4 / 16)
    assert stats.chi2.isf(1 - 1e-6, 300) < statistic < stats.chi2.isf(1e-6, 300)


def test_collective_error_is_mean_individual_error_less_diversity():
    run = simulate(alone(**STILL_NEED, outsider_vote=1, listening=0.1, sensing=0.05, estimate_bias=0.7))
    collective, individual, diversity = (
        measure(name, run.tallies) for name in ("collective_error", "individual_error", "belief_diversity")
    )
    assert close(collective**2, individual - diversity, 1e-7)


def test_newcomers_do_not_know_the_need_and_have_earned_nothing():
    design = lively(estimate_bias=3, estimate_sd=0, exit_hazard=0.1, credibility_rate=0.5, need_drift=0)
    model = EngagementModel(design, seed=2)
    while not (model.tallies[-1:, :, NAMES.index("arrivals")] > 0).any():
        model.step()
    new = [m for m in model.members if m.active and m.tenure == 0]
    assert {(m.estimate, m.credibility) for m in new} == {(3.0, 0.0)}


def test_with_an_own_view_the_consensus_is_that_of_degroot():
    design = alone(
        **EMPLOYEES_ONLY, **STILL_NEED, form="star", employees=9, strength_lateral=1, listening=1, own_view=1, steps=400
    )
    before, after = at_start(design), simulate(design).last["estimate"]
    weight = network_of(design).degree + 1.0
    assert close(after, weight @ before / weight.sum(), 1e-12)


def test_even_estimates_are_even_with_the_same_spread():
    """False alarm: one in a million."""
    design = alone(**EMPLOYEES_ONLY, form="regular", degree=2, employees=4000, estimate_evenness=1, steps=1)
    x = simulate(design, seed=3).last["estimate"]
    assert np.abs(x).max() <= np.sqrt(3)
    assert stats.kstest(x, EVEN.cdf).pvalue > 1e-6
