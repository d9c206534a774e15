"""The minimally different world: what nobody can notice changes nothing for anybody."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from engagesim import Scenario
from engagesim.draws import Keyed, Scripted
from engagesim.engine.run import run
from engagesim.model import EngagementModel
from engagesim.structures.assembly import Members, Ties, assemble

APART = Scenario.load("plain_organization").changed(
    steps=40, return_share=0, meeting_rate=0, demand_ratchet=0, budget=0, problem_rate=0, error_cost=0,
    voice_response=0,
)  # fmt: skip
"""Nothing here links members but ties: no pool, no contest, no budget, no chance meetings, no common records, no cost
of common decisions, and no answer to voice, which would come to all."""


def two_islands():
    """Members 0..5 in a ring, 6..9 in another, 10 alone."""
    ring = lambda a, b: ([*range(a, b)], [*range(a + 1, b), a])  # noqa: E731
    (a1, b1), (a2, b2) = ring(0, 6), ring(6, 10)
    size = 11
    members = Members(
        role=np.array([0, 0, 0, 1, 1, 2, 0, 0, 1, 1, 0], dtype=np.uint8), unit=np.full(size, -1, np.int32),
        manager=np.full(size, -1, np.int32), level=np.full(size, -1, np.int16), place=np.full(size, -1, np.int32),
    )  # fmt: skip
    return assemble(members, [Ties("lateral", np.array(a1 + a2), np.array(b1 + b2), 0.5)])


def histories(design, network, seed, luck=None, change=None):
    model = EngagementModel(design, seed=seed, network=network, luck=luck)
    if change:
        change(model)
    seen = []
    for _ in range(design.values["steps"]):
        model.step()
        seen.append(model.snapshot())
    return {name: np.array([s[name] for s in seen]) for name in seen[0]}


def differing(one, other):
    return sorted({int(i) for name in one for i in np.nonzero((one[name] != other[name]).any(axis=0))[0]})


def test_changing_an_isolated_member_leaves_every_other_history_identical():
    network = two_islands()

    def change(model):
        model.members[10].motivation = 0.99

    assert differing(histories(APART, network, 3), histories(APART, network, 3, change=change)) == [10]


def test_a_change_stays_on_its_island():
    network = two_islands()

    def change(model):
        model.members[7].trust = 0.0

    assert set(differing(histories(APART, network, 3), histories(APART, network, 3, change=change))) == {6, 7, 8, 9}


def test_a_scripted_exit_is_felt_only_where_there_are_ties():
    network = two_islands()
    stays = APART.changed(exit_hazard=0.001)
    luck = Scripted({("exit", 4, 10): 0.0}, Keyed(3))
    alone = histories(stays, network, 3)
    gone = histories(stays, network, 3, luck=luck)
    assert differing(alone, gone) == [10]
    assert gone["active"][4, 10] == 0


def test_the_compiled_engine_keeps_islands_apart_too():
    network = two_islands()
    other_role = network.role.copy()
    other_role[10] = 1
    one = run(APART, network, 5, [40]).snapshots[40]
    other = run(APART, replace(network, role=other_role), 5, [40]).snapshots[40]
    different = {int(i) for name in one for i in np.nonzero(one[name] != other[name])[0]}
    assert different == {10}


@pytest.mark.parametrize("frequency", [1, 7])
def test_looking_changes_nothing(frequency):
    network = two_islands()
    watched = run(APART, network, 1, range(frequency, 41, frequency)).world.tallies
    assert np.array_equal(watched, run(APART, network, 1).world.tallies)
