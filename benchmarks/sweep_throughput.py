"""How fast a sweep is against the engine alone, whether its memory stays flat, and what a million runs would cost.

`python benchmarks/sweep_throughput.py --runs 100000 --out FOLDER`, with nothing else running. The engine alone is timed
on one core before and after the sweep; the sweep is the command that everybody uses, watched from outside.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass, field
from pathlib import Path
from statistics import mean
from typing import Any

import psutil

from engagesim.draws import replicate_seed
from engagesim.engine.run import cores, run
from engagesim.experiments.question.question import Question

FILE = Path(__file__).parent / "default_scenario.toml"
SWEEP = [sys.executable, "-c", "from engagesim.cli import main; main()", "sweep"]
ALONE_SECONDS = 20.0
"""How long the engine alone is timed, before and after the sweep."""
EVERY = 0.5
"""Seconds between two looks at the processes."""
MILLION = 1_000_000


@dataclass
class Watched:
    """What was seen of the processes of a sweep: resident bytes at each look, and processor time so far."""

    parent: list[int] = field(default_factory=list)
    worker: list[int] = field(default_factory=list)
    spent: dict[int, float] = field(default_factory=dict)

    def look(self, process: psutil.Process) -> None:
        """Look at a sweep and its workers once; processes that have just ended are left out."""
        sizes = []
        for each in [process, *_children(process)]:
            try:
                sizes.append(int(each.memory_info().rss))
                times = each.cpu_times()
            except psutil.Error:
                continue
            self.spent[each.pid] = float(times.user + times.system)
        self.parent += sizes[:1]
        self.worker += [max(sizes[1:])] if sizes[1:] else []


def _children(process: psutil.Process) -> list[psutil.Process]:
    try:
        return list(process.children(recursive=True))
    except psutil.Error:
        return []


def engine_alone(asked: Question, seconds: float) -> float:
    """Seconds per run of the experiment's first arm on one core: network, weeks, and nothing else."""
    design = asked.arms[0]
    levers = design.levers()
    run(design, None, replicate_seed(asked.seed, 0), levers=levers)
    count, begun = 0, time.perf_counter()
    while count == 0 or time.perf_counter() - begun < seconds:
        run(design, None, replicate_seed(asked.seed, count), levers=levers)
        count += 1
    return (time.perf_counter() - begun) / count


def sweep_watched(file: Path, runs: int, jobs: int, place: Path) -> tuple[float, Watched]:
    """Seconds that a sweep takes from its start to its end, and what was seen of its processes."""
    command = [*SWEEP, str(file), "--replicates", str(runs), "--jobs", str(jobs), "--out", str(place), "--fresh"]
    seen, begun = Watched(), time.perf_counter()
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
        watched = psutil.Process(process.pid)
        while process.poll() is None:
            seen.look(watched)
            time.sleep(EVERY)
        code = process.returncode
    if code:
        raise SystemExit(f"the sweep ended with exit code {code}")
    return time.perf_counter() - begun, seen


def measured(file: Path, runs: int, jobs: int, place: Path, seconds: float) -> dict[str, Any]:
    """The whole measurement, as JSON can hold it."""
    asked = Question.load(str(file))
    before = engine_alone(asked, seconds)
    took, seen = sweep_watched(file, runs, jobs, place)
    alone = mean([before, engine_alone(asked, seconds)])
    total = runs * len(asked.arms)
    size = (place / "runs.parquet").stat().st_size
    return {
        "runs": total, "jobs": jobs, "seconds": took, "runs_per_second": total / took,
        "engine_seconds_per_run": alone, "share_of_engine": total / took * alone / jobs,
        "share_of_engine_in_processor_time": total * alone / sum(seen.spent.values()),
        "parent_bytes": _memory(seen.parent), "worker_bytes": _memory(seen.worker), "bytes_per_run": size / total,
        "million": {"hours": MILLION / total * took / 3600, "disk_bytes": 2.0 * MILLION * size / total},
    }  # fmt: skip


def _memory(sizes: list[int]) -> dict[str, float]:
    """Most, and the means over the second and the last quarter of the looks: memory that grows shows in the two."""
    quarter = max(1, len(sizes) // 4)
    return {
        "most": max(sizes),
        "second_quarter": mean(sizes[quarter:][:quarter]),
        "last_quarter": mean(sizes[-quarter:]),
    }


def sentences(found: dict[str, Any]) -> list[str]:
    """What was measured, in words."""
    grown = {who: found[f"{who}_bytes"] for who in ("parent", "worker")}
    return [
        f"{found['runs']:,} runs in {found['seconds']:.0f} s with {found['jobs']} workers: "
        f"{found['runs_per_second']:.1f} runs a second",
        f"engine alone on one core: {1e3 * found['engine_seconds_per_run']:.2f} ms a run; the sweep reaches "
        f"{found['share_of_engine']:.2f} of {found['jobs']} cores at that speed "
        f"({found['share_of_engine_in_processor_time']:.2f} in processor time)",
        *(
            f"memory of {name}: at most {g['most'] / 1e6:.0f} MB; {g['second_quarter'] / 1e6:.0f} MB in the second "
            f"quarter, {g['last_quarter'] / 1e6:.0f} MB in the last"
            for name, g in (("the parent", grown["parent"]), ("the largest worker", grown["worker"]))
        ),
        f"disk: {found['bytes_per_run']:.0f} bytes a run",
        f"a million runs: {found['million']['hours']:.1f} hours, {found['million']['disk_bytes'] / 1e6:.0f} MB at most "
        "(half of it in the end)",
    ]


def main() -> None:
    """Measure, print, and keep the figures beside the sweep."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--file", type=Path, default=FILE, help="an experiment file; default the default scenario")
    options.add_argument("--runs", type=int, default=100_000, help="replicates of every combination")
    options.add_argument("--jobs", type=int, default=cores())
    options.add_argument("--alone", type=float, default=ALONE_SECONDS, help="seconds for the engine alone, each time")
    options.add_argument("--out", type=Path, help="folder of the sweep, and of throughput.json; default none is kept")
    options.add_argument("--json", action="store_true")
    asked = options.parse_args()
    with tempfile.TemporaryDirectory() as spare:
        place = (asked.out or Path(spare)) / "sweep"
        place.parent.mkdir(parents=True, exist_ok=True)
        found = measured(asked.file, asked.runs, asked.jobs, place, asked.alone)
        (place.parent / "throughput.json").write_text(json.dumps(found, indent=2) + "\n", encoding="utf-8")
    print(json.dumps(found) if asked.json else "\n".join(sentences(found)))


if __name__ == "__main__":
    main()
