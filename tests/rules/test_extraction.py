import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from engagesim import EngagementModel, simulate
from engagesim.measures import measure
from engagesim.rules.extraction import (
    balance,
    driven_out,
    feel,
    inputs,
    outcomes,
    promised,
    promised_balance,
    reference,
    withheld,
)

from .cases import EMPLOYEES_ONLY, alone, close, followed, scheduled, sums, with_instruments

SHARE = st.floats(0, 1)
LOG = st.floats(-20, 20)


@given(st.floats(0, 10), st.floats(0, 1e6))
def test_balance_is_positive_even_where_equals_meet_and_rises_with_inputs(given_, got):
    assert 0 < balance(given_, got) <= 10.05 / 0.05
    assert balance(got, got) == 1
    assert balance(given_, got + 0.1) <= balance(given_, got) <= balance(given_ + 0.1, got)


@given(SHARE, LOG, LOG, st.floats(0.05, 5), SHARE)
def test_felt_extraction_is_a_share_and_nobody_feels_it_who_is_no_worse_off(felt, own, fair, scale, rate):
    new = feel(felt, own, fair, scale, rate)
    assert 0 <= new <= 1
    assert feel(0.0, min(own, fair), fair, scale, rate) == 0
    assert feel(felt, own, fair, scale, 0.0) == felt
    assert new <= feel(felt, own + 0.1, fair, scale, rate) + 1e-15


@given(SHARE, SHARE, SHARE)
def test_what_is_withheld_is_at_most_the_response(voluntary, felt, response):
    left = withheld(voluntary, felt, response)
    assert voluntary * (1 - response) - 1e-15 <= left <= voluntary
    assert withheld(voluntary, 0.0, response) == voluntary == withheld(voluntary, felt, 0.0)


def test_the_comparison_by_hand():
    assert inputs(0.4, 0.1, 1.0, 2.0) == pytest.approx(0.6)
    assert outcomes(0.2, 0.5, 0.3, 0.2, 0.1) == pytest.approx(0.33)
    assert balance(0.6, 0.33) == pytest.approx(0.65 / 0.38)
    assert promised_balance(0.4) == pytest.approx(2.5)
    assert promised_balance(0.0) == pytest.approx(20), "a promise of nothing has a finite balance"
    assert promised(0.4) == pytest.approx(np.log(2.5))
    assert promised(1.0) == 0
    assert reference(0.8, 0.2, 0.75) == pytest.approx(0.65)
    assert feel(0.2, 1.0, 0.65, 0.7, 0.1) == pytest.approx(0.2 + 0.1 * (0.5 - 0.2))
    assert withheld(0.5, 0.4, 0.3) == pytest.approx(0.44)
    assert driven_out(0.4, 1.5) == pytest.approx(0.6)


COMPARING = {**EMPLOYEES_ONLY, "felt_rate": 0.2, "equity_response": 0, "exit_extraction": 0, "help_value": 0}
AMONG_PEERS = {**COMPARING, "form": "complete", "peer_reference": 1}
BY_PROMISE = {
    **COMPARING, "form": "regular", "degree": 0, "peer_reference": 0, "expectation_start": 0.9, "capture_share": 0.7,
    "habituation": 0, "resignation": 0, "promise_rate": 0,
}  # fmt: skip
GAP = np.log(0.55 / (0.3 * 0.3 + 0.05)) - np.log(1 / 0.9)
"""Effort .5, of which .4 on tasks makes value .3; .3 of it stays with its creator."""


def test_equal_ratios_feel_nothing_even_while_everybody_gets_less():
    design = scheduled(alone(**AMONG_PEERS), (8, "capture_share", 0.7), (8, "own_share", 0.1))
    felt, now, _ = followed(design, "felt_extraction", "balance")
    assert now[9].min() > 1.3 * now[7].max()
    assert close(felt, 0, 1e-12)


def test_a_constant_gap_is_felt_along_the_closed_form():
    felt, now, _ = followed(alone(**BY_PROMISE, felt_scale=5, steps=60), "felt_extraction", "balance")
    assert now == pytest.approx(0.55 / 0.14)
    weeks = np.arange(60)[:, None]
    assert close(felt, GAP / 5 * (1 - 0.8**weeks), 1e-7), "the first week is compared in the second"


def test_a_gap_beyond_the_scale_is_felt_fully():
    felt, _ = followed(alone(**BY_PROMISE, felt_scale=0.7, steps=60), "felt_extraction")
    assert close(felt, (1 - 0.8 ** np.arange(60))[:, None], 1e-12)


def test_peers_in_the_same_position_take_the_edge_off_a_broken_promise():
    half = {**BY_PROMISE, "form": "complete", "felt_scale": 5, "peer_reference": 0.5, "help_worth": 0, "steps": 60}
    felt, _ = followed(alone(**half, own_share=0.3), "felt_extraction")
    assert felt[-1] == pytest.approx(GAP / 10, abs=1e-5)


def test_only_who_puts_in_more_for_the_same_feels_extracted_from():
    model = EngagementModel(alone(**AMONG_PEERS, task_share=1, quality_floor=1, own_share=1, capture_share=0))
    used = model.members[0]
    used.motivation, used.skill = 1.0, 0.5
    for _ in range(20):
        model.step()
    assert used.value == pytest.approx(model.members[1].value)
    assert used.balance == pytest.approx(1.05 / 0.55)
    assert used.felt_extraction == pytest.approx(np.log(1.05 / 0.55) / 0.7 * (1 - 0.8**19)), "all others are even"
    assert max(m.felt_extraction for m in model.members[1:]) == 0


def test_help_and_recognition_count_as_outcomes():
    helped = alone(**{**COMPARING, "help_value": 0.5}, form="complete", steps=3)
    praise = {"value": 0.001, "informational": 1.0, "controlling": 0.0}
    none, some, more = (simulate(helped.changed(help_worth=worth)).last["balance"] for worth in (0, 0.2, 2))
    assert more.max() < some.min() < none.min()
    told = with_instruments(alone(**COMPARING, reward_dose=0.0001, steps=3), praise)
    none, some, more = (simulate(told.changed(recognition_worth=worth)).last["balance"] for worth in (0, 0.1, 1))
    assert (more < some).all()
    assert (some < none).all()


def test_those_who_feel_extracted_from_withhold_their_part_of_the_effort():
    felt, task, relational, _ = followed(
        alone(**{**BY_PROMISE, "equity_response": 0.3}, felt_scale=0.05, steps=80),
        "felt_extraction", "effort_task", "effort_relational",
    )  # fmt: skip
    effort = task + relational
    assert close(effort[1:], 0.5 * (1 - 0.3 * felt[:-1]), 1e-12)
    assert effort[-1] == pytest.approx(0.35, abs=1e-6)


def test_felt_extraction_multiplies_the_chance_of_leaving():
    sure = {**BY_PROMISE, "felt_rate": 1, "felt_scale": 0.05, "exit_extraction": 49, "vacancy_weeks": 30}
    total = sums(simulate(scheduled(alone(**sure), (1, "exit_hazard.employee", 0.02))))
    assert total["exits"][:2].tolist() == [0, 24], "felt fully from the second week on: fifty times .02"


def test_newcomers_start_without_felt_extraction_and_even_with_what_they_were_promised():
    leaving = {**BY_PROMISE, "felt_rate": 1, "felt_scale": 0.05, "vacancy_weeks": 1, "exit_hazard": 0}
    design = scheduled(alone(**leaving), (4, "exit_hazard", 1.0), (5, "exit_hazard", 0.0))
    felt, now, active, _ = followed(design, "felt_extraction", "balance", "active")
    assert (felt[3] == 1).all()
    assert (active[4] == 0).all()
    assert (felt[5] == 0).all()
    assert now[5] == pytest.approx(1 / 0.9)


def test_the_measures_are_the_mean_and_the_share_of_those_who_feel_it_strongly():
    run = simulate(alone(**BY_PROMISE, felt_scale=0.7, steps=20))
    assert measure("felt_extraction", run.tallies) == pytest.approx(1 - 0.8 ** np.arange(20))
    assert measure("felt_extraction_share", run.tallies).tolist() == [0] * 4 + [1] * 16
