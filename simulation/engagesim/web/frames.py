"""Pictures as bytes: where everybody is and who is tied to whom, and what a week looks like."""

from __future__ import annotations

import struct
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ..engine.company import Company
from .limits import TIES_DRAWN
from .nodes import Bytes

TOPOLOGY, FRAME = 1, 2
TOPOLOGY_HEAD = struct.Struct("<BBHII")
FRAME_HEAD = struct.Struct("<BBHI")

Singles = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Drawn:
    """Ties to draw, each once: ends uint32[T] with i < j, strength float32[T], kind and engagement order uint8[T]."""

    i: NDArray[np.uint32]
    j: NDArray[np.uint32]
    strength: Singles
    kind: Bytes
    order: Bytes

    def marks(self) -> NDArray[np.uint64]:
        """One number for each tie that changes when it looks different; sorted."""
        grade = (self.strength * 6.0).astype(np.uint64)
        return np.sort((self.i.astype(np.uint64) << np.uint64(32)) | (self.j.astype(np.uint64) << np.uint64(3)) | grade)


class Owners:
    """Which row each slot of the ties is in, and where in it; never changes during a run."""

    def __init__(self, company: Company) -> None:
        start = company.ties.start
        self.row = np.repeat(np.arange(len(start) - 1, dtype=np.uint32), np.diff(start))
        self.place = (np.arange(start[-1]) - start[self.row]).astype(np.int32)

    def drawn(self, company: Company) -> Drawn:
        """The live ties as they are now, at most `TIES_DRAWN`, the strongest."""
        ties, role = company.ties, company.members.role
        other = ties.neighbour[: len(self.row)]
        live = (self.place < ties.degree[self.row]) & (self.row < other) & (ties.strength[: len(self.row)] > 0.0)
        slots = np.flatnonzero(live)
        if len(slots) > TIES_DRAWN:
            strongest = np.argsort(-ties.strength[slots], kind="stable")[:TIES_DRAWN]
            slots = slots[np.sort(strongest)]
        i, j = self.row[slots], other[slots]
        order = 1 + (role[i] != 0).astype(np.uint8) + (role[j] != 0)
        return Drawn(i, j, ties.strength[slots].astype(np.float32), ties.kind[slots], order.astype(np.uint8))


def topology(design: int, week: int, x: Singles, y: Singles, role: Bytes, ties: Drawn) -> bytes:
    """Where the members are, who they are, and their ties."""
    head = TOPOLOGY_HEAD.pack(TOPOLOGY, design, week, len(role), len(ties.i))
    parts = (x, y, role, bytes(-len(role) % 4), ties.i, ties.j, ties.strength, ties.kind, ties.order)
    return head + b"".join(bytes(part) for part in parts)


def frame(number: int, week: int, measures: list[NDArray[np.float64]], nodes: list[Bytes]) -> bytes:
    """One week of all designs."""
    head = FRAME_HEAD.pack(FRAME, len(nodes), week, number & 0xFFFFFFFF)
    return b"".join((head, *(m.astype("<f4").tobytes() for m in measures), *(n.tobytes() for n in nodes)))


def looks_different(before: NDArray[np.uint64], now: NDArray[np.uint64], share: float) -> bool:
    """Whether more than a share of the ties looks different."""
    if len(before) == 0 or len(now) == 0:
        return len(before) != len(now)
    same = np.intersect1d(before, now, assume_unique=True).size
    return max(len(before), len(now)) - same > share * max(len(before), len(now))
