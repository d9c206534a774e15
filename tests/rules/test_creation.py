from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engagesim import simulate
from engagesim.rules.creation import (
    down,
    own_part,
    quality,
    spill_over,
    spill_rate,
    spilled_part,
    support,
    value_created,
)
from engagesim.tallies import NAMES
from tests.small import never_negative

from .cases import BIT, RING, alone, followed, lively, organization, sums

SHARE = st.floats(0, 1)
VALUE = st.floats(0, 100).map(down)


@given(st.floats(0, 2.0**22))
def test_down_is_the_largest_multiple_not_above(x):
    paid = Fraction(down(x))
    assert paid % Fraction(BIT) == 0
    assert paid <= Fraction(x) < paid + Fraction(BIT)


@given(SHARE, SHARE)
def test_quality_rises_from_its_floor_to_one(motivation, floor):
    assert floor <= quality(motivation, floor) <= 1
    assert quality(0.0, floor) == floor
    assert quality(1.0, floor) == pytest.approx(1)
    assert quality(motivation, 1.0) == 1


@given(st.floats(0, 1e4), st.floats(0.01, 10))
def test_support_saturates(received, half):
    assert 0 <= support(received, half) < 1
    assert support(half, half) == 0.5
    assert support(received, half) <= support(received + 1, half)


def test_value_by_hand():
    assert value_created(1.2, 0.75, 0.5, 0.5, 0.4, 1.0) == pytest.approx(0.54, abs=BIT)
    assert value_created(1.2, 0.75, 0.0, 0.5, 0.4, 1.0) == 0
    assert value_created(1.2, 0.75, 0.5, 0.5, 0.4, 0.5) == pytest.approx(0.27, abs=BIT)


@given(st.floats(0, 10), SHARE, SHARE, SHARE, st.floats(0, 5))
def test_value_grows_with_skill_quality_task_and_help(skill, good, task, helped, worth):
    value = value_created(skill, good, task, helped, worth, 1.0)
    assert 0 <= value <= 60
    assert value <= value_created(skill + 0.1, good, task, helped, worth, 1.0)
    assert value <= value_created(skill, good, task, min(1.0, helped + 0.1), worth, 1.0)
    assert value_created(skill, good, task, helped, 0.0, 1.0) == value_created(skill, good, task, 0.0, worth, 1.0)


@given(VALUE, SHARE, SHARE)
def test_the_split_leaves_nothing_out_and_nobody_below_zero(value, own, rest):
    capture = (1 - own) * rest
    kept, out = own_part(value, own), spilled_part(value, own, capture)
    captured = value - kept - out
    assert min(kept, out, captured) >= 0
    assert Fraction(kept) + Fraction(out) + Fraction(captured) == Fraction(value)
    assert captured == pytest.approx(value * capture, abs=3 * BIT + 1e-12)


@given(VALUE, st.lists(st.floats(0.001, 1), min_size=1, max_size=30))
def test_ties_carry_no_more_than_what_is_given_out(value, strengths):
    rate = spill_rate(value, sum(strengths))
    carried = sum(Fraction(spill_over(rate, w)) for w in strengths)
    assert Fraction(value) - (len(strengths) + 1) * Fraction(BIT) <= carried <= Fraction(value)


def test_without_ties_nothing_goes_out():
    assert spill_rate(0.7, 0.0) == 0


def books_balance(run):
    total = sums(run)
    return np.array_equal(total["created"], total["own"] + total["spilled_in"] + total["captured"])


@settings(max_examples=60)
@given(SHARE, SHARE, st.floats(0, 5), st.integers(0, 2**63))
def test_books_balance_to_the_last_bit_for_any_shares(own, rest, help_value, seed):
    run = simulate(lively(own_share=own, capture_share=(1 - own) * rest, help_value=help_value), seed=seed)
    assert books_balance(run)
    assert never_negative(run.tallies)
    assert sums(run)["created"].sum() > 0


def test_books_that_lose_one_bit_are_noticed():
    run = simulate(lively())
    run.tallies[3, 0, NAMES.index("own")] += BIT
    assert not books_balance(run)


def test_the_account_is_what_was_captured_less_what_was_paid_to_the_last_bit():
    run = simulate(lively(return_share=0.5))
    total = sums(run)
    assert np.array_equal(
        organization(run, "account"), np.cumsum(total["captured"] - total["shared"] - total["reward_cost"])
    )


def test_created_is_split_as_the_levers_say():
    total = sums(simulate(alone(own_share=0.25, capture_share=0.35)))
    assert total["captured"] / total["created"] == pytest.approx(0.35, abs=1e-6)
    assert total["own"] / total["created"] == pytest.approx(0.25, abs=1e-6)
    assert total["spilled_in"] / total["created"] == pytest.approx(0.40, abs=1e-6)


def test_the_isolated_keep_what_finds_no_partner():
    total = sums(simulate(alone(own_share=0.25, capture_share=0.35, form="regular", degree=0)))
    assert (total["spilled_in"] == 0).all()
    assert total["own"] / total["created"] == pytest.approx(0.65, abs=1e-6)


def test_value_of_alike_members_is_the_product_by_hand():
    values, _ = followed(alone(motivation_mean=0.5, task_share=0.8, quality_floor=0.5), "value")
    assert values == pytest.approx(0.75 * 0.4, abs=2 * BIT)


def test_help_adds_its_share_from_the_second_week_on():
    values, _ = followed(alone(**RING, motivation_mean=0.5, task_share=0.8, help_value=0.5), "value")
    received = 4 * 0.3 * 0.1
    assert values[0] == pytest.approx(0.3, abs=2 * BIT)
    assert values[1:] == pytest.approx(0.3 * (1 + 0.5 * received / (received + 0.5)), abs=2 * BIT)
