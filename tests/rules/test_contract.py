import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from engagesim import simulate
from engagesim.rules.contract import MOST_EXPECTED, breach, update_expectation, update_trust

from .cases import EMPLOYEES_ONLY, alone, close, followed, matrix, network_of, scheduled, sums

SHARE = st.floats(0, 1)
VALUE = st.floats(0, 60)


@given(st.floats(0, 2), VALUE, VALUE, SHARE)
def test_breach_is_what_is_owed_and_never_negative(expectation, value, delivered, tolerance):
    owed = breach(expectation, value, delivered, tolerance)
    assert owed >= 0
    assert breach(expectation, value, expectation * value, tolerance) == 0
    assert breach(expectation, value, delivered + 0.1, tolerance) <= owed
    assert breach(0.0, value, delivered, tolerance) == 0


@given(SHARE, SHARE, st.floats(0, 100), st.floats(0, 5), SHARE, SHARE)
def test_trust_is_a_share_that_breach_lowers(trust, told, broken, sensitivity, repair, gossip):
    new = update_trust(trust, told, broken, sensitivity, repair, gossip)
    assert 0 <= new <= 1
    assert new <= update_trust(trust, told, broken / 2, sensitivity, repair, gossip)
    assert update_trust(trust, told, broken, 0.0, 0.0, 0.0) == trust


def test_breach_by_hand():
    assert breach(0.5, 0.8, 0.1, 0.05) == pytest.approx(0.25)
    assert breach(0.5, 0.8, 0.375, 0.05) == 0, "within what is tolerated"


def test_trust_by_hand():
    assert update_trust(0.6, 0.4, 0.1, 0.3, 0.02, 0.05) == pytest.approx(0.6 + 0.008 - 0.03 - 0.01)
    assert update_trust(1.0, 1.0, 0.0, 0.3, 0.02, 0.05) == 1


@given(st.floats(0, 2), VALUE, VALUE, st.floats(0, 2), SHARE, SHARE)
def test_expectation_stays_within_its_range_and_moves_toward_what_is_met(
    expectation, value, delivered, promised, up, down
):
    fast, slow = max(up, down), min(up, down)
    new = update_expectation(expectation, value, delivered, promised, fast, slow, 0.0)
    met = min(MOST_EXPECTED, delivered / value) if value > 0.001 else expectation
    assert min(expectation, met) - 1e-12 <= new <= max(expectation, met) + 1e-12
    for promise_rate in (0.5, 1.0):
        assert 0 <= update_expectation(expectation, value, delivered, promised, up, down, promise_rate) <= MOST_EXPECTED


def test_gains_are_taken_in_faster_than_losses_are_accepted():
    risen = update_expectation(0.4, 1.0, 0.6, 0.4, 0.05, 0.005, 0.02)
    fallen = update_expectation(0.4, 1.0, 0.2, 0.4, 0.05, 0.005, 0.02)
    assert risen - 0.4 == pytest.approx(0.01)
    assert 0.4 - fallen == pytest.approx(0.001)


def test_promises_draw_expectations_even_in_an_empty_week():
    assert update_expectation(0.4, 0.0, 0.0, 0.9, 0.05, 0.005, 0.02) == pytest.approx(0.41)


BROKEN = {
    **EMPLOYEES_ONLY, "form": "regular", "degree": 0, "habituation": 0, "resignation": 0, "promise_rate": 0,
    "breach_sensitivity": 0.3, "trust_repair": 0.02, "breach_tolerance": 0.02, "expectation_start": 0.9,
    "own_share": 0.3, "capture_share": 0.7, "motivation_sd": 0.1, "steps": 200,
}  # fmt: skip


def trust_and_breach(**values):
    trust, value, _ = followed(alone(**{**BROKEN, **values}), "trust", "value")
    return trust, 0.9 * value[0] - 0.3 * value[0] - 0.02


def test_under_a_constant_breach_trust_falls_as_the_closed_form_says():
    trust, broken = trust_and_breach(breach_sensitivity=0.05)
    rest = 1 - 0.05 * broken / 0.02
    weeks = np.arange(1, 201)[:, None]
    assert (broken > 0.05).all()
    assert (rest > 0).all()
    assert close(trust, rest + (1 - rest) * 0.98**weeks, 1e-8)


def test_trust_recovers_from_a_repaired_breach_as_the_closed_form_says():
    design = scheduled(alone(**BROKEN), (60, "capture_share", 0.0), (60, "own_share", 1.0))
    trust, _ = followed(design, "trust")
    weeks = np.arange(1, 141)[:, None]
    assert (trust[59] < 0.6).all()
    assert close(trust[60:], 1 - (1 - trust[59]) * 0.98**weeks, 1e-12)


def test_trust_is_lost_faster_than_it_is_regained():
    design = scheduled(alone(**BROKEN), (30, "capture_share", 0.0), (30, "own_share", 1.0))
    trust = sums(simulate(design))["trust"] / 24
    lost = 1 - trust[29]
    assert lost > 0.4
    assert trust[59] - trust[29] < 0.6 * lost, "as many weeks later it is not back"


def test_a_breach_within_tolerance_costs_nothing():
    trust, _ = trust_and_breach(breach_tolerance=0.5)
    assert (trust == 1).all()


def test_a_breach_too_great_ends_at_no_trust():
    trust, _ = trust_and_breach(breach_sensitivity=5)
    assert (trust[-1] == 0).all()


def test_gossip_alone_averages_trust_over_ties():
    owed = {"breach_tolerance": 0, "expectation_start": 2, "motivation_sd": 0.2}
    design = alone(gossip_rate=0.3, form="small_world", rewiring=0.3, steps=40, **owed)
    broken = scheduled(design, (0, "breach_sensitivity", 1.0), (1, "breach_sensitivity", 0.0))
    trust, _ = followed(broken, "trust", seed=1)
    strengths = matrix(network_of(broken, 1))
    weights = strengths / strengths.sum(axis=1, keepdims=True)
    expected = trust[0]
    assert np.ptp(expected) > 0.05
    for week in range(1, 40):
        expected = expected + 0.3 * (weights @ expected - expected)
        assert np.abs(trust[week] - expected).max() < 1e-12


def test_gifts_met_become_expected_as_the_closed_form_says():
    generous = {**BROKEN, "own_share": 1, "capture_share": 0, "habituation": 0.05, "expectation_start": 0.4}
    expectation, _ = followed(alone(**generous), "expectation")
    weeks = np.arange(1, 201)[:, None]
    assert close(expectation, 1 - 0.6 * 0.95**weeks, 1e-7)
