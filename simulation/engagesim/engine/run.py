"""Whole runs: one compiled call on one thread, or week by week over threads for large organizations."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from itertools import pairwise, product
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from ..design.levers import Levers
from ..population import Floats
from ..structures.network import Network
from .arrays import new_scratch
from .asking import asks
from .handle import handle
from .jit import unsigned
from .loop import ASK, PARTS, SHARED, work
from .settlement import new_ledger
from .world import World, live, reorganize, start_world

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
    weeks = len(levers.values)
    world = start_world(scenario.values, [i.name for i in scenario.instruments], weeks, network, seed)
    if threads is not None and threads < 1:
        raise ValueError(f"threads = {threads}   must be at least 1")
    many = threads or (cores() if world.size >= THREADED_FROM else 1)
    changes = dict(scenario.reorganizations())
    if changes and network is not None:
        message = "a network that is given cannot be reorganized: leave out the network or the scheduled structure"
        raise ValueError(message)
    values = scenario.values
    snapshots: Snapshots = {}
    advance = _advancing(world, levers, seed, many)
    pause = max(1, PIECE // max(1, world.size))
    stops = sorted({*range(0, weeks, pause), weeks, *changes, *(w for w in watch if 0 < w <= weeks)})
    for begin, end in pairwise(stops):
        if begin in changes:
            world, values = reorganize(world, values, changes[begin], seed), changes[begin]
            advance = _advancing(world, levers, seed, many)
        advance(begin, end)
        if end in watch:
            snapshots[end] = world.snapshot()
        if told:
            told(end)
    return Finished(world, snapshots)


def _advancing(world: World, levers: Levers, seed: int, threads: int) -> Callable[[int, int], None]:
    """What goes on by weeks begin..end - 1: one compiled call, or a team of threads."""
    if threads == 1:
        scratch, ledger = new_scratch(), new_ledger(1, levers.instruments.shape[1])
        return lambda begin, end: live(world, levers, seed, begin, end, scratch, ledger)
    return Team(world, levers, seed, threads).advance


class Team:
    """Threads that share the weeks of one large run; sums are exact, so their number changes nothing."""

    def __init__(self, world: World, levers: Levers, seed: int, threads: int) -> None:
        self.world, self.levers, self.seed = world, levers, unsigned(seed)
        bounds = np.linspace(0, world.size, threads + 1).astype(np.int64)
        self.shares = list(pairwise(bounds.tolist()))
        self.scratch = [handle(new_scratch()) for _ in self.shares]
        self.ledger = handle(new_ledger(threads, levers.instruments.shape[1]))
        self.handled = np.zeros((threads, world.size))
        self.sums = np.zeros((threads, *world.tallies.shape[1:]))

    def advance(self, begin: int, end: int) -> None:
        """Go on by weeks begin..end - 1, part by part."""
        with ThreadPoolExecutor(len(self.shares)) as pool:
            for week, part in product(range(begin, end), range(PARTS)):
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
            w.given, self.scratch[row], self.ledger, self.handled, tallies, w.series,
        )  # fmt: skip
