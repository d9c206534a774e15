"""The checks are of the rules, not of the figures printed: other graphs, memories, rates and sizes."""

import networkx as nx
import numpy as np
import pytest

from engagesim import Scenario
from engagesim.engine.run import run
from engagesim.structures.copies import apart, side_by_side
from engagesim.structures.graphs import from_graph
from engagesim.tallies import ORGANIZATION
from engagesim.validation import invasions
from engagesim.validation.check import Effort
from engagesim.validation.exact.fixation import direct, moran, on_network, two_strategies
from engagesim.validation.exact.groups import takeovers as grouped
from engagesim.validation.exact.tipping import critical_share
from engagesim.validation.five_rules import public_gap
from engagesim.validation.invasions import takeovers
from engagesim.validation.many import many
from engagesim.validation.means import less

CHANCE = 4.5
"""Standard errors: one false alarm in 150,000."""


def near(trials, target):
    return abs(trials.share - target) < CHANCE * (target * (1 - target) / trials.trials) ** 0.5


@pytest.mark.parametrize("benefit", [2.5, 9.0])
def test_takeovers_on_a_wheel_with_unlike_ties(benefit):
    graph = nx.wheel_graph(6)
    for k, (a, b) in enumerate(graph.edges):
        graph.edges[a, b]["weight"] = (k % 4 + 1) / 4
    expected = on_network(nx.to_numpy_array(graph), benefit, 1.0, 0.08)
    design = Scenario.load("theory_donation_game").changed(
        one_at_a_time="in_each_unit", selection=0.08, game_benefit=benefit
    )
    network = side_by_side(from_graph(graph), 200)
    found = takeovers(design, network, Effort(), "wheel", weeks=500, tail=600)
    assert all(map(near, found, expected))


@pytest.mark.parametrize(("another", "size"), [(0.3, 6), (0.8, 7)])
def test_takeovers_by_reciprocators_with_other_chances_of_another_round(another, size):
    (a, b), (c, d) = direct(4.0, 1.0, another)
    design = Scenario.load("theory_invasions").changed(continuation=another, game_benefit=4, selection=0.02)
    found = takeovers(design, apart(200, size), Effort(), "another", weeks=500, tail=700)
    expected = (two_strategies(((a, b), (c, d)), size, 0.02), two_strategies(((d, c), (b, a)), size, 0.02))
    assert all(map(near, found, expected))


@pytest.mark.parametrize(("fitness", "size"), [(1.3, 5), (1.15, 15)])
def test_takeovers_by_types_of_other_fitness_in_populations_of_other_sizes(fitness, size):
    design = Scenario.load("theory_invasions").changed(
        payoff_rule="donation",
        selection=1,
        game_cost=1 - 1 / fitness,
        encounter_rate=0,
        conditional_share=0,
        continuation=0,
        conditionality=1,
    )
    give, ride = takeovers(design, apart(1500 // size, size), Effort(), "moran", weeks=500, tail=20 * size**2)
    assert near(ride, moran(fitness, size))
    assert near(give, moran(1 / fitness, size))


def test_takeovers_of_groups_of_another_size_and_number():
    design = Scenario.load("theory_invasions").changed(
        game_benefit=4, selection=0.15, invaded="organization", split_rate=0.2, continuation=0
    )
    found = takeovers(design, apart(4, 2), Effort(), "groups", weeks=20_000, tail=4000)
    assert all(map(near, found, grouped(2, 4, 4.0, 1.0, 0.15, 0.2)))


@pytest.mark.parametrize(("size", "group", "multiplier"), [(12, 3, 2.2), (30, 6, 7.5)])
def test_public_goods_in_groups_of_other_sizes(size, group, multiplier):
    gap, error = public_gap(Effort(quick=True), size, group, multiplier)
    assert abs(gap - (multiplier / group * (size - group) / (size - 1) - 1)) < CHANCE * error


@pytest.mark.parametrize("memory", [5, 9])
def test_crowds_tip_around_the_threshold_of_their_memory(memory):
    share = critical_share(memory)
    for committed, tips in ((0.9 * share, False), (1.12 * share, True)):
        design = Scenario.load("theory_conventions").changed(
            convention_memory=memory, committed_share=committed, steps=300
        )
        members = run(design, apart(3, 700), 4).world.company.members
        assert ((members.new_way.reshape(3, 700).mean(axis=1) > 0.5) == tips).all()


def test_a_short_tail_changes_nothing():
    design = Scenario.load("theory_invasions")
    short, long = (takeovers(design, apart(50, 12), Effort(), "tail", weeks=60, tail=tail) for tail in (1, 4000))
    assert short == long


def test_long_trials_are_made_in_several_runs(monkeypatch):
    """A second look, with four times the weeks, must not be longer than a run may be."""
    design = Scenario.load("theory_invasions")
    whole = takeovers(design, apart(20, 4), Effort(), "long", weeks=80, tail=600, batches=1)
    monkeypatch.setattr(invasions, "LONGEST", 20)
    parts = takeovers(design, apart(20, 4), Effort(), "long", weeks=80, tail=600, batches=1)
    one = takeovers(design, apart(20, 4), Effort(), "long", weeks=20, tail=600, batches=4)
    assert parts == one
    assert parts != whole


def code_at_the_end(p1, p2, people, facets, periods, runs, rng):
    """March's model in arrays, written for this test alone: net knowledge of the code by run."""
    shape = (runs, people, facets)
    reality = rng.choice([-1, 1], (runs, 1, facets))
    beliefs, code = rng.integers(-1, 2, shape), np.zeros((runs, 1, facets), dtype=int)
    for _ in range(periods):
        actions = np.where(beliefs == 0, rng.choice([-1, 1], shape), beliefs)
        superior = (actions * reality).sum(axis=2) > (code * reality).sum(axis=2)
        moves = (code != 0) & (beliefs != code) & (rng.random(shape) < p1)
        beliefs = beliefs + np.where(moves, np.sign(code - beliefs), 0)
        majority = (actions * superior[..., None]).sum(axis=1, keepdims=True)
        adopts = rng.random(majority.shape) < 1 - (1 - p2) ** np.abs(majority)
        code = np.where((majority != 0) & (np.sign(majority) != code) & adopts, np.sign(majority), code)
    return (code * reality).mean(axis=(1, 2))


@pytest.mark.parametrize(
    ("p1", "p2", "people", "facets", "periods"),
    [(0.3, 0.7, 30, 20, 80), (0.7, 0.3, 70, 45, 30), (0.2, 0.05, 20, 8, 60)],
)
def test_the_code_learns_at_other_rates_and_sizes_as_in_a_program_of_its_own(p1, p2, people, facets, periods):
    design = Scenario.load("theory_exploration_and_exploitation").changed(
        socialization=p1, code_learning=p2, employees=people, belief_dimensions=facets, steps=periods
    )
    column = ORGANIZATION.index("code_knowledge")
    ours = many(design, Effort(), f"march {p1}", 300, lambda world: world.series[-1, column])
    theirs = code_at_the_end(p1, p2, people, facets, periods, 300, np.random.default_rng(11))
    gap, error = less(ours, theirs)
    assert abs(gap) < CHANCE * error
    assert error < 0.012


def test_between_the_rates_of_the_paper_knowledge_is_in_between():
    march = Scenario.load("theory_exploration_and_exploitation").changed(code_learning=0.5, steps=200)
    ends = [
        np.mean(
            [
                run(march.changed(socialization=p1), None, s).world.series[-1, ORGANIZATION.index("code_knowledge")]
                for s in range(60)
            ]
        )
        for p1 in (0.1, 0.3, 0.5)
    ]
    assert ends[0] > ends[1] > ends[2]
