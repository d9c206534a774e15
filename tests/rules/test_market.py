import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from engagesim import simulate
from engagesim.rules.market import at_stake, for_the_norm, reframe, sets_price
from engagesim.rules.rewards import COMPLETION, DEVELOPMENT, PAY, PUBLICITY, UNEXPECTED

from .cases import EMPLOYEES_ONLY, alone, close, followed, scheduled, with_instruments

SHARE = st.floats(0, 1)
PRICED = {**EMPLOYEES_ONLY, "employees": 6, "form": "regular", "degree": 0, "motivation_mean": 0.8, "framing_rate": 0.3,
          "norm_lost": 0.5, "frame_recovery": 0.1}  # fmt: skip


@given(SHARE, st.booleans(), SHARE, SHARE)
def test_the_frame_is_a_share_that_a_price_raises(frame, priced, rate, recovery):
    after = reframe(frame, priced, rate, recovery)
    assert 0 <= after <= 1
    assert after >= frame if priced else after <= frame


def test_rules_by_hand():
    assert reframe(0.5, True, 0.2, 0.9) == pytest.approx(0.6)
    assert reframe(0.5, False, 0.2, 0.1) == pytest.approx(0.45)
    assert for_the_norm(0.8, 0.5, 0.5) == pytest.approx(0.6)
    assert at_stake(0.25, 0.5) == 0.75


def test_pay_that_is_expected_sets_a_price_and_nothing_else_does():
    assert sets_price(0.1, COMPLETION, PAY)
    assert not sets_price(0.0, COMPLETION, PAY)
    assert not sets_price(0.1, UNEXPECTED, PAY)
    assert not sets_price(0.1, COMPLETION, DEVELOPMENT)
    assert not sets_price(0.1, COMPLETION, PUBLICITY)


def test_under_a_price_the_frame_closes_in_geometrically_and_without_one_it_opens():
    design = scheduled(alone(**PRICED, steps=14), (2, "fine.employee", 0.1), (8, "fine.employee", 0.0))
    frame, task, relational, _ = followed(design, "market_frame", "effort_task", "effort_relational")
    closing = 1 - 0.7 ** np.arange(1, 7)
    assert close(frame[:2], 0, 0)
    assert close(frame[2:8, 0], closing, 1e-12)
    assert close(frame[8:, 0], closing[-1] * 0.9 ** np.arange(1, 7), 1e-12)
    assert close((task + relational)[1:, 0], 0.8 * (1 - 0.5 * frame[:-1, 0]), 1e-12)


def test_a_fine_pushes_as_a_reward_of_its_size_does():
    design = alone(**{**PRICED, "framing_rate": 0.0}, push_sensitivity=1.5, fine=0.2, steps=2)
    task, relational, run = followed(design, "effort_task", "effort_relational")
    assert close(task + relational, 0.8 + 0.2 * 0.3, 1e-12)
    assert not run.last["market_frame"].any()


@pytest.mark.parametrize(("use", "framed"), [("pay", True), ("publicity", False)])
def test_paying_for_the_act_is_a_price_and_praising_it_is_not(use, framed):
    design = with_instruments(alone(**PRICED, steps=3), {"value": 0.02, "evaluation_use": use})
    assert bool(simulate(design, seed=1).last["market_frame"].any()) == framed
