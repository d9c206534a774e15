"""Schemes as a question: one base, equal cost, withdrawal in mid run."""

from pathlib import Path

import numpy as np
import pytest

from engagesim import InputError, Scenario, compare, simulate
from engagesim.experiments.choice.costing import MEASURES, equal_cost, shares_otherwise
from engagesim.experiments.choice.withdrawal import middle, withdrawn
from engagesim.experiments.question.question import Question
from engagesim.experiments.reduction import reduced
from tests.small import PEOPLE, STEPS, small

SIZES = {**PEOPLE, "steps": STEPS}


@pytest.fixture(scope="module")
def schemes() -> tuple[Scenario, ...]:
    return tuple(arm.changed(**SIZES) for arm in Question.load("reward_schemes").arms)


def test_the_shipped_schemes_differ_in_how_they_reward_share_or_see_and_in_nothing_else(schemes: tuple[Scenario, ...]):
    first = schemes[0]
    assert len(schemes) >= 12
    allowed = {"return_share", "sharing_rule", "evaluator", "surveillance", "gaming_rate"}
    for arm in schemes[1:]:
        apart = {name for name, value in arm.values.items() if value != first.values[name]}
        assert apart <= allowed
        assert arm.instruments or shares_otherwise(arm, first)
    assert Question.load("reward_schemes", base="the_suggestion_machine").arms[0].values["capture_share"] == 0.7


def test_all_schemes_spend_the_same_beyond_the_baseline(schemes: tuple[Scenario, ...]):
    chosen = [schemes[0], *(a for a in schemes if a.name in ("badges", "fair_sharing", "shares_and_thanks"))]
    funded, fits = equal_cost(chosen, 0.03, seed=1)
    assert funded[0] == chosen[0]
    assert funded[1].values["budget"] == 0.03
    assert funded[3].values["budget"] == 0.015
    assert [fit.arm for fit in fits] == ["fair_sharing", "shares_and_thanks"]
    books = {a.name: reduced(a, 5, 60, ("reward_cost", *MEASURES), weekly=False).windows[:, 0, 2].T for a in funded}

    def paid(name: str) -> float:
        rewards, shared, members = books[name]
        return float((rewards + shared / members).mean())

    assert paid("fair_sharing") - paid("none") == pytest.approx(0.03, rel=0.15), "with other luck than it was fitted on"
    assert books["badges"][0].mean() == pytest.approx(0.03, rel=1e-3)
    assert [fit.reached for fit in fits] == pytest.approx([0.03, 0.015], rel=0.011)


def test_what_cannot_spend_a_budget_is_refused_and_another_split_is_no_scheme():
    machine, neighbours = small("the_suggestion_machine"), small("neighbours_helping_neighbours")
    assert not shares_otherwise(neighbours, machine)
    with pytest.raises(InputError, match="no design has a reward instrument or a sharing rule"):
        equal_cost([machine, neighbours], 0.02)


def test_even_all_of_it_may_not_be_enough():
    machine, fair = small("the_suggestion_machine"), small("fair_shares")
    _, (fit,) = equal_cost([machine, fair], 0.9)
    assert fit.return_share == 1.0
    assert fit.reached < 0.5 * fit.wanted


def test_a_withdrawn_scheme_is_itself_before_and_has_the_baseline_rules_after(schemes: tuple[Scenario, ...]):
    first = schemes[0]
    for arm in schemes[1:]:
        gone = withdrawn(arm, first)
        assert gone is not None
        week, own, base, off = middle(arm), arm.levers(), first.levers(), gone.levers()
        assert np.array_equal(off.values[:week], own.values[:week])
        assert np.array_equal(off.instruments[:week], own.instruments[:week])
        assert np.array_equal(off.values[week:], base.values[week:])
        assert (off.instruments[week:, :, 0] == 0.0).all()
        before = simulate(arm, seed=3).weeks.query("week <= @week")
        assert simulate(gone, seed=3).weeks.query("week <= @week").equals(before)


def test_what_is_fixed_for_a_run_cannot_be_withdrawn():
    machine = small("the_suggestion_machine")
    assert withdrawn(small("wirearchy"), machine) is None
    assert withdrawn(machine, small("badges_on_top")) is None


def test_a_withdrawn_scheme_that_did_nothing_leaves_nothing():
    idle = small("badges_on_top", "budget=0", "badges.value=0", "badges.informational=0")
    found = compare([small("the_suggestion_machine"), idle], replicates=4).decision
    assert found is not None
    assert found.tables["withdrawal"]["after"].tolist() == [0.0]
    assert found.tables["fates"]["change"].abs().max() == 0.0
    assert found.tables["fates"][["better", "worse", "left_here", "left_baseline"]].to_numpy().max() == 0.0


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("schemes = 3\nbase = 'plain_organization'", "must be at least two tables"),
        ("[[schemes]]\nname = 'a'\n[[schemes]]\nname = 'a'", "a name of its own"),
        ("[[schemes]]\nname = 'a'\n[[schemes]]\nname = 'b'", "must name the scenario"),
        ("base = 'plain_organization'\n[[schemes]]\nname = 'a'\n[[schemes]]\nname = 'b'\nvalu = 3", "line 6  valu"),
        ("base = 'plain_organisation'\n[[schemes]]\nname = 'a'\n[[schemes]]\nname = 'b'", "did you mean"),
        ("base = 'plain_organization'\nbudget = 2\n[[schemes]]\nname = 'a'\n[[schemes]]\nname = 'b'", "0 to 1"),
        ("arms = ['plain_organization', 'the_pyramid']\nbase = 'wirearchy'", "this one lists arms"),
    ],
)
def test_every_problem_of_a_file_of_schemes_is_told(tmp_path: Path, text: str, message: str):
    path = tmp_path / "mine.toml"
    path.write_text(text)
    with pytest.raises(InputError) as caught:
        Question.load(str(path))
    assert message in str(caught.value)
