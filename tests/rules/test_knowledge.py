from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from engagesim import EngagementModel, Scenario, simulate
from engagesim.draws import integer, key_of, named
from engagesim.rules.knowledge import (
    arises,
    keep_records,
    learn_who_knows,
    miss_partner,
    on_record,
    passes_on,
    unhindered,
    with_requests,
)
from engagesim.structures import build

from .cases import EMPLOYEES_ONLY, alone, close, followed, lively, matrix, network_of, organization, scheduled, sums

SHARE = st.floats(0, 1)


@given(SHARE, SHARE, st.floats(0, 5), SHARE)
def test_directories_and_records_are_shares_that_effort_raises_and_time_lowers(now, effort, growth, decay):
    for new, more in (
        (learn_who_knows(now, effort, growth, decay), learn_who_knows(now, effort, growth, decay / 2)),
        (keep_records(now, effort, 0.7, growth, decay), keep_records(now, effort, 0.7, growth, decay / 2)),
    ):
        assert 0 <= new <= more <= 1
    assert learn_who_knows(now, effort, 0.0, 0.0) == keep_records(now, effort, 0.7, 0.0, 0.0) == now
    assert keep_records(now, effort, 0.0, growth, decay) <= now, "no store, no upkeep"


@given(SHARE, SHARE, SHARE)
def test_a_leaver_takes_something_along_and_a_stranger_nothing(directory, strength, loss):
    assert 0 <= miss_partner(directory, strength, loss) <= directory
    assert miss_partner(directory, 0.0, loss) == miss_partner(directory, strength, 0.0) == directory


@given(SHARE, st.integers(0, 10_000), SHARE)
def test_attention_stays_a_share_and_nothing_handled_takes_none(load, handled, cost):
    assert load <= with_requests(load, float(handled), cost) <= 1
    assert with_requests(load, 0.0, cost) == load


def test_the_rules_by_hand():
    assert learn_who_knows(0.5, 0.1, 0.5, 0.02) == pytest.approx(0.5 + 0.025 - 0.01)
    assert keep_records(0.6, 0.2, 0.5, 0.25, 0.02) == pytest.approx(0.6 + 0.025 * 0.4 - 0.012)
    assert miss_partner(0.8, 0.5, 0.1) == pytest.approx(0.76)
    assert with_requests(0.1, 3.0, 0.02) == pytest.approx(0.16)
    assert unhindered(1.0, 0.1) == pytest.approx(0.9)
    assert unhindered(0.0, 0.1) == 1


def test_chances_are_products():
    assert arises(0.09, 0.1)
    assert not arises(0.1, 0.1)
    assert on_record(0.29, 0.5, 0.6)
    assert not on_record(0.3, 0.5, 0.6)
    assert passes_on(0.39, 0.8, 0.5)
    assert not passes_on(0.4, 0.8, 0.5)


ASKING = {
    "problem_rate": 1, "record_store": 0, "directory_start": 1, "directory_growth": 0, "directory_decay": 0,
    "engagement_space": 1, "problem_cost": 0, "handling_cost": 0, "max_hops": 64,
}  # fmt: skip
PURE = {
    **EMPLOYEES_ONLY, "form": "organization", "boundary_share": 0, "team_size": 1, "lateral_tie_rate": 0,
    "span_of_control": 2, "employees": 31,
}  # fmt: skip


def line(network, i):
    return [i, *line(network, network.manager[i])] if i >= 0 else []


def way(network, i, j):
    """Places on the way from i to j in the tree, both ends included."""
    up, down = line(network, i), line(network, j)
    top = next(place for place in up if place in down)
    return [*up[: up.index(top)], *reversed(down[: down.index(top) + 1])]


def asked_for(seed, week, i, employees):
    return integer(key_of(seed, named("problem.expert"), week), i, employees)


@pytest.mark.parametrize("engine", ["compiled", "mesa"])
def test_in_a_pure_hierarchy_every_request_is_answered_along_the_tree(engine):
    design = alone(**PURE, **ASKING, steps=6)
    run = simulate(design, seed=2, engine=engine)
    network = build(design.values, 2)
    weeks = [[way(network, i, asked_for(2, week, i, 31)) for i in range(31)] for week in range(6)]
    steps = [sum(len(path) - 1 for path in paths) for paths in weeks]
    found = sums(run)
    assert np.array_equal(found["requests"], [sum(len(path) > 1 for path in paths) for paths in weeks])
    assert np.array_equal(found["answered"], found["requests"])
    assert np.array_equal(found["helped"], found["requests"])
    assert np.array_equal(found["hops"], steps)
    handled = np.bincount([place for path in weeks[-1] for place in path[1:]], minlength=31)
    assert np.array_equal(run.last["handled"], handled)


def shares(lateral, *, seeds, depth=0.5, reach=0.5):
    """Share of the requests that each place has a hand in, its own included: float64[781]; and their number."""
    design = Scenario.load("theory_message_load").changed(
        steps=10, lateral_tie_rate=lateral, lambda_depth=depth, zeta_range=reach
    )
    held, total = np.zeros(781), 0.0
    for seed in seeds:
        *_, handled, run = followed(design, "handled", seed=seed)
        own = np.array([[asked_for(seed, week, i, 781) != i for i in range(781)] for week in range(len(handled))])
        held += handled.sum(axis=0) + own.sum(axis=0)
        found = sums(run)
        assert np.array_equal(found["answered"], found["requests"])
        total += found["requests"].sum()
    return held / total, total


def test_the_top_of_a_pure_hierarchy_handles_what_the_closed_form_says_and_a_multiscale_network_relieves_it():
    """False alarm: three standard errors, one in 370."""
    branch = 156
    expected = 1 - 5 * branch * (branch - 1) / (781 * 780)
    pure, requests = shares(0, seeds=range(2))
    assert abs(pure[0] - expected) < 3 * np.sqrt(expected * (1 - expected) / requests)
    assert pure.argmax() == 0
    multiscale, _ = shares(0.1, seeds=range(2))
    rich, _ = shares(0.1, seeds=range(2), depth=1e9, reach=1e9)
    assert multiscale.max() < 0.5 * pure.max()
    assert multiscale.max() < 0.7 * rich.max(), "links at all distances relieve it more than links at random"


@pytest.mark.parametrize(("form", "employees"), [("complete", 40), ("star", 300)])
def test_with_a_directory_that_is_right_half_of_the_time_a_step_succeeds_half_of_the_time(form, employees):
    """False alarm: one in a million for each form. A star has no reporting line, so one step is all there is."""
    design = alone(**EMPLOYEES_ONLY, **{**ASKING, "directory_start": 0.5}, form=form, employees=employees, steps=60)
    found, tied = sums(simulate(design, seed=1)), matrix(network_of(design, 1)) > 0
    asked = [(i, asked_for(1, week, i, employees)) for week in range(60) for i in range(employees)]
    assert found["requests"].sum() == sum(i != j for i, j in asked)
    in_reach = sum(bool(tied[i, j]) for i, j in asked)
    assert in_reach > 90
    assert stats.binomtest(int(found["helped"].sum()), in_reach, 0.5).pvalue > 1e-6
    assert np.array_equal(found["hops"], found["helped"])


def test_where_nobody_may_ask_only_records_help_and_they_fade_as_the_closed_form_says():
    """False alarm: five standard errors, fewer than one in a million."""
    records = {"record_store": 1, "record_start": 0.8, "record_upkeep": 0, "record_decay": 0.02, "engagement_space": 0}
    design = alone(**EMPLOYEES_ONLY, **{**ASKING, **records}, steps=80)
    run = simulate(design, seed=1)
    assert close(organization(run, "record_accuracy"), 0.8 * 0.98 ** np.arange(1, 81), 1e-12)
    found = sums(run)
    assert found["helped"].sum() == 0
    right = 0.8 * 0.98 ** np.arange(80)
    expected, variance = (right * found["requests"]).sum(), (right * (1 - right) * found["requests"]).sum()
    assert abs(found["answered"].sum() - expected) < 5 * np.sqrt(variance)
    assert close(found["record_accuracy"], 24 * organization(run, "record_accuracy"), 1e-7)


def test_records_that_are_looked_after_settle_where_upkeep_and_decay_balance():
    store = {"record_store": 0.5, "record_start": 0.1, "record_upkeep": 2, "record_decay": 0.05}
    run = simulate(alone(**EMPLOYEES_ONLY, **{**ASKING, **store}, task_share=0.6, steps=300))
    gain = 2 * 0.5 * 0.2
    assert organization(run, "record_accuracy")[-1] == pytest.approx(gain / (gain + 0.05), abs=1e-9)


def test_directories_settle_where_learning_and_forgetting_balance():
    learning = {"directory_start": 0, "directory_growth": 0.5, "directory_decay": 0.02}
    directory, _ = followed(alone(**EMPLOYEES_ONLY, **{**ASKING, **learning}, task_share=0.6, steps=300), "directory")
    rest = 0.1 / 0.12
    assert close(directory, (rest * (1 - 0.88 ** np.arange(1, 301)))[:, None], 1e-9)


def test_who_waits_for_an_answer_creates_less_next_week_and_who_helped_has_less_attention():
    costly = {"engagement_space": 0, "problem_cost": 0.25}
    hindered, value, _ = followed(alone(**EMPLOYEES_ONLY, **{**ASKING, **costly, "problem_rate": 0.5}),
                                  "hindered", "value")  # fmt: skip
    assert 0 < hindered.mean() < 1
    full = value[0, 0]
    assert close(value[1:], full * (1 - 0.25 * hindered[:-1]), 1e-8)
    handled, load, _ = followed(alone(**PURE, **{**ASKING, "handling_cost": 0.01}), "handled", "contact_load")
    assert handled.max() > 10
    assert (load[0] == 0).all()
    assert close(load[1:], np.minimum(1, 0.01 * handled[:-1]), 1e-12)


def test_outsiders_ask_the_employee_they_know_best():
    design = alone(**{**ASKING, "problem_rate": 1}, steps=1, boundary_share=0.5, third_order_degree=0)
    model = EngagementModel(design, seed=4)
    outsiders = [m for m in model.members if m.role and m.ties]
    assert outsiders
    target = model.members[0]
    for m in outsiders:
        strengths = {tie.partner_of(m): tie.strength for tie in m.ties if tie.partner_of(m).role == 0}
        following = m.passes_to(target)
        assert following is target if target in strengths else strengths[following] == max(strengths.values())


def test_a_request_gets_stuck_where_the_way_is_empty():
    design = alone(**PURE, **ASKING, steps=1)
    model = EngagementModel(design, seed=0)
    model.design()
    members = model.members
    assert [m.place for m in path_of(members[15], members[30])] == [15, 7, 3, 1, 0, 2, 6, 14, 30]
    members[6].leave()
    assert [m.place for m in path_of(members[15], members[30])] == [15, 7, 3, 1, 0, 2]
    assert members[15].steps_to(members[30]) == 0
    assert members[14].steps_to(members[30]) == 1


def path_of(asker, target):
    path = [asker]
    while path[-1] is not target and (following := path[-1].passes_to(target)) is not None:
        path.append(following)
    return path


def test_a_tie_across_the_line_is_a_short_cut():
    design = alone(**{**PURE, "lateral_tie_rate": 2.0}, **ASKING, steps=1)
    model = EngagementModel(design, seed=0)
    model.design()
    network = build(design.values, 0)
    pairs = list(pairwise(range(31)))
    steps = [model.members[i].steps_to(model.members[j]) for i, j in pairs]
    tree = [len(way(network, i, j)) - 1 for i, j in pairs]
    assert min(steps) == 1
    assert sum(steps) < 0.8 * sum(tree)


def test_a_leaver_costs_partners_and_a_newcomer_starts_anew():
    design = alone(**EMPLOYEES_ONLY, **{**ASKING, "directory_start": 0.8, "directory_loss": 0.5}, steps=1)
    model = EngagementModel(design, seed=0)
    leaver = model.members[3]
    strengths = {tie.partner_of(leaver): tie.strength for tie in leaver.ties}
    model.design()
    leaver.leave()
    for m in model.members:
        assert m is leaver or m.directory == pytest.approx(0.8 * (1 - 0.5 * strengths.get(m, 0)))
    leaver.directory = 0.1
    leaver.arrive()
    assert leaver.directory == 0.8


@pytest.mark.parametrize("engine", ["compiled", "mesa"])
def test_switched_off_in_mid_run_nothing_is_left_waiting(engine):
    design = scheduled(lively(problem_cost=0.5), (4, "problem_rate", 0))
    run = simulate(design, seed=3, engine=engine)
    found = sums(run)
    assert (found["requests"][:4] > 0).any()
    assert (found["requests"][4:] == 0).all()
    assert (run.last["handled"] == 0).all()
    assert (run.last["hindered"] == 0).all()


@pytest.mark.parametrize(
    "changes", [{"record_store": 1}, {"engagement_space": 0}, {"max_hops": 2}, {"exit_hazard": 0.2}]
)
def test_both_engines_and_any_threads_agree(changes):
    design = scheduled(lively(span_of_control=2, **changes), (3, "problem_rate", 0), (6, "problem_rate", 1))
    runs = [simulate(design, seed=8), simulate(design, seed=8, engine="mesa"), simulate(design, seed=8, threads=3)]
    assert len({run.digest for run in runs}) == 1
