"""Which places are taken at the start."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from ..parameter import Value
from .network import FREE, Network
from .parameters import whole
from .streams import Stream

Taken = NDArray[np.bool_]


def taken_places(values: Mapping[str, Value], network: Network, seed: int) -> Taken:
    """Which places are taken at the start: bool[N]; by chance at the share of the role, or around seeds."""
    share = values["start_active"]
    assert isinstance(share, tuple)
    taken: Taken = Stream(seed, "place.taken").uniform(network.size) < np.array(share)[network.role]
    seeds = whole(values, "seed_cluster")
    if seeds > 0:
        outside = network.role != 0
        taken[outside] = _seeded(network, seeds, seed, values["seed_partners"] == "yes")[outside]
    return taken


def _seeded(network: Network, seeds: int, seed: int, with_partners: bool) -> Taken:
    """As many outsiders as there are seeds, picked by chance, with the partners of each or alone: bool[N]."""
    luck = Stream(seed, "place.seed").uniform(network.size)
    luck[network.role == 0] = 1.0
    first = np.argsort(luck, kind="stable")[: min(seeds, np.count_nonzero(network.role))]
    chosen = np.zeros(network.size, dtype=np.bool_)
    chosen[first] = True
    for i in first:
        row = slice(network.start[i], network.start[i + 1])
        if with_partners:
            chosen[network.neighbour[row][network.kind[row] != FREE].astype(np.int64)] = True
    return chosen


def with_empty_places(network: Network, taken: Taken) -> Network:
    """The same network with ties to empty places that wait, without strength, for who comes."""
    if taken.all():
        return network
    owner = np.repeat(np.arange(network.size), np.diff(network.start))
    partner = np.minimum(network.neighbour, network.size - 1)
    return replace(network, strength=np.where(taken[owner] & taken[partner], network.strength, 0.0))
