"""Kill a sweep at random moments, its workers and itself, and see whether its table still has the same bytes.

`python -m tests.kills --kills 100 FOLDER` does it as often as one likes; with `--dask`, the workers that are killed are
the two of a Dask cluster, which outlives the sweep. The tests do both a few times.
"""

from __future__ import annotations

import argparse
import os
import random
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass, field
from logging import CRITICAL
from pathlib import Path

import psutil

from engagesim.store.provenance import sha256

VICTIMS = ("worker", "worker", "parent", "everybody")
"""Workers twice as often as either of the others."""
WORKER = "distributed.cli.dask_worker"
SWEEP = [sys.executable, "-c", "from engagesim.cli import main; main()", "sweep"]

EXPERIMENT = """
arms = ["the_suggestion_machine", "badges_on_top"]
replicates = {replicates}
measures = ["participation", "trust", "contribution_gini"]
[set]
employees = {employees}
steps = {steps}
[uncertainties]
help_value = {{ low = 0.0, high = 1.0 }}
[design]
kind = "latin_hypercube"
points = 10
"""


@dataclass
class Killer:
    """Starts a sweep again and again and kills it each time, until it has killed enough; then lets it finish."""

    command: list[str]
    kills: int
    pause: tuple[float, float]
    """Processor time of a worker, in seconds, between two kills: at least and at most."""
    seed: int = 0
    home: int | None = None
    """Process whose children the workers are; None for the sweep's own workers."""
    killed: list[str] = field(default_factory=list)

    def go(self) -> int:
        """Exit code of the sweep that was let finish."""
        chance = random.Random(self.seed)
        parent = self._start()
        while len(self.killed) < self.kills:
            self._wait(parent, chance.uniform(*self.pause))
            if parent.poll() is not None:
                return parent.returncode
            self.killed.append(self._kill(parent, chance))
            if self.killed[-1] != "worker":
                parent.wait()
                parent = self._start()
        return parent.wait()

    def _wait(self, parent: subprocess.Popen[bytes], work: float) -> None:
        """Until some worker has worked for so long since its start, or since the last kill, whichever is later.

        Processor time, not time of day: on a busy machine most workers would be killed while they import.
        """
        begun = {process.pid: _worked(process) for process in self._workers(parent)}
        while parent.poll() is None:
            time.sleep(0.02)
            if any(_worked(p) - begun.get(p.pid, 0.0) >= work for p in self._workers(parent)):
                return

    def _workers(self, parent: subprocess.Popen[bytes]) -> list[psutil.Process]:
        return workers_of(self.home or parent.pid)

    def _start(self) -> subprocess.Popen[bytes]:
        return subprocess.Popen(self.command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)

    def _kill(self, parent: subprocess.Popen[bytes], chance: random.Random) -> str:
        victim = chance.choice(VICTIMS)
        workers = self._workers(parent)
        if victim == "worker" and not workers:
            victim = "parent"
        chosen = [chance.choice(workers)] if victim == "worker" else workers if victim == "everybody" else []
        for process in chosen:
            _end(process)
        if victim != "worker":
            parent.kill()
        return victim


@contextmanager
def cluster(**settings: object) -> Iterator[str]:
    """Address of a Dask cluster of two workers, children of this process, which are started anew when they end.

    Dask's own nannies give up on a worker that is killed while it starts; a cluster's scheduler of jobs does not.
    """
    import dask
    from distributed import LocalCluster

    with (
        dask.config.set(settings),
        LocalCluster(n_workers=0, dashboard_address=None, silence_logs=CRITICAL) as local,
    ):
        over = threading.Event()
        keeper = threading.Thread(target=_keep_two, args=(local.scheduler_address, over))
        keeper.start()
        try:
            yield local.scheduler_address
        finally:
            over.set()
            keeper.join()


def _keep_two(address: str, over: threading.Event) -> None:
    """Start two workers, again and again, until it is over."""
    command = [sys.executable, "-m", WORKER, address, "--no-nanny", "--nthreads", "1", "--no-dashboard"]
    workers: list[subprocess.Popen[bytes]] = []
    while not over.wait(0.1):
        workers = [worker for worker in workers if worker.poll() is None]
        while len(workers) < 2:
            workers.append(subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL))
    for worker in workers:
        worker.kill()
        worker.wait()


def workers_of(parent: int) -> list[psutil.Process]:
    """The worker processes of a sweep, or of a cluster."""
    try:
        children = psutil.Process(parent).children(recursive=True)
    except psutil.Error:
        return []
    return [child for child in children if any(mark in " ".join(_line(child)) for mark in ("spawn_main", WORKER))]


def _worked(process: psutil.Process) -> float:
    """Seconds of processor time of a process."""
    try:
        return float(process.cpu_times().user)
    except psutil.Error:
        return 0.0


def _line(process: psutil.Process) -> list[str]:
    try:
        return list(process.cmdline())
    except psutil.Error:
        return []


def _end(process: psutil.Process) -> None:
    try:
        process.kill()
    except psutil.Error:
        return


def write_experiment(place: Path, replicates: int, steps: int, employees: int) -> Path:
    """The experiment that is killed: two arms at ten points."""
    path = place / "killed.toml"
    path.write_text(EXPERIMENT.format(replicates=replicates, steps=steps, employees=employees))
    return path


def main() -> None:
    asked = _options().parse_args()
    asked.place.mkdir(parents=True, exist_ok=True)
    replicates = asked.replicates or 10 * asked.kills
    file = write_experiment(asked.place, replicates, asked.steps, asked.employees)
    command, home = [*SWEEP, str(file), "--out", str(asked.place / "torn")], os.getpid() if asked.dask else None
    with cluster() if asked.dask else nullcontext() as address:
        dask = ["--dask", address] if address else []
        killer = Killer([*command, *dask], asked.kills, (asked.least, asked.most), asked.seed, home)
        start = time.monotonic()
        code = killer.go()
        counts = {victim: killer.killed.count(victim) for victim in dict.fromkeys(VICTIMS)}
        print(f"{len(killer.killed)} kills {counts} in {time.monotonic() - start:.0f} s; exit code {code}", flush=True)
    subprocess.run([*SWEEP, str(file), "--out", str(asked.place / "whole")], check=True, stderr=subprocess.DEVNULL)
    same = sha256(asked.place / "torn" / "runs.parquet") == sha256(asked.place / "whole" / "runs.parquet")
    print("the same bytes" if same else "OTHER BYTES")
    sys.exit(0 if same and code == 0 and len(killer.killed) == asked.kills else 1)


def _options() -> argparse.ArgumentParser:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--kills", type=int, default=100)
    options.add_argument("--dask", action="store_true", help="the workers of a Dask cluster instead of the sweep's own")
    options.add_argument("--replicates", type=int, help="of 20 cells; default 10 for every kill, so that work is left")
    options.add_argument("--steps", type=int, default=156)
    options.add_argument("--employees", type=int, default=120)
    options.add_argument("--least", type=float, default=0.5)
    options.add_argument("--most", type=float, default=4.0)
    options.add_argument("--seed", type=int, default=0)
    options.add_argument("place", type=Path)
    return options


if __name__ == "__main__":
    main()
