"""Kill -9 at random moments: the table has the same bytes. `python -m tests.kills --kills 100` does more of it."""

from __future__ import annotations

import subprocess
import threading
import time
from pathlib import Path

import pytest

from engagesim import simulate
from engagesim.experiments.question import Question
from engagesim.experiments.runner.cluster import Cluster
from engagesim.experiments.runner.sweep import sweep
from engagesim.store.provenance import sha256
from tests.kills import SWEEP, Killer, write_experiment
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


def test_a_dask_cluster_that_loses_a_worker_gives_the_same_bytes(file: Path, whole: str):
    from distributed import Client, LocalCluster

    with (
        LocalCluster(n_workers=2, threads_per_worker=1, dashboard_address=None, processes=True) as local,
        Client(local) as client,
    ):
        pids = list(client.run(__import__("os").getpid).values())
        killer = threading.Thread(target=_kill_when_at_work, args=(file.parent / "dask" / "shards", pids[0]))
        killer.start()
        state = sweep(Question.load(str(file)), file.parent / "dask", carrier=Cluster(local.scheduler_address))
        killer.join()
        alive = list(client.run(__import__("os").getpid).values())
    assert state.finished
    assert pids[0] not in alive
    assert sha256(file.parent / "dask" / "runs.parquet") == whole


def _kill_when_at_work(shards: Path, pid: int) -> None:
    """Kill a worker once the first results are there."""
    for _ in range(600):
        if shards.exists() and any(shards.iterdir()):
            subprocess.run(["kill", "-9", str(pid)], check=True)
            return
        time.sleep(0.05)
