import pickle
from pathlib import Path

import pytest

from engagesim.design.differences import differences
from engagesim.design.files import shipped
from engagesim.design.scenario import Scenario

from .conftest import Write, problems_of

TWO_ROLES = "[asking]\ndemand = { employee = 0.6, customer = 0.1 }\n"


def test_a_child_keeps_what_it_does_not_change_along_the_whole_chain(write: Write):
    write("[value]\ncapture_share = 0.2\nown_share = 0.1\n", "a.toml")
    write("extends = '../a.toml'\n[value]\nown_share = 0.5\n", "deep/b.toml")
    child = Scenario.load(write("extends = 'deep/b.toml'\n[asking]\nimposed = 0\n"))
    assert child.lineage == ("b", "a")
    assert [child.values[key] for key in ("capture_share", "own_share", "imposed")] == [0.2, 0.5, 0.0]
    assert {key: note.path for key, note in child.notes.items()} == {
        "capture_share": "deep/../a.toml",
        "own_share": "deep/b.toml",
        "imposed": "mine.toml",
    }
    assert differences(child) == {"imposed": (0.5, 0.0)}


def test_a_circle_through_several_files_is_named(write: Write):
    write("extends = 'b.toml'", "a.toml")
    write("\nextends = './mine.toml'", "b.toml")
    (problem,) = problems_of(lambda: Scenario.load(write("extends = 'a.toml'")))
    assert (problem.path, problem.line) == ("b.toml", 2)
    assert problem.message == "goes round in a circle: mine.toml -> a.toml -> b.toml -> mine.toml"


def test_a_file_of_another_kind_and_a_name_without_its_ending_are_told(write: Write):
    write('arms = ["the_pyramid"]\n', "asked.toml")
    [problem] = problems_of(lambda: Scenario.load("asked.toml"))
    assert problem.message.startswith("is an experiment, not a scenario: engagesim sweep runs it")
    [problem] = problems_of(lambda: Scenario.load("asked"))
    assert problem.message.endswith("no shipped name of scenarios; did you mean asked.toml?")


def test_roles_left_out_keep_the_value_of_the_parent(write: Write):
    write(TWO_ROLES, "a.toml")
    assert Scenario.load("a.toml").values["demand"] == (0.6, 0.1, 0.1)
    child = Scenario.load(write("extends = 'a.toml'\n[asking.demand]\npartner = 0.7\n"))
    assert child.values["demand"] == (0.6, 0.1, 0.7)
    everyone = Scenario.load(write("extends = 'a.toml'\n[asking]\ndemand = 0.3\n"))
    assert everyone.values["demand"] == (0.3, 0.3, 0.3)


def test_a_value_keeps_its_basis_by_role_and_as_a_whole(write: Write):
    text = "[asking]\ndemand = { value = { partner = 0.2 }, unit = 'share of full effort', basis = 'REPORTED', "
    scenario = Scenario.load(write(text + "source = 'X1' }\nimposed = { value = 1, why = 'so' }"))
    note = scenario.notes["demand.partner"]
    assert scenario.values["demand"] == (0.4, 0.0, 0.2)
    assert (note.basis, note.source, note.line) == ("REPORTED", "X1", 2)
    assert (scenario.notes["imposed"].basis, scenario.notes["imposed"].why) == (None, "so")


def test_instruments_start_from_defaults_then_preset_then_parent(write: Write):
    write(
        "[[instruments]]\nname = 'badges'\npreset = 'badges'\nvalue = 0.03\n[[instruments]]\nname = 'cup'\n", "a.toml"
    )
    first = {i.name: i.attributes for i in Scenario.load("a.toml").instruments}
    assert (first["badges"]["value"], first["badges"]["novelty_half_life"], first["badges"]["cost"]) == (0.03, 8.0, 1.0)
    text = (
        "extends = 'a.toml'\n[[instruments]]\nname = 'badges'\ncost = 2\n[[instruments]]\nname = 'cup'\nremove = true\n"
    )
    (badges,) = Scenario.load(write(text)).instruments
    assert badges.attributes == {**first["badges"], "cost": 2.0}
    text = "extends = 'a.toml'\n[[instruments]]\nname = 'badges'\npreset = 'bonus'\n"
    assert Scenario.load(write(text)).instruments[0].attributes["value"] == 0.05


def test_removing_an_instrument_removes_what_refers_to_it(write: Write):
    text = "[[instruments]]\nname = 'cup'\n[[schedule]]\nat = 5\nset = { cup.value = 0, imposed = 1 }\n"
    write(text + "[uncertainties]\ncup.value = { low = 0, high = 1 }\n", "a.toml")
    child = Scenario.load(write("extends = 'a.toml'\n[[instruments]]\nname = 'cup'\nremove = true\n"))
    assert [change.key for change in child.schedule] == ["imposed"]
    assert child.uncertainties == {}


def test_schedules_add_up_and_a_child_replaces_the_same_change(write: Write):
    write("[[schedule]]\nat = 9\nset = { imposed = 1, demand = 0.2 }\n", "a.toml")
    text = "extends = 'a.toml'\n[[schedule]]\nat = 3\nset = { asking.imposed = 0.1 }\n"
    text += "[[schedule]]\nat = 9\nset = { imposed = 0.3 }"
    changes = [(c.at, c.key, c.value) for c in Scenario.load(write(text)).schedule]
    roles = [(9, f"demand.{role}", 0.2) for role in ("customer", "employee", "partner")]
    assert changes == [(3, "imposed", 0.1), *roles, (9, "imposed", 0.3)]


def test_settings_change_roles_choices_instruments_and_groups():
    sets = ["demand.employee=0.3", "sharing_rule = ownership", "badges.value=1e-2", "value.own_share=0.2",
            "sharing_weight={ partner = 0.5 }", "exit_hazard=0.1", "badges.contingency=unexpected"]  # fmt: skip
    scenario = Scenario.load("badges_on_top", sets)
    assert scenario.values["demand"][0] == 0.3
    assert scenario.values["sharing_weight"] == (1.0, 0.0, 0.5)
    assert scenario.values["exit_hazard"] == (0.1, 0.1, 0.1)
    assert (scenario.values["sharing_rule"], scenario.values["own_share"]) == ("ownership", 0.2)
    attributes = scenario.instruments[0].attributes
    assert (attributes["value"], attributes["contingency"]) == (0.01, "unexpected")
    assert scenario.notes["own_share"].path == "--set"


def test_every_bad_setting_is_named():
    sets = ["capture_share=2", "capture=1", "demand.employee=x", "steps=10.5", "sharing_rule=equl", "badges.value=no"]
    keys = [(p.path, p.line, p.key) for p in problems_of(lambda: Scenario.load("badges_on_top", sets))]
    expected = ["capture_share = 2", "capture", 'demand.employee = "x"', "steps = 10.5", 'sharing_rule = "equl"',
                'badges.value = "no"']  # fmt: skip
    assert keys == [("--set", None, key) for key in expected]
    problem, other = problems_of(lambda: Scenario.load("badges_on_top", ["imposed", "capture_share=2"]))
    assert problem.message == "must be key=value"
    assert other.key == "capture_share = 2"
    (problem,) = problems_of(lambda: Scenario.load("badges_on_top", ["own_share=0.9"]))
    assert (problem.path, problem.line) == ("--set", None)


def test_changed_checks_its_values_and_leaves_the_original():
    base = Scenario.load("plain_organization")
    changed = base.changed(demand=(0.1, 0.2, 0.3), exit_hazard={"partner": 0.5}, imposed=1)
    assert (changed.values["demand"], changed.values["imposed"]) == ((0.1, 0.2, 0.3), 1.0)
    assert changed.values["exit_hazard"] == (0.002, 0.004, 0.5)
    assert base.values["imposed"] == 0.5
    assert base.digest != changed.digest
    assert [p.key for p in problems_of(lambda: base.changed(imposed=2, nonsense=1))] == ["imposed = 2", "nonsense"]


def test_network_files_are_found_beside_the_scenario_and_their_content_counts(write: Write):
    write("id,x\n", "net/edges.csv")
    write("[structure]\nform = 'file'\nnetwork_file = 'edges.csv'\n", "net/mine.toml")
    first = Scenario.load("net/mine.toml")
    digest = first.digest
    assert first.values["network_file"] == str(Path("net/edges.csv").absolute())
    write("id,y\n", "net/edges.csv")
    assert Scenario.load("net/mine.toml").digest != digest
    Path("net/edges.csv").unlink()
    (problem,) = problems_of(lambda: first.digest)
    assert "cannot be read" in problem.message


def test_digest_ignores_words_and_uncertainties_and_sees_every_outcome(write: Write):
    base = Scenario.load("badges_on_top")
    words = "title = 'z'\ndescription = 'z'\nsource = 'z'\nwatch = 'z'\nextends = 'badges_on_top'\n"
    words += "[uncertainties]\nimposed = { low = 0, high = 1 }\n[value]\nreturn_share = { value = 0.05, why = 'z' }\n"
    assert Scenario.load(write(words)).digest == base.digest
    others = ["steps=155", "badges.cost=2", "demand.partner=0.11"]
    digests = {base.with_sets([text]).digest for text in others}
    digests.add(Scenario.load(write("extends = 'badges_on_top'\n[[schedule]]\nat = 1\nset = { imposed = 1 }")).digest)
    assert len(digests | {base.digest}) == 5


def test_zero_is_one_value_however_it_is_written():
    base = Scenario.load("plain_organization")
    assert len({base.with_sets([f"imposed={text}"]).digest for text in ("0", "0.0", "-0.0", "0e5")}) == 1


@pytest.mark.parametrize("name", shipped("scenarios"))
def test_shipped_scenarios_load_say_what_to_watch_and_survive_writing_and_pickling(name: str, write: Write):
    scenario = Scenario.load(name)
    assert scenario.title.lower().translate(str.maketrans(" -", "__", ",")) == name
    assert scenario.description
    assert scenario.watch
    assert scenario.source
    again = Scenario.load(write(scenario.to_toml()))
    for part in ("title", "values", "instruments", "schedule", "uncertainties", "digest"):
        assert getattr(again, part) == getattr(scenario, part)
    assert pickle.loads(pickle.dumps(scenario)) == scenario


def test_the_plain_organization_is_the_defaults_and_the_new_label_is_only_a_label():
    assert differences(Scenario.load("plain_organization")) == {}
    assert differences(Scenario.load("plain_organization", ["imposed=5e-1"])) == {}
    label, twin = Scenario.load("new_label_same_rules"), Scenario.load("the_suggestion_machine")
    assert label.digest == twin.digest
    assert label.title != twin.title


def test_both_reward_schemes_cost_the_same():
    budgets = {Scenario.load(name).values["budget"] for name in ("badges_on_top", "thank_you_and_training")}
    assert budgets == {0.02}


def test_a_shorter_run_leaves_later_changes_out_and_writes_a_file_that_loads(tmp_path):
    path = tmp_path / "later.toml"
    path.write_text('title = "Later"\nextends = "badges_on_top"\n[[schedule]]\nat = 52\nset = { imposed = 1 }\n')
    short = Scenario.load(path).changed(steps=20)
    path.write_text(short.to_toml())
    again = Scenario.load(path)
    assert again.schedule == ()
    assert (again.levers().values == short.levers().values).all()


def test_a_reward_can_be_switched_off_by_its_value():
    assert Scenario.load("badges_on_top", ["badges.value=0"]).instruments[0].attributes["value"] == 0.0


def test_a_design_shows_itself_in_one_line():
    shown = repr(Scenario.load("badges_on_top").changed(steps=7))
    assert shown == "Scenario(badges_on_top < the_suggestion_machine < plain_organization, 7 weeks)"
