"""The state of one run, made from a design and a network, and what can be read from it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ..parameter import Value
from ..population import Floats, Members, People, people_of
from ..structures.network import Network
from ..tallies import COUNT, ORGANIZATION
from .arrays import OUTSIDER, RELATIONAL, TASK, Ties, new_members, new_public, new_ties
from .people import settle_in, sum_ties
from .week import Organization, new_organization

SNAPSHOT = (*Members._fields, "effort_task", "effort_relational")
"""Columns of a snapshot of the members: their state and the effort of the week."""


@dataclass(frozen=True, slots=True)
class World:
    """Everything that changes during a run.

    Attributes:
        people: numbers behind the traits of newcomers.
        members: columns of length N.
        ties: slots with their strengths.
        public: float64[N, 8], what partners see.
        organization: account, demand and settlement of the week.
        tallies: float64[weeks, 3, tallies], sums by role.
        series: float64[weeks, len(ORGANIZATION)].
    """

    people: People
    members: Members
    ties: Ties
    public: Floats
    organization: Organization
    tallies: Floats
    series: Floats

    @property
    def size(self) -> int:
        """Number of members."""
        return len(self.members.role)

    @property
    def nbytes(self) -> int:
        """Bytes of all arrays that grow with the members."""
        return sum(a.nbytes for a in (*self.members, *self.ties)) + self.public.nbytes

    def snapshot(self) -> dict[str, NDArray[np.generic]]:
        """A copy of the members' columns; all but role are zero in empty places."""
        here = self.members.active
        state = {name: column * here for name, column in zip(Members._fields, self.members, strict=True)}
        state["role"] = self.members.role.copy()
        state["active"] = here.copy()
        state["tenure"] = self.members.tenure * here
        state["effort_task"] = self.public[:, TASK] * here
        state["effort_relational"] = self.public[:, RELATIONAL] * here
        return state


def start_world(values: Mapping[str, Value], instruments: int, weeks: int, network: Network, seed: int) -> World:
    """Members with their traits, ties with room to form, an organization at zero."""
    people = people_of(values)
    members, public = new_members(network.size), new_public(network.size)
    ties = new_ties(network, int(_number(values["tie_room"])))
    members.role[:] = network.role
    public[:, OUTSIDER] = network.role != 0
    settle_in(members, people, np.uint64(seed), 0, 0, network.size)
    sum_ties(ties, members, 0, network.size)
    tallies = np.zeros((weeks, 3, COUNT))
    series = np.zeros((weeks, len(ORGANIZATION)))
    return World(people, members, ties, public, new_organization(instruments), tallies, series)


def _number(value: Value) -> float:
    assert isinstance(value, int | float)
    return value
