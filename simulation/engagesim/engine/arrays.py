"""The arrays that a run works on."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from ..population import Floats, Members
from ..structures.network import Network

BLOCK = 256
"""Members are worked on in blocks of this many, so that a week's intermediate numbers stay in the nearest cache."""

PUBLIC = ("task", "relational", "visible", "spill_rate", "attention", "trust", "outsider", "unused")
TASK, RELATIONAL, VISIBLE, SPILL_RATE, ATTENTION, TRUST, OUTSIDER = range(7)
LINE = 64
"""Bytes of a cache line: what a partner can learn of a member lies in one, so that a tie costs one memory access."""


class Ties(NamedTuple):
    """Rows of slots as in `structures.network.Network`; strengths and neighbours change during a run."""

    start: NDArray[np.int64]
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
    """Public records of all members and of nobody (row `size`, all zeros), aligned to cache lines."""
    bytes_needed = (size + 1) * LINE
    raw = np.zeros(bytes_needed + LINE, dtype=np.uint8)
    offset = -raw.ctypes.data % LINE
    return raw[offset : offset + bytes_needed].view(np.float64).reshape(size + 1, len(PUBLIC))


def new_ties(network: Network, room: int) -> Ties:
    """A copy of the network's rows, each with `room` more free slots."""
    wide = network.with_slack(room)
    fresh = wide is not network
    own = [wide.neighbour, wide.strength, wide.kind]
    return Ties(wide.start, *(own if fresh else [a.copy() for a in own]))
