import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

from engagesim import __version__
from engagesim.cli import COMMANDS
from engagesim.cli.example import Name
from engagesim.cli.list import Kind
from engagesim.cli.output import print_table
from engagesim.design import scenario
from engagesim.design.catalogue import BY_NAME
from engagesim.structures.shipped import SHIPPED
from tests.small import on_command_line

from ..experiments.claims.small import TEXT
from .calling import document, run

FIT = """
title = "Fit"
arms = ["plain_organization"]
replicates = 2
[uncertainties]
drain = { low = 0.0, high = 0.1 }
[design.uncertainties]
kind = "latin_hypercube"
points = 20
[[targets]]
measure = "effort"
value = 0.4
error = 0.1
"""


@pytest.fixture
def mine(here: Path) -> Path:
    path = Path("mine.toml")
    path.write_text("extends = 'badges_on_top'\n[value]\ncaptur_share = 0.2\n[asking]\nimposed = 7\n")
    return path


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_has_help_with_an_example_and_json(command: str):
    text = run(command, "--help").stdout
    assert f"Example: engagesim {command}" in text
    assert "--json" in text


def test_it_says_its_version():
    assert run("--version").stdout.strip() == f"engagesim {__version__}"


def test_help_lists_every_command_without_loading_any_library():
    code = (
        "import sys\nfrom engagesim.cli import app\n"
        "try:\n    app(['--help'])\nexcept SystemExit:\n    pass\n"
        "heavy = {'numpy', 'pandas', 'numba', 'mesa', 'scipy', 'networkx', 'seaborn', 'rich'} & set(sys.modules)\n"
        "sys.exit(f'imported {heavy}' if heavy else 0)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    assert all(f"  {name} " in done.stdout for name in COMMANDS)


@pytest.mark.parametrize(
    ("arguments", "suggestion"),
    [
        (["shwo"], "Did you mean 'show'?"),
        (["show", "the_pyramid", "--jsn"], "--json"),
        (["list", "mechanism"], "'mechanisms'"),
        (["show"], "scenario"),
        (["show", "the_pyramidd"], "did you mean the_pyramid?"),
    ],
)
def test_a_misspelt_call_exits_2_with_a_suggestion(arguments: list[str], suggestion: str):
    result = run(*arguments)
    assert (result.exit_code, result.stdout) == (2, "")
    assert suggestion in result.stderr
    assert "Traceback" not in result.stderr


def test_show_marks_what_differs_from_the_parent_and_states_bases():
    lines = [line.split() for line in run("show", "the_suggestion_machine").stdout.splitlines()]
    assert ["*", "capture_share", "0.4", "->", "0.7", "share", "ASSUMED"] in lines
    assert ["conditional_share", "0.5", "share", "REPORTED", "FischbacherGaechterFehr2001"] in lines
    assert not [line for line in lines if line[:2] == ["*", "help_value"]]


def test_show_prints_instruments_schedule_and_removals(mine: Path):
    mine.write_text(
        "extends = 'thank_you_and_training'\n[[instruments]]\nname = 'recognition'\nremove = true\n"
        "[[schedule]]\nat = 5\nuntil = 9\nset = { development.value = 0.5 }\n"
        "[uncertainties]\nhelp_value = { low = 0.1, high = 0.9 }\n"
    )
    text = run("show", "mine.toml").stdout
    assert text.startswith("Mine  (mine < thank_you_and_training < the_suggestion_machine < plain_organization)\n")
    assert ["help_value", "0.1", "0.9"] in [line.split() for line in text.partition("[uncertainties]")[2].splitlines()]
    assert "[[instruments]] development" in text
    assert "Removed from the parent: recognition" in text
    assert ["5", "9", "development.value", "0.5"] in [line.split() for line in text.splitlines()]


def test_show_as_json_holds_the_whole_design():
    shown = document("show", "badges_on_top", "--set", "demand.employee=0.3")
    assert shown["values"]["demand"] == {"employee": 0.3, "customer": 0.0, "partner": 0.1}
    assert shown["differs"]["demand"] == {"old": [0.55, 0.0, 0.1], "new": [0.3, 0.0, 0.1]}
    assert shown["differs"]["badges.value"] == {"old": None, "new": 0.02}
    assert {"name", "group", "value", "unit", "basis", "source", "why"} == set(shown["parameters"][0])
    assert len(shown["digest"]) == 64


def test_check_lists_every_problem_of_every_file(mine: Path):
    result = run("check", "mine.toml", "the_pyramid", "gone.toml", "--json")
    assert result.exit_code == 2
    files = {file["path"]: file["problems"] for file in json.loads(result.stdout)["files"]}
    assert [(p["line"], p["key"]) for p in files["mine.toml"]] == [(3, "captur_share"), (5, "imposed = 7")]
    assert files["the_pyramid"] == []
    assert set(files["gone.toml"][0]) == {"line", "key", "message"}
    text = run("check", "mine.toml", "the_pyramid").stdout
    assert "mine.toml: 2 problems\n  line 3  captur_share   unknown key; did you mean capture_share?\n" in text
    assert "the_pyramid: no problems" in text
    assert run("check", "the_pyramid").exit_code == 0


def test_check_knows_experiments_by_their_arms_or_schemes():
    assert run("check", "how_much_to_share", "reward_schemes").exit_code == 0


def test_check_helps_with_commas_empty_files_and_says_what_else_is_wrong_with_a_misnamed_reward(mine: Path):
    mine.write_text('title = "x"\n[value]\nreturn_share = 0,3\n')
    assert "line 3  is not valid TOML" in (text := run("check", "mine.toml").stdout)
    assert "a decimal point, such as 0.3" in text
    mine.write_text("")
    assert "is empty; a scenario says at least what it extends" in run("check", "mine.toml").stdout
    mine.write_text('title = "x"\n[[instruments]]\nname = "Prämie"\npreset = "premium"\n')
    text = run("check", "mine.toml").stdout
    assert "snake_case" in text
    assert "unknown preset" in text


def test_check_reads_the_network_that_a_scenario_names(mine: Path):
    mine.write_text("[structure]\nform = 'file'\nnetwork_file = 'edges.csv'\nroster_file = 'people.csv'\n")
    Path("edges.csv").write_text("source,target\na,b\na,x\n")
    Path("people.csv").write_text("id,role\na,employee\nb,customer\n")
    result = run("check", "mine.toml", "--json")
    files = {Path(file["path"]).name: file["problems"] for file in json.loads(result.stdout)["files"]}
    assert result.exit_code == 2
    assert [problem["line"] for problem in files["edges.csv"]] == [3]
    assert files["mine.toml"] == []


def test_lists_are_json_lists_of_named_items():
    scenarios, mechanisms = document("list", "scenarios"), document("list", "mechanisms")
    assert {"name": "the_pyramid", "title": "The pyramid"}.items() <= {i["name"]: i for i in scenarios}[
        "the_pyramid"
    ].items()
    assert [m["code"] for m in mechanisms[:3]] == ["M1", "M2", "M3"]
    assert "crowding_strength" in {m["name"]: m for m in mechanisms}["motivation"]["parameters"]
    assert isinstance(document("list", "experiments"), list)
    assert {"name", "title", "unit", "formula"} <= set(document("list", "measures")[0])
    _, header, *rows = run("list", "scenarios").stdout.splitlines()
    assert header.split() == ["name", "title", "source", "extends"], "no lists, no long descriptions"
    assert ["wirearchy", "Wirearchy"] in [row.split()[:2] for row in rows]


def test_steps_come_in_order():
    names = [step["name"] for step in document("steps")]
    assert names.index("decide") < names.index("create") < names.index("measure")
    assert "decide" in run("steps").stdout


def test_mechanisms_are_found_by_the_codes_and_steps_that_the_week_names():
    assert "engagesim list mechanisms M7" in run("steps").stdout
    for code in sorted({code for step in document("steps") for code in step["mechanisms"]}):
        found = json.loads(run("list", "mechanisms", code, "--json").stdout)
        assert [m["code"] for m in found] == [code]
    of_step = json.loads(run("list", "mechanisms", "come_and_go", "--json").stdout)
    assert [m["code"] for m in of_step] == ["M12", "M13"]


def test_bad_input_in_json_mode_is_one_document_too(mine: Path):
    result = run("show", "mine.toml", "--json")
    assert result.exit_code == 2
    assert [p["line"] for p in json.loads(result.stdout)["problems"]] == [3, 5]
    assert result.stderr.startswith("mine.toml: 2 problems")


def test_interruption_exits_130(monkeypatch: pytest.MonkeyPatch):
    def interrupted(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(scenario.Scenario, "load", interrupted)
    assert run("show", "the_pyramid").exit_code == 130


def test_the_installed_command_runs():
    done = subprocess.run(
        [sys.executable, "-c", "from engagesim.cli import main; main()", "list", "scenarios", "--json"],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0
    assert len(json.loads(done.stdout)) >= 9


@pytest.mark.usefixtures("here")
def test_example_writes_files_that_can_be_run_on():
    made = document("example", "florentine", "--out", "there")
    assert Path(made["edges"]).read_text().startswith("source,target")
    assert Path(made["roster"]).exists()
    assert run("example", "karate", "--out", made["edges"]).exit_code == 2
    assert run("example", "karat").exit_code == 2
    assert document("example", "florentine", "--out", "there") == made
    assert {name.value for name in Name} == {*SHIPPED, "scheme"}


@pytest.mark.usefixtures("here")
@pytest.mark.parametrize(("name", "file"), [("karate", "roster.csv"), ("scheme", "my_scheme.toml")])
def test_example_does_not_overwrite_what_somebody_has_made_of_it(name: str, file: str):
    Path("there").mkdir()
    (Path("there") / file).write_text("mine")
    result = run("example", name, "--out", "there")
    assert (result.exit_code, "holds something else; choose another folder" in result.stderr) == (2, True)
    assert [(path.name, path.read_text()) for path in Path("there").iterdir()] == [(file, "mine")]


@pytest.mark.usefixtures("here")
def test_the_scheme_to_copy_is_sound_with_and_without_its_comments():
    made = document("example", "scheme", "--out", "there")
    assert run("check", made["scheme"]).exit_code == 0
    text = Path(made["scheme"]).read_text()
    awake = re.sub(r"^# (?=\w+ = |\[)", "", text.partition("extends =")[2], flags=re.M)
    Path("awake.toml").write_text(f"extends ={awake}")
    assert run("check", "awake.toml").exit_code == 0
    assert awake.count("\n#") == 3, "lines of mere words; all keys are awake"


def test_check_explains_conflicts_and_says_so_by_its_exit_code(tmp_path: Path):
    path = tmp_path / "mine.toml"
    path.write_text("""extends = "plain_organization"
[seeing]
visibility_task = 0.0
visibility_relational = 0.0
[[instruments]]
name = "bonus"
preset = "bonus"
""")
    result = run("check", str(path))
    assert result.exit_code == 1
    assert result.stdout.startswith(f"{path}: 1 conflict\n")
    assert "a bonus for performance that nobody can see: from week 0 on" in result.stdout
    (file,) = json.loads(run("check", str(path), "--json").stdout)["files"]
    assert file["problems"] == []
    assert file["conflicts"][0]["key"] == "bonus.contingency"


def test_check_reads_claims_as_claims_and_calibrations_as_calibrations(tmp_path: Path):
    claim, fit = tmp_path / "claim.toml", tmp_path / "fit.toml"
    (tmp_path / "arm.toml").write_text('title = "Much"\nextends = "plain_organization"\n')
    sound = TEXT.replace('much]\nscenario = "plain_organization"', 'much]\nscenario = "arm.toml"')
    claim.write_text(sound)
    assert run("check", str(claim)).stdout == f"{claim}: no problems\n"
    claim.write_text(sound.replace('direction = "up"', 'direction = "upp"'))
    result = run("check", str(claim))
    assert (result.exit_code, "direction" in result.stdout, "unknown key" in result.stdout) == (2, True, False)
    claim.write_text(re.sub(r"^claim = .*$", "", sound, flags=re.M))
    result = run("check", str(claim))
    assert (result.exit_code, "claim" in result.stdout, "unknown key" in result.stdout) == (2, True, False)
    fit.write_text(FIT)
    result = run("check", str(fit))
    assert (result.exit_code, result.stdout.startswith(f"{fit}: 1 problem\n")) == (2, True)
    assert "must be at least 500" in result.stdout
    fit.write_text(FIT.replace("points = 20", "points = 250"))
    assert run("check", str(fit)).exit_code == 0


def test_parameters_are_listed_with_what_they_mean_and_may_be():
    found = {p["name"]: p for p in document("list", "parameters")}
    assert set(BY_NAME) <= set(found)
    assert found["distant_sight"]["title"] == BY_NAME["distant_sight"].meaning
    assert (found["distant_sight"]["section"], found["distant_sight"]["valid"]) == ("seeing", "0 to 1")
    assert found["evaluator"]["valid"].endswith("activity_score | self")
    assert "0.5 / 0.3 / 0.4" in run("list", "parameters").stdout


def narrowed(kind: str, *words: str) -> list[dict[str, str]]:
    """The rows that `list` leaves; how many of how many they are stands beside them, not in the document."""
    result = run("list", kind, *words, "--json")
    rows: list[dict[str, str]] = json.loads(result.stdout)
    assert result.stderr.startswith(f"{len(rows)} of ")
    return rows


@pytest.mark.parametrize("kind", Kind)
def test_every_kind_can_be_narrowed_by_parts_of_names_and_descriptions(kind: Kind):
    everything = document("list", kind)
    name = everything[0]["name"]
    by_name, by_title = narrowed(kind, name[:4].upper()), narrowed(kind, everything[0]["title"])
    assert everything[0] in by_name
    assert everything[0] in by_title
    assert len(by_title) < len(everything)
    assert f"{len(by_title)} of {len(everything)} {kind.value}" in run("list", kind, everything[0]["title"]).stdout


def test_lists_are_narrowed_by_all_words_at_once():
    shown = run("list", "parameters", "trust", "start").stdout.split()
    assert "trust_start" in shown
    assert "trust_repair" not in shown
    assert [p["name"] for p in narrowed("parameters", "distant sight")] == ["distant_sight"]


def test_an_empty_list_names_what_is_near():
    done = run("list", "parameters", "trsut", "start")
    total = len(document("list", "parameters"))
    assert (done.exit_code, done.stdout) == (0, f"0 of {total} parameters: nothing has 'trsut'; did you mean trust?\n")
    assert run("list", "parameters", "xxxxxx").stdout == f"0 of {total} parameters: nothing has 'xxxxxx'\n"
    assert "nothing has them all" in run("list", "parameters", "trust", "seeing").stdout
    done = run("list", "parameters", "trsut", "--json")
    assert (json.loads(done.stdout), "did you mean trust?" in done.stderr) == ([], True)


def test_as_a_module_it_does_what_the_command_does():
    def said(*start: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run([*start, "list", "mechanisms", "norm"], capture_output=True, text=True, check=True)

    module = said(sys.executable, "-m", "engagesim")
    assert module.stdout == said(sys.executable, "-c", "from engagesim.cli import main; main()").stdout
    shown = subprocess.run([sys.executable, "-m", "engagesim", "--help"], capture_output=True, text=True, check=True)
    assert shown.stdout.startswith("Usage: python -m engagesim [OPTIONS] COMMAND")


def test_on_a_narrow_terminal_names_stay_whole_and_nothing_is_cut_off(monkeypatch, capsys):
    monkeypatch.setenv("COLUMNS", "60")
    monkeypatch.setattr("sys.stdout.isatty", lambda: True, raising=False)
    print_table("", ("name", "formula"), [("intrinsic_motivation_of_many", "a / b " * 20), ("x", "z" * 90)])
    shown = capsys.readouterr().out
    assert "intrinsic_motivation_of_many" in shown
    assert "…" not in shown
    assert shown.count("z") == 90
    plain = re.sub(r"\x1b\[[\d;]*m", "", shown)
    assert max(map(len, plain.splitlines())) <= 60


def test_where_nobody_watches_a_table_is_plain_aligned_text(capsys):
    print_table("Two", ("name", "n"), [("a", 1), ("longer", 22)])
    assert capsys.readouterr().out == "\nTwo\n  name    n\n  a       1\n  longer  22\n"


def test_a_place_that_cannot_be_written_is_no_traceback(tmp_path: Path):
    (tmp_path / "file").touch()
    few = ("--set", "employees=20", "--set", "customers=0", "--set", "partners=0")
    result = run("structure", "the_pyramid", *few, "--out", str(tmp_path / "file" / "out"))
    assert (result.exit_code, result.stdout) == (2, "")
    assert "cannot be used: Not a directory" in result.stderr


@pytest.mark.parametrize("typed", [["--budget", "0,02"], ["--budget=0,02"]])
def test_a_number_with_a_decimal_comma_is_told_what_it_needs(typed: list[str]):
    done = run("compare", "plain_organization", "badges_on_top", *typed)
    assert done.exit_code == 2
    assert "a number has a decimal point, such as 0.02" in done.output
    assert "decimal point" not in run("compare", "plain_organization", "badges_on_top", "--budget", "much").output


def test_an_experiment_in_place_of_a_scenario_is_told_as_one():
    done = run("show", "reward_schemes")
    assert done.exit_code == 2
    assert "but one of experiments: engagesim sweep runs it" in done.output


def test_what_another_kind_has_is_told_with_how_to_list_it():
    assert "Elsewhere: 1 with engagesim list instruments leaderboard" in run("list", "parameters", "leaderboard").stdout
    presets = {item["name"]: item["title"] for item in document("list", "instruments")}
    assert presets["pay"] == "value 0.05, contingency completion, controlling 0.6"
    assert len(presets) == 7


def test_a_weekly_rate_has_a_smallest_difference_of_its_own_size(tmp_path: Path):
    pair = ("compare", "the_suggestion_machine", "badges_on_top", *on_command_line(), "--replicates", "6")
    least = {}
    for goal in ("exits", "trust"):
        place = tmp_path / goal
        assert run(*pair, "--goal", goal, "--no-figures", "--out", str(place)).exit_code == 0
        least[goal] = json.loads((place / "provenance.json").read_text())["request"]["aim"]["matters"]
    assert least == {"exits": 0.001, "trust": 0.02}
