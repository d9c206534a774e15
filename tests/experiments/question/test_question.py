from __future__ import annotations

import pytest

from engagesim.design.files import shipped
from engagesim.experiments.question.plan import Plan
from engagesim.experiments.question.question import Question
from engagesim.experiments.worlds import ranges_of, worlds_of
from engagesim.problems import InputError


def problems_of(tmp_path, text: str) -> list[tuple[int | None, str]]:
    path = tmp_path / "asked.toml"
    path.write_text(text)
    with pytest.raises(InputError) as caught:
        Question.load(str(path))
    return [(p.line, f"{p.key} {p.message}") for p in caught.value.problems]


@pytest.mark.parametrize("name", shipped("experiments"))
def test_shipped_questions_load_and_say_what_they_ask(name):
    asked = Question.load(name)
    assert asked.arms
    assert asked.title
    assert asked.description


def test_settings_hold_in_every_arm(tmp_path):
    path = tmp_path / "asked.toml"
    path.write_text(
        'arms = ["the_pyramid", "wirearchy"]\nreplicates = 7\n[set]\nsteps = 9\ndemand = { employee = 0.2 }\n'
    )
    asked = Question.load(str(path))
    assert asked.replicates == 7
    assert [arm.values["steps"] for arm in asked.arms] == [9, 9]
    assert [arm.values["demand"][0] for arm in asked.arms] == [0.2, 0.2]


def test_every_problem_is_named_with_its_line(tmp_path):
    found = problems_of(tmp_path, "arms = []\nreplicate = 3\nseed = -1\nworlds = true\ntitle = 4\n")
    assert [line for line, _ in sorted(found)] == [1, 2, 3, 4, 5]
    assert "did you mean replicates?" in dict(found)[2]


def test_an_unknown_arm_and_a_wrong_setting_are_named(tmp_path):
    assert "did you mean the_pyramid?" in problems_of(tmp_path, 'arms = ["the_piramid", "wirearchy"]\n')[0][1]
    line, message = problems_of(tmp_path, 'arms = ["the_pyramid", "wirearchy"]\n[set]\nimposed = 3\n')[0]
    assert (line, "must be 0 to 1" in message) == (3, True)


def test_a_design_that_cannot_be_read_hides_nothing_that_is_wrong_whatever_it_is(tmp_path):
    text = (
        'arms = ["the_piramid"]\n[levers]\ncapture_share = [1.5]\nemployes = [1, 2]\n"badges.value" = [0.1]\n'
        '[design.levers]\nkind = "factoriel"\n'
    )
    found = dict(problems_of(tmp_path, text))
    assert "must be 0 to 1" in found[3]
    assert "did you mean employees?" in found[4]
    assert 5 not in found  # nobody knows what rewards that design has
    assert "did you mean factorial?" in found[7]


def test_numbers_that_an_outcome_cannot_have_are_told_with_what_a_percentage_would_be(tmp_path):
    text = (
        'arms = ["the_pyramid"]\n[matters]\nparticipation = 5\n[acceptable]\ntrust = { at_least = 60 }\n'
        '[[targets]]\nmeasure = "exits"\nvalue = 2\n[[targets]]\nmeasure = "value_created"\nvalue = 200\n'
    )
    found = dict(problems_of(tmp_path, text))
    assert found[3].endswith("participation is 0 to 1 (share of members); 5 % is 0.05")
    assert found[5].endswith("trust is 0 to 1 (share); 60 % is 0.6")
    assert found[8].endswith("exits is 0 to 1 (share of members per week); 2 % is 0.02")
    assert len(found) == 3


def test_a_file_of_another_kind_is_said_to_be_one(tmp_path):
    [(_, claim)] = problems_of(tmp_path, 'claim = "Pay helps."\n[arms.a]\nscenario = "the_pyramid"\n')
    [(_, scenario)] = problems_of(tmp_path, 'extends = "the_pyramid"\n')
    assert "is a claim, not an experiment: engagesim hypotheses" in claim
    assert "is a scenario, not an experiment: engagesim run" in scenario


FILE = """
arms = ["the_suggestion_machine", "badges_on_top"]
measures = ["trust", "contribution_gini"]
windows = ["late"]
groups = ["everyone", "employee"]
[levers]
capture_share = [0.3, 0.5]
"badges.value" = { low = 0.0, high = 0.2, levels = 3 }
[uncertainties]
help_value = { low = 0.0, high = 1.0 }
team_size = { low = 4, high = 12 }
[design.uncertainties]
kind = "latin_hypercube"
points = 6
[matters]
trust = 0.05
[acceptable]
trust = { at_least = 0.4 }
"""


def question(tmp_path, text: str) -> Question:
    path = tmp_path / "asked.toml"
    path.write_text(text)
    return Question.load(str(path))


def test_levers_uncertainties_outcomes_and_what_matters_are_read(tmp_path):
    asked = question(tmp_path, FILE)
    assert [(f.key, f.lever, len(f.values)) for f in asked.factors] == [
        ("capture_share", True, 2), ("badges.value", True, 3), ("help_value", False, 2), ("team_size", False, 2),
    ]  # fmt: skip
    assert [c.name for c in asked.columns] == [
        "trust_late", "trust_late_employee", "contribution_gini_end", "contribution_gini_end_employee",
    ]  # fmt: skip
    assert (asked.matters["trust"], asked.acceptable["trust"].at_least) == (0.05, 0.4)
    plan = Plan.of(asked)
    assert (len(plan.points), len(plan.worlds)) == (6, 6)
    assert all(world["team_size"] in range(4, 13) for _, world in plan.worlds)
    assert {type(world["team_size"]) for _, world in plan.worlds} == {int}


def test_worlds_alone_are_drawn_from_what_the_arms_declare_beside_the_one_as_stated(tmp_path):
    asked = question(tmp_path, 'arms = ["the_pyramid", "wirearchy"]\nworlds = 5\n')
    plan = Plan.of(asked)
    assert [number for number, _ in plan.worlds] == [0, 1, 2, 3, 4, 5]
    assert plan.worlds[0][1] == {}
    drawn = worlds_of(ranges_of(asked.arms), 5, asked.seed)
    assert drawn["help_value"].tolist() == pytest.approx([world["help_value"] for _, world in plan.worlds[1:]])


@pytest.mark.parametrize(
    ("kind", "more", "points"),
    [
        ("factorial", "", 2 * 3),
        ("one_at_a_time", "", 1 + 2 + 3),
        ("latin_hypercube", "points = 7", 7),
        ("sobol", "points = 4", 4 * (2 + 2)),
        ("sobol", "points = 4\nsecond_order = true", 4 * (2 * 2 + 2)),
        ("morris", "points = 5", 5 * 3),
        ("list", "list = [{ capture_share = 0.4 }, { own_share = 0.1 }, {}]", 3),
    ],
)
def test_designs_have_their_points(tmp_path, kind, more, points):
    levers = "capture_share = { low = 0.1, high = 0.5 }\nreturn_share = { low = 0.0, high = 0.5, levels = 3 }\n"
    asked = question(tmp_path, f'arms = ["the_pyramid"]\n[levers]\n{levers}[design]\nkind = "{kind}"\n{more}\n')
    plan = Plan.of(asked)
    assert (len(plan.points), len(plan.worlds)) == (points, 1)
    assert plan.document() == Plan.of(asked).document()
    for _, point in plan.points:
        assert 0.1 <= point.get("capture_share", 0.1) <= 0.5


@pytest.mark.parametrize(
    ("text", "line", "message"),
    [
        ("[levers]\ncapture_shar = [0.1]\n", 3, "did you mean capture_share?"),
        ("[levers]\ncapture_share = [0.1, 1.7]\n", 3, "1.7: must be 0 to 1"),
        ("[levers]\ncapture_share = [0.1, 0.1]\n", 3, "twice"),
        ("[levers]\ncapture_share = { low = 0.5, high = 0.2 }\n", 3, "must be below"),
        ("[levers]\ncapture_share = { low = 0.5, hihg = 0.7 }\n", 3, "did you mean high?"),
        ("[levers]\nsharing_rule = { low = 0, high = 1 }\n", 3, "list the values"),
        ('[levers]\nsharing_rule = ["none", "equall"]\n', 3, "did you mean equal?"),
        ("[levers]\ncapture_share = [0.1]\n[uncertainties]\ncapture_share = [0.2]\n", 5, "varies already"),
        ("[levers]\ncapture_share = [0.1]\n[design]\nkind = 'factorail'\n", 5, "did you mean factorial?"),
        ("[levers]\ncapture_share = [0.1]\n[design]\nkind = 'factorial'\npoints = 3\n", 6, "takes none"),
        ("[levers]\ncapture_share = [0.1]\n[design]\nkind = 'morris'\n", 5, "morris needs ranges"),
        ("[levers]\nfloor = { low = 0, high = 1 }\n[design]\nkind = 'sobol'\npoints = 6\n", 3, "unknown key"),
        ("[levers]\ndrain = { low = 0, high = 1 }\n[design]\nkind = 'sobol'\npoints = 6\n", 6, "power of two"),
        ("[design]\nkind = 'factorial'\n", 3, "nothing to vary"),
        ("[design]\nkind = 'list'\nlist = [{ capture_share = 3 }]\n", 4, "must be 0 to 1"),
        ("measures = ['trst']\n", 2, "did you mean trust?"),
        ("windows = ['late', 'later']\n", 2, "did you mean late?"),
        ("[matters]\ntrst = 0.1\n", 3, "did you mean trust?"),
        ("[acceptable]\ntrust = { at_leest = 0.1 }\n", 3, "did you mean at_least?"),
        ("[precision]\nmeasure = 'trust'\nhalf_width = 0\n", 4, "must be above 0"),
        ("[[targets]]\nmeasure = 'trust'\nvalue = 'high'\n", 4, "must be a finite number"),
        ("[levers]\ncapture_share = [0.3, 0.9]\nown_share = [0.1, 0.5]\n", 2, "capture_share + own_share = 1.4"),
    ],
)
def test_problems_of_what_varies_are_named_with_their_line(tmp_path, text, line, message):
    found = problems_of(tmp_path, f'arms = ["the_suggestion_machine"]\n{text}')
    assert [where for where, words in found if message in words] == [line], found
