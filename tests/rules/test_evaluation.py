import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from engagesim import EngagementModel, Scenario, simulate
from engagesim.draws import Keyed, Scripted
from engagesim.measures import measure
from engagesim.rules.evaluation import (
    ACTIVITY_SCORE,
    BENEFICIARY,
    EVALUATORS,
    MANAGER,
    MOST_RECEIVED,
    PEERS,
    SELF,
    acquaintance,
    felt_control,
    gain_of_gaming,
    game,
    gamed_task_share,
    manager_reach,
    missed,
    received,
    recognized,
    score,
    sight_of_relational,
    sight_of_task,
    takes_other,
    watched,
)
from engagesim.rules.rewards import (
    CONTINGENCIES,
    DEVELOPMENT,
    ENGAGEMENT,
    INSTRUMENT_PRESETS,
    PAY,
    PERFORMANCE,
    PUBLICITY,
    RANK,
    UNEXPECTED,
    feeds_pay,
)

from .cases import BIT, EMPLOYEES_ONLY, EVEN, alone, close, followed, lively, scheduled, sums, with_instruments

SHARE = st.floats(0, 1)
WHO = st.integers(0, 4)
SEEING = st.tuples(SHARE, SHARE, SHARE, SHARE, st.floats(0, 2))
FAIR = {"evaluation": 1, "evaluation_noise": 0, "self_bias": 0, "gaming_rate": 0, "surveillance": 0}


def test_sights_by_hand():
    seen = (0.8, 0.5, 0.25, 0.1)
    task = {MANAGER: 0.9 * 0.8 * 0.75, PEERS: 0.9 * 0.5 * 0.75, BENEFICIARY: 0.45 * 0.5 * 0.75, ACTIVITY_SCORE: 0.75,
            SELF: 1.1}  # fmt: skip
    relational = {MANAGER: 0.4 * 0.8 * 0.75, PEERS: 0.5 * 0.75, BENEFICIARY: 0.5 * 0.75, ACTIVITY_SCORE: 0.0, SELF: 1.1}
    assert {who: sight_of_task(who, 0.9, *seen) for who in task} == pytest.approx(task)
    assert {who: sight_of_relational(who, 0.4, *seen) for who in relational} == pytest.approx(relational)
    assert len(EVALUATORS) == len(task)


@given(WHO, SEEING)
def test_nobody_else_sees_more_than_all_and_privacy_hides(who, seeing):
    visibility, reach, known, privacy, bias = seeing
    for sight in (sight_of_task, sight_of_relational):
        seen = sight(who, visibility, reach, known, privacy, bias)
        assert 0 <= seen <= (1 + bias if who == SELF else 1)
        hidden = sight(who, visibility, reach, known, 1.0, bias)
        assert hidden == (1 + bias if who == SELF else 0)


def test_a_manager_follows_as_many_as_capacity_allows():
    assert [manager_reach(span, 6.0, 0.3) for span in (0.0, 1.0, 6.0, 8.0, 12.0)] == [0.3, 1, 1, 0.75, 0.5]


@given(st.floats(0, 1e6), st.floats(0.01, 50))
def test_acquaintance_saturates_in_tie_strength(strength, half):
    assert 0 <= acquaintance(strength, half) <= 1
    assert acquaintance(half, half) == 0.5


@given(SHARE, SHARE, st.floats(0, 3), st.floats(0, 3), st.floats(-2, 2), SHARE)
def test_a_score_is_a_share_and_without_evaluation_it_is_what_is_visible(task, split, one, other, noise, evaluation):
    task, relational = task * split, task * (1 - split)
    visible = task + 0.5 * relational
    assert 0 <= score(visible, task, relational, one, other, noise, evaluation) <= 1
    assert score(visible, task, relational, one, other, noise, 0.0) == visible
    assert score(visible, task, relational, 1.0, 1.0, 0.0, 1.0) == pytest.approx(task + relational)


@given(st.floats(0, 60), SHARE, st.floats(0, 1), SHARE)
def test_recognized_value_is_the_seen_share_of_it(value, seen, effort, evaluation):
    assert recognized(value, seen, effort, 0.0) == value
    assert recognized(value, seen, 0.0, evaluation) == value
    assert recognized(value, effort, effort, evaluation) == pytest.approx(value)
    if effort >= 2.0**-30:
        assert recognized(value, seen, effort, 1.0) == pytest.approx(value * seen / effort, abs=1e-12)
        assert recognized(value, seen, effort, evaluation) >= 0


@given(SHARE, SHARE, st.floats(0, 3), SHARE)
def test_what_is_missed_is_a_distance(effort, visibility, sight, evaluation):
    assert missed(effort, visibility, sight, evaluation) >= 0
    assert missed(effort, visibility, 0.0, 1.0) == effort
    assert missed(effort, 1.0, 1.0, evaluation) == 0


@given(SHARE, SHARE, SHARE, SHARE, SHARE)
def test_gaming_follows_what_is_to_be_gained(gamed, dose, task, relational, rate):
    gain = gain_of_gaming(dose, task, relational)
    assert gain == dose * max(0.0, task - relational)
    new = game(gamed, gain, rate)
    assert min(gamed, gain) - 1e-15 <= new <= max(gamed, gain) + 1e-15
    assert 0.6 <= gamed_task_share(0.6, gamed, 1.0) <= 1
    assert gamed_task_share(0.6, gamed, 0.0) == gamed_task_share(0.6, 0.0, 1.0) == 0.6


def test_being_watched_adds_to_control_unless_one_judges_oneself():
    assert watched(MANAGER, 1.0, 0.5) == 0.75
    assert watched(SELF, 1.0, 1.0) == 0
    assert felt_control(0.3, 0.4, 0.5) == 0.5
    assert felt_control(0.9, 0.4, 0.5) == 1


def test_a_score_by_hand():
    assert score(0.3, 0.5, 0.2, 0.8, 0.5, 0.1, 0.5) == pytest.approx(0.3 + 0.5 * (0.4 + 0.1 + 0.1 - 0.3))


def test_scores_feed_pay_where_pay_goes_by_scores():
    assert all(feeds_pay(0.1, kind, PAY) for kind in (PERFORMANCE, RANK, UNEXPECTED))
    assert not feeds_pay(0.0, PERFORMANCE, PAY)
    assert not feeds_pay(0.1, ENGAGEMENT, PAY)
    assert not any(feeds_pay(0.1, RANK, use) for use in (DEVELOPMENT, PUBLICITY))


def test_social_scoring_pays_by_the_score_so_that_being_watched_matters():
    scoring = INSTRUMENT_PRESETS["social_scoring"]
    assert feeds_pay(float(str(scoring["value"])), CONTINGENCIES.index(str(scoring["contingency"])), PAY)
    small = Scenario.load("every_like_counts").changed(steps=8, employees=12, customers=6, partners=2)
    watched_little, watched_much = (simulate(small.changed(surveillance=share)) for share in (0.0, 1.0))
    less = watched_much.measures["intrinsic_motivation"] - watched_little.measures["intrinsic_motivation"]
    assert less < 0


def test_the_second_is_taken_only_if_scored_higher_and_receipts_are_counted_up_to_a_limit():
    assert takes_other(0.2, 0.3)
    assert not takes_other(0.3, 0.3)
    assert received(0.25, 0.5) == 0.75
    assert received(100.0, 0.5) == MOST_RECEIVED


# --- known answers ---------------------------------------------------------------------------------------------------


def by_kind(run):
    """Task and relational effort of each member at the end."""
    return run.last["effort_task"], run.last["effort_relational"]


def errors(run):
    return [measure(f"evaluation_error_{kind}", run.tallies)[-1] for kind in ("task", "relational")]


@pytest.mark.parametrize(
    "values",
    [{"evaluator": "self"}, {"evaluator": "manager", "visibility_relational": 1, "manager_capacity": 100,
                             "distant_sight": 1}],
)  # fmt: skip
def test_a_fair_judge_who_sees_all_scores_the_contribution(values):
    run = simulate(alone(**FAIR, **values, motivation_sd=0.1))
    task, relational = by_kind(run)
    assert close(run.last["score"], task + relational, 1e-15)
    assert errors(run) == [0, 0]
    assert measure("score", run.tallies)[-1] == pytest.approx(measure("effort", run.tallies)[-1])


def test_without_evaluation_the_score_is_what_everybody_sees():
    task, relational = by_kind(run := simulate(alone(motivation_sd=0.1)))
    assert (run.last["score"] == task + 0.5 * relational).all()
    assert errors(run) == [0, 0]


def test_an_activity_score_misses_all_relational_effort_and_no_task():
    run = simulate(alone(**FAIR, evaluator="activity_score", visibility_task=0.7, motivation_sd=0.1))
    task, _ = by_kind(run)
    assert errors(run)[0] == pytest.approx(0, abs=BIT)
    assert errors(run)[1] == measure("relational_effort", run.tallies)[-1]
    assert close(run.last["score"], task, 1e-15)


def test_a_managers_error_falls_with_the_span_and_is_least_within_capacity():
    found = []
    for span in (20, 10, 6, 3):
        design = alone(**FAIR, **EMPLOYEES_ONLY, employees=41, span_of_control=span, manager_capacity=6)
        found.append(errors(simulate(design.changed(visibility_relational=1, distant_sight=1)))[0])
    assert found[0] > found[1] > found[2] == found[3] == 0
    task = measure("task_effort", simulate(design).tallies)[-1]
    assert found[0] == pytest.approx(task * 40 / 41 * (1 - 6 / 20)), "all but the top have a manager with 20 members"


def test_peers_see_as_much_as_ties_reach():
    design = alone(**FAIR, **EMPLOYEES_ONLY, evaluator="peers", peer_half=2)
    run = simulate(design)
    known = run.last["tie_strength"] / (run.last["tie_strength"] + 2)
    task, relational = by_kind(run)
    assert (run.last["acquaintance"] == known).all()
    assert close(run.last["score"], known * (task + relational), 1e-15)


def test_errors_of_the_score_spread_as_the_noise_says():
    """False alarm: one in a million."""
    design = alone(**EMPLOYEES_ONLY, employees=2000, form="regular", degree=0, steps=1, evaluation=1, gaming_rate=0)
    run = simulate(design.changed(evaluation_noise=0.05, evaluator="self", self_bias=0))
    z = (run.last["score"] - sum(by_kind(run))) / 0.05
    assert stats.kstest(z, EVEN.cdf).pvalue > 1e-6


PAID = {"value": 0.02, "contingency": "completion"}


def test_gaming_goes_to_its_gain_as_the_closed_form_says_and_back():
    design = with_instruments(
        alone(**{**FAIR, "gaming_rate": 0.1}, evaluator="activity_score", reward_memory=1, steps=60), PAID,
        schedule=((30, "a.value", 0),),
    )  # fmt: skip
    gamed, expected, _ = followed(design, "gamed", "expected_reward")
    now = np.zeros(gamed.shape[1])
    for week in range(60):
        now = now + 0.1 * (expected[week] / (expected[week] + 0.02) - now)
        assert close(gamed[week], now, 1e-12)
    assert (gamed[29] > 0.15).all()
    assert close(gamed[59], gamed[29] * 0.9**30, 1e-12)


def test_gaming_moves_effort_from_help_to_tasks_and_not_where_help_is_seen_as_well():
    def share(**values):
        design = with_instruments(alone(**{**FAIR, "gaming_rate": 0.5, **values}), PAID)
        total = sums(simulate(design))
        return total["relational_effort"][-1] / (total["task_effort"] + total["relational_effort"])[-1]

    honest = share(gaming_rate=0)
    assert share(evaluator="activity_score") < share(evaluator="manager") < honest
    assert share(evaluator="peers", visibility_task=0) == share(evaluator="self") == honest
    assert share(evaluator="activity_score", privacy=1) == honest


def test_without_evaluation_what_was_gamed_has_no_effect():
    base = alone(**{**FAIR, "gaming_rate": 0.5}, evaluator="activity_score", reward_memory=1)
    run = simulate(with_instruments(base, PAID, schedule=((10, "evaluation", 0),)))
    total = sums(run)
    share = total["task_effort"] / (total["task_effort"] + total["relational_effort"])
    assert share[9] > share[0] + 0.05
    assert share[10:] == pytest.approx(share[0])
    assert (total["gamed"][10:] == 0).all()


def test_surveillance_crowds_out_as_the_closed_form_says_and_only_where_scores_feed_pay():
    watched = {**FAIR, **EMPLOYEES_ONLY, "surveillance": 0.4, "crowding_strength": 0.1, "manager_capacity": 100,
               "distant_sight": 1, "motivation_mean": (0.5, 0.5, 0.5)}  # fmt: skip
    bonus = {"value": 0.05, "contingency": "performance", "controlling": 0.0}
    motivation, _ = followed(with_instruments(alone(**watched), bonus), "motivation")
    weeks = np.arange(1, 21)[:, None]
    assert close(motivation, 0.5 * (1 - 0.1 * 0.4 * 0.75) ** weeks, 1e-12)
    hidden, _ = followed(with_instruments(alone(**watched, privacy=0.5), bonus), "motivation")
    assert close(hidden, 0.5 * (1 - 0.1 * 0.4 * 0.75 * 0.5) ** weeks, 1e-12)
    for harmless in ({"evaluation_use": "development"}, {"contingency": "engagement"}):
        free, _ = followed(with_instruments(alone(**watched), bonus | harmless), "motivation")
        assert (free == 0.5).all()


def test_rewards_of_performance_follow_what_is_seen_of_the_contribution():
    bonus = {"value": 0.1, "contingency": "performance", "evaluator": "activity_score"}
    values = {**FAIR, **EMPLOYEES_ONLY, "steps": 1}
    seen = sums(run := simulate(with_instruments(alone(**values, evaluator="self"), bonus)))
    task, relational = by_kind(run)
    expected = 0.1 * run.last["value"] * task / (task + relational)
    assert seen["rewards"][0] == pytest.approx(expected.sum(), abs=24 * BIT)
    off = sums(run := simulate(with_instruments(alone(**EMPLOYEES_ONLY, steps=1), bonus)))
    assert off["rewards"][0] == pytest.approx(0.1 * run.last["value"].sum(), abs=24 * BIT)


def test_each_contest_ranks_by_the_scores_of_its_own_evaluator():
    contests = [{"value": 1.0, "contingency": "rank", "top_share": 0.25, "evaluator": who}
                for who in ("activity_score", "self")]  # fmt: skip
    design = with_instruments(alone(**FAIR, steps=1, motivation_sd=0.2), *contests)
    model = EngagementModel(design, seed=2)
    model.step()
    assert simulate(design, seed=2).digest == simulate(design, seed=2, engine="mesa").digest
    task, total = (np.array([getattr(m, name) for m in model.members]) for name in ("effort_task", "effort"))
    won = np.array([m.rewards for m in model.members])
    assert won[np.argmax(task)] >= 1
    assert won[np.argmax(total)] >= 1
    assert 20 <= won.sum() <= 24, "two contests with a quarter of 48 winners each"
    for offer, by in zip(model.organization.offers, (task, total), strict=True):
        winners = np.array([model.members[i].earned(offer) for i in range(48)]) > 0
        assert by[winners].min() > by[~winners].max() - 1 / 1024


def test_shares_are_divided_by_score():
    values = {"return_share": 1, "sharing_rule": "proportional", "sharing_weight": (1, 1, 1), "steps": 1}
    design = alone(**FAIR, **values, evaluator="activity_score", motivation_sd=0.1)
    model = EngagementModel(design)
    model.step()
    share, task = (np.array([getattr(m, name) for m in model.members]) for name in ("shared", "effort_task"))
    assert close(share / share.sum(), task / task.sum(), 1e-7)
    assert measure("reward_correlation", model.tallies, "employee")[0] == pytest.approx(1, abs=1e-3)


def test_the_correlation_is_that_of_what_each_receives_with_effort():
    design = lively(sharing_rule="proportional", return_share=0.8, exit_hazard=0)
    model = EngagementModel(with_instruments(design, {"value": 0.2}), seed=4)
    for week in range(6):
        model.step()
        got = np.array([m.rewards + m.shared for m in model.members])
        expected = np.corrcoef(got, [m.effort for m in model.members])[0, 1]
        assert 0.3 < expected < 0.999
        assert measure("reward_correlation", model.tallies)[week] == pytest.approx(expected, abs=1e-5)


def test_where_all_get_the_same_there_is_no_correlation():
    run = simulate(with_instruments(alone(**FAIR, motivation_sd=0.1), {"value": 0.1, "contingency": "engagement"}))
    assert np.isnan(measure("reward_correlation", run.tallies)).all()


SOCIAL = {
    "meeting_rate": 1, "closure_rate": 0, "steps": 1, "tie_room": 8, "motivation_sd": 0.2, "task_share": (0.2,) * 3,
}  # fmt: skip


@pytest.mark.parametrize(("looks", "taken"), [(0.49, "higher"), (0.51, "first")])
def test_who_looks_at_public_scores_takes_the_higher_scored_of_two(looks, taken):
    design = alone(**SOCIAL, public_score=0.5)
    script = {("tie.reaches_out", 0, 0): 0.0, ("tie.looks_at_scores", 0, 0): looks}
    script |= {("tie.meets_whom", 0, 0): 10.5 / 48, ("tie.meets_also", 0, 0): 20.5 / 48}
    model = EngagementModel(design, luck=Scripted(script, Keyed(0)))
    model.step()
    model.week = 0
    one, other = model.members[10], model.members[20]
    one.score, other.score = 0.2, 0.3
    assert model.members[0].met(model.members) is (other if taken == "higher" else one)
    one.score = 0.3
    assert model.members[0].met(model.members) is one, "of equals the first"


def test_public_scores_draw_ties_to_the_visible():
    design = alone(**SOCIAL | {"steps": 10}, employees=300, customers=0, partners=0, form="regular", degree=2)
    gained = {}
    for chance in (0, 1):
        run = simulate(design.changed(public_score=chance))
        strongest = run.last["score"] > np.median(run.last["score"])
        strength = run.last["tie_strength"]
        gained[chance] = strength[strongest].mean() - strength[~strongest].mean()
    assert gained[1] > gained[0] + 0.05


@pytest.mark.parametrize("who", EVALUATORS)
def test_both_engines_agree_with_every_evaluator_and_when_evaluation_comes_and_goes(who):
    rewards = [
        {"value": 0.1, "contingency": kind, "evaluator": own}
        for kind, own in (("performance", "design"), ("rank", "peers"), ("unexpected", "self"), ("rank", "design"))
    ]
    values = {"evaluator": who, "public_score": 0.6, "sharing_rule": "proportional", "meeting_rate": 0.8}
    design = with_instruments(lively(**values, privacy=0.1, surveillance=0.5), *rewards)
    design = design.changed(budget=0.05)
    for one in (design, scheduled(design, (3, "evaluation", 0), (6, "evaluation", 0.5))):
        digests = {simulate(one, seed=1, threads=3).digest, simulate(one, seed=1).digest}
        assert digests == {simulate(one, seed=1, engine="mesa").digest}
