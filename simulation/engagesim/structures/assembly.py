"""From a list of ties to a `Network`: the one place where the compressed arrays are made."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from .network import KINDS, Network
from .streams import Floats, Longs


@dataclass(frozen=True, slots=True)
class Ties:
    """Undirected ties of one kind.

    Attributes:
        kind: one of `KINDS`.
        a: int64[ties], one end of each tie.
        b: int64[ties], the other end.
        strength: 0..1, one for all or float64[ties].
    """

    kind: str
    a: Longs
    b: Longs
    strength: float | Floats


@dataclass(frozen=True, slots=True)
class Members:
    """The columns of `Network` that say who the members are; N entries each."""

    role: NDArray[np.uint8]
    unit: NDArray[np.int32]
    manager: NDArray[np.int32]
    level: NDArray[np.int16]
    place: NDArray[np.int32]
    labels: tuple[str, ...] | None = None


def members_of(counts: Sequence[int]) -> Members:
    """Members in the order of `ROLES`, `counts` of each, with no unit, manager, level or place yet."""
    size = sum(counts)
    return Members(
        role=np.repeat(np.arange(len(counts), dtype=np.uint8), counts),
        unit=np.full(size, -1, dtype=np.int32),
        manager=np.full(size, -1, dtype=np.int32),
        level=np.full(size, -1, dtype=np.int16),
        place=np.full(size, -1, dtype=np.int32),
    )


def assemble(members: Members, parts: Sequence[Ties]) -> Network:
    """The network of all `parts`.

    Ties of a member to itself are dropped. Of several ties between one pair the earliest kind of `KINDS` stays, within
    a kind the first stated; it keeps its own strength.
    """
    size = len(members.role)
    low, high, kind, strength = _unique(size, sorted(parts, key=lambda part: KINDS.index(part.kind)))
    start, lower, upper = _slots(size, low, high)
    neighbour = np.empty(2 * len(low), dtype=np.uint32)
    neighbour[upper], neighbour[lower] = high, low
    strengths = np.empty(len(neighbour))
    strengths[upper] = strengths[lower] = strength
    kinds = np.empty(len(neighbour), dtype=np.uint8)
    kinds[upper] = kinds[lower] = kind
    return Network(
        start, neighbour, strengths, kinds,
        members.role, members.unit, members.manager, members.level, members.place, members.labels,
    )  # fmt: skip


def _unique(
    size: int, parts: Sequence[Ties]
) -> tuple[NDArray[np.uint32], NDArray[np.uint32], NDArray[np.uint8], Floats]:
    """Ends (lower, higher), kind and strength of the ties that stay, by ascending lower, then higher end."""
    keys = np.empty(sum(len(part.a) for part in parts), dtype=np.int64)
    kind = np.empty(len(keys), dtype=np.uint8)
    strength = np.empty(len(keys))
    end = 0
    for part in parts:
        where = slice(end, end + len(part.a))
        end = where.stop
        np.minimum(part.a, part.b, out=keys[where])
        keys[where] *= size
        keys[where] += np.maximum(part.a, part.b)
        kind[where], strength[where] = KINDS.index(part.kind), part.strength
    order = np.argsort(keys, kind="stable")
    keys = keys[order]
    # A key of a member with itself is a multiple of size + 1; no key of a proper pair is, as high - low < size + 1.
    stay = keys % (size + 1) != 0
    stay[1:] &= keys[1:] != keys[:-1]
    keys, order = keys[stay], order[stay]
    low = (keys // max(size, 1)).astype(np.uint32)
    high = (keys - low.astype(np.int64) * size).astype(np.uint32)
    return low, high, kind[order], strength[order]


def _slots(size: int, low: NDArray[np.uint32], high: NDArray[np.uint32]) -> tuple[Longs, Longs, Longs]:
    """Row starts, and for each tie its slot in the row of the higher end and in the row of the lower end."""
    above = np.bincount(low, minlength=size)
    below = np.bincount(high, minlength=size)
    start = np.concatenate(([0], np.cumsum(above + below)))
    # A row lists its lower neighbours first, so the k-th tie of `low` comes after all of these.
    upper = np.arange(len(low)) + np.repeat(start[:-1] + below - (np.cumsum(above) - above), above)
    by_high = np.argsort(high, kind="stable")
    lower = np.empty(len(low), dtype=np.int64)
    lower[by_high] = np.arange(len(low)) + np.repeat(start[:-1] - (np.cumsum(below) - below), below)
    return start, lower, upper
