"""What M12 adds to the hazard: contagion, organized exits, and the rank of leavers."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from engagesim import simulate
from engagesim.parameter import ROLES
from engagesim.rules.turnover import STAKE_CLASSES, calm_down, in_quartile, shake, shaken_out, stake_class
from engagesim.tallies import NAMES

from .cases import EMPLOYEES_ONLY, alone, close, followed, lively, scheduled, sums

SHARE = st.floats(0, 1)


@given(SHARE, SHARE, SHARE)
def test_how_shaken_one_is_stays_a_share(shaken, strength, decay):
    assert shaken <= shake(shaken, strength) <= 1
    assert 0 <= calm_down(shaken, decay) <= shaken
    assert shake(shaken, 0.0) == shaken


def test_contagion_by_hand():
    assert shake(0.2, 0.3) == 0.5
    assert shake(0.9, 0.3) == 1
    assert calm_down(0.5, 0.1) == pytest.approx(0.45)
    assert shaken_out(0.5, 3.0) == 1.5
    assert shaken_out(0.5, 0.0) == 0


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


@given(st.floats(0, 100), st.floats(0, 100))
def test_classes_of_stakes_keep_the_order(one, other):
    assert 0 <= stake_class(one) < STAKE_CLASSES
    assert stake_class(min(one, other)) <= stake_class(max(one, other))


def test_quarters_by_hand():
    assert stake_class(1.0) == 512
    ranks = [in_quartile(beyond, 1.0, 8.0) for beyond in range(8)]
    assert ranks == [True, True] + [False] * 6
    assert not in_quartile(0.0, 8.0, 8.0), "where all are alike nobody is at the top"
    assert in_quartile(0.0, 3.0, 8.0)


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
