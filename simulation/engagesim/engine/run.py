"""Whole runs: one compiled call on one thread, or week by week over threads for large organizations."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from ..design.catalogue import PARAMETERS, WIDTH, slot
from ..design.levers import INSTRUMENT_WIDTH, Levers
from ..population import Floats
from ..rules.joining import SIGNALS
from ..rules.rewards import CONTINGENCY, RANK
from ..structures.network import Network
from .arrays import new_scratch
from .asking import ask, asks
from .come_and_go import JOINING, call, carry_out, notice
from .encounters import RATE as ENCOUNTER_RATE
from .encounters import meet
from .imitating import RATE, reconsider, split, switch
from .invading import invade, tries
from .jit import unsigned
from .learning import conclude_learning, learn, learns, open_learning
from .loop import BUDGET, run_weeks
from .meeting import contests, new_meeting, price, settle, settle_contests
from .organization import conclude, open_week
from .pieces import recognition
from .pieces.pooling import POOL_SIZE
from .pooling import pool as meet_in_teams
from .recognition import recognize
from .warm import ensure_compiled
from .week import act, relate
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
    """A week of a pair of members on each path, with a contest and a budget, so that every loop is compiled."""
    values = {p.name: p.default for p in PARAMETERS}
    byte, none = np.zeros(2, np.uint8), np.full(2, -1, np.int32)
    start, other, strength = np.array([0, 1, 2]), np.array([1, 0], np.uint32), np.array([0.5, 0.5])
    pair = Network(start, other, strength, byte, byte, none, none, np.zeros(2, np.int16), none)
    levers = Levers(np.full((1, WIDTH), 0.5), np.ones((1, 1, INSTRUMENT_WIDTH)))
    levers.instruments[0, 0, CONTINGENCY] = RANK
    levers.values[0, slot("encounter_size")] = 2.0
    for path in (_serial, partial(_threaded, threads=2)):
        path(start_world(values, ["contest"], 1, pair, 0), levers, 0)(0, 1)


def _serial(world: World, levers: Levers, seed: int) -> Callable[[int, int], None]:
    """All weeks in one compiled call."""
    scratch, meeting = new_scratch(), new_meeting(1, levers.instruments.shape[1])

    def advance(begin: int, end: int) -> None:
        run_weeks(
            levers.values, levers.instruments, unsigned(seed), begin, end, world.company, scratch, meeting,
            world.tallies, world.series,
        )  # fmt: skip

    return advance


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
        self.parts = [(row, a, b) for row, (a, b) in enumerate(pairwise(bounds.tolist()))]
        self.scratch = [new_scratch() for _ in self.parts]
        self.meeting = new_meeting(threads, levers.instruments.shape[1])
        self.handled = np.zeros((threads, world.size))

    def week(self, pool: ThreadPoolExecutor, week: int) -> None:
        """One week of the run."""
        self.first_half(pool, week)
        self.second_half(pool, week)
        if learns(self.world.company.organization.levers):
            self.learn(pool, week)
        self.conclude(week)
        if self.world.company.organization.levers[RATE] > 0.0:
            self.imitate(pool, week)
        self.come_and_go(pool, week)

    def _all(self, pool: ThreadPoolExecutor, part: Callable[..., Any]) -> list[Any]:
        return list(pool.map(lambda p: part(*p), self.parts))

    def first_half(self, pool: ThreadPoolExecutor, week: int) -> None:
        """Decide, create and settle."""
        company, offer = self.world.company, self.levers.instruments[week]
        organization = company.organization
        open_week(self.levers.values[week], self.seed, week, organization)

        def acting(row: int, a: int, b: int) -> None:
            act(a, b, row, offer, company, self.scratch[row], self.meeting)

        def pricing(row: int, a: int, b: int) -> None:
            price(a, b, row, offer, company, self.meeting)

        self._all(pool, acting)
        if organization.levers[POOL_SIZE] > 0.0:
            meet_in_teams(self.seed, week, company)
        if contests(offer):
            settle_contests(offer, organization, self.meeting)
        if recognition.stands(organization.levers):
            recognize(offer, company)
        if organization.levers[BUDGET] > 0.0:
            self._all(pool, pricing)
        settle(offer, organization, self.meeting)
        if organization.levers[ENCOUNTER_RATE] > 0.0:
            meet(self.seed, week, company)

    def second_half(self, pool: ThreadPoolExecutor, week: int) -> None:
        """Relate, observe, experience, and add up what the members are and did."""
        w, offer = self.world, self.levers.instruments[week]
        sums = np.zeros((len(self.parts), *w.tallies[week].shape))

        def relating(row: int, a: int, b: int) -> None:
            relate(a, b, offer, w.company, self.scratch[row], sums[row])

        self._all(pool, relating)
        self.ask(pool, week, sums)
        w.tallies[week] = sums.sum(axis=0)

    def learn(self, pool: ThreadPoolExecutor, week: int) -> None:
        """Members and the organization's code learn from each other."""
        w = self.world
        sums = np.zeros((len(self.parts), *w.tallies[week].shape))
        open_learning(self.seed, week, w.company, self.meeting)

        def learning(row: int, a: int, b: int) -> None:
            learn(self.seed, week, a, b, row, w.company, self.meeting, sums[row])

        self._all(pool, learning)
        w.tallies[week] += sums.sum(axis=0)
        conclude_learning(self.seed, week, w.company, self.meeting, w.tallies[week])

    def conclude(self, week: int) -> None:
        """Measure: the organization keeps its books."""
        w = self.world
        conclude(self.seed, week, w.company.organization, w.tallies[week], w.series[week])

    def imitate(self, pool: ThreadPoolExecutor, week: int) -> None:
        """Members take over the cooperation types of others."""
        w = self.world

        def reconsidering(_row: int, a: int, b: int) -> None:
            reconsider(self.seed, week, a, b, w.company)

        self._all(pool, reconsidering)
        switch(w.company, w.tallies[week])
        split(self.seed, week, w.company, w.tallies[week])
        if tries(w.company):
            invade(self.seed, week, w.company, w.tallies[week])

    def ask(self, pool: ThreadPoolExecutor, week: int, sums: Floats) -> None:
        """Problems look for who knows."""
        company = self.world.company
        if not asks(company.organization):
            return

        def asking(row: int, a: int, b: int) -> None:
            ask(self.seed, week, a, b, company, self.handled[row], sums[row])

        self._all(pool, asking)
        company.members.handled[:] = self.handled.sum(axis=0)
        self.handled[:] = 0.0

    def come_and_go(self, pool: ThreadPoolExecutor, week: int) -> None:
        """Leavers, newcomers and new ties."""
        w = self.world

        def calling(_row: int, a: int, b: int) -> None:
            call(self.seed, week, a, b, w.company)

        if int(w.company.organization.levers[JOINING]) == SIGNALS:
            self._all(pool, calling)

        def noticing(_row: int, a: int, b: int) -> None:
            notice(self.seed, week, a, b, w.company)

        self._all(pool, noticing)
        carry_out(self.seed, week, w.company, w.tallies[week])
