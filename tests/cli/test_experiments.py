from pathlib import Path

import pandas as pd
import pytest

from engagesim import Scenario, simulate
from engagesim.outcomes import BY_NAME
from engagesim.structures.shipped import SHIPPED
from tests.small import SETS, on_command_line, small

from .calling import document, run

pytestmark = pytest.mark.usefixtures("compiled", "here")

PAIR = ["the_suggestion_machine", "neighbours_helping_neighbours"]


def test_run_prints_one_document_with_the_measures_at_the_end():
    found = document("run", "badges_on_top", "--seed", "7", *on_command_line(), "--no-figures")
    expected = simulate(small("badges_on_top"), seed=7)
    assert set(found) == {"scenario", "seed", "steps", "engine", "out", "measures", "digest"}
    assert (found["scenario"], found["seed"], found["steps"], found["engine"]) == ("badges_on_top", 7, 20, "compiled")
    assert found["digest"] == expected.digest
    assert set(found["measures"]) == set(BY_NAME)
    assert found["measures"]["trust"] == expected.measures["trust"]
    assert Path(found["out"]).parent == Path("results")
    assert Path(found["out"]).name.startswith("badges_on_top-")
    assert (Path(found["out"]) / "weeks.parquet").exists()


def test_both_engines_have_one_digest_and_folders_of_their_own():
    options = [*on_command_line(), "--steps", "5", "--no-figures"]
    a, b = (document("run", "badges_on_top", *options, "--engine", e) for e in ("compiled", "mesa"))
    assert a["digest"] == b["digest"]
    assert a["out"] != b["out"]


def test_what_is_not_defined_is_null():
    sets = [w for t in ("employees=1", "customers=0", "partners=0") for w in ("--set", t)]
    found = document("run", "plain_organization", *sets, "--steps", "3", "--no-figures")
    assert found["measures"]["tie_depth"] is None


def test_run_for_people_shows_a_table_and_the_figures():
    result = run("run", "badges_on_top", *on_command_line(), "--out", "out")
    assert result.exit_code == 0
    assert "Badges on top: 35 members, 20 weeks, seed 0" in result.stdout
    assert "Trust in the organization" in result.stdout
    for name in ("participation", "wellbeing", "value_flow"):
        assert f"out/figures/{name}.png" in result.stdout
        assert Path(f"out/figures/{name}.svg").stat().st_size > 5_000
    assert result.stderr.endswith("20 of 20 weeks\n")
    resolved = Scenario.load("out/scenario.toml")
    assert resolved.digest == small("badges_on_top").digest


def test_compare_prints_one_document_with_every_difference():
    found = document("compare", *PAIR, *on_command_line(), "--replicates", "3", "--worlds", "2", "--out", "out")
    assert (found["arms"], found["replicates"], found["out"], found["worlds"]) == (PAIR, 3, "out", 2)
    assert {"a", "b", "measure", "window", "group", "mean", "low", "high", "n"} <= set(found["differences"][0])
    rows = {(d["measure"], d["window"], d["group"]): d for d in found["differences"]}
    assert rows["extraction_ratio", "late", "everyone"]["mean"] < 0
    assert (rows["trust", "end", "partner"]["a"], rows["trust", "end", "partner"]["b"]) == tuple(PAIR)
    assert isinstance(found["notes"], list)
    assert len(found["figures"]) == 11
    assert {row["arm"] for row in found["ranking"]} == set(PAIR)


def test_compare_for_people_puts_designs_side_by_side_with_a_verdict():
    result = run("compare", *PAIR, *on_command_line(), "--replicates", "6", "--out", "out", "--worlds", "2")
    assert result.exit_code == 0
    lines = [line.split("  ") for line in result.stdout.splitlines()]
    extraction = [[cell.strip() for cell in line if cell] for line in lines if "Extraction ratio" in line]
    assert [cells[-2:] for cells in extraction] == [["less", "100%"]] * 2
    assert "Report:  out/report.html" in result.stdout
    assert Path("out/report.html").exists()
    assert "38 of 38 runs" in result.stderr


def test_one_replicate_has_null_intervals():
    found = document("compare", *PAIR, *on_command_line(), "--replicates", "1", "--no-figures")
    assert {(d["low"], d["high"], d["worlds_same_sign"]) for d in found["differences"]} == {(None, None, None)}
    assert found["out"].startswith("results/the_suggestion_machine_vs_neighbours_helping_neighbours-")


def test_budget_sets_the_cost_of_rewards():
    names = ["badges_on_top", "thank_you_and_training"]
    found = document("compare", *names, *on_command_line(), "--replicates", "2", "--budget", "0.07", "--no-figures")
    for name in names:
        assert Scenario.load(f"{found['out']}/arms/{name}.toml").values["budget"] == 0.07


def test_a_share_that_a_budget_overrides_is_told():
    Path("open.toml").write_text(
        'title = "Open books"\nextends = "the_suggestion_machine"\n[value]\nreturn_share = 0.3\n'
        '[[instruments]]\nname = "thanks"\npreset = "recognition"\n'
    )
    names = ["the_suggestion_machine", "open.toml", *on_command_line(), "--replicates", "2", "--no-figures"]
    found = document("compare", *names, "--budget", "0.02", "--out", "funded")
    (note,) = [note for note in found["notes"] if "return_share" in note and note.startswith("Open books ")]
    fitted = Scenario.load("funded/arms/open.toml").values["return_share"]
    assert "return_share = 0.3; to cost as much as the others (budget 0.02) it was" in note
    assert f"compared with {fitted:.3g} (half of the budget; the other half goes to its rewards)." in note
    assert fitted < 0.3
    page = Path("funded/report.html").read_text()
    assert "Open books was compared with another share paid back than its file says" in page
    assert note in page
    assert document("rerun", "funded")["identical"] is True
    assert not any("as written" in note for note in document("compare", *names, "--out", "plain")["notes"])


def test_rerun_tells_identical_from_tampered_from_not_ours():
    document("compare", *PAIR, *on_command_line(), "--replicates", "2", "--no-figures", "--out", "out")
    found = document("rerun", "out")
    assert found["identical"] is True
    assert {file["verdict"] for file in found["files"]} == {"identical"}
    path = Path("out/levels.parquet")
    path.write_bytes(path.read_bytes()[:-1] + b"!")
    result = run("rerun", "out")
    assert result.exit_code == 1
    (line,) = [line for line in result.stdout.splitlines() if "levels.parquet" in line]
    assert line.endswith("changed since it was written")
    assert document("rerun", "out", code=1)["identical"] is False
    assert run("rerun", ".").exit_code == 2


def test_a_network_from_file_needs_no_scenario_of_its_own():
    edges, roster = map(str, SHIPPED["florentine"].write(Path("net")))
    found = document("run", "badges_on_top", "--network", edges, "--roster", roster, "--steps", "5", "--no-figures")
    assert "Medici" in set(pd.read_parquet(Path(found["out"], "members.parquet"))["member"])
    assert Path(found["out"], "network", "edges.csv").exists()
    assert document("rerun", found["out"])["identical"] is True


def test_demo_compares_on_a_real_network_from_files():
    result = run("demo", "--out", "club", "--replicates", "3")
    assert result.exit_code == 0
    assert (
        "Neighbours helping neighbours against The suggestion machine: last 25 % of the weeks, 3 pairs" in result.stdout
    )
    assert "club/figures/gains.png" in result.stdout
    assert Path("club/network/edges.csv").read_text().startswith("source,target,weight\n")
    assert "There are no customers in any design" in result.stdout
    assert "The 34 members of edges.csv (34 employees), " in Path("club/report.html").read_text()
    assert document("rerun", "club")["identical"] is True


@pytest.mark.parametrize(
    ("arguments", "messages"),
    [
        (["run", "badges_on_top", "--seed", "-1"], ["--seed", "greater than or equal to 0"]),
        (["run", "badges_on_top", "--seed", str(2**64)], ["--seed", "less than or equal to 18446744073709551615"]),
        (["run", "badges_on_top", "--steps", "0"], ["--steps", "greater than or equal to 1"]),
        (["run", "badges_on_top", "--engine", "gpu"], ["--engine", "'compiled', 'mesa'"]),
        (["run", "badges_on_topp"], ["did you mean badges_on_top?"]),
        (["run", "badges_on_top", "--out", "/proc/none"], ["/proc/none", "cannot be written"]),
        (["run", "badges_on_top", "--network", "gone.csv"], ["gone.csv", "cannot be read"]),
        (["run", "badges_on_top", "--roster", "people.csv"], ["give --network too"]),
        (["run", "badges_on_top", "--set", "capture_shar=1"], ["did you mean capture_share?"]),
        (["compare", *PAIR, "--replicates", "0"], ["--replicates", "greater than or equal to 1"]),
        (["compare", *PAIR, "--worlds", "0"], ["--worlds", "greater than or equal to 1"]),
        (["compare", PAIR[0]], ["two designs or more"]),
        (["compare", PAIR[0], PAIR[0]], [f"{PAIR[0]} is the name of two designs"]),
        (["compare", "reward_schemes", "--only", ""], ["--only", "names no design; valid: ", "bonus"]),
        (["run", ""], ["'': 1 problem", "names nothing"]),
        (["bench", "--python", "mesa=python"], ["--python", "give that, too"]),
        (["compare", *PAIR, "--budget", "0.1"], ["no design has a reward instrument"]),
        (["rerun", "nowhere"], ["nowhere", "is not a results folder"]),
    ],
)
def test_bad_input_exits_2_with_what_would_be_valid(arguments: list[str], messages: list[str]):
    result = run(*arguments)
    assert (result.exit_code, result.stdout) == (2, "")
    text = " ".join(result.stderr.split())
    assert all(message in text for message in messages)
    assert "Traceback" not in text
    assert not [path for path in Path().rglob("*") if path.is_file()]


def test_a_folder_of_another_design_is_refused_and_one_of_the_same_replaced():
    options = [*on_command_line(), "--no-figures", "--out", "out"]
    document("run", "badges_on_top", *options)
    (Path("out") / "README.md").write_text("scribbled")
    document("run", "badges_on_top", *options)
    assert "scribbled" not in Path("out/README.md").read_text()
    result = run("run", "badges_on_top", *options, "--seed", "1")
    assert (result.exit_code, "another design, seed" in result.stderr) == (2, True)


def test_interruption_exits_130_and_leaves_no_half_folder(monkeypatch: pytest.MonkeyPatch):
    def interrupted(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("engagesim.store.save.compare", interrupted)
    assert run("compare", *PAIR, *on_command_line(), "--out", "deep/out").exit_code == 130
    assert list(Path("deep").iterdir()) == []


def test_settings_reach_every_design():
    found = document("compare", *PAIR, *on_command_line("norm_weight=0.9"), "--replicates", "1", "--no-figures")
    for name in PAIR:
        arm = Scenario.load(f"{found['out']}/arms/{name}.toml")
        assert arm.digest == Scenario.load(name, [*SETS, "norm_weight=0.9"]).digest
