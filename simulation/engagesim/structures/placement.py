"""Lateral ties across a reporting tree, placed as in Dodds, Watts & Sabel (2003, PNAS 100:12516).

Ties are added one at a time among the pairs not yet tied, each pair with weight exp(-D / lambda) exp(-x / zeta): D is
the level of the lowest common manager (top 0), d_i and d_j are the levels of the two below it with d_i + d_j >= 2, and
x = sqrt(d_i^2 + d_j^2 - 2), which is 0 for colleagues under one manager.

All pairs with the same (D, d_i, d_j) have the same weight, so it is exact to draw first how many ties each such class
gets (by a race of exponential clocks, one per pair, of which the first ones win) and then which pairs of the class,
uniformly. Cost grows with the number of ties, not of pairs.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from .hierarchy import Tree, team_pairs
from .streams import Floats, Longs, Stream, first_new, merged, pair_keys

LIMIT = 1e-9
"""A range of 0 is taken as this: a class then gets ties only when all nearer ones are full, which is the limit."""

SPREAD = 600.0
"""Classes whose log weight is further below the heaviest wait until the heavier are full (odds below e^-500)."""

MOST = 4_000_000
"""Tries for one class at a time."""


@dataclass(frozen=True, slots=True)
class Classes:
    """The classes of pairs, one entry each.

    Attributes:
        depth: D, level of the lowest common manager.
        near: levels below it of the end that is higher up; 0 where that end is the common manager itself.
        far: levels below it of the other end.
        free: pairs of the class without a tie.
    """

    depth: Longs
    near: Longs
    far: Longs
    free: Longs

    @property
    def separation(self) -> Floats:
        """The distance x of the pairs of each class."""
        x: Floats = np.sqrt(self.near**2 + self.far**2 - 2.0)
        return x

    def only(self, which: NDArray[np.bool_]) -> Classes:
        """Some of the classes."""
        return Classes(self.depth[which], self.near[which], self.far[which], self.free[which])


def classes_of(tree: Tree) -> Classes:
    """All classes with a free pair, before any lateral tie: the teams of the tree are fully tied."""
    begins = [int(begin) for begin in tree.begins]
    sizes = [end - begin for begin, end in pairwise(begins)]
    rows = [
        (depth, near, far, _pairs(sizes, tree.span, depth, near, far))
        for depth in range(len(sizes))
        for far in range(1, len(sizes) - depth)
        for near in range(far + 1)
        if near + far >= 2
    ]
    depth, near, far, free = np.array(rows, dtype=np.int64).reshape(-1, 4).T
    mates = np.bincount(tree.level[team_pairs(tree.team)[0]], minlength=len(sizes) + 1)
    colleagues = (near == 1) & (far == 1)
    free[colleagues] -= mates[depth[colleagues] + 1]
    return Classes(depth, near, far, free).only(free > 0)


def _pairs(sizes: list[int], span: int, depth: int, near: int, far: int) -> int:
    """Number of unordered pairs of one class."""
    if near == 0:
        return sizes[depth + far]
    ordered = _under_one(sizes, span, depth, near, far) - _under_one(sizes, span, depth + 1, near - 1, far - 1)
    return ordered // 2 if near == far else ordered


def _under_one(sizes: list[int], span: int, depth: int, near: int, far: int) -> int:
    """Ordered pairs `near` and `far` levels below the same member of level `depth` (whatever their lowest manager)."""
    total = sizes[depth + far]
    here, there = span**near, span**far
    if near < far:
        return total * int(here)
    full, rest = divmod(total, int(there))
    return full * int(there) * int(there) + rest * rest


def lateral_pairs(
    tree: Tree, count: int, lambda_depth: float, zeta_range: float, cross_unit_share: float, seed: int
) -> tuple[Longs, Longs]:
    """`count` new ties (fewer if there are fewer free pairs), none of them reporting or within a team.

    The ties forced across branches under the top (D = 0, neither end the top) are placed first, by the same weights.
    `lambda_depth` and `zeta_range`: 0 is the strict limit (of both: equal speed), 1e9 is no limit at all.
    """
    classes = classes_of(tree)
    energy = classes.depth / max(lambda_depth, LIMIT) + classes.separation / max(zeta_range, LIMIT)
    across = (classes.depth == 0) & (classes.near > 0)
    forced = _race(
        -energy[across], classes.free[across], round(cross_unit_share * count), Stream(seed, "lateral across")
    )
    counts = np.zeros(len(energy), dtype=np.int64)
    counts[across] = forced
    left = min(count, int(classes.free.sum())) - int(forced.sum())
    counts += _race(-energy, classes.free - counts, left, Stream(seed, "lateral class"))
    return _pick(tree, classes, counts, Stream(seed, "lateral pair"))


def _race(log_weight: Floats, free: Longs, count: int, stream: Stream) -> Longs:
    """How many of `count` ties each class gets, one at a time by weight among the free pairs: int64[classes]."""
    won = np.zeros(len(free), dtype=np.int64)
    waiting = free > 0
    while (left := count - int(won.sum())) > 0 and waiting.any():
        runs = waiting & (log_weight >= log_weight[waiting].max() - SPREAD)
        if left >= free[runs].sum():
            won[runs] = free[runs]
        else:
            won[runs] = _heat(np.exp(log_weight[runs] - log_weight[runs].max()), free[runs], left, stream)
        waiting &= ~runs
    return won


def _heat(rate: Floats, free: Longs, count: int, stream: Stream) -> Longs:
    """The classes of the first `count` clocks to ring, `free` clocks of `rate` in each class: int64[classes]."""
    expected = -free * np.expm1(-rate * _finish(rate, free, count))
    # Nine standard deviations and more: a class has a ring beyond its listed ones with odds below 1e-15.
    listed = np.minimum(free, (expected + 9.0 * np.sqrt(expected) + 32.0).astype(np.int64))
    rings = [_rings(rate[c], int(free[c]), int(listed[c]), stream) for c in range(len(rate))]
    first = np.argpartition(np.concatenate(rings), count - 1)[:count]
    return np.bincount(np.repeat(np.arange(len(rate)), listed)[first], minlength=len(rate))


def _rings(rate: float, free: int, listed: int, stream: Stream) -> Floats:
    """Times of the first `listed` rings of `free` independent exponential clocks of one rate."""
    waits: Floats = -np.log1p(-stream.uniform(listed)) / (rate * (free - np.arange(listed)))
    return np.cumsum(waits)


def _finish(rate: Floats, free: Longs, count: int) -> float:
    """Time by which `count` clocks are expected to have rung, by bisection on its logarithm."""
    low, high = -60.0, SPREAD + 60.0
    for _ in range(60):
        middle = (low + high) / 2.0
        enough = -(free * np.expm1(-rate * np.exp(middle))).sum() >= count
        low, high = (low, middle) if enough else (middle, high)
    return float(np.exp(high))


def _pick(tree: Tree, classes: Classes, counts: Longs, stream: Stream) -> tuple[Longs, Longs]:
    """`counts` distinct free pairs of each class, uniformly: of random tries the new ones stay until all are found."""
    begins, team = tree.begins, tree.team
    sizes = np.diff(begins)
    width = np.minimum(tree.span**classes.near, sizes[classes.depth + classes.near])
    tries_per_free = sizes[classes.depth + classes.far] * width / np.where(classes.near == classes.far, 2, 1)
    found = np.empty((2, 0), dtype=np.int64)
    taken = found[0]
    need = counts.copy()
    while (need > 0).any():
        untied = classes.free - counts + need
        tries = np.minimum(1.1 * need * tries_per_free / np.maximum(untied, 1) + 8, MOST).astype(np.int64) * (need > 0)
        which = np.repeat(np.arange(len(tries)), tries)
        pairs = _tries(tree.span, begins, classes, which, width[which], stream)
        ok = _in_class(tree.span, begins, classes, which, pairs, team)
        pairs, which = pairs[:, ok], which[ok]
        keys = pair_keys(pairs[0], pairs[1], tree.employees)
        new = first_new(keys, taken)
        pairs, which, keys = pairs[:, new], which[new], keys[new]
        rank = np.arange(len(which)) - np.searchsorted(which, which)
        stay = rank < need[which]
        found, taken = np.concatenate((found, pairs[:, stay]), axis=1), merged(taken, keys[stay])
        need -= np.bincount(which[stay], minlength=len(need))
    return found[0], found[1]


def _tries(span: int, begins: Longs, classes: Classes, which: Longs, width: Longs, stream: Stream) -> NDArray[np.int64]:
    """For each entry of `which` a random member at the far end and one under the same member of level D: [2, tries]."""
    depth, near, far = classes.depth[which], classes.near[which], classes.far[which]
    sizes = np.diff(begins)
    at = stream.below(sizes[depth + far], len(which))
    partner = at // span**far * span**near + stream.below(width, len(which))
    return np.stack((begins[depth + far] + at, begins[depth + near] + partner))


def _in_class(
    span: int, begins: Longs, classes: Classes, which: Longs, pairs: NDArray[np.int64], team: Longs
) -> NDArray[np.bool_]:
    """Which tried pairs exist, meet first at level D and are not tied as team mates."""
    depth, near, far = classes.depth[which], classes.near[which], classes.far[which]
    exists = pairs[1] < begins[depth + near + 1]
    branch = (pairs[0] - begins[depth + far]) // span ** (far - 1)
    other = (pairs[1] - begins[depth + near]) // span ** np.maximum(near - 1, 0)
    partner = np.where(exists, pairs[1], 0)
    ok: NDArray[np.bool_] = exists & ((near == 0) | (branch != other)) & (team[pairs[0]] != team[partner])
    return ok
