import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from engagesim import simulate
from engagesim.rules.push import (
    capacity,
    demanded_effort,
    expect_reward,
    ratchet,
    standing_demand,
    total_effort,
    trusted_effort,
)

from .cases import EMPLOYEES_ONLY, alone, efforts, organization, with_instruments

SHARE = st.floats(0, 1)
ASKED = {**EMPLOYEES_ONLY, "involvement_sd": 0, "involvement_mean": 0.5}


@given(SHARE, SHARE, SHARE)
def test_demand_reaches_all_where_imposed_and_the_willing_where_offered(demand, imposed, involvement):
    reached = demanded_effort(demand, imposed, involvement)
    assert demand * involvement - 1e-15 <= reached <= demand + 1e-15
    assert demanded_effort(demand, 1.0, involvement) == demand
    assert demanded_effort(demand, 0.0, involvement) == demand * involvement
    assert demanded_effort(0.0, imposed, involvement) == 0


@given(SHARE, SHARE, SHARE)
def test_distrust_withdraws_at_most_its_part(voluntary, trust, withdrawal):
    left = trusted_effort(voluntary, trust, withdrawal)
    assert voluntary * (1 - withdrawal) - 1e-15 <= left <= voluntary
    assert trusted_effort(voluntary, 1.0, withdrawal) == voluntary
    assert trusted_effort(voluntary, trust, 0.0) == voluntary


@given(SHARE, SHARE)
def test_capacity_is_a_share_that_exhaustion_and_contacts_lower(exhaustion, load):
    assert 0 <= capacity(exhaustion, load) <= min(1 - exhaustion, 1 - load) + 1e-15
    assert capacity(0.0, 0.0) == 1
    assert capacity(1.0, load) == 0 == capacity(exhaustion, 1.0)


@given(SHARE, st.floats(0, 1000), SHARE, st.floats(0, 20))
def test_total_effort_is_between_the_voluntary_part_and_everything(voluntary, reward, demanded, sensitivity):
    assert voluntary <= total_effort(voluntary, reward, demanded, sensitivity) <= 1 + 1e-15
    assert total_effort(voluntary, 0.0, 0.0, sensitivity) == voluntary
    assert total_effort(voluntary, reward, 0.0, 0.0) == voluntary


@given(SHARE, st.floats(0, 1), st.floats(0, 1), SHARE)
def test_more_reward_never_means_less_effort(voluntary, a, b, demanded):
    low, high = (total_effort(voluntary, reward, demanded, 1.5) for reward in sorted((a, b)))
    assert low <= high


def test_push_and_demand_by_hand():
    assert total_effort(0.4, 0.1, 0.2, 1.5) == pytest.approx(0.4 + 0.6 * 0.35)
    assert trusted_effort(0.5, 0.6, 0.5) == pytest.approx(0.4)
    assert demanded_effort(0.4, 0.5, 0.2) == pytest.approx(0.24)
    assert expect_reward(0.2, 0.4, 0.25) == pytest.approx(0.25)
    assert ratchet(0.4, 0.6, 0.1) == pytest.approx(0.42)
    assert [standing_demand(*asked) for asked in ((0.25, 0.5), (0.75, 0.5), (0.0, 0.5))] == [0.75, 1, 0]


@given(st.floats(0, 100), st.floats(0, 100), SHARE)
def test_the_expected_reward_stays_between_the_old_and_the_received(expected, received, memory):
    new = expect_reward(expected, received, memory)
    assert min(expected, received) - 1e-12 <= new <= max(expected, received) + 1e-12


@given(SHARE, SHARE, SHARE)
def test_the_ratchet_never_falls_and_never_passes_what_was_given(demand, effort, speed):
    assert demand <= ratchet(demand, effort, speed) <= max(demand, effort) + 1e-15


def test_effort_under_demand_and_distrust_is_the_expression_itself():
    given = efforts(simulate(alone(**ASKED, demand=0.3, imposed=0.5, withdrawal=0.4, trust_start=0.5)))
    voluntary = 0.5 * (1 - 0.4 * 0.5)
    assert given == pytest.approx(voluntary + (1 - voluntary) * 0.3 * 0.75, abs=1e-9)


def test_with_a_reward_effort_goes_to_the_fixed_point_solved_by_hand():
    design = alone(**ASKED, demand=0.2, imposed=1, push_sensitivity=1.5, reward_memory=0.25, steps=120)
    run = simulate(with_instruments(design, {"value": 0.3, "contingency": "completion", "controlling": 0}))
    idle, per_effort = 0.5, 1.5 * 0.3 * 0.8
    fixed = (0.5 + idle * 0.2) / (1 - idle * per_effort)
    given = efforts(run)
    assert given[0] == pytest.approx(0.6, abs=1e-9), "nothing is expected in the first week"
    assert (np.diff(given[:20]) > 0).all()
    assert given[-1] == pytest.approx(fixed, abs=1e-7)


def test_effort_never_passes_what_exhaustion_leaves():
    assert efforts(simulate(alone(**ASKED, demand=1, imposed=1, exhaustion_start=0.7))) == pytest.approx(0.3, abs=1e-9)


def test_demand_ratchets_up_as_by_hand_and_where_nothing_is_asked_it_stays_nothing():
    run = simulate(alone(involvement_sd=0, demand=(0.2, 0, 0), imposed=1, demand_ratchet=0.1, motivation_mean=0.5))
    demand = 0.2
    for week in range(20):
        assert organization(run, "demand_employee")[week] == pytest.approx(demand, abs=1e-8)
        demand += 0.1 * (0.5 + 0.5 * demand - demand)
    assert all((organization(run, f"demand_{role}") == 0).all() for role in ("customer", "partner"))


def test_demand_never_falls_even_when_people_give_less_and_less():
    tiring = {"drain": 0.2, "rest": 0.01, "demand_ratchet": 0.3, "motivation_sd": 0.15}
    run = simulate(alone(**ASKED, **tiring, demand=0.3, imposed=1, steps=80))
    assert (np.diff(organization(run, "demand_employee")) >= 0).all()
    assert organization(run, "demand_employee")[-1] > 0.35
    assert efforts(run)[-1] < efforts(run).max() - 0.1


def test_without_a_ratchet_demand_is_the_lever():
    assert (organization(simulate(alone(**ASKED, demand=0.3)), "demand_employee") == 0.3).all()
