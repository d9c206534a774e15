import json

import pytest

from .calling import document, run


def test_structure_of_a_file_and_of_a_scenario(tmp_path):
    edges = tmp_path / "edges.csv"
    edges.write_text("source,target\n" + "".join(f"m{i},m{(i + 1) % 12}\n" for i in range(12)))
    found = document("structure", str(edges))
    assert found["members"] == found["ties"] == 12
    assert found["critical_ratio"] == pytest.approx(10 / (12 / 2 - 2))
    small = ("--set", "employees=20", "--set", "customers=0", "--set", "partners=0")
    done = run("structure", "the_pyramid", *small, "--out", str(tmp_path / "out"))
    assert done.exit_code == 0
    assert "critical ratio" in done.stdout
    assert (tmp_path / "out" / "structure.png").exists()


def test_what_is_of_no_use_in_a_users_files_is_told_once_beside_the_result(tmp_path):
    edges, roster = tmp_path / "edges.csv", tmp_path / "roster.csv"
    edges.write_text("source,target\nann,bob\nbob,bob\nbob,cid\n")
    roster.write_text("id,shoe\nann,41\nbob,42\ncid,43\n")
    done = run("structure", str(edges), "--roster", str(roster), "--json")
    assert json.loads(done.stdout)["ties"] == 2
    assert "edges.csv: ties of a member with itself are left out: at line 3\n" in done.stderr
    assert "roster.csv: columns that are not used: shoe\n" in done.stderr


def test_structure_of_nothing_is_told_without_a_traceback(tmp_path):
    for what in (str(tmp_path / "none.csv"), "no_such_scenario"):
        done = run("structure", what)
        assert done.exit_code == 2
        assert "Traceback" not in done.output


def test_validate_tells_target_ours_and_verdict(tmp_path):
    done = run("validate", "hierarchies", "--quick", "--json", "--out", str(tmp_path))
    assert done.exit_code == 0
    found = json.loads(done.stdout)
    assert {row["name"] for row in found["checks"]} == {"hierarchies"}
    assert all(row["verdict"] == "FAIL" for row in found["checks"] if row["control"])
    assert (tmp_path / "index.md").exists()
    assert (tmp_path / "hierarchies.png").exists()


def test_validate_of_an_unknown_result_names_the_nearest():
    done = run("validate", "hierarchy")
    assert done.exit_code == 2
    assert "hierarchies" in done.output


def test_ties_in_a_file_of_any_ending_are_a_network(tmp_path):
    (tmp_path / "edges.txt").write_text("1 2\n2 3\n")
    assert document("structure", str(tmp_path / "edges.txt"))["roles"]["employee"] == 3


def test_a_place_that_cannot_be_written_is_told_before_anything_runs(tmp_path, monkeypatch):
    monkeypatch.setattr("engagesim.validation.running.run_checks", lambda *_: pytest.fail("ran"))
    (tmp_path / "file").touch()
    done = run("validate", "tipping_point", "--quick", "--out", str(tmp_path / "file" / "out"))
    assert (done.exit_code, done.stdout) == (2, "")
    assert "Not a directory" in done.stderr
