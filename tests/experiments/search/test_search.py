import sys
from dataclasses import replace

import pytest

from engagesim import InputError, Scenario
from engagesim.experiments.search.goals import bounds_of, goal_of, goals_of
from engagesim.experiments.search.search import Ask, search
from engagesim.experiments.search.space import INSTRUMENTS, starts
from engagesim.report.front import no_better, search_figure
from engagesim.report.readme import search_readme
from tests.small import small

BASE = small("plain_organization")


def asked(conditions: str = "", **sizes: int) -> Ask:
    goals = (goal_of("late_participation", ""), 1), (goal_of("cost", ""), -1)
    return Ask(goals, bounds_of(conditions), **{"trials": 14, "worlds": 2, **sizes})


def test_a_repeated_search_gives_the_same_designs():
    first, second = search(BASE, asked("exhaustion<0.5")), search(BASE, asked("exhaustion<0.5"))
    assert first.tried.equals(second.tried)
    assert [d.digest for d in first.designs] == [d.digest for d in second.designs]
    other = search(BASE, asked("exhaustion<0.5", seed=1))
    assert not other.tried.equals(first.tried)


def test_the_front_keeps_every_condition_and_nothing_beats_it():
    found = search(BASE, asked("cost<=0.04,exhaustion<0.5"))
    tried = found.tried
    assert (tried["cost"] <= 0.04).eq(tried["feasible"]).all()
    for row in found.front.to_dict("records"):
        better = tried[tried["feasible"] & (tried["late_participation"] >= row["late_participation"])]
        assert not (better["cost"] < row["cost"]).any()
    assert len(found.designs) == len(found.front) > 0


def test_a_design_of_the_front_loads_from_its_file_and_gives_the_same_numbers(tmp_path):
    found = search(BASE, asked(worlds=1))
    path = tmp_path / "scheme.toml"
    path.write_text(found.designs[0].to_toml())
    again = Scenario.load(path)
    assert again.digest == found.designs[0].digest
    assert again.notes["return_share"].basis == "ASSUMED"


def test_the_base_is_the_first_scheme_that_is_tried_then_each_instrument_alone():
    found = search(BASE, asked(worlds=1, trials=8))
    assert found.tried.iloc[0]["late_participation"] == pytest.approx(found.base_outcomes["late_participation"])
    assert len(starts(BASE, structure=True)) == 1 + len(INSTRUMENTS)


def test_no_scheme_that_keeps_the_conditions_is_said():
    found = search(BASE, asked("exhaustion<0", trials=4))
    assert (len(found.front), found.designs) == (0, ())
    assert "No scheme that was tried keeps every condition" in search_readme(found, "engagesim design")
    assert "0 schemes on the front" in search_figure(found).alt


def test_the_readme_has_no_empty_paragraph_where_something_beats_the_base():
    found = search(BASE, asked(worlds=1, trials=4))
    better = replace(found, base_outcomes={name: value - 0.1 for name, value in found.base_outcomes.items()})
    assert no_better(found)
    assert no_better(better) == ""
    assert "\n\n\n" not in search_readme(better, "engagesim design")
    assert "\n\n\n" not in search_readme(found, "engagesim design")


def test_goals_and_conditions_are_read_as_typed():
    (bound,) = bounds_of("exhaustion < 0.4")
    assert (bound.text, bound.excess(0.5), bound.excess(0.3) < 0) == ("late_exhaustion < 0.4", pytest.approx(0.1), True)
    assert [g.name for g in goals_of("cost, early_trust,trust", "")] == ["cost", "early_trust", "late_trust"]


@pytest.mark.parametrize("text", ["exhaustion", "exhaustio<0.4", "cost<=cheap", "<3"])
def test_what_is_no_condition_is_refused(text: str):
    with pytest.raises(InputError, match="--subject-to"):
        bounds_of(text)


@pytest.mark.parametrize(("text", "hint"), [
    ("exhaustion < 0,4", "a number has a decimal point"),
    ("cost<=0,05,exhaustion<0.4", "a number has a decimal point"),
    ("exhaustion<40%", "40 % is 0.4"),
    ("exhaustion<40", "outside 0 to 1"),
    ("late_trust>=-0.1", "outside 0 to 1"),
])  # fmt: skip
def test_a_condition_typed_as_people_write_numbers_is_told_how_it_is_typed_here(text: str, hint: str):
    with pytest.raises(InputError, match=hint) as error:
        bounds_of(text)
    assert len(error.value.problems) == 1


def test_a_limit_on_what_is_no_share_may_be_any_number():
    assert [b.limit for b in bounds_of("value_per_member>=1.5,cost<=2")] == [1.5, 2.0]


def test_without_optuna_there_is_a_plain_message(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setitem(sys.modules, "optuna", None)
    with pytest.raises(InputError, match="pip install"):
        search(Scenario.load("plain_organization"), asked())
