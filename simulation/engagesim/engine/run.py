"""Whole runs: one compiled call on one thread, or week by week over threads for large organizations."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from ..design.catalogue import PARAMETERS, WIDTH, slot
from ..design.levers import INSTRUMENT_WIDTH, Levers
from ..population import Floats
from ..rules.rewards import CONTINGENCY, RANK
from ..structures.network import Network
from .arrays import Scratch, new_scratch
from .asking import asks
from .handle import handle
from .jit import unsigned
from .loop import ASK, PARTS, SHARED, work
from .meeting import Meeting, new_meeting
from .warm import ensure_compiled
from .world import World, reorganize, start_world

if TYPE_CHECKING:
    from ..design.scenario import Scenario

PIECE = 5_000_000
"""Member-weeks after which a run comes up for air, so that it can be interrupted and tells how far it is."""
THREADED_FROM = 100_000
"""Members from which one run is worth several threads; smaller runs use threads for replicates."""


def cores() -> int:
    """Processors that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


Snapshots = dict[int, dict[str, NDArray[np.generic]]]


@dataclass(frozen=True, slots=True)
class Finished:
    """A run that is over: its world and the snapshots asked for, by the week after which they were taken."""

    world: World
    snapshots: Snapshots


def run(
    scenario: Scenario, network: Network | None, seed: int, watch: Sequence[int] = (), threads: int | None = 1,
    told: Callable[[int], None] | None = None, levers: Levers | None = None,
) -> Finished:  # fmt: skip
    """Run `scenario` on `network` from `seed`.

    Args:
        scenario: resolved design.
        network: who is tied to whom, not changed; built from the scenario and the seed if None.
        seed: root seed, 0 to 2**64 - 1.
        watch: weeks (1 = after the first) at which to copy the members' state.
        threads: how many threads one run may use; None for one, or all cores for a large organization. The result
            does not depend on it.
        told: called with the number of finished weeks at every stop.
        levers: those of the scenario, where many runs share them.
    """
    levers = levers or scenario.levers()
    ensure_compiled(warm_up)
    weeks = len(levers.values)
    world = start_world(scenario.values, [i.name for i in scenario.instruments], weeks, network, seed)
    if threads is not None and threads < 1:
        raise ValueError(f"threads = {threads}   must be at least 1")
    many = threads or (cores() if world.size >= THREADED_FROM else 1)
    changes = dict(scenario.reorganizations())
    if changes and network is not None:
        raise ValueError(
            "a network that is given cannot be reorganized: leave out the network or the scheduled structure"
        )
    start = (
        partial(_serial, levers=levers, seed=seed)
        if many == 1
        else partial(_threaded, levers=levers, seed=seed, threads=many)
    )
    advance, values = start(world), scenario.values
    snapshots: Snapshots = {}
    pause = max(1, PIECE // max(1, world.size))
    stops = sorted({*range(0, weeks, pause), weeks, *changes, *(w for w in watch if 0 < w <= weeks)})
    for begin, end in pairwise(stops):
        if begin in changes:
            world = reorganize(world, values, changes[begin], seed)
            advance, values = start(world), changes[begin]
        advance(begin, end)
        if end in watch:
            snapshots[end] = world.snapshot()
        if told:
            told(end)
    return Finished(world, snapshots)


def warm_up() -> None:
    """A week of a pair of members, after which every loop is compiled."""
    values = {p.name: p.default for p in PARAMETERS}
    byte, none = np.zeros(2, np.uint8), np.full(2, -1, np.int32)
    start, other, strength = np.array([0, 1, 2]), np.array([1, 0], np.uint32), np.array([0.5, 0.5])
    pair = Network(start, other, strength, byte, byte, none, none, np.zeros(2, np.int16), none)
    levers = Levers(np.full((1, WIDTH), 0.5), np.ones((1, 1, INSTRUMENT_WIDTH)))
    levers.instruments[0, 0, CONTINGENCY] = RANK
    levers.values[0, slot("encounter_size")] = 2.0
    _serial(start_world(values, ["contest"], 1, pair, 0), levers, 0)(0, 1)


def _serial(world: World, levers: Levers, seed: int) -> Callable[[int, int], None]:
    """All weeks in one compiled call."""
    scratch, meeting = new_scratch(), new_meeting(1, levers.instruments.shape[1])

    def advance(begin: int, end: int) -> None:
        live(world, levers, seed, begin, end, scratch, meeting)

    return advance


def live(world: World, levers: Levers, seed: int, begin: int, end: int, scratch: Scratch, meeting: Meeting) -> None:
    """Weeks begin..end - 1 of a world on this thread, in one compiled call that does not hold the lock."""
    handled = world.company.members.handled.reshape(1, -1)
    work(
        0, PARTS, unsigned(seed), begin, end, 0, world.size, 0, levers.values, levers.instruments,
        world.given, handle(scratch), handle(meeting), handled, world.tallies, world.series,
    )  # fmt: skip


def _threaded(world: World, levers: Levers, seed: int, threads: int) -> Callable[[int, int], None]:
    """Week by week, each pass over the members cut into one part per thread."""
    team = Team(world, levers, seed, threads)

    def advance(begin: int, end: int) -> None:
        with ThreadPoolExecutor(threads) as pool:
            for week in range(begin, end):
                team.week(pool, week)

    return advance


class Team:
    """Threads that share the weeks of one large run; sums are exact, so their number changes nothing."""

    def __init__(self, world: World, levers: Levers, seed: int, threads: int) -> None:
        self.world, self.levers, self.seed = world, levers, unsigned(seed)
        bounds = np.linspace(0, world.size, threads + 1).astype(np.int64)
        self.shares = list(pairwise(bounds.tolist()))
        self.scratch = [handle(new_scratch()) for _ in self.shares]
        self.meeting = handle(new_meeting(threads, levers.instruments.shape[1]))
        self.handled = np.zeros((threads, world.size))
        self.sums = np.zeros((threads, *world.tallies.shape[1:]))

    def week(self, pool: ThreadPoolExecutor, week: int) -> None:
        """One week of the run, part by part."""
        for part in range(PARTS):
            if part in SHARED:
                self._together(pool, part, week)
            else:
                self._work(part, week, 0, 0, self.world.size, self.world.tallies)

    def _together(self, pool: ThreadPoolExecutor, part: int, week: int) -> None:
        def mine(row: int) -> None:
            self._work(part, week, row, *self.shares[row], self.sums[row : row + 1])

        list(pool.map(mine, range(len(self.shares))))
        self.world.tallies[week] += self.sums.sum(axis=0)
        self.sums[:] = 0.0
        company = self.world.company
        if part == ASK and asks(company.organization):
            company.members.handled[:] = self.handled.sum(axis=0)

    def _work(self, part: int, week: int, row: int, first: int, last: int, tallies: Floats) -> None:
        w, levers = self.world, self.levers
        work(
            part, part + 1, self.seed, week, week + 1, first, last, row, levers.values, levers.instruments,
            w.given, self.scratch[row], self.meeting, self.handled, tallies, w.series,
        )  # fmt: skip
