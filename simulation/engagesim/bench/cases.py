"""What is measured: which sizes, how many weeks, how often."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ..design.scenario import Scenario

SCENARIO = "plain_organization"
SEED = 0
SHARES = {"employees": 0.4, "customers": 0.5, "partners": 0.1}
"""Proportions of the roles, those of the shipped scenario."""


@dataclass(frozen=True, slots=True)
class Case:
    """One size.

    Attributes:
        members: number of members.
        weeks: weeks of a run, the first of which is not timed.
        mesa_weeks: the same for the comparison with Mesa; 0 for none, as Mesa would take hours.
        repetitions: how often each thing is timed.
    """

    members: int
    weeks: int
    mesa_weeks: int
    repetitions: int

    @property
    def name(self) -> str:
        """Name in tables and in JSON."""
        return f"{SCENARIO}_{self.members}"


@dataclass(frozen=True, slots=True)
class Plan:
    """Everything that one benchmark measures.

    Attributes:
        cases: one per size.
        memory: members and weeks of the run whose peak memory is taken.
        runs: replicates in one measurement of small runs.
        small_weeks: weeks of a small run.
        repetitions: how often small runs and starts are timed.
        cold: whether to time a start with nothing compiled.
        enough: member-weeks of one measurement; shorter runs are repeated within it.
    """

    cases: tuple[Case, ...]
    memory: tuple[int, int]
    runs: int
    small_weeks: int
    repetitions: int
    cold: bool = True
    enough: int = 500_000

    @property
    def steps(self) -> int:
        """Number of times that `measure` reports progress."""
        return sum(1 + case.repetitions for case in self.cases) + 2 * self.repetitions + 2


FULL = Plan(
    cases=(Case(300, 156, 53, 7), Case(10_000, 156, 6, 5), Case(100_000, 100, 0, 5), Case(1_000_000, 100, 0, 3)),
    memory=(1_000_000, 100), runs=200, small_weeks=156, repetitions=5,
)  # fmt: skip
QUICK = Plan(
    cases=(Case(300, 156, 14, 3), Case(10_000, 51, 3, 3), Case(100_000, 21, 0, 3)),
    memory=(100_000, 100), runs=60, small_weeks=156, repetitions=3,
)  # fmt: skip
"""The same without a million members, with fewer weeks and repetitions."""


def design(members: int, weeks: int) -> Scenario:
    """The scenario at another size and length."""
    from ..design.scenario import Scenario

    counts = {role: round(share * members) for role, share in SHARES.items()}
    return Scenario.load(SCENARIO).changed(**counts, steps=weeks)
