"""A whole run in one compiled call: all weeks of one replicate on one thread, without holding the lock."""

from __future__ import annotations

from typing import Any

import numpy as np

from ..design.catalogue import slot
from ..population import Floats, Members, People
from .arrays import Scratch, Ties
from .come_and_go import carry_out, notice
from .jit import kernel
from .week import Meeting, Organization, act, contests, open_week, price, relate, settle, settle_contests

BUDGET = slot("budget")


@kernel
def keep_books(organization: Organization, tallies: Floats, captured: int, paid: Any, series: Floats) -> None:
    """Bring the account up to date and write the organization's weekly series."""
    for r in range(len(tallies)):
        organization.account[0] += tallies[r, captured]
        for column in paid:
            organization.account[0] -= tallies[r, column]
    series[0] = organization.account[0]
    series[1:4] = organization.demand
    series[4] = organization.scale[0]
    series[5] = organization.control[0]


@kernel
def first_half(
    levers: Floats, instruments: Floats, seed: int, week: int, members: Members, public: Floats, scratch: Scratch,
    organization: Organization, meeting: Meeting,
) -> None:  # fmt: skip
    """Decide, create and settle for all members on this thread."""
    size = len(members.role)
    open_week(levers, seed, week, organization)
    act(0, size, 0, levers, instruments, members, public, scratch, organization, meeting)
    if contests(instruments):
        settle_contests(instruments, organization, meeting)
    if levers[BUDGET] > 0.0:
        price(0, size, 0, instruments, members, public, organization, meeting)
    settle(levers, instruments, organization, meeting)


@kernel
def run_weeks(
    levers: Floats, instruments: Floats, people: People, seed: int, from_week: int, to_week: int, columns: Any,
    members: Members, ties: Ties, public: Floats, scratch: Scratch, organization: Organization, meeting: Meeting,
    tallies: Floats, series: Floats,
) -> None:  # fmt: skip
    """Run weeks from_week..to_week - 1; writes float64[weeks, 3, tallies] and float64[weeks, organization]."""
    size = len(members.role)
    events = np.zeros(size, dtype=np.uint8)
    for week in range(from_week, to_week):
        lever, offer = levers[week], instruments[week]
        first_half(lever, offer, seed, week, members, public, scratch, organization, meeting)
        relate(
            0, size, lever, offer, people.participation_threshold, members, ties, public, scratch,
            organization, tallies[week],
        )  # fmt: skip
        keep_books(organization, tallies[week], columns[0], columns[1:], series[week])
        notice(lever, seed, week, 0, size, members, public, events)
        carry_out(lever, people, seed, week, members, ties, events, tallies[week])
