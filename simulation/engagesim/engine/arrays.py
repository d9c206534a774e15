"""The arrays that a run works on."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from ..population import Floats, Members
from ..structures.network import Network

BLOCK = 256
"""Members are worked on in blocks of this many, so that a week's intermediate numbers stay in the nearest cache."""

PUBLIC = ("effort", "relational", "visible", "spill_rate", "attention", "trust", "outsider", "task")
EFFORT, RELATIONAL, VISIBLE, SPILL_RATE, ATTENTION, TRUST, OUTSIDER, TASK = range(8)
LINE = 64
"""Bytes of a cache line: what a partner can learn of a member lies in one, so that a tie costs one memory access."""


class Ties(NamedTuple):
    """Rows of slots as in `structures.network.Network`: the first `degree[i]` of row i are ties, the rest is room."""

    start: NDArray[np.int64]
    degree: NDArray[np.int32]
    neighbour: NDArray[np.uint32]
    strength: Floats
    kind: NDArray[np.uint8]


class Scratch(NamedTuple):
    """Numbers of one week that nobody needs after it, one row of `BLOCK` each."""

    voluntary: Floats
    effort: Floats
    breach: Floats
    spilled_in: Floats
    given: Floats
    kept: Floats
    weighted: Floats
    trust_told: Floats
    contacts: Floats
    ties: Floats
    joint: Floats
    joint_outside: Floats
    shared: Floats
    tangible: Floats
    rewards: Floats
    cost: Floats
    counted_on: Floats
    feedback: Floats
    training: Floats
    delivered: Floats
    satisfaction: Floats


def new_scratch() -> Scratch:
    """Fresh scratch rows for one thread."""
    return Scratch(*np.zeros((len(Scratch._fields), BLOCK)))


def new_members(size: int) -> Members:
    """Zeroed columns for `size` members."""
    integers = {"role": np.uint8, "active": np.uint8, "cooperation_type": np.uint8, "tenure": np.int32}
    return Members(*(np.zeros(size, dtype=integers.get(name, np.float64)) for name in Members._fields))


def new_public(size: int) -> Floats:
    """Public records of all members, aligned to cache lines."""
    raw = np.zeros((size + 1) * LINE, dtype=np.uint8)
    offset = -raw.ctypes.data % LINE
    return raw[offset : offset + size * LINE].view(np.float64).reshape(size, len(PUBLIC))


def new_ties(network: Network, room: int) -> Ties:
    """A copy of the network's rows, each with `room` more free slots."""
    wide = network.with_slack(room)
    degree = network.degree.astype(np.int32)
    if wide is not network:
        return Ties(wide.start, degree, wide.neighbour, wide.strength, wide.kind)
    return Ties(wide.start, degree, wide.neighbour.copy(), wide.strength.copy(), wide.kind.copy())
