"""The benchmark of a sweep counts what it says it counts; no time is asserted."""

import json
import subprocess
import sys
from pathlib import Path

import pandas as pd
import pytest

from engagesim import Scenario, simulate
from engagesim.experiments.question.question import Question
from tests.small import small

ROOT = Path(__file__).parents[2]
TINY = """
arms = ["plain_organization"]
replicates = 7
[set]
employees = 12
customers = 6
partners = 2
steps = 8
"""


@pytest.fixture(scope="module")
def found(tmp_path_factory) -> tuple[dict, Path]:
    simulate(small("plain_organization"))  # nothing is compiled while it is timed
    place = tmp_path_factory.mktemp("throughput")
    (place / "tiny.toml").write_text(TINY)
    done = subprocess.run(
        [sys.executable, str(ROOT / "benchmarks" / "sweep_throughput.py"), "--file", str(place / "tiny.toml"),
         "--runs", "50", "--jobs", "2", "--alone", "0.1", "--out", str(place / "out"), "--json"],
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    return json.loads(done.stdout), place / "out"


def test_the_runs_it_counts_are_in_the_table(found):
    measured, place = found
    runs = pd.read_parquet(place / "sweep" / "runs.parquet")
    assert (len(runs), set(runs["status"])) == (50, {"done"})
    assert measured["runs"] == 50
    assert measured["bytes_per_run"] == (place / "sweep" / "runs.parquet").stat().st_size / 50
    assert json.loads((place / "throughput.json").read_text()) == measured


def test_its_figures_belong_together(found):
    measured, _ = found
    speed = 2 / measured["engine_seconds_per_run"]
    assert measured["share_of_engine"] == pytest.approx(measured["runs_per_second"] / speed)
    assert measured["million"]["hours"] == pytest.approx(1e6 / measured["runs_per_second"] / 3600)
    for who in ("parent_bytes", "worker_bytes"):
        assert measured[who]["most"] >= measured[who]["last_quarter"] > 10e6


def test_the_experiment_it_uses_by_default_is_the_default_scenario_as_it_is():
    asked = Question.load(str(ROOT / "benchmarks" / "default_scenario.toml"))
    (arm,) = asked.arms
    assert arm.digest == Scenario.load("plain_organization").digest
    assert (asked.replicates, asked.factors) == (100_000, ())
