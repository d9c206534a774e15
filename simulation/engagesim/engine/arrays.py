"""The arrays that a run works on."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from ..population import DTYPES, Floats, Members
from ..structures.network import Network

BLOCK = 256
"""Members are worked on in blocks of this many, so that a week's intermediate numbers stay in the nearest cache."""

PUBLIC = ("effort", "relational", "visible", "spill_rate", "attention", "trust", "outsider", "task")
EFFORT, RELATIONAL, VISIBLE, SPILL_RATE, ATTENTION, TRUST, OUTSIDER, TASK = range(8)

TOLD = ("balance", "gap", "estimate", "response", "messages", "image")
BALANCE, GAP, ESTIMATE, RESPONSE, MESSAGES, IMAGE = range(6)
"""What members tell their partners, in a second record that is read only where a mechanism listens; of its eight
numbers two are free."""

LEAVES, ARRIVES, SEEKS = 1, 2, 4
"""Bits of the event that a member has this week."""

LINE = 64
"""Bytes of a cache line: what a partner can learn of a member lies in one, so that a tie costs one memory access."""


class Ties(NamedTuple):
    """Rows of slots as in `structures.network.Network`: the first `degree[i]` of row i are ties, the rest is room."""

    start: NDArray[np.int64]
    degree: NDArray[np.int32]
    neighbour: NDArray[np.uint32]
    strength: Floats
    kind: NDArray[np.uint8]


class Positions(NamedTuple):
    """Where the places are in the organization; never changes."""

    unit: NDArray[np.int32]
    """int32[N], team, department or community; -1 for none."""
    manager: NDArray[np.int32]
    """int32[N], place of the manager; -1 for none."""
    level: NDArray[np.int16]
    """int16[N], 0 at the top; -1 outside the reporting line."""
    span: Floats
    """float64[N], how many share the manager; 0 without one."""
    place: NDArray[np.int32]
    """int32[N], where the member sits; -1 for nowhere in particular."""
    branch: NDArray[np.int32]
    """int32[N, 2], first and last + 1 of the numbers in the branch under each member, as `Network.branches`."""
    employees: NDArray[np.int64]
    """int64[employees], places of the employees, in order."""
    unit_index: NDArray[np.int64]
    """int64[N], number of each member's unit, as `Network.units`."""
    unit_start: NDArray[np.int64]
    """int64[units + 1], where the members of each unit begin in `unit_members`."""
    unit_members: NDArray[np.int64]
    """int64[N], places unit by unit, in order within each."""


class Scratch(NamedTuple):
    """Numbers of one week that nobody needs after it, one row of `BLOCK` each; `heard` has one for each number told."""

    heard: Floats
    willing: Floats
    output: Floats
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
    control: Floats
    satisfaction: Floats
    circle: Floats
    message_load: Floats
    strain: Floats
    conflict: Floats


def new_scratch() -> Scratch:
    """Fresh scratch rows for one thread."""
    return Scratch(np.zeros((LINE // 8, BLOCK)), *np.zeros((len(Scratch._fields) - 1, BLOCK)))


def new_members(size: int) -> Members:
    """Zeroed columns for `size` members."""
    return Members(**{name: np.zeros(size, dtype) for name, dtype in DTYPES.items()})


def new_public(size: int) -> Floats:
    """Records of all members that others read, aligned to cache lines."""
    raw = np.zeros((size + 1) * LINE, dtype=np.uint8)
    offset = -raw.ctypes.data % LINE
    return raw[offset : offset + size * LINE].view(np.float64).reshape(size, len(PUBLIC))


def new_positions(network: Network) -> Positions:
    """Where the places of a network are."""
    employees = np.flatnonzero(network.role == 0)
    return Positions(
        network.unit,
        network.manager,
        network.level,
        network.spans,
        network.place,
        network.branches,
        employees,
        *network.units(),
    )


def new_ties(network: Network, room: int) -> Ties:
    """A copy of the network's rows, each with `room` more free slots."""
    wide = network.with_slack(room)
    degree = network.degree.astype(np.int32)
    if wide is not network:
        return Ties(wide.start, degree, wide.neighbour, wide.strength, wide.kind)
    return Ties(wide.start, degree, wide.neighbour.copy(), wide.strength.copy(), wide.kind.copy())
