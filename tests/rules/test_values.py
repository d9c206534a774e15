import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from engagesim import simulate
from engagesim.rules.values import (
    answer_voice,
    believe_gap,
    convince,
    disappoint,
    fulfil,
    gives_up,
    learn_gap,
    lived_values,
    purpose_felt,
    remember_signals,
    shock,
    value_gap,
    voice_weeks,
    win_back,
)

from .cases import (
    EMPLOYEES_ONLY,
    alone,
    close,
    followed,
    matrix,
    network_of,
    organization,
    scheduled,
    sums,
    with_strengths,
)

SHARE = st.floats(0, 1)


@given(SHARE, SHARE, SHARE, SHARE)
def test_the_gap_is_what_is_said_beyond_what_is_lived(espoused, enacted, fidelity, closed):
    lived = lived_values(enacted, fidelity, closed)
    assert 0 <= lived <= 1
    assert lived_values(enacted, 1.0, 0.0) == enacted
    assert 0 <= value_gap(espoused, lived) <= espoused
    assert value_gap(0.0, lived) == 0, "who claims nothing has no gap"
    assert value_gap(lived, lived) == 0


@given(SHARE, SHARE, st.floats(-9, 9), SHARE)
def test_experience_moves_toward_the_impression_and_stays_a_share(own, gap, noise, rate):
    new = learn_gap(own, gap, noise, rate)
    assert 0 <= new <= 1
    assert learn_gap(own, gap, noise, 0.0) == own
    assert abs(new - min(1, max(0, gap + noise))) <= abs(own - min(1, max(0, gap + noise))) + 1e-15


@given(SHARE, SHARE, SHARE, SHARE)
def test_events_move_experience_one_way_and_it_stays_a_share(own, strength, buffer, record):
    assert 0 <= convince(own, strength) <= own
    assert own <= shock(own, strength, buffer, record) <= 1
    assert shock(own, strength, buffer, record) <= shock(own, strength, 0.0, record)
    assert convince(own, 0.0) == own == shock(own, 0.0, buffer, record)
    assert convince(own, 1.0) == 0
    assert shock(own, 1.0, 1.0, 1.0) == own, "a perfect record takes all of it away"


@given(SHARE, SHARE, SHARE, SHARE)
def test_a_believed_gap_is_a_share_that_the_corporate_voice_lowers(own, peers, weight, broadcast):
    believed = believe_gap(own, peers, weight, broadcast)
    assert 0 <= believed <= 1
    assert believed <= max(own, peers) + 1e-15
    assert believed <= believe_gap(own, peers, weight, 0.0)
    assert believe_gap(own, peers, 0.0, broadcast) == own
    assert believe_gap(0.0, 0.0, weight, broadcast) == 0


@given(SHARE, SHARE, SHARE, st.floats(0, 5), SHARE, SHARE)
def test_trust_is_lost_only_above_the_threshold_and_stays_a_share(trust, belief, threshold, loss, dose, regained):
    hurt = disappoint(trust, belief, threshold, loss)
    assert 0 <= hurt <= trust
    assert belief > threshold or hurt == trust
    assert hurt <= win_back(hurt, dose, regained) <= 1
    assert win_back(trust, 0.0, regained) == trust


@given(SHARE, SHARE, SHARE, SHARE)
def test_purpose_satisfies_as_far_as_it_is_believed(espoused, lived, belief, satisfaction):
    felt = purpose_felt(espoused, lived, belief)
    assert 0 <= felt <= 1
    assert purpose_felt(espoused, lived, value_gap(espoused, lived)) == pytest.approx(lived)
    assert satisfaction <= fulfil(satisfaction, 0.7, felt) <= 1
    assert fulfil(satisfaction, 0.0, felt) == satisfaction


@given(SHARE, SHARE, SHARE, SHARE)
def test_the_record_of_signals_is_a_share_that_fades(record, dose, fade, share):
    assert 0 <= remember_signals(record, dose, fade) <= 1
    assert remember_signals(record, 0.0, fade) <= record
    assert remember_signals(0.0, dose, fade) == dose
    assert answer_voice(record, dose, 0.0, share) == record == answer_voice(record, dose, share, 0.0)


def test_by_hand():
    assert lived_values(0.6, 0.5, 0.1) == pytest.approx(0.4)
    assert value_gap(0.9, 0.4) == pytest.approx(0.5)
    assert learn_gap(0.2, 0.5, 0.1, 0.5) == pytest.approx(0.4)
    assert believe_gap(0.4, 0.2, 0.5, 0.2) == pytest.approx(0.28)
    assert disappoint(0.8, 0.65, 0.25, 0.5) == pytest.approx(0.6)
    assert win_back(0.6, 0.5, 0.2) == pytest.approx(0.64)
    assert shock(0.2, 0.5, 0.5, 0.4) == pytest.approx(0.52)
    assert purpose_felt(0.9, 0.4, 0.2) == pytest.approx(0.7)
    assert purpose_felt(0.2, 0.6, 0.0) == 0.6, "more lived than said counts in full"
    assert remember_signals(0.5, 0.2, 0.1) == pytest.approx(0.56)
    assert answer_voice(0.1, 0.5, 0.2, 0.5) == pytest.approx(0.15)


def test_voice_counts_weeks_and_gives_up_after_patience():
    assert [voice_weeks(weeks, 0.3, 0.25) for weeks in (0, 1, 7)] == [1, 2, 8]
    assert voice_weeks(7, 0.25, 0.25) == 0
    assert [gives_up(weeks, 2.0, 1.5) for weeks in (0, 2, 3)] == [0, 0, 1.5]


CLAIMED = {"espoused": 0.9, "enacted": 0.2, "experience_noise": 0, "value_learning": 0.3, "exit_hazard": 0,
           "voice_response": 0}  # fmt: skip


@pytest.mark.parametrize("broadcast", [0, 0.4])
def test_beliefs_settle_at_the_equilibrium_of_friedkin_and_johnsen(broadcast):
    talk = {"peer_weight": 0.7, "broadcast_weight": broadcast, "experience_noise": 0.4, "value_learning": 1}
    start = alone(**{**CLAIMED, **talk}, steps=150, gap_distrust=0)
    design = scheduled(start, (1, "value_learning", 0.0))
    network = with_strengths(network_of(design), lambda a, b: 1 - (a + b) / 100)
    own, belief, _ = followed(design, "own_gap", "gap_belief", network=network)
    weights = matrix(network)
    weights /= weights.sum(axis=1, keepdims=True)
    heard = 0.7 * (1 - broadcast) * weights
    expected = np.linalg.solve(np.eye(len(weights)) - heard, 0.3 * own[0])
    assert np.array_equal(own[-1], own[0])
    assert np.ptp(expected) > 0.05
    assert np.abs(belief[-1] - expected).max() < 1e-9
    assert np.abs(belief[-1] - own[-1]).max() > 0.05, "talk matters"
    assert belief[-1].std() < own[-1].std(), "and makes those who talk more alike"


def test_own_experience_is_a_running_mean_of_the_true_gap():
    own, belief, _ = followed(alone(**{**CLAIMED, "peer_weight": 0, "gap_distrust": 0}), "own_gap", "gap_belief")
    weeks = np.arange(1, 21)[:, None]
    assert close(own, 0.7 * (1 - 0.7**weeks), 1e-12)
    assert np.array_equal(own, belief)


def test_impressions_scatter_around_the_true_gap():
    """False alarm: one in a million."""
    design = alone(**EMPLOYEES_ONLY, employees=4000, form="regular", degree=0, steps=1,
                   **{**CLAIMED, "enacted": 0.4, "experience_noise": 0.1, "value_learning": 1})  # fmt: skip
    own = simulate(design, seed=2).last["own_gap"]
    assert own.mean() == pytest.approx(0.5, abs=4.9 * 0.1 / np.sqrt(4000))
    assert own.std() == pytest.approx(0.1, rel=4.9 / np.sqrt(8000))


def test_nobody_finds_a_gap_where_there_is_none():
    design = alone(**{**CLAIMED, "enacted": 0.9}, gap_threshold=0, gap_distrust=5)
    own, belief, trust, voicing, run = followed(design, "own_gap", "gap_belief", "trust", "voicing")
    assert (own == 0).all()
    assert (belief == 0).all()
    assert (voicing == 0).all()
    assert (trust == 1).all()
    assert (sums(run)["value_gap"] == 0).all()


def test_a_claim_that_is_broken_costs_more_than_none():
    trust = {
        espoused: sums(simulate(alone(**{**CLAIMED, "espoused": espoused}, trust_repair=0.02, steps=60)))["trust"]
        for espoused in (0.2, 0.9)
    }
    assert (trust[0.2] == 48).all()
    assert trust[0.9][0] == 48, "not noticed yet"
    assert trust[0.9][-1] < 40


def test_many_voices_find_out_where_one_voice_covers():
    known = {
        broadcast: sums(simulate(alone(**CLAIMED, broadcast_weight=broadcast, peer_weight=0.7))) for broadcast in (0, 1)
    }
    assert known[0]["voicing"][-1] == 48
    assert known[1]["voicing"].sum() == 0
    assert (known[0]["gap_belief"] > known[1]["gap_belief"])[1:].all()


VOICED = {**CLAIMED, "value_learning": 1, "peer_weight": 0, "gap_threshold": 0, "gap_distrust": 0}


def test_an_organization_that_answers_voice_closes_the_gap_geometrically():
    run = simulate(alone(**{**VOICED, "voice_response": 0.1}))
    weeks = np.arange(20)
    assert close(sums(run)["value_gap"] / 48, 0.7 * 0.9**weeks, 1e-9)
    assert close(organization(run, "gap_closed"), 0.7 * (1 - 0.9 ** (weeks + 1)), 1e-12)


def test_the_answer_is_as_strong_as_the_share_of_members_who_voice():
    mixed = {**VOICED, "experience_noise": 0.3, "gap_threshold": 0.6, "voice_response": 0.1, "exit_hazard": 0.02}
    total = sums(simulate(alone(**mixed), seed=2))
    share = total["voicing"] / total["members"]
    assert 0 < share[0] < 1
    gap = total["value_gap"] / total["members"]
    assert close(gap[1:], gap[:-1] * (1 - 0.1 * share[:-1]), 1e-8)


def test_voice_is_raised_once_and_lasts_while_the_gap_does():
    design = scheduled(alone(**VOICED), (8, "enacted", 0.9))
    total = sums(simulate(design))
    assert total["voices"].tolist() == [48] + [0] * 19
    assert total["voicing"].tolist() == [48] * 8 + [0] * 12


def test_members_leave_once_their_patience_with_unanswered_voice_is_over():
    design = alone(**{**VOICED, "exit_hazard": 0.02}, patience=3, exit_gap=50, vacancy_weeks=1000)
    total = sums(simulate(design, seed=1))
    assert total["exits"][:3].sum() < 10
    assert total["exits"][3] == total["members"][3] > 30


def test_newcomers_believe_what_is_said():
    design = scheduled(alone(**{**VOICED, "exit_hazard": 0}, vacancy_weeks=2),
                       (4, "exit_hazard", 0.3), (5, "exit_hazard", 0.0), (6, "value_learning", 0.0))  # fmt: skip
    active, own, voicing, _ = followed(design, "active", "own_gap", "voicing")
    new = active[4] == 0
    assert 0 < new.sum() < 48
    assert (own[6][new] == 0).all()
    assert (voicing[6][new] == 0).all()
    assert (own[6][~new] > 0).all()


def test_a_costly_signal_is_paid_for_and_convinces():
    design = scheduled(alone(**CLAIMED, signal_dose=0.1, peer_weight=0, trust_start=0.5, gap_distrust=0,
                             signal_trust=0.2),
                       (5, "costly_signal", 0.1), (6, "costly_signal", 0.0))  # fmt: skip
    own, trust, run = followed(design, "own_gap", "trust")
    total = sums(run)
    assert np.flatnonzero(total["signal_cost"]).tolist() == [5]
    assert total["signal_cost"][5] == pytest.approx(4.8)
    kept = total["captured"] - total["shared"] - total["reward_cost"] - total["signal_cost"]
    assert np.array_equal(organization(run, "account"), np.cumsum(kept))
    assert close(own[5], 0.5 * (own[4] + 0.3 * (0.7 - own[4])), 1e-12)
    assert (trust[:5] == 0.5).all()
    assert close(trust[5:], 0.5 + 0.2 * 0.5 * 0.5, 1e-12)
    assert close(organization(run, "consistency")[5:], 0.5 * 0.98 ** np.arange(15), 1e-12)


def test_a_scandal_hurts_less_with_a_record_of_costly_signals():
    quiet = alone(value_learning=0, exit_hazard=0, peer_weight=0, scandal_buffer=0.8, gap_distrust=0)
    kept = scheduled(quiet, (3, "costly_signal", 0.3), (4, "costly_signal", 0.0), (9, "scandal", 0.6),
                     (10, "scandal", 0.0))  # fmt: skip
    bare = scheduled(quiet, (9, "scandal", 0.6), (10, "scandal", 0.0))
    without, with_record = (followed(design, "own_gap")[0] for design in (bare, kept))
    assert (without[:9] == 0).all()
    assert close(without[9:], 0.6, 1e-12)
    assert close(with_record[9:], 0.6 * (1 - 0.8 * (0.75 * 0.98**5)), 1e-12)


def test_a_purpose_that_is_lived_satisfies_and_one_that_is_only_said_does_until_it_is_found_out():
    satisfied = {
        name: sums(simulate(alone(**{**CLAIMED, "value_learning": 0.15, "peer_weight": 0, "steps": 60, **values})))
        for name, values in {
            "lived": {"enacted": 0.9, "purpose_strength": 0.4},
            "said": {"enacted": 0.0, "purpose_strength": 0.4},
            "none": {"enacted": 0.0},
        }.items()
    }
    lived, said, none = (satisfied[name]["satisfaction"] / 48 for name in ("lived", "said", "none"))
    assert close(lived, none + 0.4 * 0.9 * (1 - none), 1e-8)
    assert (said[:10] > none[:10] + 0.01).all()
    assert (np.diff(said) < 0).all()
    assert said[-1] == pytest.approx(none[-1], abs=1e-3)
