"""Ring lattices with rewired ties (Watts & Strogatz 1998, Nature 393:440), one network or many communities at once."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from .streams import Longs, Stream, first_new, merged, pair_keys

PATIENCE = 20
"""Rounds in which a rewired tie keeps one end; after these it may join any pair of its community not yet tied."""


def rewired_rings(sizes: Longs, degree: float, rewiring: float, seed: int, name: str) -> tuple[Longs, Longs]:
    """Ties of one rewired ring lattice for each entry of `sizes`; members are numbered through.

    Each member is tied to its `degree` nearest on the ring (on average, where that is no even number; to all where the
    ring is smaller). Each tie is rewired with probability `rewiring`: one end stays, the other becomes a random member
    of the same community that makes a new pair. The number of ties does not change.
    """
    begin = np.repeat(np.cumsum(sizes) - sizes, sizes)
    size = np.repeat(sizes, sizes)
    a, b = _lattice(begin, size, degree, Stream(seed, f"{name} ring"))
    full = size[a] - 1 <= degree
    move = (Stream(seed, f"{name} rewire").uniform(len(a)) < rewiring) & ~full
    return _rewire(a, b, move, begin, size, Stream(seed, f"{name} target"))


def _lattice(begin: Longs, size: Longs, degree: float, stream: Stream) -> tuple[Longs, Longs]:
    """Ties of member i to those 1, 2, ... places further on its ring, up to half the degree."""
    member = np.arange(len(size))
    half = np.minimum(degree / 2.0, (size - 1) / 2.0)
    a, b = [], []
    for distance in range(1, int(np.ceil(half.max(initial=0.0))) + 1):
        part = np.clip(half - (distance - 1), 0.0, 1.0)
        # Half way round, a pair is met from both ends: only the first half of the ring states it, for both.
        once = 2.0 * part * (member - begin < distance)
        tied = stream.uniform(len(size)) < np.where(2 * distance == size, once, part)
        from_ = member[tied]
        a.append(from_)
        b.append(begin[from_] + (from_ - begin[from_] + distance) % size[from_])
    return np.concatenate(a or [member[:0]]), np.concatenate(b or [member[:0]])


def _rewire(
    a: Longs, b: Longs, move: NDArray[np.bool_], begin: Longs, size: Longs, stream: Stream
) -> tuple[Longs, Longs]:
    number = len(size)
    a, b = a.copy(), b.copy()
    open_ = np.flatnonzero(move)
    taken = np.sort(pair_keys(a[~move], b[~move], number))
    round_ = 0
    while len(open_):
        keep = a[open_]
        if round_ >= PATIENCE:
            keep = begin[keep] + stream.below(size[keep], len(keep))
        target = begin[keep] + stream.below(size[keep], len(keep))
        keys = pair_keys(keep, target, number)
        ok = first_new(keys, taken) & (keep != target)
        a[open_[ok]], b[open_[ok]] = keep[ok], target[ok]
        taken = merged(taken, keys[ok])
        open_ = open_[~ok]
        round_ += 1
    return a, b
