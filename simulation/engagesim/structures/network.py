"""The one form that every structure takes: who is tied to whom, as compressed arrays."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

KINDS = ("reporting", "team", "lateral", "account", "community", "place")
"""Kinds of ties in the order of their codes 0..5. The first two belong to the position, the others to the person."""

FREE = 255
"""Kind of a slot that holds no tie; its neighbour is `Network.size`, nobody."""


@dataclass(frozen=True, slots=True)
class Network:
    """Undirected ties in compressed rows: the slots of member i are `start[i]:start[i + 1]`.

    Every tie fills one slot in the row of each end, with the same strength and kind. A row lists its ties by
    ascending neighbour, then its free slots.

    Attributes:
        start: int64[N + 1].
        neighbour: uint32[slots], member ids; N marks a free slot.
        strength: float64[slots] in 0..1; 0 for a free slot.
        kind: uint8[slots], codes of `KINDS` or `FREE`.
        role: uint8[N], codes of `parameter.ROLES`.
        unit: int32[N], team, department or community; -1 for none.
        manager: int32[N], member id; -1 for none.
        level: int16[N], 0 at the top of the reporting line; -1 for members outside it.
        place: int32[N]; -1 for none.
        labels: the user's own member ids, where the network came from a file.
    """

    start: NDArray[np.int64]
    neighbour: NDArray[np.uint32]
    strength: NDArray[np.float64]
    kind: NDArray[np.uint8]
    role: NDArray[np.uint8]
    unit: NDArray[np.int32]
    manager: NDArray[np.int32]
    level: NDArray[np.int16]
    place: NDArray[np.int32]
    labels: tuple[str, ...] | None = None

    @property
    def size(self) -> int:
        """Number of members."""
        return len(self.start) - 1

    @property
    def ties(self) -> int:
        """Number of undirected ties."""
        return int(np.count_nonzero(self.kind != FREE)) // 2

    @property
    def degree(self) -> NDArray[np.int64]:
        """Number of ties of each member: int64[N]."""
        if not (self.kind == FREE).any():
            return np.diff(self.start)
        live = np.concatenate(([0], np.cumsum(self.kind != FREE, dtype=np.int64)))
        return live[self.start[1:]] - live[self.start[:-1]]

    @property
    def spans(self) -> NDArray[np.float64]:
        """How many members share each member's manager, itself included; 0 without one: float64[N]."""
        reports = np.bincount(self.manager[self.manager >= 0], minlength=self.size)
        spans: NDArray[np.float64] = np.where(self.manager >= 0, reports[self.manager], 0).astype(np.float64)
        return spans

    def units(self) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int64]]:
        """Who belongs together: members of one unit, and as a last one those of none.

        Returns:
            int64[N], number of each member's unit; int64[units + 1] and int64[N], the members of unit u are entries
            start[u]..start[u + 1] - 1 of the list, in order of place.
        """
        found, number = np.unique(np.where(self.unit < 0, np.iinfo(np.int32).max, self.unit), return_inverse=True)
        start = np.concatenate(([0], np.cumsum(np.bincount(number, minlength=len(found)), dtype=np.int64)))
        return number.astype(np.int64), start, np.argsort(number, kind="stable").astype(np.int64)

    @property
    def branches(self) -> NDArray[np.int32]:
        """Who stands under whom in constant time: int32[N, 2], first and last + 1 of the numbers in i's branch.

        Members are numbered so that a branch, who leads it first, has numbers without gaps: j is in the branch of i
        if i's first <= j's first < i's last.

        Raises:
            ValueError: reporting lines that run in a circle.
        """
        tiers = self._tiers()
        size = np.ones(self.size, dtype=np.int64)
        for tier in reversed(tiers[1:]):
            np.add.at(size, self.manager[tier], size[tier])
        begin = np.zeros(self.size, dtype=np.int64)
        for tier in tiers:
            below = tier[np.argsort(self.manager[tier], kind="stable")]
            boss, after = self.manager[below], np.cumsum(size[below]) - size[below]
            start = np.searchsorted(boss, boss)
            begin[below] = np.where(boss >= 0, begin[boss] + 1, 0) + after - after[start]
        return np.stack((begin, begin + size), axis=1).astype(np.int32)

    def _tiers(self) -> list[NDArray[np.int64]]:
        """Members by how many managers stand above them, from none on."""
        members, above, tiers = np.arange(self.size), self.manager, []
        while len(members):
            tiers.append(members[above < 0])
            if not len(tiers[-1]):
                raise ValueError("reporting lines run in a circle")
            members, above = members[above >= 0], self.manager[above[above >= 0]]
        return tiers

    def with_slack(self, slack: int) -> Network:
        """The same ties with `slack` more free slots at the end of each row (room for ties that form later)."""
        if slack == 0:
            return self
        start = self.start + slack * np.arange(self.size + 1, dtype=np.int64)
        where = first_slots(start, np.diff(self.start))
        neighbour = np.full(start[-1], self.size, dtype=np.uint32)
        strength = np.zeros(start[-1])
        kind = np.full(start[-1], FREE, dtype=np.uint8)
        neighbour[where], strength[where], kind[where] = self.neighbour, self.strength, self.kind
        return replace(self, start=start, neighbour=neighbour, strength=strength, kind=kind)


def first_slots(start: NDArray[np.int64], count: NDArray[np.int64]) -> NDArray[np.bool_]:
    """Mask of the first `count[i]` slots of each row; bool[slots], made without an index per slot."""
    edges = np.zeros(start[-1] + 1, dtype=np.int8)
    # Rows may begin or end at one place (an empty one beside a full one), so each must count.
    np.add.at(edges, start[:-1], 1)
    np.add.at(edges, start[:-1] + count, -1)
    first: NDArray[np.bool_] = np.cumsum(edges[:-1], dtype=np.int8).astype(np.bool_)
    return first
