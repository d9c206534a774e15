"""`engagesim design` end to end: scenario files that run, once more the same, and what it says without any."""

import json
from pathlib import Path

import pytest
from typer.testing import Result

from engagesim import Scenario
from tests.small import on_command_line

from .calling import run

pytestmark = pytest.mark.usefixtures("here")


def searched(out: str, *more: str) -> Result:
    sizes = [*on_command_line(), "--trials", "9", "--worlds", "2"]
    return run("design", *sizes, "--subject-to", "exhaustion<0.6,cost<=0.2", "--out", out, *more)


def test_a_search_writes_designs_that_run_and_repeats_itself():
    first = searched("one", "--json")
    assert first.exit_code == 0, first.stderr
    found = json.loads(first.stdout)
    assert found["front"]
    for row in found["front"]:
        assert Scenario.load(row["file"]).title.startswith("Scheme")
    done = run("run", found["front"][0]["file"], "--no-figures", "--json")
    assert done.exit_code == 0, done.stderr
    again = json.loads(searched("two", "--json").stdout)
    assert [{**row, "file": ""} for row in again["front"]] == [{**row, "file": ""} for row in found["front"]]
    for name in ("tried.parquet", "front.parquet", "figures/front.svg"):
        assert Path("one", name).read_bytes() == Path("two", name).read_bytes()
    base = ("one/base/plain_organization.toml", "--trials", "9", "--worlds", "2")
    moved = run("design", *base, "--subject-to", "exhaustion<0.6,cost<=0.2", "--out", "three")
    assert moved.exit_code == 0, moved.stderr
    assert Path("one", "tried.parquet").read_bytes() == Path("three", "tried.parquet").read_bytes()
    assert "Robust: share of the worlds" in moved.stdout
    assert "A search picks the luckiest of" in Path("one", "README.md").read_text()
    assert "is of a search" in run("rerun", "one").stderr


def test_a_search_that_finds_nothing_better_than_the_base_says_so():
    result = run("design", *on_command_line(), "--trials", "2", "--worlds", "1", "--out", "one")
    assert result.exit_code == 0, result.stderr
    assert "No scheme that was tried does better than the base" in result.stdout
    assert "No scheme that was tried does better than the base" in Path("one", "README.md").read_text()
    found = run(
        "design", *on_command_line(), "--maximise", "late_trust", "--trials", "6", "--worlds", "1", "--out", "more"
    )
    assert found.exit_code == 0, found.stderr
    assert "does better than the base" not in found.stdout


def test_conditions_that_nothing_keeps_are_said_with_an_exit_code():
    result = run("design", *on_command_line(), "--trials", "2", "--worlds", "1", "--subject-to", "trust>=1")
    assert result.exit_code == 1
    assert "No scheme that was tried keeps every condition" in result.stdout


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--maximise", "late_particpation"], "did you mean late_participation?"),
        (["--subject-to", "exhaustion"], "must be a condition such as exhaustion<0.4"),
        (["--maximise", ""], "names no goal"),
        (["--maximise", "happiness"], "valid: cost, participation, effort"),
        (["--maximise", "happiness"], "also with early_, late_, whole_"),
        (["--maximise", "trust,cost", "--minimise", "late_trust"], "late_trust   is a goal of --maximise as well"),
        (["nowhere"], "no such file and no shipped name"),
    ],
)
def test_bad_goals_and_conditions_are_refused_in_words(arguments: list[str], message: str):
    result = run("design", *arguments)
    assert result.exit_code == 2
    assert message in result.stderr
