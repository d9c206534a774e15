"""Count how often a single newcomer takes a unit over, with the engine's own rules."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from ..design.scenario import Scenario
    from ..structures.network import Network
    from .check import Effort


LONGEST = 50_000
"""Weeks with newcomers in one run; longer ones are made as several, since a run has at most 100,000 with its end."""


@dataclass(frozen=True, slots=True)
class Takeovers:
    """Trials of one type among another: how many began, and how many ended with all members of that type."""

    trials: int
    won: int

    @property
    def share(self) -> float:
        """Share of the trials that were won."""
        return self.won / self.trials

    @property
    def error(self) -> float:
        """Standard error of that share."""
        return float(np.sqrt(self.share * (1.0 - self.share) / self.trials))

    def __add__(self, other: Takeovers) -> Takeovers:
        return Takeovers(self.trials + other.trials, self.won + other.won)


def takeovers(
    design: Scenario, network: Network, effort: Effort, name: str, *, weeks: int, tail: int, batches: int = 2,
) -> tuple[Takeovers, Takeovers]:  # fmt: skip
    """Trials of giving types and of free riders in the units of `network`.

    Units get newcomers for `weeks` and then `tail` more weeks in which what has begun ends, so that long trials are not
    left out; where one has not, the same run is made anew with twice the tail. `batches` runs with other luck share the
    cores.
    """
    from ..engine.run import cores

    pieces = -(-weeks // LONGEST)
    weeks, batches = -(-weeks // pieces), batches * pieces

    def one(number: int) -> tuple[Takeovers, Takeovers]:
        return _decided(design, network, effort.seed_of(name, number), weeks, tail)

    with ThreadPoolExecutor(cores()) as pool:
        found = list(pool.map(one, range(batches)))
    nothing = Takeovers(0, 0)
    return sum((f[0] for f in found), nothing), sum((f[1] for f in found), nothing)


def _decided(design: Scenario, network: Network, seed: int, weeks: int, tail: int) -> tuple[Takeovers, Takeovers]:
    """Trials of one run in which all have ended."""
    from ..design.parts import Change
    from ..engine.run import run
    from ..tallies import index

    ready = design.changed(steps=weeks + tail, invasion_rate=1.0)
    world = run(replace(ready, schedule=(Change(weeks, None, "invasion_rate", 0.0),)), network, seed).world
    if world.company.desk.undecided[0] > 0:
        return _decided(design, network, seed, weeks, 2 * tail)
    sums = world.tallies.sum(axis=(0, 1))
    give, ride = (
        Takeovers(int(sums[index(f"{who}_invasions")]), int(sums[index(f"{who}_takeovers")]))
        for who in ("giving", "riding")
    )
    return give, ride
