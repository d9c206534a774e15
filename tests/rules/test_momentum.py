import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from engagesim import simulate
from engagesim.rules.momentum import contributions_made, given_on, stop_chance

from .cases import EMPLOYEES_ONLY, alone, close

ACTIVE = {**EMPLOYEES_ONLY, "employees": 4000, "form": "regular", "degree": 0, "demand": 1.0, "imposed": 1.0}


@given(st.floats(0, 1), st.floats(0, 1000), st.floats(0, 1 - 2**-52))
def test_contributions_are_a_whole_number_next_to_effort_times_pace(effort, pace, u):
    made = contributions_made(effort, pace, u)
    assert isinstance(made, int)
    assert effort * pace - 1 <= made <= effort * pace + 1
    assert contributions_made(effort, pace, 0.0) <= made


def test_rules_by_hand():
    assert [stop_chance(k, 0.5, 0.0) for k in (1, 2, 10)] == [0.5, 0.25, 0.05]
    assert stop_chance(1, 1.5, 2.0) == 0.5
    assert stop_chance(1, 3.0, 0.0) == 1.0
    assert contributions_made(1.0, 5.0, 0.0) == 5
    assert [contributions_made(0.5, 4.5, u) for u in (0.0, 0.74, 0.75)] == [2, 2, 3], "2.25 on average"
    assert [given_on(0.4, stopped) for stopped in (True, False)] == [0.0, 0.4]


@pytest.mark.parametrize("pace", [1.0, 8.0])
@pytest.mark.parametrize("offset", [0.0, 1.0])
def test_the_share_with_more_than_k_contributions_is_the_product_of_theory(pace, offset):
    """The power law holds at any pace; false alarm: one in ten thousand."""
    run = simulate(alone(**ACTIVE, stopping=0.6, stopping_offset=offset, pace=pace, steps=int(40 / pace)), seed=3)
    made = run.last["contributions"]
    for k in (1, 2, 5, 20):
        expected = np.prod(1 - 0.6 / (np.arange(1, k + 1) + offset))
        assert close((made > k).mean(), expected, 4.5 * np.sqrt(expected * (1 - expected) / 4000))


def test_who_has_stopped_gives_nothing_more_and_a_newcomer_begins_anew():
    design = alone(**{**ACTIVE, "employees": 200}, stopping=1.0, steps=3)
    run = simulate(design, seed=1)
    assert run.last["stopped"].all(), "with stopping 1 the first contribution is the last"
    assert (run.last["effort_task"] + run.last["effort_relational"]).sum() == 0
    shaken = simulate(design.changed(turnover_shock=1.0, vacancy_weeks=1), seed=1)
    assert (shaken.last["contributions"] <= 1).all()
    assert not shaken.last["stopped"].all()
