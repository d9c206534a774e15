"""Seconds that weeks take in each engine; building the network and the first week are not counted."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from .cases import SEED

if TYPE_CHECKING:
    from ..design.scenario import Scenario
    from ..structures.network import Network


def compiled_seconds(design: Scenario, network: Network, threads: int) -> float:
    """Seconds for all weeks but the first of one compiled run."""
    from ..engine.run import run

    at: dict[int, float] = {}

    def told(week: int) -> None:
        at[week] = time.perf_counter()

    run(design, network, SEED, [1], threads, told)
    return at[max(at)] - at[1]


def mesa_seconds(design: Scenario, network: Network) -> float:
    """Seconds for all weeks but the first of one Mesa run, data collector included."""
    from ..model import EngagementModel

    model = EngagementModel(design, seed=SEED, network=network)
    model.step()
    begin = time.perf_counter()
    for _ in range(1, len(model.schedule_of_levers.values)):
        model.step()
    return time.perf_counter() - begin


def same_work(design: Scenario, network: Network, threads: int, *, mesa: bool) -> bool:
    """Whether one thread, several threads, and Mesa if asked for, give the same trajectory to the last bit."""
    from ..runs import simulate

    digests = {simulate(design, seed=SEED, network=network, threads=n).digest for n in (1, threads)}
    if mesa:
        digests.add(simulate(design, seed=SEED, network=network, engine="mesa").digest)
    return len(digests) == 1
