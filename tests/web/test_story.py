"""A member's story is what the engine has, and its terms add up to what it did."""

from __future__ import annotations

import numpy as np
import pytest

import engagesim as es
from engagesim.design.files import shipped
from engagesim.engine.arrays import EFFORT
from engagesim.web import story
from engagesim.web.deciding import decision
from engagesim.web.messages import WrongError

from .page import SEED, SMALL, A, B, Page, asked

WEEKS = 8


@pytest.mark.parametrize("name", shipped("scenarios"))
def test_the_terms_of_every_decision_add_up_to_the_effort_of_the_engine(name: str):
    page = Page().open(asked(name), weeks=WEEKS).go(WEEKS)
    track = page.session.sides[0].track
    for week in (1, 5, WEEKS):
        for member in range(track.size):
            found = decision(track, member, week)
            track.go(week)
            if found is None:
                assert (
                    track.world.company.members.active[member] == 0 or track.world.company.members.tenure[member] == 0
                )
                continue
            assert found["effort"] == float(track.world.company.public[member, EFFORT])
            assert found["terms"][-1]["total"] == found["effort"]
            assert sum(t["value"] for t in found["terms"]) == pytest.approx(found["effort"], abs=1e-12)


def test_a_story_is_the_state_of_the_model():
    page = Page().open(asked(A), asked("badges_on_top"), weeks=20).go(14)
    for letter, name in (("a", A), ("b", "badges_on_top")):
        model = es.EngagementModel(es.Scenario.load(name).changed(**SMALL, steps=14), seed=SEED)
        for _ in range(14):
            model.step()
        for number in (0, 7, 25, 34):
            told = story.member(page.session.sides, number, 14)["designs"][letter]
            member = model.members[number]
            for column in ("effort", "effort_task", "motivation", "trust", "exhaustion", "belief", "tie_strength"):
                assert told["now"][column] == pytest.approx(float(getattr(member, column)), rel=1e-6, abs=1e-12)
            mine = {t["other"]: t["strength"] for t in told["ties"]}
            theirs = {model.members.index(t.partner_of(member)): t.strength for t in member.ties}
            assert mine == pytest.approx({k: v for k, v in theirs.items() if v > 0.0}, rel=1e-6)


def test_histories_are_the_states_of_the_weeks():
    page = Page().open(asked(A), weeks=12).go(12)
    run = es.simulate(es.Scenario.load(A).changed(**SMALL, steps=12), seed=SEED, watch=range(1, 13))
    told = story.member(page.session.sides, 11, 12)["designs"]["a"]
    assert told["weeks"] == list(range(13))
    for name in ("motivation", "exhaustion", "trust", "tie_strength", "skill"):
        expected = [run.snapshots[w][name][11] if run.snapshots[w]["active"][11] else None for w in range(1, 13)]
        found = told["history"][name][1:]
        assert [v is None for v in found] == [v is None for v in expected]
        np.testing.assert_allclose(
            [v for v in found if v is not None], [v for v in expected if v is not None], rtol=1e-3, atol=0.02
        )


def test_a_tie_is_told_from_both_ends_and_no_tie_is_none():
    page = Page().open(asked(A), asked(B), weeks=5).go(5)
    topology = [t for t in page.all("topology") if t["design"] == 0][-1]
    i, j = int(topology["i"][0]), int(topology["j"][0])
    one, other = (story.tie(page.session.sides, *ends, 5)["designs"]["a"] for ends in ((i, j), (j, i)))
    assert one == other
    assert one["strength"] > 0.0
    assert one["kind"] in ("reporting", "team", "lateral", "account", "community", "place")
    tied = set(zip(topology["i"].tolist(), topology["j"].tolist(), strict=True))
    i, j = next((a, b) for a in range(35) for b in range(a + 1, 35) if (a, b) not in tied)
    assert story.tie(page.session.sides, i, j, 5)["designs"]["a"] is None


def test_members_are_found_by_number_and_role():
    page = Page().open(asked(A), weeks=2)
    side = page.session.sides[0]
    assert [m["id"] for m in story.find(side, "3")["members"]] == [3, *range(30, 35)]
    assert {m["role"] for m in story.find(side, "Cust")["members"]} == {"customer"}
    assert story.find(side, "nobody")["members"] == []
    with pytest.raises(WrongError, match="no member 35"):
        story.member(page.session.sides, 35, 0)
