"""Kill -9 at random moments: the table has the same bytes. `python -m tests.kills --kills 100` does more of it."""

from __future__ import annotations

import os
from pathlib import Path

import pandas as pd
import pytest

from engagesim import simulate
from engagesim.experiments.question.question import Question
from engagesim.experiments.runner.cluster import Cluster
from engagesim.experiments.runner.merge import runs_frame
from engagesim.experiments.runner.sweep import sweep
from engagesim.store.provenance import sha256
from tests.experiments.asked import LEVER, asked, kills_its_worker
from tests.kills import SWEEP, Killer, cluster, write_experiment
from tests.small import small


@pytest.fixture(scope="module")
def file(tmp_path_factory) -> Path:
    simulate(small("plain_organization"))  # compiled before anybody is killed while compiling
    return write_experiment(tmp_path_factory.mktemp("killed"), replicates=60, steps=52, employees=40)


@pytest.fixture(scope="module")
def whole(file: Path) -> str:
    """Hash of the table that nobody has disturbed, made in this process."""
    sweep(Question.load(str(file)), file.parent / "whole")
    return sha256(file.parent / "whole" / "runs.parquet")


def test_a_sweep_that_is_killed_at_random_ends_in_the_same_bytes(file: Path, whole: str):
    place = file.parent / "torn"
    killer = Killer([*SWEEP, str(file), "--jobs", "2", "--out", str(place)], kills=6, pause=(0.2, 2.0), seed=5)
    assert killer.go() == 0
    assert {"worker", "parent"} <= set(killer.killed)
    assert sha256(place / "runs.parquet") == whole


def test_a_dask_cluster_that_loses_workers_gives_the_same_bytes(file: Path, whole: str):
    place = file.parent / "dask"
    with cluster() as address:
        killer = Killer([*SWEEP, str(file), "--dask", address, "--out", str(place)], 3, (0.2, 1.0), 5, os.getpid())
        assert killer.go() == 0
    assert {"worker", "parent"} <= set(killer.killed)
    assert sha256(place / "runs.parquet") == whole


def test_a_cluster_names_the_run_that_kills_its_workers(tmp_path: Path):
    question = asked(**LEVER, replicates=3)
    with cluster(**{"distributed.scheduler.allowed-failures": 0}) as address:
        state = sweep(question, tmp_path / "out", carrier=Cluster(address), evaluate=kills_its_worker)
    frame = runs_frame(tmp_path / "out")
    culprits = frame.query("arm == 'badges_on_top' and capture_share == 0.7 and seed % 2 == 1")
    assert 0 < state.failed == len(culprits) < 3
    failures = pd.read_parquet(tmp_path / "out" / "failures.parquet")
    assert list(failures["row"]) == list(culprits["row"])
    assert set(failures["type"]) == {"KilledWorker"}
