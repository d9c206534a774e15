import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from engagesim import EngagementModel, simulate
from engagesim.design.levers import novelty
from engagesim.rules.rewards import (
    COMPLETION,
    CONTINGENCIES,
    ENGAGEMENT,
    PERFORMANCE,
    RANK,
    RANK_BINS,
    UNEXPECTED,
    budget_scale,
    contingency_control,
    dose,
    evaluated,
    rank_bin,
    raw_cost,
    reward_amount,
)

from .cases import BIT, EMPLOYEES_ONLY, alone, followed, lively, organization, same_state, sums, with_instruments

SHARE = st.floats(0, 1)
KIND = st.integers(0, 4)


@pytest.mark.parametrize(
    ("contingency", "units"), [(ENGAGEMENT, 1.0), (COMPLETION, 0.4), (PERFORMANCE, 0.7), (RANK, 1.0), (UNEXPECTED, 4.5)]
)
def test_each_contingency_counts_its_own_units(contingency, units):
    assert evaluated(contingency, 0.5, 0.4, 0.7, 0.45, True, True, 0.1) == pytest.approx(units)


@given(KIND, SHARE, st.floats(0, 60), st.booleans(), st.booleans(), st.floats(0.001, 1))
def test_who_does_nothing_earns_nothing_unless_winning(contingency, share, value, wins, lucky, chance):
    assert evaluated(contingency, 0.0, 0.0, 0.0, 0.0, False, lucky, chance) == 0
    units = evaluated(contingency, share, share / 2, value, share, wins, lucky, chance)
    assert units >= 0
    if contingency == RANK:
        assert units == wins
    if contingency == UNEXPECTED and not lucky:
        assert units == 0


def test_control_falls_from_engagement_to_completion_to_performance_and_unexpected_has_none():
    felt = [contingency_control(c) for c in (ENGAGEMENT, COMPLETION, PERFORMANCE, RANK, UNEXPECTED)]
    assert felt[0] > felt[1] > felt[2] == felt[3] > felt[4] == 0
    assert felt[0] == 1
    assert felt[1] == pytest.approx(0.36 / 0.40)
    assert felt[2] == pytest.approx(0.28 / 0.40)


@given(st.floats(0, 5), st.floats(0, 60), st.floats(0, 10), st.floats(0, 10))
def test_a_reward_is_on_the_grid_and_costs_what_it_is_worth(value, units, scale, cost):
    amount = reward_amount(value, units, scale)
    assert amount / BIT == int(amount / BIT)
    assert amount == pytest.approx(value * units * scale, abs=2 * BIT)
    assert raw_cost(value, units, cost) == pytest.approx(value * units * cost, abs=2 * BIT)


@given(st.floats(1e-6, 1), st.integers(1, 10_000), st.floats(0.001, 1e4))
def test_the_budget_factor_makes_the_cost_fit(budget, members, cost):
    assert budget_scale(budget, float(members), cost) * cost == pytest.approx(budget * members)
    assert budget_scale(0.0, float(members), cost) == 1
    assert budget_scale(budget, float(members), 0.0) == 0


@given(st.floats(0, 1000), st.floats(0.0001, 1))
def test_the_dose_saturates(amount, half):
    assert 0 <= dose(amount, half) <= 1
    assert dose(half, half) == 0.5
    assert dose(amount, half) <= dose(amount * 2, half)


@given(SHARE, SHARE)
def test_classes_of_effort_keep_its_order(a, b):
    low, high = sorted((a, b))
    assert 0 <= rank_bin(low) <= rank_bin(high) <= RANK_BINS - 1
    assert rank_bin(1.0) == RANK_BINS - 1


@given(st.integers(0, 500), st.floats(0.1, 100))
def test_novelty_halves_in_each_half_life(age, half_life):
    assert novelty(age, half_life) == pytest.approx(0.5 ** (age / half_life), rel=1e-12)
    assert novelty(age, 0.0) == 1


def cost_and_budget(design, budget):
    run = simulate(design)
    total = sums(run)
    return total["reward_cost"], budget * total["members"], organization(run, "reward_scale")


@pytest.mark.parametrize("contingency", [*CONTINGENCIES, "all"])
def test_the_budget_is_spent_to_the_grid_every_week(contingency):
    kinds = CONTINGENCIES if contingency == "all" else (contingency,)
    given = [{"value": 0.03, "contingency": c, "cost": 1.5, "chance": 0.5} for c in kinds]
    cost, budget, scale = cost_and_budget(with_instruments(lively(), *given).changed(budget=0.05), 0.05)
    assert budget[0] > 1
    assert (np.abs(cost - budget) <= 26 * len(kinds) * BIT * (2 + 1.5 + scale)).all()


def test_without_a_budget_the_values_are_paid_as_written():
    run = simulate(with_instruments(alone(), {"value": 0.05, "contingency": "engagement", "cost": 2.0}))
    assert (organization(run, "reward_scale") == 1).all()
    assert sums(run)["rewards"] == pytest.approx(0.05 * 48, abs=48 * BIT)
    assert sums(run)["reward_cost"] == pytest.approx(0.10 * 48, abs=96 * BIT)


def test_a_contest_is_won_by_the_best_and_by_as_few_classes_as_hold_the_top_share():
    design = alone(**EMPLOYEES_ONLY, employees=80, motivation_sd=0.2, steps=1)
    model = EngagementModel(with_instruments(design, {"value": 1.0, "contingency": "rank", "top_share": 0.2}), seed=3)
    model.step()
    won = np.array([m.rewards > 0 for m in model.members])
    seen = np.array([m.visible for m in model.members])
    assert 16 <= won.sum() <= 20
    assert seen[won].min() >= seen[~won].max() - 1 / RANK_BINS
    last_class = np.array([rank_bin(v) for v in seen]) == rank_bin(seen[won].min())
    assert (won & ~last_class).sum() < 16


def test_unexpected_rewards_fall_as_often_as_their_chance_says():
    """False alarm: one in a million."""
    design = alone(**EMPLOYEES_ONLY, employees=2000, form="regular", degree=0, steps=10)
    run = simulate(with_instruments(design, {"value": 0.1, "contingency": "unexpected", "chance": 0.25}))
    one = 0.1 * (0.4 + 0.5 * 0.1) / 0.25
    times = sums(run)["rewards"].sum() / one
    assert times == pytest.approx(round(times), abs=0.01)
    assert stats.binomtest(round(times), 20_000, 0.25).pvalue > 1e-6


def test_expected_reward_counts_neither_surprises_nor_training():
    for attributes in ({"contingency": "unexpected"}, {"evaluation_use": "development"}):
        expected, _ = followed(with_instruments(alone(), {"value": 0.1, **attributes}), "expected_reward")
        assert (expected == 0).all()
    expected, _ = followed(with_instruments(alone(), {"value": 0.1}), "expected_reward")
    assert (expected[-1] > 0).all()


def test_an_instrument_without_value_is_as_if_there_were_none():
    design = lively()
    none, empty = simulate(design), simulate(with_instruments(design, {"value": 0.0, "informational": 0.8}))
    assert np.array_equal(none.tallies, empty.tallies)
    assert same_state(none, empty)


def test_the_dose_does_not_matter_without_instruments():
    one, other = (simulate(lively(reward_dose=dose)) for dose in (0.02, 0.5))
    assert one.digest == other.digest
