import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from engagesim import EngagementModel, Scenario, simulate
from engagesim.engine.run import run
from engagesim.rules.conventions import best_reply, remember
from engagesim.rules.cooperation import CONDITIONAL, FREE_RIDER, HUMP_SHAPED, UNCONDITIONAL
from engagesim.rules.encounters import (
    MOST_ROUNDS,
    balance_of,
    meet_in_view,
    opens,
    public_payoff,
    replies,
    rounds_of,
)
from engagesim.structures.committed import committed_places
from engagesim.structures.copies import apart

from .cases import followed

CONVENTION = Scenario.load("theory_conventions")
CAMPS = Scenario.load("theory_bounded_confidence")
GAME = Scenario.load("theory_invasions").changed(imitation_rate=1e-9, invasion_rate=0, steps=1)
SHARE = st.floats(0, 1, exclude_max=True)


def test_who_gives_first_and_who_answers():
    kinds = (FREE_RIDER, CONDITIONAL, HUMP_SHAPED, UNCONDITIONAL)
    assert [opens(kind, False) for kind in kinds] == [False, True, False, True]
    assert [opens(kind, True) for kind in kinds] == [False, False, False, True]
    assert [replies(kind, True) for kind in kinds] == [False, True, True, True]
    assert [replies(kind, False) for kind in kinds] == [False, False, False, True]


def test_payoffs_by_hand():
    assert balance_of(3, 2, 5.0, 1.0) == 13.0
    assert public_payoff(2.0, 4, 1.0, 3.0, 1.0) == 0.5
    assert public_payoff(2.0, 4, 0.0, 3.0, 1.0) == 1.5


@given(SHARE, st.floats(0.01, 0.99))
def test_the_number_of_rounds_is_geometric(u, w):
    n = rounds_of(u, w)
    assert 1 <= n <= MOST_ROUNDS
    chance_of_more = 1 - u
    if n < MOST_ROUNDS:
        assert w**n <= chance_of_more * (1 + 1e-9)
        assert chance_of_more <= w ** (n - 1) * (1 + 1e-9)
    assert rounds_of(u, 0.0) == 1


@given(st.lists(st.integers(0, 1), min_size=1, max_size=70), st.integers(1, 60), SHARE)
def test_the_best_reply_is_the_majority_of_what_is_remembered(plays, memory, coin):
    word = 0
    for play in plays:
        word = remember(word, play)
    latest = plays[::-1][:memory]
    new = 2 * sum(latest)
    expected = (coin < 0.5) if new == memory else new > memory
    assert best_reply(word, memory, coin) == int(expected)


def test_replies_and_memories_by_hand():
    assert [best_reply(0b0101, 4, coin) for coin in (0.49, 0.5)] == [1, 0], "two of four: the coin decides"
    assert [best_reply(plays, 3, 0.0) for plays in (0b000110, 0b111001)] == [1, 0], "only the last three count"
    assert [remember(0b101, play) for play in (0, 1)] == [0b1010, 0b1011]
    assert remember(2**60 - 1, 0) == 2**60 - 2, "the sixty-first is forgotten"


def test_two_who_talk_meet_in_the_middle_unless_too_far_apart():
    assert meet_in_view(0.0, 1.0, 0.0, 0.5) == meet_in_view(1.0, 0.0, 0.0, 0.5) == 0.5
    assert meet_in_view(0.0, 1.0, 0.9, 0.5) == 0.0
    assert meet_in_view(0.0, 1.0, 1.0, 0.25) == 0.25
    assert meet_in_view(1.0, 3.0, 0.0, 0.25) == 1.5
    assert [meet_in_view(-1.0, 1.0, bound, 0.25) for bound in (1.5, 2.0)] == [-1.0, -0.5]


def test_everybody_meets_exactly_one_other_of_the_same_unit():
    design = CONVENTION.changed(steps=1, committed_share=0, estimate_sd=1, convergence=0.5, confidence_bound=0)
    world = run(design, apart(50, 6), 3).world
    views = np.round(world.company.members.estimate.reshape(50, 6), 12)
    counts = [np.unique(unit, return_counts=True)[1].tolist() for unit in views]
    assert counts == [[2, 2, 2]] * 50, "two who met have the same view"


def test_with_an_odd_number_one_stays_alone():
    design = CAMPS.changed(employees=7, steps=1, confidence_bound=0)
    views = np.round(simulate(design, seed=1).last["estimate"], 12)
    assert sorted(np.unique(views, return_counts=True)[1].tolist()) == [1, 2, 2, 2]


def test_the_mean_view_stays_where_it_was():
    estimates, _ = followed(CAMPS.changed(employees=100, steps=30), "estimate")
    assert np.ptp(estimates.mean(axis=1)) < 1e-12
    assert (np.diff(estimates.std(axis=1)) <= 1e-12).all()


def test_a_committed_share_of_each_unit_is_drawn_and_keeps_its_way():
    network = apart(40, 10)
    design = CONVENTION.changed(committed_share=0.3)
    _, start, listed = network.units()
    committed = committed_places(design.values, start, listed, 5)
    assert (committed.reshape(40, 10).sum(axis=1) == 3).all()
    assert not (committed.reshape(40, 10) == committed[:10]).all(), "another lot in every unit"
    assert committed_places(CONVENTION.changed(committed_share=0).values, start, listed, 5).sum() == 0
    members = run(design.changed(steps=3), network, 5).world.company.members
    assert (members.new_way[members.committed == 1] == 1).all()


@pytest.mark.parametrize(("committed", "tips"), [(0, False), (4, False), (8, True)])
def test_a_minority_of_a_third_tips_a_convention_and_one_of_a_sixth_does_not(committed, tips):
    members = run(CONVENTION.changed(committed_share=committed / 24), apart(30, 24), 1).world.company.members
    adopted = members.new_way.reshape(30, 24).mean(axis=1)
    assert ((adopted > 0.9) if tips else (adopted < 0.5)).all()


def test_a_public_good_pays_givers_and_free_riders_the_same_at_its_threshold():
    """Any mix: payoffs differ by c [r / n (Z - n) / (Z - 1) - 1]. False alarm: five standard errors."""
    changes = {"payoff_rule": "public_goods", "encounter_size": 4, "conditional_share": 0, "conditionality": 1}
    for multiplier, gap in ((4.75, 0.0), (2.0, 0.5 * 16 / 19 - 1)):
        members = run(GAME.changed(**changes, game_multiplier=multiplier), apart(2000, 20), 7).world.company.members
        gives = (members.cooperation_type != FREE_RIDER).reshape(2000, 20)
        payoff, givers = members.payoff.reshape(2000, 20), gives.sum(axis=1)
        mixed = (givers > 0) & (givers < 20)
        found = ((payoff * gives).sum(axis=1) / np.maximum(givers, 1))[mixed]
        found -= ((payoff * ~gives).sum(axis=1) / np.maximum(20 - givers, 1))[mixed]
        assert abs(found.mean() - gap) < 5 * found.std() / np.sqrt(mixed.sum())


def test_reciprocators_give_until_they_meet_who_does_not():
    """With another round at .5 two reciprocators play two rounds on average. False alarm: five standard errors."""
    members = run(GAME.changed(encounter_size=2, continuation=0.5, game_benefit=3), apart(5000, 2), 1).world
    kinds = (members.company.members.cooperation_type != FREE_RIDER).reshape(-1, 2)
    payoff = members.company.members.payoff.reshape(-1, 2)
    both, mixed = kinds.all(axis=1), kinds[:, 0] != kinds[:, 1]
    assert (payoff[~kinds.any(axis=1)] == 0).all()
    assert (np.sort(payoff[mixed], axis=1) == [-1.0, 3.0]).all()
    assert abs(payoff[both].mean() - 4) < 5 * payoff[both].std() / np.sqrt(both.sum())


def test_a_bad_name_keeps_reciprocators_from_giving():
    members = run(GAME.changed(encounter_size=2, continuation=0, reputation_known=1), apart(500, 2), 1).world
    kinds = (members.company.members.cooperation_type != FREE_RIDER).reshape(-1, 2)
    payoff = members.company.members.payoff.reshape(-1, 2)
    assert (payoff[~kinds.all(axis=1)] == 0).all()
    assert (payoff[kinds.all(axis=1)] == 4.0).all()


def test_units_are_listed_in_both_engines_alike():
    design = Scenario.load("plain_organization").changed(employees=20, customers=6, partners=2)
    model = EngagementModel(design, seed=2)
    number, start, listed = model.seats.units()
    assert [m.place for unit in model.units for m in unit.members] == listed.tolist()
    assert [unit.first for unit in model.units] == start[:-1].tolist()
    assert [m.unit_number for m in model.members] == number.tolist()
    assert (np.diff(model.seats.unit[listed][model.seats.unit[listed] >= 0]) >= 0).all()
