"""The state of one run, made from a design and a network, and what can be read from it."""

from __future__ import annotations

import ctypes
import os
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ..design.catalogue import PARAMETERS, WIDTH, slot
from ..design.levers import INSTRUMENT_WIDTH, Levers
from ..parameter import Value
from ..population import Floats, Members, people_of
from ..rules.rewards import CONTINGENCY, RANK
from ..structures import build, committed_places, reorganized, taken_places, with_empty_places
from ..structures.network import Network, first_slots
from ..structures.parameters import number, whole
from ..structures.taken import Taken
from ..tallies import COUNT, ORGANIZATION
from .arrays import (
    OUTSIDER,
    RELATIONAL,
    TASK,
    Positions,
    Scratch,
    Ties,
    new_members,
    new_positions,
    new_public,
    new_scratch,
    new_ties,
)
from .company import Company, new_desk
from .handle import handle
from .jit import unsigned
from .loop import PARTS, work
from .organization import new_organization
from .people import take_places
from .settlement import Ledger, new_ledger
from .warm import ensure_compiled

LARGE = 100_000
"""Members from which the memory that building a network leaves behind is worth giving back."""


@dataclass(frozen=True, slots=True)
class World:
    """Everything that changes during a run.

    Attributes:
        company: the organization and its members.
        given: the same as compiled code is given it.
        tallies: float64[weeks, 3, tallies], sums by role.
        series: float64[weeks, len(ORGANIZATION)].
        labels: the user's own member ids, where the network came from a file.
    """

    company: Company
    given: Company
    tallies: Floats
    series: Floats
    labels: tuple[str, ...] | None

    @property
    def size(self) -> int:
        """Number of members."""
        return len(self.company.members.role)

    @property
    def nbytes(self) -> int:
        """Bytes of all arrays that grow with the members."""
        c = self.company
        return sum(a.nbytes for a in (*c.positions, *c.members, *c.ties, c.public, c.told))

    def network(self) -> Network:
        """The ties as they are now."""
        c = self.company
        live = first_slots(c.ties.start, c.ties.degree.astype(np.int64))
        start = np.concatenate(([0], np.cumsum(c.ties.degree, dtype=np.int64)))
        where = c.positions
        return Network(
            start, c.ties.neighbour[live], c.ties.strength[live], c.ties.kind[live], c.members.role, where.unit,
            where.manager, where.level, where.place, self.labels,
        )  # fmt: skip

    def snapshot(self) -> dict[str, NDArray[np.generic]]:
        """A copy of the members' columns; all but role and participation are zero in empty places."""
        members, public = self.company.members, self.company.public
        here = members.active
        columns: Iterable[NDArray[Any]] = members
        # + 0 so that no empty place shows a negative zero.
        state: dict[str, NDArray[Any]] = {
            name: np.where(here > 0, column, 0) for name, column in zip(Members._fields, columns, strict=True)
        }
        state["role"], state["participation"] = members.role.copy(), members.participation.copy()
        state["effort_task"] = public[:, TASK] * here
        state["effort_relational"] = public[:, RELATIONAL] * here
        return state


def start_world(
    values: Mapping[str, Value], instruments: Sequence[str], weeks: int, network: Network | None, seed: int
) -> World:
    """Members with their traits, ties with room to form, an organization at zero; the engine is compiled first.

    Without a `network`, one is built from the values and the seed, and let go before the members take their memory.
    """
    ensure_compiled(warm_up)
    return _new_world(values, instruments, weeks, network, seed)


def warm_up() -> None:
    """A week of a pair of members, after which every loop of a run is compiled."""
    values = {p.name: p.default for p in PARAMETERS}
    byte, none = np.zeros(2, np.uint8), np.full(2, -1, np.int32)
    start, other, strength = np.array([0, 1, 2]), np.array([1, 0], np.uint32), np.array([0.5, 0.5])
    pair = Network(start, other, strength, byte, byte, none, none, np.zeros(2, np.int16), none)
    levers = Levers(np.full((1, WIDTH), 0.5), np.ones((1, 1, INSTRUMENT_WIDTH)))
    levers.instruments[0, 0, CONTINGENCY] = RANK
    levers.values[0, slot("encounter_size")] = 2.0
    live(_new_world(values, ["contest"], 1, pair, 0), levers, 0, 0, 1, new_scratch(), new_ledger(1, 1))


def live(world: World, levers: Levers, seed: int, begin: int, end: int, scratch: Scratch, ledger: Ledger) -> None:
    """Weeks begin..end - 1 of a world on this thread, in one compiled call that does not hold the lock."""
    handled = world.company.members.handled.reshape(1, -1)
    work(
        0, PARTS, unsigned(seed), begin, end, 0, world.size, 0, levers.values, levers.instruments,
        world.given, handle(scratch), handle(ledger), handled, world.tallies, world.series,
    )  # fmt: skip


def _new_world(
    values: Mapping[str, Value], instruments: Sequence[str], weeks: int, network: Network | None, seed: int
) -> World:
    ties, positions, role, taken, labels = _seats(values, network, seed)
    if len(role) >= LARGE:
        give_back_memory()
    size = len(role)
    members, public = new_members(size), new_public(size)
    members.role[:] = role
    public[:, OUTSIDER] = role != 0
    people = people_of(values)
    members.committed[:] = committed_places(values, positions.unit_start, positions.unit_members, seed)
    tallies = np.zeros((weeks, 3, COUNT))
    series = np.zeros((weeks, len(ORGANIZATION)))
    organization = new_organization(instruments)
    organization.records[0] = number(values, "record_start")
    organization.adoption[0] = number(values, "adoption_start")
    desk = new_desk(size, len(positions.unit_start) - 1)
    company = Company(people, positions, members, ties, public, new_public(size), organization, desk)
    given = handle(company)
    take_places(given, unsigned(seed), 0, 0, size)
    members.active[:] = taken
    return World(company, given, tallies, series, labels)


def reorganize(world: World, before: Mapping[str, Value], after: Mapping[str, Value], seed: int) -> World:
    """The world with another structure: members keep their state, ties and positions change as `reorganized` says."""
    company = world.company
    network = reorganized(
        world.network(), build(before, seed), build(after, seed), company.members.active.astype(np.bool_)
    )
    ties = new_ties(network, whole(after, "tie_room"))
    positions = new_positions(network)
    # Units are others than before, so nobody is trying to take one over any more.
    desk = company.desk._replace(invader=np.zeros(len(positions.unit_start), np.uint8), undecided=np.zeros(1, np.int64))
    company = company._replace(ties=ties, positions=positions, desk=desk)
    given = handle(company)
    take_places(given, unsigned(seed), 0, 0, 0)
    return replace(world, company=company, given=given)


def give_back_memory() -> None:
    """Return freed memory to the system where the C library keeps it: building a network takes twice its size."""
    trim = getattr(ctypes.CDLL(None), "malloc_trim", None) if os.name == "posix" else None
    if trim:
        trim(0)


def _seats(
    values: Mapping[str, Value], network: Network | None, seed: int
) -> tuple[Ties, Positions, NDArray[np.uint8], Taken, tuple[str, ...] | None]:
    """Ties with their room, position and role of each place, which are taken, and the user's own ids if any."""
    start = build(values, seed) if network is None else network
    taken = taken_places(values, start, seed)
    start = with_empty_places(start, taken)
    return new_ties(start, whole(values, "tie_room")), new_positions(start), start.role, taken, start.labels
