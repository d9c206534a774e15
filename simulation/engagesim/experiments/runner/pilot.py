"""How long a plan takes and how large it gets, from a few of its runs."""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import dataclass

from ..columns import outcomes_of
from ..plan import Chunk, Plan, Round
from ..work import Evaluate, Task, bytes_of, table_of

CELLS = 12
"""Combinations that are tried, spread over the plan."""

SECONDS = 5.0
"""No new combination is tried after so long."""

REPLICATES = 3


@dataclass(frozen=True, slots=True)
class Pilot:
    """What some runs of a plan cost.

    Attributes:
        runs: runs of the plan (with adaptive replication, at least).
        most: runs of the plan at most.
        chunks: files that they are kept in on the way.
        tried: runs that were tried.
        failed: of those, how many failed.
        seconds: processor time per run, on one core.
        row_bytes: bytes per run on the disk.
    """

    runs: int
    most: int
    chunks: int
    tried: int
    failed: int
    seconds: float
    row_bytes: float

    def hours(self, cores: int) -> float:
        """How long all runs take on so many cores that do nothing else."""
        return self.runs * self.seconds / cores / 3600.0

    @property
    def disk(self) -> float:
        """Bytes on the disk: while shards are merged, every run is there twice."""
        return 2.0 * self.runs * self.row_bytes


def pilot(plan: Plan, evaluate: Evaluate = outcomes_of) -> Pilot:
    """Try some runs, in this process and on one core; the first, which starts the engine, is not counted."""
    opening = plan.opening()
    tried = failed = size = 0
    spent, begun = 0.0, time.monotonic()
    for number, cell in enumerate(_spread(plan.cells)):
        part = Round(0, [cell], 0, min(REPLICATES, plan.question.replicates), 0)
        task = Task.of(plan, Chunk(part, number, 0, part.runs), evaluate)
        if number == 0:
            table_of(task.only([0]))
        start = time.process_time()
        table = table_of(task)
        spent += time.process_time() - start
        tried += len(table)
        failed += table["status"].to_pylist().count("failed")
        size += len(bytes_of(table)) - len(bytes_of(table.slice(0, 0)))
        if time.monotonic() - begun > SECONDS:
            break
    most = plan.cells * plan.question.precision.most if plan.question.precision else opening.runs
    chunks = sum(1 for _ in plan.chunks(opening))
    return Pilot(opening.runs, most, chunks, tried, failed, spent / tried, size / tried)


def _spread(cells: int) -> Iterator[int]:
    """Some cells, evenly over the plan, the first and the last among them."""
    count = min(CELLS, cells)
    yield from dict.fromkeys(round(k * (cells - 1) / max(1, count - 1)) for k in range(count))
