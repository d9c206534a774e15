"""Who handles how many of the requests that travel through an organization."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from ..population import Floats

if TYPE_CHECKING:
    from ..design.scenario import Scenario
    from ..structures.network import Network


SCENARIO = "theory_message_load"
REQUESTS = 20_000
"""Requests sent, at least; the largest share is then known to about .01."""


def handled(design: Scenario, network: Network, seed: int) -> Floats:
    """Share of all requests that each member passes on or answers, by the engine's own rules: float64[N].

    Everybody asks every week, for somebody drawn by chance; requests go along the reporting line and take what ties
    across bring them nearer. Who asks is not counted as handling its own request.
    """
    from ..engine.run import run
    from ..tallies import index

    weeks = int(str(design.values["steps"]))
    done = run(design, network, seed, range(1, weeks + 1))
    total = done.world.tallies[..., index("requests")].sum()
    passed = sum(np.asarray(done.snapshots[week]["handled"], dtype=np.float64) for week in range(1, weeks + 1))
    return np.asarray(passed / total)


def by_the_line(network: Network, seed: int) -> Floats:
    """`handled` for a network with a reporting line."""
    from ..design.scenario import Scenario

    weeks = max(1, -(-REQUESTS // network.size))
    return handled(Scenario.load(SCENARIO).changed(steps=weeks), network, seed)


def by_shortest_paths(network: Network, between: Floats) -> Floats:
    """Share of the requests between all pairs that each handles or answers, along shortest paths: float64[N].

    `between` is the share of pairs of others whose shortest path runs through each member.
    """
    n = network.size
    return between * (n - 2) / n + 1.0 / n if n > 1 else between
