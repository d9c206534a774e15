import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from engagesim import Scenario, simulate
from engagesim.rules.motivation import (
    autonomy,
    competence,
    develop,
    engagement,
    inclination,
    motivate,
    need_satisfaction,
    relatedness,
    under_distrust,
)
from engagesim.rules.rewards import CONTINGENCIES, contingency_control

from .cases import EMPLOYEES_ONLY, NEEDS_MET, RING, alone, close, followed, sums, with_instruments

SHARE = st.floats(0, 1)


@given(SHARE, SHARE, SHARE)
def test_autonomy_is_a_share_lost_to_unwanted_demands(demand, imposed, involvement):
    felt = autonomy(demand, imposed, involvement)
    assert 0 <= felt <= 1
    assert autonomy(demand, 0.0, involvement) == 1
    assert autonomy(demand, imposed, 1.0) == 1
    assert felt <= autonomy(demand / 2, imposed, involvement)


@given(st.floats(0, 10), SHARE, st.floats(0, 1e6), st.floats(0.01, 50))
def test_needs_are_shares(feedback, base, strength, half):
    able, close = competence(feedback, base), relatedness(strength, half)
    assert base <= able <= 1 + 1e-15
    assert 0 <= close <= 1
    assert relatedness(half, half) == 0.5
    assert competence(0.0, base) == base
    assert 0 <= need_satisfaction(1.0, able, close) <= 1 + 1e-15


def test_needs_by_hand():
    assert autonomy(0.5, 0.6, 0.5) == pytest.approx(0.85)
    assert competence(0.4, 0.5) == pytest.approx(0.7)
    assert need_satisfaction(0.6, 0.9, 0.3) == pytest.approx(0.6)
    assert motivate(0.5, 0.8, 0.5, 0.1, 0.2) == pytest.approx(0.5 + 0.03 - 0.05)
    assert develop(1.0, 0.4, 0.5, 2.0) == pytest.approx(1.2)
    assert under_distrust(0.8, 0.5, 0.5) == pytest.approx(0.6)
    assert under_distrust(0.8, 0.0, 1.0) == 0


@given(SHARE, SHARE)
def test_people_tend_to_what_the_week_offers_and_to_what_they_are(satisfaction, trait):
    assert inclination(satisfaction, trait, 0.0) == satisfaction
    assert inclination(satisfaction, trait, 1.0) == trait
    assert inclination(satisfaction, trait, 0.25) == pytest.approx(0.75 * satisfaction + 0.25 * trait)


def test_a_lasting_disposition_keeps_the_share_of_the_spread_between_members_that_it_stands_for():
    own = {"need_rate": 0.5, "motivation_sd": 0.1, "disposition": 0.3}
    design = alone(**own, **RING)
    start, end = (simulate(design.changed(steps=steps)).last["motivation"] for steps in (1, 200))
    first = (start - 0.5 * 0.7 * NEEDS_MET) / (0.5 + 0.5 * 0.3)
    assert end == pytest.approx(0.7 * NEEDS_MET + 0.3 * first, abs=1e-9)


@given(SHARE, SHARE, SHARE, SHARE, SHARE)
def test_motivation_is_a_share_that_control_lowers(motivation, satisfaction, control, rate, crowding):
    new = motivate(motivation, satisfaction, control, rate, crowding)
    assert 0 <= new <= max(motivation, satisfaction) + 1e-15
    assert new <= motivate(motivation, satisfaction, control / 2, rate, crowding) + 1e-15
    assert motivate(motivation, satisfaction, control, 0.0, 0.0) == motivation
    assert motivate(motivation, satisfaction, 0.0, 0.0, crowding) == motivation


@given(st.floats(0, 10), st.floats(0, 100), st.floats(0, 10), st.floats(1, 10))
def test_development_never_costs_skill_and_stops_at_the_ceiling(skill, training, rate, ceiling):
    new = develop(skill, training, rate, ceiling)
    assert skill <= new <= max(skill, ceiling) + 1e-12
    assert develop(skill, 0.0, rate, ceiling) == skill


CROWDED = {**EMPLOYEES_ONLY, "crowding_strength": 0.08, "steps": 40}


def motivation_under(contingency, design=None, **attributes):
    """Weekly mean motivation under one reward, or under none."""
    design = design or alone(**CROWDED)
    given = [{"value": 0.05, "contingency": contingency, "chance": 0.5, **attributes}] if contingency else []
    return simulate(with_instruments(design, *given)).weeks.query("group == 'everyone'").intrinsic_motivation.to_numpy()


@pytest.mark.parametrize("contingency", CONTINGENCIES)
def test_crowding_is_geometric_at_the_rate_of_the_contingency(contingency):
    felt = contingency_control(CONTINGENCIES.index(contingency)) * 0.05 / 0.07
    expected = 0.5 * (1 - 0.08 * felt) ** np.arange(1, 41)
    assert motivation_under(contingency) == pytest.approx(expected, abs=1e-8)


@pytest.mark.parametrize("need_rate", [0.0, 0.05])
def test_losses_of_motivation_have_the_published_order(need_rate):
    design = alone(**CROWDED, need_rate=need_rate)
    kinds = ("engagement", "completion", "performance", None, "unexpected")
    engagement, completion, performance, none, surprise = (motivation_under(kind, design)[-1] for kind in kinds)
    assert engagement < completion < performance < none == surprise


def test_the_default_crowding_costs_about_the_published_third_of_a_standard_deviation():
    design = Scenario.load("plain_organization")
    motivation = {}
    for kind in (None, "completion"):
        weeks = motivation_under(kind, design.changed(steps=400), value=0.05)
        motivation[kind] = weeks[-1]
    spread = design.values["motivation_sd"]
    assert -0.6 < (motivation["completion"] - motivation[None]) / spread < -0.2


def test_twice_the_control_is_not_less_loss_and_an_instrument_that_controls_nothing_costs_nothing():
    half, full = (motivation_under("completion", controlling=c)[-1] for c in (0.5, 1.0))
    assert full < half < motivation_under(None)[-1] == motivation_under("completion", controlling=0.0)[-1]


def test_positive_informational_feedback_raises_motivation():
    design = alone(**CROWDED, need_rate=0.05)
    silent, telling = (motivation_under("unexpected", design, informational=i)[-1] for i in (0.0, 0.8))
    assert telling > silent + 0.01
    assert motivation_under("performance", design, informational=0.8)[-1] > motivation_under("performance", design)[-1]


@pytest.mark.parametrize("need_rate", [0.0, 0.02])
def test_push_vanishes_with_the_reward_while_the_damage_stays(need_rate):
    design = alone(**CROWDED, need_rate=need_rate, push_sensitivity=3, reward_memory=0.5)
    design = design.changed(steps=60, crowding_strength=0.02)
    never = sums(simulate(design))
    reward = {"value": 0.3, "contingency": "completion"}
    taken = sums(simulate(with_instruments(design, reward, schedule=[(26, "a.value", 0.0)])))
    effort_never, effort_taken = never["task_effort"], taken["task_effort"]
    assert effort_taken[5] > effort_never[5] * 1.05, "while it is paid it pushes"
    assert effort_taken[40] < effort_never[40] * 0.98, "afterwards less is given than by the never rewarded"
    assert taken["rewards"][26:].sum() == 0
    if need_rate == 0:
        assert taken["motivation"][26:] == pytest.approx(taken["motivation"][25], abs=1e-9)
    else:
        assert (np.diff((never["motivation"] - taken["motivation"])[26:]) < 0).all(), "needs heal it slowly"


def test_needs_alone_pull_motivation_geometrically_to_satisfaction():
    motivation, _ = followed(alone(need_rate=0.1, **RING, steps=50), "motivation")
    start = np.array([0.5, 0.3, 0.4])[np.repeat([0, 1, 2], [24, 16, 8])]
    weeks = np.arange(1, 51)[:, None]
    assert close(motivation, NEEDS_MET + (start - NEEDS_MET) * 0.9**weeks, 1e-9)


def test_unwanted_demand_lowers_motivation_only_where_it_is_imposed():
    needy = {**EMPLOYEES_ONLY, "need_rate": 0.05, "demand": 0.6, "involvement_mean": 0.2, "involvement_sd": 0}
    offered, imposed = (sums(simulate(alone(**needy, imposed=i)))["motivation"][-1] for i in (0, 1))
    assert imposed < offered


def test_development_raises_skill_as_the_closed_form_says():
    design = alone(**EMPLOYEES_ONLY, development_rate=0.5, skill_ceiling=2)
    training = {"value": 0.2, "contingency": "engagement", "evaluation_use": "development"}
    skill, _ = followed(with_instruments(design, training), "skill")
    weeks = np.arange(1, 21)[:, None]
    assert close(skill, 2 - 0.9**weeks, 1e-7)


def test_novelty_lets_the_push_of_a_reward_fade():
    design = alone(**EMPLOYEES_ONLY, push_sensitivity=3, reward_memory=1.0, steps=40)
    reward = {"value": 0.1, "contingency": "engagement", "controlling": 0}
    lasting, fading = (sums(simulate(with_instruments(design, {**reward, **more})))["task_effort"]
                       for more in ({}, {"novelty_half_life": 5}))  # fmt: skip
    assert lasting[1:] == pytest.approx(lasting[1], abs=1e-6)
    push = (fading / 24 / 0.8 - 0.5) / 0.5 / (3 * 0.1)
    assert push[1:] == pytest.approx(0.5 ** (np.arange(39) / 5), abs=1e-6)


def test_a_reward_announced_later_crowds_only_from_then_on():
    design = with_instruments(alone(**CROWDED), {"value": 0.0}, schedule=[(10, "a.value", 0.05)])
    motivation = sums(simulate(design))["motivation"]
    assert (motivation[:10] == motivation[0]).all()
    assert motivation[10] < motivation[9]


def test_engagement_needs_wanting_and_energy():
    assert engagement(0.8, 0.25) == pytest.approx(0.6)
    assert engagement(0.8, 1.0) == engagement(0.0, 0.2) == 0
