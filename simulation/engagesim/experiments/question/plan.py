"""The ordered plan of an experiment: which design runs in which world with which luck, and in what order.

How the rooms of experiments fit together, for callers::

    question = Question.load("badges_or_thanks")  # question/question.py: an experiment file, read and checked
    plan = Plan.of(question)                      # question/plan.py: arms x lever points x worlds x replicates
    frame = sweep_frame(question)                 # runner/sweep.py: runs it in memory, one row per run, plan order
    state = sweep(question, Path("results/x"))    # the same in a results folder: resumes, survives kills

`frame` (and `runs.parquet` of a folder) has one row per run: row, arm, point, world, replicate, seed, status, one
column per factor (dots of its key become underscores) and one per outcome, named `measure_window` for everyone and
`measure_window_group` for a group, such as `participation_late` or `exits_whole_employee`. Point 0 and world 0 are "as
stated". Replicate r has the same seed in every arm, point and world, so rows pair up by (world, replicate).
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any

from ...parameter import ROLES
from .designs import Design
from .factors import Point

if TYPE_CHECKING:
    from .question import Question

FORMAT = "engagesim sweep 1"
"""Changes when a plan of the same question would come out in another order."""

CHUNK_SECONDS = 8.0
"""Work in one chunk, about: enough that writing it costs nothing, little enough to be done again."""

LEAST_SECONDS = 0.25
"""Work below which a chunk is not worth a file, however few there are."""

SECONDS_PER_MEMBER_WEEK = 3e-7
"""Rough, and the same on every machine: it decides which runs share a file, not what they find."""

CHUNKS = 64
"""A plan is cut into so many chunks or more, if they are worth a file, so that all cores have work to the end."""

MOST_RUNS = 4000
"""Runs in one chunk at most."""


@dataclass(frozen=True, slots=True)
class Round:
    """Replicates `first` to `first + count - 1` of some cells, cell by cell; `row` is the plan's row of the first."""

    number: int
    cells: Sequence[int]
    first: int
    count: int
    row: int

    @property
    def runs(self) -> int:
        """How many runs it has."""
        return len(self.cells) * self.count


@dataclass(frozen=True, slots=True)
class Chunk:
    """Runs `begin` to `end - 1` of a round, which are done together and kept in one file."""

    round: Round
    number: int
    begin: int
    end: int

    @property
    def name(self) -> str:
        """File name of its results, in plan order."""
        return f"{self.round.number:04d}-{self.number:06d}.parquet"

    @property
    def rows(self) -> range:
        """Rows of the plan."""
        return range(self.round.row + self.begin, self.round.row + self.end)

    def runs(self) -> Iterator[tuple[int, int, int]]:
        """Row, cell and replicate of every run."""
        for row, slot in zip(self.rows, range(self.begin, self.end), strict=True):
            cell, replicate = divmod(slot, self.round.count)
            yield row, self.round.cells[cell], self.round.first + replicate


@dataclass(frozen=True)
class Plan:
    """All combinations of an experiment in order: arm by arm, lever point by lever point, world by world.

    Attributes:
        question: what is asked.
        points: number and values of every lever point (of every point, where all factors are combined together).
        worlds: number and values of every world.
    """

    question: Question = field(repr=False)
    points: Sequence[tuple[int, Point]] = field(repr=False)
    worlds: Sequence[tuple[int, Point]] = field(repr=False)

    @classmethod
    def of(cls, question: Question) -> Plan:
        """The plan of a question; the same for the same file and seed."""
        seed = question.seed
        if question.design is not None:
            return cls(question, question.design.numbered(question.factors, seed, "design"), [(0, {})])
        levers = _points(question.lever_design, question.levers, seed, "levers")
        return cls(question, levers, _points(question.world_design, question.uncertainties, seed, "worlds"))

    @property
    def joint(self) -> bool:
        """Whether points set levers and uncertainties together."""
        return self.question.design is not None

    @property
    def cells(self) -> int:
        """How many combinations there are."""
        return len(self.question.arms) * len(self.points) * len(self.worlds)

    def parts(self, cell: int) -> tuple[int, int, int]:
        """Position of the arm, number of the point and number of the world of a combination."""
        rest, world = divmod(cell, len(self.worlds))
        arm, point = divmod(rest, len(self.points))
        return arm, self.points[point][0], self.worlds[world][0]

    @cached_property
    def positions(self) -> tuple[dict[str, int], dict[int, int], dict[int, int]]:
        """Positions of arms by name, and of points and worlds by number, in whose order cells are counted."""
        return (
            {arm.name: k for k, arm in enumerate(self.question.arms)},
            {number: k for k, (number, _) in enumerate(self.points)},
            {number: k for k, (number, _) in enumerate(self.worlds)},
        )

    def settings(self, cell: int) -> Point:
        """What the combination sets, by key."""
        rest, world = divmod(cell, len(self.worlds))
        return {**self.points[rest % len(self.points)][1], **self.worlds[world][1]}

    def root(self, cell: int) -> int:
        """Root seed of a combination: that of its point or world, where a list gives it one, else everybody's."""
        _, point, world = self.parts(cell)
        number = point if self.joint else world
        seeds = self._seeded.seeds
        return seeds[number - 1] if seeds and number else self.question.seed

    @property
    def _seeded(self) -> Design:
        """The design whose points may have root seeds of their own."""
        return self.question.design or self.question.world_design or Design("list")

    @staticmethod
    def place(point: int, world: int) -> str:
        """A combination in words."""
        return f"at point {point} in world {world}"

    def opening(self) -> Round:
        """The first replicates of everything."""
        return Round(0, range(self.cells), 0, self.question.replicates, 0)

    def chunks(self, part: Round) -> Iterator[Chunk]:
        """The chunks of a round, in order."""
        size = self._chunk_size(part.runs)
        for number, begin in enumerate(range(0, part.runs, size)):
            yield Chunk(part, number, begin, min(begin + size, part.runs))

    def document(self) -> dict[str, Any]:
        """Everything that decides what comes out, as JSON can hold it."""
        asked = self.question
        return {
            "format": FORMAT,
            "arms": [{"name": arm.name, "digest": arm.digest} for arm in asked.arms],
            "seed": asked.seed,
            "replicates": asked.replicates,
            "precision": None if asked.precision is None else asked.precision.document(),
            "columns": [column.document() for column in asked.columns],
            "factors": [factor.document() for factor in asked.factors],
            "points": [[number, dict(point)] for number, point in self.points],
            "worlds": [[number, dict(point)] for number, point in self.worlds],
            **({"seeds": list(self._seeded.seeds)} if self._seeded.seeds else {}),
        }

    @cached_property
    def design_id(self) -> str:
        """SHA-256 of everything that decides what comes out."""
        text = json.dumps(self.document(), sort_keys=True, separators=(",", ":"), allow_nan=False)
        return hashlib.sha256(text.encode()).hexdigest()

    def _chunk_size(self, runs: int) -> int:
        seconds = max(_member_weeks(arm.values) for arm in self.question.arms) * SECONDS_PER_MEMBER_WEEK
        most = min(MOST_RUNS, int(CHUNK_SECONDS / seconds))
        return max(1, min(most, max(-(-runs // CHUNKS), int(LEAST_SECONDS / seconds))))


def _member_weeks(values: Any) -> float:
    members = sum(int(values[f"{role}s"]) for role in ROLES)
    return max(1.0, float(members) * float(values["steps"]))


def _points(design: Design | None, factors: Any, seed: int, name: str) -> list[tuple[int, Point]]:
    return [(0, {})] if design is None else design.numbered(factors, seed, name)
