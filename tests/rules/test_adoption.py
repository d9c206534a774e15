import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from engagesim import EngagementModel, InputError, simulate
from engagesim.rules.adoption import CATALYST, EFFICIENCY_FIT, adopted_output, cheaper_contact, drawn, spread

from .cases import EMPLOYEES_ONLY, PLAIN, alone, close, lively, organization, scheduled, sums

SHARE = st.floats(0, 1)


@given(SHARE, SHARE, SHARE, SHARE)
def test_adoption_is_a_share_that_inertia_and_capture_slow(now, rate, inertia, capture):
    new = spread(now, rate, inertia, capture)
    assert 0 <= new <= 1
    assert new <= spread(now, rate, inertia / 2, capture / 2)
    assert spread(now, 0.0, inertia, 0.0) == spread(now, rate, 1.0, 0.0) == now


@given(SHARE, SHARE, SHARE)
def test_a_drawn_lever_stays_between_where_it_was_and_its_target(value, target, share):
    assert min(value, target) - 1e-15 <= drawn(value, target, share) <= max(value, target) + 1e-15
    assert 0 <= drawn(value, target, share) <= 1
    assert drawn(value, target, 0.0) == value
    assert 0 <= cheaper_contact(value, share, target) <= value


@given(SHARE, SHARE)
def test_output_rises_where_technology_fits_in_and_dips_on_the_way_to_another_design(adoption, size):
    assert 1 <= adopted_output(adoption, EFFICIENCY_FIT, size, 1.0) <= 2
    assert 1 - size <= adopted_output(adoption, CATALYST, 1.0, size) <= 1
    assert adopted_output(0.0, CATALYST, 1.0, size) == adopted_output(1.0, CATALYST, 1.0, size) == 1


def test_the_rules_by_hand():
    assert spread(0.2, 0.5, 0.4, 0.1) == pytest.approx(0.2 + 0.3 * 0.16 - 0.02)
    assert drawn(0.7, 0.2, 0.4) == pytest.approx(0.5)
    assert cheaper_contact(0.02, 0.5, 0.4) == pytest.approx(0.016)
    assert adopted_output(0.5, EFFICIENCY_FIT, 0.1, 0.3) == pytest.approx(1.05)
    assert adopted_output(0.5, CATALYST, 0.1, 0.3) == pytest.approx(0.7)


SPREADING = {**EMPLOYEES_ONLY, "adoption_rate": 0.4, "host_inertia": 0.5, "capture_rate": 0, "adoption_start": 0.02}


def curve(**values):
    return organization(simulate(alone(**{**SPREADING, "steps": 200, **values})), "adoption")


def test_adoption_alone_follows_the_logistic_curve_step_by_step():
    expected = [0.02]
    while len(expected) < 200:
        a = expected[-1]
        expected.append(a + 0.2 * a * (1 - a))
    found = curve()
    assert close(found, expected, 1e-12)
    weeks = np.arange(200)
    small = curve(adoption_rate=0.02, adoption_start=0.1)
    assert close(small, 1 / (1 + 9 * np.exp(-0.01 * weeks)), 0.002), "the continuous curve, where steps are small"


def test_capture_makes_adoption_settle_below_all_and_strong_capture_ends_it():
    assert curve(capture_rate=0.05, steps=400)[-1] == pytest.approx(1 - 0.05 / 0.2, abs=1e-9)
    assert curve(capture_rate=0.3, adoption_start=0.5)[-1] < 1e-6


def test_inertia_delays_half_of_the_way():
    half = [int(np.argmax(curve(host_inertia=inertia) > 0.5)) for inertia in (0.0, 0.4, 0.8)]
    assert half[0] < half[1] < half[2]


def levers_after(weeks, **values):
    model = EngagementModel(alone(**{**SPREADING, "steps": weeks, "adoption_start": 0.5, "host_inertia": 1, **values}))
    for _ in range(weeks):
        model.step()
    return model.levers


def test_fitted_in_it_changes_what_is_seen_and_what_contacts_cost_but_not_the_design():
    w = levers_after(2, visibility_task=0.6, visibility_relational=0.2, fit_visibility=0.5, contact_cost=0.1,
                     fit_contact=0.4)  # fmt: skip
    assert w.visibility_task == pytest.approx(0.6 + 0.4 * 0.25)
    assert w.visibility_relational == pytest.approx(0.2 + 0.8 * 0.25)
    assert w.contact_cost == pytest.approx(0.08)
    assert (w.capture_share, w.own_share, w.imposed) == (0.4, 0.3, 0.5)


def test_as_a_catalyst_it_moves_the_design_toward_its_targets_and_nothing_else():
    w = levers_after(2, adoption_strategy="catalyst", visibility_relational=0.2, contact_cost=0.1, return_share=0.2)
    assert w.capture_share == pytest.approx(0.275)
    assert w.own_share == pytest.approx(0.375)
    assert w.return_share == pytest.approx(0.4)
    assert w.imposed == pytest.approx(0.25)
    assert (w.visibility_relational, w.contact_cost) == (0.2, 0.1)


def test_value_shows_the_gain_of_fitting_in_and_the_dip_of_a_catalyst():
    base = {**SPREADING, "task_share": 1, "steps": 60, "adoption_start": 0.1}
    none, fit, catalyst = (
        sums(simulate(alone(**{**base, **values})))["created"]
        for values in ({"adoption_rate": 0}, {"fit_gain": 0.2}, {"adoption_strategy": "catalyst", "adoption_dip": 0.3})
    )
    adoption = curve(adoption_start=0.1, steps=60)
    assert close(fit / none, 1 + 0.2 * adoption, 1e-6)
    assert close(catalyst / none, 1 - 0.3 * 4 * adoption * (1 - adoption), 1e-6)
    assert (catalyst / none).min() == pytest.approx(0.7, abs=0.01)


def test_technology_that_is_given_up_leaves_nothing_behind():
    design = scheduled(alone(**SPREADING, fit_gain=0.5), (5, "adoption_rate", 0))
    run, never = simulate(design), simulate(alone(**{**SPREADING, "adoption_rate": 0}))
    assert (organization(run, "adoption")[5:] == 0).all()
    assert np.array_equal(sums(run)["created"][5:], sums(never)["created"][5:])
    assert (sums(run)["created"][:5] > sums(never)["created"][:5]).all()


@pytest.mark.parametrize("strategy", ["efficiency_fit", "catalyst"])
def test_both_engines_and_any_threads_agree(strategy):
    design = lively(adoption_strategy=strategy, contact_cost=0.1, target_imposed=0.9)
    runs = [simulate(design, seed=8), simulate(design, seed=8, engine="mesa"), simulate(design, seed=8, threads=3)]
    assert len({run.digest for run in runs}) == 1


def test_targets_that_share_out_more_than_all_are_refused():
    with pytest.raises(InputError, match="target_capture_share"):
        PLAIN.changed(target_capture_share=0.7, target_own_share=0.4)
