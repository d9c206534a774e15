"""Reorganizing: a new structure over people who stay, with the ties that they have come to have."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from .assembly import Members, Ties, assemble
from .network import FREE, KINDS, Network
from .streams import Floats, Longs
from .taken import Taken, with_empty_places

REORGANIZED = (
    "levels", "span_of_control", "team_size", "lateral_tie_rate", "lambda_depth", "zeta_range", "cross_unit_share",
    "boundary_share", "accounts_per_employee", "third_order_degree", "community_size", "clustering", "places",
    "place_tie_rate",
)  # fmt: skip
"""Parameters of structure that a schedule can change: they move ties and reporting lines, nobody's place."""


def reorganized(now: Network, before: Network, after: Network, active: Taken) -> Network:
    """The network of today after the structure has changed from `before` to `after`.

    Ties that only the old structure asks for end, those that only the new one asks for begin, all others stay as they
    have become. Units, managers, levels and places are those of the new structure.

    Args:
        now: the ties as they are.
        before: what the old values built, from the same seed.
        after: what the new values build.
        active: which places are taken, bool[N]; new ties to an empty place wait without strength for who comes.
    """
    mine, kind, strength = _ties(now)
    old, _, _ = _ties(before)
    new, new_kind, new_strength = _ties(with_empty_places(after, active))
    stay = ~np.isin(mine, np.setdiff1d(old, new))
    asked = np.isin(mine, new)
    kind[asked] = new_kind[np.searchsorted(new, mine[asked])]
    begin = ~np.isin(new, mine) & ~np.isin(new, old)
    pairs = np.concatenate((mine[stay], new[begin]))
    kinds = np.concatenate((kind[stay], new_kind[begin]))
    strengths = np.concatenate((strength[stay], new_strength[begin]))
    parts = [
        Ties(name, pairs[of] // now.size, pairs[of] % now.size, strengths[of])
        for code, name in enumerate(KINDS)
        for of in (kinds == code,)
    ]
    return assemble(Members(now.role, after.unit, after.manager, after.level, after.place, now.labels), parts)


def _ties(network: Network) -> tuple[Longs, NDArray[np.uint8], Floats]:
    """Each tie once, by ascending pair: lower end x N + higher end, kind and strength; copies."""
    owner = np.repeat(np.arange(network.size), np.diff(network.start))
    other = network.neighbour.astype(np.int64)
    slots = np.flatnonzero((network.kind != FREE) & (owner < other))
    pairs = owner[slots] * network.size + other[slots]
    order = np.argsort(pairs)
    return pairs[order], network.kind[slots[order]], network.strength[slots[order]]
