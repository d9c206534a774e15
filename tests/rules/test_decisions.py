"""M15 Decisions: whose estimates count, what a wrong decision costs, and the four principles of engagement."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from engagesim import simulate
from engagesim.draws import key_of, named, uniform
from engagesim.rules.decisions import (
    BREADTHS,
    COMMITTEE,
    CRITICAL_MASS,
    NO_CIRCLE,
    circle_share,
    circle_vote,
    decision_weight,
    deliberates,
    formal_weight,
    grow_suspicious,
    mean_estimate,
    meet_needs,
    right_share,
    suspicion,
)
from engagesim.structures.roster import HIGHEST_LEVEL

from .cases import (
    APART,
    EMPLOYEES_ONLY,
    STILL_NEED,
    alone,
    at_start,
    close,
    followed,
    lively,
    network_of,
    scheduled,
    sums,
)

SHARE = st.floats(0, 1)


@given(st.integers(-1, HIGHEST_LEVEL), SHARE, st.sampled_from([0.0, 1.0]), SHARE, SHARE, SHARE, SHARE)
def test_a_decision_weight_is_a_share_on_the_grid(level, credibility, inside, admitted, equal, earned, democracy):
    weight = decision_weight(formal_weight(level), credibility, inside, admitted, equal, earned, democracy)
    assert 0 <= weight <= 1
    assert weight * 2**30 == round(weight * 2**30)
    assert decision_weight(formal_weight(level), credibility, inside, 0.0, equal, earned, democracy) == 0


def test_decision_weights_by_hand():
    assert [formal_weight(level) for level in (-1, 0, 1, 3)] == [0, 1, 0.5, 0.125]
    assert formal_weight(HIGHEST_LEVEL) == 2.0**-40, "next to nothing, and no more bits than a word has"
    tolerance = {"abs": 2.0**-30}
    assert decision_weight(0.5, 0.9, 0.0, 1.0, 0.0, 0.0, 0.0) == 0.5, "the line decides"
    assert decision_weight(0.5, 0.9, 0.0, 1.0, 1.0, 0.0, 0.0) == 1, "everybody has a vote"
    assert decision_weight(0.5, 0.9, 0.0, 1.0, 0.0, 1.0, 0.0) == pytest.approx(0.9, **tolerance), "the credible decide"
    assert decision_weight(0.5, 0.9, 0.0, 1.0, 0.4, 0.2, 0.0) == pytest.approx(0.8 * 0.7 + 0.18, **tolerance)
    assert [decision_weight(0.5, 0.9, inside, 1.0, 0.4, 0.2, 1.0) for inside in (0.0, 1.0)] == [0, 1]
    assert decision_weight(0.0, 0.0, 1.0, 0.25, 1.0, 0.0, 1.0) == 0.25, "outsiders as far as they are let in"


def test_circles_by_hand():
    assert BREADTHS == ("none", "committee", "critical_mass")
    assert [circle_share(b, 0.1, 0.7) for b in (NO_CIRCLE, COMMITTEE, CRITICAL_MASS)] == [0, 0.1, 0.7]
    assert [suspicion(b, 0.3) for b in (NO_CIRCLE, COMMITTEE, CRITICAL_MASS)] == [0, 0.3, 0]
    assert [circle_vote(0.8, share) for share in (0.0, 0.05)] == [0, 0.8]
    assert grow_suspicious(0.5, 0.0, 0.2) == pytest.approx(0.3)
    assert grow_suspicious(0.5, 1.0, 0.2) == 0.5
    assert grow_suspicious(0.1, 0.0, 0.2) == 0
    assert meet_needs(0.6, 0.5, 0.2) == pytest.approx(0.64)
    assert not deliberates(0, 0, 0, 0, 0, 0, 0)
    assert all(deliberates(*row) for row in np.eye(7).tolist())


@given(SHARE, SHARE, SHARE)
def test_taking_part_never_lowers_need_satisfaction(satisfaction, part, worth):
    assert satisfaction <= meet_needs(satisfaction, part, worth) <= 1 + 1e-15
    assert meet_needs(satisfaction, 0.0, worth) == satisfaction


def test_decisions_and_their_cost_by_hand():
    assert mean_estimate(7.0, 2.0, -1.5, 3.0) == pytest.approx(1.5)
    assert mean_estimate(7.0, 2.0, -0.25, 0.5) == pytest.approx(1.5)
    assert mean_estimate(7.0, 2.0, 0.0, 0.0) == 7
    assert right_share(2.0, 0.25) == 0.5
    assert right_share(-2.0, 0.25) == 0.5
    assert right_share(2.0, 0.0) == 1


# --- decisions ----------------------------------------------------------------------------------------------------


def decided(**values):
    """Decision of the first week, the members, and the estimates on which it rests."""
    design = alone(**{"form": "organization", "need_drift": 0, "error_cost": 0.1, "steps": 1, **values})
    run = simulate(design)
    return run.organization["decision"].iloc[0], run.last, network_of(design)


def test_the_line_decides_by_level_and_outsiders_have_no_say():
    decision, last, network = decided(decentralization=0, credibility_weight=0)
    weights = np.where(network.level >= 0, 0.5**network.level, 0)
    assert decision == pytest.approx(np.average(last["estimate"], weights=weights), abs=1e-7)


def test_a_line_longer_than_a_word_has_bits_is_weighed_alike_in_both_engines():
    design = alone(**EMPLOYEES_ONLY, employees=80, error_cost=0.1, decentralization=0, credibility_weight=0, steps=2)
    network = replace(network_of(design), level=np.arange(80, dtype=np.int16))
    ours, theirs = (simulate(design, network=network, engine=engine) for engine in ("compiled", "mesa"))
    assert ours.digest == theirs.digest
    assert ours.last["decision_weight"].tolist() == [0.5**level for level in range(31)] + [0] * 49


def test_votes_are_equal_and_outsiders_come_in_as_far_as_they_are_let():
    for vote in (0, 0.5, 1):
        decision, last, _ = decided(decentralization=1, credibility_weight=0, outsider_vote=vote)
        weights = np.where(last["role"] == 0, 1, vote)
        assert decision == pytest.approx(np.average(last["estimate"], weights=weights), abs=1e-7)


def test_credibility_decides_by_what_was_earned():
    decision, last, _ = decided(credibility_weight=1, credibility_rate=0.5)
    inside = last["role"] == 0
    assert close(last["credibility"], 0.5 / (1 + np.abs(last["estimate"])), 1e-12)
    weights = last["credibility"] * inside
    assert decision == pytest.approx(np.average(last["estimate"], weights=weights), abs=1e-6)


def test_authority_that_follows_results_errs_less():
    """Over 20 seeds together: equal votes against votes by credibility."""
    equal, earned = (
        sum(simulate(alone(**APART, error_cost=0.1, need_drift=0, credibility_rate=0.2, steps=30, **power), seed=s)
            .measures["collective_error"] for s in range(20))
        for power in ({"decentralization": 1, "credibility_weight": 0}, {"credibility_weight": 1})
    )  # fmt: skip
    assert earned < equal


def test_a_wrong_decision_costs_value_from_the_next_week_on():
    wrong = {**STILL_NEED, **EMPLOYEES_ONLY, "estimate_bias": 2, "estimate_sd": 0}
    right, costly = (sums(simulate(alone(**wrong, error_cost=cost)))["created"] for cost in (0, 0.25))
    assert costly[0] == right[0], "nothing was decided yet"
    assert close(costly[1:], right[1:] / 2, 1e-6)


def test_where_nobody_has_a_say_the_last_decision_stands():
    design = alone(**{**APART, **STILL_NEED, "decentralization": 0}, error_cost=0.1, estimate_bias=2)
    assert set(simulate(design).organization["decision"]) == {0.0}
    handed_over = scheduled(design, (5, "decentralization", 1.0), (9, "decentralization", 0.0))
    decisions = simulate(handed_over).organization["decision"]
    assert (decisions[:5] == 0).all()
    assert (decisions[5:] == decisions[5]).all()
    assert decisions[5] != 0


# --- the four principles ------------------------------------------------------------------------------------------


def circle(design, share, seed=0):
    """Who is in the circle."""
    size = network_of(design, seed).size
    return np.array([uniform(key_of(seed, named("voice.circle"), 0), i) < share for i in range(size)])


CRITICAL = {"breadth": "critical_mass", "critical_share": 0.5, **STILL_NEED}


def test_breadth_says_how_many_are_in_the_circle():
    design = alone(**CRITICAL, error_cost=0.1)
    assert simulate(design).measures["circle_share"] == pytest.approx(circle(design, 0.5).mean())
    for breadth, share in (("none", 0), ("committee", 0.3)):
        changed = design.changed(breadth=breadth, committee_share=0.3)
        assert simulate(changed).measures["circle_share"] == pytest.approx(circle(design, share).mean())


def test_linking_draws_the_circle_together_and_nobody_else():
    design = alone(**CRITICAL, linking=0.2)
    start, inside = at_start(design), circle(design, 0.5)
    estimates, _ = followed(design, "estimate")
    weeks = np.arange(20)[:, None]
    mean = start[inside].mean()
    assert close(estimates[:, inside], mean + (start[inside] - mean) * 0.8**weeks, 1e-7), "from the second week on"
    assert (estimates[:, ~inside] == start[~inside]).all()


def test_a_democratic_circle_decides_by_its_own_equal_vote():
    design = alone(**CRITICAL, democracy=1, outsider_vote=1)
    start, inside = at_start(design), circle(design, 0.5)
    assert close(simulate(design).organization["decision"], start[inside].mean(), 1e-7)


def test_democracy_without_a_circle_changes_nothing():
    base = alone(**{**CRITICAL, "breadth": "none"}, need_rate=0.1, listening=0.1)
    same = simulate(base), simulate(base.changed(democracy=1, action_groups=1, linking=0.5))
    assert same[0].digest == same[1].digest


@pytest.mark.parametrize(("principle", "worth"), [("action_groups", "group_worth"), ("democracy", "voice_worth")])
def test_taking_part_meets_needs_in_the_circle_only(principle, worth):
    plain = alone(**CRITICAL, need_rate=1, error_cost=0.1, steps=1)
    taking = plain.changed(**{principle: 0.5, worth: 0.4})
    inside = circle(plain, 0.5)
    without, within = (simulate(d).last["motivation"] for d in (plain, taking))
    assert close(within, without + (1 - without) * 0.2 * inside, 1e-12)
    assert inside.any()


def test_a_committee_is_suspected_by_those_outside_and_a_critical_mass_is_not():
    design = alone(breadth="committee", committee_share=0.3, committee_suspicion=0.01)
    trust, _ = followed(design, "trust")
    weeks = np.arange(1, 21)[:, None]
    assert close(trust, 1 - 0.01 * weeks * ~circle(design, 0.3), 1e-12)
    trust, _ = followed(design.changed(breadth="critical_mass"), "trust")
    assert (trust == 1).all()


# --- on and off ---------------------------------------------------------------------------------------------------

OFF = dict.fromkeys(("listening", "sensing", "error_cost", "linking", "action_groups", "democracy"), 0.0)


def test_turned_off_in_mid_run_everything_stands_still_in_both_engines():
    changes = [(6, key, 0.0) for key in OFF] + [(9, "listening", 0.2)]
    design = scheduled(lively(breadth="critical_mass", linking=0.3, democracy=0.5), *changes)
    run = simulate(design, seed=3)
    assert run.digest == simulate(design, seed=3, engine="mesa").digest
    assert run.organization["need"][5:9].nunique() == run.organization["decision"][5:9].nunique() == 1
    totals = sums(run)
    for name in ("collective_error", "estimate_error", "credibility", "decision_weight", "circle"):
        assert (totals[name][6:9] == 0).all()
        assert (totals[name][9:] != 0).all()
