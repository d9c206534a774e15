from dataclasses import replace
from itertools import combinations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from engagesim import EngagementModel, Scenario, simulate
from engagesim.draws import key_of, named, uniform
from engagesim.engine.run import run
from engagesim.rules.cooperation import CONDITIONAL, FREE_RIDER, HUMP_SHAPED, TYPES, UNCONDITIONAL
from engagesim.rules.imitation import (
    attraction,
    average_outcome,
    donation_payoff,
    invader_type,
    random_type,
    summed_payoff,
    takes_over,
)
from engagesim.structures.copies import apart
from engagesim.tallies import NAMES, index
from engagesim.tallies import TYPES as COUNTED_TYPES

from .cases import close, followed, network_of, scheduled, sums, with_strengths

GAME = Scenario.load("theory_donation_game")
SHARE = st.floats(0, 1, exclude_max=True)
PAYOFF = st.floats(-100, 100)


def test_payoffs_by_hand():
    assert donation_payoff(0.5, 1.0, 3.0, 1.0) == 0.5
    assert donation_payoff(0.0, 0.0, 3.0, 1.0) == 0.0
    assert average_outcome(0.2, 0.9, 0.5, 0.4, 10.0) == pytest.approx(0.25)
    assert average_outcome(0.2, 0.9, 0.5, 0.4, 1.0) == pytest.approx(0.7)


@given(SHARE, PAYOFF, PAYOFF, st.floats(0, 1000))
def test_the_better_is_taken_over_more_easily(u, mine, theirs, selection):
    chance = 1 / (1 + np.exp(-np.clip(selection * (theirs - mine), -40, 40)))
    if abs(u - chance) > 1e-12:
        assert takes_over(u, mine, theirs, selection) == (u < chance)
    assert takes_over(u, mine, theirs, 0.0) == (u < 0.5)


def test_strong_selection_leaves_nothing_to_chance():
    least, most = 2.0**-52, 1 - 2.0**-52
    assert takes_over(most, 0.0, 1.0, 1000.0)
    assert not takes_over(least, 1.0, 0.0, 1000.0)


@given(st.floats(0, 1), PAYOFF, st.floats(0, 1000))
def test_attraction_is_never_negative_and_without_selection_it_is_the_tie(strength, payoff, selection):
    assert attraction(strength, payoff, selection) >= 0
    assert attraction(strength, payoff, 0.0) == strength
    assert [attraction(0.5, 2.0 * sign, 0.25) for sign in (1, -1)] == [0.75, 0.25]
    assert attraction(0.5, -2.0, 1.0) == 0


@given(SHARE)
def test_a_random_type_is_one_that_has_a_share(u):
    assert random_type(u, 0.7, 0.2, 0.1) == (CONDITIONAL, FREE_RIDER, HUMP_SHAPED)[int(3 * u)]
    assert random_type(u, 0.0, 0.5, 0.0) == (FREE_RIDER, UNCONDITIONAL)[int(2 * u)]
    assert random_type(u, 0.0, 0.0, 0.0) == UNCONDITIONAL
    assert random_type(u, 0.2, 0.2, 0.2) == (CONDITIONAL, FREE_RIDER, HUMP_SHAPED, UNCONDITIONAL)[int(4 * u)]


def test_types_are_counted_by_their_codes():
    assert TYPES == COUNTED_TYPES
    run = simulate(Scenario.load("plain_organization").changed(steps=1))
    counts = [int(sums(run)[name][0]) for name in TYPES]
    assert counts == np.bincount(run.last["cooperation_type"], minlength=4).tolist()
    assert run.measures["cooperators"] == (counts[CONDITIONAL] + counts[UNCONDITIONAL]) / sum(counts)


def test_in_the_donation_game_who_gives_gives_all_and_who_does_not_gives_nothing():
    before = simulate(GAME.changed(steps=1, imitation_rate=0), seed=2)
    gives = before.last["cooperation_type"] == UNCONDITIONAL
    assert 0 < gives.sum() < 30
    assert set(before.last["cooperation_type"]) == {FREE_RIDER, UNCONDITIONAL}
    effort = before.last["effort_task"] + before.last["effort_relational"]
    assert np.array_equal(effort, gives.astype(float))


def test_payoffs_of_the_donation_game_are_those_of_the_graph():
    design = GAME.changed(steps=1, mutation_rate=0)
    base = network_of(design, 2)
    network = with_strengths(base, lambda a, b: 0.1 + 0.8 * ((7 * a + 3 * b) % 11) / 11)
    payoff, run = followed(design, "payoff", seed=2, network=network)
    effort = run.last["effort_task"]
    for i in range(30):
        row = slice(network.start[i], network.start[i + 1])
        weights, partners = network.strength[row], network.neighbour[row].astype(int)
        expected = 6.0 * (weights @ effort[partners]) / weights.sum() - effort[i]
        assert payoff[0, i] == pytest.approx(expected, abs=1e-12)
    assert run.measures["payoff"] == pytest.approx(payoff.mean(), abs=1e-8)


def test_payoffs_of_the_public_goods_game_are_linear():
    game = Scenario.load("theory_public_goods").changed(imitation_rate=1, slope_sd=0.2, steps=6)
    payoff, effort, _ = followed(game, "payoff", "effort_task")
    groups = effort.reshape(6, 25, 4).mean(axis=2).repeat(4, axis=1)
    assert np.ptp(effort[-1]) > 0.01
    assert close(payoff, groups - 0.625 * effort, 1e-8)


def test_constant_outcomes_are_averaged_geometrically():
    design = Scenario.load("theory").changed(imitation_rate=1, effort_cost=0.3, payoff_memory=8, steps=40)
    payoff, effort, _ = followed(design, "payoff", "effort_task")
    weeks = np.arange(1, 41)[:, None]
    assert close(payoff, 0.7 * effort * (1 - 0.875**weeks), 1e-8)


def one_mutant(design, size, seeds):
    """Seeds from which exactly one member starts as a free rider."""
    share, trait = design.values["free_rider_share"], named("trait.cooperation_type")
    return [s for s in seeds if sum(uniform(key_of(s, trait, 0), i) < share for i in range(size)) == 1]


@pytest.mark.parametrize(("updating", "steps"), [("death_birth", 300), ("pairwise", 600)])
def test_without_selection_a_single_mutant_takes_over_with_probability_one_in_n(updating, steps):
    """False alarm: four standard errors, one in 16,000 for each rule."""
    ring = GAME.changed(employees=6, form="small_world", degree=2, rewiring=0, free_rider_share=1 / 6, selection=0)
    design = ring.changed(updating=updating, steps=steps)
    levers = design.levers()
    ends = [run(design, None, s, levers=levers).world.tallies[-1] for s in one_mutant(design, 6, range(500))]
    riders = np.array([end.sum(axis=0)[NAMES.index("free_rider")] for end in ends])
    assert set(riders) == {0, 6}, "every run has ended in one type"
    assert abs((riders == 6).mean() - 1 / 6) < 4 * np.sqrt(5 / 36 / len(ends))


@pytest.mark.parametrize("updating", ["death_birth", "pairwise"])
def test_the_same_holds_in_thousands_of_groups_at_once(updating):
    """False alarm: four standard errors, one in 16,000 for each rule."""
    groups = GAME.changed(form="groups", group_size=5, employees=20_000, free_rider_share=0.2, selection=0)
    design = groups.changed(updating=updating, one_at_a_time="no", imitation_rate=0.3, steps=250)
    before, after = (
        (simulate(d, seed=1).last["cooperation_type"].reshape(-1, 5) == FREE_RIDER).sum(axis=1)
        for d in (design.changed(steps=1, imitation_rate=0), design)
    )
    ended = after[before == 1]
    assert set(ended) == {0, 5}
    assert abs((ended == 5).mean() - 1 / 5) < 4 * np.sqrt(4 / 25 / len(ended))


def test_one_at_a_time_lets_one_member_change_at_most():
    run = simulate(GAME.changed(steps=300, mutation_rate=1), seed=1)
    switches = sums(run)["switches"]
    assert set(switches) == {0, 1}
    all_at_once = simulate(GAME.changed(steps=5, mutation_rate=1, one_at_a_time="no"), seed=1)
    assert sums(all_at_once)["switches"].max() > 5


def test_strong_pairwise_selection_always_takes_over_the_better():
    mixed = GAME.changed(form="complete", updating="pairwise", selection=1000, one_at_a_time="no", steps=40)
    riders = sums(simulate(mixed, seed=3))["free_rider"]
    assert 5 < riders[0] < 25
    assert (np.diff(riders) >= 0).all(), "on a complete graph free riders always fare better"
    assert riders[-1] == 30


def test_a_partner_is_taken_over_in_proportion_to_tie_and_fitness():
    star = GAME.changed(form="star", employees=4, selection=0.5)
    network = with_strengths(network_of(star), lambda a, b: 0.1 * b)
    model = EngagementModel(star, network=network)
    centre, *others = model.members
    for one, payoff in zip(others, (2.0, 0.0, -4.0), strict=True):
        one.payoff = payoff
    # Weights .1 x 2, .2 x 1, and nothing for who is below -1 / selection.
    assert [centre.fit_partner(u, 0.5) for u in (0.0, 0.49, 0.51, 0.999)] == [others[0]] * 2 + [others[1]] * 2
    assert [centre.live_partner(u) for u in (0.0, 0.34, 0.67)] == others
    for tie in centre.ties:
        tie.strength = 0.0
    assert centre.live_partner(0.5) is centre
    assert centre.fit_partner(0.5, 0.5) is centre


def test_with_mutation_alone_every_type_is_as_frequent():
    """False alarm: one in a million."""
    design = Scenario.load("theory").changed(employees=4000, steps=2, imitation_rate=1, mutation_rate=1)
    counts = np.bincount(simulate(design, seed=5).last["cooperation_type"], minlength=4)
    assert stats.chisquare(counts).pvalue > 1e-6


def test_only_those_who_reconsider_change():
    """False alarm: one in a million."""
    design = Scenario.load("theory").changed(employees=4000, steps=1, imitation_rate=0.3, mutation_rate=1)
    switches = int(sums(simulate(design, seed=5))["switches"][0])
    before = simulate(design.changed(imitation_rate=0), seed=5).last["cooperation_type"]
    assert stats.binomtest(switches, 4000, 0.3 * 0.75).pvalue > 1e-6
    assert (before != simulate(design, seed=5).last["cooperation_type"]).sum() == switches


def test_an_invader_is_of_a_type_that_exists_and_not_the_resident_one():
    kinds = [invader_type(u, FREE_RIDER, 0.3, 0.3, 0.2) for u in (0.0, 0.4, 0.9)]
    assert kinds == [CONDITIONAL, HUMP_SHAPED, UNCONDITIONAL]
    assert invader_type(0.5, CONDITIONAL, 0.5, 0.5, 0.0) == FREE_RIDER
    assert invader_type(0.0, UNCONDITIONAL, 0.0, 0.0, 0.0) == -1


ORDER = (FREE_RIDER, CONDITIONAL, HUMP_SHAPED, UNCONDITIONAL)
SETS = [kinds for n in range(1, 5) for kinds in combinations(ORDER, n)]


@pytest.mark.parametrize("kinds", SETS, ids=lambda kinds: "".join(map(str, kinds)))
def test_invaders_of_any_mix_are_the_types_that_have_a_share_in_turn(kinds):
    """Shares of a third leave a rest of 1e-16, which is no share."""
    shares = [1 / len(kinds) if kind in kinds else 0.0 for kind in (CONDITIONAL, FREE_RIDER, HUMP_SHAPED)]
    for resident in ORDER:
        others = [kind for kind in kinds if kind != resident]
        slices = [(k + part) / len(others) for k in range(len(others)) for part in (0.0, 0.5)]
        assert [invader_type(u, resident, *shares) for u in slices] == [kind for kind in others for _ in (0, 1)]
        assert others or invader_type(0.5, resident, *shares) == -1


def test_payoffs_add_up_over_ties_where_they_are_accumulated():
    assert summed_payoff(2.0, 3.0, 0.0) == 2.0
    assert summed_payoff(2.0, 3.0, 1.0) == 6.0
    assert summed_payoff(2.0, 3.0, 0.5) == 4.0


INVADED = Scenario.load("theory_invasions")


@pytest.mark.parametrize("updating", ["moran", "pairwise", "death_birth"])
def test_without_selection_one_invader_in_n_takes_over(updating):
    """False alarm: one in a million for each rule. In the last weeks nobody new invades, so that every try ends."""
    groups = INVADED.changed(form="groups", group_size=5, employees=1, selection=0, updating=updating, steps=500)
    network = replace(network_of(groups.changed(employees=1000)), unit=np.repeat(np.arange(200, dtype=np.int32), 5))
    world = run(scheduled(groups, (300, "invasion_rate", 0)), network, 2).world
    kinds = world.company.members.cooperation_type.reshape(200, 5)
    assert (kinds == kinds[:, :1]).all()
    tried, won = (
        sum(int(world.tallies[..., index(f"{kind}_{what}")].sum()) for kind in ("giving", "riding"))
        for what in ("invasions", "takeovers")
    )
    assert tried > 3000
    assert stats.binomtest(won, tried, 0.2).pvalue > 1e-6


def test_one_member_of_each_unit_has_its_turn():
    design = INVADED.changed(steps=40, selection=0, invasion_rate=0, mutation_rate=1)
    switches = run(design, apart(30, 10), 1).world.tallies.sum(axis=1)[:, NAMES.index("switches")]
    assert switches.max() <= 30
    assert switches.mean() > 10


def test_a_unit_that_splits_makes_another_like_itself():
    design = INVADED.changed(steps=1, selection=0, invasion_rate=0, imitation_rate=1e-9, split_rate=1, continuation=0)
    before = run(design.changed(split_rate=0), apart(6, 4), 4).world.company.members.cooperation_type.reshape(6, 4)
    after = run(design, apart(6, 4), 4).world.company.members.cooperation_type.reshape(6, 4)
    changed = np.flatnonzero((before != after).any(axis=1))
    assert len(changed) == 1
    assert any((after[changed[0]] == unit).all() for unit in before)
