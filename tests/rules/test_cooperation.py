import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from engagesim import simulate
from engagesim.rules.cooperation import (
    CONDITIONAL,
    FREE_RIDER,
    HUMP_SHAPED,
    UNCONDITIONAL,
    type_of,
    typed_contribution,
    voluntary_effort,
)

from .cases import CONDITIONAL as ALL_CONDITIONAL
from .cases import EMPLOYEES_ONLY, alone, efforts, followed, matrix, network_of

SHARE = st.floats(0, 1)
KIND = st.sampled_from([FREE_RIDER, CONDITIONAL, HUMP_SHAPED, UNCONDITIONAL])
GAME = {
    **ALL_CONDITIONAL, **EMPLOYEES_ONLY, "form": "complete", "belief_update": 0.4, "visibility_relational": 1,
    "belief_start": 0.5, "steps": 30,
}  # fmt: skip


def test_types_take_their_shares_of_the_unit_interval():
    kinds = [type_of(u, 0.5, 0.3, 0.14) for u in (0.0, 0.499, 0.501, 0.799, 0.801, 0.939, 0.941, 0.999)]
    assert kinds == [CONDITIONAL] * 2 + [FREE_RIDER] * 2 + [HUMP_SHAPED] * 2 + [UNCONDITIONAL] * 2


def test_everybody_has_one_type_if_that_type_has_all():
    us = [k / 100 for k in range(100)]
    assert {type_of(u, 1, 0, 0) for u in us} == {CONDITIONAL}
    assert {type_of(u, 0, 1, 0) for u in us} == {FREE_RIDER}
    assert {type_of(u, 0, 0, 1) for u in us} == {HUMP_SHAPED}
    assert {type_of(u, 0, 0, 0) for u in us} == {UNCONDITIONAL}


def test_a_population_has_the_mix_of_types_that_was_found():
    """False alarm: one in a million."""
    design = alone(employees=20_000, **EMPLOYEES_ONLY, form="regular", degree=0, steps=1)
    kinds = simulate(design, seed=2).last["cooperation_type"]
    expected = 20_000 * np.array([0.30, 0.50, 0.14, 0.06])
    assert stats.chisquare(np.bincount(kinds, minlength=4), expected).pvalue > 1e-6


@pytest.mark.parametrize(
    ("kind", "belief", "given"),
    [
        (FREE_RIDER, 0.9, 0.0), (UNCONDITIONAL, 0.9, 0.6),
        (CONDITIONAL, 0.0, 0.3), (CONDITIONAL, 0.5, 0.5), (CONDITIONAL, 1.0, 0.7),
        (HUMP_SHAPED, 0.0, 0.3), (HUMP_SHAPED, 0.5, 0.5), (HUMP_SHAPED, 0.75, 0.4), (HUMP_SHAPED, 1.0, 0.3),
    ],
)  # fmt: skip
def test_contributions_of_each_type_by_hand(kind, belief, given):
    assert typed_contribution(kind, 0.6, belief, 0.8, 0.5) == pytest.approx(given)


def test_voluntary_effort_by_hand():
    assert voluntary_effort(CONDITIONAL, 0.6, 0.9, 0.8, 0.5, 0.5) == pytest.approx(0.63)
    assert voluntary_effort(CONDITIONAL, 0.5, 0.9, 2.0, 1.0, 1.0) == 1.0


@given(KIND, SHARE, SHARE, st.floats(0, 2), SHARE, SHARE)
def test_voluntary_effort_is_a_share(kind, motivation, belief, slope, weight, conditionality):
    assert 0 <= voluntary_effort(kind, motivation, belief, slope, weight, conditionality) <= 1


@given(KIND, SHARE, SHARE, st.floats(0, 2), SHARE)
def test_without_conditionality_everybody_follows_their_own_motivation(kind, motivation, belief, slope, weight):
    assert voluntary_effort(kind, motivation, belief, slope, weight, 0.0) == motivation


@given(SHARE, SHARE, SHARE, st.floats(0, 2), SHARE, SHARE)
def test_conditional_cooperators_give_more_the_more_they_believe(motivation, a, b, slope, weight, conditionality):
    low, high = (voluntary_effort(CONDITIONAL, motivation, x, slope, weight, conditionality) for x in sorted((a, b)))
    assert low <= high + 1e-15


@given(SHARE, SHARE, st.floats(0, 2), SHARE)
def test_the_hump_is_highest_in_the_middle_and_symmetric(motivation, belief, slope, weight):
    middle = typed_contribution(HUMP_SHAPED, motivation, 0.5, slope, weight)
    here = typed_contribution(HUMP_SHAPED, motivation, belief, slope, weight)
    assert here <= middle
    assert here == pytest.approx(typed_contribution(HUMP_SHAPED, motivation, 1 - belief, slope, weight))


@pytest.mark.parametrize(("slope", "rate"), [(0.6, 0.4), (0.8, 0.4), (0.9, 0.1)])
def test_imperfect_cooperation_declines_by_its_factor_every_week(slope, rate):
    given = efforts(simulate(alone(**{**GAME, "slope_mean": slope, "belief_update": rate})))
    assert given[0] == pytest.approx(slope * 0.5)
    assert given[1:] / given[:-1] == pytest.approx(1 - rate * (1 - slope), abs=1e-6)


def test_perfect_cooperation_holds():
    assert efforts(simulate(alone(**GAME, slope_mean=1))) == pytest.approx(0.5, abs=1e-9)


def test_with_free_riders_the_decline_is_that_of_the_matrix():
    design = alone(**{**GAME, "conditional_share": 0.7, "free_rider_share": 0.3, "slope_mean": 0.95, "employees": 40})
    kinds, beliefs, run = followed(design, "cooperation_type", "belief", seed=4)
    strengths = matrix(network_of(design, 4))
    gives = np.diag(np.where(kinds[0] == CONDITIONAL, 0.95, 0.0))
    weights = strengths / strengths.sum(axis=1, keepdims=True)
    weekly = 0.6 * np.eye(40) + 0.4 * weights @ gives
    expected, means = np.full(40, 0.5), []
    for week in range(30):
        means.append((gives @ expected).mean())
        expected = weekly @ expected
        assert np.abs(beliefs[week] - expected).max() < 1e-13
    assert efforts(run) == pytest.approx(np.array(means), abs=1e-8)
    riders = (kinds[0] == FREE_RIDER).mean()
    assert 0.1 < riders < 0.5
    late = efforts(run)[-1] / efforts(run)[-2]
    assert late == pytest.approx(1 - 0.4 * (1 - (1 - riders) * 0.95), abs=0.01), "the answer for a large crowd"


def test_the_mix_that_was_found_starts_in_the_middle_and_declines_without_end():
    mix = {"conditional_share": 0.5, "free_rider_share": 0.3, "hump_share": 0.14, "norm_weight": 1}
    given = efforts(simulate(alone(**{**GAME, **mix, "slope_mean": 0.85, "belief_start": 0.6, "employees": 200})))
    assert (np.diff(given) < 0).all()
    assert given[-1] < 0.5 * given[0]


def test_without_conditionality_nothing_declines():
    given = efforts(simulate(alone(**{**GAME, "conditionality": 0, "slope_mean": 0.5})))
    assert given == pytest.approx(0.5, abs=1e-9)
