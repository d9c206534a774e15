"""Many small worlds in one network: copies side by side, each a unit of its own, without a tie between them."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from .assembly import assemble, members_of
from .network import Network


def side_by_side(network: Network, copies: int) -> Network:
    """`copies` of a network without free slots; the unit of a member is the number of its copy."""
    size, slots = network.size, int(network.start[-1])
    number = np.repeat(np.arange(copies), size)
    start = (network.start[:-1][None, :] + slots * np.arange(copies, dtype=np.int64)[:, None]).ravel()
    shift = np.repeat(size * np.arange(copies), slots)
    manager = np.tile(network.manager, copies)
    return Network(
        np.append(start, slots * copies),
        (np.tile(network.neighbour, copies) + shift).astype(np.uint32),
        np.tile(network.strength, copies),
        np.tile(network.kind, copies),
        np.tile(network.role, copies),
        number.astype(np.int32),
        np.where(manager < 0, -1, manager + size * number).astype(np.int32),
        np.tile(network.level, copies),
        np.tile(network.place, copies),
    )


def apart(units: int, size: int) -> Network:
    """`units` of `size` employees each, without ties."""
    alone = assemble(members_of([units * size, 0, 0]), [])
    return replace(alone, unit=np.repeat(np.arange(units, dtype=np.int32), size))
