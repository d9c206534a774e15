"""Many runs of one design, of which only what a check reads is kept."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from ..design.scenario import Scenario
    from ..engine.world import World
    from ..population import Floats
    from ..structures.network import Network
    from .check import Effort


def many(
    design: Scenario, effort: Effort, name: str, count: int, read: Callable[[World], object],
    network: Network | None = None,
) -> Floats:  # fmt: skip
    """What `read` finds in each of `count` finished runs: float64[count, ...].

    Run r has the root seed `effort.seed_of(name, r)`, so that designs run under one name share their luck.
    """
    from ..engine.run import cores, run

    levers = design.levers()

    def one(number: int) -> object:
        return read(run(design, network, effort.seed_of(name, number), levers=levers).world)

    with ThreadPoolExecutor(cores()) as pool:
        return np.array(list(pool.map(one, range(count))), dtype=np.float64)
