"""Ties beyond the reporting line: accounts of employees, communities of outsiders, people at one place."""

from __future__ import annotations

import numpy as np

from .rings import rewired_rings
from .streams import Longs, Stream, first_new, merged, pair_keys


def account_pairs(employees: int, outsiders: int, share: float, accounts: float, seed: int) -> tuple[Longs, Longs]:
    """Ties of boundary spanners (a random `share` of employees) to outsiders, who are numbered after the employees.

    Each spanner has `accounts` of them on average (rounded up or down at random). The outsiders are dealt out in random
    order, so that nobody gets a second account before everybody has one.
    """
    spanners = Stream(seed, "spanner").shuffled(employees)[: round(share * employees)]
    extra = Stream(seed, "accounts of spanner").uniform(employees)[spanners] < accounts % 1.0
    each = np.minimum(int(accounts) + extra, outsiders)
    deal = Stream(seed, "account").shuffled(outsiders)
    a = np.repeat(spanners, each)
    return a, employees + deal[np.arange(len(a)) % max(outsiders, 1)]


def community_sizes(counts: tuple[int, ...], community_size: int) -> Longs:
    """Sizes of the communities of each role: as few as hold `counts` members, as equal as possible."""
    sizes = [
        np.diff(np.arange(parts + 1) * count // parts) for count in counts if (parts := -(-count // community_size))
    ]
    return np.concatenate(sizes) if sizes else np.zeros(0, dtype=np.int64)


def community_pairs(sizes: Longs, first: int, degree: float, clustering: float, seed: int) -> tuple[Longs, Longs]:
    """Third-order ties among outsiders, who are numbered from `first`: one rewired ring for each community."""
    a, b = rewired_rings(sizes, degree, 1.0 - clustering, seed, "community")
    return a + first, b + first


def place_of(members: int, places: int, seed: int) -> Longs:
    """Place of each member, uniform on 0..places-1: int64[members]."""
    return Stream(seed, "place").below(places, members)


def place_pairs(place: Longs, rate: float, seed: int) -> tuple[Longs, Longs]:
    """`rate` ties per member (fewer if there are fewer pairs), of a random member to a random one at the same place."""
    by_place = np.argsort(place, kind="stable")
    size = np.bincount(place)
    begin = np.cumsum(size) - size
    meets = np.flatnonzero(size[place] > 1)
    need = min(round(rate * len(place)), int((size * (size - 1) // 2).sum()))
    stream = Stream(seed, "place tie")
    a = b = taken = place[:0]
    while (missing := need - len(a)) > 0:
        from_ = meets[stream.below(len(meets), missing + 8)]
        to = by_place[begin[place[from_]] + stream.below(size[place[from_]], len(from_))]
        keys = pair_keys(from_, to, len(place))
        new = np.flatnonzero(first_new(keys, taken) & (from_ != to))[:missing]
        a, b, taken = np.concatenate((a, from_[new])), np.concatenate((b, to[new])), merged(taken, keys[new])
    return a, b
