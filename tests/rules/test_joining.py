import math
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from engagesim import EngagementModel, simulate
from engagesim.measures import sums_of
from engagesim.rules.joining import (
    COMPLEX,
    SIMPLE,
    VACANCY,
    by_vacancy,
    is_fresh,
    join_chance,
    join_threshold,
    recruiter,
    signal_chance,
)
from engagesim.structures import taken_places, with_empty_places

from .cases import alone, followed, matrix, network_of, sums

SHARE = st.floats(0, 1)
MOVEMENT = {
    "employees": 0, "partners": 0, "customers": 240, "form": "small_world", "degree": 8, "participation_threshold": 0,
    "seed_cluster": 1, "recruit_rate": 1,
}  # fmt: skip


@given(st.sampled_from([SIMPLE, COMPLEX]), st.floats(0, 50), st.floats(1, 100), SHARE)
def test_the_chance_of_joining_is_a_share_that_recruiters_raise(joining, recruiters, threshold, rate):
    chance = join_chance(joining, recruiters, threshold, rate)
    assert 0 <= chance <= 1
    assert join_chance(joining, recruiters / 2, threshold, rate) <= chance
    assert join_chance(joining, recruiters, threshold, 0.0) == 0
    assert join_chance(joining, 0.0, threshold, rate) == 0


def test_the_chance_of_joining_by_hand():
    assert join_chance(SIMPLE, 3.0, 9.0, 0.2) == pytest.approx(0.6)
    assert join_chance(SIMPLE, 3.0, 9.0, 0.5) == 1
    assert [join_chance(COMPLEX, k, 2.0, 0.2) for k in (1.9, 2.0, 7.0)] == [0, 0.2, 0.2]


@given(st.floats(1, 50), st.floats(0, 10), st.floats(-9, 9))
def test_a_threshold_asks_for_at_least_one_recruiter(mean, sd, z):
    assert 1 <= join_threshold(mean, sd, z) <= 100
    assert join_threshold(mean, 0.0, z) == mean


def test_thresholds_by_hand():
    assert [join_threshold(3.0, 2.0, z) for z in (0.5, -0.5, -2.0)] == [4, 2, 1], "at least one"
    assert join_threshold(90.0, 10.0, 2.0) == 100


def test_who_counts_as_a_recruiter_and_whose_place_waits():
    assert [recruiter(outside, 0.3) for outside in (False, True)] == [1, 0.3]
    assert [by_vacancy(joining, role) for joining in (VACANCY, SIMPLE) for role in (0, 1, 2)] == [True] * 4 + [
        False
    ] * 2


def active_from_the_start(design, seed):
    """Active members before the first week and after each: bool[weeks + 1, N], and who is tied to whom."""
    network = network_of(design, seed)
    active, _ = followed(design, "active", seed=seed)
    return np.vstack([taken_places(design.values, network, seed), active]).astype(bool), matrix(network) > 0


@pytest.mark.parametrize("threshold", [2, 3])
@pytest.mark.parametrize("rewiring", [0.0, 0.1, 1.0])
def test_complex_joining_is_the_threshold_model_of_the_textbook(threshold, rewiring):
    design = alone(**MOVEMENT, rewiring=rewiring, joining="complex", join_threshold_mean=threshold, steps=50)
    active, tied = active_from_the_start(design, seed=2)
    for before, after in pairwise(active):
        assert np.array_equal(after, before | (tied @ before.astype(int) >= threshold))


def spread(rewiring, seed, **values):
    """Share of a movement of 1000 places that is taken after each week."""
    design = alone(**{**MOVEMENT, "customers": 1000}, rewiring=rewiring, steps=255, **values)
    return sums(simulate(design, seed=seed))["members"] / 1000


@pytest.mark.parametrize(("threshold", "weeks"), [(2, 166), (3, 249)])
def test_complex_joining_needs_clustered_ties(threshold, weeks):
    """On a lattice each side advances by the places with enough partners behind the front (Centola, Macy 2007)."""
    values = {"joining": "complex", "join_threshold_mean": threshold}
    assert weeks == 1 + math.floor((1000 - 9) / (2 * (4 - threshold + 1)) + 0.5), "and seen in the week after"
    assert [int(np.argmax(spread(0.0, seed, **values) == 1)) + 1 for seed in range(3)] == [weeks] * 3
    assert np.mean([spread(1.0, seed, **values)[-1] for seed in range(20)]) < 0.25


def test_simple_joining_is_faster_over_random_ties():
    def weeks_to_most(rewiring, seed):
        design = alone(**{**MOVEMENT, "recruit_rate": 0.3}, rewiring=rewiring, joining="simple", steps=80)
        return np.argmax(sums(simulate(design, seed=seed))["members"] >= 0.9 * 240)

    ordered, random = ([weeks_to_most(rewiring, seed) for seed in range(5)] for rewiring in (0.0, 1.0))
    assert min(random) > 0
    assert 2 * max(random) < min(ordered)


def test_simple_joining_follows_its_chance():
    """False alarm: one in a million."""
    design = alone(employees=1, customers=4000, partners=0, form="star", joining="simple", recruit_rate=0.02, steps=10,
                   start_active=(1, 0, 0), participation_threshold=0, third_order=0)  # fmt: skip
    arrivals = sums(simulate(design, seed=1))["arrivals"]
    waiting = 4000 - np.append(0, np.cumsum(arrivals)[:-1])
    assert stats.binomtest(int(arrivals.sum()), int(waiting.sum()), 0.02).pvalue > 1e-6


@pytest.mark.parametrize(("third_order", "comes"), [(0.0, False), (0.4, False), (0.5, True)])
def test_the_third_order_recruits_as_far_as_it_counts(third_order, comes):
    design = alone(**{**MOVEMENT, "customers": 5, "degree": 4}, third_order=third_order, joining="complex", steps=4,
                   start_active=(1, 0.5, 0), rewiring=0).changed(seed_cluster=0)  # fmt: skip
    seed = next(s for s in range(50) if taken_places(design.values, network_of(design, s), s).sum() == 4)
    joined = sums(simulate(design, seed=seed))["members"]
    assert joined.tolist() == [4] + [4 + comes] * 3, "four partners who count half each are the two that it takes"


def test_who_does_not_take_part_recruits_nobody():
    design = alone(**{**MOVEMENT, "participation_threshold": 1}, joining="simple", steps=5)
    assert sums(simulate(design, seed=2))["arrivals"].sum() == 0


def test_employees_wait_for_their_vacancy_and_outsiders_do_not():
    design = alone(start_active=(0, 0, 0), joining="simple", vacancy_weeks=3, steps=6)
    tallies = simulate(design, seed=1).tallies
    assert sums_of(tallies, "everyone")["arrivals"].tolist() == [0, 0, 24, 0, 0, 0]
    assert tallies[:, 1:].sum() == 0, "nobody recruits"
    recruited = simulate(design.changed(recruit_rate=1, participation_threshold=0, form="complete"), seed=1).tallies
    assert sums_of(recruited, "everyone")["arrivals"].tolist() == [0, 0, 24, 24, 0, 0], "all outsiders, a week later"


def test_seeds_are_outsiders_with_their_partners():
    design = alone(seed_cluster=2, form="organization", third_order_degree=3)
    network = network_of(design, 4)
    taken, tied = taken_places(design.values, network, 4), matrix(network) > 0
    outside = network.role != 0
    assert taken[~outside].all()
    here = np.flatnonzero(taken & outside)
    around = [{i, *np.flatnonzero(tied[i] & outside).tolist()} for i in here]
    pairs = [a | b for a in around for b in around]
    assert set(here.tolist()) in pairs
    assert len(here) < outside.sum()


def test_the_share_taken_at_the_start_is_as_asked_and_the_rest_is_empty():
    """False alarm: one in a million for each role."""
    design = alone(employees=700, customers=700, partners=700, form="regular", degree=2, start_active=(1, 0.3, 0))
    network = network_of(design)
    taken = taken_places(design.values, network, 0)
    assert taken[:700].all()
    assert not taken[1400:].any()
    assert stats.binomtest(int(taken[700:1400].sum()), 700, 0.3).pvalue > 1e-6
    waiting = matrix(with_empty_places(network, taken))
    assert (waiting[~taken] == 0).all()
    assert (waiting[:, ~taken] == 0).all()
    assert np.array_equal(waiting[np.ix_(taken, taken)], matrix(network)[np.ix_(taken, taken)])
    everyone = np.ones(2100, dtype=bool)
    assert with_empty_places(network, everyone) is network


def test_thresholds_belong_to_places_and_spread_as_asked():
    """False alarm: one in a million."""
    design = alone(employees=4000, customers=0, partners=0, form="regular", degree=0, join_threshold_mean=6, steps=3,
                   join_threshold_sd=1.0, turnover_shock=0.2, vacancy_weeks=1)  # fmt: skip
    threshold, active, _ = followed(design, "join_threshold", "active")
    assert stats.kstest(threshold[0][active[0] == 1], stats.norm(6, 1).cdf).pvalue > 1e-6
    both = (active[0] == 1) & (active[2] == 1)
    assert np.array_equal(threshold[0][both], threshold[2][both])


def test_who_joins_takes_up_the_ties_of_the_place_weakly():
    design = alone(**MOVEMENT, rewiring=0, joining="complex", steps=1, newcomer_tie_strength=0.2)
    model = EngagementModel(design, seed=2)
    before = {m for m in model.members if m.active}
    model.step()
    new = [m for m in model.members if m.active and m not in before]
    assert new
    strengths = {tie.strength for m in new for tie in m.ties if tie.partner_of(m) in before}
    assert strengths == {0.2}


def test_a_signal_counts_by_its_number():
    assert [signal_chance(k, 0.2, 2.0, 3.0) for k in (1, 2, 3, 7)] == pytest.approx([0.2, 0.4, 0.6, 0.6])
    assert signal_chance(2, 0.8, 2.0, 1.0) == 1
    assert [is_fresh(weeks) for weeks in (0, 1)] == [True, False]


SIGNALS = {**MOVEMENT, "joining": "signals", "seed_partners": "no", "demand": 0.5}


def test_one_seed_may_begin_alone():
    design = alone(**SIGNALS, rewiring=0)
    assert taken_places(design.values, network_of(design, 3), 3).sum() == 1


def test_every_partner_signals_once_and_signals_are_followed_by_their_number():
    """False alarm: one in a million for each of the three kinds of signals."""
    chances, heard, joined = {1: 0.15, 2: 0.45, 3: 0.3}, dict.fromkeys((1, 2, 3), 0), dict.fromkeys((1, 2, 3), 0)
    for seed in range(60):
        design = alone(**{**SIGNALS, "recruit_rate": 0.15}, second_signal=3, later_signals=2, rewiring=0, steps=30)
        active, tied = active_from_the_start(design, seed)
        for before, now, after in zip([active[0] & False, *active[:-2]], active[:-1], active[1:], strict=True):
            old, fresh = tied @ before.astype(int), tied @ (now & ~before).astype(int)
            alone_ = ~now & (fresh == 1)
            for k in (1, 2, 3):
                these = alone_ & (np.minimum(old + 1, 3) == k)
                heard[k] += int(these.sum())
                joined[k] += int((these & after).sum())
            assert not (after & ~now & (fresh == 0)).any(), "nobody joins without a signal"
    for k, chance in chances.items():
        assert heard[k] > 50
        assert stats.binomtest(joined[k], heard[k], chance).pvalue > 1e-6


def test_both_engines_and_threads_follow_the_same_signals():
    signals = {**SIGNALS, "recruit_rate": 0.5, "exhaustion_start": 0.1}
    design = alone(**signals, rewiring=0.1, second_signal=2, later_signals=2, exit_hazard=0.05, steps=12)
    ours, theirs = (simulate(design, seed=2, engine=engine) for engine in ("compiled", "mesa"))
    assert ours.digest == theirs.digest == simulate(design, seed=2, threads=3).digest
    assert sums(ours)["arrivals"].sum() > 5
