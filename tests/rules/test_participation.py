import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from engagesim import EngagementModel, simulate
from engagesim.population import columns
from engagesim.rules.participation import (
    ACTIVE_LURKER,
    CONTRIBUTOR,
    CORE,
    EXITED,
    OUTSIDE,
    PASSIVE_LURKER,
    carried,
    contributes,
    personal_threshold,
    standing_threshold,
    state_of,
)
from engagesim.tallies import index

from .cases import EMPLOYEES_ONLY, PLAIN, alone, close, followed, lively, scheduled, sums

SHARE = st.floats(0, 1)
ANY_STATE = st.integers(0, 5)


@given(SHARE, st.floats(0, 10), SHARE, ANY_STATE)
def test_who_gives_nothing_lurks_and_who_contributed_goes_on_more_easily(effort, threshold, hysteresis, before):
    begins = contributes(effort, threshold, hysteresis, OUTSIDE)
    assert begins == (effort > 0 and effort >= threshold)
    assert contributes(effort, threshold, hysteresis, CONTRIBUTOR) == contributes(effort, threshold, hysteresis, CORE)
    assert contributes(effort, threshold, hysteresis, CONTRIBUTOR) >= begins
    assert contributes(effort, threshold, 0.0, before) == begins
    assert not contributes(0.0, threshold, hysteresis, before)


def test_states_by_hand():
    assert [state_of(True, effort, 0.6, 0.9, 0.3) for effort in (0.1, 0.59, 0.6, 1.0)] == [CONTRIBUTOR] * 2 + [CORE] * 2
    kept = [state_of(False, 0.9, 0.6, motivation, 0.3) for motivation in (0.0, 0.29, 0.3, 1.0)]
    assert kept == [PASSIVE_LURKER] * 2 + [ACTIVE_LURKER] * 2


@given(SHARE, st.floats(-8.3, 8.3))
def test_personal_thresholds_are_positive_with_median_one(spread, z):
    assert 0 < personal_threshold(spread, z) < columns()["threshold"].high
    assert personal_threshold(spread, 0.0) == personal_threshold(0.0, z) == 1
    assert personal_threshold(spread, z) * personal_threshold(spread, -z) == pytest.approx(1)


@given(SHARE, st.floats(0, 10), SHARE)
def test_pressure_lowers_the_threshold_and_what_is_carried_elsewhere(role, own, pressure):
    assert standing_threshold(role, own, pressure) == pytest.approx(role * own * (1 - pressure))
    assert standing_threshold(role, own, 1.0) == carried(role, own, 1.0) == 0
    assert carried(0.4, 0.1, pressure) == pytest.approx(0.04 * (1 - pressure))


ASKED = {**EMPLOYEES_ONLY, "form": "regular", "degree": 0, "motivation_mean": 0, "imposed": 1, "threshold_sd": 0}
"""Members without a will of their own, who give what is demanded, each alone."""


def test_between_the_two_thresholds_the_past_decides():
    demands = (0.3, 0.45, 0.35, 0.33, 0.31, 0.35, 0.39, 0.4, 0.7, 0.35, 0.2, 0.35)
    design = scheduled(
        alone(**ASKED, contribute_from=0.4, hysteresis=0.2, core_from=0.6, carry_from=0, steps=len(demands)),
        *((week, "demand.employee", asked) for week, asked in enumerate(demands)),
    )
    state, task, relational, _ = followed(design, "participation", "effort_task", "effort_relational")
    expected = [2, 3, 3, 3, 2, 2, 2, 3, 4, 3, 2, 2]
    assert (state == np.array(expected)[:, None]).all()
    effort = np.where(np.array(expected) >= CONTRIBUTOR, demands, 0.0)
    assert close(task + relational, effort[:, None], 1e-12)


def test_with_thresholds_above_every_effort_nobody_contributes():
    run = simulate(lively(contribute_from=1.0, threshold_sd=0.0), seed=2)
    tallied = sums(run)
    assert tallied["created"].sum() == tallied["contributors"].sum() == tallied["core"].sum() == 0
    assert np.array_equal(tallied["passive_lurkers"] + tallied["active_lurkers"], tallied["members"])


def test_the_states_of_a_role_without_a_threshold_are_those_of_contributors():
    tallied = simulate(lively(contribute_from=(0.0, 0.4, 0.4), core_from=1.0), seed=2).tallies
    assert np.array_equal(tallied[:, 0, index("contributors")], tallied[:, 0, index("members")])
    four = [index(name) for name in ("passive_lurkers", "active_lurkers", "contributors", "core")]
    assert np.array_equal(tallied[..., four].sum(axis=-1), tallied[..., index("members")])


def test_active_lurkers_carry_a_share_of_what_they_see():
    """Ten who give .5 and five outsiders, all tied to each other, who have less in mind than it takes."""
    seen = {"form": "complete", "employees": 10, "customers": 5, "partners": 0, "motivation_mean": (0.5, 0.3, 0.3)}
    design = alone(
        **seen, contribute_from=(0.0, 0.9, 0.9), threshold_sd=0, carry_from=0.3, lurker_spillover=0.2,
        visibility_task=1, visibility_relational=1, steps=3,
    )  # fmt: skip
    tallied = sums(simulate(design))
    assert (tallied["active_lurkers"] == 5).all()
    mean_seen = 10 * 0.5 / 14
    assert tallied["off_platform"] == pytest.approx(5 * 0.2 * mean_seen, rel=1e-6)
    passive = sums(simulate(design.changed(carry_from=0.31)))
    assert passive["off_platform"].sum() == 0
    assert (passive["passive_lurkers"] == 5).all()
    pressed = sums(simulate(design.changed(pressure_to_post=0.5)))
    assert pressed["off_platform"] == pytest.approx(5 * 0.1 * mean_seen, rel=1e-6)


def test_pressure_to_post_raises_posts_and_lowers_what_goes_elsewhere():
    free, pressed = (sums(simulate(PLAIN.changed(steps=30, pressure_to_post=p), seed=1)) for p in (0.0, 0.8))
    posts = [s["contributors"].sum() + s["core"].sum() for s in (free, pressed)]
    assert posts[1] > 1.2 * posts[0]
    assert pressed["off_platform"].sum() < 0.5 * free["off_platform"].sum()


def test_what_is_carried_elsewhere_is_not_in_the_accounts():
    one, other = (simulate(lively(lurker_spillover=s), seed=3) for s in (0.0, 1.0))
    ours, theirs = sums(one), sums(other)
    assert theirs["off_platform"].sum() > ours["off_platform"].sum() == 0
    assert all(np.array_equal(ours[name], theirs[name]) for name in ours if name != "off_platform")


def test_a_place_that_somebody_left_says_so_until_it_is_taken():
    design = lively(exit_hazard=0.2, vacancy_weeks=2.0)
    model = EngagementModel(design, seed=1)
    for _ in range(8):
        model.step()
    state = model.snapshot()
    empty = state["active"] == 0
    assert empty.any()
    assert (state["participation"][empty] == EXITED).all()
    fresh = (state["active"] == 1) & (state["tenure"] == 0)
    assert (state["participation"][fresh] == OUTSIDE).all()


def test_most_outsiders_lurk_by_default():
    """The share of customers who contribute is calibrated on the share of posters, below a quarter of all."""
    tallied = simulate(PLAIN, seed=0).tallies[-39:, 1]
    posting = tallied[:, [index("contributors"), index("core")]].sum() / tallied[:, index("members")].sum()
    assert 0.1 < posting < 0.3
