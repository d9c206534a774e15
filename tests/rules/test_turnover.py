"""M12 Come and go: the chance of leaving and what adds to it, contagion, organized exits, and the rank of leavers."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from engagesim import simulate
from engagesim.parameter import ROLES
from engagesim.rules.turnover import (
    STAKE_CLASSES,
    calm_down,
    exit_chance,
    in_quartile,
    place_filled,
    shake,
    shaken_out,
    stake_class,
    worn_out,
)
from engagesim.tallies import NAMES

from .cases import EMPLOYEES_ONLY, alone, close, followed, lively, scheduled, sums

SHARE = st.floats(0, 1)


@given(SHARE, SHARE, SHARE, st.floats(0, 50), st.floats(0, 50))
def test_the_chance_of_leaving_is_a_share_that_trouble_raises(hazard, tired, trust, by_exhaustion, by_distrust):
    def chance_of(tired, trust):
        return exit_chance(hazard, worn_out(tired, trust, by_exhaustion, by_distrust))

    assert hazard <= chance_of(tired, trust) <= 1
    assert chance_of(tired / 2, trust) <= chance_of(tired, trust) <= chance_of(tired, trust / 2)
    assert chance_of(0.0, 1.0) == hazard
    assert exit_chance(0.0, 50.0) == 0


def test_the_chance_of_leaving_by_hand():
    assert exit_chance(0.01, worn_out(0.5, 0.6, 3.0, 2.0)) == pytest.approx(0.01 * (1 + 1.5 + 0.8))


@given(SHARE, SHARE, SHARE)
def test_how_shaken_one_is_stays_a_share(shaken, strength, decay):
    assert shaken <= shake(shaken, strength) <= 1
    assert 0 <= calm_down(shaken, decay) <= shaken
    assert shake(shaken, 0.0) == shaken


def test_being_shaken_by_hand():
    assert shake(0.25, 0.5) == 0.75
    assert shake(0.75, 0.5) == 1, "not more than fully"
    assert calm_down(0.8, 0.25) == pytest.approx(0.6)
    assert shaken_out(0.25, 6.0) == 1.5
    assert shaken_out(0.5, 0.0) == 0


@given(st.floats(0, 100), st.floats(0, 100))
def test_classes_of_stakes_keep_the_order(one, other):
    assert 0 <= stake_class(one) < STAKE_CLASSES
    assert stake_class(min(one, other)) <= stake_class(max(one, other))


def test_classes_of_stake_by_hand():
    """The class is the whole part of 1024 stake / (stake + 1): a third of 1024 is 341.3."""
    assert [stake_class(stake) for stake in (0.0, 0.5, 1.0, 3.0)] == [0, 341, 512, 768]
    assert stake_class(1e18) == 1023, "the last class has no upper end"


def test_quarters_of_leavers_by_hand():
    """Of 20 members a quarter are 5: two after 3 others have the middle rank 4, four after 3 others have 5."""
    assert in_quartile(3.0, 2.0, 20.0)
    assert not in_quartile(3.0, 4.0, 20.0)
    assert not in_quartile(5.0, 1.0, 20.0)
    assert [in_quartile(beyond, 1.0, 8.0) for beyond in range(8)] == [True] * 2 + [False] * 6, "each in a class alone"
    assert not in_quartile(0.0, 8.0, 8.0), "where all are alike nobody is at the top"


def test_a_place_is_filled_once_it_was_empty_long_enough():
    assert [place_filled(weeks, 8.0) for weeks in (0, 7, 8, 9)] == [False, False, True, True]


ALIKE = {**EMPLOYEES_ONLY, "employees": 5000, "form": "regular", "degree": 0, "exit_hazard": 0.05}


def test_with_a_constant_hazard_tenure_is_geometric():
    """False alarm: one in a million."""
    left = sums(simulate(alone(**ALIKE, vacancy_weeks=1000, steps=60), seed=3))["exits"]
    weeks = np.arange(60)
    expected = 5000 * 0.05 * 0.95**weeks
    observed, expected = np.append(left, 5000 - left.sum()), np.append(expected, 5000 * 0.95**60)
    assert stats.chisquare(observed, expected).pvalue > 1e-6
    wrong = 5000 * 0.06 * 0.94**weeks
    assert stats.chisquare(observed, np.append(wrong, 5000 * 0.94**60)).pvalue < 1e-6, "six per cent would be noticed"


def test_newcomers_stay_as_long_as_founders_do():
    """False alarm: one in a million."""
    left = sums(simulate(alone(**ALIKE, vacancy_weeks=1, steps=100), seed=4))
    assert stats.binomtest(int(left["exits"].sum()), int(left["members"].sum()), 0.05).pvalue > 1e-6
    assert left["arrivals"].sum() > 5000


def test_trouble_multiplies_the_hazard_in_a_run():
    """False alarm: one in a million."""
    trouble = {"exhaustion_start": 0.5, "trust_start": 0.6, "exit_exhaustion": 3, "exit_distrust": 2}
    left = sums(simulate(alone(**{**ALIKE, **trouble, "exit_hazard": 0.01}, vacancy_weeks=1000), seed=5))
    assert stats.binomtest(int(left["exits"].sum()), int(left["members"].sum()), 0.033).pvalue > 1e-6


@pytest.mark.parametrize("vacancy", [1, 3, 8])
def test_a_place_stays_empty_for_exactly_the_vacancy_weeks(vacancy):
    design = alone(**EMPLOYEES_ONLY, exit_hazard=0, vacancy_weeks=vacancy, steps=20)
    total = sums(simulate(scheduled(design, (4, "exit_hazard.employee", 1.0), (5, "exit_hazard.employee", 0.0))))
    empty = [week for week in range(20) if total["members"][week] == 0]
    assert empty == list(range(5, 5 + vacancy))
    assert total["exits"][4] == 24 == total["exits"].sum()
    assert total["arrivals"][4 + vacancy] == 24 == total["arrivals"].sum()


def test_members_are_those_before_less_exits_plus_arrivals():
    total = sums(simulate(alone(exit_hazard=0.1, vacancy_weeks=2, steps=60)))
    assert np.array_equal(np.diff(total["members"]), (total["arrivals"] - total["exits"])[:-1])


def test_newcomers_start_as_newcomers_with_weak_ties():
    design = alone(**EMPLOYEES_ONLY, form="complete", newcomer_tie_strength=0.15, vacancy_weeks=2, exit_hazard=0,
                   exhaustion_start=0.3, rest=0.1, need_rate=0.1)  # fmt: skip
    design = scheduled(design.changed(motivation_sd=0.15, steps=12), (4, "exit_hazard", 0.2), (5, "exit_hazard", 0.0))
    active, tenure, exhaustion, strength, motivation, _ = followed(
        design, "active", "tenure", "exhaustion", "tie_strength", "motivation"
    )
    new = active[4] == 0
    assert 0 < new.sum() < 24
    assert (active[6][new] == 1).all()
    assert (tenure[6][new] == 0).all()
    assert (tenure[6][~new] == 7).all()
    assert (exhaustion[6][new] == 0.3).all()
    assert (exhaustion[6][~new] < 0.3).all()
    assert strength[6][new] == pytest.approx(0.15 * 23)
    assert strength[5][~new] == pytest.approx(0.3 * (23 - new.sum()))
    assert len(set(motivation[6][new])) == new.sum(), "each newcomer has traits of their own"


def test_an_empty_place_does_nothing_and_is_owed_nothing():
    design = scheduled(alone(exit_hazard=0, vacancy_weeks=9, return_share=0.5, steps=8),
                       (2, "exit_hazard", 0.4), (3, "exit_hazard", 0.0))  # fmt: skip
    active, value, task, _ = followed(design, "active", "value", "effort_task")
    gone = active[4] == 0
    assert gone.any()
    assert (value[3:][:, gone] == 0).all()
    assert (task[3:][:, gone] == 0).all()
    total = sums(simulate(design))
    assert total["members"][4] == (~gone).sum()
    assert total["shared"][4] == pytest.approx(0.5 * total["captured"][4], abs=1e-6)


CLOSE = {**EMPLOYEES_ONLY, "employees": 2000, "form": "regular", "degree": 6, "strength_lateral": 0.5,
         "vacancy_weeks": 1000}  # fmt: skip


def layoff(week, share, **values):
    design = alone(**{**CLOSE, **values})
    return scheduled(design, (week, "turnover_shock", share), (week + 1, "turnover_shock", 0.0))


def test_who_is_shaken_is_tied_to_leavers_and_calms_down_geometrically():
    design = layoff(2, 0.1, steps=12, shaken_decay=0.2, exit_contagion=1)
    shaken, active, _ = followed(design, "shaken", "active")
    assert (shaken[1] == 0).all()
    assert set(shaken[2].tolist()) == {0, 0.5, 1}
    here = active[-1] == 1
    assert close(shaken[2:, here], shaken[2, here] * 0.8 ** np.arange(10)[:, None], 1e-12)


def test_leaving_is_contagious_as_far_as_its_strength_says():
    """False alarm: one in a million."""
    design = layoff(0, 0.8, steps=2, shaken_decay=0, exit_contagion=4, employees=20_000, exit_hazard=0)
    contagious = scheduled(design, (0, "turnover_shock", 0.5), (1, "turnover_shock", 0), (1, "exit_hazard", 0.05))
    shaken, active, run = followed(contagious, "shaken", "active")
    expected = 0.05 * (1 + 4 * shaken[0][active[0] == 1])
    left = sums(run)["exits"][1]
    spread = np.sqrt((expected * (1 - expected)).sum())
    assert abs(left - expected.sum()) < stats.norm.isf(0.5e-6) * spread
    assert left > 3 * 0.05 * len(expected)


def test_a_layoff_takes_the_share_of_employees_and_nobody_else():
    """False alarm: one in a million."""
    design = scheduled(alone(employees=5000, customers=500, form="regular", degree=2, steps=4),
                       (1, "turnover_shock", 0.1), (2, "turnover_shock", 0.0))  # fmt: skip
    run = simulate(design, seed=2)
    total = sums(run)["exits"]
    assert [week for week in range(4) if total[week] > 0] == [1]
    assert stats.binomtest(int(total[1]), 5000, 0.1).pvalue > 1e-6
    assert run.last["active"][5000:].all()


def test_the_spanner_sent_off_is_the_one_with_the_strongest_outside_ties():
    calm = lively(exit_hazard=0, boundary_share=0.6, closure_rate=0, meeting_rate=0)
    design = scheduled(calm, (4, "spanner_exit", 1.0), (5, "spanner_exit", 0.0))
    active, outside, _ = followed(design, "active", "outside_strength", seed=3)
    unmoved, _ = followed(calm, "outside_strength", seed=3)
    gone = np.flatnonzero(active[3] != active[4])
    assert gone.tolist() == [int(np.argmax(unmoved[4][:14]))]
    assert outside[4][gone] == 0


def test_without_outside_ties_there_is_no_spanner_to_send_off():
    assert sums(simulate(alone(**EMPLOYEES_ONLY, spanner_exit=1)))["exits"].sum() == 0


def quarters(stakes, leavers):
    """Leavers from the top and from the bottom quarter, by middle ranks of the classes."""
    classes = np.array([stake_class(s) for s in stakes])
    ranks = np.array([(classes > c).sum() + (classes == c).sum() / 2 for c in classes])
    limit = len(stakes) / 4
    return int((leavers & (ranks < limit)).sum()), int((leavers & (len(stakes) - ranks < limit)).sum())


def test_leavers_are_ranked_by_stake_among_those_of_their_role():
    design = lively(exit_hazard=0.15, employees=60, customers=40, partners=10, skill_sd=0.4, vacancy_weeks=1000)
    run = simulate(design, seed=4, watch=range(1, 13))
    for week in (2, 5, 8):
        before, after = run.snapshots[week], run.snapshots[week + 1]
        stay = [(week, f"exit_hazard.{role}", 0.0) for role in ROLES]
        unmoved = simulate(scheduled(design, *stay), seed=4, watch=[week + 1]).snapshots[week + 1]
        for role in range(3):
            here = (before["active"] == 1) & (before["role"] == role)
            found = quarters(unmoved["stake"][here], after["active"][here] == 0)
            assert tuple(run.tallies[week, role, [NAMES.index("exits_top"), NAMES.index("exits_bottom")]]) == found
    assert 0 < sums(run)["exits_top"].sum() < sums(run)["exits"].sum()


def test_random_leavers_come_from_all_quarters_alike():
    """False alarm: one in a million for each end."""
    design = alone(**{**CLOSE, "degree": 0}, skill_sd=0.3, turnover_shock=0.1, steps=12).changed(vacancy_weeks=1)
    total = sums(simulate(design, seed=6))
    for name in ("exits_top", "exits_bottom"):
        assert stats.binomtest(int(total[name].sum()), int(total["exits"].sum()), 0.25).pvalue > 1e-6
