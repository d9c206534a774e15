"""Run the plan of an experiment into a folder: what is there is kept, what is missing is run, then it is merged."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ..question.columns import outcomes_of
from ..question.plan import Chunk, Plan, Round
from ..question.question import Question
from .carrier import Carrier, Here
from .durable import write_whole
from .folder import SHARDS, SweepFolder
from .merge import drop_shards, drop_torn, failed_in, merge, runs_file, runs_frame, samples
from .precision import following
from .work import FAILED, Evaluate, Task

if TYPE_CHECKING:
    import pandas as pd

Watch = Callable[[str, int], AbstractContextManager[Callable[[int], None] | None]]
"""Opens a progress display: what is counted, and how many there are."""

WHOLE = (1, 1)
"""The part of a plan that is all of it."""


class StoppedError(Exception):
    """A run failed, and the sweep was asked to stop then."""


@dataclass(frozen=True, slots=True)
class State:
    """How far a sweep is.

    Attributes:
        place: its folder.
        design_id: what was asked.
        runs: runs planned so far (with adaptive replication, more may follow).
        done: runs whose results are kept, those that failed among them.
        failed: runs that failed.
        finished: whether the table of all runs is written.
        rounds: rounds of replicates planned so far.
    """

    place: Path
    design_id: str
    runs: int
    done: int
    failed: int
    finished: bool
    rounds: int


def sweep(
    question: Question, place: Path, *, carrier: Carrier | None = None, part: tuple[int, int] = WHOLE,
    fresh: bool = False, fail_fast: bool = False, watch: Watch | None = None, origin: Mapping[str, Any] | None = None,
    evaluate: Evaluate = outcomes_of,
) -> State:  # fmt: skip
    """Run what is missing of an experiment in its folder, and merge when all is there.

    Memory: the plan's points, and the tasks that are on their way.

    Args:
        question: what is asked.
        place: the folder, new or with the same experiment.
        carrier: what does the work; default this process.
        part: (i, n) does every n-th chunk from the i-th on; whoever finds all done merges.
        fresh: delete what is there and start anew.
        fail_fast: stop at the first run that fails.
        watch: opens a progress display for each round.
        origin: versions and machine, for the manifest.
        evaluate: what a run is.

    Raises:
        InputError: a folder of something else, a full disk, a cluster that does not answer.
        StoppedError: a run failed, with `fail_fast`.
    """
    plan = Plan.of(question)
    folder = SweepFolder.begin(place, plan, origin or {}, fresh=fresh)
    with folder.alone(part):
        if not folder.finished:
            _Sweep(folder, plan, carrier or Here(), part, fail_fast, watch or unwatched, evaluate).go()
        if folder.finished:
            drop_shards(folder)
        return state_of(folder)


def sweep_frame(question: Question, carrier: Carrier | None = None, evaluate: Evaluate = outcomes_of) -> pd.DataFrame:
    """Run an experiment in a folder that does not stay: one row per run, in plan order."""
    with tempfile.TemporaryDirectory() as place:
        sweep(question, Path(place) / "sweep", carrier=carrier, evaluate=evaluate)
        return runs_frame(Path(place) / "sweep")


def state_of(folder: SweepFolder) -> State:
    """How far the sweep in a folder is.

    Raises:
        InputError: a table of it cannot be read, or was changed.
    """
    if folder.finished:
        found = runs_file(folder)
        runs, labels = found.metadata.num_rows, found.schema_arrow.metadata
        failed, count = int(labels[b"failed"]), int(labels[b"rounds"])
        return State(folder.place, folder.manifest["design_id"], runs, runs, failed, True, count)
    rounds = list(rounds_of(folder, folder.plan))
    there = folder.there()
    chunks = [c for r in rounds for c in folder.plan.chunks(r) if c.name in there]
    return State(
        folder.place, folder.manifest["design_id"], sum(r.runs for r in rounds), sum(len(c.rows) for c in chunks),
        sum(failed_in(folder.shard(c)) for c in chunks), False, len(rounds),
    )  # fmt: skip


def rounds_of(folder: SweepFolder, plan: Plan) -> Iterator[Round]:
    """The rounds of a plan as far as results decide them; each is asked for when the one before it is done."""
    rounds = [plan.opening()]
    yield rounds[0]
    while plan.question.precision is not None:
        there = folder.there()
        chunks = [c for r in rounds for c in plan.chunks(r)]
        if any(c.name not in there for c in chunks):
            return
        more = following(plan, rounds, samples((folder.shard(c) for c in chunks), plan.question.precision.column.name))
        if more is None:
            return
        rounds.append(more)
        yield more


def unwatched(_what: str, _total: int) -> AbstractContextManager[None]:
    """Nobody watches."""
    return nullcontext()


@dataclass(slots=True)
class _Sweep:
    folder: SweepFolder
    plan: Plan
    carrier: Carrier
    part: tuple[int, int]
    fail_fast: bool
    watch: Watch
    evaluate: Evaluate
    done: int = 0
    told: Callable[[int], None] | None = field(default=None)

    def go(self) -> None:
        drop_torn(self.folder)
        rounds = []
        for part in rounds_of(self.folder, self.plan):
            rounds.append(part)
            self._carry(part)
        there = self.folder.there()
        chunks = [chunk for part in rounds for chunk in self.plan.chunks(part)]
        if all(chunk.name in there for chunk in chunks):
            with self.folder.merging():
                if not self.folder.finished:
                    merge(self.folder, chunks, len(rounds))

    def _carry(self, part: Round) -> None:
        missing = self._missing(part)
        self.folder.tidy(missing)
        runs = sum(len(chunk.rows) for chunk in missing)
        if not runs:
            return
        what = "runs" if part.number == 0 else f"runs, round {part.number + 1}"
        with self.watch(what, runs) as self.told:
            self.done = 0
            tasks = (Task.of(self.plan, chunk, self.evaluate) for chunk in missing)
            self.carrier.carry(tasks, self._keep, self._progress)

    def _missing(self, part: Round) -> Sequence[Chunk]:
        i, n = self.part
        there = self.folder.there()
        return [c for c in self.plan.chunks(part) if c.number % n == i - 1 and c.name not in there]

    def _keep(self, task: Task, content: bytes) -> None:
        path = self.folder.place / SHARDS / task.name
        write_whole(path, content)
        failed = failed_in(path)
        self.folder.note(chunk=task.name, runs=len(task.runs), failed=failed)
        if failed and self.fail_fast:
            raise StoppedError(f"{failed} of {len(task.runs)} runs in {task.name} {FAILED}")

    def _progress(self, more: int) -> None:
        self.done += more
        if self.told and self.done > 0:
            self.told(self.done)
