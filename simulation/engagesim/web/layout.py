"""Where members are drawn: the organization as a tree, communities around it, any other network by its ties."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from ..population import Floats
from ..structures.network import Network
from .springs import Longs, by_ties

Place = tuple[NDArray[np.float32], NDArray[np.float32]]
"""x and y of every member."""

MARGIN = 0.03
NARROW = 0.026
"""Distance of neighbours in a row below which a level of the tree takes a further row."""
ROW = 0.045
"""Height of a further row against the room of a level, before everything is fitted."""
GAP = 0.12
"""Height between two levels."""
GOLDEN = 2.399963229728653
"""The golden angle: a disc filled by it has no seams."""


def layout(network: Network) -> Place:
    """x and y in 0..1 of every member: float32[N] each; the same for networks with the same positions and ties."""
    points = _organization(network) if has_tree(network) else by_ties(network)
    fitted = np.clip(MARGIN + (1.0 - 2.0 * MARGIN) * points, 0.0, 1.0).astype("<f4")
    return np.ascontiguousarray(fitted[:, 0]), np.ascontiguousarray(fitted[:, 1])


def has_tree(network: Network) -> bool:
    """Whether most employees have a manager, so that the network is drawn as an organization."""
    employees = network.role == 0
    return bool(employees.any() and (network.manager[employees] >= 0).mean() > 0.5)


def same_positions(one: Network, other: Network) -> bool:
    """Whether two networks are drawn alike: the same reporting lines and units, or else the same ties."""
    columns = ("manager", "unit", "level") if has_tree(one) else ("start", "neighbour")
    return has_tree(one) == has_tree(other) and all(
        np.array_equal(getattr(one, name), getattr(other, name)) for name in columns
    )


def _organization(network: Network) -> Floats:
    """Employees as a tree in the upper part, outsiders by community in the lower one."""
    points = np.zeros((network.size, 2))
    inside = network.role == 0
    share = float(np.clip(inside.mean(), 0.35, 0.65)) if (~inside).any() else 1.0
    points[inside] = _tree(network, inside) * (1.0, share - 0.02 if share < 1.0 else 1.0)
    points[~inside] = _communities(network, ~inside) * (1.0, 0.98 - share) + (0.0, share + 0.02)
    return points


def _tree(network: Network, inside: NDArray[np.bool_]) -> Floats:
    """Levels from top to bottom; who leads stands above the middle of the branch."""
    members = np.flatnonzero(inside)
    level, branch = _depth(network)[members], network.branches[members].astype(np.int64)
    order = np.argsort(branch[:, 0], kind="stable")
    spot = _middles(branch)
    points, top, bottom = np.zeros((len(members), 2)), 0.0, 0.0
    for depth in range(int(level.max()) + 1):
        here = order[level[order] == depth]
        rows = _rows(spot[here])
        points[here, 0] = _apart(spot[here])
        points[here, 1] = top + ROW * (np.arange(len(here)) % rows)
        bottom = top + ROW * (rows - 1)
        top = bottom + GAP
    points[:, 1] /= max(bottom, GAP)
    return points


def _depth(network: Network) -> Longs:
    """How many managers stand above each member: int64[N]."""
    depth, boss = np.zeros(network.size, dtype=np.int64), network.manager.astype(np.int64)
    while (boss >= 0).any():
        depth += boss >= 0
        boss = np.where(boss >= 0, network.manager[boss], -1)
    return depth


def _middles(branch: Longs) -> Floats:
    """Middle of each branch from left to right, 0..1: who leads nobody takes one place, in the order of branches."""
    begins = np.sort(branch[branch[:, 1] - branch[:, 0] == 1, 0])
    first, last = np.searchsorted(begins, branch[:, 0]), np.searchsorted(begins, branch[:, 1])
    return np.asarray((first + last) / 2.0 / max(len(begins), 1))


def _rows(spot: Floats) -> int:
    """Rows that the members of a level take: one while there is room, at most what fills a wide rectangle."""
    dense = len(spot) / max(float(np.ptp(spot)), 0.1)
    return max(1, min(int(np.ceil(dense * NARROW)), int(np.ceil(np.sqrt(dense * 0.4)))))


def _apart(spot: Floats) -> Floats:
    """Places in ascending order, moved to the right where two would stand on each other."""
    least = min(0.9 / len(spot), NARROW) * np.arange(len(spot))
    apart = np.maximum.accumulate(spot - least) + least
    return np.asarray(apart / max(1.0, float(apart[-1])))


def _communities(network: Network, outside: NDArray[np.bool_]) -> Floats:
    """Each community as a disc; discs in rows from left to right, customers first."""
    members = np.flatnonzero(outside)
    if not len(members):
        return np.zeros((0, 2))
    _, community = np.unique(
        network.role[members].astype(np.int64) * 2**32 + network.unit[members], return_inverse=True
    )
    sizes = np.bincount(community)
    columns = max(1, int(np.ceil(np.sqrt(len(sizes) * 2.4))))
    rows = -(-len(sizes) // columns)
    columns = -(-len(sizes) // rows)
    cell = np.stack((np.arange(len(sizes)) % columns + 0.5, np.arange(len(sizes)) // columns + 0.5), axis=1)
    center = cell / (columns, rows)
    rank = _rank_within(community)
    reach = np.sqrt((rank + 0.5) / sizes.max()) * 0.46
    angle = rank * GOLDEN
    offset = np.stack((reach * np.cos(angle) / columns, reach * np.sin(angle) / rows), axis=1)
    return np.asarray(center[community] + offset)


def _rank_within(group: Longs) -> Longs:
    """Number of each within its group, in order: int64[n]."""
    order = np.argsort(group, kind="stable")
    sizes = np.bincount(group)
    rank = np.empty(len(group), dtype=np.int64)
    rank[order] = np.arange(len(group)) - np.repeat(np.cumsum(sizes) - sizes, sizes)
    return rank
