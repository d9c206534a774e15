import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from engagesim import simulate
from engagesim.rules.cooperation import FREE_RIDER
from engagesim.rules.pooling import chosen, deter, first_tries, pool_payoff, put_in, sanction

from .cases import CONDITIONAL, EMPLOYEES_ONLY, alone, close, followed

SHARE = st.floats(0, 1)
TEAMS = {
    **EMPLOYEES_ONLY, **CONDITIONAL, "employees": 40, "form": "regular", "degree": 0, "pool_size": 4,
    "belief_start": 0.6, "belief_update": 0.4, "slope_mean": 0.8, "task_share": 1.0,
}  # fmt: skip


@given(SHARE, SHARE, SHARE, SHARE)
def test_what_is_put_in_is_a_share(own, first_try, trying, deterred):
    given_ = put_in(own, first_try, trying, deterred)
    assert 0 <= given_ <= 1
    assert given_ >= put_in(own, first_try, trying, 0.0)


def test_rules_by_hand():
    assert chosen(0.5, 0.5, 0.4) == pytest.approx(0.35)
    assert chosen(0.5, 0.0, 0.1) == 0.5
    assert first_tries(0.8, 0.5, 2.0) == pytest.approx(0.8 * math.exp(-1))
    assert put_in(0.2, 0.6, 0.5, 0.1) == pytest.approx(0.5)
    assert put_in(0.9, 0.6, 0.0, 0.5) == 1.0
    assert sanction(0.8, 0.3, 0.2, 0.7) == pytest.approx(0.1)
    assert sanction(0.3, 0.8, 0.2, 0.1) == pytest.approx(0.05)
    assert deter(0.5, 0.4, 0.25, 0.2) == pytest.approx(0.5)
    assert pool_payoff(0.25, 2.0, 0.4, 0.1, 0.3) == pytest.approx(0.75 + 0.8 - 0.4)


@pytest.mark.parametrize("matching", ["partners", "strangers"])
@pytest.mark.parametrize("slope", [0.8, 1.0])
def test_giving_falls_by_its_factor_and_perfect_cooperators_hold_it(matching, slope):
    design = alone(**{**TEAMS, "slope_mean": slope}, pool_matching=matching, steps=12)
    task, _ = followed(design, "effort_task")
    assert close(task.mean(axis=1), 0.6 * slope * (1 - 0.4 * (1 - slope)) ** np.arange(12), 1e-9)


def test_among_strangers_free_riders_quicken_the_fall_by_their_share():
    """A share f of them lets mean giving fall by 1 - g (1 - (1 - f) s) a week; .015 is some five standard errors."""
    mixed = {**TEAMS, "employees": 4000, "conditional_share": 0.75, "free_rider_share": 0.25, "steps": 8}
    task, kind, _ = followed(alone(**mixed, pool_matching="strangers"), "effort_task", "cooperation_type", seed=3)
    riding = (kind[0] == FREE_RIDER).mean()
    assert 0.2 < riding < 0.3
    fall = 1 - 0.4 * (1 - (1 - riding) * 0.8)
    assert task.mean(axis=1) == pytest.approx((1 - riding) * 0.6 * 0.8 * fall ** np.arange(8), rel=0.015)


def test_partners_see_their_own_team_and_strangers_any():
    """Among partners only the teams of free riders lose faith; among strangers everybody does."""
    mixed = {**TEAMS, "slope_mean": 1.0, "conditional_share": 0.75, "free_rider_share": 0.25, "steps": 10}
    beliefs = {}
    for matching in ("partners", "strangers"):
        belief, kind, _ = followed(alone(**mixed, pool_matching=matching), "belief", "cooperation_type", seed=2)
        spoilt = (kind[0] == FREE_RIDER).reshape(10, 4).any(axis=1)
        beliefs[matching] = belief[-1].reshape(10, 4)[~spoilt]
        assert spoilt.any()
        assert not spoilt.all()
    assert close(beliefs["partners"], 0.6, 1e-12)
    assert beliefs["strangers"].max() < 0.55


def test_sanctions_cost_hurt_and_raise_giving_by_hand():
    design = alone(**{**TEAMS, "employees": 2, "pool_size": 2, "slope_mean": 1.0, "slope_sd": 0.3},
                   sanctioning=0.5, sanction_impact=3, sanction_response=0.2, sanction_fade=0.1, steps=2)  # fmt: skip
    task, deterred, payoff, _ = followed(design, "effort_task", "deterred", "pool_payoff", seed=5)
    low, high = np.argsort(task[0])
    gap = task[0, high] - task[0, low]
    assert gap > 0.02
    back = 0.4 * task[0].sum()
    assert payoff[0, high] == pytest.approx(1 - task[0, high] + back - 0.5 * gap)
    assert payoff[0, low] == pytest.approx(1 - task[0, low] + back - 1.5 * gap)
    assert deterred[0, high] == 0
    assert deterred[0, low] == pytest.approx(0.3 * gap)


def test_sanctions_lift_giving_and_without_an_answer_to_them_they_do_not():
    base = {**TEAMS, "slope_sd": 0.2, "steps": 12}
    given_ = {
        (s, r): followed(alone(**base, sanctioning=s, sanction_response=r), "effort_task", seed=1)[0].mean(axis=1)
        for s, r in ((0, 0.3), (0.3, 0.3), (0.3, 0))
    }
    assert given_[0.3, 0.3][-1] > given_[0, 0.3][-1] + 0.05
    assert np.array_equal(given_[0.3, 0], given_[0, 0.3])


def test_first_tries_give_way_with_time_in_the_place():
    design = alone(**{**TEAMS, "belief_update": 0.0}, inexperience=0.9, first_try=0.2, experience_rate=0.5, steps=6)
    task, _ = followed(design, "effort_task")
    trying = 0.9 * np.exp(-0.5 * np.arange(6))
    assert close(task[:, 0], 0.48 + trying * (0.2 - 0.48), 1e-9)


def test_empty_places_and_lonely_members_do_no_harm():
    design = alone(**TEAMS, turnover_shock=0.3, vacancy_weeks=2, sanctioning=0.3, steps=10)
    ours, theirs = (simulate(design, seed=6, engine=engine) for engine in ("compiled", "mesa"))
    assert ours.digest == theirs.digest
    belief, active, _ = followed(design.changed(pool_size=1), "belief", "active", seed=6)
    assert close(belief[active == 1], 0.6, 0), "who is alone in a team goes on believing"


def test_a_lower_return_is_answered_by_giving_less_where_that_counts():
    low, high = (
        followed(alone(**TEAMS, return_response=0.5, pool_return=r, steps=1), "effort_task")[0].mean()
        for r in (0.3, 0.75)
    )
    assert low == pytest.approx(0.48 * (1 - 0.35))
    assert high == pytest.approx(0.48 * (1 - 0.125))
