import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from engagesim import EngagementModel, simulate
from engagesim.engine.run import run
from engagesim.rules.ties import (
    ACCOUNT,
    COMMUNITY,
    LATERAL,
    accepts,
    attention,
    breaks,
    by_introduction,
    grow_tie,
    joint_activity,
    new_kind,
    reaches_out,
)

from .cases import EMPLOYEES_ONLY, alone, followed, lively, matrix, network_of, sums

SHARE = st.floats(0, 1)


@given(st.floats(0, 1e6), SHARE)
def test_attention_is_a_share_that_ties_take(strength, each):
    assert 0 <= attention(strength, each) <= 1
    assert attention(strength, 0.0) == 1
    assert attention(25.0, 0.04) == 0


@given(SHARE, SHARE)
def test_joint_activity_is_the_same_from_both_ends_and_never_more_than_either_gives(a, b):
    assert joint_activity(a, b) == joint_activity(b, a)
    assert joint_activity(a, b) <= min(a, b)


@given(SHARE, SHARE, SHARE, SHARE, st.floats(0, 5), SHARE, SHARE)
def test_strength_is_a_share_that_grows_with_activity_and_attention(
    strength, joint, contact, mind, deep, shallow, decay
):
    new = grow_tie(strength, joint, contact, mind, deep, shallow, decay)
    assert 0 <= new <= 1
    assert grow_tie(strength, joint, contact, mind, 0.0, 0.0, 0.0) == strength
    assert new <= grow_tie(strength, joint, contact, mind, deep, shallow, decay / 2)
    assert strength * (1 - decay) - 1e-15 <= new


def test_tie_growth_by_hand_and_a_contact_is_no_relationship():
    assert grow_tie(0.5, 0.1, 0.2, 0.5, 0.4, 0.005, 0.02) == pytest.approx(0.5 + 0.0205 * 0.5 - 0.01)
    deep, shallow = grow_tie(0.5, 0.1, 0.0, 1.0, 0.4, 0.005, 0.0), grow_tie(0.5, 0.0, 0.1, 1.0, 0.4, 0.005, 0.0)
    assert deep - 0.5 == pytest.approx(80 * (shallow - 0.5))


def test_only_faded_informal_ties_break():
    assert breaks(0.01, 0.015, 0.02, True)
    assert not breaks(0.02, 0.03, 0.02, True)
    assert not breaks(0.01, 0.015, 0.02, False)
    assert not breaks(0.0, 0.0, 0.02, True), "a tie that waits for a successor"
    assert not breaks(0.01, 0.005, 0.02, True), "a young tie that grows"


@given(SHARE, SHARE, SHARE)
def test_who_gives_nothing_or_has_no_attention_left_seeks_no_ties(u, rate, other):
    assert not reaches_out(u, rate, 0.0, other)
    assert not reaches_out(u, rate, other, 0.0)
    assert not reaches_out(u, 0.0, other, other)


def test_the_way_to_a_new_tie_by_hand():
    assert reaches_out(0.0199, 0.2, 0.2, 0.5)
    assert not reaches_out(0.0201, 0.2, 0.2, 0.5)
    assert by_introduction(0.9, 0.05, 0.055)
    assert not by_introduction(0.92, 0.05, 0.055)
    assert accepts(0.0, 1.0, True)
    assert not accepts(0.29, 0.3, False)
    assert accepts(0.3, 0.3, False)
    assert [new_kind(a, b) for a, b in ((False, False), (True, False), (False, True), (True, True))] == [
        LATERAL, ACCOUNT, ACCOUNT, COMMUNITY,
    ]  # fmt: skip


GROWING = {
    **EMPLOYEES_ONLY, "form": "small_world", "rewiring": 0.2, "degree": 4, "task_share": 0.5, "motivation_mean": 0.6,
    "tie_attention": 0, "tie_growth_deep": 0.4, "tie_growth_shallow": 0.01, "tie_decay": 0.03, "steps": 300,
}  # fmt: skip


def depth(design):
    total = sums(simulate(design))
    return total["tie_strength"] / total["ties"]


def test_constant_joint_activity_leads_to_the_steady_strength_along_the_closed_form():
    growth = 0.4 * 0.3 * 0.3 + 0.01 * 0.6 * 0.6
    steady = growth / (growth + 0.03)
    expected = steady + (0.3 - steady) * (1 - growth - 0.03) ** np.arange(1, 301)
    assert depth(alone(**GROWING)) == pytest.approx(expected, abs=1e-8)
    assert expected[-1] == pytest.approx(steady, abs=1e-6)


def test_ties_without_joint_work_fade_and_break_unless_they_belong_to_the_position():
    faded = {"tie_decay": 0.1, "task_share": 1, "steps": 60}
    theory = sums(simulate(alone(**{**GROWING, "tie_growth_deep": 0, "tie_growth_shallow": 0, **faded})))
    weeks_to_floor = int(np.ceil(np.log(0.02 / 0.3) / np.log(0.9)))
    assert theory["ties"][weeks_to_floor - 2] == 24 * 4
    assert theory["ties"][weeks_to_floor - 1] == 0
    company = sums(simulate(alone(**EMPLOYEES_ONLY, **faded)))
    assert 0 < company["ties"][-1] < company["ties"][0]
    assert company["ties"][-1] == company["ties"][40]


def test_attention_bounds_what_all_ties_together_can_reach():
    strength, _ = followed(alone(**{**GROWING, "degree": 20, "tie_attention": 0.2, "tie_decay": 0.01}), "tie_strength")
    free, _ = followed(alone(**{**GROWING, "degree": 20, "tie_decay": 0.01}), "tie_strength")
    assert (strength[-1] < 5).all(), "at 5 full ties all attention is taken"
    assert (free[-1] > 10).all()


def halves(ties, size):
    """Strength and kind of each half of each tie, by its two ends."""
    return {
        (i, int(ties.neighbour[s])): (ties.strength[s], ties.kind[s])
        for i in range(size)
        for s in range(ties.start[i], ties.start[i] + ties.degree[i])
    }


@pytest.mark.parametrize("seed", [0, 1, 2])
def test_both_halves_of_every_tie_are_equal_to_the_last_bit_whatever_happens(seed):
    design = lively(steps=40, homophily=0.1, tie_floor=0.12, tie_decay=0.06, new_tie_strength=0.2)
    network = network_of(design, seed)
    finished = run(design, network, seed)
    now = halves(finished.world.company.ties, network.size)
    assert all(now[j, i] == half for (i, j), half in now.items())
    assert len(now) == finished.world.company.ties.degree.sum(), "no tie twice"
    assert all(i != j for i, j in now)
    before = set(map(tuple, np.argwhere(matrix(network)).tolist()))
    assert set(now) - before, "ties have formed"
    assert before - set(now), "ties have broken"


def test_new_ties_never_exceed_the_room():
    design = lively(steps=60, tie_room=2, closure_rate=1, meeting_rate=1, tie_decay=0, vacancy_weeks=1)
    network = network_of(design)
    degree = run(design, network, 0).world.company.ties.degree
    assert (degree <= network.degree + 2).all()
    assert (degree == network.degree + 2).any()


def test_introductions_close_triangles():
    only_closing = {"closure_rate": 1, "meeting_rate": 0, "tie_room": 8, "form": "small_world", "rewiring": 0,
                    "degree": 2, "homophily": 0, "steps": 1, "tie_attention": 0, "task_share": 0}  # fmt: skip
    model = EngagementModel(alone(**only_closing), seed=1)
    ring = model.members
    model.step()
    pairs = [(t.one.place, t.other.place) for t in model.ties[len(ring) :]]
    assert len(pairs) > 5
    steps = {(b - a) % len(ring) for a, b in pairs}
    assert steps <= {2, len(ring) - 2}, "two along the ring: a partner's partner"


def test_with_full_homophily_no_new_tie_crosses_roles():
    mixing = {"closure_rate": 0.5, "meeting_rate": 0.5, "tie_room": 8, "steps": 30, "tie_attention": 0}
    for homophily, crossing in ((1, False), (0, True)):
        design = alone(**mixing, homophily=homophily, form="small_world", rewiring=0, degree=2)
        network = network_of(design)
        now = set(halves(run(design, network, 0).world.company.ties, network.size))
        new = [(i, j) for i, j in now if (j - i) % network.size not in (1, network.size - 1)]
        assert new
        assert any(network.role[i] != network.role[j] for i, j in new) is crossing
