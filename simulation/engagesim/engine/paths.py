"""Shortest paths over the ties: who lies between others."""

from __future__ import annotations

from functools import partial

import numpy as np
from numpy.typing import NDArray

from ..draws import integer, key_of, named
from ..population import Floats
from ..structures.network import Network
from .jit import kernel
from .warm import ensure_compiled

ALL_TO = 1000
"""Members up to which every member is a source of paths; above, a sample of `PIVOTS` of them is."""
PIVOTS = 256


def betweenness(network: Network) -> Floats:
    """Share of all shortest paths between two others on which each member lies: float64[N], 0..1.

    Brandes (2001); for large networks estimated from random pivots (Brandes & Pich 2007), always the same ones.
    """
    n = network.size
    if n < 3:
        return np.zeros(n)
    sources = np.arange(n) if n <= ALL_TO else _pivots(n)
    found, work, places = np.zeros(n), np.zeros((2, n)), np.zeros((2, n), dtype=np.int64)
    add = partial(add_dependencies, network.start, network.neighbour)
    ensure_compiled(lambda: add(sources[:0], work, places, found), __file__)
    add(sources, work, places, found)
    shares: Floats = found * (n / len(sources)) / ((n - 1) * (n - 2))
    return shares


def _pivots(n: int) -> NDArray[np.int64]:
    key = key_of(0, named("betweenness.pivot"), 0)
    return np.unique([integer(key, k, n) for k in range(PIVOTS)])


@kernel
def add_dependencies(
    start: NDArray[np.int64], neighbour: NDArray[np.uint32], sources: NDArray[np.int64], work: Floats,
    places: NDArray[np.int64], found: Floats,
) -> None:  # fmt: skip
    """Add to `found` how much each member is needed for the shortest paths from each of `sources`.

    `work` float64[2, N] and `places` int64[2, N] are overwritten.
    """
    paths, need = work
    distance, order = places
    for source in sources:
        distance[:] = -1
        paths[:] = 0.0
        need[:] = 0.0
        distance[source], paths[source], order[0] = 0, 1.0, source
        seen, reached = 0, 1
        while seen < reached:
            i = order[seen]
            seen += 1
            for s in range(start[i], start[i + 1]):
                j = int(neighbour[s])
                if distance[j] < 0:
                    distance[j] = distance[i] + 1
                    order[reached] = j
                    reached += 1
                if distance[j] == distance[i] + 1:
                    paths[j] += paths[i]
        for k in range(reached - 1, 0, -1):
            j = order[k]
            for s in range(start[j], start[j + 1]):
                i = int(neighbour[s])
                if distance[i] == distance[j] - 1:
                    need[i] += paths[i] / paths[j] * (1.0 + need[j])
            found[j] += need[j]
