"""One design's run, week by week: forward, back, and on with other levers from any week."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from ..design.scenario import Scenario
from ..engine.arrays import new_scratch
from ..engine.jit import unsigned
from ..engine.settlement import new_ledger
from ..engine.world import live, reorganize, start_world
from ..measures import MEASURES, sums_of
from ..population import Floats
from ..runs import Run, refuse_inexact
from ..structures.network import Network
from .checkpoints import Checkpoints
from .histories import Histories
from .nodes import Bytes, count_states, describe, ensure_describing

FIRST = -1
"""The era before any reorganization."""
NAMES = [m.name for m in MEASURES]
"""Weekly measures in the order in which they are told."""


class Track:
    """A run of `scenario` on `network` from `seed`, on the compiled engine.

    The world stands at week `at` (weeks lived). What was seen of weeks up to `head` is kept: sums, nodes, histories;
    `at` can go back and forth below it. The same weeks come out as in `simulate`, to the last bit.

    A schedule that reorganizes begins a new era, named by its first week: a world with other ties and positions, and
    the same members. The first era is `FIRST`.
    """

    def __init__(self, scenario: Scenario, network: Network, seed: int) -> None:
        self.scenario, self.network, self.seed = scenario, network, seed
        self.levers = scenario.levers()
        self.weeks = len(self.levers.values)
        names = [i.name for i in scenario.instruments]
        self.world = start_world(scenario.values, names, self.weeks, network, seed)
        self.era, self.worlds = FIRST, {FIRST: self.world}
        self.scratch, self.ledger = new_scratch(), new_ledger(1, len(names))
        self.at = self.head = 0
        self.tallies, self.series = np.zeros_like(self.world.tallies), np.zeros_like(self.world.series)
        self.nodes: Bytes = np.zeros((self.weeks + 1, self.world.size), dtype=np.uint8)
        self.measured = np.full((self.weeks, len(NAMES)), np.nan)
        self.nothing = np.full(len(NAMES), np.nan)
        self.counted = 0
        self.histories = Histories(self.weeks, self.world.size)
        self.checkpoints = Checkpoints(self.world.company, self.weeks)
        self.checkpoints.pass_by(0, FIRST, self.world.company)
        ensure_describing(self.world.given)
        self._keep()

    @property
    def size(self) -> int:
        """Number of places."""
        return self.world.size

    def go(self, week: int) -> None:
        """Let the world stand at `week`, 0..weeks."""
        if week < self.at:
            self.at, self.era = self.checkpoints.before(week)
            self.world = self.worlds[self.era]
            self.checkpoints.restore(self.at, self.world.company)
            self.world.tallies[self.at :] = 0.0
        while self.at < week:
            self._live()

    def reach(self, week: int) -> None:
        """Know everything up to `week`."""
        if week > self.head:
            self.go(week)

    def change(self, scenario: Scenario, since: int) -> None:
        """Go on with the levers of `scenario`, which has the same values before week `since`."""
        self.go(min(self.at, since))
        self.scenario, self.levers = scenario, scenario.levers()
        self.head = min(self.head, since)
        self.counted = min(self.counted, since)
        self.checkpoints.forget_after(since)
        self.worlds = {era: world for era, world in self.worlds.items() if era < since}

    def measures(self, first: int, last: int) -> Floats:
        """Measures of weeks first + 1..last for everybody: float64[weeks, measures]."""
        measure([self], last)
        return self.measured[first:last]

    def states(self, first: int, last: int) -> NDArray[np.int64]:
        """Members by state after weeks first + 1..last."""
        return count_states(self.nodes[first + 1 : last + 1])

    def run(self) -> Run:
        """The finished run, as `simulate` gives it.

        Raises:
            InputError: sums that are too large to be exact.
        """
        self.go(self.weeks)
        refuse_inexact(self.scenario, self.tallies)
        return Run(
            self.scenario, self.seed, "compiled", self.world.labels, self.tallies, self.series, {},
            self.world.snapshot, self.world.network,
        )  # fmt: skip

    def _live(self) -> None:
        """One week."""
        week = self.at
        self.checkpoints.pass_by(week, self.era, self.world.company)
        self._reorganize(week)
        world = self.world
        live(world, self.levers, self.seed, week, week + 1, self.scratch, self.ledger)
        self.at = week + 1
        if self.at > self.head:
            self.tallies[week], self.series[week] = world.tallies[week], world.series[week]
            self.head = self.at
            self._keep()

    def _reorganize(self, week: int) -> None:
        """Begin a new era if the schedule says so."""
        changes = dict(self.scenario.reorganizations())
        if week in changes and self.era < week:
            before = changes.get(self.era, self.scenario.values)
            self.world = reorganize(self.world, before, changes[week], self.seed)
            self.era = week
            self.worlds[week] = self.world

    def _keep(self) -> None:
        """Take down what is seen of the members at the newest week."""
        describe(unsigned(self.seed), self.head, self.world.given, self.nodes[self.head])
        self.histories.keep(self.head, self.world.company)


def measure(tracks: Sequence[Track], last: int) -> None:
    """Compute the measures of several runs up to week `last`, those of the same weeks at once."""
    new = [track for track in tracks if track.counted < last]
    for since in {track.counted for track in new}:
        alike = [track for track in new if track.counted == since]
        sums = sums_of(np.stack([track.tallies[since:last] for track in alike]), "everyone")
        found = np.stack([m.compute(sums) for m in MEASURES], axis=-1)
        for track, measured in zip(alike, found, strict=True):
            track.measured[since:last] = measured
            track.counted = last
