"""Runs of a finished sweep once more: are they the same, byte for byte?"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from ...problems import InputError, Problem
from ..question.columns import outcomes_of
from ..question.plan import Plan
from .carrier import Carrier
from .folder import RUNS, SweepFolder
from .merge import runs_file
from .work import ERROR, Evaluate, Task, bytes_of

if TYPE_CHECKING:
    import pyarrow as pa

ROWS = 256
"""Rows that are run and compared together."""


@dataclass(slots=True)
class Again:
    """What came out once more.

    Attributes:
        rows: rows that were run.
        differing: rows that came out differently, as a folder has them and as they are now.
    """

    rows: int = 0
    differing: list[tuple[dict[str, Any], dict[str, Any]]] = field(default_factory=list)


def run_again(
    folder: SweepFolder, row: int | None, carrier: Carrier, told: Callable[[int], None] | None = None,
    evaluate: Evaluate = outcomes_of,
) -> Again:  # fmt: skip
    """Run all rows of a finished sweep once more, or one, and compare them with the table.

    Memory: `ROWS` rows per task that is on its way.

    Args:
        folder: the sweep.
        row: its number in the column `row`; None for all.
        carrier: what does the work.
        told: called with the number of rows that are done.
        evaluate: what a run is.

    Raises:
        InputError: the sweep is not finished, its table was changed beyond comparing, or has no such row.
    """
    if not folder.finished:
        raise InputError([Problem(str(folder.place), None, "", "is not finished: nothing can be compared yet")])
    stored: dict[str, pa.Table] = {}
    found = Again()

    def compare(task: Task, content: bytes) -> None:
        now, then = _read(content), stored.pop(task.name)
        if other := set(then.column_names) ^ set(now.column_names):
            message = "is not a column both of the table and of what comes out once more: the table was changed"
            raise InputError([Problem(str(folder.place / RUNS), None, ", ".join(sorted(other)), message)])
        found.rows += len(now)
        if bytes_of(now) != bytes_of(then):
            pairs = zip(then.to_pylist(), now.to_pylist(), strict=True)
            found.differing += [pair for k, pair in enumerate(pairs) if _differ(then, now, k)]
        if told:
            told(found.rows)

    carrier.carry(_tasks(folder, row, stored, evaluate), compare, lambda _: None)
    if not found.rows:
        from pyarrow.parquet import read_metadata

        rows = read_metadata(folder.place / RUNS).num_rows
        message = f"there is no such row in its table, whose {rows:,} rows are numbered from 0"
        raise InputError([Problem(str(folder.place), None, f"row = {row}", message)])
    return found


def _differ(then: pa.Table, now: pa.Table, row: int) -> bool:
    return bytes_of(then.slice(row, 1)) != bytes_of(now.slice(row, 1))


def _read(content: bytes) -> pa.Table:
    import pyarrow as pa
    import pyarrow.parquet as pq

    table = pq.ParquetFile(pa.BufferReader(content)).read()
    return table.drop_columns([ERROR]).replace_schema_metadata(None)


def _tasks(folder: SweepFolder, row: int | None, stored: dict[str, pa.Table], evaluate: Evaluate) -> Iterator[Task]:
    """Tasks for the rows that are asked for, whose stored values go into `stored`."""
    plan = folder.plan
    cell_of = _cells(plan)
    for number, table in enumerate(_tables(folder, row)):
        keys = (table[key].to_pylist() for key in ("row", "arm", "point", "world", "replicate"))
        runs = tuple((r, cell_of(arm, point, world), n) for r, arm, point, world, n in zip(*keys, strict=True))
        task = Task.for_runs(plan, f"again-{number}", runs, evaluate)
        stored[task.name] = table
        yield task


def _tables(folder: SweepFolder, row: int | None) -> Iterator[pa.Table]:
    import pyarrow as pa
    import pyarrow.compute as pc

    for batch in runs_file(folder).iter_batches(batch_size=ROWS):
        table = pa.Table.from_batches([batch]).replace_schema_metadata(None)
        if row is not None:
            table = table.filter(pc.equal(table["row"], row))
        if len(table):
            yield table


def _cells(plan: Plan) -> Callable[[str, int, int], int]:
    """Which cell a row's arm, point and world are."""
    arms, points, worlds = plan.positions
    return lambda arm, point, world: (arms[arm] * len(points) + points[point]) * len(worlds) + worlds[world]
