"""The command that tries claims."""

import json

import pytest

from engagesim.experiments.claims import finding

from ..experiments.claims.small import TEXT, TINY, write
from .calling import document, run

KEYS = {"id", "class", "verdict", "share", "flips_with", "ablation", "label_control"}


@pytest.fixture(autouse=True)
def tiny(monkeypatch):
    monkeypatch.setattr(finding, "QUICK", TINY)


def tried(*arguments):
    return run("hypotheses", *arguments, "--quick")


def test_json_holds_the_agreed_keys(tmp_path):
    result = tried(write(tmp_path), "--json", "--out", str(tmp_path / "found"))
    assert result.exit_code == 0
    (found,) = json.loads(result.stdout)["hypotheses"]
    assert found.keys() >= KEYS
    assert (found["id"], found["verdict"], found["label_control"]) == ("H1", "supported", "null")


def test_text_says_claim_arms_verdict_worlds_rival_and_controls(tmp_path):
    result = tried(write(tmp_path), "--out", str(tmp_path / "found"))
    assert result.exit_code == 0
    for said in (
        "Who asks for more gets more.", '"ask"', "little: Plain organization", "higher, 0.05 matters",
        "holds in 100% of 10 worlds", "Mechanism off: removed", "Another label: null", "Rival: Employees give less.",
        "Not tested: Nobody pretends", "Claims and verdicts",
    ):  # fmt: skip
        assert said in result.stdout


def test_a_failed_control_is_exit_code_1_and_a_verdict_never(tmp_path):
    failing = TEXT.replace("set = { demand = 0.0 }", "set = { drain = 0.0 }")
    result = tried(write(tmp_path, failing), "--out", str(tmp_path / "found"))
    assert result.exit_code == 1
    assert "CONTROL FAILED" in result.stdout
    wrong = TEXT.replace('direction = "up"', 'direction = "down"')
    assert tried(write(tmp_path, wrong), "--out", str(tmp_path / "other")).exit_code == 0


def test_what_is_built_in_is_no_finding(tmp_path):
    result = tried(write(tmp_path, TEXT.replace('class = "E"', 'class = "B"')), "--out", str(tmp_path / "found"))
    assert "supported (verification only)" in result.stdout


def test_an_unknown_claim_is_bad_input():
    result = tried("H21")
    assert result.exit_code == 2
    assert "no such claim; did you mean H2" in result.stderr


def test_hypotheses_are_listed_and_are_no_experiments():
    listed = document("list", "hypotheses")
    assert [item["name"] for item in listed][:2] == ["H1", "H2"]
    assert len(listed) == 28
    experiments = document("list", "experiments")
    assert not [item for item in experiments if item["name"].startswith("h0")]
