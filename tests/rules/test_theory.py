"""The family of theory scenarios: everything off but what each is about."""

import numpy as np
import pytest

from engagesim import Scenario, simulate
from engagesim.design.files import shipped
from engagesim.rules import MECHANISMS
from engagesim.rules.cooperation import FREE_RIDER

from .cases import close, followed, sums

THEORY = Scenario.load("theory")
GAME = Scenario.load("theory_public_goods")
STRENGTHS = [(m.name, name) for m in MECHANISMS for name in m.strength]


@pytest.mark.parametrize(("mechanism", "name"), STRENGTHS, ids=[name for _, name in STRENGTHS])
def test_in_theory_every_mechanism_is_off(mechanism, name):
    assert not np.any(THEORY.values[name]), f"theory.toml must set {name} of {mechanism} to 0"


def test_in_theory_every_week_is_like_the_first():
    tallies = simulate(THEORY.changed(steps=10), seed=1).tallies
    assert (tallies == tallies[0]).all()


def test_in_theory_everybody_is_alike():
    state = simulate(THEORY.changed(steps=1), seed=1).last
    for name in ("motivation", "skill", "involvement", "conditional_slope", "trust", "exhaustion", "effort_task"):
        assert np.ptp(state[name]) == 0


@pytest.mark.parametrize("name", sorted(s for s in shipped("scenarios") if s.startswith("theory_")))
def test_the_rest_of_the_family_turns_on_two_mechanisms_at_most(name):
    on = {s for _, s in STRENGTHS if np.any(Scenario.load(name).values[s])}
    assert on, "something is turned on"
    assert len({m.name for m in MECHANISMS if on & set(m.strength)}) <= 2


def effort(design, seed=0):
    return sums(simulate(design, seed=seed))["task_effort"]


@pytest.mark.parametrize("slope", [0.6, 0.85, 1.0])
def test_imperfect_conditional_cooperation_declines_by_its_factor_and_perfect_does_not(slope):
    given = effort(GAME.changed(slope_mean=slope, steps=20))
    assert close(given, given[0] * (1 - 0.4 * (1 - slope)) ** np.arange(20), 1e-6)


def test_free_riders_quicken_the_decline():
    design = GAME.changed(group_size=40, employees=40, conditional_share=0.7, free_rider_share=0.3, steps=12)
    giving, run = followed(design, "effort_task", seed=1)
    riding = int((run.last["cooperation_type"] == FREE_RIDER).sum())
    others = (40 - riding - 1) / 39
    assert 5 < riding < 20
    assert close(giving.sum(axis=1), giving[0].sum() * (1 - 0.4 * (1 - 0.85 * others)) ** np.arange(12), 1e-9)


def test_of_each_gift_every_member_of_the_group_gets_a_quarter():
    run = simulate(GAME.changed(steps=1), seed=0)
    total = sums(run)
    assert total["own"][0] == pytest.approx(total["created"][0] / 4, abs=1e-6)
    assert total["spilled_in"][0] == pytest.approx(total["created"][0] * 3 / 4, abs=1e-6)
    assert total["captured"][0] == pytest.approx(0, abs=1e-6), "only what rounding leaves"
