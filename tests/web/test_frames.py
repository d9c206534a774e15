"""What is sent to be drawn is what is there."""

from __future__ import annotations

import numpy as np

import engagesim as es
from engagesim.rules.participation import EXITED
from engagesim.web import frames
from engagesim.web.frames import Owners
from engagesim.web.nodes import CONTACT, EMPTY, LEVEL, STATE, count_states

from .page import SEED, SMALL, A, Page, asked


def test_a_node_is_the_member_of_the_week():
    page = Page().open(asked("quiet_readers", set={"exit_hazard": 0.1}), weeks=15)
    page.play(15)
    scenario = page.session.sides[0].track.scenario
    run = es.simulate(scenario, seed=SEED, watch=range(1, 16))
    left = 0
    for frame in page.all("frame")[1:]:
        state, nodes = run.snapshots[frame["week"]], frame["nodes"][0]
        here = state["active"] > 0
        left += int((~here).sum())
        np.testing.assert_array_equal(nodes & EMPTY > 0, ~here)
        effort = state["effort_task"] + state["effort_relational"]
        np.testing.assert_array_equal((nodes >> LEVEL & 7)[here], np.minimum(7, (effort * 8).astype(int))[here])
        codes = np.where(state["participation"] >= EXITED, 0, state["participation"])
        np.testing.assert_array_equal((nodes & STATE)[here], codes[here])
    assert left > 0


def test_who_gives_nothing_meets_nobody_and_who_gives_much_often_does():
    page = Page().open(asked(A), weeks=40)
    page.play(40)
    nodes = np.stack([f["nodes"][0] for f in page.all("frame")[1:]])
    levels, met = nodes >> LEVEL & 7, nodes & CONTACT > 0
    assert met[levels >= 3].mean() > met[levels == 0].mean() + 0.2
    alone = Page().open(asked(A, set={"form": "groups", "group_size": 1}), weeks=5)
    alone.play(5)
    assert all((f["nodes"] & CONTACT == 0).all() for f in alone.all("frame"))


def test_ties_are_those_of_the_network_each_once():
    page = Page().open(asked(A), weeks=9).go(9)
    drawn = page.all("topology")[-1]
    track = page.session.sides[0].track
    track.go(9)
    network = track.world.network()
    owner = np.repeat(np.arange(network.size), np.diff(network.start))
    once = (owner < network.neighbour) & (network.strength > 0.0)
    expected = sorted(
        zip(owner[once].tolist(), network.neighbour[once].tolist(), network.kind[once].tolist(), strict=True)
    )
    found = Owners(track.world.company).drawn(track.world.company)
    assert sorted(zip(found.i.tolist(), found.j.tolist(), found.kind.tolist(), strict=True)) == expected
    assert (drawn["i"] < drawn["j"]).all()
    np.testing.assert_array_equal(
        drawn["order"], 1 + (drawn["role"][drawn["i"]] != 0) + (drawn["role"][drawn["j"]] != 0)
    )
    assert drawn["role"].tolist() == [0] * SMALL["employees"] + [1] * SMALL["customers"] + [2] * SMALL["partners"]


def test_of_too_many_ties_the_strongest_are_drawn(monkeypatch):
    page = Page().open(asked(A), weeks=9).go(9)
    company = page.session.sides[0].track.world.company
    owners = Owners(company)
    everything = owners.drawn(company)
    monkeypatch.setattr(frames, "TIES_DRAWN", 10)
    some = owners.drawn(company)
    assert len(some.i) == 10
    assert some.strength.min() >= np.sort(everything.strength)[-10:].min()


def test_ties_are_sent_again_when_they_look_different():
    page = Page().open(asked(A), weeks=60)
    assert len(page.all("topology")) == 1
    page.go(1)
    page.go(60)
    weeks = [t["week"] for t in page.all("topology")]
    assert weeks[-1] == 60
    page.go(60)
    assert [t["week"] for t in page.all("topology")] == weeks
    page.go(0)
    assert page.all("topology")[-1]["week"] == 0
    np.testing.assert_array_equal(page.all("topology")[-1]["i"], page.all("topology")[0]["i"])


def test_states_are_counted():
    nodes = np.array([[0, 1, 4, EMPTY, EMPTY | 3, 2 | CONTACT, 3 | 5 << LEVEL]], dtype=np.uint8)
    assert count_states(nodes).tolist() == [[1, 1, 1, 1, 1, 2]]
