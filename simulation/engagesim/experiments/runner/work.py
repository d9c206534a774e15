"""The work of one chunk, wherever it is done: run, take the outcomes, give a table as bytes.

A run that fails is a row like any other, with what is needed to see it fail again.
"""

from __future__ import annotations

import json
import traceback
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from ...design.scenario import Scenario
from ...draws import replicate_seed
from ...parameter import ROLES
from ...structures import build
from ...structures.network import Network
from ..question.columns import Column, outcomes_of
from ..question.factors import Factor, Level, Point, placed
from ..question.plan import Chunk, Plan

if TYPE_CHECKING:
    import pyarrow as pa

Evaluate = Callable[[Scenario, Sequence[Column], int, Network | None], NDArray[np.float64]]
"""What a run is: design, outcomes and seed to numbers. Tests put functions with known answers in its place."""

Runs = tuple[tuple[int, int, int], ...]
"""Row, cell and replicate of every run."""

DONE, FAILED = "done", "failed"
ERROR = "error"
"""Column of what went wrong, in the files of chunks."""

FRAMES = 6
"""Frames of a traceback that are kept: the innermost."""


@dataclass(frozen=True, slots=True)
class Cell:
    """One combination: position and name of its arm, numbers of its point and world, what they set, and root seed."""

    arm: int
    name: str
    point: int
    world: int
    settings: Point
    seed: int


@dataclass(frozen=True, slots=True)
class Task:
    """One chunk with all that a worker needs to know.

    Attributes:
        name: file name of its results.
        runs: row, cell and replicate of every run.
        cells: the combinations that occur, by number.
        arms: the designs that occur, by position.
        factors: whose values become columns.
        columns: outcomes.
        evaluate: what a run is.
        known: rows that are not run again, with what is known of their failure: they have killed their workers.
    """

    name: str
    runs: Runs
    cells: Mapping[int, Cell]
    arms: Mapping[int, Scenario]
    factors: tuple[Factor, ...]
    columns: tuple[Column, ...]
    evaluate: Evaluate = outcomes_of
    known: Mapping[int, str] = field(default_factory=dict)

    @classmethod
    def of(cls, plan: Plan, chunk: Chunk, evaluate: Evaluate = outcomes_of) -> Task:
        """The task of a chunk."""
        return cls.for_runs(plan, chunk.name, tuple(chunk.runs()), evaluate)

    @classmethod
    def for_runs(cls, plan: Plan, name: str, runs: Runs, evaluate: Evaluate = outcomes_of) -> Task:
        """The task of some runs of a plan, each with its row, cell and replicate."""
        asked = plan.question
        cells = {}
        for cell in dict.fromkeys(cell for _, cell, _ in runs):
            arm, point, world = plan.parts(cell)
            cells[cell] = Cell(arm, asked.arms[arm].name, point, world, plan.settings(cell), plan.root(cell))
        # Parents are of no use to a worker.
        arms = {c.arm: replace(asked.arms[c.arm], parent=None) for c in cells.values()}
        return cls(name, runs, cells, arms, asked.factors, asked.columns, evaluate)

    def only(self, rows: Sequence[int]) -> Task:
        """The same task for some of its rows."""
        return replace(self, runs=tuple(run for run in self.runs if run[0] in set(rows)))


@dataclass(slots=True)
class Place:
    """A design in one cell, made when its first run comes."""

    design: Scenario
    network: Network | None


def table_of(task: Task, told: Callable[[int], None] | None = None) -> pa.Table:
    """Do the task: a table with one row per run.

    Args:
        task: what to do.
        told: called with the row of every run before it starts.
    """
    place: Place | None = None
    at: int | None = None
    outcomes = np.full((len(task.runs), len(task.columns)), np.nan)
    errors: list[str | None] = []
    for k, (row, cell, replicate) in enumerate(task.runs):
        if told:
            told(row)
        if row in task.known:
            errors.append(task.known[row])
            continue
        stage = "design"
        try:
            if place is None or at != cell:
                place, at = _place(task, cell), cell
            stage = "run"
            seed = replicate_seed(task.cells[cell].seed, replicate)
            outcomes[k] = task.evaluate(place.design, task.columns, seed, place.network)
            errors.append(None)
        except Exception as error:  # noqa: BLE001  # whatever a run raises is kept as its row
            place, at = None, None
            errors.append(failure(task, row, stage, error))
    return _table(task, outcomes, errors)


def bytes_of(table: pa.Table) -> bytes:
    """A table as Parquet (zstd): the same bytes for the same numbers."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    sink = pa.BufferOutputStream()
    pq.write_table(table, sink, compression="zstd")
    return bytes(sink.getvalue())


def failure(task: Task, row: int, stage: str, error: BaseException) -> str:
    """What is known of a failed run, as JSON; paths of files are left out, so that it is the same everywhere."""
    frames = traceback.extract_tb(error.__traceback__)[-FRAMES:]
    lines = [f"{Path(f.filename).name}:{f.lineno} {f.name}: {f.line}" for f in frames]
    return known_failure(task, row, stage, type(error).__name__, str(error), lines)


def known_failure(task: Task, row: int, stage: str, kind: str, message: str, lines: Sequence[str] = ()) -> str:
    """What is known of a failed run, as JSON, with the command that runs it alone."""
    _, cell, replicate = next(run for run in task.runs if run[0] == row)
    where = task.cells[cell]
    sets = " ".join(f"--set {key}={_text(value)}" for key, value in where.settings.items())
    seed = replicate_seed(where.seed, replicate)
    return json.dumps({
        "stage": stage, "type": kind, "message": message, "traceback": "\n".join(lines),
        "replay": f"engagesim run arms/{where.name}.toml --seed {seed} {sets}".rstrip(),
    })  # fmt: skip


def _text(value: Level) -> str:
    return value if isinstance(value, str) else repr(value)


def _place(task: Task, cell: int) -> Place:
    where = task.cells[cell]
    design = placed(task.arms[where.arm], where.settings, Plan.place(where.point, where.world))
    # A network from file is the same in every replicate: read once.
    return Place(design, build(design.values, 0) if design.values["form"] == "file" else None)


def stated(arm: Scenario, factor: Factor) -> Level | None:
    """The value that an arm gives a factor by itself; None where it has none, or not one."""
    head, _, rest = factor.key.rpartition(".")
    for instrument in arm.instruments:
        if instrument.name == head:
            found = instrument.attributes.get(rest)
            return None if isinstance(found, tuple) else found
    *_, name, role = ("", *factor.key.split("."))
    value = arm.values.get(name, arm.values.get(role))
    if not isinstance(value, tuple):
        return value
    if role in ROLES:
        return value[ROLES.index(role)]
    return value[0] if len(set(value)) == 1 else None


def _table(task: Task, outcomes: NDArray[np.float64], errors: Sequence[str | None]) -> pa.Table:
    import pyarrow as pa

    rows, cells, replicates = zip(*task.runs, strict=True)
    where = [task.cells[cell] for cell in cells]
    failed = np.array([error is not None for error in errors])
    columns: dict[str, Any] = {
        "row": pa.array(rows, pa.int64()),
        "arm": pa.array([c.name for c in where], pa.string()),
        "point": pa.array([c.point for c in where], pa.int32()),
        "world": pa.array([c.world for c in where], pa.int32()),
        "replicate": pa.array(replicates, pa.int32()),
        "seed": pa.array([replicate_seed(c.seed, r) for c, r in zip(where, replicates, strict=True)], pa.uint64()),
        "status": pa.array([FAILED if f else DONE for f in failed], pa.string()),
    }
    for factor in task.factors:
        kept = {cell: _level(task, cell, factor) for cell in task.cells}
        kind = pa.string() if factor.words else pa.float64()
        columns[factor.column] = pa.array([kept[cell] for cell in cells], kind)
    for k, column in enumerate(task.columns):
        columns[column.name] = pa.array(outcomes[:, k], pa.float64(), mask=failed)
    columns[ERROR] = pa.array(errors, pa.string())
    return pa.table(columns)


def _level(task: Task, cell: int, factor: Factor) -> str | float | None:
    where = task.cells[cell]
    value = where.settings[factor.key] if factor.key in where.settings else stated(task.arms[where.arm], factor)
    if value is None:
        return None
    return str(value) if factor.words else float(value)
