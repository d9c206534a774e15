"""Outcomes of one run: windows, windows less others, events that never happen."""

from pathlib import Path

import numpy as np
import pytest

from engagesim import InputError, Scenario, simulate
from engagesim.design.files import Document
from engagesim.experiments.question.columns import Column, outcomes_of, over
from engagesim.experiments.question.plan import Plan
from engagesim.experiments.question.question import Question
from engagesim.experiments.runner.sweep import sweep_frame
from tests.experiments.asked import PAIR, SMALL, asked


def test_outcomes_agree_with_a_run():
    design = Scenario.load("say_one_thing_do_another").changed(steps=12, employees=12, customers=4, partners=2)
    columns = (
        Column("effort", (3, 5), "employee"), Column("effort", "end", "employee", less=(1, 1)),
        Column("contribution_gini"), Column("gap_found_week", never=True), Column("gap_found_week"),
    )  # fmt: skip
    found = outcomes_of(design, columns, 7)
    run = simulate(design, seed=7)
    weekly = run.weeks.query("group == 'employee'")["effort"].to_numpy()
    assert found[0] == pytest.approx(weekly[2:5].mean())
    assert found[1] == pytest.approx(weekly[-1] - weekly[0])
    assert found[2] == pytest.approx(run.measures["contribution_gini"])
    assert found[3] == (13.0 if np.isnan(found[4]) else found[4])


def test_weeks_beyond_the_run_have_no_value():
    series = np.array([1.0, 2.0, 3.0])
    assert over(series, (2, 9)) == 2.5
    assert np.isnan(over(series, (5, 9)))


OUTCOMES = [
    {"measure": "trust", "window": [3, 5]},
    {"measure": "effort", "window": "end", "less": [1, 1], "group": "employee"},
    {"measure": "gap_found_week", "never": True},
]


def test_a_file_lists_outcomes_of_its_own():
    data = {"arms": PAIR, "replicates": 2, "set": SMALL, "outcomes": OUTCOMES}
    frame = sweep_frame(Question.of(Document(str(Path("asked.toml").absolute()), Path().absolute(), data, {})))
    names = ["trust_weeks_3_5", "effort_end_less_weeks_1_1_employee", "gap_found_week_whole_or_never"]
    assert list(frame.columns)[-3:] == names
    both = asked(outcomes=OUTCOMES[:1])
    assert [c.name for c in both.columns] == ["trust_early", "trust_late", "effort_early", "effort_late", names[0]]
    assert both.columns[-1].title.endswith(", weeks 3 to 5")


@pytest.mark.parametrize(
    ("outcome", "message"),
    [
        ({"measure": "trust", "window": [5, 3]}, "must be early, late, whole, end, or a list of first and last week"),
        ({"measure": "trusty"}, "unknown measure"),
        ({"measure": "contribution_gini", "less": "early"}, "is not taken week by week"),
        ({"measure": "trust", "weeks": 3}, "unknown key"),
    ],
)
def test_what_is_wrong_with_an_outcome_is_said(outcome, message):
    with pytest.raises(InputError, match=message):
        asked(outcomes=[outcome])


LISTED = {"kind": "list", "list": [{"help_value": 0.2}, {"help_value": 0.2}], "seeds": [5, 6]}


def test_points_of_a_list_may_have_luck_of_their_own():
    frame = sweep_frame(asked(design={"uncertainties": LISTED}))
    assert (frame.groupby(["world", "replicate"])["seed"].nunique() == 1).all()
    assert frame["seed"].nunique() == 4
    values = frame.query("arm == 'badges_on_top' and replicate == 0")["trust_late"]
    assert values.nunique() == 2
    together = sweep_frame(asked(design=LISTED))
    assert list(together["seed"]) == list(frame["seed"])
    alone = sweep_frame(asked(seed=6))
    assert list(frame.query("world == 2")["seed"]) == list(alone["seed"])


def test_seeds_belong_to_the_plan():
    plans = [Plan.of(asked(design={"uncertainties": {**LISTED, "seeds": seeds}})) for seeds in ([5, 6], [5, 7], [])]
    assert len({plan.design_id for plan in plans}) == 3


@pytest.mark.parametrize(
    ("design", "message"),
    [
        ({"uncertainties": {**LISTED, "seeds": [1]}}, "lists 1 for 2 points"),
        ({"uncertainties": {**LISTED, "seeds": [1, -1]}}, "whole numbers"),
        ({"levers": LISTED}, "policies share their luck"),
        ({"uncertainties": {"kind": "latin_hypercube", "seeds": [1]}}, "takes none"),
    ],
)
def test_seeds_that_do_not_fit_are_refused(design, message):
    with pytest.raises(InputError, match=message):
        asked(design=design, uncertainties={"drain": {"low": 0.0, "high": 1.0}})
