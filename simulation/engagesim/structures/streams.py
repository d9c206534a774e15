"""Arrays of keyed draws: the vector form of `engagesim.draws` for building structures."""

from __future__ import annotations

from typing import cast

import numpy as np
from numpy.typing import NDArray

from ..draws import UNIT, bits, key_of, named

Longs = NDArray[np.int64]
Floats = NDArray[np.float64]


class Stream:
    """The draws of one named decision in step 0, numbered 0, 1, 2, ... as they are taken."""

    def __init__(self, seed: int, name: str) -> None:
        self._key = key_of(seed, named(name), 0)
        self._taken = 0

    def uniform(self, count: int) -> Floats:
        """The next `count` uniforms in [0, 1)."""
        who = np.arange(self._taken, self._taken + count, dtype=np.uint64)
        self._taken += count
        drawn = cast("NDArray[np.uint64]", bits(self._key, cast("int", who)))
        drawn >>= np.uint64(12)
        return drawn.astype(np.float64) * UNIT

    def below(self, limit: Longs | int, count: int) -> Longs:
        """The next `count` whole numbers, each uniform on 0..limit-1."""
        return (self.uniform(count) * limit).astype(np.int64)

    def shuffled(self, count: int) -> Longs:
        """The numbers 0..count-1 in random order; number i takes draw i, so it keeps its luck when `count` grows."""
        return np.argsort(self.uniform(count), kind="stable")


def first_new(keys: Longs, taken: Longs) -> NDArray[np.bool_]:
    """Which `keys` are neither in `taken` (ascending) nor a repetition of an earlier one: bool[len(keys)]."""
    distinct, first = np.unique(keys, return_index=True)
    new = np.zeros(len(keys), dtype=np.bool_)
    new[first] = ~contains(taken, distinct)
    return new


def contains(taken: Longs, keys: Longs) -> NDArray[np.bool_]:
    """Which `keys` are in `taken`, which is in ascending order: bool[len(keys)]."""
    if not len(taken):
        return np.zeros(len(keys), dtype=np.bool_)
    at = np.minimum(np.searchsorted(taken, keys), len(taken) - 1)
    return np.equal(taken[at], keys, dtype=np.bool_)


def merged(taken: Longs, more: Longs) -> Longs:
    """Both together in ascending order."""
    return np.sort(np.concatenate((taken, more)), kind="stable")


def pair_keys(a: Longs, b: Longs, size: int) -> Longs:
    """One number for each unordered pair of members below `size`: int64[pairs]."""
    return np.minimum(a, b) * size + np.maximum(a, b)
