"""How long a plan takes and how large it gets, from a few of its runs."""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from ...draws import key_of, named
from ..question.columns import outcomes_of
from ..question.plan import Chunk, Plan, Round
from .work import FAILED, Evaluate, Task, bytes_of, table_of

if TYPE_CHECKING:
    import pyarrow as pa

CELLS = 12
"""Combinations that are tried, spread over the plan."""

SECONDS = 5.0
"""No new combination is tried after so long."""

REPLICATES = 3

SHARD = 4096
"""Rows of the shard that is made up to see how large a row is: of few rows a file is mostly its own description."""


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
    tried: list[pa.Table] = []
    spent, begun = 0.0, time.monotonic()
    for number, cell in enumerate(_spread(plan.cells)):
        part = Round(0, [cell], 0, min(REPLICATES, plan.question.replicates), 0)
        task = Task.of(plan, Chunk(part, number, 0, part.runs), evaluate)
        if number == 0:
            table_of(task.only([0]))
        start = time.process_time()
        tried.append(table_of(task))
        spent += time.process_time() - start
        if time.monotonic() - begun > SECONDS:
            break
    most = plan.cells * plan.question.precision.most if plan.question.precision else opening.runs
    chunks = sum(1 for _ in plan.chunks(opening))
    failed = sum(table["status"].to_pylist().count(FAILED) for table in tried)
    runs = sum(map(len, tried))
    return Pilot(opening.runs, most, chunks, runs, failed, spent / runs, row_bytes(tried))


def row_bytes(tried: list[pa.Table]) -> float:
    """Bytes per run on the disk: of rows like those that were tried, with other numbers wherever two differed."""
    import pyarrow as pa

    rng = np.random.default_rng(key_of(0, named("pilot.shard"), 0))
    table = pa.concat_tables(tried)
    table = table.take(np.arange(SHARD) % len(table))
    for place, field in enumerate(table.schema):
        values = table[place].to_numpy()
        if field.name in ("row", "replicate"):
            values = np.arange(SHARD)
        elif field.name == "seed":
            values = rng.integers(2**63, size=SHARD)
        elif pa.types.is_floating(field.type) and len(np.unique(values)) > 1:
            values = values * (1.0 + rng.uniform(0.0, 1e-3, SHARD))
        else:
            continue
        table = table.set_column(place, field, pa.array(values, field.type))
    return len(bytes_of(table)) / SHARD


def _spread(cells: int) -> Iterator[int]:
    """Some cells, evenly over the plan, the first and the last among them."""
    count = min(CELLS, cells)
    yield from dict.fromkeys(round(k * (cells - 1) / max(1, count - 1)) for k in range(count))
