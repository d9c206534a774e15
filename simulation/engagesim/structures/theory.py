"""Networks of theory: everybody alike, one kind of tie, known answers."""

from __future__ import annotations

from array import array
from collections.abc import Iterator

import numpy as np

from .rings import rewired_rings
from .streams import Longs, Stream, contains, first_new, merged, pair_keys


def small_world_pairs(size: int, degree: float, rewiring: float, seed: int) -> tuple[Longs, Longs]:
    """Watts & Strogatz (1998): a ring of `degree` nearest neighbours, each tie rewired with probability `rewiring`."""
    return rewired_rings(np.array([size], dtype=np.int64), degree, rewiring, seed, "small world")


def complete_pairs(size: int) -> tuple[Longs, Longs]:
    """All pairs."""
    a, b = np.triu_indices(size, 1)
    return a.astype(np.int64), b.astype(np.int64)


def group_pairs(size: int, group_size: int) -> tuple[Longs, Longs]:
    """All pairs within groups of `group_size` members in a row; what is left over makes a smaller last group."""
    whole = size // group_size
    a, b = complete_pairs(group_size)
    first = (group_size * np.arange(whole, dtype=np.int64))[:, None]
    left_a, left_b = complete_pairs(size - whole * group_size)
    start = whole * group_size
    return np.append((first + a).ravel(), start + left_a), np.append((first + b).ravel(), start + left_b)


LATTICE = ((0, 1), (1, 0), (1, -1), (1, 1))
"""Half of the steps to neighbours; the first two make the square lattice, three the hexagonal, all four Moore's."""


def lattice_rows(size: int) -> int:
    """Rows of the most nearly square rectangle of `size` places: its largest divisor up to the root."""
    return max(rows for rows in range(1, int(size**0.5) + 1) if size % rows == 0)


def lattice_pairs(size: int, degree: int) -> tuple[Longs, Longs]:
    """A rectangle without edges in which everybody has 4 (square), 6 (hexagonal) or 8 (Moore) neighbours."""
    rows = lattice_rows(size)
    columns = size // rows
    place = np.arange(size, dtype=np.int64)
    row, column = place // columns, place % columns
    others = [(row + down) % rows * columns + (column + right) % columns for down, right in LATTICE[: degree // 2]]
    return np.tile(place, len(others)), np.concatenate(others)


def star_pairs(size: int) -> tuple[Longs, Longs]:
    """Member 0 with everybody else."""
    others = np.arange(1, max(size, 1))
    return np.zeros(len(others), dtype=np.int64), others


def regular_pairs(size: int, degree: int, seed: int) -> tuple[Longs, Longs]:
    """A random network in which everybody has `degree` ties; `size * degree` must be even and `degree` below `size`.

    Half ties are paired at random; pairs that repeat or join a member to itself swap ends with random others until none
    is left. Close to uniform over such networks. (A ring lattice is the small world with rewiring 0.)
    """
    if degree >= size or size * degree % 2:
        raise ValueError(f"no network of {size} members has {degree} ties each")
    if 2 * degree > size - 1:
        return _others(size, *regular_pairs(size, size - 1 - degree, seed))
    stream = Stream(seed, "regular")
    ends = np.repeat(np.arange(size), degree)[stream.shuffled(size * degree)]
    return _without_repeats(ends[0::2], ends[1::2].copy(), size, stream)


def _without_repeats(a: Longs, b: Longs, size: int, stream: Stream) -> tuple[Longs, Longs]:
    """The pairs after swapping ends `b` of those that repeat or are loops with those of random others, till none is."""
    keys = pair_keys(a, b, size)
    good = first_new(keys, keys[:0]) & (a != b)
    taken, bad = np.sort(keys[good]), np.flatnonzero(~good)
    while len(bad):
        partners = np.setdiff1d(stream.below(len(a), len(bad)), bad)
        taken = np.delete(taken, np.searchsorted(taken, pair_keys(a[partners], b[partners], size)))
        swap = np.concatenate((bad, partners))
        b[swap] = b[swap][stream.shuffled(len(swap))]
        keys = pair_keys(a[swap], b[swap], size)
        good = first_new(keys, taken) & (a[swap] != b[swap])
        taken, bad = merged(taken, keys[good]), swap[~good]
    return a, b


def _others(size: int, a: Longs, b: Longs) -> tuple[Longs, Longs]:
    """All pairs but these."""
    all_a, all_b = complete_pairs(size)
    other = ~contains(np.sort(pair_keys(a, b, size)), pair_keys(all_a, all_b, size))
    return all_a[other], all_b[other]


def scale_free_pairs(size: int, attachment: int, seed: int) -> tuple[Longs, Longs]:
    """Barabasi & Albert (1999, Science 286:509): a star of `attachment` + 1 members, then members come one at a time.

    Each newcomer joins `attachment` different members with chances in proportion to their ties, so there are
    attachment * (size - attachment) ties. With fewer than `attachment` + 1 members: all pairs.
    """
    if size <= attachment or attachment == 0:
        return complete_pairs(size if attachment else 0)
    draws = _one_by_one(Stream(seed, "scale free"))
    ends = array("q", [end for other in range(attachment) for end in (attachment, other)])
    for newcomer in range(attachment + 1, size):
        for other in _by_ties(ends, attachment, draws):
            ends.append(newcomer)
            ends.append(other)
    both = np.frombuffer(ends, dtype=np.int64)
    return both[0::2], both[1::2]


def _one_by_one(stream: Stream) -> Iterator[float]:
    while True:
        yield from stream.uniform(1 << 16).tolist()


def _by_ties(ends: array[int], count: int, draws: Iterator[float]) -> list[int]:
    """`count` different members; `ends` names each member once for each of its ties."""
    chosen: list[int] = []
    number = len(ends)
    while len(chosen) < count:
        other = ends[int(next(draws) * number)]
        if other not in chosen:
            chosen.append(other)
    return chosen
