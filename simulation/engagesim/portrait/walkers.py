"""Walkers that start on every member, move along ties and go on together once they have met.

A walker may move at any time, each as often as any other, to a partner drawn by strength of tie. The time until the
walkers of two members meet is that of `structures.critical`, for all pairs at once (coalescing random walks).
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from ..draws import uniform
from ..engine.jit import kernel, piece, unsigned
from ..engine.warm import ensure_compiled
from ..population import Floats

Ints = NDArray[np.int32]
Longs = NDArray[np.int64]

NOBODY = -1


class Ground(NamedTuple):
    """What walkers walk on: a connected network of N members in compressed rows.

    Attributes:
        start: int64[N + 1], slots of member i are start[i]:start[i + 1].
        neighbour: int32[slots].
        upto: float64[slots], chance of this slot or an earlier one of its row, as it is drawn.
        share: float64[slots], strength over the sum of all strengths in all rows.
        weight: float64[N, 3]: 1, chance to be back after two steps, share of all strength.
    """

    start: Longs
    neighbour: Ints
    upto: Floats
    share: Floats
    weight: Floats


class Walkers(NamedTuple):
    """Walkers on their way; a group is one that has met, named by one of its members.

    Attributes:
        group: int32[N], group of the walker that started at each member.
        after: int32[N], next member of the same group.
        first, last: int32[N], the ends of that list, by group.
        held: int32[N], members by group.
        at: int32[N], where each group is.
        guest: int32[N], which group is at each place, or NOBODY.
        moving: int32[N], the groups that are left, in its first entries.
        turn: int32[N], where in `moving` each group is.
    """

    group: Ints
    after: Ints
    first: Ints
    last: Ints
    held: Ints
    at: Ints
    guest: Ints
    moving: Ints
    turn: Ints


def ground(weights: sparse.csr_array) -> Ground:
    """The ground of a connected network, from its symmetric strengths: float64[N, N], sparse."""
    rows = weights.tocsr()
    rows.sort_indices()
    start = rows.indptr.astype(np.int64)
    total = np.asarray(rows.sum(axis=1)).ravel()
    owner = np.repeat(np.arange(rows.shape[0]), np.diff(start))
    cumulated = np.cumsum(rows.data / total[owner])
    upto = cumulated - np.concatenate(([0.0], cumulated))[start[owner]]
    upto[start[1:] - 1] = 1.0
    return Ground(
        start, rows.indices.astype(np.int32), upto, rows.data / total.sum(),
        np.column_stack((np.ones(len(total)), returns(rows), total / total.sum())),
    )  # fmt: skip


def returns(weights: sparse.csr_array) -> Floats:
    """Chance of a walker to be back where it was after two steps: float64[N]."""
    total = np.asarray(weights.sum(axis=1)).ravel()
    there_and_back: Floats = np.asarray((weights.power(2) @ (1.0 / total)) / total)
    return there_and_back


def everywhere(size: int) -> Walkers:
    """A walker on every one of `size` members, each its own group."""
    one = np.arange(size, dtype=np.int32)
    return Walkers(
        one.copy(), np.full(size, NOBODY, dtype=np.int32), one.copy(), one.copy(), np.ones(size, dtype=np.int32),
        one.copy(), one.copy(), one.copy(), one.copy(),
    )  # fmt: skip


def ensure_walking(ground: Ground) -> None:
    """Compile `walk`, if no process has yet, by walks of no move."""
    walkers, sums = everywhere(len(ground.weight)), np.zeros(3)
    ensure_compiled(lambda: walk(unsigned(0), ground, walkers, 0, sums, sums), __file__)


@kernel
def walk(key: int, ground: Ground, walkers: Walkers, moves: int, apart: Floats, sums: Floats) -> int:
    """Let them walk until all are together; returns how many moves that took, or -1 where `moves` were not enough.

    Args:
        key: key of the draws; move m takes draw m.
        ground: where they walk.
        walkers: as `everywhere` gives them; overwritten.
        moves: the most there may be.
        apart: float64[3], sum of share x (weight of both ends) over the ties whose ends are not together; overwritten.
        sums: float64[3], to which the same sums over all ties are added, each tie times the time it took.
    """
    left = len(walkers.at)
    for move in range(moves):
        # Each of two walkers moves half of the time, so that with two left a move takes one unit of time.
        time = 2.0 / left
        for c in range(3):
            sums[c] += time * apart[c]
        drawn = uniform(key, move) * left
        turn = int(drawn)
        mover = walkers.moving[turn]
        place = next_place(ground, walkers.at[mover], drawn - turn)
        met = walkers.guest[place]
        walkers.guest[walkers.at[mover]] = NOBODY
        walkers.guest[place], walkers.at[mover] = mover, place
        if met != NOBODY:
            join(ground, walkers, mover, met, left, apart)
            left -= 1
            if left == 1:
                return move + 1
    return -1


@piece
def next_place(ground: Ground, here: int, u: float) -> int:
    """The partner that a uniform draw stands for."""
    low, high = ground.start[here], ground.start[here + 1] - 1
    while low < high:
        middle = (low + high) // 2
        if ground.upto[middle] > u:
            high = middle
        else:
            low = middle + 1
    return int(ground.neighbour[low])


@piece
def join(ground: Ground, walkers: Walkers, one: int, two: int, left: int, apart: Floats) -> None:
    """Make the smaller of two groups, which are at the place of `one`, part of the larger; `left` counts both."""
    large, small = (one, two) if walkers.held[one] >= walkers.held[two] else (two, one)
    place = walkers.at[one]
    member = walkers.first[small]
    while member != NOBODY:
        for s in range(ground.start[member], ground.start[member + 1]):
            other = ground.neighbour[s]
            if walkers.group[other] == large:
                for c in range(3):
                    apart[c] -= ground.share[s] * (ground.weight[member, c] + ground.weight[other, c])
        member = walkers.after[member]
    member = walkers.first[small]
    while member != NOBODY:
        walkers.group[member] = large
        member = walkers.after[member]
    walkers.after[walkers.last[large]] = walkers.first[small]
    walkers.last[large] = walkers.last[small]
    walkers.held[large] += walkers.held[small]
    walkers.at[large], walkers.guest[place] = place, large
    end = walkers.moving[left - 1]
    walkers.moving[walkers.turn[small]], walkers.turn[end] = end, walkers.turn[small]
