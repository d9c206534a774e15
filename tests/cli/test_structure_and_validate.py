import json

import pytest
from typer.testing import CliRunner

from engagesim.cli import app

RUNNER = CliRunner()


def called(*words):
    return RUNNER.invoke(app, list(words))


def test_structure_of_a_file_and_of_a_scenario(tmp_path):
    edges = tmp_path / "edges.csv"
    edges.write_text("source,target\n" + "".join(f"m{i},m{(i + 1) % 12}\n" for i in range(12)))
    found = json.loads(called("structure", str(edges), "--json").stdout)
    assert found["members"] == found["ties"] == 12
    assert found["critical_ratio"] == pytest.approx(10 / (12 / 2 - 2))
    small = ("--set", "employees=20", "--set", "customers=0", "--set", "partners=0")
    done = called("structure", "the_pyramid", *small, "--out", str(tmp_path / "out"))
    assert done.exit_code == 0
    assert "critical ratio" in done.stdout
    assert (tmp_path / "out" / "structure.png").exists()


def test_structure_of_nothing_is_told_without_a_traceback(tmp_path):
    for what in (str(tmp_path / "none.csv"), "no_such_scenario"):
        done = called("structure", what)
        assert done.exit_code == 2
        assert "Traceback" not in done.output


def test_validate_tells_target_ours_and_verdict(tmp_path):
    done = called("validate", "hierarchies", "--quick", "--json", "--out", str(tmp_path))
    assert done.exit_code == 0
    found = json.loads(done.stdout)
    assert {row["name"] for row in found["checks"]} == {"hierarchies"}
    assert all(row["verdict"] == "FAIL" for row in found["checks"] if row["control"])
    assert (tmp_path / "index.md").exists()
    assert (tmp_path / "hierarchies.png").exists()


def test_validate_of_an_unknown_result_names_the_nearest():
    done = called("validate", "hierarchy")
    assert done.exit_code == 2
    assert "hierarchies" in done.output
