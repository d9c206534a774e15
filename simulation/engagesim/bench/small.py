"""How many small runs a second: replicates of one design, with a network for each and with one for all."""

from __future__ import annotations

import time
from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from .cases import SEED, design
from .timing import Row, in_turns, spread

if TYPE_CHECKING:
    from ..design.scenario import Scenario
    from ..structures.network import Network

SMALL = 300
"""Members of a small run, as many as the scenario has."""


def small_runs(runs: int, weeks: int, repetitions: int, done: Callable[[], None]) -> Row:
    """Runs per second on one thread and on all cores, networks built for each run or once."""
    from ..engine.run import cores
    from ..structures import build

    small = design(SMALL, weeks)
    fixed = build(small.values, SEED)
    works = {
        f"{kind}_{threads}": partial(_per_second, small, network, runs, jobs)
        for kind, network in (("built", None), ("fixed", fixed))
        for threads, jobs in (("one_thread", 1), ("all_cores", cores()))
    }
    found = {name: spread(rates) for name, rates in in_turns(works, repetitions, done).items()}
    return {
        "members": SMALL, "weeks": weeks, "runs": runs, "threads": cores(),
        "runs_per_second": {name: rate.median for name, rate in found.items()},
        "runs_per_second_range": {name: [rate.low, rate.high] for name, rate in found.items()},
    }  # fmt: skip


def _per_second(small: Scenario, network: Network | None, runs: int, jobs: int) -> float:
    from ..runs import replicates

    begin = time.perf_counter()
    replicates(small, SEED, runs, network=network, jobs=jobs)
    return runs / (time.perf_counter() - begin)
