import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from engagesim import EngagementModel, InputError, simulate
from engagesim.rules.portability import (
    LOST,
    STAYS,
    TAKEN,
    drawn_out,
    investment,
    stay_chance,
    tie_fate,
    update_brand,
)

from .cases import PLAIN, alone, close, followed, lively, scheduled, sums

SHARE = st.floats(0, 1)


@given(SHARE, SHARE, SHARE, SHARE, SHARE, st.booleans())
def test_a_tie_stays_more_often_with_another_employee_and_a_handover(u, person, rest, portability, transfer, another):
    shared = (1 - person) * rest
    stays = stay_chance(person, shared, transfer, another)
    assert 0 <= stays <= 1
    assert stays <= stay_chance(person, shared, 1.0, another) <= stay_chance(person, shared, 1.0, True) == 1
    assert stay_chance(0.0, 0.0, transfer, another) == 1
    assert (tie_fate(u, person, shared, portability, transfer, another) == STAYS) == (u < stays)
    assert tie_fate(u, 0.0, 0.0, portability, transfer, another) == STAYS
    assert tie_fate(u, person, shared, 0.0, transfer, another) in (STAYS, LOST)


def test_what_becomes_of_a_tie_by_hand():
    assert stay_chance(0.3, 0.2, 0.0, False) == pytest.approx(0.5)
    assert stay_chance(0.3, 0.2, 0.0, True) == pytest.approx(0.7)
    assert stay_chance(0.3, 0.2, 0.5, True) == pytest.approx(0.85)
    fates = [tie_fate(u, 0.3, 0.2, 0.5, 0.0, False) for u in (0.49, 0.51, 0.64, 0.66, 0.99)]
    assert fates == [STAYS, TAKEN, TAKEN, LOST, LOST]
    handed_on = [tie_fate(u, 0.8, 0.2, 0.5, 0.5, False) for u in (0.39, 0.41, 0.59, 0.61)]
    assert handed_on == [STAYS, TAKEN, TAKEN, LOST], "half of .8 is handed on, half of the other half taken along"


@given(SHARE, st.floats(0, 50), SHARE, SHARE, SHARE, SHARE)
def test_investment_is_a_share_that_ownership_raises(part, strength, person, rest, portability, response):
    outside, shared = part * strength, (1 - person) * rest
    given_ = investment(outside, strength, person, shared, portability, response)
    assert 0 <= given_ <= 1
    assert given_ <= investment(outside, strength, person, shared, 1.0, response)
    assert investment(outside, strength, person, shared, portability, 0.0) == 1
    assert investment(0.0, strength, person, shared, portability, response) == 1


def test_investment_by_hand():
    assert investment(2.0, 4.0, 0.4, 0.2, 0.5, 0.5) == pytest.approx(1 - 0.5 * 0.6 * 0.5)
    assert investment(0.25, 0.5, 0.4, 0.2, 0.5, 0.5) == pytest.approx(0.85), "half of little counts as half of much"
    assert investment(0.0, 0.0, 0.4, 0.2, 0.5, 0.5) == 1
    assert drawn_out(0.5, 0.4, 3.0) == pytest.approx(0.6)


@given(SHARE, st.floats(0, 1000), SHARE, st.floats(0.01, 100))
def test_a_personal_brand_is_a_share(brand, owned, rate, half):
    assert 0 <= update_brand(brand, owned, rate, half) <= 1
    assert update_brand(brand, half, 1.0, half) == pytest.approx(0.5)


ACCOUNTS = {"employees": 300, "customers": 1500, "partners": 0, "form": "organization", "boundary_share": 1,
            "accounts_per_employee": 5, "vacancy_weeks": 1000, "steps": 1}  # fmt: skip


def counted(run):
    total = sums(run)
    return [int(total[name].sum()) for name in ("outside_ties_at_exit", "outside_ties_kept", "ties_taken")]


def test_with_one_employee_each_the_ties_kept_are_the_shares_that_stay():
    """False alarm: one in a million for each number."""
    owners = {"person_share": 0.4, "shared_share": 0.25, "portability": 0.6, "transfer": 0.2}
    at_exit, kept, taken = counted(simulate(alone(**ACCOUNTS, turnover_shock=1, **owners), seed=1))
    assert at_exit == 1500
    assert stats.binomtest(kept, at_exit, 1 - 0.4 * 0.8 - 0.25).pvalue > 1e-6
    assert stats.binomtest(taken, at_exit, 0.4 * 0.8 * 0.6).pvalue > 1e-6
    assert stats.binomtest(kept, at_exit, 1 - 0.4 * 0.8).pvalue < 1e-6, "as if another knew each: would be noticed"


def test_where_another_employee_is_tied_the_shared_part_stays_too():
    """False alarm: one in a million."""
    design = alone(employees=30, customers=100, partners=0, form="complete", vacancy_weeks=1000, steps=1,
                   turnover_shock=0.5, person_share=0.4, shared_share=0.6)  # fmt: skip
    at_exit, kept, _ = counted(simulate(design, seed=1))
    assert stats.binomtest(kept, at_exit, 0.6).pvalue > 1e-6


@pytest.mark.parametrize("person_share", [0, 1])
def test_a_successor_takes_over_what_stayed(person_share):
    changes = {"steps": 6, "vacancy_weeks": 2, "newcomer_tie_strength": 0.2, "person_share": person_share}
    design = alone(**ACCOUNTS | changes)
    design = scheduled(design, (1, "turnover_shock", 1.0), (2, "turnover_shock", 0.0))
    outside, _ = followed(design, "outside_strength")
    assert close(outside[0][:300], 5 * 0.3, 1e-12)
    assert close(outside[-1][:300], 5 * 0.2 * (1 - person_share), 1e-12)


def test_a_tie_that_does_not_stay_is_gone_from_both_rows_and_the_rest_keeps_its_order():
    design = lively(exit_hazard=0, boundary_share=1, person_share=1, shared_share=0, closure_rate=0, meeting_rate=0,
                    tie_floor=0)  # fmt: skip
    model = EngagementModel(scheduled(design, (0, "spanner_exit", 1.0)), seed=1)
    before = {m: [tie.partner_of(m) for tie in m.ties] for m in model.members}
    model.step()
    (gone,) = (m for m in model.members if not m.active)
    for m in model.members:
        parted = {them for them in before[m] if gone in (m, them) and m.role + them.role > 0}
        assert [tie.partner_of(m) for tie in m.ties] == [them for them in before[m] if them not in parted]
    assert len(model.ties) == sum(len(m.ties) for m in model.members) / 2


def test_an_outsider_who_leaves_breaks_nothing():
    design = alone(**ACCOUNTS, exit_hazard=(0, 1, 0), person_share=1)
    run = simulate(design, seed=1)
    assert sums(run)["exits"].sum() == 1500
    assert counted(run) == [0, 0, 0]


def test_what_will_be_others_is_invested_in_less():
    values = {"form": "complete", "employees": 12, "customers": 12, "partners": 0, "steps": 1}
    free, held = (
        simulate(alone(**values, ownership_response=r, person_share=0.4, portability=0.5)).last for r in (0, 0.5)
    )
    expected = 1 - 0.5 * 0.8 * 12 / 23
    assert close(held["effort_relational"][:12], free["effort_relational"][:12] * expected, 1e-12)
    assert np.array_equal(held["effort_relational"][12:], free["effort_relational"][12:])
    assert np.array_equal(held["effort_task"], free["effort_task"])


def test_a_brand_grows_toward_what_the_ties_make_of_it():
    brand, _ = followed(
        alone(**{**ACCOUNTS, "steps": 30}, person_share=0.4, brand_rate=0.1, brand_half=0.6), "personal_brand"
    )
    weeks = np.arange(1, 31)[:, None]
    assert close(brand[:, :300], 0.5 * (1 - 0.9**weeks), 1e-12)
    assert (brand[:, 300:] == 0).all()


def test_a_brand_that_can_be_taken_along_draws_people_out():
    """False alarm: one in a million."""
    many = {"employees": 3000, "customers": 15000, "brand_rate": 1, "brand_half": 0.6, "person_share": 0.4}
    design = alone(**ACCOUNTS | many, portability=0.8, outside_option=5, exit_hazard=(0.02, 0, 0))
    left = int(sums(simulate(design, seed=1))["exits"].sum())
    assert stats.binomtest(left, 3000, 0.02 * (1 + 5 * 0.5 * 0.8)).pvalue > 1e-6
    assert stats.binomtest(left, 3000, 0.02).pvalue < 1e-6


def test_shares_of_owners_add_up_to_one_at_most():
    with pytest.raises(InputError, match=r"person_share \+ shared_share = 1.2 in week 0"):
        PLAIN.changed(person_share=0.6, shared_share=0.6)
