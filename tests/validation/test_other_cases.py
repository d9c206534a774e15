"""The checks are of the rules, not of the figures printed: other graphs, memories, rates and sizes."""

import networkx as nx
import numpy as np
import pytest

from engagesim import Scenario
from engagesim.engine.run import run
from engagesim.structures.copies import apart, side_by_side
from engagesim.structures.graphs import from_graph
from engagesim.validation.check import Effort
from engagesim.validation.exact.fixation import direct, on_network, two_strategies
from engagesim.validation.exact.tipping import critical_share
from engagesim.validation.invasions import takeovers

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


def test_between_the_rates_of_the_paper_knowledge_is_in_between():
    march = Scenario.load("theory_exploration_and_exploitation").changed(code_learning=0.5, steps=200)
    ends = [
        np.mean([run(march.changed(socialization=p1), None, s).world.series[-1, 8] for s in range(60)])
        for p1 in (0.1, 0.3, 0.5)
    ]
    assert ends[0] > ends[1] > ends[2]
